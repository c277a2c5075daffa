"""The matrix of items and years as markup, with what its marks say in words.

Knows nothing of Gradio; takes items and gives markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.lineage import counterpart
from assistant.ui.draft_view import STATES
from assistant.ui.markup import counted, render
from assistant.ui.page import ASSETS
from corpus.model import Item, plan_name
from index.values import DraftSummary

SHOWN = {
    "alla": "Alla punkter",
    "andrade": "Ändrat svar sedan året innan",
    "inte_ja": "Inte Ja i senaste rapporten",
    "samma": "Samma text som året innan",
    "utan_utkast": "Utan utkast för i år",
}
"""What the matrix can be narrowed to."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An item in one year: ``item`` is None where that report does not have it. ``flipped_from`` is the answer before, where it changed."""

    year: int
    item: Item | None
    flipped_from: str | None = None
    same_text: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An item over the years, and its draft for the year that is being written (None where there is none)."""

    item: Item
    cells: tuple[Cell, ...]
    draft: DraftSummary | None

    @property
    def last(self) -> Cell:
        """The newest year's cell."""
        return self.cells[-1]


def rows(items: Sequence[Item], years: Sequence[int], drafts: Mapping[str, DraftSummary]) -> list[Row]:
    """Each item once, followed through the years where its code has moved; in the order of its newest report. ``years`` ascend."""
    by_year: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        by_year.setdefault((item.year, plan_name(item.plan_title)), []).append(item)
    made: list[Row] = []
    used: set[str] = set()
    for year in reversed(years):
        for item in (each for each in items if each.year == year and each.id not in used):
            line: dict[int, Item] = {year: item}
            at = item
            for earlier in (y for y in reversed(years) if y < year):
                name = plan_name(at.plan_title)
                found = counterpart(at, by_year.get((at.year, name), ()), by_year.get((earlier, name), ()))
                if found is not None and found.id not in used:
                    line[earlier] = at = found
            used |= {each.id for each in line.values()}
            made.append(Row(item, _cells(line, years), drafts.get(item.key.id)))
    return sorted(made, key=lambda row: (row.item.plan, -row.item.year, row.item.position))


def _cells(line: Mapping[int, Item], years: Sequence[int]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    before: Item | None = None
    for year in years:
        item = line.get(year)
        flipped = item is not None and before is not None and item.answer != before.answer
        same = item is not None and before is not None and bool(item.comment) and item.comment.split() == before.comment.split()
        cells.append(Cell(year, item, (before.answer or "Inget svar") if flipped and before else None, same))
        before = item or before
    return tuple(cells)


def keep(row: Row, shown: str) -> bool:
    """Whether a row belongs to what is to be shown."""
    last = row.last
    if shown == "andrade":
        return last.item is not None and last.flipped_from is not None
    if shown == "inte_ja":
        return last.item is not None and last.item.answer != "Ja"
    if shown == "samma":
        return last.same_text
    if shown == "utan_utkast":
        return row.draft is None
    return True


def drafting(done: int, total: int) -> str:
    """How far the drafting of all items has come."""
    return render("drafting.html", done=done, total=total)


def drafted(saved: int, empty: int, total: int) -> str:
    """How the drafting of all items ended: drafts saved, items with nothing to carry on, of how many there were to do."""
    if not total:
        return said("Alla punkter har redan ett utkast.")
    parts = [f"Utkast sparade för {counted(saved, 'punkt', 'punkter')}."]
    if empty:
        parts.append(f"{counted(empty, 'punkt', 'punkter')} har inget att föra vidare och behöver anteckningar först.")
    if left := total - saved - empty:
        parts.append(f"{counted(left, 'punkt', 'punkter')} är kvar; klicka igen för att fortsätta.")
    return said(" ".join(parts))


def said(text: str) -> str:
    """One sentence."""
    return render("hint.html", text=text)


def matrix(made: Sequence[Row], *, all_rows: Sequence[Row], years: Sequence[int], writing: int, organisation: str) -> str:
    """The matrix with its summary. ``made`` are the rows to show of ``all_rows``; ``writing`` is the year whose drafts are shown."""
    totals = []
    for at, year in enumerate(years):
        answers = Counter((cell.item.answer or "") for row in all_rows if (cell := row.cells[at]).item is not None)
        number = sum(answers.values())
        shares = [
            (answer, answers[answer], 100 * answers[answer] / number)
            for answer in ("Ja", "Delvis", "Pågår", "Nej", "")
            if answers[answer]
        ]
        totals.append((year, number, shares))
    groups: list[tuple[str, list[Row]]] = []
    for row in made:
        title = f"{row.item.plan} {plan_name(row.item.plan_title)}"
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(row)
    drafted = sum(row.draft is not None for row in all_rows)
    ready = sum(row.draft is not None and row.draft.state == "klar" for row in all_rows)
    return render(
        "matrix.html",
        groups=groups,
        years=years,
        totals=totals,
        writing=writing,
        organisation=organisation,
        states=STATES,
        count=len(made),
        drafted=drafted,
        ready=ready,
        of_all=len(all_rows),
        fetch=f".{ASSETS}/rapport?{urlencode({'organisation': organisation, 'ar': writing})}",
    )
