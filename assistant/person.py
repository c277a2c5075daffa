"""Who sits at this machine: the name of the account that the program runs under, kept with what she saves."""

from __future__ import annotations

import getpass


def account() -> str:
    """The account's name; "" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, as in some containers
        return ""
