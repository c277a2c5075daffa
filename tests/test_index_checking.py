"""Looking after a library: what a check finds and mends, and a library as one file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest
from index_form import ORGANISATION, Point, WordEmbedder, report

from index.errors import LibraryDamaged, LibraryError, NoLibrary, NotALibrary
from index.library import Library

POINTS = [
    Point("1:1", "Lägesbilden är klar. Den görs varje år."),
    Point("1:2", "Rutinen för hot finns.", statement="Rutiner ska finnas."),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with two years of a report."""
    made = tmp_path / "bibliotek"
    with Library.open(made, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS, year=2023))
        library.add(*report([POINTS[0], Point("1:2", "Rutinen för hot är ny.")], year=2024))
        library.settings["organisation"] = ORGANISATION
    return made


def change(folder: Path, *statements: str) -> None:
    """Do to the database what no part of the program would."""
    connection = sqlite3.connect(folder / "library.sqlite", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def codes(library: Library, *, repair: bool = False) -> list[tuple[str, bool]]:
    return [(finding.code, finding.repaired) for finding in library.check(repair=repair)]


def test_a_sound_library_has_no_findings(folder: Path) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert library.check() == [] and library.check(repair=True) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM passages WHERE row IN (SELECT row FROM passages LIMIT 3)", "passages"),
        ("UPDATE passages SET start = start + 1 WHERE row = (SELECT min(row) FROM passages)", "passages"),
        ("UPDATE items SET current = 0", "current"),
        ("UPDATE reports SET current = 0", "current"),
        ("UPDATE embeddings SET vector = x'00' WHERE rowid = (SELECT min(rowid) FROM embeddings)", "vector"),
        ("INSERT INTO embeddings SELECT embedder, 12345, vector FROM embeddings LIMIT 1", "unused_vector"),
        ("DELETE FROM embeddings WHERE rowid = (SELECT min(rowid) FROM embeddings)", "missing_vector"),
    ],
)
def test_what_can_be_made_again_is_mended(folder: Path, statement: str, code: str) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        expected = [(hit.item.id, hit.score) for hit in library.search("rutin för hot")]
    change(folder, statement)
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert (code, False) in codes(library)
        assert (code, True) in codes(library, repair=True)
        assert library.check() == []
        assert [(hit.item.id, hit.score) for hit in library.search("rutin för hot")] == expected


def test_a_dangling_reference_is_mended(folder: Path) -> None:
    change(folder, "PRAGMA foreign_keys = OFF", "DELETE FROM reports WHERE year = 2023")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert "reference" in dict(codes(library))
        assert all(repaired for _, repaired in codes(library, repair=True))
        assert library.check() == []
        assert [item.year for item in library.items()] == [2024, 2024]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE items SET comment = 'Något annat.' WHERE row = 1", "report"),
        ("UPDATE bodies SET text = x'00' WHERE report = 1", "report"),
        (f"UPDATE originals SET data = x'{zlib.compress(b'annat').hex()}' WHERE report = 1", "original"),
        ("DELETE FROM originals WHERE report = 1", "report"),
    ],
)
def test_what_only_the_file_can_bring_back_is_said(folder: Path, statement: str, code: str) -> None:
    change(folder, statement)
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert (code, False) in codes(library, repair=True)
        message = next(finding.message for finding in library.check() if finding.code == code)
        assert "Läs in" in message


def test_a_body_that_is_not_what_was_stored_is_not_given_out(folder: Path) -> None:
    text = zlib.compress("En annan text, lika lång som något.".encode()).hex()
    change(folder, f"UPDATE bodies SET text = x'{text}' WHERE report = 1")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        row = library.reports()[0]
        with pytest.raises(LibraryDamaged, match="är skadad"):
            library.report(row.id)


def test_damaged_derived_files_and_what_was_left_over_are_found(folder: Path) -> None:
    derived = folder / "derived"
    texts = next(derived.glob("*.texts"))
    data = bytearray(texts.read_bytes())
    data[-1] ^= 1
    texts.write_bytes(data)
    (derived / ".words.json.123.abcd.tmp").write_bytes(b"half")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert {code for code, _ in codes(library)} == {"derived", "leftover"}
        assert all(repaired for _, repaired in codes(library, repair=True))
        assert library.check() == []
        assert library.search("rutin för hot")[0].item.code == "1:2"


