"""Reads an Excel or CSV file with one row an item and gives it the form of a report: headings, then two sides an item.

Knows how the cells of an item make a question side and an answer side. Cells as text are ``sheet_rows``'s matter, what columns mean
``sheet_items``'s. A column nobody knows is told of with its words, never passed over in silence.
"""

from __future__ import annotations

import re
import warnings
from typing import Final

from corpus.column_roles import EXPECTED_LABEL, is_answer
from corpus.document import Document
from corpus.errors import CorpusError, UnreadableFile
from corpus.line_writer import LineWriter
from corpus.office_archive import check
from corpus.sheet_items import AREA_NUMBER, CODE, NUMBERED, SheetItem, SheetItems
from corpus.sheet_rows import read_csv, read_excel

MAIN_PART: Final = "xl/workbook.xml"
_COMBINED: Final = re.compile(r"(Ja|Nej|Delvis|Pågår)\s*[.,:–-]?\s+(?=[A-ZÅÄÖ0-9])", re.DOTALL)
_WITH_KIND: Final = re.compile(r"(?:strategi|insats|åtgärd)\s+\d", re.IGNORECASE)
_KIND: Final = re.compile(r"(?:strategi|insats|åtgärd)?\s*", re.IGNORECASE)
_ANSWERS: Final = {"j": "Ja", "ja": "Ja", "yes": "Ja", "n": "Nej", "nej": "Nej", "no": "Nej", "delvis": "Delvis", "pågår": "Pågår"}


def read(data: bytes, name: str) -> Document:
    """The document in the Excel (.xlsx) or CSV file ``data``; a file that begins like a zip archive is taken for Excel.

    ``cell`` of a line is (sheet, row of the file from 0, 0 for the question side or 1 for the answer side). Rows are put together
    by plan and area. Raises UnknownFormat, UnreadableFile (damaged, password-protected, several years or organisations in one
    file) or TooLarge.
    """
    is_csv = not data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    writer = LineWriter()
    properties: dict[str, str] = {}
    if is_csv:
        sheets, diagnostics = read_csv(data, name)
        writer.extend(diagnostics)
    else:
        check(data, name, "Excel", MAIN_PART)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                sheets, properties = read_excel(data, name)
        except CorpusError:
            raise
        except Exception as error:
            # Whatever a damaged file makes the library raise means the same to a person.
            raise UnreadableFile(
                f"Filen {name} är skadad och går inte att läsa som Excelfil. Öppna den i Excel och spara den på nytt."
            ) from error
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile(f"Filen {name} har inga celler med text. Kontrollera att det är rätt fil.")
    items = SheetItems()
    for index, sheet in enumerate(sheets):
        if sheet.visible:
            items.take(index, sheet, name)
        elif sheet.rows:
            words = " ".join(cell for _, cells in sheet.rows for cell in cells if cell)
            writer.report("hidden_sheet", "warning", f"Det dolda bladet {sheet.name} är inte med.", words)
    properties |= _write(writer, items, name)
    return writer.finish(name, "csv" if is_csv else "xlsx", data, properties)


def _write(writer: LineWriter, items: SheetItems, name: str) -> dict[str, str]:
    """Writes everything; gives the organisation and year that columns tell, where they tell one."""
    found = {}
    for role, values in items.said.items():
        if len(values) > 1:
            word = "år" if role == "year" else "organisationer"
            raise UnreadableFile(
                f"Filen {name} har rader för flera {word}: {', '.join(values[:6])}. Spara en fil för var och en och läs in dem var "
                "för sig."
            )
        if values:
            found[str(role)] = values[0]
            writer.add(values[0], furniture=True)
    for text in items.free:
        writer.add(text)
    for names in items.headers:
        writer.add(names, furniture=True)
    for title, words in items.unknown:
        writer.report("column_left_out", "warning", f"Kolumnen {title} känns inte igen och är inte med.", " ".join(words))
    plans = list(dict.fromkeys(plan for plan, _ in items.groups))
    numbers = plan_numbers(plans)
    for plan in plans:
        match = NUMBERED.fullmatch(plan)
        title = match[2] if match else f"{items.names.get('plan', 'Plan')} {plan}" if plan.isdecimal() else plan
        writer.add(f"{numbers[plan]} {' '.join(title.split())}", heading=1)
        count = 0
        for (owner, area), members in items.groups.items():
            if owner != plan:
                continue
            if area:
                count += 1
                writer.add(area_heading(area, numbers[plan], count, items.names.get("area", "Område")), heading=2)
            for item in members:
                _write_item(writer, item)
    return found


