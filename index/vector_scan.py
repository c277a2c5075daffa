"""The FAISS indexes over vectors: an exact one for the thousands, for more a compressed scan that names candidates.

The exact one is ``IndexIDMap2`` over ``IndexFlatIP``. The compressed one (``IndexIVFPQFastScan``) holds half a byte for every four
numbers, a thirty-second of the vectors, and is scanned in registers (Jégou, Douze & Schmid 2011; André, Kermarrec & Le Scouarnec
2015); it has a single list, so that every vector is looked at, and is an IVF at all because only these take an ``IDSelector``. Its
candidates must be scored with the vectors themselves. Knows nothing of files or of what the vectors stand for.

The codes are not learnt from the vectors. Turned at random, the numbers of any vectors lie much like draws from a normal
distribution, and the best sixteen points for four such draws serve them all; only their spread is taken from the data, and their
mean where the vectors have much in common. On our own vectors that misses less than codes learnt from them by k-means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

EXACT_UP_TO = 20_000
"""Vectors up to which all are scored exactly, in less than 2 ms. Two stages cost the same at 5 000, and two fifths of it here
(``python -m eval.bench million``)."""
SAMPLE = 16_384
"""Vectors that mean and spread are taken from at most."""
_CANDIDATES = 800
_SHARE = 500
"""Of a million, one in so many is scored exactly; that finds more than 99 in 100 of the ten nearest."""
_ERRORS = 3.5
"""Where vectors lie in clusters of near copies, one question in four asks for more candidates by this, and .993 to .999 of the ten
nearest are found instead of .984 to .993; where they do not, one in twenty."""
_SURE_OF = 10
_COMMON = 0.25
"""Squared length of the mean from which it is taken out; to take out a small one costs more of the nearest than it gives."""
_TOGETHER = 4
_BITS = 4
_BLOCK = 16_384
_SEED = 7


@dataclass(frozen=True, slots=True)
class Codebook:
    """How vectors become codes: FAISS's random rotation, and its product quantizer over what that gives."""

    rotation: Any
    quantizer: Any


def candidates(count: int, size: int) -> int:
    """How many of ``size`` the compressed scan should give, so that the ``count`` nearest are nearly always among them."""
    return max(_CANDIDATES, 4 * count, size // _SHARE)


def suffice(estimates: NDArray[np.float32], cosines: NDArray[np.float32]) -> bool:
    """Whether candidates surely hold the ten nearest; ``estimates`` are their scores in the scan, ``cosines`` the exact ones beside.

    A vector that was left out has no higher estimate than the last of them. They suffice where the tenth cosine lies so many times the
    scan's error (its standard deviation over the candidates, its mean taken out) above what that estimate stands for. Among texts that
    are nearly alike it often does not.
    """
    errors = cosines - estimates
    tenth = np.sort(cosines)[-_SURE_OF:][0]
    return bool(tenth - (estimates.min() + errors.mean()) >= _ERRORS * errors.std())


def exact(blocks: Iterable[NDArray[np.float32]], dimension: int) -> Any:
    """The exact index of the rows of ``blocks``, numbered from 0."""
    import faiss

    index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
    for rows in blocks:
        index.add_with_ids(rows, np.arange(index.ntotal, index.ntotal + len(rows), dtype=np.int64))
    return index


def codebook_for(rows: NDArray[np.float32]) -> Codebook:
    """A codebook for vectors like ``rows``; the same rows give the same codebook."""
    import faiss

    dimension = rows.shape[1]
    parts = -(-dimension // _TOGETHER)
    rotation = faiss.RandomRotationMatrix(dimension, parts * _TOGETHER)
    rotation.init(_SEED)
    turned = rotation.apply(np.ascontiguousarray(rows))
    mean = turned.mean(axis=0)
    if mean @ mean < _COMMON:
        mean[:] = 0
    spread = float(np.sqrt(np.mean((turned - mean) ** 2)))
    quantizer = faiss.ProductQuantizer(parts * _TOGETHER, parts, _BITS)
    centroids = mean.reshape(parts, 1, _TOGETHER) + spread * _normal_points()
    faiss.copy_array_to_vector(np.ascontiguousarray(centroids, dtype=np.float32).reshape(-1), quantizer.centroids)
    return Codebook(rotation, quantizer)


@cache
def _normal_points() -> NDArray[np.float32]:
    """The points, _TOGETHER numbers each, that are nearest on average to draws from the normal distribution: its k-means."""
    import faiss

    draws = np.random.default_rng(_SEED).standard_normal((8192, _TOGETHER)).astype(np.float32)
    means = faiss.Kmeans(_TOGETHER, 1 << _BITS, niter=50, seed=_SEED, max_points_per_centroid=len(draws))
    means.train(draws)
    return np.asarray(means.centroids, dtype=np.float32)


def encode(codebook: Codebook, rows: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The codes of ``rows``, one row each; each depends on its vector alone."""
    codes = np.empty((len(rows), codebook.quantizer.code_size), dtype=np.uint8)
    for low in range(0, len(rows), _BLOCK):
        turned = codebook.rotation.apply(np.ascontiguousarray(rows[low : low + _BLOCK]))
        codes[low : low + _BLOCK] = codebook.quantizer.compute_codes(turned)
    return codes


def compressed(codebook: Codebook, codes: NDArray[np.uint8]) -> Any:
    """The compressed index of vectors with those ``codes``, numbered from 0."""
    import faiss

    quantizer = codebook.quantizer
    whole = faiss.IndexFlatIP(quantizer.d)
    whole.add(np.zeros((1, quantizer.d), dtype=np.float32))
    loose: Any = faiss.IndexIVFPQ(whole, quantizer.d, 1, quantizer.M, _BITS, faiss.METRIC_INNER_PRODUCT)
    loose.by_residual = False
    loose.pq = quantizer
    loose.is_trained = True
    numbers = np.arange(len(codes), dtype=np.int64)
    loose.invlists.add_entries(0, len(codes), faiss.swig_ptr(numbers), faiss.swig_ptr(np.ascontiguousarray(codes)))
    loose.ntotal = len(codes)
    packed = faiss.IndexIVFPQFastScan(loose)
    turning = faiss.IndexPreTransform(codebook.rotation, packed)
    return faiss.deserialize_index(faiss.serialize_index(turning))  # a copy that leans on none of the above


def is_exact(index: Any) -> bool:
    """Whether what ``nearest`` gives of ``index`` are cosines, and not candidates."""
    import faiss

    return not isinstance(index, faiss.IndexPreTransform)


def codebook_of(index: Any) -> Codebook:
    """The codebook that the compressed ``index`` was made with."""
    import faiss

    inner: Any = faiss.downcast_index(index.index)
    return Codebook(faiss.downcast_VectorTransform(index.chain.at(0)), inner.pq)


def nearest(
    index: Any, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The ``count`` numbers of vectors (of those ``allowed``, where given) that score highest with ``query``, and their scores.

    Highest first; fewer where there are fewer.
    """
    import faiss

    options: Any = None
    if allowed is not None:
        selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[arg-type, call-arg]
        of_list: Any = faiss.SearchParameters if is_exact(index) else faiss.SearchParametersIVF
        options = of_list(sel=selector)
        if not is_exact(index):
            of_rotated: Any = faiss.SearchParametersPreTransform
            options = of_rotated(index_params=options)
    scores, found = index.search(query.reshape(1, -1), count, params=options)
    there = found[0] >= 0
    return found[0][there], scores[0][there]
