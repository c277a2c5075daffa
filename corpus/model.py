"""The words of the house as values: Report, Plan, Area, Item, Passage, Commitment, Note, Draft.

Plain frozen dataclasses and nothing else: no parsing, no storage, no search. They stand in the leaf package so that the
library can store them and the assistant can make them. Offsets are Unicode code points, half open, counted in
``Report.text`` unless the name says otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["strategi", "insats", "åtgärd"]
AnswerValue = Literal["Ja", "Nej", "Delvis", "Pågår"]
FieldName = Literal[
    "plan", "area", "label", "question", "code", "statement", "expected_label", "expected_result", "answer", "comment", "section"
]
Severity = Literal["info", "warning", "error"]
SentenceStatus = Literal["from_notes", "carried_forward", "rewritten", "unsupported"]
CommitmentState = Literal["open", "kept", "delayed", "dropped", "unknown"]
DraftState = Literal["utkast", "granskad", "klar"]

_PERIOD = re.compile(r"\s*(?:\(?\b(?:19|20)\d\d\s*[-–—]\s*(?:(?:19|20)?\d\d)\b\)?|\b(?:19|20)\d\d\b)\s*$")


def slug(text: str) -> str:
    """``text`` as lower-case letters, digits and hyphens; å ä ö are kept, so that two names never meet by folding."""
    return re.sub(r"[^0-9a-zåäöéü]+", "-", unicodedata.normalize("NFC", text).casefold()).strip("-")


def plan_name(title: str) -> str:
    """A plan's title without its period at the end: the same plan in a later year has the same name."""
    return _PERIOD.sub("", title).strip() or title.strip()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands in its source.

    ``start``/``end`` count in the reader's own text of the source (for a text file: the decoded file). ``page`` counts from 1
    and is None where the format has none. ``box`` is (x0, top, x1, bottom) in PDF points; ``cell`` is (table, row, column), from 0.
    """

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """``Report.text[start:end]`` stands at ``place`` in the source. Pieces are sorted and do not overlap."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """``Report.text[start:end]`` is the field ``name`` of item ``item`` (its place in ``Report.items``; None for headings)."""

    name: FieldName
    start: int
    end: int
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One governing document followed up in a report. ``number`` is that of its top heading; ``period`` in years, both included."""

    number: int
    title: str
    period: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """The innermost numbered heading above an item: ``number`` as written ("1.2.3"), ``title`` without it."""

    number: str
    title: str
    plan: int


@dataclass(frozen=True, slots=True)
class ItemKey:
    """The identity of an item over the years. What people made hangs on it (with the year); a code used twice has an ordinal."""

    organisation: str
    plan_name: str
    code: str
    ordinal: int = 1

    @property
    def id(self) -> str:
        """The key as one string, derived and stable: ``organisation/plan/code`` with ``~2`` for the second of that code."""
        tail = f"~{self.ordinal}" if self.ordinal > 1 else ""
        return f"{slug(self.organisation)}/{slug(self.plan_name)}/{self.code}{tail}"


@dataclass(frozen=True, slots=True)
class Item:
    """One followed-up point of one report: what was asked, what the plan says, what was answered.

    ``comment == report.text[comment_start:comment_start + len(comment)]``; paragraphs are joined by an empty line.
    """

    report_id: str
    organisation: str
    year: int
    plan: int
    plan_title: str
    area: str
    kind: Kind
    code: str
    code_as_written: str
    question: str
    statement: str
    expected_result: str
    answer: AnswerValue | None
    comment: str
    page: int | None
    ordinal: int = 1
    position: int = 0
    comment_start: int = 0

    @property
    def key(self) -> ItemKey:
        """The identity of this item over the years."""
        return ItemKey(self.organisation, plan_name(self.plan_title), self.code, self.ordinal)

    @property
    def id(self) -> str:
        """The item in its year: ``key.id`` and the report year."""
        return f"{self.key.id}/{self.year}"

    def to_json(self) -> dict[str, object]:
        """The item as scripts see it: exactly the fields of the command-line contract, in its order."""
        names = (
            "report_id organisation year plan plan_title area kind code code_as_written question statement expected_result answer"
            " comment page"
        )
        return {name: getattr(self, name) for name in names.split()}


