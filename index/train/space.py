"""The first space: pieces that stand in the same company stand close (co-occurrence, PPMI, truncated SVD).

Rows are weighted so that a text's sum is led by what is rare in language. Knows nothing of pairs of texts.
Sources: Levy, Goldberg & Dagan 2015 (PPMI-SVD, context smoothing 0.75, no singular values); Arora, Liang & Ma 2017 (weights
a / (a + p) and the common direction taken away); Halko, Martinsson & Tropp 2011 (randomised SVD).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.train.relatives import Relatives

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Rows = NDArray[np.float32]
Ids = NDArray[np.int64]

WINDOW = 15
_CONTEXT_POWER = 0.75
_RARE = 1e-4
_BORROWED = 30.0
_MORE_COLUMNS = 20
_ROUNDS = 2


def first_space(texts: Sequence[Ids], pieces: int, dimension: int, relatives: Relatives, seed: int) -> Rows:
    """Pieces × ``dimension``: row 0 (the unknown piece) is zero, and so is the row of a piece that has no company at all.

    A piece seen n times borrows 30 / (n + 30) from the mean of its relatives: the rarer, the more.
    """
    counts = np.bincount(np.concatenate(texts) if texts else np.zeros(0, dtype=np.int64), minlength=pieces).astype(np.float64)
    rows = _unit(truncated_svd(ppmi(cooccurrence(texts, pieces, WINDOW)), dimension, seed))
    borrowed = (_BORROWED / (np.maximum(counts, 1.0) + _BORROWED))[:, None].astype(np.float32)
    rows = _unit(rows + borrowed * relatives.means(rows))
    share = counts / max(counts.sum(), 1.0)
    rows = rows * (_RARE / (_RARE + share))[:, None].astype(np.float32)
    rows = without_common_direction(rows, share)
    rows[0] = 0.0
    return rows


def cooccurrence(texts: Sequence[Ids], pieces: int, window: int) -> csr_matrix:
    """Pieces × pieces: how often two stand at most ``window`` pieces apart in one text, counted in both directions."""
    from scipy.sparse import csr_matrix

    apart = np.full(1, -1, dtype=np.int64)
    flat = np.concatenate([part for text in texts for part in (text, apart)]) if texts else apart
    number = np.cumsum(flat < 0)
    counts = csr_matrix((pieces, pieces), dtype=np.float32)
    for distance in range(1, window + 1):
        left, right = flat[:-distance], flat[distance:]
        together = (number[:-distance] == number[distance:]) & (left >= 0) & (right >= 0)
        keys, often = np.unique(left[together] * pieces + right[together], return_counts=True)
        counts = counts + csr_matrix((often.astype(np.float32), (keys // pieces, keys % pieces)), shape=(pieces, pieces))
    return (counts + counts.T).tocsr()


def ppmi(counts: csr_matrix) -> csr_matrix:
    """log(p(a, b) / (p(a) p(b)^0.75)) where that is above zero (the context's share smoothed, so that rare ones do not win)."""
    from scipy.sparse import csr_matrix

    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = rows**_CONTEXT_POWER
    cells = counts.tocoo()
    with np.errstate(divide="ignore"):
        values = np.log(cells.data) - np.log(rows[cells.row]) - np.log(columns[cells.col] / columns.sum())
    kept = values > 0
    return csr_matrix((values[kept].astype(np.float32), (cells.row[kept], cells.col[kept])), shape=counts.shape)


def truncated_svd(matrix: csr_matrix, dimension: int, seed: int) -> Rows:
    """The first ``dimension`` left singular vectors, as columns (fewer pieces than that: padded with zeros)."""
    random = np.random.default_rng(seed)
    width = min(dimension + _MORE_COLUMNS, matrix.shape[0])
    span = matrix @ random.standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(_ROUNDS):
        span = matrix @ np.linalg.qr(matrix.T @ np.linalg.qr(span)[0])[0]
    basis = np.linalg.qr(span)[0]
    left = basis @ np.linalg.svd((matrix.T @ basis).T, full_matrices=False)[0]
    vectors = np.zeros((matrix.shape[0], dimension), dtype=np.float32)
    vectors[:, : min(dimension, left.shape[1])] = left[:, :dimension]
    return vectors


def without_common_direction(rows: Rows, share: NDArray[np.float64]) -> Rows:
    """``rows`` less their part in the direction that they have most in common, each weighted by its ``share`` of all text."""
    weighted = rows * np.sqrt(share)[:, None].astype(np.float32)
    common = np.linalg.eigh(weighted.T @ weighted)[1][:, -1:]
    return np.asarray(rows - rows @ common @ common.T, dtype=np.float32)


def _unit(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Rows = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12)
    return unit
