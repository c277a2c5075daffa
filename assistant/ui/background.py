"""Long work beside the page: in a thread of its own, looked at now and then, stopped when asked or when nobody looks any longer.

One piece of work a page. Knows nothing of what is worked on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Result = TypeVar("Result")

TICK = 0.2
"""Seconds between two looks."""


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
        """Start ``work`` and give None at each look while it goes on, then its outcome. ``work`` is to end soon after its event is set."""
        stop = self._stops[page] = threading.Event()
        done: list[Outcome[Result]] = []

        def run() -> None:
            try:
                done.append(Outcome(work(stop)))
            except BaseException as error:  # given to the one who looks
                done.append(Outcome(None, error))

        thread = threading.Thread(target=run, name="page-work", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                yield None
                thread.join(TICK)
        finally:
            stop.set()  # also where the page went away in the middle
            if self._stops.get(page) is stop:
                del self._stops[page]
        yield done[0]

    def stop(self, page: str) -> None:
        """Ask the work of a page to end; nothing where it has none."""
        if stop := self._stops.get(page):
            stop.set()
