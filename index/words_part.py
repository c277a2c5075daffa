"""The derived files of the lexical index: which items and sections are searched, their distinct texts, and the postings of these.

Brought up to date by what changed: items that were there keep the numbers of their texts, new texts make a new segment, and the
segments are made into one when they have become many or hold much that is dead: texts of replaced versions, which the library keeps.
When a report is removed everything is made anew, so that nothing of it is left. Knows nothing of questions.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import analysis
from index.arrays import DamagedFile
from index.compounds import LEXICON
from index.derived import Manifest, Part
from index.generation import Generation, follows
from index.lexical import FIELDS, PIVOTS, Segment, Text, Texts, build
from index.storage import load_sections

PART = "words"
FORMAT = 1
_MOST_SEGMENTS = 8
_MOST_LOOSE = 0.2
"""Texts that are dead or stand outside the first segment may be this share of all before everything is made into one segment."""
_NONE = -1

Owner = tuple[str, int, str, int]
"""What owners are ordered by: item key or title, year, report id, position."""


@dataclass(frozen=True, slots=True)
class WordsState:
    """One generation of the lexical index.

    Owners are items first, in the order of their ids, then sections; an owner's number is its place. ``rows[o]`` is its row in the
    database, ``numbers[o, f]`` the number of its text in field f of ``lexical.FIELDS`` (-1: none), ``by_field`` the same field by
    field. ``items`` is how many are items.
    """

    generation: Generation
    rows: NDArray[np.int64]
    items: int
    numbers: NDArray[np.int32]
    by_field: NDArray[np.intp]
    texts: Texts

    def owners_of(self, rows: NDArray[np.int64], *, sections: bool = False) -> NDArray[np.int64]:
        """The owners of those rows, ascending; rows that are not searched fall out."""
        low, high = (self.items, len(self.rows)) if sections else (0, self.items)
        return np.flatnonzero(np.isin(self.rows[low:high], rows)) + low


def load_words(connection: sqlite3.Connection, library: Path, generation: Generation) -> WordsState:
    """The lexical index of ``generation``, which the transaction must see: from its files where they fit, else brought up to date.

    Where nothing can be written it is made in memory each time.
    """
    part = Part(library, PART)
    manifest = part.manifest()
    before: WordsState | None = None
    if manifest is not None and manifest.version == version() and follows(connection, manifest.generation):
        with suppress(DamagedFile, KeyError, ValueError, IndexError):
            before = _open(part, manifest)
    if before is not None and before.generation == generation:
        return before
    return _update(connection, part, generation, before, manifest)


def forget(library: Path) -> None:
    """Let nothing be taken over from the files there are: a segment holds the terms of all its texts, also of those that are gone."""
    Part(library, PART).forget()


@cache
def version() -> str:
    """What the files depend on besides the texts: the analysis, its word lists, the numbers of BM25, the form of the files."""
    lists = "".join(resources.files("index").joinpath(name).read_text(encoding="utf-8") for name in (LEXICON, "data/stopwords.txt"))
    return f"{FORMAT}.{analysis.VERSION}.{zlib.crc32(lists.encode()):08x}.{zlib.crc32(repr(PIVOTS).encode()):08x}"


def _open(part: Part, manifest: Manifest) -> WordsState:
    owners = part.read(manifest.files[0])
    segments = [Segment.from_arrays(part.read(name)) for name in manifest.files[1:]]
    return _state(manifest.generation, owners["rows"], int(owners["items"][0]), owners["numbers"], segments)


def _state(
    generation: Generation, rows: NDArray[np.int64], items: int, numbers: NDArray[np.int32], segments: list[Segment]
) -> WordsState:
    size = sum(len(segment.texts) for segment in segments)
    if numbers.shape != (len(rows), len(FIELDS)) or (numbers.size and int(numbers.max()) >= size):
        raise ValueError(f"owners name text {numbers.max(initial=0)} of {size}")
    living = np.zeros(size, dtype=np.bool_)
    living[numbers[numbers >= 0]] = True
    return WordsState(generation, rows, items, numbers, numbers.T.astype(np.intp, order="C"), Texts(segments, living))


def _update(
    connection: sqlite3.Connection, part: Part, generation: Generation, before: WordsState | None, manifest: Manifest | None
) -> WordsState:
    items = sorted(
        ((key, year, report, 0), row)
        for row, key, year, report in connection.execute(
            "SELECT items.row, items.key, reports.year, reports.id FROM items JOIN reports ON reports.row = items.report"
            " WHERE items.current"
        )
    )
    sections = sorted(
        ((report, year, report, position), row)
        for row, position, year, report in connection.execute(
            "SELECT sections.row, position, reports.year, reports.id FROM sections JOIN reports ON reports.row = sections.report"
            " WHERE sections.current"
        )
    )
    rows = np.array([row for _, row in items] + [row for _, row in sections], dtype=np.int64)
    segments = list(before.texts.segments) if before is not None else []
    files = list(manifest.files[1:]) if before is not None and manifest is not None else []
    numbers, fresh = _numbers(connection, rows, len(items), before)
    size = sum(len(segment.texts) for segment in segments) + len(fresh)
    loose = size - (len(segments[0].texts) if segments else 0) + (0 if before is None else int((~before.texts.living).sum()))
    if segments and (len(segments) >= _MOST_SEGMENTS or loose > _MOST_LOOSE * size):
        segments, files, before = [], [], None
        numbers, fresh = _numbers(connection, rows, len(items), None)
    added: list[tuple[str, dict[str, Any]]] = []
    if fresh or not segments:
        segment = build(fresh)
        offset = sum(len(other.texts) for other in segments)
        places = np.searchsorted(segment.texts, np.array([text.key for text in fresh], dtype=np.uint64)) + offset
        waiting = numbers < _NONE
        numbers[waiting] = places[_NONE - 1 - numbers[waiting]]
        segments.append(segment)
        added.append((f"words-{generation.number}-{generation.stamp}.texts", segment.arrays()))
    owners = {"rows": rows, "items": np.array([len(items)], dtype=np.int64), "numbers": numbers}
    added.append((f"words-{generation.number}-{generation.stamp}.owners", owners))
    state = _state(generation, rows, len(items), numbers, segments)
    with suppress(OSError, DamagedFile):
        for name, arrays in added:
            part.write(name, arrays)
        files += [name for name, _ in added[:-1]]
        fitting = Manifest(generation, version(), (added[-1][0], *files), {})
        part.publish(fitting)
        return _open(part, fitting)
    return state


def _numbers(
    connection: sqlite3.Connection, rows: NDArray[np.int64], items: int, before: WordsState | None
) -> tuple[NDArray[np.int32], list[Text]]:
    """The numbers of all owners' texts, and the texts that no segment has: text i of these has the number ``-2 - i`` for now."""
    numbers = np.full((len(rows), len(FIELDS)), _NONE, dtype=np.int32)
    find = _finder(before)
    fresh: dict[int, int] = {}
    texts: list[Text] = []
    for low, high, sections in ((0, items, False), (items, len(rows), True)):
        known = np.zeros(high - low, dtype=np.bool_)
        if before is not None:
            old = slice(before.items, None) if sections else slice(0, before.items)
            order = np.argsort(before.rows[old], kind="stable")
            ordered = before.rows[old][order]
            if len(ordered):
                at = np.minimum(np.searchsorted(ordered, rows[low:high]), len(ordered) - 1)
                known = ordered[at] == rows[low:high]
                numbers[low:high][known] = before.numbers[old][order[at[known]]]
        place = {int(rows[owner]): owner for owner in (np.flatnonzero(~known) + low).tolist()}
        for row, field, text in (_section_texts if sections else _item_texts)(connection, list(place)):
            found = Text(field, text)
            key = found.key
            number = find(key)
            if number is None:
                if key not in fresh:
                    fresh[key] = len(texts)
                    texts.append(found)
                number = _NONE - 1 - fresh[key]
            numbers[place[row], field] = number
    return numbers, texts


