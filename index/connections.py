"""Connections to the library's database: one a thread, transactions, patience with locks, and what opening finds out.

SQLite in WAL mode: many readers beside one writer, over threads and processes; a reader sees one committed state for as long as its
``reading`` lasts. Knows nothing of what the tables hold.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import schema
from index.errors import LibraryError, NewerLibrary, NoLibrary, NotALibrary, read_only, translated

DATABASE = "library.sqlite"
RESCUED = "library.raddad.sqlite"
"""What a repair has made of a damaged database, whole, for as long as it has not taken its place."""
PAGE = 8192
"""Bytes of a page of the database.

Seven vectors of 256 numbers with a tenth to spare, where 4096 would hold three and waste a quarter.
"""
PATIENCE = 8.0
"""Seconds a writer waits for another writer before it gives up with LibraryLocked."""


_PAUSE = 0.02  # seconds between two tries


def into_wal(connection: sqlite3.Connection, patience: float) -> None:
    """The database in WAL mode. SQLite may give up at once here, whatever its time-out, where several make a library at the same moment.

    Raises:
        sqlite3.OperationalError: others have kept it locked for ``patience`` seconds.
    """
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def refuse_stray_log(folder: Path) -> None:
    """Nothing where a database may be put into ``folder``.

    Raises:
        LibraryError: the log of a database lies there without it. It holds that one's last changes, and SQLite would apply it to
            whatever comes in its place.
    """
    for ending in ("-wal", "-journal"):
        log = folder / f"{DATABASE}{ending}"
        if log.exists() and log.stat().st_size:
            raise LibraryError(
                f"I {folder} ligger {log.name} kvar utan sin databas. Flytta den till mappen dit {DATABASE} flyttades, där den"
                " senaste ändringarna finns i den, och försök igen."
            )


class Connections:
    """The database of one library folder, for all threads of this process.

    Raises (opening):
        NoLibrary: no folder or no database there, and ``create`` is False.
        NotALibrary, NewerLibrary, LibraryDamaged, ReadOnly, LibraryLocked: by what stands in the way.
    """

    def __init__(self, folder: Path, *, create: bool = False, patience: float = PATIENCE) -> None:
        self.folder = folder
        self.file = folder / DATABASE
        self.writable = True
        self._patience = patience
        self._lock = threading.RLock()
        self._by_thread: dict[threading.Thread, sqlite3.Connection] = {}
        self._uses: Counter[threading.Thread] = Counter()
        self._closed = False
        if folder.exists() and not folder.is_dir():
            raise NotALibrary(f"{folder} är en fil, inte en mapp med ett bibliotek. Ange en mapp med --library.")
        with translated(folder):
            if (folder / RESCUED).exists():  # the process that repaired it was killed
                from index import salvage

                salvage.finish(folder)
            fresh = not self.file.exists()
            if fresh and not create:
                raise NoLibrary(
                    f"Det finns inget bibliotek i {folder}. Läs in en rapport dit först: assistant ingest FIL --library {folder}"
                )
            if fresh:
                refuse_stray_log(folder)
                folder.mkdir(parents=True, exist_ok=True)
            try:
                self._prepare(create)
            except BaseException:
                self.close()
                raise

    def _prepare(self, create: bool) -> None:
        """Look at the header, create or migrate where needed; a half-made library (killed while being created) is made whole."""
        connection = self.get(create=create)
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if empty and not create:
            raise NoLibrary(f"Biblioteket i {self.folder} är tomt och aldrig färdigställt. Läs in en rapport: assistant ingest FIL")
        if not empty and mark != schema.APPLICATION_ID:
            raise NotALibrary(f"{self.file} är en databas som inte hör till det här programmet. Ange en annan mapp med --library.")
        if version > schema.VERSION:
            raise NewerLibrary(
                f"Biblioteket {self.folder} är skrivet av en nyare version av programmet"
                f" (format {version}, den här kan {schema.VERSION}). Uppgradera programmet."
            )
        if not self.writable:
            if version < schema.VERSION:
                raise read_only(self.folder)
            return
        if empty:
            connection.execute(f"PRAGMA page_size = {PAGE}")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":  # a new one, or one made of a backup
            into_wal(connection, self._patience)
        if version == schema.VERSION:
            return
        with self.writing() as writer:
            version = int(writer.execute("PRAGMA user_version").fetchone()[0])  # another process may have been quicker
            if version < schema.VERSION:
                schema.migrate(writer, version)

    def get(self, *, create: bool = False) -> sqlite3.Connection:
        """This thread's connection; opened at the first call, closed by ``close`` or once its thread is gone."""
        thread = threading.current_thread()
        connection = self._by_thread.get(thread)
        if connection is not None:
            return connection
        if self._closed:
            raise LibraryError(f"Biblioteket {self.folder} är stängt.")
        connection = self._connect(create)
        with self._lock:
            for gone in [other for other in self._by_thread if not other.is_alive()]:
                self._by_thread.pop(gone).close()
            self._by_thread[thread] = connection
        return connection

    def _connect(self, create: bool) -> sqlite3.Connection:
        uri = self.file.resolve().as_uri()
        try:
            return self._opened(f"{uri}?mode={'rwc' if create else 'rw'}")
        except sqlite3.OperationalError as error:
            # A folder that may only be read has no place for the shared-memory file of WAL: read the file as it stands.
            if (error.sqlite_errorcode & 0xFF) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or not self.file.is_file():
                raise
            log = self.file.with_name(self.file.name + "-wal")
            if log.exists() and log.stat().st_size:
                raise
            connection = self._opened(f"{uri}?mode=ro&immutable=1")
            self.writable = False
            return connection

    def _opened(self, uri: str) -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=self._patience, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _in_use(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; ``close`` from another thread leaves it open until this has ended."""
        thread = threading.current_thread()
        with self._lock:
            connection = self.get()
            self._uses[thread] += 1
        try:
            yield connection
        finally:
            with self._lock:
                self._uses[thread] -= 1
                if not self._uses[thread]:
                    del self._uses[thread]
                    if self._closed:
                        self._by_thread.pop(thread, None)
                        connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one committed state throughout; inside a transaction of this thread, that one."""
        with translated(self.folder), self._in_use() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction that is the only one to write.

        Kept whole at the end, or not at all where an error leaves it.
        """
        with translated(self.folder), self._in_use() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connections of all threads, those that another thread is using once it is done; the last one to close folds the log
        into the database.
        """
        current = threading.current_thread()
        with self._lock:
            self._closed = True
            for thread in [thread for thread in self._by_thread if thread is current or thread not in self._uses]:
                self._by_thread.pop(thread).close()
