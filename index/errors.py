"""Errors of the index package: what a person can mend, said in Swedish (what, where, what to do).

Knows nothing of the command line or the page; they print ``str(error)`` as it is. ``translated`` turns what SQLite and the file
system say into these.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LibraryError(Exception):
    """Base of everything this package raises for a person: the fact, the values, the next step, in Swedish."""


class NoLibrary(LibraryError):
    """There is no library in the folder."""


class NotALibrary(LibraryError):
    """The folder holds something that is no library of ours; it is left alone."""


class NewerLibrary(LibraryError):
    """The library was written by a newer version of the program."""


class LibraryLocked(LibraryError):
    """Another process writes, and did not finish within the patience."""


class LibraryDamaged(LibraryError):
    """The database cannot be read, or holds what contradicts itself."""


class ReadOnly(LibraryError):
    """Writing was asked for where nothing may be written."""


class DiskFull(LibraryError):
    """No room left; nothing of the change was kept."""


class EmbedderMismatch(LibraryError):
    """An embedder gave vectors of another shape than it says it has."""


class UnknownReport(LibraryError):
    """No report of that id in the library."""


class InconsistentReport(LibraryError):
    """A report whose values contradict its own text; nothing was stored."""


class BadQuestion(LibraryError):
    """A search that cannot be carried out as asked (an unknown weight, a limit below one)."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Within it, errors of SQLite and of the file system become errors of this package that name ``path``.

    Raises:
        LibraryLocked, LibraryDamaged, ReadOnly, DiskFull, LibraryError: by what went wrong; the first error is the cause.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _from_sqlite(error, path) from error
    except OSError as error:
        raise _from_system(error, path) from error


def _from_sqlite(error: sqlite3.Error, path: Path) -> LibraryError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LibraryLocked(f"Biblioteket {path} används av en annan process som skriver just nu. Försök igen om en stund.")
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            f"Disken är full: biblioteket {path} kunde inte skrivas. Frigör utrymme och försök igen; inget har gått förlorat."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return read_only(path)
    if code == sqlite3.SQLITE_CANTOPEN:
        return LibraryError(f"Biblioteket {path} går inte att öppna. Kontrollera att mappen finns och att du får läsa den.")
    if code == sqlite3.SQLITE_IOERR:
        return DiskFull(f"Disken svarar inte eller är full: biblioteket {path} kunde inte läsas eller skrivas. Kontrollera disken.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT) or isinstance(error, sqlite3.IntegrityError):
        return damaged(path, str(error))
    if isinstance(error, sqlite3.OperationalError) and ("no such table" in str(error) or "no such column" in str(error)):
        return damaged(path, str(error))
    return LibraryError(f"Biblioteket {path} kunde inte användas ({error}). Kör assistant check för att se vad som är fel.")


def _from_system(error: OSError, path: Path) -> LibraryError:
    where = error.filename or path
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(f"Disken är full: {where} kunde inte skrivas. Frigör utrymme och försök igen; inget har gått förlorat.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(Path(str(where)))
    return LibraryError(f"{where} kunde inte läsas eller skrivas ({error.strerror}). Kontrollera mappen {path}.")


def read_only(path: Path) -> ReadOnly:
    """The error for a place where nothing may be written."""
    return ReadOnly(f"Biblioteket {path} får inte skrivas. Ge dig skrivrätt till mappen, eller välj en annan med --library.")


def damaged(path: Path, reason: str) -> LibraryDamaged:
    """The error for a database that cannot be read, with SQLite's own reason."""
    return LibraryDamaged(
        f"Biblioteket {path} är skadat ({reason})."
        " Kör assistant check --repair, eller återställ en säkerhetskopia med assistant restore."
    )
