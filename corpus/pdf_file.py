"""Reads a PDF with a text layer: words with places become lines in the order a person reads them, rows whole over page breaks.

The steps, a module each: is it a PDF that can be read (``pdf_checks``) and a page that is whole (``pdf_streams``), words and rules
of a page (``pdf_page``), what repeats on pages (``pdf_furniture``), tables with rules (``pdf_grid``) and without (``pdf_gaps``), rows
over pages (``pdf_rows``), line ends (``pdf_ends``), the lines (``pdf_writing``). Pages are let go as soon as their words are taken,
so that a long document costs little memory.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from corpus.column_roles import is_answer
from corpus.document import Document
from corpus.errors import CorpusError, TooLarge, UnreadableFile
from corpus.line_writer import LineWriter
from corpus.pdf_checks import check
from corpus.pdf_furniture import furniture_of
from corpus.pdf_gaps import blocks_of as gap_blocks
from corpus.pdf_gaps import find_columns, is_header
from corpus.pdf_grid import Band, Free, grids
from corpus.pdf_grid import blocks_of as grid_blocks
from corpus.pdf_page import Page, TextLine, lines_of, read_page
from corpus.pdf_rows import Stitcher
from corpus.pdf_streams import damage_of, loses_text, promised_pages
from corpus.pdf_writing import write

MOST_PAGES: Final = 2000
FEWEST_LETTERS: Final = 15
"""Fewer letters than this on a page with an image are no text layer."""
UNMAPPED_SHARE: Final = 0.02
"""More glyphs than this without a letter and the text is worth nothing: å, ä and ö alone are a twentieth of Swedish text."""
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read(data: bytes, name: str) -> Document:
    """The document in the PDF ``data``; ``name`` is the file's name, for messages. Page numbers count from 1.

    Raises UnknownFormat (no PDF), UnreadableFile (scanned, password-protected, cut off, damaged) or TooLarge.
    """
    check(data, name)
    pages, properties = _pages(data, name)
    _check_text(pages, name)
    writer = LineWriter()
    for page in pages:
        if page.rotated:
            writer.report(
                "rotated_text", "info", f"Sida {page.number} har text som inte står rakt; den är utelämnad.", page.rotated
            )
        if page.letters < FEWEST_LETTERS and page.has_images:
            writer.report(
                "page_without_text", "warning", f"Sida {page.number} är en bild utan text. Det som står på den är inte med."
            )
    if unmapped := sum(page.unmapped for page in pages):
        writer.report("unmapped_glyphs", "warning", f"{unmapped} tecken saknar bokstav i typsnittet och står som \ufffd.")
    blocks, furniture = _blocks(pages)
    stitcher = Stitcher()
    for page in pages:
        top, foot = _head_and_foot(furniture.get(page.number, []), blocks[page.number])
        stitcher.entries += top
        stitcher.add_page(blocks[page.number])
        stitcher.entries += foot
    if stitcher.stitched:
        writer.report("stitched_rows", "info", f"{stitcher.stitched} tabellrader som gick över en sidbrytning är hopfogade.")
    write(writer, stitcher.entries, {line for lines in furniture.values() for line in lines})
    return writer.finish(name, "pdf", data, properties)


def _pages(data: bytes, name: str) -> tuple[list[Page], dict[str, str]]:
    """Every page's words and rules, and the file's own metadata."""
    import pdfplumber

    # The library tells of every oddity; what matters of it is said here, and nothing else belongs on a person's screen.
    logger = logging.getLogger("pdfminer")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise TooLarge(
                    f"Filen {name} har {len(pdf.pages)} sidor; gränsen är {MOST_PAGES}. Dela upp den och läs in delarna."
                )
            if not pdf.pages:
                raise UnreadableFile(f"Filen {name} har inga sidor som går att läsa; den är troligen skadad. Hämta den på nytt.")
            if len(pdf.pages) < promised_pages(pdf):
                raise UnreadableFile(
                    f"Filen {name} är skadad: {len(pdf.pages)} av {promised_pages(pdf)} sidor går att läsa. Hämta eller kopiera den på nytt."
                )
            pages = []
            for page in pdf.pages:
                damage = damage_of(page)
                pages.append(read_page(page, name))
                if damage or loses_text(page):
                    raise _damaged(name, page.page_number)
                page.close()
            properties = _properties(pdf.metadata)
    except CorpusError:
        raise
    except Exception as error:
        # Whatever a damaged file makes the PDF library raise means the same to a person.
        raise _refusal(error, name) from error
    return pages, properties


def _damaged(name: str, page: int) -> UnreadableFile:
    return UnreadableFile(
        f"Filen {name} är skadad: sida {page} går inte att packa upp i sin helhet. Hämta eller kopiera den på nytt."
    )


def _refusal(error: BaseException, name: str) -> CorpusError:
    """The sentence for what the PDF library raised."""
    chain: list[BaseException] = [error]
    while (inner := chain[-1].__cause__ or chain[-1].__context__) is not None and inner not in chain:
        chain.append(inner)
    kinds = {type(link).__name__ for link in chain} | {
        type(a).__name__ for link in chain for a in link.args if isinstance(a, BaseException)
    }
    if "PDFPasswordIncorrect" in kinds or "PDFEncryptionError" in kinds:
        return UnreadableFile(
            f"Filen {name} är skyddad med lösenord. Öppna den med lösenordet, spara en kopia utan skydd och läs in kopian."
        )
    return UnreadableFile(
        f"Filen {name} är skadad och går inte att läsa som PDF. Hämta den på nytt, eller öppna den och skriv ut den till en ny PDF."
    )


def _check_text(pages: Sequence[Page], name: str) -> None:
    """Raises UnreadableFile where the pages are images, or where their letters cannot be told."""
    letters, unmapped = sum(p.letters for p in pages), sum(p.unmapped for p in pages)
    if letters < FEWEST_LETTERS:
        if any(page.has_images for page in pages):
            raise UnreadableFile(
                f"Filen {name} är inskannad: dess {len(pages)} sidor är bilder utan textlager. Be om originalet som Word- eller "
                "PDF-fil, eller kör textigenkänning (OCR) på den först."
            )
        if not letters:
            raise UnreadableFile(
                f"Filen {name} har ingen text på sina {len(pages)} sidor. Kontrollera att det är rätt fil, eller be om originalet."
            )
    if unmapped > UNMAPPED_SHARE * max(letters, 1):
        raise UnreadableFile(
            f"Texten i {name} går inte att läsa ut, eftersom typsnittet saknar teckentabell. Be om originalet som Word-fil, eller "
            "skriv ut den till en ny PDF."
        )


def _blocks(pages: Sequence[Page]) -> tuple[dict[int, list[Band | Free]], dict[int, list[TextLine]]]:
    """Each page's rows and free lines from top to bottom, and its furniture."""
    frames = {page.number: grids(page) for page in pages}
    outside = {
        page.number: lines_of([w for w in page.words if not any(g.holds(w) for g in frames[page.number])], page.number)
        for page in pages
    }
    heights = {page.number: page.height for page in pages}
    # A table's header row is the table's, even where it stands at the same height on every page.
    furniture = furniture_of({n: [line for line in lines if not is_header(line)] for n, lines in outside.items()}, heights)
    blocks: dict[int, list[Band | Free]] = {}
    for page in pages:
        found: list[Band | Free] = [Free(line) for line in outside[page.number] if line not in furniture]
        for grid in frames[page.number]:
            found += grid_blocks(grid, [w for w in page.words if grid.holds(w)], page.number)
        blocks[page.number] = sorted(found, key=lambda block: block.top)
    if not any(_is_form(block) for page in pages for block in blocks[page.number]):
        _find_gaps(pages, blocks)
    return blocks, {number: [line for line in lines if line in furniture] for number, lines in outside.items()}


