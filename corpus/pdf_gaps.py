"""Tables without drawn rules in a PDF: columns told by the gap between them, rows by what stands in the first column.

Knows pages' lines, the names of a form's columns and its answers. Where a document shows neither a header row nor answers in a
column of their own there is no table, so running text set with tabs stays running text.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.column_roles import CODE, is_answer, roles_of
from corpus.pdf_grid import Band, Free
from corpus.pdf_page import Page, TextLine, Word, lines_of, split_at_gaps

GAP: Final = 0.8
"""Words further apart than this, in font sizes, stand in two columns."""
ALIGNED: Final = 4.0
APART: Final = 1.2
"""A line stands apart where it is further down than this many times the closest distance between lines."""
_HEADING: Final = re.compile(r"\d{1,2}(\.\d{1,2})+\.?\s+\D|(målområde|fokusområde|prioriterat område|område)\s+\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a document's tables begin, and whether questions are printed in bold."""

    starts: tuple[float, ...]
    bold_questions: bool
    body_size: float


def find_columns(pages: Sequence[tuple[Page, Sequence[TextLine]]]) -> Columns | None:
    """The columns of the tables on ``pages`` (with their lines over the whole width), or None where there is none."""
    headers: Counter[tuple[float, ...]] = Counter()
    answers: Counter[tuple[float, float]] = Counter()
    sizes: Counter[float] = Counter()
    for _, lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
            parts = split_at_gaps(line, GAP * line.size)
            if is_header(line):
                headers[tuple(round(part.x0, 1) for part in parts)] += 1
            elif len(parts) == 2 and is_answer(parts[1].text):
                answers[round(parts[0].x0, 1), round(parts[1].x0, 1)] += 1
    if headers:
        starts = headers.most_common(1)[0][0]
    elif sum(answers.values()) > 1:
        starts = answers.most_common(1)[0][0]
    else:
        return None
    body = sizes.most_common(1)[0][0]
    first = [line for _, lines in pages for line in lines if line.x0 < starts[1] - ALIGNED and abs(line.size - body) < 0.8]
    left = [TextLine(words, line.page) for line in first if (words := _in_column(line.words, starts, 0))]
    bold = sum(line.bold for line in left)
    return Columns(starts, 0.05 * len(left) < bold < 0.8 * len(left), body)


def is_header(line: TextLine) -> bool:
    """Whether the line is a form's header row: column names with gaps between them."""
    parts = split_at_gaps(line, GAP * line.size)
    return len(parts) > 1 and roles_of([part.text for part in parts]) is not None


def blocks_of(page: Page, lines: Sequence[TextLine], columns: Columns, *, in_table: bool) -> tuple[list[Band | Free], bool]:
    """The rows and free lines of a page from top to bottom, and whether a table is open at its end.

    ``lines`` go over the whole width, from top to bottom; ``in_table`` tells whether a table is open where the page begins.
    """
    blocks: list[Band | Free] = []
    region: list[TextLine] = []
    heading: TextLine | None = None
    right_edge = max((line.x1 for line in lines), default=page.width)
    borders = (*columns.starts, right_edge)

    def close() -> None:
        blocks.extend(_rows(page, region, columns, borders))
        region.clear()

    for line in lines:
        parts = split_at_gaps(line, GAP * line.size)
        if len(parts) == len(columns.starts) and is_header(line):
            close()
            blocks.append(Band(page.number, line.top, line.bottom, borders, tuple((part,) for part in parts), ruled=False))
            in_table, heading = True, None
        elif _crosses(line, columns.starts) or _is_heading(line, columns, heading):
            close()
            blocks.append(Free(line))
            in_table, heading = False, line
        elif in_table or (len(parts) > 1 and abs(parts[-1].x0 - columns.starts[-1]) < ALIGNED):
            region.append(line)
            in_table, heading = True, None
        else:
            blocks.append(Free(line))
            heading = None
    close()
    return blocks, in_table


