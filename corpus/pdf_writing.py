"""The lines of a PDF written out as a document: columns mapped on the two sides of a form, line ends and headings told.

Knows the order that ``pdf_rows`` made and how ``pdf_ends`` tells line ends; nothing of how either was found.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.column_roles import is_two_sided, slots
from corpus.line_writer import LineWriter
from corpus.pdf_ends import Column, automatic_hyphens, leading_of, line_ends, words_of
from corpus.pdf_page import TextLine
from corpus.pdf_rows import Entry, Row

MOST_PADDING: Final = 24.0
HEADING_SIZE: Final = 1.06
"""A free line is a heading where its font is this much bigger than the body's."""
_CONTENTS: Final = re.compile(r".*(?:\.\s?){4,}\s*\d{1,4}")
_NUMBERED: Final = re.compile(r"\d{1,2}(\.\d{1,2})*\.?\s+\S")

Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Pending:
    """Lines that belong together (a cell's, or free text): ``prefix`` is written before them, ``joins`` lets the last one go on."""

    column: Column
    cell: Cell | None
    furniture: bool = False
    prefix: str = ""
    joins: bool = False


def write(writer: LineWriter, entries: Sequence[Entry], furniture: set[TextLine]) -> None:
    """Writes ``entries`` in their order. ``furniture`` are the free lines that are none of the content."""
    limits = _limits([entry for entry in entries if isinstance(entry, Row)])
    margin = _margin(entries, furniture)
    breaks = _breaks([entry for entry in entries if isinstance(entry, Row) and not entry.header])
    groups = _groups(entries, furniture, limits, breaks, margin)
    leading = leading_of([group.column for group in groups if not group.furniture])
    sizes = _heading_sizes(groups)
    firsts = _first_lines(entries, furniture)
    ends = [line_ends(group.column, leading) for group in groups]
    soft = _soft_hyphens(groups, ends)
    for number, (group, wraps) in enumerate(zip(groups, ends, strict=True)):
        for index, (line, wrap) in enumerate(zip(group.column.lines, wraps, strict=True)):
            text = line.text
            if (number, index) in soft:
                text = f"{text[:-1]}\u00ad"
            if index == 0:
                text = group.prefix + text
            last = index + 1 == len(wraps)
            writer.add(
                text,
                page=line.page,
                box=line.box,
                cell=group.cell,
                wraps=group.joins if last else wrap,
                page_start=line in firsts,
                bold=line.bold,
                heading=sizes.get(line.size) if group.cell is None and not group.furniture else None,
                furniture=group.furniture or (group.cell is None and bool(_CONTENTS.fullmatch(line.text))),
            )


def _groups(
    entries: Sequence[Entry],
    furniture: set[TextLine],
    limits: Mapping[tuple[float, ...], Sequence[float]],
    breaks: Mapping[Cell, frozenset[int]],
    margin: float,
) -> list[_Pending]:
    groups: list[_Pending] = []
    free: list[TextLine] = []

    def close() -> None:
        if free:
            groups.append(_Pending(Column(tuple(free), margin), None))
            free.clear()

    for entry in entries:
        if isinstance(entry, TextLine):
            if entry in furniture:
                groups.append(_Pending(Column((entry,), margin), None, furniture=True))
            else:
                if free and (_NUMBERED.match(entry.text) and (entry.bold or entry.size > free[-1].size)):
                    close()
                free.append(entry)
            continue
        close()
        limit = limits[entry.borders]
        if entry.header:
            for column, cell in enumerate(entry.cells):
                groups += [
                    _Pending(Column((line,), limit[column]), (entry.table, entry.row, column), furniture=True) for line in cell
                ]
        else:
            groups += _sides(entry, limit, breaks)
    close()
    return groups


def _sides(row: Row, limit: Sequence[float], breaks: Mapping[Cell, frozenset[int]]) -> list[_Pending]:
    """A row's cells as the two sides of a form where its columns are known, else as they stand."""
    place = (row.table, row.row)
    columns = [Column(tuple(cell), limit[i], breaks.get((*place, i), frozenset())) for i, cell in enumerate(row.cells)]
    if row.roles is None or is_two_sided(row.roles):
        return [_Pending(column, (*place, i)) for i, column in enumerate(columns) if column.lines]
    groups = []
    for slot in slots(row.roles):
        column = columns[slot.index]
        if not column.lines:
            continue
        labelled = column.lines[0].text.casefold().startswith(slot.prefix.casefold().strip())
        cell = None if slot.role in ("plan", "area") else (*place, slot.index if slot.side is None else slot.side)
        groups.append(
            _Pending(
                column,
                cell,
                furniture=slot.side is None and cell is not None,
                prefix="" if labelled else slot.prefix,
                joins=slot.joins,
            )
        )
    return groups


