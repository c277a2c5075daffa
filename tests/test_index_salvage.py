"""Really damaged databases: bytes overwritten in the file, and what comes through."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from index_form import WordEmbedder

from corpus import samples
from corpus.model import Note
from corpus.parser import parse_report
from corpus.reading import read_bytes
from index.connections import DATABASE, PAGE, RESCUED
from index.errors import LibraryDamaged
from index.library import Library

ITEM_KEY = "en punkt"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two sample reports, with notes and a setting."""
    made = tmp_path_factory.mktemp("hel") / "bibliotek"
    sources = {source.stem: source for source in samples.load_source()}
    with Library.open(made, create=True, embedder=WordEmbedder()) as library:
        for path in samples.paths("txt")[:2]:
            source, data = sources[path.stem], path.read_bytes()
            library.add(parse_report(read_bytes(data, path.name), organisation=source.organisation, year=source.year), data)
        library.settings["organisation"] = "Socialförvaltningen Norrälven"
        for number in range(60):
            library.save_notes(f"{ITEM_KEY} {number}", 2026, [Note(1, f"{number} besök. " + "Mer text. " * 40)])
    return made


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "bibliotek"))


def pages_of(folder: Path, name: str) -> list[int]:
    """The numbers (from 1) of the pages that hold a table or index."""
    connection = sqlite3.connect(folder / DATABASE)
    try:
        return [page for (page,) in connection.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno", (name,))]
    except sqlite3.OperationalError:
        pytest.skip("den här SQLite säger inte vilka sidor en tabell har (dbstat)")
    finally:
        connection.close()


def overwrite(folder: Path, pages: list[int], filler: bytes = b"\xa5") -> bytes:
    """Overwrite whole pages of the database; gives what the file then holds."""
    file = folder / DATABASE
    data = bytearray(file.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = filler * PAGE
    file.write_bytes(data)
    return bytes(data)


def state(library: Library) -> tuple[object, ...]:
    """What a user would miss: every report whole, its items, the settings, how many notes there are."""
    reports = [library.report(row.id) for row in library.reports()]
    return (
        reports,
        library.items(),
        [library.original(one.id) for one in reports],
        dict(library.settings),
        sum(bool(library.notes(f"{ITEM_KEY} {number}", 2026)) for number in range(60)),
        [(hit.item.id, hit.score) for hit in library.search("trygghetsvandringar i centrum")],
    )


def before_and_after(
    folder: Path, pages: list[int], filler: bytes = b"\xa5"
) -> tuple[tuple[object, ...], tuple[object, ...], list[str]]:
    """The state before those pages were overwritten and after a repair, and what the repair said. The library must be sound then."""
    with Library.open(folder, embedder=WordEmbedder()) as library:
        before = state(library)
    damaged = overwrite(folder, pages, filler)
    try:
        library = Library.open(folder, embedder=WordEmbedder())
        saved = []
    except LibraryDamaged:
        saved = Library.salvage(folder)
        library = Library.open(folder, embedder=WordEmbedder())
    with library:
        findings = saved + library.check(repair=True)
        assert findings[0].code == "database" and findings[0].repaired and "library.skadad-1.sqlite" in findings[0].message
        assert (folder / "library.skadad-1.sqlite").read_bytes() == damaged
        assert library.check() == []
        return before, state(library), [finding.message for finding in findings[1:] if not finding.repaired]


@pytest.mark.parametrize("filler", [b"\0", b"\xa5"])
def test_a_library_without_a_first_page_comes_back_whole(folder: Path, filler: bytes) -> None:
    before, after, said = before_and_after(folder, [1], filler)
    assert after == before and said == []


@pytest.mark.parametrize(
    "table", ["bodies", "items", "passages", "plans", "embeddings", "sqlite_autoindex_items_1", "items_by_key"]
)
def test_what_can_be_read_anew_or_made_again_is_all_there(folder: Path, table: str) -> None:
    before, after, said = before_and_after(folder, pages_of(folder, table)[-1:])
    assert after == before and said == []


def test_the_root_of_a_table_in_tatters_costs_nothing_where_originals_are_there(folder: Path) -> None:
    before, after, said = before_and_after(folder, pages_of(folder, "items")[:1])
    assert after == before and said == []


def test_lost_originals_are_named_and_the_reports_kept(folder: Path) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        names = [row.source_name for row in library.reports()]
        reports = [library.report(row.id) for row in library.reports()]
    overwrite(folder, pages_of(folder, "originals"))
    with Library.open(folder, embedder=WordEmbedder()) as library:
        said = [finding.message for finding in library.check(repair=True) if not finding.repaired]
        assert [library.report(row.id) for row in library.reports()] == reports
        for one in reports:  # which is done by reading the files again
            data = next(path.read_bytes() for path in samples.paths("txt") if path.name == one.source_name)
            assert library.add(one, data).status == "reread"
        assert library.check() == []
    assert [any(name in message for message in said) for name in names] == [True, True]
    assert all("Läs in den igen" in message for message in said[:2])


def test_a_report_with_neither_text_nor_original_is_named_and_gone(folder: Path) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        names = [row.source_name for row in library.reports()]
    overwrite(folder, pages_of(folder, "originals") + pages_of(folder, "bodies"))
    with Library.open(folder, embedder=WordEmbedder()) as library:
        said = [finding.message for finding in library.check(repair=True) if not finding.repaired]
        assert library.reports() == [] and library.check() == []
        assert library.settings["organisation"] == "Socialförvaltningen Norrälven"
    assert all(any(name in message and "gick inte att rädda" in message for message in said) for name in names)


def test_lost_notes_are_counted_and_the_others_kept(folder: Path) -> None:
    leaf = pages_of(folder, "notes")[2:3]
    before, after, said = before_and_after(folder, leaf)
    assert after[:4] == before[:4]
    assert isinstance(after[4], int) and 40 < after[4] < 60
    assert said == [f"Alla anteckningar gick inte att läsa: {after[4]} finns kvar. Saknas något, återställ en säkerhetskopia."]


def test_a_file_that_was_never_a_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"en text, och ingen databas alls. " * 2000)
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(LibraryDamaged, match="Ingenting i databasen"):
        Library.salvage(tmp_path)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(DATABASE, before)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_random_damage_never_leaves_a_library_that_is_not_sound(folder: Path, seed: int) -> None:
    dice = random.Random(seed)
    count = (folder / DATABASE).stat().st_size // PAGE
    overwrite(folder, dice.sample(range(1, count + 1), dice.randint(1, max(count // 4, 1))), bytes([dice.randrange(256)]))
    try:
        library, saved = Library.open(folder, embedder=WordEmbedder()), []
    except LibraryDamaged:
        saved = Library.salvage(folder)
        library = Library.open(folder, embedder=WordEmbedder())
    with library:
        said = saved + library.check(repair=True)
        left = [finding for finding in library.check() if finding.severity == "error"]
        assert said and all("Läs in" in finding.message for finding in left)  # only the file itself brings an original back
        for row in library.reports():
            assert library.report(row.id).items
        library.search("trygghet")


@pytest.mark.parametrize("done", [(), ("kept",), ("kept", "log")])
def test_opening_finishes_a_repair_that_was_killed(folder: Path, tmp_path: Path, done: tuple[str, ...]) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        before = state(library)
    shutil.copyfile(folder / DATABASE, folder / RESCUED)
    damaged = overwrite(folder, [1])
    log = folder / f"{DATABASE}-wal"
    log.write_bytes(b"den skadade databasens")
    (folder / ".raddning-abc").mkdir()
    if "kept" in done:
        os.link(folder / DATABASE, folder / "library.skadad-1.sqlite")
    if "log" in done:
        log.rename(folder / "library.skadad-1.sqlite-wal")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert library.check() == [] and state(library) == before
    assert sorted(path.name for path in folder.iterdir()) == [
        *("derived", "library.skadad-1.sqlite", "library.skadad-1.sqlite-wal", DATABASE)
    ]
    assert (folder / "library.skadad-1.sqlite").read_bytes() == damaged
    assert (folder / "library.skadad-1.sqlite-wal").read_bytes() == b"den skadade databasens"


@pytest.mark.slow
def test_a_repair_killed_at_any_moment_can_be_done_again(folder: Path) -> None:
    with Library.open(folder, embedder=WordEmbedder()) as library:
        before = state(library)
    damaged = overwrite(folder, [1])
    code = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parents[1])!r}]\nfrom index.library import Library\nprint(flush=True)\n"
    )
    dice = random.Random(3)
    for _ in range(int(os.environ.get("INDEX_KILLS", "20"))):
        work = f"Library.salvage({str(folder)!r})"
        with subprocess.Popen([sys.executable, "-c", code + work], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            process.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                process.wait(dice.random() * 0.4)
            process.kill()
        try:
            library = Library.open(folder, embedder=WordEmbedder())
        except LibraryDamaged:
            continue
        with library:
            assert all(finding.code == "leftover" for finding in library.check()), library.check()
            assert state(library) == before
        (folder / DATABASE).write_bytes(damaged)
    assert (folder / "library.skadad-1.sqlite").read_bytes() == damaged
    if (folder / DATABASE).read_bytes() == damaged:
        Library.salvage(folder)
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert state(library) == before
