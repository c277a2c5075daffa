"""Another embedder, from the command line to the answer, with a real sentence-transformers model made here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_models import sentence_model

from assistant import Assistant, cli
from corpus import samples

WORDS = ["felaktiga", "utbetalningar", "stickprov", "skola", "unga", "våld", "förvaltningen", "kommunen", "och", "i", "av"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny sentence-transformers model."""
    return sentence_model(tmp_path_factory.mktemp("tiny"), WORDS)


@pytest.mark.slow
def test_a_library_ingested_with_another_embedder_is_searched_with_it(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, library = samples.paths("txt")[-1], ["--library", str(tmp_path / "library")]
    assert cli.run(["ingest", str(report), "--embedder", str(model), *library]) == 0
    capsys.readouterr()
    assert cli.run(["search", "stickprov felaktiga utbetalningar", "--json", "--limit", "3", *library]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert len(hits) == 3
    with Assistant.open(tmp_path / "library") as assistant:
        assert assistant.library.settings["embedder"] == str(model)
        with_model = assistant.search("stickprov felaktiga utbetalningar", limit=36)
    assert [(hit.item.plan, hit.item.code) for hit in with_model[:3]] == [(hit["plan"], hit["code"]) for hit in hits]
    with Assistant.open(tmp_path / "library", embedder="builtin") as assistant:
        builtin = {hit.item.id: hit for hit in assistant.search("stickprov felaktiga utbetalningar", limit=36)}
    assert all(hit.lexical == pytest.approx(builtin[hit.item.id].lexical) for hit in with_model if hit.item.id in builtin)
    assert all(hit.dense != pytest.approx(builtin[hit.item.id].dense, abs=1e-4) for hit in with_model if hit.item.id in builtin)


@pytest.mark.slow
def test_an_embedder_for_one_question_leaves_the_setting_alone(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    assert cli.run(["ingest", str(samples.paths("txt")[-1]), "--library", str(folder)]) == 0
    assert cli.run(["ask", "stickprov felaktiga utbetalningar", "--embedder", str(model), "--library", str(folder)]) in (0, 1)
    with Assistant.open(folder) as assistant:
        assert assistant.library.settings.get("embedder") is None
    with Assistant.open(folder, embedder=str(model)) as assistant:
        assert assistant.library.reembed() == 0, "every text already has its vector"


def test_a_model_that_is_not_there_is_said_and_nothing_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "library"
    missing = str(tmp_path / "ingen-modell")
    assert cli.run(["ingest", str(samples.paths("txt")[-1]), "--library", str(folder)]) == 0
    capsys.readouterr()
    assert cli.run(["ask", "stickprov", "--embedder", missing, "--library", str(folder)]) == 2
    assert missing in capsys.readouterr().err
    assert cli.run(["settings", "embedder", missing, "--library", str(folder)]) == 2
    with Assistant.open(folder) as assistant:
        assert assistant.library.settings.get("embedder") is None
        assert len(assistant.items()) == 36
