"""Segments to a Report: the repaired text with every field's place in it and every run's place in the source.

Knows nothing of how segments were found. The text holds the fields in the order of the form, apart by an empty line; a label, a
code and the statement after them stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.marks import area_number
from corpus.model import Area, Diagnostic, FieldName, FieldSpan, Item, Piece, Plan, Section, Severity
from corpus.paragraphs import Paragraph
from corpus.segments import Heading, Loose, Part, RawItem, Segment

_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)?\d\d)")
_SENTENCE = re.compile(r"[.!?]\s*$")


@dataclass(slots=True)
class Assembled:
    """What a Report is made of besides its name."""

    text: str = ""
    plans: list[Plan] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    fields: list[FieldSpan] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _Writer:
    """Appends parts to a text and notes where they stand."""

    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.length = 0
        self.result = Assembled()

    def put(
        self, name: FieldName, parts: Sequence[Part], item: int | None = None, *, between: str = "\n\n", glue: str = "\n\n"
    ) -> str:
        """Writes ``parts`` as the field ``name`` and returns its text; ``glue`` stands before it, ``between`` between parts."""
        parts = [part for part in parts if part]
        if not parts:
            return ""
        if self.length:
            self._raw(glue)
        start, first = self.length, len(self.chunks)
        for i, part in enumerate(parts):
            if i:
                self._raw(between)
            for run in part:
                self._raw(run.glue if run is not part[0] else "")
                self.result.pieces.append(Piece(self.length, self.length + len(run.text), run.place))
                self._raw(run.text)
        self.result.fields.append(FieldSpan(name, start, self.length, item))
        return "".join(self.chunks[first:])

    def _raw(self, text: str) -> None:
        if text:
            self.chunks.append(text)
            self.length += len(text)


@dataclass(slots=True)
class _Outline:
    """The headings above the place that is being written."""

    stack: list[tuple[Heading, str]] = field(default_factory=list)
    plan: int = 0
    title: str = ""

    def enter(self, heading: Heading, title: str) -> None:
        while self.stack and self.stack[-1][0].level >= heading.level:
            self.stack.pop()
        numbers = heading.mark.numbers
        if numbers and any(above.mark.numbers and above.mark.numbers[0] != numbers[0] for above, _ in self.stack):
            self.stack.clear()  # "2.1 …" below plan 1: the heading of plan 2 was not found
        self.stack.append((heading, title))

    def path(self) -> tuple[str, ...]:
        return tuple(title for _, title in self.stack)

    def area(self, numbered: bool) -> tuple[str, str]:
        """Number and title of the innermost heading below the plan's; unnumbered ones only where the document has no numbers."""
        for heading, title in reversed(self.stack):
            if heading.level > 1 and (heading.mark.numbers or heading.mark.named or not numbered):
                number = ".".join(map(str, heading.mark.numbers)) or area_number(title)
                return number, title
        return "", ""


def assemble(segments: Sequence[Segment], *, report_id: str, organisation: str, year: int) -> Assembled:
    """The report's text, fields, pieces, plans, areas, items and sections; text that fits nowhere comes back as diagnostics."""
    writer, outline = _Writer(), _Outline()
    result = writer.result
    numbered = any(isinstance(s, Heading) and bool(s.mark.numbers) for s in segments)
    form = any(isinstance(s, RawItem) for s in segments)
    filled = _with_items_below(segments)
    counts: dict[str, int] = {}
    for i, segment in enumerate(segments):
        if isinstance(segment, Heading):
            _write_heading(writer, outline, segment, filled[i], numbered)
        elif isinstance(segment, RawItem):
            if not result.plans or result.plans[-1].number != _plan_number(outline, result.plans):
                _missing_plan(outline, result)
            item = _write_item(writer, outline, segment, numbered, (report_id, organisation, year))
            key = item.key.id
            counts[key] = counts.get(key, 0) + 1
            result.items.append(replace(item, ordinal=counts[key]))
        else:
            _write_loose(writer, outline, segment, form)
    result.text = "".join(writer.chunks)
    return result


def _with_items_below(segments: Sequence[Segment]) -> list[bool]:
    """For each segment that is a heading, whether items stand below it, before the next heading of its level or above."""
    filled = [False] * len(segments)
    seen = [False] * 12  # by level: an item has been met, going backwards, since the last heading of that level or above
    for i in range(len(segments) - 1, -1, -1):
        segment = segments[i]
        if isinstance(segment, RawItem):
            seen = [True] * 12
        elif isinstance(segment, Heading):
            level = min(segment.level, 11)
            filled[i] = seen[level]
            seen[level:] = [False] * (12 - level)
    return filled


