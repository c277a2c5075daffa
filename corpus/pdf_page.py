"""One page of a PDF as words with places and drawn rules, freed from the library that read it.

Knows how words make lines. Nothing of tables, of other pages, of what the words say.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from corpus.errors import TooLarge

_BOLD: Final = re.compile(r"bold|black|heavy|demi|-bd|fett", re.IGNORECASE)
_UNMAPPED: Final = re.compile(r"\(cid:\d+\)")
"""How the PDF library writes a glyph that its font gives no letter for."""
_BULLETS: Final = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf02d": "–", "\u00a0": " ", "\u2011": "-"})
MOST_CHARACTERS: Final = 200_000
"""More characters than this on one page is no page a person reads."""
MOST_RULES: Final = 1_500
"""More rules than this in one direction are a drawing."""
SHORTEST_RULE: Final = 4.0
THICKEST_RULE: Final = 4.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in PDF points, from the page's upper left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: ``at`` is its y (a horizontal one) or x (a vertical one), ``low`` to ``high`` how far it goes."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words on one line of one column, from left to right."""

    words: tuple[Word, ...]
    page: int

    @property
    def text(self) -> str:
        """The words with single blanks; none where two words touch (a word printed in two fonts)."""
        out = self.words[0].text
        for before, word in zip(self.words, self.words[1:], strict=False):
            out += ("" if word.x0 - before.x1 < 0.08 * word.size else " ") + word.text
        return out

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) around the words, in points, to a tenth."""
        return round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge of most words, so that a raised or a bigger one does not move it."""
        return median(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """Font size of most letters, to a tenth."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.size, 1)] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether every word is bold."""
        return all(word.bold for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page: words in no order, drawn rules, and what could not be read.

    ``rotated`` are the words that do not stand upright (a stamp, a watermark); ``unmapped`` counts glyphs without a letter.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    horizontals: tuple[Rule, ...]
    verticals: tuple[Rule, ...]
    rotated: str
    letters: int
    unmapped: int
    has_images: bool


def read_page(page: Any, name: str) -> Page:
    """``page`` of pdfplumber as a ``Page``; ``name`` is the file's, for messages.

    Raises TooLarge where it has more than ``MOST_CHARACTERS`` characters.
    """
    if len(page.chars) > MOST_CHARACTERS:
        raise TooLarge(
            f"Filen {name} har orimligt mycket text på sidan {page.page_number} och läses inte. "
            "Skriv ut den till en ny PDF och försök igen."
        )
    source = page
    places = {(c["text"], round(c["x0"]), round(c["top"])) for c in page.chars}
    if len(places) < 0.9 * len(page.chars):
        # Some programs print bold letters twice, a hair apart.
        source = page.dedupe_chars(tolerance=1, extra_attrs=())
    words, rotated, unmapped = [], [], 0
    for raw in source.extract_words(x_tolerance_ratio=0.15, return_chars=True, use_text_flow=False):
        text = unicodedata.normalize("NFC", raw["text"].translate(_BULLETS)).replace("\u200b", "")
        text, count = _UNMAPPED.subn("\ufffd", text)
        unmapped += count
        chars = raw["chars"]
        if not raw["upright"]:
            rotated.append(text)
            continue
        # A soft hyphen inside a word was never printed; the one at the end of a line was.
        text = text[:-1].replace("\u00ad", "") + text[-1:] if text else text
        text = "".join(letter for letter in text if letter.isprintable() or letter == "\u00ad")
        if text:
            bold = 2 * sum(bool(_BOLD.search(str(c["fontname"]))) for c in chars) > len(chars)
            size = median(float(c["size"]) for c in chars)
            words.append(Word(text, raw["x0"], raw["top"], raw["x1"], raw["bottom"], size, bold))
    horizontals, verticals = _rules(page)
    return Page(
        page.page_number,
        float(page.width),
        float(page.height),
        tuple(words),
        horizontals,
        verticals,
        " ".join(rotated),
        sum(len(word.text) for word in words),
        unmapped,
        bool(page.images),
    )


def _rules(page: Any) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """Horizontal and vertical rules: lines, the edges of boxes, and boxes so thin that they are drawn lines."""
    horizontals, verticals = set(), set()
    for edge in page.edges:
        x0, x1, top, bottom = float(edge["x0"]), float(edge["x1"]), float(edge["top"]), float(edge["bottom"])
        if x1 - x0 >= SHORTEST_RULE and bottom - top <= THICKEST_RULE:
            horizontals.add(Rule(round((top + bottom) / 2, 1), round(x0, 1), round(x1, 1)))
        elif bottom - top >= SHORTEST_RULE and x1 - x0 <= THICKEST_RULE:
            verticals.add(Rule(round((x0 + x1) / 2, 1), round(top, 1), round(bottom, 1)))
    if len(horizontals) > MOST_RULES or len(verticals) > MOST_RULES:
        return (), ()
    return _in_order(horizontals), _in_order(verticals)


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (rule.at, rule.low, rule.high)))


def lines_of(words: Sequence[Word], page: int) -> list[TextLine]:
    """Words as lines, from top to bottom: words whose heights overlap by half stand on one line. Empty without words."""
    rows: list[tuple[float, float, list[Word]]] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        for index in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom, members = rows[index]
            overlap = min(bottom, word.bottom) - max(top, word.top)
            if overlap > 0.5 * min(bottom - top, word.bottom - word.top):
                members.append(word)
                break
        else:
            rows.append((word.top, word.bottom, [word]))
    lines = [TextLine(tuple(sorted(members, key=lambda w: w.x0)), page) for _, _, members in rows]
    return sorted(lines, key=lambda line: (line.bottom, line.x0))


def split_at_gaps(line: TextLine, gap: float) -> list[TextLine]:
    """``line`` cut wherever two words stand at least ``gap`` apart."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if word.x0 - before.x1 >= gap:
            parts.append([])
        parts[-1].append(word)
    return [TextLine(tuple(part), line.page) for part in parts]
