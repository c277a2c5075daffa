"""Vectors in the database: one a text and embedder, found by the hash of the text, so that no text is embedded twice.

Works inside the transaction that the caller holds. Vectors of several embedders lie side by side and are never mixed: each is asked
for by its embedder's fingerprint. Knows nothing of how texts are searched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.model import Passage, Report
from index.errors import EmbedderMismatch
from index.passages import FIELDS, text_hash
from index.storage import load_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embedding import Embedder

_VECTOR_TYPE = "<f4"


def insert_passages(connection: sqlite3.Connection, row: int, report: Report, found: Sequence[Passage]) -> None:
    """Store where ``found``, the passages of ``report``, stand, and the hashes of their texts; ``row`` is the report's."""
    items = [found for (found,) in connection.execute("SELECT row FROM items WHERE report = ? ORDER BY position", (row,))]
    sections = [found for (found,) in connection.execute("SELECT row FROM sections WHERE report = ? ORDER BY position", (row,))]
    values = []
    at = 0
    for passage in found:
        item = section = None
        if passage.position is None:
            while passage.start >= report.sections[at].start + len(report.sections[at].text):
                at += 1
            section = sections[at]
        else:
            item = items[passage.position]
        values.append((row, item, section, FIELDS.index(passage.field), passage.start, passage.end, text_hash(passage.text)))
    connection.executemany(
        "INSERT INTO passages (report, item, section, field, start, stop, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", values
    )


def embedder_row(connection: sqlite3.Connection, fingerprint: str) -> int | None:
    """The row of the embedder with that fingerprint; None where nothing of it is stored."""
    found = connection.execute("SELECT row FROM embedders WHERE fingerprint = ?", (fingerprint,)).fetchone()
    return None if found is None else int(found[0])


def known_hashes(connection: sqlite3.Connection, fingerprint: str, hashes: Sequence[int]) -> set[int]:
    """Those of ``hashes`` whose texts that embedder has embedded already."""
    row = embedder_row(connection, fingerprint)
    found: set[int] = set()
    for some in batches(hashes):
        marks = ", ".join("?" * len(some))
        found.update(
            value
            for (value,) in connection.execute(
                f"SELECT hash FROM embeddings WHERE embedder = ? AND hash IN ({marks})", (row, *some)
            )
        )
    return found


def batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """``values`` in their order, as many at a time as a statement may name."""
    for low in range(0, len(values), 500):
        yield values[low : low + 500]


def count_missing(connection: sqlite3.Connection, fingerprint: str) -> tuple[int, int]:
    """How many different texts that embedder has not embedded, and how many there are in all."""
    row = embedder_row(connection, fingerprint)
    (total,) = connection.execute("SELECT count(DISTINCT hash) FROM passages").fetchone()
    (known,) = connection.execute("SELECT count(*) FROM embeddings WHERE embedder = ?", (row,)).fetchone()
    if known == total:  # embeddings whose text is gone are deleted with it, so that equal counts are equal sets
        return 0, total
    (missing,) = connection.execute(
        "SELECT count(DISTINCT hash) FROM passages WHERE hash NOT IN (SELECT hash FROM embeddings WHERE embedder = ?)", (row,)
    ).fetchone()
    return missing, total


def missing_places(connection: sqlite3.Connection, fingerprint: str) -> list[tuple[int, int, int, int]]:
    """Where the texts stand that embedder has not embedded, each once: report row, start, stop, hash.

    In the order of the reports.
    """
    row = embedder_row(connection, fingerprint)
    return connection.execute(
        "SELECT report, start, stop, hash FROM passages WHERE hash NOT IN (SELECT hash FROM embeddings WHERE embedder = ?)"
        " GROUP BY hash HAVING passages.row = min(passages.row) ORDER BY passages.row",
        (row,),
    ).fetchall()


def load_texts(connection: sqlite3.Connection, places: Sequence[tuple[int, int, int, int]]) -> dict[int, str]:
    """The texts at those places by hash; one whose report has gone meanwhile falls out."""
    texts: dict[int, str] = {}
    whole: dict[int, str | None] = {}
    for report, start, stop, hashed in places:
        if report not in whole:
            there = connection.execute("SELECT 1 FROM bodies WHERE report = ?", (report,)).fetchone()
            whole = {report: load_text(connection, report) if there else None}
        text = whole[report]
        if text is not None:
            texts[hashed] = text[start:stop]
    return texts


def encode(embedder: Embedder, texts: Mapping[int, str]) -> dict[int, bytes]:
    """The vectors of ``texts`` as they are stored, by hash.

    Raises:
        EmbedderMismatch: the embedder gives another shape than it says, or what is no number.
    """
    import numpy as np

    if not texts:
        return {}
    vectors = embedder.encode(list(texts.values()), kind="document")
    if vectors.shape != (len(texts), embedder.dimension) or not np.isfinite(vectors).all():
        raise EmbedderMismatch(
            f"Språkmodellen {embedder.name} gav vektorer av formen {vectors.shape}, väntat ({len(texts)}, {embedder.dimension}) med"
            " ändliga tal. Välj en annan modell med --embedder."
        )
    stored = np.ascontiguousarray(vectors, dtype=_VECTOR_TYPE)
    return {hashed: stored[number].tobytes() for number, hashed in enumerate(texts)}


def insert_vectors(connection: sqlite3.Connection, embedder: Embedder, vectors: Mapping[int, bytes]) -> None:
    """Store vectors by hash under the embedder's fingerprint; those already there stay as they are."""
    connection.execute(
        "INSERT OR IGNORE INTO embedders (fingerprint, name, dimension) VALUES (?, ?, ?)",
        (embedder.fingerprint, embedder.name, embedder.dimension),
    )
    row = embedder_row(connection, embedder.fingerprint)
    connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", [(row, *pair) for pair in vectors.items()])


def load_vectors(
    connection: sqlite3.Connection, fingerprint: str, dimension: int, hashes: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The vectors that embedder gave the texts of ``hashes`` (each once, and all of them stored), a row each, in their order.

    Raises:
        EmbedderMismatch: a stored vector has another dimension.
    """
    import numpy as np

    row = embedder_row(connection, fingerprint)
    vectors = np.empty((len(hashes), dimension), dtype=np.float32)
    place = {hashed: number for number, hashed in enumerate(hashes.tolist())}
    for some in batches(list(place)):
        for hashed, data in connection.execute(
            f"SELECT hash, vector FROM embeddings WHERE embedder = ? AND hash IN ({', '.join('?' * len(some))})", (row, *some)
        ):
            if len(data) != 4 * dimension:
                raise EmbedderMismatch(
                    f"En sparad vektor har {len(data) // 4} tal, väntat {dimension}. Kör assistant check --repair, som räknar om"
                    " den."
                )
            vectors[place[hashed]] = np.frombuffer(data, dtype=_VECTOR_TYPE)
    return vectors


def delete_unused(connection: sqlite3.Connection, hashes: Sequence[int] | None = None) -> int:
    """Delete the vectors of texts that no passage has any more, of all embedders (only of ``hashes`` where given).

    Gives how many.
    """
    if hashes is None:
        return connection.execute("DELETE FROM embeddings WHERE hash NOT IN (SELECT hash FROM passages)").rowcount
    deleted = 0
    for hashed in hashes:
        deleted += connection.execute(
            "DELETE FROM embeddings WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM passages WHERE hash = ?1)", (hashed,)
        ).rowcount
    return deleted
