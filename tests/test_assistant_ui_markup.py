"""Markup keeps what a report says as text, marks the right words, and writes days and numbers in Swedish."""

from __future__ import annotations

import html
import re
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.draft_view import changes
from assistant.ui.markup import answer_class, answer_sign, counted, day, marked, number, paragraphs, render

ATTACK = "<img src=x onerror=alert(1)> ${1+1} {{7*7}} `x` & \"'"


def plain(markup: str) -> str:
    """What a reader sees of markup: tags gone, entities as their signs, white space as one blank."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def test_markup_in_a_text_is_text() -> None:
    shown = str(paragraphs(ATTACK))
    assert "<img" not in shown and "&lt;img" in shown
    assert plain(shown) == ATTACK


def test_marks_fall_on_the_words_given_and_paragraphs_stay() -> None:
    assert (
        marked("Ett två.\n\nTre <fyra>.", [(4, 8), (14, 20)]) == "<p>Ett <mark>två.</mark></p><p>Tre <mark>&lt;fyra&gt;</mark>.</p>"
    )


def test_a_mark_over_two_paragraphs_is_one_in_each() -> None:
    assert marked("ab\n\ncd", [(1, 5)]) == "<p>a<mark>b</mark></p><p><mark>c</mark>d</p>"


def test_marks_outside_and_overlapping_do_no_harm() -> None:
    assert marked("abc", [(0, 2), (1, 3), (5, 9), (2, 2)]) == "<p><mark>ab</mark><mark>c</mark></p>"


@given(st.text(alphabet="ab<>&\n å", max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=4))
def test_marking_never_changes_the_words(text: str, spans: list[tuple[int, int]]) -> None:
    seen = html.unescape(re.sub(r"</p><p>", "\n\n", str(marked(text, spans))))
    seen = re.sub(r"</?(?:p|mark)>", "", seen)
    assert "".join(seen.split()) == "".join(text.split())


def test_days_and_numbers_are_swedish() -> None:
    assert day("2026-02-03T12:00:00+00:00") == "3 februari 2026"
    assert number(1234567) == "1\u202f234\u202f567" and number(3.14159, 1) == "3,1"
    assert counted(1, "rapport", "rapporter") == "1 rapport" and counted(6, "rapport", "rapporter") == "6 rapporter"


def test_every_answer_has_a_sign_of_its_own() -> None:
    answers = ["Ja", "Nej", "Delvis", "Pågår", None]
    assert len({answer_sign(answer) for answer in answers}) == len({answer_class(answer) for answer in answers}) == 5


def test_changes_show_words_added_and_taken_away() -> None:
    assert changes("Vi har fem platser.", "Vi har sju platser.") == "<p>Vi har <del>fem</del> <ins>sju</ins> platser.</p>"
    assert changes("Ett.", "Ett.\n\nTvå <b>.") == "<p>Ett. </p><p> <ins>Två &lt;b&gt;.</ins></p>"


def test_no_template_turns_escaping_off() -> None:
    for template in files("assistant.ui").joinpath("templates").iterdir():
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "") and "autoescape" not in text, template.name


def test_the_log_in_page_is_swedish_and_escapes() -> None:
    page = render("notice.html", heading="<b>", text="å")
    assert '<html lang="sv">' in page and "<b>" not in page
