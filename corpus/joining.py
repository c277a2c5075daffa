"""Lines to paragraphs: the content of a document put together over line ends and page breaks, with a word about each repair.

What a single line end becomes is decided in ``corpus.line_ends``. Knows nothing of items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Document, Line
from corpus.errors import TooLarge
from corpus.furniture import Reason
from corpus.line_ends import Joint, Layout, joint, look_at, opens_heading
from corpus.model import Diagnostic, Place
from corpus.paragraphs import Paragraph, Run, runs_of, text_of

MAX_RUNS = 500_000
"""Stretches of text in one document; a page of the form has about fifty."""
MAX_NAMED = 100
"""Repairs of one kind that are named one by one; the rest is counted."""
_HEADING_RUNS = 12


@dataclass(slots=True)
class Joined:
    """The paragraphs of a document in reading order, and what was repaired on the way."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    joined: int = 0
    guessed: int = 0
    stitched: int = 0


def join(document: Document, reasons: Sequence[Reason | None]) -> Joined:
    """The content lines of ``document`` (``reasons`` None) as paragraphs; furniture leaves no trace but in ``Paragraph.under``.

    Raises:
        TooLarge: more than ``MAX_RUNS`` stretches of text.
    """
    pairs = _reading_order(document.lines, reasons)
    spacing = _spacing(document, reasons)
    builder = _Builder(look_at(_content(pairs, spacing)))
    empties = 0
    cut = opens_page = False
    for line, reason in pairs:
        opens_page = opens_page or line.page_start
        if reason is not None:
            cut = True
            if reason == "header_row" and not opens_page:
                builder.mark_under()
        elif not any(True for _ in runs_of(line, "")):
            empties += 1
        else:
            builder.add(line, max(0, empties - spacing), cut or opens_page, opens_page)
            empties = 0
            cut = opens_page = False
    return builder.finish()


def _reading_order(lines: Sequence[Line], reasons: Sequence[Reason | None]) -> list[tuple[Line, Reason | None]]:
    """Lines as a person reads them: all of a table row together, cell by cell, also where a page break parts them."""
    pairs = list(zip(lines, reasons, strict=True))
    if all(line.place.cell is None for line in lines):
        return pairs
    opened: dict[tuple[int, int], int] = {}
    keys: list[tuple[int, int, int]] = []
    for i, (line, reason) in enumerate(pairs):
        cell = line.place.cell if reason is None else None
        keys.append((opened.setdefault(cell[:2], i), cell[2], i) if cell else (i, 0, i))
    return [pairs[i] for i in sorted(range(len(pairs)), key=keys.__getitem__)]


def _content(pairs: Sequence[tuple[Line, Reason | None]], spacing: int) -> list[str]:
    """The texts of the content lines; the empty line after each is left out where the text is double-spaced."""
    texts: list[str] = []
    filled = False
    for line, reason in pairs:
        if reason is None:
            empty = not line.text.strip()
            if not (empty and filled and spacing):
                texts.append(line.text)
            filled = not empty
    return texts


def _spacing(document: Document, reasons: Sequence[Reason | None]) -> int:
    """1 where every line is followed by an empty one and blocks by more (a double-spaced text), else 0."""
    gaps: list[int] = []
    empties = 0
    for line, reason in zip(document.lines, reasons, strict=True):
        if reason is None and line.place.cell is None:
            if line.text.strip():
                gaps.append(empties)
                empties = 0
            else:
                empties += 1
    wide = sum(1 for gap in gaps if gap >= 3)
    return 1 if len(gaps) >= 20 and 50 * gaps[1:].count(0) <= len(gaps) and 10 * wide >= len(gaps) else 0


class _Builder:
    """Collects runs into paragraphs."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.result = Joined()
        self.runs: list[Run] = []
        self.count = 0
        self.first: Line | None = None
        self.last: Line | None = None
        self.apart = True
        self.opens_page = False
        self.under = False

    def add(self, line: Line, empties: int, cut: bool, opens_page: bool) -> None:
        """Takes the next content line; see ``corpus.line_ends.joint`` for what is told about it."""
        how, guessed = Joint.PARAGRAPH, False
        if self.first is not None and self.last is not None:
            heading = not self.under and opens_heading(self.first.text) and len(self.runs) < _HEADING_RUNS
            how, guessed = joint(self.last, line, self.layout, empties=empties, cut=cut, heading=heading)
            if self.under and not line.text.lstrip()[:1].islower():
                how = Joint.PARAGRAPH  # below a header row something new begins, unless a sentence plainly goes on
        if how is Joint.PARAGRAPH:
            self._close()
            last = self.last
            parted = last is None or last.place.cell != line.place.cell or last.wraps is False
            self.first, self.apart, self.opens_page = line, bool(empties) or parted, opens_page
            self.runs = list(runs_of(line, ""))
            self.count += len(self.runs)
        else:
            self.under = False
            self._repair(how, guessed, line)
            more = list(runs_of(line, " " if how is Joint.BLANK else ""))
            self.runs += more
            self.count += len(more)
        self.last = line
        if self.count > MAX_RUNS:
            raise TooLarge(f"Dokumentet har fler än {MAX_RUNS} textstycken och är ingen rapport. Kontrollera att rätt fil valdes.")

    def _repair(self, how: Joint, guessed: bool, line: Line) -> None:
        result, last = self.result, self.runs[-1]
        result.joined += 1
        words = f"{last.text[-20:].split(' ')[-1]} | {line.text.lstrip()[:40].split(' ')[0]}"
        if how is Joint.DROP_HYPHEN:
            at = last.place.end - 1
            kept = Place(last.place.start, at, last.place.page, last.place.box, last.place.cell)
            self.runs[-1] = Run(last.text[:-1], kept, last.glue)
            place = Place(at, at + 1, last.place.page, last.place.box, last.place.cell)
            message = f"Avstavning borttagen: ”{words}” skrivs ihop, som på andra ställen i rapporten."
            result.diagnostics.append(Diagnostic("hyphen", "info", message, text=last.text[-1], place=place))
        elif guessed:
            result.guessed += 1
            if result.guessed <= MAX_NAMED:
                message = f"Radslut utan mellanslag lagat mitt i en mening: ”{words}”."
                result.diagnostics.append(Diagnostic("joined_line", "info", message, place=line.place))
        if line.place.page != last.place.page:
            result.stitched += 1
            if result.stitched <= MAX_NAMED:
                pages = f"sida {last.place.page} och {line.place.page}"
                message = f"En mening går över sidbrytningen mellan {pages} och sattes ihop: ”{words}”."
                result.diagnostics.append(Diagnostic("page_stitched", "info", message, place=line.place))

    def mark_under(self) -> None:
        """A header row of the form follows the paragraph that is open."""
        self.under = self.first is not None

    def _close(self) -> None:
        if self.first is None:
            return
        cell = self.first.place.cell
        self.result.paragraphs.append(
            Paragraph(
                text_of(self.runs),
                tuple(self.runs),
                apart=self.apart,
                page_start=self.opens_page,
                under=self.under,
                row=cell[:2] if cell else None,
                column=cell[2] if cell else None,
                heading=self.first.heading,
                bold=self.first.bold,
            )
        )
        self.under = False

    def finish(self) -> Joined:
        """Everything taken, as paragraphs."""
        self._close()
        result = self.result
        if result.joined:
            guessed = f"; {result.guessed} av dem saknade mellanslag vid radslutet" if result.guessed else ""
            message = f"{result.joined} radslut lagades till hela stycken{guessed}."
            result.diagnostics.append(Diagnostic("joined_lines", "info", message))
        return result
