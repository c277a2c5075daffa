"""Which way something went: words and figures that say the opposite of the sentence, and directions that no source tells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.checks.directions import LESS, MORE, begins_alike, direction_flags, opposed
from assistant.draft.checks.sources import Source


def note(text: str) -> Source:
    return Source(text, True)


def codes(sentence: str, *sources: Source) -> list[str]:
    return [flag.code for flag in direction_flags(sentence, sources, 2026)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Antalet besök har ökat.", "antalet besök har minskat"),
        ("Avgiften höjdes i mars.", "avgiften sänktes i mars"),
        ("Kön växte.", "kön sjönk"),
        ("Lokalen har utvidgats.", "lokalen krymptes"),
        ("Betygen är högre.", "betygen är lägre"),
        ("Fler besökare kom.", "färre besökare kom"),
        ("Svarstiden är längre.", "svarstiden är kortare"),
        ("Luften har förbättrats.", "luften har försämrats"),
        ("Luften är bättre.", "luften är sämre"),
        ("Priset har stigit.", "priset har sjunkit"),
        ("Mottagningen är öppen.", "mottagningen är stängd"),
        ("Mottagningen öppnades i mars.", "mottagningen stängdes i mars"),
        ("Gruppen har startat.", "gruppen har avslutats"),
        ("Gruppen har påbörjat arbetet.", "gruppen har lagts ned"),
        ("Planen antogs i maj.", "planen avslogs i maj"),
        ("Ansökan beviljades.", "ansökan fick avslag"),
        ("Handboken är klar.", "handboken är försenad"),
        ("Avtalet undertecknades i maj.", "avtalet sades upp i maj"),
        ("Tjänsten är vakant.", "tjänsten är tillsatt"),
        ("Gruppen är vilande.", "gruppen är igång"),
        ("Träffen hölls i maj.", "träffen ställdes in i maj"),
        ("Avtalet är beslutat.", "avtalet förhandlas"),
        ("Handboken är färdig.", "handboken är påbörjad"),
        ("Svaret kom senare än väntat.", "svaret kom tidigare än väntat"),
        ("Kostnaden är över budget.", "kostnaden är under budget"),
        ("Jouren fortsätter.", "jouren läggs ned"),
        ("Nämnden avstyrker planen.", "nämnden tillstyrker planen"),
        ("Kuratorn har börjat.", "kuratorn har slutat"),
    ],
)
def test_opposites_either_way_round(one: str, two: str) -> None:
    capital, small = two.capitalize() + ".", one[0].lower() + one[1:].rstrip(".")
    for said, told in ((one, two), (capital, small)):
        assert opposed(said, [note(told)]) is not None, said
        assert codes(said, note(told)) == ["contradiction"], said
        assert opposed(said, [note(said)]) is None, said
        assert codes(said, note(said)) == [], said


def test_the_words_that_are_opposite() -> None:
    sources = [note("fältarna 5, mottagningen stängd i mars")]
    assert opposed("Mottagningen öppnades i mars.", sources) == ("öppnades", "stängd")
    (flag,) = direction_flags("Mottagningen öppnades i mars.", sources, 2026)
    assert (flag.message, flag.quote) == ("Meningen säger ”öppnades” men källan ”stängd”.", "öppnades")


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("", ("mottagningen stängd",)),
        ("Mottagningen är öppen.", ()),
        ("Mottagningen är öppen.", ("biblioteket är stängt",)),  # of something else
        ("Mottagningen är öppen.", ("mottagningen flyttad, biblioteket är stängt",)),  # another clause
        ("Mottagningen är öppen.", ("mottagningen stängd i mars, öppen igen i maj",)),  # the note says both
        ("Mottagningen stängdes i mars men är öppen.", ("mottagningen stängd",)),  # the sentence says both
        ("Mottagningen är ny.", ("mottagningen stängd",)),
    ],
)
def test_what_is_not_opposed(sentence: str, texts: tuple[str, ...]) -> None:
    assert opposed(sentence, [note(text) for text in texts]) is None


def test_a_clause_that_names_nothing_else_is_of_the_same() -> None:
    assert opposed("Mottagningen är öppen.", [note("mottagningen; stängd")]) == ("öppen", "stängd")


@pytest.mark.parametrize(
    ("sentence", "text", "code"),
    [
        ("Femton flickor deltog.", "15 pojkar deltog", ["contradiction"]),
        ("Femton killar deltog.", "15 tjejer deltog", ["contradiction"]),
        ("Femton kvinnor deltog.", "15 män deltog", ["contradiction"]),
        ("Femton män deltog.", "15 kvinnor deltog", ["contradiction"]),
        ("Femton flickor deltog.", "15 tjejer deltog", []),
        ("Femton flickor och pojkar deltog.", "15 pojkar deltog", []),
        ("Femton flickor deltog.", "15 pojkar och 15 flickor deltog", []),
        ("Femton flickor deltog.", "15 elever deltog", []),
    ],
)
def test_girls_for_boys(sentence: str, text: str, code: list[str]) -> None:
    assert codes(sentence, note(text)) == code


def test_only_a_note_tells_girls_from_boys() -> None:
    assert codes("Femton flickor deltog.", Source("15 pojkar deltog.", False, 2025)) == []


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Antalet besökare har ökat.", "antal besökare 14 (11 förra året)"),
        ("Antalet besökare har ökat till 14.", "14 besökare (11 förra året)"),
        ("Kostnaden har ökat.", "kostnad +14 %"),
        ("Kostnaden har minskat.", "kostnad -14 %"),
        ("Antalet besökare har minskat.", "antal besökare 11 (14 förra året)"),
        ("Antalet besökare har ökat.", "ökning av antal besökare"),
        ("Andelen anställda har ökat.", "andelen anställda ska öka"),  # whether it has is for others to look at
        ("Antalet besökare har ökat från 11 till 14.", "14 besökare (20 förra året)"),
        ("Antalet besökare har ökat från 11 till 14.", "14 besökare"),  # the sentence's own figures tell it
        ("Jouren är öppen två timmar längre än förut.", "jouren öppen till kl. 19 (förra året kl. 17)"),  # 19 − 17
        ("Besökarna var tre fler än året innan.", "14 besökare (11 förra året)"),
        ("Resan är inte längre gratis.", "resan kostar 20 kr"),  # "inte längre" is no length
        ("Fler än 14 besökare kom.", "15 besökare"),  # a bound and no direction
        ("", "antal besökare 14 (11 förra året)"),
    ],
)
def test_directions_that_figures_or_words_tell(sentence: str, text: str) -> None:
    assert codes(sentence, note(text)) == []


@pytest.mark.parametrize(
    ("sentence", "text", "code"),
    [
        ("Antalet besökare har ökat.", "antal besökare 11 (14 förra året)", "contradiction"),
        ("Antalet besökare har minskat till 14.", "14 besökare (11 förra året)", "contradiction"),
        ("Kostnaden har minskat.", "kostnad +14 %", "contradiction"),
        ("Kostnaden har ökat.", "kostnad -14 %", "contradiction"),
        ("Antalet besökare har ökat.", "14 besökare", "unsupported_claim"),
        ("Antalet besökare har minskat.", "14 besökare", "unsupported_claim"),
        ("Jouren är öppen tre timmar längre än förut.", "jouren öppen till kl. 19 (förra året kl. 17)", "unsupported_claim"),
        (
            "Två timmar senare än förut går bussen, och resan är längre.",
            "bussen går kl. 19 (förra året kl. 17)",  # the two hours are not of the way
            "unsupported_claim",
        ),
        ("Stödet har förbättrats.", "stöd gavs på 4 skolor", "unsupported_claim"),
        ("Besökarna har ökat från 14 till 11.", "11 besökare", "unsupported_claim"),  # its own figures say otherwise
    ],
)
def test_directions_that_figures_deny_or_nothing_tells(sentence: str, text: str, code: str) -> None:
    assert codes(sentence, note(text)) == [code]


def test_figures_of_something_else_deny_nothing() -> None:
    assert codes("Kön har ökat.", note("kön har ökat"), note("antal lokaler 11 (14 förra året)")) == []
    fewer = "antal besökare 11 (14 förra året)"
    assert codes("Antalet besökare i 3 lokaler har ökat.", note(fewer), note("besök i lokaler ökat")) == []


def test_figures_of_an_earlier_comment_deny_nothing() -> None:
    earlier = Source("Antalet besökare var 11 (14 förra året).", False, 2025)
    assert codes("Antalet besökare har ökat.", earlier, note("antal besökare ökat")) == []


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.integers(0, 999), st.integers(0, 999))
def test_the_figures_of_a_note_decide(new: int, old: int) -> None:
    source = note(f"antal besökare {new} (förra året {old})")
    assert (codes("Antalet besökare har ökat.", source) == []) is (new > old)
    assert (codes("Antalet besökare har minskat.", source) == []) is (new < old)


@pytest.mark.parametrize(
    ("word", "more", "less"),
    [
        ("ökning", True, False),
        ("fler", True, False),
        ("fler än 14", False, False),
        ("längre", True, False),
        ("inte längre", False, False),
        ("steg kraftigt", True, False),
        ("tre steg", False, False),
        ("utökades", True, False),
        ("minskning", False, True),
        ("färre", False, True),
        ("färre än 14", False, False),
        ("sänkningen", False, True),
        ("kortats", False, True),
        ("växthus", False, False),
        ("", False, False),
    ],
)
def test_words_for_more_and_less(word: str, more: bool, less: bool) -> None:
    assert (MORE.search(word) is not None, LESS.search(word) is not None) == (more, less)


@pytest.mark.parametrize(
    ("sentence", "text", "alike"),
    [
        ("Antalet besökare har ökat.", "besökare i caféet 14 (11)", True),  # one of two words
        ("Antalet besökare har ökat.", "lokaler i centrum 14 (11)", False),
        (
            "Antalet besökare har ökat.",
            "besökare 14 i caféet vid torget intill kyrkan",
            True,
        ),  # what follows the figure is not looked at
        ("Antalet besökare har ökat.", "14 besökare", True),  # a figure first: the whole note
        ("Antalet besökare har ökat.", "besökare på plats", True),
        ("Antalet besökare har ökat.", "i år 14", False),  # nothing is named
        ("Antalet besökare har ökat.", "", False),
    ],
)
def test_whether_a_note_begins_with_what_a_sentence_is_about(sentence: str, text: str, alike: bool) -> None:
    assert begins_alike(sentence, note(text)) is alike
