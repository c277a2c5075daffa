"""An evaluation as markup: bars with their intervals, the figures in a table, and what they mean in plain words.

Knows nothing of Gradio or of how figures come about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.ui.markup import render

if TYPE_CHECKING:
    from eval.results import Evaluation

MEASURE, FIRST = "nDCG@10", "Success@1"
MEANING = {
    "nDCG@10": "hur högt upp rätt punkt hamnar",
    "RR@10": "1 delat med platsen för första rätta punkten",
    "R@5": "andel rätta punkter bland de fem första",
    "Success@1": "rätt punkt först",
    "Success@3": "rätt punkt bland de tre första",
    "Success@5": "rätt punkt bland de fem första",
}
"""What each measure says, for someone who has never heard of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of question: its bars of ``MEASURE`` by system, and every figure of every system."""

    part: str
    kind: str
    n: int
    bars: tuple[tuple[str, float, float, float], ...]
    figures: tuple[tuple[str, tuple[float, ...]], ...]


def intro() -> str:
    """What an evaluation is."""
    return render("quality_intro.html")


def running(done: int, total: int) -> str:
    """How far it has come."""
    return render("quality_running.html", done=done, total=total)


def said(text: str) -> str:
    """One sentence in the place of results."""
    return render("hint.html", text=text)


def results(evaluation: Evaluation) -> str:
    """The whole evaluation."""
    measures = list(dict.fromkeys(name for score in evaluation.scores for name in score.measures))
    groups: list[Group] = []
    for part, kind in dict.fromkeys((score.part, score.kind) for score in evaluation.scores):
        own = [score for score in evaluation.scores if (score.part, score.kind) == (part, kind)]
        bars = tuple((s.system, i.mean, i.low, i.high) for s in own if (i := s.measures.get(MEASURE)) is not None)
        figures = tuple((s.system, tuple(s.measures[name].mean if name in s.measures else 0.0 for name in measures)) for s in own)
        groups.append(Group(part, kind, own[0].n, bars, figures))
    return render(
        "quality.html", groups=groups, measures=measures, meaning=MEANING, evaluation=evaluation, summary=summary(groups, measures)
    )


def summary(groups: Sequence[Group], measures: Sequence[str]) -> str:
    """The one figure that an officer asks for, in words: how often the right item comes first. "" where there is none."""
    if not groups or not groups[0].figures or FIRST not in measures:
        return ""
    share = groups[0].figures[0][1][measures.index(FIRST)]
    return f"Med meningar ur den undanhållna rapporten ({groups[0].n} frågor) kommer rätt punkt först i {round(100 * share)} procent av fallen."
