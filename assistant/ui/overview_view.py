"""The matrix of items and years as markup, with what its marks say in words.

Knows nothing of Gradio; takes items and gives markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from assistant.draft.whole_report import Covered
from assistant.lineage import counterpart
from assistant.ui.draft_view import STATES
from assistant.ui.markup import counted, render
from corpus.model import Item, plan_name

if TYPE_CHECKING:
    from assistant.draft.checks.contradictions import Contradiction
    from assistant.draft.export import Exported
    from assistant.draft.promises import CommitmentRow

SHOWN = {
    "alla": "Alla punkter",
    "andrade": "Ändrat svar sedan året innan",
    "inte_ja": "Inte Ja i senaste rapporten",
    "samma": "Samma text som året innan",
    "utan_utkast": "Utan utkast för i år",
    "utan_anteckningar": "Utan anteckningar för i år",
    "nya_anteckningar": "Nya anteckningar sedan utkastet",
    "fragor": "Med frågor att svara på",
    "inte_klara": "Inte klara än",
}
"""What the matrix can be narrowed to."""


_FETCHED = count(1)
"""Tells each file from the one before: the same file asked for twice is fetched twice."""
FORMS = {
    "own": ("Word: förra årets fil, ifylld", "docx"),
    "program": ("Word: programmets form", "docx"),
    "xlsx": ("Excel", "xlsx"),
    "csv": ("CSV, för planeringssystem", "csv"),
    "md": ("Markdown", "md"),
    "ataganden": ("Åtaganden att svara på, Word", "docx"),
    "ataganden-xlsx": ("Åtaganden att svara på, Excel", "xlsx"),
}
"""What the year's drafts can be fetched as: what it is called and the file's ending."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An item in one year: ``item`` is None where that report does not have it. ``flipped_from`` is the answer before, where it changed."""

    year: int
    item: Item | None
    flipped_from: str | None = None
    same_text: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An item over the years, and how far it has come for the year that is being written.

    ``late``: its draft was made before notes that are kept now.
    """

    item: Item
    cells: tuple[Cell, ...]
    covered: Covered
    late: bool = False

    @property
    def drafted(self) -> bool:
        """Whether there is a draft."""
        return self.covered.state is not None

    @property
    def reviewed(self) -> bool:
        """Whether somebody has called the draft reviewed, or done."""
        return self.covered.state in ("granskad", "klar")

    @property
    def done(self) -> bool:
        """Whether the draft is called done."""
        return self.covered.state == "klar"

    @property
    def last(self) -> Cell:
        """The newest year's cell."""
        return self.cells[-1]


def rows(
    items: Sequence[Item], years: Sequence[int], covered: Mapping[str, Covered] | None = None, late: Collection[str] = ()
) -> list[Row]:
    """Each item once, followed through the years where its code has moved; in the order of its newest report. ``years`` ascend.

    ``covered`` is how far items have come, by key; ``late`` the keys of those with notes that their draft lacks.
    """
    known = covered or {}
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
            key = item.key.id
            made.append(Row(item, _cells(line, years), known.get(key) or Covered(item, 0, 0), key in late))
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
        return not row.drafted
    if shown == "utan_anteckningar":
        return not row.covered.notes
    if shown == "nya_anteckningar":
        return row.late
    if shown == "fragor":
        return row.covered.questions > 0
    if shown == "inte_klara":
        return not row.done
    return True


def drafting(done: int, total: int, *, model: str = "", item: Item | None = None, words: int = 0, memory: int | None = None) -> str:
    """How far the drafting of all items has come; with a model also which item it is at, and how many words it has written of it.

    ``memory`` in bytes where the model is still being read in (0: no one knows), else None.
    """
    return render("drafting.html", done=done, total=total, model=model, item=item, words=words, memory=memory)


def drafted(saved: int, empty: int, total: int, problem: str = "", *, late: int = 0) -> str:
    """How the drafting of all items ended: drafts saved, items with nothing to carry on, of how many there were to do; why it ended early;
    and how many drafts lack notes that are kept now, with the offer to make them anew."""
    parts = [problem] if problem else []
    if total or problem:
        parts.append(f"Utkast sparade för {counted(saved, 'punkt', 'punkter')}.")
    elif not late:
        parts.append("Alla punkter har redan ett utkast.")
    if empty:
        parts.append(f"{counted(empty, 'punkt', 'punkter')} har inget att föra vidare och behöver anteckningar först.")
    if left := total - saved - empty:
        parts.append(f"{counted(left, 'punkt', 'punkter')} är kvar; klicka igen för att fortsätta.")
    return render("drafted.html", text=" ".join(parts), late=late)


def exported(made: Exported, *, form: str, fetch: str) -> str:
    """What the officer should know of a file in one of ``FORMS`` that is fetched from ``fetch``."""
    return render("exported.html", made=made, form=form, called=FORMS[form][0], fetch=fetch, once=next(_FETCHED))


def answers(made: Sequence[Row], years: Sequence[int]) -> str:
    """How many of the rows have each answer, year by year, as bars with their numbers; "" where there are none."""
    totals = []
    for at, year in enumerate(years):
        counts = Counter((cell.item.answer or "") for row in made if (cell := row.cells[at]).item is not None)
        totals.append((year, [(answer, counts[answer]) for answer in ("Ja", "Delvis", "Pågår", "Nej", "") if counts[answer]]))
    return render("shares.html", totals=totals) if made else ""


def promises(rows: Sequence[CommitmentRow]) -> str:
    """What became of each report year's commitments: bars, and the same numbers as a table; "" where there are none."""
    told = [row for row in rows if row.total]
    return render("promises.html", rows=told, most=max(row.total for row in told)) if told else ""


def contradictions(found: Sequence[Contradiction], *, of: int) -> str:
    """What drafts say against each other, with both places; ``of`` is how many drafts were read."""
    return render("contradictions.html", found=found, of=of)


def matrix(
    made: Sequence[Row],
    *,
    all_rows: Sequence[Row],
    years: Sequence[int],
    writing: int,
    organisation: str,
) -> str:
    """The matrix with its summary. ``made`` are the rows to show of ``all_rows``; ``writing`` is the year whose drafts are shown."""
    groups: list[tuple[str, list[Row]]] = []
    for row in made:
        title = f"{row.item.plan} {plan_name(row.item.plan_title)}"
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(row)
    return render(
        "matrix.html",
        groups=groups,
        years=years,
        writing=writing,
        organisation=organisation,
        states=STATES,
        forms=FORMS,
        count=len(made),
        noted=sum(row.covered.notes > 0 for row in all_rows),
        drafted=sum(row.drafted for row in all_rows),
        reviewed=sum(row.reviewed for row in all_rows),
        done=sum(row.done for row in all_rows),
        questions=sum(row.covered.questions for row in all_rows),
        late=sum(row.late for row in all_rows),
        of_all=len(all_rows),
    )
