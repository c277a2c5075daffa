"""The hand-written sentences: what the file holds, and that the check does on the development half what the README says."""

from __future__ import annotations

from eval.reworded import load, report, score


def test_every_item_has_notes_and_sentences() -> None:
    rows = load()
    assert len({row.name for row in rows}) == len(rows)
    assert all(row.notes and row.right for row in rows)
    assert sum(len(row.right) for row in load("dev")) == 113
    assert not {row.name for row in load("dev")} & {row.name for row in load("test")}


def test_the_development_half() -> None:
    total = score(load("dev"))
    caught, planted = (sum(counts[at] for counts in total.wrong.values()) for at in (0, 1))
    assert caught == planted == 105, total.missed
    assert len(total.flagged) <= 0.03 * total.right, total.flagged
    assert report("dev", total)[1].endswith(f"{len(total.flagged)} av {total.right}")
