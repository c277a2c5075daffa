"""Running headers, footers, page numbers and header rows: found, and content left alone."""

from __future__ import annotations

from collections import Counter

from corpus.furniture import find
from corpus.text_file import read

HEADER = "Uppföljningsfrågor Svarsalternativ med kommentar"


def reasons(text: str) -> list[tuple[str, str]]:
    document = read(text.encode(), "x.txt")
    return [(line.text.strip(), reason) for line, reason in zip(document.lines, find(document), strict=True) if reason is not None]


def test_header_rows_whole_wrapped_and_twice() -> None:
    assert reasons(f"{HEADER}\ntext\n {HEADER}\n{HEADER}\n") == [(HEADER, "header_row")] * 3
    wrapped = "Uppföljningsfrågor \nSvarsalternativ med \nkommentar\ntext\n"
    assert [reason for _, reason in reasons(wrapped)] == ["header_row"] * 3


def test_a_notice_and_page_numbers_at_page_edges() -> None:
    pages = [
        f" Lindvallens kommun\nText nummer {word}.\nMer om {word}.\nSida {n} av 3\n"
        for n, word in enumerate(("ett", "två", "tre"), 1)
    ]
    assert reasons("".join(pages)) == [
        item for n in (1, 2, 3) for item in (("Lindvallens kommun", "running"), (f"Sida {n} av 3", "page_number"))
    ]


def test_a_footer_with_a_number_in_it() -> None:
    pages = [
        f" Text om {word}.\nLindvallens kommun, uppföljning 2024, {n} (3)\n" for n, word in enumerate(("ett", "två", "tre"), 1)
    ]
    assert Counter(reason for _, reason in reasons("".join(pages))) == {"running": 3}


def test_answers_and_questions_at_page_edges_stay() -> None:
    assert reasons("Har ni det?\nJa\n Har ni det?\nJa\n Har ni det?\nJa\n") == []


def test_a_sentence_that_comes_twice_is_no_furniture() -> None:
    text = "Detta har inte gjorts.\nA\n B\nDetta har inte gjorts.\nC\n D\nE\n F\nG\n H\nDetta har inte gjorts.\nI\n"
    assert reasons(text) == []


def test_numbers_that_count_up_are_found_without_page_marks() -> None:
    assert reasons("Text.\nSida 1 av 3\nMer.\nSida 2 av 3\nSlut.\nSida 3 av 3\n") == [
        (f"Sida {n} av 3", "page_number") for n in (1, 2, 3)
    ]
    assert reasons("Text.\nSida 1 av 3\nMer.\n") == []
