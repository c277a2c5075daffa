"""Swedish compounds in their parts, by a word list with frequencies: "trygghetsvandringar" is "trygghet" and "vandringar".

A split is trusted where each part is a word of the list; the first parts may stand in the form that compounding gives them (linking
-s- or -e-, a lost -a or -e, -o, -u or -e for -a), the last one in any inflection. Few and frequent parts win (geometric mean of
frequencies, as Koehn & Knight 2003). Knows nothing of stems or search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import repeat

LEXICON = "data/lexicon.txt"
SHORTEST = 7
"""Letters a word must have to be looked at."""

_MOST_PARTS = 4
_SHORT_PART_FREQUENCY = 9
"""Three-letter parts ("oro", "mål") must be as frequent as this (base 2 logarithm), longer ones need only be in the list."""
_MUCH_RARER = 4
"""A word seen more than 2^4 times as often as a part it seems to have is no compound of it ("polisen" is not "pol" and "isen")."""
_PART_COST = 4.3
_CHANGE_COST = 1.4
_ENDINGS = (
    "ornas",
    "arnas",
    "ernas",
    "orna",
    "arna",
    "erna",
    "ens",
    "ets",
    "ers",
    "ars",
    "or",
    "ar",
    "er",
    "en",
    "et",
    "na",
    "ns",
    "s",
    "n",
    "t",
    "a",
)
SUFFIX = re.compile(
    r"[nl]?ing(?:en|ens|ar|arna|arnas|s|ars|a)?|[nl]?ande[tns]?|ende[tn]?|het(?:en|er|erna|ens|ers)?|else(?:n|r|rna)?|skap(?:et|en|s)?"
    r"|lig(?:a|t|en|het)?|ligen|are[ns]?|arna|arnas|orna|erna|iska?|iskt|bara|bart|sam(?:t|ma|het(?:en|er|erna|ens|s)?)?|aste|ades|tion(?:en|er)?|ation(?:en|er)?"
    r"|isering(?:en)?|eras|erat|erad|ering(?:en)?|v?itet(?:en|er)?|inn[ea]|dom(?:en|ar)?|ring(?:en|ar)?"
)
"""Endings that look like words: never a part."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words with the base 2 logarithm of how often they were seen, rounded down."""

    frequency: Mapping[str, int]

    @classmethod
    def load(cls) -> Lexicon:
        """The list that comes with the program: a line a frequency, the number first, then its words."""
        return cls.from_lines(resources.files("index").joinpath(LEXICON).read_text(encoding="utf-8").splitlines())

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Lexicon:
        """A list from such lines; blank lines and those that begin with # fall out.

        Raises:
            ValueError: a line does not begin with a number.
        """
        frequency: dict[str, int] = {}
        for line in lines:
            if line.strip() and not line.startswith("#"):
                number, *words = line.split()
                frequency.update(zip(words, repeat(int(number))))
        return cls(frequency)

    def __contains__(self, word: str) -> bool:
        return word in self.frequency

    def knows(self, word: str) -> bool:
        """Whether a folded word is in the list, in the form it stands in or without its ending, or is a compound of what is."""
        return word in self.frequency or self._last(word) is not None or bool(self.parts(word))

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a folded compound, first parts in their own dictionary form, the last as it stands; () for what is none."""
        if len(word) < SHORTEST or not word.isalpha():
            return ()
        best: tuple[float, tuple[str, ...]] | None = None
        least = self.frequency.get(word, 0) - _MUCH_RARER
        for cost, logs, parts in self._splits(word, (), least, 0.0, ()):
            score = sum(logs) / len(logs) - _PART_COST * len(parts) - cost
            if best is None or (score, parts) > best:
                best = (score, parts)
        return best[1] if best else ()

    def _splits(
        self, rest: str, before: tuple[str, ...], least: float, cost: float, logs: tuple[int, ...]
    ) -> Iterator[tuple[float, tuple[int, ...], tuple[str, ...]]]:
        """All ways to split ``rest`` after the parts ``before``, each of whose parts has a frequency of at least ``least``."""
        if before and (last := self._last(rest)) is not None and last >= least:
            yield cost, (*logs, last), (*before, rest)
        if len(before) + 1 >= _MOST_PARTS:
            return
        for at in range(3, len(rest) - 3):
            for base, change in self._first(rest[:at]):
                found = self.frequency[base]
                if found >= least:
                    yield from self._splits(rest[at:], (*before, base), least, cost + change, (*logs, found))

    def _first(self, part: str) -> Iterator[tuple[str, float]]:
        """The dictionary forms that a first part may stand for, each with what it costs to believe it."""
        if self._long_enough(part):
            yield part, 0.0
        if part[-1] == "s" and self._long_enough(part[:-1]):
            yield part[:-1], 0.0
        if len(part) >= 4:
            for ending in "ae":
                if part + ending in self.frequency:
                    yield part + ending, _CHANGE_COST
            if part[-1] in "oue" and part[:-1] + "a" in self.frequency:
                yield part[:-1] + "a", _CHANGE_COST
            if part[-1] == "e" and part[:-1] in self.frequency:
                yield part[:-1], _CHANGE_COST

    def _long_enough(self, part: str) -> bool:
        found = self.frequency.get(part)
        return found is not None and (len(part) >= 4 or (len(part) == 3 and found >= _SHORT_PART_FREQUENCY))

    def _last(self, part: str) -> int | None:
        """How frequent the last part is, in the form it stands in or without its ending; None where it is no word."""
        if len(part) < 4 or SUFFIX.fullmatch(part):
            return None
        if (found := self.frequency.get(part)) is not None:
            return found
        for ending in _ENDINGS:
            if not part.endswith(ending):
                continue
            base = part[: -len(ending)]
            if len(base) >= 4 and (found := self.frequency.get(base)) is not None:
                return found
            if ending[:2] == "or" and len(base) >= 3 and (found := self.frequency.get(base + "a")) is not None:
                return found
        return None
