"""Pairs of texts that belong together, drawn at random: what contrastive training learns from.

Knows texts as rows of piece numbers. A drawn batch is a value: two bags of pieces a pair, and the group of each pair, so that two
pairs of one group are never held against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.train.texts import Texts

Ids = NDArray[np.int64]

SHARES = {"title": 0.27, "question": 0.2, "sentence": 0.25, "next": 0.1, "heading": 0.15, "alike": 0.03}
"""How often each kind of pair is drawn.

``title``: a title and any part; ``question``: a sentence that asks and any part; ``sentence``: a sentence and the rest of its part;
``next``: a part and the one after; ``heading``: a heading and its section; ``alike``: two words of one meaning.
"""

_LONGEST = 128
_THIN = 0.25
_THINNED = 0.8
_FEWEST_LEFT = 2
_SHORTEST_QUESTION = 30
_AT_ONCE = 4096
_NOTHING: Ids = np.zeros(0, dtype=np.int64)
_Drawn = tuple[Ids, Ids, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pair i is ``left[i]`` and ``right[i]``, piece numbers each; ``groups[i]`` names what the pair is about."""

    left: list[Ids]
    right: list[Ids]
    groups: Ids


@dataclass(frozen=True, slots=True)
class _Part:
    work: int
    sentences: range


class PairSampler:
    """Draws batches without end, the same ones for the same texts and seed.

    In a quarter of the pairs most of the left side's pieces that stand on the right side too are taken away: that teaches to find a
    text that says it in other words. ``stems`` gives pieces of one stem one number.
    """

    def __init__(self, texts: Texts, tokenizer: Tokenizer, stems: Ids, seed: int):
        """Nothing is drawn yet.

        Raises:
            ValueError: ``texts`` hold nothing to make a pair of.
        """
        self._random = np.random.default_rng(seed)
        self._stems = stems
        store = _Store(texts)
        self._store = store
        self._rows = piece_rows(tokenizer, store.strings)
        stock: dict[str, tuple[Sequence[object], Callable[[int], _Drawn]]] = {
            "title": (store.works, self._title),
            "question": (store.asking, self._question),
            "sentence": (store.many_sentences, self._sentence),
            "next": (store.many_parts, self._next),
            "heading": (store.headed, self._heading),
            "alike": (store.alike, self._alike),
        }
        self._kinds = [(len(things), draw, kind) for kind, (things, draw) in stock.items() if things]
        if not self._kinds:
            raise ValueError("no texts to make pairs of")
        weights = np.array([SHARES[kind] for _, _, kind in self._kinds])
        self._weights = weights / weights.sum()

    @property
    def passages(self) -> list[Ids]:
        """Every title, and every part with its heading before it, as pieces: the company that pieces keep."""
        headings = {part: heading for heading, part in self._store.headed}
        titles = [self._rows[title] for title, _ in self._store.works]
        parts = []
        for number, part in enumerate(self._store.parts):
            heading = [self._rows[headings[number]]] if number in headings else []
            parts.append(np.concatenate([*heading, *(self._rows[i] for i in part.sentences)]))
        return titles + parts

    def draw(self, size: int) -> Batch:
        """At most ``size`` pairs; those with an empty side fall out."""
        left: list[Ids] = []
        right: list[Ids] = []
        groups: list[int] = []
        for chosen in self._random.choice(len(self._kinds), size=size, p=self._weights):
            count, draw, kind = self._kinds[chosen]
            one, other, group = draw(int(self._random.integers(count)))
            if kind != "alike" and self._random.random() < _THIN:
                one = self._thinned(one, other)
            if len(one) and len(other):
                left.append(one)
                right.append(other)
                groups.append(group)
        return Batch(left, right, np.array(groups, dtype=np.int64))

    def _title(self, number: int) -> _Drawn:
        title, parts = self._store.works[number]
        return self._rows[title], self._text(self._store.parts[self._one(parts)].sentences), number

    def _question(self, number: int) -> _Drawn:
        work, question, part = self._store.asking[number]
        others = [i for i in self._store.works[work][1] if i != part]
        sentences = self._store.parts[self._one(others)].sentences if others else self._store.parts[part].sentences
        return self._rows[question], self._text([i for i in sentences if i != question]), work

    def _sentence(self, number: int) -> _Drawn:
        part = self._store.parts[self._store.many_sentences[number]]
        sentence = self._one(part.sentences)
        return self._rows[sentence], self._text([i for i in part.sentences if i != sentence]), part.work

    def _next(self, number: int) -> _Drawn:
        work = self._store.many_parts[number]
        parts = self._store.works[work][1]
        first = self._one(parts[:-1])
        return self._text(self._store.parts[first].sentences), self._text(self._store.parts[first + 1].sentences), work

    def _heading(self, number: int) -> _Drawn:
        # The group is the heading and not the work: sections of one work under other headings are the hardest to tell apart.
        heading, part = self._store.headed[number]
        return self._rows[heading], self._text(self._store.parts[part].sentences), len(self._store.works) + heading

    def _alike(self, number: int) -> _Drawn:
        one, other = self._store.alike[number]
        return self._rows[one], self._rows[other], -1 - number

    def _one(self, among: Sequence[int]) -> int:
        return among[int(self._random.integers(len(among)))]

    def _text(self, strings: Sequence[int]) -> Ids:
        if not strings:
            return _NOTHING
        pieces = np.concatenate([self._rows[i] for i in strings])
        start = int(self._random.integers(len(pieces) - _LONGEST + 1)) if len(pieces) > _LONGEST else 0
        return pieces[start : start + _LONGEST]

    def _thinned(self, one: Ids, other: Ids) -> Ids:
        shared = np.isin(self._stems[one], self._stems[other])
        kept = one[~(shared & (self._random.random(len(one)) < _THINNED))]
        return kept if len(kept) >= _FEWEST_LEFT else one


class _Store:
    """All strings of the texts by number, and where what can be drawn stands among them."""

    def __init__(self, texts: Texts):
        self.strings: list[str] = []
        self.works: list[tuple[int, range]] = []
        self.parts: list[_Part] = []
        self.asking: list[tuple[int, int, int]] = []
        self.headed: list[tuple[int, int]] = []
        for work in texts.works:
            title, first, headings = self._add(work.title), len(self.parts), dict[str, int]()
            for part in work.parts:
                if part.heading:
                    if part.heading not in headings:
                        headings[part.heading] = self._add(part.heading)
                    self.headed.append((headings[part.heading], len(self.parts)))
                sentences = range(len(self.strings), len(self.strings) + len(part.sentences))
                for sentence in part.sentences:
                    place = self._add(sentence)
                    if sentence.endswith("?") and len(sentence) > _SHORTEST_QUESTION:
                        self.asking.append((len(self.works), place, len(self.parts)))
                self.parts.append(_Part(len(self.works), sentences))
            self.works.append((title, range(first, len(self.parts))))
        self.alike = [(self._add(one), self._add(other)) for one, other in texts.alike]
        self.many_parts = [i for i, (_, parts) in enumerate(self.works) if len(parts) > 1]
        self.many_sentences = [i for i, part in enumerate(self.parts) if len(part.sentences) > 1]

    def _add(self, text: str) -> int:
        self.strings.append(text)
        return len(self.strings) - 1


def piece_rows(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    """The piece numbers of each text, in order."""
    rows: list[Ids] = []
    for start in range(0, len(texts), _AT_ONCE):
        found = tokenizer.encode_batch_fast(list(texts[start : start + _AT_ONCE]), add_special_tokens=False)
        rows += [np.asarray(encoding.ids, dtype=np.int64) for encoding in found]
    return rows
