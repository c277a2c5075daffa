"""The open commitments of a year's drafts as a list of their own: what earlier reports promised and no note has answered.

Word, Excel, CSV or Markdown. Knows nothing of the drafts' text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from assistant.draft.exports.table import as_csv, as_markdown, as_xlsx
from assistant.draft.exports.word import header_table, set_widths, without_controls
from assistant.phrases import item_label
from corpus.model import Draft, plan_name

COLUMNS: Final = ("Plan", "Punkt", "Att svara på", "Åtagande", "Rapport", "Till")
_WIDTHS: Final = (30, 14, 60, 60, 12, 16)
_WIDTHS_CM: Final = (2.6, 10.1, 7.8, 2.0, 3.2)
_OPEN: Final = ("open", "unknown")


def rows(drafts: Sequence[Draft]) -> list[list[str | int]]:
    """A row a commitment under ``COLUMNS``, in the drafts' order."""
    return [
        [plan_name(draft.item.plan_title), item_label(draft.item), c.question, c.text, c.year, c.due or ""]
        for draft in drafts
        for c in draft.commitments
        if c.state in _OPEN
    ]


def render(drafts: Sequence[Draft], ending: str) -> bytes:
    """The list as the bytes of a file with that ending. Without open commitments it has its column names alone."""
    title = f"Åtaganden att svara på {drafts[0].year}"
    found = rows(drafts)
    if ending == ".xlsx":
        return as_xlsx(COLUMNS, found, _WIDTHS, title=f"Åtaganden {drafts[0].year}")
    if ending == ".csv":
        return as_csv(COLUMNS, found)
    if ending == ".md":
        return as_markdown(COLUMNS, found, title=title).encode("utf-8")
    return _docx(title, found)


def _docx(title: str, found: list[list[str | int]]) -> bytes:
    """A heading and a table a plan: the plan's name in each row would take the width that the questions need."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    document.core_properties.title, document.core_properties.language = title, "sv-SE"
    document.add_paragraph(title, style="Title")
    if not found:
        document.add_paragraph("Inga öppna åtaganden.")
    for plan, group in groupby(found, key=lambda row: str(row[0])):
        document.add_heading(without_controls(plan), 1)
        table = header_table(document, COLUMNS[1:])
        for row in group:
            for cell, value in zip(table.add_row().cells, row[1:], strict=True):
                cell.text = without_controls(str(value))
        set_widths(table, _WIDTHS_CM)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
