"""The measurements' command: what is run, kept, shown and held against limits; and the tables, worked out by hand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from eval.archive import Archive
from eval.bench import __main__ as bench
from eval.bench.figures import Figure, Measured
from eval.bench.tables import amount, markdown, read, terminal
from eval.files import put

ROOT = Path(__file__).parents[1]
FIGURES = (Figure("kall start", 0.01234, "s", 5, 0.0123, 0.02), Figure("mot rå FAISS", 1.5, "×", limit=2.0, fails=True))
MEASURED = Measured("prov", "Ett prov", FIGURES, ("Sagt i ord.",), "2026-01-02", "en dator", "abc")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.01234, "s", "0,0123 s"),
        (1840.4, "MB", "1\u00a0840 MB"),
        (12.54, "×", "12,5 ×"),
        (3.0, "", "3"),
        (0.0, "s", "0 s"),
        (-0.5, "", "-0,500"),
    ],
)
def test_three_figures_count(value: float, unit: str, shown: str) -> None:
    assert amount(value, unit) == shown


def test_tables_say_what_was_measured_and_which_limit_holds() -> None:
    past = replace(MEASURED, figures=(replace(FIGURES[1], value=2.5), replace(FIGURES[1], value=2.5, fails=False)))
    assert "(0,0123–0,0200)" in terminal([MEASURED]) and "högst 2 ×" in terminal([MEASURED])
    assert "högst 2 ×: UNDERKÄNT" in terminal([past]) and "högst 2 ×: passerad" in terminal([past])
    assert max(map(len, terminal([replace(MEASURED, figures=(Figure("ett ord " * 20, 1.0, "s"),))]).split("\n"))) <= 120
    table = markdown([MEASURED])
    assert "**Ett prov** (`prov`, 2026-01-02, data abc, en dator)" in table
    assert "| kall start | 0,0123 s | 0,0123–0,0200 | 5 | – |" in table and "- Sagt i ord." in table


def test_kept_as_json_and_read_back(tmp_path: Path) -> None:
    put(tmp_path / "prov.json", json.dumps(MEASURED.to_json()))
    assert read(tmp_path, "prov") == MEASURED and read(tmp_path, "annat") is None
    put(tmp_path / "prov.json", "{}")
    with pytest.raises(ValueError, match="no measurement"):
        read(tmp_path, "prov")


def test_every_name_is_a_measurement() -> None:
    loaded = bench.load()
    assert [measurement.name for measurement in loaded] == list(bench.NAMES)
    assert all(measurement.title for measurement in loaded)


class Counting:
    """A measurement that counts to three and gives one ratio."""

    def __init__(self, ratio: float) -> None:
        self.ratio = ratio

    def __call__(self, folder: Path, *, quick: bool = False, progress: bench.Progress | None = None) -> Measured:
        for step in range(3):
            assert progress is not None
            progress(step + 1, 3)
        (folder / "spår").write_text(str(quick), encoding="utf-8")
        return Measured("prov", "Ett prov", (Figure("kvot", self.ratio, "×", limit=2.0, fails=True),))


@pytest.fixture
def commanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command with one measurement of its own, which keeps its results in an empty folder."""
    monkeypatch.setattr(bench, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(bench, "load", lambda names: [bench.Measurement("cold", "Ett prov", Counting(1.5))])
    return tmp_path


def test_a_run_is_kept_with_date_machine_and_data(commanded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = commanded / "README.md"
    readme.write_text(f"före\n{bench.START}\ngammalt\n{bench.END}\nefter\n", encoding="utf-8")
    assert bench.main(["cold", "--work", str(commanded / "work"), "--readme", str(readme)]) == 0
    assert "kvot" in capsys.readouterr().out and (commanded / "work" / "spår").read_text(encoding="utf-8") == "False"
    kept = json.loads((commanded / "kept" / "prov.json").read_text(encoding="utf-8"))
    assert kept["date"] and "Python" in kept["machine"] and kept["data"] == Archive.of_samples().hash
    assert "gammalt" not in readme.read_text(encoding="utf-8")


def test_quick_keeps_nothing(commanded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["cold", "--quick", "--json", "--work", str(commanded / "work")]) == 0
    assert json.loads(capsys.readouterr().out)[0]["figures"][0]["value"] == 1.5
    assert not (commanded / "kept").exists()


def test_status_one_past_a_limit_that_fails(commanded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "load", lambda names: [bench.Measurement("cold", "Ett prov", Counting(2.5))])
    assert bench.main(["cold", "--quick", "--work", str(commanded)]) == 1


def test_mistakes_are_one_swedish_sentence() -> None:
    for arguments, words in ((["finns-inte"], "finns-inte"), (["--readme", "finns-inte.md", "--saved"], "finns-inte.md")):
        command = [sys.executable, "-m", "eval.bench", *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
        assert done.returncode == 2 and words in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_what_is_kept_is_of_today_s_sample_reports() -> None:
    hashes = {measured.data for name in bench.NAMES if (measured := read(bench.KEPT, name)) is not None}
    if not hashes:
        pytest.skip("nothing is measured yet")
    assert hashes == {Archive.of_samples().hash}, "the sample reports changed: run make bench"


def test_readme_shows_figures_of_today_s_sample_reports() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else ""
    inside = text.partition(bench.START)[2].partition(bench.END)[0]
    hashes = set(re.findall(r", data ([0-9a-f]{12}),", inside))
    if not hashes:
        pytest.skip("README.md has no measurements yet")
    assert hashes == {Archive.of_samples().hash}, "the sample reports changed: run make bench"


def test_names_with_bars_make_a_grid() -> None:
    cells = (("a", "36", 1.5), ("a", "3\u00a0600", 20.0), ("b", "36", 2.0))
    grid = replace(MEASURED, figures=tuple(Figure(f"ms | {row} | {column}", value, "") for row, column, value in cells))
    lines = [line.split() for line in terminal([grid]).split("\n")]
    assert ["ms", "36", "3", "600"] in lines and ["a", "1,50", "20"] in lines and ["b", "2", "–"] in lines
    assert "| ms | 36 | 3\u00a0600 |\n|---|---|---|\n| a | 1,50 | 20 |\n| b | 2 | – |" in markdown([grid])


@pytest.mark.slow
def test_a_real_measurement_in_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in bench.KEPT.glob("*.json")}
    assert bench.main(["cold", "--quick", "--json", "--work", str(tmp_path)]) == 0
    (measured,) = json.loads(capsys.readouterr().out)
    assert measured["name"] == "cold" and measured["data"] and all(figure["value"] > 0 for figure in measured["figures"])
    assert {path: path.read_bytes() for path in bench.KEPT.glob("*.json")} == before, "a quick run is kept nowhere"
