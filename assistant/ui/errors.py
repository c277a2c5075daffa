"""Errors of the page that a person can mend, said in Swedish (what, where, what to do)."""

from __future__ import annotations

from assistant.errors import AssistantError


class PageError(AssistantError):
    """Base of what starting or using the page raises for a person."""


class PortTaken(PageError):
    """Something else already listens where the page was to be served."""


class OpenToAll(PageError):
    """The page was to be reachable from other machines without anything that says who may see it."""
