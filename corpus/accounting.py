"""The proof that nothing was dropped: every word of a document is in one field of a report or in one diagnostic, once.

Compares places, so it knows nothing of how the parser works. Blanks, line ends and formatting characters (``IGNORABLE``) need no
place. A diagnostic accounts for words only where it has both ``text`` and ``place``; one without text points at words that stand in
a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Document
from corpus.model import FieldSpan, Piece, Report
from corpus.paragraphs import IGNORABLE

_VISIBLE = re.compile(f"[^\\s{IGNORABLE}]")
_BLANK = re.compile(f"[\\s{IGNORABLE}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the source (or of the report where ``Accounting`` says so) at ``start``:``end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Accounting:
    """What does not add up; all empty where the parse is complete.

    ``missing``: source words with a character that stands nowhere. ``double``: in more than one place. ``altered``: pieces whose
    text differs from the source. ``invented``: words of the report's text without a source. ``homeless``: pieces that are not
    inside exactly one field. ``words`` is the number of words in the source.
    """

    words: int
    missing: tuple[Word, ...]
    double: tuple[Word, ...]
    altered: tuple[Word, ...]
    invented: tuple[Word, ...]
    homeless: tuple[Word, ...]

    @property
    def complete(self) -> bool:
        """Whether every word is in exactly one place, as it was written."""
        return not (self.missing or self.double or self.altered or self.invented or self.homeless)


def account(document: Document, report: Report) -> Accounting:
    """Compares ``report`` with the ``document`` it was parsed from. Takes time in proportion to the text, n log n in its pieces."""
    placed = [(p.place.start, p.place.end) for p in report.pieces]
    listed = [(d.place.start, d.place.end) for d in report.diagnostics if d.text and d.place is not None]
    gaps, overlaps = _compare(sorted([*placed, *listed]), len(document.text))
    bare, _ = _compare([(p.start, p.end) for p in report.pieces], len(report.text))
    altered = [
        Word(p.place.start, p.place.end, report.text[p.start : p.end])
        for p in report.pieces
        if report.text[p.start : p.end] != document.text[p.place.start : p.place.end]
    ]
    altered += [
        Word(d.place.start, d.place.end, d.text)
        for d in report.diagnostics
        if d.text and d.place is not None and d.text != document.text[d.place.start : d.place.end]
    ]
    return Accounting(
        words=len(document.text.split()),
        missing=_words(document.text, gaps),
        double=_words(document.text, overlaps),
        altered=tuple(altered),
        invented=_words(report.text, bare),
        homeless=tuple(Word(p.start, p.end, report.text[p.start : p.end]) for p in _homeless(report.pieces, report.fields)),
    )


def _compare(spans: Sequence[tuple[int, int]], length: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The stretches of 0:length that no span covers, and those that more than one covers; ``spans`` sorted by start."""
    gaps, overlaps, reached = [], [], 0
    for start, end in spans:
        if start > reached:
            gaps.append((reached, start))
        elif start < reached:
            overlaps.append((start, min(end, reached)))
        reached = max(reached, end)
    if reached < length:
        gaps.append((reached, length))
    return gaps, overlaps


def _words(text: str, stretches: Iterable[tuple[int, int]]) -> tuple[Word, ...]:
    """The whole words around the visible characters of ``stretches``, each once."""
    found: list[Word] = []
    for start, end in stretches:
        at = start
        while True:
            visible = _VISIBLE.search(text, at, end)
            if visible is None:
                break
            low = high = visible.start()
            while low > 0 and not _BLANK.match(text[low - 1]):
                low -= 1
            after = _BLANK.search(text, high)
            high = after.start() if after else len(text)
            if not found or found[-1].start != low:
                found.append(Word(low, high, text[low:high]))
            at = high
    return tuple(found)


def _homeless(pieces: Sequence[Piece], fields: Sequence[FieldSpan]) -> list[Piece]:
    """Pieces that no field holds whole; fields that overlap make all pieces homeless, because then one word has two fields."""
    ordered = sorted(fields, key=lambda f: f.start)
    if any(before.end > after.start for before, after in pairwise(ordered)):
        return list(pieces)
    lost, i = [], 0
    for piece in sorted(pieces, key=lambda p: p.start):
        while i < len(ordered) and ordered[i].end <= piece.start:
            i += 1
        if i == len(ordered) or not (ordered[i].start <= piece.start and piece.end <= ordered[i].end):
            lost.append(piece)
    return lost