def _write_heading(writer: _Writer, outline: _Outline, heading: Heading, has_items: bool, numbered: bool) -> None:
    plans = writer.result.plans
    top = heading.level == 1 and has_items and (bool(heading.mark.numbers) or not numbered)
    writer.put("label", [heading.number])
    name: FieldName = "plan" if top else "area" if has_items else "section"
    title = writer.put(name, [heading.title], glue=" " if heading.number else "\n\n")
    outline.enter(heading, title)
    if top:
        number = heading.mark.numbers[0] if heading.mark.numbers else (plans[-1].number + 1 if plans else 1)
        _open_plan(outline, plans, number, title)


def _open_plan(outline: _Outline, plans: list[Plan], number: int, title: str) -> None:
    found = _PERIOD.search(title)
    period = None
    if found:
        end = found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
        period = (int(found[1]), int(end))
    plans.append(Plan(number, title, period))
    outline.plan, outline.title = number, title


def _plan_number(outline: _Outline, plans: Sequence[Plan]) -> int:
    """The plan that the headings above say: the first number of the innermost numbered one."""
    for heading, _ in reversed(outline.stack):
        if heading.mark.numbers:
            return heading.mark.numbers[0]
    return plans[-1].number if plans else 1


def _missing_plan(outline: _Outline, result: Assembled) -> None:
    number = _plan_number(outline, result.plans)
    title = next((title for heading, title in outline.stack if heading.level == 1), "")
    _open_plan(outline, result.plans, number, title)
    if not title:
        message = f"Rubriken för plan {number} hittades inte; dess punkter har ingen plantitel."
        result.diagnostics.append(Diagnostic("no_plan", "warning", message))


def _write_item(writer: _Writer, outline: _Outline, raw: RawItem, numbered: bool, names: tuple[str, str, int]) -> Item:
    result = writer.result
    position = len(result.items)
    number, area = outline.area(numbered)
    if area and not any(a.number == number and a.title == area and a.plan == outline.plan for a in result.areas[-1:]):
        result.areas.append(Area(number, area, outline.plan))
    question = writer.put("question", raw.question, position, between=" ")
    writer.put("label", [raw.label], position)
    writer.put("code", [raw.code_part], position, glue=" " if raw.label else "\n\n")
    statement = writer.put("statement", raw.statement, position, glue=" " if raw.code_part else "\n\n")
    writer.put("expected_label", [raw.expected_label], position)
    expected = writer.put("expected_result", raw.expected, position, glue=" " if raw.expected_label else "\n\n")
    writer.put("answer", [raw.answer_part], position)
    comment = writer.put("comment", raw.comment, position)
    start = writer.length - len(comment)
    report_id, organisation, year = names
    return Item(
        report_id, organisation, year, outline.plan, outline.title, area, raw.kind, raw.code, raw.written, question, statement,
        expected, raw.answer, comment, raw.page, position=position, comment_start=start,
    )  # fmt: skip


def _write_loose(writer: _Writer, outline: _Outline, loose: Loose, form: bool) -> None:
    if loose.why == "front" and form:
        _write_front(writer, loose.paragraphs)
        return
    start = writer.length
    text = writer.put("section", [p.cut(0) for p in loose.paragraphs])
    writer.result.sections.append(Section(outline.path(), text, writer.length - len(text), loose.paragraphs[0].page))
    if loose.why == "uncoded":
        asked = loose.paragraphs[0].text[:60]
        message = f"En fråga med svar men utan kod (”{asked}”) blev ett avsnitt och ingen uppföljningspunkt."
        place = loose.paragraphs[0].runs[0].place
        writer.result.diagnostics.append(Diagnostic("no_code", "warning", message, place=place))
    elif form and start and outline.stack:
        message = f"Text under rubriken ”{outline.stack[-1][1][:60]}” hör inte till någon punkt och blev ett avsnitt."
        place = loose.paragraphs[0].runs[0].place
        writer.result.diagnostics.append(Diagnostic("section", "info", message, place=place))


def _write_front(writer: _Writer, paragraphs: Sequence[Paragraph]) -> None:
    """Before a form's first heading: sentences are a section, the words of a title page are listed."""
    for paragraph in paragraphs:
        if len(paragraph.text.split()) >= 8 and _SENTENCE.search(paragraph.text[-5:]):
            text = writer.put("section", [paragraph.cut(0)])
            writer.result.sections.append(Section((), text, writer.length - len(text), paragraph.page))
        else:
            writer.result.diagnostics += listed(paragraph, "title_page", "info", "Står på titelsidan, före den första planen.")


def listed(paragraph: Paragraph, code: str, severity: Severity, message: str) -> list[Diagnostic]:
    """``paragraph``'s words as diagnostics, one a run, so that each place holds exactly those words."""
    return [Diagnostic(code, severity, message, text=run.text, place=run.place) for run in paragraph.runs]
