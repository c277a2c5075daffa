"""The Word reader on real files made here with python-docx: order, merged cells, tracked changes, lists, notes, boxes, and refusals."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from corpus import docx_file, office_archive
from corpus.document import Document, Line
from corpus.docx_numbers import Level, Numbers
from corpus.errors import CorpusError, TooLarge, UnknownFormat, UnreadableFile

DAMAGED = int(os.environ.get("DAMAGED_INPUTS", "30"))
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
HEADER = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(document: Any) -> Document:
    return docx_file.read(saved(document), "rapport.docx")


def with_body(*blocks: str) -> Any:
    """A document whose body is the XML ``blocks``."""
    document = docx.Document()
    body = document.element.body
    for number, block in enumerate(blocks):
        body.insert(number, parse_xml(block.replace(">", f" {SPACES}>", 1) if " xmlns" not in block else block))
    return document


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines if not line.furniture]


def shown(document: Document) -> list[tuple[tuple[int, int, int] | None, str]]:
    return [(line.place.cell, line.text) for line in document.lines if not line.furniture]


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each part put through ``change``; None takes it away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def form() -> Any:
    document = docx.Document()
    document.add_heading("1 Program för trygghet", 1)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = words
    left, right = table.rows[1].cells
    left.paragraphs[0].add_run("Vet ni mer?").bold = True
    left.add_paragraph("Strategi 1:1 Staden ska veta mer.")
    right.text = "Ja"
    right.add_paragraph("Vi vet mer.")
    right.add_paragraph("Mycket mer.")
    document.add_paragraph("Slut.")
    return document


def test_the_body_is_read_in_its_order_with_the_cells_of_a_row_one_after_the_other() -> None:
    document = read(form())
    assert shown(document) == [
        (None, "1 Program för trygghet"),
        ((0, 1, 0), "Vet ni mer?"),
        ((0, 1, 0), "Strategi 1:1 Staden ska veta mer."),
        ((0, 1, 1), "Ja"),
        ((0, 1, 1), "Vi vet mer."),
        ((0, 1, 1), "Mycket mer."),
        (None, "Slut."),
    ]
    assert [(line.place.cell, line.text) for line in document.lines if line.furniture] == [
        ((0, 0, 0), HEADER[0]),
        ((0, 0, 1), HEADER[1]),
    ]
    assert [line.bold for line in document.lines if line.text == "Vet ni mer?"] == [True]
    assert not any(line.wraps or line.place.page for line in document.lines)
    for line in document.lines:
        assert document.text[line.place.start : line.place.end] == line.text


def test_headings_have_the_level_of_their_style_in_either_language() -> None:
    document = docx.Document()
    document.add_paragraph("Rapport", style="Title")
    document.add_heading("Ett", 1)
    own = document.styles.add_style("Kapitel tre", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("Tre", style="Kapitel tre")
    swedish = document.styles.add_style("Rubrik 2", 1)
    assert swedish.name == "Rubrik 2"
    document.add_paragraph("Två", style="Rubrik 2")
    outlined = document.add_paragraph("Fyra")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {SPACES} w:val="3"/>'))
    document.add_paragraph("Text")
    assert [(line.text, line.heading) for line in read(document).lines] == [
        ("Rapport", None),
        ("Ett", 1),
        ("Tre", 3),
        ("Två", 2),
        ("Fyra", 4),
        ("Text", None),
    ]


def test_a_cell_merged_sideways_is_read_once_and_over_the_whole_width_is_free_text() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    merged = table.cell(0, 0).merge(table.cell(0, 1))
    merged.text = "1.1 Målområde 1: Veta mer"
    table.cell(1, 0).text, table.cell(1, 1).text = HEADER
    table.cell(2, 0).text, table.cell(2, 1).text = "Strategi 1:1 Veta.", "Ja"
    assert shown(read(document)) == [
        (None, "1.1 Målområde 1: Veta mer"),
        ((0, 2, 0), "Strategi 1:1 Veta."),
        ((0, 2, 1), "Ja"),
    ]


def test_a_cell_merged_downwards_holds_its_rows_together() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = HEADER
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Strategi 1:1 Veta."
    table.cell(1, 1).text, table.cell(2, 1).text = "Ja", "Vi vet."
    table.cell(3, 0).text, table.cell(3, 1).text = "Strategi 1:2 Göra.", "Nej"
    # What Word keeps in the lower half of a merged cell is not shown.
    table.rows[2]._tr.tc_lst[0].p_lst[0].add_r().add_t("Osynligt.")
    rows = [(line.place.cell[1:] if line.place.cell else None, line.text) for line in read(document).lines if not line.furniture]
    assert rows == [
        ((1, 0), "Strategi 1:1 Veta."),
        ((1, 1), "Ja"),
        ((1, 1), "Vi vet."),
        ((2, 0), "Strategi 1:2 Göra."),
        ((2, 1), "Nej"),
    ]


def test_a_table_in_a_cell_is_part_of_that_cell() -> None:
    document = form()
    inner = document.tables[0].cell(1, 1).add_table(rows=2, cols=2)
    for cell, words in zip([c for row in inner.rows for c in row.cells], ("År", "Antal", "2023", "17"), strict=True):
        cell.text = words
    comment = [line.text for line in read(document).lines if line.place.cell == (0, 1, 1)]
    assert comment == ["Ja", "Vi vet mer.", "Mycket mer.", "År", "Antal", "2023", "17"]


def test_a_form_inside_a_layout_table_of_one_cell_is_read_as_if_that_were_not_there() -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1).cell(0, 0)
    outer.text = "1.1 Målområde 1: Veta"
    inner = outer.add_table(rows=2, cols=2)
    for cell, words in zip([c for row in inner.rows for c in row.cells], (*HEADER, "Strategi 1:1 Veta.", "Ja"), strict=True):
        cell.text = words
    assert shown(read(document)) == [(None, "1.1 Målområde 1: Veta"), ((1, 1, 0), "Strategi 1:1 Veta."), ((1, 1, 1), "Ja")]


def test_columns_in_another_order_become_the_two_sides() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=6)
    names = ("Kommentar", "Svar", "Strategi", "Kod", "Förväntat resultat", "Ansvarig")
    values = ("Vi vet.", "Ja", "Staden ska veta.", "1:1", "Mer kunskap", "Kalle")
    for column, (name, value) in enumerate(zip(names, values, strict=True)):
        table.cell(0, column).text, table.cell(1, column).text = name, value
    document = read(document)
    lines = [line for line in document.lines if line.place.cell and line.place.cell[1] == 1]
    assert [(line.text, line.place.cell and line.place.cell[2], line.wraps, line.furniture) for line in lines] == [
        ("Kalle", 5, False, True),
        ("1:1", 0, True, False),
        ("Staden ska veta.", 0, False, False),
        ("Förväntat resultat: Mer kunskap", 0, False, False),
        ("Ja", 1, False, False),
        ("Vi vet.", 1, False, False),
    ]


TRACKED = (
    '<w:p><w:r><w:t xml:space="preserve">Vi har </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>elva</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="A"><w:r><w:t>tolv</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> platser</w:t></w:r>'
    '<w:moveFrom w:id="3" w:author="A"><w:r><w:t xml:space="preserve"> i söder</w:t></w:r></w:moveFrom><w:r><w:t>.</w:t></w:r></w:p>'
)


def test_tracked_changes_give_the_accepted_text_and_tell_what_is_struck() -> None:
    document = read(with_body(TRACKED))
    assert texts(document) == ["Vi har tolv platser."]
    assert [(d.code, d.text) for d in document.diagnostics] == [("tracked_changes", "elva i söder")]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    document = with_body(
        "<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='A'/></w:rPr></w:pPr><w:r><w:t>Arbetet går </w:t></w:r></w:p>",
        "<w:p><w:r><w:t>framåt.</w:t></w:r></w:p>",
    )
    for element in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    assert texts(read(document)) == ["Arbetet går framåt."]


def test_a_deleted_row_is_gone_and_an_inserted_one_is_there() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, words in zip(table.rows, (HEADER, ("Strategi 1:1 Borta.", "Ja"), ("Strategi 1:2 Kvar.", "Nej")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {SPACES} w:id="1" w:author="A"/>'))
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f'<w:ins {SPACES} w:id="2" w:author="A"/>'))
    assert texts(read(document)) == ["Strategi 1:2 Kvar.", "Nej"]


BOX = (
    "<w:p><w:r><w:t>Före.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    "<w:p><w:r><w:t>I rutan.</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:t>I rutan.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t xml:space='preserve"
    "'> Efter.</w:t></w:r></w:p>"
)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    document = read(with_body(BOX))
    assert texts(document) == ["Före. Efter.", "I rutan."]
    assert [d.code for d in document.diagnostics] == ["text_boxes"]


def test_content_controls_are_read_but_for_prompts() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    inline = (
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Klicka här</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Ifyllt.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    document = read(with_body(control.format("", "Ur fältet."), inline))
    assert texts(document) == ["Ur fältet.", "Ifyllt."]
    assert [(d.code, d.text) for d in document.diagnostics] == [("empty_field", "Klicka här")]


def test_what_runs_hold_besides_text() -> None:
    document = read(
        with_body(
            "<w:p><w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>tjänst</w:t><w:tab/><w:t>före</w:t><w:softHyphen/><w:t>byggande</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>Rad ett</w:t><w:br/><w:t>Rad två</w:t></w:r></w:p>",
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Dolt.</w:t></w:r><w:r><w:t>Synligt.</w:t></w:r></w:p>",
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>Länken.</w:t></w:r></w:hyperlink></w:p>",
        )
    )
    assert texts(document) == ["E-tjänst förebyggande", "Rad ett", "Rad två", "Synligt.", "Länken."]
    assert [(d.code, d.text) for d in document.diagnostics] == [("hidden_text", "Dolt.")]


def test_ticked_boxes_are_an_answer() -> None:
    document = form()
    document.tables[0].cell(1, 1).paragraphs[0].clear().add_run("☐ Ja  ☒ Nej")
    found = read(document)
    assert [line.text for line in found.lines if line.place.cell == (0, 1, 1)] == ["Nej", "Vi vet mer.", "Mycket mer."]
    assert [(d.code, d.text) for d in found.diagnostics] == [("ticked_box", "☐ Ja ☒ Nej")]


NUMBERING = f"""<w:numbering {SPACES}>
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"""


def test_automatic_numbers_are_written_out() -> None:
    document = docx.Document()
    part = document.part.numbering_part
    part._element = parse_xml(NUMBERING)
    plain = [("Program", 1, 0), ("Område ett", 1, 1), ("Område två", 1, 1), ("Plan", 1, 0), ("Område", 1, 1), ("Punkt", 2, 0)]
    for text, number, level in plain:
        paragraph = document.add_paragraph(text)
        listed = f'<w:numPr {SPACES}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(listed))
    assert texts(read(document)) == ["1 Program", "1.1 Område ett", "1.2 Område två", "2 Plan", "2.1 Område", "• Punkt"]


def test_numbers_count_as_word_does() -> None:
    levels = {0: Level("upperRoman", "%1.", 1), 1: Level("lowerLetter", "%2)", 1), 2: Level("decimalZero", "%1-%3", 5)}
    numbers = Numbers({"1": levels, "2": levels}, {"1": "a", "2": "a"}, {("2", 0): 9})
    asked = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("1", 2), ("2", 0), ("2", 0), ("3", 0), ("1", 5)]
    assert [numbers.prefix(*key) for key in asked] == ["I.", "a)", "b)", "II.", "a)", "II-05", "IX.", "X.", "", ""]


def test_footnotes_follow_the_paragraph_they_hang_on() -> None:
    data = saved(with_body("<w:p><w:r><w:t>Brotten minskar.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f"<w:footnotes {SPACES}><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Enligt polisen.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )

    def change(name: str, part: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            return part.replace(
                b"</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="notes.xml"/></Relationships>'.encode()
            )
        return part

    with zipfile.ZipFile(out := io.BytesIO(rewritten(data, change)), "a") as archive:
        archive.writestr("word/notes.xml", notes)
    document = docx_file.read(out.getvalue(), "noter.docx")
    assert texts(document) == ["Brotten minskar.", "Enligt polisen."]
    assert [d.code for d in document.diagnostics] == ["notes_moved"]


def test_headers_and_footers_are_furniture_once() -> None:
    document = form()
    section = document.sections[0]
    section.header.paragraphs[0].text = "Socialförvaltningen"
    section.footer.paragraphs[0].text = "Uppföljning 2024"
    second = document.add_section().footer
    second.is_linked_to_previous = False
    second.paragraphs[0].text = "Uppföljning 2024"
    found = read(document)
    edges = [line.text for line in found.lines if line.furniture and line.place.cell is None]
    assert edges == ["Socialförvaltningen", "Uppföljning 2024"]
    assert (found.lines[0].text, found.lines[-1].text) == ("Socialförvaltningen", "Uppföljning 2024")


def test_the_contents_list_is_furniture() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("1.1 Målområde 1: Veta\t3", style="toc 1")
    document.add_paragraph("Text.")
    assert [(line.text, line.furniture) for line in read(document).lines] == [("1.1 Målområde 1: Veta 3", True), ("Text.", False)]


def test_properties_are_the_files_own() -> None:
    document = form()
    document.core_properties.title, document.core_properties.author = "Uppföljning 2024", "Socialförvaltningen"
    found = dict(read(document).properties)
    assert (found["title"], found["author"]) == ("Uppföljning 2024", "Socialförvaltningen")


# ------------------------------------------------------------------------------------------------------------- refused files
WHOLE = saved(form())


def deep(levels: int) -> bytes:
    inside = b"<w:sdt><w:sdtContent>" * levels + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * levels
    return rewritten(
        WHOLE, lambda name, part: part.replace(b"<w:body>", b"<w:body>" + inside) if name == "word/document.xml" else part
    )


def swollen(letters: int) -> bytes:
    return rewritten(WHOLE, lambda name, part: part.replace(b"Slut.", b"a" * letters) if name == "word/document.xml" else part)


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
EXTERNAL = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", UnreadableFile, "tom"),
        (b"%PDF-1.4 ...", UnknownFormat, "ingen Word-fil"),
        (ENCRYPTED, UnreadableFile, "lösenord"),
        (ENCRYPTED[:400], UnknownFormat, "äldre Office-format"),
        (WHOLE[: len(WHOLE) // 2], UnreadableFile, "avklippt"),
        (rewritten(WHOLE, lambda name, part: None if name == "word/document.xml" else part), UnknownFormat, "zip-arkiv"),
        (
            rewritten(WHOLE, lambda name, part: EXTERNAL + part if name == "word/styles.xml" else part),
            UnreadableFile,
            "dokumenttyp",
        ),
        (rewritten(WHOLE, lambda name, part: part[:-30] if name == "word/document.xml" else part), UnreadableFile, "skadad"),
        (saved(docx.Document()), UnreadableFile, "ingen text"),
        (deep(5_000), TooLarge, "nivåer"),
        (swollen(office_archive.LARGEST_PART), TooLarge, "packar upp"),
    ],
    ids=["empty", "pdf", "password", "old", "cut off", "zip", "entity", "xml", "blank", "deep", "bomb"],
)
def test_refused_with_the_reason_and_what_to_do(data: bytes, error: type[CorpusError], words: str) -> None:
    assert len(data) < 200_000
    with pytest.raises(error) as caught:
        docx_file.read(data, "rapport.docx")
    assert type(caught.value) is error
    assert "rapport.docx" in str(caught.value)
    assert words in str(caught.value)
    assert str(caught.value).count(".") >= 2


def test_an_archive_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_archive, "MOST_PARTS", 3)
    with pytest.raises(TooLarge, match="delar"):
        docx_file.read(WHOLE, "rapport.docx")


def test_damaged_files_are_read_or_refused_never_worse() -> None:
    outcomes = set()
    for number in range(DAMAGED):
        chance = random.Random(number)
        data = bytearray(WHOLE)
        place, length = chance.randrange(len(data)), chance.randrange(1, 1500)
        if number % 3 == 0:
            del data[place:]
        elif number % 3 == 1:
            for _ in range(chance.randrange(1, 40)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        else:
            data[place : place + length] = bytes(len(data[place : place + length]))
        try:
            lines: tuple[Line, ...] = docx_file.read(bytes(data), "skadad.docx").lines
        except CorpusError as error:
            outcomes.add(type(error).__name__)
        else:
            # What is not damaged in a part that is read is read as it was: every part has its checksum.
            assert [line.text for line in lines] == [line.text for line in docx_file.read(WHOLE, "hel.docx").lines]
    assert "UnreadableFile" in outcomes


def test_damaged_xml_is_read_or_refused_never_worse() -> None:
    """Damage below the archive's checksums: letters of the document's own XML changed."""
    for number in range(DAMAGED):
        chance = random.Random(number)

        def change(name: str, part: bytes, chance: random.Random = chance) -> bytes:
            if name not in ("word/document.xml", "word/styles.xml"):
                return part
            data = bytearray(part)
            for _ in range(chance.randrange(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(32, 127)
            return bytes(data)

        try:
            docx_file.read(rewritten(WHOLE, change), "skadad.docx")
        except CorpusError as error:
            assert "skadad.docx" in str(error)
