"""Rows of tables made whole again over page breaks, and the whole document in the order a person reads it.

Knows what a page gives (rows and free lines from top to bottom) and the signs of a form: codes, answers, bold questions. A row
that opens a page without a question or code of its own belongs to the last open row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.column_roles import CODE, Role, is_answer, is_two_sided, roles_of
from corpus.pdf_grid import Band, Foot, Free
from corpus.pdf_page import TextLine

SAME_COLUMNS: Final = 8.0


@dataclass(slots=True)
class Row:
    """A row over all its pages: ``cells`` hold the lines of each column in reading order. ``roles`` are the meanings of its
    columns.

    ``feet`` tell how it ends on each of its pages, where rules are drawn.
    """

    table: int
    row: int
    cells: list[list[TextLine]]
    borders: tuple[float, ...]
    ruled: bool
    header: bool = False
    roles: tuple[Role | None, ...] | None = None
    feet: list[Foot] = field(default_factory=list)


Entry = Row | TextLine


@dataclass(slots=True)
class _Table:
    number: int
    borders: tuple[float, ...]
    roles: tuple[Role | None, ...] | None = None
    first: tuple[str, ...] = ()
    rows: int = 0
    open: Row | None = None


@dataclass(slots=True)
class Stitcher:
    """Takes the pages' blocks in order; ``entries`` is then the document, ``stitched`` the rows that went over a page break."""

    entries: list[Entry] = field(default_factory=list)
    stitched: int = 0
    _table: _Table | None = None
    _tables: int = 0
    _roles: dict[int, tuple[tuple[float, ...], tuple[Role | None, ...]]] = field(default_factory=dict)

    def add_page(self, blocks: Sequence[Band | Free]) -> None:
        """One page's blocks from top to bottom."""
        opens = True
        for block in blocks:
            if isinstance(block, Free):
                self.entries.append(block.line)
                self._table, opens = None, False
                continue
            table = self._table_of(block)
            head, block = _headed(block, table.roles)
            if head is not None:
                self._add_header(table, head, table.roles)
            texts = tuple(_text(cell) for cell in block.cells)
            roles = roles_of(texts)
            if roles is not None or (texts == table.first and opens and any(texts)):
                self._add_header(table, block, roles)
                continue
            if table.rows == 0 and not table.first:
                table.first = texts
            if opens and table.open is not None and continues(table.open, block):
                for cell, lines in zip(table.open.cells, block.cells, strict=True):
                    cell.extend(lines)
                table.open.feet += [block.foot] if block.ruled else []
                self.stitched += 1
            else:
                table.open = self._row(table, block, header=False)
            opens = False

    def _table_of(self, block: Band) -> _Table:
        """The open table where the block has its columns, else a new one."""
        table = self._table
        if table is None or not _same_columns(table.borders, block.borders):
            table = self._table = _Table(self._tables, block.borders)
            self._tables += 1
            known = self._roles.get(len(block.cells))
            if known is not None and _same_columns(known[0], block.borders):
                table.roles = known[1]
        return table

    def _add_header(self, table: _Table, block: Band, roles: tuple[Role | None, ...] | None) -> None:
        if roles is not None:
            table.roles = roles
            self._roles[len(block.cells)] = block.borders, roles
        self._row(table, block, header=True)

    def _row(self, table: _Table, block: Band, *, header: bool) -> Row:
        row = Row(table.number, table.rows, [list(cell) for cell in block.cells], block.borders, block.ruled, header, table.roles)
        row.feet += [block.foot] if block.ruled else []
        table.rows += 1
        self.entries.append(row)
        return row


def _headed(block: Band, roles: tuple[Role | None, ...] | None) -> tuple[Band | None, Band]:
    """(header, rest) of a block whose first lines are the table's header row again without a rule below it; (None, block) of others."""
    first = [cell[0].text if cell else "" for cell in block.cells]
    if roles is None or not all(first) or roles_of(first) != roles or not any(len(cell) > 1 for cell in block.cells):
        return None, block
    return replace(block, cells=tuple(cell[:1] for cell in block.cells)), replace(
        block, cells=tuple(cell[1:] for cell in block.cells)
    )


def continues(row: Row, block: Band) -> bool:
    """Whether ``block``, which opens a page, is the rest of ``row``, the last one of the page before."""
    first = next((index for index, cell in enumerate(block.cells) if cell), None)
    if first is None or len(block.cells) != len(row.cells):
        return first is None
    if first > 0:
        return True
    two_sided = len(row.cells) == 2 and (row.roles is None or is_two_sided(row.roles))
    if not two_sided:
        return _text(block.cells[0])[:1].islower()
    left, right = row.cells
    opening, beside = block.cells
    if beside and is_answer(beside[0].text) and right and is_answer(right[0].text):
        return False
    bold_questions = any(line.bold for line in left)
    if _has_code(left):
        return not _has_code(opening) and not (bold_questions and opening[0].bold)
    if bold_questions and opening[0].bold:
        # Only the rest of a question cut in two begins in bold.
        return left[-1].bold and (not _ends_question(left) or opening[0].text[0] == "(" or opening[0].text[0].islower())
    if bold_questions or _has_code(opening) or not left:
        return True
    return opening[0].text[0].islower() or not _text(left).endswith((".", "?", ")", "!"))


def _ends_question(lines: Sequence[TextLine]) -> bool:
    return _text(lines).rstrip().endswith(("?", ")"))


def _has_code(lines: Sequence[TextLine]) -> bool:
    """Whether the cell names its item's code: after its kind word, or at the beginning of a line."""
    return bool(CODE.search(_text(lines))) or any(CODE.match(line.text) for line in lines)


def _text(lines: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in lines)


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two rows have their columns at the same places; the outer right edge does not matter where there are no rules."""
    return len(one) == len(other) and all(abs(a - b) <= SAME_COLUMNS for a, b in zip(one[:-1], other[:-1], strict=True))
