"""Work beside the page: its result, its error, a stop that it heeds, and one that it does not hear."""

from __future__ import annotations

import threading

import pytest

from assistant.ui import background
from assistant.ui.background import Background, Outcome, Stopped


def test_a_result_and_an_error_come_last() -> None:
    assert list(Background().watch("sida", lambda stop: 7))[-1] == Outcome(7)
    error = ValueError("fel")

    def fail(stop: threading.Event) -> None:
        raise error

    assert list(Background().watch("sida", fail))[-1] == Outcome(None, error)


def test_a_work_that_heeds_the_stop_gives_what_it_has() -> None:
    work = Background()
    looks = work.watch("sida", lambda stop: "halva" if stop.wait(30) else "hela")
    assert next(looks) is None
    work.stop("en annan sida")
    work.stop("sida")
    assert list(looks)[-1] == Outcome("halva")


def test_nobody_waits_for_a_work_that_does_not_hear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PATIENCE", 0.1)
    work, silent = Background(), threading.Event()
    looks = work.watch("sida", lambda stop: silent.wait(30))
    assert next(looks) is None
    work.stop("sida")
    *_, last = looks
    assert last is not None and isinstance(last.error, Stopped)
    silent.set()
