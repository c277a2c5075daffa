"""Which version counts: of each plan that an organisation has handed in for a year, the report that was added last.

A report may be searched in part: where a later one has taken only some of its plans. Works inside the transaction that the caller
holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Report, plan_name, slug


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the report of that row is searched: its items of ``plans`` (slugs); its sections where it is ``current`` at all."""

    row: int
    current: bool
    plans: frozenset[str]


def standings(connection: sqlite3.Connection, organisation: str, year: int) -> Iterator[Standing]:
    """What should be searched of each report of an organisation (any spelling of its slug) and year, newest first.

    A report without any plan stands beside the others, unless one added later has the same title or file name.
    """
    taken: set[str] = set()
    for row, title, name in connection.execute(
        "SELECT row, title, source_name FROM reports WHERE organisation_slug = ? AND year = ? ORDER BY row DESC",
        (slug(organisation), year),
    ).fetchall():
        found = connection.execute(
            "SELECT plan_slug FROM items WHERE report = ?1 UNION SELECT slug FROM plans WHERE report = ?1", (row,)
        )
        plans = {plan for (plan,) in found}
        if plans:
            free = plans - {key[5:] for key in taken if key.startswith("plan ")}
            taken |= {f"plan {plan}" for plan in plans}
            yield Standing(row, bool(free), frozenset(free))
        else:
            keys = {f"title {slug(title)}", f"file {slug(name)}"}
            yield Standing(row, not keys & taken, frozenset())
            taken |= keys


def refresh_current(connection: sqlite3.Connection, organisation: str, year: int) -> None:
    """Mark what is searched of an organisation's year."""
    for standing in standings(connection, organisation, year):
        connection.execute("UPDATE reports SET current = ? WHERE row = ?", (standing.current, standing.row))
        connection.execute("UPDATE sections SET current = ? WHERE report = ?", (standing.current, standing.row))
        connection.execute("UPDATE items SET current = 0 WHERE report = ?", (standing.row,))
        for plan in sorted(standing.plans):
            connection.execute("UPDATE items SET current = 1 WHERE report = ? AND plan_slug = ?", (standing.row, plan))


def wrongly_marked(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The organisations (slug) and years in which something else is marked as searched than should be."""
    found = []
    for organisation, year in connection.execute("SELECT DISTINCT organisation_slug, year FROM reports ORDER BY 1, 2").fetchall():
        for standing in standings(connection, organisation, year):
            (current,) = connection.execute("SELECT current FROM reports WHERE row = ?", (standing.row,)).fetchone()
            sections = connection.execute("SELECT current FROM sections WHERE report = ?", (standing.row,)).fetchall()
            items = connection.execute("SELECT plan_slug, current FROM items WHERE report = ?", (standing.row,)).fetchall()
            right = (
                bool(current) == standing.current
                and all(bool(mark) == standing.current for (mark,) in sections)
                and all(bool(mark) == (plan in standing.plans) for plan, mark in items)
            )
            if not right:
                found.append((organisation, year))
                break
    return found


def overlapping(connection: sqlite3.Connection, report: Report) -> str | None:
    """The id of the report that ``report`` would take the place of, wholly or in part: the newest of them.

    None where it takes none.
    """
    plans = sorted({slug(plan_name(title)) for title in (*(p.title for p in report.plans), *(i.plan_title for i in report.items))})
    marks = ", ".join("?" * len(plans))
    if plans:
        same = (
            f"EXISTS (SELECT 1 FROM items WHERE items.report = reports.row AND items.current AND plan_slug IN ({marks}))"
            f" OR EXISTS (SELECT 1 FROM plans WHERE plans.report = reports.row AND plans.slug IN ({marks}))"
        )
        parameters = [*plans, *plans]
    else:
        same = "(source_name = ? OR title = ?) AND NOT EXISTS (SELECT 1 FROM plans WHERE plans.report = reports.row)"
        parameters = [report.source_name, report.title]
    found = connection.execute(
        f"SELECT id FROM reports WHERE organisation_slug = ? AND year = ? AND current AND ({same}) ORDER BY row DESC",
        (slug(report.organisation), report.year, *parameters),
    ).fetchone()
    return None if found is None else str(found[0])
