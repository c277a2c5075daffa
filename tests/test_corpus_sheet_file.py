"""The Excel and CSV reader on real files made here: columns by name in any order, several sheets, what Excel does to codes, refusals."""

from __future__ import annotations

import io
import os
import random
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import office_archive, sheet_file, sheet_rows
from corpus.column_roles import role_of, roles_of, slots, ticked
from corpus.document import Document
from corpus.errors import CorpusError, TooLarge, UnknownFormat, UnreadableFile
from corpus.parser import parse_report
from corpus.sheet_file import area_heading, plan_numbers, statement_line

DAMAGED = int(os.environ.get("DAMAGED_INPUTS", "30"))
Row = list[Any]


def workbook(**sheets: list[Row]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(document: Document) -> list[tuple[Any, ...]]:
    return [(line.place.cell, line.heading, line.text) for line in document.lines if not line.furniture]


NAMES = ["Plan", "Målområde", "Kod", "Fråga", "Strategi", "Förväntat resultat", "Svar", "Kommentar"]
ONE = [
    "Program 2022–2026",
    "Målområde 1: Veta",
    "1:1",
    "Vet ni mer?",
    "Staden ska veta mer.",
    "Mer kunskap",
    "Ja",
    "Vi vet.\n\nMer.",
]
FORM = [
    (None, 1, "1 Program 2022–2026"),
    (None, 2, "1.1 Målområde 1: Veta"),
    ((0, 1, 0), None, "Vet ni mer?"),
    ((0, 1, 0), None, "1:1 Staden ska veta mer."),
    ((0, 1, 0), None, "Förväntat resultat: Mer kunskap"),
    ((0, 1, 1), None, "Ja"),
    ((0, 1, 1), None, "Vi vet."),
    ((0, 1, 1), None, "Mer."),
]


def test_a_row_becomes_the_two_sides_of_an_item_below_its_headings() -> None:
    document = sheet_file.read(workbook(Blad1=[NAMES, ONE]), "rapport.xlsx")
    assert shown(document) == FORM
    assert document.format == "xlsx"
    assert [line.text for line in document.lines if line.furniture] == [" | ".join(NAMES)]
    assert not any(line.wraps or line.place.page for line in document.lines)
    for line in document.lines:
        assert document.text[line.place.start : line.place.end] == line.text


@given(st.permutations(range(len(NAMES))))
def test_the_order_of_the_columns_does_not_matter(order: list[int]) -> None:
    rows = [[NAMES[i] for i in order], [ONE[i] for i in order]]
    assert shown(sheet_file.read(workbook(Blad1=rows), "rapport.xlsx")) == FORM


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_gives_the_same_whatever_its_separator_and_encoding(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in (NAMES, ONE))
    document = sheet_file.read(text.encode(encoding), "rapport.csv")
    assert document.format == "csv"
    assert shown(document) == FORM


def test_the_line_that_names_the_separator_is_no_content() -> None:
    text = "sep=,\nKod,Fråga,Svar,Kommentar\n1:1,Vet ni?,Ja,Mer\n"
    assert shown(sheet_file.read(text.encode(), "rapport.csv"))[1:] == [
        ((0, 1, 0), None, "Vet ni?"),
        ((0, 1, 0), None, "1:1"),
        ((0, 1, 1), None, "Ja"),
        ((0, 1, 1), None, "Mer"),
    ]


def test_rows_are_put_together_by_plan_and_area() -> None:
    names = ["Program", "Område", "Kod", "Strategi", "Svar"]
    rows = [
        names,
        ["2 Handlingsplan", "2.1 Fokusområde 1", "1:1", "Insats ett", "Ja"],
        ["1 Program", "Mål A", "1:1", "Strategi ett", "Ja"],
        ["2 Handlingsplan", "2.2 Fokusområde 2", "2:1", "Insats två", "Nej"],
        ["1 Program", "Mål B", "2:1", "Strategi två", "Nej"],
        ["1 Program", "Mål A", "1:2", "Strategi tre", "Ja"],
    ]
    document = sheet_file.read(workbook(Blad1=rows), "rapport.xlsx")
    assert [text for cell, _, text in shown(document) if cell is None or cell[2] == 0] == [
        *("2 Handlingsplan", "2.1 Fokusområde 1", "1:1 Insats ett", "2.2 Fokusområde 2", "2:1 Insats två"),
        *("1 Program", "1.1 Mål A", "1:1 Strategi ett", "1:2 Strategi tre", "1.2 Mål B", "2:1 Strategi två"),
    ]


def test_each_sheet_without_a_plan_column_is_a_plan() -> None:
    names = ["Kod", "Fråga", "Svar", "Kommentar"]
    data = workbook(
        Trygghet=[names, ["1:1", "A?", "Ja", "a"]], Tystnad=[names, ["1.2", "B?", "Nej", "b"]], Läs=[["Fyll i alla rader."]]
    )
    lines = shown(sheet_file.read(data, "rapport.xlsx"))
    assert [(heading, text) for _, heading, text in lines if heading] == [(1, "1 Trygghet"), (1, "2 Tystnad")]
    assert [cell for cell, _, text in lines if text in ("A?", "B?")] == [(0, 1, 0), (1, 1, 0)]
    assert lines[0] == (None, None, "Fyll i alla rader.")


def test_titles_above_the_header_row_name_the_plan_of_an_unnamed_sheet() -> None:
    rows = [["Trygghetsprogram 2024"], [], ["Kod", "Fråga", "Svar"], ["1:1", "A?", "Ja"]]
    lines = shown(sheet_file.read(workbook(Blad1=rows), "rapport.xlsx"))
    assert [text for _, _, text in lines[:2]] == ["Trygghetsprogram 2024", "1 Trygghetsprogram 2024"]
    assert next(text for _, _, text in shown(sheet_file.read(b"Kod;Svar\n1:1;Ja\n", "min_rapport.csv"))) == "1 min rapport"


def test_rows_of_one_cell_are_headings_and_rows_without_a_question_go_on() -> None:
    rows = [
        ["Kod", "Fråga", "Svar", "Kommentar"],
        ["2 Handlingsplan"],
        ["Målområde 1: Veta"],
        ["1:1", "A?", "Ja", "Första stycket."],
        [None, None, None, "Andra stycket."],
        ["Målområde 2: Göra"],
        ["2:1", "B?", "Nej", "Inget."],
    ]
    assert [text for _, _, text in shown(sheet_file.read(workbook(Blad1=rows), "rapport.xlsx"))] == [
        *("2 Handlingsplan", "2.1 Målområde 1: Veta", "A?", "1:1", "Ja", "Första stycket.", "Andra stycket."),
        *("2.2 Målområde 2: Göra", "B?", "2:1", "Nej", "Inget."),
    ]


def test_codes_that_excel_took_for_something_else_are_codes_again() -> None:
    values = [time(5, 2), timedelta(hours=25, minutes=1), 1.2, "Strategi 3 : 4", "1,3"]
    rows = [["Kod", "Fråga", "Svar"], *([value, f"Fråga {n}?", "Ja"] for n, value in enumerate(values))]
    lines = shown(sheet_file.read(workbook(Plan=rows), "rapport.xlsx"))
    assert [text for cell, _, text in lines if cell and cell[2] == 0 and "Fråga" not in text] == [
        *("5:2", "25:1", "1.2", "Strategi 3 : 4", "1.3"),
    ]


def test_a_column_named_strategi_that_holds_codes_is_the_code() -> None:
    rows = [["Strategi", "Fråga", "Svar"], ["5:2", "A?", "Ja"], ["5:3", "B?", "Ja"]]
    assert "Strategi 5:2" in [text for _, _, text in shown(sheet_file.read(workbook(P=rows), "r.xlsx"))]


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("Strategi", ["strategi", "insats"]),
        ("Strategi nr", ["strategi", "insats"]),
        ("Kod", ["åtgärd", "insats"]),
        ("Strategi/insats", ["åtgärd", "insats"]),
    ],
)
def test_a_column_named_by_a_kind_tells_the_kind_of_codes_without_one(header: str, kinds: list[str]) -> None:
    rows = [[header, "Svar", "Kommentar"], ["5:2", "Ja", "Klart."], ["Insats 5:3", "Nej", "Inte än."]]
    report = parse_report(sheet_file.read(workbook(P=rows), "r.xlsx"), organisation="A", year=2025)
    assert [(item.kind, item.code) for item in report.items] == [(kinds[0], "5:2"), (kinds[1], "5:3")]


