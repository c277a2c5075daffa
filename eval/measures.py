"""What a ranking is worth: the standard measures of information retrieval, per query.

The figures come from ir_measures; this module settles what goes in: the order of a ranking and which queries count. It knows
nothing of questions, systems or how figures are shown. A measure is named as ir_measures prints it, "nDCG@10".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MEASURES = ("nDCG@10", "RR@10", "R@5", "Success@1", "Success@3", "Success@5")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One retrieved document: ``id`` without blanks (TREC files are separated by them), a higher ``score`` is better."""

    id: str
    score: float


Qrels = Mapping[str, Mapping[str, int]]
"""Query -> document -> grade, 1 or more where it is relevant."""

Run = Mapping[str, Sequence[Ranked]]
"""Query -> what a system retrieved, in any order."""


def order(ranking: Sequence[Ranked]) -> list[Ranked]:
    """The ranking as it counts: highest score first, ties by id (smallest first), so that no input order shows through."""
    return sorted(ranking, key=lambda ranked: (-ranked.score, ranked.id))


def per_query(qrels: Qrels, run: Run, measures: Sequence[str] = MEASURES) -> dict[str, dict[str, float]]:
    """Measure -> query -> value between 0 and 1, for every query of ``qrels`` in its order; one that retrieved nothing has 0.

    Raises:
        ValueError: a query of ``qrels`` has no relevant document (it has no recall), or a document comes twice in a ranking.
    """
    from ir_measures import Qrel, ScoredDoc, iter_calc, parse_measure

    for query, grades in qrels.items():
        if not any(grade > 0 for grade in grades.values()):
            raise ValueError(f"query {query!r} has no relevant document")
    scored = []
    for query in qrels:
        ranking = order(run.get(query, ()))
        if len({ranked.id for ranked in ranking}) != len(ranking):
            raise ValueError(f"query {query!r} has a document twice in its ranking")
        # trec_eval, which ir_measures calls, breaks ties its own way: falling whole numbers leave it none to break.
        scored += [ScoredDoc(query, ranked.id, float(len(ranking) - rank)) for rank, ranked in enumerate(ranking)]
    judged = [Qrel(query, document, grade) for query, grades in qrels.items() for document, grade in grades.items()]
    table = {name: dict.fromkeys(qrels, 0.0) for name in measures}
    if judged and scored:
        for metric in iter_calc([parse_measure(name) for name in measures], judged, scored):
            table[str(metric.measure)][metric.query_id] = float(metric.value)
    return table


def mean(values: Mapping[str, float]) -> float:
    """The mean over queries; 0 where there are none."""
    return sum(values.values()) / len(values) if values else 0.0
