"""From a question to ranked owners: filters first, then words and meaning fused, ties by id.

Works on one generation of the derived parts, all in numpy; what it gives are owners (items or sections) by number. Knows nothing
of how hits are shown. Scores are rounded, so that what is equal but for the last bit stays equal and ties break by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import passages
from index.lexical import FIELDS, K1, Postings, Texts, ngram_key, word_key
from index.query import Query
from index.vectors_part import VectorsState
from index.weights import Weights
from index.words_part import WordsState

_CANDIDATES = 64
"""Owners taken from either side; all of them are then scored on both."""
_NEAREST = 160
_PART_CREDIT = 0.9
"""A compound whose parts are all there, but not as one word, counts this much of one that is there."""
_DIGITS = 6

_DENSE_NAMES = {
    "comment": "dense_comment",
    "question": "dense_question",
    "statement": "dense_statement",
    "expected_result": "dense_expected_result",
    "area": "dense_heading",
    "plan": "dense_heading",
    "section": "dense_section",
}


_SHOWN = ["heading" if name in ("area", "plan") else name for name in passages.FIELDS]


@dataclass(frozen=True, slots=True)
class Found:
    """An owner with its scores; ``field`` is where the question matched best."""

    owner: int
    score: float
    dense: float
    lexical: float
    overlap: float
    field: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A question's terms and n-grams as this generation sees them, with how rare they are."""

    terms: Postings
    ngrams: Postings
    word_worth: tuple[float, ...]
    highest: float

    @classmethod
    def of(cls, query: Query, texts: Texts, weights: Weights) -> Vocabulary:
        """Look up ``query``. ``word_worth`` is each word's share of the question's information.

        ``highest`` bounds BM25 from above.
        """
        terms = texts.look_up([word_key(term) for term in query.terms])
        ngrams = texts.look_up([ngram_key(ngram) for ngram in query.ngrams])
        idf = dict(zip(query.terms, terms.idf.tolist(), strict=True))
        known = dict(zip(query.terms, (terms.frequency > 0).tolist(), strict=True))
        worth = []
        highest = 0.0
        for word in query.words:
            parts = [part for part in word.parts if known[part]]
            through_parts = sum(idf[part] for part in parts)
            whole = idf[word.stem] if known[word.stem] or not parts else min(idf[word.stem], through_parts)
            worth.append(whole)
            highest += (idf[word.stem] if known[word.stem] or not parts else 0.0) + through_parts
        ngram_idf = float(ngrams.idf.sum()) if len(ngrams.idf) else 0.0
        total = sum(worth) or 1.0
        return cls(terms, ngrams, tuple(value / total for value in worth), (K1 + 1) * (highest + weights.chars * ngram_idf))


def search(
    query: Query,
    vector: NDArray[np.float32] | None,
    words: WordsState,
    vectors: VectorsState | None,
    vocabulary: Vocabulary,
    *,
    limit: int,
    allowed: NDArray[np.bool_],
    weights: Weights,
) -> list[Found]:
    """The best owners of those ``allowed`` (one flag an owner), best first, at most ``limit``; what scores nothing is left out."""
    lexical = bm25(query, vocabulary, words, weights)
    lexical[~allowed] = 0.0
    candidates = [_best(lexical, max(_CANDIDATES, limit))]
    if vector is not None and vectors is not None and vectors.size and vector.any():
        candidates.append(_nearest_owners(vector, vectors, allowed, max(_NEAREST, 4 * limit), weights))
    owners = np.unique(np.concatenate(candidates))
    return rank(query, vocabulary, vector, words, vectors, owners, lexical, weights, limit=limit)


def rank(
    query: Query,
    vocabulary: Vocabulary,
    vector: NDArray[np.float32] | None,
    words: WordsState,
    vectors: VectorsState | None,
    owners: NDArray[np.int64],
    lexical: NDArray[np.float64],
    weights: Weights,
    *,
    limit: int | None = None,
    keep_all: bool = False,
) -> list[Found]:
    """The best ``limit`` (None: all) of those owners (ascending), best first; ``lexical`` holds the BM25 of all owners.

    What scores nothing is left out unless ``keep_all``.
    """
    overlap, field = _overlap(query, vocabulary, words, owners)
    dense, dense_field = _dense(vector, vectors, owners, weights)
    literal = np.minimum(lexical[owners] / vocabulary.highest, 1.0) if vocabulary.highest > 0 else np.zeros(len(owners))
    literalness = float(overlap.max(initial=0.0))
    share = weights.dense_share(literalness) if vectors is not None and vector is not None else 0.0
    score = np.round(share * dense + (1 - share) * literal, _DIGITS)
    order = np.argsort(-score, kind="stable")  # owners ascend by id: equal scores keep that order
    if not keep_all:
        order = order[score[order] > 0]
    return [
        Found(
            int(owners[place]),
            float(score[place]),
            round(float(dense[place]), _DIGITS),
            round(float(literal[place]), _DIGITS),
            round(float(overlap[place]), _DIGITS),
            field[place] if overlap[place] > 0 or not dense_field else dense_field[place],
        )
        for place in order[:limit].tolist()
    ]


