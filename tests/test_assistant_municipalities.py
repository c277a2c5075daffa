"""Other municipalities than the reports' own: named in a question, and what is answered then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.municipalities import other_municipality
from assistant.words import words


@pytest.fixture(scope="module")
def assistant(sample_library: Path) -> Iterator[Assistant]:
    with Assistant.open(sample_library) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("vad gör Göteborgs stad för 5:2?", "Göteborgs stad"),
        ("hur gör uppsala kommun?", "Uppsalas kommun"),
        ("vad gör Malmö mot skolk?", "Malmö"),
        ("och hos Lund?", "Lund"),
        ("samarbetet med Malmö stad", None),
        ("vad gör vår kommun?", None),
        ("hör det till saken?", None),
        ("det var en lund", None),
        ("", None),
    ],
)
def test_a_municipality_among_the_words_of_a_question(text: str, called: str | None) -> None:
    found = other_municipality(list(words(text)), ["Socialförvaltningen Norr"])
    assert (found.called if found else None) == called
    if found:
        assert text[slice(*found.span)].lower().startswith(found.name.lower())


def test_a_name_that_the_library_has_is_no_other() -> None:
    assert other_municipality(list(words("vad gör Göteborgs stad?")), ["Göteborgs Stads program 2022–2026"]) is None


@pytest.mark.parametrize("text", ["vad gjorde Göteborgs stad för strategi 5:2?", "vad gör Malmö mot skolfrånvaro?"])
def test_another_municipality_has_no_report(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.status == "not_found" and not answer.sources and answer.text.startswith("Det finns ingen rapport från ")
