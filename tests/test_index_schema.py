"""How an older library becomes a newer one. Only one version has ever been released (1), so the mechanism is shown on a second one made up
here; the released one must stay what it is, or libraries that have it would differ from those made later."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from index_form import Point, WordEmbedder, report

from index import schema
from index.library import Library

POINTS = [Point("1:1", "Lägesbilden är klar."), Point("1:2", "Rutinen för hot finns.")]
RELEASED = ["39e9c9c01c86aa98"]
"""The hash of each released migration."""

SECOND = """
ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'gul';
CREATE TABLE labels (name TEXT PRIMARY KEY, item_key TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO labels SELECT 'läst ' || row, key FROM items;
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A library of version 1 with something in it."""
    with Library.open(tmp_path, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS))
    return tmp_path


def database(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / "library.sqlite")


def newer(monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    """The program of a later day, with more migrations."""
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, *more))
    monkeypatch.setattr(schema, "VERSION", len(schema.MIGRATIONS))


def test_what_was_released_is_never_changed() -> None:
    assert [sha256(migration.encode("utf-8")).hexdigest()[:16] for migration in schema.MIGRATIONS] == RELEASED


def test_a_library_of_an_older_version_is_migrated_with_all_that_is_in_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(old, embedder=WordEmbedder()) as library:
        before = library.items(), [(hit.item.id, hit.score) for hit in library.search("rutin för hot")]
    newer(monkeypatch, SECOND)
    for _ in range(2):  # the second time there is nothing to do
        with Library.open(old, embedder=WordEmbedder()) as library:
            assert (library.items(), [(hit.item.id, hit.score) for hit in library.search("rutin för hot")]) == before
            assert library.check() == []
    connection = database(old)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert [key for (key,) in connection.execute("SELECT item_key FROM labels ORDER BY name")] == [i.key.id for i in before[0]]
    connection.close()


def test_a_new_library_has_the_same_tables_as_a_migrated_one(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer(monkeypatch, SECOND)
    Library.open(old).close()
    Library.open(tmp_path / "ny", create=True).close()
    listed = []
    for folder in (old, tmp_path / "ny"):
        connection = database(folder)
        listed.append(connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall())
        connection.close()
    assert listed[0] == listed[1]


def test_a_migration_that_fails_leaves_the_library_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        newer(later, SECOND + "INSERT INTO no_such_table VALUES (1);\n")
        with pytest.raises(Exception, match="no_such_table"):
            Library.open(old)
    connection = database(old)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'labels'").fetchone() == (0,)
    connection.close()
    with Library.open(old, embedder=WordEmbedder()) as library:
        assert len(library.items()) == 2 and library.check() == []
