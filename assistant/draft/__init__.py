"""Drafting: this year's comment from the officer's notes and the item's earlier comments, every sentence with its source.

``compose_draft`` makes a draft, ``revise_draft`` looks again at one that was edited, ``compare_versions`` sets two saved ones side by side,
``check_report`` looks for what the items of one report say against each other, ``commitment_outcomes`` counts what was kept over the years.
Importing this package is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from corpus.model import AnswerValue, Draft, DraftState, ItemKey, Note, renumber

if TYPE_CHECKING:
    from threading import Event

    from assistant.draft.chat import ChatModel
    from assistant.draft.checks.contradictions import Contradiction
    from assistant.draft.promises import CommitmentRow
    from assistant.draft.versions import VersionChanges
    from corpus.model import Item
    from index.library import Library

__all__ = ["AS_BEFORE", "RULES", "check_report", "commitment_outcomes", "compare_versions", "compose_draft", "revise_draft"]

RULES: Final = ("regler", "ingen")
"""What the model is called where the built-in rules are to write, whatever the library's setting says."""

AS_BEFORE: Final = "som förut"
"""In the place of an answer: the one that the draft has."""


def compose_draft(
    library: Library,
    item_key: ItemKey | str,
    *,
    year: int,
    notes: Sequence[str | Note] = (),
    model: ChatModel | str | None = None,
    others: bool = False,
    on_text: Callable[[str], None] | None = None,
    stop: Event | None = None,
) -> Draft:
    """A draft of the comment on an item (its key or the key's id) for ``year``; by rules, or by ``model`` with every sentence checked.

    ``notes`` are the officer's lines, the only source of new facts. ``model`` is a chat model, or the folder or hub id of one for
    transformers, or the address of an OpenAI-compatible server; one of ``RULES`` or None is the rules. ``others`` adds what other organisations wrote on the
    same item, to look at. ``on_text`` is called with each piece of the model's text as it comes; setting ``stop`` ends the writing, and
    what came so far is used.

    Raises:
        assistant.errors.UnknownItem: no report has the item.
        assistant.draft.chat.ChatModelError: the model cannot be had or fails; nothing else is put in its place.
    """
    from assistant.draft.compose import compose
    from assistant.draft.evidence import gather

    evidence = gather(library, item_key, year=year, notes=_numbered(notes), others=others)
    if model is None or (isinstance(model, str) and model.lower() in RULES):
        return compose(evidence)
    from assistant.draft.chat import load_chat_model
    from assistant.draft.model_draft import compose_with_model

    loaded = load_chat_model(model) if isinstance(model, str) else model
    return compose_with_model(evidence, loaded, on_text=on_text, stop=stop)


def revise_draft(
    library: Library,
    draft: Draft,
    text: str,
    *,
    answer: AnswerValue | str | None = AS_BEFORE,
    state: DraftState | None = None,
) -> Draft:
    """``draft`` with the officer's ``text``: every sentence checked anew, with what was known of those that stand as they stood; the text
    itself is hers and kept.

    ``answer`` and ``state`` are as before where they are not given. Commitments and what is left out follow the draft's notes; the notes and
    the background stay.
    """
    from assistant.draft.check import check
    from assistant.draft.compose import left_out
    from assistant.draft.evidence import gather
    from assistant.draft.outcomes import settle
    from assistant.draft.overall import overall_flags
    from assistant.draft.provenance import keep

    evidence = gather(library, draft.item.key, year=draft.year, notes=draft.notes)
    found = check(text, notes=draft.notes, history=evidence.history, year=draft.year)
    sentences = keep(draft.sentences, found, notes=draft.notes, items={item.id for item in evidence.history})
    changed = replace(
        draft,
        text=text.strip(),
        sentences=sentences,
        state=state or draft.state,
        commitments=tuple(one.commitment for one in settle(evidence)),
        left_out=tuple(left_out(evidence)),
    )
    if answer != AS_BEFORE:
        changed = replace(changed, answer=answer)  # type: ignore[arg-type]
    return replace(changed, flags=overall_flags(changed, evidence))


def check_report(drafts: Sequence[Draft | Item]) -> list[Contradiction]:
    """What the items of one report say against each other, as ``assistant.draft.checks.contradictions`` finds it; [] where nothing is found."""
    from assistant.draft.checks.contradictions import check_report as check

    return check(drafts)


def compare_versions(a: Draft, b: Draft) -> VersionChanges:
    """What was changed from version ``a`` to version ``b`` of a draft, sentence by sentence with their sources, and word by word."""
    from assistant.draft.versions import compare_versions as compare

    return compare(a, b)


def commitment_outcomes(library: Library, *, organisation: str | None = None) -> list[CommitmentRow]:
    """How many commitments of each report year the next report says were kept: a row an organisation and year; [] for an empty library."""
    from assistant.draft.promises import commitment_outcomes as count

    return count(library, organisation=organisation)


def _numbered(notes: Sequence[str | Note]) -> tuple[Note, ...]:
    """Notes as they are where they carry numbers, else numbered lines."""
    given = [note for note in notes if isinstance(note, Note)]
    return tuple(given) if given and len(given) == len(notes) else renumber([n.text if isinstance(n, Note) else n for n in notes])
