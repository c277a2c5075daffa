"""The sample reports: what they hold, that they are made the same each time, and that every format is parsed back field by field."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corpus import parse_report, read_bytes, read_document, samples
from corpus.accounting import account
from corpus.document import Document
from corpus.model import Item, Report
from corpus.samples import SampleReport, text_form
from corpus.samples.build import FORMATS, build, render
from corpus.samples.contents import load, own_organisation

FIELDS = (
    *("organisation", "year", "plan", "plan_title", "area", "kind", "code", "code_as_written", "question", "statement"),
    *("expected_result", "answer", "comment", "ordinal", "position"),
)
REPORTS = {report.stem: report for report in samples.load_source()}
FILES = [(stem, format) for stem in REPORTS for format in FORMATS]
REAL = sorted((Path(__file__).parents[2] / "shared" / "reports").glob("*.txt"))


def fields(item: Item) -> dict[str, Any]:
    """The item's fields with white space as single blanks, paragraphs kept."""

    def normal(value: Any) -> Any:
        return "\n\n".join(" ".join(p.split()) for p in value.split("\n\n")) if isinstance(value, str) else value

    return {name: normal(getattr(item, name)) for name in FIELDS}


@cache
def document_of(path: Path) -> Document:
    return read_document(path)


def parsed(path: Path, source: SampleReport) -> Report:
    return parse_report(document_of(path), organisation=source.organisation, year=source.year)


def path_of(stem: str, format: str) -> Path:
    return next(path for path in samples.paths(format) if path.stem == stem)


# ----------------------------------------------------------------------------------------------------------------- the sources
def test_two_organisations_four_years_and_two() -> None:
    assert list(REPORTS) == ["a-2022", "a-2023", "a-2024", "a-2025", "b-2024", "b-2025"]
    assert [len(report.items) for report in REPORTS.values()] == [35, 35, 36, 36, 36, 36]
    assert {report.organisation for report in REPORTS.values() if report.organisation_id == "a"} == {samples.ORGANISATION}
    assert own_organisation() == (samples.ORGANISATION, samples.CURRENT_YEAR)
    for report in REPORTS.values():
        assert Counter(item.kind for item in report.items if report.year > 2023) in (
            Counter(),
            Counter({"strategi": 18, "insats": 15, "åtgärd": 3}),
        )
        assert [item.position for item in report.items] == list(range(len(report.items)))
        assert len(set(report.ids)) == len(report.items)


def test_a_renumbered_item_keeps_its_name_in_the_sources() -> None:
    codes = {stem: dict(zip(report.ids, (item.code for item in report.items), strict=True)) for stem, report in REPORTS.items()}
    assert [codes[f"a-{year}"]["p1-3:5"] for year in (2022, 2023, 2024, 2025)] == ["3:4", "3:4", "3:5", "3:5"]
    assert ["p1-3:4" in codes[f"a-{year}"] for year in (2022, 2023, 2024, 2025)] == [False, False, True, True]
    assert [item.code_as_written for item in REPORTS["a-2024"].items if item.code != item.code_as_written] == ["1.2"]


def test_many_comments_are_written_and_about_a_third_stay_as_they_were() -> None:
    written, unchanged, later = set(), 0, 0
    for organisation, years in (("a", (2022, 2023, 2024, 2025)), ("b", (2024, 2025))):
        before: dict[str, str] = {}
        for year in years:
            report = REPORTS[f"{organisation}-{year}"]
            comments = dict(zip(report.ids, (item.comment for item in report.items), strict=True))
            later += len(comments) if before else 0
            unchanged += sum(before.get(name) == comment for name, comment in comments.items())
            written |= set(comments.values())
            before = comments
    assert len(written) >= 140
    assert 0.2 < unchanged / later < 0.45


def test_the_coming_year_has_notes_and_the_comments_then_written() -> None:
    notes = samples.notes()
    assert [note.id for note in notes] == list(REPORTS["a-2025"].ids)
    for note in notes:
        assert note.item.year == samples.CURRENT_YEAR
        assert note.item.organisation == samples.ORGANISATION
        assert note.notes and all(note.notes)
        assert note.comment == note.item.comment != ""
        assert note.answer == note.item.answer


def test_a_source_that_lacks_a_comment_is_an_error(tmp_path: Path) -> None:
    folder = Path(samples.__file__).parent / "source"
    for path in folder.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(
            text.replace('item = "p3-2:1"\nyear = 2023', 'item = "p3-2:1"\nyear = 1999'), encoding="utf-8"
        )
    with pytest.raises(ValueError, match=r"p3-2:1"):
        load(tmp_path)


