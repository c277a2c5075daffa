"""What a part of the index is worth: each variant does what it says, and the rows are the same again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from eval_archive import archive

from eval import ablation
from eval.ablation import Result, Row, rows, table
from eval.statistics import Difference, Interval
from eval.variants import DEFAULT, FilteredAfterwards, Unfiltered, Variant, variants
from eval.written import TIERS
from index import analysis, passages
from index.analysis import terms
from index.filters import Filter
from index.weights import Weights


def named(name: str) -> Variant:
    (found,) = [variant for variant in variants() if variant.name == name]
    return found


def result(mean: float, low: float, high: float) -> Result:
    return Result(Interval(0.5, 0.4, 0.6, 3, 3), Interval(mean, low, high, 3, 3), Difference(mean, 0.25, 3), {})


def test_every_variant_has_its_own_name_and_every_weight_a_variant() -> None:
    names = [variant.name for variant in variants()]
    assert len(names) == len(set(names)) and DEFAULT.name not in names
    varied = {weight for variant in variants() for weight in variant.weights}
    assert varied == set(Weights.__slots__) - {"section"}  # sections are no items; they are searched for themselves
    assert all(variant.change is DEFAULT.change for variant in variants() if variant.weights)


def test_parts_are_out_for_the_length_of_the_block_and_no_longer() -> None:
    usual = terms("trygghetsvandringarna")
    assert len(usual) == 3 and usual[0] != "trygghetsvandringarna"
    with named("stammar: av").change():
        assert terms("vandringarna") == ("vandringarna",)
    with named("sammansättningar: av").change():
        assert terms("trygghetsvandringarna") == usual[:1]
    long = " ".join(f"Mening {number} har fem ord." for number in range(40))
    with named("textställen: högst 30 ord").change():
        assert len(passages.chunks(long)) == 7  # six sentences of five words in each
    assert len(passages.chunks(long)) == 2
    with pytest.raises(RuntimeError), named("stammar: av").change():
        raise RuntimeError
    assert terms("trygghetsvandringarna") == usual and analysis.stem("vandringarna") == "vandring"


def test_filters_afterwards_and_none() -> None:
    with archive().library() as library:
        usual = DEFAULT.retriever(library).rank("revisor granskade städbolag", Filter(year=2024))
        after = FilteredAfterwards("", library, {}).rank("revisor granskade städbolag", Filter(year=2024))
        none = Unfiltered("", library, {}).rank("revisor granskade städbolag", Filter(year=2024))
    assert {ranked.id[-4:] for ranked in usual} == {"2024"} and [one.id for one in after] == [one.id for one in usual]
    assert {ranked.id[-4:] for ranked in none} == {"2024", "2025"}


def test_rows_by_hand() -> None:
    """Each of the three new sentences of 2025 shares words with one comment of 2024: words find them all, and without the comments
    and with no other field either nothing is found."""
    nothing = Variant("allt", "0", dict.fromkeys(("comment", "question", "statement", "expected_result", "heading"), 0.0))
    default, none = rows(archive(), split="all", chosen=[nothing])
    assert (default.part, none.part, none.state) == ("produkten", "allt", "0")
    (own,), (without,) = default.results.values(), none.results.values()
    assert own.ndcg.mean == 1.0 and own.ndcg.n == 3 and own.change is None and own.clear == 0
    assert without.ndcg.mean == 0.0 and without.clear == -1
    assert without.change is not None and (without.change.mean, without.change.low, without.change.high) == (-1.0, -1.0, -1.0)
    assert without.test is not None and without.test.p == pytest.approx(0.25, abs=0.05)  # two of the eight patterns of signs
    assert without.kinds == {"egen mening": 0.0}


def test_the_table_marks_what_is_clear() -> None:
    found = [
        Row("produkten", "", {"egen mening": Result(Interval(0.5, 0.4, 0.6, 3, 3), None, None, {})}),
        Row("stammar", "av", {"egen mening": result(-0.1, -0.2, -0.01)}),
        Row("dense", "1", {"egen mening": result(0.1, 0.01, 0.2)}),
        Row("dense", "0,9", {"egen mening": result(0.1, -0.01, 0.2)}),
    ]
    lines = table(found).split("\n")
    assert "egen mening (n = 3)" in lines[0]
    assert "0,500 − -0,100 (p 0,250)" in lines[2] and "0,500 + +0,100 (p 0,250)" in lines[3] and "0,500   +0,100" in lines[4]


def test_the_same_rows_again_to_the_last_digit() -> None:
    first, second = (
        json.dumps([asdict(row) for row in rows(archive(), split="all", chosen=[named("stammar: av")], seed=3)]) for _ in "ab"
    )
    assert first == second


@pytest.mark.slow
def test_the_command_on_the_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ablation, "variants", lambda: [named("teckenföljder: av"), named("inbäddning: av (bara ord)")])
    run = CliRunner().invoke(ablation.main, ["--json"])
    assert run.exit_code == 0
    found = json.loads(run.stdout)
    assert [row["part"] for row in found] == ["produkten", "teckenföljder", "inbäddning"]
    assert all(set(row["results"]) == {"egen mening", "skrivna frågor"} for row in found)
    kinds = [row["results"]["skrivna frågor"]["kinds"] for row in found]
    assert kinds[1]["felstavat"] < kinds[0]["felstavat"] - 0.1  # letters find misspelt words
    other = TIERS["none"]
    assert kinds[2][other] < kinds[0][other] - 0.1  # meaning finds other words


def test_a_library_that_is_not_there_is_said(tmp_path: Path) -> None:
    failed = CliRunner().invoke(ablation.main, ["--library", f"{tmp_path}/finns inte"])
    assert failed.exit_code == 1 and "inget bibliotek" in failed.output
