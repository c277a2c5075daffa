"""A municipality that a question names and that a library's reports are not from: "hur gör Göteborgs stad?".

Knows names only. Whether the reports tell of the place all the same is for ``assistant.respond`` to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.words import Word, fold, word_set

_LONG = 6
"""Letters from which a name is known in small letters too."""

_BODIES = ("stad", "kommun", "region")
_TOGETHER = word_set("med fran till och av mot")
"""Words before a municipality that something was done together with: it may stand in the reports."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality in a text: its ``name``, what it is ``called`` there ("Göteborgs stad"), and the span."""

    name: str
    called: str
    span: tuple[int, int]


def other_municipality(tokens: Sequence[Word], known: Iterable[str]) -> Municipality | None:
    """The first municipality among a question's words, unless one of the names ``known`` to the library has it; None where there is none."""
    for at, token in enumerate(tokens):
        name = _municipality(token)
        if name is None or (at and tokens[at - 1].folded in _TOGETHER):
            continue
        if any(fold(name) in fold(other) for other in known):
            return None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after and after.folded in _BODIES:
            return Municipality(name, f"{name}s {after.folded}", (token.start, after.end))
        return Municipality(name, name, (token.start, token.end))
    return None


def _municipality(word: Word) -> str | None:
    """The municipality that a word names, in whatever form ("Göteborg" for "göteborgs")."""
    names = _names()
    for folded in (word.folded, word.folded.removesuffix("s")):
        if folded in names and (word.text[0].isupper() or len(folded) >= _LONG):
            return names[folded]
    return None


@cache
def _names() -> dict[str, str]:
    """Folded name -> name, of ``assistant/data/municipalities.txt``."""
    text = resources.files("assistant").joinpath("data/municipalities.txt").read_text(encoding="utf-8")
    return {fold(name): name for line in text.splitlines() if not line.startswith("#") for name in line.split()}
