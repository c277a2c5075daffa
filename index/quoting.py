"""The place of a text that answers a question best: a sentence, or the few that make one point.

Knows nothing of the index: it is given how much each term of the question is worth and, where there are vectors, how near each
passage is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.sentences import split
from index.analysis import terms, tokens

_SHORT = 8
"""A best sentence with fewer words than this (a heading, "Ja.") takes the one after it along."""
_NEARNESS = 0.5
_NGRAM_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` is the quote."""

    start: int
    end: int


def best_place(
    text: str,
    worth: Mapping[str, float],
    ngram_worth: Mapping[str, float],
    near: Sequence[tuple[int, int, float]] = (),
) -> Place:
    """Where ``text`` answers best.

    ``worth`` and ``ngram_worth`` are the weights of the question's terms and n-grams, each adding up to about 1; ``near`` are
    slices of
    ``text`` with their cosines to the question. Of equal sentences the first is taken; blank text gives 0, 0.
    """
    sentences = _sentences(text)
    if not sentences:
        return Place(0, 0)
    scores = []
    for sentence in sentences:
        score = sum(value for term, value in worth.items() if term in sentence.terms)
        score += _NGRAM_SHARE * sum(value for ngram, value in ngram_worth.items() if ngram in sentence.marked)
        cosine = max((value for start, end, value in near if start < sentence.end and sentence.start < end), default=0.0)
        scores.append(score + _NEARNESS * max(cosine, 0.0))
    best = max(range(len(sentences)), key=lambda number: (scores[number], -number))
    last = best
    while last + 1 < len(sentences) and len(text[sentences[best].start : sentences[last].end].split()) < _SHORT:
        last += 1
    return Place(sentences[best].start, sentences[last].end)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its terms, and its words side by side with marks between them, where each n-gram is a piece."""

    start: int
    end: int
    terms: frozenset[str]
    marked: str


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[_Sentence, ...]:
    found = []
    for sentence in split(text):
        words = tokens(sentence.text)
        found.append(
            _Sentence(
                sentence.start, sentence.end, frozenset(term for word in words for term in terms(word)), f"_{'_'.join(words)}_"
            )
        )
    return tuple(found)
