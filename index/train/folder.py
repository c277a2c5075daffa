"""Writing a trained model as the folder that ``index.static_model`` and sentence-transformers both read.

Knows the files and the rounding to int8, nothing of training.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.static_model import CONFIG_FILE, FORM, MATRIX_NAME, SCALES_NAME, TOKENIZER_FILE, WEIGHTS_FILE

# The names under which sentence-transformers has known these two layers since version 3; newer versions still take them.
_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_SENTENCE_TRANSFORMERS = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def quantise(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """``rows`` as int8 from -127 to 127 and one scale a row: ``matrix[i] * scales[i]`` is row i to within half a scale.

    A row of zeros gets zeros and the scale 0. The scales are divided by the largest, which changes no direction of any sum.
    """
    peaks = np.abs(rows).max(axis=1, initial=0.0)
    scales = peaks / 127.0
    matrix = np.rint(rows / np.where(peaks > 0, scales, 1.0)[:, None]).astype(np.int8)
    largest = scales.max(initial=0.0)
    return matrix, (scales / (largest if largest > 0 else 1.0)).astype(np.float32)


def write_folder(folder: Path, tokenizer: Tokenizer, rows: NDArray[np.float32], *, facts: Mapping[str, object]) -> None:
    """The model as files in ``folder``, made if need be; ``rows`` is pieces × dimension; ``facts`` go into its config.

    Each file is written under another name and renamed; a model card that is already there is left alone.

    Raises:
        ValueError: ``rows`` has another number of rows than the tokenizer has pieces.
    """
    if rows.ndim != 2 or len(rows) != tokenizer.get_vocab_size():
        raise ValueError(f"matrix of shape {rows.shape} for a tokenizer of {tokenizer.get_vocab_size()} pieces")
    matrix, scales = quantise(rows)
    config = {"architecture": FORM, "dimension": rows.shape[1], "pieces": len(rows), "normalised": True, **facts}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    _write(folder / TOKENIZER_FILE, tokenizer.to_str(pretty=False).encode("utf-8"))
    _write(folder / WEIGHTS_FILE, pack({MATRIX_NAME: matrix, SCALES_NAME: scales}))
    _write(folder / CONFIG_FILE, _json(config))
    _write(folder / "modules.json", _json(_MODULES))
    _write(folder / "config_sentence_transformers.json", _json(_SENTENCE_TRANSFORMERS))
    _write(folder / "1_Normalize" / "config.json", _json({}))


def pack(tensors: Mapping[str, NDArray[np.int8] | NDArray[np.float32]]) -> bytes:
    """``tensors`` in the safetensors form, the same bytes for the same values; the data begins at a multiple of 64 bytes."""
    names = {np.dtype(np.int8): "I8", np.dtype(np.float32): "F32"}
    # Wide numbers first, so that each stands at a multiple of its own width, as the format asks for.
    order = sorted(tensors, key=lambda name: (-tensors[name].dtype.itemsize, name))
    header: dict[str, object] = {}
    end = 0
    for name in order:
        array = tensors[name]
        header[name] = {"dtype": names[array.dtype], "shape": list(array.shape), "data_offsets": [end, end + array.nbytes]}
        end += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (64 * math.ceil((8 + len(text)) / 64) - 8 - len(text))
    data = b"".join(np.ascontiguousarray(tensors[name], dtype=tensors[name].dtype.newbyteorder("<")).tobytes() for name in order)
    return len(text).to_bytes(8, "little") + text + data


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _write(path: Path, data: bytes) -> None:
    fresh = path.with_name(path.name + ".ny")
    fresh.write_bytes(data)
    fresh.replace(path)
