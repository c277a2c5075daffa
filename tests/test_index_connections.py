"""Connections of several threads: closing takes none away from under a thread that is using it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.connections import Connections
from index.errors import LibraryError


def test_closing_waits_for_nobody_and_takes_nothing_from_a_reader(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "bibliotek", create=True)
    began, closed = threading.Event(), threading.Event()
    found: list[object] = []

    def read() -> None:
        with connections.reading() as connection:
            began.set()
            assert closed.wait(10)
            found.append(connection.execute("SELECT count(*) FROM reports").fetchone()[0])
        try:
            connections.get()
        except LibraryError as error:
            found.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    assert began.wait(10)
    connections.close()
    closed.set()
    reader.join(10)
    assert found == [0, f"Biblioteket {tmp_path / 'bibliotek'} är stängt."]
    assert not connections.file.with_name("library.sqlite-wal").exists()  # the last one to close folds the log into the database
    with pytest.raises(LibraryError):
        connections.get()
