"""``check`` on a database that does not open, and the reranker as a setting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from index_form import Point, report

from assistant.cli import run
from index.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bibliotek"
    with Library.open(made, create=True, embedder="ingen") as library:
        library.settings["embedder"] = "ingen"
        library.add(*report([Point("1:1", "Lägesbilden är klar.")]))
    return made


def call(*arguments: object) -> int:
    return run([str(argument) for argument in arguments])


def test_a_database_that_does_not_open_is_repaired(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "library.sqlite"
    file.write_bytes(bytes(8192) + file.read_bytes()[8192:])
    assert call("check", "--library", folder) == 2
    assert "assistant check --repair" in capsys.readouterr().err
    assert call("check", "--repair", "--library", folder) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Lagat: Databasen var skadad. Den skadade filen ligger kvar som" in said and "Biblioteket är helt." in said
    assert call("items", "--json", "--library", folder) == 0
    assert [item["comment"] for item in json.loads(capsys.readouterr().out)] == ["Lägesbilden är klar."]


def test_a_reranker_that_is_not_there_is_no_setting(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("settings", "reranker", "./finns/inte/alls", "--library", folder) == 2
    assert "Mappen ./finns/inte/alls finns inte." in " ".join(capsys.readouterr().err.split())
    assert call("settings", "reranker", "--library", folder) == 0
    assert "reranker: inte satt" in capsys.readouterr().out


def test_settings_refuse_what_means_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (("--unset",), "--unset tar bort en namngiven inställning"),
        (("embedder", "ingen", "--unset"), "--unset tar bort en namngiven inställning"),
        (("embedder", ""), "Värdet är tomt"),
        (("current_year", "3"), "inget år mellan 1990 och 2100"),
        (("current_year", "20x6"), "inget år mellan 1990 och 2100"),
    ):
        assert call("settings", *arguments, "--library", folder) == 2
        assert said in " ".join(capsys.readouterr().err.split())
    assert call("settings", "organisation", "Finns inte", "--library", folder) == 0
    assert "Biblioteket har ingen rapport från Finns inte." in capsys.readouterr().err


def test_a_check_says_that_the_embedder_is_gone_and_looks_at_the_rest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(folder) as library:
        library.settings["embedder"] = "./modell/som/är/borta"
    assert call("check", "--library", folder) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Mappen ./modell/som/är/borta finns inte." in said and "assistant settings embedder builtin" in said
    assert call("settings", "embedder", "builtin", "--library", folder) == 0
    assert call("check", "--repair", "--library", folder) == 0
