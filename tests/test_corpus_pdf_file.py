"""The PDF reader on real PDFs drawn here: reading order, rows over pages, line ends, furniture, and every reason to refuse a file."""

from __future__ import annotations

import io
import logging
import os
import random
import resource
import subprocess
import sys
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from corpus import pdf_file
from corpus.document import Document, Line
from corpus.errors import CorpusError, TooLarge, UnknownFormat, UnreadableFile

pytest.importorskip("reportlab", reason="PDFs are drawn with reportlab")

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT, EDGE = 50.0, 250.0, 450.0
PAD, LEADING = 5.0, 12.0
HEADER = ("Uppföljningsfrågor", "Svarsalternativ med kommentar")
DAMAGED = int(os.environ.get("DAMAGED_INPUTS", "30"))


class Sheet:
    """Draws pages from the top: free lines, and rows of two cells whose lines are given as they stand. "*" before a line is bold."""

    def __init__(self, *, ruled: bool = True, encrypt: StandardEncryption | None = None) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=(500, 700), invariant=1, encrypt=encrypt)
        self.ruled = ruled
        self.y = 60.0

    def text(self, x: float, y: float, text: str, size: float = 10) -> None:
        bold = text.startswith("*")
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, 700 - y, text.removeprefix("*"))

    def free(self, *lines: str, size: float = 10) -> Sheet:
        for line in lines:
            self.y += 1.2 * size
            self.text(LEFT, self.y, line, size)
        self.y += 8
        return self

    def row(self, *cells: Sequence[str], columns: Sequence[float] = (LEFT, RIGHT, EDGE)) -> Sheet:
        """A row; an empty string in a cell is the space between two paragraphs."""
        top, bottom = self.y, self.y
        for x, cell in zip(columns, cells, strict=False):
            y = top + PAD - 2
            for line in cell:
                y += LEADING if line else 6
                if line:
                    self.text(x + PAD, y, line)
            bottom = max(bottom, y + PAD)
        if self.ruled:
            for x in columns:
                self.canvas.line(x, 700 - top, x, 700 - bottom)
            for y in (top, bottom):
                self.canvas.line(columns[0], 700 - y, columns[-1], 700 - y)
        self.y = bottom + (0 if self.ruled else 10)
        return self

    def header(self) -> Sheet:
        return self.row([f"*{HEADER[0]}"], [f"*{HEADER[1]}"])

    def page(self, footer: str = "") -> Sheet:
        if footer:
            self.text(LEFT, 680, footer, 8)
        self.canvas.showPage()
        self.y = 60.0
        return self

    def read(self, name: str = "rapport.pdf") -> Document:
        return pdf_file.read(self.bytes(), name)

    def bytes(self) -> bytes:
        if not self.out.getvalue():
            self.canvas.save()
        return self.out.getvalue()


def shown(document: Document) -> list[tuple[Any, ...]]:
    """(cell, text) of every line of content, in order."""
    return [(line.place.cell, line.text) for line in document.lines if not line.furniture]