def test_a_column_of_statements_beside_the_codes_tells_no_kind() -> None:
    rows = [["Kod", "Strategi", "Svar"], ["5:2", "Erbjuda stöd.", "Ja"]]
    report = parse_report(sheet_file.read(workbook(P=rows), "r.xlsx"), organisation="A", year=2025)
    assert [(item.kind, item.statement) for item in report.items] == [("åtgärd", "Erbjuda stöd.")]


def test_a_table_without_the_statements_has_items_by_their_codes_alone() -> None:
    data = "Plan;Kod;Fråga;Svar;Kommentar\n1;5:1;Har ni rutiner?;Ja;Vi har rutiner.\n2;Insats 5.1;Har ni tid?;Nej;Inte än.\n"
    report = parse_report(sheet_file.read(data.encode(), "export.csv"), organisation="A", year=2025)
    found = [(i.plan, i.kind, i.code, i.question, i.statement, i.answer, i.comment) for i in report.items]
    assert found == [
        (1, "åtgärd", "5:1", "Har ni rutiner?", "", "Ja", "Vi har rutiner."),
        (2, "insats", "5:1", "Har ni tid?", "", "Nej", "Inte än."),
    ]


def test_answers_in_other_words_and_together_with_the_comment() -> None:
    rows = [
        ["Kod", "Uppföljningsfråga", "Svarsalternativ med kommentar"],
        ["1:1", "A?", "JA"],
        ["1:2", "B?", "Nej. Arbetet har inte börjat."],
        ["1:3", "C?", "Delvis\nSe nedan."],
        ["1:4", "D?", "Delvis används metoden."],
        ["1:5", "E?", True],
    ]
    lines = shown(sheet_file.read(workbook(P=rows), "r.xlsx"))
    assert [text for cell, _, text in lines if cell and cell[2] == 1] == [
        *("Ja", "Nej", "Arbetet har inte börjat.", "Delvis", "Se nedan.", "Delvis används metoden.", "Ja"),
    ]


