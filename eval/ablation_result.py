"""The result of an ablation as values: what each variant reaches, and how it stands to the product.

Knows how to become JSON and back; knows nothing of how it was worked out or how it is shown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.statistics import Difference, Interval
from eval.variants import DEFAULT, OFF

KEPT = Path(__file__).parent / "data" / "ablation.json"
"""Where the result on the sample reports is kept, under version control."""

BETTER, WORSE, BOTH, SAME = "bättre", "sämre", "både bättre och sämre", "ingen mätbar skillnad"


@dataclass(frozen=True, slots=True)
class Result:
    """nDCG@10 of one variant on one set of queries, and its difference to the product (below 0: the product is better).

    ``change`` is the mean difference with its paired bootstrap interval, ``test`` the same mean with the randomisation test's p; both
    None for the product itself. ``kinds`` holds the mean of each kind of query.
    """

    ndcg: Interval
    change: Interval | None
    test: Difference | None
    kinds: Mapping[str, float]

    @property
    def clear(self) -> int:
        """1 where the variant is better than the product with the interval above zero, -1 where it is worse, else 0."""
        if self.change is None:
            return 0
        return 1 if self.change.low > 0 else -1 if self.change.high < 0 else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One variant: ``part`` in another ``state``, and its results by set of queries ("egen mening", "skrivna frågor")."""

    part: str
    state: str
    results: Mapping[str, Result]

    @property
    def is_product(self) -> bool:
        """Whether this is the product itself, which the others are compared with."""
        return self.part == DEFAULT.part

    @property
    def is_off(self) -> bool:
        """Whether the part is left out, rather than set otherwise."""
        return self.state.startswith(OFF)

    @property
    def product(self) -> str:
        """What the product is beside this variant, in Swedish: clearly better on a set, worse, both, or neither."""
        found = {result.clear for result in self.results.values()}
        return BOTH if {-1, 1} <= found else BETTER if -1 in found else WORSE if 1 in found else SAME


@dataclass(frozen=True, slots=True)
class Ablation:
    """All rows, the product's first; none where there was nothing to ask.

    ``date`` is ISO, ``data_hash`` that of an evaluation of the same reports, ``defaults`` names the weights and the embedder in use:
    others give other figures.
    """

    data: str
    data_hash: str
    defaults: str
    split: str
    seed: int
    date: str
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain values for a JSON file."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Ablation:
        """What ``to_json`` gave.

        Raises:
            KeyError: a part is missing.
            TypeError: a part is unknown.
        """
        rows = [
            Row(row["part"], row["state"], {name: _result(result) for name, result in row["results"].items()})
            for row in value["rows"]
        ]
        return cls(**{**value, "rows": tuple(rows)})


def kept(path: Path = KEPT) -> Ablation | None:
    """The result kept at ``path``; None where there is none."""
    return Ablation.from_json(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _result(value: Mapping[str, Any]) -> Result:
    change, test = value["change"], value["test"]
    return Result(
        Interval(**value["ndcg"]), Interval(**change) if change else None, Difference(**test) if test else None, value["kinds"]
    )
