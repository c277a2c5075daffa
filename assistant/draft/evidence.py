"""What a draft rests on: the item's earlier comments taken apart, what they promised, and this year's notes.

The newest earlier comment gives the order and the paragraphs; each of its sentences is standing practice, stale, or a commitment. Older
comments only lend their sentences as patterns and the promises that nobody came back to. Knows nothing of how a draft is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from assistant.draft.language.facts import facts
from assistant.draft.language.personal import Sifted, addresses_program, private_data, sift
from assistant.draft.language.vocabulary import Vocabulary, vocabulary_of
from assistant.draft.language.wording import content_stems, coverage, matched, plain, stem, tokens
from assistant.draft.notes.clauses import is_clause_with_verb
from assistant.draft.staleness import stale_reason
from assistant.draft.standing import standing_part
from assistant.errors import UnknownItem
from assistant.lineage import follow
from corpus import commitments
from corpus.model import Commitment, Item, ItemKey, Note
from corpus.sentences import split
from corpus.tense import is_finite
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library

Role = Literal["sentence", "heading", "intro", "list"]

_LABEL = re.compile(r"^[A-ZÅÄÖ][^.:;!?\n]{2,60}: (?=[A-ZÅÄÖ\d])")
_ANSWER_WORD = re.compile(r"^(?:Ja|Nej|Delvis|Pågår)[.,]?$")
_POINTER = re.compile(
    r"^(?:Dessa|Detta|Denna|Där|Därefter|Därför|Därmed|Dessutom|Däremot|Så|Då|Resten|Samma|Vidare|Resultatet|Skälet|Orsaken"
    r"|I övriga|Trots det|Av dessa|Av dem|Båda|Bägge|Hon|Han)\b"
)
_PRONOUN = re.compile(r"^(?:Det|De|Den)\b")
_EXPLETIVE = re.compile(
    r"^Det (?:finns|saknas|pågår|behövs|krävs|händer|förekommer|som|vi|är (?:viktigt|svårt|fortfarande|möjligt|oklart|angeläget))\b"
)


_SAID_AGAIN = 0.34


@dataclass(frozen=True, slots=True)
class Past:
    """One sentence of an earlier comment: ``comment[start:end] == text``.

    ``paragraph`` counts from 0 in its comment. ``label`` is a lead-in such as "Hatbrott: " at its start. ``stands`` is what may be stated
    again: the sentence itself, a part of it, or "" with the ``reason`` (Swedish). ``commitment`` where it promises something.
    """

    text: str
    item_id: str
    year: int
    start: int
    end: int
    paragraph: int
    role: Role = "sentence"
    label: str = ""
    stands: str = ""
    reason: str = ""
    commitment: Commitment | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the draft of ``item`` for ``year`` may rest on. ``latest`` is the newest earlier comment in order, ``older`` the ones before it,
    newest first. ``forgotten`` are older promises that no later comment mentions. ``others`` are other organisations' items."""

    item: Item
    year: int
    history: tuple[Item, ...]
    latest: tuple[Past, ...]
    older: tuple[Past, ...]
    forgotten: tuple[Commitment, ...]
    notes: tuple[Sifted, ...]
    vocabulary: Vocabulary
    others: tuple[Item, ...] = ()

    @property
    def latest_year(self) -> int | None:
        """The year of the newest earlier comment; None where there is none."""
        return self.latest[0].year if self.latest else None


def gather(library: Library, item_key: ItemKey | str, *, year: int, notes: Sequence[Note], others: bool = False) -> Evidence:
    """The evidence for an item (``ItemKey`` or its id) and year. Reports of ``year`` and later are not looked at but for the item's own fields.

    Raises:
        UnknownItem: no report has the item.
    """
    key = item_key if isinstance(item_key, str) else item_key.id
    found = library.items(Filter(key=key))
    if not found:
        raise UnknownItem(f"Ingen rapport har uppföljningspunkten {key}. Se vilka som finns: assistant items")
    earlier = [item for item in found if item.year < year]
    item = earlier[-1] if earlier else min(found, key=lambda one: one.year)
    history = _history(library, item, year)
    elsewhere = _elsewhere(library, item, year) if others else ()
    return from_items(item, history, year=year, notes=notes, others=elsewhere)


def from_items(item: Item, history: Sequence[Item], *, year: int, notes: Sequence[Note], others: Sequence[Item] = ()) -> Evidence:
    """The evidence from items at hand: ``history`` are the item's earlier years, oldest first. Comments without text count for nothing."""
    told = [one for one in history if one.comment.strip() and one.year < year]
    distinct = [one for at, one in enumerate(told) if at + 1 == len(told) or plain(one.comment) != plain(told[at + 1].comment)]
    latest = past_sentences(distinct[-1]) if distinct else ()
    older = tuple(past for one in reversed(distinct[:-1]) for past in past_sentences(one))
    texts = tuple(text for one in (item, *history) for text in (one.question, one.statement, one.expected_result, one.comment))
    return Evidence(
        item, year, tuple(told), latest, older, _forgotten(distinct), tuple(sift(notes)), vocabulary_of(texts), tuple(others)
    )


def _history(library: Library, item: Item, year: int) -> list[Item]:
    """The item in every earlier year that has it, oldest first; followed where its code has moved."""
    years = sorted({row.year for row in library.reports() if row.organisation == item.organisation and row.year < year})
    found = (follow(library, item, one) for one in years)
    return [one for one in found if one is not None]


