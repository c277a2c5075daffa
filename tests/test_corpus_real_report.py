"""The real report, where it lies beside the project: counts, hashes and short fragments, none of its sentences."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from corpus import Document, Report, parse_report, propose_metadata, read_bytes, read_document
from corpus.accounting import account

FOLDER = Path(__file__).parents[2] / "shared" / "reports"
FILES = sorted(FOLDER.glob("*.txt")) if FOLDER.is_dir() else []
pytestmark = pytest.mark.skipif(not FILES, reason="the real report is not beside the project (shared/reports)")


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(FILES[0])


@pytest.fixture(scope="module")
def report(document: Document) -> Report:
    return parse_report(document, organisation="Socialförvaltningen Sydväst", year=2024)


def test_thirty_six_items(report: Report) -> None:
    assert Counter(item.kind for item in report.items) == {"strategi": 18, "insats": 15, "åtgärd": 3}
    assert Counter(item.answer for item in report.items) == {"Ja": 29, "Nej": 7}
    codes = [(item.plan, item.code) for item in report.items]
    groups = {1: (2, 3, 5, 4, 4), 2: (5, 3, 1, 6)}
    assert codes[:18] == [(1, f"{g}:{n}") for g, many in enumerate(groups[1], 1) for n in range(1, many + 1)]
    assert codes[18:33] == [(2, code) for code in "1:1 1:2 1:3 1:4 1:5 2:1 2:2 2:4 3:2 4:1 4:2 4:3 4:4 4:5 4:6".split()]
    assert codes[33:] == [(3, "1:1"), (3, "1:2"), (3, "2:1")]
    assert report.items[34].code_as_written == "1.2"


def test_every_item_has_its_parts(report: Report) -> None:
    for item in report.items:
        assert item.question.endswith(("?", "styrelser)"))
        assert item.statement and item.comment and item.plan_title
        assert not item.statement.startswith(("Strategi", "1:1", "1.2", "2:1"))
        assert bool(item.expected_result) == (item.kind == "insats")
        assert item.statement.endswith(f"insats {item.code}.") == (item.kind == "insats")
        assert not item.expected_result.startswith("Förväntat")
        text = "\n".join((item.question, item.statement, item.expected_result, item.comment))
        assert "Svarsalternativ" not in text and "  " not in text and "\xad" not in text
    assert sum("nämnder och styrelser)" in item.question for item in report.items) == 5
    assert max(len(item.comment.split()) for item in report.items) == 326


def test_plans_and_areas(report: Report) -> None:
    assert [(p.number, p.period, len(p.title.split())) for p in report.plans] == [
        (1, (2022, 2026), 8),
        (2, (2023, 2026), 14),
        (3, (2023, 2025), 8),
    ]
    assert Counter(item.area.split(":")[0] for item in report.items) == {
        "Målområde 1": 2,
        "Målområde 2": 3,
        "Målområde 3": 5,
        "Målområde 4": 4,
        "Målområde 5": 4,
        "Fokusområde 1": 5,
        "Fokusområde 2": 3,
        "Fokusområde 3": 1,
        "Fokusområde 4": 6,
        "Uppföljning implementeringsprocessen": 3,
    }
    assert [a.number for a in report.areas] == ["1.1.1", "1.1.2", "1.2.1", "1.2.2", "1.2.3", "2.1", "2.2", "2.3", "2.4", "3.1"]
    assert report.items[5].area.endswith("rädslan för att utsättas för brott")


@pytest.mark.parametrize(
    "words",
    [
        "arbete, otillåten påverkan, våldsbejakande",
        "trygghetsfrämjande- och brottsförebyggande aspekter",
        "anställt en ANDTS-samordnare som",
        "EST Frölunda-Tynnered.",
        "vid ny- och ombyggnation samt",
        "planeringsprocesser för ny- och ombyggnation",
        "(kommunpoliser och utvecklingsledare trygghet)",
        "inkomstuppgifter från olika myndigheter",
        "in via E-ansökan (Görel)",
        "ingår i D-kategorin",
        "individ-, grupp- och områdesnivå",
        "samverkan med andra berörda förvaltningar",
        "BID Frölunda - Tynnered",
        "på 10% av de ansökningar",
    ],
)
def test_lines_are_joined(report: Report, words: str) -> None:
    assert words in report.text


def test_paragraphs_are_kept(report: Report) -> None:
    counts = [item.comment.count("\n\n") + 1 for item in report.items]
    assert counts[:18] == [1, 2, 2, 4, 3, 1, 1, 1, 2, 2, 5, 1, 2, 5, 1, 3, 4, 3]
    assert counts[18:] == [2, 1, 1, 4, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 2]
    assert report.items[3].comment.split("\n\n")[2] == "Social brottsprevention:"
    assert report.items[33].statement.count("\n\n") == 1
    assert report.items[30].comment.startswith("Delvis") and report.items[30].answer == "Ja"


def test_pages(report: Report) -> None:
    assert [item.page for item in report.items] == [
        1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6, 6, 7, 7, 8, 9, 10,
        11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 15, 15, 15, 15, 16, 17, 17, 17,
    ]  # fmt: skip


def test_every_word_is_accounted_for(document: Document, report: Report) -> None:
    result = account(document, report)
    assert result.complete
    assert result.words == 4672


def test_diagnostics(report: Report) -> None:
    counts = Counter(d.code for d in report.diagnostics)
    assert counts["page_header"] == 24
    assert counts["joined_line"] == 3
    assert counts["page_stitched"] == 1
    assert [d.message.split("saknas ")[1] for d in report.diagnostics if d.code == "gap"] == [
        "insats 2:3 i numreringen.",
        "insats 3:1 i numreringen.",
    ]
    assert not counts.keys() & {"no_answer", "no_question", "no_comment", "duplicate_code", "section", "no_code", "no_plan"}


def test_neither_year_nor_organisation_is_proven(document: Document) -> None:
    found = propose_metadata(document)
    assert found.organisation is not None and found.year is not None
    assert (found.organisation.value, found.organisation.certain) == ("Socialförvaltningen Sydväst", False)
    assert (found.year.value, found.year.certain) == ("2024", False)


def items(data: bytes) -> list[tuple[object, ...]]:
    parsed = parse_report(read_bytes(data, "rapport.txt"), organisation="A", year=2024)
    return [
        (i.plan, i.plan_title, i.area, i.code, i.question, i.statement, i.expected_result, i.answer, i.comment)
        for i in parsed.items
    ]


def test_the_same_items_from_other_bytes() -> None:
    data = FILES[0].read_bytes()
    text = data.decode()
    wanted = items(data)
    header = "Uppföljningsfrågor Svarsalternativ med kommentar"
    for other in (
        text.replace("\n", "\r\n").encode("utf-16"),
        text.encode("cp1252"),
        text.encode("mac_roman"),
        unicodedata.normalize("NFD", text).encode(),
        text.replace("\n\n", "\n\n\n").encode(),
        text.replace("\n\n", "\n").encode(),
        text.replace("\n", "\n\n").encode(),
        "\n".join(line.lstrip() for line in text.split("\n")).encode(),
        text.replace(header, f"{header}\n{header}").encode(),
        text.replace(f"\n{header}", "").encode(),
        text.replace(f"\n {header}", f"\nGöteborgs Stad, uppföljning\nSida 3 av 17\n {header}").encode(),
    ):
        assert items(other) == wanted


@pytest.mark.parametrize("every", [7, 11, 23])
def test_page_headers_anywhere(every: int) -> None:
    header = "Uppföljningsfrågor Svarsalternativ med kommentar"
    lines = [line.lstrip(" ") for line in FILES[0].read_text(encoding="utf-8").split("\n") if line != f" {header}"]
    moved: list[str] = []
    for i, line in enumerate(lines):
        if i and i % every == 0 and line and line != header:
            moved += [f" {header}", *([""] if not lines[i - 1] else [])]
        moved.append(line)
    assert items("\n".join(moved).encode()) == items(FILES[0].read_bytes())
