"""Queries from a report that was held out: the sentences of its own comments, to be found again in the other years.

A sentence of this year's comment should lead to the comments on the same item in other years, in words that were written without a
thought of search. Questions and statements are not asked with, because their wording is the same every year. Knows no systems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.lineage import propose, reused
from corpus.model import Item, slug
from corpus.sentences import split
from eval.queries import Query, QuerySet, split_of
from index.filters import Filter
from index.values import LineageLink

NEW = "egen mening"
UNCHANGED = "oförändrad mening"
SHORTEST = 6  # words: "Detta har inte genomförts." could be said of any item
SURE = 0.5  # a proposed lineage from this confidence on is believed; what a person said counts before it

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A report that is kept out of the index, by whose it is and its year."""

    organisation: str
    year: int


def newest(items: Iterable[Item]) -> list[HeldOut]:
    """The newest year of each organisation that has more than one, by organisation."""
    years: dict[str, set[int]] = {}
    for item in items:
        years.setdefault(item.organisation, set()).add(item.year)
    return [HeldOut(name, max(found)) for name, found in sorted(years.items()) if len(found) > 1]


def each(items: Iterable[Item]) -> list[HeldOut]:
    """Every year of each organisation that has more than one, by organisation and year: each is held out once."""
    years: dict[str, set[int]] = {}
    for item in items:
        years.setdefault(item.organisation, set()).add(item.year)
    return [HeldOut(name, year) for name, found in sorted(years.items()) if len(found) > 1 for year in sorted(found)]


def queries(held: HeldOut, items: Sequence[Item], confirmed: Sequence[LineageLink] = ()) -> QuerySet:
    """The queries of one held-out report; ``items`` are those of all reports, the held-out one included.

    A sentence that stands word for word in a comment that is indexed has the kind ``UNCHANGED``, and is no test of understanding. A
    sentence of several comments is one query that any of their items answers.
    """
    mine = [item for item in items if item.organisation == held.organisation and item.year == held.year]
    rest = [item for item in items if item.organisation == held.organisation and item.year != held.year]
    targets = _targets(mine, rest, confirmed)
    known = {_plain(sentence.text) for item in rest for sentence in split(item.comment)}
    left_out: Counter[str] = Counter()
    found: dict[str, Query] = {}
    for item in mine:
        for number, sentence in enumerate(split(item.comment), 1):
            plain = _plain(sentence.text)
            if len(_WORD.findall(sentence.text)) < SHORTEST or sentence.text.endswith(":"):
                left_out["short"] += 1
            elif not targets[item.id]:
                left_out["new item"] += 1
            elif plain in found:
                left_out["repeated"] += 1
                found[plain] = _with_targets(found[plain], targets[item.id])
            else:
                found[plain] = Query(
                    id=f"{item.id}#{number}",
                    kind=UNCHANGED if plain in known else NEW,
                    text=sentence.text,
                    targets=targets[item.id],
                    filter=Filter(organisation=item.organisation),
                    group=item.id,
                    split=split_of(f"{slug(item.key.plan_name)}/{item.code}"),  # the same half in every organisation
                )
    ordered = sorted(found.values(), key=lambda query: query.kind != NEW)
    if not any(item.comment for item in mine):
        empty = f"{held.organisation} {held.year}: ingen punkt har någon kommentar, så det finns inga meningar att fråga med."
        return QuerySet((), (empty,))
    return QuerySet(tuple(ordered), (_note(held, ordered, left_out),))


def _targets(mine: Sequence[Item], rest: Sequence[Item], confirmed: Sequence[LineageLink]) -> dict[str, frozenset[str]]:
    """For each held-out item the ids of the same item in the other years, by key, proposed lineage and a person's word."""
    found: dict[str, set[str]] = {item.id: set() for item in mine}
    said = {frozenset((link.earlier, link.later)): link.confirmed for link in confirmed}
    for year in sorted({item.year for item in rest}):
        other = [item for item in rest if item.year == year]
        same = _same(mine, other)
        for one in mine:
            for two in other:
                word = said.get(frozenset((one.key.id, two.key.id)))
                if word if word is not None else same.get(one.key.id) == two.key.id:
                    found[one.id].add(two.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _same(mine: Sequence[Item], other: Sequence[Item]) -> Mapping[str, str]:
    """Held-out key -> the key of the same item in one other year."""
    forward = mine[0].year > other[0].year
    earlier, later = (other, mine) if forward else (mine, other)
    changed = set(reused(earlier, later))
    keys = {item.key for item in earlier} & {item.key for item in later} - changed
    pairs = {key.id: key.id for key in keys}
    for proposal in propose(earlier, later):
        if proposal.confidence >= SURE:
            pairs[proposal.later_key.id] = proposal.earlier_key.id
    return pairs if forward else {one: two for two, one in pairs.items()}


def _with_targets(query: Query, more: frozenset[str]) -> Query:
    return Query(query.id, query.kind, query.text, query.targets | more, query.filter, query.group, query.split)


def _plain(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.casefold()))


def _note(held: HeldOut, found: Iterable[Query], left_out: Mapping[str, int]) -> str:
    counts = Counter(query.kind for query in found)
    parts = [f"{counts[NEW]} egna meningar", f"{counts[UNCHANGED]} som står ordagrant i ett annat år (visas för sig)"]
    if left_out["short"]:
        parts.append(f"{left_out['short']} kortare än {SHORTEST} ord eller rubriker (inte ställda)")
    if left_out["new item"]:
        parts.append(f"{left_out['new item']} i punkter som inget annat år har (inte ställda)")
    if left_out["repeated"]:
        parts.append(f"{left_out['repeated']} upprepade i rapporten (ställda en gång)")
    return f"{held.organisation} {held.year}: {', '.join(parts)}."
