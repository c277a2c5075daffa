"""Derived files: what is made from a committed state of the library, found again as long as it fits that state, else made anew.

A part (words, vectors of one embedder) has a manifest that names its files, and the generation, stamp and version they were made
from. Files are written under temporary names and renamed, the manifest last; what no manifest names is swept away. Knows nothing
of what the parts hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.arrays import Arrays, DamagedFile, read, write
from index.files import replacing
from index.generation import Generation

FOLDER = "derived"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a part was made from, its files in order, and what else it wants to remember."""

    generation: Generation
    version: str
    files: tuple[str, ...]
    extra: Mapping[str, Any]


class Part:
    """The derived files of one part, below the library's folder."""

    def __init__(self, library: Path, name: str) -> None:
        self.folder = library / FOLDER
        self.name = name
        self._manifest = self.folder / f"{name}.json"

    def manifest(self) -> Manifest | None:
        """What the manifest says; None where there is none that can be read."""
        try:
            found = json.loads(self._manifest.read_text(encoding="utf-8"))
            return Manifest(
                Generation(int(found["generation"]), str(found["stamp"])),
                str(found["version"]),
                tuple(str(name) for name in found["files"]),
                dict(found["extra"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def publish(self, manifest: Manifest) -> None:
        """Make ``manifest`` the one that counts, and sweep away the part's files that it does not name.

        Raises:
            OSError: no room, or not allowed.
        """
        with replacing(self._manifest) as temporary:
            temporary.write_text(
                json.dumps(
                    {
                        "generation": manifest.generation.number,
                        "stamp": manifest.generation.stamp,
                        "version": manifest.version,
                        "files": manifest.files,
                        "extra": manifest.extra,
                    },
                    indent=1,
                ),
                encoding="utf-8",
            )
        self.sweep(manifest.files)

    def sweep(self, kept: Sequence[str]) -> None:
        """Delete this part's files but ``kept``; one that is in use where the system forbids it is left for the next time."""
        for path in self.folder.glob(f"{self.name}-*"):
            if path.name not in kept:
                with suppress(OSError):
                    path.unlink()

    def forget(self) -> None:
        """Delete the part, its manifest first; it comes back whole. What is in use where the system forbids it is left."""
        with suppress(OSError):
            self._manifest.unlink(missing_ok=True)
        self.sweep(())

    def path(self, file: str) -> Path:
        """Where a file of the part lies."""
        return self.folder / file

    def read(self, file: str) -> dict[str, Any]:
        """The arrays of one of the part's files.

        Raises:
            DamagedFile: it is missing or not what was written.
        """
        return read(self.path(file))

    def write(self, file: str, arrays: Arrays) -> None:
        """Write arrays as one of the part's files.

        Raises:
            OSError: no room, or not allowed.
        """
        write(self.path(file), arrays)


def discard(library: Path) -> int:
    """Delete all derived files of a library; gives how many. They come back with the next search."""
    deleted = 0
    for path in (library / FOLDER).glob("*"):
        with suppress(OSError):
            path.unlink()
            deleted += 1
    return deleted


__all__ = ["FOLDER", "DamagedFile", "Manifest", "Part", "discard"]
