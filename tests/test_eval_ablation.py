"""What a part of the index is worth: each variant does what it says, and the rows are the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from eval_archive import archive

from eval import ablation, ablation_result, command, looks
from eval.ablation import ablate, defaults_hash
from eval.ablation_result import BETTER, BOTH, SAME, WORSE, Ablation, Result, Row
from eval.ablation_table import END, NOTHING, START, markdown, terminal
from eval.archive import Archive
from eval.run import data_hash
from eval.statistics import Difference, Interval
from eval.variants import DEFAULT, OFF, FilteredAfterwards, FusedByRank, Unfiltered, Variant, variants
from eval.written import TIERS
from index import analysis, passages
from index.analysis import terms
from index.filters import Filter
from index.library import Library
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


def test_a_code_is_a_key_unless_it_is_left_out() -> None:
    with archive().library() as library:
        usual = DEFAULT.retriever(library).rank("strategi 1:2", Filter(year=2024))
        with named("koden som nyckel: av").change():
            word = DEFAULT.retriever(library).rank("strategi 1:2", Filter(year=2024))
        assert DEFAULT.retriever(library).rank("strategi 1:2", Filter(year=2024)) == usual
    assert [ranked.score for ranked in usual] == [0.99] * len(usual) and usual
    assert all(ranked.score != 0.99 for ranked in word)


def test_ranks_are_fused() -> None:
    """Without an embedder one side alone has a say: its first has 1/61, its second 1/62."""
    with archive().library() as library:
        usual = DEFAULT.retriever(library).rank("revisor granskade städbolag", Filter(year=2024))
        fused = FusedByRank("", library, {}).rank("revisor granskade städbolag", Filter(year=2024))
    assert [one.id for one in fused] == [one.id for one in usual]
    assert [one.score for one in fused] == pytest.approx([2 / (61 + place) for place in range(len(fused))])


def test_rows_by_hand() -> None:
    """Each of the three new sentences of 2025 shares words with one comment of 2024: words find them all, and without the comments
    and with no other field either nothing is found."""
    nothing = Variant("allt", OFF, dict.fromkeys(("comment", "question", "statement", "expected_result", "heading"), 0.0))
    default, none = ablate(archive(), split="all", chosen=[nothing]).rows
    assert default.is_product and (none.part, none.state, none.is_off, none.product) == ("allt", "av", True, BETTER)
    (own,), (without,) = default.results.values(), none.results.values()
    assert own.ndcg.mean == 1.0 and own.ndcg.n == 3 and own.change is None and own.clear == 0
    assert without.ndcg.mean == 0.0 and without.clear == -1
    assert without.change is not None and (without.change.mean, without.change.low, without.change.high) == (-1.0, -1.0, -1.0)
    assert without.test is not None and without.test.p == pytest.approx(0.25, abs=0.05)  # two of the eight patterns of signs
    assert without.kinds == {"egen mening": 0.0}


def rows() -> tuple[Row, ...]:
    """The product and three variants of one set: worse, better, and neither."""
    return (
        Row("produkten", "", {"egen mening": Result(Interval(0.5, 0.4, 0.6, 3, 3), None, None, {})}),
        Row("stammar", "av", {"egen mening": result(-0.1, -0.2, -0.01)}),
        Row("filter", "1", {"egen mening": result(0.1, 0.01, 0.2)}),
        Row("filter", "0,9", {"egen mening": result(0.1, -0.01, 0.2)}),
    )


FOUND = Ablation("provet", "abc", "def", "dev", 0, "2026-01-02", rows())


def test_the_terminal_table_marks_what_is_clear() -> None:
    lines = terminal(FOUND).split("\n")
    assert (
        lines[0].startswith("Mätt 2026-01-02 på provet, utvecklingsdelen (data abc, förval def")
        and "egen mening (n = 3)" in lines[1]
    )
    assert "0,500 − -0,100 (p 0,250)" in lines[3] and "0,500 + +0,100 (p 0,250)" in lines[4] and "0,500   +0,100" in lines[5]


def test_the_markdown_table_says_what_the_product_is() -> None:
    table = markdown(FOUND).split("\n")
    assert "| stammar | av | 0,500 | −0,100 (−0,200 till −0,010) | 0,250 | bättre |" in table
    assert [row.product for row in FOUND.rows] == [SAME, BETTER, WORSE, SAME]
    both = Row("stammar", "av", {"a": result(-0.1, -0.2, -0.01), "b": result(0.1, 0.01, 0.2)})
    assert both.product == BOTH
    assert len({line.count("|") for line in table if line.startswith("|")}) == 1


def test_as_json_and_back(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(FOUND.to_json()), encoding="utf-8")
    assert ablation_result.kept(tmp_path / "a.json") == FOUND and ablation_result.kept(tmp_path / "b.json") is None


def test_the_same_rows_again_to_the_last_digit() -> None:
    first, second = (
        json.dumps(ablate(archive(), split="all", chosen=[named("stammar: av")], seed=3).to_json()["rows"]) for _ in "ab"
    )
    assert first == second


@pytest.mark.slow
def test_the_command_on_the_samples(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(ablation, "variants", lambda: [named("teckenföljder: av"), named("inbäddning: av (bara ord)")])
    monkeypatch.setattr(ablation, "KEPT", tmp_path / "kept.json")
    readme = tmp_path / "README.md"
    readme.write_text(f"före\n{START}\n{END}\nefter\n", encoding="utf-8")
    assert command.run(ablation.command, ["--json", "--readme", str(readme)]) == 0
    found = json.loads(capsys.readouterr().out)["rows"]
    assert [row["part"] for row in found] == ["produkten", "teckenföljder", "inbäddning"]
    assert all(set(row["results"]) == {"egen mening", "skrivna frågor"} for row in found)
    kinds = [row["results"]["skrivna frågor"]["kinds"] for row in found]
    assert kinds[1]["felstavat"] < kinds[0]["felstavat"] - 0.1  # letters find misspelt words
    other = TIERS["none"]
    assert kinds[2][other] < kinds[0][other] - 0.1  # meaning finds other words
    kept = ablation_result.kept(tmp_path / "kept.json")
    assert kept is not None and f"\n{markdown(kept)}\n" in readme.read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library without reports that searches by words alone."""
    with Library.open(tmp_path / "bibliotek", create=True, embedder="ingen") as library:
        library.settings["embedder"] = "ingen"
    return tmp_path / "bibliotek"