def cell(document: Document, column: int, *, row: int = 1) -> list[Line]:
    return [
        line
        for line in document.lines
        if not line.furniture and line.place.cell is not None and line.place.cell[1:] == (row, column)
    ]


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Lines joined as their ends tell."""
    found = [""]
    for line in lines:
        found[-1] += line.text
        if line.wraps:
            found[-1] += " "
        else:
            found.append("")
    return found[:-1]


QUESTION = ["*Har ni en lägesbild som alla känner", "*till?"]
STATEMENT = ["", "Strategi 1:1 Staden ska ha en bild av", "läget."]
COMMENT = ["Ja", "", "Lägesbilden görs varje år i mars av", "trygghetssamordnaren.", "", "Den används mycket."]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_cells_are_read_one_after_the_other(ruled: bool) -> None:
    sheet = Sheet(ruled=ruled).free("*1.1 Målområde 1: Veta mer").header()
    sheet.row(QUESTION + STATEMENT, COMMENT).row(["*Nästa fråga?", "", "Strategi 1:2 Annat."], ["Nej", "", "Inte än."])
    document = sheet.read()
    assert shown(document) == [
        (None, "1.1 Målområde 1: Veta mer"),
        ((0, 1, 0), "Har ni en lägesbild som alla känner"),
        ((0, 1, 0), "till?"),
        ((0, 1, 0), "Strategi 1:1 Staden ska ha en bild av"),
        ((0, 1, 0), "läget."),
        ((0, 1, 1), "Ja"),
        ((0, 1, 1), "Lägesbilden görs varje år i mars av"),
        ((0, 1, 1), "trygghetssamordnaren."),
        ((0, 1, 1), "Den används mycket."),
        ((0, 2, 0), "Nästa fråga?"),
        ((0, 2, 0), "Strategi 1:2 Annat."),
        ((0, 2, 1), "Nej"),
        ((0, 2, 1), "Inte än."),
    ]
    assert [line.text for line in document.lines if line.furniture] == list(HEADER)
    assert paragraphs(cell(document, 1)) == [
        "Ja",
        "Lägesbilden görs varje år i mars av trygghetssamordnaren.",
        "Den används mycket.",
    ]
    assert paragraphs(cell(document, 0)) == [
        "Har ni en lägesbild som alla känner till?",
        "Strategi 1:1 Staden ska ha en bild av läget.",
    ]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_a_row_goes_on_over_the_page_break_with_its_header_repeated(ruled: bool) -> None:
    sheet = Sheet(ruled=ruled).header().row(QUESTION + STATEMENT, ["Ja", "", "Här börjar en mening som avbryts vid"]).page("Sida 1")
    sheet.header().header().row([], ["sidans slut."]).row(["*Ny?", "", "Strategi 1:2 Ny."], ["Ja", "", "Klart."]).page("Sida 2")
    document = sheet.read()
    comment = cell(document, 1)
    assert [line.text for line in comment] == ["Ja", "Här börjar en mening som avbryts vid", "sidans slut."]
    assert [line.place.page for line in comment] == [1, 1, 2]
    assert [line.wraps for line in comment] == [False, True, False]
    assert sum(line.text == HEADER[0] and line.furniture for line in document.lines) == 3
    assert [line.text for line in document.lines if line.text.startswith("Sida")] == ["Sida 1", "Sida 2"]
    assert all(line.furniture for line in document.lines if line.text.startswith("Sida"))
    assert [line.text for line in document.lines if line.page_start] == [HEADER[0], HEADER[0]]
    new = [line.text for line in document.lines if not line.furniture and line.place.cell and line.place.cell[1] > 1]
    assert new == ["Ny?", "Strategi 1:2 Ny.", "Ja", "Klart."]
    assert "stitched_rows" in [d.code for d in document.diagnostics]


def test_a_repeated_header_without_a_rule_below_it_is_a_header_all_the_same() -> None:
    sheet = Sheet().header().row(QUESTION + STATEMENT, ["Ja", "", "Klart."]).page("Sida 1")
    sheet.row([f"*{HEADER[0]}", "", "Förväntat resultat: Mer", "ordning."], [f"*{HEADER[1]}"]).page("Sida 2")
    document = sheet.read()
    assert [line.text for line in cell(document, 0)] == [
        *(line.removeprefix("*") for line in QUESTION),
        *STATEMENT[1:],
        "Förväntat resultat: Mer",
        "ordning.",
    ]
    assert [line.text for line in cell(document, 1)] == ["Ja", "Klart."]
    assert [line.text for line in document.lines if line.furniture and line.text in HEADER] == [*HEADER, *HEADER]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (QUESTION + STATEMENT[:2], STATEMENT[2:]),
        (QUESTION, STATEMENT[1:]),
        (QUESTION[:1], QUESTION[1:] + STATEMENT),
        ([*QUESTION, "", "Genomförs aktiviteter så att målet nås med"], ["insats 1:1.", "", "Förväntat resultat: Bättre"]),
        (QUESTION, ["*(Samtliga nämnder och styrelser)", *STATEMENT]),
    ],
    ids=["statement", "between", "question", "before the code", "in brackets"],
)
def test_a_left_cell_cut_by_a_page_break_belongs_to_its_row(before: list[str], after: list[str]) -> None:
    sheet = Sheet().header().row(before, ["Ja", "", "Här börjar en mening som avbryts vid"]).page()
    document = sheet.header().row(after, ["sidans slut."]).read()
    wanted = [line.removeprefix("*") for line in before + after if line]
    assert [line.text for line in cell(document, 0)] == wanted
    assert [line.text for line in cell(document, 1)] == ["Ja", "Här börjar en mening som avbryts vid", "sidans slut."]


def test_a_new_item_at_the_top_of_a_page_is_a_new_row() -> None:
    sheet = Sheet().header().row(QUESTION + STATEMENT, COMMENT).page()
    document = sheet.header().row(["*Ny fråga?", "", "Strategi 1:2 Ny."], ["Ett svar utan ja eller nej."]).read()
    rows = {line.place.cell[1] for line in document.lines if line.place.cell and not line.furniture}
    assert len(rows) == 2
    assert "stitched_rows" not in [d.code for d in document.diagnostics]


def test_a_heading_between_two_tables_begins_a_new_table() -> None:
    sheet = Sheet().header().row(QUESTION + STATEMENT, COMMENT).free("", "*1.2 Målområde 2: Mer")
    document = sheet.header().row(["*Ny?", "", "Strategi 2:1 Ny."], ["Ja"]).read()
    tables = [line.place.cell and line.place.cell[0] for line in document.lines if not line.furniture]
    assert tables == [0] * 8 + [None] + [1] * 3


def test_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    width = RIGHT - LEFT - 2 * PAD
    full = "Den här raden är precis så bred att det"
    assert width - stringWidth(full, "Helvetica", 10) < stringWidth(" inget", "Helvetica", 10)
    document = Sheet().header().row(["*Fråga?"], [full, "inget mer får plats på den.", "Detta är ett nytt stycke."]).read()
    assert [line.wraps for line in cell(document, 1)] == [True, False, False]


def test_a_paragraph_ends_at_extra_space_although_its_line_is_full() -> None:
    full = "Den här raden är precis så bred att det"
    comment = [full, "inget mer får plats på raden ovan och", "", "trygghetssamordnaren börjar om här."]
    document = Sheet().header().row(["*Fråga?"], comment).read()
    assert [line.wraps for line in cell(document, 1)] == [True, False, False]


def test_hyphens_at_line_ends() -> None:
    """One that the text has stays as it is; one that line breaking put in, proven by the whole word elsewhere, becomes a soft hyphen."""
    comment = ["Vi bygger trygghetsfrämjande- och", "förebyggande verksamhet i ny-", "och ombyggda områden, och det före-"]
    comment += ["byggande arbetet leds av en ANDTS-", "samordnare."]
    document = Sheet().header().row(["*Fråga?"], comment).read()
    assert [line.text for line in cell(document, 1)] == [
        "Vi bygger trygghetsfrämjande- och",
        "förebyggande verksamhet i ny-",
        "och ombyggda områden, och det före\u00ad",
        "byggande arbetet leds av en ANDTS-",
        "samordnare.",
    ]


def test_headings_are_free_lines_with_levels_by_size() -> None:
    sheet = (
        Sheet().free("*Uppföljningsrapport 2024", size=20).free("*1 Program för trygghet i hela staden och", "*dess delar", size=16)
    )
    document = sheet.free("Vanlig text i samma bredd som allt annat på den här sidan.", "Den fortsätter.").read()
    levels = [(line.text, line.heading, line.bold, line.wraps) for line in document.lines]
    assert levels == [
        ("Uppföljningsrapport 2024", 1, True, False),
        ("1 Program för trygghet i hela staden och", 2, True, True),
        ("dess delar", 2, True, False),
        ("Vanlig text i samma bredd som allt annat på den här sidan.", None, False, False),
        ("Den fortsätter.", None, False, False),
    ]


def test_only_what_stands_at_the_same_height_on_many_pages_is_furniture() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.text(LEFT, 40, "Stadens rapport", 8)
        sheet.y = 100.0 + 10 * number
        sheet.free("Samma mening på varje sida.", f"Bilaga {number}").page(f"{number} (4)")
    document = sheet.read()
    assert [line.text for line in document.lines if line.furniture] == [
        text for number in range(1, 5) for text in ("Stadens rapport", f"{number} (4)")
    ]
    assert sum(line.text == "Samma mening på varje sida." for line in document.lines if not line.furniture) == 4


def test_the_end_of_a_sentence_is_content_though_two_pages_share_it() -> None:
    sheet = Sheet()
    for _ in range(3):
        sheet.free("och skola där.").page()
    assert [line.furniture for line in sheet.read().lines] == [False, False, False]


def test_numbers_that_do_not_follow_the_pages_are_content() -> None:
    sheet = Sheet()
    for number in (7, 3, 9):
        sheet.free(f"Antal ärenden {number}").page()
    assert [line.furniture for line in sheet.read().lines] == [False, False, False]


def test_three_named_columns_become_the_two_sides() -> None:
    columns = (LEFT, 200.0, 250.0, EDGE)
    sheet = Sheet().row(["*Strategi"], ["*Svar"], ["*Kommentar"], columns=columns)
    document = sheet.row(["Strategi 1:1 Staden", "ska veta mer."], ["Ja"], ["Vi vet mer."], columns=columns).read()
    assert [(line.place.cell, line.text) for line in document.lines if not line.furniture] == [
        ((0, 1, 0), "Strategi 1:1 Staden"),
        ((0, 1, 0), "ska veta mer."),
        ((0, 1, 1), "Ja"),
        ((0, 1, 1), "Vi vet mer."),
    ]


def test_a_row_of_one_cell_over_the_whole_width_is_free_text() -> None:
    sheet = Sheet().header().row(QUESTION + STATEMENT, COMMENT)
    document = sheet.row(["*1.1.2 Målområde 2: Mer"], columns=(LEFT, EDGE)).row(["*Ny?", "", "Strategi 2:1 Ny."], ["Ja"]).read()
    free = [line for line in document.lines if line.place.cell is None]
    assert [line.text for line in free] == ["1.1.2 Målområde 2: Mer"]


def test_running_text_set_with_tabs_is_no_table() -> None:
    sheet = Sheet(ruled=False)
    for line in ("Datum", "Diarienummer", "Handläggare", "Nämnd"):
        sheet.y += 14
        sheet.text(LEFT, sheet.y, line)
        sheet.text(RIGHT, sheet.y, "uppgift saknas")
    assert all(line.place.cell is None for line in sheet.read().lines)


def test_places_count_in_the_text_and_boxes_hold_the_words() -> None:
    document = Sheet().header().row(QUESTION + STATEMENT, COMMENT).read()
    for line in document.lines:
        assert document.text[line.place.start : line.place.end] == line.text
    first = cell(document, 0)[0]
    assert first.place.box is not None
    x0, top, x1, bottom = first.place.box
    assert x0 == pytest.approx(LEFT + PAD, abs=0.5)
    assert x1 == pytest.approx(LEFT + PAD + stringWidth(first.text, "Helvetica-Bold", 10), abs=0.5)
    assert 0 < bottom - top < 14
    assert first.place.page == 1


def test_the_contents_list_is_furniture() -> None:
    document = Sheet().free("1.1 Uppföljning av arbetet ............ 3", "Inledning med vanlig text på raden.").read()
    assert [line.furniture for line in document.lines] == [True, False]


def test_rotated_words_are_told_of_and_left_out() -> None:
    sheet = Sheet().free("Rapporten är på en sida.", "Den har en stämpel.")
    sheet.canvas.saveState()
    sheet.canvas.translate(200, 300)
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(0, 0, "UTKAST")
    sheet.canvas.restoreState()
    document = sheet.read()
    assert [line.text for line in document.lines] == ["Rapporten är på en sida.", "Den har en stämpel."]
    assert [d.code for d in document.diagnostics] == ["rotated_text"]


def test_properties_are_the_files_own() -> None:
    sheet = Sheet().free("Rapporten är på en sida.")
    sheet.canvas.setTitle("Uppföljning 2024")
    sheet.canvas.setAuthor("Socialförvaltningen")
    assert dict(sheet.read().properties) | {"created": ""} == {
        "title": "Uppföljning 2024",
        "author": "Socialförvaltningen",
        "subject": "unspecified",
        "created": "",
        "modified": "2000-01-01",
    }


# ------------------------------------------------------------------------------------------------------------- refused files
def scanned() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(500, 700), invariant=1)
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (50, 70), 200)), 0, 0, 500, 700)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


WHOLE = Sheet().header().row(QUESTION + STATEMENT, COMMENT).bytes()


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", UnreadableFile, "tom"),
        (b"\x00" * 100, UnreadableFile, "tom"),
        (b"Uppf\xc3\xb6ljning i text", UnknownFormat, "ingen PDF"),
        (b"PK\x03\x04" + b"x" * 100, UnknownFormat, "Word- eller Excelfil"),
        (WHOLE[: len(WHOLE) // 2], UnreadableFile, "avklippt"),
        (b"%PDF-1.4\n%%EOF\n", UnreadableFile, "skadad"),
        (scanned(), UnreadableFile, "inskannad"),
        (Sheet().page().bytes(), UnreadableFile, "ingen text"),
        (Sheet(encrypt=StandardEncryption("hemligt", strength=128)).free("Text").bytes(), UnreadableFile, "lösenord"),
    ],
    ids=["empty", "zeros", "text", "zip", "cut off", "hollow", "scanned", "blank", "password"],
)
def test_refused_with_the_reason_and_what_to_do(data: bytes, error: type[CorpusError], words: str) -> None:
    with pytest.raises(error) as caught:
        pdf_file.read(data, "rapport.pdf")
    assert type(caught.value) is error
    assert "rapport.pdf" in str(caught.value)
    assert words in str(caught.value)
    assert str(caught.value).count(".") >= 2


def test_a_file_protected_against_changes_only_is_read() -> None:
    sheet = Sheet(encrypt=StandardEncryption("", ownerPassword="annat", canModify=0, strength=128)).free("Läsbar text här.")
    assert [line.text for line in sheet.read().lines] == ["Läsbar text här."]


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(b" " * (pdf_file.check.__globals__["LARGEST_STREAM"] + 1), 9)
    data = WHOLE.replace(b"endobj", b"endobj\n99 0 obj\n<</Filter/FlateDecode>>\nstream\n" + bomb + b"\nendstream\nendobj", 1)
    assert len(data) < 500_000
    with pytest.raises(TooLarge):
        pdf_file.read(data, "bomb.pdf")


def test_a_file_whose_glyphs_have_no_letters_is_refused() -> None:
    """Every glyph of the font is named so that no letter can be told."""
    differences = b"/Differences [32" + b"".join(b" /xyz%03d" % n for n in range(32, 127)) + b"]"
    data = WHOLE.replace(b"/Encoding /WinAnsiEncoding", b"/Encoding << /Type /Encoding " + differences + b" >>")
    assert data != WHOLE
    with pytest.raises(UnreadableFile, match="teckentabell"):
        pdf_file.read(data, "typsnitt.pdf")


# ------------------------------------------------------------------------------------------------------------ damaged files
def damaged(data: bytes, number: int) -> bytes:
    """The ``number``-th damaged copy: cut off, bits flipped, a piece zeroed, a piece twice."""
    chance = random.Random(number)
    out = bytearray(data)
    place, length = chance.randrange(len(out)), chance.randrange(1, 1500)
    kind = number % 4
    if kind == 0:
        del out[place:]
    elif kind == 1:
        for _ in range(chance.randrange(1, 40)):
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    elif kind == 2:
        out[place : place + length] = bytes(len(out[place : place + length]))
    else:
        out[place:place] = out[place : place + length]
    return bytes(out)


def test_damaged_files_are_read_or_refused_never_worse(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    outcomes = set()
    for number in range(DAMAGED):
        try:
            document = pdf_file.read(damaged(WHOLE, number), "skadad.pdf")
        except CorpusError as error:
            outcomes.add(type(error).__name__)
        else:
            outcomes.add("read")
            assert all(document.text[line.place.start : line.place.end] == line.text for line in document.lines)
    assert "UnreadableFile" in outcomes


def test_content_lost_in_unpacking_is_an_error() -> None:
    """The last bytes of a page's stream are wrong: the library reads on with a line in its log, we do not."""
    sheet = Sheet()
    sheet.canvas.setPageCompression(1)
    data = sheet.header().row(QUESTION + STATEMENT, COMMENT).bytes()
    assert pdf_file.read(data, "hel.pdf").lines
    end = data.index(b"endstream")
    broken = data[: end - 40] + b"\x00" * 20 + data[end - 20 :]
    with pytest.raises(UnreadableFile, match="skadad"):
        pdf_file.read(broken, "skadad.pdf")


