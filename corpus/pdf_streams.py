"""Whether a page's own drawing instructions are whole: what the PDF library reads on without, a reader of reports must not.

The library gives an empty or a shortened page where a compressed stream is damaged. Knows the filters of such streams; nothing of text.
"""

from __future__ import annotations

import re
import zlib
from typing import Any, Final

DEEPEST_FORM: Final = 4
_SHOWS_TEXT: Final = re.compile(rb"[\])>]\s*(?:TJ|Tj|'|\")")
_FONT: Final = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+-?[\d.]+\s+Tf\b")


def damage_of(page: Any) -> str:
    """What is wrong with the streams of ``page`` of pdfplumber, "" where they are whole. To be asked before its text is."""
    try:
        for stream in page.page_obj.contents:
            if not _is_whole(stream):
                return "contents"
        return "" if _forms_are_whole(page.page_obj.resources, 0) else "form"
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        return f"structure: {error}"


def loses_text(page: Any) -> bool:
    """Whether ``page`` prints text of which nothing was found, not even blanks, or in a font that it does not name."""
    from pdfminer.pdftypes import resolve1, stream_value

    fonts = resolve1(page.page_obj.resources.get("Font"))
    known = set(fonts) if isinstance(fonts, dict) else set()
    for stream in page.page_obj.contents:
        data = stream_value(stream).get_data()
        used = {name.decode("latin-1") for name in _FONT.findall(data) if b"#" not in name}
        if _SHOWS_TEXT.search(data) and (not page.chars or used - known):
            return True
    return False


def promised_pages(pdf: Any) -> int:
    """How many pages ``pdf`` of pdfplumber says it has; 0 where it does not say."""
    from pdfminer.pdftypes import resolve1

    root = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(root.get("Count")) if isinstance(root, dict) else None
    return count if isinstance(count, int) else 0


def _forms_are_whole(resources: Any, depth: int) -> bool:
    """Whether the pieces of drawing that a page names (a letterhead, a whole page put in another) are whole."""
    from pdfminer.pdftypes import PDFStream, resolve1

    resources = resolve1(resources)
    named = resolve1(resources.get("XObject")) if isinstance(resources, dict) else None
    for reference in named.values() if isinstance(named, dict) and depth < DEEPEST_FORM else ():
        form = resolve1(reference)
        is_form = isinstance(form, PDFStream) and getattr(form.get("Subtype"), "name", "") == "Form"
        if is_form and not (_is_whole(form) and _forms_are_whole(form.get("Resources"), depth + 1)):
            return False
    return True


def _is_whole(reference: Any) -> bool:
    """Whether a stream unpacks to its end and its checksum, if it still has one, is right."""
    from pdfminer.ascii85 import ascii85decode, asciihexdecode
    from pdfminer.pdftypes import stream_value

    stream = stream_value(reference)
    data: bytes | None = stream.rawdata
    if data is None:
        return True
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        kind = getattr(name, "name", "")
        if kind in ("ASCII85Decode", "A85"):
            data = ascii85decode(data)
        elif kind in ("ASCIIHexDecode", "AHx"):
            data = asciihexdecode(data)
        elif kind in ("FlateDecode", "Fl"):
            # The two first bytes say that it is zlib; without them the end shows even where the checksum is cut off.
            unpacker = zlib.decompressobj(-15)
            try:
                unpacked = unpacker.decompress(data[2:])
            except zlib.error:
                return False
            checksum = unpacker.unused_data[:4]
            if not unpacker.eof or (len(checksum) == 4 and zlib.adler32(unpacked) != int.from_bytes(checksum, "big")):
                return False
            data = unpacked
        else:
            return True
    return True
