"""What of a report is searched: its passages, as slices of the report's text.

An item gives its headings, question, statement, expected result and its comment in chunks of whole sentences; a section gives
chunks. Knows nothing of the database or of vectors. A passage's text is never stored a second time: offsets and a hash are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from corpus.model import FieldName, FieldSpan, Item, Passage, Report
from corpus.sentences import split

CHUNK_WORDS = 100
"""A chunk takes sentences of one paragraph up to this many words; a longer sentence is a chunk of its own."""

FIELDS: tuple[FieldName, ...] = ("comment", "question", "statement", "expected_result", "area", "plan", "section")
"""The fields that are searched; a passage's field is stored as its place in here, so that names are only ever added at the end."""

Slice = tuple[FieldName, int, int]


def passages(report: Report) -> list[Passage]:
    """All passages of ``report``: items in their order, then sections. A blank field gives none; a report without text gives []."""
    spans: defaultdict[int | None, list[FieldSpan]] = defaultdict(list)
    for span in report.fields:
        spans[span.item].append(span)
    found: list[Passage] = []
    for position, item in enumerate(report.items):
        for name, start, end in _of_item(report.text, item, spans[position], spans[None]):
            found.append(Passage(report.id, position, name, start, end, report.text[start:end]))
    for section in report.sections:
        for start, end in chunks(section.text):
            low, high = section.start + start, section.start + end
            found.append(Passage(report.id, None, "section", low, high, report.text[low:high]))
    return found


def chunks(text: str) -> list[tuple[int, int]]:
    """``text`` as runs of whole sentences, each within one paragraph and of at most CHUNK_WORDS words where sentences allow it."""
    paragraphs = text.split("\n\n")
    if any(_may_be_long(paragraph) for paragraph in paragraphs):
        return _runs_of_sentences(text)
    found: list[tuple[int, int]] = []  # most texts: each paragraph is one chunk, whatever its sentences
    at = 0
    for paragraph in paragraphs:
        inner = paragraph.strip()
        if inner:
            start = at + paragraph.index(inner)
            found.append((start, start + len(inner)))
        at += len(paragraph) + 2
    return found


def _may_be_long(paragraph: str) -> bool:
    """Whether its sentences may have more than CHUNK_WORDS words together: a stop inside a word may make two words of it."""
    return len(paragraph.split()) + sum(map(paragraph.count, ".!?…")) > CHUNK_WORDS


def _runs_of_sentences(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    words = 0
    for sentence in split(text):
        size = len(sentence.text.split())
        if found and words + size <= CHUNK_WORDS and "\n\n" not in text[found[-1][1] : sentence.start]:
            found[-1] = (found[-1][0], sentence.end)
            words += size
        else:
            found.append((sentence.start, sentence.end))
            words = size
    return found


def text_hash(text: str) -> int:
    """64 bits of BLAKE2b as a signed number.

    Names a text in the embeddings and in FAISS (two of a million texts meet in 1 of 10^7).
    """
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _of_item(text: str, item: Item, own: Sequence[FieldSpan], shared: Sequence[FieldSpan]) -> Iterator[Slice]:
    before = item.comment_start or len(text)
    yield from _heading(text, "plan", item.plan_title, before, shared)
    yield from _heading(text, "area", item.area, before, shared)
    yield from _field(text, "question", item.question, own)
    yield from _field(text, "statement", item.statement, own)
    yield from _field(text, "expected_result", item.expected_result, own)
    for start, end in chunks(item.comment):
        yield "comment", item.comment_start + start, item.comment_start + end


def _field(text: str, name: FieldName, value: str, spans: Sequence[FieldSpan]) -> Iterator[Slice]:
    """The slices of one field: where the parser says, else where the value first stands in the text."""
    if not value.strip():
        return
    placed = [(span.start, span.end) for span in spans if span.name == name]
    if not placed and (at := text.find(value)) >= 0:
        placed = [(at, at + len(value))]
    for start, end in placed:
        inner = text[start:end].strip()
        if inner:
            start = text.index(inner, start)
            yield name, start, start + len(inner)


def _heading(text: str, name: FieldName, value: str, before: int, spans: Sequence[FieldSpan]) -> Iterator[Slice]:
    """Where the heading's own words (without its number) stand: in the nearest heading above, else anywhere above, else nowhere."""
    if not value.strip():
        return
    at = -1
    for span in spans:
        if span.name == name and span.start < before and (inside := text.find(value, span.start, span.end)) >= 0:
            at = inside
    if at < 0:
        at = text.rfind(value, 0, before)
    if at >= 0:
        yield name, at, at + len(value)