def _rows(page: Page, region: Sequence[TextLine], columns: Columns, borders: tuple[float, ...]) -> list[Band | Free]:
    """The lines of one stretch of a table as rows."""
    if not region:
        return []
    words = [word for line in region for word in line.words]
    cells = [lines_of(_in_column(words, columns.starts, index), page.number) for index in range(len(columns.starts))]
    edges = [region[0].top, *_cuts(page, cells, columns, borders), float("inf")]
    rows: list[Band | Free] = []
    for top, bottom in itertools.pairwise(edges):
        reach = 0.5 * columns.body_size
        inside = tuple(tuple(line for line in cell if top - reach <= line.top < bottom - reach) for cell in cells)
        present = [line for cell in inside for line in cell]
        if present:
            rows.append(Band(page.number, top, max(line.bottom for line in present), borders, inside, ruled=False))
    return rows


def _cuts(page: Page, cells: Sequence[Sequence[TextLine]], columns: Columns, borders: tuple[float, ...]) -> list[float]:
    """The y where a new row begins, but for the first.

    At a rule over the table; else at a bold question; else, where questions are not bold, at an answer beside, and at a question that
    stands apart below a code.
    """
    top = min(line.top for cell in cells for line in cell)
    bottom = max(line.bottom for cell in cells for line in cell)
    rules = [r.at for r in page.horizontals if top < r.at < bottom and r.high - r.low >= 0.6 * (borders[-1] - borders[0])]
    if rules:
        return rules
    answers = [line.top for cell in cells[1:] for line in cell if is_answer(line.text)]
    closest = min((b.bottom - a.bottom for a, b in zip(cells[0], cells[0][1:], strict=False)), default=0.0)
    cuts: list[float] = []
    coded = False
    for index, line in enumerate(cells[0]):
        before = cells[0][index - 1] if index else None
        if columns.bold_questions:
            begins = line.bold and not (before is not None and before.bold)
        else:
            apart = before is not None and line.bottom - before.bottom > APART * closest
            begins = any(abs(answer - line.top) < ALIGNED for answer in answers) or (
                apart and coded and _opens_question(cells[0][index : index + 8], APART * closest)
            )
        if begins and line.top - top >= ALIGNED:
            cuts.append(line.top)
            coded = False
        coded = coded or bool(CODE.search(line.text))
    return cuts


def _opens_question(lines: Sequence[TextLine], distance: float) -> bool:
    """Whether the first paragraph of ``lines`` (their distance at most ``distance``) ends as a question does."""
    last = lines[0]
    for line in lines[1:]:
        if line.bottom - last.bottom > distance:
            break
        last = line
    return last.text.endswith(("?", "?)")) or (last.text.endswith(")") and any("?" in line.text for line in lines))


def _in_column(words: Sequence[Word], starts: Sequence[float], index: int) -> tuple[Word, ...]:
    """The words that begin in column ``index``."""
    low = starts[index] - ALIGNED if index else float("-inf")
    high = starts[index + 1] - ALIGNED if index + 1 < len(starts) else float("inf")
    return tuple(word for word in words if low <= word.x0 < high)


def _crosses(line: TextLine, starts: Sequence[float]) -> bool:
    """Whether the line goes on over the edge of a column as one text."""
    for start in starts[1:]:
        left = [word for word in line.words if word.x0 < start - ALIGNED]
        right = [word for word in line.words if word.x0 >= start - ALIGNED]
        if left and (left[-1].x1 > start or (right and right[0].x0 - left[-1].x1 < 0.5 * line.size)):
            return True
    return False


def _is_heading(line: TextLine, columns: Columns, before: TextLine | None) -> bool:
    """Whether a line that stands in the first column alone is a heading, or the rest of the heading ``before``."""
    if line.x1 > columns.starts[1] or line.x0 > columns.starts[1] - ALIGNED:
        return False
    if line.size > columns.body_size + 0.8 or (line.bold and _HEADING.match(line.text)):
        return True
    return (
        before is not None and line.bold and before.bold and line.size == before.size and line.top - before.bottom < 0.8 * line.size
    )
