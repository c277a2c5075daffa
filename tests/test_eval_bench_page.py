"""Measuring the page: many ask at once and each gets its own answer, a wrong one is told, starts become figures with their ratio."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.ui.serving import serving
from eval.bench.page import LIMIT, Start, _figures, _is_own, _questions, together


def test_no_two_ask_the_same_at_once() -> None:
    assert len(set(_questions(20, 0))) == 20 and _questions(20, 0) != _questions(20, 1)


@pytest.mark.slow
def test_each_session_gets_its_own_answer(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant, serving(assistant) as address:
        times, wrong = together(address, 4, 0)
    assert len(times) == 4 and min(times) > 0 and wrong == 0


def test_an_answer_to_another_question_is_told() -> None:
    def event(question: str, source: str) -> str:
        html = f'<h2><span>Din fråga: </span>{question}</h2><section aria-label=\\"Källa: {source}\\">'
        return f'data: {{"msg": "process_completed", "output": {{"data": [{{"html": "{html}"}}]}}}}'

    asked = ("a", "Strategi 1:1", "rapport 2024")
    assert _is_own(event("a", "Strategi 1:1, rapport 2024"), *asked)
    assert not _is_own(event("b", "Strategi 1:1, rapport 2024"), *asked)
    assert not _is_own(event("a", "Strategi 1:1, rapport 2025"), *asked)
    assert not _is_own("", *asked)


def test_starts_become_figures_with_their_ratio() -> None:
    ours, bare = [Start(2.0, 1.0, 4.0, 5000, 7), Start(4.0, 2.0, 6.0, 5000, 7)], [Start(2.0, None)]
    figures = {figure.name: figure for figure in _figures(ours, bare, [0.1], [0.2, 0.4], 0)}
    assert figures["start, vår mot tom"].value == 1.5 and figures["start, vår mot tom"].limit == LIMIT
    assert not figures["start, vår mot tom"].kept and figures["svar i fel session"].kept
    assert figures["sidans vikt, vår sida"].value == 5 and "sidans vikt, tom Gradio-sida" not in figures
    assert "processortid vid start, vår mot tom" not in figures  # the bare one's is not known
    assert figures["20 frågar samtidigt, p50"].value == pytest.approx(300)
