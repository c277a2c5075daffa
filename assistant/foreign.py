"""Whether a question is nearer to everyday subjects that no follow-up report is about (weather, recipes, sport) than to a comment.

Compared by meaning with the built-in embedder, whatever the library's own is, so that one threshold holds for all. Knows nothing of
what is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
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
    """A question's meaning, compared with foreign subjects and with what hits say."""

    def __init__(self, topic: str) -> None:
        self._vector = _embedder().encode([topic], kind="query")[0]
        self.foreign = max(0.0, float((_vectors() @ self._vector).max(initial=0.0)))
        """Nearness to the nearest foreign subject, 0..1."""

    def nearness(self, hits: Sequence[Hit]) -> list[float]:
        """For each hit the nearness of the question to the nearest of its quote, question, statement and expected result, 0..1."""
        texts = [[t for t in (h.quote, h.item.question, h.item.statement, h.item.expected_result, h.item.area) if t] for h in hits]
        flat = [text for group in texts for text in group]
        if not flat:
            return [0.0] * len(hits)
        scores = iter((_embedder().encode(flat, kind="document") @ self._vector).tolist())
        return [max([0.0, *(next(scores) for _ in group)]) for group in texts]
