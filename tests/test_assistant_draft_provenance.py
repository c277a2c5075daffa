"""What is known of a sentence through an edit: kept where it stands as it stood, gone with its source; accepted by the officer or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.draft import compose_draft, revise_draft
from assistant.draft.contract import source_line
from assistant.draft.provenance import NoSuchSentence, accept, accepted, keep
from corpus import samples
from corpus.model import Draft, DraftSentence, Flag, Note, SourceRef
from index.filters import Filter
from index.library import Library

NOTE = SourceRef("note", "5 möten", note=1)
OLD = SourceRef("comment", "Vi hade 4 möten.", item_id="i", year=2025, start=0, end=16)
NOTES = (Note(1, "5 möten"),)


def written(text: str = "Vi hade 5 möten.", *flags: Flag) -> DraftSentence:
    return DraftSentence(text, "rewritten", (NOTE, OLD), flags)


def test_an_untouched_sentence_keeps_status_sources_and_what_only_its_writer_saw() -> None:
    told = Flag("telegraphic", "Meningen saknar verb: skriv ut den.", "x")
    stale = Flag("figure", "Siffran 4 finns inte i anteckningarna.", "4")
    found = DraftSentence("Vi hade 5 möten.", "from_notes", (NOTE,), (), 2)
    (kept,) = keep([written("Vi hade  5 möten.", told, stale)], [found], notes=NOTES, items={"i"})
    assert kept == DraftSentence("Vi hade 5 möten.", "rewritten", (NOTE, OLD), (told,), 2)


def test_a_note_with_another_number_is_the_same_note() -> None:
    found = DraftSentence("Vi hade 5 möten.", "from_notes", (SourceRef("note", "5 möten", note=2),))
    (kept,) = keep([written()], [found], notes=(Note(1, "ny chef"), Note(2, "5 möten")), items={"i"})
    assert [source.note for source in kept.sources] == [2, None]


@pytest.mark.parametrize(("notes", "items"), [((), {"i"}), ((Note(1, "6 möten"),), {"i"}), (NOTES, set())])
def test_a_source_that_is_gone_takes_what_was_known_with_it(notes: tuple[Note, ...], items: set[str]) -> None:
    found = DraftSentence("Vi hade 5 möten.", "unsupported", (), (Flag("no_source", "Meningen har ingen källa."),))
    assert keep([written()], [found], notes=notes, items=items) == (found,)


def test_a_sentence_without_source_that_gets_a_note_is_what_the_check_says() -> None:
    before = DraftSentence("Vi hade 5 möten.", "unsupported", (), (Flag("no_source", "Meningen har ingen källa."),))
    found = DraftSentence("Vi hade 5 möten.", "from_notes", (NOTE,))
    assert keep([before], [found], notes=NOTES, items=()) == (found,)


def test_the_same_sentence_twice_is_two_sentences() -> None:
    one = DraftSentence("Ja.", "carried_forward", (OLD,))
    found = DraftSentence("Ja.", "unsupported", ())
    assert keep([one], [found, found], notes=(), items={"i"}) == (one, found)


@pytest.fixture
def made(sample_library: Path) -> Draft:
    with Library.open(sample_library) as library:
        (item,) = library.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="2:2"))
        return compose_draft(library, item.key, year=2026, notes=["7 trygghetsvandringar, 1 m. enbart äldre", "Ung Väg 88 ungd."])


def test_a_draft_that_is_saved_as_it_was_made_is_the_same_draft(sample_library: Path, made: Draft) -> None:
    with Library.open(sample_library) as library:
        again = revise_draft(library, made, made.text)
    assert [(s.text, s.status, s.sources) for s in again.sentences] == [(s.text, s.status, s.sources) for s in made.sentences]
    assert {f.code for s in made.sentences for f in s.flags} <= {f.code for s in again.sentences for f in s.flags}


def test_a_promise_that_a_new_note_tells_of_is_looked_at_again(sample_library: Path, made: Draft) -> None:
    from dataclasses import replace

    (promise,) = made.commitments
    assert promise.state == "open"
    with_note = replace(made, notes=(*made.notes, Note(3, "arbetssättet provades vid Bruksåsens station i oktober 2025")))
    with Library.open(sample_library) as library:
        (settled,) = revise_draft(library, with_note, made.text).commitments
    assert settled.state != "open"


def test_what_the_officer_accepted_stays_accepted_until_she_changes_it(sample_library: Path, made: Draft) -> None:
    marked = accept(made, 0)
    assert [accepted(s) for s in marked.sentences] == [True] + [False] * (len(made.sentences) - 1)
    assert source_line(marked.sentences[0]).endswith(", godkänd")
    assert accept(marked, 0, yes=False) == made
    with Library.open(sample_library) as library:
        longer = revise_draft(library, marked, f"{made.text}\n\nEn mening till.")
        assert [accepted(s) for s in longer.sentences] == [True] + [False] * len(made.sentences)
        changed = revise_draft(library, marked, made.text.replace(made.sentences[0].text, "Ny text."))
        assert not any(accepted(s) for s in changed.sentences)
        library_copy = longer
    assert library_copy.sentences[-1].status == "unsupported"
    with pytest.raises(NoSuchSentence, match="finns inte kvar"):
        accept(made, 99)
