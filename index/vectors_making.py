"""Making a generation of one embedder's vectors: from the generation before and, for what is new, from the database.

Nothing is embedded here, and what no passage needs any more is left behind. Knows nothing of search.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import vector_scan
from index.arrays import DamagedFile, read
from index.derived import Manifest, Part
from index.files import crc_of, replacing
from index.generation import Generation, follows
from index.stored_vectors import batches, known_hashes, load_vectors
from index.vector_file import VectorFile, write_vectors
from index.vectors_part import Places, VectorsMissing, VectorsState, damage_ignored, open_state, ranges, shares, version_of
from index.words_part import WordsState

_FIT_AGAIN = 4
"""A codebook is made anew once there are this many times the vectors that it was made for."""
_BLOCK = 4096
_OWNERS = 1024

_Table = tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64]]
"""Passages: owner, field and hash of each."""


def make_state(
    connection: sqlite3.Connection,
    part: Part,
    manifest: Manifest | None,
    generation: Generation,
    fingerprint: str,
    dimension: int,
    words: WordsState,
) -> VectorsState:
    """The state of ``generation``, taking over what the one of ``manifest`` (None: there is none) has, where that came before it.

    From the files that are written for it, or in memory where that cannot be done.

    Raises:
        VectorsMissing: the database does not have a vector for each passage.
    """
    before = None
    if manifest is not None and follows(connection, manifest.generation):
        with damage_ignored():
            before = _before(part, manifest, dimension)
    return _Making(connection, part, generation, fingerprint, dimension, words, before).state()


@dataclass(frozen=True, slots=True)
class _Made:
    """What a generation hands on to the next.

    ``owners`` are the signed rows of its owners (see ``_signed``), in their order, ``hashes`` those of its vectors' texts, ascending,
    ``codes`` what the compressed index holds of each vector (of no width where the index is exact), and ``fitted_to`` how many
    vectors there were when its codebook was made.
    """

    owners: NDArray[np.int64]
    hashes: NDArray[np.int64]
    codes: NDArray[np.uint8]
    fitted_to: int


def _before(part: Part, manifest: Manifest, dimension: int) -> tuple[VectorsState, _Made]:
    """The generation of ``manifest``, with every byte checked, so that no damage is handed on."""
    for file in manifest.files:
        if manifest.extra["checksums"].get(file) not in (None, crc_of(part.path(file))):
            raise DamagedFile(f"{file}: checksum")
    read(part.path(manifest.files[1]), verify=True)
    state = open_state(part, manifest, None, dimension)
    found = read(part.path(manifest.files[3]), verify=True)
    made = _Made(found["owners"], found["hashes"], found["codes"], int(found["fitted_to"][0]))
    if len(made.owners) != len(state.places.starts) - 1 or not len(made.hashes) == len(made.codes) == state.size:
        raise DamagedFile(f"{manifest.files[3]}: {len(made.hashes)} hashes for {state.size} vectors")
    return state, made


@dataclass(frozen=True, slots=True)
class _Making:
    """Making the state of ``generation``, with what the one ``before`` hands on."""

    connection: sqlite3.Connection
    part: Part
    generation: Generation
    fingerprint: str
    dimension: int
    words: WordsState
    before: tuple[VectorsState, _Made] | None

    def state(self) -> VectorsState:
        """The state, from the files that are written for it, or in memory where that cannot be done."""
        owners = _signed(self.words)
        owner, field, hashed = self._passages(owners)
        hashes, vector = np.unique(hashed, return_inverse=True)
        known = self._known(hashes)
        self._check(hashes[known < 0], hashed)
        by_vector = np.argsort(vector, kind="stable")
        places = Places(
            starts=np.searchsorted(owner, np.arange(len(owners) + 1)).astype(np.int64),
            vector=vector.astype(np.int32),
            field=field,
            owner=owner,
            vector_starts=np.searchsorted(vector[by_vector], np.arange(len(hashes) + 1)).astype(np.int64),
            by_vector=by_vector.astype(np.int32),
            length=np.zeros(len(owners), dtype=np.float32),
        )
        with suppress(OSError, DamagedFile, RuntimeError):
            manifest = self._write(owners, hashes, known, places)
            return open_state(self.part, manifest, len(owners), self.dimension)
        rows = list(self._rows(hashes, known))
        vectors = VectorFile.of(np.concatenate(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32))
        self._measure(places, owners, vectors)
        return VectorsState(self.generation, self._index(vectors, hashes, known)[0], vectors, places)

    def _passages(self, owners: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
        """Owner, field and hash of every passage that is searched, by owner and place.

        The passages of a row never change, and no row is used twice: what the generation before has of an owner still holds.
        """
        tables: list[_Table] = []
        known = np.full(len(owners), -1, dtype=np.int64)
        if self.before is not None:
            state, made = self.before
            known = _find(made.owners, owners)
            kept = np.flatnonzero(known >= 0)
            old = state.passages_of(known[kept])
            sizes = np.diff(state.places.starts)[known[kept]]
            tables.append((np.repeat(kept, sizes), state.places.field[old], made.hashes[state.places.vector[old]]))
        new = np.flatnonzero(known < 0)
        tables += self._stored_passages("item", new[owners[new] > 0], owners)
        tables += self._stored_passages("section", new[owners[new] < 0], owners)
        tables.append((np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=np.int64)))
        owner, field, hashed = (np.concatenate(parts) for parts in zip(*tables, strict=True))
        order = np.argsort(owner, kind="stable")
        return owner[order].astype(np.int32), field[order], hashed[order]

    def _stored_passages(self, column: str, some: NDArray[np.int64], owners: NDArray[np.int64]) -> Iterator[_Table]:
        """The passages of ``some`` of the owners, items or sections, from the database."""
        place = dict(zip(np.abs(owners[some]).tolist(), some.tolist(), strict=True))
        for rows in batches(list(place)):
            found = self.connection.execute(
                f"SELECT {column}, field, hash FROM passages WHERE {column} IN ({', '.join('?' * len(rows))}) ORDER BY row", rows
            ).fetchall()
            owner = np.array([place[row] for row, _, _ in found], dtype=np.int64)
            table = np.array(found, dtype=np.int64).reshape(-1, 3)
            yield owner, table[:, 1].astype(np.uint8), table[:, 2]

    def _known(self, hashes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers that the generation before has for those texts; -1 for new ones."""
        return np.full(len(hashes), -1, dtype=np.int64) if self.before is None else _find(self.before[1].hashes, hashes)

    def _check(self, new: NDArray[np.int64], hashed: NDArray[np.int64]) -> None:
        stored = known_hashes(self.connection, self.fingerprint, new.tolist())
        missing = [value for value in new.tolist() if value not in stored]
        if missing:
            raise VectorsMissing(int(np.isin(hashed, missing).sum()), len(hashed))

    def _rows(self, hashes: NDArray[np.int64], known: NDArray[np.int64]) -> Iterator[NDArray[np.float32]]:
        """The vectors of ``hashes``, some thousands at a time."""
        for low in range(0, len(hashes), _BLOCK):
            old = known[low : low + _BLOCK]
            rows = np.empty((len(old), self.dimension), dtype=np.float32)
            if self.before is not None:
                rows[old >= 0] = self.before[0].vectors.take(old[old >= 0])
            rows[old < 0] = load_vectors(self.connection, self.fingerprint, self.dimension, hashes[low : low + _BLOCK][old < 0])
            yield rows

    def _measure(self, places: Places, owners: NDArray[np.int64], vectors: VectorFile) -> None:
        """Fill in ``places.length``: what the generation before has of an owner, else from its vectors."""
        known = np.full(len(owners), -1, dtype=np.int64)
        if self.before is not None:
            state, made = self.before
            known = _find(made.owners, owners)
            places.length[known >= 0] = state.places.length[known[known >= 0]]
        share = shares(places.owner, places.field).astype(np.float32)
        new = np.flatnonzero(known < 0)
        for low in range(0, len(new), _OWNERS):
            some = new[low : low + _OWNERS]
            passage = ranges(places.starts[some], places.starts[some + 1])
            passage = passage[share[passage] > 0]
            first = np.flatnonzero(np.diff(places.owner[passage], prepend=-1))
            if len(first):
                rows = vectors.take(places.vector[passage].astype(np.int64)) * share[passage, None]
                sums = np.add.reduceat(rows, first, axis=0)
                places.length[places.owner[passage[first]]] = np.sqrt(np.einsum("ij,ij->i", sums, sums))

    def _index(
        self, vectors: VectorFile, hashes: NDArray[np.int64], known: NDArray[np.int64]
    ) -> tuple[Any, NDArray[np.uint8], int]:
        """The index of ``vectors``, their codes, and how many its codebook was made for."""
        count = len(hashes)
        if count <= vector_scan.EXACT_UP_TO:
            return vector_scan.exact(vectors.blocks(), self.dimension), np.zeros((count, 0), dtype=np.uint8), 0
        if self.before is not None and self.before[1].fitted_to > 0 and count <= _FIT_AGAIN * self.before[1].fitted_to:
            state, made = self.before
            codebook, fitted_to = vector_scan.codebook_of(state.faiss), made.fitted_to
            codes = np.empty((count, made.codes.shape[1]), dtype=np.uint8)
            new = np.flatnonzero(known < 0)
            codes[known >= 0] = made.codes[known[known >= 0]]
            codes[new] = vector_scan.encode(codebook, vectors.take(new))
        else:
            codebook = vector_scan.codebook_for(vectors.take(np.arange(0, count, -(-count // vector_scan.SAMPLE))))
            codes = np.concatenate([vector_scan.encode(codebook, rows) for rows in vectors.blocks()])
            fitted_to = count
        return vector_scan.compressed(codebook, codes), codes, fitted_to

    def _write(self, owners: NDArray[np.int64], hashes: NDArray[np.int64], known: NDArray[np.int64], places: Places) -> Manifest:
        import faiss

        name = f"{self.part.name}-{self.generation.number}-{self.generation.stamp}"
        index_file, places_file, vectors_file, made_file = files = tuple(
            f"{name}.{kind}" for kind in ("faiss", "places", "vectors", "made")
        )
        checksum = write_vectors(self.part.path(vectors_file), self._rows(hashes, known))
        vectors = VectorFile.open(self.part.path(vectors_file), len(hashes), self.dimension)
        self._measure(places, owners, vectors)
        index, codes, fitted_to = self._index(vectors, hashes, known)
        with replacing(self.part.path(index_file)) as temporary:
            faiss.write_index(index, str(temporary))
            checksums = {index_file: crc_of(temporary), vectors_file: checksum}
        self.part.write(places_file, {key: getattr(places, key) for key in Places.__slots__})
        fitted = np.array([fitted_to], dtype=np.int64)
        self.part.write(made_file, {"owners": owners, "hashes": hashes, "codes": codes, "fitted_to": fitted})
        sizes = {file: self.part.path(file).stat().st_size for file in (index_file, made_file)}
        manifest = Manifest(self.generation, version_of(self.fingerprint), files, {"bytes": sizes, "checksums": checksums})
        self.part.publish(manifest)
        return manifest


def _signed(words: WordsState) -> NDArray[np.int64]:
    """The rows of all owners, those of sections below zero."""
    rows = words.rows.copy()
    rows[words.items :] *= -1
    return rows


def _find(among: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of ``wanted`` stands in ``among``; -1 where it does not."""
    if not len(among):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(among, kind="stable")
    at = order[np.minimum(np.searchsorted(among[order], wanted), len(among) - 1)]
    return np.where(among[at] == wanted, at, -1)
