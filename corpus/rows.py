"""Table rows to segments: one row is one item, the question side left of the answer side.

The cells show what the order of lines must prove elsewhere (``corpus.anchors``). Knows nothing of pages and of how a reader found
rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.headings import NAMED_LEVEL
from corpus.items import add_answer, add_form_paragraph
from corpus.marks import CodeMark, asks, code_mark, expected_label, heading_mark, lone_code, whole_answer
from corpus.paragraphs import Paragraph
from corpus.segments import Loose, RawItem, Segment, heading_of


def answer_column(paragraphs: Sequence[Paragraph]) -> int:
    """The column in which most rows of these table paragraphs have an answer by itself; 1 where none has."""
    found: Counter[int] = Counter()
    for paragraph in paragraphs:
        if paragraph.column and whole_answer(paragraph.text):
            found[paragraph.column] += 1
    return min(found, key=lambda column: (-found[column], column)) if found else 1


class Rows:
    """Reads the rows of a document one after the other; what a row without a code means depends on those before it."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.item: RawItem | None = None
        self.stitched = 0
        self._pending: list[Paragraph] = []

    def leave(self) -> list[Segment]:
        """The segments read so far, at a table's end or where other text comes; nothing is open afterwards."""
        self._drop_pending()
        done, self.segments, self.item = self.segments, [], None
        return done

    def add(self, row: Sequence[Paragraph], column: int) -> None:
        """Takes one row's paragraphs; ``column`` is where its answers stand."""
        left = [p for p in row if (p.column or 0) < column]
        right = [p for p in row if (p.column or 0) >= column]
        place, mark = _statement(left, answered=bool(right))
        if mark is not None:
            self._item(left, right, place, mark)
        elif right and whole_answer(right[0].text) and left:
            self._drop_pending()
            self.item = None
            self.segments.append(Loose("uncoded", [*left, *right]))
        elif left and not right:
            self._left_only(left)
        elif self.item is not None:
            self._continue(self.item, left, right)
        else:
            self._loose([*left, *right])

    def _item(self, left: list[Paragraph], right: list[Paragraph], place: int, mark: CodeMark) -> None:
        if place:
            self._drop_pending()
        item = RawItem(mark.kind, mark.code, mark.written)
        item.question = [p.cut(0) for p in (*self._pending, *left[:place])]
        self._pending = []
        for i, paragraph in enumerate(left[place:]):
            add_form_paragraph(item, paragraph, mark if i == 0 else None)
        add_answer(item, right, whole_answer(right[0].text) if right else None)
        self.segments.append(item)
        self.item = item

    def _left_only(self, left: list[Paragraph]) -> None:
        mark = heading_mark(left[0].text) if len(left) == 1 else None
        if mark is not None and (mark.named or len(mark.numbers) > 1):
            self._drop_pending()
            self.item = None
            self.segments.append(heading_of(left[0], mark, len(mark.numbers) or NAMED_LEVEL))
        elif asks(left[-1].text):
            self._drop_pending()
            self._pending = left
        elif self.item is not None:
            self._continue(self.item, left, [])
        else:
            self._loose(left)

    def _continue(self, item: RawItem, left: Sequence[Paragraph], right: Sequence[Paragraph]) -> None:
        """A row without a code belongs to the item before it."""
        self.stitched += 1
        for paragraph in left:
            add_form_paragraph(item, paragraph, None)
        if not item.answer_part and not item.comment and right:
            add_answer(item, right, whole_answer(right[0].text))
        else:
            item.comment += [p.cut(0) for p in right]

    def _loose(self, paragraphs: list[Paragraph]) -> None:
        last = self.segments[-1] if self.segments else None
        if isinstance(last, Loose) and last.why == "text":
            last.paragraphs += paragraphs
        else:
            self.segments.append(Loose("text", paragraphs))

    def _drop_pending(self) -> None:
        """A question whose statement never came is text of its own."""
        if self._pending:
            self.item = None
            self._loose(self._pending)
            self._pending = []


def _statement(left: Sequence[Paragraph], *, answered: bool) -> tuple[int, CodeMark | None]:
    """The paragraph with the item's code: the first that is no question, else the first of all that begins with a code.

    In an ``answered`` row it may also be the code and nothing else, as in a table without the statements.
    """
    marks = [code_mark(p.text) if not expected_label(p.text) else None for p in left]
    for i, mark in enumerate(marks):
        if mark is not None and not asks(left[i].text):
            return i, mark
    for i, mark in enumerate(marks):
        if mark is not None and mark.form != "tail":
            return i, mark
    lone = ((i, lone_code(p.text)) for i, p in enumerate(left)) if answered else ()
    return next(((i, mark) for i, mark in lone if mark is not None), (0, None))
