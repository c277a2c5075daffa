"""What is ahead, going on or done; since and until; whose doings they are: sentences that turn one of these round against the notes."""

from __future__ import annotations

import pytest
from draft_items import item
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.check import SEVERE, Checker
from assistant.draft.checks.sources import Source
from assistant.draft.checks.stages import moved_stage, stage_flags, stages
from assistant.draft.checks.ties import broken_span_flags, tie_flags
from assistant.draft.language.facts import figures
from assistant.draft.language.synonyms import same_sense
from assistant.draft.language.wording import stem

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


def told(sentence: str, *notes: str, comment: str = "") -> list[str]:
    """What is shown of the flags of ``sentence`` in a report of 2026, against the notes and a comment of the year before."""
    sources = [Source(note, True) for note in notes] + ([Source(comment, False, 2025)] if comment else [])
    flags = stage_flags(sentence, sources, 2026)
    assert {flag.code for flag in flags} <= {"contradiction"}
    return [flag.message for flag in flags]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Avtalet ska tecknas.", {"ahead"}),
        ("Avtalet kommer att tecknas.", {"ahead"}),
        ("Avtalet har tecknats.", {"done"}),
        ("avtalet tecknats", {"done"}),  # a supine on -ts needs no "har"
        ("Avtalet tecknades.", {"done"}),
        ("Avtalet tecknas.", {"now"}),
        ("Avtalet är tecknat.", {"done"}),
        ("avtalet tecknat", {"done"}),  # a participle at the end
        ("avtalet tecknat, klart i maj", {"done"}),
        ("Avtalet ska granskas, avtalet tecknades.", {"done"}),  # "ska" of another clause
        ("Avtalet ska tecknas och tecknades.", {"ahead", "done"}),
        ("Planen är lång, det tecknade avtalet", None),  # "är" of another clause
        ("det tecknade avtalet", None),  # a participle before its noun tells nothing
        ("avtalet", None),
    ],
)
def test_the_stage_of_one_verb(text: str, stage: set[str] | None) -> None:
    assert stages(text).get("teckna") == stage


def test_a_present_that_tells_of_what_becomes() -> None:
    assert stages("Planen blir klar.")["bli"] == {"ahead"}


@pytest.mark.parametrize(
    ("sentence", "note", "message"),
    [
        ("Avtalet har tecknats.", "avtalet ska tecknas", "Källan säger inte att det är gjort (”teckna”)."),
        ("Gruppen startade.", "gruppen startar i september", "Källan säger inte att det är gjort (”starta”)."),
        ("Gruppen startade.", "gruppen startar 12 oktober", "Källan säger inte att det är gjort (”starta”)."),
        ("Gruppen startade.", "gruppen startar hösten 2026", "Källan säger inte att det är gjort (”starta”)."),
        ("Avtalet ska tecknas.", "avtalet tecknades i maj", "Källan säger att det redan är gjort (”teckna”)."),
    ],
)
def test_a_verb_at_another_stage_than_in_the_notes(sentence: str, note: str, message: str) -> None:
    assert told(sentence, note) == [message]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("", "avtalet ska tecknas"),
        ("Avtalet har tecknats.", "avtalet tecknades i maj"),
        ("Avtalet har tecknats.", "avtalet ska granskas"),  # another verb
        ("Gruppen startade.", "gruppen startar"),  # the present without a time
        ("Gruppen startade.", "gruppen startar, lokalen hyrs i september"),  # the time is of another clause
        ("Kampanjen har skjutits till 2027.", "kampanjen skjuts till 2027"),  # what has been decided
        ("Jouren har ersatts i maj.", "jouren ersätts i maj"),
        ("Kontoret har flyttats i maj.", "kontoret flyttas i maj"),
        ("Gruppen behövde stöd.", "gruppen kommer att behöva stöd"),  # a state
        ("Avtalet ska tecknas.", "avtalet tecknas"),
    ],
)
def test_a_verb_at_a_stage_that_the_notes_allow(sentence: str, note: str) -> None:
    assert told(sentence, note) == []


def test_the_notes_come_before_an_earlier_comment() -> None:
    assert told("Avtalet har tecknats.", comment="Avtalet ska tecknas.") == ["Källan säger inte att det är gjort (”teckna”)."]
    assert told("Avtalet har tecknats.", "avtalet tecknades i maj", comment="Avtalet ska tecknas.") == []
    assert told("Gruppen startade.", comment="Gruppen startar i september.") == []  # that September is over


@pytest.mark.parametrize(
    "pending",
    [
        "handboken kvar att skriva",
        "handboken återstår",
        "handboken uppskjuten",
        "handboken skjuts",
        "handboken senarelagd",
        "handboken framflyttad",
        "handboken planeras",
        "handboken väntar",
        "handboken ej påbörjad",
        "handboken inte påbörjad",
        "handboken kvar",
    ],
)
def test_what_is_left_or_put_off_is_not_done(pending: str) -> None:
    assert told("Handboken är färdig.", pending) == [f"Anteckningen säger ”{pending}”."]
    assert told("Handboken återstår.", pending) == []
    assert told("Handboken är inte färdig utan återstår.", pending) == []
    assert told("Handboken skrivs.", pending) == []
    assert told("Lokalen är färdig.", pending) == []
    assert told("Handboken är färdig.", f"{pending}, handboken färdig i maj") == []


def test_the_clause_that_tells_most_of_the_sentence_decides() -> None:
    note = "handboken om hot färdig, handboken om brand återstår"
    assert told("Handboken om hot är färdig.", note) == []
    assert told("Handboken om brand är färdig.", note) == ["Anteckningen säger ”handboken om brand återstår”."]
    assert told("Handboken är färdig.", comment="Handboken återstår.") == []


