"""Whether a sentence holds the kind of thing that is asked for."""

from __future__ import annotations

import pytest

from assistant.facts import counted_noun, counts, fits
from assistant.question_wanted import Wanted


@pytest.mark.parametrize(
    ("wanted", "sentence", "holds"),
    [
        ("number", "Nio föreningar deltar.", True),
        ("number", "Arbetet pågår sedan 2023.", False),
        ("number", "Mötet hölls den 16 maj.", False),
        ("number", "Se strategi 5:2.", False),
        ("number", "Butiken stänger kl. 18.", False),
        ("amount", "Det kostade 25 000 kronor.", True),
        ("amount", "Beloppet var 2,7 miljoner.", True),
        ("amount", "Det kom 25 personer.", False),
        ("share", "Det är 71 procent.", True),
        ("share", "Det är 9 av 10.", True),
        ("share", "Det är nio personer.", False),
        ("date", "Invigningen skedde den 24 april.", True),
        ("date", "Det börjar hösten 2024.", True),
        ("date", "Det börjar snart.", False),
        ("frequency", "Rådet möts varannan vecka.", True),
        ("frequency", "Rådet har mötts.", False),
        ("duration", "Väntetiden är 3,5 dagar.", True),
        ("contact", "Ring 031-365 00 00.", True),
        ("contact", "Ring gruppen.", False),
    ],
)
def test_a_sentence_holds_what_is_wanted_or_not(wanted: Wanted, sentence: str, holds: bool) -> None:
    assert (fits(wanted, sentence, "hur många?") > 0) is holds


def test_the_noun_that_is_counted_decides_between_numbers() -> None:
    question = "hur många workshops hölls?"
    assert fits("number", "Tre workshops hölls.", question) > fits("number", "Det kom 60 deltagare.", question)


def test_a_verb_in_its_place_asks_for_people() -> None:
    assert counted_noun("hur många gick workshopparna?") == (None, True)
    assert counted_noun("hur många föreningar är med?")[1] is False
    question = "hur många gick workshopparna?"
    assert fits("number", "Det kom 60 deltagare.", question) > fits("number", "Sex workshops hölls.", question)


def test_the_name_of_a_post_is_a_persons_name() -> None:
    question = "vad heter samordnaren?"
    assert fits("name", "Samordnaren hör till Ung Väg.", question) == 0
    assert fits("name", "Samordnare är Anna Andersson sedan mars.", question) == 1


def test_the_questions_own_name_is_no_answer() -> None:
    assert fits("name", "En ny grupp möts i Trappan.", "vad heter Trappan?") == 0


def test_list_numbers_and_codes_count_nothing() -> None:
    assert [sentence.after for sentence in counts("Strategi 5:2 från 2023 gäller kl. 18.")] == []


@pytest.mark.parametrize(
    "sentence", ["Gruppen vänder sig till barn mellan 12 och 16 år.", "Målet är 90 procent.", "Stickprov görs på 10 % av fallen."]
)
def test_ages_and_shares_count_nothing(sentence: str) -> None:
    assert list(counts(sentence)) == []


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("hur många poliser finns det?", "Gruppen består av polisen och två rektorer.", False),
        ("hur många poliser finns det?", "Polisen har haft två stycken möten.", False),
        ("hur många poliser finns det?", "Åtta poliser arbetar i området.", True),
        ("hur många besök var det?", "Antalet besök sjönk till 74 under våren.", True),
        ("hur många flickor gick kursen?", "16 ungdomar gick kursen.", False),
        ("hur många ungdomar gick kursen?", "16 elever gick kursen.", True),
        ("hur många ungdomar gick kursen?", "16 personer gick kursen.", True),
        ("hur många fältare blir vi?", "Antalet fältare ökar till 6 personer.", True),
        ("hur många otrygga platser finns?", "Kartan visar 23 platser som är otrygga.", True),
        ("hur många otrygga platser finns?", "Otrygga ställen nämns av 40 boende.", False),
    ],
)
def test_only_what_is_asked_for_is_counted(question: str, sentence: str, holds: bool) -> None:
    assert (fits("number", sentence, question) > 0) is holds


def test_adjectives_before_the_noun_are_passed_over() -> None:
    assert counted_noun("hur många otrygga platser finns?")[0] == counted_noun("hur många platser finns?")[0]
    assert counted_noun("hur många unga nåddes?")[0] == counted_noun("hur många unga har ni nått?")[0]
    assert counted_noun("hur många är vi i gruppen?") == (None, True)


def test_who_holds_a_post_is_a_persons_name() -> None:
    assert fits("person", "En samordnare anställs på vuxenenheten.", "vem är samordnare?") == 0
    assert fits("person", "Ny samordnare är Anna Andersson.", "vem är samordnare?") == 1
    assert fits("person", "Arbetet leds av kontoret.", "vem leder arbetet?") == 1


def test_daily_is_how_often() -> None:
    assert fits("frequency", "Förvaltningen gör dagliga kontroller.", "hur ofta?") == 1


@pytest.mark.parametrize(
    ("wanted", "question", "sentence", "holds"),
    [
        ("date", "när invigdes träffpunkten?", "Caféet har flyttat till träffpunkten och har öppet tisdag.", False),
        ("date", "när har caféet öppet?", "Caféet har flyttat till träffpunkten och har öppet tisdag.", True),
        ("hours", "öppettider på caféet?", "Caféet har öppet tisdag och torsdag.", True),
        ("hours", "öppettider på caféet?", "Caféet har öppet fyra kvällar i veckan.", True),
        ("hours", "öppettider på caféet?", "Caféet är populärt.", False),
        ("wellbeing", "hur mår personalen?", "Fler anställda säger att de mår bra.", True),
        ("wellbeing", "hur mår personalen?", "Sex anställda har gått kursen.", False),
        ("duration", "hur lång är väntetiden?", "Väntetiden har stigit till nio skoldagar.", True),
        ("number", "hur många vuxna följer med?", "Bussen går inte på tre av fyra skolor, då det saknas vuxna.", False),
        ("number", "hur många skolor har bussen?", "Bussen går på tre av fyra skolor.", True),
        ("number", "hur många elever är frånvarande?", "Andelen elever med hög frånvaro har minskat från 118 till 87.", True),
    ],
)
def test_the_question_decides_what_a_sentence_must_hold(wanted: Wanted, question: str, sentence: str, holds: bool) -> None:
    assert (fits(wanted, sentence, question) > 0) is holds
