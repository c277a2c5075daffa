"""The library on disk, the only door to storage: reports in, items and hits out, drafts and their history.

A folder with one SQLite database (the truth) and derived files that come back by themselves. Knows nothing of file formats,
questions or pages. What is needed for search alone (numpy, FAISS, the embedder) is imported when something is searched or added.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from corpus.model import Item, Report
from index import storage
from index.connections import Connections
from index.errors import BadQuestion, EmbedderMismatch, LibraryDamaged, LibraryError, UnknownReport, damaged, translated
from index.filters import EVERYTHING, Filter
from index.generation import Generation, read_generation
from index.keeping import Keeping
from index.settings import Settings, Value
from index.values import AddResult, Finding, Hit, Holding, ReportRow, SectionHit

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


class Library(Keeping):
    """A library folder. ``open`` gives one; it is a context manager and may be used by many threads at once."""

    def __init__(self, connections: Connections, embedder: Embedder | str | None) -> None:
        self._connections = connections
        self._given = embedder
        self._loaded: Embedder | None = None
        self._made: Engine | None = None
        self._loading = threading.RLock()
        self._changed = False
        self._held: tuple[Generation, tuple[Holding, ...]] | None = None
        self.settings = Settings(connections)

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, embedder: Embedder | str | None = None) -> Library:
        """The library in folder ``path``; with ``create`` one is made where there is none.

        ``embedder`` is one to use instead of that of the settings, itself or by name; "ingen" searches by words alone. None means
        that of the settings, and the built-in one where they name none; it is loaded when a search or an added report first needs
        it.

        Raises:
            NoLibrary, NotALibrary, NewerLibrary, LibraryDamaged, LibraryLocked, ReadOnly: why it cannot be opened.
        """
        return cls(Connections(Path(path), create=create), embedder)

    @property
    def path(self) -> Path:
        """The library's folder."""
        return self._connections.folder

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Bring the derived files up to date with what was changed here, and let go of everything. Closing twice is allowed."""
        try:
            if self._changed:
                with suppress(LibraryError):  # they come back with the next search
                    self.refresh()
        finally:
            self._changed, self._made = False, None
            self._connections.close()

    # Reports

    def add(self, report: Report, original: bytes) -> AddResult:
        """Put ``report`` into the library with the bytes it was read from: all of it, or nothing where an error is raised.

        The same bytes and values again change nothing. Other bytes for a plan that the organisation has that year take its place:
        the old version stays readable and is no longer searched. Only passages whose text is new are embedded.

        Raises:
            InconsistentReport: the report contradicts its own text, or the bytes are not those it names.
            LibraryLocked, DiskFull, ReadOnly, LibraryDamaged: why nothing was stored.
            index.embedding.EmbedderError: the embedder of the settings cannot be had.
        """
        from index import adding

        if adding.is_there(self._connections, report, original):
            return AddResult(report.id, "unchanged")
        result = adding.add(self._connections, self._embedder(), report, original)
        self._changed = self._changed or result.status != "unchanged"
        return result

    def remove(self, report_id: str) -> None:
        """Take a report out everywhere, with its bytes, passages and the vectors that nothing else uses.

        Drafts, notes, feedback and lineage stay. An older version of the same plans becomes current again.

        Raises:
            UnknownReport: no such report.
        """
        from index import adding

        adding.remove(self._connections, report_id)
        self._changed = True

    def reports(self, *, all_versions: bool = False) -> list[ReportRow]:
        """The reports by organisation, year and the order in which they came.

        With ``all_versions`` also those no longer searched.
        """
        with self._connections.reading() as connection:
            return storage.load_report_rows(connection, all_versions=all_versions)

    def holdings(self) -> tuple[Holding, ...]:
        """Whose reports of which years are searched, and the plans in them: what a question is understood against.

        The same tuple until the library changes.
        """
        with self._connections.reading() as connection:
            generation = read_generation(connection)
            if self._held is None or self._held[0] != generation:
                self._held = generation, storage.load_holdings(connection)
            return self._held[1]

    def report(self, report_id: str) -> Report:
        """The whole report, equal to the one that was added.

        Raises:
            UnknownReport: no such report.
        """
        with self._connections.reading() as connection:
            return storage.load_report(connection, self._row(connection, report_id))

    def original(self, report_id: str) -> bytes:
        """The bytes that were handed in.

        Raises:
            UnknownReport: no such report.
        """
        with self._connections.reading() as connection:
            return storage.load_original(connection, self._row(connection, report_id))

    def items(self, filter: Filter = EVERYTHING, *, all_versions: bool = False) -> list[Item]:
        """The items of the filter by organisation, year, plan and position; of current versions unless ``all_versions``."""
        with self._connections.reading() as connection:
            return storage.load_items(connection, filter, current_only=not all_versions)

    # Search

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

        A name becomes the library's setting once all vectors are there; until then the old embedder is searched with. Interrupted,
        it goes on next time where it stopped. Vectors of other embedders stay beside the new ones and are never mixed with them.

        Raises:
            index.embedding.EmbedderError: the embedder cannot be had.
            EmbedderMismatch: it gives what are no vectors of its dimension.
        """
        from index import reembedding

        chosen = self._embedder() if embedder is None else _loaded(embedder)
        if chosen is None:
            return 0
        done = reembedding.embed_missing(self._connections, chosen, progress)
        if embedder is not None:
            if isinstance(embedder, str):
                self.settings["embedder"] = embedder
            with self._loading:
                self._given, self._loaded, self._made = embedder, chosen, None
        self._changed = True
        return done

    # Looking after it

    def check(self, *, repair: bool = False, progress: Progress | None = None) -> list[Finding]:
        """What is wrong with the library; [] where nothing is. With ``repair`` what can be mended is, and its findings say so.

        A database that is itself damaged is replaced by what can be read of it; nothing else may use the library meanwhile.

        Raises:
            LibraryDamaged: the database cannot be read at all.
        """
        from index import checking

        saved: list[Finding] = []
        try:
            found = checking.check(self._connections, self._embedder(), repair=repair, progress=progress)
        except LibraryDamaged:
            if not repair:
                raise
            found = [Finding("database", "error", "")]
        if repair and any(finding.code == "database" and not finding.repaired for finding in found):
            self._connections.close()
            saved = self.salvage(self.path)
            self._connections = Connections(self.path)
            self.settings = Settings(self._connections)
            found = checking.check(self._connections, self._embedder(), repair=True, progress=progress)
        if repair:
            with self._loading:
                self._made = None  # what it holds of the derived files may be what was damaged
            self._changed = bool(found or saved)
        return saved + found

    @staticmethod
    def salvage(path: Path | str) -> list[Finding]:
        """Put a sound database in the place of a damaged one that may not even open, as ``index.salvage.salvage`` says."""
        from index import salvage

        return salvage.salvage(Path(path))

    def backup(self, path: Path | str) -> None:
        """Copy the whole library, settings and drafts included, into one file, while it is in use. A file of that name is replaced.

        Raises:
            LibraryError: ``path`` is a folder.
            DiskFull, ReadOnly: it cannot be written.
        """
        from index import backups

        target = Path(path)
        with self._connections.reading() as connection, translated(target):
            backups.back_up(connection, target)

    @staticmethod
    def restore(backup: Path | str, path: Path | str) -> None:
        """Make a library of a backup in folder ``path``, where there must be none.

        Raises:
            NoLibrary, NotALibrary, NewerLibrary, LibraryDamaged, LibraryError: why it cannot be done; nothing was written then.
        """
        from index import backups

        backups.restore(Path(backup), Path(path))

    # Inner works

    def _row(self, connection: Connection, report_id: str) -> int:
        row = storage.find_report(connection, report_id)
        if row is None:
            raise UnknownReport(
                f"Det finns ingen rapport med id {report_id} i biblioteket {self.path}. Se vilka som finns: assistant reports"
            )
        return row

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
                self._made = Engine(self.path, self._embedder())
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
                    raise damaged(self.path, str(lack)) from lack
                self._make_vectors(lack.missing, lack.total)
                made = True

    def _make_vectors(self, missing: int, total: int) -> None:
        """Embed what is missing where that is quick or was asked for; else say that the library wants re-embedding."""
        from index import reembedding

        embedder = self._embedder()
        assert embedder is not None
        if not (embedder.name == BUILTIN or embedder is self._given or missing <= _QUICKLY_EMBEDDED):
            raise EmbedderMismatch(
                f"Biblioteket {self.path} är inte genomgånget med språkmodellen {embedder.name}:"
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
