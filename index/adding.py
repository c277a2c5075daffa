"""Putting a report into the library and taking one out: one transaction each, all of it or nothing.

Vectors are worked out before anything is locked, and only for texts that are new to the library. Knows nothing of files or search.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus.model import Passage, Report
from index import storage, stored_vectors
from index.clock import now
from index.connections import Connections
from index.currency import refresh_current
from index.errors import InconsistentReport, UnknownReport
from index.generation import advance
from index.passages import passages, text_hash
from index.values import AddResult

if TYPE_CHECKING:
    from index.embedding import Embedder


def add(connections: Connections, embedder: Embedder | None, report: Report, original: bytes) -> AddResult:
    """Add ``report`` as ``Library.add`` says, with the vectors of ``embedder`` (None: with none)."""
    if sha256(original).hexdigest() != report.sha256:
        raise InconsistentReport(f"{report.source_name} kunde inte sparas: filen är inte längre den som lästes. Läs in den igen.")
    storage.validate(report)
    digest = storage.digest_of(report)
    found = passages(report)
    vectors = _missing_vectors(connections, embedder, found)
    with connections.writing() as connection:
        if storage.find_digest(connection, report.id) == digest:  # another process was quicker
            return AddResult(report.id, "unchanged")
        status, replaced, kept = storage.make_way(connection, report)
        row = storage.insert_report(connection, report, original, digest, kept or (None, now()))
        stored_vectors.insert_passages(connection, row, report, found)
        if embedder is not None:
            stored_vectors.insert_vectors(connection, embedder, vectors)
        refresh_current(connection, report.organisation, report.year)
        if status in ("relabelled", "reread"):
            stored_vectors.delete_unused(connection)
        advance(connection, f"add {row} {report.id} {digest}")
    return AddResult(report.id, status, replaced)


def is_there(connections: Connections, report: Report, original: bytes) -> bool:
    """Whether the library holds exactly this report, read from exactly these bytes."""
    with connections.reading() as connection:
        known = storage.find_digest(connection, report.id)
    return known is not None and sha256(original).hexdigest() == report.sha256 and known == storage.digest_of(report)


def remove(connections: Connections, report_id: str) -> None:
    """Remove a report as ``Library.remove`` says."""
    from index import words_part  # needs numpy, which adding does without

    with connections.writing() as connection:
        row = storage.find_report(connection, report_id)
        if row is None:
            raise unknown(connections, report_id)
        storage.delete_report(connection, row)
        stored_vectors.delete_unused(connection)
        advance(connection, f"remove {row} {report_id}")
        words_part.forget(connections.folder)  # before the commit, so that a crash leaves no file behind that knows the report,
    words_part.forget(connections.folder)  # and after it, for what a reader has made of the old state meanwhile


def unknown(connections: Connections, report_id: str) -> UnknownReport:
    """The error for an id that no report has."""
    return UnknownReport(
        f"Rapporten {report_id} finns inte i biblioteket {connections.folder}. Se vilka som finns med assistant reports."
    )


def _missing_vectors(connections: Connections, embedder: Embedder | None, found: Sequence[Passage]) -> dict[int, bytes]:
    if embedder is None:
        return {}
    texts = {text_hash(passage.text): passage.text for passage in found}
    with connections.reading() as connection:
        known = stored_vectors.known_hashes(connection, embedder.fingerprint, list(texts))
    return stored_vectors.encode(embedder, {hashed: text for hashed, text in texts.items() if hashed not in known})
