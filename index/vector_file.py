"""Vectors one behind the other in a file, of which a few are wanted at a time: small files are kept in memory, of great ones only
the wanted rows are read.

Not mapped into memory for that: the system would bring in what lies around each row, and soon all of it. A process that goes on
asking maps the file after all, because a call a row costs more than the search. Knows nothing of what the rows are.
"""

from __future__ import annotations

import mmap
import os
import weakref
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import DamagedFile
from index.files import replacing

SMALL = 8 << 20
"""Files up to this many bytes are kept in memory."""
OFTEN = 5_000
"""Rows after which a file is mapped: a few questions."""
_BLOCK = 4096


class VectorFile:
    """``count`` rows of ``dimension`` numbers. Built from an array, or opened from a file that ``write_vectors`` made."""

    def __init__(self, rows: NDArray[np.float32] | None, descriptor: int, count: int, dimension: int) -> None:
        self._rows = rows
        self._descriptor = descriptor
        self._count = count
        self._dimension = dimension
        self._taken = 0
        if descriptor >= 0:
            weakref.finalize(self, os.close, descriptor)

    @classmethod
    def of(cls, rows: NDArray[np.float32]) -> VectorFile:
        """These rows, in memory."""
        return cls(rows, -1, *rows.shape)

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
            return cls(None, os.open(path, os.O_RDONLY), count, dimension)
        except OSError as error:
            raise DamagedFile(f"{path.name}: {error}") from error

    def take(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows of those numbers, in their order.

        Raises:
            DamagedFile: the file has become shorter.
        """
        if self._rows is not None:
            return self._rows[numbers]
        self._taken += len(numbers)
        if self._taken > OFTEN:
            mapped = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ)
            self._rows = np.frombuffer(mapped, dtype="<f4").reshape(-1, self._dimension)
            return self._rows[numbers]
        found = np.empty((len(numbers), self._dimension), dtype="<f4")
        width = 4 * self._dimension
        begins = np.flatnonzero(np.diff(numbers, prepend=-2) != 1).tolist()  # rows that follow on one another are read at once
        for begin, end in pairwise([*begins, len(numbers)]):
            number = int(numbers[begin])
            if os.preadv(self._descriptor, [found[begin:end].data], number * width) != (end - begin) * width:
                raise DamagedFile(f"vector {number} cannot be read")
        return found

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """All rows in their order, some thousands at a time.

        Raises:
            DamagedFile: the file has become shorter.
        """
        for low in range(0, self._count, _BLOCK):
            yield self.take(np.arange(low, min(low + _BLOCK, self._count), dtype=np.int64))


def write_vectors(path: Path, blocks: Iterable[NDArray[np.float32]]) -> int:
    """Write the rows of all ``blocks`` to ``path``, in the place of what was there; gives their checksum (CRC-32).

    Raises:
        OSError: no room, or not allowed; nothing is left behind.
    """
    checksum = 0
    with replacing(path) as temporary, temporary.open("wb") as file:
        for rows in blocks:
            data = np.ascontiguousarray(rows, dtype="<f4").reshape(-1).data
            checksum = zlib.crc32(data, checksum)
            file.write(data)
    return checksum
