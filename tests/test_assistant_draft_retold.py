"""Earlier sentences told again beside notes with news of the same, each worked out by hand."""

from __future__ import annotations

import pytest

from assistant.draft.retold import retold
from assistant.draft.sources import Source

NOTES = (
    Source("språkkafé Kvarnberget tas över av studieförbundet Lykta", is_note=True),
    Source("vakterna även i Sandvik på lördagar", is_note=True),
    Source("tolk vid varje möte med beredskap", is_note=True),
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
        "Vid sjukhusmöten används kvällstolk.",  # parts of other compounds
    ],
)
def test_what_no_note_has_news_of_is_not(sentence: str) -> None:
    assert retold(sentence, NOTES, 2026) == []
