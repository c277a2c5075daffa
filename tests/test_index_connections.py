"""Connections of several threads and processes: closing takes none away from under a thread that is using it, and whoever is late waits."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from index.connections import Connections, into_wal
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


def test_going_over_to_wal_waits_for_who_reads(tmp_path: Path) -> None:
    """SQLite itself is given no time to wait here: the patience is ours."""
    file = tmp_path / "ny.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as reader:
        reader.execute("CREATE TABLE t (a)")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM t").fetchone()
        with closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                into_wal(other, 0.05)
            done = threading.Timer(0.2, lambda: reader.execute("COMMIT"))
            done.start()
            into_wal(other, 30)
            done.join()
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
