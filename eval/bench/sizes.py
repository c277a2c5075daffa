"""Reports in any number for measuring time and memory: the sample reports over and over, their words changed for others of the language.

Deterministic: the same count gives the same reports. The texts read as nonsense and are good for nothing but measuring size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random

from corpus import samples
from corpus.model import FieldSpan, Item, Piece, Place, Report, slug
from corpus.sentences import split
from eval.archive import Archive
from index.compounds import Lexicon
from index.embedding import Embedder
from index.library import Library

ITEMS = 36
"""Comments in one report."""
YEARS = tuple(range(2016, 2026))
CHANGED = 0.3
"""The share of a comment's longer words that are changed, so that the vocabulary grows as that of real reports does."""
_WORD = re.compile(r"\b[a-zåäö]{5,}\b")


def scaled(comments: int) -> Iterator[tuple[Report, bytes]]:
    """Reports holding ``comments`` comments together, rounded up to whole reports of 36: the first is the newest sample, unchanged.

    Ten report years an organisation, the newest first. The bytes beside the first are its file's; those of the others stand for one
    and are small.
    """
    originals = [(report, data) for report, data in Archive.of_samples().reports if report.organisation == samples.ORGANISATION]
    originals.sort(key=lambda pair: -pair[0].year)
    for number in range(-(-comments // ITEMS)):
        original, data = originals[number % len(originals)]
        if number == 0:
            yield original, data
            continue
        organisation = samples.ORGANISATION if number < len(YEARS) else f"Förvaltning {number // len(YEARS):03d}"
        yield _varied(original, organisation, YEARS[-1 - number % len(YEARS)], Random(number))


def texts(count: int) -> Iterator[str]:
    """``count`` passages, no two alike: one to four sentences out of the sample reports' comments each, other words each time."""
    comments = [item.comment for report, _ in Archive.of_samples().reports for item in report.items]
    sentences = sorted({sentence.text for comment in comments for sentence in split(comment)})
    dice = Random(0)
    seen: set[str] = set()
    while len(seen) < count:
        text = _other_words(" ".join(dice.choices(sentences, k=dice.randint(1, 4))), dice)
        if text not in seen:
            seen.add(text)
            yield text


def library_of(
    comments: int, folder: Path, *, embedder: Embedder | None = None, progress: Callable[[int, int], None] | None = None
) -> Path:
    """The folder of a library of ``scaled(comments)``, made below ``folder`` where it is not there yet.

    ``progress`` is called with (reports added, reports in all).
    """
    path = folder / f"{comments}"
    done = folder / f"{comments}.ready"
    if done.exists():
        return path
    total = -(-comments // ITEMS)
    with Library.open(path, create=True, embedder=embedder) as library:
        library.settings["organisation"] = samples.ORGANISATION
        library.settings["current_year"] = samples.CURRENT_YEAR
        for number, (report, data) in enumerate(scaled(comments), start=1):
            library.add(report, data)
            if progress is not None:
                progress(number, total)
        library.search("trygghet")  # makes the derived files
    done.touch()
    return path


def _varied(original: Report, organisation: str, year: int, dice: Random) -> tuple[Report, bytes]:
    """The report with other words in its comments, as another organisation's of another year; its text is laid anew."""
    data = f"{organisation} {year} {original.sha256}".encode()
    checksum = sha256(data).hexdigest()
    report_id = f"{slug(organisation)}-{year}-{checksum[:10]}"
    text: list[str] = []
    length = 0
    fields: list[FieldSpan] = []
    starts: dict[int, tuple[int, str]] = {}
    for span in original.fields:
        words = original.text[span.start : span.end]
        if span.name == "comment" and span.item is not None:
            words = _other_words(words, dice)
            starts[span.item] = (length, words)
        fields.append(replace(span, start=length, end=length + len(words)))
        text += (words, "\n")
        length += len(words) + 1
    items = tuple(
        _moved(item, report_id, organisation, year, *starts.get(place, (0, ""))) for place, item in enumerate(original.items)
    )
    whole = "".join(text)
    report = replace(
        original,
        id=report_id,
        organisation=organisation,
        year=year,
        sha256=checksum,
        text=whole,
        items=items,
        sections=(),
        fields=tuple(fields),
        pieces=(Piece(0, length, Place(0, length, 1)),),
        diagnostics=(),
    )
    return report, data


def _moved(item: Item, report_id: str, organisation: str, year: int, start: int, comment: str) -> Item:
    return replace(item, report_id=report_id, organisation=organisation, year=year, comment=comment, comment_start=start)


def _other_words(text: str, dice: Random) -> str:
    words, weights = _vocabulary()
    return _WORD.sub(lambda word: dice.choices(words, cum_weights=weights)[0] if dice.random() < CHANGED else word[0], text)


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """The words of the lexicon with their summed frequencies."""
    frequencies = [(word, 2.0**power) for word, power in Lexicon.load().frequency.items() if len(word) >= 5]
    return [word for word, _ in frequencies], list(accumulate(weight for _, weight in frequencies))