@pytest.mark.skipif(not REAL, reason="det finns ingen verklig rapport att jämföra med på den här datorn")
def test_no_eight_words_in_a_row_are_a_real_reports() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    real = set().union(*(runs(path.read_text(encoding="utf-8")) for path in REAL))
    for report in REPORTS.values():
        for item in report.items:
            for text in (item.plan_title, item.area, item.question, item.statement, item.expected_result, item.comment):
                assert not runs(text) & real
    for note in samples.notes():
        assert not any(runs(text) & real for text in (note.comment, *note.notes))


# ------------------------------------------------------------------------------------------------------------------- the files
def test_paths_are_in_the_order_of_the_sources() -> None:
    for format in FORMATS:
        assert [path.stem for path in samples.paths(format)] == list(REPORTS)
        assert all(path.suffix == f".{format}" for path in samples.paths(format))
    with pytest.raises(ValueError, match="odt"):
        samples.paths("odt")
    assert sum(path.stat().st_size for format in FORMATS for path in samples.paths(format)) < 3_000_000


def test_the_files_are_made_the_same_each_time(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in build(tmp_path / "one")}
    second = {path.name: path.read_bytes() for path in build(tmp_path / "two")}
    assert first == second
    assert len(first) == len(FILES)


@pytest.mark.parametrize(("stem", "format"), FILES)
def test_the_committed_file_is_what_its_source_gives(stem: str, format: str) -> None:
    """Byte for byte as text; as DOCX part by part and as PDF line by line, since compression differs between machines."""
    committed, fresh = path_of(stem, format).read_bytes(), render(REPORTS[stem], format)
    if format == "txt":
        assert committed == fresh
    elif format == "docx":
        with zipfile.ZipFile(io.BytesIO(committed)) as old, zipfile.ZipFile(io.BytesIO(fresh)) as new:
            assert old.namelist() == new.namelist()
            assert all(old.read(name) == new.read(name) for name in old.namelist())
            assert {member.date_time for member in old.infolist()} == {(2020, 1, 1, 0, 0, 0)}
    else:
        assert committed == fresh or document_of(path_of(stem, format)).lines == read_bytes(fresh, "a.pdf").lines


def test_the_notice_stands_on_every_page() -> None:
    for stem, report in REPORTS.items():
        pages = re.split(r"\n(?= )", path_of(stem, "txt").read_text(encoding="utf-8").rstrip("\n"))
        assert len(pages) > 5
        assert all(page.endswith(f"\n{report.notice}") for page in pages)
        pdf = document_of(path_of(stem, "pdf"))
        count = max(line.place.page or 0 for line in pdf.lines)
        assert [line.place.page for line in pdf.lines if line.text.startswith(report.notice)] == list(range(1, count + 1))
        with zipfile.ZipFile(path_of(stem, "docx")) as archive:
            footers = [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(r"word/footer\d*\.xml", name)]
        assert any(report.notice in footer for footer in footers)


def test_the_text_form_has_what_text_out_of_a_pdf_has() -> None:
    text = path_of("a-2024", "txt").read_text(encoding="utf-8")
    header = " ".join(REPORTS["a-2024"].header)
    lines = text.split("\n")
    assert text.endswith("\n\n")
    assert lines[:4] == [
        " Uppföljningsrapport 2024",
        "Socialförvaltningen Norrälven",
        "Älvsunda kommun",
        "Inlämnad den 30 augusti 2024",
    ]
    assert lines.count(f" {header}") > 10
    assert f"{header}\n{REPORTS['a-2024'].notice}\n {header}\n" in text
    cut = [i for i, line in enumerate(lines) if line == f" {header}" and lines[i - 2].endswith(" ")]
    assert cut, "no sentence is cut by a page break"
    soft = sum(line.endswith(" ") for line in lines)
    assert soft > len(lines) / 3
    assert any(re.search(r"[a-zåäö]$", line) and re.match(r"[a-zåäö]", after) for line, after in itertools.pairwise(lines))
    assert any(re.search(r"\w-$", line) for line in lines)
    assert max(map(len, lines)) < 80


def test_lines_are_wrapped_with_a_blank_at_soft_ends() -> None:
    assert text_form.wrap("aaaa bbbb cccc", 9.6) == ["aaaa bbbb ", "cccc"]
    assert text_form.wrap("nnnn-nnnn nn", 6) == ["nnnn-", "nnnn ", "nn"]
    assert text_form.wrap("ny- och nnn", 4) == ["ny-", "och ", "nnn"]


