"""Vectors in their files: exact and in two stages, handed on from one generation to the next, and with no residue of what is gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import faiss
import numpy as np
import pytest
from index_form import Point, WordEmbedder, report
from numpy.typing import NDArray

from corpus.model import Report
from index import stored_vectors, vector_scan, vectors_making
from index.connections import Connections
from index.filters import Filter
from index.generation import Generation, read_generation
from index.library import Library
from index.nearness import Nearness
from index.vector_file import SMALL, VectorFile, write_vectors
from index.vectors_part import Places, VectorsState, load_vector_state
from index.words_part import load_words

DIMENSION = 32
COUNT = 3_000


def unit(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float32]:
    """Vectors in twenty clouds, as those of texts on twenty subjects."""
    dice = np.random.default_rng(1)
    subjects = unit(dice.standard_normal((20, DIMENSION)))
    return unit(subjects[dice.integers(0, 20, COUNT)] + 0.6 / np.sqrt(DIMENSION) * dice.standard_normal((COUNT, DIMENSION)))


def found_share(index: object, rows: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None) -> float:
    """The share of the ten exactly nearest that are among the ``count`` candidates, over fifty questions."""
    found = 0
    for query in rows[:50]:
        scores = rows @ query
        if allowed is not None:
            scores[~allowed] = -2
        found += len(np.intersect1d(np.argsort(-scores)[:10], vector_scan.nearest(index, query, count, allowed)[0]))
    return found / 500


def test_the_compressed_scan_names_the_nearest(rows: NDArray[np.float32]) -> None:
    codebook = vector_scan.codebook_for(rows)
    codes = vector_scan.encode(codebook, rows)
    assert codes.shape == (COUNT, DIMENSION // 8)  # half a byte for every four numbers
    index = vector_scan.compressed(codebook, codes)
    assert not vector_scan.is_exact(index) and index.ntotal == COUNT
    assert found_share(index, rows, 300) >= 0.99
    allowed = np.arange(COUNT) % 3 == 0
    assert found_share(index, rows, 150, allowed) >= 0.99
    found, _ = vector_scan.nearest(index, rows[0], COUNT, allowed)
    assert sorted(found) == list(range(0, COUNT, 3))  # all that are allowed, and no other


def test_vectors_with_much_in_common_are_told_apart(rows: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch) -> None:
    alike = unit(rows + 2 * np.eye(1, DIMENSION, dtype=np.float32))
    index = vector_scan.compressed(codebook := vector_scan.codebook_for(alike), vector_scan.encode(codebook, alike))
    assert float((alike @ alike.mean(axis=0)).mean()) > 0.7
    assert found_share(index, alike, 300) >= 0.9
    monkeypatch.setattr(vector_scan, "_COMMON", 1.0)  # the mean left in
    index = vector_scan.compressed(codebook := vector_scan.codebook_for(alike), vector_scan.encode(codebook, alike))
    assert found_share(index, alike, 300) < 0.8


def test_codes_depend_on_the_vector_alone_and_a_codebook_comes_back(rows: NDArray[np.float32], tmp_path: Path) -> None:
    codebook = vector_scan.codebook_for(rows)
    codes = vector_scan.encode(codebook, rows)
    assert np.array_equal(vector_scan.encode(vector_scan.codebook_for(rows), rows), codes)
    assert np.array_equal(vector_scan.encode(codebook, rows[::-1]), codes[::-1])
    faiss.write_index(vector_scan.compressed(codebook, codes), str(tmp_path / "index"))
    again = faiss.read_index(str(tmp_path / "index"), faiss.IO_FLAG_MMAP_IFC)
    assert np.array_equal(vector_scan.encode(vector_scan.codebook_of(again), rows), codes)
    for query in rows[:5]:
        first, second = (vector_scan.nearest(index, query, 20, None) for index in (again, vector_scan.compressed(codebook, codes)))
        assert np.array_equal(first[0], second[0]) and np.array_equal(first[1], second[1])


def test_any_dimension_can_be_compressed() -> None:
    rows = unit(np.random.default_rng(2).standard_normal((200, 7)).astype(np.float32))
    codebook = vector_scan.codebook_for(rows)
    index = vector_scan.compressed(codebook, vector_scan.encode(codebook, rows))
    assert 3 in vector_scan.nearest(index, rows[3], 20, None)[0]


@pytest.mark.parametrize("count", [10, SMALL // (4 * DIMENSION) + 10])
def test_rows_come_back_from_small_and_great_files(tmp_path: Path, count: int) -> None:
    rows = np.arange(count * DIMENSION, dtype=np.float32).reshape(count, DIMENSION)
    write_vectors(tmp_path / "rows", [rows[:3], rows[3:]])
    file = VectorFile.open(tmp_path / "rows", count, DIMENSION)
    for numbers in ([], [0], [count - 1, 0, 1, 2, 5, 4, 4]):
        assert np.array_equal(file.take(np.array(numbers, dtype=np.int64)), rows[numbers])
    assert np.array_equal(np.concatenate(list(file.blocks())), rows)


@pytest.fixture
def two_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two stages from a hundred vectors on, of which forty are scored exactly."""
    monkeypatch.setattr(vector_scan, "EXACT_UP_TO", 100)
    monkeypatch.setattr(vector_scan, "_CANDIDATES", 40)


