"""Drafts as a Word file in the form of the report: one two-column table an area, question and statement to the left, answer and comment to
the right; sources as Word comments on each sentence, and what is left to answer as a list at the end.

Knows only that layout. python-docx is imported when a file is made.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from assistant.draft.contract import source_line
from assistant.draft.exports.paragraphs import paragraphs_of
from assistant.phrases import item_label
from corpus.model import Draft, DraftSentence, Item

HEADER: Final = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")
OPEN_TITLE: Final = "Åtaganden att svara på"
AUTHOR: Final = "Uppföljningsassistenten"
_WIDTHS_CM: Final = (7.6, 8.4)
_MOST_QUOTED: Final = 300


def render(drafts: Sequence[Draft], *, sources: bool) -> bytes:
    """The drafts, in the order given, as the bytes of a .docx file."""
    import docx
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    first = drafts[0]
    document.core_properties.title = f"Uppföljningsrapport {first.year}"
    document.core_properties.author = first.item.organisation
    document.core_properties.language = "sv-SE"
    document.add_paragraph(f"Uppföljningsrapport {first.year}", style="Title")
    document.add_paragraph(first.item.organisation)
    plan, area, table = None, None, None
    for draft in drafts:
        item = draft.item
        if (item.organisation, item.plan, item.plan_title) != plan:
            plan, area = (item.organisation, item.plan, item.plan_title), None
            document.add_heading(f"{item.plan} {item.plan_title}", 1)
        if item.area != area or table is None:
            area = item.area
            if item.area:
                document.add_heading(item.area, 2)
            table = header_table(document, HEADER)
        left, right = table.add_row().cells
        _fill_left(left, item)
        _fill_right(document, right, draft, sources)
    for made in document.tables:
        set_widths(made, _WIDTHS_CM)
    if sources:
        add_open_commitments(document, drafts)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def left_lines(item: Item) -> list[str]:
    """The left cell's paragraphs: question, statement with its kind and code, expected result."""
    statement = item.statement.split("\n\n") if item.statement else []
    if item.kind != "insats" and statement:
        label = "Strategi " if item.kind == "strategi" else ""
        statement[0] = f"{label}{item.code_as_written} {statement[0]}"
    result = [f"Förväntat resultat: {item.expected_result}"] if item.expected_result else []
    return [item.question, *statement, *result]


def header_table(document: Any, names: Sequence[str]) -> Any:
    """A table with a row of column names, which is repeated on every page."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(names), style="Table Grid")
    table.autofit = False
    for cell, words in zip(table.rows[0].cells, names, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """The columns' widths in centimetres."""
    from docx.shared import Cm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)  # LibreOffice goes by the column, Word by its cells
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _fill_left(cell: Any, item: Item) -> None:
    paragraph = cell.paragraphs[0]
    for number, line in enumerate(left_lines(item)):
        if number:
            paragraph = cell.add_paragraph()
        paragraph.add_run(without_controls(line)).bold = True if number == 0 else None


def _fill_right(document: Any, cell: Any, draft: Draft, sources: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(draft.answer or "")
    for pieces in paragraphs_of(draft):
        paragraph = cell.add_paragraph()
        for text, sentence in pieces:
            run = paragraph.add_run(without_controls(text))
            if sources and sentence is not None:
                comment_on(document, run, sentence)


def comment_on(document: Any, run: Any, sentence: DraftSentence) -> None:
    """Puts a sentence's provenance in the margin of its run."""
    document.add_comment(run, text=without_controls(_note(sentence)), author=AUTHOR, initials="UA")


def _note(sentence: DraftSentence) -> str:
    """A sentence's provenance for the margin: status and sources, their words, and what to look at."""
    lines = [source_line(sentence).capitalize()]
    for source in sentence.sources:
        if source.kind == "edit":
            continue
        quote = source.quote if len(source.quote) <= _MOST_QUOTED else source.quote[:_MOST_QUOTED] + " …"
        where = f"Anteckning {source.note}" if source.kind == "note" else f"Kommentaren {source.year}"
        lines.append(f"{where}: ”{quote}”")
    return "\n".join([*lines, *(f"Obs: {flag.message}" for flag in sentence.flags)])


def add_open_commitments(document: Any, drafts: Sequence[Draft]) -> None:
    """The list of what earlier reports promised and nobody has answered, last in the document; nothing where there is none."""
    rows = [(draft, c) for draft in drafts for c in draft.commitments if c.state in ("open", "unknown")]
    if not rows:
        return
    several = len({draft.item.plan for draft, _ in rows}) > 1  # a code is one item only within its plan
    names = {style.name for style in document.styles}
    heading = document.add_paragraph(style="Heading 1" if "Heading 1" in names else None)
    heading.add_run(OPEN_TITLE).bold = None if "Heading 1" in names else True
    for draft, promise in rows:
        which = f"{item_label(draft.item)}, plan {draft.item.plan}" if several else draft.item.code
        line = without_controls(f"{which}: {promise.question}")
        if "List Bullet" in names:
            document.add_paragraph(line, style="List Bullet")
        else:
            document.add_paragraph(f"• {line}")


def without_controls(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return "".join(
        ch for ch in text if ch in "\t\n" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF and ch not in "\ufffe\uffff")
    )
