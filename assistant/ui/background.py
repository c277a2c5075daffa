"""Long work beside the page: in a thread of its own, looked at now and then, stopped when asked or when nobody looks any longer.

One piece of work a page. Knows nothing of what is worked on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.errors import AssistantError

Result = TypeVar("Result")

TICK = 0.2
"""Seconds between two looks."""
PATIENCE = 3.0
"""Seconds that a work has to end in once it was asked to: one that waits for a silent server, or reads a model in, does not look up."""


class Stopped(AssistantError):
    """The work was stopped before it had a result."""

    def __init__(self, text: str = "Arbetet är stoppat.") -> None:
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What came of a work: its result, or the error that ended it."""

    result: Result | None
    error: BaseException | None = None


class Background:
    """Works of many pages, by the page's own name."""

    def __init__(self) -> None:
        self._stops: dict[str, threading.Event] = {}

    def watch(self, page: str, work: Callable[[threading.Event], Result]) -> Iterator[Outcome[Result] | None]:
        """Start ``work`` and give None at each look while it goes on, then its outcome.

        Once its event is set ``work`` is to change nothing more and to end; where it does not end soon nobody waits for it, and the outcome
        is ``Stopped``.
        """
        stop = self._stops[page] = threading.Event()
        done: list[Outcome[Result]] = []

        def run() -> None:
            try:
                done.append(Outcome(work(stop)))
            except BaseException as error:  # given to the one who looks
                done.append(Outcome(None, error))

        thread = threading.Thread(target=run, name="page-work", daemon=True)
        thread.start()
        asked_at: float | None = None
        try:
            while thread.is_alive() and (asked_at is None or time.monotonic() - asked_at < PATIENCE):
                yield None
                thread.join(TICK)
                if asked_at is None and stop.is_set():
                    asked_at = time.monotonic()
        finally:
            stop.set()  # also where the page went away in the middle
            if self._stops.get(page) is stop:
                del self._stops[page]
        yield done[0] if done else Outcome(None, Stopped())

    def stop(self, page: str) -> None:
        """Ask the work of a page to end; nothing where it has none."""
        if stop := self._stops.get(page):
            stop.set()
