"""A sample report as a Word file: heading styles, one two-column table an area, the notice in the footer of every page.

Knows only that layout. The bytes depend on the report alone: the archive's dates and the file's own dates are fixed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any, Final

from corpus.samples.contents import SampleReport
from corpus.samples.text_form import left_cell, right_cell

ARCHIVE_DATE: Final = (2020, 1, 1, 0, 0, 0)
_WIDTHS_CM: Final = (7.6, 8.4)


def render(report: SampleReport) -> bytes:
    """The whole report as the bytes of a .docx file; the same report gives the same bytes."""
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    section.footer.paragraphs[0].text = report.notice
    document.add_paragraph(report.title, style="Title")
    for line in (report.organisation, report.municipality, report.date_line):
        document.add_paragraph(line)
    for plan in report.plans:
        document.add_heading(f"{plan.number} {plan.title}", 1)
        printed: set[str] = set()
        for area in plan.areas:
            for number, title in area.headings:
                if number not in printed:
                    printed.add(number)
                    document.add_heading(f"{number} {title}", 2)
            document.add_heading(f"{area.number} {area.title}", area.number.count(".") + 1)
            table = document.add_table(rows=1, cols=2, style="Table Grid")
            table.autofit = False
            _repeat_on_every_page(table.rows[0])
            for cell, words in zip(table.rows[0].cells, report.header, strict=True):
                _fill(cell, [[words]], bold_first=True)
            for item, label in zip(area.items, area.labels, strict=True):
                left, right = table.add_row().cells
                _fill(left, left_cell(item, label), bold_first=True)
                _fill(right, right_cell(item), bold_first=False)
            for row in table.rows:
                for cell, width in zip(row.cells, _WIDTHS_CM, strict=True):
                    cell.width = Cm(width)
            document.add_paragraph()
    _fixed_properties(document, report)
    out = io.BytesIO()
    document.save(out)
    return _fixed_archive(out.getvalue())


def _fill(cell: Any, blocks: list[list[str]], *, bold_first: bool) -> None:
    paragraph = cell.paragraphs[0]
    first = True
    for number, block in enumerate(blocks):
        for text in block:
            if not first:
                paragraph = cell.add_paragraph()
            first = False
            paragraph.add_run(text).bold = True if bold_first and number == 0 else None


def _repeat_on_every_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fixed_properties(document: Any, report: SampleReport) -> None:
    day = report.handed_in
    moment = datetime(day.year, day.month, day.day, 12)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = report.title, report.organisation, report.notice
    properties.created = properties.modified = moment
    properties.revision = 1


def _fixed_archive(data: bytes) -> bytes:
    """The same members in the same order, all with one date and one system, so that the bytes do not tell when and where they were

    made.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, ARCHIVE_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            target.writestr(entry, source.read(member))
    return out.getvalue()
