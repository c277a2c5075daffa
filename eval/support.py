"""Whether a sentence is supported by the texts it cites: a deterministic test of figures, names, content words and negations.

A word of the sentence must stand in one of the texts, by its stem, its abbreviation there or a part of it; a figure must stand beside the
word it stands beside in the sentence; what is denied must be denied in both. Shares no code with the drafting that it judges. It does
not understand: another order of the same words passes, a true paraphrase in other words does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import Literal

Verdict = Literal["supported", "partly", "not"]
VERDICTS: tuple[Verdict, ...] = ("supported", "partly", "not")

HALF = 0.6
"""The share of words and figures that must be there for a sentence to be partly supported; chosen on the dev half of the sample."""

_SIGNS = {
    "%": " procent ",
    "+": " och ",
    "&": " och ",
    "\N{NO-BREAK SPACE}": " ",
}
_SHORT = {
    "ht": "hösten",
    "vt": "våren",
    "lå": "läsåret",
    "v": "vecka",
    "fr": "från",
    "sen": "sedan",
    "st": "stycken",
    "tkr": "tusen kronor",
    "mkr": "miljoner kronor",
    "mnkr": "miljoner kronor",
    "kr": "kronor",
    "ca": "cirka",
    "må": "måndag",
    "on": "onsdag",
    "resp": "respektive",
}
_NUMBERS = {
    word: str(number)
    for number, word in enumerate("två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split(), start=2)
} | {"tjugo": "20", "trettio": "30", "fyrtio": "40", "femtio": "50"}
_DENIALS = frozenset("inte ej icke aldrig ingen inget inga utan nej saknas".split())
_FRAME = frozenset(
    """
    en ett den det de dem som att och eller men samt i på av till från med om för vid under efter hos mellan per nu även också fortfarande
    har hade är var vara varit bli blir blev blivit ska skulle kan får fick ha haft finns fanns gäller gällde redovisas redovisades hålls hölls
    hållits hålla sker skedde skett görs gjort gjorts gjordes när där då man vi oss vår våra deras sin sitt sina dess både ännu dock antalet antal
    bedrivs året år sedan totalt sammanlagt igång gång kommit kom ta tagit enligt stycken ut upp in ner
    """.split()
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:-[^\W\d_]+)*\.?|[,;:()]")
_PARTICLE = re.compile(r"^(?:ut|in|upp|ner|av|an|på|åter)(?=\w{4})")
_VOWELS = re.compile(r"[aeiouyåäö]")
_NEAR = 3
"""How many content words on one side of a figure can be what it counts."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A figure or content word of a text. ``word`` is in lower case, a full stop kept: it may be a shortened word."""

    word: str

    @property
    def is_figure(self) -> bool:
        return self.word[0].isdigit()


@dataclass(frozen=True, slots=True)
class _Text:
    """The units of a text in order, None for a comma or its like, and the places (in ``units``) before which something is denied."""

    units: tuple[_Unit | None, ...]
    denied: tuple[int, ...]


def support(sentence: str, sources: Sequence[str]) -> Verdict:
    """Whether ``sources`` together say all that ``sentence`` says, some of it, or nothing of weight. Without sources: "not"."""
    said = _read(sentence)
    texts = [_read(source) for source in sources]
    wanted = [unit for unit in said.units if unit is not None]
    if not texts:
        return "not"
    found = [any(_same(unit, other) for text in texts for other in text.units if other) for unit in wanted]
    if not _denials_agree(said, texts):
        return "not"
    share = sum(found) / len(found) if found else 1.0
    if all(found) and all(_bound(place, said, texts) for place, unit in enumerate(said.units) if unit and unit.is_figure):
        return "supported"
    return "partly" if share >= HALF else "not"


@cache
def _read(text: str) -> _Text:
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)
    text = re.sub(r"\b(?:20)?(\d\d)/(\d\d)\b", r"20\1 20\2", text)
    text = re.sub(r"(?<=\s)-(\d\d)\b", r"20\1", text)
    units: list[_Unit | None] = []
    denied = []
    for token in _words(text):
        if token in _DENIALS:
            denied.append(len(units))
        elif token in ",;:()":
            units.append(None)
        elif token not in _FRAME:
            units.append(_Unit(token))
    return _Text(tuple(units), tuple(denied))


