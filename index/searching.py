"""The part of the library that is searched: its embedder, its search engine, and the vectors that these need.

Knows nothing of how reports are stored. What is needed for search alone (numpy, FAISS, the embedder) is imported when something is
searched or added.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from index.connections import Connections
from index.errors import BadQuestion, EmbedderMismatch, damaged
from index.filters import EVERYTHING, Filter
from index.settings import Settings, Value
from index.values import Hit, SectionHit

if TYPE_CHECKING:
    from sqlite3 import Connection

    from index.embedding import Embedder
    from index.engine import Engine
    from index.rerank import Reranker

T = TypeVar("T")

BUILTIN = "builtin"
NO_EMBEDDER = "ingen"
"""The name of the embedder that is none: the library is searched by words alone."""

_QUICKLY_EMBEDDED = 500
"""A search makes this many missing vectors itself, whatever the embedder; the built-in one makes all of them."""

Progress = Callable[[int, int], None]
"""Called with (done, in all) as a long work goes on; raising in it stops the work, and what was done so far is kept."""


class Searching:
    """The methods of ``Library`` for search. ``embedder`` is used instead of that of the settings; None: theirs, when first needed."""

    def __init__(self, connections: Connections, embedder: Embedder | str | None) -> None:
        self._connections = connections
        self._given = embedder
        self._loaded: Embedder | None = None
        self._made: Engine | None = None
        self._loading = threading.RLock()
        self._changed = False
        self.settings = Settings(connections)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        quotes: int | None = None,
        filter: Filter = EVERYTHING,
        weights: Mapping[str, float] | None = None,
        reranker: Reranker | str | None = None,
    ) -> list[Hit]:
        """The best items for ``text``, best first, at most ``limit``, one hit an item; equal scores in the order of item ids.

        Items whose code the text names ("5:2", "strategi 5.2") come first; where it names codes and nothing else, they are all that
        is looked for, in the order of their ids. Only items of the filter are ranked. ``weights`` overrides
        ``index.weights.Weights`` by name. The first ``quotes`` hits (None: all) have their best place, the others the empty quote
        at 0, 0. Blank text, and text that meets nothing, give [].

        ``reranker`` reads the best hits once more (``index.rerank``): itself or by name, "ingen" for none. None means that of the
        settings, for a search without weights of its own; where they name none, nothing is read again.

        Raises:
            BadQuestion: a limit below 1 or an unknown weight.
            EmbedderMismatch: the embedder was changed and the library not yet re-embedded.
            index.embedding.EmbedderError: the embedder of the settings cannot be had.
            index.rerank.RerankerMissing, index.rerank.RerankerDamaged: the reranker cannot be had.
        """
        from index.lookup import named_items, names_only_codes
        from index.weights import Weights

        if limit < 1:
            raise BadQuestion(f"Antalet träffar är {limit}, men ska vara minst 1.")
        if names_only_codes(text):
            Weights.of(weights)  # a name that is wrong is wrong for every question
            with self._connections.reading() as connection:
                return named_items(connection, text, filter, limit)
        second = _reranker(reranker if reranker is not None or weights is not None else self.settings.get("reranker"))
        vector = self._engine().encode(text)
        looked = limit
        if second is not None:
            from index.rerank import READ, reranked

            looked, quotes = max(limit, READ), None
        hits = self._consistently(
            lambda engine, connection: engine.items(
                connection, text, vector, limit=looked, quotes=quotes, wanted=filter, weights=weights
            )
        )
        return hits if second is None else reranked(text, hits, second)[:limit]

    def search_sections(
        self, text: str, *, limit: int = 10, filter: Filter = EVERYTHING, weights: Mapping[str, float] | None = None
    ) -> list[SectionHit]:
        """The best sections of running text, from reports (or parts) that are no form; of the filter year, organisation and report
        count.

        Raises:
            As for ``search``.
        """
        vector = self._engine().encode(text)
        return self._consistently(
            lambda engine, connection: engine.sections(connection, text, vector, limit=limit, wanted=filter, weights=weights)
        )

    def refresh(self) -> None:
        """Bring the derived files up to date now, so that the next search finds them ready. ``close`` does it after changes."""
        self._consistently(lambda engine, connection: engine.refresh(connection))
        self._changed = False

    def reembed(self, embedder: Embedder | str | None = None, *, progress: Progress | None = None) -> int:
        """Make the vectors that the library lacks of ``embedder`` (None: the one in use); gives how many texts were embedded.

        A name becomes the library's setting once all vectors are there; until then the old embedder is searched with; "ingen" is
        words alone from then on. Interrupted, it goes on next time where it stopped. Vectors of other embedders stay beside the new ones
        and are never mixed with them.

        Raises:
            index.embedding.EmbedderError: the embedder cannot be had.
            EmbedderMismatch: it gives what are no vectors of its dimension.
        """
        from index import reembedding

        chosen = self._embedder() if embedder is None else None if embedder == NO_EMBEDDER else _loaded(embedder)
        done = reembedding.embed_missing(self._connections, chosen, progress) if chosen is not None else 0
        if embedder is not None:
            if isinstance(embedder, str):
                self.settings["embedder"] = embedder
            with self._loading:
                self._given, self._loaded, self._made = embedder, chosen, None
        self._changed = True
        return done

    def _embedder(self) -> Embedder | None:
        """The embedder in use, loaded at the first call; None where the library searches by words alone."""
        with self._loading:
            if self._loaded is None:
                chosen = self._given if self._given is not None else self.settings.get("embedder")
                if chosen == NO_EMBEDDER:
                    return None
                self._loaded = _loaded(str(chosen) if isinstance(chosen, int | float) else chosen)
            return self._loaded

    def _engine(self) -> Engine:
        """The search, made at the first call."""
        from index.engine import Engine

        with self._loading:
            if self._made is None:
                self._made = Engine(self._connections.folder, self._embedder())
            return self._made

    def _consistently(self, work: Callable[[Engine, Connection], T]) -> T:
        """``work`` within one committed state.

        Again in a newer one where another thread is ahead, or once missing vectors are made.
        """
        from index.engine import NewerState
        from index.vectors_part import VectorsMissing

        made = False
        while True:
            engine = self._engine()
            try:
                with self._connections.reading() as connection:
                    return work(engine, connection)
            except NewerState:
                continue
            except VectorsMissing as lack:
                if made:
                    raise damaged(self._connections.folder, str(lack)) from lack
                self._make_vectors(lack.missing, lack.total)
                made = True

    def _make_vectors(self, missing: int, total: int) -> None:
        """Embed what is missing where that is quick or was asked for; else say that the library wants re-embedding."""
        from index import reembedding

        embedder = self._embedder()
        assert embedder is not None
        if not (embedder.name == BUILTIN or embedder is self._given or missing <= _QUICKLY_EMBEDDED):
            raise EmbedderMismatch(
                f"Biblioteket {self._connections.folder} är inte genomgånget med språkmodellen {embedder.name}:"
                f" {missing} av {total} textställen saknar vektor. Kör assistant check --repair, som gör dem (det kan ta en stund)."
            )
        reembedding.embed_missing(self._connections, embedder, None)


def _loaded(chosen: Embedder | str | None) -> Embedder:
    if chosen is None or isinstance(chosen, str):
        from index.embedding import load_embedder

        return load_embedder(chosen)
    return chosen


def _reranker(chosen: Reranker | Value) -> Reranker | None:
    if chosen is None or chosen == NO_EMBEDDER:
        return None
    if isinstance(chosen, str | int | float):
        from index.rerank import named

        return named(str(chosen))
    return chosen
