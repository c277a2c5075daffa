"""The library's settings, as a mapping that is written through to the database.

Known names: "organisation" (whose reports "vi" means), "current_year", "embedder", "reranker", "model". Values are JSON values; a
setting that was never set is not there. Knows nothing of what a setting does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping

from index.connections import Connections

Value = str | int | float | bool | None


class Settings(MutableMapping[str, Value]):
    """A view of the table: each look reads the committed state, each change is a transaction of its own."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def __getitem__(self, name: str) -> Value:
        with self._connections.reading() as connection:
            found = connection.execute("SELECT value FROM settings WHERE key = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        value: Value = json.loads(found[0])
        return value

    def __setitem__(self, name: str, value: Value) -> None:
        with self._connections.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False)))

    def __delitem__(self, name: str) -> None:
        with self._connections.writing() as connection:
            if connection.execute("DELETE FROM settings WHERE key = ?", (name,)).rowcount == 0:
                raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        with self._connections.reading() as connection:
            names = [name for (name,) in connection.execute("SELECT key FROM settings ORDER BY key")]
        return iter(names)

    def __len__(self) -> int:
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM settings").fetchone()[0])
