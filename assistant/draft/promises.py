"""How many of each year's commitments the next report says were kept: figures for a plot over the years.

The next year's comment on the same item is read as notes are: what it says of a promise decides, and silence is counted as such.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.draft.evidence import from_items
from assistant.draft.language.facts import facts
from assistant.draft.outcomes import Settled, settle
from assistant.lineage import follow
from corpus.commitments import find, is_commitment
from corpus.model import Item, renumber
from corpus.sentences import split
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """The commitments in the comments of one organisation's report of ``year``, by what its next report says of them.

    ``kept``: done. ``open``: late, under way, dropped, or named without saying how it went. ``unmentioned``: not a word; so are all
    commitments of the newest report, which no report has followed (``followed`` is None there, else the year of the next report).
    """

    organisation: str
    year: int
    kept: int
    open: int
    unmentioned: int
    followed: int | None

    @property
    def total(self) -> int:
        """All commitments of the year."""
        return self.kept + self.open + self.unmentioned


def commitment_outcomes(library: Library, *, organisation: str | None = None) -> list[CommitmentRow]:
    """One row an organisation and report year, in that order; [] for an empty library. ``organisation`` keeps to one, named as in the library."""
    years: dict[str, list[int]] = {}
    for row in library.reports():
        if organisation is None or row.organisation == organisation:
            years.setdefault(row.organisation, []).append(row.year)
    found = []
    for name in sorted(years):
        inorder = sorted(set(years[name]))
        for year, followed in zip(inorder, [*inorder[1:], None], strict=True):
            items = library.items(Filter(organisation=name, year=year))
            states = Counter(state for item in items for state in _states(library, item, followed))
            kept, unmentioned = states.pop("kept", 0), states.pop("unmentioned", 0)
            found.append(CommitmentRow(name, year, kept, states.total(), unmentioned, followed))
    return found


def _states(library: Library, item: Item, followed: int | None) -> list[str]:
    promises = find(item.comment, item.year)
    later = follow(library, item, followed) if promises and followed is not None else None
    if later is None:
        return ["unmentioned"] * len(promises)
    told = renumber([sentence.text for sentence in split(later.comment)])
    settled = settle(from_items(item, [item], year=later.year, notes=told))
    return [_state(one, told[one.note - 1].text, later.year) if one.note is not None else "unmentioned" for one in settled]


def _state(settled: Settled, told: str, year: int) -> str:
    """The state that a report's sentence gives a promise. Unlike a note it may promise the same again, or say that it was not done."""
    denied = any(fact.kind == "negation" for fact in facts(told))
    return "open" if denied or is_commitment(told, year) else settled.commitment.state
