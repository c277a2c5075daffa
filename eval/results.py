"""The result of an evaluation as values: scores with their certainty, tests between systems, and the rankings behind them.

Knows how to become JSON; knows nothing of how it was worked out or how it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from corpus.model import Item
from eval.measures import Qrels, Run
from eval.queries import Query
from eval.statistics import Difference, Interval

if TYPE_CHECKING:
    from eval.abstention import Point

HELD_OUT, WRITTEN = "undanhållna rapporter", "skrivna frågor"


@dataclass(frozen=True, slots=True)
class Score:
    """What one system reaches on the queries of one kind: measure -> mean with interval."""

    part: str
    kind: str
    system: str
    n: int
    measures: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the first system differs from ``other`` on the queries of one kind, in one measure."""

    part: str
    kind: str
    other: str
    measure: str
    difference: Difference


@dataclass(frozen=True, slots=True)
class Answers:
    """What the whole assistant answers to the ``n`` written questions of one kind. Each figure is (right, of how many).

    ``status`` is "answered", "clarify" or "not_found" as it should be; ``first`` the first source one of those that fit;
    ``sources`` exactly the sources expected; ``said`` the expected figure in the first sentence, or the expected words in the text;
    ``offered`` the expected items among the candidates of a refusal.
    """

    kind: str
    n: int
    status: tuple[int, int]
    first: tuple[int, int]
    sources: tuple[int, int]
    said: tuple[int, int]
    offered: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Refusals:
    """Questions to be refused (``expected``), those that were (``refused``), and those that were and should (``right``)."""

    expected: int = 0
    refused: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of refusals that were right; 1 where nothing was refused."""
        return self.right / self.refused if self.refused else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be refused that was; 1 where there was nothing to refuse."""
        return self.right / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All of it. ``notes`` are Swedish sentences on what was asked and left out; ``data_hash`` names reports and questions,
    ``questions_hash`` the queries alone; ``curve`` is what refusing would be like at other thresholds.

    By part: ``queries`` as asked, ``documents`` what could be found, ``qrels`` what should be and ``runs`` what each system found.
    """

    data: str
    data_hash: str
    questions_hash: str
    reports: tuple[str, ...]
    split: str
    seed: int
    scores: tuple[Score, ...]
    comparisons: tuple[Comparison, ...]
    answers: tuple[Answers, ...]
    refusals: Refusals
    curve: tuple[Point, ...]
    notes: tuple[str, ...]
    queries: Mapping[str, Sequence[Query]]
    documents: Mapping[str, Sequence[Item]]
    qrels: Mapping[str, Qrels]
    runs: Mapping[str, Mapping[str, Run]]

    def to_json(self) -> dict[str, object]:
        """Everything but texts and rankings, which belong in BEIR and TREC files; the same evaluation gives the same JSON, to the last digit."""
        return {
            "data": self.data,
            "data_hash": self.data_hash,
            "questions_hash": self.questions_hash,
            "reports": list(self.reports),
            "split": self.split,
            "seed": self.seed,
            "scores": [asdict(score) for score in self.scores],
            "comparisons": [asdict(comparison) for comparison in self.comparisons],
            "answers": [asdict(answer) for answer in self.answers],
            "refusals": asdict(self.refusals),
            "curve": [{**asdict(point), "precision": point.precision, "recall": point.recall} for point in self.curve],
            "notes": list(self.notes),
        }
