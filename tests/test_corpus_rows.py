"""Table rows: the same items as from running lines, and what rows without a code mean."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from corpus_form import PLANS, items, write

from corpus import Document, Line, Place, Report, parse_report, read_bytes
from corpus.accounting import account

Row = tuple[Sequence[str], Sequence[str]]


class Maker:
    """A document of headings and table rows as the readers of tables give it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.text = ""
        self.row = 0
        self.table = 0

    def line(
        self, text: str, cell: tuple[int, int, int] | None = None, *, page: int = 1, wraps: bool = False, furniture: bool = False
    ) -> None:
        start = len(self.text)
        place = Place(start, start + len(text), page, None, cell)
        self.lines.append(Line(text, place, wraps=wraps, furniture=furniture))
        self.text += text + "\n"

    def rows(self, *rows: Row) -> None:
        for left, right in rows:
            for column, cell in enumerate((left, right)):
                for text in cell:
                    self.line(text, (self.table, self.row, column))
            self.row += 1

    def parse(self) -> Report:
        document = Document("rapport.docx", "docx", "0" * 64, self.text, tuple(self.lines))
        report = parse_report(document, organisation="A", year=2024)
        assert account(document, report).complete
        return report


def form() -> Maker:
    maker = Maker()
    maker.line("1 Program för rum 2024-2026")
    maker.line("1.1 Målområde 1: Rum")
    maker.line("Uppföljningsfrågor", (0, 0, 0), furniture=True)
    maker.line("Svarsalternativ med kommentar", (0, 0, 1), furniture=True)
    maker.row = 1
    return maker


PLACE: Row = (["Har ni plats?", "Strategi 1:1 Det ska finnas plats."], ["Ja", "Det finns plats."])
TIME: Row = (["Har ni tid?", "Strategi 1:2 Det ska finnas tid.", "Förväntat resultat: Mer tid."], ["Nej", "Inte än.", "Sedan."])


def test_tables_and_text_give_equal_items() -> None:
    maker = Maker()
    for plan in PLANS:
        maker.line(f"{plan.number} {plan.title}")
        for area in plan.areas:
            maker.line(f"{area.number} {area.title}")
            for item in area.items:
                left = [
                    item.question,
                    *item.printed.split("\n"),
                    *([f"Förväntat resultat: {item.expected}"] if item.expected else []),
                ]
                maker.rows((left, [item.answer, *item.comment]))
            maker.table += 1
    text = read_bytes(write().encode(), "rapport.txt")
    names = (
        "plan",
        "plan_title",
        "area",
        "kind",
        "code",
        "code_as_written",
        "question",
        "statement",
        "expected_result",
        "answer",
        "comment",
    )
    wanted = [[getattr(item, name) for name in names] for item in parse_report(text, organisation="A", year=2024).items]
    assert [[getattr(item, name) for name in names] for item in maker.parse().items] == wanted
    assert len(wanted) == len(items()) == 8


def test_header_rows_are_listed() -> None:
    maker = form()
    maker.rows(PLACE)
    report = maker.parse()
    assert [d.text for d in report.diagnostics if d.code == "page_header"] == [
        "Uppföljningsfrågor",
        "Svarsalternativ med kommentar",
    ]
    assert [(i.code, i.answer, i.comment) for i in report.items] == [("1:1", "Ja", "Det finns plats.")]


def test_a_row_without_a_code_continues_the_item_before() -> None:
    maker = form()
    maker.rows(PLACE, ([], ["Och mer plats kommer."]), TIME)
    first, second = maker.parse().items
    assert first.comment == "Det finns plats.\n\nOch mer plats kommer."
    assert (second.expected_result, second.comment) == ("Mer tid.", "Inte än.\n\nSedan.")
    assert "row_stitched" in [d.code for d in maker.parse().diagnostics]


