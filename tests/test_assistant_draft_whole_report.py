"""Drafts for a whole report: saved one by one, gone on with after a stop, never over what a person has written; and the command for it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import docx
import pytest
from model_server import model_server

from assistant import Assistant
from assistant.cli import run
from assistant.draft.export import export_commitments, export_report
from assistant.draft.whole_report import (
    OPEN,
    add_notes,
    coverage,
    draft_all,
    report_items,
    waiting,
    with_unsaved,
    without_new_notes,
)
from assistant.person import account
from corpus import samples
from corpus.model import Item, plan_name, renumber

OURS = "Socialförvaltningen Norrälven"
YEAR = 2026


def sample(name: str) -> Path:
    return next(path for path in samples.paths(name.rpartition(".")[2]) if path.name == name)


@pytest.fixture(scope="module")
def word_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with two reports that were handed in as Word files; for copying."""
    folder = tmp_path_factory.mktemp("word") / "library"
    with Assistant.open(folder) as assistant:
        for year in (2024, 2025):
            assistant.ingest(sample(f"a-{year}.docx"), year=year, organisation=OURS)
    return folder


@pytest.fixture
def assistant(word_library: Path, tmp_path: Path) -> Iterator[Assistant]:
    shutil.copytree(word_library, tmp_path / "library")
    with Assistant.open(tmp_path / "library") as opened:
        yield opened


def of(assistant: Assistant) -> list[Item]:
    return report_items(assistant.library, OURS, YEAR)


def test_the_items_are_those_of_the_newest_report_before_the_year(assistant: Assistant) -> None:
    assert {item.year for item in of(assistant)} == {2025} and len(of(assistant)) == 36
    assert {item.year for item in report_items(assistant.library, OURS, 2025)} == {2024}
    assert {item.plan for item in report_items(assistant.library, OURS, YEAR, plan=2)} == {2}
    assert report_items(assistant.library, OURS, 2024) == [] == report_items(assistant.library, "Ingen", YEAR)


def test_each_draft_is_saved_before_the_next_and_a_stop_loses_nothing(assistant: Assistant) -> None:
    library, items = assistant.library, of(assistant)
    run = draft_all(library, items, year=YEAR)
    first = [next(run) for _ in range(5)]
    assert [step.done for step in first] == [1, 2, 3, 4, 5] and {step.total for step in first} == {36}
    saved = [step.item.key.id for step in first if step.outcome == "saved"]
    assert [summary.item_key for summary in library.draft_summaries(YEAR)] == sorted(saved)
    del run
    left = waiting(library, items, YEAR)
    assert len(left) == 36 - len(saved)
    rest = list(draft_all(library, items, year=YEAR))
    assert [step.item for step in rest] == left
    assert all(step.version == 1 and step.draft.state == "utkast" for step in rest if step.outcome == "saved")
    assert {step.outcome for step in draft_all(library, items, year=YEAR)} <= {"empty"}


def test_stop_ends_after_the_item_at_hand(assistant: Assistant) -> None:
    stop = Event()
    done = []
    for step in draft_all(assistant.library, of(assistant), year=YEAR, stop=stop):
        done.append(step)
        stop.set()
    assert len(done) == 1
    assert list(draft_all(assistant.library, of(assistant), year=YEAR, stop=stop)) == []


def test_again_leaves_alone_what_a_person_has_called_reviewed(assistant: Assistant) -> None:
    library, items = assistant.library, of(assistant)[:3]
    list(draft_all(library, items, year=YEAR))
    reviewed = library.drafts(items[0].key.id, YEAR)[-1].draft
    assistant.save_draft(replace(reviewed, text="Mina egna ord.", state="granskad"))
    assistant.save_draft(replace(library.drafts(items[1].key.id, YEAR)[-1].draft, text="Ändrat."))
    add_notes(library, {items[2].key: ["7 möten hållna"]}, YEAR)
    outcomes = {step.item.code: step.outcome for step in draft_all(library, items, year=YEAR, again=True)}
    assert outcomes == {items[1].code: "saved", items[2].code: "saved"}
    assert [len(library.drafts(item.key.id, YEAR)) for item in items] == [2, 3, 2]
    assert "7 möten" in library.drafts(items[2].key.id, YEAR)[-1].draft.text
    assert [step.outcome for step in draft_all(library, items, year=YEAR, again=True)] == ["same", "same"]


