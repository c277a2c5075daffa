"""Reports as rows and rows as reports: the one place that knows which column holds which value.

Works inside the transaction that the caller holds; knows nothing of search, and reads back exactly what was written. Items stand in
columns (they are filtered and shown one by one); what only a whole report needs (text, spans, pieces, diagnostics) is one
compressed body a report.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

from corpus.model import Item, Plan, Report, Section, plan_name, slug
from index.currency import overlapping, refresh_current
from index.errors import InconsistentReport, LibraryDamaged
from index.filters import Filter
from index.layout import laid_out, layout_of, plain
from index.values import AddStatus, Holding, ReportRow

_LEVEL = 6
_ITEM_COLUMNS = (
    "reports.id, reports.organisation, reports.year, items.plan, items.plan_title, items.area, items.kind, items.code,"
    " items.code_as_written, items.question, items.statement, items.expected_result, items.answer, items.comment, items.page,"
    " items.ordinal, items.position, items.comment_start"
)
_ITEMS = f"SELECT {_ITEM_COLUMNS} FROM items JOIN reports ON reports.row = items.report"


def validate(report: Report) -> None:
    """Refuse a report whose values contradict its text.

    Raises:
        InconsistentReport: an item, section, field or piece does not stand where it says, or an item belongs to another report.
    """

    def refuse(what: str) -> InconsistentReport:
        return InconsistentReport(
            f"Rapporten {report.source_name} kunde inte sparas: {what}. Filen är orörd; anmäl felet med filen."
        )

    for number, item in enumerate(report.items):
        at = item.comment_start
        if report.text[at : at + len(item.comment)] != item.comment:
            raise refuse(f"kommentaren till {item.code} står inte på sin plats i texten ({at})")
        if (item.report_id, item.organisation, item.year) != (report.id, report.organisation, report.year):
            raise refuse(f"punkten {item.code} hör till {item.report_id}, inte till {report.id}")
        if item.position != number:
            raise refuse(f"punkten {item.code} är nummer {number} i rapporten men säger {item.position}")
    for section in report.sections:
        if report.text[section.start : section.start + len(section.text)] != section.text:
            raise refuse(f"avsnittet {' / '.join(section.heading_path)} står inte på sin plats i texten ({section.start})")
    spans = [(span.start, span.end) for span in report.fields] + [(piece.start, piece.end) for piece in report.pieces]
    for start, end in spans:
        if not 0 <= start <= end <= len(report.text):
            raise refuse(f"ett textställe ({start}–{end}) ligger utanför texten ({len(report.text)} tecken)")


def insert_report(
    connection: sqlite3.Connection, report: Report, original: bytes, digest: str, place: tuple[int | None, str]
) -> int:
    """Store ``report`` with its bytes; gives the row of ``reports``. Passages and what is current are the caller's matter.

    ``place`` is the row and time of the same report as it was read before, or None and the time now.
    """
    summary = {
        "items": len(report.items),
        "sections": len(report.sections),
        "answers": dict(sorted(Counter(item.answer or "" for item in report.items).items())),
        "diagnostics": dict(sorted(Counter(diagnostic.severity for diagnostic in report.diagnostics).items())),
    }
    row = connection.execute(
        "INSERT INTO reports (row, added_at, id, organisation, organisation_slug, year, title, source_name, source_format, sha256,"
        " digest, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(*place, report.id, report.organisation, slug(report.organisation), report.year, report.title, report.source_name),
            *(report.source_format, report.sha256, digest, plain(summary)),
        ),
    ).lastrowid
    assert row is not None
    text, layout = report.text.encode("utf-8", "surrogatepass"), layout_of(report)
    connection.execute(
        "INSERT INTO bodies VALUES (?, ?, ?, ?)",
        (row, zlib.compress(text, _LEVEL), zlib.compress(layout, _LEVEL), zlib.crc32(layout, zlib.crc32(text))),
    )
    connection.execute("INSERT INTO originals VALUES (?, ?)", (row, zlib.compress(original, _LEVEL)))
    connection.executemany(
        "INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (row, at, plan.number, plan.title, slug(plan_name(plan.title)), *(plan.period or (None, None)))
            for at, plan in enumerate(report.plans)
        ],
    )
    slugged = cache(slug)  # a report has few plans and areas, and many items in each
    connection.executemany(
        "INSERT INTO items (report, position, key, plan, plan_title, plan_slug, area, area_slug, kind, code, code_as_written,"
        " ordinal, question, statement, expected_result, answer, comment, page, comment_start) VALUES (?" + ", ?" * 18 + ")",
        [
            (
                *(row, item.position, item.key.id, item.plan, item.plan_title, slugged(plan_name(item.plan_title)), item.area),
                *(slugged(item.area), item.kind, item.code, item.code_as_written, item.ordinal, item.question, item.statement),
                *(item.expected_result, item.answer, item.comment, item.page, item.comment_start),
            )
            for item in report.items
        ],
    )
    connection.executemany(
        "INSERT INTO sections (report, position) VALUES (?, ?)", [(row, at) for at in range(len(report.sections))]
    )
    return row


def find_report(connection: sqlite3.Connection, report_id: str) -> int | None:
    """The row of the report of that id, or None."""
    found = connection.execute("SELECT row FROM reports WHERE id = ?", (report_id,)).fetchone()
    return None if found is None else int(found[0])


def find_digest(connection: sqlite3.Connection, report_id: str) -> str | None:
    """The digest that the report of that id was stored with; None where there is none, or its original is lost and wanted again."""
    found = connection.execute(
        "SELECT digest FROM reports JOIN originals ON originals.report = reports.row WHERE id = ?", (report_id,)
    ).fetchone()
    return None if found is None else str(found[0])


def make_way(connection: sqlite3.Connection, report: Report) -> tuple[AddStatus, str | None, tuple[int, str] | None]:
    """What adding ``report`` will be, whom it replaces, and the place it keeps; what must go first is deleted.

    The same bytes under another organisation or year are one report that was labelled wrongly: the old label goes. The same report
    read anew keeps its row, so that it does not become newer than a version that came after it.
    """
    for row, added_at, report_id in connection.execute(
        "SELECT row, added_at, id FROM reports WHERE sha256 = ? ORDER BY row", (report.sha256,)
    ).fetchall():
        delete_report(connection, row)
        if report_id == report.id:
            return "reread", report_id, (row, added_at)
        return "relabelled", report_id, None
    replaced = overlapping(connection, report)
    return ("added" if replaced is None else "new_version"), replaced, None


def delete_report(connection: sqlite3.Connection, row: int) -> None:
    """Delete a report with everything that was read from it; what it had replaced becomes current again."""
    place = connection.execute("SELECT organisation_slug, year FROM reports WHERE row = ?", (row,)).fetchone()
    connection.execute("DELETE FROM reports WHERE row = ?", (row,))
    refresh_current(connection, *place)


def digest_of(report: Report) -> str:
    """A hash over everything in ``report`` but its file's name: equal digests mean that nothing would be stored differently."""
    items = [[getattr(item, name) for name in Item.__slots__] for item in report.items]
    head = [report.id, report.organisation, report.year, report.title, report.source_format, report.sha256, items]
    hashed = sha256(json.dumps(head, ensure_ascii=True, separators=(",", ":")).encode("ascii"))
    hashed.update(report.text.encode("utf-8", "surrogatepass"))
    hashed.update(layout_of(report))
    return hashed.hexdigest()


