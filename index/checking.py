"""Looking after a library: what is wrong with it, and mending what can be mended.

A check reads everything: the database's own structure, each report against its checksums and its original bytes, passages against
the text, vectors against their embedder, derived files against their checksums and the database. Knows nothing of search.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from index import reembedding, storage, stored_vectors
from index.arrays import DamagedFile, read
from index.connections import Connections
from index.currency import refresh_current, wrongly_marked
from index.derived import FOLDER, Part, discard
from index.errors import LibraryDamaged
from index.files import crc_of
from index.generation import advance, read_generation
from index.passages import FIELDS, passages, text_hash
from index.values import Finding

if TYPE_CHECKING:
    from index.embedding import Embedder

_REFERENCES = (
    *((table, "report", "reports") for table in ("bodies", "originals", "plans", "items", "sections", "passages")),
    ("passages", "item", "items"),
    ("passages", "section", "sections"),
    ("embeddings", "embedder", "embedders"),
)
_INDEX = re.compile(r"missing from index|wrong # of entries in index|non-unique entry in index")
"""What SQLite says of an index that does not fit its table."""
_MENDABLE = {"reference", "passages", "current", "vector", "unused_vector", "missing_vector", "derived", "leftover"}


def check(
    connections: Connections, embedder: Embedder | None, *, repair: bool, progress: Callable[[int, int], None] | None
) -> list[Finding]:
    """All that is wrong with a library, the database first. With ``repair`` what can be mended is mended, and its findings say so.

    What is mended is what can be made again: references, passages, marks, vectors, derived files, and indexes of the database. A
    report whose text or original is damaged is named; only a new reading of its file, or a backup, brings it back. Where more of the
    database itself is damaged than its indexes, nothing is touched (``index.salvage`` then makes a new one of it).
    """
    found = _look(connections, embedder)
    if any(finding.code == "database" and not _INDEX.search(finding.message) for finding in found):
        return found
    if not repair or all(finding.severity == "info" and finding.code not in _MENDABLE for finding in found):
        return found
    _repair(connections, embedder, {finding.code for finding in found}, progress)
    left = {(finding.code, finding.message) for finding in _look(connections, embedder)}
    return [
        Finding(finding.code, finding.severity, finding.message, (finding.code, finding.message) not in left) for finding in found
    ]


def _look(connections: Connections, embedder: Embedder | None) -> list[Finding]:
    with connections.reading() as connection:
        found = list(check_database(connection))
        if any(finding.code == "database" for finding in found):
            return found
        found += check_reports(connection)
        found += check_current(connection)
        found += check_vectors(connection, embedder)
        found += check_derived(connection, connections.folder)
    return found


def _repair(
    connections: Connections, embedder: Embedder | None, codes: set[str], progress: Callable[[int, int], None] | None
) -> None:
    with connections.writing() as connection:
        if "database" in codes:
            connection.execute("REINDEX")
        if "reference" in codes:
            for table, column, parent in _REFERENCES:
                connection.execute(f"DELETE FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT row FROM {parent})")
        if codes & {"passages", "current", "reference"}:
            repair_passages(connection)
            repair_current(connection)
        if codes & {"vector", "unused_vector", "passages", "reference"}:
            delete_wrong_vectors(connection)
        if codes - {"derived", "leftover"}:
            advance(connection, "repair")
    if embedder is not None:
        reembedding.embed_missing(connections, embedder, progress)
    if codes & {"derived", "leftover", "passages", "reference"}:  # the next ones would take over what was wrong
        discard(connections.folder)


def check_database(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is wrong with the database's own structure, and with references between its rows."""
    for (message,) in connection.execute("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Finding("database", "error", f"Databasen är skadad: {message}.")
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        where = f"Rad {row} i {table}" if row is not None else f"En rad i {table}"
        yield Finding("reference", "error", f"{where} hör till något i {parent} som inte finns.")


def check_reports(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is wrong with the stored reports: bodies, originals, counts and passages."""
    for row, report_id, name, digest, checksum in connection.execute(
        "SELECT row, id, source_name, digest, sha256 FROM reports"
    ).fetchall():
        try:
            report = storage.load_report(connection, row)
            original = storage.load_original(connection, row)
        except LibraryDamaged as error:
            yield Finding("report", "error", str(error))
            continue
        if storage.digest_of(report) != digest:
            yield Finding("report", "error", f"Rapporten {report_id} ({name}) är inte som när den sparades. Läs in filen igen.")
        if sha256(original).hexdigest() != checksum:
            yield Finding("original", "error", f"Originalfilen {name} till {report_id} är inte den som lästes in. Läs in den igen.")
        wanted = [(FIELDS.index(found.field), found.start, found.end, text_hash(found.text)) for found in passages(report)]
        stored = connection.execute(
            "SELECT field, start, stop, hash FROM passages WHERE report = ? ORDER BY row", (row,)
        ).fetchall()
        if wanted != stored:
            yield Finding(
                "passages", "error", f"Textställena i {report_id} stämmer inte med texten ({len(stored)}, väntat {len(wanted)})."
            )


def repair_passages(connection: sqlite3.Connection) -> int:
    """Work out the passages of reports anew where they differ from the text; gives the number of reports that were mended."""
    mended = 0
    for row, _ in connection.execute("SELECT row, id FROM reports").fetchall():
        with suppress(LibraryDamaged):
            report = storage.load_report(connection, row)
            wanted = [(FIELDS.index(found.field), found.start, found.end, text_hash(found.text)) for found in passages(report)]
            stored = connection.execute(
                "SELECT field, start, stop, hash FROM passages WHERE report = ? ORDER BY row", (row,)
            ).fetchall()
            if wanted != stored:
                connection.execute("DELETE FROM passages WHERE report = ?", (row,))
                stored_vectors.insert_passages(connection, row, report, passages(report))
                mended += 1
    return mended


def check_current(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether what is marked as searched is what should be."""
    for organisation, year in wrongly_marked(connection):
        yield Finding("current", "error", f"För {organisation} {year} söks inte de senaste versionerna av alla planer.")


def repair_current(connection: sqlite3.Connection) -> None:
    """Mark anew what is searched, where it is wrong."""
    for organisation, year in wrongly_marked(connection):
        refresh_current(connection, organisation, year)


def check_vectors(connection: sqlite3.Connection, embedder: Embedder | None) -> Iterator[Finding]:
    """What is wrong with the stored vectors: lengths, vectors of no text, texts without a vector of the embedder in use."""
    for row, name, dimension in connection.execute("SELECT row, name, dimension FROM embedders").fetchall():
        (wrong,) = connection.execute(
            "SELECT count(*) FROM embeddings WHERE embedder = ? AND length(vector) <> ?", (row, 4 * dimension)
        ).fetchone()
        if wrong:
            yield Finding("vector", "error", f"{wrong} vektorer från {name} har fel längd (väntat {dimension} tal).")
    (unused,) = connection.execute("SELECT count(*) FROM embeddings WHERE hash NOT IN (SELECT hash FROM passages)").fetchone()
    if unused:
        yield Finding("unused_vector", "warning", f"{unused} vektorer hör till text som inte längre finns.")
    if embedder is not None:
        missing, total = stored_vectors.count_missing(connection, embedder.fingerprint)
        if missing:
            yield Finding("missing_vector", "warning", f"{missing} av {total} texter saknar vektor från {embedder.name}.")


def delete_wrong_vectors(connection: sqlite3.Connection) -> int:
    """Delete vectors of another length than their embedder's, and those of no text; gives how many."""
    wrong = connection.execute(
        "DELETE FROM embeddings WHERE length(vector) <> 4 * (SELECT dimension FROM embedders WHERE row = embedder)"
    ).rowcount
    return wrong + stored_vectors.delete_unused(connection)


def check_derived(connection: sqlite3.Connection, library: Path) -> Iterator[Finding]:
    """What is wrong with the derived files. That they are older than the library is no fault.

    The next search brings them up to date.
    """
    folder = library / FOLDER
    if not folder.is_dir():
        return
    generation = read_generation(connection)
    named: set[str] = set()
    for path in sorted(folder.glob("*.json")):
        manifest = Part(library, path.stem).manifest()
        named.add(path.name)
        if manifest is None:
            yield Finding("derived", "warning", f"Hjälpfilen {path.name} går inte att läsa.")
            continue
        named.update(manifest.files)
        if manifest.generation != generation:
            continue
        for file in manifest.files:
            reason = _damage(folder / file, manifest.extra.get("checksums", {}).get(file))
            if reason is not None:
                yield Finding("derived", "warning", f"Hjälpfilen {file} är skadad ({reason}).")
    for path in sorted(folder.glob("*")):
        if path.name not in named:
            yield Finding("leftover", "info", f"Filen {path.name} i {folder} blev över från ett avbrutet arbete.")


def _damage(path: Path, checksum: object) -> str | None:
    """What is wrong with a derived file, in a few words; None where nothing is."""
    try:
        if checksum is None:
            read(path, verify=True)
        elif crc_of(path) != checksum:
            return f"{path.name}: checksum"
    except (DamagedFile, OSError) as error:
        return str(error)
    return None
