"""Swedish words as the assistant compares them: folded with their offsets kept, stems, kinship, spelling, mentions, abbreviations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.abbreviations import learn
from assistant.differences import differences
from assistant.mentions import is_also_common, places
from assistant.spelling import corrected
from assistant.words import distance, fold, kinship, nearest, stem


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_takes_marks_and_case_away() -> None:
    assert fold("Åtgärd för HÖRBY") == "atgard for horby"


@pytest.mark.parametrize(
    ("one", "other"), [("workshopparna", "workshops"), ("strategin", "strategier"), ("planens", "plan"), ("vandringar", "vandring")]
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        ("polis", "polis", 1.0, 1.0),
        ("workshop", "workshopdag", 0.6, 0.8),
        ("polis", "polisanmalan", 0.6, 0.6),
        ("skola", "torget", 0.0, 0.0),
    ],
)
def test_kinship_is_graded(a: str, b: str, least: float, most: float) -> None:
    assert least <= kinship(a, b) <= most


@given(st.text("abcå", max_size=8), st.text("abcå", max_size=8))
def test_distance_is_the_same_both_ways_and_zero_only_for_equals(a: str, b: str) -> None:
    assert distance(a, b, 3) == distance(b, a, 3)
    assert (distance(a, b, 3) == 0) == (a == b)


def test_neighbours_that_changed_places_are_one_edit() -> None:
    assert distance("hanldingsplan", "handlingsplan", 2) == 1


def test_a_short_word_is_never_guessed() -> None:
    assert nearest("nej", ("ner", "nea")) is None
    assert nearest("stratgi", ("strategi", "insats")) == "strategi"


TEXTS = ["Sedan mars utreder vi felaktiga utbetalningar.", "Träningslägenheterna är försenade. Skyddsronder har gjorts."]


@pytest.mark.parametrize(
    ("topic", "meant"),
    [
        ("felaktga utbetalnignar", "felaktiga utbetalningar"),
        ("traningslagenheterna", "träningslägenheterna"),
        ("skydsronder", "skyddsronder"),
        ("felaktiga utbetalningar", "felaktiga utbetalningar"),
        ("väder i morgon", "väder i morgon"),
    ],
)
def test_spelling_is_mended_only_to_words_that_are_there(topic: str, meant: str) -> None:
    assert corrected(topic, TEXTS) == meant


@pytest.mark.parametrize(
    ("text", "phrase", "count"),
    [
        ("SIG har startat. De visade sig nöjda.", "SIG", 1),
        ("EST möts, bäst på tisdagar, Ester", "EST", 1),
        ("SSPF-koordinatorn och SSPF:s möten", "SSPF", 2),
        ("Polisen och polisens bil, polisområdet", "polisen", 2),
        ("Trygghetsvandringar och en trygghetsvandring", "trygghetsvandring", 2),
        ("hot och våld, våld och hot", "hot och våld", 1),
        ("Brås material, och BRÅ", "BRÅ", 2),
    ],
)
def test_mentions_are_literal(text: str, phrase: str, count: int) -> None:
    found = places(text, phrase)
    assert len(found) == count
    assert all(text[start:end].casefold().startswith(phrase[:3].casefold()) for start, end in found)


def test_small_letters_mean_the_abbreviation_where_the_texts_write_one() -> None:
    assert is_also_common(["SIG är i gång."], "sig")
    assert not is_also_common(["De visar sig."], "sig")


def test_abbreviations_are_learned_in_both_directions() -> None:
    known = learn(
        ["Vi utreder felaktiga utbetalningar (FUT).", "Det sker i SSPF (skola, socialtjänst, polis, fritid) varje vecka."]
    )
    assert known.variants("hur går det med FUT?") == ["hur går det med felaktiga utbetalningar?"]
    assert known.variants("felaktiga utbetalningar") == ["FUT"]
    assert known.long_of["sspf"] == "skola, socialtjänst, polis, fritid"


def test_brackets_that_spell_nothing_teach_nothing() -> None:
    assert not learn(["Arbetet är klart (FUT).", "Inkomster (i SSBTEK) kontrolleras."]).long_of


def test_differences_are_the_words_that_came_and_went() -> None:
    change = differences("Gruppen har tre personer och möts ofta.", "Gruppen har fyra personer och möts sällan.")
    assert change.removed == ("tre", "ofta.")
    assert change.added == ("fyra", "sällan.")
    assert differences("Samma  text", "Samma text").same


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_a_text_differs_from_itself_in_nothing(a: str, b: str) -> None:
    assert differences(a, a).same
    assert 0.0 <= differences(a, b).kept <= 1.0


def test_a_word_of_its_own_is_no_slip_for_another() -> None:
    assert corrected("vann valet", ["falska vänner"]) == "vann valet"
    assert corrected("bussar", ["instrumentet BUS"]) == "bussar"
    assert corrected("langare", ["lång tid"]) == "langare"
    assert corrected("skolfranvaro", ["skolfrånvaro"]) == "skolfrånvaro"
    assert corrected("workshoppar", ["sex workshops"]) == "workshops"
    assert corrected("felaktia", ["felaktiga"], keep=("felaktia",)) == "felaktia"


def test_a_short_form_that_is_a_common_word_is_meant_only_in_capitals() -> None:
    known = learn(["sociala insatsgrupper (SIG)"])
    assert known.variants("de känner sig hotade") == []
    assert known.variants("hur går det med SIG?") == ["hur går det med sociala insatsgrupper?"]