def test_what_nobody_knows_is_told_of_with_its_words() -> None:
    data = workbook(
        P=[["Kod", "Fråga", "Svar", "Färg", None], ["1:1", "A?", "Ja", "grön", "löst"], ["1:2", "B?", "Ja", None, None]]
    )
    found = [(d.code, d.text) for d in sheet_file.read(data, "r.xlsx").diagnostics]
    assert found == [("column_left_out", "Färg grön"), ("column_left_out", "löst")]


def test_a_hidden_sheet_is_told_of_and_left_out() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(P=[["Kod", "Fråga", "Svar"], ["1:1", "A?", "Ja"]], Gammal=[["hemligt", 17]])))
    book["Gammal"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    document = sheet_file.read(out.getvalue(), "r.xlsx")
    assert "hemligt" not in document.text
    assert [(d.code, d.text) for d in document.diagnostics] == [("hidden_sheet", "hemligt 17")]


def test_organisation_and_year_in_columns_are_properties() -> None:
    rows = [
        ["Nämnd", "År", "Kod", "Fråga", "Svar"],
        ["Socialnämnden", 2024, "1:1", "A?", "Ja"],
        ["Socialnämnden", 2024, "1:2", "B?", "Ja"],
    ]
    document = sheet_file.read(workbook(P=rows), "r.xlsx")
    assert {key: value for key, value in document.properties if key in ("organisation", "year")} == {
        "organisation": "Socialnämnden",
        "year": "2024",
    }
    rows.append(["Socialnämnden", 2023, "1:3", "C?", "Ja"])
    with pytest.raises(UnreadableFile, match="flera år: 2024, 2023"):
        sheet_file.read(workbook(P=rows), "r.xlsx")


def test_a_sheet_without_a_header_row_is_free_text() -> None:
    document = sheet_file.read(workbook(P=[["Rapport", "2024"], ["Text", None]]), "r.xlsx")
    assert shown(document) == [(None, None, "Rapport"), (None, None, "2024"), (None, None, "Text")]


@pytest.mark.parametrize(
    ("kind", "code", "statement", "wanted"),
    [
        ("Strategi", "5:2", "Staden ska.", "Strategi 5:2 Staden ska."),
        ("", "5:2", "Staden ska.", "5:2 Staden ska."),
        ("", "Strategi 5:2", "Staden ska.", "Strategi 5:2 Staden ska."),
        ("Strategi", "5:2", "Strategi 5:2 Staden ska.", "Strategi 5:2 Staden ska."),
        ("Insats", "1:1", "Genomförs allt för insats 1:1.", "Genomförs allt för insats 1:1."),
        ("Insats", "1:1", "Erbjuda stöd.", "Insats 1:1 Erbjuda stöd."),
        ("Strategi", "1:1", "Se även 11:1 och 1:12.", "Strategi 1:1 Se även 11:1 och 1:12."),
        ("", "", "Staden ska.", "Staden ska."),
        ("Strategi", "Insats 5:2", "Erbjuda stöd.", "Insats 5:2 Erbjuda stöd."),
        ("Strategi", "5:2", "5:2 Staden ska.", "Strategi 5:2 Staden ska."),
        ("Strategi", "", "5:2 Staden ska.", "Strategi 5:2 Staden ska."),
        ("Strategi", "", "Åtgärd 5:2 Staden ska.", "Åtgärd 5:2 Staden ska."),
    ],
)
def test_statement_lines(kind: str, code: str, statement: str, wanted: str) -> None:
    assert statement_line(kind, code, statement) == wanted


def test_numbers_of_plans_and_areas() -> None:
    assert plan_numbers(["Plan B", "1 Plan A", "3", "Plan C"]) == {"1 Plan A": 1, "3": 3, "Plan B": 2, "Plan C": 4}
    assert area_heading("1.2.3 Målområde 3: Göra", 1, 1, "Område") == "1.2.3 Målområde 3: Göra"
    assert area_heading("1.2.3 Målområde 3: Göra", 2, 1, "Område") == "2.1 Målområde 3: Göra"
    assert area_heading("3", 1, 2, "Målområde") == "1.2 Målområde 3"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Uppföljningsfrågor", "questions"),
        ("Svarsalternativ med kommentar", "answers"),
        (" KOMMENTAR: ", "comment"),
        ("Kod", "code"),
        ("Strategi nr", "code"),
        ("Nr.", "code"),
        ("Målområde", "area"),
        ("Fokusområde", "area"),
        ("Förväntade effekter", "expected"),
        ("Uppföljningsfråga", "question"),
        ("Effekt", "expected"),
        ("Vad har gjorts?", "comment"),
        ("Vad har ni gjort under året?", "comment"),
        ("Beskriv ert arbete", "comment"),
        ("Motivering", "comment"),
        ("Vidtagna åtgärder", "comment"),
        ("Vad ska göras?", None),
        ("Staden ska ha en lägesbild", None),
        ("", None),
    ],
)
def test_columns_are_known_by_name(name: str, role: str | None) -> None:
    assert role_of(name) == role


