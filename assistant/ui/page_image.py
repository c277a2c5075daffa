"""A page of a PDF as a picture, and where on it a passage stands.

Knows nothing of reports' content; places come from the report (``Report.origin``), bytes from the library.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Place

SCALE = 1.7
"""Picture points per PDF point: sharp on a screen, some 150 kB a page."""
MOST_PAGES = 4

Box = tuple[float, float, float, float]

_ONE_AT_A_TIME = threading.Lock()  # PDFium may not be used by two threads at once


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page, counted from 1, and the boxes to mark on it: (left, top, width, height) in per cent of the page."""

    page: int
    boxes: tuple[Box, ...]


def png(pdf: bytes, page: int) -> bytes:
    """The page, counted from 1, as PNG. Raises IndexError where the document has no such page, or none that can be drawn."""
    import pypdfium2

    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
            if not 1 <= page <= len(document):
                raise IndexError(f"page {page} of {len(document)}")
            picture = document[page - 1].render(scale=SCALE).to_pil()
    except pypdfium2.PdfiumError as error:
        raise IndexError(str(error)) from error
    out = io.BytesIO()
    picture.convert("L").quantize(16).save(out, format="PNG", optimize=False)
    return out.getvalue()


def marked_pages(pdf: bytes, places: Sequence[Place]) -> list[MarkedPage]:
    """The first pages that ``places`` stand on, with their boxes; none where no place has a box."""
    import pypdfium2

    numbers = sorted({place.page for place in places if place.page is not None and place.box is not None})[:MOST_PAGES]
    made: list[MarkedPage] = []
    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
            for number in numbers:
                boxes = {place.box for place in places if place.page == number and place.box is not None}
                made.append(MarkedPage(number, tuple(_shares(sorted(boxes), document.get_page_size(number - 1)))))
    except pypdfium2.PdfiumError:
        return []  # read once, but not to be drawn: the text is shown all the same
    return made


def _shares(boxes: Sequence[Box], size: tuple[float, float]) -> Iterator[Box]:
    width, height = size
    for x0, top, x1, bottom in boxes:
        yield 100 * x0 / width, 100 * top / height, 100 * (x1 - x0) / width, 100 * (bottom - top) / height
