"""What the library gives back: hits, rows of its lists, findings of a check. Plain values; knows nothing of storage or search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.model import AnswerValue, Draft, DraftState, Item

AddStatus = Literal["added", "unchanged", "new_version", "relabelled", "reread"]


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a report did. ``replaced`` is the id of the report it took the place of, None where it took none.

    ``status``: "added" a report more; "unchanged" the same bytes and values were there; "new_version" other bytes for plans that
    the organisation already had that year; "relabelled" the same bytes under another organisation or year; "reread" the same
    bytes, but the parser now reads them differently.
    """

    report_id: str
    status: AddStatus
    replaced: str | None = None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in the library's list. ``plans`` are (number, title) in order; ``added_at`` is ISO 8601 in UTC.

    ``items`` and ``sections`` are counts; ``answers`` counts items per answer ("" where there is none), ``diagnostics`` counts
    them per severity. ``current`` is False where a newer version has taken all its plans; it is then readable but not searched.
    """

    id: str
    organisation: str
    year: int
    title: str
    plans: tuple[tuple[int, str], ...]
    items: int
    sections: int
    source_name: str
    source_format: str
    added_at: str
    current: bool
    answers: Mapping[str, int]
    diagnostics: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Holding:
    """A report year of an organisation that is searched.

    ``plans`` are (number, title) in order, but only those that no later holding has of the same year under the same number and title.
    """

    organisation: str
    year: int
    plans: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One found item with its best place. ``item.comment[start:end] == quote``; empty quote and 0, 0 where the comment is empty.

    ``score`` orders hits, 0..1, comparable between questions: ``dense`` and ``lexical`` weighed by how literally the question
    matches.
    ``dense`` is the cosine of the question and the item's best passage (below 0 counts as 0; 0 without an embedder). ``lexical`` is
    BM25 over the question's own highest possible value, 0..1. ``overlap`` is the share of the question's informative words found in
    the item, 0..1, weighed by how rare they are. ``exact`` is True where the question names the item's code.
    ``field`` is where the question matched best: "comment", "question", "statement", "expected_result" or "heading".
    """

    item: Item
    score: float
    quote: str
    start: int
    end: int
    dense: float
    lexical: float
    overlap: float
    exact: bool = False
    field: str = "comment"


@dataclass(frozen=True, slots=True)
class SectionHit:
    """One found section of running text: ``report(report_id).sections[position].text[start:end] == quote``; scores as in Hit."""

    report_id: str
    organisation: str
    year: int
    title: str
    position: int
    heading_path: tuple[str, ...]
    page: int | None
    score: float
    quote: str
    start: int
    end: int
    dense: float
    lexical: float
    overlap: float


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One saved state of a draft. ``version`` counts from 1 for an item and year; ``saved_at`` is ISO 8601 in UTC."""

    version: int
    author: str
    saved_at: str
    state: DraftState
    draft: Draft


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """The newest version of one draft without its body, for lists: ``item_key`` is ``ItemKey.id``."""

    item_key: str
    year: int
    version: int
    author: str
    saved_at: str
    state: DraftState
    answer: AnswerValue | None
    words: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer: kept for evaluation, never sent. ``item_ids`` are the items shown."""

    id: int
    question: str
    verdict: Literal["up", "down"]
    reason: str
    author: str
    saved_at: str
    item_ids: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class LineageLink:
    """A person's word on whether ``later`` (``ItemKey.id``) carries on ``earlier`` from ``year`` on."""

    earlier: str
    later: str
    year: int
    confirmed: bool
    author: str
    saved_at: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a check: ``code`` is a stable English word, ``message`` Swedish. ``repaired`` where the check mended it."""

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    repaired: bool = False
