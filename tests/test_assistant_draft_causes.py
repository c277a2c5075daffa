"""Clauses without a source, and causes that no source gives."""

from __future__ import annotations

import pytest

from assistant.draft.checks.causes import cause_flags, loose_clause_flags
from assistant.draft.checks.sources import Source


def loose(sentence: str, *notes: str) -> list[str]:
    return [flag.quote for flag in loose_clause_flags(sentence, [Source(text, True) for text in notes])]


def causes(sentence: str, *notes: str) -> list[str]:
    return [flag.quote for flag in cause_flags(sentence, [Source(text, True) for text in notes])]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Mottagningen flyttade till Storgatan, vilket förenklade resvägen.", "vilket förenklade resvägen."),
        ("Mottagningen flyttade till Storgatan – resvägen förenklades.", "resvägen förenklades."),
        ("Mottagningen flyttade till Storgatan eftersom källaren översvämmades.", "källaren översvämmades."),
        ("Mottagningen flyttade till Storgatan därför att källaren läckte.", "källaren läckte."),
        ("Mottagningen flyttade till Storgatan tack vare kyrkan.", "kyrkan."),  # one word is enough for a cause
        ("Mottagningen flyttade till Storgatan på grund av mögel.", "mögel."),
        ("Mottagningen flyttade till Storgatan till följd av mögel.", "mögel."),
        ("Mottagningen flyttade till Storgatan med stöd av kyrkan.", "kyrkan."),
        ("Mottagningen flyttade till Storgatan med hjälp av frivilliga.", "frivilliga."),
        ("Mottagningen flyttade till Storgatan genom att källaren såldes.", "källaren såldes."),
        ("Mottagningen flyttade till Storgatan så att resvägen förkortades.", "resvägen förkortades."),
        ("Mottagningen flyttade till Storgatan och resvägen är förkortad.", "resvägen är förkortad."),
    ],
)
def test_clauses_that_no_source_has(sentence: str, quote: str) -> None:
    assert loose(sentence, "mottagningen flyttade till Storgatan") == [quote]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Mottagningen flyttade till Storgatan.", "mottagningen flyttade till Storgatan"),
        ("Mottagningen flyttade, vilket förenklade resvägen.", "flytt av mottagning, enklare resväg"),
        ("Mottagningen flyttade, i mars.", "mottagningen flyttade i mars"),
        ("Mottagningen flyttade, till glädje.", "mottagningen flyttade"),  # one word after a comma is no clause
        ("Mottagningen flyttade, med 14 nybyggda samtalsrum.", "mottagningen flyttade, 14 rum"),  # the figure has its source
        ("Mottagningen flyttade, som tänkt och beräknat.", "mottagningen flyttade"),  # words that only place it in time
        ("Mottagningen flyttade, och arbetet fortsätter.", "mottagningen flyttade"),  # words that say nothing new
        ("", "mottagningen flyttade"),
    ],
)
def test_clauses_that_have_a_source_or_say_nothing(sentence: str, note: str) -> None:
    assert loose(sentence, note) == []


def test_a_clause_may_stand_in_another_source() -> None:
    sentence = "Mottagningen flyttade till Storgatan eftersom källaren översvämmades."
    assert loose(sentence, "mottagningen flyttade till Storgatan", "källaren översvämmad i juli") == []
    assert loose(sentence) == ["källaren översvämmades."]


_TWO = ("kön växte i mars", "två kuratorer slutade i maj")


@pytest.mark.parametrize(
    "because",
    [
        "eftersom",
        "därför att",
        "tack vare att",
        "på grund av att",
        "pga",
        "till följd av att",
        "med anledning av att",
        "beroende på att",
        "som en följd av att",
    ],
)
def test_a_cause_that_no_source_gives(because: str) -> None:
    found = causes(f"Kön växte {because} två kuratorer slutade.", *_TWO)
    assert found == [because.removesuffix(" att") if because != "därför att" else because]


def test_a_cause_told_first() -> None:
    sentence = "På grund av vattenskador har biblioteket stängt."
    assert causes(sentence, "biblioteket stängt", "vattenskador i källaren") == ["På grund av"]
    assert causes(sentence, "biblioteket stängt pga vattenskador") == []


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Kön växte i mars.", "kön växte i mars"),  # no cause at all
        ("Kön växte eftersom kuratorer slutade.", "kön växte eftersom kuratorer slutade"),
        ("Kön växte eftersom kuratorer slutade.", "kuratorer slutade, kön växte"),  # one note tells of both
        ("Kön växte eftersom kuratorer slutade.", "kuratorer slutade --> kön växte"),
        ("Kön växte eftersom kuratorer slutade.", "kuratorer slutade → kön växte"),
        ("Kön växte eftersom kuratorer slutade.", "kön växte, brist på personal"),
        ("Kön växte eftersom kuratorer slutade.", "kön växte då folk slutade"),
        ("Kön växte eftersom kuratorer slutade.", "kön växte pga uppsägningar"),
        ("Kön växte eftersom kuratorer slutade.", "kön lång, kuratorer slutade"),  # half of what is caused
        ("Kön växte eftersom kuratorer slutade.", "kön växte, kuratorer sökta"),  # half of the cause
        ("Kön växte eftersom kuratorer slutade.", "kön växte, vakanser"),
        ("Kön växte eftersom kuratorer slutade.", "kön växte, för få samtal"),
        ("Kön växte på grund av det.", "biblioteket stängt"),  # nothing is named as the cause
        ("Så blev det på grund av vattenskador.", "biblioteket stängt"),  # nothing is named as caused
        ("På grund av", "biblioteket stängt"),
        ("", "kön växte"),
    ],
)
def test_causes_that_may_be_given(sentence: str, note: str) -> None:
    assert causes(sentence, note) == []


def test_a_sign_of_a_cause_is_read_in_the_note_as_written() -> None:
    sentence = "Kön växte eftersom kuratorer slutade."
    assert cause_flags(sentence, [Source("kön växte i mars.", True, raw="uppsägningar -> kön växte i mars")]) == []
    assert causes(sentence, "kön växte i mars") == ["eftersom"]
    assert causes(sentence) == ["eftersom"]


def test_a_given_cause_is_one_of_what_it_is_said_to_cause() -> None:
    assert causes("Kön växte eftersom kuratorer slutade.", "biblioteket stängt pga vattenskador") == ["eftersom"]


def test_less_than_half_of_either_is_not_enough() -> None:
    assert causes("Kön till muséet i Kolnäset växte eftersom kuratorer slutade.", "kön lång, kuratorer slutade") == ["eftersom"]
    assert causes("Kön växte eftersom kuratorer i Kolnäset flyttade norrut.", "kön växte, kuratorer sökta") == ["eftersom"]
