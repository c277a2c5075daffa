"""The way in: a file or its bytes to a Document, by what the bytes are and not by what the name says.

Knows which reader reads what, and nothing of what they do. Each reader is imported when its first file comes, because theirs are
the heavy libraries.
"""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

from corpus.document import Document
from corpus.errors import TooLarge, UnknownFormat, UnreadableFile

MAX_BYTES = 200_000_000
"""Largest file that is read at all; the readers have narrower limits of their own."""

_EXTENSIONS = {".pdf": "pdf", ".docx": "docx", ".xlsx": "xlsx", ".csv": "csv", ".tsv": "csv", ".txt": "txt", ".text": "txt"}
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "ett RTF-dokument"),
    (b"\x89PNG", "en bild (PNG)"),
    (b"\xff\xd8\xff", "en bild (JPEG)"),
    (b"GIF8", "en bild (GIF)"),
    (b"II*\0", "en bild (TIFF)"),
    (b"MM\0*", "en bild (TIFF)"),
    (b"\x1f\x8b", "ett packat arkiv (gzip)"),
    (b"7z\xbc\xaf", "ett packat arkiv (7z)"),
    (b"Rar!", "ett packat arkiv (rar)"),
    (b"SQLite format 3\0", "en databas"),
    (b"\x7fELF", "ett program"),
)
_OTHERS = frozenset(
    ".png .jpg .jpeg .gif .bmp .tif .tiff .svg .mp3 .mp4 .zip .doc .xls .ppt .pptx .odt .ods .rtf .pages .numbers .msg .eml .exe .sqlite".split()
)
"""Endings that promise something else than a text."""
_KNOWN = "Läsbara format är PDF, DOCX, XLSX, CSV och text."


def read_document(path: Path) -> Document:
    """The document in the file ``path``.

    Raises:
        UnreadableFile: missing, a folder, empty, not allowed, damaged, scanned, password-protected.
        UnknownFormat: no format that is read here, or another one than the name says.
        TooLarge: a limit was passed.
    """
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(f"{path} är en mapp, inte en fil. Ange en rapportfil i mappen.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(f"{path} är ingen vanlig fil. Ange en rapportfil.")
        if status.st_size > MAX_BYTES:
            raise TooLarge(f"Filen {path} är för stor: {status.st_size / 1e6:.0f} MB, gränsen är {MAX_BYTES / 1e6:.0f} MB.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"Filen {path} finns inte. Kontrollera sökvägen.") from error
    except NotADirectoryError as error:
        raise UnreadableFile(f"Filen {path} finns inte: en del av sökvägen är ingen mapp.") from error
    except PermissionError as error:
        raise UnreadableFile(f"Filen {path} får inte läsas av den här användaren. Ändra behörigheten.") from error
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"Filen {path} kunde inte läsas: {error}.") from error
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in ``data``; ``name`` is the file's name, for messages and to tell text from comma-separated values.

    Raises: as ``read_document``.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(f"Filen {name} är för stor: {len(data) / 1e6:.0f} MB, gränsen är {MAX_BYTES / 1e6:.0f} MB.")
    if not data.strip():
        raise UnreadableFile(f"Filen {name} är tom ({len(data)} byte utan text). Kontrollera att rätt fil valdes.")
    kind = _kind(data, name)
    if kind == "pdf":
        from corpus import pdf_file

        return pdf_file.read(data, name)
    if kind == "docx":
        from corpus import docx_file

        return docx_file.read(data, name)
    if kind in ("xlsx", "csv"):
        from corpus import sheet_file

        return sheet_file.read(data, name)
    from corpus import text_file

    return text_file.read(data, name)


def _kind(data: bytes, name: str) -> str:
    """The format of the bytes; refused where the name promises another one, because then somebody is mistaken about the file."""
    said = _EXTENSIONS.get(Path(name).suffix.lower())
    found = _by_bytes(data, name)
    if found == "txt" and said == "csv":
        return "csv"
    if found == "txt" and Path(name).suffix.lower() in _OTHERS:
        raise UnknownFormat(f"Filen {name} heter {Path(name).suffix} men innehåller text. {_KNOWN}")
    if said is not None and said != found:
        what = {"txt": "text", "csv": "text"}.get(found, found.upper())
        raise UnknownFormat(
            f"Filen {name} heter {Path(name).suffix} men innehåller {what}."
            " Byt namn till rätt ändelse eller spara om den, och läs in den igen."
        )
    return found


def _by_bytes(data: bytes, name: str) -> str:
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise UnknownFormat(f"Filen {name} är {what} och kan inte läsas som rapport. {_KNOWN}")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _by_archive(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise UnreadableFile(
            f"Filen {name} är lösenordsskyddad eller i ett äldre Office-format (.doc, .xls)."
            " Ta bort lösenordet eller spara om den som .docx eller .xlsx."
        )
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise UnknownFormat(f"Filen {name} är en webbsida och kan inte läsas som rapport. Spara den som PDF. {_KNOWN}")
    return "txt"


def _by_archive(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        message = f"Filen {name} är skadad eller avbruten: arkivet går inte att öppna. Hämta eller spara den på nytt."
        raise UnreadableFile(message) from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        raise UnknownFormat(f"Filen {name} är i OpenDocument-format. Spara den som DOCX, XLSX eller PDF och läs in den.")
    raise UnknownFormat(f"Filen {name} är ett packat arkiv utan Word- eller Excelinnehåll. {_KNOWN}")
