"""How near the vectors of a library are to one question: which are the nearest, and the cosine of any of them.

Lasts as long as the question is answered, and works out each cosine once: the vectors that a search finds are asked for again when
its items are scored and quoted, and to fetch them costs more than all else about them. Knows nothing of words or items.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import vector_scan
from index.vectors_part import VectorsState

_MOST_TIMES = 8
"""Candidates are made so many times as many at most."""


class Nearness:
    """A question's vector (unit length, or zeros: near nothing) before the vectors of one generation."""

    def __init__(self, vectors: VectorsState, query: NDArray[np.float32]) -> None:
        self.vectors = vectors
        self._query = query
        self._known = np.full(vectors.size, np.nan, dtype=np.float32)

    @property
    def anything(self) -> bool:
        """Whether anything can be near it: there are vectors, and its own is not zeros."""
        return self.vectors.size > 0 and bool(self._query.any())

    def cosines(self, numbers: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The cosines of the question and each of the vectors ``numbers``, in their order.

        The same number for the same vector, whatever stands beside it.
        """
        found = self._known[numbers]
        missing = np.isnan(found)
        if missing.any():
            wanted = np.sort(numbers[missing]).astype(np.int64)  # np.unique would import numpy.ma: 9 ms of a new process
            wanted = wanted[np.diff(wanted, prepend=-1) > 0]
            self._known[wanted] = np.einsum("ij,j->i", self.vectors.vectors.take(wanted), self._query, dtype=np.float32)
            found = self._known[numbers]
        return np.asarray(found)

    def nearest(self, count: int, allowed: NDArray[np.bool_] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``count`` nearest vectors (of those ``allowed``, where given) with their cosines, nearest first.

        Exact up to EXACT_UP_TO vectors, and wherever few are allowed. Else the compressed scan may miss one, the more likely the
        further down; the cosines are exact. Its candidates are doubled, up to eight times as many, until they surely hold the first ten.
        """
        vectors = self.vectors
        living = vectors.size if allowed is None else int(allowed.sum())
        count = min(count, living)
        if count == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        if vector_scan.is_exact(vectors.faiss):
            return vector_scan.nearest(vectors.faiss, self._query, count, allowed)
        wanted = vector_scan.candidates(count, vectors.size)
        most = _MOST_TIMES * wanted
        while wanted < living:
            found, estimates = vector_scan.nearest(vectors.faiss, self._query, wanted, allowed)
            order = np.argsort(found)
            found, estimates = found[order], estimates[order]
            cosines = self.cosines(found)
            if wanted >= most or vector_scan.suffice(estimates, cosines):
                break
            wanted *= 2
        else:
            found = np.arange(vectors.size) if allowed is None else np.flatnonzero(allowed)
            cosines = self.cosines(found)
        best = np.argsort(-cosines, kind="stable")[:count]
        return found[best], cosines[best]
