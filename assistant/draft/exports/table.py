"""Drafts as rows for a planning system: Excel, CSV and Markdown, one row or section an item.

Text is always text: nothing in a comment becomes a formula or markup of its own. openpyxl is imported when a file is made.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from assistant.draft.contract import source_line
from assistant.draft.exports.paragraphs import paragraphs_of
from corpus.model import Draft

COLUMNS = ("År", "Organisation", "Plan", "Plantitel", "Område", "Kod", "Fråga", "Svar", "Kommentar", "Läge")
_WIDTHS = (6, 24, 6, 30, 30, 8, 40, 8, 90, 10)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(drafts: Sequence[Draft], *, sources: bool) -> list[list[str | int]]:
    """A row a draft under ``COLUMNS``; with ``sources`` one column more, and one for what is left to answer."""
    table: list[list[str | int]] = []
    for draft in drafts:
        item = draft.item
        row: list[str | int] = [
            draft.year,
            item.organisation,
            item.plan,
            item.plan_title,
            item.area,
            item.code,
            item.question,
            draft.answer or "",
            draft.text,
            draft.state,
        ]
        if sources:
            row.append("\n".join(f"{sentence.text} [{source_line(sentence)}]" for sentence in draft.sentences))
            row.append("\n".join(c.question for c in draft.commitments if c.state in ("open", "unknown")))
        table.append(row)
    return table


def _columns(sources: bool) -> list[str]:
    return [*COLUMNS, *(("Källor", "Att svara på") if sources else ())]


def render_xlsx(drafts: Sequence[Draft], *, sources: bool) -> bytes:
    """One sheet with a header row; every text cell is typed as text."""
    return as_xlsx(_columns(sources), rows(drafts, sources=sources), (*_WIDTHS, 60, 60), title=f"Utkast {drafts[0].year}")


def render_csv(drafts: Sequence[Draft], *, sources: bool) -> bytes:
    """Semicolons and a byte order mark, as Swedish Excel wants; a text that begins like a formula gets an apostrophe before it."""
    return as_csv(_columns(sources), rows(drafts, sources=sources))


def as_xlsx(names: Sequence[str], table: Sequence[Sequence[str | int]], widths: Sequence[int], *, title: str) -> bytes:
    """Rows under a header row as the bytes of an Excel file with one sheet; text is typed as text, so that no cell is a formula."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate([names, *table], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
                cell.number_format = "@"  # so that a code that is typed over does not become a time of day
            else:
                cell.value = value
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, width in enumerate(widths[: len(names)], 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(names: Sequence[str], table: Sequence[Sequence[str | int]]) -> bytes:
    """Rows under a header row as a CSV file that Swedish Excel opens; what begins like a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    for row in table:
        writer.writerow([f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value for value in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def as_markdown(names: Sequence[str], table: Sequence[Sequence[str | int]], *, title: str) -> str:
    """Rows as a Markdown table under a title."""
    lines = [[_escaped(str(value)).replace("\n", "<br>") for value in row] for row in [names, *table]]
    shown = [f"| {' | '.join(row)} |" for row in lines]
    return "\n".join([f"# {_escaped(title)}", "", shown[0], "|---" * len(names) + "|", *shown[1:]]) + "\n"


def render_markdown(drafts: Sequence[Draft], *, sources: bool) -> str:
    """A heading a plan, area and item, the answer in bold, the text; sources as footnotes."""
    lines = [f"# Uppföljningsrapport {drafts[0].year}", "", _escaped(drafts[0].item.organisation), ""]
    plan, area, number = ("", ""), "", 0
    notes: list[str] = []
    for draft in drafts:
        item = draft.item
        if (item.organisation, item.plan_title) != plan:
            if plan[0] not in ("", item.organisation):
                lines += [_escaped(item.organisation), ""]
            plan, area = (item.organisation, item.plan_title), ""
            lines += [f"## {item.plan} {_escaped(item.plan_title)}", ""]
        if item.area != area:
            area = item.area
            lines += [f"### {_escaped(area)}", ""]
        lines += [
            f"#### {item.kind.capitalize()} {item.code}: {_escaped(item.question)}",
            "",
            f"**{draft.answer or 'Svar saknas'}**",
            "",
        ]
        for pieces in paragraphs_of(draft):
            said = ""
            for text, sentence in pieces:
                said += _escaped(text)
                if sources and sentence is not None:
                    number += 1
                    said += f"[^{number}]"
                    notes.append(f"[^{number}]: {_escaped(source_line(sentence))}")
            lines += [said, ""]
        asked = [c.question for c in draft.commitments if c.state in ("open", "unknown")]
        if sources and asked:
            lines += ["Att svara på:", "", *(f"- {_escaped(question)}" for question in asked), ""]
    return "\n".join([*lines, *notes]).rstrip() + "\n"


def _escaped(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    marked = re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
    return re.sub(r"(?m)^(\s*)([-+=]|\d+(?=[.)]\s))", lambda m: f"{m[1]}\\{m[2]}" if m[2] in "-+=" else f"{m[1]}{m[2]}\\", marked)
