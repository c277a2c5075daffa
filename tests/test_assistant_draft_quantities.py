"""How much and how often: quantities, degrees and rhythms in words, shares that figures bear out, and "hela" of what has something left."""

from __future__ import annotations

import pytest
from draft_items import item
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.check import SEVERE, Checker
from assistant.draft.checks.quantities import left_over_flags, quarter_flags, share_flags, small_word_flags
from assistant.draft.checks.sources import Source


def note(text: str, raw: str = "") -> list[Source]:
    return [Source(text, True, raw=raw)]


def small(sentence: str, text: str, raw: str = "") -> list[str]:
    return [flag.quote for flag in small_word_flags(sentence, note(text, raw))]


def shares(sentence: str, text: str) -> list[str]:
    return [flag.quote for flag in share_flags(sentence, note(text))]


@pytest.mark.parametrize(
    ("sentence", "text", "quote"),
    [
        ("Några skolor har besökts.", "alla skolor besökta", "Några"),
        ("Samtliga skolor har besökts.", "några skolor besökta", "Samtliga"),
        ("Några skolor har besökts.", "11 av 11 skolor besökta", "Några"),
        ("Några skolor har besökts.", "11/11 skolor besökta", "Några"),
        ("En av skolorna har besökts.", "alla skolor besökta", "En av"),
        ("Någon av grupperna är i gång.", "båda grupperna i gång", "Någon av"),
        ("Ibland ges stöd på plats.", "stöd på plats ges alltid", "Ibland"),
        ("Knappt fem ledare behövs.", "högst fem ledare behövs", "Knappt"),
        ("Stödet ges efter besöket.", "stöd ges före besöket", "efter"),
        ("Gruppen träffas på tisdagar.", "grupp träffas på måndagar", "tisdagar"),
        ("Gruppen träffas på tisdagskvällar.", "gruppen träffas på måndagskvällar", "tisdagskvällar"),
        ("Gruppen träffas på morgnar.", "gruppen träffas på kvällar", "morgnar"),
        ("Gruppen träffas varje månad.", "gruppen träffas varje vecka", "varje månad"),
        ("Gruppen träffas varannan vecka.", "gruppen träffas varje vecka", "varannan vecka"),
        ("Gruppen träffas två gånger i veckan.", "gruppen träffas tre gånger i veckan", "två gånger i veckan"),
        ("De nöjda eleverna kom tillbaka.", "missnöjda elever kom tillbaka", "nöjda"),
    ],
)
def test_other_small_words(sentence: str, text: str, quote: str) -> None:
    assert small(sentence, text) == [quote]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Samtliga skolor har besökts.", "alla skolor besökta"),
        ("Samtliga skolor har besökts.", "11 av 11 skolor besökta"),
        ("En av skolorna har besökts.", "en av alla skolor besökt"),
        ("En av skolorna har besökts.", "några skolor besökta"),
        ("Stödet ges alltid på plats.", "stöd på plats"),  # the note names no degree: others look at words that came from nowhere
        ("Gruppen träffas på måndagar.", "gruppen träffas på måndagar"),
        ("Gruppen träffas på måndagskvällar.", "gruppen träffas måndag kväll"),
        ("Gruppen träffas varje vecka.", "gruppen träffas varje vecka"),
        ("Gruppen träffas varje vecka.", "gruppen träffas 1 gång/vecka"),
        ("Gruppen träffas varje vecka.", "gruppen träffas"),
        ("Skolorna kan besökas.", "skolorna ska besökas"),  # what is told apart by its place alone
        ("", "alla skolor besökta"),
    ],
)
def test_small_words_of_the_note(sentence: str, text: str) -> None:
    assert small(sentence, text) == []


def test_days_in_short_are_read_in_the_note_as_written() -> None:
    assert small("Gruppen träffas på torsdagar.", "gruppen träffas", raw="gruppen träffas ti + to") == []
    assert small("Gruppen träffas på tisdagar.", "gruppen träffas", raw="gruppen träffas mån–ons") == []
    assert small("Gruppen träffas på fredagar.", "gruppen träffas på måndagar", raw="gruppen träffas mån–ons") == ["fredagar"]


def test_what_is_said_instead_is_named() -> None:
    (flag,) = small_word_flags("Ibland ges stöd på plats.", note("alla får alltid stöd på plats"))
    assert (flag.code, flag.message) == ("changed_word", "Meningen säger ”Ibland” men källan ”alltid”.")
    (flag,) = small_word_flags("Några skolor har besökts.", note("11 av 11 skolor besökta"))
    assert flag.message == "Meningen säger ”Några” men källan ”alla”."


