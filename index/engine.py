"""Search over a library's database: keeps the derived parts of the newest generation in memory.

One for all threads of a process; each call works inside the caller's reading transaction, with the generation that it sees. Knows
nothing of how reports come into the library.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.errors import BadQuestion
from index.filters import Filter
from index.generation import read_generation
from index.hits import Asked, State, item_hits, section_hit
from index.query import Query
from index.searcher import Found, Vocabulary, bm25, rank, search
from index.values import Hit, SectionHit
from index.vectors_part import load_vector_state
from index.weights import Weights
from index.words_part import load_words


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
        """The question's vector; None without an embedder."""
        if self._embedder is None or not text.strip():
            return None
        return np.ascontiguousarray(self._embedder.encode([text], kind="query")[0], dtype=np.float32)

    def items(
        self,
        connection: sqlite3.Connection,
        text: str,
        vector: NDArray[np.float32] | None,
        *,
        limit: int,
        wanted: Filter,
        weights: Mapping[str, float] | None,
    ) -> list[Hit]:
        """The best items for ``text``, those whose code it names first.

        Raises:
            BadQuestion: a limit below 1, or an unknown weight.
            VectorsMissing, NewerState: as for ``refresh``.
        """
        asked = self._asked(connection, text, vector, limit, weights)
        words = asked.state.words
        allowed = np.zeros(len(words.rows), dtype=np.bool_)
        if wanted:
            condition, parameters = wanted.where()
            rows = connection.execute(
                f"SELECT items.row FROM items JOIN reports ON reports.row = items.report WHERE items.current AND {condition}",
                parameters,
            )
            allowed[words.owners_of(np.fromiter((row for (row,) in rows), dtype=np.int64))] = True
        else:
            allowed[: words.items] = True
        exact = self._exact(connection, asked, allowed)
        named = {found.owner for found in exact}
        others = [found for found in self._search(asked, allowed, limit + len(exact)) if found.owner not in named]
        ranked = [(found, True) for found in exact] + [(found, False) for found in others]
        return item_hits(connection, asked, ranked[:limit])

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
        words = asked.state.words
        condition, parameters = Filter(year=wanted.year, organisation=wanted.organisation, report_id=wanted.report_id).where()
        rows = connection.execute(
            "SELECT sections.row FROM sections JOIN reports ON reports.row = sections.report"
            f" WHERE sections.current AND {condition}",
            parameters,
        )
        allowed = np.zeros(len(words.rows), dtype=np.bool_)
        allowed[words.owners_of(np.fromiter((row for (row,) in rows), dtype=np.int64), sections=True)] = True
        return [section_hit(connection, asked, found) for found in self._search(asked, allowed, limit)]

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
        query = Query.parse(text)
        return Asked(query, vector, chosen, state, Vocabulary.of(query, state.words.texts, chosen))

    @staticmethod
    def _search(asked: Asked, allowed: NDArray[np.bool_], limit: int) -> list[Found]:
        if not asked.query.words or not allowed.any():
            return []
        state = asked.state
        return search(
            asked.query,
            asked.vector,
            state.words,
            state.vectors,
            asked.vocabulary,
            limit=limit,
            allowed=allowed,
            weights=asked.weights,
        )

    @staticmethod
    def _exact(connection: sqlite3.Connection, asked: Asked, allowed: NDArray[np.bool_]) -> list[Found]:
        """The allowed items whose codes the question names, code by code, best first; of the kind it names where there is one."""
        words = asked.state.words
        found: list[Found] = []
        for named in asked.query.codes:
            rows = connection.execute("SELECT row, kind FROM items WHERE code = ? AND current", (named.code,)).fetchall()
            of_kind = [row for row, kind in rows if kind == named.kind] or [row for row, _ in rows]
            owners = words.owners_of(np.array(of_kind, dtype=np.int64))
            owners = owners[allowed[owners]]
            if len(owners):
                lexical = bm25(asked.query, asked.vocabulary, words, asked.weights)
                found += rank(
                    asked.query,
                    asked.vocabulary,
                    asked.vector,
                    words,
                    asked.state.vectors,
                    owners,
                    lexical,
                    asked.weights,
                    keep_all=True,
                )
        return list({one.owner: one for one in reversed(found)}.values())[::-1]
