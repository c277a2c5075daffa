"""The library on disk, the only door to storage: reports in, items and hits out, drafts and their history.

A folder with one SQLite database (the truth) and derived files that come back by themselves. Knows nothing of file formats,
questions or pages; how it is searched is in ``searching``, what people made in ``keeping``.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from corpus.model import Item, Report
from index import storage
from index.connections import Connections
from index.errors import LibraryDamaged, LibraryError, UnknownReport, translated
from index.filters import EVERYTHING, Filter
from index.generation import Generation, read_generation
from index.keeping import Keeping
from index.searching import NO_EMBEDDER as NO_EMBEDDER
from index.searching import Progress, Searching
from index.settings import Settings
from index.values import AddResult, Finding, Holding, ReportRow

if TYPE_CHECKING:
    from sqlite3 import Connection

    from index.embedding import Embedder


class Library(Searching, Keeping):
    """A library folder. ``open`` gives one; it is a context manager and may be used by many threads at once."""

    def __init__(self, connections: Connections, embedder: Embedder | str | None) -> None:
        super().__init__(connections, embedder)
        self._held: tuple[Generation, tuple[Holding, ...]] | None = None

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

    # Looking after it

    def check(self, *, repair: bool = False, progress: Progress | None = None) -> list[Finding]:
        """What is wrong with the library; [] where nothing is. With ``repair`` what can be mended is, and its findings say so.

        A database that is itself damaged is replaced by what can be read of it; nothing else may use the library meanwhile.

        Raises:
            LibraryDamaged: the database cannot be read at all.
        """
        saved: list[Finding] = []
        try:
            found = self._checked(repair, progress)
        except LibraryDamaged:
            if not repair:
                raise
            found = [Finding("database", "error", "")]
        if repair and any(finding.code == "database" and not finding.repaired for finding in found):
            self._connections.close()
            saved = self.salvage(self.path)
            self._connections = Connections(self.path)
            self.settings = Settings(self._connections)
            found = self._checked(True, progress)
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
        """Copy the whole library, settings and drafts included, into one file, while it is in use. A backup of that name is replaced.

        Raises:
            LibraryError: ``path`` is a folder, a file that is no backup, or a file of the library itself.
            DiskFull, ReadOnly: it cannot be written.
        """
        from index import backups

        target = Path(path)
        with self._connections.reading() as connection, translated(target):
            backups.back_up(connection, self.path, target)

    @staticmethod
    def restore(backup: Path | str, path: Path | str) -> None:
        """Make a library of a backup in folder ``path``, where there must be none.

        Raises:
            NoLibrary, NotALibrary, NewerLibrary, LibraryDamaged, LibraryError: why it cannot be done; nothing was written then.
        """
        from index import backups

        backups.restore(Path(backup), Path(path))

    # Inner works

    def _checked(self, repair: bool, progress: Progress | None) -> list[Finding]:
        """What a check finds; without the vectors of an embedder that cannot be had, which is then a finding of its own."""
        from index import checking
        from index.embedding import EmbedderError

        lacking: list[Finding] = []
        try:
            embedder = self._embedder()
        except EmbedderError as error:
            embedder, lacking = None, [Finding("embedder", "error", str(error))]
        return checking.check(self._connections, embedder, repair=repair, progress=progress) + lacking

    def _row(self, connection: Connection, report_id: str) -> int:
        row = storage.find_report(connection, report_id)
        if row is None:
            raise UnknownReport(
                f"Det finns ingen rapport med id {report_id} i biblioteket {self.path}. Se vilka som finns: assistant reports"
            )
        return row
