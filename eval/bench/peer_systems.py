"""Other people's search behind one face, run in the environment of each: ``python peer_systems.py SYSTEM JOB RESULT``.

Knows nothing of the rest of the project, which is not to be found there: a job and its result are files of JSON lines. A job's first
line is {"vectors", "limit", "rounds", "seconds"}: it stops asking after so many CPU seconds. Each line after it is a set of passages
with its queries, {"passages": [[id, text], …], "queries": [[id, text], …]}; "vectors" names a .npy file with a normalised row for each
of these texts in order. The result's first line holds CPU seconds and memory, the others a ranking a query. Everyone gets the same
vectors, so that the searches are compared and not who embeds fastest.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

os.environ.update(
    HF_HUB_OFFLINE="1", HAYSTACK_TELEMETRY_ENABLED="False", ANONYMIZED_TELEMETRY="False", TOKENIZERS_PARALLELISM="false"
)

Ranking = list[tuple[str, float]]
Rows = Any
"""A numpy matrix: a row a text."""
_FUSED = 60
"""The constant of reciprocal rank fusion (Cormack et al. 2009)."""
_FEWEST = 3
"""Questions that are asked however long they take."""


class System(Protocol):
    """``build`` takes passages with their vectors, and forgets those before; ``search`` gives at most ``limit`` of them, best first."""

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None: ...
    def search(self, text: str, vector: Rows) -> Ranking: ...


class Faiss:
    """faiss alone: an exact index of inner products."""

    def __init__(self) -> None:
        self.faiss = import_module("faiss")

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        self.ids, self.limit = ids, min(limit, len(ids))
        self.index = self.faiss.IndexFlatIP(vectors.shape[1])
        self.index.add(vectors)

    def search(self, text: str, vector: Rows) -> Ranking:
        scores, places = self.index.search(vector[None, :], self.limit)
        return [(self.ids[place], float(score)) for score, place in zip(scores[0], places[0], strict=True)]


class FaissBm25s(Faiss):
    """faiss and bm25s as they come (its own tokens, English stop words off), fused by rank."""

    def __init__(self) -> None:
        super().__init__()
        self.bm25s = import_module("bm25s")

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        super().build(ids, texts, vectors, limit)
        self.words = self.bm25s.BM25()
        self.words.index(self.bm25s.tokenize(list(texts), stopwords=None, show_progress=False), show_progress=False)

    def search(self, text: str, vector: Rows) -> Ranking:
        tokens = self.bm25s.tokenize([text], stopwords=None, show_progress=False)
        places, scores = self.words.retrieve(tokens, k=self.limit, show_progress=False)
        worded = [(self.ids[place], float(score)) for place, score in zip(places[0], scores[0], strict=True) if score > 0]
        fused: dict[str, float] = {}
        for ranking in (worded, super().search(text, vector)):
            for rank, (name, _) in enumerate(ranking, 1):
                fused[name] = fused.get(name, 0.0) + 1 / (_FUSED + rank)
        return sorted(fused.items(), key=lambda pair: -pair[1])[: self.limit]


class Txtai:
    """txtai's hybrid index, its embedder replaced by a look-up of the vectors."""

    def __init__(self) -> None:
        self.embeddings = import_module("txtai").Embeddings

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        self.known, self.limit = dict(zip(texts, vectors, strict=True)), limit
        numpy = import_module("numpy")
        self.index = self.embeddings(
            method="external", transform=lambda batch: numpy.stack([self.known[text] for text in batch]), hybrid=True
        )
        self.index.index([(name, text, None) for name, text in zip(ids, texts, strict=True)])

    def search(self, text: str, vector: Rows) -> Ranking:
        self.known[text] = vector
        return [(name, float(score)) for name, score in self.index.search(text, self.limit)]


class Haystack:
    """Haystack's store in memory with its BM25 and embedding retrievers, joined by rank."""

    def __init__(self) -> None:
        self.document = import_module("haystack").Document
        self.store = import_module("haystack.document_stores.in_memory").InMemoryDocumentStore
        self.retrievers = import_module("haystack.components.retrievers.in_memory")
        self.joiner = import_module("haystack.components.joiners").DocumentJoiner

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        store = self.store(embedding_similarity_function="dot_product")
        rows = zip(ids, texts, vectors, strict=True)
        store.write_documents([self.document(id=name, content=text, embedding=vector.tolist()) for name, text, vector in rows])
        self.words = self.retrievers.InMemoryBM25Retriever(store, top_k=limit)
        self.meaning = self.retrievers.InMemoryEmbeddingRetriever(store, top_k=limit)
        self.join = self.joiner(join_mode="reciprocal_rank_fusion", top_k=limit)

    def search(self, text: str, vector: Rows) -> Ranking:
        found = [
            self.words.run(query=text)["documents"],
            self.meaning.run(query_embedding=vector.tolist())["documents"],
        ]
        return [(one.id, float(one.score)) for one in self.join.run(documents=found)["documents"]]


