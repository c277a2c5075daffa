"""Items and evidence by hand for the tests of drafting: one item over some years, with comments of a few sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.draft.evidence import Evidence, from_items
from corpus.model import Item, renumber

QUESTION = "Arbetar ni med ungdomar i riskzon?"
STATEMENT = "Ungdomar i riskzon ska få stöd i tid."


def item(year: int, comment: str, answer: str | None = "Ja", *, code: str = "4:2", plan: int = 1, position: int = 0) -> Item:
    """One item of one year with a comment."""
    return Item(
        report_id=f"prov-{year}",
        organisation="Provförvaltningen",
        year=year,
        plan=plan,
        plan_title="Trygghetsprogram 2022–2026",
        area="Målområde 4: Färre börjar",
        kind="strategi",
        code=code,
        code_as_written=code,
        question=QUESTION,
        statement=STATEMENT,
        expected_result="",
        answer=answer,  # type: ignore[arg-type]
        comment=comment,
        page=None,
        position=position,
    )


def evidence(comment: str, notes: Sequence[str], *, answer: str | None = "Ja", older: Sequence[str] = ()) -> Evidence:
    """The evidence for 2026 from the comment of 2025, older comments (oldest first) and notes."""
    history = [item(2025 - len(older) + at, text) for at, text in enumerate(older)] + [item(2025, comment, answer)]
    return from_items(history[-1], history, year=2026, notes=renumber(notes))