@pytest.mark.parametrize(
    "note",
    [
        "handbok om hot klar 2027",
        "handbok om hot färdig i mars 2027",
        "handbok om hot trycks hösten 2027",
        "handbok om hot till 1 februari 2027",
    ],
)
def test_what_lies_in_a_coming_year_is_not_done(note: str) -> None:
    assert told("En handbok om hot har utarbetats.", note) == [f"Anteckningen säger ”{note}”."]
    assert told("En handbok om hot är färdig.", note) == [f"Anteckningen säger ”{note}”."]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("En handbok om hot har utarbetats.", "handbok om hot klar 2026"),  # the year of the report
        ("En handbok om hot har utarbetats.", "handbok om hot klar i mars"),
        ("En handbok om hot har utarbetats för 2027.", "handbok om hot klar 2027"),  # the sentence says when
        ("En handbok om hot ska utarbetas.", "handbok om hot klar 2027"),
        ("En handbok om hot har skjutits upp.", "handbok om hot klar 2027"),
        ("En handbok om hot har utarbetats.", "handbok om hot inför budget 2027 genomförd"),  # done, whatever it is for
        ("En enkät om mat har utarbetats.", "handbok om hot klar 2027"),
    ],
)
def test_what_may_be_done_whatever_lies_ahead(sentence: str, note: str) -> None:
    assert told(sentence, note) == []


def test_a_coming_year_alone_is_of_what_its_note_begins_with() -> None:
    note = "handbok om hot, klar 2027"
    assert told("En handbok om hot har utarbetats.", note) == ["Anteckningen säger ”klar 2027”."]
    assert told("En enkät om mat har utarbetats.", note) == []


def test_a_coming_year_in_an_earlier_comment_says_nothing() -> None:
    assert told("En handbok om hot har utarbetats.", comment="Handboken om hot blir klar 2027.") == []


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.integers(2000, 2099))
def test_only_years_after_the_report_lie_ahead(year: int) -> None:
    assert bool(told("En handbok om hot har utarbetats.", f"handbok om hot klar {year}")) is (year > 2026)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Under februari från juni gick nio ut.", "untraced_date"),
        ("Nio gick ut över våren.", "changed_word"),
    ],
)
def test_a_span_and_a_season_are_tied_as_in_the_source(sentence: str, code: str) -> None:
    source = Source("nio gick ut feb–juni", is_note=True)
    assert [flag.code for flag in broken_span_flags(sentence, [source])] == [code]


@pytest.mark.parametrize(
    "sentence",
    [
        "Från februari till juni gick nio ut.",
        "Mötet i februari är flyttat från mars.",
        "Nio gick över gränsen under våren.",
        "Nio gick ut.",
    ],
)
def test_other_ties_of_times_are_let_be(sentence: str) -> None:
    assert broken_span_flags(sentence, [Source("nio gick ut feb–juni", is_note=True)]) == []


def test_an_uninterrupted_season_of_the_source_may_be_said_again() -> None:
    assert broken_span_flags("Stängt över sommaren.", [Source("stängt över sommaren", is_note=True)]) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Analysen blev klar i maj, och rapporten kommer hösten 2026.", True),  # begun in May
        ("Analysen startade i maj.", False),
        ("Rapporten är klar hösten 2026.", False),
        ("Analysen är klar.", False),  # no date
        ("Kursen blev klar i april.", False),  # a note has April with no stage at all
    ],
)
def test_what_began_then_was_not_finished_then(sentence: str, found: bool) -> None:
    notes = [Source("analysen påbörjad i maj, klar hösten 2026", is_note=True), Source("kursen i april", is_note=True)]
    assert [flag.code for flag in stage_flags(sentence, notes, 2026)] == ["contradiction"] * found


def test_what_is_done_of_a_note_that_also_puts_something_off() -> None:
    checker = Checker(notes=["19 av 24 åtgärder klara, 3 skjuts till 2027"], history=[item(2025, "Rådet träffas.")], year=2026)
    assert not [flag.code for flag in checker.sentence("19 av 24 åtgärder är klara.").flags if flag.code in SEVERE]
    assert [flag.code for flag in checker.sentence("22 av 24 åtgärder är klara.").flags if flag.code in SEVERE]


def test_what_was_promised_is_no_opposite_of_what_came_of_it() -> None:
    checker = Checker(notes=["kön: 140 → 96"], history=[item(2025, "Kön ska minska genom fler gruppkurser.")], year=2026)
    assert not [flag.code for flag in checker.sentence("Kön har minskat från 140 till 96.").flags if flag.code in SEVERE]
    assert [flag.code for flag in checker.sentence("Kön har ökat från 96 till 140.").flags if flag.code in SEVERE]


def test_an_abbreviation_that_ends_in_s_is_no_genitive() -> None:
    checker = Checker(notes=["föräldrar frågar om PFAS i kläder"], history=[item(2025, "Rådet träffas.")], year=2026)
    assert not [flag.code for flag in checker.sentence("Föräldrar frågar om PFAS i kläder.").flags if flag.code in SEVERE]
    assert [flag.code for flag in checker.sentence("Föräldrar frågar om BPA i kläder.").flags if flag.code in SEVERE]


@pytest.mark.parametrize(
    ("sentence", "flagged"), [("Lägesbilden tas fram varje år.", False), ("Lägesbilden togs fram varje år.", True)]
)
def test_what_goes_on_is_not_told_as_over(sentence: str, flagged: bool) -> None:
    checker = Checker(notes=["rådet: möten"], history=[item(2025, "Lägesbilden tas fram varje år.")], year=2026)
    assert any(flag.code in SEVERE for flag in checker.sentence(sentence).flags) is flagged
