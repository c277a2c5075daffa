"""A damaged database made whole again: what can be read of it in a new file, the damaged one kept beside.

Rows are copied one by one past what cannot be read. A report that did not come through whole is read anew from its original bytes; one
that has neither is named. What people made (drafts, notes, feedback, lineage) comes through where its rows do. Knows nothing of search:
vectors and derived files that are missing afterwards are made again by others.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from array import array
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import CorpusError
from corpus.parser import parse_report
from corpus.reading import read_bytes
from index import schema, storage, stored_vectors
from index.connections import DATABASE, PAGE, PATIENCE, RESCUED
from index.currency import refresh_current
from index.derived import discard
from index.errors import LibraryDamaged, LibraryError, LibraryLocked, NoLibrary, translated
from index.files import crc_of, replacing
from index.generation import advance
from index.passages import passages
from index.values import Finding

_KEPT = "library.skadad-{}.sqlite"
_PLACE = ".raddning-"
_BY_ROW = (
    *("reports", "originals", "bodies", "items", "sections", "passages", "embedders", "embeddings"),
    *("drafts", "notes", "feedback"),
)
_BY_KEY = {"meta": "key", "settings": "key", "plans": "report, position", "lineage": "earlier, later, year"}
_PEOPLES = {
    "drafts": "utkast",
    "notes": "anteckningar",
    "feedback": "omdömen om svar",
    "lineage": "ord om vad en punkt fortsätter",
    "settings": "inställningar",
}
_FAR = 1 << 14
"""So many row ids beyond a damaged place are looked at in vain before the rest of a table is given up."""


def salvage(folder: Path) -> list[Finding]:
    """Put a sound database in the place of the damaged one in ``folder``; gives what was done and what was lost.

    The damaged file stays beside it under another name. Nothing else may use the library meanwhile.

    Raises:
        NoLibrary: no database there.
        LibraryLocked: another process writes.
        LibraryDamaged: not a single table can be read; nothing was changed.
    """
    file = folder / DATABASE
    if not file.is_file():
        raise NoLibrary(f"Det finns inget bibliotek i {folder}.")
    with translated(folder), TemporaryDirectory(dir=folder, prefix=_PLACE) as place:
        made = Path(place) / DATABASE
        with (
            _alone(file),
            closing(_readable(file, Path(place))) as old,
            closing(sqlite3.connect(made, isolation_level=None)) as new,
        ):
            new.execute(f"PRAGMA page_size = {PAGE}")
            new.execute("BEGIN")
            schema.migrate(new, 0)
            damaged = _copy(old, new)
            found = [*_lost(new, damaged), *_mend_reports(new, plans_lost="plans" in damaged)]
            _mend_marks(new)
            advance(new, f"salvage {crc_of(file)}")
            new.execute("COMMIT")
        made.replace(folder / RESCUED)
    kept = finish(folder)
    return [Finding("database", "error", f"Databasen var skadad. Den skadade filen ligger kvar som {kept}.", True), *found]


def finish(folder: Path) -> Path:
    """Put the rescued database that lies in ``folder`` in the place of the damaged one; gives the name under which that is kept.

    A process may be killed between any two steps of it: opening the library takes them all again, and at each moment there is a
    database under the library's name.
    """
    file = folder / DATABASE
    kept = _beside(folder, file)
    with translated(folder):
        if not kept.exists() and file.exists():
            _give_name(file, kept)
        for ending in ("-wal", "-shm"):  # before the new database comes: SQLite would apply the log to it
            if (beside := file.with_name(file.name + ending)).exists():
                beside.replace(kept.with_name(kept.name + ending))
        discard(folder)  # the next ones would take over what was wrong
        (folder / RESCUED).replace(file)
        for left in folder.glob(f"{_PLACE}*"):
            shutil.rmtree(left, ignore_errors=True)
    return kept


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold the right to write, as far as the damaged database can give it."""
    with closing(sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LibraryLocked(
                    f"Biblioteket {file.parent} används av en annan process. Avsluta den och försök igen."
                ) from error
        yield


def _readable(file: Path, place: Path) -> sqlite3.Connection:
    """A connection to a copy of the damaged database and its log.

    Where not even its first page says anything, the copy gets that of an empty library: the tables stand in the same pages.
    """
    copy = place / "skadad.sqlite"
    shutil.copyfile(file, copy)
    log = file.with_name(file.name + "-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
    try:
        return _opened(copy)
    except sqlite3.DatabaseError:
        _give_first_page(copy, place)
    try:
        return _opened(copy)
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(
            f"Ingenting i databasen {file} går att läsa ({error}). Återställ en säkerhetskopia med assistant restore, eller flytta undan"
            " mappen och läs in rapporterna på nytt."
        ) from error


def _opened(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "reports" not in tables:
            raise sqlite3.DatabaseError("no such table: reports")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _give_first_page(copy: Path, place: Path) -> None:
    """Overwrite the first page of ``copy`` with that of an empty library, and the number of pages in it with that of the file."""
    pattern = place / "tomt.sqlite"
    with closing(sqlite3.connect(pattern, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("BEGIN")
        schema.migrate(connection, 0)
        connection.execute("COMMIT")
    page = bytearray(pattern.read_bytes()[:PAGE])
    page[28:32] = (copy.stat().st_size // PAGE).to_bytes(4, "big")  # https://www.sqlite.org/fileformat2.html#the_database_header
    page[32:40] = bytes(8)  # no free pages: those there are stay unused in the copy
    with copy.open("r+b") as file:
        file.write(page)


def _copy(old: sqlite3.Connection, new: sqlite3.Connection) -> set[str]:
    """Copy every row that can be read; gives the tables of which some could not."""
    damaged = set()
    for table in (*_BY_KEY, *_BY_ROW):
        columns = [name for _, name, *_ in new.execute(f"PRAGMA table_info({table})")]
        listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
        how = "REPLACE" if table == "meta" else "IGNORE"  # a new library has those rows
        for row in _rows(old, table, listed) if table in _BY_ROW else _both_ways(old, table, listed, _BY_KEY[table]):
            if row is None or not _is_sound(dict(zip(columns, row, strict=True))):
                damaged.add(table)
            else:
                new.execute(f"INSERT OR {how} INTO {table} ({listed}) VALUES ({marks})", row)
    return damaged


def _lost(new: sqlite3.Connection, damaged: Collection[str]) -> Iterator[Finding]:
    """What nothing but a backup brings back: some of what people made."""
    for table, what in _PEOPLES.items():
        if table in damaged:
            (left,) = new.execute(f"SELECT count(*) FROM {table}").fetchone()
            message = f"Alla {what} gick inte att läsa: {left} finns kvar. Saknas något, återställ en säkerhetskopia."
            yield Finding("lost", "error", message)


def _is_sound(row: Mapping[str, object]) -> bool:
    """Whether a row that could be read holds what the library writes: JSON as JSON, numbers as numbers, vectors of length 1 or 0."""
    try:
        if row.get("key") == "generation":
            int(str(row["value"]))
        elif row.get("key") != "stamp" and "value" in row:
            json.loads(str(row["value"]))
        if "body" in row:
            json.loads(str(row["body"]))
        if "vector" in row:
            vector = array("f", bytes(row["vector"]))  # type: ignore[call-overload]
            return not any(vector) or abs(sum(x * x for x in vector) - 1) < 1e-3
    except (ValueError, TypeError):
        return False
    return True


def _rows(old: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[object, ...] | None]:
    """The rows of a table by row id, and None for each place where some could not be read."""
    at, last, step = 0, 0, 1
    while at - last < _FAR:
        try:
            for rowid, *row in old.execute(f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid", (at,)):
                if not at < rowid < at + _FAR:
                    raise sqlite3.DatabaseError("row ids out of order")
                at, last, step = rowid, rowid, 1
                yield tuple(row)
            return
        except (sqlite3.DatabaseError, OverflowError, ValueError):
            yield None
        for rowid in range(at + 1, at + step + 1):  # one by one: some of the rows beside a damaged one may be whole
            with suppress(sqlite3.DatabaseError, OverflowError, ValueError):
                if (one := old.execute(f"SELECT {columns} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()) is not None:
                    last = rowid
                    yield tuple(one)
        at, step = at + step, 2 * step


def _both_ways(old: sqlite3.Connection, table: str, columns: str, key: str) -> Iterator[tuple[object, ...] | None]:
    """The rows of a table without row ids from either end, up to what cannot be read (None)."""
    for order in (key, ", ".join(f"{name} DESC" for name in key.split(", "))):
        try:
            yield from (tuple(row) for row in old.execute(f"SELECT {columns} FROM {table} ORDER BY {order}"))
        except (sqlite3.DatabaseError, ValueError):
            yield None
        else:
            return


def _mend_reports(new: sqlite3.Connection, *, plans_lost: bool) -> Iterator[Finding]:
    """Every report whole: as it was stored, else read anew from its original; what has neither goes."""
    for row, report_id, organisation, year, name, digest, added_at in new.execute(
        "SELECT row, id, organisation, year, source_name, digest, added_at FROM reports ORDER BY row"
    ).fetchall():
        what = f"Rapporten {name} ({organisation} {year})"
        original = _original(new, row)
        if _is_whole(new, row, digest, plans_lost=plans_lost):
            if original is None:
                new.execute("DELETE FROM originals WHERE report = ?", (row,))
                yield Finding("original", "error", f"{what} är hel, men filen den lästes ur gick inte att rädda. Läs in den igen.")
            continue
        new.execute("DELETE FROM reports WHERE row = ?", (row,))
        for table in ("bodies", "originals", "plans", "items", "sections", "passages"):
            new.execute(f"DELETE FROM {table} WHERE report = ?", (row,))
        try:
            if original is None:
                raise LibraryDamaged(report_id)
            report = parse_report(read_bytes(original, name), organisation=organisation, year=year)
            storage.validate(report)
        except (CorpusError, LibraryError):
            yield Finding("lost", "error", f"{what} gick inte att rädda. Läs in filen igen, eller återställ en säkerhetskopia.")
            continue
        stored = storage.insert_report(new, report, original, storage.digest_of(report), (row, added_at))
        stored_vectors.insert_passages(new, stored, report, passages(report))
        yield Finding("report", "warning", f"{what} var skadad och är läst på nytt ur sin originalfil.", True)


def _original(new: sqlite3.Connection, row: int) -> bytes | None:
    """The bytes of a report, where they are those that were handed in."""
    with suppress(LibraryDamaged):
        data = storage.load_original(new, row)
        if sha256(data).hexdigest() == new.execute("SELECT sha256 FROM reports WHERE row = ?", (row,)).fetchone()[0]:
            return data
    return None


def _is_whole(new: sqlite3.Connection, row: int, digest: str, *, plans_lost: bool) -> bool:
    """Whether a report is as it was stored. Its plans are no part of the digest: they must be those of its items."""
    try:
        report = storage.load_report(new, row)
        whole = storage.digest_of(report) == digest
    except (LibraryDamaged, LookupError, TypeError, ValueError):
        return False
    plans = {(plan.number, plan.title) for plan in report.plans}
    return whole and {(item.plan, item.plan_title) for item in report.items} <= plans and not (plans_lost and not plans)


def _mend_marks(new: sqlite3.Connection) -> None:
    """Delete what belongs to no report, and mark anew what is searched."""
    for table in ("bodies", "originals", "plans", "items", "sections", "passages"):
        new.execute(f"DELETE FROM {table} WHERE report NOT IN (SELECT row FROM reports)")
    new.execute("DELETE FROM embeddings WHERE embedder NOT IN (SELECT row FROM embedders)")
    for organisation, year in new.execute("SELECT DISTINCT organisation, year FROM reports").fetchall():
        refresh_current(new, organisation, year)


def _beside(folder: Path, file: Path) -> Path:
    """The name under which the damaged ``file`` is kept: the one it has already, else the first that is free."""
    number = 1
    while (kept := folder / _KEPT.format(number)).exists() and not (file.exists() and kept.samefile(file)):
        number += 1
    return kept


def _give_name(file: Path, kept: Path) -> None:
    """A second name for ``file``; a copy where the file system knows no second names."""
    try:
        os.link(file, kept)
    except OSError:
        with replacing(kept) as temporary:
            shutil.copyfile(file, temporary)
