"""The tables of the library's database and how an older database becomes a newer one.

``MIGRATIONS[n]`` takes a database of version n to version n + 1; a new library runs them all. A migration that has been released is
never changed. Knows nothing of the values in the columns.

Rows of ``items`` and ``sections`` are never used twice (AUTOINCREMENT), so that a derived file can name them for ever.
What people made (drafts, notes, feedback, lineage) has no reference to a report: it hangs on the item's key and year.
"""

from __future__ import annotations

import sqlite3

APPLICATION_ID = 0x5556424C
"""Stands in the file's header: says that the database is a library of this program."""

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0'), ('stamp', '');
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE reports (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    organisation TEXT NOT NULL,
    organisation_slug TEXT NOT NULL,
    year INTEGER NOT NULL,
    title TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_format TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    current INTEGER NOT NULL DEFAULT 1,
    summary TEXT NOT NULL
);
CREATE INDEX reports_of_year ON reports (organisation_slug, year);
CREATE INDEX reports_by_bytes ON reports (sha256);
CREATE TABLE bodies (
    report INTEGER PRIMARY KEY REFERENCES reports (row) ON DELETE CASCADE,
    text BLOB NOT NULL,
    layout BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
CREATE TABLE originals (
    report INTEGER PRIMARY KEY REFERENCES reports (row) ON DELETE CASCADE,
    data BLOB NOT NULL
);
CREATE TABLE plans (
    report INTEGER NOT NULL REFERENCES reports (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    slug TEXT NOT NULL,
    period_start INTEGER,
    period_end INTEGER,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;
CREATE TABLE items (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    key TEXT NOT NULL,
    plan INTEGER NOT NULL,
    plan_title TEXT NOT NULL,
    plan_slug TEXT NOT NULL,
    area TEXT NOT NULL,
    area_slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    code_as_written TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    question TEXT NOT NULL,
    statement TEXT NOT NULL,
    expected_result TEXT NOT NULL,
    answer TEXT,
    comment TEXT NOT NULL,
    page INTEGER,
    comment_start INTEGER NOT NULL,
    current INTEGER NOT NULL DEFAULT 1,
    UNIQUE (report, position)
);
CREATE INDEX items_by_code ON items (code);
CREATE INDEX items_by_key ON items (key);
CREATE TABLE sections (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports (row) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    current INTEGER NOT NULL DEFAULT 1,
    UNIQUE (report, position)
);

CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports (row) ON DELETE CASCADE,
    item INTEGER REFERENCES items (row) ON DELETE CASCADE,
    section INTEGER REFERENCES sections (row) ON DELETE CASCADE,
    field INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    CHECK ((item IS NULL) <> (section IS NULL))
);
CREATE INDEX passages_of_report ON passages (report);
CREATE INDEX passages_of_item ON passages (item);
CREATE INDEX passages_of_section ON passages (section);
CREATE INDEX passages_by_hash ON passages (hash);
CREATE TABLE embedders (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    fingerprint TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    dimension INTEGER NOT NULL
);
CREATE TABLE embeddings (
    embedder INTEGER NOT NULL REFERENCES embedders (row) ON DELETE CASCADE,
    hash INTEGER NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (embedder, hash)
);

CREATE TABLE drafts (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    item_key TEXT NOT NULL,
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    author TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT,
    words INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (item_key, year, version)
);
CREATE TABLE notes (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    item_key TEXT NOT NULL,
    year INTEGER NOT NULL,
    author TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX notes_of_item ON notes (item_key, year);
CREATE TABLE feedback (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE lineage (
    earlier TEXT NOT NULL,
    later TEXT NOT NULL,
    year INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    author TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (earlier, later, year)
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (_FIRST,)
VERSION = len(MIGRATIONS)
"""What ``PRAGMA user_version`` says in a library that this program writes."""


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Take the database from ``version`` to ``VERSION``, inside the caller's transaction."""
    for number in range(version, VERSION):
        for statement in MIGRATIONS[number].split(";\n"):
            if statement.strip():
                connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
