"""Earlier sentences told again beside notes with news of the same, each worked out by hand."""

from __future__ import annotations

import pytest

from assistant.draft.checks.retold import of_its_year, retold
from assistant.draft.checks.sources import Source

NOTES = (
    Source("språkkafé Kvarnberget tas över av studieförbundet Lykta", is_note=True),
    Source("vakterna även i Sandvik på lördagar", is_note=True),
    Source("tolk vid varje möte med beredskap", is_note=True),
    Source("samtal för 88 familjer inom 3 veckor, 71 procent", is_note=True),
    Source("Trygga nyheter nr 4 och 5 på tigrinja", is_note=True),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Föreningen Öppna Gården driver språkkaféet i Kvarnberget.",
        "Språkkaféet i Kvarnberget är öppet för alla.",
    ],
)
def test_news_of_two_of_its_things_is_found(sentence: str) -> None:
    assert [flag.code for flag in retold(sentence, NOTES, 2026)] == ["stale"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Språkkaféet är öppet för alla.",  # one thing in common
        "Under 2025 drev Öppna Gården språkkaféet i Kvarnberget.",  # told as an earlier year's
        "Vakterna arbetar i Sandvik på fredagar.",  # the note comes on top of it
        "Vid varje möte finns tolk med beredskap.",  # the note says no more than the sentence
        "Nyhetsbrevet Trygga nyheter går till alla hushåll.",  # a name is one thing
        "Samtal erbjuds alla familjer i kommunen.",  # the note counts what goes on
        "Vid sjukhusmöten används kvällstolk.",  # parts of other compounds
    ],
)
def test_what_no_note_has_news_of_is_not(sentence: str) -> None:
    assert retold(sentence, NOTES, 2026) == []


@pytest.mark.parametrize(
    ("note", "sentence", "found"),
    [
        ("resultat på webben sen 1 sept, papper slopat", "Kontrollresultaten lämnas på papper till företagaren.", True),
        ("inkallas sen 1 maj av TiB, inte räddningschef", "Räddningschefen kallar in gruppen.", True),
        ("sms-koden borttagen", "Sms-koden finns kvar.", True),
        ("papper slopat", "Papperet är slopat.", False),  # the sentence says so too
        ("papper slopat", "Kontrollresultaten lämnas inte på papper.", False),
        ("belysningsplan inte klar", "Belysningen är släckt.", False),  # another thing
    ],
)
def test_what_a_part_of_a_note_says_is_not_so(note: str, sentence: str, found: bool) -> None:
    assert [flag.code for flag in retold(sentence, [Source(note, is_note=True)], 2026)] == ["stale"] * found


DATED = Source("Under 2025 gällde de flesta avvikelserna uteblivna doser.", is_note=False, year=2025)
STANDING = Source("De flesta avvikelserna gäller doser som uteblir.", is_note=False, year=2025)
SINCE = Source("Sedan april 2025 gäller avvikelserna doser.", is_note=False, year=2025)


@pytest.mark.parametrize(
    ("sentence", "sources", "found"),
    [
        ("De flesta avvikelserna gäller uteblivna doser.", [DATED], True),
        ("Under 2025 gällde de flesta avvikelserna uteblivna doser.", [DATED], False),
        ("De flesta avvikelserna gäller doser.", [DATED, STANDING], False),  # told of no year as well
        ("Avvikelserna gäller doser.", [SINCE], False),  # begun then, and so ever since
        ("Avvikelserna gäller hjälpmedel, fall, trycksår och läkemedel.", [DATED], False),  # most of it is from elsewhere
        ("De flesta avvikelserna gäller uteblivna doser.", [], False),
    ],
)
def test_what_was_so_that_year_is_not_so_today(sentence: str, sources: list[Source], found: bool) -> None:
    assert [flag.code for flag in of_its_year(sentence, sources, 2026)] == ["stale"] * found
