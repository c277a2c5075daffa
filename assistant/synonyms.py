"""Everyday words and what the reports say instead: the hand-kept list, and where a text has its words.

A word is a pattern. Most are ruled out by their letters before they are compiled, because compiling all of them is felt in a new
process that answers one question. Knows nothing of search.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.words import fold

_LETTERS = re.compile(r"\\.|([a-z]{3,})(?![?*{])")
"""Letters that stand together in a pattern, without a last one that may be left out; what is escaped is no letter."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """An everyday word (a pattern over folded text) and what the field says instead, with the source of the pair.

    ``letters``: every text that the pattern is found in has one of them.
    """

    word: str
    means: tuple[str, ...]
    source: str
    letters: tuple[str, ...]

    def uses(self, folded: str) -> Iterator[re.Match[str]]:
        """Where the word stands for itself in a folded text: the end of "DOS-lagen" is no team."""
        return _compiled(self.word).finditer(folded) if self._may_be_in(folded) else iter(())

    def is_all_of(self, folded: str) -> bool:
        """Whether a folded text is the word and nothing else."""
        return self._may_be_in(folded) and _compiled(self.word).fullmatch(folded) is not None

    def _may_be_in(self, folded: str) -> bool:
        return any(letters in folded for letters in self.letters)


@cache
def synonyms() -> tuple[Synonym, ...]:
    """The list of ``assistant/data/synonyms.toml``."""
    text = resources.files("assistant").joinpath("data/synonyms.toml").read_text(encoding="utf-8")
    return tuple(_read(fold(row["word"]), row) for row in tomllib.loads(text)["synonym"])


def _read(word: str, row: dict[str, Any]) -> Synonym:
    return Synonym(word, tuple(row["means"]), row["source"], tuple(filter(None, _LETTERS.findall(word))))


@cache
def _compiled(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{word})(?![\w-])")
