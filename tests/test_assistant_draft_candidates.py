"""Which notes and earlier sentences a sentence may rest on, and words that the sources tie the other way."""

from __future__ import annotations

from assistant.draft.checks.candidates import Candidate, Candidates
from assistant.draft.checks.sources import Source
from assistant.draft.checks.ties import bound_flags
from assistant.draft.language.vocabulary import Vocabulary, vocabulary_of
from corpus.model import SourceRef


def _candidates(*notes: str) -> Candidates:
    rows = [Candidate(Source(text, True, 2026), SourceRef("note", text, note=at)) for at, text in enumerate(notes, 1)]
    return Candidates(rows, frozenset(), 2026)


def test_the_note_with_the_words_and_the_figure_is_chosen() -> None:
    chosen, share = _candidates("simskolan: 14 barn", "lekparken är stängd").of("Simskolan har 14 barn.")
    assert [one.ref.note for one in chosen] == [1]
    assert share == 1.0


def test_a_sentence_about_something_else_has_no_candidate() -> None:
    chosen, share = _candidates("simskolan: 14 barn").of("Biblioteket bygger om.")
    assert chosen == []
    assert share == 0.0


def test_all_words_must_be_held_by_one() -> None:
    candidates = _candidates("simskolan flyttar", "simskolan och lekparken")
    found = candidates.holding(["simskol", "lekpark"])
    assert found is not None
    assert found.ref.note == 2
    assert candidates.holding([]) is None


def test_the_same_words_tied_the_other_way_are_flagged() -> None:
    sources = [Source("mappen utdelad till alla skolor, med tolk", True, 2026)]
    assert [flag.code for flag in bound_flags("Mappen delades ut från alla skolor.", sources)] == ["changed_word"]
    assert [flag.quote for flag in bound_flags("Det gjordes utan tolk.", sources)] == ["utan tolk"]
    assert bound_flags("Mappen delades ut till alla skolor med tolk.", sources) == []
    assert bound_flags("Mappen kom från biblioteket.", sources) == []


def test_words_are_counted_as_often_as_their_text_stands() -> None:
    vocabulary = Vocabulary(["Simskolan i Ekbacken.", "Simskolan i Ekbacken.", "En simskola."])
    assert vocabulary.counts["simskolan"] == 2
    assert vocabulary.names == {"ekbacken"}
    assert vocabulary_of(("Ett.",)) is vocabulary_of(("Ett.",))
