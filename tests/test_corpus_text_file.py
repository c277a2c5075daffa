"""Text files as lines: offsets, line ends, pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import text_file
from corpus.errors import TooLarge
from corpus.text_file import MAX_LINES, read


def lines(text: str) -> list[tuple[str, int | None, bool]]:
    return [(line.text, line.place.page, line.page_start) for line in read(text.encode(), "x.txt").lines]


def test_a_page_begins_with_a_line_that_begins_with_a_blank() -> None:
    assert lines("ett \ntvå\n tre\nfyra\n fem\n") == [
        ("ett ", 1, True),
        ("två", 1, False),
        (" tre", 2, True),
        ("fyra", 2, False),
        (" fem", 3, True),
    ]


def test_a_form_feed_begins_a_page_and_makes_no_empty_line() -> None:
    assert lines("ett\n\ftvå\n\n\f tre\n") == [("ett", 1, True), ("två", 2, True), ("", 2, False), (" tre", 3, True)]


def test_without_page_marks_there_are_no_pages() -> None:
    assert lines("ett\ntvå\n") == [("ett", None, False), ("två", None, False)]


def test_an_indented_text_and_a_list_show_no_pages() -> None:
    assert {page for _, page, _ in lines(" ett\n två\n tre\n")} == {None}
    assert {page for _, page, _ in lines("ett\n - två\n • tre\nfyra\nfem\n")} == {None}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_line_ends_of_any_system(end: str) -> None:
    document = read(f"ett{end}{end}två".encode(), "x.txt")
    assert [line.text for line in document.lines] == ["ett", "", "två"]
    assert document.text == f"ett{end}{end}två"


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(TooLarge, match=str(MAX_LINES)):
        read(b"x\n" * (MAX_LINES + 1), "x.txt")


@given(st.text(st.sampled_from("aåÄ1 \n\r\f\u00a0-"), min_size=1, max_size=80))
def test_lines_stand_where_they_say(text: str) -> None:
    if not text.strip():
        return
    document = text_file.read(text.encode(), "x.txt")
    assert document.text == text
    end = 0
    for line in document.lines:
        assert document.text[line.place.start : line.place.end] == line.text
        assert not document.text[end : line.place.start].strip()
        end = line.place.end
    assert not document.text[end:].strip()
