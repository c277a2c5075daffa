"""The warning before something with a private person's data is saved: in which lines, and what kind of data.

Warns and does no more: the officer may have her reasons. What is personal data is told by ``personal``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.draft.language.personal import private_data
from assistant.phrases import enumeration
from corpus.sentences import split


@dataclass(frozen=True, slots=True)
class PrivateLine:
    """A line or sentence with personal data. ``kinds`` are Swedish: "ett telefonnummer"."""

    text: str
    kinds: tuple[str, ...]

    @property
    def said(self) -> str:
        """What it holds, as a Swedish phrase."""
        return enumeration(self.kinds)


def private_lines(lines: Iterable[str]) -> list[PrivateLine]:
    """Those of ``lines`` that hold personal data, in order; [] where none does."""
    return [PrivateLine(line.strip(), tuple(kinds)) for line in lines if (kinds := private_data(line))]


def private_sentences(text: str) -> list[PrivateLine]:
    """The sentences of ``text`` that hold personal data, in order."""
    return private_lines(one.text for block in text.split("\n") for one in split(block))
