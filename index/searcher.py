"""From a question to ranked owners: filters first, then words and meaning fused, ties by id.

Works on one generation of the derived parts, all in numpy; what it gives are owners (items or sections) by number. Knows nothing
of how hits are shown. Scores are rounded, so that what is equal but for the last bit stays equal and ties break by id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import passages
from index.analysis import char_ngrams
from index.lexical import FIELDS, K1, Postings, Texts, ngram_key, word_key
from index.query import Query
from index.vectors_part import VectorsState, shares
from index.weights import Weights
from index.words_part import WordsState

_CANDIDATES = 64
"""Owners taken from either side; all of them are then scored on both."""
_NEAREST = 160
"""Owners taken for their nearness; where no more than these are searched at all, every one is scored and none looked for."""
_PASSAGES = 8
"""An item has about this many passages at most, so that the nearest of so many times n are those of n items."""
_PART_CREDIT = 0.9
"""A compound whose parts are all there, but not as one word, counts this much of one that is there."""
_NEAR = 0.5
"""A misspelt word counts as met by a text that has this share of its n-grams, less by one that has fewer."""
_NOTHING = 1e-6
"""Texts that cancel each other out to a vector shorter than this say nothing together."""
_DIGITS = 6

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
    among: NDArray[np.int64],
    weights: Weights,
    keep_all: bool = False,
) -> list[Found]:
    """The best owners of those ``among`` (ascending), best first, at most ``limit``.

    What scores nothing is left out, or with ``keep_all`` comes last.
    """
    lexical = bm25(query, vocabulary, words, weights, among)
    if not (weights.dense or weights.dense_literal):
        vector = None  # meaning has no say
    places = np.arange(len(among))
    if len(among) > max(_NEAREST, limit):
        candidates = [_best(lexical, max(_CANDIDATES, limit))]
        if vector is not None and vectors is not None and vectors.size and vector.any():
            near = _nearest_owners(vector, vectors, among, max(_NEAREST, 4 * limit), weights)
            candidates.append(np.searchsorted(among, near))
        if keep_all:
            candidates.append(places[:limit])
        places = np.unique(np.concatenate(candidates))
    return rank(query, vocabulary, vector, words, vectors, among[places], lexical[places], weights, limit=limit, keep_all=keep_all)


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
    limit: int,
    keep_all: bool = False,
) -> list[Found]:
    """The best ``limit`` of those owners (ascending), best first; ``lexical`` is the BM25 of each.

    What scores nothing is left out unless ``keep_all``.
    """
    overlap, field = _overlap(query, vocabulary, words, owners)
    dense, dense_field = _dense(vector, vectors, owners, weights)
    literal = np.minimum(lexical / vocabulary.highest, 1.0) if vocabulary.highest > 0 else np.zeros(len(owners))
    nearly = weights.misspelt * _nearly(query, vocabulary, words, owners)
    literalness = min(float((overlap + nearly).max(initial=0.0)), 1.0)
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
            field[place] if overlap[place] > 0 or dense_field is None else dense_field(place),
        )
        for place in order[:limit].tolist()
    ]


def bm25(
    query: Query, vocabulary: Vocabulary, words: WordsState, weights: Weights, among: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The weighted BM25 of each owner of ``among``: each field's words and n-grams, times the field's weight."""
    scores = np.zeros(words.texts.size + 1, dtype=np.float32)  # the last one is that of no text
    words.texts.add_scores(scores[:-1], vocabulary.terms, [1.0] * len(query.terms))
    if weights.chars:
        words.texts.add_scores(scores[:-1], vocabulary.ngrams, [weights.chars] * len(query.ngrams))
    whole = len(among) == len(words.rows)
    total = np.zeros(len(among), dtype=np.float64)
    for name, numbers in zip(FIELDS, words.by_field, strict=True):
        weight = getattr(weights, name)
        if weight and numbers.max(initial=-1) >= 0:
            total += weight * scores[numbers if whole else numbers[among]]
    return total


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """The owners with the ``count`` highest scores above zero, and those that are equal to the last of them."""
    if len(scores) > count:
        least = np.partition(scores, -count)[-count]
        return np.flatnonzero((scores >= least) & (scores > 0))[: 4 * count]
    return np.flatnonzero(scores > 0)


