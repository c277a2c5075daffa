"""A chat model's summary above the quotes of an answer: streamed as it is written, stopped when asked, each sentence with its check.

The answer itself is never changed by it. Nothing is kept between two events but which pages have a model writing, so that it can be stopped.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.ui.background import Background
from assistant.ui.desk import Desk
from assistant.ui.events import Event, sentence
from assistant.ui.markup import render
from assistant.ui.panel import step

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.summary import Summary


class SummaryWork:
    """Summaries with the model of the library's settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def write(self, event: Event, answer: Answer, turn: int) -> Iterator[object]:
        """What the model writes of an answer, as it comes, then its sentences with their sources; steps for the turn with that number.

        A summary that this page's model is still writing ends first: there is one at a time.
        """
        model = self._desk.model
        self.stop(event)
        pieces: queue.SimpleQueue[str] = queue.SimpleQueue()
        text = ""

        def work(stop: threading.Event) -> Summary | None:
            return self._desk.assistant.summarise(answer, model=model, on_text=pieces.put, stop=stop.is_set)

        for outcome in self._work.watch(event.session, work):
            while not pieces.empty():
                text += pieces.get()
            if outcome is None:
                html = render("summary_writing.html", text=text, model=model, turn=turn)
            elif outcome.error is not None:
                html = render("summary.html", problem=sentence(outcome.error), summary=None, model=model, turn=turn)
            elif outcome.result is not None:
                html = render("summary.html", problem="", summary=outcome.result, model=model, answer=answer, turn=turn)
            else:
                html = ""
            yield step("summary", html, turn)

    def stop(self, event: Event) -> None:
        """Let the model of this page stop; what it has written so far is kept."""
        self._work.stop(event.session)
