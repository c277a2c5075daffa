"""Where the items of a report stand in the Word file that it was read from: the paragraphs of each answer and comment.

Reads the file as the corpus reads it and finds each line's paragraph again. What cannot be found for sure is an error. Changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.column_roles import Role, is_two_sided, roles_of, ticked
from corpus.document import Document
from corpus.docx_numbers import Numbers, W
from corpus.docx_table import TableRow, children, rows_of
from corpus.docx_text import TextReader, styles_of
from corpus.model import Item, Report

_BLOCKS: Final = (f"{W}p", f"{W}tbl")
RowKey = tuple[int, int]


class NoPlace(Exception):
    """Something of an item stands where it cannot be told from the rest; the message is Swedish and fits after "eftersom"."""


@dataclass(slots=True)
class Spot:
    """A line of the file's body: its paragraph element, its text as the reader gives it, its table row (None outside of tables), and the
    position of the item whose answer or comment it is."""

    element: Any
    text: str
    row: RowKey | None
    owner: int | None = None


@dataclass(slots=True)
class ItemPlace:
    """Where an item's answer and comment stand: paragraph elements in order, and how the file writes them.

    ``first_line`` is the number of the item's first line in the document, ``lines`` are those of answer and comment.
    ``answer_cell`` and ``comment_cell`` are the table cells they belong in (None outside of tables); ``last`` is the item's last paragraph
    before its answer. ``between`` is what stands between answer and comment on one line, None where each has its own. ``breaks``: the
    comment's paragraphs are line breaks in one. ``box``: the answer is a row of boxes to tick. ``listed`` are comment elements in a list.
    """

    item: Item
    first_line: int = -1
    lines: list[int] = field(default_factory=list)
    answer: list[Any] = field(default_factory=list)
    comment: list[Any] = field(default_factory=list)
    listed: list[Any] = field(default_factory=list)
    last: Any = None
    answer_cell: Any = None
    comment_cell: Any = None
    between: str | None = None
    together: bool = False
    breaks: bool = False
    box: bool = False


class Places:
    """The places of the items of ``report``, which was parsed from ``document``, in the open Word file ``file``."""

    def __init__(self, file: Any, document: Document, report: Report) -> None:
        self._rows: dict[RowKey, tuple[TableRow, Sequence[Role | None] | None]] = {}
        self._tables = 0
        self._text = _reader_of(file)
        self._spots = list(self._walk(file.element.body))
        self._document, self._report = document, report
        self._spot_of = self._aligned()

    def of_items(self) -> list[ItemPlace]:
        """One place an item, in the report's order.

        Raises:
            NoPlace: an answer or a comment shares its paragraph with something else, or was not found.
        """
        places = [self._item(position, item) for position, item in enumerate(self._report.items)]
        holder = {id(element): place for place in places for element in (*place.answer, *place.comment)}
        for spot in self._spots:
            place = holder.get(id(spot.element))
            if place is not None and spot.owner != place.item.position:
                raise NoPlace(f"svaret eller kommentaren till {place.item.code} delar stycke med annan text")
        return places

    def holds_text(self, element: Any) -> bool:
        """Whether a paragraph element holds any line of the document."""
        return any(spot.element is element for spot in self._spots)

    def _walk(self, container: Any) -> Iterator[Spot]:
        for block in children(container, *_BLOCKS):
            if block.tag == f"{W}p":
                for paragraph in self._text.paragraphs(block):
                    yield Spot(block, paragraph.text, None)
                continue
            number, roles = self._tables, None
            self._tables += 1
            for at, row in enumerate(rows_of(block)):
                if row.whole is not None:
                    yield from self._walk(row.whole)
                    continue
                found = [
                    Spot(element, text, (number, at))
                    for column in row.columns
                    for cell in column
                    for element, text in self._flat(cell)
                ]
                texts = [" ".join(text for cell in column for text in _texts(found, cell)) for column in row.columns]
                roles = roles_of(texts) or roles
                self._rows[number, at] = (row, roles)
                yield from found

    def _flat(self, container: Any) -> Iterator[tuple[Any, str]]:
        for block in children(container, *_BLOCKS):
            if block.tag == f"{W}p":
                for paragraph in self._text.paragraphs(block):
                    yield block, paragraph.text
                continue
            for row in rows_of(block):
                for element in [row.whole] if row.whole is not None else [e for column in row.columns for e in column]:
                    yield from self._flat(element)

    def _aligned(self) -> dict[int, Spot]:
        """The spot of each line of the document, by the line's number; a line that a reader made up has none."""
        of_row: dict[RowKey | None, list[Spot]] = {}
        for spot in self._spots:
            of_row.setdefault(spot.row, []).append(spot)
        found: dict[int, Spot] = {}
        for number, line in enumerate(self._document.lines):
            row = line.place.cell[:2] if line.place.cell else None
            waiting = of_row.get(row, [])
            at = next((i for i, spot in enumerate(waiting) if spot.text == line.text or ticked(spot.text) == line.text), None)
            if at is not None and (row is not None or not line.furniture):
                found[number] = waiting[at]
                del waiting[0 if row is None else at : at + 1]
        return found

    def _item(self, position: int, item: Item) -> ItemPlace:
        place = ItemPlace(item)
        spans = [span for span in self._report.fields if span.item == position]
        answers = [n for span in spans if span.name == "answer" for n in self._lines(span.start, span.end)]
        comments = self._lines(item.comment_start, item.comment_start + len(item.comment)) if item.comment else []
        before = [
            n for span in spans if span.name not in ("answer", "comment", "plan", "area") for n in self._lines(span.start, span.end)
        ]
        place.lines = sorted({*answers, *comments})
        place.first_line = min([*before, *place.lines], default=-1)
        self._told(place, answers, comments)
        shared = set(answers) & set(comments)
        if shared:
            place.together = True
            line = self._document.lines[min(shared)]
            place.between = self._between(position, line.text)
        elif any(a is c for a in place.answer for c in place.comment):
            place.together, place.between = True, "\n"
        lines = [n for n in before if n in self._spot_of]
        place.last = self._spot_of[max(lines)].element if lines else None
        self._cells(place, [*before, *answers, *comments])
        return place

    def _told(self, place: ItemPlace, answers: list[int], comments: list[int]) -> None:
        for numbers, elements in ((answers, place.answer), (comments, place.comment)):
            for number in numbers:
                spot = self._spot_of.get(number)
                if spot is None:
                    raise NoPlace(f"texten under {place.item.code} inte gick att hitta igen")
                spot.owner = place.item.position
                if all(spot.element is not element for element in elements):
                    elements.append(spot.element)
                elif elements is place.comment:
                    place.breaks = True
                place.box = place.box or ticked(spot.text) is not None
                if elements is place.comment and spot.text[:1] in "•–-▪◦" and _is_listed(spot.element):
                    place.listed.append(spot.element)

    def _between(self, position: int, line: str) -> str:
        """What stands between answer and comment on their line ("Nej, vi har inte"): the text after the answer and before the comment."""
        item = self._report.items[position]
        head = item.comment.split("\n\n")[0].strip()
        at = line.find(head[:20])
        answer = line[:at] if at > 0 else line
        return answer[len(item.answer or "") :].rstrip() if item.answer and answer.startswith(item.answer) else "."

    def _lines(self, start: int, end: int) -> list[int]:
        """The numbers of the document's lines in which a slice of the report's text stands."""
        numbers: dict[int, None] = {}
        for place in self._report.origin(start, end):
            for number, line in enumerate(self._document.lines):
                if line.place.start < place.end and place.start < line.place.end:
                    numbers[number] = None
        return sorted(numbers)

    def _cells(self, place: ItemPlace, numbers: list[int]) -> None:
        rows = {line.place.cell[:2] for n in numbers if (line := self._document.lines[n]).place.cell is not None}
        if not rows:
            return
        if len(rows) > 1:
            raise NoPlace(f"{place.item.code} går över flera rader i en tabell")
        row, roles = self._rows[rows.pop()]
        if roles is None or is_two_sided(roles) or len(roles) != len(row.columns):
            if len(row.columns) != 2 or not row.columns[1]:
                raise NoPlace(f"tabellen med {place.item.code} inte har två kolumner")
            place.answer_cell = place.comment_cell = row.columns[1][0]
            return
        columns: Mapping[str | None, list[Any]] = dict(zip(roles, row.columns, strict=True))
        both = columns.get("answers") or []
        for cell in (columns.get("answer") or both)[:1]:
            place.answer_cell = cell
        for cell in (columns.get("comment") or both)[:1]:
            place.comment_cell = cell
        if place.comment_cell is None or place.answer_cell is None:
            raise NoPlace(f"raden med {place.item.code} saknar en cell för svar eller kommentar")


