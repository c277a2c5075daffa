"""Named numpy arrays in one file that is opened without being read: a header with sizes and checksums, then the numbers.

The file is written under a temporary name and renamed, so that it is whole or not there. Knows nothing of what the arrays mean.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.files import replacing

Arrays = Mapping[str, NDArray[Any]]

_MAGIC = b"UVARR1\n"
_ALIGN = 64
_SMALL = 2 << 20
"""Files up to this many bytes are read whole and checked against their checksums; greater ones are mapped into memory, and checked
only by ``verify`` (1 ms a MB)."""


class DamagedFile(Exception):
    """The file is not what was written: other length, other header, or (where looked at) other numbers."""


def write(path: Path, arrays: Arrays) -> None:
    """Write ``arrays`` to ``path``, in the place of what was there.

    Raises:
        OSError: no room, or not allowed; nothing is left behind.
    """
    entries: dict[str, list[object]] = {}
    offset = 0
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in plain.items():
        offset = -(-offset // _ALIGN) * _ALIGN
        entries[name] = [array.dtype.str, list(array.shape), offset, array.nbytes, zlib.crc32(_bytes(array))]
        offset += array.nbytes
    header = json.dumps(entries, separators=(",", ":")).encode("ascii")
    head = _MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little") + header
    head += b"\0" * (-len(head) % _ALIGN)
    with replacing(path) as temporary, temporary.open("wb") as file:
        file.write(head)
        at = 0
        for name, array in plain.items():
            start = int(str(entries[name][2]))
            file.write(b"\0" * (start - at))
            file.write(_bytes(array))
            at = start + array.nbytes


def read(path: Path, *, verify: bool = False) -> dict[str, NDArray[Any]]:
    """The arrays of a file, read-only; a great one is mapped into memory. With ``verify`` every number is checked.

    Raises:
        DamagedFile: the file is missing or not what was written.
    """
    try:
        with path.open("rb") as file:
            small = path.stat().st_size <= _SMALL
            data = file.read() if small else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise DamagedFile(f"{path.name}: {error}") from error
    try:
        size = int.from_bytes(data[7:15], "little")
        header = data[19 : 19 + size]
        if data[:7] != _MAGIC or zlib.crc32(header) != int.from_bytes(data[15:19], "little"):
            raise DamagedFile(f"{path.name}: header")
        begin = -(-(19 + size) // _ALIGN) * _ALIGN
        found: dict[str, NDArray[Any]] = {}
        for name, (kind, shape, offset, length, checksum) in json.loads(header).items():
            if begin + offset + length > len(data):
                raise DamagedFile(f"{path.name}: {len(data)} bytes, {begin + offset + length} expected")
            array = np.frombuffer(data, dtype=np.dtype(kind), count=int(np.prod(shape)), offset=begin + offset).reshape(shape)
            if (verify or len(data) <= _SMALL) and zlib.crc32(_bytes(array)) != checksum:
                raise DamagedFile(f"{path.name}: checksum of {name}")
            found[name] = array
        return found
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedFile(f"{path.name}: {error}") from error


def _bytes(array: NDArray[Any]) -> memoryview | bytes:
    return array.reshape(-1).view(np.uint8).data if array.size else b""
