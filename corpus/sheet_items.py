"""The rows of a spreadsheet as items by plan and area, whatever the order of its columns and whether it has one sheet or several.

Knows what columns mean by their names, and by what stands in them where a name leaves it open. Nothing of how items are written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.column_roles import Role, roles_of
from corpus.sheet_rows import Sheet

HEADER_DEPTH: Final = 30
"""The header row stands among this many first rows that are not empty."""
NUMBERED: Final = re.compile(r"(?:plan|program)?\s*(\d{1,2})[.:)]?\s+(?=\D)(.+)", re.IGNORECASE | re.DOTALL)
AREA_NUMBER: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(\S.*)", re.DOTALL)
CODE: Final = re.compile(r"(?:(strategi|insats|åtgärd)\s*)?(\d{1,2})\s*[:.,]\s*(\d{1,2})", re.IGNORECASE)
_KIND_COLUMN: Final = re.compile(r"(strategi|insats|åtgärd)(?:er)?(?:s?[ -]?(?:kod|nr\.?|nummer|id))?", re.IGNORECASE)
_AREA: Final = re.compile(r"(målområde|fokusområde|område|mål)\b", re.IGNORECASE)
_DEFAULT_NAME: Final = re.compile(r"(?:blad|sheet|tabell|ark)\s?\d*|", re.IGNORECASE)


@dataclass(slots=True)
class SheetItem:
    """One row of a sheet by meaning, with the texts of the rows below that only go on with it."""

    sheet: int
    row: int
    cells: dict[Role, str]
    more: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SheetItems:
    """What the sheets of one file hold.

    ``groups`` are the items by (plan, area) as the sheets name them, "" where they do not. ``free`` is text above and beside them,
    ``headers`` the column names used, ``said`` the organisations and years that columns tell, ``unknown`` the columns that nobody
    knows with their words. ``names`` are the columns' own names by meaning.
    """

    groups: dict[tuple[str, str], list[SheetItem]] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    said: dict[Role, list[str]] = field(default_factory=lambda: {"organisation": [], "year": []})
    unknown: list[tuple[str, list[str]]] = field(default_factory=list)
    names: dict[Role, str] = field(default_factory=dict)

    def take(self, index: int, sheet: Sheet, file_name: str) -> None:
        """Sorts the rows of one sheet, the ``index``-th, into items; without a header row all of it is free text.

        A sheet without a column for the plan is a plan of its own, named after the sheet, else its first words, else the file.
        """
        header = next((n for n, (_, cells) in enumerate(sheet.rows[:HEADER_DEPTH]) if roles_of(cells) is not None), None)
        before = sheet.rows if header is None else sheet.rows[:header]
        titles = [text for _, cells in before for cell in cells for text in cell.splitlines() if text.strip()]
        self.free += titles
        if header is None:
            return
        names, rows = sheet.rows[header][1], sheet.rows[header + 1 :]
        roles = _told_by_values(roles_of(names) or (), [cells for _, cells in rows])
        self.names |= {role: names[i].strip(" :") for i, role in enumerate(roles) if role is not None}
        self.headers.append(" | ".join(" ".join(names[i].split()) for i, role in enumerate(roles) if role is not None))
        plan = "" if "plan" in roles else sheet.name
        if "plan" not in roles and _DEFAULT_NAME.fullmatch(sheet.name):
            plan = titles[0] if titles else stem(file_name)
        self._take_rows(index, rows, roles, plan, _kind_of_columns(names, roles))
        for column in range(max((len(cells) for _, cells in rows), default=0)):
            if column >= len(roles) or roles[column] is None:
                words = [cells[column] for _, cells in rows if column < len(cells) and cells[column]]
                if words:
                    name = names[column] if column < len(names) else ""
                    self.unknown.append((name or f"nr {column + 1}", [name, *words] if name else words))

    def _take_rows(
        self, index: int, rows: Sequence[tuple[int, tuple[str, ...]]], roles: Sequence[Role | None], plan: str, kind: str
    ) -> None:
        area = ""
        last: SheetItem | None = None
        for row, cells in rows:
            filled = [cell for cell in cells if cell]
            by_role = {role: cells[i] for i, role in enumerate(roles) if role is not None and i < len(cells) and cells[i]}
            is_item = any(role in by_role for role in ("question", "questions", "code", "statement"))
            if roles_of(cells) is not None:
                self.headers.append(" | ".join(filled))
            elif len(filled) == 1 and by_role and _is_heading(filled[0]):
                plan, area = (filled[0], "") if NUMBERED.fullmatch(filled[0]) else (plan, filled[0])
            else:
                for role, values in self.said.items():
                    if by_role.get(role, "") not in ("", *values):
                        values.append(by_role[role])
                if by_role.get("plan", plan) != plan:
                    plan, area = by_role["plan"], ""
                area = by_role.get("area", area)
                if is_item:
                    if kind:
                        by_role["kind"] = kind
                    last = SheetItem(index, row, by_role)
                    self.groups.setdefault((plan, area), []).append(last)
                elif last is not None:
                    last.more += [by_role[r] for r in ("kind", "expected", "answer", "answers", "comment") if r in by_role]
                else:
                    self.free += by_role.values()


def _is_heading(text: str) -> bool:
    """Whether the only text of a row is a heading between the items: an area, or a plan with its number."""
    if text.endswith("?") or CODE.fullmatch(text):
        return False
    return bool(_AREA.match(text) or AREA_NUMBER.fullmatch(text) or NUMBERED.fullmatch(text))


def _kind_of_columns(names: Sequence[str], roles: Sequence[Role | None]) -> str:
    """The kind word that the column with the codes is named by ("Strategi", "Strategi nr"); "" where another column tells kinds.

    Statements beside a column of codes say nothing: their "Strategi" is often a word for all kinds.
    """
    if "kind" in roles:
        return ""
    holder: Role = "code" if "code" in roles else "statement"
    match = _KIND_COLUMN.fullmatch(names[roles.index(holder)].strip(" :*")) if holder in roles else None
    return match[1].capitalize() if match else ""


def _told_by_values(roles: Sequence[Role | None], rows: Sequence[Sequence[str]]) -> tuple[Role | None, ...]:
    """Mends what names leave open: a column "Strategi" that holds codes is the code."""
    found = list(roles)
    if "code" not in found and "statement" in found:
        index = found.index("statement")
        values = [row[index] for row in rows if index < len(row) and row[index]]
        if values and sum(bool(CODE.fullmatch(value.strip())) for value in values) > len(values) / 2:
            found[index] = "code"
    return tuple(found)


def stem(name: str) -> str:
    """A file's name without its ending, underscores as blanks."""
    return re.sub(r"\.\w{1,5}$", "", name).replace("_", " ").strip() or name