def _reader_of(file: Any) -> TextReader:
    """The reader of the file's paragraphs, with its styles, lists and notes."""
    from docx.oxml import parse_xml

    roots: dict[str, Any] = {}
    for _, relation in sorted(file.part.rels.items(), key=lambda pair: pair[0]):
        kind = str(relation.reltype).rsplit("/", 1)[-1]
        if kind in ("styles", "numbering", "footnotes", "endnotes") and not relation.is_external:
            roots[kind] = parse_xml(relation.target_part.blob)
    notes = {
        (kind, str(note.get(f"{W}id"))): note
        for kind in ("footnote", "endnote")
        if f"{kind}s" in roots
        for note in roots[f"{kind}s"].findall(f"{W}{kind}")
        if note.get(f"{W}type") in (None, "normal")
    }
    return TextReader(styles_of(roots.get("styles")), Numbers.from_part(roots.get("numbering")), notes)


def _texts(spots: Sequence[Spot], cell: Any) -> list[str]:
    return [spot.text for spot in spots if any(parent is cell for parent in spot.element.iterancestors())]


def _is_listed(element: Any) -> bool:
    """Whether the paragraph's bullet is its list's and not a letter of its text."""
    text = "".join(t.text or "" for t in element.iter(f"{W}t")).lstrip()
    return text[:1] not in "•–-▪◦"
