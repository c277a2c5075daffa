"""Which pieces are forms of one word, share a compound part or mean the same: what lets a rare piece learn from its relatives.

The analysis is the lexical index's own (stems and compound parts). Knows nothing of vectors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.analysis import terms
from index.train.pieces import INSIDE, UNKNOWN

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, slots=True)
class Relatives:
    """``stems[i]`` is one number for all pieces of piece i's stem.

    ``shared`` is pieces × what at least two of them have (a stem, a compound part): 1 where a piece has it, else 0. ``links`` is
    pieces × pieces: how many such things two have in common, and 1 more where they are given as alike; 0 on the diagonal.
    """

    stems: NDArray[np.int64]
    shared: csr_matrix
    links: csr_matrix

    def means(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each piece the mean of ``rows`` over its relatives, weighted by their links; zeros where it has none."""
        totals = np.maximum(np.asarray(self.links.sum(axis=1)).reshape(-1, 1), 1.0)
        return np.asarray((self.links @ rows) / totals, dtype=np.float32)


def find_relatives(pieces: Sequence[str], alike: Iterable[tuple[str, str]] = ()) -> Relatives:
    """The relatives among ``pieces`` (``##`` for one that goes on within a word makes no difference).

    ``alike`` are pairs of words of one meaning; those of which a word is no piece say nothing here.
    """
    from scipy.sparse import csr_matrix

    named = [() if piece == UNKNOWN else terms(piece.removeprefix(INSIDE)) for piece in pieces]
    numbers = {stem: number for number, stem in enumerate(dict.fromkeys(names[0] if names else "" for names in named))}
    stems = np.array([numbers[names[0] if names else ""] for names in named], dtype=np.int64)
    often = Counter(name for names in named for name in names)
    columns = {name: number for number, name in enumerate(sorted(name for name, count in often.items() if count > 1))}
    places = [(row, columns[name]) for row, names in enumerate(named) for name in names if name in columns]
    shared = _ones(places, (len(pieces), len(columns)))
    number_of = {piece: number for number, piece in enumerate(pieces)}
    pairs = {(number_of[a], number_of[b]) for a, b in alike if a in number_of and b in number_of}
    both_ways = sorted({pair for a, b in pairs for pair in ((a, b), (b, a))})
    links = (shared @ shared.T + _ones(both_ways, (len(pieces), len(pieces)))).tocoo()
    off = links.row != links.col
    return Relatives(stems, shared, csr_matrix((links.data[off], (links.row[off], links.col[off])), shape=links.shape))


def _ones(places: Sequence[tuple[int, int]], shape: tuple[int, int]) -> csr_matrix:
    from scipy.sparse import csr_matrix

    at = np.array(places, dtype=np.int64).reshape(-1, 2)
    return csr_matrix((np.ones(len(at), dtype=np.float32), (at[:, 0], at[:, 1])), shape=shape)
