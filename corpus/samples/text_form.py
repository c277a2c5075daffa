"""A sample report as text in the form that text taken out of a two-column PDF has.

Knows only that form: a page begins with a line that starts with a blank; the header row stands after a heading and again at the
top of each page the table runs on to, so sometimes twice and in the middle of a sentence; lines are wrapped, with a trailing blank
at most soft line ends and none at the end of a paragraph; the left cell, an empty line, the right cell. The page's notice is its
last line.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from corpus.model import Item
from corpus.samples.contents import SampleReport

PAGE_LINES: Final = 54
"""Lines on a page, the notice not counted."""
CELL: Final = 39.0
"""Width of a cell and of a plan's title, in the widths of a middling letter; an area's title runs over ``HEADING``."""
PLAN_TITLE: Final = 31.0
HEADING: Final = 53.0
LEAST_LEFT: Final = 3
"""Lines of a comment that must fit below the left cell where a row is cut by a page break."""
_NARROW: Final = frozenset("iljtfrI.,:;!'|()[] -")
_WIDE: Final = frozenset("mwMWÅÄÖOQGDHNUV%&@—")
_AFTER_HYPHEN: Final = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
_JOINED: Final = ("och", "eller", "samt")


def render(report: SampleReport) -> str:
    """The whole text of the report, lines ended by "\\n"; the same report gives the same text."""
    pages = _Pages(report)
    pages.free([report.title, report.organisation, report.municipality, report.date_line])
    for plan in report.plans:
        if plan.number > 1:
            pages.new_page()
        else:
            pages.blank()
        pages.free(wrap(f"{plan.number} {plan.title}", PLAN_TITLE))
        printed: tuple[str, ...] = ()
        for area in plan.areas:
            for number, title in area.headings:
                if number not in printed:
                    printed += (number,)
                    pages.blank()
                    pages.free(wrap(f"{number} {title}", HEADING))
            pages.blank()
            pages.free(wrap(f"{area.number} {area.title}", HEADING))
            pages.header()
            for item, label in zip(area.items, area.labels, strict=True):
                pages.row(left_cell(item, label), right_cell(item))
            pages.end_table()
    return pages.text()


def left_cell(item: Item, label: str) -> list[list[str]]:
    """The left cell as blocks of paragraphs: question, then code with statement, then the expected result where there is one."""
    statement = item.statement.split("\n\n")
    if item.kind != "insats":
        statement[0] = " ".join(part for part in (label, item.code_as_written, statement[0]) if part)
    blocks = [[item.question], statement]
    if item.expected_result:
        blocks.append([f"Förväntat resultat: {item.expected_result}"])
    return blocks


def right_cell(item: Item) -> list[list[str]]:
    """The right cell as blocks of paragraphs: the answer, then the comment's paragraphs; what is missing is left out."""
    blocks = [[str(item.answer)]] if item.answer else []
    return [*blocks, item.comment.split("\n\n")] if item.comment else blocks


def wrap(paragraph: str, width: float) -> list[str]:
    """``paragraph`` in lines of at most ``width``; soft line ends have a trailing blank, but for a hyphen and a few as in life."""
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        for number, part in enumerate(_AFTER_HYPHEN.split(word)):
            joined = f"{line}{'' if number or not line else ' '}{part}"
            if line and _width(joined) > width:
                lines.append(_soft(line, part, whole=not number))
                line = part
            else:
                line = joined
    return [*lines, line]


def _soft(line: str, following: str, *, whole: bool) -> str:
    """The line with the blank that marks a soft end.

    ``whole`` tells that a whole word follows, not the rest of a hyphenated one.
    """
    if not whole or (line.endswith("-") and following in _JOINED):
        return line
    chance = sha256(f"{line}|{following}".encode()).digest()[0]
    missing = line[-1].isalpha() and following[0].islower() and chance < 2
    return line if missing else f"{line} "


def _width(text: str) -> float:
    return sum(0.55 if letter in _NARROW else 1.45 if letter in _WIDE else 1.0 for letter in text)


class _Pages:
    """Lines laid on pages.

    A row is put whole on the next page unless its left cell and some lines of its comment fit on this one.
    """

    def __init__(self, report: SampleReport) -> None:
        self._header = " ".join(report.header)
        self._notice = report.notice
        self._pages: list[list[str]] = [[]]
        self._in_table = False

    def text(self) -> str:
        out = []
        for page in self._pages:
            out += [f" {page[0]}", *page[1:], self._notice]
        return "\n".join([*out, "", ""])

    def blank(self) -> None:
        if self._pages[-1]:
            self._put("")

    def new_page(self) -> None:
        while self._pages[-1] and not self._pages[-1][-1]:
            self._pages[-1].pop()
        self._pages.append([self._header] if self._in_table else [])

    def free(self, lines: list[str]) -> None:
        if self._room() < len(lines) + 1:
            self.new_page()
        for line in lines:
            self._put(line)

    def header(self) -> None:
        self._in_table = True
        self._put(self._header)

    def end_table(self) -> None:
        self._in_table = False

    def row(self, left: list[list[str]], right: list[list[str]]) -> None:
        first = [line for block in left for line in ["", *(w for p in block for w in wrap(p, CELL))]]
        second = [line for block in right for line in ["", *(w for p in block for w in wrap(p, CELL))]]
        cut = len(second) > PAGE_LINES // 2
        least = len(first) + (min(len(second), LEAST_LEFT + 3) if cut else len(second))
        if self._room() < least and len(self._pages[-1]) > 1:
            self.new_page()
        for line in first + second:
            self._put(line)

    def _room(self) -> int:
        return PAGE_LINES - len(self._pages[-1])

    def _put(self, line: str) -> None:
        if not self._room():
            self.new_page()
            if not line:
                return
        self._pages[-1].append(line)
