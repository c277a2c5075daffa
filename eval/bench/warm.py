"""What a search and a whole answer cost in a process that is up and running, beside the least that anybody's would.

The floor is what a search with the same means cannot do without: the question embedded, all vectors of the library scored by FAISS
(``IndexFlatIP``), all comments by bm25s over our own terms, and the two put together. Search, answers and floor are asked the same
questions in the same run, one after another, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from eval import heldout, written
from eval.archive import Archive
from eval.bench.cold import RAW
from eval.bench.environments import Unavailable, interpreter
from eval.bench.figures import Figure, Measured
from eval.bench.sizes import library_of

NAME: Final = "warm"
TITLE: Final = "Sökning och svar i en process som är igång"
SIZE: Final = 36_000
SEARCHED: Final = 60
"""Questions of the dev half, and as many sentences of the held-out year, that are searched for."""
KINDS: Final = {"ämne": ("topic", "topic_other_words"), "faktum": ("fact",), "kod": ("code", "code_plan", "code_year")}
_DEPTH = 50
_LIMIT = 10
_TOPICS = ("topic", "topic_other_words", "fact")

Progress = Callable[[int, int], None]
Work = Callable[[str], object]


def measure(folder: Path, *, quick: bool = False, progress: Progress | None = None, pip: Sequence[str] = ()) -> Measured:
    """Figures of search, answers and floor; environments are kept below ``folder``. Quick: few comments and questions, no limits."""
    from assistant import Assistant
    from assistant.understanding import understand

    size, count = (360, 5) if quick else (SIZE, SEARCHED)
    library = library_of(size, folder)
    searched, asked = _questions(count)
    remarks: list[str] = []
    if not quick:
        try:
            _borrow(interpreter(RAW, folder / "environments", pip))
        except Unavailable as error:
            remarks.append(str(error))
    floor = Floor.of(library)
    steps = len(searched) + sum(len(texts) for texts in asked.values()) + (2 if quick else 4)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    with Assistant.open(library) as assistant:

        def search(text: str) -> object:
            return assistant.library.search(text, limit=_LIMIT)

        catalogue = assistant.catalogue()
        for text in ("trygghet i centrum", "hur många deltog i utbildningen?", "strategi 5:2"):
            assistant.ask(text)
            search(text)
            floor.search(text)
        found = _interleaved(searched, {"floor": floor.search, "search": search}, step)
        answers: dict[str, dict[str, list[float]]] = {}
        for kind, texts in asked.items():
            parts: dict[str, Work] = {"floor": floor.search, "answer": assistant.ask}
            answers[kind] = _interleaved(texts, {**parts, "understood": lambda text: understand(text, catalogue)}, step)
        quiet, busy = _beside_a_neighbour(searched, search, 1 if quick else 2, step)
    figures = _figures(found, answers, quiet, busy, limits=not quick)
    what = "FAISS (IndexFlatIP) och bm25s" if floor.words is not None else "FAISS (IndexFlatIP) ensamt, ty bm25s saknas"
    remarks += [
        f"{size} kommentarer, {floor.vectors.ntotal} vektorer; frågor ur utvecklingsdelen och meningar ur det undanhållna året, var och en"
        f" en gång. CPU-sekunder på en tråd. Golvet: frågan bäddas in, {what}, de {_DEPTH} bästa av vardera läggs ihop.",
        "Bredvid en granne: klockan på väggen, med en annan process som räknar oavbrutet.",
    ]
    return Measured(NAME, TITLE, tuple(figures), tuple(remarks))


@dataclass(frozen=True, slots=True)
class Floor:
    """The least search: ``vectors`` is a FAISS index over the library's vectors, ``words`` bm25s over its comments (None: not here)."""

    embedder: Any
    vectors: Any
    words: Any

    @classmethod
    def of(cls, library: Path) -> Floor:
        """The floor under the library in that folder: the same vectors, the same comments."""
        import faiss
        import numpy as np

        from index.analysis import analyse
        from index.connections import Connections
        from index.embedding import load_embedder
        from index.stored_vectors import load_vectors

        embedder = load_embedder()
        connections = Connections(library)
        with connections.reading() as connection:
            hashes = np.array([row for (row,) in connection.execute("SELECT DISTINCT hash FROM passages")], dtype=np.int64)
            rows = load_vectors(connection, embedder.fingerprint, embedder.dimension, hashes)
            comments = [text for (text,) in connection.execute("SELECT comment FROM items WHERE current ORDER BY row")]
        connections.close()
        index = faiss.IndexFlatIP(embedder.dimension)
        index.add(rows)
        try:
            bm25s = import_module("bm25s")
        except ImportError:
            return cls(embedder, index, None)
        words = bm25s.BM25(backend="numpy")
        words.index([analyse(text) for text in comments], show_progress=False)
        return cls(embedder, index, words)

    def search(self, text: str) -> list[tuple[int, float]]:
        """The best numbers with their scores: either side's as deviations from its mean, added where a number is on both."""
        from index.analysis import analyse

        vector = self.embedder.encode([text], kind="query")
        near, numbers = self.vectors.search(vector, min(_DEPTH, self.vectors.ntotal))
        scores = dict(zip(numbers[0].tolist(), _standard(near[0]).tolist(), strict=True))
        terms = analyse(text)
        if self.words is not None and terms:
            depth = min(_DEPTH, self.words.scores["num_docs"])
            found, values = self.words.retrieve([terms], k=depth, show_progress=False)
            for number, value in zip(found[0].tolist(), _standard(values[0]).tolist(), strict=True):
                scores[number] = scores.get(number, 0.0) + value
        return sorted(scores.items(), key=lambda pair: -pair[1])[:_LIMIT]


