"""Whether a question is nearer to everyday subjects that no follow-up report is about (weather, recipes, sport) than to a comment.

Compared by meaning with the built-in embedder, whatever the library's own is, so that one threshold holds for all. Knows nothing of
what is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embedding import Embedder
    from index.values import Hit


@cache
def _embedder() -> Embedder:
    from index.embedding import load_embedder

    return load_embedder()


@cache
def subjects() -> tuple[str, ...]:
    """The subjects of ``assistant/data/foreign.txt``."""
    text = resources.files("assistant").joinpath("data/foreign.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def _vectors() -> NDArray[np.float32]:
    return _embedder().encode(subjects(), kind="document")


class Meaning:
    """What words mean, compared with foreign subjects and with what hits say."""

    def __init__(self, text: str) -> None:
        self._vector = _embedder().encode([text], kind="query")[0]
        self.foreign = max(0.0, float((_vectors() @ self._vector).max(initial=0.0)))
        """Nearness to the nearest foreign subject, 0..1."""

    def nearness(self, said: NDArray[np.float32]) -> float:
        """Nearness to the nearest of the texts of a hit (a row each), 0..1; 0 for no text."""
        return max(0.0, float((said @ self._vector).max(initial=0.0)))


def said_by(hits: Sequence[Hit]) -> list[NDArray[np.float32]]:
    """For each hit the vectors of its quote, question, statement, expected result and area, those that are not empty, a row each."""
    import numpy as np

    texts = [[t for t in (h.quote, h.item.question, h.item.statement, h.item.expected_result, h.item.area) if t] for h in hits]
    flat = [text for group in texts for text in group]
    if not flat:
        return [np.zeros((0, _vectors().shape[1]), dtype=np.float32) for _ in hits]
    ends = np.cumsum([len(group) for group in texts])
    rows: list[NDArray[np.float32]] = np.split(np.stack([_vector(text) for text in flat]), ends[:-1])
    return rows


@lru_cache(maxsize=4096)
def _vector(text: str) -> NDArray[np.float32]:
    """The vector of what a report says, remembered for the next question that meets it."""
    row: NDArray[np.float32] = _embedder().encode([text], kind="document")[0]
    return row