def bm25(query: Query, vocabulary: Vocabulary, words: WordsState, weights: Weights) -> NDArray[np.float64]:
    """The weighted BM25 of every owner: each field's words and n-grams, times the field's weight."""
    scores = np.zeros(words.texts.size + 1, dtype=np.float32)  # the last one is that of no text
    words.texts.add_scores(scores[:-1], vocabulary.terms, [1.0] * len(query.terms))
    if weights.chars:
        words.texts.add_scores(scores[:-1], vocabulary.ngrams, [weights.chars] * len(query.ngrams))
    total = np.zeros(len(words.rows), dtype=np.float64)
    for place, name in enumerate(FIELDS):
        if weight := getattr(weights, name):
            total += weight * scores[words.numbers[:, place]]
    return total


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The owners with the ``count`` highest scores above zero, and those that are equal to the last of them."""
    if len(scores) > count:
        least = np.partition(scores, -count)[-count]
        return np.flatnonzero((scores >= least) & (scores > 0))[: 4 * count]
    return np.flatnonzero(scores > 0)


def _nearest_owners(
    vector: NDArray[np.float32], vectors: VectorsState, allowed: NDArray[np.bool_], count: int, weights: Weights
) -> NDArray[np.int64]:
    """The allowed owners of the passages nearest to the question; of the many that share a question or heading only the nearest."""
    flags = None
    if not allowed.all():
        flags = np.zeros(vectors.size, dtype=np.bool_)
        flags[vectors.places.vector[allowed[vectors.places.owner]]] = True
    found, cosines = vectors.nearest(vector, count, flags)
    passage = vectors.passages_with(found)
    value = np.zeros(vectors.size, dtype=np.float32)
    value[found] = cosines
    values = value[vectors.places.vector[passage]] * _scale(weights)[vectors.places.field[passage]]
    owner = vectors.places.owner[passage]
    inside = allowed[owner]
    order = np.lexsort((owner[inside], -values[inside]))
    owners, first = np.unique(owner[inside][order], return_index=True)
    return owners[np.argsort(first, kind="stable")][:count].astype(np.int64)


def _scale(weights: Weights) -> NDArray[np.float64]:
    return np.array([getattr(weights, _DENSE_NAMES[name]) for name in passages.FIELDS])


def _dense(
    vector: NDArray[np.float32] | None, vectors: VectorsState | None, owners: NDArray[np.int64], weights: Weights
) -> tuple[NDArray[np.float64], list[str]]:
    """Each owner's highest weighted cosine, never below 0, and the field it comes from."""
    best = np.zeros(len(owners), dtype=np.float64)
    fields = ["comment"] * len(owners)
    if vector is None or vectors is None or not len(owners):
        return best, []
    found = vectors.passages_of(owners)
    distinct, back = np.unique(vectors.places.vector[found], return_inverse=True)
    cosines = vectors.cosines(vector, distinct.astype(np.int64))[back].astype(np.float64)
    values = cosines * _scale(weights)[vectors.places.field[found]]
    order = np.lexsort((np.arange(len(values)), -values, vectors.places.owner[found]))  # by owner, the highest first
    first = order[np.flatnonzero(np.diff(vectors.places.owner[found][order], prepend=-1))]
    place = np.searchsorted(owners, vectors.places.owner[found][first])
    best[place] = np.clip(values[first], 0.0, 1.0)
    for at, field in zip(place.tolist(), vectors.places.field[found][first].tolist(), strict=True):
        fields[at] = _SHOWN[field]
    return best, fields


def _overlap(
    query: Query, vocabulary: Vocabulary, words: WordsState, owners: NDArray[np.int64]
) -> tuple[NDArray[np.float64], list[str]]:
    """The share of the question's information that each owner holds, and the field that holds most of it."""
    numbers = words.numbers[owners].astype(np.int64)
    distinct, back = np.unique(numbers, return_inverse=True)
    back = back.reshape(numbers.shape)
    real = distinct >= 0
    held: dict[str, NDArray[np.bool_]] = {}
    for place, term in enumerate(query.terms):
        flags = np.zeros(len(distinct), dtype=np.bool_)
        flags[real] = words.texts.has(vocabulary.terms, place, distinct[real])
        held[term] = flags[back]
    idf = dict(zip(query.terms, vocabulary.terms.idf.tolist(), strict=True))
    total = np.zeros(len(owners), dtype=np.float64)
    by_field = np.zeros(numbers.shape, dtype=np.float64)
    for word, worth in zip(query.words, vocabulary.word_worth, strict=True):
        by_field += worth * _credit(word.stem, word.parts, held, idf)
        anywhere = {term: np.asarray(held[term].any(axis=1, keepdims=True)) for term in (word.stem, *word.parts)}
        total += worth * _credit(word.stem, word.parts, anywhere, idf)[:, 0]
    best = by_field.argmax(axis=1) if len(owners) else np.zeros(0, dtype=np.int64)
    return np.clip(total, 0.0, 1.0), [FIELDS[place] for place in best.tolist()]


def _credit(stem: str, parts: Sequence[str], held: dict[str, NDArray[np.bool_]], idf: dict[str, float]) -> NDArray[np.float64]:
    """How much of a word is there: all of it, or what its compound parts make of it."""
    whole = held[stem].astype(np.float64)
    total = sum(idf[part] for part in parts)
    if total <= 0:
        return whole
    through_parts = _PART_CREDIT * sum((idf[part] * held[part] for part in parts), np.zeros_like(whole)) / total
    return np.maximum(whole, through_parts)
