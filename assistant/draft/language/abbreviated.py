"""Shortened words of a note and the whole words of a sentence that they may stand for: "ers.lokal", "fsk" and "HLR".

The reverse of ``shorthand``: there a list says what an abbreviation becomes, here a word that somebody wrote is held against the letters that
the note has. Knows nothing of what either text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_CHUNK = re.compile(r"[^\W\d_]+(?:[.-][^\W\d_]+)*\.?")
_VOWELS = re.compile(r"[aeiouyåäö]")
_ENDING = r"(?:\w{0,4})$"
_LEAST = 3  # letters that a cut word must keep
_LONG = 6  # letters in their order that make chance unlikely: "grpbostad", "introprogr."


def spelled_with(note: str, words: Iterable[str]) -> dict[str, str]:
    """The shortened words of ``note`` with the first of ``words`` (small letters) that each may stand for."""
    found: dict[str, str] = {}
    words, all_words = [word for word in words if len(word) > _LEAST], list(words)
    for short in shortened(note):
        long = next((word for word in words if stands_for(short, word)), None) or _phrase(short, all_words)
        if long is not None:
            found[short] = long
    return found


def _phrase(short: str, words: Sequence[str]) -> str | None:
    """The words in a row whose first letters are those of ``short``: "TiB" is "tjänstemannen i beredskap"."""
    letters, _, tail = short.lower().rstrip(".").partition("-")
    if not letters.isalpha() or sum(letter.isupper() for letter in short) < 2:
        return None
    rows = (words[at : at + len(letters)] for at in range(len(words) - len(letters) + 1))
    return next((" ".join(row) for row in rows if [word[0] for word in row] == list(letters) and row[-1].endswith(tail)), None)


@lru_cache(maxsize=1024)
def shortened(note: str) -> tuple[str, ...]:
    """The words of ``note`` as it was written that look shortened, in order: with a full stop in or after them, without vowels, or in capitals."""
    found = [match.group() for match in _CHUNK.finditer(note)]
    return tuple(dict.fromkeys(word for word in found if _looks_short(word)))


def _looks_short(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    if len(letters) < 2:
        return False
    first = re.split(r"[.-]", word)[0]
    return (
        "." in word
        or sum(letter.isupper() for letter in letters) > 1
        or not _VOWELS.search(first.lower())
        or bool(re.match(r"[^aeiouyåäö]{3}", first.lower()))
    )


def stands_for(short: str, word: str) -> bool:
    """Whether ``short`` of a note may be how somebody in a hurry wrote ``word``."""
    low, whole = short.lower(), word.lower()
    pieces = [piece for piece in re.split(r"[.-]", low) if piece]
    letters = "".join(pieces)
    if not pieces or low[0] != whole[0] or len(whole) <= len(letters) or len(whole) < 4:
        return False
    if "." in low and len(letters) >= _LEAST:
        end = r"\w*$" if low.endswith(".") else _ENDING
        if re.match(r"\w*".join(re.escape(piece) for piece in pieces) + end, whole.replace("-", "")):
            return True
    first, rest = pieces[0], "".join(pieces[1:])
    if not re.search(r"[aeiouyåäö]", first) or short.isupper():
        return len(letters) >= _LEAST and _in_order(first, rest + (_ENDING if rest else ""), whole)
    return len(letters) >= _LONG and _in_order(letters, "", whole)


def _in_order(letters: str, rest: str, whole: str) -> bool:
    """Whether ``letters`` stand in ``whole`` in their order and from its first on, and then what the pattern ``rest`` says."""
    return re.match(r"[\w-]*?".join(re.escape(letter) for letter in letters) + (rf"{rest}" if rest else ""), whole) is not None
