"""Drafts filled into the organisation's own Word file: last year's report with this year's answers and comments, all else as it was.

Where the file's build leaves any doubt it is not filled at all.
Knows nothing of where the file comes from.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.draft.exports.docx_filling import Filler
from assistant.draft.exports.docx_places import ItemPlace, NoPlace, Places
from assistant.draft.exports.word import add_open_commitments
from assistant.phrases import enumeration
from corpus.document import Document
from corpus.model import Draft, Item, ItemKey

_SHOWN = 4
"""Lines with last year's number that a remark quotes."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The Word file's bytes, the items that had no draft and are left empty, and remarks for the officer (Swedish)."""

    data: bytes
    empty: tuple[Item, ...]
    remarks: tuple[str, ...]


def fill(
    original: bytes, name: str, drafts: Mapping[ItemKey, Draft], *, organisation: str, year: int, sources: bool = False
) -> Filled:
    """``original``, the report that ``organisation`` handed in ``year``, with the answers and comments of ``drafts``.

    Items without a draft get neither answer nor comment: last year's would pass for this year's. With ``sources`` each sentence has its
    sources as a Word comment, and the open commitments stand last. The year in the title is left as it is, and a remark says so.

    Raises:
        NoPlace: the file's build cannot be followed, or a draft's item is not in it; nothing is filled then.
    """
    import docx

    from corpus.parser import parse_report
    from corpus.reading import read_bytes

    document = read_bytes(original, name)
    if document.format != "docx":
        raise NoPlace(f"{name} inte är en Wordfil")
    report = parse_report(document, organisation=organisation, year=year)
    if not report.items:
        raise NoPlace(f"{name} inte har några uppföljningspunkter")
    missing = [draft.item.code for key, draft in drafts.items() if key not in {item.key for item in report.items}]
    if missing:
        raise NoPlace(f"{name} inte har {', '.join(missing)}")
    file = docx.Document(io.BytesIO(original))
    places = Places(file, document, report)
    found = places.of_items()
    filler = Filler(file, places, sources=sources)
    for place in found:
        filler.item(place, drafts.get(place.item.key))
    if sources:
        add_open_commitments(file, [drafts[item.key] for item in report.items if item.key in drafts])
    out = io.BytesIO()
    file.save(out)
    _proven(document, found, out.getvalue(), drafts, sources=sources)
    empty = tuple(item for item in report.items if item.key not in drafts)
    return Filled(out.getvalue(), empty, tuple(_remarks(document, found, year, filler.pictures)))


def _proven(
    document: Document, places: Sequence[ItemPlace], data: bytes, drafts: Mapping[ItemKey, Draft], *, sources: bool
) -> None:
    """Reads the filled file again: all that is no answer or comment must stand as it stood, and after each item what its draft says.

    Raises:
        NoPlace: it does not; the file is not to be trusted.
    """
    from corpus.reading import read_bytes

    changed = {number for place in places for number in place.lines}
    kept = [line.text for number, line in enumerate(document.lines) if number not in changed]
    new = [""] * (len(kept) + 1)
    at = 0
    for line in read_bytes(data, document.name).lines:
        if at < len(kept) and line.text == kept[at]:
            at += 1
        else:
            new[at] += _letters(line.text)
    if at < len(kept):
        raise NoPlace(f"”{kept[at][:40]}” inte stod kvar i den ifyllda filen")
    starts = [place.first_line - sum(number < place.first_line for number in changed) for place in places]
    for place, start, end in zip(places, starts, [*starts[1:], len(new) - 1], strict=True):
        draft = drafts.get(place.item.key)
        wanted = _letters((draft.answer or "") + draft.text) if draft else ""
        found = "".join(new[start + 1 : end + 1])
        if found != wanted and not (sources and place is places[-1] and found.startswith(wanted)):
            raise NoPlace(f"{place.item.code} inte gick att läsa tillbaka ur den ifyllda filen")
    if "".join(new[: starts[0] + 1]):
        raise NoPlace("texten före den första punkten inte är oförändrad")


def _letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


def _remarks(document: Document, places: Sequence[ItemPlace], year: int, pictures: int) -> list[str]:
    remarks = []
    front = document.lines[: max(places[0].first_line, 0)]
    old = list(dict.fromkeys(line.text.strip() for line in front if re.search(rf"\b{year}\b", line.text)))
    if old:
        told = enumeration(f"”{text}”" for text in old[:_SHOWN]) + (" med flera" if len(old) > _SHOWN else "")
        remarks.append(f"Årtalet {year} är kvar före den första punkten ({told}). Ändra det själv.")
    if pictures:
        remarks.append("Bilder i fjolårets kommentarer är kvar. Ta bort dem som inte gäller längre.")
    return remarks
