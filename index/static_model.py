"""The project's own Swedish embedder: a text's vector is the sum of its pieces' rows in one small matrix, made unit length.

Reads a folder made by ``index.train`` (by default ``index/model/``) with ``tokenizers`` and numpy alone. Knows nothing of how the
rows were trained. The matrix is int8 with one scale a row, mapped and not read: only the rows that a text uses are made float.

The folder is at the same time an ordinary sentence-transformers model: that library takes ``embeddings[i] * weights[i]`` as
the row of piece i, averages and normalises, which gives the same direction.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import BUILTIN, EmbedderDamaged, EmbedderMissing, TextKind

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER_FILE = "tokenizer.json"
WEIGHTS_FILE = "model.safetensors"
CONFIG_FILE = "config.json"
FORM = "static-sum-int8"
MATRIX_NAME = "embeddings"
SCALES_NAME = "weights"

_MEND = "Installera om programmet, eller träna om modellen med python -m index.train."
_BATCH = 256
_DTYPES: dict[str, np.dtype[Any]] = {"I8": np.dtype("i1"), "F32": np.dtype("<f4"), "F16": np.dtype("<f2")}
_HEADER_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where one tensor stands in a safetensors file: ``shape`` in elements, ``offset`` in bytes from the start of the file."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    offset: int


class StaticEmbedder:
    """Pieces of words to rows, rows to one unit vector. Questions and documents are treated alike.

    Made by ``load``. Deterministic: a text gives the same bits alone and in any batch.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        matrix: NDArray[np.int8],
        scales: NDArray[np.float32],
        *,
        name: str = BUILTIN,
        folder: Path | None = None,
    ):
        """``matrix`` is pieces × dimension, ``scales`` one number a piece.

        Raises:
            EmbedderDamaged: the three do not have the same number of pieces.
        """
        pieces = tokenizer.get_vocab_size()
        if matrix.ndim != 2 or matrix.shape[1] < 1 or not pieces == len(matrix) == len(scales):
            raise EmbedderDamaged(
                f"Inbäddningsmodellen hänger inte ihop: {pieces} ordbitar, en matris med formen {matrix.shape} och {len(scales)}"
                f" skalor. {_MEND}"
            )
        self.name = name
        self._tokenizer = tokenizer
        self._matrix = matrix
        self._scales = scales
        self._folder = folder

    @classmethod
    def load(cls, folder: Path | None = None) -> StaticEmbedder:
        """The model in ``folder``, or the one that comes with the program.

        Raises:
            EmbedderMissing: no such folder, or it lacks a file.
            EmbedderDamaged: a file cannot be read as what it should be.
        """
        from tokenizers import Tokenizer

        name = BUILTIN if folder is None else str(folder)
        where = Path(str(resources.files("index").joinpath("model"))) if folder is None else folder
        for file in (TOKENIZER_FILE, WEIGHTS_FILE):
            if not (where / file).is_file():
                raise EmbedderMissing(
                    f"Inbäddningsmodellen i {where} saknar filen {file}. Installera om programmet, eller träna en modell dit med"
                    f" python -m index.train --out {where}."
                )
        try:
            tokenizer = Tokenizer.from_file(str(where / TOKENIZER_FILE))
        except Exception as error:  # the library raises bare Exception for a broken file
            raise EmbedderDamaged(f"Filen {where / TOKENIZER_FILE} går inte att läsa ({error}). {_MEND}") from error
        tensors = read_header(where / WEIGHTS_FILE)
        matrix, scales = (_map(where / WEIGHTS_FILE, tensors, key) for key in (MATRIX_NAME, SCALES_NAME))
        return cls(tokenizer, matrix.astype(np.int8, copy=False), scales.astype(np.float32), name=name, folder=where)

    @property
    def dimension(self) -> int:
        """Columns of every vector."""
        return int(self._matrix.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the form (which says: no prompts, sum, unit length), the tokenizer, the matrix and the scales."""
        digest = hashlib.sha256(FORM.encode("utf-8"))
        if self._folder is None:
            digest.update(self._tokenizer.to_str().encode("utf-8"))
            digest.update(np.ascontiguousarray(self._matrix).tobytes() + self._scales.tobytes())
        else:
            for file in (TOKENIZER_FILE, WEIGHTS_FILE):
                with (self._folder / file).open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """``len(texts)`` × ``dimension`` unit rows; zeros for a text without any known piece; ``kind`` makes no difference."""
        if isinstance(texts, str):
            raise TypeError("encode takes a sequence of texts, not one text")
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            for row, encoding in enumerate(self._encodings(list(texts[start : start + _BATCH])), start):
                ids = np.asarray(encoding, dtype=np.intp)
                total = self._scales[ids] @ self._matrix[ids].astype(np.float32)
                length = math.sqrt(float(total @ total))
                if length > 0.0:
                    vectors[row] = total / length
        return vectors

    def _encodings(self, texts: list[str]) -> list[list[int]]:
        # A lone question is not worth waking the library's thread pool, which costs more than the work on a busy machine.
        if len(texts) <= 4:
            return [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]


def is_static(folder: Path) -> bool:
    """Whether ``folder`` says of itself that it is a model of this form; False for anything that cannot be read."""
    try:
        config = json.loads((folder / CONFIG_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and config.get("architecture") == FORM


def read_header(path: Path) -> dict[str, Tensor]:
    """What a safetensors file holds, by name, checked against the file's size; the data itself is not read.

    The form: eight bytes little-endian length, that many bytes of JSON, then the data (safetensors format, version 0.3 and later).

    Raises:
        EmbedderDamaged: the file is cut off or is not of this form.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            length = int.from_bytes(stream.read(8), "little")
            if not 2 <= length <= min(_HEADER_LIMIT, size - 8):
                raise ValueError(f"header of {length} bytes in a file of {size}")
            header = json.loads(stream.read(length).decode("utf-8"))
        tensors: dict[str, Tensor] = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            dtype, shape, (begin, end) = _DTYPES[entry["dtype"]], tuple(int(n) for n in entry["shape"]), entry["data_offsets"]
            if not 0 <= begin <= end <= size - 8 - length or end - begin != math.prod(shape) * dtype.itemsize:
                raise ValueError(f"tensor {name} stands at {begin}:{end} in {size - 8 - length} bytes")
            tensors[name] = Tensor(dtype, shape, 8 + length + begin)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise EmbedderDamaged(f"Filen {path} är skadad ({error}). {_MEND}") from error
    return tensors


def _map(path: Path, tensors: dict[str, Tensor], name: str) -> NDArray[np.generic]:
    if name not in tensors:
        raise EmbedderDamaged(f"Filen {path} saknar {name!r} (har {', '.join(sorted(tensors)) or 'ingenting'}). {_MEND}")
    found = tensors[name]
    return np.memmap(path, dtype=found.dtype, mode="r", offset=found.offset, shape=found.shape)


def known_share(embedder: StaticEmbedder, text: str) -> float:
    """Share of ``text``'s pieces that carry a vector, 0.0 for a text without pieces: what the embedder can see of it."""
    ids = embedder._encodings([text])[0]
    if not ids:
        return 0.0
    return float(np.count_nonzero(embedder._scales[np.asarray(ids, dtype=np.intp)])) / len(ids)
