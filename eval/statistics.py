"""How sure a mean is, and whether two systems differ: bootstrap intervals and the paired randomisation test.

Queries from one comment resemble each other, so groups of queries are drawn and swapped together. Knows nothing of measures.
Everything is drawn from a generator seeded by ``seed`` and a label, so a figure does not depend on what was worked out before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROUNDS = 5000


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval. ``n`` counts queries, ``groups`` what was drawn."""

    mean: float
    low: float
    high: float
    n: int
    groups: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Mean of first minus mean of second over the same queries, and the two-sided p value of the randomisation test.

    Prints as in a Swedish table: "+0,070 (p 0,012)".
    """

    mean: float
    p: float
    n: int

    def __str__(self) -> str:
        chance = "< 0.001" if self.p < 0.001 else f"{self.p:.3f}"
        return f"{self.mean:+.3f} (p {chance})".replace(".", ",")


def interval(values: Mapping[str, float], groups: Mapping[str, str], *, seed: int, label: str, rounds: int = ROUNDS) -> Interval:
    """The mean of ``values`` (query -> value) with a percentile bootstrap over whole groups (query -> group).

    The resampled figure is the mean over the queries of the groups drawn (Efron & Tibshirani 1993, ch. 13). No values give zeros.
    """
    import numpy as np

    if not values:
        return Interval(0.0, 0.0, 0.0, 0, 0)
    sums, counts = _by_group(values, groups)
    generator = _generator(seed, label)
    means = []
    for size in _blocks(rounds):
        draws = generator.integers(0, len(sums), size=(size, len(sums)))
        means.append(sums[draws].sum(axis=1) / counts[draws].sum(axis=1))
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return Interval(float(sums.sum() / counts.sum()), float(low), float(high), len(values), len(sums))


def difference(
    first: Mapping[str, float],
    second: Mapping[str, float],
    groups: Mapping[str, str],
    *,
    seed: int,
    label: str,
    rounds: int = ROUNDS,
) -> Difference:
    """Paired randomisation test: the signs of the groups' differences are drawn anew (Smucker, Allan & Carterette 2007).

    ``p`` is the share of draws at least as far from 0 as what was seen, the real one counted among them; 1 where nothing differs.

    Raises:
        ValueError: the two hold different queries.
    """
    import numpy as np

    if first.keys() != second.keys():
        raise ValueError(f"{len(first)} and {len(second)} queries that are not the same cannot be paired")
    if not first:
        return Difference(0.0, 1.0, 0)
    sums, _ = _by_group({query: first[query] - second[query] for query in first}, groups)
    generator = _generator(seed, label)
    seen = abs(float(sums.sum())) - 1e-9  # sums in another order differ in the last digit
    extreme = 0
    for size in _blocks(rounds):
        signs = generator.integers(0, 2, size=(size, len(sums))) * 2 - 1
        extreme += int(np.count_nonzero(np.abs((signs * sums).sum(axis=1)) >= seen))
    return Difference(float(sums.sum()) / len(first), (extreme + 1) / (rounds + 1), len(first))


def _blocks(rounds: int) -> Iterator[int]:
    """``rounds`` in pieces, so that an archive of thousands of comments does not need a matrix of gigabytes."""
    for done in range(0, rounds, 500):
        yield min(500, rounds - done)


def _by_group(values: Mapping[str, float], groups: Mapping[str, str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for query, value in values.items():
        group = groups.get(query, query)
        sums[group] = sums.get(group, 0.0) + value
        counts[group] = counts.get(group, 0) + 1
    return np.array(list(sums.values())), np.array(list(counts.values()), dtype=np.float64)


def _generator(seed: int, label: str) -> np.random.Generator:
    import numpy as np

    return np.random.default_rng([seed, int.from_bytes(blake2b(label.encode("utf-8"), digest_size=8).digest(), "big")])
