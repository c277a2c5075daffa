"""The derived files of one embedder's vectors: a FAISS index over distinct passage texts, and which passages have them.

``IndexIDMap2`` over unit vectors, so that an inner product is a cosine; opened without being read whole. Exact (``IndexFlatIP``)
up to EXACT_UP_TO vectors; above that FAISS scans them in half precision (53 000 × 256 on one core: 1.5 ms for 5.7) and what it
finds is scored with the exact vectors, which lie beside it. Rebuilt from the vectors stored in the database, never by embedding.
Knows nothing of questions.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import DamagedFile
from index.derived import Manifest, Part
from index.files import crc_of, replacing
from index.generation import Generation
from index.stored_vectors import load_vectors
from index.vector_file import VectorFile, write_vectors
from index.words_part import WordsState

FORMAT = 1
EXACT_UP_TO = 20_000


class VectorsMissing(Exception):
    """Some texts that are searched have no vector of this embedder; ``missing`` of ``total`` passages."""

    def __init__(self, missing: int, total: int) -> None:
        super().__init__(f"{missing} of {total} passages have no vector")
        self.missing = missing
        self.total = total


@dataclass(frozen=True, slots=True)
class _Places:
    """Which passages have which vectors.

    Passages are ordered by owner (as in WordsState): those of owner o are ``starts[o]:starts[o + 1]``, each with its ``vector``,
    its
    ``field`` (a place in ``passages.FIELDS``) and its ``owner``. The passages that share vector v are
    ``by_vector[vector_starts[v]:vector_starts[v + 1]]``.
    """

    starts: NDArray[np.int64]
    vector: NDArray[np.int32]
    field: NDArray[np.uint8]
    owner: NDArray[np.int32]
    vector_starts: NDArray[np.int64]
    by_vector: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class VectorsState:
    """One generation of one embedder's vectors: one a distinct text, numbered from 0."""

    generation: Generation
    faiss: Any
    vectors: VectorFile
    places: _Places

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return len(self.places.vector_starts) - 1

    def nearest(
        self, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The ``count`` vectors nearest to ``query`` (those ``allowed``, where given) with their cosines, nearest first."""
        import faiss

        count = min(count, self.size if allowed is None else int(allowed.sum()))
        if count == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        options = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            options = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
        cosines, found = self.faiss.search(query.reshape(1, -1), count, params=options)
        inside = found[0] >= 0
        return found[0][inside], cosines[0][inside]

    def cosines(self, query: NDArray[np.float32], vectors: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosines of ``query`` and each of ``vectors``; the same number for the same vector, whatever stands beside it."""
        if not len(vectors):
            return np.zeros(0, dtype=np.float32)
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", self.vectors.take(vectors), query, dtype=np.float32)
        return cosines

    def passages_of(self, owners: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passages of those owners, owner by owner."""
        return _ranges(self.places.starts[owners], self.places.starts[owners + 1])

    def passages_with(self, vectors: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passages that have one of those vectors."""
        places = self.places
        return _ranges(places.vector_starts[vectors], places.vector_starts[vectors + 1], places.by_vector)


def load_vector_state(
    connection: sqlite3.Connection, library: Path, generation: Generation, fingerprint: str, dimension: int, words: WordsState
) -> VectorsState:
    """The vectors of ``generation``, which the transaction must see: from the files where they fit, else built from the database.

    Raises:
        VectorsMissing: the database does not have a vector for each passage.
    """
    part = Part(library, f"vectors.{fingerprint[:16]}")
    manifest = part.manifest()
    if manifest is not None and manifest.generation == generation and manifest.version == _version(fingerprint):
        with suppress(DamagedFile, KeyError, ValueError, IndexError, RuntimeError):
            return _open(part, manifest, len(words.rows), dimension)
    return _build(connection, part, generation, fingerprint, dimension, words)


def _version(fingerprint: str) -> str:
    return f"{FORMAT}.{fingerprint}"


def _open(part: Part, manifest: Manifest, owners: int, dimension: int) -> VectorsState:
    import faiss

    index_file, places_file, vectors_file = manifest.files
    path = part.path(index_file)
    if not path.is_file() or path.stat().st_size != manifest.extra["bytes"]:
        raise DamagedFile(f"{index_file}: size")
    places = _Places(**part.read(places_file))
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    vectors = VectorFile.open(part.path(vectors_file), index.ntotal, dimension)
    state = VectorsState(manifest.generation, index, vectors, places)
    if index.d != dimension or index.ntotal != state.size or len(places.starts) != owners + 1:
        raise DamagedFile(f"{index_file}: {index.ntotal} vectors of {index.d}, {state.size} of {dimension} expected")
    return state


def _build(
    connection: sqlite3.Connection, part: Part, generation: Generation, fingerprint: str, dimension: int, words: WordsState
) -> VectorsState:
    hashes, vectors = load_vectors(connection, fingerprint, dimension)
    owner, field, hashed = _passages(connection, words)
    found = np.minimum(np.searchsorted(hashes, hashed), max(len(hashes) - 1, 0))
    there = hashes[found] == hashed if len(hashes) else np.zeros(len(hashed), dtype=np.bool_)
    if not there.all():
        raise VectorsMissing(int((~there).sum()), len(there))
    used, vector = np.unique(found, return_inverse=True)
    vectors = vectors if len(used) == len(vectors) else vectors[used]
    by_vector = np.argsort(vector, kind="stable")
    places = _Places(
        starts=np.searchsorted(owner, np.arange(len(words.rows) + 1)).astype(np.int64),
        vector=vector.astype(np.int32),
        field=field,
        owner=owner,
        vector_starts=np.searchsorted(vector[by_vector], np.arange(len(used) + 1)).astype(np.int64),
        by_vector=by_vector.astype(np.int32),
    )
    index = _index_of(vectors)
    name = f"{part.name}-{generation.number}-{generation.stamp}"
    with suppress(OSError, DamagedFile, RuntimeError):
        manifest = _write(part, name, generation, fingerprint, index, vectors, places)
        return _open(part, manifest, len(words.rows), dimension)
    return VectorsState(generation, index, VectorFile.of(vectors), places)


def _index_of(vectors: NDArray[np.float32]) -> Any:
    import faiss

    count, dimension = vectors.shape
    store: Any = faiss.IndexFlatIP(dimension)
    if count > EXACT_UP_TO:
        store = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index = faiss.IndexIDMap2(store)
    index.add_with_ids(vectors, np.arange(count, dtype=np.int64))
    return index


def _write(
    part: Part,
    name: str,
    generation: Generation,
    fingerprint: str,
    index: Any,
    vectors: NDArray[np.float32],
    places: _Places,
) -> Manifest:
    import faiss

    index_file, places_file, vectors_file = files = (f"{name}.faiss", f"{name}.places", f"{name}.vectors")
    with replacing(part.path(index_file)) as temporary:
        faiss.write_index(index, str(temporary))
        size, checksum = temporary.stat().st_size, crc_of(temporary)
    part.write(places_file, {key: getattr(places, key) for key in _Places.__slots__})
    write_vectors(part.path(vectors_file), vectors)
    checksums = {index_file: checksum, vectors_file: crc_of(part.path(vectors_file))}
    manifest = Manifest(generation, _version(fingerprint), files, {"bytes": size, "checksums": checksums})
    part.publish(manifest)
    return manifest


def _passages(connection: sqlite3.Connection, words: WordsState) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
    """Owner, field and hash of every passage that is searched, by owner and place."""
    rows = connection.execute(
        "SELECT coalesce(passages.item, -passages.section), field, hash FROM passages LEFT JOIN items ON items.row = passages.item"
        " LEFT JOIN sections ON sections.row = passages.section"
        " WHERE coalesce(items.current, sections.current) ORDER BY passages.row"
    ).fetchall()
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    signed = words.rows.copy()
    signed[words.items :] *= -1
    order = np.argsort(signed)
    at = np.minimum(np.searchsorted(signed[order], table[:, 0]), max(len(order) - 1, 0))
    owner = order[at] if len(order) else np.zeros(0, dtype=np.int64)
    by_owner = np.argsort(owner, kind="stable")
    return owner[by_owner].astype(np.int32), table[by_owner, 1].astype(np.uint8), table[by_owner, 2]


def _ranges(lows: NDArray[np.int64], highs: NDArray[np.int64], of: NDArray[np.int32] | None = None) -> NDArray[np.int64]:
    """The numbers from each low up to its high, one run after the other; with ``of`` what stands there in it."""
    sizes = highs - lows
    ends = np.cumsum(sizes)
    places = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64) + np.repeat(lows - (ends - sizes), sizes)
    return places if of is None else np.asarray(of[places], dtype=np.int64)
