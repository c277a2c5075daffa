"""Where sentences come from, kept while a draft is edited: a sentence that stands as it stood keeps what is known of it.

The check works out anew where each sentence of an edited text comes from; of a sentence that nobody touched the one who wrote it knew more.
Here is also the officer's own word for a sentence: one that she has accepted. Knows nothing of how a sentence is checked or written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from assistant.errors import AssistantError
from corpus.model import Draft, DraftSentence, Flag, Note, SourceRef

_WRITERS: Final = frozenset({"abbreviation", "telegraphic", "added_by_rules"})
"""The codes of flags that only the writer of a sentence raises: the check does not know of them."""


class NoSuchSentence(AssistantError):
    """The draft does not have the sentence that was meant."""


def accepted(sentence: DraftSentence) -> bool:
    """Whether the officer has accepted the sentence as it stands."""
    return any(source.kind == "edit" for source in sentence.sources)


def accept(draft: Draft, number: int, yes: bool = True) -> Draft:
    """``draft`` with its sentence ``number`` (from 0) accepted by the officer, or no longer so; its status, sources and flags stay.

    Raises:
        NoSuchSentence: there is none with that number.
    """
    if not 0 <= number < len(draft.sentences):
        raise NoSuchSentence("Meningen finns inte kvar i utkastet. Granska texten på nytt och försök igen.")
    sentence = draft.sentences[number]
    changed = _vouched(replace(sentence, sources=_others(sentence)), yes)
    return replace(draft, sentences=(*draft.sentences[:number], changed, *draft.sentences[number + 1 :]))


def keep(
    before: Sequence[DraftSentence], after: Sequence[DraftSentence], *, notes: Sequence[Note], items: Collection[str]
) -> tuple[DraftSentence, ...]:
    """``after``, the sentences of an edited text as the check found them, with what ``before`` knew of those that stand as they stood.

    Status and sources are as before where every source still is one: its note is among ``notes`` (and may have another number now), its
    earlier comment among ``items`` (ids). Flags are the check's and those that only the writer raises.
    """
    waiting: dict[str, list[DraftSentence]] = {}
    for sentence in before:
        waiting.setdefault(_words(sentence.text), []).append(sentence)
    return tuple(
        _kept(known.pop(0), sentence, notes, items) if (known := waiting.get(_words(sentence.text))) else sentence
        for sentence in after
    )


def _kept(old: DraftSentence, new: DraftSentence, notes: Sequence[Note], items: Collection[str]) -> DraftSentence:
    sources = [_now(source, notes, items) for source in _others(old)]
    standing = tuple(source for source in sources if source is not None)
    if old.status != "unsupported" and standing and len(standing) == len(sources):
        flags: list[Flag] = [flag for flag in old.flags if flag.code in _WRITERS and flag not in new.flags]
        new = replace(new, status=old.status, sources=standing, flags=(*new.flags, *flags))
    return _vouched(new, accepted(old))


def _now(source: SourceRef, notes: Sequence[Note], items: Collection[str]) -> SourceRef | None:
    """The source as it is now; None where it is no more."""
    if source.kind == "comment":
        return source if source.item_id in items else None
    number = next((note.number for note in notes if source.quote == note.text), None)
    return None if number is None else replace(source, note=number)


def _others(sentence: DraftSentence) -> tuple[SourceRef, ...]:
    return tuple(source for source in sentence.sources if source.kind != "edit")


def _vouched(sentence: DraftSentence, yes: bool) -> DraftSentence:
    return replace(sentence, sources=(*sentence.sources, SourceRef("edit", sentence.text))) if yes else sentence


def _words(text: str) -> str:
    return " ".join(text.split())
