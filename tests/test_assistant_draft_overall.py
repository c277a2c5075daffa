"""Flags of a draft as a whole: a Nej without a reason, a Ja of which nothing is told, and both where all is well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant


@pytest.fixture(scope="module")
def assistant(sample_library: Path) -> Iterator[Assistant]:
    with Assistant.open(sample_library) as opened:
        yield opened


def _flags(assistant: Assistant, text: str, answer: str) -> set[str]:
    draft = assistant.draft("5:2", plan=1, year=2026, notes=["ny blankett fr. mars"], model="regler")
    return {flag.code for flag in assistant.revise(draft, text, answer=answer).flags}


@pytest.mark.parametrize(
    ("text", "reasoned"),
    [
        ("Arbetet har inte påbörjats.", False),
        ("Inga insatser har genomförts under året.", False),
        ("Ännu inte genomfört.", False),
        ("Någon analys har vi inte gjort.", False),
        ("Arbetet har inte påbörjats, eftersom tjänsten är vakant.", True),
        ("Utbildningen har inte hunnits med.", True),
        ("Införandet är skjutet, i väntan på beslut i nämnden.", True),
        ("Frågan är inte aktuell för förvaltningen.", True),
        ("Statsbidraget upphörde vid årsskiftet.", True),
        ("Inga skyddade boenden ligger hos oss.", True),
    ],
)
def test_a_nej_says_why(assistant: Assistant, text: str, reasoned: bool) -> None:
    assert ("no_reason" not in _flags(assistant, text, "Nej")) is reasoned
    assert "no_reason" not in _flags(assistant, text, "Ja")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", False),
        ("Inget har gjorts under året.", False),
        ("En ny blankett kommer att införas.", False),
        ("En ny blankett ska införas 2027. Utbildningen planeras till hösten 2027.", False),
        ("En ny blankett infördes i mars.", True),
        ("En ny blankett infördes i mars. Utbildningen planeras till hösten.", True),
        ("Stickprov görs varje månad.", True),
        ("I två fall har inget gjorts, i 14 har beslut om återkrav fattats.", True),
    ],
)
def test_a_ja_tells_of_something_done(assistant: Assistant, text: str, told: bool) -> None:
    assert ("nothing_done" not in _flags(assistant, text, "Ja")) is told
