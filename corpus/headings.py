"""Which paragraphs are headings: the same words are a heading below a page's edge and a line of a list inside a comment.

Form alone (``corpus.marks``) proposes; place decides: what stands before and after, whether the number can follow the last one,
whether the form's header row comes next. Knows nothing of how items are read, only where they begin and end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.marks import MAX_HEADING, HeadingMark, heading_mark
from corpus.paragraphs import Paragraph

NAMED_LEVEL = 9
"""Level of "Målområde 3: …" without a number of its own: below whatever numbered heading it stands under."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole document shows: header rows of the form, empty lines between blocks, numbered headings, a form at all.

    ``numbered_areas``: headings like "1.1 Målområde 3: …", so that "Målområde 3" without a number in front is none.
    """

    header_rows: bool
    blocks: bool
    numbered: bool
    numbered_areas: bool
    form: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A heading found: its place in the list of paragraphs, its mark and level."""

    index: int
    mark: HeadingMark
    level: int


def find(
    paragraphs: Sequence[Paragraph],
    around: Surroundings,
    *,
    starts: frozenset[int],
    inside: Callable[[int], str],
    last: tuple[int, ...],
) -> list[Found]:
    """The headings among ``paragraphs``, in order.

    ``starts`` are the places where items begin; ``inside(i)`` is "item" in an item's question, statement or answer, "comment" after
    it, "" before the first item; ``last`` are the numbers of the last heading before these paragraphs, empty at the beginning.
    """
    found: list[Found] = []
    marks = [heading_mark(p.text) for p in paragraphs]
    after_item = -1
    for i, paragraph in enumerate(paragraphs):
        where = inside(i)
        if where == "item":
            after_item = i
            continue
        styled = _styled(paragraphs, i, marks[i], around)
        mark = marks[i] or (HeadingMark((), 0, False) if styled else None)
        if mark is None:
            if _title_line(paragraphs, i, around):
                found.append(Found(i, HeadingMark((), 0, False), 2))
            continue
        previous = bool(found) and found[-1].index == i - 1
        in_comment = where == "comment" and after_item > (found[-1].index if found else -1)
        place = _Place(paragraphs, marks, i, around, starts, last, previous)
        accepted = styled or (place.after_comment(mark) if in_comment else place.elsewhere(mark))
        if accepted:
            found.append(Found(i, mark, _level(paragraph, mark)))
            last = mark.numbers or last
    return found


def _level(paragraph: Paragraph, mark: HeadingMark) -> int:
    if mark.numbers:
        return len(mark.numbers)
    return NAMED_LEVEL if mark.named else (paragraph.heading or 2)


def _styled(paragraphs: Sequence[Paragraph], i: int, mark: HeadingMark | None, around: Surroundings) -> bool:
    """A heading by its style or size. Where others have numbers, one without counts above running text, not on a title page."""
    if paragraphs[i].heading is None or len(paragraphs[i].text) > MAX_HEADING:
        return False
    if mark is not None or not around.numbered:
        return True
    following = paragraphs[i + 1].text if i + 1 < len(paragraphs) else ""
    return len(following.split()) >= 8 and following.rstrip().endswith((".", "!", "?", ":"))


def _title_line(paragraphs: Sequence[Paragraph], i: int, around: Surroundings) -> bool:
    """In running text without numbers: a short line by itself that is no sentence, with text after it."""
    if around.form or around.numbered or i + 1 >= len(paragraphs) or i == 0:
        return False
    text, following = paragraphs[i].text, paragraphs[i + 1]
    alone = paragraphs[i].apart and following.apart
    short = len(text) <= 80 and len(text.split()) <= 8 and text[:1].isupper() and text[-1:].isalpha()
    return alone and short and len(following.text) > 80


@dataclass(frozen=True, slots=True)
class _Place:
    """One candidate at its place."""

    paragraphs: Sequence[Paragraph]
    marks: Sequence[HeadingMark | None]
    i: int
    around: Surroundings
    starts: frozenset[int]
    last: tuple[int, ...]
    previous: bool

    def alone(self) -> bool:
        """Something separates it from what stands before."""
        paragraph = self.paragraphs[self.i]
        return paragraph.apart or paragraph.page_start or self.i == 0 or self.previous or not self.around.blocks

    def follows(self, mark: HeadingMark) -> bool:
        """Whether its number can come after the last heading's: later in order, and not far away."""
        if not mark.numbers or not self.last:
            return True
        near = self.last[0] <= mark.numbers[0] <= self.last[0] + (9 if len(mark.numbers) == 1 else 1)
        return mark.numbers > self.last and near

    def deeper_next(self, mark: HeadingMark) -> bool:
        """The next paragraph is the heading below this one: "1 …" then "1.1 …"."""
        following = self.marks[self.i + 1] if self.i + 1 < len(self.marks) else None
        if following is None or not mark.numbers:
            return False
        return following.numbers[: len(mark.numbers)] == mark.numbers and len(following.numbers) > len(mark.numbers)

    def elsewhere(self, mark: HeadingMark) -> bool:
        """Before any item, or after another heading."""
        if not self.alone() or not self.follows(mark):
            return False
        if mark.dotted and len(mark.numbers) == 1:
            return self.paragraphs[self.i].under or self.deeper_next(mark) or self.opens_text(mark)
        return True

    def opens_text(self, mark: HeadingMark) -> bool:
        """Not one line of a numbered list: a longer paragraph, or an item, comes next."""
        if self.i + 1 >= len(self.paragraphs):
            return False
        following = self.paragraphs[self.i + 1]
        return (self.i + 1 in self.starts or len(following.text) > 80 or not self.around.form) and self.marks[self.i + 1] is None

    def after_comment(self, mark: HeadingMark) -> bool:
        """Where a comment could still go on: its number must fit and its surroundings must speak for it."""
        paragraph = self.paragraphs[self.i]
        if not self.follows(mark):
            return False
        if not self.alone():
            return self.deeper_next(mark) and self.paragraphs[self.i + 1].apart
        item_next = self.i + 1 in self.starts
        if paragraph.under or self.deeper_next(mark):
            return True
        if mark.named:
            return bool(mark.numbers) or (item_next and not self.around.numbered_areas)
        turned = paragraph.page_start or (self.i + 1 < len(self.paragraphs) and self.paragraphs[self.i + 1].page_start)
        if item_next and (turned or not self.around.header_rows) and not (mark.dotted and len(mark.numbers) == 1):
            return True
        return not mark.dotted and self._closing_section(mark)

    def _closing_section(self, mark: HeadingMark) -> bool:
        """ "4 Sammanfattning" by itself after the last item: the next plan's number, and no list that counts up to it."""
        short = len(self.paragraphs[self.i].text.split()) <= 12
        counted = self.marks[self.i - 1] if self.i else None
        if not short or not self.last or mark.numbers != (self.last[0] + 1,) or (counted is not None and len(counted.numbers) == 1):
            return False
        if any(other is not None and other.numbers == mark.numbers for other in self.marks[self.i + 1 :]):
            return False
        following = self.paragraphs[self.i + 1] if self.i + 1 < len(self.paragraphs) else None
        return following is not None and following.apart and self.marks[self.i + 1] is None
