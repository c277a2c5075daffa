"""A topic as searches: the officer's own words, and the same with an everyday word or an abbreviation put into the field's words.

Each variant is a question of its own, so that its score means what a score means; an item keeps its best. Knows nothing of answers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from assistant.abbreviations import IS_ABBREVIATION, learn
from assistant.spelling import corrected
from assistant.words import fold, words
from corpus.model import Item
from index.filters import Filter
from index.values import Hit

if TYPE_CHECKING:
    from index.library import Library

VARIANT_WORTH = 0.97
"""What a hit by a variant counts beside one by the officer's own words: enough to decide between equals."""

MOST_VARIANTS = 3
_POOL = 40
"""Hits whose comments are looked at for how a word is spelled and what an abbreviation stands for."""

_BY_LETTERS = {"chars": 5.0, "dense": 0.0, "dense_literal": 0.0}
"""Weights that find words by their letters, which is how a misspelt one is met."""

_ALL_MET = 0.99
"""Overlap from which every informative word of the topic has been met, so that none is misspelt."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """An everyday word (a pattern over folded text) and what the field says instead, with the source of the pair."""

    word: str
    means: tuple[str, ...]
    source: str


@cache
def synonyms() -> tuple[Synonym, ...]:
    """The hand-kept list of ``assistant/data/synonyms.toml``."""
    text = resources.files("assistant").joinpath("data/synonyms.toml").read_text(encoding="utf-8")
    return tuple(Synonym(fold(row["word"]), tuple(row["means"]), row["source"]) for row in tomllib.loads(text)["synonym"])


def variants(topic: str) -> list[str]:
    """The topic with everyday words replaced, at most MOST_VARIANTS; the topic itself is not among them."""
    folded = fold(topic)
    made: list[str] = []
    for synonym in synonyms():
        places = [match.span() for match in re.finditer(rf"\b(?:{synonym.word})\b", folded)]
        made += [_replaced(topic, places, means) for means in synonym.means if places]
    return made[:MOST_VARIANTS]


def _replaced(topic: str, places: Sequence[tuple[int, int]], means: str) -> str:
    """``topic`` with the first of ``places`` replaced by ``means`` and the others taken out."""
    for at, (start, end) in reversed(list(enumerate(places))):
        topic = topic[:start] + (means if at == 0 else "") + topic[end:]
    return " ".join(topic.split())


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: ``topic`` as it was searched for in the end (spelling mended), and the hits, best first, one an item.

    ``through`` are the words by which each hit was found: the topic, or a variant of it.
    """

    topic: str
    hits: tuple[Hit, ...]
    through: tuple[str, ...]


def search(library: Library, topic: str, filters: Sequence[Filter], *, limit: int = 12) -> Found:
    """The hits of a topic under the filters together, best first; equal scores in the order of report and item."""
    found = _searched(library, topic, filters, _POOL)
    mended = topic
    if not found or found[0].overlap < _ALL_MET:
        alike = _searched(library, topic, filters, _POOL, _BY_LETTERS)
        mended = corrected(topic, [text for hit in [*found, *alike] for text in _texts(hit.item)])
    if mended != topic:
        found = _searched(library, mended, filters, _POOL)
    through = {_place(hit): (hit, mended) for hit in found}
    for other in [*variants(mended), *_abbreviated(library, mended, found)]:
        for hit in _searched(library, other, filters, limit):
            better = replace(hit, score=hit.score * VARIANT_WORTH)
            if _place(hit) not in through or better.score > through[_place(hit)][0].score:
                through[_place(hit)] = (better, f"{mended} {other}")
    best = sorted(through.values(), key=lambda pair: (-pair[0].score, _place(pair[0])))[:limit]
    return Found(mended, tuple(hit for hit, _ in best), tuple(words for _, words in best))


def _place(hit: Hit) -> tuple[str, int]:
    return hit.item.report_id, hit.item.position


def _searched(
    library: Library, topic: str, filters: Sequence[Filter], limit: int, weights: Mapping[str, float] | None = None
) -> list[Hit]:
    return _best(hit for each in filters for hit in library.search(topic, limit=limit, filter=each, weights=weights))


def _best(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        known = best.get(_place(hit))
        if known is None or hit.score > known.score:
            best[_place(hit)] = hit
    return sorted(best.values(), key=lambda hit: (-hit.score, _place(hit)))


def _abbreviated(library: Library, topic: str, found: Sequence[Hit]) -> list[str]:
    """The topic with abbreviations turned either way, as the comments found explain them; those of every report for a short form."""
    short = [word.text for word in words(topic) if is_abbreviation(word.text)]
    explaining = [*found, *(hit for text in short for hit in library.search(text, limit=_POOL))]
    return learn(text for hit in explaining for text in _texts(hit.item)).variants(topic)[:2]


def _texts(item: Item) -> tuple[str, ...]:
    return (item.comment, item.question, item.statement, item.expected_result)


def is_abbreviation(word: str) -> bool:
    """Whether a word is written as an abbreviation ("SSPF", "BoU")."""
    return bool(IS_ABBREVIATION.match(word))