def _nearest_owners(
    vector: NDArray[np.float32], vectors: VectorsState, among: NDArray[np.int64], count: int, weights: Weights
) -> NDArray[np.int64]:
    """The owners of ``among`` that have the passages nearest to the question, at most ``count``; of equal ones the first."""
    places, scale = vectors.places, _scale(weights)
    if len(among) < len(places.starts) - 1:
        passage = vectors.passages_of(among)
        flags = np.zeros(vectors.size, dtype=np.bool_)
        flags[places.vector[passage]] = True
        found, cosines = vectors.nearest(vector, count, flags)
        cosine = np.zeros(vectors.size, dtype=np.float32)
        cosine[found] = cosines
        value = cosine[places.vector[passage]] * scale[places.field[passage]]
    else:
        found, cosines = vectors.nearest(vector, count)
        first = places.vector_starts[found]
        order = np.argsort(-cosines * scale[places.field[places.by_vector[first]]], kind="stable")
        sizes = np.minimum(places.vector_starts[found + 1] - first, count)[order]  # of the many that share a heading, the first
        enough = int(np.searchsorted(np.cumsum(sizes), _PASSAGES * count)) + 1
        order, sizes = order[:enough], sizes[:enough]
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        passage = places.by_vector[np.repeat(first[order], sizes) + within].astype(np.int64)
        value = np.repeat(cosines[order], sizes) * scale[places.field[passage]]
    some = value > 0
    owner, value = places.owner[passage[some]], value[some]
    owners, first = np.unique(owner[np.lexsort((owner, -value))], return_index=True)
    return owners[np.argsort(first, kind="stable")][:count].astype(np.int64)


def _scale(weights: Weights) -> NDArray[np.float64]:
    return np.array([1.0 if name in ("comment", "section") else weights.dense_other for name in passages.FIELDS])


def _dense(
    vector: NDArray[np.float32] | None, vectors: VectorsState | None, owners: NDArray[np.int64], weights: Weights
) -> tuple[NDArray[np.float64], Callable[[int], str] | None]:
    """How near each owner is in meaning, 0 to 1, and a function that gives the field of its nearest passage, by the owner's place.

    That is the highest weighted cosine of its passages and the cosine of all its own fields together, in the shares of ``weights``.
    """
    dense = np.zeros(len(owners), dtype=np.float64)
    if vector is None or vectors is None or not len(owners):
        return dense, None
    found = vectors.passages_of(owners)  # owner by owner
    distinct, back = np.unique(vectors.places.vector[found], return_inverse=True)
    cosines = vectors.cosines(vector, distinct.astype(np.int64))[back].astype(np.float64)
    fields = vectors.places.field[found]
    values = cosines * _scale(weights)[fields]
    sizes = vectors.places.starts[owners + 1] - vectors.places.starts[owners]
    ends = np.cumsum(sizes)
    some = sizes > 0
    if some.any():
        dense[some] = np.maximum.reduceat(values, (ends - sizes)[some])
    if weights.dense_whole:
        place = np.repeat(np.arange(len(owners)), sizes)
        along = np.bincount(place, weights=shares(place, fields) * cosines, minlength=len(owners))
        length = vectors.places.length[owners]
        whole = np.divide(along, length, out=np.zeros_like(along), where=length > _NOTHING)
        dense += weights.dense_whole * (whole - dense)

    def field_of(place: int) -> str:
        if not sizes[place]:
            return "comment"
        first = int(ends[place] - sizes[place])
        return _SHOWN[int(fields[first + int(values[first : ends[place]].argmax())])]

    return np.clip(dense, 0.0, 1.0), field_of


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


def _nearly(query: Query, vocabulary: Vocabulary, words: WordsState, owners: NDArray[np.int64]) -> NDArray[np.float64]:
    """The share of the question's information in misspelt words that each owner has almost as they are written.

    A word that no text has, and that is no Swedish word, has nothing to give by meaning; what its n-grams meet says what was meant.
    """
    nearly = np.zeros(len(owners), dtype=np.float64)
    known = dict(zip(query.terms, vocabulary.terms.frequency.tolist(), strict=True))
    for word, worth in zip(query.words, vocabulary.word_worth, strict=True):
        if not word.strange or known[word.stem]:
            continue
        numbers = words.numbers[owners].astype(np.int64)
        distinct, back = np.unique(numbers, return_inverse=True)
        real = distinct >= 0
        met = np.zeros(len(distinct), dtype=np.float64)
        ngrams = char_ngrams(word.token)
        for ngram in ngrams:
            met[real] += words.texts.has(vocabulary.ngrams, query.ngrams.index(ngram), distinct[real])
        agreement = (met / len(ngrams))[back.reshape(numbers.shape)].max(axis=1)
        nearly += worth * np.minimum(agreement / _NEAR, 1.0)
    return nearly


def _credit(stem: str, parts: Sequence[str], held: dict[str, NDArray[np.bool_]], idf: dict[str, float]) -> NDArray[np.float64]:
    """How much of a word is there: all of it, or what its compound parts make of it."""
    whole = held[stem].astype(np.float64)
    total = sum(idf[part] for part in parts)
    if total <= 0:
        return whole
    through_parts = _PART_CREDIT * sum((idf[part] * held[part] for part in parts), np.zeros_like(whole)) / total
    return np.maximum(whole, through_parts)
