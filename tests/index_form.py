"""Reports made by hand and a small real embedder, for the tests of the index.

A report is given as plain (code, comment) pairs and lies in its text as the parser would lay it: headings, question, comment.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from corpus.model import AnswerValue, Area, FieldSpan, Item, Kind, Piece, Place, Plan, Report, Section, slug
from index.analysis import analyse

ORGANISATION = "Socialförvaltningen Älvsunda"
PLAN = "Program för trygghet 2022–2026"


@dataclass(frozen=True)
class Point:
    """An item as a test thinks of it."""

    code: str
    comment: str
    question: str = "Har nämnden arbetat med frågan?"
    statement: str = ""
    expected: str = ""
    answer: AnswerValue | None = "Ja"
    kind: Kind = "strategi"
    plan: int = 1
    plan_title: str = PLAN
    area: str = "Målområde 1: Kunskap"
    ordinal: int = 1


def report(
    points: Sequence[Point],
    *,
    year: int = 2024,
    organisation: str = ORGANISATION,
    sections: Sequence[tuple[str, str]] = (),
    name: str = "rapport.txt",
    title: str = "Uppföljning",
    salt: str | None = None,
) -> tuple[Report, bytes]:
    """A report of ``points`` and the bytes it "was read from", others for each year; an equal ``salt`` makes them the same."""
    data = repr((points, sections, year if salt is None else salt)).encode()
    checksum = sha256(data).hexdigest()
    report_id = f"{slug(organisation)}-{year}-{checksum[:10]}"
    text = ""
    fields: list[FieldSpan] = []
    items: list[Item] = []
    areas: list[Area] = []

    def put(name: str, words: str, item: int | None = None) -> int:
        nonlocal text
        start = len(text)
        text += words + "\n"
        fields.append(FieldSpan(name, start, start + len(words), item))  # type: ignore[arg-type]
        return start

    last: tuple[int, str] | None = None
    for number, point in enumerate(points):
        if last is None or last[0] != point.plan:
            put("plan", f"{point.plan} {point.plan_title}")
        if last != (point.plan, point.area):
            put("area", f"{point.plan}.1 {point.area}")
            areas.append(Area(f"{point.plan}.1", point.area, point.plan))
        last = (point.plan, point.area)
        put("question", point.question, number)
        for field_name, words in (("statement", point.statement), ("expected_result", point.expected)):
            if words:
                put(field_name, words, number)
        start = put("comment", point.comment, number)
        items.append(
            Item(
                report_id=report_id,
                organisation=organisation,
                year=year,
                plan=point.plan,
                plan_title=point.plan_title,
                area=point.area,
                kind=point.kind,
                code=point.code,
                code_as_written=point.code.replace(":", "."),
                question=point.question,
                statement=point.statement,
                expected_result=point.expected,
                answer=point.answer,
                comment=point.comment,
                page=None,
                ordinal=point.ordinal,
                position=number,
                comment_start=start,
            )
        )
    placed: list[Section] = []
    for heading, words in sections:
        placed.append(Section((heading,), words, put("section", words), None))
    plans = tuple(Plan(number, title, (2022, 2026)) for number, title in dict.fromkeys((p.plan, p.plan_title) for p in points))
    whole = Report(
        id=report_id,
        organisation=organisation,
        year=year,
        title=title,
        source_name=name,
        source_format="txt",
        sha256=checksum,
        text=text,
        plans=plans,
        areas=tuple(areas),
        items=tuple(items),
        sections=tuple(placed),
        fields=tuple(fields),
        pieces=(Piece(0, len(text), Place(0, len(text), 1)),) if text else (),
    )
    return whole, data


@dataclass
class WordEmbedder:
    """A real embedder of 32 numbers: each stem (or its synonym's) adds a fixed pattern of signs. Counts what it has embedded."""

    name: str = "ord"
    seed: int = 1
    dimension: int = 32
    synonyms: dict[str, str] = field(default_factory=dict)
    embedded: list[str] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        return sha256(f"{self.name} {self.seed} {self.dimension} {sorted(self.synonyms.items())}".encode()).hexdigest()

    def encode(self, texts: Sequence[str], *, kind: str) -> NDArray[np.float32]:
        if kind == "document":
            self.embedded.extend(texts)
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for number, text in enumerate(texts):
            for stem in analyse(text):
                word = self.synonyms.get(stem, stem)
                rows[number] += np.random.default_rng(zlib.crc32(f"{self.seed}{word}".encode())).choice([-1.0, 1.0], self.dimension)
            length = float(np.linalg.norm(rows[number]))
            rows[number] /= length or 1.0
        return rows