def test_what_is_saved_while_the_run_goes_on_is_left_alone(assistant: Assistant) -> None:
    library, items = assistant.library, of(assistant)[:3]
    run = draft_all(library, items, year=YEAR)
    next(run)
    assistant.save_draft(replace(assistant.draft(items[1], year=YEAR, model="regler"), text="Hennes egna ord."))
    assert [step.item for step in run] == [items[2]]
    assert [version.draft.text for version in library.drafts(items[1].key.id, YEAR)] == ["Hennes egna ord."]


def test_notes_are_added_to_those_that_are_there(assistant: Assistant) -> None:
    library, item = assistant.library, of(assistant)[0]
    assert add_notes(library, {item.key: ["- ett", "två", "två"]}, YEAR) == {item.key: 2}
    assert add_notes(library, {item.key: ["två", "tre"]}, YEAR) == {item.key: 1}
    assert add_notes(library, {item.key: ["ett"]}, YEAR) == {}
    assert [(note.number, note.text) for note in library.notes(item.key.id, YEAR)] == [(1, "ett"), (2, "två"), (3, "tre")]


def test_coverage_says_how_far_each_item_has_come(assistant: Assistant) -> None:
    library, items = assistant.library, of(assistant)[:4]
    add_notes(library, {items[0].key: ["7 möten hållna"]}, YEAR)
    list(draft_all(library, items[:2], year=YEAR))
    newest = library.drafts(items[1].key.id, YEAR)[-1].draft
    assistant.save_draft(replace(newest, state="klar"))
    add_notes(library, {items[1].key: ["kom efteråt"]}, YEAR)
    covered = coverage(library, items, YEAR)
    assert [(one.history, one.notes, one.state, one.version) for one in covered] == [
        (2, 1, "utkast", 1),
        (2, 1, "klar", 2),
        (2, 0, None, None),
        (2, 0, None, None),
    ]
    assert covered[1].questions == sum(c.state in ("open", "unknown") for c in newest.commitments)
    assert without_new_notes(library, covered, YEAR) == [items[1]]
    assert coverage(library, [], YEAR) == []


def test_a_model_writes_the_whole_report_and_half_a_text_is_not_saved(assistant: Assistant) -> None:
    library, items, stop = assistant.library, of(assistant)[:3], Event()
    heard: list[str] = []

    def on_text(piece: str) -> None:
        heard.append(piece)
        if heard.count(piece) == 2:
            stop.set()

    for item in items:
        add_notes(library, {item.key: ["7 möten hållna"]}, YEAR)
    with model_server(["Under året har 7 möten hållits."]) as address:
        steps = list(draft_all(library, items, year=YEAR, model=address, on_text=on_text, stop=stop))
        assert [step.item for step in steps] == items[:1], "stopped while the second was being written"
        assert steps[0].draft.backend != "regler" and steps[0].outcome == "saved"
        assert len(library.draft_summaries(YEAR)) == 1
        assert [step.item for step in draft_all(library, items, year=YEAR, model=address)] == items[1:]


# Export


def test_the_export_is_last_years_own_word_file(assistant: Assistant, tmp_path: Path) -> None:
    library, items = assistant.library, of(assistant)
    drafts = [step.draft for step in draft_all(library, items, year=YEAR) if step.outcome == "saved"]
    made = export_report(library, drafts, tmp_path / "rapport.docx")
    assert made.filled and made.previous is None
    assert [item.key for item in made.empty] == [item.key for item in items if item.key not in {draft.item.key for draft in drafts}]
    assert "Årtalet 2025" in made.remarks[0]
    document = docx.Document(str(made.path))
    assert document.sections[0].footer.paragraphs[0].text
    assert document.tables[0].rows[1].cells[1].text == f"{drafts[0].answer}\n" + drafts[0].text.replace("\n\n", "\n")
    ours = export_report(library, drafts, tmp_path / "egen.docx", own_file=False)
    assert not ours.filled and ours.empty == made.empty and len(docx.Document(str(ours.path)).tables) > 0


