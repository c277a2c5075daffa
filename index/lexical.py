"""BM25 over distinct texts: an immutable segment of postings with precomputed impacts, and how a question is scored against
segments.

A segment's numbers depend on its own texts alone: lengths are set against a fixed pivot for each field instead of the collection's
average, and how rare a term is (idf) is worked out when a question comes, over all segments. So a segment never has to be rewritten
when others come or go, and the scores do not depend on how texts are spread over segments. Knows nothing of items or files.

A term's key is a 64-bit hash, so that a segment holds no strings. Words and character n-grams have keys of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import char_ngrams, terms, tokens
from index.arrays import Arrays

K1 = 1.2
B = 0.75
PIVOTS = {"comment": 100, "question": 15, "statement": 20, "expected_result": 25, "heading": 12, "section": 100}
"""Words of a text of ordinary length, by field: BM25's average length, held fast. The fields of the index, in their order."""
FIELDS = tuple(PIVOTS)

_UNIT = 1 << 14
"""Impacts are stored as whole numbers of 1/16384; the highest, K1 + 1, is 36045."""
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Text:
    """A distinct text of a field: what a segment holds."""

    field: int
    text: str

    @property
    def key(self) -> int:
        """64 bits that name it."""
        return _hashed(f"{self.field}:{self.text}")


def word_key(term: str) -> int:
    """The key of a word's term."""
    return _hashed(f"w{term}")


def ngram_key(ngram: str) -> int:
    """The key of a character n-gram."""
    return _hashed(f"c{ngram}")


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Segment:
    """Postings of some texts. ``texts`` are their keys, ascending: a text's place in it is its number in the segment.

    ``terms`` are the keys of the terms, ascending; those of ``terms[i]`` are ``postings[starts[i]:starts[i + 1]]`` (numbers of
    texts, ascending) with ``impacts`` beside them.
    """

    texts: NDArray[np.uint64]
    terms: NDArray[np.uint64]
    starts: NDArray[np.int64]
    postings: NDArray[np.uint32]
    impacts: NDArray[np.uint16]

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Segment:
        """The segment of a file's arrays.

        Raises:
            KeyError, ValueError: the arrays are not those of a segment, or do not fit together.
        """
        segment = cls(*(arrays[name] for name in cls.__slots__))
        if len(segment.starts) != len(segment.terms) + 1 or len(segment.postings) != len(segment.impacts):
            raise ValueError(f"{len(segment.starts)} starts for {len(segment.terms)} terms")
        if len(segment.starts) and int(segment.starts[-1]) != len(segment.postings):
            raise ValueError(f"{len(segment.postings)} postings, {int(segment.starts[-1])} expected")
        return segment

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The segment as arrays for a file."""
        return {name: getattr(self, name) for name in self.__slots__}

    def find(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The places of ``keys`` in ``terms``; -1 where it is not there."""
        if not len(self.terms):
            return np.full(len(keys), -1, dtype=np.int64)
        places = np.minimum(np.searchsorted(self.terms, keys), len(self.terms) - 1)
        return np.where(self.terms[places] == keys, places, -1)


def build(texts: Iterable[Text]) -> Segment:
    """The segment of ``texts``; a text that comes twice is held once. No texts give an empty segment."""
    by_key = {text.key: text for text in texts}
    keys = np.array(sorted(by_key), dtype=np.uint64)
    vocabulary: defaultdict[str, int] = defaultdict(count().__next__)  # a word met for the first time gets the next number
    streams: list[NDArray[np.uint32]] = []
    lengths = np.empty(len(keys), dtype=np.float64)
    for number, key in enumerate(keys.tolist()):
        text = by_key[key]
        found = [vocabulary[token] for token in tokens(text.text)]
        streams.append(np.array(found, dtype=np.uint32))
        lengths[number] = len(found) / PIVOTS[FIELDS[text.field]]
    expansion = _expand(list(vocabulary))
    chunks = [_chunk(streams[low : low + _CHUNK], low, expansion, lengths) for low in range(0, len(keys), _CHUNK)]
    return _merge(keys, expansion.keys, chunks)


@dataclass(frozen=True, slots=True)
class _Expansion:
    """Which terms a word of the vocabulary stands for: ``flat[starts[w]:starts[w + 1]]`` are places in ``keys`` (ascending)."""

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    flat: NDArray[np.uint32]


def _expand(vocabulary: Sequence[str]) -> _Expansion:
    numbers: dict[str, int] = {}
    flat: list[int] = []
    starts = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    for place, word in enumerate(vocabulary):
        flat += [numbers.setdefault("w" + term, len(numbers)) for term in terms(word)]
        flat += [numbers.setdefault("c" + ngram, len(numbers)) for ngram in char_ngrams(word)]
        starts[place + 1] = len(flat)
    keys = np.array([_hashed(term) for term in numbers], dtype=np.uint64)
    order = np.argsort(keys)
    rank = np.empty(len(keys), dtype=np.uint32)
    rank[order] = np.arange(len(keys), dtype=np.uint32)
    return _Expansion(keys[order], starts, rank[np.array(flat, dtype=np.int64)] if flat else np.zeros(0, dtype=np.uint32))


_Chunk = tuple[NDArray[np.int32], NDArray[np.uint32], NDArray[np.uint16]]


