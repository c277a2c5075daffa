"""The evaluation from the page: it runs, says how far it has come, can be stopped, and speaks plainly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.ui.background import Background
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.quality import QualityWork
from assistant.ui.quality_view import running
from eval import looks


@pytest.mark.slow
def test_an_evaluation_runs_to_its_figures_and_its_look_is_logged(
    sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "OURS", tmp_path / "looks.jsonl")
    with Assistant.open(sample_library) as assistant:
        steps = list(QualityWork(Desk(assistant)).run(Event({}, "", "sida"), "newest"))
    assert any("frågor ställda" in step for step in steps[:-1])
    assert "kommer rätt punkt först i" in steps[-1] and "BM25" in steps[-1] and "nDCG@10" in steps[-1]
    (look,) = map(json.loads, (tmp_path / "looks.jsonl").read_text(encoding="utf-8").splitlines())
    assert (look["command"], look["part"]) == ("assistant eval", "all") and look["data_hash"] in steps[-1]


def test_an_evaluation_can_be_stopped(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        work = QualityWork(Desk(assistant))
        run = work.run(Event({}, "", "sida"), "each")
        next(run)
        work.stop(Event({}, "", "en annan sida"))  # another page's stop is not ours
        next(run)
        work.stop(Event({}, "", "sida"))
        *_, last = run
    assert "stoppad" in last


def test_no_library_is_said(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "ingen") as assistant, pytest.raises(PageError, match="inga rapporter"):
        next(QualityWork(Desk(assistant)).run(Event({}), "newest"))


def test_progress_is_a_bar_with_its_numbers() -> None:
    assert 'max="1200" value="40"' in running(40, 1200) and "40 av 1\u202f200 frågor" in running(40, 1200)
    assert "Förbereder" in running(0, 0)


def test_a_work_gives_its_result_or_its_error() -> None:
    assert next(outcome for outcome in Background().watch("a", lambda stop: 7) if outcome).result == 7

    def broken(stop: object) -> int:
        raise ValueError("fel")

    *_, outcome = Background().watch("a", broken)
    assert outcome is not None and isinstance(outcome.error, ValueError)


def test_a_page_that_goes_away_stops_its_work() -> None:
    import threading

    ended = threading.Event()

    def long(stop: threading.Event) -> None:
        stop.wait(30)
        ended.set()

    watching = Background().watch("a", long)
    assert next(watching) is None
    watching.close()
    assert ended.wait(5)
