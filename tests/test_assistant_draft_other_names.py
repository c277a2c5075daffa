"""A name in another's place, each worked out by hand."""

from __future__ import annotations

import pytest
from draft_items import item

from assistant.draft.check import SEVERE, Checker
from assistant.draft.checks.other_names import other_name
from assistant.draft.checks.sources import Source

SOURCES = (
    Source("hyra 120 kronor i Kolnäset", is_note=True),
    Source("läkare vakant sen juni, patienter hänvisas till Norrgården", is_note=True),
    Source("trädgården på torget invigd, bekostad av Lions", is_note=True),
    Source("Mottagningen i Bryggaregränd är öppen på kvällar.", is_note=False, year=2025),
    Source("Trädgården i Sjöudden sköts av boende.", is_note=False, year=2025),
)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Hyran är 120 kronor i Sjöudden.", "Sjöudden"),  # a figure counts as a word of the rest
        ("Patienter till läkare hänvisas till Bryggaregränd.", "Bryggaregränd"),
        ("Läkare hänvisar patienter till enheten i Sjöudden.", "Sjöudden"),
        ("Trädgården på torget bekostas av Norrgården.", "Norrgården"),
    ],
)
def test_a_name_in_another_s_place_is_found(sentence: str, name: str) -> None:
    assert [flag.quote for flag in other_name(sentence, SOURCES, frozenset())] == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "Patienter till läkare hänvisas till Norrgården.",
        "Patienter hänvisas från Bryggaregränd till Norrgården.",  # more names than one
        "Patienter till läkare hänvisas vidare.",  # none
        "Trädgården på torget invigdes i Sjöudden.",  # Lions is no place, and an earlier sentence has Sjöudden with a word of it
        "Patienter till mottagningen hänvisas till Bryggaregränd.",  # an earlier sentence has it with the reception
        "Mottagningen i Bryggaregränd är öppen på kvällar.",
    ],
)
def test_a_name_in_its_own_place_is_not(sentence: str) -> None:
    assert other_name(sentence, SOURCES, frozenset()) == []


@pytest.mark.parametrize(
    ("sentence", "flagged"),
    [
        ("Gruppen utreder felaktiga utbetalningar (FUT).", False),
        ("Gruppen utreder felaktiga utbetalningar (SSF).", True),
        ("Samverkan sker i rådet (SSF).", False),
    ],
)
def test_a_short_form_is_the_one_that_the_sources_give(sentence: str, flagged: bool) -> None:
    old = "Gruppen utreder felaktiga utbetalningar (FUT). Samverkan sker i rådet (SSF)."
    checker = Checker(notes=["rådet: 3 möten"], history=[item(2025, old)], year=2026)
    assert any(flag.code in SEVERE for flag in checker.sentence(sentence).flags) is flagged
