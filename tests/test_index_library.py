"""The library as its users see it: what adding, versions, removing and settings do, and what opening says."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from index_form import ORGANISATION, Point, WordEmbedder, report

from corpus.model import Note
from index import schema
from index.analysis import analyse
from index.derived import Part
from index.errors import DiskFull, LibraryDamaged, LibraryError, LibraryLocked, NewerLibrary, NoLibrary, NotALibrary, UnknownReport
from index.filters import Filter
from index.lexical import Segment, word_key
from index.library import NO_EMBEDDER, Library
from index.words_part import PART

POINTS = [
    Point("1:1", "Lägesbilden är klar.", answer="Ja"),
    Point("1:2", "Inget har gjorts.", answer="Nej", kind="insats", area="Målområde 2: Samverkan"),
    Point("1:1", "Handledningen finns.", plan=2, plan_title="Plan mot tystnad 2023–2025", area="", answer=None),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"


def counts(folder: Path) -> dict[str, int]:
    """How many rows each table has."""
    connection = sqlite3.connect(folder / "library.sqlite")
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    ]
    found = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    connection.close()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_report_again_changes_nothing(folder: Path) -> None:
    whole, data = report(POINTS)
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        assert library.add(whole, data).status == "added"
    before = contents(folder)
    embedder = WordEmbedder()
    with Library.open(folder, embedder=embedder) as library:
        assert library.add(whole, data).status == "unchanged"
        assert library.report(whole.id) == whole
        assert library.original(whole.id) == data
    assert contents(folder) == before
    assert embedder.embedded == []


def test_reports_lists_what_is_there(folder: Path) -> None:
    whole, data = report(POINTS)
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        assert library.reports() == [] and library.items() == []
        library.add(whole, data)
        (row,) = library.reports()
    assert (row.id, row.organisation, row.year, row.title) == (whole.id, ORGANISATION, 2024, "Uppföljning")
    assert row.plans == ((1, "Program för trygghet 2022–2026"), (2, "Plan mot tystnad 2023–2025"))
    assert (row.items, row.sections, row.answers, row.current) == (3, 0, {"": 1, "Ja": 1, "Nej": 1}, True)


@pytest.mark.parametrize(
    ("wanted", "comments"),
    [
        (Filter(), "Lägesbilden är klar.|Inget har gjorts.|Handledningen finns.|Gammalt."),
        (Filter(code="1:1"), "Lägesbilden är klar.|Handledningen finns.|Gammalt."),
        (Filter(code="1:1", plan=2), "Handledningen finns."),
        (Filter(plan_name="plan mot TYSTNAD"), "Handledningen finns."),
        (Filter(answer="Nej"), "Inget har gjorts."),
        (Filter(answer=""), "Handledningen finns."),
        (Filter(answer={"Nej", ""}), "Inget har gjorts.|Handledningen finns."),
        (Filter(area="målområde 2 – samverkan"), "Inget har gjorts."),
        (Filter(kind="insats"), "Inget har gjorts."),
        (Filter(year=2023), "Gammalt."),
        (Filter(year={2024, 2025}), "Lägesbilden är klar.|Inget har gjorts.|Handledningen finns."),
        (Filter(organisation="socialförvaltningen  älvsunda", year=2023), "Gammalt."),
        (Filter(organisation="Någon annan"), ""),
        (Filter(code=[]), ""),
    ],
)
def test_filters(folder: Path, wanted: Filter, comments: str) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
        library.add(*report([Point("1:1", "Gammalt.")], year=2023))
        found = [item.comment for item in library.items(wanted)]
    assert sorted(found) == sorted(comments.split("|") if comments else [])


def test_items_come_by_organisation_year_plan_and_position(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS, year=2025))
        library.add(*report(POINTS, year=2023))
        library.add(*report(POINTS[:1], organisation="Barnförvaltningen"))
        found = [(item.organisation[:4], item.year, item.plan, item.code) for item in library.items()]
    later = [("Soci", 2025, 1, "1:1"), ("Soci", 2025, 1, "1:2"), ("Soci", 2025, 2, "1:1")]
    assert found == [("Barn", 2024, 1, "1:1"), *((name, 2023, plan, code) for name, _, plan, code in later), *later]


def test_other_bytes_for_the_same_plans_are_a_new_version(folder: Path) -> None:
    first, second = report(POINTS), report([Point("1:1", "Lägesbilden är ny."), *POINTS[1:]])
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*first)
        result = library.add(*second)
        assert (result.status, result.replaced) == ("new_version", first[0].id)
        assert [item.comment for item in library.items(Filter(code="1:1", plan=1))] == ["Lägesbilden är ny."]
        assert [row.id for row in library.reports()] == [second[0].id]
        assert [(row.id, row.current) for row in library.reports(all_versions=True)] == [(first[0].id, False), (second[0].id, True)]
        assert library.report(first[0].id) == first[0]
        assert [hit.item.comment for hit in library.search("lägesbilden")] == ["Lägesbilden är ny."]
        assert len(library.items(all_versions=True)) == 6
        library.remove(second[0].id)
        assert [hit.item.comment for hit in library.search("lägesbilden")] == ["Lägesbilden är klar."]


def test_a_report_of_some_plans_takes_the_place_of_those_alone(folder: Path) -> None:
    whole, part = report(POINTS), report([Point("1:1", "Handledningen är ny.", plan=1, plan_title="Plan mot tystnad 2024–2026")])
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*whole)
        assert library.add(*part).status == "new_version"
        assert {item.comment for item in library.items()} == {"Lägesbilden är klar.", "Inget har gjorts.", "Handledningen är ny."}
        assert all(row.current for row in library.reports(all_versions=True))


def test_other_plans_of_the_year_are_a_report_more(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS[:2]))
        assert library.add(*report(POINTS[2:])).status == "added"
        assert (len(library.reports()), len(library.items())) == (2, 3)


def test_the_same_bytes_with_another_year_are_relabelled(folder: Path) -> None:
    first, second = report(POINTS, year=2024, salt=""), report(POINTS, year=2023, salt="")
    assert first[1] == second[1]
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*first)
        result = library.add(*second)
        assert (result.status, result.replaced) == ("relabelled", first[0].id)
        assert [row.id for row in library.reports(all_versions=True)] == [second[0].id]


def test_the_same_bytes_read_differently_keep_their_place(folder: Path) -> None:
    first, _ = report(POINTS)
    again, data = report(POINTS, title="Bättre läst")
    newer = report(POINTS, salt="nyare")
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(first, data)
        library.add(*newer)
        result = library.add(again, data)
        assert (result.status, result.replaced) == ("reread", first.id)
        assert library.report(first.id).title == "Bättre läst"
        assert [row.id for row in library.reports()] == [newer[0].id]  # the newer version is still the one that counts


def test_remove_leaves_no_trace(folder: Path) -> None:
    embedder = WordEmbedder()
    kept, gone = report(POINTS, year=2023), report([Point("9:9", "Enastående händelser.", question="Något helt annat?")])
    with Library.open(folder, create=True, embedder=embedder) as library:
        library.add(*kept)
    before = counts(folder)
    with Library.open(folder, embedder=embedder) as library:
        library.add(*gone)
        assert [hit.item.code for hit in library.search("enastående händelser")][:1] == ["9:9"]
        library.remove(gone[0].id)
        assert all(hit.item.code != "9:9" for hit in library.search("enastående händelser 9:9"))
        with pytest.raises(UnknownReport, match=gone[0].id):
            library.report(gone[0].id)
        with pytest.raises(UnknownReport):
            library.remove(gone[0].id)
    assert counts(folder) == before
    left = b"".join(contents(folder / "derived").values())
    assert gone[0].id.encode() not in left


def _known_terms(folder: Path) -> set[int]:
    """The keys of all terms that the files of the lexical index hold, whether an item that is searched has them or not."""
    part = Part(folder, PART)
    return {key for path in part.folder.glob(f"{PART}-*.texts") for key in Segment.from_arrays(part.read(path.name)).terms.tolist()}


@pytest.mark.parametrize("last", [True, False], ids=["the newest segment", "a segment with others"])
def test_the_terms_of_a_removed_report_are_in_no_file(folder: Path, last: bool) -> None:
    gone, gone_data = report([Point("2:1", "Klippfiskmuseet hade öppet.")], year=2025)
    kept, kept_data = report([Point("1:1", "Fältgruppen var ute varje kväll.")])
    pairs = [(kept, kept_data), (gone, gone_data)]
    keys = {word_key(term) for term in analyse("Klippfiskmuseet")}
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        for one, data in pairs if last else reversed(pairs):
            library.add(one, data)
            if last:
                library.search("kväll")
        library.search("kväll")
        assert keys & _known_terms(folder)
        library.remove(gone.id)
        assert not keys & _known_terms(folder), "nothing waits for the next search"
        assert [hit.item.code for hit in library.search("fältgruppen klippfiskmuseet")] == ["1:1"]
        assert not keys & _known_terms(folder) and _known_terms(folder)


def test_what_people_made_survives_its_report(folder: Path) -> None:
    whole, data = report(POINTS)
    key = whole.items[0].key.id
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(whole, data)
        library.save_notes(key, 2025, [Note(1, "ny mall")], author="Åsa")
        library.save_notes(key, 2025, [Note(1, "ny mall"), Note(2, "klar i maj")])
        library.save_feedback("vad gjorde vi?", "down", reason="fel år", item_ids=[whole.items[0].id])
        library.save_lineage(key, "annan/plan/2:1", 2025, author="Åsa")
        library.save_lineage(key, "annan/plan/2:1", 2025, confirmed=False)
        library.remove(whole.id)
        assert library.notes(key, 2025) == (Note(1, "ny mall"), Note(2, "klar i maj"))
        assert library.notes(key, 2024) == ()
        assert library.all_notes(2025) == {key: (Note(1, "ny mall"), Note(2, "klar i maj"))}
        (feedback,) = library.feedback()
        assert (feedback.question, feedback.verdict, feedback.reason, feedback.item_ids) == (
            "vad gjorde vi?", "down", "fel år", (whole.items[0].id,)
        )  # fmt: skip
        (link,) = library.lineage()
        assert (link.earlier, link.later, link.year, link.confirmed) == (key, "annan/plan/2:1", 2025, False)


def test_settings_are_kept(folder: Path) -> None:
    with Library.open(folder, create=True) as library:
        assert library.settings.get("organisation") is None
        library.settings["organisation"] = ORGANISATION
        library.settings["current_year"] = 2026
        library.settings["model"] = None
        del library.settings["model"]
        with pytest.raises(KeyError):
            del library.settings["model"]
    with Library.open(folder) as library:
        assert dict(library.settings) == {"current_year": 2026, "organisation": ORGANISATION}


def test_an_embedder_that_fails_leaves_nothing_behind(folder: Path) -> None:
    class Failing(WordEmbedder):
        def encode(self, texts: object, *, kind: str) -> object:  # type: ignore[override]
            raise RuntimeError("out of memory")

    with Library.open(folder, create=True, embedder=Failing()) as library:  # type: ignore[arg-type]
        with pytest.raises(RuntimeError):
            library.add(*report(POINTS))
        assert library.reports() == []


# Opening, and what stands in the way


def test_no_library_is_said_with_what_to_do(folder: Path) -> None:
    with pytest.raises(NoLibrary, match=r"inget bibliotek i .*bibliotek.*assistant ingest"):
        Library.open(folder)
    folder.mkdir()
    with pytest.raises(NoLibrary):
        Library.open(folder)
    assert list(folder.iterdir()) == []


def test_a_file_is_no_library(tmp_path: Path) -> None:
    file = tmp_path / "fil"
    file.write_text("text", encoding="utf-8")
    with pytest.raises(NotALibrary, match="är en fil"):
        Library.open(file, create=True)


def test_another_programs_database_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute("CREATE TABLE böcker (titel TEXT)")
    connection.close()
    before = contents(folder)
    with pytest.raises(NotALibrary, match="hör till"):
        Library.open(folder, create=True)
    assert contents(folder) == before


def test_a_newer_library_is_not_touched(folder: Path) -> None:
    Library.open(folder, create=True).close()
    connection = sqlite3.connect(folder / "library.sqlite")
    connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    with pytest.raises(NewerLibrary, match="nyare version"):
        Library.open(folder)


@pytest.mark.parametrize("version", range(schema.VERSION + 1))
def test_every_older_version_opens(folder: Path, version: int) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / "library.sqlite", isolation_level=None)
    for number in range(version):
        connection.executescript(schema.MIGRATIONS[number])
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.close()
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
        assert len(library.items()) == 3
    connection = sqlite3.connect(folder / "library.sqlite")
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    connection.close()


def test_a_damaged_database_is_said(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
    file = folder / "library.sqlite"
    data = bytearray(file.read_bytes())
    data[100:5000] = b"x" * 4900
    file.write_bytes(data)
    with pytest.raises(LibraryDamaged, match=r"skadat.*assistant"):
        Library.open(folder)
    file.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(LibraryDamaged):
        Library.open(folder)


def test_a_full_disk_keeps_what_was_there(folder: Path) -> None:
    long = report([Point("3:1", "Ord " * 200_000)], year=2021)
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
        connection = library._connections.get()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(DiskFull, match=r"Disken är full.*inget har gått förlorat"):
            library.add(*long)
        assert len(library.reports()) == 1 and len(library.items()) == 3


def test_a_library_that_is_being_written_to_says_so(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
    writer = sqlite3.connect(folder / "library.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Library.open(folder, embedder=NO_EMBEDDER) as library:
        library._connections.get().execute("PRAGMA busy_timeout = 50")
        assert len(library.items()) == 3  # reading goes on
        with pytest.raises(LibraryLocked, match=r"används av en annan process.*Försök igen"):
            library.settings["current_year"] = 2026
        writer.execute("ROLLBACK")
        library.settings["current_year"] = 2026
    writer.close()


def test_threads_share_a_library(folder: Path) -> None:
    found: list[int] = []
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS))

        def read() -> None:
            for _ in range(5):
                found.append(len(library.search("lägesbilden")))
                found.append(len(library.items()))

        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for year in range(2015, 2020):
            library.add(*report(POINTS[1:2], year=year))
        for thread in threads:
            thread.join()
    assert len(found) == 60 and min(found) >= 1


def test_a_closed_library_says_so(folder: Path) -> None:
    library = Library.open(folder, create=True)
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="stängt"):
        library.reports()


_UNPRIVILEGED = """
import os, sys
from index.errors import ReadOnly
from index.library import Library
with Library.open(sys.argv[2], create=True, embedder="ingen") as other:
    other.search("allt som behövs för en sökning är nu inläst")
os.setgid(65534)
os.setuid(65534)
with Library.open(sys.argv[1], embedder="ingen") as library:
    assert len(library.items()) == 3
    assert [hit.item.code for hit in library.search("lägesbilden")] == ["1:1"]
    try:
        library.settings["current_year"] = 2026
    except ReadOnly as error:
        print(error)
"""


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root can become somebody with fewer rights")
def test_a_folder_that_may_only_be_read_is_searched_and_not_written(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
    for parent in folder.parents:
        if parent.owner() == "root" and str(parent) != "/":
            parent.chmod(parent.stat().st_mode | 0o055)
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", _UNPRIVILEGED, str(folder), str(folder.with_name("annat"))],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    assert "får inte skrivas" in done.stdout
