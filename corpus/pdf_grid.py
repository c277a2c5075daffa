"""Tables with drawn rules on a page of a PDF: their rows and columns, and the words in them.

Knows one page's rules and words. Nothing of tables without rules, of other pages, of what a table is for.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.pdf_page import Page, Rule, TextLine, Word, lines_of

TOUCH: Final = 3.0
"""Rules nearer than this, in points, meet or are one."""
ROW_RULE: Final = 0.85
"""A horizontal rule ends a row where it goes over this share of the table's width; a shorter one only divides a cell."""
CELL_RULE: Final = 0.6
"""A vertical rule divides a row where it goes over this share of the row's height."""
SLIMMEST: Final = 8.0


@dataclass(frozen=True, slots=True)
class Foot:
    """How a row ends on a page:

    ``space`` is what is left below the last line of ``column``, the cell that reaches furthest down.
    """

    page: int
    column: int
    space: float


@dataclass(frozen=True, slots=True)
class Band:
    """A row of a table as far as it stands on one page. ``borders`` are the columns' edges, one more than ``cells``.

    Cells hold their lines from top to bottom; ``top`` and ``bottom`` are the row's own edges.
    """

    page: int
    top: float
    bottom: float
    borders: tuple[float, ...]
    cells: tuple[tuple[TextLine, ...], ...]
    ruled: bool = True

    @property
    def foot(self) -> Foot:
        """The space below the text of the cell that reaches furthest down."""
        column = max(range(len(self.cells)), key=lambda c: self.cells[c][-1].bottom if self.cells[c] else float("-inf"))
        return Foot(self.page, column, round(self.bottom - self.cells[column][-1].bottom, 1))


@dataclass(frozen=True, slots=True)
class Free:
    """A line outside tables, or in a row of one cell over the whole width."""

    line: TextLine

    @property
    def page(self) -> int:
        """The line's page."""
        return self.line.page

    @property
    def top(self) -> float:
        """The line's upper edge."""
        return self.line.top


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawn table's frame: its box, the y of its row rules and the vertical rules in it."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[float, ...]
    verticals: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        """Whether the middle of ``word`` is inside."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 - TOUCH <= x <= self.x1 + TOUCH and self.top - TOUCH <= y <= self.bottom + TOUCH


def grids(page: Page) -> list[Grid]:
    """The drawn tables of a page from top to bottom:

    rules that meet, with at least two columns or two rows; tables in cells are not told.
    """
    found = []
    for horizontals, verticals in _connected(page.horizontals, page.verticals):
        if not verticals or len(horizontals) + len(verticals) < 3:
            continue
        xs = [v.at for v in verticals] + [x for h in horizontals for x in (h.low, h.high)]
        ys = [h.at for h in horizontals] + [y for v in verticals for y in (v.low, v.high)]
        grid = _grid(min(xs), min(ys), max(xs), max(ys), horizontals, verticals)
        if len(grid.rows) > 2 or len(_borders(grid, grid.top, grid.bottom, share=0.25)) > 2:
            found.append(grid)
    outer = [g for g in found if not any(g is not o and _inside(g, o) for o in found)]
    return sorted(outer, key=lambda g: (g.top, g.x0))


def blocks_of(grid: Grid, words: Sequence[Word], page: int) -> list[Band | Free]:
    """The rows of ``grid`` with the ``words`` in them, from top to bottom; empty rows are left out."""
    blocks: list[Band | Free] = []
    left = list(words)
    for top, bottom in zip(grid.rows, grid.rows[1:], strict=False):
        inside = [w for w in left if (w.top + w.bottom) / 2 < bottom] if bottom != grid.rows[-1] else left
        left = [w for w in left if (w.top + w.bottom) / 2 >= bottom] if bottom != grid.rows[-1] else []
        if not inside:
            continue
        borders = _borders(grid, top, bottom)
        if len(borders) == 2:
            blocks += [Free(line) for line in lines_of(inside, page)]
            continue
        members: list[list[Word]] = [[] for _ in borders[1:]]
        for word in inside:
            middle = (word.x0 + word.x1) / 2
            column = sum(border <= middle for border in borders[1:-1])
            members[column].append(word)
        blocks.append(Band(page, top, bottom, borders, tuple(tuple(lines_of(cell, page)) for cell in members)))
    return blocks


def usual_borders(bands: Sequence[Band]) -> tuple[float, ...]:
    """The column edges that most rows have. Raises ValueError without rows."""
    if not bands:
        raise ValueError("no rows")
    return Counter(band.borders for band in bands).most_common(1)[0][0]


def _grid(x0: float, top: float, x1: float, bottom: float, horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> Grid:
    rows = [top]
    for at in sorted({h.at for h in horizontals}):
        near = [h for h in horizontals if abs(h.at - at) <= TOUCH]
        if at - rows[-1] > TOUCH and _covered([(h.low, h.high) for h in near]) >= ROW_RULE * (x1 - x0):
            rows.append(at)
    if bottom - rows[-1] > TOUCH:
        rows.append(bottom)
    return Grid(x0, top, x1, bottom, tuple(rows), tuple(verticals))


def _borders(grid: Grid, top: float, bottom: float, *, share: float = CELL_RULE) -> tuple[float, ...]:
    """The x of the column edges between ``top`` and ``bottom``, the table's own edges included."""
    borders = [grid.x0]
    for at in sorted({v.at for v in grid.verticals}):
        near = [(max(v.low, top), min(v.high, bottom)) for v in grid.verticals if abs(v.at - at) <= TOUCH]
        if at - borders[-1] > SLIMMEST and grid.x1 - at > SLIMMEST and _covered(near) >= share * (bottom - top):
            borders.append(at)
    return (*borders, grid.x1)


def _covered(spans: Sequence[tuple[float, float]]) -> float:
    """Length of the union of ``spans``; spans that end before they begin count for nothing."""
    total, reach = 0.0, float("-inf")
    for low, high in sorted(spans):
        if high > reach and high > low:
            total += high - max(low, reach)
            reach = high
    return total


def _connected(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules in groups that meet each other, directly or through others."""
    count = len(horizontals)
    parent = list(range(count + len(verticals)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(horizontals):
        for j, v in enumerate(verticals):
            if h.low - TOUCH <= v.at <= h.high + TOUCH and v.low - TOUCH <= h.at <= v.high + TOUCH:
                parent[root(i)] = root(count + j)
    for rules, offset in ((horizontals, 0), (verticals, count)):
        # Rules drawn in pieces, one a cell, follow each other on one line.
        for i, (one, other) in enumerate(itertools.pairwise(rules)):
            if other.at - one.at <= TOUCH and other.low <= one.high + TOUCH and one.low <= other.high + TOUCH:
                parent[root(offset + i)] = root(offset + i + 1)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(root(index), ([], []))
        if index < count:
            group[0].append(horizontals[index])
        else:
            group[1].append(verticals[index - count])
    return list(groups.values())


def _inside(inner: Grid, outer: Grid) -> bool:
    return (
        outer.x0 - TOUCH <= inner.x0
        and inner.x1 <= outer.x1 + TOUCH
        and outer.top - TOUCH <= inner.top
        and inner.bottom <= outer.bottom + TOUCH
        and (inner.x1 - inner.x0) * (inner.bottom - inner.top) < 0.98 * (outer.x1 - outer.x0) * (outer.bottom - outer.top)
    )