@dataclass(frozen=True, slots=True)
class Section:
    """Running text under headings, for reports (or parts) that are no form. ``text == report.text[start:start + len(text)]``."""

    heading_path: tuple[str, ...]
    text: str
    start: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something the parser did or did not understand, for a person: ``message`` is Swedish.

    ``text`` holds the words of the source that stand in no field (a page header, leftover text); empty where all words have a field.
    ``code`` is a stable English word such as ``page_header``, ``leftover``, ``gap``, ``duplicate_code``, ``no_answer``, ``joined_line``.
    """

    code: str
    severity: Severity
    message: str
    text: str = ""
    place: Place | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One handed-in document, read and repaired. ``year`` is the year it was handed in."""

    id: str
    organisation: str
    year: int
    title: str
    source_name: str
    source_format: str
    sha256: str
    text: str
    plans: tuple[Plan, ...] = ()
    areas: tuple[Area, ...] = ()
    items: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()
    fields: tuple[FieldSpan, ...] = ()
    pieces: tuple[Piece, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def origin(self, start: int, end: int) -> list[Place]:
        """Where ``text[start:end]`` stands in the source, in order; characters the parser added itself (joins) have no place.

        A piece that is only partly inside is clipped; boxes stay those of the whole piece.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"slice {start}:{end} outside report text of {len(self.text)} characters")
        first = max(bisect_right(self.pieces, start, key=lambda p: p.start) - 1, 0)
        places: list[Place] = []
        for piece in self.pieces[first:]:
            if piece.start >= end:
                break
            low, high = max(start, piece.start), min(end, piece.end)
            if low < high:
                place, shift = piece.place, low - piece.start
                places.append(Place(place.start + shift, place.start + shift + high - low, place.page, place.box, place.cell))
        return places


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a report's text that is searched: ``report.text[start:end] == text``. ``position`` is its item's place in the report.

    ``position`` is None where the passage belongs to a section and not to an item.
    """

    report_id: str
    position: int | None
    field: FieldName
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something a comment says will happen. ``due`` is the date as written ("hösten 2024"); ``start``/``end`` count in the comment."""

    text: str
    year: int
    due: str | None
    state: CommitmentState
    question: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What the officer says happened this year: one line, the only source of new facts. ``number`` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SourceRef:
    """What a sentence rests on: a note (``note`` set) or a slice of an earlier comment (``item_id``, ``year``, offsets in the comment)."""

    kind: Literal["note", "comment", "edit"]
    quote: str
    note: int | None = None
    item_id: str | None = None
    year: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason for the officer to look: ``code`` is a stable English word, ``message`` Swedish, ``quote`` the words it is about."""

    code: str
    message: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft with where it comes from. ``paragraph`` counts from 0."""

    text: str
    status: SentenceStatus
    sources: tuple[SourceRef, ...] = ()
    flags: tuple[Flag, ...] = ()
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A note that must not stand in the text, and why (Swedish)."""

    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class Background:
    """An earlier sentence that has gone stale: shown beside the draft with its year, never in its text."""

    text: str
    year: int
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment for ``year`` in the making. ``text`` is only what may be pasted: no marker, question, placeholder or unsupported word."""

    item: Item
    year: int
    answer: AnswerValue | None
    answer_reason: str
    text: str
    sentences: tuple[DraftSentence, ...]
    commitments: tuple[Commitment, ...] = ()
    background: tuple[Background, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    backend: str = "regler"
    state: DraftState = "utkast"
    extra: Mapping[str, str] = field(default_factory=dict)


def renumber(notes: Sequence[str]) -> tuple[Note, ...]:
    """Notes from the officer's lines: a leading -, * or • is taken away, blank lines fall out, numbers count from 1."""
    lines = (re.sub(r"^\s*[-*•]\s*", "", line).strip() for line in notes)
    return tuple(Note(i, text) for i, text in enumerate((line for line in lines if line), 1))
