"""Tables of a Word file as rows of columns: merged cells once, rows that a merged cell holds together as one.

Knows the grid of WordprocessingML. Nothing of what is in a cell, and nothing of what a table is for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from corpus.docx_numbers import W

_WRAPPERS: Final = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid: its first column, whether it only continues the cell above, and its element."""

    start: int
    continues: bool
    element: Any


@dataclass(slots=True)
class TableRow:
    """A row: for each column the cell elements in it, from top to bottom.

    ``whole`` is set where one cell goes over the whole width.
    """

    columns: list[list[Any]]
    header: bool = False
    whole: Any | None = None


def children(element: Any, *tags: str) -> Iterator[Any]:
    """The children of ``element`` with one of ``tags``, those inside content controls and tracked insertions among them, in

    order.
    """
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from children(child, *tags)


def rows_of(table: Any) -> list[TableRow]:
    """The rows of ``table`` (w:tbl), deleted ones left out.

    In a table of two columns a cell merged downwards holds its rows together.
    """
    grid = [(row, _cells(row)) for row in children(table, f"{W}tr") if not _deleted(row)]
    shapes = Counter(tuple(cell.start for cell in cells) for _, cells in grid if len(cells) > 1)
    starts = shapes.most_common(1)[0][0] if shapes else (0,)
    rows: list[TableRow] = []
    for element, cells in grid:
        if len(cells) == 1 and not cells[0].continues:
            rows.append(TableRow([], whole=cells[0].element))
            continue
        columns: list[list[Any]] = [[] for _ in starts]
        for cell in cells:
            if not cell.continues:
                columns[max(sum(start <= cell.start for start in starts) - 1, 0)].append(cell.element)
        merged = any(cell.continues for cell in cells)
        if merged and len(starts) == 2 and rows and rows[-1].whole is None and not rows[-1].header:
            for before, more in zip(rows[-1].columns, columns, strict=True):
                before += more
        else:
            rows.append(TableRow(columns, header=_is_header(element)))
    return rows


def _cells(row: Any) -> list[Cell]:
    cells = []
    properties = row.find(f"{W}trPr")
    column = _number(properties, "gridBefore", 0)
    for element in children(row, f"{W}tc"):
        look = element.find(f"{W}tcPr")
        merge = None if look is None else look.find(f"{W}vMerge")
        continues = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        cells.append(Cell(column, continues, element))
        column += max(_number(look, "gridSpan", 1), 1)
    return cells


def _number(properties: Any | None, name: str, default: int) -> int:
    element = None if properties is None else properties.find(f"{W}{name}")
    text = "" if element is None else str(element.get(f"{W}val", ""))
    return min(int(text), 1000) if text.isdecimal() else default


def _deleted(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _is_header(row: Any) -> bool:
    properties = row.find(f"{W}trPr")
    element = None if properties is None else properties.find(f"{W}tblHeader")
    return element is not None and str(element.get(f"{W}val", "1")).lower() not in ("0", "false", "off")
