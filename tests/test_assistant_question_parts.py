"""Texts that ask several things: where they are cut, and that each of their questions is answered from the samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.question_parts import MOST, split_questions


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("hur många vandringar hölls?", ("hur många vandringar hölls?",)),
        ("när invigdes stråket och hur många vandringar hölls?", ("när invigdes stråket", "hur många vandringar hölls?")),
        ("vad gjorde vi för 5:2? Och vad kostade det?", ("vad gjorde vi för 5:2?", "vad kostade det?")),
        ("vem är samordnare, när anställdes hon", ("vem är samordnare", "när anställdes hon")),
        ("poliser och skolor i samverkan", ("poliser och skolor i samverkan",)),
        ("när vi bygger nytt, hur tänker vi på trygghet?", ("när vi bygger nytt, hur tänker vi på trygghet?",)),
        ("vilka gjorde det och hur som helst", ("vilka gjorde det och hur som helst",)),
        ("vad? hur? när? vem?", ("vad? hur? när? vem?",)),
    ],
)
def test_a_text_is_cut_where_a_new_question_begins(text: str, pieces: tuple[str, ...]) -> None:
    assert split_questions(text) == pieces


@given(st.lists(st.sampled_from("hur vad när och , ? . mötet Åsa 5:2 skolan i vilka".split()), max_size=12).map(" ".join))
def test_the_pieces_are_slices_of_the_text_in_its_order(text: str) -> None:
    pieces = split_questions(text)
    assert 1 <= len(pieces) <= MOST
    at = 0
    for piece in pieces:
        at = text.index(piece, at) + len(piece)


@pytest.fixture(scope="module")
def assistant(sample_library: Path) -> Iterator[Assistant]:
    with Assistant.open(sample_library) as opened:
        yield opened


def test_both_questions_of_a_text_are_answered_in_order(assistant: Assistant) -> None:
    codes = "vad gjorde vi för strategi 5:2 och vad gjorde vi för strategi 4:3?"
    answer = assistant.ask(codes)
    assert answer.status == "answered"
    assert [source.item.code for source in answer.sources][:1] == ["5:2"] and "4:3" in {s.item.code for s in answer.sources}
    alone = [assistant.ask(text).text for text in ("vad gjorde vi för strategi 5:2", "vad gjorde vi för strategi 4:3?")]
    assert answer.text.index(alone[0][:80]) < answer.text.index(alone[1][:80])


def test_a_part_that_is_not_there_is_said_beside_the_part_that_is(assistant: Assistant) -> None:
    answer = assistant.ask("vad gjorde vi för strategi 5:2 och vad gjorde vi för strategi 5:9?")
    assert answer.status == "answered" and {source.item.code for source in answer.sources} == {"5:2"}
    assert "Det finns ingen strategi 5:9" in answer.text


def test_a_greeting_before_a_question_is_not_answered(assistant: Assistant) -> None:
    greeted, bare = (
        assistant.ask(text).text for text in ("Hej! vad gjorde vi för strategi 5:2?", "vad gjorde vi för strategi 5:2?")
    )
    assert greeted == bare
