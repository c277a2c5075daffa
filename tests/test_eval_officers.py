"""Notes of other officers: what the file holds, and that no figure is lost or made up and no unanswered promise is taken for kept."""

from __future__ import annotations

from assistant.draft.compose import compose
from assistant.draft.evidence import from_items
from corpus.model import renumber
from eval.officers import Officer, OfficerScore, _notes, _promises, load, report, score
from eval.reworded import YEAR, invented


def test_every_promise_stands_in_its_comment() -> None:
    rows = load()
    assert len({row.name for row in rows}) <= len(rows) and {len(row.history) for row in rows} == {1}
    for row in rows:
        comment = " ".join(row.history[0].comment.split())
        assert row.notes and row.promised
        for sentence, told in row.promised:
            assert " ".join(sentence.split()) in comment
            assert told in ("answered", "open", "partly")
    assert not {row.history[0].comment for row in load("dev")} & {row.history[0].comment for row in load("test")}


def counted(comment: str, notes: tuple[str, ...], promised: tuple[tuple[str, str], ...]) -> OfficerScore:
    row = Officer("prov", (invented("prov", comment),), notes, promised)
    draft = compose(from_items(row.history[-1], row.history, year=YEAR, notes=renumber(row.notes)))
    total = OfficerScore()
    _notes(row, draft, total)
    _promises(row, draft, total)
    return total


def test_counts_worked_out_by_hand() -> None:
    plan, film = "En plan ska tas fram till hösten.", "En film för skolorna ska spelas in."
    total = counted(
        f"Gruppen träffas varje vecka. {plan} {film}", ("planen klar 3 mars", "12 träffar"), ((plan, "answered"), (film, "open"))
    )
    assert (total.facts, total.facts_kept, total.notes, total.verbatim) == (
        2,
        2,
        2,
        1,
    )  # the date and the number; "12 träffar har hållits"
    assert (total.promises, total.answered, total.open) == (2, 1, 1)
    assert (total.unseen, total.unanswered, total.presumed, total.made_up, total.verbless) == ([], [], [], [], [])


def test_a_wrong_answer_is_counted() -> None:
    plan, film = "En plan ska tas fram till hösten.", "En film för skolorna ska spelas in."
    total = counted(
        f"{plan} {film} Rutinen används.",
        ("filmen klar i maj",),
        ((plan, "answered"), (film, "open"), ("Rutinen används.", "open")),
    )
    assert [len(total.unanswered), len(total.presumed), len(total.unseen)] == [1, 1, 1]


def test_the_development_half() -> None:
    """As good as when the README was written, with room for small changes."""
    total = score("dev")
    assert total.facts_kept == total.facts, "a fact of a note is lost"
    assert total.made_up == []
    assert 4 * total.verbatim <= total.notes  # the limit is half; by far the most are written out
    assert len(total.verbless) <= 0.13 * total.sentences
    assert len(total.unanswered) <= 0.2 * total.answered
    assert total.presumed == []
    assert report("dev", total).startswith("Andras anteckningar, dev: 150 punkter")
