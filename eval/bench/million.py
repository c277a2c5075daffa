"""The vector search at a million passages: what its two stages cost beside the exact search, and what they miss.

The vectors are the built-in embedder's, of the passages that ``sizes.texts`` makes up; or of those in the files of the folder that
``$EVAL_TEXT`` names (``.jsonl`` or ``.jsonl.xz``, lines with "paragraphs" and, as questions, "title"). They are kept below the
working folder. Knows nothing of the library: what is measured is ``VectorsState.nearest``, as a search calls it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import split
from eval import written
from eval.archive import Archive
from eval.bench.figures import Figure, Measured
from eval.bench.sizes import texts
from index import vector_scan
from index.embedding import Embedder, load_embedder
from index.generation import Generation
from index.nearness import Nearness
from index.train.texts import read_lines
from index.vector_file import VectorFile, write_vectors
from index.vectors_part import Places, VectorsState

NAME: Final = "million"
TITLE: Final = "Vektorsökning bland en miljon textställen"

Progress = Callable[[int, int], None]
Rows = NDArray[np.float32]

_COUNT, _QUICK = 1_000_000, 4_000
_QUESTIONS = 200
_NEAREST = 10
_FUSED = 160
"""What a search takes of the nearest before it weighs them with the words."""
_SIZES = (5_000, 10_000, 20_000, 40_000)
_SHARES = (0.3, 0.01)
_BATCH = 4096
_SAME = 1e-6
_ABROAD = "EVAL_TEXT"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a run of questions cost, exactly and in two stages (CPU seconds each), and the share of the nearest that was found."""

    exact: list[float]
    staged: list[float]
    recall: float

    @property
    def ratio(self) -> float:
        """The median of the two stages over that of the exact search."""
        return median(self.staged) / median(self.exact)


