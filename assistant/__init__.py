"""The assistant: questions about past follow-up reports answered with the exact comment, and drafts for this year.

``from assistant import Assistant`` costs next to nothing; what it needs is imported at its first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.app import Assistant

__all__ = ["Assistant"]


def __getattr__(name: str) -> object:
    """``Assistant``, imported at its first use."""
    if name == "Assistant":
        from assistant.app import Assistant

        return Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
