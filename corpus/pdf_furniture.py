"""What stands at the top and foot of pages again and again: running headers, footers, page numbers.

A line is furniture where the same words stand at the same height on other pages, with nothing but furniture outside it. Words
differ only by numbers that grow with the page. Knows nothing of tables; lines inside drawn tables are not asked about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from corpus.pdf_page import TextLine

SAME_HEIGHT: Final = 3.0
ZONE: Final = 0.16
"""Share of the page's height, from its top and from its foot, where furniture can stand."""
_SENTENCE_ENDS: Final = (".", "!", "?")
_NUMBER: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(r"(?:sid(?:a|an|nr)?\.?\s*)?[-–]?\s*(\d+)\s*[-–]?(?:\s*(?:\(|av|/)\s*\d+\s*\)?)?", re.IGNORECASE)


def furniture_of(pages: Mapping[int, Sequence[TextLine]], heights: Mapping[int, float]) -> set[TextLine]:
    """The lines of ``pages`` (by page number, from top to bottom) that are furniture. ``heights`` are the pages' own."""
    repeated = _repeated(pages, heights)
    found: set[TextLine] = set()
    for lines in pages.values():
        for ordered in (lines, lines[::-1]):
            for line in ordered:
                if line not in repeated:
                    break
                found.add(line)
    return found


def _repeated(pages: Mapping[int, Sequence[TextLine]], heights: Mapping[int, float]) -> set[TextLine]:
    """Lines in the zones whose words stand at the same height on enough other pages, and page numbers that tell the right page."""
    alike: defaultdict[tuple[str, int], list[TextLine]] = defaultdict(list)
    found: set[TextLine] = set()
    for number, lines in pages.items():
        for line in lines:
            if ZONE * heights[number] < line.bottom < (1 - ZONE) * heights[number]:
                continue
            match = _PAGE_NUMBER.fullmatch(line.text)
            if match and int(match[1]) == number:
                found.add(line)
            elif line.text[:1].islower() and line.text.endswith(_SENTENCE_ENDS):
                continue  # the end of a sentence that two comments happen to share, at the foot of two pages
            alike[_NUMBER.sub("#", line.text), round(line.bottom / SAME_HEIGHT)].append(line)
    needed = 2 if len(pages) <= 4 else 3
    for (words, height), lines in list(alike.items()):
        near = lines + [line for line in alike.get((words, height + 1), []) if abs(line.bottom - lines[0].bottom) <= SAME_HEIGHT]
        if len({line.page for line in near}) >= needed and _numbers_follow_pages(near):
            found.update(near)
    return found


def _numbers_follow_pages(lines: Iterable[TextLine]) -> bool:
    """Whether each number in the lines is the same on all of them, or grows with the page."""
    rows = [[int(n) for n in _NUMBER.findall(line.text)] for line in lines]
    pages = [line.page for line in lines]
    for column in zip(*rows, strict=True):
        if len(set(column)) > 1 and len({number - page for number, page in zip(column, pages, strict=True)}) > 1:
            return False
    return True