def measure(folder: Path, *, quick: bool = False, progress: Progress | None = None) -> Measured:
    """Times, recall, and what making the compressed index costs, on one thread; ``progress`` counts the passages."""
    import faiss

    count = _QUICK if quick else _COUNT
    abroad = os.environ.get(_ABROAD)
    embedder = load_embedder(None)
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        path = _vectors(folder, count, Path(abroad) if abroad else None, embedder, progress)
        questions = _questions(Path(abroad) if abroad else None, 20 if quick else _QUESTIONS)
        vectors = VectorFile.open(path, path.stat().st_size // (4 * embedder.dimension), embedder.dimension)
        asked = embedder.encode(questions, kind="query")
        return Measured(NAME, TITLE, tuple(_figures(folder, vectors, asked[np.linalg.norm(asked, axis=1) > 0])), _remarks(abroad))
    finally:
        faiss.omp_set_num_threads(threads)


def _figures(folder: Path, vectors: VectorFile, questions: Rows) -> Iterator[Figure]:
    whole = _exact(vectors.blocks(), questions.shape[1])
    count = whole.ntotal
    begin = time.process_time()
    codebook = vector_scan.codebook_for(vectors.take(np.arange(0, count, -(-count // vector_scan.SAMPLE))))
    codes = np.concatenate([vector_scan.encode(codebook, rows) for rows in vectors.blocks()])
    index = vector_scan.compressed(codebook, codes)
    yield Figure("textställen", count, "")
    yield Figure("bygga det komprimerade indexet", time.process_time() - begin, "s")
    opening, size = _opened(folder, index)
    yield Figure("det komprimerade indexet på disk", size, "MB")
    yield Figure("öppna det", opening, "ms")
    state = _state(index, vectors)
    of_ten = _ask(whole, state, questions, _NEAREST)
    yield _times("exakt sökning (FAISS FlatIP)", of_ten.exact)
    yield _times("sökning i två steg", of_ten.staged)
    limit = 0.1 if count >= _COUNT else None  # of few vectors the exact search is the faster one
    yield Figure("två steg mot exakt", of_ten.ratio, "×", len(questions), limit=limit, fails=limit is not None)
    yield Figure(f"recall@{_NEAREST}", of_ten.recall, "", len(questions), limit=0.99, at_least=True)
    fused = _ask(whole, state, questions, _FUSED)
    yield Figure(f"två steg mot exakt, de {_FUSED} närmaste", fused.ratio, "×", len(questions), limit=limit)
    yield Figure(f"recall@{_FUSED}", fused.recall, "", len(questions))
    for share in _SHARES:
        allowed = np.random.default_rng(0).random(count) < share
        some = _ask(whole, state, questions[:50], _NEAREST, allowed)
        yield Figure(f"två steg mot exakt, {share:.0%} av textställena", some.ratio, "×", len(questions[:50]))
        yield Figure(
            f"recall@{_NEAREST}, {share:.0%} av textställena", some.recall, "", len(questions[:50]), limit=0.99, at_least=True
        )
    del whole, state
    for size in _SIZES:
        if size < count:
            first = vectors.take(np.arange(size))
            small = _state(vector_scan.compressed(codebook, codes[:size]), VectorFile.of(first))
            found = _ask(_exact([first], first.shape[1]), small, questions[:50], _FUSED)
            yield Figure(f"två steg mot exakt, de {_FUSED} närmaste av {size}", found.ratio, "×", len(questions[:50]))


def _remarks(abroad: str | None) -> tuple[str, ...]:
    source = "användarens egen text" if abroad else "provrapporternas kommentarer med utbytta ord"
    return (
        f"Vektorerna är den egna inbäddningsmodellens, av {source}.",
        "Processortid på en tråd, frågorna ställda växelvis; recall räknar de textställen som är minst lika nära som det sista exakta.",
        f"Upp till {vector_scan.EXACT_UP_TO} vektorer är sökningen exakt; av fler poängsätts de"
        f" {vector_scan.candidates(_NEAREST, _COUNT)} (vid en miljon) som den komprimerade sökningen pekar ut med de hela vektorerna.",
    )


def _ask(whole: Any, state: VectorsState, questions: Rows, count: int, allowed: NDArray[np.bool_] | None = None) -> _Asked:
    """Each question to both, one after the other."""
    exact, staged, found = [], [], 0.0
    for question in questions:
        begin = time.process_time()
        _, best = vector_scan.nearest(whole, question, count, allowed)
        middle = time.process_time()
        _, cosines = Nearness(state, question).nearest(count, allowed)
        staged.append(time.process_time() - middle)
        exact.append(middle - begin)
        found += float((cosines >= best[-1] - _SAME).sum()) / len(best)
    return _Asked(exact, staged, found / len(questions))


def _times(name: str, seconds: Sequence[float]) -> Figure:
    low, middle, high = (1000 * value for value in quantiles(seconds, n=4))
    return Figure(name, middle, "ms", len(seconds), low, high)


def _exact(blocks: Iterable[Rows], dimension: int) -> Any:
    import faiss

    index = faiss.IndexFlatIP(dimension)
    for rows in blocks:
        index.add(rows)
    return index


def _state(index: Any, vectors: VectorFile) -> VectorsState:
    """The state of a library in which each vector is that of one passage."""
    each = np.arange(index.ntotal + 1)
    numbers = each[:-1].astype(np.int32)
    places = Places(
        each, numbers, np.zeros(index.ntotal, dtype=np.uint8), numbers, each, numbers, np.ones(index.ntotal, dtype=np.float32)
    )
    return VectorsState(Generation(0, ""), index, vectors, places)


def _opened(folder: Path, index: Any) -> tuple[float, float]:
    """Milliseconds to open the index from its file, and megabytes of the file."""
    import faiss

    path = folder / "million.faiss"
    faiss.write_index(index, str(path))
    begin = time.process_time()
    faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    opening = time.process_time() - begin
    size = path.stat().st_size
    path.unlink()
    return 1000 * opening, size / 1e6


def _vectors(folder: Path, count: int, abroad: Path | None, embedder: Embedder, progress: Progress | None) -> Path:
    """The file of the passages' vectors, made where it is not there yet."""
    source = "prov" if abroad is None else "egen"
    path = folder / f"vektorer-{source}-{count}-{embedder.fingerprint[:8]}"
    if not path.exists():
        passages = texts(count) if abroad is None else islice(_passages(abroad), count)
        write_vectors(path, _embedded(passages, count, embedder, progress))
    return path


def _embedded(passages: Iterator[str], count: int, embedder: Embedder, progress: Progress | None) -> Iterator[Rows]:
    done = 0
    while some := list(islice(passages, _BATCH)):
        yield embedder.encode(some, kind="document")
        done += len(some)
        if progress is not None:
            progress(done, count)


def _passages(folder: Path) -> Iterator[str]:
    """The distinct passages of the user's text: whole paragraphs first, then runs of one, two and three of their sentences."""
    seen: set[int] = set()
    for length in (0, 1, 2, 3):
        for record in _records(folder):
            for paragraph in record.get("paragraphs", ()):
                for text in _runs(str(paragraph), length):
                    if len(text) >= 20 and hash(text) not in seen:
                        seen.add(hash(text))
                        yield text


def _runs(paragraph: str, length: int) -> list[str]:
    if length == 0:
        return [paragraph]
    sentences = split(paragraph)
    return [
        paragraph[first.start : last.end]
        for first, last in zip(sentences, sentences[length - 1 :], strict=False)
        if len(sentences) > length
    ]


def _records(folder: Path) -> Iterator[Any]:
    for path in sorted(path for path in folder.iterdir() if path.name.endswith((".jsonl", ".jsonl.xz"))):
        for _, record in read_lines(path):
            yield record


def _questions(abroad: Path | None, count: int) -> list[str]:
    """Questions for timing: the written ones for developing, or titles evenly out of the user's text."""
    if abroad is None:
        items = [item for report, _ in Archive.of_samples().reports for item in report.items]
        found = [question.turns[-1] for question in written.load(items) if question.split == "dev"]
    else:
        found = list(dict.fromkeys(str(record["title"]) for record in _records(abroad) if "paragraphs" in record))
    return found[:: max(1, len(found) // count)][:count]