def test_a_header_row_names_both_sides() -> None:
    assert roles_of(["Fråga", "Ansvarig", "Svar"]) == ("question", None, "answer")
    assert roles_of(["Fråga", "Strategi"]) is None
    assert roles_of(["Svarsalternativ", "Kommentar", "Strategi", "Strategi"]) == ("answer", "comment", "statement", None)
    found = slots(("comment", None, "code", "question"))
    assert [(slot.index, slot.side, slot.joins) for slot in found] == [(1, None, False), (3, 0, False), (2, 0, True), (0, 1, False)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("☒ Ja ☐ Nej", "Ja"), ("Ja ☐ Nej ☑", "Nej"), ("☐ Ja ☐ Nej", ""), ("☒ Ja ☒ Nej", None), ("Ja", None), ("☒ Ja vi kan", None)],
)
def test_ticked_boxes(text: str, wanted: str | None) -> None:
    assert ticked(text) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, ""),
        (3.0, "3"),
        (2.5, "2.5"),
        (date(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1), "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "2024-03-01 09:30"),
        (False, "Nej"),
    ],
)
def test_cells_as_text(value: object, wanted: str) -> None:
    assert sheet_rows.as_text(value) == wanted


# ------------------------------------------------------------------------------------------------------------- refused files
WHOLE = workbook(P=[NAMES, *[[*ONE[:2], f"{n}:1", *ONE[3:]] for n in range(1, 20)]])


