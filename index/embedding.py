"""What turns text into vectors, as the rest of the house sees it: one protocol, one error, one way to get an embedder by name.

Knows nothing of how a vector comes about. The built-in Swedish embedder is in ``static_model``, any sentence-transformers model
in ``transformer``; both are imported only when asked for, because the second costs seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.errors import LibraryError

TextKind = Literal["query", "document"]
"""A question or a passage: models with prompts put different words before the two."""

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all) after each batch; raising in it ends the work."""

BUILTIN = "builtin"
"""The name under which the project's own embedder is chosen; so is None."""


class EmbedderError(LibraryError):
    """An embedder cannot be had or used."""


class EmbedderMissing(EmbedderError):
    """The model, or the library that runs it, is not on this machine; the message says how to get it."""


class EmbedderDamaged(EmbedderError):
    """The folder is there, but its files do not make one model."""


@runtime_checkable
class Embedder(Protocol):
    """Text to unit vectors. Equal ``fingerprint`` means equal vectors: vectors of two fingerprints are never compared."""

    @property
    def name(self) -> str:
        """What the user chose: ``builtin``, a folder or a hub id."""

    @property
    def fingerprint(self) -> str:
        """Hexadecimal hash over the weights, tokenizer, prompts, dimension and normalisation."""

    @property
    def dimension(self) -> int:
        """Columns of every vector, at least 1."""

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> NDArray[np.float32]:
        """``len(texts)`` × ``dimension``, one row a text in the order given, each of length 1.

        No texts give 0 × ``dimension``; a text without any known token gives a row of zeros, which is near nothing.
        """


def load_embedder(name: str | None = None, *, allow_download: bool = False) -> Embedder:
    """The embedder called ``name``: the built-in one for None and ``"builtin"``, else a sentence-transformers folder or hub id.

    Nothing is fetched from a network unless ``allow_download`` is True.

    Raises:
        EmbedderMissing: no such model here, or a library it needs is not installed.
        EmbedderDamaged: the folder holds files that do not fit together.
    """
    if name is None or name == BUILTIN:
        return _builtin()
    folder = Path(name).expanduser()
    if (folder / "config.json").is_file():
        from index.static_model import StaticEmbedder, is_static

        if is_static(folder):  # a model trained with index.train needs no torch
            return StaticEmbedder.load(folder)
    from index.transformer import TransformerEmbedder

    return TransformerEmbedder.load(name, allow_download=allow_download)


@cache
def _builtin() -> Embedder:
    """The built-in embedder, one for all who ask: it is never changed, and loading it is felt in a new process."""
    from index.static_model import StaticEmbedder

    return StaticEmbedder.load()
