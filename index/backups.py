"""A library as one file: copied while others read and write, and made a library again.

Knows nothing of what the tables hold; derived files are no part of a backup, since they come back by themselves.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from index import schema
from index.connections import DATABASE
from index.errors import LibraryDamaged, LibraryError, NewerLibrary, NoLibrary, NotALibrary, translated
from index.files import replacing


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy what the connection sees into one file, while others read and write; the file takes the place of one of that name.

    Raises:
        LibraryError: ``target`` is a folder.
        OSError, sqlite3.Error: it cannot be written.
    """
    if target.is_dir():
        raise LibraryError(
            f"{target} är en mapp. Ange ett filnamn för säkerhetskopian, till exempel {target / 'bibliotek.backup'}."
        )
    with replacing(target) as temporary, closing(sqlite3.connect(temporary)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it


def restore(backup: Path, folder: Path) -> None:
    """Make a library of a backup in ``folder``, where there must be none.

    Raises:
        NoLibrary: no such backup.
        NotALibrary, NewerLibrary, LibraryDamaged: the file is no backup that can be used.
        LibraryError: there is a library in the folder.
    """
    if not backup.is_file():
        raise NoLibrary(f"Säkerhetskopian {backup} finns inte. Ange en fil som skapats med assistant backup.")
    target = folder / DATABASE
    if target.exists():
        raise LibraryError(f"Det finns redan ett bibliotek i {folder}. Flytta undan det, eller återställ till en annan mapp.")
    with translated(backup), closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as source:
        try:
            mark = int(source.execute("PRAGMA application_id").fetchone()[0])
            version = int(source.execute("PRAGMA user_version").fetchone()[0])
            problems = [message for (message,) in source.execute("PRAGMA quick_check(1)") if message != "ok"]
        except sqlite3.DatabaseError as error:
            raise NotALibrary(f"{backup} är ingen säkerhetskopia av ett bibliotek. Ange en fil från assistant backup.") from error
        if mark != schema.APPLICATION_ID:
            raise NotALibrary(f"{backup} är ingen säkerhetskopia av ett bibliotek. Ange en fil från assistant backup.")
        if version > schema.VERSION:
            raise NewerLibrary(f"{backup} är skriven av en nyare version av programmet. Uppgradera programmet.")
        if problems:
            raise LibraryDamaged(f"Säkerhetskopian {backup} är skadad ({problems[0]}). Använd en annan.")
        with translated(folder), replacing(target) as temporary, closing(sqlite3.connect(temporary)) as copy:
            source.backup(copy)