def without(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "error", "words"),
    [
        (WHOLE[: len(WHOLE) // 2], "r.xlsx", UnreadableFile, "avklippt"),
        (without(WHOLE, "xl/workbook.xml"), "r.xlsx", UnknownFormat, "zip-arkiv"),
        (without(WHOLE, "xl/worksheets/sheet1.xml"), "r.xlsx", UnreadableFile, "inga celler"),
        (without(WHOLE, "xl/_rels/workbook.xml.rels"), "r.xlsx", UnreadableFile, "skadad"),
        (workbook(P=[]), "r.xlsx", UnreadableFile, "inga celler"),
        (b";;\n;;\n", "r.csv", UnreadableFile, "inga celler"),
        (b"a;b\n" + b"x" * 200_000 + b";y\n", "r.csv", UnreadableFile, "CSV"),
        (b"Kod;Svar\n" + b"1:1;Ja\n" * sheet_rows.MOST_ROWS, "r.csv", TooLarge, "rader"),
        (b";" * 500 + b"a\n", "r.csv", TooLarge, "kolumner"),
    ],
    ids=["cut off", "zip", "no sheet", "no relations", "empty", "empty csv", "long field", "rows", "columns"],
)
def test_refused_with_the_reason_and_what_to_do(data: bytes, name: str, error: type[CorpusError], words: str) -> None:
    with pytest.raises(error) as caught:
        sheet_file.read(data, name)
    assert type(caught.value) is error
    assert name in str(caught.value)
    assert words in str(caught.value)


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_archive, "LARGEST_PART", 5_000)
    with pytest.raises(TooLarge, match="packar upp"):
        sheet_file.read(WHOLE, "r.xlsx")


def test_damaged_files_are_read_or_refused_never_worse() -> None:
    whole = sheet_file.read(WHOLE, "hel.xlsx").text
    outcomes = set()
    for number in range(DAMAGED):
        chance = random.Random(number)
        data = bytearray(WHOLE)
        place, length = chance.randrange(len(data)), chance.randrange(1, 500)
        if number % 3 == 0:
            del data[place:]
        elif number % 3 == 1:
            for _ in range(chance.randrange(1, 10)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            data[place : place + length] = bytes(len(data[place : place + length]))
        try:
            assert sheet_file.read(bytes(data), "skadad.xlsx").text == whole
        except CorpusError as error:
            outcomes.add(type(error).__name__)
    assert "UnreadableFile" in outcomes
