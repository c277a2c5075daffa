"""A sentence laid beside the ways to write its source, and the one place where it differs, each worked out by hand."""

from __future__ import annotations

import pytest

from assistant.draft.checks.one_change import Wording, one_change
from assistant.draft.checks.sources import Source

NOTE = Source("Slussen startade i maj, 12 elever mellan 10 och 15 år", is_note=True)
EARLIER = Source("Kunskapen om registret är ojämn.", is_note=False, year=2025)
OTHER = Source("Inventeringen gav stöd åt varje insats i registret om kunskapen.", is_note=False, year=2025)
WORDINGS = (
    Wording("Slussen startade i maj och når elever mellan 10 och 15 år.", NOTE),
    Wording("Kunskapen om registret är ojämn.", EARLIER),
)
SOURCES = (NOTE, EARLIER, OTHER)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Varje insats är ojämn.", "insats"),  # another beginning, of words that stand elsewhere
        ("Fältgruppen startade i maj och når elever mellan 10 och 15 år.", "fältgruppen"),
        ("Slussen startade i maj och når elever utanför 10 och 15 år.", "utanför"),  # another tie
        ("Slussen blev klar i maj och når elever mellan 10 och 15 år.", "klar"),  # another stage
        ("Kunskapen om registret är inte ojämn.", "inte"),  # a limit put in
        ("Slussen startade i maj och når endast elever mellan 10 och 15 år.", "endast"),
        ("Tack vare statsbidrag: kunskapen om registret är ojämn.", "statsbidrag"),  # a thing that no source has
    ],
)
def test_one_place_that_says_something_else_is_found(sentence: str, word: str) -> None:
    assert [flag.quote for flag in one_change(sentence, WORDINGS, SOURCES)] == [word]


@pytest.mark.parametrize(
    "sentence",
    [
        "Slussen startade i maj och når elever mellan 10 och 15 år.",  # word for word
        "Slussen inledde i maj och når elever mellan 10 och 15 år.",  # the same by another word
        "Slussen startade i maj och når elever mellan tio och 15 år.",
        "Slussen startade under maj och når elever mellan 10 och 15 år.",
        "Slussen startade i maj och når nu elever mellan 10 och 15 år.",  # a word of the frame put in
        "Kunskapen om registret är fortfarande ojämn i inventeringen.",  # in two places
        "Varje insats om registret verkar ojämn.",
        "Kunskapen om registret är ojämn bland insatserna.",  # what an earlier sentence on the same has
        "Registret är ojämn.",  # words left out
        "Slussen finns på skolan i Kolnäset och tar emot elever från hela kommunen.",  # other words altogether
    ],
)
def test_what_says_the_same_is_not(sentence: str) -> None:
    assert one_change(sentence, WORDINGS, SOURCES) == []


def test_a_change_of_no_weight_from_one_wording_is_enough() -> None:
    two = (*WORDINGS, Wording("Inventering är ojämn.", OTHER))
    assert one_change("Inventeringen är ojämn.", WORDINGS, SOURCES) != []
    assert one_change("Inventeringen är ojämn.", two, SOURCES) == []


def test_a_name_put_in_is_judged_elsewhere() -> None:
    assert one_change("Kunskapen om registret hos Älvsundahem är ojämn.", WORDINGS, SOURCES) == []


LED = Source("Arbetet leds av en styrgrupp, och mötet hölls i höst.", is_note=False, year=2025)
DENIED = Source("sex platser, lokal ej klar", is_note=True)
TOLD = Source("språkkafé Kvarnberget tas över av Lykta fr 1 sept", is_note=True)
MORE = (
    Wording("Arbetet leds av en styrgrupp.", LED),
    Wording("Övningen hölls varje höst på torget.", LED),
    Wording("28 hushåll har kontaktats.", NOTE),
    Wording("6 platser finns.", DENIED),
    Wording("Lokalen är inte klar.", DENIED),
    Wording("Föreningen Gården driver språkkaféet i Kvarnberget.", EARLIER),
)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Arbetet leder en styrgrupp.", "leder"),  # who leads whom
        ("Övningen ställdes in varje höst på torget.", "ställdes in"),  # the opposite
        ("Övningen hölls varje vår på torget.", "vår"),  # another time
        ("Övningen hölls nästan varje höst på torget.", "nästan"),
        ("Budgetrådgivningen och skuldrådgivningen har kontaktats.", "budgetrådgivningen"),  # all the rest kept, however little
        ("6 platser finns inte.", "inte"),  # though the note denies something else
        ("Polisen driver språkkaféet i Kvarnberget.", "polisen"),
    ],
)
def test_the_rest_word_for_word(sentence: str, word: str) -> None:
    assert [flag.quote for flag in one_change(sentence, MORE, (*SOURCES, LED, DENIED, TOLD))] == [word]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lokalen är ännu inte färdig.",
        "Lykta driver språkkaféet i Kvarnberget.",  # a note says so
        "Övningen hölls varje höst på torget.",
    ],
)
def test_what_a_note_says_in_its_place(sentence: str) -> None:
    assert one_change(sentence, MORE, (*SOURCES, LED, DENIED, TOLD)) == []
