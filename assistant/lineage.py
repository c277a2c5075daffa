"""The same item in another year or another administration: followed when its code has moved.

Codes are compared within a plan; an item is the same where its question is, otherwise where its code is and no other item has a better
claim, otherwise where the wording is nearly so. What a person has said about lineage in the library goes first. Knows nothing of questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.words import fold
from corpus.model import Item, plan_name, slug
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library

SURE = 0.7
"""Confidence from which a proposal of the same item under another code is followed without a person's word."""


def follow(library: Library, item: Item, year: int, *, organisation: str | None = None) -> Item | None:
    """``item`` as it stands in the report of ``year`` (of ``organisation``, else its own); None where that report does not have it."""
    where = organisation or item.organisation
    if year == item.year and slug(where) == slug(item.organisation):
        return item
    name = plan_name(item.plan_title)
    there = library.items(Filter(organisation=where, year=year, plan_name=name))
    if not there:
        return None
    if slug(where) == slug(item.organisation):
        linked = _linked(library, item, year)
        if linked:
            return next((other for other in there if other.key.id == linked), None)
    here = library.items(Filter(organisation=item.organisation, year=item.year, plan_name=name))
    return counterpart(item, here, there)


def counterpart(item: Item, here: Sequence[Item], there: Sequence[Item]) -> Item | None:
    """The one of ``there`` that is ``item`` among its neighbours ``here``; None where there is none."""
    alike = [other for other in there if _bare(other.question) == _bare(item.question)]
    if alike:
        return next((other for other in alike if other.code == item.code), alike[0])
    same_code = next((other for other in there if (other.code, other.ordinal) == (item.code, item.ordinal)), None)
    if same_code and not any(_bare(other.question) == _bare(same_code.question) for other in here):
        return same_code
    from corpus.lineage import propose

    earlier, later = (there, here) if there and there[0].year < item.year else (here, there)
    for proposal in propose(earlier, later):
        mine, other = (proposal.later_key, proposal.earlier_key) if earlier is there else (proposal.earlier_key, proposal.later_key)
        if mine == item.key and proposal.confidence >= SURE:
            return next((each for each in there if each.key == other), None)
    return None


def _bare(text: str) -> str:
    """A text without codes, case, marks and the recipients in brackets at its end: what must be equal for two items to be one."""
    return " ".join(re.findall(r"[a-z]+", fold(re.sub(r"\((?:samtliga|berörda)[^)]*\)\s*$", "", text, flags=re.IGNORECASE))))


def _linked(library: Library, item: Item, year: int) -> str | None:
    """The key that a person said ``item`` has in ``year``; None where nobody said anything."""
    links = [link for link in library.lineage() if link.confirmed]
    key = item.key.id
    if year < item.year:
        back = [link for link in links if link.later == key and year < link.year <= item.year]
        return back[-1].earlier if back else None
    onward = [link for link in links if link.earlier == key and item.year < link.year <= year]
    return onward[0].later if onward else None
