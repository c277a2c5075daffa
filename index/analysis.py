"""Swedish text as the terms that the lexical index holds: words folded, stemmed, split into compound parts; and character n-grams.

å ä ö are letters of their own and never folded; codes ("5:2", "4.1") and numbers stay whole. The same analysis serves the texts and
the questions. Knows nothing of documents, weights or ranking.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from index.compounds import Lexicon

if TYPE_CHECKING:
    from Stemmer import Stemmer

NGRAM = 5
"""Letters in a character n-gram, the mark at either end of a word counted."""

VERSION = 1
"""Counted up with every change that gives other terms: what was derived with another version is made anew."""

_NUMBER = r"\d+(?:[:.,]\d+)+"
_WORD = re.compile(rf"{_NUMBER}|[^\W_]+")
_WORD_IN_PIECES = re.compile(rf"{_NUMBER}|(?:[^\W_][\u0300-\u036f]*)+")  # letters with their accents behind them (NFD)


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: ``text[start:end]``, and ``folded``, how it is compared."""

    start: int
    end: int
    folded: str


def fold(text: str) -> str:
    """``text`` composed (NFC) and without case. "Å" and "A" followed by a ring are both "å"; "ä" is never "a"."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def tokens(text: str) -> list[str]:
    """The folded words, numbers and codes of ``text`` in order; marks, signs and lower lines fall away. Blank text gives []."""
    return _WORD.findall(fold(text))


def tokens_within(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[list[str]]:
    """``tokens(text[start:end])`` for each of the spans; folded together, which is faster."""
    folded = text.casefold()
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", text) and unicodedata.is_normalized("NFC", folded):
        for start, end in spans:  # each character is one in both
            yield _WORD.findall(folded, start, end)
    else:
        for start, end in spans:
            yield tokens(text[start:end])


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` with their places, for marking them: the same as ``tokens``, in the text as it is written."""
    pattern = _WORD if unicodedata.is_normalized("NFC", text) else _WORD_IN_PIECES
    for match in pattern.finditer(text):
        yield Word(match.start(), match.end(), fold(match.group()))


def analyse(text: str) -> list[str]:
    """The terms of ``text``: for each word its stem and then the stems of its compound parts, in order."""
    return [term for token in tokens(text) for term in terms(token)]


@lru_cache(maxsize=1 << 18)
def terms(token: str) -> tuple[str, ...]:
    """The terms of one folded word: its stem first, then those of its compound parts that differ from it."""
    whole = stem(token)
    parts = (stem(part) for part in lexicon().parts(token))
    return tuple(dict.fromkeys((whole, *parts)))


def stem(token: str) -> str:
    """The Snowball stem of a folded word; a number or code is its own stem.

    Snowball leaves the definite form of words in -a alone (skolan, skola); where the lexicon has the word in -a, its stem is taken.
    """
    if not token.isalpha():
        return token
    base = token[:-1] if token.endswith("s") and token.endswith("ans") else token
    if base.endswith("an") and len(base) > 4 and base[:-1] in lexicon():
        token = base[:-1]
    return str(_stemmer().stemWord(token))


@lru_cache(maxsize=1 << 18)
def char_ngrams(token: str) -> tuple[str, ...]:
    """The runs of NGRAM characters of one folded word with a mark at both ends; a word too short for one is its own run.

    They meet where stems do not: in misspelt words, in compounds that no lexicon has, in other forms of a word.
    """
    marked = f"_{token}_"
    if len(marked) <= NGRAM:
        return (marked,)
    return tuple(marked[at : at + NGRAM] for at in range(len(marked) - NGRAM + 1))


def is_stopword(token: str) -> bool:
    """Whether a folded word only holds a question together ("vad", "gjorde", "för") and says nothing of its subject."""
    return token in _stopwords()


def is_word(token: str) -> bool:
    """Whether a folded word is one of the lexicon's, in this form or without its ending, or is made of them."""
    return lexicon().knows(token)


def words_that_begin_with(start: str) -> list[str]:
    """The lexicon's words that begin with the folded ``start`` and are longer, in alphabetical order; [] for none. Compounds are not made."""
    return sorted(word for word in lexicon().frequency if word.startswith(start) and len(word) > len(start))


@cache
def lexicon() -> Lexicon:
    """The word list with frequencies that comes with the program."""
    return Lexicon.load()


@cache
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("swedish")


@cache
def _stopwords() -> frozenset[str]:
    text = resources.files("index").joinpath("data/stopwords.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