def _write_item(writer: LineWriter, item: SheetItem) -> None:
    cells = item.cells
    left = [cells[role] for role in ("questions", "question") if role in cells]
    left.append(statement_line(cells.get("kind", ""), cells.get("code", ""), cells.get("statement", "")))
    if expected := cells.get("expected", ""):
        labelled = expected.casefold().startswith(EXPECTED_LABEL.strip().casefold())
        left.append(expected if labelled else EXPECTED_LABEL + expected)
    right = [_answer(cells["answer"])] if "answer" in cells else []
    right += _split_answer(cells["answers"]) if "answers" in cells else []
    right += [cells["comment"]] if "comment" in cells else []
    for column, texts in enumerate((left, [*right, *item.more])):
        for text in texts:
            for line in text.split("\n"):
                writer.add(" ".join(line.split()), cell=(item.sheet, item.row, column))


def area_heading(text: str, plan: int, count: int, word: str) -> str:
    """The heading of an area of plan number ``plan``: with its own number where that is the plan's, else its ``count``.

    An area that is a bare number is named with ``word`` ("Målområde 3").
    """
    text = " ".join(text.split())
    match = AREA_NUMBER.fullmatch(text)
    if match and match[1].split(".")[0] == str(plan):
        return text
    title = match[2] if match else f"{word} {text}" if text.isdecimal() else text
    return f"{plan}.{count} {title}"


def statement_line(kind: str, code: str, statement: str) -> str:
    """The line "Strategi 5:2 …" out of kind word, code and statement; the statement as it stands where it names the code itself.

    A kind word that stands beside the code or in the statement counts before ``kind``.
    """
    match = CODE.fullmatch(code.strip())
    if match:
        kind, code = match[1] or kind, code.strip()[match.start(2) :].replace(",", ".")
        named = re.search(rf"(?<![\d:.]){match[2]}\s*[:.]\s*{match[3]}(?!\d|[:.]\d)", statement)
        if named and ((own := _KIND.fullmatch(statement[: named.start()])) or "insats" in statement.casefold()):
            return f"{kind} {statement}".strip() if own and not own[0] else statement
    elif _WITH_KIND.match(statement):
        return " ".join(part for part in (code.strip(), statement) if part)
    return " ".join(part for part in (kind.strip(), code.strip(), statement) if part)


def plan_numbers(plans: list[str]) -> dict[str, int]:
    """A number for each plan: its own where it has one that no other has, else the lowest one free."""
    numbers: dict[str, int] = {}
    for plan in plans:
        match = NUMBERED.fullmatch(plan)
        own = int(match[1]) if match else int(plan) if plan.isdecimal() and len(plan) < 3 else 0
        if own and own not in numbers.values():
            numbers[plan] = own
    for plan in plans:
        if plan not in numbers:
            numbers[plan] = next(n for n in range(1, len(plans) + 2) if n not in numbers.values())
    return numbers


def _answer(text: str) -> str:
    """An answer in the form's own words where it is one in others (J, JA, nej)."""
    return _ANSWERS.get(text.strip().rstrip(".").casefold(), text)


def _split_answer(text: str) -> list[str]:
    """Answer and comment of a cell that holds both."""
    first, _, rest = text.partition("\n")
    if is_answer(first):
        return [_answer(first), rest]
    match = _COMBINED.match(text)
    return [match[1], text[match.end() :]] if match else [_answer(text)]
