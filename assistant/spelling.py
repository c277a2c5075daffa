"""A topic's words as the reports write them: å ä ö put back, slips of the finger mended, another form of a word met.

A word is only changed where the comments at hand do not have it and have one that it is nearly; words that mean something else are left
alone. Knows nothing of search beyond the texts it is given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from assistant.words import FUNCTION_WORDS, distance, fold, stem, words

_LETTERS = re.compile(r"[^\W\d_]+")
_AGENT = re.compile(r"are(?:n|s|ns)?$")  # "langare" is no form of "lång"
_ENDINGS = ("s", "n", "t", "en", "et", "ens", "ets", "ar", "er", "or", "na", "arna", "erna", "orna", "arnas", "ernas")


def corrected(topic: str, texts: Iterable[str], *, keep: Collection[str] = ()) -> str:
    """``topic`` with the words that ``texts`` do not have replaced by those that they nearly are; unchanged where none is.

    The words of ``keep`` (folded) are left alone.
    """
    known = sorted(set().union(*map(_letters, texts)))
    if not known:
        return topic
    by_fold: dict[str, str] = {}
    for low, folded in zip(known, fold("\n".join(known)).split("\n"), strict=True):
        by_fold.setdefault(folded, low)
    result, last, there = [], 0, frozenset(known)
    for word in words(topic):
        meant = None if word.folded in keep else _meant(word.text.lower(), there, by_fold)
        if meant:
            result += [topic[last : word.start], meant]
            last = word.end
    return "".join([*result, topic[last:]])


@lru_cache(maxsize=4096)
def _letters(text: str) -> frozenset[str]:
    """The words of a text in small letters, remembered for the next question that meets it."""
    return frozenset(_LETTERS.findall(text.lower()))


def _meant(low: str, known: frozenset[str], by_fold: dict[str, str]) -> str | None:
    folded = fold(low)
    if low in known or folded in FUNCTION_WORDS or len(low) < 4 or not low.isalpha():
        return None
    if folded in by_fold:
        return by_fold[folded]
    if _has(low, known):
        return None
    base, is_word = stem(folded), _is_word(low)
    for other, written in by_fold.items():
        alike = other[:3] == base[:3] and stem(other) == base and (len(base) > 4 or _doubled(other, base) == _doubled(folded, base))
        alike = alike and bool(_AGENT.search(other)) == bool(_AGENT.search(folded))
        if alike and not (is_word and written[: len(base)] != low[: len(base)]):
            return written
    if is_word:
        return None
    limit = 2 if len(low) >= 10 else 1 if len(low) >= 5 else 0
    near = [
        (distance(folded, other, limit), abs(len(other) - len(folded)), written)
        for other, written in by_fold.items()
        if len(other) >= 4 and (limit == 1 or other[0] == folded[0])
    ]
    best = min((entry for entry in near if entry[0] <= limit), default=None)
    if best is None and len(folded) >= 8:  # misspelt and in another form: "skydsrond" of "skyddsronder"
        near = [
            (distance(base, stem(other), limit), 0, written)
            for other, written in by_fold.items()
            if abs(len(other) - len(folded)) <= 4
        ]
        best = min((entry for entry in near if entry[0] <= limit), default=None)
    return best[2] if best else None


def _doubled(word: str, base: str) -> bool:
    """Whether the last consonant of a stem is doubled in the word: "bussar", not "bus"."""
    return word[len(base) : len(base) + 1] == base[-1:]


def _has(low: str, known: frozenset[str]) -> bool:
    """Whether the comments have the word in a form that search meets anyway."""
    from index.analysis import stem as search_stem

    wanted = search_stem(low)
    return any(other[:3] == low[:3] and search_stem(other) == wanted for other in known)


def _is_word(low: str) -> bool:
    """Whether it is a Swedish word of its own, so that nothing is mended."""
    from index.analysis import lexicon

    found = lexicon()
    bases = [low.removesuffix(ending) for ending in _ENDINGS if low.endswith(ending)]
    return any(base in found or bool(found.parts(base)) for base in [low, *bases])
