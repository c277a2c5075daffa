"""Drafts filled into the organisation's own Word file: every form of it that is filled, read back item by item, and those that are not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from typing import Any
from xml.etree import ElementTree as etree

import docx
import pytest
from docx.oxml import parse_xml
from draft_items import evidence
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.compose import compose
from assistant.draft.exports.docx_places import NoPlace
from assistant.draft.exports.filled import Filled, fill
from corpus.model import Draft, Item, ItemKey, Report
from corpus.parser import parse_report
from corpus.reading import read_bytes

NAMES = ("a-2022", "a-2023", "a-2024", "a-2025", "b-2024", "b-2025")
ORGANISATION = "Provförvaltningen"
HEADER = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")
PICTURE = '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing/></w:r>'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(data: bytes, year: int = 2025) -> Report:
    return parse_report(read_bytes(data, "rapport.docx"), organisation=ORGANISATION, year=year)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def draft_of(item: Item, text: str, answer: str | None = "Ja") -> Draft:
    made = compose(evidence("Ung Väg arbetar i Hammarliden.", ["teamet 88 ungd."]))
    return replace(made, item=item, text=text, answer=answer, sentences=(), commitments=())  # type: ignore[arg-type]


def filled(data: bytes, texts: Mapping[str, tuple[str | None, str]]) -> tuple[Filled, dict[str, Item]]:
    """The file filled with answer and text by code, and its items by code as they are read back."""
    drafts = {
        item.key: draft_of(item, texts[item.code][1], texts[item.code][0]) for item in parsed(data).items if item.code in texts
    }
    made = fill(data, "rapport.docx", drafts, organisation=ORGANISATION, year=2025)
    return made, {item.code: item for item in parsed(made.data).items}


def bare(item: Item) -> tuple[object, ...]:
    return (
        item.plan,
        item.plan_title,
        item.area,
        item.kind,
        item.code_as_written,
        item.question,
        item.statement,
        item.expected_result,
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_report_is_filled_and_reads_back(name: str) -> None:
    data = resources.files("corpus.samples").joinpath(f"files/{name}.docx").read_bytes()
    old = parsed(data)
    drafts = {
        item.key: draft_of(item, f"Punkt {n} är ny.\n\nTvå stycken i {item.code}.", ("Nej", "Ja", "Delvis")[n % 3])
        for n, item in enumerate(old.items)
    }
    made = fill(data, f"{name}.docx", drafts, organisation=ORGANISATION, year=2025)
    new = parsed(made.data)
    assert [bare(item) for item in new.items] == [bare(item) for item in old.items]
    assert [(item.answer, item.comment) for item in new.items] == [(drafts[i.key].answer, drafts[i.key].text) for i in old.items]
    assert made.empty == ()
    (title, handed_in) = (p.text for p in docx.Document(io.BytesIO(data)).paragraphs[:4] if name[2:] in p.text)
    assert made.remarks == (
        f"Årtalet {name[2:]} är kvar före den första punkten (”{title}” och ”{handed_in}”). Ändra det själv.",
    ) * (name.endswith("2025"))
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(made.data))
    assert [p.text for p in after.paragraphs] == [p.text for p in before.paragraphs]
    assert [[len(row.cells) for row in t.rows] for t in after.tables] == [[len(row.cells) for row in t.rows] for t in before.tables]
    assert after.sections[0].footer.paragraphs[0].text == before.sections[0].footer.paragraphs[0].text


def form(*rows: tuple[list[str], list[str]]) -> Any:
    """The two-column form: one table, a row an item, the paragraphs of its left and right cell."""
    document = docx.Document()
    document.add_paragraph("Uppföljningsrapport 2025", style="Title")
    document.add_heading("1 Program för trygghet", 1)
    document.add_heading("1.1 Målområde 1: Veta mer", 2)
    table = document.add_table(rows=1, cols=2)
    for cell, words in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = words
    for row in rows:
        for cell, lines in zip(table.add_row().cells, row, strict=True):
            cell.text = lines[0] if lines else ""
            for line in lines[1:]:
                cell.add_paragraph(line)
    document.add_paragraph("Slut på formuläret.")
    return document


LEFT = ["Vet ni mer om läget?", "Strategi 1:1 Staden ska veta mer."]
SECOND = ["Gör ni något åt det?", "Strategi 1:2 Staden ska göra mer."]


def test_the_look_of_last_years_comment_is_kept() -> None:
    document = form((LEFT, ["Ja", "Vi vet mer.", "Mycket mer."]))
    cell = document.tables[0].rows[1].cells[1]
    cell.paragraphs[0].runs[0].bold = True
    cell.paragraphs[1].runs[0].italic = True
    cell.paragraphs[1].paragraph_format.left_indent = docx.shared.Pt(36)
    made, items = filled(saved(document), {"1:1": ("Nej", "Ett.\n\nTvå.\n\nTre.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Nej", "Ett.\n\nTvå.\n\nTre.")
    paragraphs = docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1].paragraphs
    assert [p.text for p in paragraphs] == ["Nej", "Ett.", "Två.", "Tre."]
    assert paragraphs[0].runs[0].bold and not paragraphs[1].runs[0].bold
    assert all(p.runs[0].italic and p.paragraph_format.left_indent == docx.shared.Pt(36) for p in paragraphs[1:])


def test_an_item_without_a_draft_says_nothing_of_last_year_and_is_told_of() -> None:
    data = saved(form((LEFT, ["Ja", "Vi vet 12 saker.", "Mycket mer."]), (SECOND, ["Nej", "Ingen tid."])))
    made, items = filled(data, {"1:2": ("Ja", "Nu görs det.")})
    assert [item.code for item in made.empty] == ["1:1"]
    cells = [cell.text for row in docx.Document(io.BytesIO(made.data)).tables[0].rows for cell in row.cells]
    assert cells[3].strip() == "" and cells[5] == "Ja\nNu görs det."
    assert items["1:1"].question == LEFT[0]


def test_an_empty_cell_takes_answer_and_comment() -> None:
    data = saved(form((LEFT, []), (SECOND, ["Ja", "Text."])))
    made, items = filled(data, {"1:1": ("Ja", "Nytt.\n\nMer."), "1:2": ("Ja", "Text.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Ja", "Nytt.\n\nMer.")
    assert docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1].text == "Ja\nNytt.\nMer."


def test_an_answer_without_a_comment_gets_one() -> None:
    _, items = filled(saved(form((LEFT, ["Nej"]))), {"1:1": ("Ja", "Nytt.\n\nMer.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Ja", "Nytt.\n\nMer.")


def test_a_comment_without_an_answer_gets_one() -> None:
    document = form((LEFT, ["Vi vet mer nu än då, på flera sätt."]), (SECOND, ["Nej", "Ingen tid."]))
    made, _ = filled(saved(document), {"1:1": ("Ja", "Nytt."), "1:2": ("Nej", "Ingen tid.")})
    assert docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1].text == "Ja\nNytt."


def test_cells_merged_downwards() -> None:
    document = form((LEFT, ["Ja"]), ([], ["Vi vet.", "Mer."]), (SECOND, ["Nej", "Ingen tid."]))
    table = document.tables[0]
    table.cell(1, 0).merge(table.cell(2, 0))
    made, items = filled(saved(document), {"1:1": ("Delvis", "Ett.\n\nTvå.\n\nTre."), "1:2": ("Ja", "Gjort.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Delvis", "Ett.\n\nTvå.\n\nTre.")
    assert items["1:2"].comment == "Gjort."
    rows = docx.Document(io.BytesIO(made.data)).tables[0].rows
    assert [row.cells[1].text for row in rows[1:3]] == ["Delvis", "Ett.\nTvå.\nTre."]


def test_answer_and_comment_on_one_line_and_in_one_paragraph() -> None:
    document = form((LEFT, ["Nej, vi har inte hunnit i år."]), (SECOND, []))
    document.tables[0].rows[2].cells[1].paragraphs[0].add_run("Ja\nVi gör det.\nOch mer.")
    made, items = filled(saved(document), {"1:1": ("Ja", "Nu är det gjort.\n\nAllt."), "1:2": ("Nej", "Ett.\n\nTvå.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Ja", "Nu är det gjort.\n\nAllt.")
    assert (items["1:2"].answer, items["1:2"].comment) == ("Nej", "Ett.\n\nTvå.")
    rows = docx.Document(io.BytesIO(made.data)).tables[0].rows
    assert rows[1].cells[1].text == "Ja. Nu är det gjort.\nAllt."
    assert len(rows[2].cells[1].paragraphs) == 1


def test_running_text_under_headings() -> None:
    document = docx.Document()
    document.add_heading("1 Program för trygghet", 1)
    for left, right in ((LEFT, ["Ja", "Vi vet mer.", "Mycket."]), (SECOND, ["Nej", "Ingen tid."])):
        for line in (*left, *right):
            document.add_paragraph(line)
        document.add_paragraph("")
    made, items = filled(saved(document), {"1:1": ("Nej", "Ett.\n\nTvå.\n\nTre."), "1:2": ("Ja", "Gjort.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Nej", "Ett.\n\nTvå.\n\nTre.")
    assert (items["1:2"].answer, items["1:2"].comment) == ("Ja", "Gjort.")
    assert [p.text for p in docx.Document(io.BytesIO(made.data)).paragraphs] == [
        "1 Program för trygghet", *LEFT, "Nej", "Ett.", "Två.", "Tre.", "", *SECOND, "Ja", "Gjort.", "",
    ]  # fmt: skip


def test_a_column_for_each_field() -> None:
    document = docx.Document()
    document.add_heading("1 Program för trygghet", 1)
    table = document.add_table(rows=3, cols=5)
    rows = (
        ("Kod", "Strategi", "Fråga", "Svar", "Kommentar"),
        ("1:1", "Staden ska veta mer.", "Vet ni mer?", "Ja", "Vi vet."),
        ("1:2", "Staden ska göra mer.", "Gör ni mer?", "Nej", ""),
    )
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    made, items = filled(saved(document), {"1:1": ("Nej", "Ett.\n\nTvå."), "1:2": ("Ja", "Gjort.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Nej", "Ett.\n\nTvå.")
    assert (items["1:2"].answer, items["1:2"].comment) == ("Ja", "Gjort.")
    assert [c.text for c in docx.Document(io.BytesIO(made.data)).tables[0].rows[2].cells] == [*rows[2][:3], "Ja", "Gjort."]


def test_boxes_are_ticked() -> None:
    made, items = filled(saved(form((LEFT, ["☒ Ja ☐ Nej", "Vi vet."]))), {"1:1": ("Nej", "Inte nu.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Nej", "Inte nu.")
    assert docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1].text == "☐ Ja ☒ Nej\nInte nu."
    emptied, _ = filled(saved(form((LEFT, ["☒ Ja ☐ Nej", "Vi vet."]))), {})
    assert docx.Document(io.BytesIO(emptied.data)).tables[0].rows[1].cells[1].text.strip() == "☐ Ja ☐ Nej"


def test_a_list_stays_a_list() -> None:
    document = form((LEFT, ["Ja", "Vi gör detta:"]))
    cell = document.tables[0].rows[1].cells[1]
    for line in ("ett", "två"):
        cell.add_paragraph(line, style="List Bullet")
    made, items = filled(saved(document), {"1:1": ("Ja", "I år:\n\n• tre\n\n• fyra\n\n• fem\n\nSlut.")})
    paragraphs = docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1].paragraphs
    assert [(p.text, p.style.name) for p in paragraphs] == [
        ("Ja", "Normal"), ("I år:", "Normal"), ("tre", "List Bullet"), ("fyra", "List Bullet"), ("fem", "List Bullet"), ("Slut.", "Normal"),
    ]  # fmt: skip
    assert items["1:1"].comment == "I år:\n\n• tre\n\n• fyra\n\n• fem\n\nSlut."


def test_empty_paragraphs_between_those_of_a_comment_are_kept_as_its_way() -> None:
    document = form((LEFT, ["Ja", "Ett.", "", "Två."]))
    made, items = filled(saved(document), {"1:1": ("Ja", "A.\n\nB.\n\nC.")})
    assert docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1].text == "Ja\nA.\n\nB.\n\nC."
    assert items["1:1"].comment == "A.\n\nB.\n\nC."


def test_a_picture_in_a_comment_stays_and_is_told_of() -> None:
    document = form((LEFT, ["Ja", "Vi vet.", "Med bild."]))
    document.tables[0].rows[1].cells[1].paragraphs[2]._p.append(parse_xml(PICTURE))
    made, items = filled(saved(document), {"1:1": ("Ja", "Nytt.")})
    assert items["1:1"].comment == "Nytt."
    assert made.remarks[-1].startswith("Bilder i fjolårets kommentarer är kvar")
    assert len(list(docx.Document(io.BytesIO(made.data)).element.body.iter(f"{W}drawing"))) == 1


def test_text_is_text() -> None:
    text = "Vi har <w:p/> & ”5 > 3”.\n\n{{ 1 }} =SUMMA(A1)"
    _, items = filled(saved(form((LEFT, ["Ja", "Vi vet."]))), {"1:1": ("Ja", text)})
    assert items["1:1"].comment == text


def test_sources_as_comments_and_open_commitments_last() -> None:
    data = saved(form((LEFT, ["Ja", "Vi vet."])))
    (item,) = parsed(data).items
    made = compose(
        evidence("Teamet har haft kontakt med 74 ungdomar. En handbok ska tas fram till hösten 2025.", ["teamet 88 ungd."])
    )
    draft = replace(made, item=item)
    document = docx.Document(
        io.BytesIO(fill(data, "r.docx", {item.key: draft}, organisation=ORGANISATION, year=2025, sources=True).data)
    )
    assert len(document.comments) == len(draft.sentences) > 0
    assert document.paragraphs[-1].text == "1:1: Togs en handbok fram, som planerades till hösten 2025?"


def test_what_cannot_be_filled_is_refused() -> None:
    document = form((LEFT, ["Ja", "Vi vet."]))
    (item,) = parsed(saved(document)).items
    other = ItemKey(ORGANISATION, item.key.plan_name, "7:7")
    with pytest.raises(NoPlace, match="7:7"):
        fill(saved(document), "r.docx", {other: draft_of(replace(item, code="7:7"), "x")}, organisation=ORGANISATION, year=2025)
    with pytest.raises(NoPlace, match="Wordfil"):
        fill(b"Vet ni mer?\n\nStrategi 1:1 Mer.\n\nJa\n", "r.txt", {}, organisation=ORGANISATION, year=2025)
    shared = docx.Document()
    shared.add_heading("1 Program för trygghet", 1)
    shared.add_paragraph("Vet ni mer om läget?\nStrategi 1:1 Staden ska veta mer.\nJa\nVi vet.")
    (item,) = parsed(saved(shared)).items
    with pytest.raises(NoPlace, match="delar stycke"):
        fill(saved(shared), "r.docx", {item.key: draft_of(item, "x")}, organisation=ORGANISATION, year=2025)


@pytest.mark.parametrize(
    "blocks",
    [
        ["<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Vi vet.</w:t></w:r></w:p></w:sdtContent></w:sdt>", "<w:p/>"],
        ["<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Vi vet.</w:t></w:r></w:sdtContent></w:sdt></w:p>"],
        ["<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Skriv här</w:t></w:r></w:sdtContent></w:sdt></w:p>"],
        ['<w:p><w:r><w:t>Vi</w:t></w:r><w:del w:id="1"><w:r><w:delText>ej</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>vet</w:t></w:r></w:ins></w:p>'],
        ['<w:p><w:r><w:t>Se </w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t>sidan</w:t></w:r></w:hyperlink></w:p>'],
        [
            "<w:p><w:r><w:t>Så här:</w:t></w:r></w:p>",
            "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "<w:p/>",
        ],
    ],
    ids=["field block", "field", "empty field", "tracked changes", "link", "table in the comment"],
)  # fmt: skip
def test_what_word_hides_in_a_comment(blocks: list[str]) -> None:
    document = form((LEFT, ["Ja"]), (SECOND, ["Nej", "Ingen tid."]))
    for block in blocks:
        space = ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        document.tables[0].rows[1].cells[1]._tc.append(parse_xml(re.sub(r"^(<w:\w+)", rf"\1{space}", block)))
    made, items = filled(saved(document), {"1:1": ("Delvis", "Nytt.\n\nMer."), "1:2": ("Ja", "Gjort.")})
    assert (items["1:1"].answer, items["1:1"].comment) == ("Delvis", "Nytt.\n\nMer.")
    assert items["1:2"].comment == "Gjort."
    assert len(list(docx.Document(io.BytesIO(made.data)).element.body.iter(f"{W}tbl"))) == 1


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.sampled_from("abcÅäö 12:.,?!()”–-•<&\t="), min_size=1, max_size=25), min_size=1, max_size=4))
def test_any_text_is_filled_whole_or_not_at_all(paragraphs: list[str]) -> None:
    text = "\n\n".join(line.strip() for line in paragraphs if any(ch.isalnum() for ch in line))
    data = saved(form((LEFT, ["Ja", "Vi vet."]), (SECOND, ["Nej", "Ingen tid."])))
    try:
        made, items = filled(data, {"1:1": ("Ja", text), "1:2": ("Nej", "Samma.")})
    except NoPlace:
        return
    cell = docx.Document(io.BytesIO(made.data)).tables[0].rows[1].cells[1]
    assert "".join(cell.text.split()) == "".join(f"Ja {text}".split())
    assert items["1:2"].comment == "Samma."


def test_the_other_parts_of_the_file_are_as_they_were() -> None:
    data = resources.files("corpus.samples").joinpath("files/a-2025.docx").read_bytes()
    made = fill(data, "a-2025.docx", {}, organisation=ORGANISATION, year=2025)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(made.data)) as new:
        assert sorted(old.namelist()) == sorted(new.namelist())
        for name in old.namelist():
            if name.endswith(".xml") and name != "word/document.xml":
                assert etree.canonicalize(old.read(name)) == etree.canonicalize(new.read(name)), name
