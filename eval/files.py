"""Files written whole or not at all: under a temporary name beside the place, then renamed. Knows nothing of what is in them."""

from __future__ import annotations

from os import getpid
from pathlib import Path


def put(path: Path, data: str | bytes) -> Path:
    """Write ``data`` (text as UTF-8, line ends as they are) to ``path`` and give the path; folders on the way are made.

    Raises:
        OSError: it cannot be written; what stood there is then untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{getpid()}.tmp")
    try:
        temporary.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