def test_the_assistant_fills_a_report_and_writes_one_draft_in_our_own_form(assistant: Assistant, tmp_path: Path) -> None:
    one, two = (assistant.draft(item, year=YEAR, model="regler") for item in of(assistant)[:2])
    whole = docx.Document(str(assistant.export([one, two], tmp_path / "rapport.docx")))
    assert whole.paragraphs[0].text == "Uppföljningsrapport 2025" and len(whole.tables) > 5
    alone = docx.Document(str(assistant.export(one, tmp_path / "utkast.docx")))
    assert alone.paragraphs[0].text == "Uppföljningsrapport 2026" and len(alone.tables) == 1


def test_a_report_that_was_no_word_file_is_exported_in_our_own_form_and_that_is_said(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library") as opened:
        opened.ingest(sample("a-2025.txt"), year=2025, organisation=OURS)
        draft = opened.draft("5:2", plan=1, year=YEAR, notes=["7 möten hållna"])
        made = export_report(opened.library, [draft], tmp_path / "rapport.docx")
        assert not made.filled and len(made.empty) == 35
        word = docx.Document(str(made.path))
        rows = [row.cells[1].text for table in word.tables for row in table.rows[1:]]
        assert len(rows) == 36 and sum(bool(text.strip()) for text in rows) == 1  # all items are there to be filled in
        one_plan = export_report(opened.library, [draft], tmp_path / "plan.docx", plan=1)
        assert len(one_plan.empty) == 17
        assert made.remarks == (
            "Den senaste rapporten, a-2025.txt, är ingen Wordfil och kan inte fyllas i. Utkasten står i stället i programmets egen form.",
        )
        stray = replace(draft, item=replace(draft.item, code="9:9"))
        assert "har inte 9:9" in export_report(opened.library, [draft, stray], tmp_path / "b.docx").remarks[0]
        other = replace(draft, year=2027)
        assert "flera organisationer eller år" in export_report(opened.library, [draft, other], tmp_path / "c.docx").remarks[0]


def test_a_file_that_was_there_is_kept(assistant: Assistant, tmp_path: Path) -> None:
    draft = assistant.draft("5:2", plan=1, year=YEAR)
    target = tmp_path / "utkast.md"
    target.write_text("mina egna ord", encoding="utf-8")
    made = export_report(assistant.library, [draft], target)
    assert made.previous == tmp_path / "utkast (tidigare 1).md"
    assert made.previous.read_text(encoding="utf-8") == "mina egna ord"
    assert export_report(assistant.library, [draft], target).previous is None, "the same file again is no change"


def test_open_commitments_are_a_list_of_their_own_for_every_item(assistant: Assistant, tmp_path: Path) -> None:
    draft = assistant.draft("5:2", plan=1, year=YEAR)
    every = with_unsaved(assistant.library, [draft])
    assert len(every) == 36 and every[0] == draft
    ordered = [
        one
        for one in sorted(every, key=lambda one: (one.item.plan, one.item.position))
        if any(c.state in OPEN for c in one.commitments)
    ]
    asked = [c.question for one in ordered for c in one.commitments if c.state in OPEN]
    document = docx.Document(str(export_commitments(every, tmp_path / "lista.docx").path))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == list(
        dict.fromkeys(plan_name(d.item.plan_title) for d in ordered)
    )
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert all(rows[0] == ["Punkt", "Att svara på", "Åtagande", "Rapport", "Till"] for rows in tables)
    assert [row[1] for rows in tables for row in rows[1:]] == asked
    text = export_commitments([draft], tmp_path / "lista.md").path.read_text(encoding="utf-8")
    assert text.startswith("# Åtaganden att svara på 2026\n\n| Plan | Punkt |")
    assert export_commitments([draft], tmp_path / "lista.csv").path.read_bytes().startswith(b"\xef\xbb\xbfPlan;Punkt;")
    assert export_commitments([draft], tmp_path / "lista.xlsx").path.read_bytes().startswith(b"PK")


# Commands


def call(assistant: Assistant, *arguments: str) -> int:
    return run([*arguments, "--library", str(assistant.folder)])


def test_the_whole_report_from_the_command_line(assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "anteckningar.txt"
    notes.write_text("inledning i dokumentet\nStrategi 5:2\n- 7 trygghetsvandringar\n1:2\nvilken plan?\n", encoding="utf-8")
    assert call(assistant, "draft", "--all", "--year", "2026", "--plan", "1", "--notes-file", str(notes)) == 0
    out, err = capsys.readouterr()
    assert "Anteckningsfilen: 1 anteckning på 1 punkt, varav 1 ny.\n2 rader kunde inte placeras:\n- rad 1:" in err
    assert "[18/18] Strategi 5:4, plan 1:" in err
    assert out.startswith("Plan 1: ") and "Plan 2" not in out
    assert next(line for line in out.splitlines() if "Strategi 5:2" in line).split()[2:5] == ["2", "1", "ja"]
    assert call(assistant, "draft", "--all", "--year", "2026", "--json") == 0
    out, err = capsys.readouterr()
    array = json.loads(out)
    assert len(array) == 36 and {made["year"] for made in array} == {2026}
    assert all((made["version"] is None) == (made["text"] == "") for made in array)
    assert "7 trygghetsvandringar" in next(m["text"] for m in array if m["item"]["code"] == "5:2" and m["item"]["plan"] == 1)
    notes.write_text("Strategi 5:2\nnytt avtal\n", encoding="utf-8")
    assert call(assistant, "draft", "--all", "--year", "2026", "--notes-file", str(notes)) == 0
    assert "som inte är med i det sparade utkastet: 5:2 (plan 1). Ta med dem med --again." in capsys.readouterr().err
    target = tmp_path / "rapport.docx"
    assert call(assistant, "export", str(target), "--year", "2026") == 0
    out, err = capsys.readouterr()
    assert "i den senaste rapportens Wordfil" in err and "är tomma i filen: " in err and f"skrivna till {target}" in out
    assert call(assistant, "export", str(target), "--year", "2026", "--own-form") == 0
    assert f"den tidigare heter nu {tmp_path / 'rapport (tidigare 1).docx'}" in capsys.readouterr().err
    assert call(assistant, "export", str(tmp_path / "lista.csv"), "--year", "2026", "--commitments") == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2026"], "Ange en kod, till exempel 5:2, eller --all"),
        (["5:2", "--all", "--year", "2026"], "antingen koden 5:2 eller --all"),
        (["--all", "--year", "2026", "--notes", "x"], "Använd --notes-file"),
        (["--all", "--year", "2026", "--docx", "x.docx"], "assistant export"),
        (["5:2", "--year", "2026", "--again"], "--again gäller hela rapporten"),
        (["--all", "--year", "2026", "--notes-file", "saknas.docx"], "Anteckningsfilen saknas.docx finns inte"),
        (["--all", "--year", "2026", "--notes-file", "."], "är en mapp"),
        (["--all", "--year", "2026", "--organisation", "Sydväst"], "ingen rapport från organisationen Sydväst"),
        (["--all", "--year", "2026", "--plan", "9"], "Planen 9 finns inte i rapporten 2025"),
        (["5:2", "--plan", "1", "--year", "2026", "--docx", "."], "är en mapp"),
        (["--all", "--year", "2026", "--model", "./ingen"], "finns inte"),
        (["5:2", "--year", "20266"], "20266 är inget rapportår; ange ett mellan 1990 och 2100"),
        (["5:2", "--plan", "1", "--year", "2026", "--sources"], "--sources gäller Wordfilen"),
        (["5:2", "--plan", "1", "--year", "2026", "--model", ""], "Ange en modell efter --model"),
        (["5:2", "--plan", "1", "--year", "2026", "--model", "hej hopp"], "varken en mapp"),
        (["5:2", "--plan", "1", "--year", "2026", "--model", "ftp://dator"], "varken en mapp"),
        (["5:2", "--plan", "1", "--year", "2026", "--docx", "/dev/null/x.docx"], "är ingen mapp"),
    ],
)
def test_mistakes_are_one_swedish_sentence(
    word_library: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["draft", *arguments, "--library", str(word_library)]) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.docx", "--year", "1"], "1 är inget rapportår"),
        (["x.pdf", "--year", "2026"], "okänd ändelse"),
        (["x.docx", "--year", "2026", "--plan", "9"], "Planen 9 finns inte i rapporterna före 2026. Planer: 1 ("),
        (["x.docx", "--year", "2026", "--plan", "cykelplan"], "Planen cykelplan finns inte"),
        (["x.docx", "--year", "2026", "--commitments", "--sources"], "--sources gäller inte listan"),
        (["/dev/null/x.docx", "--year", "2026", "--plan", "tystnadskulturer"], "är ingen mapp"),
    ],
)
def test_mistakes_in_export_are_one_swedish_sentence(
    assistant: Assistant, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    item = next(item for item in assistant.items(year=2025, plan=3) if item.comment)
    assistant.save_draft(assistant.draft(item, year=2026, notes=["5 möten hölls"]))
    assert call(assistant, "export", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and err.count("\n") == 1


def test_what_is_saved_from_the_command_line_is_warned_of_and_has_its_author(
    assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "anteckningar.txt"
    notes.write_text("5 möten hölls\nklienten Bertil Holm, 070-123 45 67\n", encoding="utf-8")
    assert call(assistant, "draft", "5:2", "--plan", "1", "--year", "2026", "--notes", str(notes), "--save") == 0
    assert capsys.readouterr().err.startswith("Obs: ”klienten Bertil Holm, 070-123 45 67” ser ut att innehålla ett telefonnummer")
    (item,) = [item for item in assistant.items(year=2025, plan=1) if item.code == "5:2"]
    assert [version.author for version in assistant.library.drafts(item.key.id, 2026)] == [account()]


def test_a_model_says_what_it_writes_now(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(["Möten hålls."]) as model:
        assert call(assistant, "draft", "--all", "--year", "2026", "--plan", "3", "--model", model) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("[")]
    assert [line.partition("]")[0] for line in told] == ["[1/3", "[2/3", "[2/3", "[3/3", "[3/3"]
    assert [line.endswith("skrivs …") for line in told] == [False, True, False, True, False]


def test_notes_kept_in_the_library_are_used_and_those_of_a_file_are_put_to_them(
    assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (item,) = [item for item in assistant.items(year=2025, plan=1) if item.code == "5:2"]
    assistant.library.save_notes(item.key.id, 2026, renumber(["5 möten hölls"]))
    here = ("draft", "5:2", "--plan", "1", "--year", "2026")
    assert call(assistant, *here) == 0
    out, err = capsys.readouterr()
    assert "5 möten" in out and err == "1 anteckning som är sparad i biblioteket används.\n"
    notes = tmp_path / "anteckningar.txt"
    notes.write_text("- 9 lokaler öppnades\n", encoding="utf-8")
    assert call(assistant, *here, "--notes", str(notes), "--save") == 0
    out, err = capsys.readouterr()
    assert "9 lokaler" in out and "5 möten" not in out and err == ""
    assert [note.text for note in assistant.library.notes(item.key.id, 2026)] == ["5 möten hölls", "9 lokaler öppnades"]


def test_no_earlier_report_is_an_empty_list(word_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", "--all", "--year", "2020", "--json", "--library", str(word_library)]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == [] and "ingen rapport före 2020" in err


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(assistant: Assistant) -> None:
    command = [sys.executable, "-m", "assistant", "draft", "--all", "--year", "2026", "--library", str(assistant.folder)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert child.stderr is not None
    lines = [child.stderr.readline() for _ in range(4)]
    child.kill()
    child.wait()
    child.stderr.close()
    assert lines[3].startswith("[4/36]")
    saved = {summary.item_key: summary.saved_at for summary in assistant.library.draft_summaries(YEAR)}
    assert len(saved) >= 3
    assert len(waiting(assistant.library, of(assistant), YEAR)) == 36 - len(saved)
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    after = {summary.item_key: summary.saved_at for summary in assistant.library.draft_summaries(YEAR)}
    assert len(after) > 30 and saved.items() <= after.items()
