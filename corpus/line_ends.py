"""What becomes of one line end: a blank, nothing, or the end of a paragraph; which hyphens stay.

The rules of text taken out of a PDF: a trailing blank marks a soft line end, none the end of a paragraph, with exceptions where the
next line plainly goes on. Where a reader knows better (``Line.wraps``) it is believed. Looks at two lines and at what the whole
document shows; knows nothing of headings and items except the few words that always begin a paragraph of the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from corpus.document import Line


class Joint(Enum):
    """What becomes of a line end."""

    PARAGRAPH = "paragraph"
    BLANK = "blank"
    NONE = "none"
    DROP_HYPHEN = "drop_hyphen"


@dataclass(frozen=True, slots=True)
class Layout:
    """What the whole document shows: whether trailing blanks mark soft ends, how wide its columns are, which words it has."""

    marked: bool
    width: float
    words: frozenset[str]


_HYPHEN_END = re.compile(r"[^\W_][-\u2010\u2011]\s*$")
_SOFT_HYPHEN_END = re.compile("\xad\\s*$")
_BREAKABLE_END = re.compile(r"[^\W_][–/]$")
"""Word processors break a line after "måndag–" and "barn/" too; a dash that is a pause has a blank before it."""
_STAYS = re.compile(r"(?:och|eller|samt|respektive|resp\.?|alternativt|men|som|till|&)(?![^\W\d_])|och/eller", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?:;…][\"”’')\]]*\s*$")
_BULLET = re.compile("\\s*(?:[•\\-–*▪◦·●■►➢\uf0b7\uf0a7]\\s|o\\s|\\d{1,2}[.)]\\s|[a-z]\\)\\s)")
_OPENS = re.compile(r"\s*(?:Förvänta(?:t|de) (?:resultat|effekt)\w*\s*:|(?:Strategi|Insats|Åtgärd)\s+\d{1,3}\s?[:.]\s?\d)")
_ALWAYS_OPENS = re.compile(r"\s*Förvänta(?:t|de) (?:resultat|effekt)\w*\s*:")
_ANSWER_LINE = re.compile(r"\s*(?:Ja|Nej|Delvis|Pågår)\s*[.!]?\s*")
_ANSWER_OPENS = re.compile(r"(?:Ja|Nej|Delvis|Pågår)\s*[,.;:–—]")
_QUESTION_END = re.compile(r"\?\s*(?:\([^()]{0,200}\)\s*)?$")
_HEADING_OPENS = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+[A-ZÅÄÖÉ]|(?:Målområde|Fokusområde|Insatsområde)\s+\d)")
_PERIOD = re.compile(r"\s*\(?(?:19|20)\d\d\s*[-–—]\s*(?:(?:19|20)\d\d|\d\d)\)?\s*$")
_FIRST_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEADS_ON = frozenset(
    _FIRST_WORD.findall(
        "och eller samt att som från för av med till på i om vid inom mot under över utan mellan genom enligt den det de"
        " en ett är har ska vilka vilket vilken där när hur inte sin sitt sina vår vårt våra"
    )
)


def look_at(content: list[str]) -> Layout:
    """The layout of a document's content lines. Width is the nine-tenths point of the lengths, so that no wide heading sets it."""
    inner: list[bool] = []
    last: list[bool] = []
    for text, after in pairwise(content):
        if text.strip():
            (inner if after.strip() else last).append(text[-1].isspace())
    marked = bool(inner) and 10 * sum(inner) >= len(inner)
    if len(last) >= 5 and 10 * sum(last) >= 8 * len(last):
        marked = False  # blanks at the ends of blocks too: they mean nothing
    lengths = sorted(len(text.strip()) for text in content if text.strip())
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    hyphens = any(_HYPHEN_END.search(text[-4:]) for text in content)
    words = frozenset(word for text in content for word in _LETTERS.findall(text)) if hyphens else frozenset()
    return Layout(marked, width, words)


def opens_heading(text: str) -> bool:
    """Whether a line that begins so may be a heading that runs over several lines."""
    return bool(_HEADING_OPENS.match(text))


