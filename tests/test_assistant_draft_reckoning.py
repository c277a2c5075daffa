"""Numbers that follow from others: parts and wholes, what is left, differences, and the counts that everybody knows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.checks.reckoning import fraction_flags, known_count, parts, rows_of_numbers, worked_out
from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import figures


def follows(sentence: str, *notes: str, comment: str = "") -> bool:
    """Whether the first figure of ``sentence`` follows from the notes and a comment of the year before."""
    sources = [Source(note, True) for note in notes] + ([Source(comment, False, 2025)] if comment else [])
    return worked_out(figures(sentence)[0], sentence, sources)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("nummer 4 och 5", []),
        ("nummer 4, 5 och 6 utgivna", [["4", "5", "6"]]),
        ("vecka 12, 14, 16; sal 1, 2, 3 och 4", [["12", "14", "16"], ["1", "2", "3", "4"]]),
        ("12 elever, 3 ledare, 4 lärare", []),
    ],
)
def test_rows_of_numbers(text: str, rows: list[list[str]]) -> None:
    assert rows_of_numbers(text) == rows


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=12), st.booleans())
def test_a_joined_row_is_read_back(numbers: list[int], with_and: bool) -> None:
    row = [str(number) for number in numbers]
    joined = f"{', '.join(row[:-1])} och {row[-1]}" if with_and else ", ".join(row)
    assert rows_of_numbers(f"nummer {joined} kom ut") == [row]
    assert follows(f"{len(row)} nummer kom ut.", f"nummer {joined} kom ut")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("9 av 11 skolor klara", [((9, 11), "9 av 11")]),
        ("9 av de 11 skolorna klara", [((9, 11), "9 av de 11")]),
        ("nio av totalt elva skolor", [((9, 11), "nio av totalt elva")]),
        ("9/11 skolor klara", [((9, 11), "9/11")]),
        ("52 elever, 31 av dem nya", [((31, 52), "52 elever, 31")]),
        ("52 elever, varav 31 nya", [((31, 52), "52 elever, varav 31")]),
        ("52 elever, av vilka bara 31 kom", [((31, 52), "52 elever, av vilka bara 31")]),
        ("Av 52 elever har 31 svarat.", [((31, 52), "52 elever har 31")]),
        ("Enkäten är klar och av de totalt 52 eleverna har 31 svarat.", [((31, 52), "52 eleverna har 31")]),
        ("Av 52 elever hyrdes 4 lokaler.", []),  # lokaler are no part of the pupils
        ("Av 52 elever, enligt listan, har 31 svarat.", []),
        ("52 elever och 31 ledare", []),
        ("9 % av 11 skolor", []),
        ("2,5 av 4 tjänster", []),  # wholes only
        ("nummer 9 av 11 sidor", []),  # a label counts nothing
        ("2 av 4 skolor och 3 av 5 fritidsgårdar", [((2, 4), "2 av 4"), ((3, 5), "3 av 5")]),
        ("9 av 11 skolor, varav 3 nya", [((9, 11), "9 av 11")]),
        (f"52 elever {'från hela kommunen och ' * 4}, varav 31 nya", []),  # too far apart to belong together
    ],
)
def test_parts_and_wholes(text: str, found: list[tuple[tuple[int, int], str]]) -> None:
    assert parts(text) == found


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["{0} av {1} elever", "{1} elever, varav {0} nya"]))
def test_every_part_of_a_whole_is_read_back(part: int, whole: int, form: str) -> None:
    assert [pair for pair, _ in parts(form.format(part, whole))] == [(part, whole)]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Tre nummer har getts ut.", "nummer 4, 5 och 6 utgivna"),
        ("Två grupper är i gång.", "båda grupperna i gång"),
        ("2 grupper är i gång.", "bägge grupperna i gång"),
        ("De två som återstår besöks i höst.", "9 av 11 skolor besökta"),
        ("Övriga 21 elever har fått påminnelse.", "52 elever, 31 av dem har svarat"),
        ("De resterande fyra är i gång.", "5 grupper, en vilande"),
        ("Det är 3 fler än året innan.", "14 besökare (11 förra året)"),
        ("Det är tre besökare färre än tidigare.", "11 besökare (14 förra året)"),
        ("Det är två timmar senare än förut.", "stänger kl. 19 (förra året kl. 17)"),
    ],
)
def test_numbers_that_follow(sentence: str, note: str) -> None:
    assert follows(sentence, note)


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Fyra nummer har getts ut.", "nummer 4, 5 och 6 utgivna"),
        ("Tre grupper är i gång.", "båda grupperna i gång"),
        ("De tre som återstår besöks i höst.", "9 av 11 skolor besökta"),
        ("De fyra som återstår besöks i höst.", "5 % av skolorna besökta"),  # a share has no rest in numbers
        ("De två som återstår tillsätts i höst.", "2,5 tjänster"),
        ("Två skolor har besökts.", "9 av 11 skolor besökta"),  # nothing says that these are the rest
        ("Det är 4 fler än året innan.", "14 besökare (11 förra året)"),
        ("Det är 3 fler än året innan.", "14 % besökare (11 % förra året)"),
        ("Det är tre timmar längre än förut.", "öppet kl. 9–17 (förra året kl. 10–16)"),
        ("3 besökare kom.", "14 besökare (11 förra året)"),  # no difference is spoken of
        ("3 % fler än året innan kom.", "14 besökare (11 förra året)"),  # a share is no count
    ],
)
def test_numbers_that_do_not_follow(sentence: str, note: str) -> None:
    assert not follows(sentence, note)


def test_a_difference_from_the_earlier_comment_is_of_one_unit() -> None:
    sentence = "Det är fyra fler än året innan."
    assert follows(sentence, "42 besökare", comment="Caféet hade 38 besökare.")
    assert not follows(sentence, "42 besökare", comment="Caféet hade 38 ledare.")
    assert not follows(sentence, "42 besökare", comment="Caféet hade 37 besökare.")
    assert not follows(sentence, "besökare: 42", comment="Besökarna var 38.")  # no word after them says of what
    assert not follows("Fyra besökare kom.", "42 besökare", comment="Caféet hade 38 besökare.")
    assert not follows(sentence, "42 besökare", "38 besökare")  # both are this year's


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(0, 999), st.booleans())
def test_the_difference_of_any_two_numbers_follows_and_no_other(new: int, old: int, in_comment: bool) -> None:
    notes = [f"{new} besökare"] if in_comment else [f"{new} besökare ({old} förra året)"]
    comment = f"Caféet hade {old} besökare." if in_comment else ""
    assert follows(f"Det är {abs(new - old)} fler än året innan.", *notes, comment=comment)
    assert not follows(f"Det är {abs(new - old) + 1} fler än året innan.", *notes, comment=comment)


def test_nothing_follows_from_nothing() -> None:
    assert not follows("Det är 3 fler än året innan.")
    assert fraction_flags("9 av 11 skolor är klara.", []) == []
    assert not known_count(figures("De två samordnarna")[0], "De två samordnarna", [])


@pytest.mark.parametrize(
    ("sentence", "text", "known"),
    [
        ("De två samordnarna har slutat.", "2 samordnare", True),
        ("Samtliga tre samordnare har slutat.", "tre samordnare", True),
        ("De två samordnarna har slutat.", "samordnarna Alva och Nils", True),
        ("Dessa tre samordnare har slutat.", "samordnarna Alva, Nils och Märta", True),
        ("De tre samordnarna har slutat.", "samordnarna Alva och Nils", False),
        ("De två samordnarna har slutat.", "föräldrarna Alva och Nils", False),
        ("De två samordnarna har slutat.", "2 lokaler", False),
        ("De två samordnarna har slutat.", "3 samordnare", False),
        ("De två samordnarna har slutat.", "2 % samordnare", False),
        ("Två samordnare har slutat.", "2 samordnare", False),  # not told as known
        ("De två, som vi vet.", "2 samordnare", False),
        ("De 2 % samordnare som slutat.", "2 samordnare", False),
    ],
)
def test_counts_that_are_known(sentence: str, text: str, known: bool) -> None:
    assert known_count(figures(sentence)[0], sentence, [Source(text, False, 2025)]) is known


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("60 av 52 elever har svarat.", "52 av 60 elever har svarat"),
        ("12 av 9 lokaler är klara.", "12 lokaler"),  # more than the whole
        ("9 av 12 lokaler är klara.", "12 av 9 lokaler klara"),  # turned round, whichever is right
        ("8 av 11 skolor är klara.", "9 av 11 skolor klara"),
        ("Av 11 skolor är 8 klara.", "9 av 11 skolor klara"),
        ("Alla 15 chefer har gått kursen.", "12 av 15 chefer gick kursen"),
        ("Samtliga våra 15 chefer har gått kursen.", "12 av 15 chefer gick kursen"),
        ("Båda grupperna är i gång.", "1 av 2 grupper i gång"),
    ],
)
def test_fractions_that_do_not_fit(sentence: str, note: str) -> None:
    assert [flag.code for flag in fraction_flags(sentence, [Source(note, True)])] == ["wrong_unit"]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("52 av 60 elever har svarat.", "52 av 60 elever har svarat"),
        ("Av 60 elever har 52 svarat.", "60 elever, 52 av dem har svarat"),
        ("8 av 11 skolor är klara.", "9 av 11 skolor besökta, 8 av 11 klara"),
        ("3 av 4 lokaler är klara.", "9 av 11 skolor klara"),
        ("11 av 11 skolor är klara.", "11 skolor klara"),
        ("Alla chefer på de 15 skolorna har gått kursen.", "12 av 15 chefer gick kursen"),
        ("Alla 2,5 tjänster är tillsatta.", "12 av 15 chefer gick kursen"),
        ("Alla 15 chefer har gått kursen.", "15 av 15 chefer gick kursen, 12 av 15 gick två gånger"),
        ("Alla 11 skolor är klara.", "12 av 15 chefer gick kursen"),
        ("Alla chefer har gått kursen.", "12 av 15 chefer gick kursen"),  # no whole is named
        ("Båda grupperna är i gång.", "2 grupper i gång"),
    ],
)
def test_fractions_that_fit(sentence: str, note: str) -> None:
    assert fraction_flags(sentence, [Source(note, True)]) == []


def test_a_fraction_as_the_note_was_written() -> None:
    note = Source("nio av elva skolor är klara", True, raw="9/11 skolor klara")
    assert fraction_flags("9 av 11 skolor är klara.", [note]) == []
    assert [flag.quote for flag in fraction_flags("8 av 11 skolor är klara.", [note])] == ["8 av 11"]


def test_all_of_what_an_earlier_year_had_in_part() -> None:
    assert fraction_flags("Alla 15 chefer har gått kursen.", [Source("12 av 15 chefer gick kursen.", False, 2025)]) == []