# --------------------------------------------------------------------------------------------------------- parsed back exactly
@pytest.mark.parametrize(("stem", "format"), FILES)
def test_every_sample_is_parsed_back_field_by_field(stem: str, format: str) -> None:
    source = REPORTS[stem]
    report = parsed(path_of(stem, format), source)
    assert [fields(item) for item in report.items] == [fields(item) for item in source.items]
    assert account(document_of(path_of(stem, format)), report).complete
    pages = [item.page for item in report.items]
    assert all(page is None for page in pages) if format == "docx" else pages == sorted(p for p in pages if p is not None)


@pytest.mark.parametrize("stem", REPORTS)
def test_the_three_formats_give_items_equal_in_all_but_page(stem: str) -> None:
    def bare(format: str) -> list[Item]:
        items = parsed(path_of(stem, format), REPORTS[stem]).items
        return [replace(item, report_id="", page=None, comment_start=0) for item in items]

    assert bare("txt") == bare("pdf") == bare("docx")


def test_a_spreadsheet_of_a_sample_is_parsed_back_field_by_field() -> None:
    source = REPORTS["a-2024"]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["Kommentar", "Svar", "Kod", "Program", "Målområde", "Förväntat resultat", "Uppföljningsfråga", "Typ", "Strategitext"]
    )
    for item, label in source.printed():
        hour, minute = map(int, re.split("[:.]", item.code))
        # Excel takes a code with a colon for a time of day.
        code: Any = time(hour, minute) if ":" in item.code_as_written else item.code_as_written
        area = next(
            f"{a.number} {a.title}" for p in source.plans for a in p.areas if p.number == item.plan and a.title == item.area
        )
        row = [item.comment, item.answer, code, f"{item.plan} {item.plan_title}", area, item.expected_result]
        sheet.append([*row, item.question, label, item.statement])
    book.save(out := io.BytesIO())
    document = read_bytes(out.getvalue(), "a-2024.xlsx")
    report = parse_report(document, organisation=source.organisation, year=source.year)
    assert account(document, report).complete
    assert [fields(item) for item in report.items] == [fields(item) for item in source.items]


WORDS = [
    *("Arbetet", "pågår", "och", "ska", "utvecklas", "brottsförebyggande", "trygghetssamordnare", "i", "Älvsunda", "12", "2024"),
    *("ANDTS-samordnare", "t.ex.", "på", "SSPF", "lägesbilden", "(MVP)", "5:2", "polis/skola", "Delvis"),
]
WORD = st.sampled_from([*WORDS, "ny- och", "kl. 16–20"])
SENTENCE = st.lists(WORD, min_size=3, max_size=24).map(lambda words: " ".join(["Vi", *words, "där"]) + ".")
COMMENT = st.lists(st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=7).map("\n\n".join)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(st.lists(COMMENT, min_size=6, max_size=6), st.sampled_from(["a", "b"]))
def test_any_comment_laid_out_on_pages_is_read_back_from_every_format(comments: list[str], organisation: str) -> None:
    source = REPORTS["b-2025"]
    plan = source.plans[0]
    new = iter(comments)
    areas = tuple(
        replace(area, items=tuple(replace(item, comment=next(new), answer="Ja") for item in area.items[:3]), labels=area.labels[:3])
        for area in plan.areas[1:3]
    )
    report = replace(source, organisation_id=organisation, plans=(replace(plan, areas=areas),), ids=())
    wanted = [item.comment for item in report.items]
    for format in ("pdf", "docx"):
        document = read_bytes(render(report, format), f"rapport.{format}")
        got = parse_report(document, organisation=report.organisation, year=report.year)
        assert [item.comment for item in got.items] == wanted, format


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice är inte installerat: utskrift till PDF kan inte prövas")
@pytest.mark.parametrize("stem", ["a-2024", "b-2024"])
def test_a_word_file_printed_and_saved_by_an_office_suite_is_parsed_back(stem: str, tmp_path: Path) -> None:
    """Saved anew as DOCX (by way of another format): every field equal. Printed to PDF: every word of every field equal.

    Whether a paragraph ends exactly at the foot of a page does not always show on paper, so of that one break is forgiven.
    """

    def convert(source: Path, format: str) -> Path:
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", format, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return tmp_path / f"{stem}.{format}"

    source = REPORTS[stem]
    wanted = [fields(item) for item in source.items]
    saved = convert(convert(path_of(stem, "docx"), "odt"), "docx")
    assert [fields(item) for item in parsed(saved, source).items] == wanted
    got = [fields(item) for item in parsed(convert(path_of(stem, "docx"), "pdf"), source).items]
    for one, other in zip(got, wanted, strict=True):
        assert {k: " ".join(str(v).split()) for k, v in one.items()} == {k: " ".join(str(v).split()) for k, v in other.items()}
    assert sum(one != other for one, other in zip(got, wanted, strict=True)) <= 1
