"""Measures: worked-out rankings, and agreement with an implementation that shares nothing with the one used."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st
from independent_measures import independent

from eval import beir, trec
from eval.measures import MEASURES, Ranked, mean, order, per_query


def ranking(*ids: str) -> list[Ranked]:
    return [Ranked(name, float(-place)) for place, name in enumerate(ids)]


def test_worked_out_by_hand() -> None:
    table = per_query({"q": {"b": 1, "x": 1}}, {"q": ranking("a", "b", "c", "d", "e", "x")})
    assert table["RR@10"]["q"] == pytest.approx(1 / 2)
    assert table["R@5"]["q"] == pytest.approx(1 / 2)
    assert [table[f"Success@{k}"]["q"] for k in (1, 3, 5)] == [0, 1, 1]
    assert table["nDCG@10"]["q"] == pytest.approx((1 / log2(3) + 1 / log2(7)) / (1 + 1 / log2(3)))


def test_no_result_is_zero_and_counts() -> None:
    table = per_query({"q": {"a": 1}, "r": {"a": 1}}, {"q": ranking("a")})
    assert all(table[name] == {"q": 1.0, "r": 0.0} for name in MEASURES)
    assert mean(table["RR@10"]) == 0.5
    assert per_query({"q": {"a": 1}}, {})["nDCG@10"] == {"q": 0.0}
    assert mean({}) == 0.0


def test_ties_go_to_the_smaller_id_whatever_the_input_order() -> None:
    tied = [Ranked("c", 1.0), Ranked("b", 1.0), Ranked("a", 0.5)]
    assert [r.id for r in order(tied)] == [r.id for r in order(tied[::-1])] == ["b", "c", "a"]
    assert per_query({"q": {"b": 1}}, {"q": tied})["Success@1"]["q"] == 1.0
    assert per_query({"q": {"c": 1}}, {"q": tied})["Success@1"]["q"] == 0.0


def test_refusals() -> None:
    with pytest.raises(ValueError, match="no relevant"):
        per_query({"q": {"a": 0}}, {})
    with pytest.raises(ValueError, match="twice"):
        per_query({"q": {"a": 1}}, {"q": [Ranked("a", 1.0), Ranked("a", 2.0)]})


IDS = st.sampled_from([f"d{i}" for i in range(15)] + ["å/ä/1:1/2024", "å/ä/1:10/2024"])
GRADES = st.dictionaries(IDS, st.integers(0, 3), min_size=1).filter(lambda grades: any(grades.values()))
RANKING = st.dictionaries(IDS, st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0, -1.0, 1e-12]))


@given(st.lists(st.tuples(GRADES, RANKING), min_size=1, max_size=4))
def test_agrees_with_an_independent_implementation(queries: list[tuple[dict[str, int], dict[str, float]]]) -> None:
    qrels = {f"q{i}": grades for i, (grades, _) in enumerate(queries)}
    run = {f"q{i}": [Ranked(name, score) for name, score in ranked.items()] for i, (_, ranked) in enumerate(queries)}
    table = per_query(qrels, run)
    for name in MEASURES:
        for query, grades in qrels.items():
            assert table[name][query] == pytest.approx(independent(name, grades, run[query]), abs=1e-6), (name, query)


@given(st.lists(st.tuples(GRADES, RANKING), min_size=1, max_size=3))
def test_files_lead_another_implementation_to_the_same_figures(queries: list[tuple[dict[str, int], dict[str, float]]]) -> None:
    """Runs with ties written as TREC lines and judgements as BEIR's table, read back and measured by the textbook."""
    qrels = {f"q{i}": grades for i, (grades, _) in enumerate(queries)}
    run = {f"q{i}": [Ranked(name, score) for name, score in ranked.items()] for i, (_, ranked) in enumerate(queries)}
    table = per_query(qrels, run)
    judged: dict[str, dict[str, int]] = {}
    for query, document, grade in (line.split("\t") for line in beir.qrels_table(qrels).splitlines()[1:]):
        judged.setdefault(query, {})[document] = int(grade)
    read: dict[str, list[Ranked]] = {}
    for query, _, document, _, score, _ in map(str.split, trec.run_lines(run, "prov")):
        read.setdefault(query, []).append(Ranked(document, float(score)))
    for name in MEASURES:
        for query, grades in judged.items():
            assert table[name][query] == pytest.approx(independent(name, grades, read.get(query, [])), abs=1e-6), (name, query)
