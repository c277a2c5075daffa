"""What stands in the tab Utkast as something is done there, as one value: the place, what was made or opened last, and the boxes.

It comes with each event and is kept nowhere. Knows nothing of what is done with it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, get_args

from assistant.ui.draft_view import STATES
from assistant.ui.events import Event
from corpus.model import AnswerValue, Draft, DraftState, Item

ANSWERS: tuple[AnswerValue, ...] = get_args(AnswerValue)


@dataclass(frozen=True, slots=True)
class Boxes:
    """``item_key`` and ``year`` are None where nothing is chosen; ``made`` is the draft made or opened last, None where there is none.

    ``text`` and ``notes`` are as they stand in their boxes, with a note on each line; ``held`` are the notes that the library had as the box
    was filled.
    """

    item_key: str | None = None
    year: int | None = None
    made: Draft | None = None
    text: str = ""
    answer: AnswerValue | None = None
    state: DraftState = "utkast"
    notes: str = ""
    held: tuple[str, ...] = ()

    @classmethod
    def sent(cls, item_key: Any, year: Any, made: Any, text: Any, answer: Any, state: Any, notes: Any, held: Any = None) -> Boxes:
        """The boxes as the browser sent them, in the order of ``build``; a choice that is none of those offered is none at all."""
        return cls(
            item_key or None,
            int(year) if year else None,
            made,
            text or "",
            answer if answer in ANSWERS else None,
            state if state in STATES else "utkast",
            notes or "",
            tuple(held or ()),
        )

    @property
    def lines(self) -> list[str]:
        """The notes, one a line."""
        return self.notes.splitlines()

    def made_for(self, item: Item) -> Draft | None:
        """The draft made or opened last, where it is this item's and this year's."""
        made = self.made
        return made if made is not None and made.item.key == item.key and made.year == self.year else None


def with_boxes(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function(event, boxes)`` as a handler of the boxes' values one by one."""
    if inspect.isgeneratorfunction(function):

        @wraps(function)
        def streaming(event: Event, *values: Any) -> Iterator[Any]:
            yield from function(event, Boxes.sent(*values))

        return streaming

    @wraps(function)
    def handler(event: Event, *values: Any) -> Any:
        return function(event, Boxes.sent(*values))

    return handler


def with_path(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function(event, path, boxes)`` as a handler of a file that was sent and the boxes' values one by one."""

    @wraps(function)
    def handler(event: Event, path: str, *values: Any) -> Any:
        return function(event, path, Boxes.sent(*values))

    return handler