def joint(before: Line, after: Line, layout: Layout, *, empties: int, cut: bool, heading: bool) -> tuple[Joint, bool]:
    """What the end of ``before`` becomes when ``after`` follows, and whether that was a guess.

    ``empties`` is the number of empty lines between them, ``cut`` whether a page break or furniture is, ``heading`` whether the
    paragraph so far looks like a heading.
    """
    if before.place.cell != after.place.cell:
        return Joint.PARAGRAPH, False
    head, tail = before.text, after.text.lstrip()
    if before.wraps is not None:
        return (soft(head, tail, layout), False) if before.wraps else (Joint.PARAGRAPH, False)
    if _ALWAYS_OPENS.match(tail) or (_QUESTION_END.search(head[-300:]) and _OPENS.match(tail)):
        return Joint.PARAGRAPH, False
    if not layout.marked and _parts_answer(head, tail):
        return Joint.PARAGRAPH, False
    lower, terminal = tail[:1].islower(), bool(_TERMINAL.search(head[-8:]))
    marked = layout.marked and head[-1:].isspace()
    hyphen = bool(_HYPHEN_END.search(head[-4:]) or _SOFT_HYPHEN_END.search(head[-4:]) or _BREAKABLE_END.search(head[-2:]))
    if empties:
        likely = marked or hyphen or (cut and not layout.marked)
        goes_on = lower and likely and not terminal and not _BULLET.match(tail)
        return (soft(head, tail, layout), True) if goes_on else (Joint.PARAGRAPH, False)
    if marked or (hyphen and tail[:1].isalnum()):
        return soft(head, tail, layout), False
    if heading and (lower or _PERIOD.match(tail)) and not terminal:
        return Joint.BLANK, True
    if _BULLET.match(tail) or (layout.marked and not lower) or _OPENS.match(tail) or _QUESTION_END.search(head[-300:]):
        return Joint.PARAGRAPH, False
    goes_on = _goes_on_marked(head, tail, layout) if layout.marked else _goes_on_unmarked(head, tail, layout)
    return (soft(head, tail, layout), True) if goes_on else (Joint.PARAGRAPH, False)


def soft(head: str, tail: str, layout: Layout) -> Joint:
    """How a line that goes on is joined: by a blank, or after a hyphen by nothing unless "och", "eller", "samt" follow.

    A hyphen inside a word that the document writes without one elsewhere was put there at the line end, and is dropped.
    """
    bare = head.rstrip()
    if bare.endswith("\xad"):
        return Joint.NONE
    if _HYPHEN_END.search(bare[-4:]):
        return Joint.BLANK if _STAYS.match(tail) else _after_hyphen(bare, tail, layout)
    if _BREAKABLE_END.search(bare[-2:]) and (bare == head or (bare[-1] != "/" and bare[-2].isdigit() and tail[:1].isdigit())):
        return Joint.NONE
    return Joint.BLANK


def _after_hyphen(bare: str, tail: str, layout: Layout) -> Joint:
    first, last = _LETTERS.match(tail), _LETTERS.findall(bare[-60:-1])
    if first and last and bare[:-1].endswith(last[-1]) and len(last[-1]) > 1 and len(first[0]) > 1:
        inside = first[0].islower() and last[-1][1:].islower()
        if inside and last[-1] + first[0] in layout.words:
            return Joint.DROP_HYPHEN
    return Joint.NONE


def _parts_answer(head: str, tail: str) -> bool:
    """Where no blank marks anything: an answer by itself, or one that opens a line after a sentence, begins a paragraph."""
    if _ANSWER_LINE.fullmatch(head) or _ANSWER_LINE.fullmatch(tail):
        return True
    return bool(_ANSWER_OPENS.match(tail)) and bool(_TERMINAL.search(head[-8:]))


def _goes_on_marked(head: str, tail: str, layout: Layout) -> bool:
    """A small letter after a line without its blank goes on where its first word had no room there, or the last one leads on."""
    if _TERMINAL.search(head[-8:]):
        return False
    return not _fits(head, tail, 0.9 * layout.width) or _leads_on(head)


def _goes_on_unmarked(head: str, tail: str, layout: Layout) -> bool:
    """No trailing blanks anywhere (an editor took them): only case, punctuation and room are left to go by."""
    terminal = bool(_TERMINAL.search(head[-8:]))
    if tail[:1].islower() and not terminal:
        return _leads_on(head) or not _fits(head, tail, layout.width) or len(head.strip()) >= 0.5 * layout.width
    return not _fits(head, tail, layout.width) and not (terminal and _HEADING_OPENS.match(tail))


def _fits(head: str, tail: str, width: float) -> bool:
    first = _FIRST_WORD.match(tail)
    return len(head.strip()) + 1 + (len(first[0]) if first else 0) <= width


def _leads_on(head: str) -> bool:
    words = head[-40:].split()
    return bool(words) and (words[-1].casefold() in _LEADS_ON or words[-1].endswith(","))
