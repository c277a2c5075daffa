"""Paragraphs without cells to segments: the form's grammar where only the order of the lines shows it.

An item is a question, a statement with its code, perhaps an expected result, an answer by itself, a comment; where items begin is
found by ``corpus.anchors``. Knows nothing of files and nothing of tables (``corpus.rows``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus import headings
from corpus.anchors import Anchor, Stream, find_anchors, find_uncoded
from corpus.headings import Surroundings
from corpus.marks import AnswerMark, CodeMark, expected_label, first_answer
from corpus.paragraphs import Paragraph
from corpus.segments import Loose, RawItem, Segment, heading_of


def read(paragraphs: Sequence[Paragraph], around: Surroundings, *, last: tuple[int, ...], first: bool) -> list[Segment]:
    """``paragraphs`` as headings, items and loose text, in order; every paragraph is in exactly one of them.

    ``last`` are the numbers of the heading before, ``first`` says that nothing stands before these paragraphs.
    """
    stream = Stream(paragraphs, around.blocks)
    anchors = find_anchors(stream)
    uncoded = find_uncoded(stream, anchors)
    where = _where(len(paragraphs), anchors, uncoded)
    starts = frozenset(a.question for a in anchors)
    found = headings.find(paragraphs, around, starts=starts, inside=where.__getitem__, last=last)
    openings: dict[int, Anchor | headings.Found | None] = {a.question: a for a in anchors}
    openings.update({f.index: f for f in found})
    openings.update(dict.fromkeys(uncoded))
    cuts = sorted(openings)
    segments: list[Segment] = []
    if not cuts or cuts[0] > 0:
        rest = list(paragraphs[: cuts[0]] if cuts else paragraphs)
        if rest:
            segments.append(Loose("front" if first else "text", rest))
    for start, end in pairwise([*cuts, len(paragraphs)]):
        opening = openings[start]
        if isinstance(opening, Anchor):
            segments.append(_item(stream, opening, end))
        elif opening is None:
            segments.append(Loose("uncoded", list(paragraphs[start:end])))
        else:
            segments.append(heading_of(paragraphs[start], opening.mark, opening.level))
            if start + 1 < end:
                segments.append(Loose("text", list(paragraphs[start + 1 : end])))
    return segments


def _where(count: int, anchors: Sequence[Anchor], uncoded: Sequence[int]) -> list[str]:
    """For each paragraph "item" (question to answer), "comment" (after it) or "" (before any item)."""
    where = [""] * count
    state = ""
    ends = {a.question: (a.answer if a.answer is not None else a.statement) for a in anchors}
    ends.update({i: i + 1 for i in uncoded})
    until = -1
    for i in range(count):
        if i in ends:
            until, state = ends[i], "comment"
        where[i] = "item" if i <= until else state
    return where


def _item(stream: Stream, anchor: Anchor, end: int) -> RawItem:
    paragraphs, mark = stream.paragraphs, anchor.mark
    item = RawItem(mark.kind, mark.code, mark.written)
    item.question = [p.cut(0) for p in paragraphs[anchor.question : anchor.statement]]
    stop = anchor.answer if anchor.answer is not None and anchor.answer < end else None
    i = anchor.statement
    upto = stop if stop is not None else end
    while i < upto:
        if stop is None and i > anchor.statement:
            text = paragraphs[i].text
            if first_answer(text) is not None or (stream.apart(i) and not expected_label(text)):
                break
        add_form_paragraph(item, paragraphs[i], mark if i == anchor.statement else None)
        i += 1
    answer = stream.answers[stop] if stop is not None else None
    add_answer(item, paragraphs[i:end], answer)
    return item


def add_form_paragraph(item: RawItem, paragraph: Paragraph, mark: CodeMark | None) -> None:
    """Adds a paragraph of the left side: the statement's first one (with its mark), its others, or the expected result."""
    if mark is not None:
        if mark.body:
            item.label, item.code_part = paragraph.cut(0, mark.code_start), paragraph.cut(mark.code_start, mark.body)
        rest = paragraph.cut(mark.body)
        if rest:
            item.statement.append(rest)
        return
    label = expected_label(paragraph.text)
    if label and not item.expected_label:
        item.expected_label = paragraph.cut(0, label)
        rest = paragraph.cut(label)
        if rest:
            item.expected.append(rest)
    elif item.expected_label:
        item.expected.append(paragraph.cut(0))
    else:
        item.statement.append(paragraph.cut(0))


def add_answer(item: RawItem, paragraphs: Sequence[Paragraph], whole: AnswerMark | None) -> None:
    """Adds the answer (``whole``: the first paragraph is it; else it may begin the first one) and the comment."""
    rest = list(paragraphs)
    if whole is not None and rest:
        item.answer_part, item.answer = rest.pop(0).cut(0), whole.value
    elif rest:
        mark = first_answer(rest[0].text)
        if mark is not None:
            opening = rest.pop(0)
            item.answer_part, item.answer = opening.cut(0, mark.end), mark.value
            after = opening.cut(mark.end)
            if after:
                item.comment.append(after)
    item.comment += [p.cut(0) for p in rest]
