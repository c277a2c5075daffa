"""Any sentence-transformers model as an embedder: a folder, or a hub id that is already on this machine.

Knows nothing of particular models: prompts, pooling and length come from the model's own files. torch and sentence-transformers
are imported when a model is loaded, never before, and no code that comes with a model is run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index import model_folder
from index.embedding import EmbedderDamaged, EmbedderMissing, Progress, TextKind

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_CHUNK = 256
_BATCH = 32
_FEW = 4
_BUILTIN = "Den inbyggda väljs med: assistant settings embedder builtin"
# Other copies of the weights that models on the hub carry beside the one that is loaded, and what is no part of the model.
_UNUSED_FOLDERS = frozenset({"onnx", "openvino", ".git", ".cache"})
_PARTS = frozenset({".json", ".safetensors", ".bin", ".txt", ".model"})


class TransformerEmbedder:
    """A loaded sentence-transformers model behind the house's protocol. Made by ``load``.

    One lone text runs on one thread: on a machine that does other things, more threads wait for each other longer than they work.
    """

    def __init__(self, model: SentenceTransformer, *, name: str, folder: Path):
        """``folder`` is where the files of ``model`` stand; they are hashed for the fingerprint."""
        dimension = model.get_embedding_dimension()
        if not dimension:
            raise EmbedderDamaged(f"Modellen {name} säger inte hur många dimensioner den har. Välj en annan modell.")
        self.name = name
        self.dimension: int = dimension
        self._model = model
        self._folder = folder

    @classmethod
    def load(cls, name: str, *, allow_download: bool = False) -> TransformerEmbedder:
        """The model in the folder ``name``, or the one of that hub id in this machine's cache.

        ``allow_download`` lets the hub be asked, unless HF_HUB_OFFLINE forbids it.

        Raises:
            EmbedderMissing: not on this machine, or sentence-transformers is not installed; the message says how to get it.
            EmbedderDamaged: the folder holds no model that sentence-transformers can load.
        """
        try:
            folder = model_folder.find(name, allow_download=allow_download)
        except model_folder.NoModel as error:
            raise EmbedderMissing(f"{error} {_BUILTIN}") from error
        except model_folder.NotAModel as error:
            raise EmbedderDamaged(f"{error} {_BUILTIN}") from error
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EmbedderMissing(
                f"Modellen {name} behöver biblioteket sentence-transformers, som inte är installerat. Kör"
                " pip install sentence-transformers, eller använd den inbyggda inbäddningsmodellen."
            ) from error
        model_folder.load_quietly()
        try:
            model = SentenceTransformer(str(folder), device=model_folder.device(), local_files_only=True, trust_remote_code=False)
        except Exception as error:  # the library raises whatever its parts raise: OSError, ValueError, ImportError, SafetensorError
            raise EmbedderDamaged(f"{model_folder.unreadable(folder, error)} {_BUILTIN}") from error
        return cls(model, name=name, folder=folder)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, its prompts, length limit, dimension and normalisation.

        The same files give the same fingerprint whether they are named as a folder or by hub id and revision.
        """
        digest = hashlib.sha256()
        settings = {
            "prompts": self._model.prompts,
            "tokens": str(self._model.max_seq_length),
            "dimension": self.dimension,
            "unit": True,
        }
        digest.update(json.dumps(settings, sort_keys=True, ensure_ascii=False).encode("utf-8"))
        for path in _parts(self._folder):
            digest.update(path.relative_to(self._folder).as_posix().encode("utf-8") + b"\0")
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str], *, kind: TextKind, progress: Progress | None = None) -> NDArray[np.float32]:
        """``len(texts)`` × ``dimension`` unit rows, with the model's own prompt for ``kind``; a blank text gives a row of zeros.

        ``progress`` is called after each batch with (texts done, texts in all).
        """
        if isinstance(texts, str):
            raise TypeError("encode takes a sequence of texts, not one text")
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        full = [i for i, text in enumerate(texts) if text.strip()]
        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        with model_folder.threads(1 if len(full) <= _FEW else None):
            for start in range(0, len(full), _CHUNK):
                rows = full[start : start + _CHUNK]
                found = encode([texts[i] for i in rows], batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
                vectors[rows] = _unit(np.asarray(found, dtype=np.float32))
                if progress is not None:
                    progress(start + len(rows), len(full))
        return vectors


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    # Here and not by the library's option: a model may or may not end with a layer that normalises, and both must come out alike.
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _parts(folder: Path) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix in _PARTS]
    return sorted(path for path in files if not _UNUSED_FOLDERS & set(path.relative_to(folder).parts))
