"""A chat model's draft beside that of the rules: streamed as it is written, stopped when asked, and used only if the officer says so.

Nothing is kept between two events but which pages have a model writing, so that it can be stopped.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Any

from assistant.model_needs import is_address, needs
from assistant.ui import draft_view as view
from assistant.ui.background import Background, Stopped
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import Boxes
from assistant.ui.events import Event, sentence
from corpus.model import Draft


class ModelWork:
    """Drafting with the model of the library's settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def write(self, event: Event, boxes: Boxes) -> Iterator[list[Any]]:
        """What the model writes, as it comes, then its draft: (markup, the draft). Nothing where no model is set."""
        model = self._desk.model
        item_key, year = boxes.item_key, boxes.year
        if not model or not item_key or not year:
            yield ["", None]
            return
        pieces: queue.SimpleQueue[str] = queue.SimpleQueue()
        text = ""

        loaded = threading.Event()
        if is_address(model):
            loaded.set()  # a server's model is not read in here

        memory: list[int] = []

        def compose(stop: threading.Event) -> Draft:
            memory.append(needs(model).memory)
            self._desk.assistant.chat_model(model)
            loaded.set()
            if stop.is_set():
                raise Stopped
            return self._desk.assistant.draft(item_key, year=year, notes=boxes.lines, model=model, on_text=pieces.put, stop=stop)

        for outcome in self._work.watch(event.session, compose):
            while not pieces.empty():
                text += pieces.get()
            if outcome is None:
                yield [view.written(text, model, memory=None if loaded.is_set() else sum(memory)), None]
            elif outcome.result is not None:
                yield [view.proposed(outcome.result, model), outcome.result]
            elif outcome.error is not None:
                yield [view.proposed(None, model, sentence(outcome.error)), None]

    def stop(self, event: Event) -> None:
        """Let the model of this page stop; what it has written so far is kept."""
        self._work.stop(event.session)

    def use(self, event: Event, proposed: Draft | None, current: Draft | None) -> list[Any]:
        """The model's draft in the place of that in the boxes: (draft, sentences, text, answer, state, questions, no proposal)."""
        made = proposed or current
        if made is None:
            return [None, "", "", None, "utkast", "", ""]
        return [made, view.draft(made), made.text, made.answer, made.state, view.questions(made), ""]
