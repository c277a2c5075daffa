"""The measures once more, from their definitions and sharing nothing with the implementation that is used: for tests of it."""

from __future__ import annotations

from math import log2

from eval.measures import Ranked


def independent(name: str, grades: dict[str, int], ranked: list[Ranked]) -> float:
    """The measure from its textbook definition: documents one by one, ties broken by counting what is before each."""
    kind, depth = name.split("@")
    place = {
        one.id: sum(other.score > one.score or (other.score == one.score and other.id < one.id) for other in ranked) + 1
        for one in ranked
    }
    relevant = {document: grade for document, grade in grades.items() if grade > 0}
    found = {document: place[document] for document in relevant if place.get(document, 10**9) <= int(depth)}
    if kind == "nDCG":
        best = sum(grade / log2(rank + 1) for rank, grade in enumerate(sorted(relevant.values(), reverse=True)[: int(depth)], 1))
        return sum(relevant[document] / log2(rank + 1) for document, rank in found.items()) / best
    if kind == "RR":
        return max((1 / rank for rank in found.values()), default=0.0)
    return len(found) / len(relevant) if kind == "R" else float(bool(found))
