"""Which state of the library something was made from: a number that counts changes and a stamp that names the state.

The stamp is a hash over the one before it and what changed, so that a database that was put in another's place never matches the
other's derived files, even where the numbers are equal.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from hashlib import blake2b


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
    return Generation(last.number + 1, stamp)
