"""Whether bytes are a whole Office file (a zip archive of XML) that can be opened without filling the memory.

Knows archives and their limits; nothing of documents or sheets. Every part is unpacked once, a piece at a time, before any library
sees it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from corpus.errors import TooLarge, UnknownFormat, UnreadableFile

LARGEST_FILE: Final = 100 * 1024 * 1024
MOST_PARTS: Final = 5_000
LARGEST_PART: Final = 48 * 1024 * 1024
"""What one part of text (XML) may unpack to. A report of 300 pages is some 5 MB."""
LARGEST_TOTAL: Final = 400 * 1024 * 1024
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check(data: bytes, name: str, kind: str, main_part: str) -> None:
    """Returns where ``data`` is a whole archive with ``main_part`` in it and within the limits.

    ``kind`` names the format in messages ("Word"). Raises UnknownFormat, UnreadableFile or TooLarge, naming the file ``name``.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableFile(f"Filen {name} är tom. Hämta den på nytt från den som skickade den.")
    if len(data) > LARGEST_FILE:
        raise TooLarge(
            f"Filen {name} är {len(data) // 2**20} MB; gränsen är {LARGEST_FILE // 2**20} MB. Ta bort bilder ur den eller dela "
            "upp den."
        )
    if data.startswith(_OLE):
        # An encrypted Office file is a container of the old kind, which names its parts in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(
                f"Filen {name} är skyddad med lösenord. Öppna den med lösenordet, spara en kopia utan skydd och läs in kopian."
            )
        raise UnknownFormat(
            f"Filen {name} är av äldre Office-format (.doc eller .xls). Öppna den och spara den i det nyare {kind}-formatet."
        )
    if not data.startswith(b"PK"):
        raise UnknownFormat(f"Filen {name} är ingen {kind}-fil. Ge den rätt filändelse, eller spara den på nytt som {kind}-fil.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive, name, kind, main_part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        raise UnreadableFile(
            f"Filen {name} är skadad eller avklippt och går inte att öppna. Hämta eller kopiera den på nytt."
        ) from error


def _check_parts(archive: zipfile.ZipFile, name: str, kind: str, main_part: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise TooLarge(f"Filen {name} består av {len(parts)} delar; gränsen är {MOST_PARTS}. Spara den på nytt som {kind}-fil.")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(
            f"Filen {name} är skyddad med lösenord. Öppna den med lösenordet, spara en kopia utan skydd och läs in kopian."
        )
    if main_part not in archive.namelist():
        raise UnknownFormat(
            f"Filen {name} är ett zip-arkiv men ingen {kind}-fil. Packa upp den och läs in filerna, eller spara den på nytt."
        )
    if len({part.filename for part in parts}) < len(parts):
        raise UnreadableFile(f"Filen {name} är skadad: samma del finns två gånger i den. Öppna den och spara den på nytt.")
    total = sum(part.file_size for part in parts)
    if total > LARGEST_TOTAL:
        raise _too_large(name, LARGEST_TOTAL)
    for part in parts:
        text = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        if text and part.file_size > LARGEST_PART:
            raise _too_large(name, LARGEST_PART)
        _unpack(archive, part, name, text=text)


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, *, text: bool) -> None:
    """Reads a part to its end, so that its checksum is compared, and refuses what no Office program writes and a parser must not

    meet.
    """
    with archive.open(part) as stream:
        piece = stream.read(1 << 20)
        if text and (b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
            raise UnreadableFile(
                f"Filen {name} innehåller en dokumenttypsdeklaration, som inte hör hemma i en Office-fil. Öppna den och spara den "
                "på nytt."
            )
        while piece:
            piece = stream.read(1 << 20)


def _too_large(name: str, limit: int) -> TooLarge:
    return TooLarge(
        f"Filen {name} packar upp till mer än {limit // 2**20} MB och läses därför inte. Ta bort bilder och inbäddade filer ur den."
    )
