"""The whole evaluation on a small archive, and once on the sample reports: what is asked of whom, and the same result again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from eval_archive import archive

from eval import heldout
from eval.archive import SAMPLES, Archive
from eval.measures import MEASURES, per_query
from eval.results import HELD_OUT, WRITTEN
from eval.run import data_hash, evaluate
from eval.systems import BM25, MEANING, OURS, WORDS


def test_held_out_sentences_find_their_items() -> None:
    evaluation = evaluate(archive())
    new = {score.system: score for score in evaluation.scores if score.kind == "egen mening"}
    assert list(new) == [OURS, BM25, WORDS]  # without an embedder there is no ranking by meaning
    assert all(score.n == 3 and score.measures["nDCG@10"].groups == 3 for score in new.values())
    for system in new:  # each sentence shares words with one earlier comment only
        assert new[system].measures["Success@1"].mean == 1.0
    tests = [c for c in evaluation.comparisons if c.kind == "egen mening" and c.measure == "nDCG@10"]
    assert [(test.other, test.difference.mean, test.difference.p) for test in tests] == [(BM25, 0.0, 1.0), (WORDS, 0.0, 1.0)]
    assert any("skrivna frågorna" in note for note in evaluation.notes) and evaluation.answers == ()


def test_with_an_embedder_meaning_is_compared_too() -> None:
    evaluation = evaluate(replace(archive(), embedder=None))
    assert {score.system for score in evaluation.scores} == {OURS, BM25, WORDS, MEANING}


def test_the_held_out_report_is_not_searched() -> None:
    runs = evaluate(archive()).runs[HELD_OUT]
    assert {ranked.id.rsplit("/", 1)[1] for run in runs.values() for found in run.values() for ranked in found} == {"2024"}


def test_each_year_is_held_out_once() -> None:
    evaluation = evaluate(archive(), hold_out="each")
    assert {query.split("#")[0].rsplit("/", 1)[1] for query in evaluation.qrels[HELD_OUT]} == {"2024", "2025"}


def test_same_arguments_same_result_to_the_last_digit() -> None:
    first, second = (json.dumps(evaluate(archive(), seed=3).to_json()) for _ in range(2))
    assert first == second
    assert json.loads(first)["seed"] == 3


def test_splits_are_halves_of_the_whole() -> None:
    whole, dev, test = (evaluate(archive(), split=part) for part in ("all", "dev", "test"))
    assert set(whole.qrels[HELD_OUT]) == set(dev.qrels[HELD_OUT]) | set(test.qrels[HELD_OUT])
    assert not set(dev.qrels[HELD_OUT]) & set(test.qrels[HELD_OUT])


def test_progress_ends_at_the_total() -> None:
    steps: list[tuple[int, int]] = []
    evaluate(archive(), progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1] == 3 * 4 and [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_nothing_to_hold_out() -> None:
    lone = replace(archive(), reports=archive().reports[:1])
    evaluation = evaluate(lone)
    assert evaluation.scores == () and "Läs in ett år till av samma organisation" in evaluation.notes[0]


def test_reports_without_comments_are_said_to_have_none() -> None:
    items = [replace(item, comment="") for item in archive().items]
    (note,) = heldout.queries(heldout.newest(items)[0], items).notes
    assert note == "Socialförvaltningen Ekhamn 2025: ingen punkt har någon kommentar, så det finns inga meningar att fråga med."


def test_hash_follows_the_data_and_not_its_order() -> None:
    whole = archive()
    assert (
        data_hash(whole)
        == data_hash(replace(whole, reports=whole.reports[::-1]))
        != data_hash(replace(whole, reports=whole.reports[1:]))
    )


@pytest.mark.slow
def test_sample_reports() -> None:
    """The test half with the built-in embedder: every query counted, ours beside plain BM25, every written question answered."""
    evaluation = evaluate(Archive.of_samples(), split="test")
    assert evaluation.data == SAMPLES and len(evaluation.reports) == 6
    assert set(evaluation.qrels) == {HELD_OUT, WRITTEN}
    for part, qrels in evaluation.qrels.items():
        for score in evaluation.scores:
            if score.part == part and score.kind == "egen mening":
                table = per_query(qrels, evaluation.runs[part][score.system])
                ids = [query for query in qrels if query in evaluation.runs[part][score.system]]
                assert score.n <= len(ids) == len(qrels)
                assert set(table) == set(MEASURES)
    new = {score.system: score.measures["nDCG@10"].mean for score in evaluation.scores if score.kind == "egen mening"}
    assert new[OURS] > new[BM25]
    total = evaluation.answers[-1]
    assert total.kind == "alla" and total.n == total.status[1] == sum(row.n for row in evaluation.answers[:-1])
    assert total.status[0] > total.n / 2
    (in_use,) = [point for point in evaluation.curve if point.chosen]
    assert (in_use.expected, in_use.refused, in_use.right) == tuple(
        getattr(evaluation.refusals, name) for name in ("expected", "refused", "right")
    )
    assert [point.recall for point in evaluation.curve] == sorted(point.recall for point in evaluation.curve)
