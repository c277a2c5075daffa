"""A FAISS index in a file, opened at its first use.

A question about a few items has none, and FAISS is felt in the start of a process. Knows nothing of what is searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import vector_scan


class ScanFile:
    """The index in ``path`` over ``size`` vectors of ``dimension`` numbers; ``blocks`` gives these, some rows at a time."""

    def __init__(self, path: Path, size: int, dimension: int, blocks: Callable[[], Iterable[NDArray[np.float32]]]) -> None:
        self._path, self._size, self._dimension, self._blocks = path, size, dimension, blocks

    @cached_property
    def index(self) -> Any:
        """The index; where the file turns out to be none, or one of other vectors, an exact one of the vectors themselves."""
        import faiss

        with suppress(RuntimeError):
            index = faiss.read_index(str(self._path), faiss.IO_FLAG_MMAP_IFC)
            if (index.ntotal, index.d) == (self._size, self._dimension):
                return index
        return vector_scan.exact(self._blocks(), self._dimension)
