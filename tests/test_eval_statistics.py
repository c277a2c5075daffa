"""Intervals and tests: cases with a known answer, the same figures with the same seed, groups drawn whole."""

from __future__ import annotations

import pytest

from eval.statistics import difference, interval

ALONE: dict[str, str] = {}


def test_interval_of_equal_values_is_a_point() -> None:
    found = interval({"a": 0.25, "b": 0.25}, ALONE, seed=1, label="x")
    assert (found.mean, found.low, found.high, found.n, found.groups) == (0.25, 0.25, 0.25, 2, 2)


def test_interval_holds_the_mean_and_follows_the_binomial() -> None:
    values = {str(i): float(i < 50) for i in range(100)}
    found = interval(values, ALONE, seed=1, label="x")
    assert found.mean == 0.5
    # 1.96 standard errors of 100 throws with chance 1/2: 0.098
    assert found.low == pytest.approx(0.402, abs=0.02) and found.high == pytest.approx(0.598, abs=0.02)
    assert found == interval(values, ALONE, seed=1, label="x")
    uneven = {str(i): i**0.5 for i in range(100)}
    assert len({interval(uneven, ALONE, seed=seed, label=label) for seed in (1, 2) for label in "xy"}) == 4


def test_groups_are_drawn_whole() -> None:
    values = {str(i): float(i < 50) for i in range(100)}
    wide = interval(values, {query: "a" if value else "b" for query, value in values.items()}, seed=1, label="x")
    assert (wide.groups, wide.low, wide.high) == (2, 0.0, 1.0)


def test_no_queries() -> None:
    assert interval({}, ALONE, seed=1, label="x").n == 0
    assert difference({}, {}, ALONE, seed=1, label="x").p == 1.0


def test_difference_of_equals_is_nothing() -> None:
    same = {str(i): i / 10 for i in range(10)}
    found = difference(same, same, ALONE, seed=1, label="x")
    assert (found.mean, found.p) == (0.0, 1.0)


def test_difference_that_always_points_one_way() -> None:
    first, second = ({str(i): value for i in range(10)} for value in (0.75, 0.25))
    found = difference(first, second, ALONE, seed=1, label="x")
    assert found.mean == 0.5
    # of 2^10 sign patterns two are as far from zero
    assert found.p == pytest.approx(2 / 1024, abs=0.002)
    one_group = difference(first, second, dict.fromkeys(first, "g"), seed=1, label="x")
    assert one_group.p == 1.0


def test_unpaired_is_refused() -> None:
    with pytest.raises(ValueError, match="paired"):
        difference({"a": 1.0}, {"b": 1.0}, ALONE, seed=1, label="x")
