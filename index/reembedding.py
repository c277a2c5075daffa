"""Making the vectors that are missing: a batch at a time, each kept as soon as it is made, so that the work can be stopped and go
on.

Knows nothing of search; nothing is searched with an embedder before all its vectors are there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from index import stored_vectors
from index.connections import Connections

if TYPE_CHECKING:
    from index.embedding import Embedder

_BATCH = 512


def embed_missing(connections: Connections, embedder: Embedder, progress: Callable[[int, int], None] | None) -> int:
    """Embed every text of the library that has no vector of ``embedder``; gives how many there were.

    ``progress`` is called with (done, in all) after each batch; raising in it stops the work, and what was made is kept.
    """
    with connections.reading() as connection:
        places = stored_vectors.missing_places(connection, embedder.fingerprint)
    for low in range(0, len(places), _BATCH):
        some = places[low : low + _BATCH]
        with connections.reading() as connection:
            texts = stored_vectors.load_texts(connection, some)
        vectors = stored_vectors.encode(embedder, texts)
        with connections.writing() as connection:
            stored_vectors.insert_vectors(connection, embedder, vectors)
            stored_vectors.delete_unused(connection, list(vectors))  # of a report that was removed meanwhile
        if progress is not None:
            progress(low + len(some), len(places))
    return len(places)
