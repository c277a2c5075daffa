"""What somebody would write in an afternoon: one question to sentence-transformers, FAISS and bm25s, as a script of its own.

``python raw_script.py prepare FOLDER MODEL`` indexes the texts of FOLDER/texts.json; ``python raw_script.py ask FOLDER MODEL QUESTION``
prints the best five. Run in an environment that has bm25s; knows nothing of the rest of the project, which is not to be found there.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_FUSED = 60
"""The constant of reciprocal rank fusion (Cormack et al. 2009)."""
_DEPTH = 50


def prepare(folder: Path, model: str) -> None:
    """Write the two indexes of the texts."""
    faiss, bm25s, transformers = (import_module(name) for name in ("faiss", "bm25s", "sentence_transformers"))
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    vectors = transformers.SentenceTransformer(model, device="cpu").encode(texts, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "vectors.faiss"))
    words: Any = bm25s.BM25()
    words.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
    words.save(str(folder / "words"))


def ask(folder: Path, model: str, question: str) -> None:
    """Print the five texts that the two sides rank highest together."""
    faiss, bm25s, transformers = (import_module(name) for name in ("faiss", "bm25s", "sentence_transformers"))
    texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    depth = min(_DEPTH, len(texts))
    vector = transformers.SentenceTransformer(model, device="cpu").encode([question], normalize_embeddings=True)
    _, near = faiss.read_index(str(folder / "vectors.faiss")).search(vector, depth)
    tokens = bm25s.tokenize([question], stopwords=None, show_progress=False)
    literal, _ = bm25s.BM25.load(str(folder / "words")).retrieve(tokens, k=depth, show_progress=False)
    scores: dict[int, float] = {}
    for ranking in (near[0].tolist(), literal[0].tolist()):
        for place, number in enumerate(ranking):
            scores[number] = scores.get(number, 0.0) + 1 / (_FUSED + place)
    for number in sorted(scores, key=lambda one: -scores[one])[:5]:
        print(texts[number])


if __name__ == "__main__":
    (prepare if sys.argv[1] == "prepare" else ask)(Path(sys.argv[2]), *sys.argv[3:])
