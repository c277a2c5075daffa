"""Which state of the library something was made from: a number that counts changes and a stamp that names the state.

The stamp is a hash over the one before it and what changed, so that a database that was put in another's place never matches the
other's derived files, even where the numbers are equal.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from hashlib import blake2b

_REMEMBERED = 256
"""Generations before the present one whose stamps are kept."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A committed state of what is searched. Drafts, notes and settings do not change it."""

    number: int
    stamp: str


def read_generation(connection: sqlite3.Connection) -> Generation:
    """The generation that this transaction sees."""
    values = dict(connection.execute("SELECT key, value FROM meta WHERE key IN ('generation', 'stamp')"))
    return Generation(int(values["generation"]), values["stamp"])


def advance(connection: sqlite3.Connection, change: str) -> Generation:
    """Begin a new generation in the caller's transaction; ``change`` says what was changed, with the rows it got."""
    last = read_generation(connection)
    stamp = blake2b(f"{last.number} {last.stamp} {change}".encode(), digest_size=12).hexdigest()
    connection.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (str(last.number + 1),))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (stamp,))
    remembered = [*_earlier(connection), last.stamp][-_REMEMBERED:]
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('earlier', ?)", (" ".join(remembered),))
    return Generation(last.number + 1, stamp)


def follows(connection: sqlite3.Connection, before: Generation) -> bool:
    """Whether what this transaction sees is ``before``, or came of it by changes: what was made from ``before`` can be taken over.

    Never True of a state of another database, or of what this one was before it was put back to an older copy; False also where
    ``before`` lies very far back.
    """
    return before == read_generation(connection) or before.stamp in _earlier(connection)


def _earlier(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT value FROM meta WHERE key = 'earlier'").fetchone()
    return [] if found is None else str(found[0]).split()
