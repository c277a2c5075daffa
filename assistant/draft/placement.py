"""Where a note's sentences go: beside the earlier sentence that is about the same thing, or in a paragraph of their own.

Compares words, rare ones counting most. Knows nothing of how a sentence was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from assistant.draft.evidence import Past
from assistant.draft.language.wording import content_stems, loosely_related

_ENOUGH = 0.65
"""The least shared weight that makes a place: one word that stands in few of the comment's sentences."""


def home_of(text: str, latest: Sequence[Past]) -> Past | None:
    """The sentence of the newest earlier comment that ``text`` is nearest to; None where none is near. Ties go to the earlier one."""
    wanted = list(dict.fromkeys(content_stems(text)))
    if not wanted or not latest:
        return None
    rows = [_stems(past, latest) for past in latest]
    counts = Counter(stem for row in rows for stem in set(row))
    best, best_score = None, 0.0
    for past, row in zip(latest, rows, strict=True):
        score = 0.0
        for one in wanted:
            fits = [other for other in row if one == other or loosely_related(one, other)]
            if fits:
                score += max(_weight(counts[other], len(rows)) * _exactness(one, other) for other in fits)
        if score > best_score:
            best, best_score = past, score
    return best if best_score >= _ENOUGH else None


def _exactness(one: str, other: str) -> float:
    """A long word said again is the surest sign; a part of a compound a weaker one."""
    if one != other:
        return 0.7
    return 1.2 if len(one) >= 9 else 1.0


def _stems(past: Past, latest: Sequence[Past]) -> Sequence[str]:
    """A sentence's own words; a heading lends its words to the first sentence under it."""
    at = latest.index(past)
    if past.role == "heading":
        return ()
    above = latest[at - 1].text if at and latest[at - 1].role == "heading" else ""
    return content_stems(f"{above} {past.text}")


def _weight(count: int, total: int) -> float:
    return log((total + 1) / count) / log(total + 1) if total > 1 else 1.0