def test_a_cell_that_goes_on_after_a_page_break_and_a_footer() -> None:
    maker = form()
    maker.line("Har ni plats?", (0, 1, 0))
    maker.line("Strategi 1:1 Det ska", (0, 1, 0), wraps=True)
    maker.line("Ja", (0, 1, 1))
    maker.line("Det finns plats för alla och", (0, 1, 1), wraps=True)
    maker.line("Sida 1 av 2", furniture=True)
    maker.line("finnas plats.", (0, 1, 0), page=2)
    maker.line("dessutom för några till.", (0, 1, 1), page=2)
    (item,) = maker.parse().items
    assert (item.statement, item.comment) == ("Det ska finnas plats.", "Det finns plats för alla och dessutom för några till.")
    assert item.page == 1
    assert [d.code for d in maker.parse().diagnostics].count("page_stitched") == 2


def test_a_question_in_a_row_of_its_own() -> None:
    maker = form()
    maker.rows((["Har ni plats?"], []), (["Strategi 1:1 Det ska finnas plats."], ["Ja", "Det finns."]))
    (item,) = maker.parse().items
    assert (item.question, item.answer) == ("Har ni plats?", "Ja")


def test_question_and_answer_without_a_code_are_a_section_and_said() -> None:
    maker = form()
    maker.rows(PLACE, (["Något mer?"], ["Nej", "Inget mer."]))
    report = maker.parse()
    assert [i.comment for i in report.items] == ["Det finns plats."]
    assert [s.text for s in report.sections] == ["Något mer?\n\nNej\n\nInget mer."]
    assert "no_code" in [d.code for d in report.diagnostics]


@pytest.mark.parametrize(
    "comment", ["Strategi 1:2 är klar.", "Har vi lyckats?", "2 Nya rum", "1.1 Målområde 2: Ute", "Ja", "Förväntat resultat: inget"]
)
def test_whatever_a_comment_cell_says_stays_there(comment: str) -> None:
    maker = form()
    maker.rows((PLACE[0], ["Ja", comment]), TIME)
    first, second = maker.parse().items
    assert (first.answer, first.comment) == ("Ja", comment)
    assert second.answer == "Nej"


def test_an_answer_column_further_right() -> None:
    maker = form()
    maker.line("Har ni plats?", (0, 1, 0))
    maker.line("Strategi 1:1 Det ska finnas plats.", (0, 1, 1))
    maker.line("Ja", (0, 1, 2))
    maker.line("Det finns.", (0, 1, 3))
    (item,) = maker.parse().items
    assert (item.question, item.statement, item.answer, item.comment) == (
        "Har ni plats?",
        "Det ska finnas plats.",
        "Ja",
        "Det finns.",
    )


def test_an_area_in_a_row_of_its_own() -> None:
    maker = form()
    maker.rows(PLACE, (["Målområde 2: Tid"], []), TIME)
    assert [i.area for i in maker.parse().items] == ["Målområde 1: Rum", "Målområde 2: Tid"]


def test_headings_by_style_where_nothing_has_a_number() -> None:
    maker = Maker()
    for text, level in (("Program för rum", 1), ("Rummen inne", 2)):
        maker.line(text)
        maker.lines[-1] = Line(text, maker.lines[-1].place, wraps=False, heading=level)
    maker.rows(PLACE)
    (item,) = maker.parse().items
    assert (item.plan, item.plan_title, item.area) == (1, "Program för rum", "Rummen inne")


def test_a_form_that_nobody_has_answered_yet_keeps_its_left_side() -> None:
    maker = form()
    maker.rows(
        (["Har ni plats?", "1:1 Det ska finnas plats.", "Alla får rum."], []),
        (["Har ni tid?", "1:2 Det ska finnas tid.", "Ingen jäktar."], []),
    )
    found = [(item.code, item.statement, item.answer, item.comment) for item in maker.parse().items]
    assert found == [
        ("1:1", "Det ska finnas plats.\n\nAlla får rum.", None, ""),
        ("1:2", "Det ska finnas tid.\n\nIngen jäktar.", None, ""),
    ]
