"""What is ahead, going on or done; since and until; whose doings they are: sentences that turn one of these round against the notes."""

from __future__ import annotations

import pytest
from draft_items import item

from assistant.draft.check import SEVERE, Checker
from assistant.draft.facts import figures
from assistant.draft.sources import Source
from assistant.draft.stages import moved_stage, stages
from assistant.draft.synonyms import same_sense
from assistant.draft.ties import tie_flags
from assistant.draft.wording import stem

OLD = (
    "Samtalsgrupperna leds av kyrkan. Unga anhöriga nås inte. Nattjouren tar emot samtal dygnet runt. Fältgruppen arbetar på torget. "
    "Trappan har fem steg."
)
NOTES = [
    "fältgruppen delade ut 140 foldrar vid skolstarten i Sandvik",
    "nattjouren läggs ned 30 september",
    "kampanj uppskjuten till 2027",
    "kön borta sedan 9 februari",
    "12 av 15 chefer gick kursen",
    "unga anhöriga: kurator på gymnasiet, 22 elever",
    "trappan reviderad: 4 steg i stället för 5",
    "kostnad 120 tkr under budget",
    "öppet även fredagar",
]
CHECKER = Checker(notes=NOTES, history=[item(2025, OLD)], year=2026)


def severe(text: str) -> list[str]:
    return [flag.code for flag in CHECKER.sentence(text).flags if flag.code in SEVERE]


@pytest.mark.parametrize(
    "text",
    [
        "Nattjouren läggs ned den 30 september.",
        "Fältgruppen har delat ut 140 foldrar i Sandvik vid skolstarten.",
        "Kampanjen har skjutits upp till 2027.",
        "Sedan den 9 februari är kön borta.",
        "Av 15 chefer har 12 gått kursen.",
        "Trappan har nu fyra steg.",
    ],
)
def test_right_sentences_pass(text: str) -> None:
    assert severe(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nattjouren lades ned den 30 september.",
        "Kampanjen genomfördes under våren.",
        "Fram till den 9 februari var kön borta.",
        "Samtliga chefer gick kursen.",
        "Av 12 chefer har 15 gått kursen.",
        "Unga anhöriga nås inte.",
        "Trappan har fem steg.",
        "Kostnaden var 120 000 kronor över budget.",
        "Verksamheten har öppet även på lördagar.",
        "Kyrkan delade ut 140 foldrar vid skolstarten i Sandvik.",
    ],
)
def test_turned_sentences_are_flagged(text: str) -> None:
    assert severe(text)


def test_stages_by_verb() -> None:
    assert stages("Rutinen ska tas fram, kursen hölls i maj och gruppen arbetar vidare.") == {
        "ta": {"ahead"},
        "hålla": {"done"},
        "arbeta": {"now"},
    }


def test_a_verb_at_another_stage_than_in_the_text_it_copies() -> None:
    assert moved_stage("Avtalet ska tecknas i maj.", "Avtalet tecknades i maj.") == "teckna"
    assert moved_stage("Avtalet har tecknats i maj.", "Avtalet tecknades i maj.") is None


def test_ties_of_times() -> None:
    source = Source("rutinen gäller från och med den 1 februari, svar inom 2 dagar, augusti–juli", True)
    assert tie_flags("Rutinen gäller sedan den 1 februari.", [source]) == []
    assert tie_flags("Mellan augusti och juli gällde rutinen.", [source]) == []
    assert [flag.quote for flag in tie_flags("Rutinen gällde fram till den 1 februari.", [source])] == ["1 februari."]
    assert [flag.quote for flag in tie_flags("Svar ges efter två dagar.", [source])] == ["två"]


def test_no_synonym_is_an_opposite() -> None:
    for one, two in (("öka", "minska"), ("starta", "avsluta"), ("öppna", "stänga"), ("anställa", "sluta"), ("höja", "sänka")):
        assert stem(two) not in same_sense(stem(one))
    assert stem("färdig") in same_sense(stem("slutföra"))


def test_an_empty_text_has_no_stages() -> None:
    assert stages("") == {} and figures("") == ()
