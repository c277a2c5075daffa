"""Drafts for a whole report: the items of the newest earlier report, one after the other, each saved as soon as it is made.

A stop, by whatever means, loses nothing and the next run goes on with what lacks. Knows nothing of terminals and pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.model import Draft, DraftState, Item, ItemKey, renumber
from index.filters import Filter

if TYPE_CHECKING:
    from threading import Event

    from assistant.draft.chat import ChatModel
    from assistant.draft.evidence import Evidence
    from index.library import Library

Outcome = Literal["saved", "empty", "same"]
OPEN = ("open", "unknown")
"""The states of a commitment that the officer is still asked about."""


@dataclass(frozen=True, slots=True)
class Step:
    """One item drafted, the ``done``-th of ``total``. ``outcome``: "saved" as ``version``; "empty": there was nothing to write of, and
    nothing is saved; "same": the version that is there says the same."""

    item: Item
    done: int
    total: int
    outcome: Outcome
    draft: Draft
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """How far an item has come for a year: earlier years with a comment, notes, its newest draft's state (None: no draft) and version,
    and how many questions about earlier commitments that draft leaves open. ``draft`` is that newest draft."""

    item: Item
    history: int
    notes: int
    state: DraftState | None = None
    version: int | None = None
    questions: int = 0
    draft: Draft | None = None


def report_items(library: Library, organisation: str, year: int, *, plan: int | None = None) -> list[Item]:
    """The items of an organisation's newest report before ``year``, in its order; of one plan where its number is given. [] where there is
    none."""
    years = [row.year for row in library.reports() if row.organisation == organisation and row.year < year]
    return library.items(Filter(organisation=organisation, year=max(years), plan=plan)) if years else []


def waiting(library: Library, items: Sequence[Item], year: int, *, again: bool = False) -> list[Item]:
    """Those of ``items`` that a run is to draft: those without a saved draft for ``year``; with ``again`` also those whose draft nobody has
    called reviewed or done."""
    there = {summary.item_key: summary.state for summary in library.draft_summaries(year)}
    return [item for item in items if (state := there.get(item.key.id)) is None or (again and state == "utkast")]


def draft_all(
    library: Library,
    items: Sequence[Item],
    *,
    year: int,
    model: ChatModel | str | None = None,
    again: bool = False,
    author: str = "",
    on_text: Callable[[str], None] | None = None,
    stop: Event | None = None,
) -> Iterator[Step]:
    """A draft for each of ``items`` that is ``waiting``, from the notes kept in the library, saved before it is yielded.

    ``model`` and ``on_text`` are as in ``compose_draft``; the model is loaded once. Setting ``stop`` ends it after the item at hand, or
    within it where a model is writing: half a text is not saved. What somebody else has saved in the meantime is left alone.

    Raises:
        assistant.draft.chat.ChatModelError: the model cannot be had or fails; what is saved stays.
    """
    todo = waiting(library, items, year, again=again)
    write = _writer(library, year, model, on_text, stop) if todo else None
    for number, item in enumerate(todo, 1):
        if write is None or (stop is not None and stop.is_set()):
            return
        versions = library.drafts(item.key.id, year)
        if versions and not again:
            continue
        made = write(item)
        if made is None:
            return
        if not made.text.strip():
            yield Step(item, number, len(todo), "empty", made)
        elif versions and (versions[-1].draft.text, versions[-1].draft.answer) == (made.text, made.answer):
            yield Step(item, number, len(todo), "same", made, versions[-1].version)
        else:
            yield Step(item, number, len(todo), "saved", made, library.save_draft(made, author=author))


def _writer(
    library: Library, year: int, model: ChatModel | str | None, on_text: Callable[[str], None] | None, stop: Event | None
) -> Callable[[Item], Draft | None]:
    """What makes an item's draft; None from it where ``stop`` was set while a model wrote."""
    from assistant.draft import RULES
    from assistant.draft.compose import compose
    from assistant.draft.evidence import gather

    def evidence(item: Item) -> Evidence:
        return gather(library, item.key, year=year, notes=library.notes(item.key.id, year))

    if model is None or (isinstance(model, str) and model.lower() in RULES):
        return lambda item: compose(evidence(item))

    from assistant.draft.chat import load_chat_model
    from assistant.draft.model_draft import compose_with_model

    loaded = load_chat_model(model) if isinstance(model, str) else model

    def write(item: Item) -> Draft | None:
        made = compose_with_model(evidence(item), loaded, on_text=on_text, stop=stop)
        return None if stop is not None and stop.is_set() else made

    return write


def add_notes(library: Library, notes: Mapping[ItemKey, Sequence[str]], year: int, *, author: str = "") -> dict[ItemKey, int]:
    """Notes put to those already kept on their items; gives how many were new to each. The same file twice adds nothing."""
    added = {}
    for key, lines in notes.items():
        kept = [note.text for note in library.notes(key.id, year)]
        new = [note.text for note in renumber(lines) if note.text not in kept]
        if new:
            library.save_notes(key.id, year, renumber([*kept, *dict.fromkeys(new)]), author=author)
            added[key] = len(dict.fromkeys(new))
    return added


def coverage(library: Library, items: Sequence[Item], year: int) -> list[Covered]:
    """How far each of ``items`` has come for ``year``, in their order."""
    told: dict[str, int] = {}
    for item in library.items(Filter(organisation=sorted({item.organisation for item in items}))):
        if item.year < year and item.comment.strip():
            told[item.key.id] = told.get(item.key.id, 0) + 1
    notes = library.all_notes(year)
    drafted = {summary.item_key for summary in library.draft_summaries(year)}
    result = []
    for item in items:
        key = item.key.id
        at_hand = told.get(key, 0), len(notes.get(key, ()))
        newest = library.drafts(key, year)[-1] if key in drafted else None
        if newest is None:
            result.append(Covered(item, *at_hand))
        else:
            asked = sum(promise.state in OPEN for promise in newest.draft.commitments)
            result.append(Covered(item, *at_hand, newest.state, newest.version, asked, newest.draft))
    return result


def with_unsaved(library: Library, drafts: Sequence[Draft], *, plan: int | None = None) -> list[Draft]:
    """``drafts`` and, for the items of their report that none of them is about, drafts made now and not saved: what earlier reports promised
    there is open too."""
    from assistant.draft import compose_draft

    there = {draft.item.key for draft in drafts}
    whose = dict.fromkeys((draft.item.organisation, draft.year) for draft in drafts)
    made = [
        compose_draft(library, item.key, year=year, notes=library.notes(item.key.id, year))
        for organisation, year in whose
        for item in report_items(library, organisation, year, plan=plan)
        if item.key not in there
    ]
    return [*drafts, *made]


def without_new_notes(library: Library, covered: Sequence[Covered], year: int) -> list[Item]:
    """The items whose saved draft was made before notes that are kept now: a run with ``again`` takes them in."""
    notes = library.all_notes(year)
    late = []
    for one in covered:
        used = {note.text for note in one.draft.notes} if one.draft is not None else None
        if used is not None and any(note.text not in used for note in notes.get(one.item.key.id, ())):
            late.append(one.item)
    return late
