"""From a question to ranked owners: filters first, then words and meaning fused, ties by id.

Works on one generation of the derived parts, all in numpy; what it gives are owners (items or sections) by number. Knows nothing
of how hits are shown. Scores are rounded, so that what is equal but for the last bit stays equal and ties break by id.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import passages
from index.analysis import char_ngrams
from index.lexical import FIELDS, K1, Postings, Texts, ngram_key, word_key
from index.nearness import Nearness
from index.query import Query
from index.vectors_part import shares
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
_WHOLE_DIGITS = 12
"""Shares that add up to 1 do so in this many digits."""

_Held = Mapping[str, NDArray[np.bool_]]
"""By term of the question: whether each field (in the order of ``lexical.FIELDS``) of each of some owners holds it; owners × fields."""

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
    near: Nearness | None,
    words: WordsState,
    vocabulary: Vocabulary,
    *,
    limit: int,
    among: NDArray[np.int64],
    weights: Weights,
    keep_all: bool = False,
) -> list[Found]:
    """The best owners of those ``among`` (ascending), best first, at most ``limit``.

    ``near`` is None where words alone count. What scores nothing is left out, or with ``keep_all`` comes last.
    """
    lexical = bm25(query, vocabulary, words, weights, among)
    if not (weights.dense or weights.dense_literal):
        near = None  # meaning has no say

    def worded(places: NDArray[np.int64]) -> Worded:
        return Worded.of(query, vocabulary, words, among[places], lexical[places], weights)

    if len(among) <= max(_NEAREST, limit):
        return rank(worded(np.arange(len(among))), near, weights, limit=limit, keep_all=keep_all)
    count = max(_CANDIDATES, limit)
    places = _best(lexical, count)
    if keep_all:
        places = np.union1d(places, np.arange(limit))
    candidates = worded(places)
    if near is not None and near.anything and (keep_all or not _settled(candidates, weights, count, limit)):
        nearest = np.searchsorted(among, _nearest_owners(near, among, max(_NEAREST, 4 * limit), weights))
        candidates = candidates.with_(worded(np.setdiff1d(nearest, places)))
    return rank(candidates, near, weights, limit=limit, keep_all=keep_all)


@dataclass(frozen=True, slots=True)
class Worded:
    """What the words of the question say of some ``owners``, in any order: everything about them but their meaning.

    ``literal`` is the BM25 of each as a share of the highest there could be, ``overlap`` the share of the question's information that
    it holds, ``nearly`` the share that it almost holds; ``held`` which of its fields hold which terms.
    """

    query: Query
    vocabulary: Vocabulary
    owners: NDArray[np.int64]
    literal: NDArray[np.float64]
    overlap: NDArray[np.float64]
    nearly: NDArray[np.float64]
    held: _Held

    @classmethod
    def of(
        cls,
        query: Query,
        vocabulary: Vocabulary,
        words: WordsState,
        owners: NDArray[np.int64],
        lexical: NDArray[np.float64],
        weights: Weights,
    ) -> Worded:
        """Those owners looked at; ``lexical`` is the BM25 of each."""
        held = _held(query, vocabulary, words, owners)
        literal = np.minimum(lexical / vocabulary.highest, 1.0) if vocabulary.highest > 0 else np.zeros(len(owners))
        nearly = weights.misspelt * _nearly(query, vocabulary, words, owners)
        return cls(query, vocabulary, owners, literal, _overlap(query, vocabulary, held, len(owners)), nearly, held)

    def with_(self, other: Worded) -> Worded:
        """These owners and then those of ``other``, looked at for the same question."""
        return Worded(
            self.query,
            self.vocabulary,
            np.concatenate((self.owners, other.owners)),
            np.concatenate((self.literal, other.literal)),
            np.concatenate((self.overlap, other.overlap)),
            np.concatenate((self.nearly, other.nearly)),
            {term: np.concatenate((flags, other.held[term])) for term, flags in self.held.items()},
        )

    @property
    def literalness(self) -> float:
        """The most of the question's information that one of the owners holds or almost holds, 0 to 1; all of it is 1 to the bit."""
        return min(round(float((self.overlap + self.nearly).max(initial=0.0)), _WHOLE_DIGITS), 1.0)


def _settled(candidates: Worded, weights: Weights, count: int, limit: int) -> bool:
    """Whether the best ``limit`` owners are surely among ``candidates``, the ``count`` with the highest BM25, whatever others mean.

    So it is where one of them holds the whole question, so that no other can hold more, and meaning has no share then (as by the
    ordinary weights). Fewer than ``count`` are all that have a score; else any other's is no higher than the lowest here, and only one
    as high as the last that is wanted might take its place, by its id.
    """
    if candidates.literalness < 1 or weights.dense_share(1.0) != 0:
        return False
    scores = np.round(candidates.literal, _DIGITS)
    return len(scores) < count or bool(np.sort(scores)[-limit] > scores.min())


