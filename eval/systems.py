"""The retrieval systems that are compared: a name and one method each, all asked with the same text and the same filter.

Knows nothing of what the right answers are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Protocol

from corpus.model import Item
from eval.measures import Ranked, order
from index.filters import Filter
from index.library import Library

DEPTH = 50
"""How many items a system gives for a query: more than any measure looks at."""

OURS, WORDS, MEANING, BM25 = "assistenten", "bara ord", "bara betydelse", "BM25"
RAW = "BM25 utan stammar"

ONLY_WORDS: Mapping[str, float] = {"dense": 0.0, "dense_literal": 0.0}
ONLY_MEANING: Mapping[str, float] = {"dense": 1.0, "dense_literal": 1.0}


class Retriever(Protocol):
    """What is compared. ``rank`` gives items by ``Item.id``, at most DEPTH of them, none twice; nothing found is an empty list."""

    @property
    def name(self) -> str: ...

    def rank(self, text: str, filter: Filter) -> list[Ranked]: ...


@dataclass(frozen=True, slots=True)
class LibrarySearch:
    """``Library.search`` with some of its weights set: the search that the assistant uses where there are none."""

    name: str
    library: Library
    weights: Mapping[str, float] | None = None

    def rank(self, text: str, filter: Filter) -> list[Ranked]:
        hits = self.library.search(text, limit=DEPTH, filter=filter, weights=self.weights)
        return [Ranked(hit.item.id, hit.score) for hit in hits]


class PlainBm25:
    """BM25 as a textbook has it (Robertson & Zaragoza 2009; k1 1.2, b 0.75), one document an item.

    Over Snowball stems, or without ``stems`` over the words as they stand but for case. It shares no code with the index: no
    compounds, n-grams, fields or code look-up. A document is question, statement, expected result and comment.
    """

    def __init__(self, library: Library, *, name: str = BM25, stems: bool = True) -> None:
        from Stemmer import Stemmer

        self.name = name
        self._library = library
        self._stemmer = Stemmer("swedish") if stems else None
        self._postings: dict[str, dict[str, int]] = {}
        self._lengths: dict[str, int] = {}
        for item in library.items():
            counts = Counter(self._stems(_text(item)))
            self._lengths[item.id] = counts.total()
            for stem, count in counts.items():
                self._postings.setdefault(stem, {})[item.id] = count
        self._average = sum(self._lengths.values()) / max(len(self._lengths), 1)

    def rank(self, text: str, filter: Filter) -> list[Ranked]:
        allowed = {item.id for item in self._library.items(filter)}
        scores: dict[str, float] = {}
        for stem in dict.fromkeys(self._stems(text)):
            postings = self._postings.get(stem, {})
            rarity = log(1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for item, count in postings.items():
                if item in allowed:
                    norm = 1.2 * (0.25 + 0.75 * self._lengths[item] / self._average)
                    scores[item] = scores.get(item, 0.0) + rarity * count * 2.2 / (count + norm)
        # Rounded, so that equal documents stay equal whatever order their sums were made in.
        return order([Ranked(item, round(score, 9)) for item, score in scores.items()])[:DEPTH]

    def _stems(self, text: str) -> Sequence[str]:
        found: list[str] = re.findall(r"[^\W_]+", text.casefold())
        return found if self._stemmer is None else list(self._stemmer.stemWords(found))


def compared(library: Library, *, meaning: bool = True) -> list[Retriever]:
    """The systems of the table, the assistant's own search first; without ``meaning`` (no embedder) only those of words."""
    systems: list[Retriever] = [
        LibrarySearch(OURS, library),
        PlainBm25(library),
        LibrarySearch(WORDS, library, ONLY_WORDS),
    ]
    if meaning:
        systems.append(LibrarySearch(MEANING, library, ONLY_MEANING))
    return systems


def _text(item: Item) -> str:
    return " ".join((item.question, item.statement, item.expected_result, item.comment))
