"""Example questions made from what a library holds, each tried before it is shown: it has to find what it was made from.

One of each kind: a code with last year, a topic, the Nej list, a fact, an item over the years. Knows nothing of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING

from assistant.phrases import item_label
from corpus.model import Item
from corpus.sentences import split
from index.filters import Filter

if TYPE_CHECKING:
    from assistant.ui.desk import Desk

_PREFERRED = "5:2"
_FACT = re.compile(
    r"\b(\d{2,3}) (familjer|ungdomar|personer|medarbetare|chefer|föräldrar|barn|elever|hushåll|ärenden|orosanmälningar|deltagare|besök)\b"
)
_TRIES = 12


class Examples:
    """The examples of a desk, made once for each state of its library: at most five questions, none for an empty library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: tuple[tuple[object, ...], list[str]] = ((), [])
        self._making = Lock()

    def __call__(self) -> list[str]:
        """The questions, in the order of their kinds; whoever asks while they are being made waits for them."""
        with self._making:
            state = self._state()
            if state != self._made[0]:
                self._made = (state, _made(self._desk))
            return list(self._made[1])

    @property
    def ready(self) -> bool:
        """Whether they are made already."""
        return self._made[0] == self._state()

    def _state(self) -> tuple[object, ...]:
        rows = self._desk.rows()
        return (*((row.id, row.added_at) for row in rows), self._desk.organisation, self._desk.current_year) if rows else ()


def _made(desk: Desk) -> list[str]:
    organisation = desk.organisation or next(iter(desk.catalogue().organisations), "")
    years = desk.catalogue().years_of.get(organisation, ())
    if not years:
        return []
    newest = desk.items(Filter(organisation=organisation, year=years[-1]))
    kinds = (
        _by_code(desk, newest, years[-1]),
        _by_topic(desk, newest),
        _by_answer(desk, newest),
        _by_fact(desk, newest),
        _over_years(desk, newest, organisation),
    )
    return [found[0].upper() + found[1:] for kind in kinds if (found := next(kind, ""))]


def _finds(desk: Desk, question: str, wanted: Iterable[Item]) -> bool:
    answer = desk.assistant.ask(question)
    ids = {item.id for item in wanted}
    return answer.status == "answered" and bool(answer.sources) and answer.sources[0].item.id in ids


def _by_code(desk: Desk, items: list[Item], year: int) -> Iterator[str]:
    when = "förra året" if year == desk.current_year - 1 else f"i rapporten {year}"
    told = [item for item in items if item.answer and item.comment]
    for item in sorted(told, key=lambda item: (item.code != _PREFERRED, item.kind != "strategi", -len(item.comment)))[:_TRIES]:
        question = f"vad gjorde vi för {item.kind} {item.code} {when}?"
        if _finds(desk, question, [item]):
            yield question


def _by_topic(desk: Desk, items: list[Item]) -> Iterator[str]:
    """The question of an item in the officer's own voice: "Motarbetar ni X?" is asked as "hur motarbetar vi X?"."""
    for item in sorted(items, key=lambda item: (item.plan == 1, len(item.question)))[: 2 * _TRIES]:
        asked = re.sub(r"\s*\([^)]*\)\s*$", "", item.question).strip()
        match = re.match(r"(\w+) ni ([^?]{8,60})\?$", asked)
        if match and item.comment and "," not in asked:
            question = f"hur {match.group(1).lower()} vi {match.group(2)}?"
            if _finds(desk, question, [item]):
                yield question


def _by_answer(desk: Desk, items: list[Item]) -> Iterator[str]:
    for answer, question in (("Nej", "vilka svarade vi nej på?"), ("Ja", "vilka svarade vi ja på?")):
        if any(item.answer == answer for item in items):
            yield question


def _by_fact(desk: Desk, items: list[Item]) -> Iterator[str]:
    tries = 0
    for item in items:
        for sentence in split(item.comment):
            match = _FACT.search(sentence.text)
            words = re.findall(r"\w+", sentence.text[match.end() :])[:4] if match else []
            if match and len(words) >= 2 and (tries := tries + 1) <= _TRIES:
                for question in (f"hur många {match.group(2)} {' '.join(words[:2])}?", f"hur många {match.group(2)}?"):
                    answer = desk.assistant.ask(question)
                    if (
                        answer.status == "answered"
                        and answer.sources
                        and match.group(1) in answer.sources[0].quote
                        and answer.sources[0].item.id == item.id
                    ):
                        yield question


def _over_years(desk: Desk, items: list[Item], organisation: str) -> Iterator[str]:
    """An item whose answer changed the most, and whose code is in one plan only."""
    history: dict[str, list[Item]] = {}
    for item in desk.items(Filter(organisation=organisation)):
        history.setdefault(item.key.id, []).append(item)
    codes = [item.code for item in items]

    def flips(item: Item) -> int:
        years = history.get(item.key.id, [])
        return sum(before.answer != after.answer for before, after in pairwise(years))

    for item in sorted(items, key=lambda item: (codes.count(item.code) > 1, -flips(item)))[:_TRIES]:
        question = f"hur har {item_label(item).lower()} utvecklats?"
        if len(history.get(item.key.id, [])) > 1 and _finds(desk, question, history[item.key.id]):
            yield question
