"""Reading the best hits once more with a model that sees question and text together: optional, off unless a model is chosen.

Any CrossEncoder of sentence-transformers, by folder or hub id; a multilingual one for Swedish. Slower than everything else a search
does (seconds for a big model without a graphics card), and only as good as its model. Knows nothing of how hits were found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import model_folder
from index.errors import LibraryError
from index.values import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

READ = 30
"""So many of the best hits are read again."""
_WITHOUT = "Utan omrangordning: assistant settings reranker --unset"
_DIGITS = 5
"""Differences beyond are the processor's, not the model's: without them equal texts stay equal on every machine."""


class RerankerMissing(LibraryError):
    """The model, or the library that runs it, is not on this machine; the message says how to get it."""


class RerankerDamaged(LibraryError):
    """The folder is there, but holds no model that gives one score to a pair of texts."""


class Reranker(Protocol):
    """What reads again: a higher score for a text that answers better."""

    @property
    def name(self) -> str:
        """What the user chose: a folder or a hub id."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """One score a text, in the order given; no texts give none."""


class CrossEncoderReranker:
    """A loaded CrossEncoder. Made by ``load``. Runs on one thread, as a lone question does with an embedder."""

    def __init__(self, model: CrossEncoder, *, name: str):
        self.name = name
        self._model = model

    @classmethod
    def load(cls, name: str) -> CrossEncoderReranker:
        """The model in the folder ``name``, or the one of that hub id in this machine's cache; nothing is fetched.

        Raises:
            RerankerMissing: not on this machine, or sentence-transformers is not installed; the message says how to get it.
            RerankerDamaged: the folder holds no such model.
        """
        try:
            folder = model_folder.find(name)
        except model_folder.NoModel as error:
            raise RerankerMissing(f"{error} {_WITHOUT}") from error
        except model_folder.NotAModel as error:
            raise RerankerDamaged(f"{error} {_WITHOUT}") from error
        if not _reads_pairs(folder):
            raise RerankerDamaged(
                f"Modellen {name} läser inte textpar: den är ingen CrossEncoder. Välj en som är gjord för omrangordning (reranker)."
            )
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise RerankerMissing(
                f"Omrangordnaren {name} behöver biblioteket sentence-transformers, som inte är installerat. Kör"
                " pip install sentence-transformers, eller ta bort inställningen reranker."
            ) from error
        model_folder.load_quietly()
        try:
            model = CrossEncoder(str(folder), device=model_folder.device(), local_files_only=True, trust_remote_code=False)
        except Exception as error:  # the library raises whatever its parts raise
            raise RerankerDamaged(model_folder.unreadable(folder, error)) from error
        if model.num_labels != 1:
            raise RerankerDamaged(
                f"Modellen {name} ger {model.num_labels} värden för ett textpar, men en omrangordnare ger ett."
                " Välj en CrossEncoder för sökning."
            )
        return cls(model, name=name)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        if not texts:
            return np.zeros(0, dtype=np.float64)
        with model_folder.threads(1):
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, dtype=np.float64)


@lru_cache(maxsize=1)
def named(name: str) -> CrossEncoderReranker:
    """The reranker of that name, loaded at the first call.

    Raises: as ``CrossEncoderReranker.load``.
    """
    return CrossEncoderReranker.load(name)


def reranked(question: str, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    """``hits`` with the first READ of them, but for those whose code the question names, in the order of the reranker's scores.

    The scores stay where they were, so that they fall from hit to hit and mean what they meant: the item that is put first has the
    score of the one that stood there. Items that the reranker finds equally good keep their order.
    """
    first = sum(hit.exact for hit in hits)
    read = hits[first:READ]
    scores = np.round(reranker.scores(question, [_text(hit) for hit in read]), _DIGITS)
    order = np.argsort(-scores, kind="stable").tolist()
    moved = [replace(read[place], score=hit.score) for place, hit in zip(order, read, strict=True)]
    return [*hits[:first], *moved, *hits[first + len(read) :]]


def _reads_pairs(folder: Path) -> bool:
    """Whether a model was made for pairs; of any other the library would make one, with a last layer of random numbers."""
    made_by = _config(folder / "config_sentence_transformers.json").get("model_type")
    kinds = _config(folder / "config.json").get("architectures") or []
    return made_by == "CrossEncoder" or any(str(kind).endswith("ForSequenceClassification") for kind in kinds)


def _config(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(hit: Hit) -> str:
    """What of an item is read: what was to be done and what was."""
    return "\n".join(part for part in (hit.item.statement or hit.item.question, hit.item.comment) if part.strip())
