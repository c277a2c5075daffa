"""What stands on pages and is no content: header rows of the form, running headers and footers, page numbers.

Knows lines and pages only. Readers that see more (PDF, DOCX) mark furniture themselves; text files are judged here, by repetition
at the edges of pages. What is found is listed by the parser, word for word.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from corpus.document import Document, Line

Reason = Literal["header_row", "running", "page_number", "reader"]

_WORD = re.compile(r"\S+")
_ASKS = frozenset(
    _WORD.findall("uppföljningsfråga uppföljningsfrågor fråga frågor strategi strategier insats insatser åtgärd åtgärder aktivitet")
)
_ANSWERS = frozenset(["svarsalternativ", "svar", "kommentar", "kommentarer"])
_FILLERS = frozenset(("med", "och", "/", "nr", "|", "–", "-", "förväntat", "resultat", "status"))
_OPENERS = frozenset(["uppföljningsfråga", "uppföljningsfrågor"])
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s?\d{1,4}\s?[-–—]|(?:sida|sidan|sid\.?|s\.)\s*\d{1,4}(?:\s*(?:av|/|\()\s*\d{1,4}\)?)?|\d{1,4}\s*(?:\(\d{1,4}\)|av\s\d{1,4}|/\s?\d{1,4})|\d{1,3})\s*",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\s*(?:ja|nej|delvis|pågår|pågående|förväntat resultat\b.*)[.!]?\s*|.*\?\s*", re.IGNORECASE)
_EDGE = 4
"""How many lines at the top and at the bottom of a page may be running ones."""


def find(document: Document) -> list[Reason | None]:
    """For each line of the document why it is furniture, or None where it is content or empty."""
    found: list[Reason | None] = ["reader" if line.furniture else None for line in document.lines]
    _header_rows(document.lines, found)
    if document.format == "txt":
        pages = _pages(document.lines)
        if len(pages) > 1:
            _running(document.lines, pages, found)
        else:
            _numbers_without_pages(document.lines, found)
    return found


def _header_rows(lines: Sequence[Line], found: list[Reason | None]) -> None:
    """Header rows of the form on one line, or on up to three that begin with "Uppföljningsfrågor"."""
    i = 0
    while i < len(lines):
        taken = 0
        if found[i] is None and lines[i].place.cell is None:
            words: list[str] = []
            for n in range(1, 4):
                if i + n > len(lines) or found[i + n - 1] is not None:
                    break
                more = lines[i + n - 1].text.casefold().split()
                words += more
                if not more or not all(word in _ASKS or word in _ANSWERS or word in _FILLERS for word in more):
                    break
                if any(word in _ASKS for word in words) and any(word in _ANSWERS for word in words):
                    taken = n
                    break
                if words[0] not in _OPENERS:
                    break
        for k in range(i, i + taken):
            found[k] = "header_row"
        # "Uppföljningsfrågor / Svarsalternativ / med kommentar": the rest of a wrapped header row
        if taken and i + taken < len(lines) and lines[i + taken].text.casefold().split() in (["med", "kommentar"], ["kommentar"]):
            found[i + taken] = "header_row"
            taken += 1
        i += max(taken, 1)


def _pages(lines: Sequence[Line]) -> list[range]:
    starts = [i for i, line in enumerate(lines) if line.page_start] or [0]
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _running(lines: Sequence[Line], pages: Sequence[range], found: list[Reason | None]) -> None:
    """Peels lines off the edges of pages while they are page numbers or the same (digits apart) at that edge of enough pages."""
    need = max(2, -(-2 * len(pages) // 5))
    for order in (1, -1):
        for _ in range(_EDGE):
            edge = [_next(lines, page[::order], found) for page in pages]
            masks = Counter(_mask(lines[i].text) for i in edge if i is not None)
            for i in edge:
                if i is None or _NEVER.fullmatch(lines[i].text):
                    continue
                repeats = masks[_mask(lines[i].text)]
                if repeats > 1 and _PAGE_NUMBER.fullmatch(lines[i].text):
                    found[i] = "page_number"
                elif repeats >= need and not lines[i].text.endswith(" "):
                    found[i] = "running"


def _next(lines: Sequence[Line], page: Sequence[int], found: Sequence[Reason | None]) -> int | None:
    """The outermost line of a page that is neither empty nor furniture already."""
    for i in page:
        if found[i] is None and lines[i].text.strip():
            return i
    return None


def _mask(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _numbers_without_pages(lines: Sequence[Line], found: list[Reason | None]) -> None:
    """In a text without page marks only lines that count up ("Sida 3 av 20", "Lindvallen 3 (20)") prove pages, at least three."""
    numbered = re.compile(r"(.*?)(\d{1,4})\s*(?:av\s*(\d{1,4})|\((\d{1,4})\)|/\s?(\d{1,4}))\s*")
    groups: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        if found[i] is None and line.place.cell is None and len(line.text) <= 200 and line.text.rstrip()[-1:] in ")0123456789":
            match = numbered.fullmatch(line.text)
            if match:
                total = match[3] or match[4] or match[5]
                groups.setdefault(f"{match[1]}|{total}", []).append((int(match[2]), i))
    for members in groups.values():
        numbers = [number for number, _ in members]
        if len(numbers) >= 3 and all(a < b for a, b in itertools.pairwise(numbers)):
            for _, i in members:
                found[i] = "page_number"
