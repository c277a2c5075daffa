"""Whether bytes are a PDF that can be read at all, and why not, in words a person can act on.

Knows the outside of a PDF file: its first and last bytes and the sizes its streams unpack to. Opens nothing.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from corpus.errors import TooLarge, UnknownFormat, UnreadableFile

LARGEST_FILE: Final = 200 * 1024 * 1024
LARGEST_STREAM: Final = 96 * 1024 * 1024
"""What one compressed stream may unpack to. A page's own text is a few hundred kilobytes."""
LARGEST_REPAIR: Final = 4 * 1024 * 1024
"""A file whose table of objects is not where it says is searched through for them: seconds a megabyte, so only up to this size."""
_START: Final = re.compile(rb"startxref\s+(\d{1,12})\s")
_TABLE: Final = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)\b")
_HEAD: Final = b"%PDF-"
_STREAM: Final = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_KINDS: Final = (
    (b"PK\x03\x04", "ett zip-arkiv, till exempel en Word- eller Excelfil"),
    (b"\xd0\xcf\x11\xe0", "en Word- eller Excelfil av äldre slag (.doc eller .xls)"),
    (b"{\\rtf", "en RTF-fil"),
    (b"\x89PNG", "en bild"),
    (b"\xff\xd8\xff", "en bild"),
    (b"II*\x00", "en inskannad bild (TIFF)"),
    (b"MM\x00*", "en inskannad bild (TIFF)"),
    (b"<!DOCTYPE", "en webbsida"),
    (b"<html", "en webbsida"),
)


def check(data: bytes, name: str) -> None:
    """Returns where ``data`` looks like a whole PDF. Raises UnknownFormat, UnreadableFile or TooLarge, naming the file ``name``."""
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableFile(f"Filen {name} är tom. Hämta den på nytt från den som skickade den.")
    if len(data) > LARGEST_FILE:
        raise TooLarge(
            f"Filen {name} är {len(data) // 2**20} MB; gränsen för PDF är {LARGEST_FILE // 2**20} MB. Dela upp den och läs in "
            "delarna."
        )
    if _HEAD not in data[:1024]:
        kind = next((words for start, words in _KINDS if data.lstrip()[: len(start)].lower() == start.lower()), "något annat")
        raise UnknownFormat(f"Filen {name} är ingen PDF utan {kind}. Ge den rätt filändelse, eller spara den på nytt som PDF.")
    if b"%%EOF" not in data.rstrip(b"\x00 \r\n\t")[-2048:]:
        raise UnreadableFile(f"Filen {name} är avklippt: slutet av PDF-filen saknas. Hämta eller kopiera den på nytt.")
    if len(data) > LARGEST_REPAIR and not _finds_its_objects(data):
        raise UnreadableFile(
            f"Filen {name} är skadad: innehållsförteckningen i PDF-filen stämmer inte. Hämta eller kopiera den på nytt."
        )
    _check_streams(data, name)


def _finds_its_objects(data: bytes) -> bool:
    """Whether the file's last words point to its table of objects, counted from its first byte or from its head."""
    found = _START.findall(data[-4096:])
    places = [int(found[-1]) + shift for shift in {0, max(data.find(_HEAD), 0)}] if found else []
    return any(_TABLE.match(data, place) for place in places if place < len(data))


def _check_streams(data: bytes, name: str) -> None:
    """Raises TooLarge where a compressed stream unpacks to more than ``LARGEST_STREAM``; what is no such stream is passed over."""
    for match in _STREAM.finditer(data):
        unpacker = zlib.decompressobj()
        size, place = 0, match.end()
        piece = data[place : place + 65536]
        try:
            while piece and not unpacker.eof and size <= LARGEST_STREAM:
                size += len(unpacker.decompress(piece, 4 * 2**20))
                piece = unpacker.unconsumed_tail
                if not piece:
                    place += 65536
                    piece = data[place : place + 65536]
        except zlib.error:
            continue
        if size > LARGEST_STREAM:
            raise TooLarge(
                f"Filen {name} packar upp till mer än {LARGEST_STREAM // 2**20} MB på ett ställe och läses därför inte. "
                "Skriv ut den till en ny PDF och försök igen."
            )
