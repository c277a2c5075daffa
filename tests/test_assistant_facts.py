"""Whether a sentence holds the kind of thing that is asked for."""

from __future__ import annotations

import pytest

from assistant.counting import counted_noun, counts
from assistant.facts import fits
from assistant.question_wanted import Wanted, find_wanted


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


@pytest.mark.parametrize(
    ("question", "sentence", "other"),
    [
        # a number may count what stands far before it, where that is called an amount
        (
            "hur många besökare har lokalen per kväll?",
            "Antalet besökare sjönk efter flytten i vintras men var i slutet av maj ändå uppe i 24 per kväll.",
            "Besökare kommer hit från alla delar av staden efter skolan och gruppen har fyra medlemmar.",
        ),
        # the place asked about decides where several are counted
        ("hur många platser ligger i Sjövik?", "Tio av dem ligger i Norrby, sju i Sjövik.", "Kartan visar 23 platser."),
        # one person is a number of persons
        ("hur många jobbar med fusk?", "Vi har en person som utreder fusk.", "Vi har en rutin för fusk."),
        # members are told by a sentence that says of whom something consists
        ("vilka sitter i gruppen?", "Gruppen består av en jurist och två chefer.", "Gruppens chef slutade i mars."),
        # how great something is may be a share
        ("hur stor var frånvaron vid start?", "Frånvaron vid start var 61 procent.", "Vid start var det många."),
        ("hur gamla är deltagarna?", "Deltagarna är 13–20 år.", "Deltagarna är 20."),
    ],
)
def test_the_sentence_that_answers_is_graded_above_its_neighbour(question: str, sentence: str, other: str) -> None:
    wanted = find_wanted(question)
    assert wanted is not None
    assert fits(wanted, sentence, question) > fits(wanted, other, question)


@pytest.mark.parametrize(
    "sentence",
    [
        "Det kom 74 personer, däribland anställda hos bolaget.",
        "Kursen har gåtts av 71 procent av de anställda.",
        "44 av 60 tillfrågade medarbetare visste det.",
    ],
)
def test_how_many_there_are_in_all_is_not_told_by_how_many_did_something(sentence: str) -> None:
    assert fits("number", sentence, "hur många anställda har bolaget?") == 0
    assert fits("number", "Bolaget har 610 anställda.", "hur många anställda har bolaget?") == 1
