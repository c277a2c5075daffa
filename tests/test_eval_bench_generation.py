"""Prompt lookup replayed by hand and against transformers' own, and the quick measurement."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.bench.generation import NAME, Replayed, _looked_up, measure, replay


def test_a_copied_text_comes_out_in_few_steps() -> None:
    """Nothing begins with 8, so 1 comes alone; after 1 stand 2 3 4, all right, and 5 comes with them; 6 is the last and comes in any case."""
    assert replay([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6], proposed=3) == Replayed(tokens=6, proposing=2, bare=1, accepted=3)


def test_nothing_to_copy() -> None:
    assert replay([1, 2, 3], [7, 8, 9]) == Replayed(tokens=3, proposing=0, bare=3, accepted=0)
    assert replay([1, 2, 3], []) == Replayed(0, 0, 0, 0)
    assert Replayed(0, 0, 0, 0).gain(2.0) == 1.0


def test_the_gain_is_tokens_against_what_the_steps_cost() -> None:
    assert Replayed(tokens=12, proposing=3, bare=2, accepted=7).gain(1.5) == 12 / 6.5


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=30), st.lists(st.integers(1, 4), min_size=1, max_size=30))
def test_every_token_comes_out_of_one_step(prompt: list[int], output: list[int]) -> None:
    found = replay(prompt, output, proposed=3)
    assert found.accepted + found.proposing + found.bare == found.tokens == len(output)


@pytest.mark.slow
@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=40))
def test_what_is_looked_up_is_what_transformers_looks_up(text: list[int]) -> None:
    import torch
    from transformers.generation.candidate_generator import PromptLookupCandidateGenerator

    theirs = PromptLookupCandidateGenerator(num_output_tokens=10, max_matching_ngram_size=3, max_length=1000)
    found, _ = theirs.get_candidates(torch.LongTensor([text]))
    assert found[0].tolist() == text + _looked_up(text, 10, 3)


@pytest.mark.slow
def test_the_quick_measurement(tmp_path: Path) -> None:
    found = measure(tmp_path, quick=True)
    assert found.name == NAME
    values = {figure.name: figure.value for figure in found.figures}
    assert values["liten: vikterna i minnet"] < 1.0
    assert all(value > 0 for name, value in values.items() if "lönar" not in name)
