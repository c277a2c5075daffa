"""Search over a library's database: keeps the derived parts of the newest generation in memory.

One for all threads of a process; each call works inside the caller's reading transaction, with the generation that it sees. Knows
nothing of how reports come into the library.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.errors import BadQuestion
from index.filters import Filter
from index.generation import read_generation
from index.hits import Asked, State, item_hits, section_hit
from index.nearness import Nearness
from index.query import Query, without_codes
from index.searcher import Found, Vocabulary, search
from index.values import Hit, SectionHit
from index.vectors_part import load_vector_state
from index.weights import Weights
from index.words_part import load_words

_parsed = lru_cache(maxsize=64)(Query.parse)
_MOST_KNOWN = 64
"""Filters whose owners are remembered for a generation."""


class NewerState(Exception):
    """Another thread already works with a later generation than this transaction sees: the caller begins a new transaction."""


class Engine:
    """The search of one library folder with one embedder (None: by words alone)."""

    def __init__(self, folder: Path, embedder: Embedder | None) -> None:
        self._folder = folder
        self._embedder = embedder
        self._lock = threading.Lock()
        self._state: State | None = None

    def refresh(self, connection: sqlite3.Connection) -> None:
        """Bring the derived files up to date with what the transaction sees.

        Raises:
            VectorsMissing: texts have no vectors of this embedder.
            NewerState: another thread is ahead.
        """
        self._current(connection)

    def encode(self, text: str) -> NDArray[np.float32] | None:
        """The vector of what a question says beside the codes it names; None where that is nothing, and without an embedder."""
        if self._embedder is None or not _parsed(text).words:
            return None
        return np.ascontiguousarray(self._embedder.encode([without_codes(text)], kind="query")[0], dtype=np.float32)

    def items(
        self,
        connection: sqlite3.Connection,
        text: str,
        vector: NDArray[np.float32] | None,
        *,
        limit: int,
        quotes: int | None,
        wanted: Filter,
        weights: Mapping[str, float] | None,
    ) -> list[Hit]:
        """The best items for ``text``, those whose code it names first; the first ``quotes`` of them (None: all) with their quotes.

        Raises:
            BadQuestion: a limit below 1, or an unknown weight.
            VectorsMissing, NewerState: as for ``refresh``.
        """
        asked = self._asked(connection, text, vector, limit, weights)
        among = self._owners(connection, asked.state, wanted)
        ranked = [(found, True) for found in self._exact(connection, asked, among, limit)]
        if len(ranked) < limit:
            named = {found.owner for found, _ in ranked}
            others = self._search(asked, among, limit + len(ranked))
            ranked += [(found, False) for found in others if found.owner not in named]
        return item_hits(connection, asked, ranked[:limit], quotes=quotes)

    def sections(
        self,
        connection: sqlite3.Connection,
        text: str,
        vector: NDArray[np.float32] | None,
        *,
        limit: int,
        wanted: Filter,
        weights: Mapping[str, float] | None,
    ) -> list[SectionHit]:
        """The best sections of running text; of the filter only year, organisation and report count.

        Raises:
            As for ``items``.
        """
        asked = self._asked(connection, text, vector, limit, weights)
        reports = Filter(year=wanted.year, organisation=wanted.organisation, report_id=wanted.report_id)
        among = self._owners(connection, asked.state, reports, sections=True)
        return [section_hit(connection, asked, found) for found in self._search(asked, among, limit)]

    def _current(self, connection: sqlite3.Connection) -> State:
        generation = read_generation(connection)
        with self._lock:
            state = self._state
            if state is not None and state.generation == generation:
                return state
            if state is not None and state.generation.number > generation.number:
                raise NewerState
            words = load_words(connection, self._folder, generation)
            vectors = None
            if self._embedder is not None:
                vectors = load_vector_state(
                    connection, self._folder, generation, self._embedder.fingerprint, self._embedder.dimension, words
                )
            self._state = State(generation, words, vectors)
            return self._state

    def _asked(
        self,
        connection: sqlite3.Connection,
        text: str,
        vector: NDArray[np.float32] | None,
        limit: int,
        weights: Mapping[str, float] | None,
    ) -> Asked:
        if limit < 1:
            raise BadQuestion(f"Antalet träffar är {limit}, men ska vara minst 1.")
        chosen = Weights.of(weights)
        state = self._current(connection)
        query = _parsed(text)
        near = None if vector is None or state.vectors is None else Nearness(state.vectors, vector)
        return Asked(query, near, chosen, state, Vocabulary.of(query, state.words.texts, chosen))

    @staticmethod
    def _owners(connection: sqlite3.Connection, state: State, wanted: Filter, *, sections: bool = False) -> NDArray[np.int64]:
        """The items (or sections) of a filter that are searched, as owners; looked up once a generation."""
        words = state.words
        condition, parameters = wanted.where()
        known = state.known.get((sections, condition, *parameters))
        if known is not None:
            return known
        if not wanted:
            found = np.arange(words.items, len(words.rows)) if sections else np.arange(words.items)
        else:
            table = "sections" if sections else "items"
            rows = connection.execute(
                f"SELECT {table}.row FROM {table} JOIN reports ON reports.row = {table}.report"
                f" WHERE {table}.current AND {condition}",
                parameters,
            )
            found = words.owners_of(np.fromiter((row for (row,) in rows), dtype=np.int64), sections=sections)
        if len(state.known) >= _MOST_KNOWN:
            state.known.clear()
        state.known[(sections, condition, *parameters)] = found
        return found

    @staticmethod
    def _search(asked: Asked, among: NDArray[np.int64], limit: int, *, keep_all: bool = False) -> list[Found]:
        if not len(among) or not (asked.query.words or keep_all):
            return []
        state = asked.state
        return search(
            asked.query,
            asked.near,
            state.words,
            asked.vocabulary,
            limit=limit,
            among=among,
            weights=asked.weights,
            keep_all=keep_all,
        )

    def _exact(self, connection: sqlite3.Connection, asked: Asked, among: NDArray[np.int64], limit: int) -> list[Found]:
        """The items of ``among`` whose codes the question names, code by code, the best ``limit`` of each, best first.

        Of the kind that the question names where there is one.
        """
        found: dict[int, Found] = {}
        for named in asked.query.codes:
            owners = self._owners(connection, asked.state, Filter(code=named.code, kind=named.kind))
            if not len(owners):
                owners = self._owners(connection, asked.state, Filter(code=named.code))
            both = np.intersect1d(owners, among, assume_unique=True)
            for one in self._search(asked, both, limit, keep_all=True):
                found.setdefault(one.owner, one)
        return list(found.values())
