"""The web page: Fråga, Utkast, Översikt, Rapporter, Kvalitet, Inställningar, served on this machine by Gradio.

One module a tab, and beside it what the tab looks like (``*_view``: values to markup, no Gradio). ``serving`` is the web server,
``page`` what is done to the page before it is sent, ``access`` who may see it. Importing this costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.ui.serving import launch as launch

__all__ = ["launch"]


def __getattr__(name: str) -> object:
    if name == "launch":
        from assistant.ui.serving import launch

        return launch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
