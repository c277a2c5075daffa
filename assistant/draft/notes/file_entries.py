"""A notes file as entries in reading order: lines, and table rows with what their columns are for.

Word, Excel, CSV, text and PDF alike. Column names are told by what officers call them; nothing is known of codes or items.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from corpus.column_roles import role_of
from corpus.document import Document, Line
from corpus.errors import CorpusError, UnreadableFile

Use = Literal["code", "plan", "kind", "answer", "item", "note", "other", ""]
"""What a column is for: "item" is the item's own text, "other" a column that nobody knows, "" a column of a table without names."""

HEADER_DEPTH: Final = 30
_WHEN = r"(?: (?:för |under |i |från )?(?:året|år|20\d\d))?"
_NOTE: Final = re.compile(
    rf"(?:(?:mina|våra|årets|nya|egna) )?(?:anteckning(?:ar)?|notering(?:ar)?|minnesanteckning(?:ar)?|underlag|stödord|nytt|nyheter"
    rf"|händelser|input|notes?|(?:vad|det)(?: vi)?(?: här)?(?: har)? (?:hänt|gjorts?)|att ta med){_WHEN}[:*?]*",
    re.IGNORECASE,
)
_USES: Final[dict[str, Use]] = {
    "code": "code",
    "plan": "plan",
    "kind": "kind",
    "answer": "answer",
    "comment": "note",
    "answers": "note",
    **dict.fromkeys(("organisation", "year", "area", "question", "questions", "statement", "expected"), "item"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, under the column called ``name``."""

    use: Use
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of running text (one cell) or a table row. ``table`` names the table, "" outside of one; ``where`` is Swedish.

    ``heading``: a heading by its style. ``names``: a row of column names. ``sheet``: opens a sheet, whose name its cell holds; it is no
    text of the file. ``silent``: a running header or a line of the contents.
    """

    where: str
    cells: tuple[Cell, ...]
    table: str = ""
    heading: bool = False
    names: bool = False
    sheet: bool = False
    silent: bool = False

    @property
    def lines(self) -> list[str]:
        """All lines of the entry."""
        return [line for cell in self.cells for line in cell.lines]


@dataclass(frozen=True, slots=True)
class NotesText:
    """A notes file as read: ``entries`` in order, and ``left_out``: words that the reader left out, with its reason."""

    entries: tuple[Entry, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def read_entries(data: bytes, name: str) -> NotesText:
    """The entries of the file ``data`` called ``name``.

    Raises:
        corpus.errors.CorpusError: the file cannot be read, and why.
    """
    from corpus.reading import read_bytes

    if (
        data.strip()
        and Path(name).suffix.lower() in (".csv", ".tsv")
        and not data.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0"))
    ):
        from corpus.sheet_rows import read_csv

        return NotesText(tuple(e for sheet in read_csv(data, name)[0] for e in _sheet(sheet.name, sheet.rows)))
    if Path(name).suffix.lower() != ".docx" and _is_workbook(data):
        return _workbook(data, name)
    document = read_bytes(data, name)
    left_out = tuple((d.text, d.message) for d in document.diagnostics if d.text.strip() and d.code != "ticked_box")
    return NotesText(tuple(_document(document)), left_out)


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _workbook(data: bytes, name: str) -> NotesText:
    from corpus.office_archive import check
    from corpus.sheet_file import MAIN_PART
    from corpus.sheet_rows import read_excel

    check(data, name, "Excel", MAIN_PART)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets, _ = read_excel(data, name)
    except CorpusError:
        raise
    except Exception as error:  # whatever a damaged file makes the library raise means the same to a person
        raise UnreadableFile(
            f"Filen {name} är skadad och går inte att läsa som Excelfil. Öppna den i Excel och spara den på nytt."
        ) from error
    shown = [sheet for sheet in sheets if sheet.visible]
    if not any(sheet.rows for sheet in shown):
        raise UnreadableFile(f"Filen {name} har inga celler med text. Kontrollera att det är rätt fil.")
    hidden = [(cell, f"Bladet {s.name} är dolt.") for s in sheets if not s.visible for _, row in s.rows for cell in row if cell]
    return NotesText(tuple(e for sheet in shown for e in _sheet(sheet.name, sheet.rows)), tuple(hidden))


def _sheet(sheet: str, rows: Sequence[tuple[int, tuple[str, ...]]]) -> Iterator[Entry]:
    yield Entry("", (Cell("", "", (sheet,)),), sheet=True)
    header = next((at for at, (_, cells) in enumerate(rows[:HEADER_DEPTH]) if _is_header(cells)), None)
    names = rows[header][1] if header is not None else ()
    uses = _uses(names, [cells for _, cells in rows[header + 1 :]]) if header is not None else ()
    for at, (number, cells) in enumerate(rows):
        below = header is not None and at > header
        found = tuple(
            Cell(uses[i] if below and i < len(uses) else "", names[i] if below and i < len(names) else "", tuple(_filled(cell)))
            for i, cell in enumerate(cells)
            if cell
        )
        where = f"rad {number + 1}" if not sheet else f"bladet {sheet}, rad {number + 1}"
        yield Entry(where, found, table=f"blad {sheet}", names=header is not None and (at == header or _is_header(cells)))


def _document(document: Document) -> Iterator[Entry]:
    """Free lines one by one, the lines of a table row together."""
    numbered = list(enumerate(_whole_lines(document.lines), 1))
    header: dict[int, str] = {}
    uses: dict[int, Use] = {}
    table, in_place = -1, True
    for key, group in groupby(numbered, key=lambda one: one[1].place.cell[:2] if one[1].place.cell else (-1, one[0])):
        lines = list(group)
        if key[0] == -1:
            number, line = lines[0]
            where = f"rad {number}" if document.format == "txt" else f"stycke {number}"
            yield Entry(where, (Cell("", "", (line.text,)),), heading=line.heading is not None, silent=line.furniture)
            continue
        columns: dict[tuple[int, bool], list[str]] = {}
        for _, line in lines:
            assert line.place.cell is not None
            columns.setdefault((line.place.cell[2], line.furniture), []).append(line.text)
        if key[0] != table:
            table, header, uses = key[0], {}, {}
        texts = [" ".join(words) for words in columns.values()]
        is_names = not header and (_is_header(texts) or all(line.furniture for _, line in lines))
        if is_names:
            header = {column: " ".join(words) for (column, _), words in columns.items()}
            told = _uses(list(header.values()), [])
            uses = dict(zip(header, told, strict=True))
            in_place = not any(line.furniture for _, line in lines)
        cells = tuple(
            Cell("" if is_names else _use(uses, column, furniture or in_place), header.get(column, ""), tuple(words))
            for (column, furniture), words in columns.items()
        )
        yield Entry(f"tabell {key[0] + 1}, rad {key[1] + 1}", cells, table=f"tabell {key[0]}", names=is_names)


def _use(uses: dict[int, Use], column: int, in_place: bool) -> Use:
    """A column's use. Where the reader knew a form's columns and has put them in order, only those that it does not know are ``in_place``."""
    use = uses.get(column, "")
    return use if in_place or set(uses) <= {0, 1} else ""


def _whole_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines with what goes on on the next one (``wraps``) put together; a text file's line ends are all taken as they are."""
    from dataclasses import replace

    waiting: Line | None = None
    for line in lines:
        if waiting is not None and waiting.place.cell == line.place.cell:
            line = replace(waiting, text=f"{waiting.text.rstrip()} {line.text}", wraps=line.wraps)
        elif waiting is not None:
            yield waiting
        waiting = line if line.wraps else None
        if waiting is None:
            yield line
    if waiting is not None:
        yield waiting


def _is_header(names: Sequence[str]) -> bool:
    """Whether a row names columns: one that holds codes, or the item and something else that is known."""
    told = [_use_of(name) for name in names if name.strip()]
    if len(told) < 2 or any(name.strip()[:1].isdigit() for name in names):
        return False
    return "code" in told or ("item" in told and any(use in ("note", "answer", "kind", "plan") for use in told))


def _use_of(name: str) -> Use:
    if _NOTE.fullmatch(" ".join(name.split())):
        return "note"
    if name.strip(" :").casefold() in ("punkt", "punkter", "punkten"):
        return "code"
    return _USES.get(role_of(name) or "", "other")


def _uses(names: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Use, ...]:
    """The columns' uses. Beside a column of notes one of comments is the item's own; without either the fullest column that nobody knows
    holds the notes."""
    found = [_use_of(name) for name in names]
    named = [bool(_NOTE.fullmatch(" ".join(name.split()))) for name in names]
    if any(named):
        found = ["item" if use == "note" and not own else use for use, own in zip(found, named, strict=True)]
    if "note" not in found:
        unknown = [i for i, use in enumerate(found) if use == "other"]
        if not unknown and "code" in found:
            unknown = [i for i, name in enumerate(names) if role_of(name) == "statement"]
        if unknown:
            found[max(unknown, key=lambda i: (sum(len(row[i]) for row in rows if i < len(row)), -i))] = "note"
    return tuple(found)


def _filled(cell: str) -> list[str]:
    return [line for line in cell.split("\n") if line.strip()]