@pytest.mark.parametrize(
    ("sentence", "text", "quote"),
    [
        ("Alla skolor har besökts.", "9 av 11 skolor besökta", "Alla"),
        ("Alla skolor i de 11 orterna har besökts.", "9 av 11 skolor besökta", "Alla"),
        ("Hälften av skolorna har besökts.", "9 av 11 skolor besökta", "Hälften"),
        ("Kön har halverats.", "kö 9 (11 förra året)", "halverats"),
        ("Antalet har fördubblats.", "14 besökare (11 förra året)", "fördubblats"),
        ("Det kom tre gånger så många.", "22 besökare (11 förra året)", "tre gånger så"),
        ("En tredjedel har svarat.", "5 av 10 har svarat", "En tredjedel"),
        ("Var fjärde har svarat.", "5 av 10 har svarat", "Var fjärde"),
        ("De flesta har svarat.", "5 av 10 har svarat", "De flesta"),
        ("Majoriteten har svarat.", "40 % har svarat", "Majoriteten"),
        ("Hälften har svarat.", "5 elever, 10 %", "Hälften"),  # a count and a share are no two counts
        ("Hälften har svarat.", "har svarat", "Hälften"),
        ("Alla har svarat.", "0 av 0 har svarat", "Alla"),
    ],
)
def test_shares_that_no_figure_bears_out(sentence: str, text: str, quote: str) -> None:
    assert shares(sentence, text) == [quote]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Alla skolor har besökts.", "11 av 11 skolor besökta"),
        ("Alla skolor har besökts.", "100 % av skolorna besökta"),
        ("Alla skolor har besökts.", "hela kommunens skolor besökta"),
        ("Alla 11 skolor har besökts.", "11 skolor besökta"),
        ("Alla de 11 skolorna har besökts.", "11 skolor besökta"),
        ("Alla tiders dag blev det.", "en dag"),
        ("Hälften av skolorna har besökts.", "5 av 10 skolor besökta"),
        ("Hälften av skolorna har besökts.", "hälften av skolorna besökta"),
        ("Kön har halverats.", "kö 6 (12 förra året)"),
        ("Antalet har fördubblats.", "22 besökare (11 förra året)"),
        ("Det kom tre gånger så många.", "33 besökare (11 förra året)"),
        ("En tredjedel har svarat.", "4 av 12 har svarat"),
        ("Två tredjedelar har svarat.", "8 av 12 har svarat"),
        ("En fjärdedel har svarat.", "3 av 12 har svarat"),
        ("Tre fjärdedelar har svarat.", "75 % har svarat"),
        ("De flesta har svarat.", "6 av 10 har svarat"),
        ("Flera har svarat.", "6 av 10 har svarat"),
        ("", ""),
    ],
)
def test_shares_that_words_or_figures_bear_out(sentence: str, text: str) -> None:
    assert shares(sentence, text) == []


def test_the_figures_of_the_notes_come_before_those_of_an_earlier_comment() -> None:
    earlier = Source("5 av 10 skolor besöktes.", False, 2025)
    sentence = "Fler än hälften av skolorna har besökts."
    assert share_flags(sentence, [earlier]) == []
    assert [flag.quote for flag in share_flags(sentence, [earlier, *note("9 av 10 skolor besökta")])] == ["hälften"]


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.integers(1, 999), st.integers(1, 999))
def test_a_half_is_about_half(part: int, whole: int) -> None:
    share = part / whole
    inside = 0.45 <= share <= 0.55 or 0.45 <= 1 / share <= 0.55
    assert (shares("Hälften av eleverna har svarat.", f"svar från {part} av {whole} elever") == []) is inside


@pytest.mark.parametrize(
    ("sentence", "text", "quote"),
    [
        ("Belysningen är utbytt i hela kommunen.", "belysning utbytt, norr återstår", "hela"),
        ("Belysningen är utbytt överallt.", "belysning utbytt, resten i höst", "överallt"),
        ("Belysningen är utbytt på alla skolor.", "belysning utbytt på skolor, 2 kvar att byta", "alla"),
    ],
)
def test_all_of_what_has_something_left(sentence: str, text: str, quote: str) -> None:
    assert [flag.quote for flag in left_over_flags(sentence, note(text))] == [quote]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Belysningen är utbytt i centrum.", "belysning utbytt, norra delen återstår"),
        ("Belysningen är utbytt i hela centrum, norra delen återstår.", "belysning utbytt, norra delen återstår"),
        ("Belysningen är utbytt i hela kommunen.", "belysning utbytt i hela kommunen, målning återstår"),
        ("Belysningen är utbytt i hela kommunen.", "belysning utbytt"),
        ("Enkäten gick till alla hem.", "belysning utbytt, norra delen återstår"),  # the note tells of something else
    ],
)
def test_all_of_what_may_be_all(sentence: str, text: str) -> None:
    assert left_over_flags(sentence, note(text)) == []


def test_an_earlier_comment_leaves_nothing_over() -> None:
    earlier = Source("Belysningen är utbytt, norra delen återstår.", False, 2025)
    assert left_over_flags("Belysningen är utbytt i hela kommunen.", [earlier]) == []


@pytest.mark.parametrize(
    ("sentence", "note", "flagged"),
    [
        ("En ny version väntas andra kvartalet 2027.", "ny version kv 2 2027", False),
        ("En ny version väntas andra kvartalet 2027.", "ny version 2:a kvartalet 2027", False),
        ("En ny version väntas fjärde kvartalet 2027.", "ny version kv 2 2027", True),
        ("En ny version väntas första kvartalet.", "ny version väntas", True),
        ("Den andra versionen väntas i maj.", "version 2 väntas i maj", False),
    ],
)
def test_a_quarter_is_the_one_that_the_note_has(sentence: str, note: str, flagged: bool) -> None:
    assert bool(quarter_flags(sentence, [Source(note, True, 2026)])) is flagged


HOURS = "Jouren är öppen dagtid. I årskurs 8 hålls lektioner. Rådet håller ett informationsmöte varje höst."


@pytest.mark.parametrize(
    ("sentence", "flagged"),
    [
        ("Jouren är öppen dagtid.", False),
        ("Jouren är öppen dygnet runt.", True),
        ("Jouren är öppen nattetid.", True),
        ("I årskurs åtta hålls lektioner.", False),
        ("I årskurs nio hålls lektioner.", True),
        ("Rådet håller ett informationsmöte varje höst.", False),
        ("Rådet håller ett informationsmöte varje vår.", True),
    ],
)
def test_hours_grades_and_seasons_are_the_sources(sentence: str, flagged: bool) -> None:
    checker = Checker(notes=["rådet: 3 möten"], history=[item(2025, HOURS)], year=2026)
    assert any(flag.code in SEVERE for flag in checker.sentence(sentence).flags) is flagged
