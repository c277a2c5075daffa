"""The parts of a report before they are a Report: headings, items in pieces, and text that stands outside both.

Values only. A part is a tuple of runs, so that every word keeps its place in the source.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.marks import HeadingMark
from corpus.model import AnswerValue, Kind
from corpus.paragraphs import Paragraph, Run

Part = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: ``level`` 1 is a plan's; ``number`` the runs of its number, empty without one; ``title`` the rest."""

    mark: HeadingMark
    level: int
    number: Part
    title: Part
    page: int | None


@dataclass(slots=True)
class RawItem:
    """An item in pieces, in the order of the form."""

    kind: Kind
    code: str
    written: str
    question: list[Part] = field(default_factory=list)
    label: Part = ()
    code_part: Part = ()
    statement: list[Part] = field(default_factory=list)
    expected_label: Part = ()
    expected: list[Part] = field(default_factory=list)
    answer_part: Part = ()
    answer: AnswerValue | None = None
    comment: list[Part] = field(default_factory=list)

    @property
    def page(self) -> int | None:
        """The page its first word is on."""
        for part in (*self.question, self.label, self.code_part, *self.statement):
            if part:
                return part[0].place.page
        return None


@dataclass(slots=True)
class Loose:
    """Paragraphs outside items. ``why``: "text" below a heading, "front" before the first, "uncoded": an item without a code."""

    why: str
    paragraphs: list[Paragraph]


Segment = Heading | RawItem | Loose


def heading_of(paragraph: Paragraph, mark: HeadingMark, level: int) -> Heading:
    """``paragraph`` as a heading."""
    return Heading(mark, level, paragraph.cut(0, mark.title), paragraph.cut(mark.title), paragraph.page)
