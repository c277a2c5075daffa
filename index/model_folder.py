"""Where a sentence-transformers model lies: a folder, or a hub id in this machine's cache; and on what it runs.

Nothing is fetched unless it is asked for. Knows nothing of what a model does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import LibraryError


class NoModel(LibraryError):
    """There is no such model on this machine; the message says how to get it."""


class NotAModel(LibraryError):
    """The folder holds no model."""


def find(name: str, *, allow_download: bool = False) -> Path:
    """The folder of the model ``name``: a folder itself, or the one of that hub id in this machine's cache.

    ``allow_download`` lets the hub be asked, unless HF_HUB_OFFLINE forbids it.

    Raises:
        NoModel: not on this machine.
        NotAModel: a folder without one.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        if _is_path(name):
            raise NoModel(
                f"Mappen {name} finns inte. Ange en mapp med en sentence-transformers-modell, eller ett namn som ägare/modell."
            )
        folder = _cached(name, allow_download=allow_download)
    if not any((folder / file).is_file() for file in ("modules.json", "config.json")):
        raise NotAModel(f"Mappen {folder} innehåller ingen modell (varken modules.json eller config.json). Ange en annan mapp.")
    return folder


def device() -> str:
    """What models run on: a graphics card where torch finds one, else the processor."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def load_quietly() -> None:
    """No bar in English for the reading of each weight: a model here is read in a second or two."""
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def unreadable(folder: Path, error: BaseException) -> str:
    """What to tell a person of a model that its library could not read."""
    reason = (str(error).strip().splitlines() or ["utan förklaring"])[0][:200]
    return f"Modellen i {folder} går inte att läsa in ({type(error).__name__}: {reason}). Hämta den på nytt eller välj en annan."


@contextmanager
def threads(count: int | None) -> Iterator[None]:
    """At most ``count`` threads for torch within the block (None: as many as it likes)."""
    import torch

    before = torch.get_num_threads()
    if count is None or count >= before:
        yield
        return
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1 or Path(name).exists()


def _cached(name: str, *, allow_download: bool) -> Path:
    from huggingface_hub import snapshot_download

    try:
        if allow_download:
            # Not the copies of the weights for other runtimes, which double or triple what is fetched.
            return Path(
                snapshot_download(name, ignore_patterns=["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.gguf", "*.ot"])
            )
        return Path(snapshot_download(name, local_files_only=True))
    except Exception as error:  # not found, no network, forbidden, malformed id: for a person all are "not here"
        raise NoModel(
            f"Modellen {name} finns inte på den här datorn, varken som mapp eller i modellcachen. Hämta den med hf download {name},"
            f" eller ange en mapp som innehåller den; inget hämtas utan att du ber om det. ({type(error).__name__})"
        ) from error