def _standard(values: Any) -> Any:
    return (values - values.mean()) / (values.std() or 1.0)


def _questions(count: int) -> tuple[list[str], dict[str, list[str]]]:
    """What is searched for, and what is asked by kind: the dev half of the written questions and of the held-out sentences."""
    items = Archive.of_samples().items
    own = [question for question in written.load(items) if question.split == "dev" and len(question.turns) == 1]
    sentences = heldout.queries(heldout.newest(items)[0], items).of("dev")
    topics = [question.turns[0] for question in own if question.kind in _TOPICS]
    searched = [*_spread(topics, count), *_spread([query.text for query in sentences], count)]
    asked = {kind: [question.turns[0] for question in own if question.kind in names] for kind, names in KINDS.items()}
    return searched, {kind: _spread(texts, count) for kind, texts in asked.items()}


def _spread(texts: Sequence[str], count: int) -> list[str]:
    """At most ``count`` of the texts, evenly from all of them."""
    return [texts[at * len(texts) // count] for at in range(count)] if len(texts) > count else list(texts)


def _borrow(python: Path) -> None:
    """Let this process import what is installed for ``python``."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    place = subprocess.run([str(python), "-c", code], capture_output=True, encoding="utf-8", check=True).stdout.strip()
    if place not in sys.path:
        sys.path.append(place)


def _interleaved(texts: Iterable[str], works: dict[str, Work], step: Callable[[], None]) -> dict[str, list[float]]:
    """CPU milliseconds of each work on each text, in turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for text in texts:
        for name, work in works.items():
            start = time.process_time()
            work(text)
            taken[name].append(1000 * (time.process_time() - start))
        step()
    return taken


def _beside_a_neighbour(texts: Sequence[str], work: Work, rounds: int, step: Callable[[], None]) -> tuple[list[float], list[float]]:
    """Milliseconds by the clock of ``work`` on each text, on a quiet machine and on a busy one, in turns."""
    quiet: list[float] = []
    busy: list[float] = []
    for _ in range(rounds):
        quiet += [_clocked(work, text) for text in texts]
        step()
        with _neighbour():
            busy += [_clocked(work, text) for text in texts]
        step()
    return quiet, busy


def _clocked(work: Work, text: str) -> float:
    start = time.perf_counter()
    work(text)
    return 1000 * (time.perf_counter() - start)


@contextmanager
def _neighbour() -> Iterator[None]:
    """A process that computes without end, until the block is left."""
    with subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) as process:
        try:
            time.sleep(0.2)  # until it runs
            yield
        finally:
            process.kill()


def _figures(
    found: dict[str, list[float]],
    answers: dict[str, dict[str, list[float]]],
    quiet: Sequence[float],
    busy: Sequence[float],
    *,
    limits: bool,
) -> list[Figure]:
    """``limits`` is whether the figures are held against them: with few comments the floor is next to nothing."""

    def limit(value: float) -> float | None:
        return value if limits else None

    floor = statistics.median(found["floor"])
    figures = [
        _middle("Golvet, median", found["floor"]),
        _middle("Sökning, median", found["search"]),
        Figure("Sökning, 95 %", _late(found["search"]), "ms", len(found["search"])),
        Figure("Sökning mot golvet, median", statistics.median(found["search"]) / floor, "×", limit=limit(1.0)),
    ]
    for kind, taken in answers.items():
        under = statistics.median(taken["floor"])
        figures += [
            _middle(f"Svar om {kind}, median", taken["answer"]),
            Figure(f"Svar om {kind}, 95 %", _late(taken["answer"]), "ms", len(taken["answer"])),
            Figure(
                f"Svar om {kind} mot golvet, median",
                statistics.median(taken["answer"]) / under,
                "×",
                limit=limit(6.0),
                fails=limits,
            ),
        ]
    understood = [value for taken in answers.values() for value in taken["understood"]]
    figures += [
        Figure("En fråga förstådd, 95 %", _late(understood), "ms", len(understood), limit=limit(5.0)),
        Figure("Sökning på en lugn maskin, 95 %", _late(quiet), "ms", len(quiet)),
        Figure("Sökning bredvid en granne, 95 %", _late(busy), "ms", len(busy)),
        Figure("Bredvid en granne mot lugnt, 95 %", _late(busy) / _late(quiet), "×", limit=limit(2.5)),
    ]
    return figures


def _middle(name: str, values: Sequence[float]) -> Figure:
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Figure(name, middle, "ms", len(values), low, high)


def _late(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not pass."""
    return statistics.quantiles(values, n=20, method="inclusive")[18]
