"""The place of a text that answers a question best: a sentence, or the few that make one point.

Knows nothing of the index: it is given how much each term of the question is worth and, where there are vectors, how near each
passage is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from corpus.sentences import split
from index.analysis import terms, tokens_within

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
    sentences = analysed(text)
    if not sentences:
        return Place(0, 0)
    whole = "".join(sentence.marked for sentence in sentences)
    told = [(term, value) for term, value in worth.items() if _piece(term) in whole]
    letters = _letters_worth(sentences, whole, ngram_worth)
    scores = []
    for sentence, by_letters in zip(sentences, letters, strict=True):
        score = sum(value for term, value in told if sentence.holds(term))
        score += _NGRAM_SHARE * by_letters
        cosine = max((value for start, end, value in near if start < sentence.end and sentence.start < end), default=0.0)
        scores.append(score + _NEARNESS * max(cosine, 0.0))
    best = max(range(len(sentences)), key=lambda number: (scores[number], -number))
    last = best
    while last + 1 < len(sentences) and len(text[sentences[best].start : sentences[last].end].split()) < _SHORT:
        last += 1
    return Place(sentences[best].start, sentences[last].end)


def _letters_worth(sentences: Sequence[Sentence], whole: str, ngram_worth: Mapping[str, float]) -> list[float]:
    """What the n-grams in each sentence are worth together; ``whole`` is the sentences one behind the other."""
    ends = list(accumulate(len(sentence.marked) for sentence in sentences))
    worth = [0.0] * len(sentences)
    for ngram, value in ngram_worth.items():
        at = whole.find(ngram)
        while at >= 0:
            number = bisect_right(ends, at)
            worth[number] += value
            at = whole.find(ngram, ends[number])
    return worth


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words, and these side by side with marks between them, where each n-gram is a piece."""

    start: int
    end: int
    words: tuple[str, ...]
    marked: str

    def holds(self, term: str) -> bool:
        """Whether one of its words has the term; few of them need be taken apart to see it."""
        piece = _piece(term)
        return piece in self.marked and any(piece in word and term in terms(word) for word in self.words)


@lru_cache(maxsize=1024)
def _piece(term: str) -> str:
    """What a word must hold to have the term: a stem is the word's beginning, and a part of a compound differs from how it stands
    there in its last letter at most. Numbers and the shortest terms are words of their own, as they stand."""
    return term[:-1] if len(term) > 2 and term.isalpha() else term


@lru_cache(maxsize=4096)
def analysed(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text``, remembered for the next question that meets it."""
    spans = [(sentence.start, sentence.end) for sentence in split(text)]
    words = tokens_within(text, spans)
    return tuple(Sentence(*span, tuple(own), f"_{'_'.join(own)}_") for span, own in zip(spans, words, strict=True))
