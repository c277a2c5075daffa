"""The same item over the years when its code moved or its text was rewritten: proposals for a person to confirm.

The identity of an item is its key (organisation, plan, code). That fails when a plan is renumbered, renamed or reworded, and this
module compares two years' items by their texts and says which belong together. It decides nothing: who stores a confirmed proposal
and what hangs on it is not known here. Comments are not compared, since they change every year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import log

from corpus.model import Item, ItemKey, Report

KEPT = 0.5  # same key and at least this similar: the same item, nothing to ask
REWORDED = 0.25  # same key and less similar than KEPT: asked down to here, below it the code names something else now
MOVED = 0.45  # another code in the same plan
MOVED_FAR = 0.6  # another plan: plans share words and codes, so more must agree

_WORD = re.compile(r"[^\W\d_]{2,}")
_PREFIX = 8  # letters of a word that count: enough to tell words apart, short enough to pass over their endings
_SAME_KEY, _SAME_PLAN, _ORDER = 0.15, 0.05, 0.05  # priors, which only decide between texts that are about equally similar


@dataclass(frozen=True, slots=True)
class LineageProposal:
    """``later_key`` probably continues ``earlier_key``. ``confidence`` is in (0, 1]; ``reason`` is one Swedish sentence.

    The keys are equal where the code stayed but the text was rewritten so much that a person should look.
    """

    earlier_key: ItemKey
    later_key: ItemKey
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Pair:
    earlier: int
    later: int
    similarity: float
    rank: float


def propose(earlier: Report | Sequence[Item], later: Report | Sequence[Item]) -> list[LineageProposal]:
    """Which items of ``later`` continue one of ``earlier`` though key or text changed; in the order of ``later``, one-to-one.

    An item with the same key and a similar text needs no proposal, a new or dropped one has none. Where an argument holds a key in
    several years, its newest item counts. Nothing to compare gives an empty list.
    """
    old, new = _newest(earlier), _newest(later)
    pairs = _candidates(old, new)
    proposals = []
    for pair in sorted(_assign(pairs), key=lambda pair: pair.later):
        a, b = old[pair.earlier], new[pair.later]
        if a.key != b.key or pair.similarity < KEPT:
            rival = max((p.similarity for p in pairs if (p.earlier == pair.earlier) != (p.later == pair.later)), default=0.0)
            proposals.append(LineageProposal(a.key, b.key, _confidence(pair.similarity, rival), _reason(a, b, pair.similarity)))
    return proposals


def reused(earlier: Report | Sequence[Item], later: Report | Sequence[Item]) -> list[ItemKey]:
    """Keys that stand in both years but for different things, in the order of ``later``: there the key is no proof of identity."""
    old, new = _newest(earlier), _newest(later)
    continued = {new[pair.later].key: old[pair.earlier].key for pair in _assign(_candidates(old, new))}
    keys = {item.key for item in old}
    return [item.key for item in new if item.key in keys and continued.get(item.key) != item.key]


def _newest(source: Report | Sequence[Item]) -> list[Item]:
    newest: dict[ItemKey, Item] = {}
    for item in source.items if isinstance(source, Report) else source:
        if item.key not in newest or newest[item.key].year <= item.year:
            newest[item.key] = item
    return list(newest.values())


def _candidates(old: Sequence[Item], new: Sequence[Item]) -> list[_Pair]:
    """All pairs similar enough for what they claim, best first; ties go to the smaller places, so that the order is fixed."""
    before, after = [_stems(item) for item in old], [_stems(item) for item in new]
    documents = Counter(stem for stems in (*before, *after) for stem in set(stems))
    total = len(old) + len(new)
    # Squared, so that the sentence all insatser share ("Genomförs aktiviteter i enlighet med …") says next to nothing.
    weights = {stem: log((total + 1) / count) ** 2 for stem, count in documents.items()}
    pairs = []
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            similarity = _similarity(before[i], after[j], weights)
            same_key, same_plan = a.key == b.key, a.key.plan_name == b.key.plan_name
            if similarity < KEPT and _ask_of_different_things(a, b):
                continue  # what they share may be a sentence that every item has: two items alone do not show it
            if similarity >= (REWORDED if same_key else MOVED if same_plan else MOVED_FAR):
                order = 1 - abs(i / len(old) - j / len(new))
                pairs.append(_Pair(i, j, similarity, similarity + _SAME_KEY * same_key + _SAME_PLAN * same_plan + _ORDER * order))
    return sorted(pairs, key=lambda pair: (-pair.rank, pair.earlier, pair.later))


def _assign(pairs: Iterable[_Pair]) -> list[_Pair]:
    """One-to-one, best pair first. A person confirms, so the clearest pairs matter more than the best sum over all of them."""
    chosen: list[_Pair] = []
    earlier: set[int] = set()
    later: set[int] = set()
    for pair in pairs:
        if pair.earlier not in earlier and pair.later not in later:
            earlier.add(pair.earlier)
            later.add(pair.later)
            chosen.append(pair)
    return chosen


def _stems(item: Item) -> list[str]:
    """The words that say what is followed up, shortened; codes and numbers are what may have changed and are left out."""
    text = f"{item.question} {item.statement} {item.expected_result}"
    return [word[:_PREFIX] for word in _WORD.findall(text.casefold())]


def _ask_of_different_things(a: Item, b: Item) -> bool:
    """Whether both items have a question and the two questions share no word."""
    one, two = ({word[:_PREFIX] for word in _WORD.findall(item.question.casefold())} for item in (a, b))
    return bool(one and two) and not one & two


def _similarity(a: Sequence[str], b: Sequence[str], weights: dict[str, float]) -> float:
    """Three parts shared words (Dice, weighted by how rare they are) and one part same words in the same order (difflib)."""
    one, two = Counter(a), Counter(b)
    mass = sum(weights[stem] * count for counter in (one, two) for stem, count in counter.items())
    if not mass:
        return 0.0
    shared = 2 * sum(weights[stem] * count for stem, count in (one & two).items()) / mass
    if shared < REWORDED / 2:  # the order cannot lift it over any threshold, and difflib is the slow part
        return shared * 0.75
    return 0.75 * shared + 0.25 * SequenceMatcher(None, a, b, autojunk=False).ratio()


def _confidence(similarity: float, rival: float) -> float:
    """Mostly how similar the texts are, partly how far the best rival of either item is behind; two decimals."""
    margin = min(max((similarity - rival) / 0.3, 0.0), 1.0)
    return max(round(0.75 * similarity + 0.25 * margin, 2), 0.01)


def _reason(a: Item, b: Item, similarity: float) -> str:
    share = f"{round(100 * similarity)} % likhet i fråga och text"
    if a.key == b.key:
        return f"Koden {b.code} är densamma {a.year} och {b.year}, men texten är omskriven ({share})."
    parts = []
    if a.organisation != b.organisation:
        parts.append(f"förvaltningen heter {b.organisation} i stället för {a.organisation}")
    if a.key.plan_name != b.key.plan_name:
        parts.append(f"planen heter {b.plan_title} i stället för {a.plan_title}")
    if a.code != b.code:
        parts.append(f"koden är {b.code} i stället för {a.code}")
    elif a.ordinal != b.ordinal:
        parts.append(f"koden {b.code} står för nr {b.ordinal} i ordningen i stället för nr {a.ordinal}")
    return f"{b.kind.capitalize()} {b.code} år {b.year} liknar {a.kind} {a.code} år {a.year} ({share}): {', '.join(parts)}."
