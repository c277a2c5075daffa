"""Hand-marked sentence ends, and how well a splitter finds them.

Holds the marked texts of ``eval/data/sentences.toml`` and counts; knows nothing of how a splitter works.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

MARK = "‖"


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks; ``ends`` are the offsets after the last character of every sentence but the last one."""

    name: str
    split: str
    text: str
    ends: frozenset[int]


@dataclass(frozen=True, slots=True)
class BoundaryScore:
    """Sentence ends inside texts: right, wrong, missed. The ends of whole texts are not counted: nobody misses them."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def load(split: str = "all") -> list[MarkedText]:
    """The marked texts in file order; ``split`` is "dev", "test" or "all"."""
    table = tomllib.loads((files("eval") / "data" / "sentences.toml").read_text(encoding="utf-8"))
    texts = [unmark(entry["name"], entry["split"], entry["marked"]) for entry in table["text"]]
    return [text for text in texts if split in ("all", text.split)]


def unmark(name: str, split: str, marked: str) -> MarkedText:
    """The text without its marks and the offsets where they stood; blanks before a mark do not belong to the sentence."""
    text, ends = "", []
    for part in marked.split(MARK):
        ends.append(len(text.rstrip()))
        text += part
    return MarkedText(name, split, text, frozenset(ends[1:]))


def score(texts: Sequence[MarkedText], ends_of: Callable[[str], Sequence[int]]) -> BoundaryScore:
    """Counts over ``texts``; ``ends_of`` gives the end offset of every sentence of a text in order, the last one included."""
    right = wrong = missed = 0
    for marked in texts:
        found = {end for end in ends_of(marked.text) if marked.text[end:].strip()}
        right += len(found & marked.ends)
        wrong += len(found - marked.ends)
        missed += len(marked.ends - found)
    return BoundaryScore(right, wrong, missed)
