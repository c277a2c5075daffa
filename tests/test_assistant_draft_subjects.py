"""Sentences that give one subject what their sources give another, each worked out by hand."""

from __future__ import annotations

import pytest

from assistant.draft.checks.sources import Source
from assistant.draft.checks.subjects import crossed_subject, exchanged_front, two_halves

EARLIER = ("Kvällsrådet är vilande sedan januari.", "Hemtjänsten delar ut en telefonlapp till alla.")


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Fältgruppen delar ut en telefonlapp till alla.", "Fältgruppen"),
        ("Fältgruppen delar ut en ny telefonlapp till alla.", "Fältgruppen"),  # nearly the same rest is enough for another name
        ("Frågan är vilande sedan januari.", "Frågan"),  # a plain word, and all the rest word for word
        ("Förvaltningen delar ut en telefonlapp till alla.", "Förvaltningen"),
    ],
)
def test_a_front_that_stands_before_another_s_words_is_found(sentence: str, quote: str) -> None:
    assert [flag.quote for flag in exchanged_front(sentence, EARLIER)] == [quote]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kvällsrådet är vilande sedan januari.",
        "Rådet är vilande sedan januari.",  # the last part of the same word
        "Trygga kvällsrådet är vilande sedan januari.",
        "Det är vilande sedan januari.",
        "Verksamheten är vilande sedan januari.",  # what a report calls its thing
        "Förvaltningen delar ut en ny telefonlapp till alla.",  # a plain word, and words of its own
        "Fältgruppen går ut varje fredag kväll.",
        "Är vilande sedan januari.",
        "Frågan är vilande.",  # too little to know it by
    ],
)
def test_a_front_that_may_stand_there_is_not(sentence: str) -> None:
    assert exchanged_front(sentence, EARLIER) == []


def test_a_front_is_right_where_one_source_has_it() -> None:
    assert exchanged_front("Frågan är vilande sedan januari.", (*EARLIER, "Frågan är vilande sedan januari.")) == []


NOTES = (
    Source("fältgruppen: 12 vandringar med grannar i Kolnäset", is_note=True),
    Source("biblioteket stängt i juli", is_note=True),
)


def test_what_a_note_says_of_one_thing_is_not_said_of_another() -> None:
    assert [flag.quote for flag in crossed_subject("Biblioteket har gjort 12 vandringar i Kolnäset.", NOTES)] == ["Biblioteket"]
    assert crossed_subject("Fältgruppen har gjort 12 vandringar i Kolnäset.", NOTES) == []


def test_a_subject_that_no_source_joins_to_the_rest_is_found() -> None:
    assert [flag.quote for flag in two_halves("Biblioteket finns i Kolnäset.", NOTES)] == ["Biblioteket"]
    assert two_halves("Fältgruppen finns i Kolnäset.", NOTES) == []
