"""What happens in the page, connected to functions: with the event's data, who did it, and errors as one Swedish sentence.

The functions know nothing of Gradio. What a person can mend is shown to her as it is; a mistake of the program is shown as such, and
its traceback goes to the terminal.
"""

import inspect
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import unquote

from assistant.errors import AssistantError
from corpus.errors import CorpusError
from index.errors import LibraryError
from prompts.templates import PromptError

# No `from __future__ import annotations` here: Gradio reads the types of a handler's parameters to know what to pass in them.

USER_HEADER = "x-assistant-user"
"""Set by the page's own gate on each request, never taken from outside: who is logged in, percent-encoded."""

FOR_PEOPLE = (AssistantError, CorpusError, LibraryError, PromptError)
"""Errors whose text is meant for the person at the screen."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a person did: ``data`` is what the page sent with it, ``user`` her name where one is known, ``session`` her open page."""

    data: Mapping[str, Any]
    user: str = ""
    session: str = ""

    def text(self, name: str) -> str:
        """The field ``name`` of the data as text; "" where it is not there."""
        value = self.data.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)


def sentence(error: BaseException) -> str:
    """What is said on the screen about ``error``."""
    if isinstance(error, FOR_PEOPLE):
        return str(error)
    return (
        f"Något gick fel i programmet ({type(error).__name__}). Det du har skrivit finns kvar. "
        "Försök igen; händer det igen står felet i fönstret där programmet startades."
    )


def connect(
    listener: Any,
    function: Callable[..., Any],
    inputs: Sequence[Any] = (),
    outputs: Sequence[Any] = (),
    *,
    js: str | None = None,
    progress: str = "hidden",
    mode: str | None = None,
    group: str | None = None,
    limit: int | None = None,
    beside: bool = False,
) -> Any:
    """Let ``listener`` (such as ``button.click``) call ``function(event, *inputs)`` and put what it gives into ``outputs``.

    A generator function streams. ``limit`` is how many may run at once (None: any number), shared with all that have the same ``group``.

    ``beside``: it goes outside Gradio's queue. The queue's one stream a page is closed when nothing is pending, and what is asked for in that
    very moment may wait for its answer without end: so what comes together with something else (a box left by a click on a button, the
    events of a page that opens) goes beside the queue. Its errors are not shown.
    """
    handler = _streaming(function) if inspect.isgeneratorfunction(function) else _plain(function)
    handler.__name__ = function.__name__
    return listener(
        handler,
        inputs=list(inputs),
        outputs=list(outputs),
        js=js,
        show_progress=progress,
        trigger_mode=mode,
        queue=not beside,
        concurrency_limit=limit,
        concurrency_id=group,
        api_visibility="private",
    )


def _plain(function: Callable[..., Any]) -> Callable[..., Any]:
    import gradio as gr

    def handler(event: gr.EventData, request: gr.Request, *values: Any) -> Any:
        try:
            return function(_event(event, request), *values)
        except Exception as error:
            raise _shown(error) from None

    return handler


def _streaming(function: Callable[..., Iterator[Any]]) -> Callable[..., Any]:
    import gradio as gr

    def handler(event: gr.EventData, request: gr.Request, *values: Any) -> Iterator[Any]:
        try:
            yield from function(_event(event, request), *values)
        except Exception as error:
            raise _shown(error) from None

    return handler


def _event(event: Any, request: Any) -> Event:
    data = event._data if event is not None and isinstance(event._data, Mapping) else {}
    headers = request.headers if request is not None else {}
    session = getattr(request, "session_hash", None) or ""
    return Event(data, unquote(headers.get(USER_HEADER, "")), session)


def _shown(error: Exception) -> Exception:
    """``error`` as Gradio's own, in its box on the page; markup in file names and texts stays text."""
    import gradio as gr

    if isinstance(error, gr.Error):
        return error
    if not isinstance(error, FOR_PEOPLE):
        traceback.print_exception(error, file=sys.stderr)
    return gr.Error(escape(sentence(error)), title="Det gick inte", duration=None, print_exception=False)
