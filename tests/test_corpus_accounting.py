"""Every word of a source is in exactly one field or one diagnostic, whatever was done to the source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpus_form import Layout, write
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, FieldSpan, Line, Place, Report, parse_report, read_bytes
from corpus.accounting import account
from corpus.errors import CorpusError

LINES = write(
    layout=Layout(breaks={30, 70, 110}, notice="Exempeldata: en påhittad kommun", front=("Uppföljningsrapport 2024",))
).split("\n")
WORDS = [
    *("Ja", "Nej", "Delvis", "?", "1:1", "1.2", "Strategi 1:1 Abc", "Insats 2.3", "insats 1:1.", "1 Abc", "2.1 Målområde 1: Xyz"),
    *("Förväntat resultat:", "Uppföljningsfrågor Svarsalternativ med kommentar", "Sida 1 av 2", "Innehåll", "(x)", "☒ Ja ☐ Nej"),
    *("ord-", "brotts\u00ad", "barn/", "a\u030a", "\u200b", "\ufeff", "\x07", "\u00a0", "<b>", "• punkt", "Ejvanligt."),
]
ENDS = ["\n", " \n", "\n\n", "\n ", "\x0c", "\r\n", " ", "\u2028", "-\n"]


def check(document: Document) -> Report:
    report = parse_report(document, organisation="A", year=2024)
    result = account(document, report)
    assert result.complete, result
    assert result.words == len(document.text.split())
    for item in report.items:
        assert report.text[item.comment_start :][: len(item.comment)] == item.comment
    for section in report.sections:
        assert report.text[section.start :][: len(section.text)] == section.text
    for piece in report.pieces:
        assert report.origin(piece.start, piece.end) == [piece.place]
    return report


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.integers(2, 150), max_size=15),
    st.integers(20, 70),
    st.integers(20, 70),
    st.booleans(),
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1),
            st.sampled_from(["drop", "twice", "strip", "swap", "blank", "insert"]),
            st.integers(0, 999),
        ),
        max_size=12,
    ),
)
def test_mutated_reports(breaks: list[int], left: int, right: int, doubled: bool, edits: list[tuple[int, str, int]]) -> None:
    """Page breaks, widths and header rows moved, lines dropped, doubled, swapped, stripped: the words are still all there once."""
    lines = write(layout=Layout(left, right, breaks, doubled, "Exempeldata: en påhittad kommun")).split("\n")
    for at, what, number in edits:
        i, other = at % len(lines), number % len(lines)
        if what == "drop" and len(lines) > 1:
            del lines[i]
        elif what == "twice":
            lines.insert(other, lines[i])
        elif what == "strip":
            lines[i] = lines[i].strip()
        elif what == "swap":
            lines[i], lines[other] = lines[other], lines[i]
        elif what == "blank":
            lines.insert(i, "")
        else:
            lines.insert(i, WORDS[number % len(WORDS)])
    text = "\n".join(lines)
    if text.strip():
        check(read_bytes(text.encode(), "rapport.txt"))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(ENDS)), min_size=1, max_size=60))
def test_noise(parts: list[tuple[str, str]]) -> None:
    try:
        document = read_bytes("".join(word + end for word, end in parts).encode(), "rapport.txt")
    except CorpusError:
        return  # control characters enough to be no text
    check(document)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*WORDS, "Har ni plats?", "Text som går vidare"]), st.integers(0, 6), st.booleans(), st.booleans()
        ),
        min_size=1,
        max_size=40,
    )
)
def test_cells(parts: list[tuple[str, int, bool, bool]]) -> None:
    """Lines in cells, out of order and with furniture between, as a reader of tables may give them."""
    lines: list[Line] = []
    text = ""
    for word, where, wraps, furniture in parts:
        cell = None if where == 0 else (0 if where < 5 else 1, where // 2, where % 3)
        place = Place(len(text), len(text) + len(word), 1, None, cell)
        lines.append(Line(word, place, wraps=wraps, furniture=furniture and where == 0))
        text += word + "\n"
    check(Document("rapport.pdf", "pdf", "0" * 64, text, tuple(lines)))


def test_what_does_not_add_up_is_found() -> None:
    document = read_bytes(write().encode(), "rapport.txt")
    report = check(document)
    first = report.pieces[0]
    assert [w.text for w in account(document, replace(report, pieces=report.pieces[1:])).missing] == ["1"]
    doubled = account(document, replace(report, pieces=(first, *report.pieces)))
    assert [w.text for w in doubled.double] == ["1"]
    altered = account(document, replace(report, text="9" + report.text[1:]))
    assert [w.text for w in altered.altered] == ["9"]
    added = account(document, replace(report, text=report.text + " påhittat"))
    assert [w.text for w in added.invented] == ["påhittat"]
    overlapping = replace(report, fields=(FieldSpan("section", 0, 20), *report.fields))
    assert account(document, overlapping).homeless
    assert not account(document, overlapping).complete
    unlisted = replace(report, diagnostics=tuple(d for d in report.diagnostics if d.code != "page_header"))
    assert {w.text for w in account(document, unlisted).missing} >= {"Uppföljningsfrågor", "Svarsalternativ"}
