"""Runs and paragraphs: text that stands in the source character by character, put together over line ends.

Values only; which lines belong together is decided in ``corpus.joining``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.document import Line
from corpus.model import Place

IGNORABLE = "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Control and formatting characters, as a character class: they are shown nowhere and count as blanks (``checks`` counts them)."""

_SEGMENT = re.compile(f"[^\\s{IGNORABLE}]+(?: [^\\s{IGNORABLE}]+)*")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Text that stands in the source at ``place``, letter by letter; ``glue`` ("" or " ") is what is put before it."""

    text: str
    place: Place
    glue: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together. ``text`` is the runs with their glue.

    ``apart``: an empty line, another cell or another table row stands before it. ``page_start``: it is the first of its page.
    ``under``: the form's header row follows right after it, which in the form only headings have. ``row`` is (table, row),
    ``column`` its cell, both None outside tables. ``heading`` and ``bold`` are what the reader says.
    """

    text: str
    runs: tuple[Run, ...]
    apart: bool = True
    page_start: bool = False
    under: bool = False
    row: tuple[int, int] | None = None
    column: int | None = None
    heading: int | None = None
    bold: bool = False

    @property
    def page(self) -> int | None:
        """The page it begins on."""
        return self.runs[0].place.page

    def cut(self, start: int, end: int | None = None) -> tuple[Run, ...]:
        """The runs of ``text[start:end]``, without blanks at its ends; empty where there is nothing but blanks."""
        end = len(self.text) if end is None else end
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        end -= len(part) - len(part.rstrip())
        runs: list[Run] = []
        at = 0
        for run in self.runs:
            at += len(run.glue)
            low, high = max(start, at), min(end, at + len(run.text))
            if low < high:
                place = run.place
                shifted = Place(place.start + low - at, place.start + high - at, place.page, place.box, place.cell)
                runs.append(Run(run.text[low - at : high - at], shifted, run.glue if runs else ""))
            at += len(run.text)
            if at >= end:
                break
        return tuple(runs)


def runs_of(line: Line, glue: str) -> Iterator[Run]:
    """The line's visible text in runs: blanks are one blank, formatting characters gone, ``glue`` stands before the first run."""
    end = 0
    for match in _SEGMENT.finditer(line.text):
        place = line.place
        if end:
            glue = " " if _BLANK.search(line.text, end, match.start()) else ""
        whole = Place(place.start + match.start(), place.start + match.end(), place.page, place.box, place.cell)
        yield Run(match[0], whole, glue)
        end = match.end()


def text_of(runs: Iterable[Run]) -> str:
    """The text of runs with their glue."""
    return "".join(run.glue + run.text for run in runs)
