"""The threshold for answering: figures by hand, the search for where refusing begins, and what the threshold in use gives."""

from __future__ import annotations

import pytest

from assistant.relevance import ANSWERS, answering_from, is_sure
from eval import abstention, written
from eval.abstention import THRESHOLDS, Point, curve
from eval.archive import Archive


def test_figures_by_hand() -> None:
    point = Point(0.3, asked=10, expected=4, refused=5, right=3, codes=0)
    assert (point.precision, point.recall) == (3 / 5, 3 / 4)
    assert point.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    nothing = Point(0.0, asked=2, expected=0, refused=0, right=0, codes=0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("first", range(5))
def test_the_first_is_found_and_not_all_are_asked(first: int) -> None:
    asked: list[int] = []

    def holds(at: int) -> bool:
        asked.append(at)
        return at >= first

    assert abstention._first(4, holds) == first
    assert len(asked) <= 3


def test_a_threshold_holds_only_where_it_is_set() -> None:
    with answering_from(0.9):
        assert not is_sure(0.8)
    assert is_sure(ANSWERS) and not is_sure(ANSWERS, older=True)


@pytest.mark.slow
def test_the_threshold_in_use_refuses_well_and_no_code() -> None:
    archive = Archive.of_samples()
    asked = [question for question in written.load(archive.items) if question.split == "dev"]
    with archive.library() as library:
        low, chosen, high = curve(asked, library, thresholds=(0.0, ANSWERS, 0.8))
    assert ANSWERS in THRESHOLDS
    assert [low.chosen, chosen.chosen, high.chosen] == [False, True, False]
    assert low.refused < chosen.refused < high.refused and low.recall < chosen.recall
    assert chosen.f1 >= 0.95
    assert chosen.codes == high.codes == 0
