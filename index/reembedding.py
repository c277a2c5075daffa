"""Making the vectors that are missing: a batch at a time, each kept as soon as it is made, so that the work can be stopped and go
on.

A batch grows while batches are quick: a big model on a processor shows progress every few seconds and loses no more when stopped, a
small one does not wait for the disk. Knows nothing of search; nothing is searched with an embedder before all its vectors are there.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from index import stored_vectors
from index.connections import Connections

if TYPE_CHECKING:
    from index.embedding import Embedder

_FIRST, _MOST = 32, 512
"""Texts of the first batch, and of the largest."""
_QUICK = 0.5
"""Seconds; after a batch that took less the next one is twice as large."""


def embed_missing(connections: Connections, embedder: Embedder, progress: Callable[[int, int], None] | None) -> int:
    """Embed every text of the library that has no vector of ``embedder``; gives how many there were.

    ``progress`` is called with (done, in all) after each batch; raising in it stops the work, and what was made is kept.
    """
    with connections.reading() as connection:
        places = stored_vectors.missing_places(connection, embedder.fingerprint)
    done, size = 0, _FIRST
    while done < len(places):
        begun = monotonic()
        some = places[done : done + size]
        with connections.reading() as connection:
            texts = stored_vectors.load_texts(connection, some)
        vectors = stored_vectors.encode(embedder, texts)
        with connections.writing() as connection:
            stored_vectors.insert_vectors(connection, embedder, vectors)
            stored_vectors.delete_unused(connection, list(vectors))  # of a report that was removed meanwhile
        done += len(some)
        if monotonic() - begun < _QUICK:
            size = min(2 * size, _MOST)
        if progress is not None:
            progress(done, len(places))
    return len(places)
