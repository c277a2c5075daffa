"""``assistant eval`` in a process of its own: table and JSON, files on request, one Swedish sentence for a mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from eval_archive import archive

from eval.table import END, START
from index.library import Library

ROOT = Path(__file__).parents[1]


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", "eval", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bibliotek")
    with Library.open(path, create=True, embedder="ingen") as library:
        library.settings["embedder"] = "ingen"
        for report, data in archive().reports:
            library.add(report, data)
    return path


def test_table_json_and_files(folder: Path, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"{START}\n{END}\n", encoding="utf-8")
    done = run(
        "--library", folder, "--json", "--out", tmp_path / "ut", "--report", tmp_path / "sida", "--readme", readme, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result == json.loads((tmp_path / "ut" / "evaluation.json").read_text(encoding="utf-8"))
    assert {score["system"] for score in result["scores"]} == {"assistenten", "BM25", "bara ord"}
    assert (tmp_path / "ut" / "undanhallna-rapporter.bm25.run").is_file()
    assert (tmp_path / "ut" / "beir" / "undanhallna-rapporter" / "corpus.jsonl").is_file() and (
        tmp_path / "sida" / "index.html"
    ).is_file()
    assert result["data_hash"] in readme.read_text(encoding="utf-8")
    (look,) = map(json.loads, (tmp_path / "data" / "eval_looks.jsonl").read_text(encoding="utf-8").splitlines())
    assert (look["part"], look["data_hash"], look["questions_hash"]) == ("all", result["data_hash"], result["questions_hash"])
    assert "undanhållna rapporter, egen mening (n = 3): 1,000" in look["figures"]
    shown = run("--library", folder, "--split", "dev", cwd=tmp_path)
    assert shown.returncode == 0 and "UNDANHÅLLNA RAPPORTER" in shown.stdout and "egen mening (n = " in shown.stdout
    assert len((tmp_path / "data" / "eval_looks.jsonl").read_text(encoding="utf-8").splitlines()) == 1, (
        "dev is no look at the test half"
    )


def test_nothing_to_measure_is_status_one(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True, embedder="ingen"):
        pass
    done = run("--library", tmp_path, "--json")
    assert done.returncode == 1 and json.loads(done.stdout)["scores"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--library", "finns-inte"], "finns-inte"),
        (["--readme", "finns-inte.md"], "finns-inte.md"),
        (["--readme", "pyproject.toml"], "eval:start"),
        (["--split", "halva"], "halva"),
    ],
)
def test_mistakes_are_one_swedish_sentence(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2 and done.stdout == "" and words in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
