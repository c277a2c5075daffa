"""One item by the name a person gives it: a code with or without its kind, or the item's key. For drafts, which are about exactly one.

Unlike a question, a name that several items have is an error that names them. Knows nothing of drafts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.catalogue import Catalogue
from assistant.errors import AmbiguousItem, UnknownItem
from assistant.phrases import enumeration, item_label, short_place
from assistant.question_names import OrganisationRef, PlanRef
from assistant.resolve import Resolution, resolve
from assistant.scope import NotThere
from assistant.understanding import understand
from corpus.model import Item
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library


def find_item(
    library: Library,
    catalogue: Catalogue,
    name: str,
    *,
    year: int | None = None,
    plan: int | str | None = None,
    organisation: str | None = None,
) -> Item:
    """The item called ``name``, as it stands in its newest report before ``year`` (in the newest of all where that is None).

    Raises:
        UnknownItem: no such item; the nearest are named. AmbiguousItem: several; they are named, and how to choose.
    """
    if "/" in name:
        return _by_key(library, name, year)
    question = understand(name, catalogue)
    if not question.codes:
        raise UnknownItem(f"”{name}” är ingen kod för en uppföljningspunkt. Skriv till exempel 5:2.")
    if organisation:
        question = replace(question, organisation=OrganisationRef((organisation,)))
    if plan is not None:
        ref = (
            PlanRef(number=int(plan))
            if str(plan).isdigit()
            else understand(str(plan), catalogue).plan or PlanRef(names=(str(plan),))
        )
        question = replace(question, plan=ref)
    try:
        found: Resolution = resolve(question, library, catalogue)
    except NotThere as nothing:
        near = "" if not nothing.candidates else " Finns: " + enumeration(item_label(i) for i in nothing.candidates) + "."
        text = str(nothing.args[0])
        raise UnknownItem(text if "närmaste" in text else text + near) from None
    items = found.items
    if len({item.key.id for item in items}) > 1:
        named = "; ".join(short_place(item) for item in items)
        raise AmbiguousItem(f"Koden {items[0].code} finns på flera ställen: {named}. Välj plan med --plan N.")
    return _before(library, items[0], year)


def _by_key(library: Library, key: str, year: int | None) -> Item:
    items = library.items(Filter(key=key))
    if not items:
        raise UnknownItem(f"Det finns ingen uppföljningspunkt med nyckeln {key}. Se vilka som finns: assistant items")
    return _before(library, items[-1], year)


def _before(library: Library, item: Item, year: int | None) -> Item:
    history = library.items(Filter(key=item.key.id))
    earlier = [each for each in history if year is None or each.year < year]
    return (earlier or history)[-1]
