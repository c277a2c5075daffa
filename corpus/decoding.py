"""Bytes to text: which encoding a text file has, decoded, with composed letters, and what had to be done said as diagnostics.

Knows nothing of lines, pages and reports. Offsets in everything that follows count in ``Decoded.text``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from corpus.errors import TooLarge, UnknownFormat, UnreadableFile
from corpus.model import Diagnostic, Place

MAX_BYTES = 5_000_000
"""More than a hundred times the largest report known: a larger text is something else."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1252", "mac_roman", "cp850")
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Macintosh", "cp850": "DOS (kodsida 850)"}
_EXPECTED = "åäöÅÄÖéÉüÜ–—”“’•…§½´°«»"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOJIBAKE = re.compile("Ã[¥¤¶…„–©]|â€[“”™\x9d¢¦]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text (composed letters, no byte order mark), the encoding it had and what there is to say about it."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of ``data``: UTF-8, UTF-16 or UTF-32 (with or without byte order mark), else the likeliest older encoding.

    Raises:
        UnreadableFile: the file is empty or holds blanks only.
        TooLarge: more than ``MAX_BYTES``.
        UnknownFormat: NUL or many control characters: no text at all.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(
            f"Textfilen {name} är för stor: {len(data) / 1e6:.1f} MB, gränsen är {MAX_BYTES / 1e6:.0f} MB."
            " Dela upp den och läs in delarna."
        )
    if not data.strip():
        raise UnreadableFile(f"Filen {name} är tom ({len(data)} byte utan text). Kontrollera att rätt fil valdes.")
    text, encoding, diagnostics = _decode(data, name)
    _refuse_binary(text, name)
    text, repaired = _undo_double_encoding(text)
    text, composed = _compose(text)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableFile(f"Filen {name} innehåller bara blanktecken. Kontrollera att rätt fil valdes.")
    return Decoded(text, encoding, (*diagnostics, *repaired, *composed))


def _decode(data: bytes, name: str) -> tuple[str, str, list[Diagnostic]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data, encoding)
    wide = _wide_without_bom(data)
    if wide:
        text, encoding, diagnostics = _lenient(data, wide)
        said = Diagnostic("encoding", "info", f"Filen saknar teckenkodsmärke och lästes som {encoding.upper()}.")
        return text, encoding, [said, *diagnostics]
    if b"\0" in data:
        raise UnknownFormat(
            f"Filen {name} är inte en textfil: den har en nollbyte på plats {data.index(0)}."
            " Spara rapporten som PDF, DOCX eller text och läs in den."
        )
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    if sum(map(damaged.count, _EXPECTED)) >= 5 * broken:
        return _lenient(data, "utf-8")
    best = max(_LEGACY, key=lambda encoding: _likelihood(data.decode(encoding, errors="replace")))
    text = data.decode(best, errors="replace")
    said = Diagnostic("encoding", "info", f"Filen är inte UTF-8 och lästes som {_NAMES[best]}. Kontrollera å, ä och ö.")
    return text, best, [said, *_replacements(text)]


def _lenient(data: bytes, encoding: str) -> tuple[str, str, list[Diagnostic]]:
    text = data.decode(encoding, errors="replace")
    return text, encoding, _replacements(text)


def _replacements(text: str) -> list[Diagnostic]:
    """One diagnostic for characters that could not be decoded: a damaged file is read, but never silently."""
    count = text.count("\ufffd")
    if not count:
        return []
    at = text.index("\ufffd")
    around = " ".join(text[max(0, at - 20) : at + 20].split())
    message = (
        f"{count} tecken gick inte att avkoda och står som \ufffd, det första i ”{around}”."
        " Filen är skadad eller har en annan teckenkod."
    )
    return [Diagnostic("replacement_characters", "error", message, place=Place(at, at + 1))]


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 shows itself by zero bytes on every other place where most letters are Latin."""
    sample = data[:4096]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    zero_even, zero_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if zero_odd > 0.5 and zero_even < 0.05:
        return "utf-16-le"
    if zero_even > 0.5 and zero_odd < 0.05:
        return "utf-16-be"
    return None


def _likelihood(text: str) -> int:
    """How Swedish the characters above ASCII are: expected ones count for, all others against."""
    expected = sum(map(text.count, _EXPECTED))
    return 2 * expected - (len(text) - len(text.encode("ascii", errors="ignore")))


def _refuse_binary(text: str, name: str) -> None:
    found = len(_CONTROL.findall(text))
    if "\0" in text or (found > 8 and found > 0.01 * len(text)):
        raise UnknownFormat(
            f"Filen {name} är inte en textfil: {found} av {len(text)} tecken är styrtecken."
            " Spara rapporten som PDF, DOCX eller text och läs in den."
        )


def _undo_double_encoding(text: str) -> tuple[str, list[Diagnostic]]:
    """UTF-8 that was once read as Windows-1252 and saved again ("Ã¥" for "å") is turned back where all of it can be."""
    found = len(_MOJIBAKE.findall(text))
    if found < 3 or found < 3 * sum(map(text.count, "åäöÅÄÖ")):
        return text, []
    try:
        back = b"".join(_byte(character) for character in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        message = f"Texten ser ut att vara kodad två gånger ({found} fall som ”Ã¥”). Spara om den som UTF-8."
        return text, [Diagnostic("mojibake", "warning", message)]
    message = f"Texten var kodad två gånger ({found} fall som ”Ã¥” för ”å”) och har rättats."
    return back, [Diagnostic("mojibake", "warning", message)]


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _compose(text: str) -> tuple[str, list[Diagnostic]]:
    """``text`` in NFC. Runs of more than 30 combining marks are left alone: ordering them takes quadratic time, and they
    are no text."""
    if unicodedata.is_normalized("NFC", text):
        return text, []
    marks = "".join(re.escape(character) for character in sorted(set(text)) if unicodedata.combining(character))
    parts = re.split(f"([{marks}]{{31,}})", text) if marks else [text]
    composed = "".join(part if i % 2 else unicodedata.normalize("NFC", part) for i, part in enumerate(parts))
    count = len(text) - len(composed)
    message = f"{count} bokstäver var skrivna som bokstav plus tecken (till exempel a + ring) och sattes ihop till å, ä, ö."
    return composed, [Diagnostic("composed", "info", message)]