def rank(candidates: Worded, near: Nearness | None, weights: Weights, *, limit: int, keep_all: bool = False) -> list[Found]:
    """The best ``limit`` of the candidates, best first. What scores nothing is left out unless ``keep_all``."""
    owners, literal = candidates.owners, candidates.literal
    share = weights.dense_share(candidates.literalness) if near is not None else 0.0
    dense = _dense(near, owners, weights)[0] if share else np.zeros(len(owners))
    score = np.round(share * dense + (1 - share) * literal, _DIGITS)
    order = np.lexsort((owners, -score))  # owners ascend by id: so do those of equal scores
    if not keep_all:
        order = order[score[order] > 0]
    order = order[:limit]
    dense, nearest_field = _dense(near, owners[order], weights)
    fields = _fields(
        candidates.query, candidates.vocabulary, {term: held[order] for term, held in candidates.held.items()}, len(order)
    )
    return [
        Found(
            int(owners[place]),
            float(score[place]),
            round(float(dense[shown]), _DIGITS),
            round(float(literal[place]), _DIGITS),
            round(float(candidates.overlap[place]), _DIGITS),
            fields[shown] if candidates.overlap[place] > 0 or nearest_field is None else nearest_field(shown),
        )
        for shown, place in enumerate(order.tolist())
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
    """The owners with the ``count`` highest scores above zero, and of those that are equal to the last of them some more; ascending."""
    least = np.partition(scores, -count)[-count]
    if least <= 0:
        return np.flatnonzero(scores > 0)
    higher, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    return np.sort(np.concatenate((higher, equal[: 4 * count - len(higher)])))


def _nearest_owners(near: Nearness, among: NDArray[np.int64], count: int, weights: Weights) -> NDArray[np.int64]:
    """The owners of ``among`` that have the passages nearest to the question, at most ``count``; of equal ones the first."""
    vectors, scale = near.vectors, _scale(weights)
    places = vectors.places
    if len(among) < len(places.starts) - 1:
        passage = vectors.passages_of(among)
        flags = np.zeros(vectors.size, dtype=np.bool_)
        flags[places.vector[passage]] = True
        found, cosines = near.nearest(count, flags)
        cosine = np.zeros(vectors.size, dtype=np.float32)
        cosine[found] = cosines
        value = cosine[places.vector[passage]] * scale[places.field[passage]]
    else:
        found, cosines = near.nearest(count)
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
    near: Nearness | None, owners: NDArray[np.int64], weights: Weights
) -> tuple[NDArray[np.float64], Callable[[int], str] | None]:
    """How near each owner is in meaning, 0 to 1, and a function that gives the field of its nearest passage, by the owner's place.

    That is the highest weighted cosine of its passages and the cosine of all its own fields together, in the shares of ``weights``.
    """
    dense = np.zeros(len(owners), dtype=np.float64)
    if near is None or not len(owners):
        return dense, None
    vectors = near.vectors
    found = vectors.passages_of(owners)  # owner by owner
    cosines = near.cosines(vectors.places.vector[found]).astype(np.float64)
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


def _held(query: Query, vocabulary: Vocabulary, words: WordsState, owners: NDArray[np.int64]) -> _Held:
    """Which fields of those owners hold which terms of the question."""
    numbers = words.numbers[owners].astype(np.int64)
    distinct, back = np.unique(numbers, return_inverse=True)
    back = back.reshape(numbers.shape)
    real = distinct >= 0
    held: dict[str, NDArray[np.bool_]] = {}
    for place, term in enumerate(query.terms):
        flags = np.zeros(len(distinct), dtype=np.bool_)
        flags[real] = words.texts.has(vocabulary.terms, place, distinct[real])
        held[term] = flags[back]
    return held


def _overlap(query: Query, vocabulary: Vocabulary, held: _Held, owners: int) -> NDArray[np.float64]:
    """The share of the question's information that each of that many owners holds."""
    anywhere = {term: np.asarray(flags.any(axis=1)) for term, flags in held.items()}
    return np.clip(_credits(query, vocabulary, anywhere, np.zeros(owners)), 0.0, 1.0)


def _fields(query: Query, vocabulary: Vocabulary, held: _Held, owners: int) -> list[str]:
    """The field of each of that many owners that holds most of the question's information."""
    by_field = _credits(query, vocabulary, held, np.zeros((owners, len(FIELDS))))
    return [FIELDS[place] for place in by_field.argmax(axis=1).tolist()]


def _credits(query: Query, vocabulary: Vocabulary, held: _Held, total: NDArray[np.float64]) -> NDArray[np.float64]:
    """``total`` (of the shape of what is held) with what each word there is worth added to it."""
    idf = dict(zip(query.terms, vocabulary.terms.idf.tolist(), strict=True))
    for word, worth in zip(query.words, vocabulary.word_worth, strict=True):
        total += worth * _credit(word.stem, word.parts, held, idf)
    return total


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


def _credit(stem: str, parts: Sequence[str], held: _Held, idf: dict[str, float]) -> NDArray[np.float64]:
    """How much of a word is there: all of it, or what its compound parts make of it."""
    whole = held[stem].astype(np.float64)
    total = sum(idf[part] for part in parts)
    if total <= 0:
        return whole
    through_parts = _PART_CREDIT * sum((idf[part] * held[part] for part in parts), np.zeros_like(whole)) / total
    return np.maximum(whole, through_parts)