class LlamaIndex:
    """llama-index: its vector index and BM25 retriever, the latter in Swedish, fused by rank; no language model."""

    def __init__(self) -> None:
        self.core = import_module("llama_index.core")
        self.schema = import_module("llama_index.core.schema")
        self.fusion = import_module("llama_index.core.retrievers").QueryFusionRetriever
        self.bm25 = import_module("llama_index.retrievers.bm25").BM25Retriever
        self.mock = import_module("llama_index.core.llms").MockLLM

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        mock = import_module("llama_index.core.embeddings").MockEmbedding(embed_dim=vectors.shape[1])
        rows = zip(ids, texts, vectors, strict=True)
        # Its fusion takes nodes of one text for one, which comments that stand unchanged from year to year are not; unlike metadata part them.
        nodes = [
            self.schema.TextNode(
                id_=name, text=text, embedding=vector.tolist(), metadata={"id": name}, excluded_embed_metadata_keys=["id"]
            )
            for name, text, vector in rows
        ]
        index = self.core.VectorStoreIndex(nodes, embed_model=mock)
        limit = min(limit, len(nodes))
        stemmer = import_module("Stemmer").Stemmer("swedish")
        words = self.bm25.from_defaults(nodes=nodes, similarity_top_k=limit, language="sv", stemmer=stemmer)
        self.retriever = self.fusion(
            [index.as_retriever(similarity_top_k=limit), words],
            llm=self.mock(),
            num_queries=1,
            mode="reciprocal_rerank",
            similarity_top_k=limit,
            use_async=False,
        )

    def search(self, text: str, vector: Rows) -> Ranking:
        bundle = self.schema.QueryBundle(text, embedding=vector.tolist())
        return [(one.node.node_id, float(one.score)) for one in self.retriever.retrieve(bundle)]


class LangChain:
    """LangChain's BM25 and FAISS retrievers in its ensemble."""

    def __init__(self) -> None:
        self.document = import_module("langchain_core.documents").Document
        self.base = import_module("langchain_core.embeddings").Embeddings
        self.bm25 = import_module("langchain_community.retrievers").BM25Retriever
        self.store = import_module("langchain_community.vectorstores").FAISS
        self.ensemble = import_module("langchain_classic.retrievers").EnsembleRetriever

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        self.limit = limit
        known: dict[str, list[float]] = {}
        self.known = known

        class Known(self.base):  # type: ignore[name-defined,misc]
            """The vectors by their text."""

            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [known[text] for text in texts]

            def embed_query(self, text: str) -> list[float]:
                return known[text]

        metadatas = [{"id": name} for name in ids]
        pairs = [(text, vector.tolist()) for text, vector in zip(texts, vectors, strict=True)]
        store = self.store.from_embeddings(pairs, Known(), metadatas=metadatas)
        documents = [self.document(page_content=text, metadata=one) for text, one in zip(texts, metadatas, strict=True)]
        words = self.bm25.from_documents(documents, k=limit)
        meaning = store.as_retriever(search_kwargs={"k": limit})
        self.both = self.ensemble(retrievers=[words, meaning], weights=[0.5, 0.5], id_key="id")

    def search(self, text: str, vector: Rows) -> Ranking:
        self.known[text] = vector.tolist()
        found = self.both.invoke(text)[: self.limit]
        return [(one.metadata["id"], float(-rank)) for rank, one in enumerate(found)]


class Chroma:
    """Chroma in memory: vectors alone, which is what its collections search by."""

    def __init__(self) -> None:
        self.chroma = import_module("chromadb")

    def build(self, ids: Sequence[str], texts: Sequence[str], vectors: Rows, limit: int) -> None:
        self.limit = min(limit, len(ids))
        client = self.chroma.EphemeralClient(self.chroma.Settings(anonymized_telemetry=False))
        if any(one.name == "passages" for one in client.list_collections()):
            client.delete_collection("passages")
        self.collection = client.create_collection("passages", metadata={"hnsw:space": "ip"}, embedding_function=None)
        for at in range(0, len(ids), 5000):  # more at once is refused
            part = slice(at, at + 5000)
            self.collection.add(ids=list(ids[part]), documents=list(texts[part]), embeddings=vectors[part])

    def search(self, text: str, vector: Rows) -> Ranking:
        found = self.collection.query(query_embeddings=vector[None, :], n_results=self.limit)
        return [(name, -float(far)) for name, far in zip(found["ids"][0], found["distances"][0], strict=True)]


SYSTEMS: dict[str, type[System]] = {
    "faiss": Faiss,
    "faiss-bm25s": FaissBm25s,
    "txtai": Txtai,
    "haystack": Haystack,
    "llama-index": LlamaIndex,
    "langchain": LangChain,
    "chroma": Chroma,
}


def run(name: str, job: Path) -> list[dict[str, Any]]:
    """The result's lines: what it cost, then a ranking a query. A query's seconds are the median of the job's rounds."""
    numpy = import_module("numpy")
    start = time.process_time()
    system = SYSTEMS[name]()
    imported = time.process_time()
    head, *sets = (json.loads(line) for line in job.read_text(encoding="utf-8").splitlines())
    vectors = numpy.load(head["vectors"])
    rankings: list[dict[str, Any]] = []
    spent: list[list[float]] = []
    build = 0.0
    at = 0
    for one in sets:
        passages, queries = one["passages"], one["queries"]
        before = time.process_time()
        own, asked = vectors[at : at + len(passages)], vectors[at + len(passages) : at + len(passages) + len(queries)]
        system.build([name for name, _ in passages], [text for _, text in passages], own, head["limit"])
        build += time.process_time() - before
        at += len(passages) + len(queries)
        times: list[list[float]] = [[] for _ in queries]
        for round_ in range(head["rounds"]):
            for place, (query, text) in enumerate(queries):
                if sum(map(sum, times)) > head["seconds"] and (round_ or place >= _FEWEST):
                    break
                before = time.process_time()
                ranking = system.search(text, asked[place])
                times[place].append(time.process_time() - before)
                if round_ == 0:
                    rankings.append({"query": query, "ranked": ranking})
        spent += [one for one in times if one]
    costs = {
        "import_s": imported - start,
        "build_s": build,
        "query_s": [statistics.median(one) for one in spent],
        "peak_mb": peak_mb(),
    }
    return [costs, *rankings]


def peak_mb() -> float:
    """The most memory that this process has held, in MB. Linux counts it anew after a fork; elsewhere it may be the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    lines = run(sys.argv[1], Path(sys.argv[2]))
    Path(sys.argv[3]).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
