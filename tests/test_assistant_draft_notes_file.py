"""Notes for many items out of one file: sections and rows by code, nothing guessed and nothing lost."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

import docx
import openpyxl
import pytest
from draft_items import item
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft.notes.file import ImportedNotes, read_notes
from corpus.errors import CorpusError, UnreadableFile
from corpus.model import Item
from corpus.parser import parse_report
from corpus.reading import read_bytes

TITLES = {
    1: "Trygghetsprogram 2022–2026",
    2: "Handlingsplan mot våld i nära relationer 2022–2026",
    3: "Plan för ungas fritid 2023–2027",
}
KINDS = {1: "strategi", 2: "insats", 3: "insats"}
CODES = {1: ("1:1", "1:2", "5:1", "5:10", "5:2", "5:3"), 2: ("1:2", "2:1", "2:3"), 3: ("1:2", "3:1")}
TEMPLATE = resources.files("corpus.samples").joinpath("files/a-2025.docx").read_bytes()


def items() -> list[Item]:
    """Eleven items in three plans; 1:2 is in all of them, as strategi in the first and as insats in the others."""
    return [
        replace(
            item(2025, f"Kommentaren till {code} i plan {plan} står här.", code=code, plan=plan),
            plan_title=TITLES[plan],
            kind=KINDS[plan],  # type: ignore[arg-type]
            area="Målområde 4: Färre börjar" if plan == 1 else "",
            statement=f"Text till {code} i plan {plan} ska gälla.",
        )
        for plan, codes in CODES.items()
        for code in codes
    ]


def read(text: str | bytes, name: str = "anteckningar.txt") -> ImportedNotes:
    return read_notes(text.encode() if isinstance(text, str) else text, name, items())


def placed(made: ImportedNotes) -> dict[tuple[int, str], list[str]]:
    """The notes by plan and code."""
    plans = {item.key: (item.plan, item.code) for item in items()}
    return {plans[key]: list(lines) for key, lines in made.notes.items()}


def unplaced(made: ImportedNotes) -> list[str]:
    return [note.text for note in made.unplaced]


@pytest.mark.parametrize(
    "opening",
    [
        "Strategi 5:2", "strategi 5.2", "5:2", "5.2", "5 : 2", "5:2.", "5:2:", "Strategi 5:2:", "## Strategi 5:2", "**5:2**",
        "Strat 5:2", "Punkt 5:2", "Strategi nr 5:2", "Plan 1, 5:2", "Plan 1: strategi 5:2", "Plan 1 5:2", "5:2 (plan 1)",
        "Trygghetsprogrammet 5:2", "Trygghetsprogrammet, strategi 5:2", "Insats 5:2",
    ],
)  # fmt: skip
def test_a_section_is_opened_by_its_code(opening: str) -> None:
    made = read(f"{opening}\n- två nya fr. mars\n* 7 vandringar\n\n• klart\n")
    assert placed(made) == {(1, "5:2"): ["två nya fr. mars", "7 vandringar", "klart"]}
    assert made.unplaced == () and made.passed_over == (opening,)


@pytest.mark.parametrize(
    "line", ["5:2 två nya", "5:2: två nya", "Strategi 5:2 – två nya", "- 5:2 två nya", "5.2 två nya", "5:2\ttvå nya"]
)
def test_a_line_may_hold_code_and_note(line: str) -> None:
    assert placed(read(line)) == {(1, "5:2"): ["två nya"]}


def test_a_code_in_several_plans_is_not_guessed() -> None:
    made = read("1:2\nvilken plan?\n5:1\nklart")
    assert placed(made) == {(1, "5:1"): ["klart"]}
    (note,) = made.unplaced
    assert (note.text, note.where) == ("vilken plan?", "rad 2")
    assert "strategi 1:2 i plan 1 (Trygghetsprogram), insats 1:2 i plan 2" in note.reason
    assert "”Plan 1, 1:2”" in note.reason


def test_what_tells_the_plan() -> None:
    assert placed(read("Plan 2, 1:2\nett")) == {(2, "1:2"): ["ett"]}
    assert placed(read("Strategi 1:2\nett")) == {(1, "1:2"): ["ett"]}
    assert unplaced(read("Insats 1:2\nett")) == ["ett"]
    for heading in (
        "Plan 3",
        "# Plan 3",
        "Plan för ungas fritid",
        "Plan för ungas fritid 2023–2027",
        "3 Plan för ungas fritid 2023–2027",
    ):
        made = read(f"{heading}\nmellan\n1:2\nett\n3:1\ntvå")
        assert placed(made) == {(3, "1:2"): ["ett"], (3, "3:1"): ["två"]}, heading
        assert unplaced(made) == ["mellan"]
    assert placed(read("Handlingsplan mot våld\n1:2\nett")) == {(2, "1:2"): ["ett"]}
    wrong = read("Plan 2\n5:1\nett")
    assert wrong.notes == {} and "5:1 finns inte i plan 2, men är strategi 5:1 i plan 1" in wrong.unplaced[0].reason


def test_a_plan_in_a_sentence_is_no_heading() -> None:
    made = read("5:2\nPlan 2 ska revideras i höst\nTrygghetsprogrammet antogs i mars.\n")
    assert placed(made) == {(1, "5:2"): ["Plan 2 ska revideras i höst", "Trygghetsprogrammet antogs i mars."]}


def test_an_unknown_code_names_the_nearest() -> None:
    made = read("5:2\nett\n5:9 två\ntre\n5:3\nfyra")
    assert placed(made) == {(1, "5:2"): ["ett"], (1, "5:3"): ["fyra"]}
    assert unplaced(made) == ["två", "tre"]
    assert made.unplaced[0].reason == "5:9 är ingen kod i rapporten; närmast 5:10, 5:3 eller 5:2"


def test_numbers_that_are_no_codes() -> None:
    text = "5:2\n10:30 möte med polisen\n1.5 mkr mer\n2.1 % fler\nvi har 5:3 också\nkl. 5.2\n14.30 slut"
    made = read(text)
    assert placed(made)[1, "5:2"] == ["10:30 möte med polisen", "1.5 mkr mer", "2.1 % fler", "vi har 5:3 också", "kl. 5.2"]
    assert [note.text for note in made.unplaced] == ["14.30 slut"]
    assert "datum eller ett tal" in made.unplaced[0].reason


def test_a_code_with_a_point_among_codes_with_colons_may_be_a_date() -> None:
    made = read("Strategi 5:2\nett\n2.3 möte\ntvå")
    assert placed(made) == {(1, "5:2"): ["ett", "två"]}
    assert unplaced(made) == ["2.3 möte"] and "kan vara en kod eller ett datum" in made.unplaced[0].reason


def test_text_that_belongs_to_no_code() -> None:
    made = read("först\n5:2\nett\nÖvrigt\nannat\nMålområde 4: Färre börjar\nmer\n")
    assert placed(made) == {(1, "5:2"): ["ett"]}
    assert [(note.text, note.where, note.reason) for note in made.unplaced] == [
        ("först", "rad 1", "står före den första koden"),
        ("annat", "rad 5", "står under rubriken ”Övrigt”, som ingen kod har"),
        ("mer", "rad 7", "står under ett områdes rubrik, men före en kod"),
    ]


def test_several_codes_share_a_line() -> None:
    assert placed(read("5:1 och 5:2: gemensam utbildning")) == {
        (1, "5:1"): ["gemensam utbildning"],
        (1, "5:2"): ["gemensam utbildning"],
    }


# Tables


@pytest.mark.parametrize(
    "text",
    [
        "Kod;Anteckning\n5:2;ett\n5:3;två",
        "Anteckningar,Kod\nett,5:2\ntvå,5:3",
        "Strategi;Vad har hänt 2026?\n5:2;ett\n5:3;två",
        "Kod\tText\n5:2\tett\n5:3\ttvå",
        "Punkt;Ansvarig;Årets noteringar\n5:2;;ett\n5:3;;två",
        "5:2;ett\n5:3;två",
        "Typ;Kod;Kommentar\nstrategi;5.2;ett\nstrategi;5,3;två",
    ],
)
def test_columns_are_told_by_their_names(text: str) -> None:
    made = read(text, "anteckningar.csv")
    assert placed(made) == {(1, "5:2"): ["ett"], (1, "5:3"): ["två"]}
    assert made.unplaced == ()


def test_rows_with_plan_several_lines_and_answers() -> None:
    made = read('Plan;Kod;Svar;Anteckning;Ansvarig\n2;1:2;Nej;"ett\ntvå";Eva\n;;;tre;\n9;1:2;;fyra;\nfritid;3:1;;fem;', "a.csv")
    assert placed(made) == {(2, "1:2"): ["Svar: Nej", "ett", "två", "tre"], (3, "3:1"): ["fem"]}
    assert [(note.text, note.where) for note in made.unplaced] == [("Eva", "rad 2"), ("fyra", "rad 4")]
    assert made.unplaced[0].reason == "kolumnen Ansvarig är ingen kolumn för anteckningar"
    assert made.unplaced[1].reason == "planen ”9” finns inte i rapporten"


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_row_without_a_code_goes_on_with_the_row_before_in_its_plan_alone() -> None:
    made = read("plan;kod;anteckning\n1;5:1;ett\n;;två\n1;;tre\n2;;fyra\n;;fem\n2;2:1;sex\n", "a.csv")
    assert placed(made) == {(1, "5:1"): ["ett", "två", "tre"], (2, "2:1"): ["sex"]}
    assert [(one.text, one.reason) for one in made.unplaced] == [
        (text, "raden har ingen kod, och en annan plan än raden före") for text in ("fyra", "fem")
    ]


def test_a_sheet_named_after_its_plan() -> None:
    rows = [("Kod", "Anteckning"), ("1:2", "ett")]
    made = read(workbook(("Plan 2", rows), ("Ungas fritid", rows), ("Blad1", rows)), "a.xlsx")
    assert placed(made) == {(2, "1:2"): ["ett"], (3, "1:2"): ["ett"]}
    assert [note.where for note in made.unplaced] == ["bladet Blad1, rad 2"]


def test_a_number_that_excel_made_of_a_code() -> None:
    made = read(workbook(("Blad1", [("Kod", "Anteckning"), (5.2, "ett"), (5.1, "två")])), "a.xlsx")
    assert placed(made) == {(1, "5:2"): ["ett"]}
    assert made.unplaced[0].reason.startswith("5.1 är ett tal i arket och kan vara 5:1 eller 5:10")


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_with_headings_lists_and_a_table() -> None:
    document = docx.Document()
    document.add_heading("Anteckningar", 0)
    document.add_heading("Strategi 5:2 Trygga platser", 2)
    document.add_paragraph("7 vandringar", style="List Bullet")
    document.add_paragraph("fältgruppen nu 5")
    document.add_heading("Ekonomi", 2)
    document.add_paragraph("ingen kod här")
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(table.rows, [("Kod", "Anteckning"), ("5:3", "ett\ntvå"), ("", "tre")], strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.add_paragraph("efter tabellen")
    made = read(saved(document), "a.docx")
    assert placed(made) == {(1, "5:2"): ["7 vandringar", "fältgruppen nu 5"], (1, "5:3"): ["ett", "två", "tre"]}
    assert unplaced(made) == ["Anteckningar", "ingen kod här", "efter tabellen"]
    assert made.passed_over == ("Strategi 5:2 ", "Trygga platser", "Ekonomi", "Kod", "Anteckning", "5:3")


def test_a_word_table_with_more_columns_than_a_form() -> None:
    document = docx.Document()
    rows = [("Plan", "Kod", "Vad har hänt 2026", "Ansvarig"), ("1", "1:2", "en sak", "Lisa"), ("2", "1:2", "en annan", "Olle")]
    table = document.add_table(rows=3, cols=4)
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    made = read(saved(document), "a.docx")
    assert placed(made) == {(1, "1:2"): ["en sak"], (2, "1:2"): ["en annan"]}
    assert unplaced(made) == ["Lisa", "Olle"]


def test_a_numbered_list_and_marks_of_markdown() -> None:
    made = read("Strategi 5:2\n1. 71 familjer\n2. **ny** jour\n5:3\n3. maj öppnade den\n2 * 3 möten")
    assert placed(made) == {(1, "5:2"): ["71 familjer", "ny jour"], (1, "5:3"): ["3. maj öppnade den", "2 * 3 möten"]}


def test_last_years_report_with_notes_written_into_it() -> None:
    """Only what she added is a note; the report's own words are none."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    document.tables[0].rows[1].cells[1].add_paragraph("handboken klar 3 mars")
    report = parse_report(read_bytes(TEMPLATE, "a.docx"), organisation="Provförvaltningen", year=2025)
    made = read_notes(saved(document), "a.docx", report.items)
    assert dict(made.notes) == {report.items[0].key: ("handboken klar 3 mars",)}
    assert all(note.reason == "står före den första koden" for note in made.unplaced)


