"""Vectors one behind the other in a file, of which a few are wanted at a time: small files are kept in memory, of great ones only
the wanted rows are read.

Not mapped into memory: the system would bring in what lies around each row, and soon all of it. Knows nothing of what the rows are.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import DamagedFile
from index.files import replacing

SMALL = 8 << 20
"""Files up to this many bytes are kept in memory."""


class VectorFile:
    """``count`` rows of ``dimension`` numbers. Built from an array, or opened from a file that ``write_vectors`` made."""

    def __init__(self, rows: NDArray[np.float32] | None, descriptor: int, dimension: int) -> None:
        self._rows = rows
        self._descriptor = descriptor
        self._dimension = dimension
        if descriptor >= 0:
            weakref.finalize(self, os.close, descriptor)

    @classmethod
    def of(cls, rows: NDArray[np.float32]) -> VectorFile:
        """These rows, in memory."""
        return cls(rows, -1, rows.shape[1])

    @classmethod
    def open(cls, path: Path, count: int, dimension: int) -> VectorFile:
        """The rows of a file.

        Raises:
            DamagedFile: the file is missing or of another length.
        """
        try:
            size = path.stat().st_size
            if size != 4 * count * dimension:
                raise DamagedFile(f"{path.name}: {size} bytes, {4 * count * dimension} expected")
            if size <= SMALL or not hasattr(os, "preadv"):
                mapped = np.fromfile(path, dtype="<f4") if size <= SMALL else np.memmap(path, dtype="<f4", mode="r")
                return cls.of(np.asarray(mapped).reshape(count, dimension))
            return cls(None, os.open(path, os.O_RDONLY), dimension)
        except OSError as error:
            raise DamagedFile(f"{path.name}: {error}") from error

    def take(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows of those numbers, in their order.

        Raises:
            DamagedFile: the file has become shorter.
        """
        if self._rows is not None:
            return self._rows[numbers]
        found = np.empty((len(numbers), self._dimension), dtype="<f4")
        width = 4 * self._dimension
        for place, number in enumerate(numbers.tolist()):
            if os.preadv(self._descriptor, [found[place].data], number * width) != width:
                raise DamagedFile(f"vector {number} cannot be read")
        return found


def write_vectors(path: Path, rows: NDArray[np.float32]) -> None:
    """Write rows to ``path``, in the place of what was there.

    Raises:
        OSError: no room, or not allowed; nothing is left behind.
    """
    with replacing(path) as temporary:
        np.ascontiguousarray(rows, dtype="<f4").tofile(temporary)