WORDS = "bron skolan parken biblioteket hamnen kajen torget badet lagret rutinen gruppen planen mötet stödet larmet".split()


def year(number: int) -> tuple[Report, bytes]:
    """A report of forty comments of five words each, no two alike."""
    dice = np.random.default_rng(number)
    return report(
        [Point(f"1:{place}", " ".join(dice.choice(WORDS, 5)) + f" {number}x{place}.") for place in range(1, 41)], year=number
    )


@contextmanager
def states(folder: Path, embedder: WordEmbedder) -> Iterator[VectorsState]:
    """The state of the library's vectors as a search would load it."""
    with closing(Connections(folder)) as connections, connections.reading() as connection:
        generation = read_generation(connection)
        words = load_words(connection, folder, generation)
        yield load_vector_state(connection, folder, generation, embedder.fingerprint, embedder.dimension, words)


def same(one: VectorsState, other: VectorsState, query: NDArray[np.float32]) -> bool:
    first, second = (Nearness(state, query).nearest(10) for state in (one, other))
    return np.array_equal(first[0], second[0]) and np.array_equal(first[1], second[1])


@pytest.mark.usefixtures("two_stages")
def test_a_generation_is_made_from_the_one_before_and_equals_one_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = WordEmbedder()
    with Library.open(folder, create=True, embedder=embedder) as library:
        for number in range(2010, 2016):
            library.add(*year(number))
    read: list[int] = []
    load = stored_vectors.load_vectors

    def counted(*parts: object) -> NDArray[np.float32]:
        read.append(len(parts[3]))  # type: ignore[arg-type]
        return load(*parts)  # type: ignore[arg-type]

    monkeypatch.setattr(vectors_making, "load_vectors", counted)
    gone = year(2012)[0].id
    with Library.open(folder, embedder=embedder) as library:
        library.remove(gone)
        library.add(*year(2020))
    assert sum(read) == 40  # the new comments; what all reports share was there
    queries = embedder.encode([" ".join(WORDS[low : low + 3]) for low in range(10)], kind="query")
    with states(folder, embedder) as handed_on:
        assert not vector_scan.is_exact(handed_on.faiss) and handed_on.size > 240
        shutil.rmtree(folder / "derived")
        with states(folder, embedder) as anew:
            assert sum(read) == 40 + anew.size == 40 + handed_on.size
            places = [np.array_equal(getattr(handed_on.places, name), getattr(anew.places, name)) for name in anew.places.__slots__]
            assert all(places)
            assert np.array_equal(handed_on.vectors.take(np.arange(anew.size)), anew.vectors.take(np.arange(anew.size)))
            nearest = 0
            for query in queries:
                exact = np.sort(anew.vectors.take(np.arange(anew.size)) @ query)[::-1][:10]
                for state in (handed_on, anew):
                    found, cosines = Nearness(state, query).nearest(10)
                    assert np.allclose(cosines, Nearness(state, query).cosines(found)) and np.all(np.diff(cosines) <= 0)
                    nearest += (cosines >= exact[-1] - 1e-6).sum()
            assert nearest >= 0.9 * 2 * 10 * len(queries)  # though only forty are scored


