"""A topic's words as the reports write them: å ä ö put back, slips of the finger mended, another form of a word met.

A word is only changed where the comments at hand do not have it and have one that it is nearly; words that mean something else are left
alone. Knows nothing of search beyond the texts it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.words import FUNCTION_WORDS, distance, fold, stem, words

_LETTERS = re.compile(r"[^\W\d_]+")
_ENDINGS = ("s", "n", "t", "en", "et", "ens", "ets", "ar", "er", "or", "na", "arna", "erna", "orna", "arnas", "ernas")


def corrected(topic: str, texts: Iterable[str]) -> str:
    """``topic`` with the words that ``texts`` do not have replaced by those that they nearly are; unchanged where none is."""
    known = sorted(set(_LETTERS.findall("\n".join(texts).lower())))
    if not known:
        return topic
    by_fold: dict[str, str] = {}
    for low, folded in zip(known, fold("\n".join(known)).split("\n"), strict=True):
        by_fold.setdefault(folded, low)
    result, last = [], 0
    for word in words(topic):
        meant = _meant(word.text.lower(), frozenset(known), by_fold)
        if meant:
            result += [topic[last : word.start], meant]
            last = word.end
    return "".join([*result, topic[last:]])


def _meant(low: str, known: frozenset[str], by_fold: dict[str, str]) -> str | None:
    folded = fold(low)
    if low in known or folded in FUNCTION_WORDS or len(low) < 4 or not low.isalpha():
        return None
    if folded in by_fold:
        return by_fold[folded]
    if _has(low, known):
        return None
    base = stem(folded)
    for other, written in by_fold.items():
        if other[:3] == base[:3] and stem(other) == base:
            return written
    if _is_word(low):
        return None
    limit = 2 if len(low) >= 10 else 1 if len(low) >= 5 else 0
    near = [
        (distance(folded, other, limit), abs(len(other) - len(folded)), written)
        for other, written in by_fold.items()
        if len(other) >= 4
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