def by_hand(contents: bytes) -> bytes:
    """A PDF of one page with ``contents`` as its compressed instructions, whatever they are."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 700]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(contents), contents),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def test_a_page_cut_short_in_its_middle_is_an_error_but_a_lost_checksum_is_none() -> None:
    text = b"".join(b"BT /F1 10 Tf 50 %d Td (Rad nummer %d i sidan) Tj ET\n" % (650 - 12 * n, n) for n in range(40))
    whole = zlib.compress(text)
    assert len(pdf_file.read(by_hand(whole), "hel.pdf").lines) == 40
    assert len(pdf_file.read(by_hand(whole[:-4]), "hel.pdf").lines) == 40
    for broken in (whole[:-40], whole[:-4] + b"\x00\x00\x00\x00"):
        with pytest.raises(UnreadableFile, match="sida 1"):
            pdf_file.read(by_hand(broken), "skadad.pdf")


def test_a_page_that_cannot_be_found_or_whose_fonts_cannot_is_an_error() -> None:
    data = Sheet().free("Sidan ett.").page().free("Sidan två.").bytes()
    assert [line.place.page for line in pdf_file.read(data, "hel.pdf").lines] == [1, 2]
    for lost in (data.replace(b"/Type /Page\n", b"/Type /Pagx\n", 1), data.replace(b"/Resources", b"/Resourcez", 1)):
        assert lost != data
        with pytest.raises(UnreadableFile, match="skadad"):
            pdf_file.read(lost, "skadad.pdf")


def test_a_page_of_blanks_is_no_damage() -> None:
    assert [line.text for line in Sheet().free("Sidan ett.").page().free(" ", "  ").read().lines] == ["Sidan ett."]


def test_noise_of_many_megabytes_is_refused_at_once() -> None:
    noise = random.Random(1).randbytes(8_000_000)
    with pytest.raises(UnreadableFile, match="skadad"):
        pdf_file.read(WHOLE[:500] + noise + WHOLE[500:], "brus.pdf")


@pytest.mark.slow
def test_three_hundred_pages_stay_below_a_gigabyte() -> None:
    code = (
        "import resource, sys\n"
        "from corpus import pdf_file\n"
        "document = pdf_file.read(sys.stdin.buffer.read(), 'stor.pdf')\n"
        "print(max(line.place.page for line in document.lines), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    sheet = Sheet()
    for number in range(1, 301):
        sheet.header()
        for _ in range(4):
            sheet.row(QUESTION + STATEMENT, COMMENT)
        sheet.page(f"Sida {number}")
    result = subprocess.run([sys.executable, "-c", code], input=sheet.bytes(), capture_output=True, check=True)
    pages, kilobytes = map(int, result.stdout.split())
    assert pages == 300
    assert kilobytes < 1_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


def test_a_cut_compound_goes_on_although_the_next_word_would_have_fitted() -> None:
    document = Sheet().header().row(QUESTION + STATEMENT, ["Ja", "", "Vi bygger ny-", "och om på alla skolor."]).read()
    assert paragraphs(cell(document, 1)) == ["Ja", "Vi bygger ny- och om på alla skolor."]
