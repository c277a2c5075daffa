"""Personal data in many forms, and what only looks like it. All people are invented."""

from __future__ import annotations

import pytest

from assistant.draft.language.personal import private_data


@pytest.mark.parametrize(
    "text",
    [
        "Klienten 19850312-1234 är nöjd.",
        "Pnr 850312-1234.",
        "Samordningsnummer 850372-1234.",
        "Nummer 850312+1234.",
        "Ring 0701234567.",
        "Nås på +46 70 123 45 67.",
        "Ring (070) 123 45 67.",
        "Tel 08-123 456 78.",
        "Kontakta anna.berg@example.se.",
        "Familjen på Storgatan 14 har fått hjälp.",
        "En klient, Samira, är nöjd.",
        "Eleven Kalle har skolkat.",
        "Mamman Fatima Ali vill klaga.",
        "En kvinna med skyddad identitet.",
    ],
)
def test_personal_data(text: str) -> None:
    assert private_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kostnaden blev 1 250 000 kronor.",
        "Enhetschef Anna Berg presenterade planen.",
        "Rektor Maria Nilsson deltog.",
        "Mottagningen finns på Storgatan 14.",
        "Familjecentralen på Storgatan 14 har öppnat.",
        "Perioden 2025-01-01 till 2025-06-30.",
        "Org.nr 556677-8899 upphandlades.",
        "Karin Boyes gata får ny belysning.",
        "Trygghetssamordnare Lena Holm ledde arbetet.",
    ],
)
def test_no_personal_data(text: str) -> None:
    assert private_data(text) == []
