"""From ranked owners to the hits that a user of the library sees: items and sections with their best place.

Knows nothing of ranking; reads the items from the database that the caller's transaction sees.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index import storage
from index.generation import Generation
from index.lookup import NAMED
from index.nearness import Nearness
from index.passages import FIELDS as PASSAGE_FIELDS
from index.query import Query
from index.quoting import Place, best_place
from index.searcher import Found, Vocabulary
from index.values import Hit, SectionHit
from index.vectors_part import VectorsState
from index.weights import Weights
from index.words_part import WordsState

_COMMENT = PASSAGE_FIELDS.index("comment")
_SECTION = PASSAGE_FIELDS.index("section")


@dataclass(frozen=True, slots=True)
class State:
    """The derived parts of one generation; ``vectors`` is None where the library is searched by words alone.

    ``known`` remembers which owners a filter leaves.
    """

    generation: Generation
    words: WordsState
    vectors: VectorsState | None
    known: dict[tuple[bool | int | str, ...], NDArray[np.int64]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything its answer needs; ``near`` is None where it is answered by words alone."""

    query: Query
    near: Nearness | None
    weights: Weights
    state: State
    vocabulary: Vocabulary


def item_hits(
    connection: sqlite3.Connection, asked: Asked, ranked: Sequence[tuple[Found, bool]], *, quotes: int | None = None
) -> list[Hit]:
    """The hits of ranked items, each with whether the question names its code; in the order given.

    The first ``quotes`` of them (None: all) have their quotes.
    """
    rows = [int(asked.state.words.rows[found.owner]) for found, _ in ranked]
    items = storage.load_items_by_row(connection, rows)
    worth = _worth(asked)
    near = _near(connection, asked, [found.owner for found, _ in ranked[:quotes]], "item")
    hits = []
    for number, ((found, exact), row, item) in enumerate(zip(ranked, rows, items, strict=True)):
        if quotes is not None and number >= quotes:
            place = Place(0, 0)
        elif asked.query.words:
            place = best_place(item.comment, *worth, _within(near.get(row, ()), item.comment_start))
        else:  # a code and nothing else: all of it
            place = Place(0, len(item.comment))
        score = round(NAMED + (1 - NAMED) * found.score, 6) if exact else min(found.score, NAMED - 0.01)
        hits.append(
            Hit(
                item=item,
                score=score,
                quote=item.comment[place.start : place.end],
                start=place.start,
                end=place.end,
                dense=found.dense,
                lexical=found.lexical,
                overlap=found.overlap,
                exact=exact,
                field=found.field,
            )
        )
    return hits


def section_hit(connection: sqlite3.Connection, asked: Asked, found: Found) -> SectionHit:
    """The hit of a ranked section."""
    row = int(asked.state.words.rows[found.owner])
    report_id, organisation, year, title, position = connection.execute(
        "SELECT reports.id, organisation, year, title, position FROM sections JOIN reports ON reports.row = sections.report"
        " WHERE sections.row = ?",
        (row,),
    ).fetchone()
    ((_, section),) = storage.load_sections(connection, [row])
    near = _near(connection, asked, [found.owner], "section")
    place = best_place(section.text, *_worth(asked), _within(near.get(row, ()), section.start))
    return SectionHit(
        report_id=report_id,
        organisation=organisation,
        year=year,
        title=title,
        position=position,
        heading_path=section.heading_path,
        page=section.page,
        score=found.score,
        quote=section.text[place.start : place.end],
        start=place.start,
        end=place.end,
        dense=found.dense,
        lexical=found.lexical,
        overlap=found.overlap,
    )


def _worth(asked: Asked) -> tuple[dict[str, float], dict[str, float]]:
    """How much each term and n-gram of the question is worth to a sentence that holds it."""
    worth: dict[str, float] = {}
    for word, value in zip(asked.query.words, asked.vocabulary.word_worth, strict=True):
        worth[word.stem] = max(worth.get(word.stem, 0.0), value)
        for part in word.parts:
            worth[part] = max(worth.get(part, 0.0), value / len(word.parts))
    idf = asked.vocabulary.ngrams.idf
    total = float(idf.sum()) or 1.0
    return worth, dict(zip(asked.query.ngrams, (idf / total).tolist(), strict=True))


_Near = tuple[int, int, float]
"""From where to where in the report's text a passage stands, and its cosine to the question."""


def _near(connection: sqlite3.Connection, asked: Asked, owners: Sequence[int], column: str) -> dict[int, list[_Near]]:
    """The passages of the owners' comments (or sections), by the row of the item (or section)."""
    if asked.near is None or not owners:
        return {}
    vectors = asked.near.vectors
    ordered = np.array(sorted(owners), dtype=np.int64)
    rows = asked.state.words.rows[ordered].tolist()
    kept = _COMMENT if column == "item" else _SECTION
    marks = ", ".join("?" * len(rows))
    places: dict[int, list[tuple[int, int]]] = {}
    for row, start, stop in connection.execute(
        f"SELECT {column}, start, stop FROM passages WHERE {column} IN ({marks}) AND field = ? ORDER BY row", (*rows, kept)
    ):
        places.setdefault(row, []).append((start, stop))
    found = vectors.passages_of(ordered)  # owner by owner, in the order of their rows
    found = found[vectors.places.field[found] == kept]
    cosines = iter(asked.near.cosines(vectors.places.vector[found]).tolist())
    return {row: [(*place, next(cosines)) for place in places.get(row, ())] for row in rows}


def _within(near: Sequence[_Near], begin: int) -> list[_Near]:
    """The same passages as slices of the text that begins at ``begin``."""
    return [(start - begin, stop - begin, cosine) for start, stop, cosine in near]
