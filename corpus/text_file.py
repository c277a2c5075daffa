"""Text files as documents: decoded lines with their offsets and pages.

Knows nothing of headings and items. A page begins after a form feed, or, in text taken out of a PDF, with a line that begins with
one blank. A file with neither has no pages (``page`` is None). Line ends may be those of any system.
"""

from __future__ import annotations

import hashlib
import re

from corpus.decoding import decode
from corpus.document import Document, Line
from corpus.errors import TooLarge
from corpus.model import Place

MAX_LINES = 200_000

_LINE_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")
_PAGE_OPENER = re.compile(r" (?=[^\s•\-–*▪◦·])")


def read(data: bytes, name: str) -> Document:
    """``data`` as lines; trailing blanks are kept, because they tell a soft line end from the end of a paragraph.

    Raises:
        UnreadableFile, UnknownFormat: see ``corpus.decoding.decode``.
        TooLarge: too many bytes or more than ``MAX_LINES`` lines.
    """
    decoded = decode(data, name)
    text = decoded.text
    spans = _spans(text, name)
    breaks = _page_breaks(text, spans)
    lines: list[Line] = []
    page = 1 if breaks is not None else None
    for i, (start, end, _) in enumerate(spans):
        opens = breaks is not None and (i == 0 or i in breaks)
        if opens and i and page is not None:
            page += 1
        lines.append(Line(text[start:end], Place(start, end, page), page_start=opens))
    return Document(name, "txt", hashlib.sha256(data).hexdigest(), text, tuple(lines), decoded.diagnostics)


def _spans(text: str, name: str) -> list[tuple[int, int, bool]]:
    """(start, end, whether a form feed stands before) of each line; the empty rest before a form feed is no line."""
    spans: list[tuple[int, int, bool]] = []
    start, fed = 0, False
    for match in _LINE_END.finditer(text):
        feed = match[0] == "\f"
        if not (feed and match.start() == start):
            spans.append((start, match.start(), fed))
            fed = False
            if len(spans) > MAX_LINES:
                raise TooLarge(f"Textfilen {name} har fler än {MAX_LINES} rader. Dela upp den och läs in delarna.")
        fed = fed or feed
        start = match.end()
    if start < len(text):
        spans.append((start, len(text), fed))
    return spans


def _page_breaks(text: str, spans: list[tuple[int, int, bool]]) -> set[int] | None:
    """Which lines open a page; None where the file shows no pages.

    Where most lines begin with a blank it is an indent and says nothing.
    """
    fed = {i for i, (_, _, feed) in enumerate(spans) if feed}
    if "\f" in text:
        return fed
    opened = {i for i, (start, end, _) in enumerate(spans) if _PAGE_OPENER.match(text, start, end)}
    filled = sum(1 for start, end, _ in spans if text[start:end].strip())
    return opened if opened and 2 * len(opened) <= filled + 1 else None
