"""Shortened words of a note held against the whole words of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft.language.abbreviated import shortened, spelled_with, stands_for

LETTERS = "abcdefghijklmnoprstuvyåäö"


@pytest.mark.parametrize(
    ("short", "word"),
    [
        # with a full stop: the pieces in their order, and an ending after the last
        ("ers.lokal", "ersättningslokal"),
        ("ers.lokal", "ersättningslokalerna"),
        ("soc.sekr.", "socialsekreterarna"),
        ("verks.", "verksamhetsplanering"),
        ("e.tjänst", "e-handelstjänst"),
        # without vowels
        ("fsk", "förskola"),
        ("ssk", "sjuksköterskan"),
        ("grp-bostad", "gruppbostaden"),
        # in capitals
        ("HLR", "hjärt-lungräddning"),
        ("ABO", "avgiftsbelagd-bostad"),
        # six letters or more in their order
        ("grpbostad", "gruppbostaden"),
        ("träffp", "träffpunkten"),
        ("introprogr.", "introduktionsprogrammet"),
    ],
)
def test_a_short_word_may_stand_for_a_whole_one(short: str, word: str) -> None:
    assert stands_for(short, word)


@pytest.mark.parametrize(
    ("short", "word"),
    [
        ("fsk", "skolskjuts"),  # another first letter
        ("fsk", "fsk"),  # no longer
        ("fsk", "familj"),  # no s, no k
        ("fk", "förskolekö"),  # two letters are too few
        ("v.", "verksamhet"),  # one letter is too few
        ("gr.", "gruppen"),
        ("bok.", "bibliotek"),
        ("ers.lokal", "ersättning"),  # the second piece is not there
        ("grp-bostad", "gruppmöte"),
        ("HLR", "hyresrättslag"),  # the letters stand in another order
        ("träff", "träffpunkt"),  # a whole word of five letters
        ("bsk", "bsk"),
        ("", "förskola"),
        ("fs.k", "fsk"),
        ("sim", "sims"),
    ],
)
def test_what_a_short_word_cannot_stand_for(short: str, word: str) -> None:
    assert not stands_for(short, word)


@given(st.text(LETTERS, min_size=2, max_size=9), st.text(LETTERS, min_size=1, max_size=9), st.text(LETTERS, min_size=1, max_size=9))
def test_a_word_cut_in_two_with_a_full_stop_stands_for_the_word(head: str, middle: str, tail: str) -> None:
    assert stands_for(f"{head}.{tail}", head + middle + tail)


@given(st.text(LETTERS, min_size=3, max_size=9), st.text(LETTERS, min_size=1, max_size=9))
def test_a_word_cut_short_with_a_full_stop_stands_for_the_word(head: str, rest: str) -> None:
    assert stands_for(f"{head}.", head + rest)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("ers.lokal klar", ("ers.lokal",)),
        ("fyra fsk, en ssk", ("fsk", "ssk")),
        ("HLR och TiB", ("HLR", "TiB")),
        ("grpbostad i Ekby", ("grpbostad",)),
        ("fler p-platser", ("p-platser",)),
        ("fsk flyttar, fsk stannar", ("fsk",)),
        ("tid m. tolk", ()),  # one letter
        ("e-tjänst öppen i maj", ()),
        ("12 platser, 3:5", ()),
        ("", ()),
    ],
)
def test_words_that_look_shortened(note: str, words: tuple[str, ...]) -> None:
    assert shortened(note) == words


@given(st.text(alphabet="abkst .-BK1å", max_size=40))
def test_shortened_words_stand_in_the_note_once_each(note: str) -> None:
    found = shortened(note)
    assert all(word in note for word in found)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("note", "words", "found"),
    [
        ("ers.lokal klar", ["en", "ersättningslokal", "står"], {"ers.lokal": "ersättningslokal"}),
        ("fsk i Ekby", ["föräldrar", "forskare", "förskolan"], {"fsk": "forskare"}),  # the first that may be
        ("fsk", ["fisk", "fsk"], {"fsk": "fisk"}),
        ("ÄBO", ["äbo"], {}),  # three letters are no whole word
        ("fsk och ssk", ["förskolor", "sjuksköterskor"], {"fsk": "förskolor", "ssk": "sjuksköterskor"}),
        ("ers.lokal", ["lokalen"], {}),
        ("lokalen", ["lokalvården"], {}),
        # the first letters of words in a row
        ("TiB nås", ["nu", "nås", "tjänstemannen", "i", "beredskap"], {"TiB": "tjänstemannen i beredskap"}),
        ("TiB-möte", ["tjänsteman", "i", "beredskapsmöte"], {"TiB-möte": "tjänsteman i beredskapsmöte"}),
        ("TiB-möte", ["tjänsteman", "i", "beredskap"], {}),
        ("TiB", ["tjänsteman", "beredskap", "i"], {}),
        ("TiB", ["tjänsteman", "i"], {}),
        ("tib.", ["tjänsteman", "i", "beredskap"], {}),  # two capitals at least
    ],
)
def test_each_short_word_with_its_long_one(note: str, words: list[str], found: dict[str, str]) -> None:
    assert spelled_with(note, words) == found
