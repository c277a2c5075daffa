"""The cells of a spreadsheet as text: an Excel file's sheets and a text file with separators alike.

Knows the two formats and what Excel makes of codes and answers (5:2 becomes a time of day). Nothing of what the columns mean.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from corpus.column_roles import roles_of
from corpus.decoding import decode
from corpus.errors import TooLarge, UnreadableFile
from corpus.model import Diagnostic

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 100
MOST_LETTERS: Final = 50_000_000
_DELIMITERS: Final = (";", "\t", ",", "|")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and its rows that are not empty: (row number from 0, texts of its cells).

    A CSV file has one without a name.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    visible: bool = True


def read_excel(data: bytes, name: str) -> tuple[list[Sheet], dict[str, str]]:
    """The sheets of an Excel file, and the file's own metadata. Raises TooLarge; what openpyxl raises goes through."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = []
        for sheet in book.worksheets:
            if not hasattr(sheet, "reset_dimensions"):
                # A sheet that is only a chart.
                continue
            sheet.reset_dimensions()
            sheets.append(Sheet(str(sheet.title), tuple(_excel_rows(sheet, name)), sheet.sheet_state == "visible"))
        core = book.properties
        found = {key: str(getattr(core, other) or "").strip() for key, other in _CORE}
        found |= {
            key: moment.date().isoformat() for key in ("created", "modified") if isinstance(moment := getattr(core, key), datetime)
        }
        return sheets, {key: value for key, value in found.items() if value}
    finally:
        book.close()


_CORE: Final = (("title", "title"), ("author", "creator"), ("subject", "subject"), ("keywords", "keywords"))


def read_csv(data: bytes, name: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """The one sheet of a text file with separators; the separator is the one that makes a form's header row, else the steadiest
    one.

    Raises UnreadableFile where the text cannot be told, TooLarge above the limits.
    """
    decoded = decode(data, name)
    body, delimiter = decoded.text, None
    first, _, rest = body.partition("\n")
    if re.fullmatch(r"sep=.", first.strip(), re.IGNORECASE):
        # Excel's own way of naming the separator.
        body, delimiter = rest, first.strip()[-1]
    delimiter = delimiter or _delimiter(body)
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(body), delimiter=delimiter)):
            _check_size(number, len(cells), name)
            texts = tuple(_clean(cell) for cell in cells)
            if any(texts):
                rows.append((number, texts))
    except csv.Error as error:
        raise UnreadableFile(
            f"Filen {name} går inte att läsa som CSV: citattecken eller fält är felaktiga. Spara den på nytt, helst som Excelfil."
        ) from error
    # Places of these count in the file's text, which is not the document's.
    return [Sheet("", tuple(rows))], [replace(d, place=None, text="") for d in decoded.diagnostics]


def _delimiter(text: str) -> str:
    """The separator of ``text``, by its first rows."""
    head = text[:200_000]
    best, most = ";", -1.0
    for delimiter in _DELIMITERS:
        try:
            rows = [row for _, row in zip(range(60), csv.reader(io.StringIO(head), delimiter=delimiter), strict=False) if any(row)]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count) if widths else 1
        score = widths.count(usual) / len(widths) if usual > 1 else 0.0
        score += 10.0 * any(roles_of(row) is not None for row in rows[:30])
        if score > most:
            best, most = delimiter, score
    return best


def _excel_rows(sheet: Any, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    letters = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)):
        texts = tuple(_clean(as_text(value)) for value in cells)
        if not any(texts):
            if number > 20 * MOST_ROWS:
                raise _too_many_rows(name)
            continue
        _check_size(number, len(cells), name)
        letters += sum(map(len, texts))
        if letters > MOST_LETTERS:
            raise _too_many_rows(name)
        width = max(index for index, text in enumerate(texts) if text) + 1
        yield number, texts[:width]


def as_text(value: object) -> str:
    """A cell's value as a person sees it.

    A time is a code that Excel took for one (5:2 is 05:02 there), so it is written as a code.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value.hour}:{value.minute}"
    return str(value)


def _clean(text: str) -> str:
    """NFC, line ends as "\\n", no other control characters, no blanks at the ends."""
    text = unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").replace("\u00a0", " ")
    )
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()


def _check_size(rows: int, columns: int, name: str) -> None:
    if rows >= MOST_ROWS:
        raise _too_many_rows(name)
    if columns > MOST_COLUMNS:
        raise TooLarge(
            f"Filen {name} har {columns} kolumner på en rad; gränsen är {MOST_COLUMNS}. Spara bara uppföljningens kolumner."
        )


def _too_many_rows(name: str) -> TooLarge:
    return TooLarge(f"Filen {name} har fler än {MOST_ROWS} rader. Spara bara rapportens rader i en egen fil.")