def test_a_look_at_all_of_a_library_is_logged_and_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        for report, data in archive().reports:
            library.add(report, data)
    monkeypatch.setattr(ablation, "variants", list)
    monkeypatch.setattr(ablation, "KEPT", tmp_path / "kept.json")
    monkeypatch.chdir(tmp_path)
    assert command.run(ablation.command, ["--split", "all", "--library", str(folder)]) == 0
    (look,) = map(json.loads, looks.THEIRS.read_text(encoding="utf-8").splitlines())
    assert (look["command"], look["part"]) == ("eval.ablation", "all") and look["figures"] == ["produkten, egen mening: 1.000"]
    assert not (tmp_path / "kept.json").exists()


def test_a_library_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(ablation.command, ["--library", f"{tmp_path}/finns inte"]) == 2
    assert "inget bibliotek" in capsys.readouterr().err


def test_nothing_to_ask_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report, data), *_ = archive().reports
    with Library.open(folder) as library:
        library.add(report, data)
    assert command.run(ablation.command, ["--library", str(folder)]) == 1
    assert capsys.readouterr().out == f"{NOTHING}\n"


KEPT = ablation_result.kept()


@pytest.mark.skipif(KEPT is None, reason="the ablation has not been kept yet")
def test_what_is_kept_is_of_today_s_data_and_defaults() -> None:
    assert KEPT is not None
    assert KEPT.data_hash == data_hash(Archive.of_samples()), "reports or questions changed: run python -m eval.ablation"
    assert KEPT.defaults == defaults_hash(), "weights or embedder changed: run python -m eval.ablation"


@pytest.mark.skipif(KEPT is None, reason="the ablation has not been kept yet")
def test_the_readme_shows_what_is_kept() -> None:
    assert KEPT is not None
    readme = Path(__file__).parents[1] / "README.md"
    if not readme.exists() or START not in readme.read_text(encoding="utf-8"):
        pytest.skip("README.md has no place for the ablation")
    assert markdown(KEPT) in readme.read_text(encoding="utf-8"), "run python -m eval.ablation --saved --readme README.md"


@pytest.mark.skipif(KEPT is None, reason="the ablation has not been kept yet")
def test_no_part_does_harm() -> None:
    """Each part helps, or leaving it out makes no difference that can be measured."""
    assert KEPT is not None
    off = [row for row in KEPT.rows if row.is_off]
    assert len(off) > 10 and [row.part for row in off if row.product in (WORSE, BOTH)] == []
