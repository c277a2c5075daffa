"""``--embedder`` for the commands that search: another embedder for this run, its missing vectors made with progress before it starts.

Vectors of several embedders lie side by side in a library, so trying one costs nothing of what is there. To keep one, it is a setting.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.terminal import tell

if TYPE_CHECKING:
    from assistant.app import Assistant


def embedder_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--embedder MODELL``."""
    return click.option(
        "--embedder",
        metavar="MODELL",
        default=None,
        help="Sök med en annan inbäddare: en mapp eller ett namn för sentence-transformers, eller ”builtin”.",
    )(function)


def full_name(embedder: str) -> str:
    """An embedder's name that holds from any working directory: a folder as its whole path, a hub id as it is."""
    path = Path(embedder).expanduser()
    return str(path.resolve()) if path.is_dir() else embedder


def embed(assistant: Assistant, embedder: str | None, *, keep: bool = False) -> None:
    """Make the vectors that the library lacks of ``embedder``, with progress on stderr; ``keep`` makes it the library's own.

    Nothing for None. An interruption keeps what was made, and the next run goes on from there.

    Raises:
        index.embedding.EmbedderError: it cannot be had; the message says how to get it.
    """
    if embedder is None:
        return
    from tqdm import tqdm

    with tqdm(desc="Bäddar in", unit="text", disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        try:
            assistant.library.reembed(full_name(embedder) if keep else None, progress=progress)
        except KeyboardInterrupt:
            bar.close()
            if bar.n:
                tell(f"{bar.n} av {bar.total} texter är klara och sparade. Samma kommando igen fortsätter där det slutade.")
            raise
