"""What a model on this machine needs: where its files are, how large they are, and the memory that they may take. Loads nothing.

Knows nothing of what a model is for.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

_WEIGHTS = ("*.safetensors", "*.bin")
_HALF = ("float16", "bfloat16")


@dataclass(frozen=True, slots=True)
class Needs:
    """``folder`` is None for a server or a model that is not here; sizes in bytes. ``memory`` is what the weights take at the most."""

    folder: Path | None = None
    disk: int = 0
    memory: int = 0


def is_address(name: str) -> bool:
    """Whether a chat model's name is the address of a server."""
    return re.match(r"https?://", name, re.IGNORECASE) is not None


def needs(name: str) -> Needs:
    """What the model of a folder, or of a hub id in this machine's cache, needs; nothing for one that is not here."""
    folder = _folder(name)
    if folder is None:
        return Needs()
    disk = next((size for pattern in _WEIGHTS if (size := sum(path.stat().st_size for path in folder.rglob(pattern)))), 0)
    # Weights kept in two bytes are computed with in four where the processor does not know the shorter ones.
    return Needs(folder, disk, disk * (2 if _stored_type(folder) in _HALF else 1))


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


def _stored_type(folder: Path) -> str:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(config.get("dtype") or config.get("torch_dtype") or "") if isinstance(config, dict) else ""