def test_a_backup_is_one_file_and_makes_the_same_library(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        library.save_feedback("rutin?", "up")
        expected = [(hit.item, hit.score, hit.quote) for hit in library.search("rutin för hot")]
        library.backup(tmp_path / "kopia" / "bibliotek.backup")
        library.remove(library.reports()[0].id)  # the backup is of before
    assert [path.name for path in (tmp_path / "kopia").iterdir()] == ["bibliotek.backup"]
    Library.restore(tmp_path / "kopia" / "bibliotek.backup", tmp_path / "ny")
    embedder = WordEmbedder()
    with Library.open(tmp_path / "ny", embedder=embedder) as library:
        assert [(hit.item, hit.score, hit.quote) for hit in library.search("rutin för hot")] == expected
        assert library.settings["organisation"] == ORGANISATION and len(library.feedback()) == 1
        assert library.check() == [] and len(library.reports()) == 2
        assert library._connections.get().execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert embedder.embedded == []
    assert [path.name for path in (tmp_path / "kopia").iterdir()] == ["bibliotek.backup"]


def test_a_backup_taken_while_others_write_is_whole(folder: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    with Library.open(folder, embedder=WordEmbedder()) as library:

        def write() -> None:
            for year in range(1990, 2020):
                if stop.is_set():
                    break
                library.add(*report(POINTS, year=year))

        writer = threading.Thread(target=write)
        writer.start()
        for number in range(4):
            library.backup(tmp_path / f"{number}.backup")
        stop.set()
        writer.join()
    for number in range(4):
        Library.restore(tmp_path / f"{number}.backup", tmp_path / f"ny{number}")
        with Library.open(tmp_path / f"ny{number}", embedder=WordEmbedder()) as library:
            assert library.check() == []
            assert all(len(library.report(row.id).items) == 2 for row in library.reports())


def test_a_backup_takes_the_place_of_the_one_before(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        library.backup(tmp_path / "b")
        size = (tmp_path / "b").stat().st_size
        library.backup(tmp_path / "b")
        assert (tmp_path / "b").stat().st_size == size
        with pytest.raises(LibraryError, match="är en mapp"):
            library.backup(tmp_path)


def test_what_is_no_backup_is_refused_and_nothing_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NoLibrary, match="finns inte"):
        Library.restore(tmp_path / "saknas", tmp_path / "ny")
    (tmp_path / "text").write_text("detta är text " * 100, encoding="utf-8")
    with pytest.raises(NotALibrary, match="ingen säkerhetskopia"):
        Library.restore(tmp_path / "text", tmp_path / "ny")
    other = sqlite3.connect(tmp_path / "annan")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(NotALibrary):
        Library.restore(tmp_path / "annan", tmp_path / "ny")
    assert not (tmp_path / "ny").exists()
    with Library.open(folder) as library:
        library.backup(tmp_path / "b")
    with pytest.raises(LibraryError, match="finns redan ett bibliotek"):
        Library.restore(tmp_path / "b", folder)
    data = bytearray((tmp_path / "b").read_bytes())
    data[3 * 8192 : 4 * 8192] = bytes(8192)
    (tmp_path / "b").write_bytes(data)
    with pytest.raises(LibraryDamaged):
        Library.restore(tmp_path / "b", tmp_path / "ny")
    assert not (tmp_path / "ny").exists()


def test_a_backup_never_takes_the_place_of_something_else(folder: Path, tmp_path: Path) -> None:
    report_file = tmp_path / "rapport.docx"
    report_file.write_bytes(b"min rapport")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        with pytest.raises(LibraryError, match="är ingen säkerhetskopia"):
            library.backup(report_file)
        for own in ("library.sqlite", "library.sqlite-wal", "derived/kopia"):
            with pytest.raises(LibraryError, match="hör till biblioteket självt"):
                library.backup(folder / own)
        with pytest.raises(LibraryError, match="kan inte skrivas där"):
            library.backup(report_file / "kopia")
        assert library.check() == []
    assert report_file.read_bytes() == b"min rapport"


def change_and_die(folder: Path) -> None:
    """A setting committed by a process that is killed, so that the change stays in the log."""
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute(\"INSERT OR REPLACE INTO settings VALUES ('current_year', '2031')\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder / "library.sqlite")], check=True)
    assert (folder / "library.sqlite-wal").stat().st_size > 0


def test_the_log_of_a_library_that_was_moved_away_is_not_applied_to_another(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder) as library:
        library.backup(tmp_path / "b")
    change_and_die(folder)
    (folder / "library.sqlite").rename(tmp_path / "flyttad.sqlite")
    with pytest.raises(LibraryError, match="-wal kvar utan sin databas"):
        Library.restore(tmp_path / "b", folder)
    with pytest.raises(LibraryError, match="-wal kvar utan sin databas"):
        Library.open(folder, create=True)
    (tmp_path / "flyttad.sqlite").rename(folder / "library.sqlite")
    with Library.open(folder) as library:
        assert library.settings["current_year"] == 2031


def test_a_database_that_was_copied_with_its_log_is_restored_with_it(folder: Path, tmp_path: Path) -> None:
    change_and_die(folder)
    Library.restore(folder / "library.sqlite", tmp_path / "ny")
    with Library.open(tmp_path / "ny") as library:
        assert library.settings["current_year"] == 2031
