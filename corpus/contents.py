"""A table of contents before the report: found, so that its lines are not taken for headings.

Knows paragraphs and heading numbers only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.marks import HeadingMark, code_mark, heading_mark
from corpus.paragraphs import Paragraph

_NAMED = re.compile(r"(?:innehåll|innehållsförteckning|innehållsöversikt)\s*:?", re.IGNORECASE)
_ENTRY_END = re.compile(r"(?:[.…·_]\s?){3,}\s*\d{1,4}\s*$|[^\d\s–—-]\s+\d{1,4}\s*$|\d{4}\s+\d{1,4}\s*$")
_SEARCHED = 200
"""Paragraphs from the beginning in which a table of contents may start."""


def split(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The table of contents (with its title) and the rest, both in order; the first is empty where there is none."""
    start = next((i for i, p in enumerate(paragraphs[:_SEARCHED]) if p.row is None and _NAMED.fullmatch(p.text)), None)
    if start is not None:
        end = _end(paragraphs, start + 1)
        if end - start >= 3:
            return list(paragraphs[start:end]), [*paragraphs[:start], *paragraphs[end:]]
        return [], list(paragraphs)
    first = next((i for i, p in enumerate(paragraphs[:_SEARCHED]) if _mark(p) is not None), None)
    if first is None:
        return [], list(paragraphs)
    end = _end(paragraphs, first)
    entries = paragraphs[first:end]
    paged = sum(1 for p in entries if _ENTRY_END.search(p.text[-40:]))
    restarts = end < len(paragraphs) and _numbers(paragraphs[end]) == _numbers(paragraphs[first])
    if len(entries) >= 3 and restarts and 2 * paged >= len(entries):
        return list(entries), [*paragraphs[:first], *paragraphs[end:]]
    return [], list(paragraphs)


def _end(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Where the entries that begin at ``start`` end: at the first number that comes again, or at a paragraph that is no entry."""
    seen: set[tuple[int, ...]] = set()
    for i in range(start, len(paragraphs)):
        paragraph = paragraphs[i]
        numbers = _numbers(paragraph)
        entry = bool(_ENTRY_END.search(paragraph.text[-40:]))
        if paragraph.row is not None or numbers in seen or (not entry and _mark(paragraph) is None) or paragraph.under:
            return i
        if not entry and code_mark(paragraph.text) is not None and not numbers:
            return i
        if numbers:
            seen.add(numbers)
    return len(paragraphs)


def _mark(paragraph: Paragraph) -> HeadingMark | None:
    return heading_mark(paragraph.text) if paragraph.row is None else None


def _numbers(paragraph: Paragraph) -> tuple[int, ...]:
    mark = _mark(paragraph)
    return mark.numbers if mark else ()
