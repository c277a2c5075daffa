"""Notes on many items out of one file: a section or a table row an item, told by its code.

Nothing is lost and nothing is guessed: each line is a note of an item, unplaced with the reason, or passed over as no note (a code, a
heading, the item's own text). Knows nothing of file formats, nor of the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.draft.notes.file_codes import Codes, Opening, Problem
from assistant.draft.notes.file_entries import Cell, Entry, read_entries
from corpus.marks import code_mark, whole_answer
from corpus.model import Item, ItemKey

_BULLET: Final = re.compile(r"^\s*[-*•]\s*")
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_NUMBERED: Final = re.compile(r"(\d{1,2})[.)]\s+(?=\S)")
_ASIDE: Final = re.compile(
    r"(?:övrigt|allmänt|gemensamt|att göra|todo|inledning|bakgrund|allmänna anteckningar)\s*:?", re.IGNORECASE
)
_SHORT: Final = 4
_BEFORE: Final = Problem("står före den första koden")


@dataclass(frozen=True, slots=True)
class UnplacedNote:
    """A line that no item got: the ``text``, ``where`` it stands ("rad 4", "bladet Blad1, rad 2") and the ``reason``, both Swedish."""

    text: str
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """The notes of a file by item, in its order, and what could not be placed. ``passed_over`` are the lines that are no notes: codes,
    headings, column names, and what the last report says itself."""

    notes: Mapping[ItemKey, tuple[str, ...]]
    unplaced: tuple[UnplacedNote, ...]
    passed_over: tuple[str, ...] = ()


def read_notes(data: bytes, name: str, items: Sequence[Item]) -> ImportedNotes:
    """The notes in the file ``data`` called ``name`` on ``items``, which are those of one report.

    A leading -, * or • is taken away, the numbers of a numbered list too, and blank lines fall out. An empty ``items`` leaves everything unplaced.

    Raises:
        corpus.errors.CorpusError: the file cannot be read, and why.
    """
    read = read_entries(data, name)
    placer = _Placer(items, read.entries, sheet=any(entry.sheet for entry in read.entries))
    for entry in read.entries:
        placer.take(entry)
    for key, lines in placer.notes.items():
        placer.notes[key] = _without_numbers(lines)
    left_out = [UnplacedNote(text, "", reason) for text, reason in read.left_out]
    return ImportedNotes(
        {key: tuple(lines) for key, lines in placer.notes.items()}, (*placer.unplaced, *left_out), tuple(placer.passed_over)
    )


class _Placer:
    """Walks the entries; ``_target`` is where lines go: items, or a problem."""

    def __init__(self, items: Sequence[Item], entries: Sequence[Entry], *, sheet: bool) -> None:
        self.notes: dict[ItemKey, list[str]] = {}
        self.unplaced: list[UnplacedNote] = []
        self.passed_over: list[str] = []
        self._codes = Codes(items)
        self._own = {item.key: _own_text(item) for item in items}
        self._sheet = sheet
        self._sure = any(_is_sure(self._codes, line) for entry in entries for line in entry.lines)
        self._plan: int | None = None
        self._target: list[Item] | Problem = _BEFORE
        self._bulleted = False
        self._table = ""

    def take(self, entry: Entry) -> None:
        """The next entry."""
        if entry.table != self._table and not entry.sheet:
            if self._table and not entry.table and not isinstance(self._target, Problem):
                self._target = Problem("står efter tabellen och inte på någon rad i den")
            self._table = entry.table
        if entry.sheet:
            self._plan, self._target = self._codes.plan(entry.lines[0], styled=True), _BEFORE
        elif entry.silent or entry.names:
            self.passed_over += entry.lines
        elif entry.table and (len(entry.cells) > 1 or any(cell.use in ("code", "note") for cell in entry.cells)):
            self._row(entry)
        else:
            for line in entry.lines:
                self._line(line, entry)

    def _line(self, line: str, entry: Entry) -> None:
        if not line.strip():
            return
        opening = None if self._codes.is_area(line) else self._codes.opening(line)
        if opening is not None and entry.heading and opening.dotted and not opening.named and not opening.alone and self._sure:
            opening = None  # "1.2 Uppföljning av …" in a file whose codes are written with a colon
        plan = None if opening or _BULLET.match(line) else self._codes.plan(line, styled=_styled(line, entry))
        if plan is not None:
            self._plan, self._target = plan, Problem(f"står under rubriken för plan {plan}, men före en kod")
            self.passed_over.append(line)
        elif opening is None and self._codes.is_area(line):
            self._target = Problem("står under ett områdes rubrik, men före en kod")
            self.passed_over.append(line)
        elif opening is None and (_styled(line, entry) or _ASIDE.fullmatch(line.strip())):
            self._target = Problem(f"står under rubriken ”{line.strip(' #:*')}”, som ingen kod har")
            self.passed_over.append(line)
        elif opening is None or not self._opens(opening, line, entry):
            self._put(line, entry.where)

    def _opens(self, opening: Opening, line: str, entry: Entry) -> bool:
        """Deals with a line that begins with a code; False where it is a note like any other."""
        known = all(self._codes.known(code) for code in opening.codes)
        inside = not isinstance(self._target, Problem)
        sure = opening.named or opening.alone
        if not sure and not known:
            if ":" in opening.written and re.fullmatch(r"\d\d ?: ?\d\d", opening.written):
                return False  # a time of day
            if opening.dotted and self._sure:
                problem = self._found(opening)
                assert isinstance(problem, Problem)
                self._set_aside(line, entry.where, f"{problem.reason}, och kan vara ett datum eller ett tal")
                return True
        if not sure and known and opening.dotted and self._sure:
            self._set_aside(
                line, entry.where, f"{opening.written} kan vara en kod eller ett datum; skriv ”{opening.codes[0]}” om det är koden"
            )
            return True
        if not sure and known and opening.bullet and not opening.separated and inside and not self._bulleted:
            self._set_aside(line, entry.where, f"{opening.written} kan öppna en ny punkt eller höra till den ovanför")
            return True
        self._target, self._bulleted = self._found(opening), opening.bullet
        self.passed_over.append(line[: len(line) - len(opening.rest)] if opening.rest else line)
        if opening.rest.strip():
            if entry.heading and not isinstance(self._target, Problem):
                self.passed_over.append(opening.rest)  # the title of the section
            else:
                self._put(opening.rest, entry.where)
        return True

    def _found(self, opening: Opening, plan: int | None = None) -> list[Item] | Problem:
        plan = opening.plan or plan or self._plan
        found = []
        for code in opening.codes:
            item = self._codes.find(code, kind=opening.kind, plan=plan, number=self._sheet and opening.dotted)
            if isinstance(item, Problem):
                return item
            found.append(item)
        return found

    # Rows of tables

    def _row(self, entry: Entry) -> None:
        plan_cell = " ".join(line for cell in entry.cells if cell.use == "plan" for line in cell.lines)
        plan = self._plan_of(plan_cell) if plan_cell else None
        kind_word = " ".join(line for cell in entry.cells if cell.use == "kind" for line in cell.lines)
        found = self._row_code(entry, kind_word)
        if found is None:
            if plan_cell and not isinstance(self._target, Problem) and plan not in {item.plan for item in self._target}:
                self._target = Problem("raden har ingen kod, och en annan plan än raden före")
            for cell in entry.cells:
                self._cell(cell, entry)
            return
        at, line, opening = found
        self._bulleted = False
        if plan_cell and plan is None:
            self._target = Problem(f"planen ”{plan_cell}” finns inte i rapporten")
        else:
            self._target = self._found(opening, plan)
        for cell in entry.cells:
            if cell is at:
                number = cell.lines.index(line)
                rest = (*cell.lines[:number], opening.rest, *cell.lines[number + 1 :])
                self.passed_over.append(line[: len(line) - len(opening.rest)] if opening.rest else line)
                self._cell(Cell("item" if cell.use == "code" else cell.use, cell.name, rest), entry)
            else:
                self._cell(cell, entry)

    def _row_code(self, entry: Entry, kind: str) -> tuple[Cell, str, Opening] | None:
        """The cell, line and opening of the row's code: in its column, else at the beginning or end of a line of the item's own text."""
        order = sorted(
            entry.cells, key=lambda cell: ("code", "item", "").index(cell.use) if cell.use in ("code", "item", "") else 9
        )
        for cell in order:
            if cell.use not in ("code", "item", ""):
                continue
            for line in cell.lines:
                written = re.sub(r"(?<=\d)\s*,\s*(?=\d)", ".", line) if cell.use == "code" else line
                opening = self._codes.opening(f"{kind} {written}".strip() if kind else written) or self._codes.opening(written)
                if opening is not None and (
                    cell.use == "code" or opening.named or opening.alone or self._codes.known(opening.codes[0])
                ):
                    return cell, line, opening
                mark = code_mark(line)
                if mark is not None and mark.form == "tail":
                    return cell, line, Opening((mark.code,), mark.written, mark.kind, True, None, False, False, "")
        return None

    def _plan_of(self, text: str) -> int | None:
        return int(text) if text.isdigit() and self._codes.has_plan(int(text)) else self._codes.plan(text, styled=True)

    def _cell(self, cell: Cell, entry: Entry) -> None:
        for line in cell.lines:
            if not line.strip():
                continue
            own = not isinstance(self._target, Problem) and all(self._is_own(line, item, entry) for item in self._target)
            if cell.use in ("plan", "kind") or own:
                self.passed_over.append(line)
            elif cell.use == "answer" and whole_answer(line.strip()) and not isinstance(self._target, Problem):
                self._put(f"Svar: {line.strip()}", entry.where)
            elif cell.use in ("item", "other") and any(c.use == "note" for c in entry.cells):
                self._set_aside(line, entry.where, f"kolumnen {cell.name or 'utan namn'} är ingen kolumn för anteckningar")
            else:
                self._put(line, entry.where)

    def _is_own(self, line: str, item: Item, entry: Entry) -> bool:
        """Whether the last report says the line itself; in a row of that report its answer and short lines too."""
        own = self._own[item.key]
        if _key(line) in own:
            return True
        if not any(_key(other) in own for other in entry.lines):
            return False
        mark = whole_answer(line.strip())
        if mark is not None and mark.value is not None:
            return mark.value == item.answer
        return _key(line) in {_key(paragraph) for paragraph in item.comment.split("\n\n")}

    # Where lines go

    def _put(self, line: str, where: str) -> None:
        text = _BOLD.sub(r"\1", _BULLET.sub("", line)).strip()
        if not text:
            return
        if isinstance(self._target, Problem):
            self.unplaced.append(UnplacedNote(text, where, self._target.reason))
            return
        if all(_key(text) in self._own[item.key] for item in self._target):
            self.passed_over.append(line)
            return
        for item in self._target:
            self.notes.setdefault(item.key, []).append(text)

    def _set_aside(self, line: str, where: str, reason: str) -> None:
        self.unplaced.append(UnplacedNote(line.strip(), where, reason))


def _without_numbers(lines: Sequence[str]) -> list[str]:
    """Lines without the numbers of a list that counts 1, 2, …; any other number is left, for it may be a date or an amount."""
    found = [_NUMBERED.match(line) for line in lines]
    bare: list[str] = []
    for at, (line, match) in enumerate(zip(lines, found, strict=True)):
        own = int(match[1]) if match else 0
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(lines) else None
        listed = (before is not None and int(before[1]) == own - 1) or (own == 1 and after is not None and int(after[1]) == 2)
        bare.append(line[match.end() :] if match and listed else line)
    return bare


def _is_sure(codes: Codes, line: str) -> bool:
    """Whether a line is surely a code: where a file has such ones, a bare number with a point is more likely a date."""
    opening = codes.opening(line)
    return opening is not None and (opening.named or (not opening.dotted and (opening.alone or codes.known(opening.codes[0]))))


def _styled(line: str, entry: Entry) -> bool:
    return entry.heading or bool(re.match(r"\s*#{1,6}\s", line))


def _own_text(item: Item) -> frozenset[str]:
    """What the report itself says of the item, as keys: a form that was filled in again has it all."""
    return frozenset(_key(line) for line in _own_lines(item))


def _own_lines(item: Item) -> Iterator[str]:
    yield item.question
    yield from (item.area, item.plan_title, item.expected_result, f"Förväntat resultat: {item.expected_result}")
    yield from item.statement.split("\n\n")
    yield item.statement
    yield from (paragraph for paragraph in item.comment.split("\n\n") if len(paragraph.split()) >= _SHORT)


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