def test_files_that_cannot_be_read_say_why() -> None:
    for data, name, said in (
        (b"", "tom.txt", "tom"), (b"", "tom.csv", "tom"), (b"PK\x03\x04xx", "a.xlsx", "skadad"), (TEMPLATE, "a.xlsx", "innehåller DOCX"),
        (b"{\\rtf1 hej}", "a.rtf", "RTF"), (TEMPLATE[:4000], "a.docx", "skadad"),
    ):  # fmt: skip
        with pytest.raises(CorpusError, match=said):
            read(data, name)


def test_without_items_everything_is_unplaced() -> None:
    made = read_notes(b"5:2\nett\n", "a.txt", [])
    assert made.notes == {} and unplaced_reasons(made) == ["5:2 är ingen kod i rapporten; närmast ingen"]


def unplaced_reasons(made: ImportedNotes) -> list[str]:
    return [note.reason for note in made.unplaced]


LINES = st.lists(
    st.sampled_from(
        ["5:2", "Strategi 5:3", "Plan 2", "1:2", "Plan 2, 1:2 text", "9:9 okänd", "5.1 ny", "- en punkt", "• 5:2 två", "Övrigt:", "## Rubrik",
         "10:30 möte", "12.5 kurs", "Målområde 4: Färre börjar", "", "  ", "Text till 5:2 i plan 1 ska gälla.", "Ja", "5:1 och 5:2: båda",
         "(5:2)", "**", "-", "Trygghetsprogram 2022–2026", "Plan 2 är bra"]
    )
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30),
    max_size=14,
)  # fmt: skip


