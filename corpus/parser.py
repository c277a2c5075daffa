"""A document to a report: furniture off, lines to paragraphs, paragraphs to items, all of it accounted for.

The steps in order, each in its own module: ``furniture``, ``joining``, ``contents``, ``items`` and ``rows``, ``assembly``,
``checks``. Knows no file format; the form of the report is all it knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from corpus import assembly, checks, contents, furniture, items, joining
from corpus.document import Document
from corpus.furniture import Reason
from corpus.headings import Surroundings
from corpus.marks import code_mark, heading_mark, whole_answer
from corpus.model import Diagnostic, Report, slug
from corpus.paragraphs import Paragraph, runs_of
from corpus.rows import Rows, answer_column
from corpus.segments import Heading, Loose, Segment

_MESSAGES: dict[str, tuple[str, str]] = {
    "header_row": ("page_header", "Formulärets rubrikrad, borttagen ur texten."),
    "running": ("page_header", "Återkommande sidhuvud eller sidfot, borttagen ur texten."),
    "page_number": ("page_number", "Sidnummer, borttaget ur texten."),
    "reader": ("page_header", "Sidhuvud, sidfot eller rubrikrad, borttagen ur texten."),
}
_TITLE = re.compile(r"uppfölj|rapport|redovisning|återrapporter|bokslut", re.IGNORECASE)


def parse_report(document: Document, *, organisation: str, year: int) -> Report:
    """The report in ``document``, handed in ``year`` by ``organisation``.

    A document that is no form gives a report without items whose text is in ``sections``. Every word of the document is in one
    field or in one diagnostic with its text (``corpus.accounting`` proves it).

    Raises:
        TooLarge: a limit that protects memory and time was passed.
    """
    reasons = furniture.find(document)
    joined = joining.join(document, reasons)
    front, paragraphs = contents.split(joined.paragraphs)
    # Told by all lines, header rows too: a form whose answers are still empty has two columns all the same.
    wide = {line.place.cell[0] for line in document.lines if line.place.cell and line.place.cell[2]}
    segments, stitched = _segments(paragraphs, wide)
    report_id = f"{slug(organisation)}-{year}-{document.sha256[:10]}"
    parts = assembly.assemble(segments, report_id=report_id, organisation=organisation, year=year)
    diagnostics: list[Diagnostic] = [*document.diagnostics, *checks.characters(document), *_listed(document, reasons)]
    for paragraph in front:
        diagnostics += assembly.listed(paragraph, "table_of_contents", "info", "Rad i innehållsförteckningen.")
    diagnostics += joined.diagnostics
    if stitched:
        diagnostics.append(Diagnostic("row_stitched", "info", f"{stitched} tabellrader utan kod lades till punkten före."))
    diagnostics += parts.diagnostics
    diagnostics += checks.check(parts.plans, parts.items)
    if not parts.items:
        message = "Inga uppföljningspunkter hittades; texten är sökbar som avsnitt under sina rubriker."
        diagnostics.append(Diagnostic("no_items", "warning", message))
    return Report(
        id=report_id,
        organisation=organisation,
        year=year,
        title=_title(document, segments, year),
        source_name=document.name,
        source_format=document.format,
        sha256=document.sha256,
        text=parts.text,
        plans=tuple(parts.plans),
        areas=tuple(parts.areas),
        items=tuple(parts.items),
        sections=tuple(parts.sections),
        fields=tuple(parts.fields),
        pieces=tuple(parts.pieces),
        diagnostics=_by_weight(diagnostics),
    )


def _segments(paragraphs: Sequence[Paragraph], wide: Collection[int]) -> tuple[list[Segment], int]:
    """The paragraphs as segments: stretches without cells by their order, rows of the ``wide`` tables by their cells."""
    around = _surroundings(paragraphs)
    columns = {
        table: answer_column(list(members))
        for table, members in groupby((p for p in paragraphs if p.row is not None), key=lambda p: p.row[0] if p.row else -1)
    }
    segments: list[Segment] = []
    rows = Rows()
    for row, group in groupby(paragraphs, key=lambda p: p.row if p.row and p.row[0] in wide else None):
        members = list(group)
        if row is not None:
            rows.add(members, columns[row[0]])
            continue
        segments += rows.leave()
        segments += items.read(members, around, last=_last_numbers(segments), first=not segments)
    segments += rows.leave()
    return segments, rows.stitched


def _last_numbers(segments: Sequence[Segment]) -> tuple[int, ...]:
    return next((s.mark.numbers for s in reversed(segments) if isinstance(s, Heading) and s.mark.numbers), ())


def _surroundings(paragraphs: Sequence[Paragraph]) -> Surroundings:
    answers = [i for i, p in enumerate(paragraphs) if p.row is None and whole_answer(p.text)]
    alone = sum(1 for i in answers if paragraphs[i].apart and (i + 1 == len(paragraphs) or paragraphs[i + 1].apart))
    apart = sum(1 for p in paragraphs if p.apart)
    free = [p for p in paragraphs if p.row is None]
    marks = [heading_mark(p.text) for p in free]
    return Surroundings(
        header_rows=any(p.under for p in paragraphs),
        blocks=2 * alone >= len(answers) if answers else 5 * apart >= len(paragraphs),
        numbered=any(mark is not None and mark.numbers for mark in marks),
        numbered_areas=any(mark is not None and mark.numbers and mark.named for mark in marks),
        form=any((p.row is not None or answers) and code_mark(p.text) is not None for p in paragraphs),
    )


def _listed(document: Document, reasons: Sequence[Reason | None]) -> list[Diagnostic]:
    """Every line of furniture, word for word."""
    found: list[Diagnostic] = []
    for line, reason in zip(document.lines, reasons, strict=True):
        if reason is not None:
            code, message = _MESSAGES[reason]
            found += [Diagnostic(code, "info", message, text=run.text, place=run.place) for run in runs_of(line, "")]
    return found


def _title(document: Document, segments: Sequence[Segment], year: int) -> str:
    """The report's title: a line of the title page that says what it is, else the file's own, else the year's follow-up."""
    first = segments[0] if segments else None
    if isinstance(first, Loose) and first.why == "front":
        lines = [p.text for p in first.paragraphs if len(p.text) <= 150]
        for text in lines:
            if _TITLE.search(text):
                return text
    stated = dict(document.properties).get("title", "").strip()
    return stated or f"Uppföljning {year}"


def _by_weight(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The most serious first, otherwise in the order of the steps."""
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(diagnostics, key=lambda d: order[d.severity]))
