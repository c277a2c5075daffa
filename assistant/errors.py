"""Errors of the assistant package: what a person can mend, said in Swedish (what, where, what to do).

Knows nothing of the command line or the page; they print ``str(error)`` as it is and the command line ends with status 2.
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of everything this package raises for a person: the fact, the values, the next step, in Swedish."""


class UnknownOrganisation(AssistantError):
    """The organisation that was given has no report in the library."""


class UnknownItem(AssistantError):
    """No item has the code that was given; the message names the nearest."""


class AmbiguousItem(AssistantError):
    """Several items have the code that was given; the message names them."""


class BadBatch(AssistantError):
    """A line of a batch file cannot be used; the message names the line. Nothing has been answered."""


class BadOption(AssistantError):
    """A value given to a command that it cannot use."""