def _is_form(block: Band | Free) -> bool:
    """Whether a ruled row has an answer at the head of a cell."""
    return isinstance(block, Band) and any(cell and is_answer(cell[0].text) for cell in block.cells)


def _find_gaps(pages: Sequence[Page], blocks: dict[int, list[Band | Free]]) -> None:
    """Puts rows told by gaps in the place of free lines, in a document without a drawn form."""
    free = {page.number: [b.line for b in blocks[page.number] if isinstance(b, Free)] for page in pages}
    columns = find_columns([(page, free[page.number]) for page in pages])
    if columns is None:
        return
    in_table = False
    for page in pages:
        found, in_table = gap_blocks(page, free[page.number], columns, in_table=in_table)
        drawn: list[Band | Free] = [b for b in blocks[page.number] if isinstance(b, Band)]
        blocks[page.number] = sorted(found + drawn, key=lambda block: block.top)


def _head_and_foot(furniture: Sequence[TextLine], blocks: Sequence[Band | Free]) -> tuple[list[TextLine], list[TextLine]]:
    """The page's furniture before and after its content."""
    first = min((block.top for block in blocks), default=float("inf"))
    return [line for line in furniture if line.top < first], [line for line in furniture if line.top >= first]


def _properties(metadata: Mapping[str, Any]) -> dict[str, str]:
    """Title, author, subject, keywords, created and modified (as ISO dates) where the file has them as text."""
    found = {}
    for key, name in (("Title", "title"), ("Author", "author"), ("Subject", "subject"), ("Keywords", "keywords")):
        value = metadata.get(key)
        if isinstance(value, str) and value.strip():
            found[name] = value.strip()
    for key, name in (("CreationDate", "created"), ("ModDate", "modified")):
        match = _DATE.match(str(metadata.get(key, "")))
        if match:
            found[name] = "-".join(match.groups())
    return found