def _elsewhere(library: Library, item: Item, year: int) -> tuple[Item, ...]:
    """The same item in the newest earlier report of each other organisation."""
    newest: dict[str, Item] = {}
    for row in library.reports():
        if row.organisation != item.organisation and row.year < year:
            there = follow(library, item, row.year, organisation=row.organisation)
            if there is not None and there.comment.strip():
                newest[row.organisation] = there
    return tuple(newest[name] for name in sorted(newest))


@lru_cache(maxsize=512)  # the composer and the check take the same comments apart
def past_sentences(item: Item) -> tuple[Past, ...]:
    """The sentences of an item's comment in order, each with its role and whether it still stands."""
    promises = {c.start: c for c in promises_of(item.comment, item.year)}
    found = [_judged(past, promises.get(past.start)) for past in _roles(item)]
    return tuple(_connected(found))


@lru_cache(maxsize=512)
def promises_of(comment: str, year: int) -> tuple[Commitment, ...]:
    """The commitments of a comment of ``year`` in order; () for none."""
    return tuple(commitments.find(comment, year))


def _roles(item: Item) -> list[Past]:
    paragraphs: list[list[Past]] = []
    at = 0
    for number, block in enumerate(re.split(r"\n\s*\n", item.comment)):
        start = item.comment.index(block, at)
        at = start + len(block)
        row = [Past(s.text, item.id, item.year, start + s.start, start + s.end, number) for s in split(block)]
        if row:
            paragraphs.append(row)
    found: list[Past] = []
    in_list = False
    for number, row in enumerate(paragraphs):
        alone = row[0] if len(row) == 1 else None
        follows = number + 1 < len(paragraphs)
        if alone is not None and alone.text.rstrip().endswith(":"):
            in_list = is_clause_with_verb(alone.text)
            found.append(replace(alone, role="intro" if in_list else "heading"))
            continue
        if alone is not None and in_list and (found[-1].role == "intro" or _stops(found[-1].text) == _stops(alone.text)):
            found.append(replace(alone, role="list"))
            continue
        if alone is not None and not re.search(r"[.!?…”)]$", alone.text.rstrip()):
            short = (
                len(alone.text.split()) <= 8
                and not is_clause_with_verb(alone.text)
                and not alone.text.startswith(("•", "-", "–", "*"))
            )
            found.append(replace(alone, role="heading" if short and follows else "list"))
            continue
        in_list = row[-1].text.rstrip().endswith(":") and follows
        label = _LABEL.match(row[0].text)
        label = None if label and is_clause_with_verb(label.group()) else label  # "Kommunen driver tre gårdar: …" leads nothing in
        found.append(replace(row[0], label=label.group()) if label else row[0])
        found += row[1:]
        if in_list:
            found[-1] = replace(found[-1], role="intro")
    return found


def _stops(text: str) -> bool:
    """Whether ``text`` ends like a sentence: the entries of one list all do or all do not."""
    return bool(re.search(r"[.!?…][”)]?$", text.rstrip()))


def _judged(past: Past, promise: Commitment | None) -> Past:
    if past.role == "heading":
        return replace(past, stands=past.text)
    if _ANSWER_WORD.match(past.text):
        return replace(past, reason="är ett svar och ingen beskrivning")
    if promise is not None:
        return replace(past, commitment=promise, reason=f"ett åtagande från {past.year}")
    if addresses_program(past.text.removeprefix(past.label)):
        return replace(past, reason="vänder sig till programmet och inte till läsaren")
    if private := private_data(past.text):
        return replace(past, reason=f"innehåller {', '.join(private)}")
    reason = stale_reason(past.text, past.year)
    if reason is None:
        return replace(past, stands=past.text)
    part = standing_part(past.text, past.year) if past.role == "sentence" else None
    return replace(past, stands=part or "", reason=reason)


def _connected(found: list[Past]) -> list[Past]:
    """Sentences that only make sense after one that is not stated again fall with it; so do the entries of a list without its first line."""
    result: list[Past] = []
    intro: Past | None = None
    for past in found:
        if past.role == "intro":
            intro = past
        elif past.role == "list" and intro is not None and not intro.stands:
            past = replace(past, stands="", reason=past.reason or "hör till en uppräkning som inte förts över")
        elif past.role != "list":
            intro = None
        if past.role == "sentence" and past.stands and points_back(past.text) and result:
            before = result[-1]
            if before.paragraph == past.paragraph and not before.stands:
                past = replace(past, stands="", reason=past.reason or "hänger ihop med en mening som inte förts över")
        result.append(past)
    return result


def points_back(sentence: str) -> bool:
    """Whether ``sentence`` begins with a word that stands for something in the sentence before."""
    if _POINTER.match(sentence):
        return True
    if not _PRONOUN.match(sentence) or _EXPLETIVE.match(sentence):
        return False
    words = [token.text for token in tokens(sentence) if token.is_word][:4]
    return len(words) > 1 and is_finite(words, 1)


def _forgotten(told: Sequence[Item]) -> tuple[Commitment, ...]:
    """Promises of older comments that no later comment comes back to, oldest first: hardly a word of them is said again."""
    left = []
    for at, item in enumerate(told[:-1]):
        later = [stem for other in told[at + 1 :] for stem in content_stems(other.comment)]
        sentences = split(item.comment)
        for promise in promises_of(item.comment, item.year):
            before = next((s.text for s in reversed(sentences) if s.end <= promise.start), "") if points_back(promise.text) else ""
            stems = content_stems(f"{before} {promise.text}")
            named = {stem(fact.text) for fact in facts(f"{before} {promise.text}") if fact.kind == "name"}
            again = matched(stems, later)
            if coverage(stems, later) < _SAID_AGAIN and not any(len(one) >= 8 or one in named for one in again):
                left.append(promise)
    return tuple(left)
