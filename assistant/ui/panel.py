"""Parts of the page with markup of our own: what carries ``data-do="name"`` sends the event ``name`` to the program.

The markup comes from ``assistant.ui.markup``; the browser's side is ``static/page.js``. Values are passed to the browser as data and never as
template text, so that braces or dollar signs in a report are not run.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import gradio as gr

_STEPS = count(1)


def panel(html: str, events: Sequence[str] = (), **options: Any) -> gr.HTML:
    """Markup that can be replaced: its value is the markup. Listeners are added as ``panel.name`` for each name in ``events``."""
    import gradio as gr

    return gr.HTML(html, js_on_load=_script("panel", events), apply_default_css=False, **options)


def thread(events: Sequence[str], **options: Any) -> gr.HTML:
    """A conversation: its value is a ``step``. Turns already shown stay as they are when one is added."""
    import gradio as gr

    shell = '<div class="thread-list"></div>'
    return gr.HTML({}, html_template=shell, js_on_load=_script("thread", events), apply_default_css=False, **options)


def above(**options: Any) -> gr.HTML:
    """What is written above answers of the conversation while that goes on: its value is a "summary" ``step``; nothing of its own is shown."""
    import gradio as gr

    return gr.HTML({}, html_template="", js_on_load=_script("above", ()), apply_default_css=False, **options)


def dialog(title: str, events: Sequence[str] = (), **options: Any) -> gr.HTML:
    """A dialog over the page: opened when it gets a ``step``."""
    import gradio as gr

    shell = (
        f'<dialog class="over" aria-label="{title}"><div class="dialog-bar"><strong>{title}</strong>'
        '<button type="button" class="act" data-close>Stäng</button></div><div class="dialog-inside" tabindex="0"></div></dialog>'
    )
    return gr.HTML({}, html_template=shell, js_on_load=_script("dialog", events), apply_default_css=False, **options)


def step(op: Literal["set", "restore", "add", "update", "open", "summary"], html: str, turn: int | str = "") -> dict[str, object]:
    """A change for a ``thread`` or ``dialog``: all of it ("set", "open"; "restore" only where nothing is shown yet), a new turn ("add"),
    the turn with this number ("update") or what stands above its answer ("summary", for ``above``).
    """
    return {"op": op, "html": html, "turn": str(turn), "step": next(_STEPS)}


def _script(kind: str, events: Sequence[str]) -> str:
    # Gradio lets a listener be added for the names that it finds quoted in the script.
    named = ", ".join(f"'{name}'" for name in events)
    return f"/* {named} */ window.sida.{kind}(element, trigger, props, watch);"
