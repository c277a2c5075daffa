"""Whether a line's end is the end of a paragraph, and whether a hyphen there was put in by the program that broke the line.

Told by geometry: a paragraph ends where the next line's first word would have fitted, or where the next line stands further down
than lines do. Knows columns of lines over all pages; nothing of what they say but for the hyphens.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.pdf_page import TextLine

SPACE: Final = 0.28
"""Width of a blank in font sizes, where a line has no two words to measure between."""
EXTRA: Final = 0.14
"""A line that stands this share of the usual distance further down begins a paragraph."""
SLACK: Final = 1.2
"""Points that a line may go over where words seem to end, because typesetting squeezes a little."""
CLEAR: Final = 18.0
"""With so many points left over a word had room beyond doubt."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_OPENS: Final = re.compile(r"Förväntat resultat\s*:|(?:Strategi|Insats|Åtgärd) \d{1,2}\s?[:.]\s?\d{1,2}\b")
"""Words that open a paragraph of a form, after the end of a sentence."""
_SENTENCE_ENDS: Final = ("?", ":", ".", ")", "!")
_CUT: Final = re.compile(r"\w-$")
_JOINS: Final = re.compile(r"(?:och|eller|samt)\b")
_BULLET: Final = ("•", "–", "- ", "·", "▪", "●", "○", "* ", "□", "✓")


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that stand below each other in one cell or in running text, in reading order; ``limit`` is where words can go at most.

    ``breaks`` are the pages at whose foot the column is cut and a paragraph is known to end; of other pages nothing is known.
    """

    lines: tuple[TextLine, ...]
    limit: float
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Leading:
    """The usual distance between two lines of a paragraph, by font size; ``spaced`` tells that paragraphs stand apart by more."""

    distances: dict[float, float]
    spaced: bool = False

    def of(self, size: float) -> float:
        """The distance for ``size``; where it is not known, that of the nearest size in proportion, else 1.25 sizes."""
        if size in self.distances:
            return self.distances[size]
        if not self.distances:
            return 1.25 * size
        nearest = min(self.distances, key=lambda known: abs(known - size))
        return self.distances[nearest] / nearest * size


def leading_of(columns: Sequence[Column]) -> Leading:
    """The usual distances, measured where a line is surely followed by its paragraph's next: where no more would have fitted."""
    seen: dict[float, Counter[float]] = {}
    for column in columns:
        for line, following in zip(column.lines, column.lines[1:], strict=False):
            if line.page == following.page and line.size == following.size and not _fits(line, following, column.limit):
                distance = round(following.bottom - line.bottom, 1)
                if 0.9 * line.size <= distance <= 2.5 * line.size:
                    seen.setdefault(line.size, Counter())[distance] += 1
    leading = Leading({size: max(count.items(), key=lambda d: (d[1], -d[0]))[0] for size, count in seen.items()})
    apart, close = 0, 0
    for column in columns:
        for line, following in zip(column.lines, column.lines[1:], strict=False):
            if line.page == following.page and line.size == following.size and _fits(line, following, column.limit - CLEAR):
                apart, close = (apart + 1, close) if _stands_apart(line, following, leading) else (apart, close + 1)
    return Leading(leading.distances, apart > 4 * close)


def line_ends(column: Column, leading: Leading) -> list[bool]:
    """For each line of ``column`` whether it wraps (True) or ends a paragraph (False); the last one ends one."""
    ends = []
    for line, following in zip(column.lines, column.lines[1:], strict=False):
        ends.append(not _ends_paragraph(line, following, column, leading))
    return [*ends, False] if column.lines else []


def automatic_hyphens(ends: Sequence[tuple[str, str]], words: Counter[str]) -> list[bool]:
    """For each (line, next line) with a hyphen at the line end, whether it was put in by line breaking.

    ``words`` are the words that stand whole inside lines. A word known without the hyphen and not with it: put in. Where neither
    is known the document's habit decides: hyphens between small letters are put in where most of the decided ones are.
    """
    verdicts: list[bool | None] = []
    for line, following in ends:
        before, after = _WORD.findall(line[:-1])[-1:], _WORD.match(following)
        if not before or after is None or not after[0][0].islower() or after[0] in ("och", "eller", "samt", "respektive"):
            verdicts.append(False)
            continue
        joined, hyphenated = (before[0] + after[0]).casefold(), f"{before[0]}-{after[0]}".casefold()
        if words[hyphenated] or before[0].isupper() or "-" in line[:-1].split(" ")[-1]:
            verdicts.append(False)
        else:
            verdicts.append(True if words[joined] else None)
    proven = sum(verdict is True for verdict in verdicts)
    doubtful = sum(verdict is None for verdict in verdicts)
    habit = proven > 0 and proven + doubtful > 2
    return [habit if verdict is None else verdict for verdict in verdicts]


def words_of(lines: Iterable[str]) -> Counter[str]:
    """How often each word stands whole in ``lines``:

    the last of a line that ends with a hyphen is left out, and so is what follows it.
    """
    counts: Counter[str] = Counter()
    cut = False
    for line in lines:
        found = [word.casefold() for word in _WORD.findall(line)]
        first = 1 if cut else 0
        cut = line.rstrip().endswith(("-", "\u00ad"))
        counts.update(found[first : len(found) - 1 if cut else len(found)])
    return counts


def _ends_paragraph(line: TextLine, following: TextLine, column: Column, leading: Leading) -> bool:
    if following.text.startswith(_BULLET) or abs(line.size - following.size) > 0.6:
        return True
    if line.text.endswith("\u00ad"):
        return False
    if _CUT.search(line.text) and _JOINS.match(following.text):
        return False  # "ny-" / "och ombyggnad", also over a page break
    if line.text.endswith(_SENTENCE_ENDS) and (line.bold != following.bold or _OPENS.match(following.text)):
        return True
    if line.page != following.page and (line.page in column.breaks or _after_question(line, following)):
        return True
    if line.page == following.page and _stands_apart(line, following, leading):
        return True
    # Where paragraphs stand apart, lines that do not are one paragraph but for a line ended early on purpose.
    close = leading.spaced and line.page == following.page
    return _fits(line, following, column.limit - (CLEAR if close else 0.0))


def _after_question(line: TextLine, following: TextLine) -> bool:
    """Whether a sentence follows a question: at the foot of a page, where nothing else shows it, the question ends its paragraph."""
    return line.text.endswith("?") and following.text[0].isupper()


def _stands_apart(line: TextLine, following: TextLine, leading: Leading) -> bool:
    """Whether more space is between two lines of a page than between lines of a paragraph."""
    return following.bottom - line.bottom > leading.of(line.size) * (1 + EXTRA) + 0.8


def _fits(line: TextLine, following: TextLine, limit: float) -> bool:
    """Whether the first word of ``following`` would have had room on ``line``."""
    word = following.words[0]
    gaps = [b.x0 - a.x1 for a, b in zip(line.words, line.words[1:], strict=False) if b.x0 > a.x1]
    space = min([*gaps, SPACE * line.size])
    if line.text.endswith("-"):
        space = 0.0 if following.text[:1].islower() else space
    return line.x1 + space + (word.x1 - word.x0) < limit - SLACK