@pytest.mark.usefixtures("two_stages")
def test_among_near_copies_more_candidates_are_taken(rows: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(3)
    copies = unit(np.repeat(rows[:30], 100, axis=0) + 0.02 / np.sqrt(DIMENSION) * dice.standard_normal((COUNT, DIMENSION)))
    codebook = vector_scan.codebook_for(copies)
    none = np.zeros(0)
    places = Places(none, none, none, none, np.arange(COUNT + 1), none, none)  # type: ignore[arg-type]
    index = vector_scan.compressed(codebook, vector_scan.encode(codebook, copies))
    state = VectorsState(Generation(1, ""), index, VectorFile.of(copies), places)

    def share(allowed: NDArray[np.bool_] | None = None) -> float:
        found = 0
        for query in rows[:30]:
            scores = copies @ query if allowed is None else np.where(allowed, copies @ query, -2)
            found += len(np.intersect1d(np.argsort(-scores)[:10], Nearness(state, query).nearest(10, allowed)[0]))
        return found / 300

    assert share() >= 0.97 and share(np.arange(COUNT) % 2 == 0) >= 0.97
    monkeypatch.setattr(vector_scan, "_ERRORS", 0.0)  # forty candidates for every question
    assert share() < 0.85


@pytest.mark.usefixtures("two_stages")
def test_in_two_stages_search_filters_removes_and_reloads(folder: Path) -> None:
    embedder = WordEmbedder()
    with Library.open(folder, create=True, embedder=embedder) as library:
        for number in range(2010, 2016):
            library.add(*year(number))
        comment = year(2013)[0].items[7].comment
        assert library.search(comment)[0].item.comment == comment
        assert {hit.item.year for hit in library.search(comment, limit=50, filter=Filter(year=2014))} == {2014}
        before = [hit.item.id for hit in library.search("bron skolan parken", limit=20)]
    with Library.open(folder, embedder=embedder) as library:
        assert [hit.item.id for hit in library.search("bron skolan parken", limit=20)] == before
        library.remove(year(2013)[0].id)
        assert all(hit.item.year != 2013 for hit in library.search(comment, limit=100))
        library.add(*year(2013))
        assert [hit.item.id for hit in library.search("bron skolan parken", limit=20)] == before


@pytest.mark.parametrize("compress", [False, True])
def test_nothing_of_a_removed_report_is_left_in_any_file(folder: Path, compress: bool, request: pytest.FixtureRequest) -> None:
    if compress:
        request.getfixturevalue("two_stages")
    embedder = WordEmbedder()
    with Library.open(folder, create=True, embedder=embedder) as library:
        for number in range(2010, 2014):
            library.add(*year(number))
    secret = embedder.encode([year(2012)[0].items[3].comment], kind="document")[0].tobytes()
    assert sum(secret in path.read_bytes() for path in (folder / "derived").iterdir()) == (1 if compress else 2)
    with Library.open(folder, embedder=embedder) as library:
        library.remove(year(2012)[0].id)
    assert not any(secret in path.read_bytes() for path in (folder / "derived").iterdir())


@pytest.mark.usefixtures("two_stages")
@pytest.mark.parametrize("kind", ["faiss", "places", "vectors", "made"])
def test_damage_is_not_handed_on(folder: Path, kind: str) -> None:
    embedder = WordEmbedder()
    with Library.open(folder, create=True, embedder=embedder) as library:
        for number in range(2010, 2014):
            library.add(*year(number))
    (file,) = (folder / "derived").glob(f"vectors.*.{kind}")
    data = bytearray(file.read_bytes())
    data[len(data) * 3 // 4] ^= 0x40
    file.write_bytes(data)
    with Library.open(folder, embedder=embedder) as library:
        library.add(*year(2020))
    with states(folder, embedder) as mended, closing(Connections(folder)) as connections, connections.reading() as connection:
        hashes = sorted(hashed for (hashed,) in connection.execute("SELECT DISTINCT hash FROM passages"))
        stored = stored_vectors.load_vectors(connection, embedder.fingerprint, embedder.dimension, np.array(hashes, dtype=np.int64))
        assert np.array_equal(mended.vectors.take(np.arange(mended.size)), stored)


def test_files_of_another_state_of_the_database_are_not_taken_over(folder: Path, tmp_path: Path) -> None:
    """An older copy put back gives the rows of what came after it to other reports."""
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report([Point("1:1", "Bron är byggd.")], year=2020))
    shutil.copy(folder / "library.sqlite", tmp_path / "kopia")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        library.add(*report([Point("2:1", "Hästen är såld.")], year=2021))
    for path in folder.glob("library.sqlite*"):
        path.unlink()
    shutil.copy(tmp_path / "kopia", folder / "library.sqlite")
    with Library.open(folder, embedder=WordEmbedder()) as library:
        library.add(*report([Point("2:1", "Båten är målad.")], year=2021))
        (hit, *_) = library.search("båten")
        assert (hit.item.comment, hit.overlap) == ("Båten är målad.", 1.0)
        assert all(hit.lexical == 0 for hit in library.search("hästen"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"
