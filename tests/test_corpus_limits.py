"""Hostile text: large, deep, repetitive. A clear limit or a result, in time that grows with the size and no faster."""

from __future__ import annotations

import time

import pytest

from corpus import joining, parse_report, propose_metadata, read_bytes
from corpus.accounting import account
from corpus.errors import TooLarge

SIZE = 100_000
UNITS = (
    "a",
    "a  ",
    "a\n",
    "Ja\n\n",
    "1:1 Ab\n\n",
    "Har ni? ",
    "Har ni?\n\n",
    "Har ni?\n\nStrategi 1:1 Abc\n\nJa\n\n",
    "Strategi 1:1 Xx\n\n",
    "1 Abc\n\n",
    "2 Abc\n\n",
    "1.1 Målområde 1: Abc\n\n",
    "1.1.1.1.1.1.1.1 Abc\n",
    "förvaltningen ",
    "förvaltning",
    "Ab ",
    "ab-\n",
    "(",
    "?",
    "a\f",
    " a\nb\n",
    "a\u200b",
    "Uppföljningsfrågor Svarsalternativ med kommentar\n",
    "Förväntat resultat: a\n",
    "Sida 1 av 9\n",
    "Abc ..... 5\n",
)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_repetition_takes_linear_time(unit: str) -> None:
    """A hundred thousand characters take a second or two; where a pattern or a loop were quadratic, many minutes."""
    text = (unit * (SIZE // len(unit) + 1))[: min(SIZE, 50_000 * len(unit))]
    began = time.monotonic()
    document = read_bytes(f"Innehåll\n{text}".encode(), "rapport.txt")
    propose_metadata(document)
    report = parse_report(document, organisation="A", year=2024)
    assert account(document, report).complete
    assert time.monotonic() - began < 120


def test_thirty_megabytes_of_noise_are_refused() -> None:
    with pytest.raises(TooLarge, match=r"30\.0 MB, gränsen är 5 MB"):
        read_bytes(b"brus och annat\n" * 2_000_000, "rapport.txt")


def test_too_many_stretches_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MAX_RUNS", 50)
    document = read_bytes(b"a  " * 51, "rapport.txt")
    with pytest.raises(TooLarge, match="50 textstycken"):
        parse_report(document, organisation="A", year=2024)
