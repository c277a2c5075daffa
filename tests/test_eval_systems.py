"""Plain BM25 against its formula worked out by hand, and the filter that every system obeys."""

from __future__ import annotations

from math import log

import pytest
from eval_archive import ORGANISATION, archive

from eval.systems import BM25, PlainBm25, compared
from index.filters import Filter


def test_bm25_by_hand() -> None:
    with archive().library() as library:
        found = PlainBm25(library).rank("taxibolag", Filter())
        lengths = [len(f"{i.question} {i.statement} {i.expected_result} {i.comment}".split()) for i in library.items()]
        (item,) = [i for i in library.items() if "taxibolag" in i.comment]
        length = len(f"{item.question} {item.statement} {item.expected_result} {item.comment}".split())
    rarity = log(1 + (7 - 1 + 0.5) / (1 + 0.5))  # one of seven items has the word
    norm = 1.2 * (1 - 0.75 + 0.75 * length / (sum(lengths) / 7))
    assert [ranked.id for ranked in found] == [item.id]
    assert found[0].score == pytest.approx(rarity * 1 * 2.2 / (1 + norm))


def test_bm25_finds_other_endings_and_nothing_for_unknown_words() -> None:
    with archive().library() as library:
        system = PlainBm25(library)
        assert system.rank("lampor", Filter())[0].id.endswith("/1:1/2025")
        assert system.rank("zebra", Filter()) == [] == system.rank("", Filter())


def test_every_system_obeys_the_filter() -> None:
    with archive().library() as library:
        systems = compared(library)
        assert [system.name for system in systems] == ["assistenten", BM25, "bara ord", "bara betydelse"]
        assert [system.name for system in compared(library, meaning=False)] == ["assistenten", BM25, "bara ord"]
        for system in systems:
            assert all(r.id.endswith("/2024") for r in system.rank("revisor granskade städbolag", Filter(year=2024)))
            assert system.rank("revisor", Filter(organisation="en annan")) == []
            assert len(system.rank("föräldrar", Filter(organisation=ORGANISATION))) == len(set(system.rank("föräldrar", Filter())))
