"""Words of a sentence that stand nowhere in what it may rest on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.checks.foreign_words import foreign_words
from assistant.draft.checks.sources import Source
from assistant.draft.language.wording import content_stems, tokens


def foreign(sentence: str, *texts: str) -> list[str]:
    """The words flagged where ``texts`` are all there is."""
    words = {token.low for text in texts for token in tokens(text)}
    stems = {one for text in texts for one in content_stems(text)}
    flags = foreign_words(sentence, stems, words, [Source(text, True, 2026) for text in texts])
    assert all(flag.code == "untraced_word" for flag in flags)
    return [flag.quote for flag in flags]


@pytest.mark.parametrize(
    ("sentence", "text", "word"),
    [
        ("Familjer erbjuds läxhjälp.", "familjer erbjuds samtal", "läxhjälp"),
        ("Läxhjälp och simskola.", "familjer", "Läxhjälp"),  # the first of two
        ("Skolkuratorn kommer.", "skolassistenten", "Skolkuratorn"),
        ("Treårigt stöd.", "stöd 4 år", "Treårigt"),
        ("Benet finns.", "benrangel", "Benet"),  # three letters are no end of a compound
        ("Flera föreställningar.", "föreläsning", "föreställningar"),
        ("Trafiksäkerheten prövas.", "trafikkaos", "Trafiksäkerheten"),  # six letters alike and the rest too long
        ("Andrahand gäller.", "andra", "Andrahand"),
    ],
)
def test_a_word_of_nowhere_is_flagged(sentence: str, text: str, word: str) -> None:
    assert foreign(sentence, text) == [word]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Familjer erbjuds samtal.", "familjer erbjuds samtal"),
        ("Familjens samtal.", "familjer samtal"),
        ("Tolkar saknas.", "tolkbrist"),
        ("Tolkar saknas.", "simskolan flyttar, tolkbrist"),
        # what needs no source
        ("Det har genomförts och ges.", ""),  # carrying verbs
        ("Tolv av 14 i mars.", ""),
        ("LSS och BVC.", ""),
        ("Teamet och gruppen.", ""),
        ("Ofta alla vardagar.", ""),
        ("Det är inte aldrig.", ""),
        ("Det har ökat och minskat.", ""),
        # compounds
        ("Bytet är gjort.", "journalbytet gjort"),
        ("Bytet är gjort.", "journalbyte gjort"),
        ("Simskoleplatser.", "simskola"),
        ("Kuratorn kommer.", "skolkurator"),
        ("Skolsköterskan kommer.", "sköterska"),
        ("Skolkuratorerna kommer.", "skolkurator"),
        # so many years
        ("Fyraårigt stöd.", "stöd 4 år"),
        ("Ett tjugofemårigt stöd.", "stöd 25 år"),
        # one root
        ("Allt är föreläst.", "föreläsning"),
        ("Utvecklingsarbete pågår.", "utvecklare"),
        ("", "familjer"),
    ],
)
def test_words_that_are_known(sentence: str, text: str) -> None:
    assert foreign(sentence, text) == []


@pytest.mark.parametrize(
    "who",
    """nämnden styrelsen fullmäktige verket förvaltningen kontoret bolaget kuratorer sköterskan sköterskor idrottsläraren cheferna samordnaren
    strategen handläggaren sekreteraren pedagogen psykologen rektorn assistenten inspektören parkvakterna värdarna terapeuten körledaren
    kuratorerna chefs kontor""".split(),
)
def test_who_acts_is_not_known_by_the_place(who: str) -> None:
    assert foreign(f"Skol{who} kommer.", "skola") == [f"Skol{who}"]
    assert foreign("Skolbussen kommer.", "skola") == []


@pytest.mark.parametrize(
    ("word", "compound"),
    [
        ("Bytet", "journalbyte"),
        ("Bytets", "journalbyte"),
        ("Vägarna", "cykelväg"),
        ("Filerna", "ljudfil"),
        ("Listorna", "väntelista"),
        ("Korgens", "brevkorg"),
        ("Korgen", "brevkorg"),
        ("Äpplena", "vinteräpple"),
        ("Kontot", "bankkonto"),
        ("Ombuds", "skyddsombud"),
    ],
)
def test_the_end_of_a_compound_is_known_in_any_form(word: str, compound: str) -> None:
    assert foreign_words(f"{word} finns.", (), {"familjer", compound}, []) == []
    assert [flag.quote for flag in foreign_words(f"{word} finns.", (), {"familjer"}, [])] == [word]


def test_any_of_the_sources_may_have_the_years() -> None:
    assert foreign("Fyraårigt stöd.", "stöd", "avtal 4 år") == []


@pytest.mark.parametrize("text", ["familjer", "Simskolan flyttar till Ekby, tolv barn väntar."])
def test_a_text_has_no_word_foreign_to_itself(text: str) -> None:
    assert foreign(text, text) == []


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.text(max_size=60))
def test_any_text_knows_its_own_words(text: str) -> None:
    assert foreign(text, text) == []


@settings(deadline=None)
@given(st.text(alphabet="abcdeimnorstå ", max_size=40), st.text(alphabet="abcdeimnorstå ", max_size=40))
def test_what_is_flagged_is_a_word_of_the_sentence(sentence: str, text: str) -> None:
    found = foreign(sentence, text)
    assert len(found) <= 1
    assert all(word in [token.text for token in tokens(sentence)] for word in found)