def load_report(connection: sqlite3.Connection, row: int) -> Report:
    """The whole report of that row, equal to what was stored.

    Raises:
        LibraryDamaged: its body does not have the checksum it was stored with.
    """
    head = connection.execute(
        "SELECT id, organisation, year, title, source_name, source_format, sha256 FROM reports WHERE row = ?", (row,)
    ).fetchone()
    text, layout = _body(connection, row)
    plans = tuple(
        Plan(number, title, None if first is None else (first, last))
        for number, title, first, last in connection.execute(
            "SELECT number, title, period_start, period_end FROM plans WHERE report = ? ORDER BY position", (row,)
        )
    )
    items = tuple(
        Item(*values) for values in connection.execute(f"{_ITEMS} WHERE items.report = ? ORDER BY items.position", (row,))
    )
    report_id, organisation, year, title, name, form, checksum = head
    bare = Report(report_id, organisation, year, title, name, form, checksum, text, plans=plans, items=items)
    return laid_out(layout, bare)


def load_text(connection: sqlite3.Connection, row: int) -> str:
    """The text of the report of that row; its layout is not unpacked."""
    return _unpacked(connection, row, "text").decode("utf-8", "surrogatepass")


def load_original(connection: sqlite3.Connection, row: int) -> bytes:
    """The bytes that were handed in."""
    found = connection.execute("SELECT data FROM originals WHERE report = ?", (row,)).fetchone()
    if found is None:
        raise LibraryDamaged(f"Originalfilen till rapport {row} saknas i biblioteket. Läs in filen igen.")
    return _decompressed(found[0], row)


