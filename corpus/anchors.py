"""Where items begin in running lines: the statement with its code is the anchor, and its place must prove it.

A code counts where a question stands before it or an answer after it, so that "1.2 …" or "Ja" inside a comment stay there. Knows
paragraphs and marks; what an item is made of is read in ``corpus.items``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.marks import CodeMark, asks, bids, code_mark, expected_label, heading_mark, is_aside, whole_answer
from corpus.paragraphs import Paragraph

_WINDOW = 8
"""Paragraphs between a statement's first one and its answer, at the most."""
_GENERIC = ("Genomförs ", "Genomför ")
_LONG_QUESTION = 600


@dataclass(frozen=True, slots=True)
class Anchor:
    """An item's skeleton: where its question and statement begin, its code, and where its answer is (None without)."""

    question: int
    statement: int
    mark: CodeMark
    answer: int | None


class Stream:
    """One stretch of paragraphs and what each of them looks like."""

    def __init__(self, paragraphs: Sequence[Paragraph], blocks: bool) -> None:
        self.paragraphs = paragraphs
        self.codes = [code_mark(p.text) for p in paragraphs]
        self.asked = [asks(p.text) for p in paragraphs]
        self.answers = [whole_answer(p.text) for p in paragraphs]
        self.blocks = blocks
        self._headings = list(accumulate((heading_mark(p.text) is not None for p in paragraphs), initial=0))

    def heading_between(self, start: int, end: int) -> bool:
        """Whether something that looks like a heading stands in ``start``:``end``."""
        return self._headings[max(start, 0)] < self._headings[end]

    def apart(self, i: int) -> bool:
        return i == 0 or i >= len(self.paragraphs) or self.paragraphs[i].apart or self.paragraphs[i].page_start

    def answers_at(self, i: int) -> bool:
        """An answer word that stands as a block of its own, on one side at least."""
        return self.answers[i] is not None and (not self.blocks or self.apart(i) or self.apart(i + 1))

    def looks_like_heading(self, i: int) -> bool:
        mark = heading_mark(self.paragraphs[i].text)
        return mark is not None and (mark.named or len(mark.numbers) > 2 or self.paragraphs[i].under)

    def answer_after(self, statement: int) -> int | None:
        """The answer to the statement that begins at ``statement``: before any question, code or heading; one block may stray."""
        strays, expected = 0, False  # after "Förväntat resultat:" further blocks are its own
        for i in range(statement + 1, min(statement + 1 + _WINDOW, len(self.paragraphs))):
            if self.answers_at(i):
                return i
            if self.asked[i] or self.codes[i] is not None or self.looks_like_heading(i):
                return None
            if expected_label(self.paragraphs[i].text):
                expected = True
            elif self.apart(i) and not expected:
                strays += 1
                if strays > 1:
                    return None
        return None

    def expects_after(self, statement: int) -> bool:
        for i in range(statement + 1, min(statement + 4, len(self.paragraphs))):
            if expected_label(self.paragraphs[i].text):
                return True
            if self.asked[i] or self.answers[i] is not None:
                return False
        return False

    def question_before(self, statement: int) -> int | None:
        """Where the question right before ``statement`` begins; None where no question mark is there."""
        i = statement - 1
        if i >= 1 and is_aside(self.paragraphs[i].text) and not self.asked[i]:
            i -= 1
        if i < 0 or not self.asked[i]:
            return None
        while i >= 1 and self.asked[i - 1] and not self.apart(i):
            i -= 1
        return i

    def is_statement(self, i: int) -> bool:
        """Whether the code at ``i`` opens an item: how much its place must prove depends on how plain the code is."""
        mark = self.codes[i]
        if mark is None or self.asked[i]:
            return False
        question = self.question_before(i) is not None
        if question and mark.form == "kind":
            return True
        answer = self.answer_after(i) is not None
        apart = self.apart(i)
        heading_before = i == 0 or self.looks_like_heading(i - 1)
        if mark.form == "kind":
            if self.blocks and not apart:
                return False
            bid = i > 0 and bids(self.paragraphs[i - 1].text) and self.apart(i - 1)
            return answer or (apart and (heading_before or bid or self.expects_after(i)))
        if mark.form == "colon":
            return (question and (apart or answer)) or (apart and answer)
        if self.paragraphs[i].under or self.looks_like_heading(i):
            return False
        if mark.form == "dot":
            opens_heading = i + 1 < len(self.paragraphs) and heading_mark(self.paragraphs[i + 1].text) is not None
            return (question and (answer or (apart and not opens_heading))) or (apart and answer)
        if mark.form == "weak":
            return question and answer
        generic = self.paragraphs[i].text.startswith(_GENERIC)
        proven = answer or self.expects_after(i)
        return (question and (generic or proven)) or (generic and proven)


def find_anchors(stream: Stream) -> list[Anchor]:
    anchors: list[Anchor] = []
    free = 0
    for i in range(len(stream.paragraphs)):
        mark = stream.codes[i]
        if i < free or mark is None or not stream.is_statement(i):
            continue
        answer = stream.answer_after(i)
        question = stream.question_before(i)
        asked = question is not None and question >= free
        if anchors and not (asked and answer is not None):
            # Half an item: without its question or its answer it must at least come after the last one in the plan's own order, or
            # a comment that names a code of an earlier item would be one.
            before = anchors[-1]
            back = _order(mark) < _order(before.mark) or (answer is None and _order(mark) == _order(before.mark))
            if back and not stream.heading_between(before.statement, i):
                continue
        if question is None or question < free:
            question = _unasked(stream, i, free, bool(anchors))
        anchors.append(Anchor(question, i, mark, answer))
        free = (answer if answer is not None else i) + 1
    return anchors


def _order(mark: CodeMark) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", mark.code))


def _unasked(stream: Stream, statement: int, free: int, after_item: bool) -> int:
    """Where the question without a question mark begins; the statement itself where the text before it is a comment's.

    The block right after an answer is its comment unless it bids ("Beskriv …"); a later one, just before a code, is the question.
    """
    i = statement - 1
    if i < free or not stream.apart(statement):
        return statement
    text = stream.paragraphs[i].text
    if (
        stream.looks_like_heading(i)
        or heading_mark(text)
        or expected_label(text)
        or len(text) > _LONG_QUESTION
        or stream.answers[i] is not None
    ):
        return statement
    sentence = text.rstrip().endswith((".", "!"))
    if not stream.apart(i) or (sentence and not bids(text)):
        return statement
    if not after_item:
        return i
    return i if i > free or (bids(text) and not sentence) else statement


def find_uncoded(stream: Stream, anchors: Sequence[Anchor]) -> list[int]:
    """Where a question with an answer but without any code begins: words that must not run into the comment before."""
    taken = {a.answer for a in anchors}
    before: list[int] = []
    floor = 0
    borders = iter([*anchors, None])
    border = next(borders)
    for i in range(len(stream.paragraphs)):
        while border is not None and i > (border.answer if border.answer is not None else border.statement):
            floor = (border.answer if border.answer is not None else border.statement) + 1
            border = next(borders)
        alone = stream.answers[i] is not None and stream.apart(i) and stream.apart(i + 1)
        if not alone or i in taken or stream.answers[i] is None or not stream.paragraphs[i].text[:1].isalpha():
            continue
        for start in (i - 1, i - 2):
            if start >= floor and stream.asked[start] and stream.apart(start) and stream.apart(start + 1):
                if not before or before[-1] < start:
                    before.append(start)
                break
    return before
