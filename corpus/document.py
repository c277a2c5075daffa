"""What every reader gives and the parser takes: a document as lines with their places.

Knows nothing of plans and items. A reader keeps the reading order of a person: down a page, along a table row from cell to cell.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Diagnostic, Place


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, without its line end but with its trailing blanks, and what the format knows about it.

    ``place.start``/``place.end`` count in ``Document.text``: ``document.text[place.start:place.end] == text``.
    ``wraps`` is True where the line end is soft (the sentence goes on), False where it ends a paragraph, None where the format cannot
    tell (a text file, where the parser looks at the trailing blank). ``cell`` in ``place`` is (table, row, column); a row that goes on
    over a page break keeps its row number, because the reader stitched it. ``page_start`` marks the first line of a page.
    ``heading`` is the level of a heading style (1 is the top), None elsewhere. ``furniture`` marks what repeats on pages and is no
    content (running header, footer, page number, repeated header row), proven by the reader.
    """

    text: str
    place: Place
    wraps: bool | None = None
    page_start: bool = False
    bold: bool = False
    heading: int | None = None
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: ``text`` is the reader's own text, which places count in; ``lines`` are in reading order.

    ``format`` is "txt", "pdf", "docx", "xlsx" or "csv". ``diagnostics`` is what the reader has to say (encoding guessed, a box left out).
    ``properties`` are the file's own metadata where the format has them (title, author, created), never trusted without being shown.
    """

    name: str
    format: str
    sha256: str
    text: str
    lines: tuple[Line, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