def _chunk(streams: Sequence[NDArray[np.uint32]], low: int, expansion: _Expansion, lengths: NDArray[np.float64]) -> _Chunk:
    """The postings of a run of texts, by term and then text: places of terms, numbers of texts, impacts."""
    owners = np.repeat(np.arange(len(streams), dtype=np.int64), [len(stream) for stream in streams])
    words = np.concatenate(streams).astype(np.int64) if streams else np.zeros(0, dtype=np.int64)
    pairs, times = np.unique(words * len(streams) + owners, return_counts=True)  # each word of each text once, with its count
    words, owners = pairs // len(streams), pairs % len(streams)
    sizes = expansion.starts[words + 1] - expansion.starts[words]
    within = np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    found = expansion.flat[np.repeat(expansion.starts[words], sizes) + within].astype(np.int64)
    both = found * len(streams) + np.repeat(owners, sizes)
    order = np.argsort(both, kind="stable")
    both, counts = both[order], np.repeat(times, sizes)[order]
    first = np.flatnonzero(np.diff(both, prepend=-1))
    frequency = np.add.reduceat(counts, first).astype(np.float64) if len(first) else np.zeros(0)
    both = both[first]
    numbers = both % len(streams) + low
    impacts = frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * lengths[numbers]))
    return (both // len(streams)).astype(np.int32), numbers.astype(np.uint32), np.round(impacts * _UNIT).astype(np.uint16)


def _merge(texts: NDArray[np.uint64], keys: NDArray[np.uint64], chunks: Sequence[_Chunk]) -> Segment:
    """One segment of chunks whose texts follow on one another: each chunk's postings go behind those of the chunks before it."""
    starts = np.zeros(len(keys) + 1, dtype=np.int64)
    for found, _, _ in chunks:
        starts[1:] += np.bincount(found, minlength=len(keys))
    np.cumsum(starts, out=starts)
    postings = np.empty(int(starts[-1]), dtype=np.uint32)
    impacts = np.empty(int(starts[-1]), dtype=np.uint16)
    free = starts[:-1].copy()
    for found, numbers, values in chunks:
        sizes = np.bincount(found, minlength=len(keys))
        begins = np.cumsum(sizes) - sizes
        places = free[found] + np.arange(len(found)) - begins[found]
        postings[places], impacts[places] = numbers, values
        free += sizes
    return Segment(texts, keys, starts, postings, impacts)


@dataclass(frozen=True, slots=True)
class Postings:
    """Where each of some terms stands in each segment, and how rare it is among the living texts.

    ``places[s][t]`` is the place of term t in segment s (-1: not there); ``frequency[t]`` is its number of living texts;
    ``idf[t] = ln(1 + (n - frequency + 0.5) / (frequency + 0.5))`` (Robertson & Zaragoza 2009), n the number of living texts.
    """

    places: list[NDArray[np.int64]]
    frequency: NDArray[np.int64]
    idf: NDArray[np.float64]


class Texts:
    """Segments side by side, with which of their texts are alive. A text's number counts through all segments.

    ``living`` is True for texts that some searched item has; the dead ones are neither counted nor (since nothing refers to them)
    found.
    """

    def __init__(self, segments: Sequence[Segment], living: NDArray[np.bool_]) -> None:
        self.segments = list(segments)
        self.offsets = np.cumsum([0, *(len(segment.texts) for segment in segments)])
        self.living = living
        self.size = int(self.offsets[-1])
        self._alive = int(living.sum())
        self._whole = [bool(living[low:high].all()) for low, high in zip(self.offsets[:-1], self.offsets[1:], strict=True)]

    def look_up(self, keys: Sequence[int]) -> Postings:
        """Where the terms of ``keys`` stand and how rare they are."""
        wanted = np.array(keys, dtype=np.uint64)
        places = [segment.find(wanted) for segment in self.segments]
        frequency = np.zeros(len(wanted), dtype=np.int64)
        for number, found in enumerate(places):
            for term in np.flatnonzero(found >= 0).tolist():
                frequency[term] += self._count(number, int(found[term]))
        idf = np.log1p((self._alive - frequency + 0.5) / (frequency + 0.5))
        return Postings(places, frequency, idf)

    def add_scores(self, scores: NDArray[np.float32], postings: Postings, weights: Sequence[float]) -> None:
        """Add to ``scores`` (one a text) each term's impact times its idf times its weight; terms in their order."""
        for segment, offset, places in zip(self.segments, self.offsets, postings.places, strict=False):
            part = scores[offset : offset + len(segment.texts)]
            for term in np.flatnonzero(places >= 0).tolist():
                low, high = segment.starts[places[term]], segment.starts[places[term] + 1]
                factor = np.float32(postings.idf[term] * weights[term] / _UNIT)
                np.add.at(part, segment.postings[low:high], segment.impacts[low:high] * factor)  # twice as fast as part[…] += …

    def has(self, postings: Postings, term: int, numbers: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether each of the texts ``numbers`` (ascending) holds the term."""
        found = np.zeros(len(numbers), dtype=np.bool_)
        for segment, offset, places in zip(self.segments, self.offsets, postings.places, strict=False):
            if places[term] < 0:
                continue
            listed = segment.postings[segment.starts[places[term]] : segment.starts[places[term] + 1]]
            inside = np.flatnonzero((numbers >= offset) & (numbers < offset + len(segment.texts)))
            local = (numbers[inside] - offset).astype(np.uint32)
            at = np.minimum(np.searchsorted(listed, local), len(listed) - 1)
            found[inside] = listed[at] == local
        return found

    def _count(self, number: int, place: int) -> int:
        segment = self.segments[number]
        low, high = segment.starts[place], segment.starts[place + 1]
        if self._whole[number]:
            return int(high - low)
        return int(self.living[self.offsets[number] + segment.postings[low:high].astype(np.int64)].sum())