def load_items(connection: sqlite3.Connection, wanted: Filter, *, current_only: bool = True) -> list[Item]:
    """The items of the filter, by organisation, year, plan and position."""
    condition, parameters = wanted.where()
    if current_only:
        condition += " AND items.current"
    order = "reports.organisation_slug, reports.year, items.plan, reports.row, items.position"
    return [Item(*values) for values in connection.execute(f"{_ITEMS} WHERE {condition} ORDER BY {order}", parameters)]


def load_items_by_row(connection: sqlite3.Connection, rows: list[int]) -> list[Item]:
    """The items of those rows, in the order given; a row that is gone falls out."""
    marks = ", ".join("?" * len(rows))
    found = {
        values[0]: Item(*values[1:])
        for values in connection.execute(
            f"SELECT items.row, {_ITEM_COLUMNS} FROM items JOIN reports ON reports.row = items.report WHERE items.row IN ({marks})",
            rows,
        )
    }
    return [found[row] for row in rows if row in found]


def load_report_rows(connection: sqlite3.Connection, *, all_versions: bool) -> list[ReportRow]:
    """The list of reports, by organisation, year and the order in which they were added."""
    plans: dict[int, list[tuple[int, str]]] = {}
    for row, number, title in connection.execute("SELECT report, number, title FROM plans ORDER BY report, position"):
        plans.setdefault(row, []).append((number, title))
    found = []
    for row, summary, current, report_id, organisation, year, title, name, form, added in connection.execute(
        "SELECT row, summary, current, id, organisation, year, title, source_name, source_format, added_at FROM reports"
        + ("" if all_versions else " WHERE current")
        + " ORDER BY organisation_slug, year, row"
    ):
        counts = json.loads(summary)
        found.append(
            ReportRow(
                id=report_id,
                organisation=organisation,
                year=year,
                title=title,
                plans=tuple(plans.get(row, ())),
                items=counts["items"],
                sections=counts["sections"],
                source_name=name,
                source_format=form,
                added_at=added,
                current=bool(current),
                answers=counts["answers"],
                diagnostics=counts["diagnostics"],
            )
        )
    return found


def load_holdings(connection: sqlite3.Connection) -> tuple[Holding, ...]:
    """The years of each organisation that are searched, by organisation and year; each plan's title once a year, as it stands last."""
    plans: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for number, title, organisation, year, _ in connection.execute(
        "SELECT number, plans.title, organisation, year,"
        " max(printf('%s %012d %06d', organisation_slug, reports.row, position)) AS place"  # the others are of that row
        " FROM plans JOIN reports ON reports.row = plans.report WHERE current GROUP BY slug, number, plans.title, year ORDER BY place"
    ):
        plans.setdefault((organisation, year), []).append((number, title))
    return tuple(
        Holding(organisation, year, tuple(plans.get((organisation, year), ())))
        for organisation, year in connection.execute(
            "SELECT organisation, year FROM reports WHERE current GROUP BY organisation, year ORDER BY organisation_slug, year"
        )
    )


def _body(connection: sqlite3.Connection, row: int) -> tuple[str, bytes]:
    text, layout = _unpacked(connection, row, "text"), _unpacked(connection, row, "layout")
    (checksum,) = connection.execute("SELECT checksum FROM bodies WHERE report = ?", (row,)).fetchone()
    if zlib.crc32(layout, zlib.crc32(text)) != checksum:
        raise LibraryDamaged(
            f"Texten till rapport {row} i biblioteket är skadad. Läs in filen igen, eller återställ en säkerhetskopia."
        )
    return text.decode("utf-8", "surrogatepass"), layout


def _unpacked(connection: sqlite3.Connection, row: int, column: str) -> bytes:
    found = connection.execute(f"SELECT {column} FROM bodies WHERE report = ?", (row,)).fetchone()
    if found is None:
        raise LibraryDamaged(
            f"Texten till rapport {row} saknas i biblioteket. Läs in filen igen, eller återställ en säkerhetskopia."
        )
    return _decompressed(found[0], row)


def _decompressed(data: bytes, row: int) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise LibraryDamaged(f"Innehållet i rapport {row} i biblioteket är skadat. Läs in filen igen.") from error


def load_sections(connection: sqlite3.Connection, rows: Sequence[int]) -> Iterator[tuple[int, Section]]:
    """The sections of those rows, each with its row; report by report."""
    wanted: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        found = connection.execute("SELECT report, position FROM sections WHERE row = ?", (row,)).fetchone()
        if found is not None:
            wanted.setdefault(found[0], []).append((found[1], row))
    for report, places in wanted.items():
        sections = load_report(connection, report).sections
        for position, row in places:
            yield row, sections[position]
