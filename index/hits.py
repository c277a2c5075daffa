"""From ranked owners to the hits that a user of the library sees: items and sections with their best place.

Knows nothing of ranking; reads the items from the database that the caller's transaction sees.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import storage
from index.generation import Generation
from index.passages import FIELDS as PASSAGE_FIELDS
from index.query import Query
from index.quoting import Place, best_place
from index.searcher import Found, Vocabulary
from index.values import Hit, SectionHit
from index.vectors_part import VectorsState
from index.weights import Weights
from index.words_part import WordsState

_EXACT = 0.99
"""Where the scores of items begin whose code the question names; all others stay below."""
_COMMENT = PASSAGE_FIELDS.index("comment")
_SECTION = PASSAGE_FIELDS.index("section")


@dataclass(frozen=True, slots=True)
class State:
    """The derived parts of one generation; ``vectors`` is None where the library is searched by words alone."""

    generation: Generation
    words: WordsState
    vectors: VectorsState | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything its answer needs."""

    query: Query
    vector: NDArray[np.float32] | None
    weights: Weights
    state: State
    vocabulary: Vocabulary


def item_hits(connection: sqlite3.Connection, asked: Asked, ranked: list[tuple[Found, bool]]) -> list[Hit]:
    """The hits of ranked items, each with whether the question names its code; in the order given."""
    rows = [int(asked.state.words.rows[found.owner]) for found, _ in ranked]
    items = storage.load_items_by_row(connection, rows)
    worth = _worth(asked)
    hits = []
    for (found, exact), row, item in zip(ranked, rows, items, strict=True):
        if asked.query.words:
            near = _near(connection, asked, found.owner, "item", row, item.comment_start)
            place = best_place(item.comment, *worth, near)
        else:  # a code and nothing else: all of it
            place = Place(0, len(item.comment))
        score = round(_EXACT + (1 - _EXACT) * found.score, 6) if exact else min(found.score, _EXACT - 0.01)
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
    place = best_place(section.text, *_worth(asked), _near(connection, asked, found.owner, "section", row, section.start))
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


def _near(
    connection: sqlite3.Connection, asked: Asked, owner: int, column: str, row: int, begin: int
) -> list[tuple[int, int, float]]:
    """The passages of the owner's comment (or section) as slices of it, with their cosines to the question."""
    vectors = asked.state.vectors
    if vectors is None or asked.vector is None:
        return []
    places = connection.execute(f"SELECT field, start, stop FROM passages WHERE {column} = ? ORDER BY row", (row,)).fetchall()
    found = vectors.passages_of(np.array([owner], dtype=np.int64))
    cosines = vectors.cosines(asked.vector, vectors.places.vector[found].astype(np.int64))
    kept = _COMMENT if column == "item" else PASSAGE_FIELDS.index("section")
    return [
        (start - begin, stop - begin, cosine)
        for (field, start, stop), cosine in zip(places, cosines.tolist(), strict=True)
        if field == kept
    ]
