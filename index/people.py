"""What people made: drafts with their history, notes, feedback, lineage. Stored by item key and year, apart from any report.

Works inside the transaction that the caller holds. Nothing here is overwritten: each saving is a new row, the newest counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from corpus.model import Draft, Note
from index.codec import from_plain, to_plain
from index.values import DraftSummary, DraftVersion, Feedback, LineageLink


def insert_draft(connection: sqlite3.Connection, draft: Draft, author: str, saved_at: str) -> int:
    """Store ``draft`` as the next version of its item and year; gives the version."""
    key = draft.item.key.id
    (last,) = connection.execute(
        "SELECT coalesce(max(version), 0) FROM drafts WHERE item_key = ? AND year = ?", (key, draft.year)
    ).fetchone()
    connection.execute(
        "INSERT INTO drafts (item_key, year, version, author, saved_at, state, answer, words, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key, draft.year, last + 1, author, saved_at, draft.state, draft.answer, len(draft.text.split()), _dumped(to_plain(draft))),
    )
    return int(last) + 1


def load_drafts(connection: sqlite3.Connection, item_key: str, year: int) -> list[DraftVersion]:
    """All versions of a draft, oldest first."""
    rows = connection.execute(
        "SELECT version, author, saved_at, state, body FROM drafts WHERE item_key = ? AND year = ? ORDER BY version",
        (item_key, year),
    )
    return [
        DraftVersion(version, author, saved_at, state, from_plain(Draft, json.loads(body)))
        for version, author, saved_at, state, body in rows
    ]


def load_draft_summaries(connection: sqlite3.Connection, year: int | None) -> list[DraftSummary]:
    """The newest version of each draft (of ``year``, or of all years), by year and key."""
    return [
        DraftSummary(*row)
        for row in connection.execute(
            "SELECT item_key, year, max(version), author, saved_at, state, answer, words FROM drafts"
            " WHERE ?1 IS NULL OR year = ?1 GROUP BY item_key, year ORDER BY year, item_key",
            (year,),
        )
    ]


def insert_notes(
    connection: sqlite3.Connection, item_key: str, year: int, notes: Sequence[Note], author: str, saved_at: str
) -> None:
    """Store the notes of an item and year; earlier ones stay in the history."""
    connection.execute(
        "INSERT INTO notes (item_key, year, author, saved_at, body) VALUES (?, ?, ?, ?, ?)",
        (item_key, year, author, saved_at, _dumped(to_plain(tuple(notes)))),
    )


def load_notes(connection: sqlite3.Connection, item_key: str, year: int) -> tuple[Note, ...]:
    """The notes saved last; none saved gives ()."""
    found = connection.execute(
        "SELECT body FROM notes WHERE item_key = ? AND year = ? ORDER BY row DESC LIMIT 1", (item_key, year)
    ).fetchone()
    return () if found is None else tuple(from_plain(Note, note) for note in json.loads(found[0]))


def load_all_notes(connection: sqlite3.Connection, year: int) -> dict[str, tuple[Note, ...]]:
    """The notes saved last for each item of ``year``, by key; items whose notes were emptied are left out."""
    rows = connection.execute(
        "SELECT item_key, body, max(row) FROM notes WHERE year = ? GROUP BY item_key ORDER BY item_key", (year,)
    )
    found = {key: tuple(from_plain(Note, note) for note in json.loads(body)) for key, body, _ in rows}
    return {key: notes for key, notes in found.items() if notes}


def insert_feedback(connection: sqlite3.Connection, feedback: Feedback) -> int:
    """Store what a reader thought of an answer (its ``id`` is not looked at); gives the id."""
    row = connection.execute(
        "INSERT INTO feedback (question, verdict, reason, author, saved_at, body) VALUES (?, ?, ?, ?, ?, ?)",
        (
            *(feedback.question, feedback.verdict, feedback.reason, feedback.author, feedback.saved_at),
            _dumped({"item_ids": list(feedback.item_ids), "answer": feedback.answer}),
        ),
    ).lastrowid
    assert row is not None
    return row


def load_feedback(connection: sqlite3.Connection) -> list[Feedback]:
    """All feedback, oldest first."""
    found = []
    for row, question, verdict, reason, author, saved_at, body in connection.execute(
        "SELECT row, question, verdict, reason, author, saved_at, body FROM feedback ORDER BY row"
    ):
        rest = json.loads(body)
        found.append(Feedback(row, question, verdict, reason, author, saved_at, tuple(rest["item_ids"]), rest["answer"]))
    return found


def insert_lineage(connection: sqlite3.Connection, link: LineageLink) -> None:
    """Store a person's word on a lineage; a later word on the same pair and year takes the place of the earlier one."""
    connection.execute(
        "INSERT OR REPLACE INTO lineage VALUES (?, ?, ?, ?, ?, ?)",
        (link.earlier, link.later, link.year, link.confirmed, link.author, link.saved_at),
    )


def load_lineage(connection: sqlite3.Connection) -> list[LineageLink]:
    """All words on lineage, by year and keys."""
    rows = connection.execute("SELECT earlier, later, year, confirmed, author, saved_at FROM lineage ORDER BY year, earlier, later")
    return [
        LineageLink(earlier, later, year, bool(confirmed), author, saved_at)
        for earlier, later, year, confirmed, author, saved_at in rows
    ]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