def letters(text: str) -> str:
    return "".join(ch for ch in text if ch.isalnum())


@given(LINES)
def test_nothing_is_lost(lines: list[str]) -> None:
    """Every letter of the file is in a note (one for each item of its line), in what is unplaced, or in what is passed over."""
    data = "\n".join(lines).encode()
    if not data.decode().removeprefix("\ufeff").strip():
        with pytest.raises(UnreadableFile):  # a file of blanks, of whatever kind, is refused
            read(data)
        return
    made = read(data)
    document = read_bytes(data, "anteckningar.txt").text
    told = [*made.passed_over, *(note.text for note in made.unplaced)]
    shared = {key: list(notes) for key, notes in made.notes.items()}
    both = {item.code: item.key for item in items() if item.code in ("5:1", "5:2")}
    for note in shared.get(both["5:1"], []):
        if note in shared.get(both["5:2"], []) and "5:1 och 5:2: båda" in lines:
            shared[both["5:2"]].remove(note)
    told += [note for notes in shared.values() for note in notes]
    assert sorted(letters("".join(told))) == sorted(letters(document))


@given(
    st.lists(
        st.lists(
            st.sampled_from(["5:2", "Kod", "Anteckning", "ett", "1:2", "Plan 2", "två rader", "Ansvarig", ""]),
            min_size=1,
            max_size=4,
        ),
        max_size=6,
    )
)
def test_nothing_is_lost_of_a_table(rows: list[list[str]]) -> None:
    data = "\n".join(";".join(row) for row in rows).encode()
    if not any(cell for row in rows for cell in row):
        return
    made = read(data, "anteckningar.csv")
    told = [*made.passed_over, *(note.text for note in made.unplaced), *(note for notes in made.notes.values() for note in notes)]
    assert sorted(letters("".join(told))) == sorted(letters(data.decode()))
