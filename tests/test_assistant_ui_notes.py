"""Notes out of a file: into the box of one item, or to every item of the report after they were looked at; what had no place is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import Boxes
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.notes_work import NotesWork
from corpus import samples
from corpus.model import Item
from index.filters import Filter

WHOLE = "Plan 1\n\nStrategi 5:2\n- 2 nya utredare sedan mars\n- <b>avtal</b> klart\n\nStrategi 5:3\n- kurs i maj\n\nStrategi 9:9\n- hör ingenstans hemma\n"


@pytest.fixture
def desk(sample_library: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        yield Desk(assistant)


@pytest.fixture
def item(desk: Desk) -> Item:
    return desk.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="5:2"))[0]


def sent(tmp_path: Path, text: str, name: str = "anteckningar.txt") -> str:
    """A file as it lies after it was sent to the page."""
    folder = tmp_path / "gradio" / "abc"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_a_file_without_codes_is_about_the_item(desk: Desk, item: Item, tmp_path: Path) -> None:
    path = sent(tmp_path, "- ny rutin\n\n• kurs i maj\nny rutin\n")
    text, said = NotesWork(desk).into_box(Event({}), path, Boxes(item.key.id, 2026, notes="kurs i maj"))
    assert text.splitlines()[:2] == ["kurs i maj", "ny rutin"] and "anteckningar.txt lades till" in said
    assert not Path(path).exists()


def test_of_a_whole_reports_file_the_items_own_notes_are_taken(desk: Desk, item: Item, tmp_path: Path) -> None:
    text, said = NotesWork(desk).into_box(Event({}), sent(tmp_path, WHOLE), Boxes(item.key.id, 2026))
    assert text == "2 nya utredare sedan mars\n<b>avtal</b> klart"
    assert "2 anteckningar" in said and "1 punkt till" in said and "hör ingenstans hemma" in said


def test_a_whole_reports_notes_are_looked_at_and_then_kept(desk: Desk, item: Item, tmp_path: Path) -> None:
    work = NotesWork(desk)
    read, shown = work.look(Event({}), sent(tmp_path, WHOLE), samples.ORGANISATION)
    assert "Strategi 5:2" in shown and "Strategi 5:3" in shown and "<b>avtal" not in shown
    assert "Rader som inte placerades" in shown and "hör ingenstans hemma" in shown and "rad" in shown
    assert desk.assistant.library.notes(item.key.id, 2026) == ()
    _, said = work.keep(Event({}, "Åsa"), read)
    assert "3 anteckningar sparade till 2 punkter" in said
    assert [note.text for note in desk.assistant.library.notes(item.key.id, 2026)] == [
        "2 nya utredare sedan mars",
        "<b>avtal</b> klart",
    ]
    assert "fanns redan" in work.keep(Event({}), read)[1]
    assert work.leave(Event({})) == (None, "")


def test_what_cannot_be_read_or_has_no_place_is_said(desk: Desk, item: Item, tmp_path: Path) -> None:
    work = NotesWork(desk)
    with pytest.raises(PageError, match="Välj en punkt"):
        work.into_box(Event({}), sent(tmp_path, "x"), Boxes())
    empty = sent(tmp_path, "", "tom.pdf")
    with pytest.raises(PageError) as problem:
        work.look(Event({}), empty, samples.ORGANISATION)
    assert "tom.pdf" in str(problem.value) and str(tmp_path) not in str(problem.value)
    with pytest.raises(PageError, match="Välj filen igen"):
        work.keep(Event({}), None)
    with Assistant.open(tmp_path / "inget") as nothing, pytest.raises(PageError, match="inga tidigare rapporter"):
        NotesWork(Desk(nothing)).look(Event({}), sent(tmp_path, WHOLE), None)
