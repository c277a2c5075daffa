"""The matrix follows each item through the years, marks what flipped and what is unchanged, and narrows as asked."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from model_server import model_server

from assistant import Assistant
from assistant.draft import check_report
from assistant.draft.promises import CommitmentRow
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.overview import OverviewWork
from assistant.ui.overview_batch import BatchWork
from assistant.ui.overview_view import contradictions, keep, matrix, promises, rows
from assistant.ui.shelf import Shelf, Waiting
from corpus import samples
from corpus.model import Item, renumber
from index.filters import Filter

YEARS = (2022, 2023, 2024, 2025)


@pytest.fixture(scope="module")
def items(sample_library: Path) -> Iterator[list[Item]]:
    with Assistant.open(sample_library) as assistant:
        yield assistant.library.items(Filter(organisation=samples.ORGANISATION))


def test_each_item_of_each_year_stands_in_one_cell(items: list[Item]) -> None:
    cells = [cell.item.id for row in rows(items, YEARS) for cell in row.cells if cell.item]
    assert sorted(cells) == sorted(item.id for item in items)


def test_a_renumbered_item_is_one_row(items: list[Item]) -> None:
    made = rows(items, YEARS)
    moved = [row for row in made if len({cell.item.code for cell in row.cells if cell.item}) > 1]
    assert len(made) == 36 and len(moved) == 1
    assert len({cell.item.question for cell in moved[0].cells if cell.item}) == 1


def test_flips_and_unchanged_texts_are_those_of_the_comments(items: list[Item]) -> None:
    for row in rows(items, YEARS):
        for before, after in zip(row.cells, row.cells[1:], strict=False):
            if before.item and after.item:
                assert (after.flipped_from is not None) == (before.item.answer != after.item.answer)
                assert after.same_text == (bool(after.item.comment) and before.item.comment.split() == after.item.comment.split())
        assert row.cells[0].flipped_from is None and not row.cells[0].same_text


def test_narrowing_keeps_what_it_says(items: list[Item], sample_library: Path) -> None:
    made = rows(items, YEARS)
    newest = [item for item in items if item.year == 2025]
    assert sum(keep(row, "inte_ja") for row in made) == sum(item.answer != "Ja" for item in newest) == 6
    assert sum(keep(row, "alla") for row in made) == sum(keep(row, "utan_utkast") for row in made) == 36
    with Assistant.open(sample_library) as assistant:
        changed = assistant.ask("vilka svar har ändrats sedan 2024?", organisation=samples.ORGANISATION).sources
    assert sum(keep(row, "andrade") for row in made) == len(changed) > 0


def test_the_matrix_says_in_words_what_it_shows(items: list[Item]) -> None:
    made = rows(items, YEARS)
    shown = matrix(made, all_rows=made, years=YEARS, writing=2026, organisation=samples.ORGANISATION)
    assert shown.count('<th scope="row"><button') == 36
    assert len(re.findall(r"ändrat</span>", shown)) == sum(cell.flipped_from is not None for row in made for cell in row.cells)
    assert "36 punkter: 0 har anteckningar, 0 har utkast, 0 är granskade och 0 klara" in shown


def test_no_reports_give_a_hint() -> None:
    assert "Läs in dem under fliken Rapporter" in matrix([], all_rows=[], years=[], writing=2026, organisation="")


def test_drafts_for_all_items_are_saved_one_by_one_and_can_be_fetched_together(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        desk = Desk(assistant)
        work = BatchWork(desk)
        *_, last = work.draft_all(Event({}, "Åsa", "sida"), samples.ORGANISATION)
        saved = assistant.library.draft_summaries(2026)
        assert f"Utkast sparade för {len(saved)} punkter." in last and 20 < len(saved) <= 36
        assert {summary.author for summary in saved} == {"Åsa"} and {summary.version for summary in saved} == {1}
        *_, again = work.draft_all(Event({}, "", "sida"), samples.ORGANISATION)  # what has a draft is left alone
        assert {summary.version for summary in assistant.library.draft_summaries(2026)} == {1} and "sparade för 0 punkter" in again
        *_, shown, _ = OverviewWork(desk).show(Event({}), samples.ORGANISATION, None, "utan_utkast")
        assert shown.count('<th scope="row"><button') == 36 - len(saved) and "Hämta filen" in shown
        told = work.export(Event({"sources": "1"}), samples.ORGANISATION)
        assert "data-fetch" in told and f"{36 - len(saved)} punkter utan sparat utkast är tomma i filen" in told
        table = work.export(Event({"form": "csv"}), samples.ORGANISATION)
        assert "är inte med" in table and waiting(desk, table).name == "uppföljningsrapport 2026, utkast.csv"
        assert waiting(desk, table).data.decode("utf-8-sig").count("\r\n") == 1 + len(saved)
        promised = work.export(Event({"form": "ataganden-xlsx"}), samples.ORGANISATION)
        assert waiting(desk, promised).name == "åtaganden att svara på 2026, utkast.xlsx"


def test_drafting_stops_between_two_items_and_keeps_what_is_done(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        work = BatchWork(Desk(assistant))
        running = work.draft_all(Event({}, "", "sida"), samples.ORGANISATION)
        assert "av 36 utkast" in next(running)
        running.close()  # the page went away
        *_, done = work.draft_all(Event({}, "", "sida"), samples.ORGANISATION)
        assert "är kvar" not in done


def test_what_a_colleague_has_drafted_meanwhile_is_not_left_to_do(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant, model_server(["Möten hålls."], pause=0.02) as model:
        assistant.library.settings["model"] = model
        running = BatchWork(Desk(assistant)).draft_all(Event({}, "", "sida"), samples.ORGANISATION, "modell")
        next(running)
        last = assistant.items(year=2025, organisation=samples.ORGANISATION)[-1]
        assistant.save_draft(assistant.draft(last, year=2026, notes=["5 möten hölls"], model="regler"))
        *_, done = running
        assert "är kvar" not in done and len(assistant.library.drafts(last.key.id, 2026)) == 1


def test_the_model_that_is_set_writes_all_drafts_and_goes_on_after_it_failed(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant, model_server(["Under året har 7 möten hållits."]) as model:
        desk, event = Desk(assistant), Event({}, "Åsa", "sida")
        work, library = BatchWork(desk), assistant.library
        two = [
            item for item in assistant.items(year=2025, organisation=samples.ORGANISATION, plan=1) if item.code in ("5:2", "5:3")
        ]
        for item in two:
            library.save_notes(item.key.id, 2026, renumber(["7 möten hållna"]))
        library.settings["model"] = "http://127.0.0.1:9/v1"
        *_, writer = OverviewWork(desk).show(event, samples.ORGANISATION, None, None)
        assert writer.visible and [key for _, key in writer.choices] == ["regler", "modell"]
        *_, failed = work.draft_all(event, samples.ORGANISATION, "modell")
        assert "127.0.0.1:9" in failed and "är kvar; klicka igen" in failed
        library.settings["model"] = model
        steps = list(work.draft_all(event, samples.ORGANISATION, "modell"))
        assert f"{model} skriver" in steps[0] and "är kvar" not in steps[-1]
        backends = {library.drafts(item.key.id, 2026)[-1].draft.backend for item in two}
        assert len(backends) == 1 and "regler" not in backends
        library.settings.pop("model")
        *_, writer = OverviewWork(desk).show(event, samples.ORGANISATION, None, None)
        assert not writer.visible and writer.value == "regler"


def test_the_report_goes_out_in_the_own_file_or_in_the_programs_form(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        assistant.ingest(next(path for path in samples.paths("docx") if "2025" in path.name))
        desk = Desk(assistant)
        work = BatchWork(desk)
        [*work.draft_all(Event({}, "", "sida"), samples.ORGANISATION)]
        own = work.export(Event({"form": "own"}), samples.ORGANISATION)
        ours = work.export(Event({"form": "program", "sources": "1"}), samples.ORGANISATION)
        comments = [len(list(Document(io.BytesIO(waiting(desk, told).data)).comments)) for told in (own, ours)]
    assert "förra årets rapport med årets svar" in own and "Årtalet 2025" in own
    assert "programmets egen form" in ours and "Årtalet" not in ours
    assert comments[0] == 0 < comments[1]


def waiting(desk: Desk, told: str) -> Waiting:
    """The file that an export has made ready, by the address that the page fetches it from."""
    found = re.search(r'href="\./sida/fil/(\w+)"', told)
    assert found
    ready = desk.shelf.get(found[1])
    assert ready
    return ready


def test_the_matrix_says_how_far_each_item_has_come_and_new_notes_are_taken_in(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        desk, library = Desk(assistant), assistant.library
        work, event = BatchWork(desk), Event({}, "Åsa", "sida")
        one, two, *_ = assistant.items(year=2025, organisation=samples.ORGANISATION, plan=1)
        for item, state in ((one, "utkast"), (two, "klar")):
            made = replace(assistant.draft(item, year=2026, notes=["5 möten hölls"]), state=state)
            assistant.save_draft(made)
            library.save_notes(item.key.id, 2026, renumber(["5 möten hölls", "9 nya lokaler"]))

        def shown(what: str) -> str:
            return str(OverviewWork(desk).show(event, samples.ORGANISATION, None, what)[3])

        whole = shown("alla")
        assert (
            "2 har anteckningar, 2 har utkast, 1 är granskade och 1 klara" in whole and "2 utkast saknar nya anteckningar" in whole
        )
        assert shown("nya_anteckningar").count('<th scope="row">') == 2 and shown("inte_klara").count('<th scope="row">') == 35
        assert shown("utan_anteckningar").count('<th scope="row">') == 34
        *_, done = work.draft_all(event, samples.ORGANISATION)
        assert "1 utkast saknar anteckningar" in done and 'data-do="again"' in done  # what is done is left alone
        *_, done = work.draft_all(Event({"again": "1"}, "Åsa", "sida"), samples.ORGANISATION)
        assert "Utkast sparade för 1 punkt." in done and 'data-do="again"' not in done
        assert [v.version for v in library.drafts(one.key.id, 2026)] == [1, 2] and len(library.drafts(two.key.id, 2026)) == 1
        assert "9 nya lokaler" in library.drafts(one.key.id, 2026)[-1].draft.notes[-1].text


def test_the_same_file_is_fetched_each_time_it_is_asked_for(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        work = BatchWork(Desk(assistant))
        assistant.save_draft(assistant.draft(assistant.items(year=2025, plan=1)[0], year=2026, notes=["5 möten hölls"]))
        told = [work.export(Event({"form": "csv"}), samples.ORGANISATION) for _ in range(2)]
    found = [re.findall(r'data-fetch="\d+" hidden href="([^"]+)"', one) for one in told]
    assert found[0] == found[1] != [] and told[0] != told[1]  # the browser acts on what has changed


def test_a_shelf_keeps_the_files_made_last() -> None:
    shelf = Shelf()
    keys = [shelf.put(f"{number}.csv", b"a") for number in range(9)]
    assert shelf.get(keys[0]) is None and shelf.get(keys[8]) == Waiting("8.csv", b"a")
    assert shelf.put("8.csv", b"a") == keys[8] and shelf.get(keys[1]) is not None


def test_what_became_of_promises_is_drawn_and_said_in_numbers() -> None:
    shown = promises(
        [CommitmentRow("A", 2024, 2, 3, 5, 2025), CommitmentRow("A", 2025, 0, 0, 4, None), CommitmentRow("A", 2023, 0, 0, 0, 2024)]
    )
    assert 'role="img"' in shown and "2 infriade, 3 öppna, 5 nämns inte i rapporten 2025" in shown
    assert re.findall(r"width:([\d.]+)%", shown) == ["20.00", "30.00", "50.00", "40.00"]  # of the longest bar, ten
    assert re.findall(r"<td[^>]*>([^<]+)</td>", shown) == ["2", "3", "5", "10", "Följs upp i nästa rapport", "4"]
    assert "2023" not in shown and promises([]) == ""


def test_promises_are_counted_for_the_chosen_organisation(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        work = OverviewWork(Desk(assistant))
        first, other = (work.promises(Event({}), name) for name in (samples.ORGANISATION, "Socialförvaltningen Söderälven"))
        assert first.count('<th scope="row">') == 4 and other.count('<th scope="row">') == 2
        assert work.promises(Event({}), "Ingen sådan") == first  # the library's own


def test_what_drafts_say_against_each_other_is_shown_with_both_places(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        work = BatchWork(Desk(assistant))
        with pytest.raises(PageError, match="inga utkast"):
            work.check(Event({}), samples.ORGANISATION)
        one, two = (
            item for item in assistant.items(year=2025, organisation=samples.ORGANISATION, plan=1) if item.code in ("5:2", "5:3")
        )
        for item, text in (
            (one, "Stödteamet <b> på Björkgatan har 12 platser."),
            (two, "Stödteamet på Björkgatan har 14 platser."),
        ):
            assistant.save_draft(assistant.revise(assistant.draft(item, year=2026, model="regler"), text))
        shown = work.check(Event({}), samples.ORGANISATION)
    assert "1 ställe att jämföra" in shown and "12" in shown and "14 platser" in shown and "<b>" not in shown
    assert shown.count('data-do="draft"') == 2
    assert "Inga motsägelser hittades i 2 utkast" in contradictions(check_report([]), of=2)
