"""A "not" that came or went between a sentence and its sources, and what denies without a "not"."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.checks.negations import clause_has_source_negation, is_denied, negation_flags
from assistant.draft.checks.sources import Source


def codes(sentence: str, *notes: str, comment: str = "") -> list[str]:
    """The flags of ``sentence`` against the notes and a comment of the year before."""
    sources = [Source(note, True) for note in notes] + ([Source(comment, False, 2025)] if comment else [])
    return [flag.code for flag in negation_flags(sentence, sources)]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("", False),
        ("caféet har öppet", False),
        ("caféet har inte öppet", True),
        ("caféet ej öppet", True),
        ("inga olyckor", True),
        ("analys saknas", True),
        ("0 allvarliga olyckor", True),
        ("10 allvarliga olyckor", False),
        ("betyg 4,0", False),
    ],
)
def test_what_denies(text: str, denied: bool) -> None:
    assert is_denied(text) is denied


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Rutinen ändras.", "rutinen ändras ej"),
        ("Handboken är klar.", "handboken inte klar"),
        ("Handboken är klar.", "handboken utskickad, ej klar"),  # a clause that names nothing
        ("Handboken är klar.", "handbok om hot och våld ej klar"),  # the state is enough
        ("Caféet är målat.", "caféet varken städat eller målat"),
        ("Caféet har öppet.", "caféet har inte längre öppet"),
        ("Analys finns i fem ärenden.", "analys saknas i 5 ärenden"),
        ("Allvarliga olyckor har rapporterats.", "0 allvarliga olyckor rapporterade"),
        ("Caféet har öppet och biblioteket stänger inte.", "caféet ej öppet"),  # it denies something else
        ("Språkcafé har hållits.", "språkcafé: ej hållet"),
        ("Ett språkcafé för nyanlända har hållits.", "språkcafé för nyanlända, blev inte av"),
        ("Biblioteket är öppet.", "caféet öppet --> biblioteket ej öppet"),
        ("Lokalen är hyrd.", "lokalen ej hyrd på grund av renovering"),
    ],
)
def test_a_negation_that_went(sentence: str, note: str) -> None:
    assert codes(sentence, note) == ["negation_lost"]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Rutinen ändras inte.", "rutinen ändras"),
        ("Inga olyckor har rapporterats.", "olyckor rapporterade"),
        ("0 olyckor har rapporterats.", "olyckor rapporterade"),
        ("Caféet har inte öppet.", "caféet har öppet, lokalen hyrs ej ut"),  # the note denies something else
        ("Kampanjen har aldrig strukits.", "kampanjen struken"),  # denies the very word
        ("Caféet i parken är inte öppet.", "caféet i parken öppet"),
    ],
)
def test_a_negation_that_came(sentence: str, note: str) -> None:
    assert codes(sentence, note) == ["negation_added"]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("", "rutinen ändras ej"),
        ("Rutinen ändras inte.", "rutinen ändras ej"),
        ("Handboken är inte klar.", "handboken ej klar"),
        ("Handboken är utskickad.", "handboken utskickad, ej klar"),
        ("Lokalen är klar.", "handbok om hot och våld ej klar"),
        ("Caféet är varken städat eller målat.", "caféet varken städat eller målat"),
        ("Nöjda med caféet var 40 elever.", "nöjda med caféet 40 elever, missnöjda 3, 12 varken eller"),  # an answer and no denial
        ("Nöjda med caféet var 40 elever.", "nöjda med caféet 40 elever, 12 varken nöjda eller missnöjda"),
        ("Analys saknas i fem ärenden.", "analys saknas i 5 ärenden"),
        ("Inga allvarliga olyckor har rapporterats.", "0 allvarliga olyckor rapporterade"),
        ("0 allvarliga olyckor har rapporterats.", "inga allvarliga olyckor rapporterade"),
        ("Lokalen är hyrd.", "rutinen ändras ej"),  # of something else
        ("Lokalen renoveras.", "lokalen ej hyrd på grund av renovering"),  # the cause is not denied
        ("Språkcaféet för nyanlända är struket.", "språkcafé för nyanlända, blev inte av"),  # struck out is not held
        ("Ett språkcafé i biblioteket renoveras.", "språkcafé för nyanlända, blev inte av"),
    ],
)
def test_negations_of_the_note(sentence: str, note: str) -> None:
    assert codes(sentence, note) == []


def test_the_word_is_shown() -> None:
    (flag,) = negation_flags("Rutinen ändras.", [Source("rutinen ändras ej", True)])
    assert (flag.quote, flag.message) == ("ej", "Källan säger ”ej”, men meningen gör det inte.")
    (flag,) = negation_flags("Inga olyckor rapporterades.", [Source("olyckor rapporterade", True)])
    assert flag.quote == "Inga"


def test_an_earlier_comment_denies_only_where_no_note_speaks() -> None:
    assert codes("Caféet har öppet.", comment="Caféet har inte öppet.") == ["negation_lost"]
    assert codes("Caféet har öppet.", "lokalen är hyrd", comment="Caféet har inte öppet.") == ["negation_lost"]
    assert codes("Caféet har öppet.", "caféet har öppet", comment="Caféet har inte öppet.") == []
    assert codes("Caféet har inte öppet.", "lokalen är hyrd", comment="Caféet har inte öppet.") == []


def test_what_the_earlier_comment_denies_a_note_on_the_same_thing_no_longer_does() -> None:
    comment = "Caféet har inte öppet."
    assert codes("Caféet har inte öppet.", "caféet har öppet", comment=comment) == ["negation_added"]
    assert codes("Under 2025 hade caféet inte öppet.", "caféet har öppet", comment=comment) == []
    assert codes("Tidigare hade caféet inte öppet.", "caféet har öppet", comment=comment) == []


@pytest.mark.parametrize("former", ["tidigare", "förut", "förra året", "i fjol", "under 2024"])
def test_what_was_so_earlier_is_not_said_of_now(former: str) -> None:
    note = "caféet har inte öppet"
    assert codes(f"Caféet hade öppet {former}, nu är det inte så.", note) == []
    assert codes(f"Caféet hade öppet {former}.", note) == []
    assert codes("Caféet hade öppet, nu är det inte så.", note) == ["negation_lost"]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Lokalen öppnar inte förrän i maj.", "lokalen öppnar i maj"),
        ("Lokalen öppnar i maj.", "lokalen öppnar ej förrän i maj"),
        ("Först i maj öppnar lokalen.", "lokalen öppnar inte förrän i maj"),
    ],
)
def test_not_before_denies_nothing(sentence: str, note: str) -> None:
    assert codes(sentence, note) == []


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Inte bara caféet har öppet.", "caféet har öppet"),
        ("Inte minst caféet har öppet.", "caféet har öppet"),
        ("Caféet har inte endast öppet på lördagar.", "caféet har öppet på lördagar"),
        ("Caféet har öppet och inget annat.", "caféet har öppet"),
        ("Caféet har öppet.", "caféet har öppet, inte bara lördagar"),
    ],
)
def test_words_that_only_look_like_denials(sentence: str, note: str) -> None:
    assert codes(sentence, note) == []


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Kursen blev inte av utan ersattes med handledning.", "kursen blev inte av, handledning i stället"),
        ("Kursen blev inte av utan handledning gavs.", "kursen blev inte av, handledning gavs"),
        ("Handledning gavs.", "kursen i brandskydd blev inte av utan handledning gavs"),
    ],
)
def test_not_this_but_that_is_one_denial(sentence: str, note: str) -> None:
    assert codes(sentence, note) == []


def test_what_follows_not_this_but_is_told() -> None:
    note = "inga kurser gavs utan handledning gavs"
    assert codes("Kurser gavs.", note) == ["negation_lost"]
    assert codes("Handledning gavs inte.", "kurser hölls inte utan handledning gavs") == ["negation_added"]


@pytest.mark.parametrize(
    "gone",
    [
        "avböjd",
        "vägrades",
        "fick avslag",
        "avslogs",
        "borta",
        "slopad",
        "nedlagd",
        "lagts ner",
        "läggs ner",
        "lades ner",
        "upphörde",
        "avslutad",
        "struken",
        "inställd",
        "utgår",
        "slut",
        "avvecklad",
        "vilande",
        "pausad",
        "försenad",
        "skjuts upp",
        "återstår",
    ],
)
def test_what_is_gone_may_be_denied(gone: str) -> None:
    assert codes("Kampanjen har inte blivit av.", f"kampanjen {gone}") == []
    assert codes("Lokalen har inte hyrts.", f"kampanjen {gone}") == ["negation_added"]


def test_what_is_lacking_is_the_thing_named_before_it() -> None:
    note = "analys saknas i 5 ärenden om hemtjänst"
    assert codes("Analys finns i fem ärenden.", note) == ["negation_lost"]
    assert codes("Ärenden om hemtjänst har granskats.", note) == []


def test_a_goal_not_reached_is_told_by_a_goal() -> None:
    assert codes("Målet nåddes inte.", "mål 20, utfall 14") == []
    assert codes("Kursen nådde inte fram.", "kurs 20, utfall 14") == ["negation_added"]
    assert codes("Kursen hölls inte.", "kursen hade som mål 20 elever") == ["negation_added"]
    assert codes("Målet för kursen nåddes inte.", "kursen höll 20 elever") == ["negation_added"]


def test_a_clause_that_names_nothing_is_about_what_its_sentence_is() -> None:
    sentence = "Handboken är utskickad, men inte klar."
    assert codes(sentence, "handboken utskickad, ej klar") == []
    assert clause_has_source_negation("inte klar", [Source("handboken ej klar", True)], sentence)
    assert not clause_has_source_negation("inte klar", [Source("lokalen ej klar", True)], sentence)


def test_a_source_without_a_negation_that_says_more_is_believed() -> None:
    assert codes("Caféet i parken är inte öppet.", "caféet i parken öppet", "biblioteket ej öppet") == ["negation_added"]
    assert codes("Biblioteket är inte öppet.", "caféet i parken öppet", "biblioteket ej öppet") == []


def test_nothing_to_compare_with() -> None:
    assert codes("Rutinen ändras.") == []
    assert codes("Rutinen ändras inte.") == ["negation_added"]
    assert not clause_has_source_negation("rutinen ändras inte", [])


_THINGS = st.sampled_from(["rutinen ändras", "caféet renoveras", "avtalet granskas", "lokalen städas"])


@settings(deadline=None)  # no test depends on the speed of the machine
@given(_THINGS, st.booleans(), st.booleans(), st.sampled_from(["inte", "ej", "aldrig"]))
def test_a_negation_is_flagged_when_one_side_alone_has_it(thing: str, said: bool, noted: bool, word: str) -> None:
    sentence = f"{thing.capitalize()} {word}." if said else f"{thing.capitalize()}."
    expected = [] if said is noted else ["negation_added"] if said else ["negation_lost"]
    assert codes(sentence, f"{thing} {word}" if noted else thing) == expected
