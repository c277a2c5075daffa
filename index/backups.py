"""A library as one file: copied while others read and write, and made a library again.

Knows nothing of what the tables hold; derived files are no part of a backup, since they come back by themselves.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile

from index import schema
from index.connections import DATABASE, refuse_stray_log
from index.derived import FOLDER
from index.errors import LibraryDamaged, LibraryError, NewerLibrary, NoLibrary, NotALibrary, ReadOnly, translated
from index.files import replacing


def back_up(connection: sqlite3.Connection, library: Path, target: Path) -> None:
    """Copy what the connection sees into one file, while others read and write; the file takes the place of a backup of that name.

    Raises:
        ReadOnly: nothing may be written there.
        LibraryError: ``target`` is a folder, a file that is no backup, or one of the files of the ``library`` itself.
        OSError, sqlite3.Error: it cannot be written.
    """
    there, home = target.resolve(), library.resolve()
    if there.is_relative_to(home / FOLDER) or (there.parent == home and there.name.startswith(DATABASE)):
        raise LibraryError(f"{target} hör till biblioteket självt. Lägg säkerhetskopian utanför mappen {library}.")
    if target.is_dir():
        raise LibraryError(
            f"{target} är en mapp. Ange ett filnamn för säkerhetskopian, till exempel {target / 'bibliotek.backup'}."
        )
    if target.exists() and not _may_be_replaced(target):
        raise LibraryError(f"{target} finns redan och är ingen säkerhetskopia. Välj ett annat filnamn.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT):
            raise
        raise ReadOnly(f"Säkerhetskopian {target} kan inte skrivas där. Ange en mapp som du får skriva i.") from error
    with replacing(target) as temporary, closing(sqlite3.connect(temporary)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it


def _may_be_replaced(file: Path) -> bool:
    """Whether a file is empty or a database of this program, by its header (https://www.sqlite.org/fileformat2.html)."""
    with file.open("rb") as stream:
        header = stream.read(72)
    return not header or (header.startswith(b"SQLite format 3\0") and header[68:] == schema.APPLICATION_ID.to_bytes(4, "big"))


def restore(backup: Path, folder: Path) -> None:
    """Make a library of a backup in ``folder``, where there must be none.

    Raises:
        NoLibrary: no such backup.
        NotALibrary, NewerLibrary, LibraryDamaged: the file is no backup that can be used.
        LibraryError: there is a library in the folder, or the log of one that was moved away.
    """
    if not backup.is_file():
        raise NoLibrary(f"Säkerhetskopian {backup} finns inte. Ange en fil som skapats med assistant backup.")
    target = folder / DATABASE
    if target.exists():
        raise LibraryError(f"Det finns redan ett bibliotek i {folder}. Flytta undan det, eller återställ till en annan mapp.")
    refuse_stray_log(folder)
    log = backup.with_name(f"{backup.name}-wal")  # of a library's database that was copied as it stood: its last changes
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    with translated(backup), closing(sqlite3.connect(f"{backup.resolve().as_uri()}?{how}", uri=True)) as source:
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
