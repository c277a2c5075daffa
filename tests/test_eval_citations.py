"""Citation recall and precision by ALCE's rule, and how far the test of support agrees with the judged sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import citations, looks
from eval.citations import Agreement, Cited, Judged, needed_citations, score
from eval.support import VERDICTS

NOTE, OLD, OTHER = "väntetid 6 dgr", "Väntetiden till samtal är 9 dagar.", "Lägret hölls i Lillviken."
SENTENCE = "Väntetiden till samtal är 6 dagar."


def test_a_source_is_needed_where_the_rest_do_not_do() -> None:
    assert needed_citations(SENTENCE, [NOTE, OLD]) == [True, True]
    assert needed_citations(SENTENCE, [NOTE, OTHER, OLD]) == [True, False, True]
    assert needed_citations("Väntetiden är 6 dagar.", [NOTE, OLD]) == [True, False]
    assert needed_citations("Väntetiden är 6 dagar.", [NOTE, NOTE]) == [
        True,
        True,
    ]  # each is enough alone: none is beside the point
    assert needed_citations(SENTENCE, [OTHER]) == [False]


def test_counts_and_shares() -> None:
    found = score([(SENTENCE, [NOTE, OTHER, OLD]), ("Badhuset har stängt.", [OTHER]), ("Tomt.", [])])
    assert found == Cited(sentences=3, supported=1, citations=4, needed=2)
    assert (found.recall, found.precision) == (pytest.approx(1 / 3), 0.5)
    assert score([]).recall == score([]).precision == 1.0


def test_kappa_worked_out() -> None:
    """Cohen's kappa: 40 both yes, 40 both no, 10 and 10 otherwise: seen 0.8, by chance 0.5."""
    table = {(one, two): 0 for one in VERDICTS for two in VERDICTS}
    table["supported", "supported"], table["not", "not"] = 40, 30
    table["partly", "not"], table["supported", "partly"], table["not", "supported"] = 10, 10, 10
    found = Agreement(100, table)
    assert (found.accuracy, found.exact) == (pytest.approx(0.8), pytest.approx(0.7))
    assert found.kappa == pytest.approx(0.6)
    assert Agreement(0, dict.fromkeys(table, 0)).kappa == 1.0


def test_the_judged_hundred() -> None:
    rows = citations.load()
    assert len(rows) == 100 and len({(row.text, row.sources) for row in rows}) == 100
    assert sum(bool(row.planted) for row in rows) == 40
    assert {row.verdict for row in rows} == set(VERDICTS) and all(row.sources for row in rows)
    assert all(place < len(row.sources) for row in rows for place in row.needless)
    assert {row.split for row in rows} == {"dev", "test"} and len(citations.load("dev")) + len(citations.load("test")) == 100


def test_the_test_of_support_agrees_with_the_reader() -> None:
    found = citations.agreement(citations.load("dev"))
    assert found.accuracy >= 0.9 and found.kappa >= 0.8
    same, asked = citations.citations_agree(citations.load("dev"))
    assert same / asked >= 0.8


def test_planted_errors_are_told_from_sentences_as_drafted() -> None:
    """On the dev half: nearly all that the reader rejected is rejected, nearly all that she accepted accepted."""
    rows = citations.load("dev")
    accepted = [row for row in rows if row.verdict == "supported"]
    rejected = [row for row in rows if row.verdict != "supported"]

    def passed(row: Judged) -> bool:
        return citations.support(row.text, row.sources) == "supported"

    assert sum(map(passed, accepted)) / len(accepted) >= 0.9 and sum(map(passed, rejected)) / len(rejected) <= 0.1


@pytest.mark.slow
def test_drafts_of_the_dev_half_stand_on_their_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from eval.draft import cases

    found = score(citations.of_drafts(case.draft for case in cases("dev")))
    assert found.sentences > 100 and found.recall > 0.9 and found.precision > 0.9


def test_a_look_at_the_test_half_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = looks.note(tmp_path / "ny" / "looks.jsonl", "eval.citations", "test", {"data_hash": "abc"}, ["täckning 1,000"])
    looks.note(path, "eval.citations", "all", {"data_hash": "abc"}, [])
    first, second = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (first["part"], first["data_hash"], first["figures"]) == ("test", "abc", ["täckning 1,000"]) and second["part"] == "all"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "en fil").write_text("", encoding="utf-8")
    assert looks.note(tmp_path / "en fil" / "looks.jsonl", "x", "test", {}, []) == looks.THEIRS and looks.THEIRS.is_file()


def test_every_command_that_looks_is_in_the_log_of_the_project() -> None:
    rows = [json.loads(line) for line in looks.OURS.read_text(encoding="utf-8").splitlines()]
    assert all(row["part"] in ("test", "all") and row["at"] and row["figures"] for row in rows)
