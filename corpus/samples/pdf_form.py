"""A sample report as a two-column PDF, laid out and drawn line by line: headings over the full width, the header row on each page,
a footer.

Reports of the first organisation have drawn rules, those of the others none, so that both kinds of table are among the samples.
Knows only that layout. The bytes depend on the report alone; the typeface is the one that comes with reportlab.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from corpus.samples.contents import SampleReport
from corpus.samples.text_form import left_cell, right_cell

WIDTH, HEIGHT = 595.28, 841.89
MARGIN: Final = 58.0
TOP, FOOT = 62.0, HEIGHT - 70.0
COLUMNS: Final = (MARGIN, MARGIN + 222.0, WIDTH - MARGIN)
PADDING: Final = 6.0
SIZE: Final = 9.5
LEADING: Final = 1.25
SPACING: Final = 5.0
"""Points between two paragraphs of a cell."""
LEAST: Final = 2
"""Lines of each cell that stand on either side of a page break in a row."""
_AFTER_HYPHEN: Final = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a cell. ``gap`` is the space above it; ``full`` marks a paragraph's end where the next word had no room."""

    text: str
    bold: bool
    gap: float
    full: bool

    @property
    def height(self) -> float:
        return self.gap + SIZE * LEADING


@dataclass(slots=True)
class _Sheet:
    """What is drawn on one page: texts (x, baseline from above, font size, bold, text) and rules (x0, y0, x1, y1)."""

    texts: list[tuple[float, float, float, bool, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def render(report: SampleReport) -> bytes:
    """The whole report as the bytes of a PDF; the same report gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    _register_fonts()
    layout = _Layout(report)
    for page, lines in enumerate(([report.title], [report.organisation, report.municipality, report.date_line])):
        for line in lines:
            layout.free(line, 20.0 if not page else 11.0, bold=not page, above=0.0 if not page else 4.0)
    for plan in report.plans:
        if plan.number > 1:
            layout.new_page()
        layout.free(f"{plan.number} {plan.title}", 15.0, bold=True, above=22.0)
        printed: set[str] = set()
        for area in plan.areas:
            for heading, title in area.headings:
                if heading not in printed:
                    printed.add(heading)
                    layout.free(f"{heading} {title}", 12.5, bold=True, above=16.0)
            layout.free(f"{area.number} {area.title}", 11.0, bold=True, above=14.0)
            layout.table(report.header)
            for item, label in zip(area.items, area.labels, strict=True):
                layout.row(left_cell(item, label), right_cell(item))
            layout.end_table()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(report.title)
    canvas.setAuthor(report.organisation)
    canvas.setSubject(report.notice)
    for number, sheet in enumerate(layout.sheets, 1):
        _draw(canvas, sheet, report.notice, f"Sida {number} ({len(layout.sheets)})")
    canvas.save()
    return out.getvalue()


class _Layout:
    """Lays headings and rows on pages from the top. ``sheets`` is what has been laid."""

    def __init__(self, report: SampleReport) -> None:
        self._ruled = report.organisation_id == "a"
        self.sheets = [_Sheet()]
        self._y = TOP
        self._header: tuple[str, str] | None = None

    def new_page(self) -> None:
        self.sheets.append(_Sheet())
        self._y = TOP
        if self._header is not None:
            self._header_row()

    def free(self, text: str, size: float, *, bold: bool, above: float) -> None:
        """Text over the full width. A heading stays with the beginning of what it is the heading of."""
        lines = _wrap(text, COLUMNS[-1] - COLUMNS[0], size, bold=bold)
        if self._y + above + len(lines) * size * LEADING + (110.0 if bold else 0.0) > FOOT:
            self.new_page()
        self._y += above if self._y > TOP else 0.0
        for line in lines:
            self._y += size * LEADING
            self.sheets[-1].texts.append((COLUMNS[0], self._y - 0.25 * size, size, bold, line))

    def table(self, header: tuple[str, str]) -> None:
        """Begins a table with its header row."""
        self._header = header
        self._y += 5.0
        self._header_row()

    def end_table(self) -> None:
        """Ends it."""
        self._header = None

    def _header_row(self) -> None:
        assert self._header is not None
        self._lay([[_Line(words, True, 0.0, False)] for words in self._header])

    def row(self, left: list[list[str]], right: list[list[str]]) -> None:
        """One item. A row that does not fit goes on on the next page, if enough of both its cells stands on this one."""
        cells = [_cell(left, COLUMNS[1] - COLUMNS[0], bold_first=True), _cell(right, COLUMNS[2] - COLUMNS[1], bold_first=False)]
        while any(cells):
            room = FOOT - self._y - 2 * PADDING
            counts = [_fitting(cell, room) for cell in cells]
            if all(count == len(cell) for count, cell in zip(counts, cells, strict=True)):
                self._lay(cells)
                return
            if all(count >= min(LEAST, len(cell)) for count, cell in zip(counts, cells, strict=True)):
                self._lay([cell[:count] for count, cell in zip(counts, cells, strict=True)])
                cells = [cell[count:] for count, cell in zip(counts, cells, strict=True)]
            self.new_page()

    def _lay(self, cells: list[list[_Line]]) -> None:
        sheet, top = self.sheets[-1], self._y
        bottom = top
        for x, cell in zip(COLUMNS, cells, strict=False):
            y = top + PADDING
            for number, line in enumerate(cell):
                y += line.height if number else SIZE * LEADING
                sheet.texts.append((x + PADDING, y - 0.25 * SIZE, SIZE, line.bold, line.text))
            bottom = max(bottom, y + PADDING)
        if self._ruled:
            sheet.rules += [(COLUMNS[0], y, COLUMNS[-1], y) for y in (top, bottom)] + [(x, top, x, bottom) for x in COLUMNS]
        self._y = bottom if self._ruled else bottom + 4.0


def _cell(blocks: list[list[str]], width: float, *, bold_first: bool) -> list[_Line]:
    inner = width - 2 * PADDING
    wrapped = [
        (_wrap(paragraph, inner, SIZE, bold=bold_first and number == 0), bold_first and number == 0)
        for number, block in enumerate(blocks)
        for paragraph in block
    ]
    lines: list[_Line] = []
    for number, (texts, bold) in enumerate(wrapped):
        following = wrapped[number + 1][0][0].split(" ")[0] if number + 1 < len(wrapped) else ""
        for index, text in enumerate(texts):
            last = index + 1 == len(texts)
            full = last and _measure(f"{text} {following}", SIZE, bold=bold) > inner - SIZE
            lines.append(_Line(text, bold, SPACING if lines and index == 0 else 0.0, full))
    return lines


def _fitting(cell: list[_Line], room: float) -> int:
    """How many lines fit into ``room``, fewer where the page would break between two paragraphs without a sign of it."""
    count, used = 0, 0.0
    for number, line in enumerate(cell):
        used += line.height if number else SIZE * LEADING
        if used > room:
            break
        count += 1
    if count < len(cell):
        count = min(count, len(cell) - LEAST)
    while 0 < count < len(cell) and cell[count - 1].full:
        count -= 1
    return count


def _wrap(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for number, part in enumerate(_AFTER_HYPHEN.split(word)):
            joined = f"{line}{'' if number or not line else ' '}{part}"
            if line and _measure(joined, size, bold=bold) > width:
                lines.append(line)
                line = part
            else:
                line = joined
    return [*lines, line]


def _measure(text: str, size: float, *, bold: bool) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _font(bold), size))


def _font(bold: bool) -> str:
    return "Vera-Bold" if bold else "Vera"


def _register_fonts() -> None:
    import reportlab
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    registerFont(TTFont(_font(False), str(folder / "Vera.ttf")))
    registerFont(TTFont(_font(True), str(folder / "VeraBd.ttf")))


def _draw(canvas: Any, sheet: _Sheet, notice: str, page: str) -> None:
    canvas.setLineWidth(0.6)
    for x0, y0, x1, y1 in sheet.rules:
        canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
    for x, y, size, bold, text in sheet.texts:
        canvas.setFont(_font(bold), size)
        canvas.drawString(x, HEIGHT - y, text)
    canvas.setFont(_font(False), 7.5)
    canvas.drawString(MARGIN, 36.0, notice)
    canvas.drawRightString(WIDTH - MARGIN, 36.0, page)
    canvas.showPage()
