"""What may be asked for: a Filter over items, and the same as conditions on the columns of the library's database.

Knows nothing of ranking. Filters are applied before anything is ranked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from corpus.model import plan_name as _plan_name
from corpus.model import slug


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items are meant: each field narrows, None leaves it open, a collection means any of its values.

    ``organisation``, ``plan_name`` and ``area`` are compared as ``corpus.model.slug`` (case, spaces and marks do not matter; a
    plan's period does not either); ``plan`` is the number of the plan's heading in its report; ``answer`` "" means items without
    an answer;
    ``key`` is ``ItemKey.id``, the item over the years. An empty collection finds nothing.
    """

    year: int | Collection[int] | None = None
    organisation: str | Collection[str] | None = None
    plan: int | Collection[int] | None = None
    plan_name: str | Collection[str] | None = None
    area: str | Collection[str] | None = None
    answer: str | Collection[str] | None = None
    code: str | Collection[str] | None = None
    kind: str | Collection[str] | None = None
    key: str | Collection[str] | None = None
    report_id: str | Collection[str] | None = None

    def __bool__(self) -> bool:
        """Whether it narrows anything."""
        return any(getattr(self, field.name) is not None for field in fields(self))

    def where(self) -> tuple[str, list[int | str]]:
        """The filter as an SQL condition over the columns of ``items`` and ``reports``, and its parameters. "1" where open."""
        conditions: list[str] = []
        parameters: list[int | str] = []
        for name, column in _COLUMNS.items():
            values = _values(getattr(self, name))
            if values is None:
                continue
            values = [_slugged(name, value) for value in values]
            if len(values) == 1:
                conditions.append(f"{column} = ?")
            else:
                conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
            parameters.extend(values)
        return " AND ".join(conditions) or "1", parameters


EVERYTHING = Filter()
"""The filter that narrows nothing."""

_COLUMNS = {
    "year": "reports.year",
    "organisation": "reports.organisation_slug",
    "plan": "items.plan",
    "plan_name": "items.plan_slug",
    "area": "items.area_slug",
    "answer": "coalesce(items.answer, '')",
    "code": "items.code",
    "kind": "items.kind",
    "key": "items.key",
    "report_id": "reports.id",
}


def _values(value: object) -> list[int | str] | None:
    if value is None:
        return None
    if isinstance(value, int | str):
        return [value]
    assert isinstance(value, Collection)
    return sorted(value)


def _slugged(name: str, value: int | str) -> int | str:
    if name == "plan_name":
        return slug(_plan_name(str(value)))
    return slug(str(value)) if name in ("organisation", "area") else value