def _words(text: str) -> Iterator[str]:
    """The tokens in lower case, shortened words and number words written out."""
    for token in _TOKEN.findall(text.casefold()):
        bare = token.rstrip(".")
        written = _SHORT.get(bare)
        if written is not None:
            yield from (word for word in written.split())
        elif bare in _FRAME or bare in _DENIALS or bare in _NUMBERS:
            yield _NUMBERS.get(bare, bare)
        else:
            yield token.replace(".", ",") if token[0].isdigit() else token


@cache
def _same(unit: _Unit, other: _Unit) -> bool:
    """Whether a unit of the sentence is one of a source: the same figure; the same word bent, shortened, or part of a compound."""
    if unit.is_figure or other.is_figure:
        return unit.word == other.word
    word, source = unit.word.rstrip("."), other.word.rstrip(".")
    if word == source or _stem(word) == _stem(source):
        return True
    if other.word.endswith(".") and len(source) >= 2 and word.startswith(source):
        return True
    if len(source) >= 3 and word.startswith(source):
        return True
    if len(source) >= 2 and not _VOWELS.search(source) and source[0] == word[0] and _is_skeleton(source, word):
        return True
    parts = {_stem(_PARTICLE.sub("", source)), _stem(source)}
    return any(_bent_or_part(_stem(word), part) for part in parts)


def _bent_or_part(one: str, two: str) -> bool:
    """Whether one stem bends like the other ("klarat", "klar"; "antog", "antag") or is the last or first part of it."""
    short, long = sorted((one, two), key=len)
    if short == long or (len(short) >= 4 and long.endswith(short)) or (len(short) >= 5 and long.startswith(short)):
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
    if shared >= 4 and len(long) - shared <= 3:
        return True
    return shared >= 3 and len(one) == len(two) and _VOWELS.sub("", one) == _VOWELS.sub("", two)


def _is_skeleton(short: str, word: str) -> bool:
    """Whether the letters of ``short`` come in this order in ``word``, as those of "dgr" in "dagar"."""
    letters = iter(word)
    return all(letter in letters for letter in short)


@cache
def _stem(word: str) -> str:
    from Stemmer import Stemmer

    stem: str = Stemmer("swedish").stemWord(word)
    return stem


def _bound(place: int, said: _Text, texts: Sequence[_Text]) -> bool:
    """Whether the figure at ``place`` counts in some source what it counts in the sentence; True where no source has that word."""
    figure = said.units[place]
    counted = _counted(said, place)
    if figure is None or not counted:
        return True
    for text in texts:
        for other, unit in enumerate(text.units):
            if unit is not None and _same(figure, unit):
                near = _counted(text, other)
                known = [word for word in counted if any(_same(word, one) for one in text.units if one)]
                if not known or not near or any(_same(word, one) for word in known for one in near):
                    return True
    return False


def _counted(text: _Text, place: int) -> list[_Unit]:
    """The words after a figure up to the next figure or comma; where there are none, those before it."""
    return _run(text.units[place + 1 :]) or _run(text.units[:place][::-1])


def _run(units: Sequence[_Unit | None]) -> list[_Unit]:
    found: list[_Unit] = []
    for unit in units:
        if unit is None or unit.is_figure or len(found) == _NEAR:
            break
        found.append(unit)
    return found


def _denials_agree(said: _Text, texts: Sequence[_Text]) -> bool:
    """What the sentence denies some source denies; what a source denies of words in the sentence, the sentence denies."""
    if said.denied:
        return any(text.denied for text in texts)
    words = [unit for unit in said.units if unit is not None]
    for text in texts:
        for place in text.denied:
            beside = [unit for unit in (*text.units[max(place - 1, 0) : place], *text.units[place : place + 1]) if unit is not None]
            if beside and all(any(_same(word, unit) for word in words) for unit in beside):
                return False
    return True