def _breaks(rows: Sequence[Row]) -> dict[Cell, frozenset[int]]:
    """For cells cut by page breaks the pages at whose foot a paragraph ends, told by the space that is left there.

    Below a whole row stands the cell's padding and the space after its last paragraph, and so it does below a row cut after a
    paragraph; below a row cut inside one stands the padding alone. (The space may be left out where the page is full, so the
    padding alone tells nothing.) Where a document shows no such difference nothing is told.
    """
    whole = Counter(round(row.feet[-1].space * 2) / 2 for row in rows if row.feet)
    cut = [(row, foot) for row in rows for foot in row.feet[:-1]]
    usual = whole.most_common(1)[0][0] if whole else 0.0
    if not any(foot.space < usual - 1.8 for _, foot in cut):
        return {}
    found: dict[Cell, frozenset[int]] = {}
    for row, foot in cut:
        if abs(foot.space - usual) <= 0.8:
            cell = row.table, row.row, foot.column
            found[cell] = found.get(cell, frozenset()) | {foot.page}
    return found


def _limits(rows: Sequence[Row]) -> dict[tuple[float, ...], list[float]]:
    """For each set of columns how far to the right words go: as far as seen, in ruled cells also the edge less the left padding."""
    reach: defaultdict[tuple[float, int], float] = defaultdict(float)
    begin: defaultdict[tuple[float, int], float] = defaultdict(lambda: float("inf"))
    for row in rows:
        for index, cell in enumerate(row.cells):
            key = round(row.borders[index] / 4), index
            for line in cell:
                reach[key] = max(reach[key], line.x1)
                begin[key] = min(begin[key], line.x0)
    limits: dict[tuple[float, ...], list[float]] = {}
    for row in rows:
        if row.borders in limits:
            continue
        found = []
        for index in range(len(row.cells)):
            key = round(row.borders[index] / 4), index
            padding = begin[key] - row.borders[index]
            inner = row.borders[index + 1] - padding if row.ruled and 0 <= padding <= MOST_PADDING else 0.0
            found.append(max(reach[key], inner))
        limits[row.borders] = found
    return limits


def _margin(entries: Sequence[Entry], furniture: set[TextLine]) -> float:
    """How far to the right free text goes: as far as any free line, or the tables' own right edge."""
    edges = [entry.x1 for entry in entries if isinstance(entry, TextLine) and entry not in furniture]
    edges += [line.x1 for entry in entries if isinstance(entry, Row) for cell in entry.cells for line in cell]
    return max(edges, default=0.0)


def _heading_sizes(groups: Sequence[_Pending]) -> dict[float, int]:
    """The level of each font size that is bigger than the body's: 1 is the biggest."""
    letters: Counter[float] = Counter()
    for group in groups:
        if not group.furniture:
            for line in group.column.lines:
                letters[line.size] += len(line.text)
    if not letters:
        return {}
    body = letters.most_common(1)[0][0]
    return {size: level for level, size in enumerate(sorted((s for s in letters if s > HEADING_SIZE * body), reverse=True), 1)}


def _first_lines(entries: Sequence[Entry], furniture: set[TextLine]) -> set[TextLine]:
    """The uppermost line of content on each page."""
    firsts: dict[int, TextLine] = {}
    for entry in entries:
        lines = [entry] if isinstance(entry, TextLine) else [line for cell in entry.cells for line in cell]
        for line in lines:
            if line not in furniture and (line.page not in firsts or line.top < firsts[line.page].top - 1):
                firsts[line.page] = line
    return set(firsts.values())


def _soft_hyphens(groups: Sequence[_Pending], ends: Sequence[Sequence[bool]]) -> set[tuple[int, int]]:
    """Which lines (group, place in it) end with a hyphen that line breaking put in."""
    places, pairs = [], []
    for number, (group, wraps) in enumerate(zip(groups, ends, strict=True)):
        for index, wrap in enumerate(wraps[:-1]):
            if wrap and group.column.lines[index].text.endswith("-"):
                places.append((number, index))
                pairs.append((group.column.lines[index].text, group.column.lines[index + 1].text))
    words = words_of(line.text for group in groups for line in group.column.lines)
    return {place for place, automatic in zip(places, automatic_hyphens(pairs, words), strict=True) if automatic}
