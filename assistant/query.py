"""A topic as searches: the officer's own words, and the same with an everyday word or an abbreviation put into the field's words.

Each variant is a question of its own, so that its score means what a score means; an item keeps its best. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.abbreviations import IS_ABBREVIATION, learn
from assistant.spelling import corrected
from assistant.synonyms import synonyms
from assistant.words import fold, is_function, kinship, stem, words
from corpus.model import Item
from index.filters import Filter
from index.values import Hit

if TYPE_CHECKING:
    from index.library import Library

VARIANT_WORTH = 0.97
"""What a hit by a variant counts beside one by the officer's own words: enough to decide between equals."""

VARIANT_WORTH_BESIDE = 0.85
"""The same where a comment has every word of the officer's own."""

MOST_VARIANTS = 3
_POOL = 40
"""Hits whose comments are looked at for how a word is spelled and what an abbreviation stands for."""

_BY_LETTERS = {"chars": 5.0, "dense": 0.0, "dense_literal": 0.0}
"""Weights that find words by their letters, which is how a misspelt one is met."""

_LIGHT = re.compile(
    r"(?:samarbet|samverk|hanter|bemot|tank|hjalp|stott|stodj|erbjud|engager|satsa|jobba|traffa|hang|fokuser|agera|halla?|tar hand)"
    r"(?:ar?|er|as|s|t|de|te|at|ts)?"
)
"""Verbs for what an administration does whatever the subject is, folded."""

_NAME_WITH_HYPHEN = re.compile(r"(?:[a-zåäöA-ZÅÄÖ]|[A-ZÅÄÖ]{2,6}|hbtq\w*)-[\wåäö]{2,}")
"""A word of which the part before the hyphen is a letter or an abbreviation, so that its other part alone says little."""

_TELLING_PART = 3
"""Letters from which an abbreviation before a hyphen says by itself what is meant; "e" and "IT" do not."""

_ALL_MET = 0.99
"""Overlap from which every informative word of the topic has been met, so that none is misspelt."""


def variants(topic: str) -> list[str]:
    """The topic with everyday words replaced, at most MOST_VARIANTS; the topic itself is not among them.

    First with all of them replaced at once, then one at a time, then without the verbs that say little of a subject.
    """
    folded = fold(topic)
    together, made = _without_light(topic), []
    for synonym in synonyms():
        places = [match.span() for match in synonym.uses(folded)]
        made += [_replaced(topic, places, means) for means in synonym.means if places]
        if places and (left := [match.span() for match in synonym.uses(fold(together))]):
            together = _replaced(together, left, synonym.means[0])
    return [text for text in dict.fromkeys([together, *made]) if text != topic][:MOST_VARIANTS]


def _everyday(topic: str) -> frozenset[str]:
    """The words of a topic that the list of synonyms knows, folded: no slips of the finger."""
    return frozenset(word.folded for word in words(topic) if any(synonym.is_all_of(word.folded) for synonym in synonyms()))


def _without_light(topic: str) -> str:
    """The topic without verbs such as "jobbar", unless nothing else is left."""
    kept = [word.text for word in words(topic) if not _LIGHT.fullmatch(word.folded)]
    return " ".join(kept) if any(not is_function(word) for word in words(" ".join(kept))) else topic


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

    def words(self, through: str) -> str:
        """The words that a hit was found by, of an entry of ``through``: the variant without the topic before it, or the topic."""
        return through.removeprefix(self.topic).strip() or through


def search(library: Library, topic: str, filters: Sequence[Filter], *, limit: int = 12) -> Found:
    """The hits of a topic under the filters together, best first; equal scores in the order of report and item."""
    found = _searched(library, topic, filters, _POOL, quotes=limit)
    mended = topic
    if not found or found[0].overlap < _ALL_MET:
        alike = _searched(library, topic, filters, _POOL, _BY_LETTERS, quotes=0)
        mended = corrected(topic, [text for hit in [*found, *alike] for text in _texts(hit.item)], keep=_everyday(topic))
    if mended != topic:
        found = _searched(library, mended, filters, _POOL, quotes=limit)
    through = {_place(hit): (hit, mended) for hit in found}
    worth = VARIANT_WORTH_BESIDE if found and found[0].overlap >= _ALL_MET else VARIANT_WORTH
    for other in [*variants(mended), *_abbreviated(library, mended, found)]:
        for hit in _searched(library, other, filters, limit):
            better = replace(hit, score=hit.score * worth)
            if _place(hit) not in through or better.score > through[_place(hit)][0].score:
                through[_place(hit)] = (better, f"{mended} {other}")
    best = sorted(through.values(), key=lambda pair: (-pair[0].score, _place(pair[0])))
    best = _holding([*best, *((hit, mended) for hit in found[limit:] if _place(hit) not in through)], mended)[:limit]
    return Found(mended, tuple(hit for hit, _ in best), tuple(words for _, words in best))


def _holding(best: list[tuple[Hit, str]], topic: str) -> list[tuple[Hit, str]]:
    """The hits that hold the topic's hyphened name ("DOS-lagen", "ANDTS-samordnare"), where there are such; else none if it is all of
    the topic, and all as they are if it is not.
    """
    named = [word.folded for word in words(topic) if _NAME_WITH_HYPHEN.fullmatch(word.text)]
    if not named:
        return best
    for holds in (_holds, _holds_first_part):
        if holding := [pair for pair in best if any(holds(text, name) for name in named for text in _texts(pair[0].item))]:
            return holding
    only = all(is_function(word) or word.folded in named for word in words(topic))
    return [] if only else best


def _holds(text: str, name: str) -> bool:
    """Whether a text has the folded word ``name`` in any form."""
    first = name.split("-")[0] + "-"
    return any(word.folded.startswith(first) and kinship(stem(word.folded), stem(name)) >= 0.8 for word in words(text))


def _holds_first_part(text: str, name: str) -> bool:
    """Whether a text has an abbreviation that begins a hyphened word, by itself or before another hyphen ("VBE" for "VBE-kontakten")."""
    first = name.split("-")[0]
    return len(first) >= _TELLING_PART and any(word.folded.split("-")[0] == first for word in words(text))


def _place(hit: Hit) -> tuple[str, int]:
    return hit.item.report_id, hit.item.position


def _searched(
    library: Library,
    topic: str,
    filters: Sequence[Filter],
    limit: int,
    weights: Mapping[str, float] | None = None,
    *,
    quotes: int | None = None,
) -> list[Hit]:
    return _best(hit for each in filters for hit in library.search(topic, limit=limit, quotes=quotes, filter=each, weights=weights))


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
    explaining = [*found, *(hit for text in short for hit in library.search(text, limit=_POOL, quotes=0))]
    return learn(text for hit in explaining for text in _texts(hit.item)).variants(topic)[:2]


def _texts(item: Item) -> tuple[str, ...]:
    return (item.comment, item.question, item.statement, item.expected_result)


def is_abbreviation(word: str) -> bool:
    """Whether a word is written as an abbreviation ("SSPF", "BoU")."""
    return bool(IS_ABBREVIATION.match(word))
