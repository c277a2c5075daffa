"""What a model on this machine needs: where its files are, how large they are, and the memory that they take. Loads no model.

Knows nothing of what a model is asked.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

_WEIGHTS = ("*.safetensors", "*.bin")
_HALF = ("float16", "bfloat16")
_LONGEST_HEADER = 100_000_000  # bytes; the format's own limit


@dataclass(frozen=True, slots=True)
class Needs:
    """``folder`` is None for a server or a model that is not here; sizes in bytes. ``memory`` is what the weights take as they are
    loaded; a text of some pages takes a few per cent more."""

    folder: Path | None = None
    disk: int = 0
    memory: int = 0


def is_address(name: str) -> bool:
    """Whether a chat model's name is the address of a server."""
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def needs(name: str, kind: Literal["embedder", "chat"] = "chat") -> Needs:
    """What the model of a folder, or of a hub id in this machine's cache, needs; nothing for one that is not here.

    An embedder is loaded in the number type that it is stored in, a chat model in the one that this machine computes in: its numbers are
    counted in the headers of its safetensors files, so that nothing large is read.
    """
    folder = _folder(name)
    if folder is None:
        return Needs()
    search = folder.glob if kind == "chat" else folder.rglob  # an embedder's last steps are in folders of their own
    files = next((found for pattern in _WEIGHTS if (found := list(search(pattern)))), [])
    disk = sum(path.stat().st_size for path in files)
    if kind == "embedder":
        return Needs(folder, disk, disk)
    numbers = sum(map(_numbers, files)) or disk // (2 if _stored_type(folder) in _HALF else 4)
    return Needs(folder, disk, numbers * _bytes_a_number() if numbers else 0)


def free_memory() -> int | None:
    """The bytes of memory that are free on this machine; None where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError, IndexError):
        return None


def recommended(kind: str) -> list[dict[str, str]]:
    """The models that may be chosen of a kind ("embedder", "chat"): id, memory, licence and score, the smallest first."""
    found: list[dict[str, str]] = _known()[kind]
    return found


def sources() -> list[str]:
    """Where the scores of the recommended models come from and what they mean, a Swedish sentence each."""
    return list(_known()["sources"])


def _known() -> dict[str, Any]:
    return tomllib.loads(resources.files("assistant").joinpath("data/models.toml").read_text(encoding="utf-8"))


def _folder(name: str) -> Path | None:
    local = Path(name).expanduser()
    if local.is_dir():
        return local
    if is_address(name) or name.count("/") != 1 or name.startswith((".", "/", "~")):
        return None
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception:  # not here, or no name that a hub could have: loading it says which
        return None


def _numbers(path: Path) -> int:
    """How many numbers a safetensors file holds: its header says the shape of every tensor (8 bytes of length, then JSON); 0 where it is
    no such file."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        try:
            header = json.loads(file.read(min(length, _LONGEST_HEADER)))
            return sum(math.prod(entry["shape"]) for name, entry in header.items() if name != "__metadata__")
        except (ValueError, KeyError, TypeError, AttributeError):
            return 0


def _bytes_a_number() -> int:
    try:
        import torch
    except ImportError:
        return 4
    from assistant.draft.chat_local import dtype_here

    return int(dtype_here(torch).itemsize)


def _stored_type(folder: Path) -> str:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(config.get("dtype") or config.get("torch_dtype") or "") if isinstance(config, dict) else ""
