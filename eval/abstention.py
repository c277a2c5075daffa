"""What the threshold for answering costs and gains: precision and recall of refusing on the written questions, at every threshold.

``python -m eval.abstention`` shows the curve on the dev questions; the point in use is ``assistant.relevance.ANSWERS``. A refusal is an
answer "not_found"; it is right where the question should be refused. Knows nothing of how a strength comes about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.catalogue import Catalogue
from assistant.dialogue import converse
from assistant.relevance import ANSWERS, answering_from
from corpus import samples
from eval.written import Written
from index.library import Library

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(17))
"""0 to 0.8 in steps of 0.05; the one in use is among them."""

CODES = ("code", "code_ambiguous", "code_plan", "code_year")
"""Kinds of questions that no threshold may refuse."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one ``threshold`` gives: of ``asked`` questions, ``expected`` should be refused, ``refused`` were, ``right`` of them rightly;
    ``codes`` questions by code were refused. ``chosen`` marks the threshold in use.
    """

    threshold: float
    asked: int
    expected: int
    refused: int
    right: int
    codes: int
    chosen: bool = False

    @property
    def precision(self) -> float:
        """The share of refusals that were right; 1 where nothing was refused."""
        return self.right / self.refused if self.refused else 1.0

    @property
    def recall(self) -> float:
        """The share of the questions to be refused that were; 1 where there are none."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def curve(
    questions: Sequence[Written],
    library: Library,
    *,
    thresholds: Sequence[float] = THRESHOLDS,
    step: Callable[[], None] = lambda: None,
) -> tuple[Point, ...]:
    """A point for each threshold, in rising order, asked as in the sample library; () for no thresholds. ``step`` after each question.

    A question is asked no more often than it takes to find the threshold at which it begins to be refused: a higher one never answers
    what a lower one refuses.
    """
    steps = sorted(set(thresholds))
    catalogue = Catalogue.of(library.reports(), own=samples.ORGANISATION, current_year=samples.CURRENT_YEAR)

    def refuses(question: Written, at: int) -> bool:
        with answering_from(steps[at]):
            return converse(list(question.turns), library, catalogue).status == "not_found"

    begins: dict[str, int] = {}
    for question in questions:
        begins[question.id] = _first(len(steps), lambda at, q=question: refuses(q, at))  # type: ignore[misc]
        step()
    points = []
    for at, threshold in enumerate(steps):
        refused = [question for question in questions if begins[question.id] <= at]
        points.append(
            Point(
                threshold,
                len(questions),
                sum(question.expected.status == "not_found" for question in questions),
                len(refused),
                sum(question.expected.status == "not_found" for question in refused),
                sum(question.kind in CODES for question in refused),
                threshold == ANSWERS,
            )
        )
    return tuple(points)


def _first(count: int, holds: Callable[[int], bool]) -> int:
    """The first of 0..count-1 at which ``holds``, which from there on it always does; ``count`` where it never does."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def main() -> None:
    """The curve on the dev questions, a line a threshold."""
    from eval.archive import Archive
    from eval.written import load

    archive = Archive.of_samples()
    asked = [question for question in load(archive.items) if question.split == "dev"]
    with archive.library() as library:
        points = curve(asked, library)
    print(f"{'tröskel':>8} {'avböjda':>8} {'rätt':>6} {'av':>5} {'precision':>10} {'täckning':>9} {'F1':>7} {'koder':>6}")
    for p in points:
        figures = f"{p.precision:>10.3f} {p.recall:>9.3f} {p.f1:>7.3f}".replace(".", ",")
        marked = "  <- vald" if p.chosen else ""
        print(f"{p.threshold:>8.2f} {p.refused:>8} {p.right:>6} {p.expected:>5} {figures} {p.codes:>6}{marked}".replace(".", ","))


if __name__ == "__main__":
    main()