def _finder(before: WordsState | None) -> Callable[[int], int | None]:
    """Finds the number of a text by its key among the segments there are."""

    def find(key: int) -> int | None:
        if before is None:
            return None
        wanted = np.uint64(key)
        for segment, offset in zip(before.texts.segments, before.texts.offsets.tolist(), strict=False):
            at = int(np.searchsorted(segment.texts, wanted))
            if at < len(segment.texts) and segment.texts[at] == wanted:
                return int(offset) + at
        return None

    return find


def _item_texts(connection: sqlite3.Connection, rows: list[int]) -> Iterator[tuple[int, int, str]]:
    """Row, field and text of each field of those items that is not blank."""
    for low in range(0, len(rows), 500):
        some = rows[low : low + 500]
        marks = ", ".join("?" * len(some))
        for row, area, plan, *values in connection.execute(
            f"SELECT row, area, plan_title, comment, question, statement, expected_result FROM items WHERE row IN ({marks})", some
        ):
            for field, text in enumerate((*values, f"{area} {plan}")):
                if text.strip():
                    yield row, field, text


def _section_texts(connection: sqlite3.Connection, rows: list[int]) -> Iterator[tuple[int, int, str]]:
    """Row, field and text of those sections, their headings before them."""
    field = FIELDS.index("section")
    for row, section in load_sections(connection, rows):
        text = " ".join((*section.heading_path, section.text))
        if text.strip():
            yield row, field, text
