"""What a figure counts: a figure of the note with another noun, another span of time, or no noun at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.checks.sources import Source
from assistant.draft.checks.units import is_bare, noun_after, of_other_span, unit_flag
from assistant.draft.language.facts import figures


def flagged(sentence: str, *notes: str) -> bool:
    """Whether the first figure of ``sentence`` is of something else in the notes."""
    flag = unit_flag(figures(sentence)[0], sentence, [Source(note, True) for note in notes])
    assert flag is None or flag.code == "wrong_unit"
    return flag is not None


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("12 familjer har fått stöd.", "12 ungdomar och 5 familjer"),  # the families are another number
        ("12 familjer har fått stöd.", "12 ungdomar, 7 familjer, 5 (3 förra året)"),  # 5 may be of anything, 12 not
        ("12 familjer har fått stöd.", "12 %, 12 ungdomar, 5 familjer"),
        ("12 personer kom.", "12 lokaler, 5 deltagare"),
        ("12 kontroller gjordes.", "12 lokaler, 5 kontrollbesök"),
        ("12 bilar hyrdes.", "12 lokaler, 5 lånebilar"),
        ("88 lokaler har hyrts.", "88 ungdomar"),
        ("14 grupper har bildats.", "14 personer"),
        ("14 skolor har deltagit.", "14 personer"),
        ("Väntetiden är 13 år.", "väntetid 13 månader"),
        ("Kursen tog 3 veckor.", "kurs 3 dagar"),
        ("5 handläggare gick på kursen.", "5 enkäter, 7 handläggare"),
    ],
)
def test_figures_of_something_else(sentence: str, note: str) -> None:
    assert flagged(sentence, note)


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("5 familjer har fått stöd.", "12 ungdomar och 5 familjer"),
        ("88 ungdomar har fått stöd.", "88 ungdomar"),
        ("14 cyklar har hyrts ut.", "14 lånecyklar"),  # the last part of the same word
        ("14 personer kom.", "14 deltagare"),
        ("Besvaret tog 5 dagar.", "5 arbetsdagar"),
        ("88 % av lokalerna har hyrts.", "88 ungdomar"),  # a share counts nothing
        ("De var 88 till antalet.", "88 ungdomar"),
        ("88 ungdomar kom.", "88 (74 förra året)"),  # the note does not say of what
        ("88 ungdomar kom.", "88 av lokalerna"),
        ("12 familjer har fått stöd.", "12 (9 förra året), 5 familjer"),
        ("12 elever svarade.", "12 svarade, 5 elever"),
        ("12 elever svarade.", "12 avbrutna, 5 elever"),
        ("12 lägenheter målades.", "12 vakanta, 5 lägenheter"),
        ("14 personer kom.", "14 deltagare, 5 personer"),
        ("14 skolor har deltagit.", "14 lärare i skolan"),
        ("5 elever är klara.", "5 klara med behandling"),
        ("2 elever slutade.", "2 avbrutna"),
        ("5 elever kom.", "5 – bra betyg"),
        ("14 kurser hölls.", "kurs för 14 elever"),  # the note has kurs: as far as it says they may be counted
        ("14 cyklar för elever köptes.", "14 elever"),  # the sentence names the pupils too
        ("14 lokaler hyrdes.", "14 dagar"),  # a span of time and a thing
        ("89 lokaler har hyrts.", "88 ungdomar"),  # no figure of the note at all
        ("88 öppna har hyrts.", "88 ungdomar"),  # no noun follows
    ],
)
def test_figures_of_the_same_or_of_nothing_said(sentence: str, note: str) -> None:
    assert not flagged(sentence, note)


def test_only_notes_say_what_is_counted() -> None:
    sentence = "88 lokaler har hyrts."
    assert unit_flag(figures(sentence)[0], sentence, [Source("88 ungdomar kom.", False, 2025)]) is None
    assert not flagged(sentence)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("5 veckor", False),
        ("5 (3 förra året)", True),
        ("4, 5 och 6", True),
        ("5", True),
        ("5/vecka", True),
        ("5 förra året", True),
        ("5 har svarat", True),
        ("5 kvar", True),
        ("5 mot 3", True),
        ("5 keramikkurser", False),
    ],
)
def test_bare_numbers(text: str, bare: bool) -> None:
    assert is_bare(text, figures(text)[0]) is bare


def test_a_number_of_another_text_is_not_bare() -> None:
    assert not is_bare("x (3)", figures("5 (3)")[0])


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("88 ungdomar", "ungdomar"),
        ("13 månader", "månader"),
        ("tre kvällar", "kvällar"),
        ("88", None),
        ("88 av", None),  # an empty word
        ("88 svarade", None),  # a verb
        ("88 städat", None),  # a verb that would need a source
        ("88 oftast", None),
        ("88 många", None),  # a class of small words
        ("88 trasiga", None),  # may be an adjective
        ("88 färre", None),
        ("88 personer", None),  # says nothing by itself
    ],
)
def test_the_noun_after_a_figure(text: str, noun: str | None) -> None:
    assert noun_after(text, figures(text)[0]) == noun


@pytest.mark.parametrize(
    ("sentence", "note", "other"),
    [
        ("13 månader", "13 år", True),
        ("13 månader", "13 mån", False),
        ("13 månader", "13 månader", False),
        ("3 dagar", "3 dygn", False),
        ("3 dagar", "3 arbetsdagar", True),
        ("3 timmar", "3 lokaler", False),
        ("3 lokaler", "3 timmar", False),
        ("3 %", "3 timmar", False),
        ("3", "3 timmar", False),
    ],
)
def test_other_spans_of_time(sentence: str, note: str, other: bool) -> None:
    assert of_other_span(sentence, figures(sentence)[0], note, figures(note)[0]) is other


def test_a_figure_of_the_note_as_written_has_no_span() -> None:
    assert not of_other_span("13 månader", figures("13 månader")[0], "ca år", figures("13 år")[0])


_NOUNS = ["ungdomar", "lokaler", "enkäter", "cyklar", "böcker"]


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.integers(0, 999), st.sampled_from(_NOUNS), st.sampled_from(_NOUNS))
def test_a_figure_belongs_to_its_own_noun_alone(count: int, said: str, noted: str) -> None:
    assert flagged(f"Det är {count} {said}.", f"{count} {noted}") is (said != noted)
