"""Reports in and out: each file proposes and is confirmed, a bad one says why and stops no other, names of files stay text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.reports import ReportsWork
from assistant.ui.reports_view import Outcome, Waiting, outcomes, remarks, waiting
from corpus import samples
from corpus.model import Diagnostic

gradio = pytest.importorskip("gradio")


@pytest.fixture
def work(tmp_path: Path) -> ReportsWork:
    return ReportsWork(Desk(Assistant.open(tmp_path / "bibliotek")))


def sent(tmp_path: Path) -> list[str]:
    """A good text file, a good DOCX and an empty PDF, as they lie after they were sent."""
    good = samples.paths("txt")[0], samples.paths("docx")[1]
    (tmp_path / "tom.pdf").write_bytes(b"")
    return [*(shutil.copy(path, tmp_path / path.name) for path in good), str(tmp_path / "tom.pdf")]


def test_each_file_says_what_it_proposes_or_why_not(work: ReportsWork, tmp_path: Path) -> None:
    files, form, result, box = work.look(Event({}), sent(tmp_path))
    assert [bool(file.reading) for file in files] == [True, True, False]
    assert form.count('value="Socialförvaltningen Norrälven"') == 2 and 'value="2022"' in form
    assert "tom.pdf är tom" in form and str(tmp_path) not in form
    assert (result, box) == ("", None)


def test_confirmed_files_go_in_and_one_left_out_does_not(work: ReportsWork, tmp_path: Path) -> None:
    files, *_ = work.look(Event({}), sent(tmp_path))
    given = {"organisation-0": "Nämnden för <b>prov</b>", "year-0": "2021"}  # the second was left out on the page
    *_, (result, form, left, listing, _) = work.ingest(Event(given), files)
    assert "36" in result or "35" in result
    assert "Nämnden för &lt;b&gt;prov&lt;/b&gt;" in result and "2021" in listing and "<b>prov" not in result + listing
    assert (form, left) == ("", [])
    assert listing.count("<tr>") == 2  # the head and one report


def test_a_year_that_is_none_is_asked_for_again(work: ReportsWork, tmp_path: Path) -> None:
    files, *_ = work.look(Event({}), sent(tmp_path)[:1])
    for given in ({"organisation-0": "X", "year-0": "tjugo"}, {"organisation-0": " ", "year-0": "2024"}, {}):
        with pytest.raises(PageError):
            list(work.ingest(Event(given), files))
    assert "Inga rapporter ännu" in work.show(Event({}))


def test_a_year_out_of_reason_is_said_beside_its_file(work: ReportsWork, tmp_path: Path) -> None:
    files, *_ = work.look(Event({}), sent(tmp_path)[:2])
    given = {"organisation-0": "A", "year-0": "1066", "organisation-1": "A", "year-1": "2023"}
    *_, (result, _, _, listing, _) = work.ingest(Event(given), files)
    assert "1066" in result and "✓" in result and "2023" in listing


def test_a_report_is_taken_out(work: ReportsWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradio, "Info", lambda *args, **options: None)
    files, *_ = work.look(Event({}), sent(tmp_path)[:1])
    *_, (_, _, _, listing, _) = work.ingest(Event({"organisation-0": "A", "year-0": "2022"}), files)
    report_id = listing.split('data-report="')[1].split('"')[0]
    assert "Inga rapporter ännu" in work.delete(Event({"report": report_id}))[0]


def test_names_of_files_are_text() -> None:
    name = "<img src=x>.txt"
    for shown in (waiting([Waiting(name, None, "Fel")], organisations=["<b>"]), outcomes([Outcome(name, problem="<i>")])):
        assert "<img" not in shown and "<i>" not in shown and "<b>" not in shown and "&lt;img" in shown


def test_remarks_are_gathered_worst_first() -> None:
    said = [
        Diagnostic("a", "info", "Rad"),
        Diagnostic("a", "info", "Rad"),
        Diagnostic("b", "error", "Fel"),
        *(Diagnostic("c", "warning", f"V{n}") for n in range(5)),
    ]
    assert remarks(said) == [("Fel", "Fel", []), ("Se över", "V0", ["V1", "V2", "V3", "V4"]), ("Upplysning", "Rad (2 gånger)", [])]


def test_a_moved_item_is_asked_about_once_and_the_answer_is_kept(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "prov")
    with Assistant.open(tmp_path / "prov") as assistant:
        work = ReportsWork(Desk(assistant))
        asked = work.moved()
        assert "Strategi 3:4" in asked and "Strategi 3:5" in asked and asked.count('data-confirmed="1"') == 1
        data = dict(re.findall(r'data-(earlier|later|year)="([^"]*)"', asked))
        assert work.judge(Event({**data, "confirmed": "1"}, "Åsa")) == ""
        (link,) = assistant.library.lineage()
        assert (link.earlier, link.later, link.year, link.confirmed, link.author) == (
            data["earlier"],
            data["later"],
            2024,
            True,
            "Åsa",
        )
        with pytest.raises(PageError):
            work.judge(Event({"year": "x"}))
