"""The derived files of one embedder's vectors: a FAISS index over distinct passage texts, the vectors, and which passages have them.

Vectors have unit length, so that an inner product is a cosine, and are numbered by the hashes of their texts: the same texts have
the same numbers, however the library came about. Up to EXACT_UP_TO of them all are scored; of more, those that a compressed scan
names. Made anew for each generation: what the one before knows is taken over, the rest is read from the database, and nothing is
embedded. Knows nothing of questions.
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
from index.generation import Generation
from index.passages import FIELDS
from index.scan_file import ScanFile
from index.vector_file import VectorFile
from index.words_part import WordsState

FORMAT = 3

_OWN = np.array([name not in ("area", "plan") for name in FIELDS])
"""The fields that are an item's or a section's own; its headings it shares with others."""


class VectorsMissing(Exception):
    """Some texts that are searched have no vector of this embedder; ``missing`` of ``total`` passages."""

    def __init__(self, missing: int, total: int) -> None:
        super().__init__(f"{missing} of {total} passages have no vector")
        self.missing = missing
        self.total = total


@dataclass(frozen=True, slots=True)
class Places:
    """Which passages have which vectors.

    Passages are ordered by owner (as in WordsState): those of owner o are ``starts[o]:starts[o + 1]``, each with its ``vector``, its
    ``field`` (a place in ``passages.FIELDS``) and its ``owner``. The passages that share vector v are
    ``by_vector[vector_starts[v]:vector_starts[v + 1]]``. ``length[o]`` is the length of owner o's passages put together: of the sum of
    their vectors, each times its share (see ``shares``).
    """

    starts: NDArray[np.int64]
    vector: NDArray[np.int32]
    field: NDArray[np.uint8]
    owner: NDArray[np.int32]
    vector_starts: NDArray[np.int64]
    by_vector: NDArray[np.int32]
    length: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VectorsState:
    """One generation of one embedder's vectors: one a distinct text, numbered from 0. ``scan`` is a FAISS index or the file of one."""

    generation: Generation
    scan: Any
    vectors: VectorFile
    places: Places

    @property
    def faiss(self) -> Any:
        """The FAISS index over the vectors."""
        return self.scan.index if isinstance(self.scan, ScanFile) else self.scan

    @property
    def size(self) -> int:
        """How many vectors there are."""
        return len(self.places.vector_starts) - 1

    def passages_of(self, owners: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passages of those owners, owner by owner."""
        return ranges(self.places.starts[owners], self.places.starts[owners + 1])


def shares(owner: NDArray[np.integer[Any]], field: NDArray[np.uint8]) -> NDArray[np.float64]:
    """What each passage counts for when those of an owner are put together: a field of its own counts 1, shared by the field's passages.

    Headings count nothing. ``owner`` are small numbers of owners, ``field`` places in ``passages.FIELDS``.
    """
    group = owner.astype(np.int64) * len(FIELDS) + field
    return np.where(_OWN[field], 1.0 / np.bincount(group)[group], 0.0)


def load_vector_state(
    connection: sqlite3.Connection, library: Path, generation: Generation, fingerprint: str, dimension: int, words: WordsState
) -> VectorsState:
    """The vectors of ``generation``, which the transaction must see: from the files where they fit, else brought up to date.

    Where nothing can be written they are made in memory each time.

    Raises:
        VectorsMissing: the database does not have a vector for each passage.
    """
    part = Part(library, f"vectors.{fingerprint[:16]}")
    manifest = part.manifest()
    if manifest is not None and manifest.version != version_of(fingerprint):
        manifest = None
    if manifest is not None and manifest.generation == generation:
        with damage_ignored():
            return open_state(part, manifest, len(words.rows), dimension)
    from index.vectors_making import make_state

    return make_state(connection, part, manifest, generation, fingerprint, dimension, words)


def version_of(fingerprint: str) -> str:
    """What the files depend on besides the texts: their form and the embedder."""
    return f"{FORMAT}.{fingerprint}"


def damage_ignored() -> suppress:
    """Passes over what reading a damaged or missing file raises."""
    return suppress(DamagedFile, OSError, KeyError, ValueError, IndexError, RuntimeError)


def open_state(part: Part, manifest: Manifest, owners: int | None, dimension: int) -> VectorsState:
    """The state of ``manifest`` from its files, with that many ``owners`` (None: however many they are).

    Raises:
        DamagedFile, RuntimeError and others: a file is missing, damaged or does not fit the others.
    """
    index_file, places_file, vectors_file, made_file = manifest.files
    for file in (index_file, made_file):
        if part.path(file).stat().st_size != manifest.extra["bytes"][file]:
            raise DamagedFile(f"{file}: size")
    places = Places(**part.read(places_file))
    size = len(places.vector_starts) - 1
    vectors = VectorFile.open(part.path(vectors_file), size, dimension)
    if owners not in (None, len(places.starts) - 1):
        raise DamagedFile(f"{places_file}: {len(places.starts) - 1} owners, {owners} expected")
    index = ScanFile(part.path(index_file), size, dimension, vectors.blocks)
    return VectorsState(manifest.generation, index, vectors, places)


def ranges(lows: NDArray[np.int64], highs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each low up to its high, one run after the other."""
    sizes = highs - lows
    ends = np.cumsum(sizes)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64) + np.repeat(lows - (ends - sizes), sizes))
