"""The part of the library that holds what people made: drafts, notes, feedback, lineage.

It hangs on an item's key and year and has nothing to do with any report, so that no new version or removal touches it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from corpus.model import Draft, Note
from index import people
from index.clock import now
from index.connections import Connections
from index.values import DraftSummary, DraftVersion, Feedback, LineageLink


class Keeping:
    """The methods of ``Library`` for what people made; ``item_key`` is ``ItemKey.id`` everywhere."""

    _connections: Connections

    def save_draft(self, draft: Draft, *, author: str = "") -> int:
        """Store a version of a draft; gives its number, from 1 for an item and year. Earlier versions stay."""
        with self._connections.writing() as connection:
            return people.insert_draft(connection, draft, author, now())

    def drafts(self, item_key: str, year: int) -> list[DraftVersion]:
        """All versions of the draft of an item (``ItemKey.id``) and year, oldest first."""
        with self._connections.reading() as connection:
            return people.load_drafts(connection, item_key, year)

    def draft_summaries(self, year: int | None = None) -> list[DraftSummary]:
        """The newest version of every draft (of ``year``, or all), without its body, by year and key."""
        with self._connections.reading() as connection:
            return people.load_draft_summaries(connection, year)

    def save_notes(self, item_key: str, year: int, notes: Sequence[Note], *, author: str = "") -> None:
        """Store the officer's notes on an item and year in the place of those there; no notes empty them."""
        with self._connections.writing() as connection:
            people.insert_notes(connection, item_key, year, notes, author, now())

    def notes(self, item_key: str, year: int) -> tuple[Note, ...]:
        """The notes on an item and year that were saved last; () where there are none."""
        with self._connections.reading() as connection:
            return people.load_notes(connection, item_key, year)

    def all_notes(self, year: int) -> dict[str, tuple[Note, ...]]:
        """The notes of ``year`` by item key, only where there are any."""
        with self._connections.reading() as connection:
            return people.load_all_notes(connection, year)

    def save_feedback(
        self,
        question: str,
        verdict: Literal["up", "down"],
        *,
        reason: str = "",
        answer: str = "",
        item_ids: Sequence[str] = (),
        author: str = "",
    ) -> int:
        """Store what a reader thought of an answer, for evaluation; gives its number. It never leaves the library."""
        feedback = Feedback(0, question, verdict, reason, author, now(), tuple(item_ids), answer)
        with self._connections.writing() as connection:
            return people.insert_feedback(connection, feedback)

    def feedback(self) -> list[Feedback]:
        """All feedback, oldest first."""
        with self._connections.reading() as connection:
            return people.load_feedback(connection)

    def save_lineage(self, earlier: str, later: str, year: int, *, confirmed: bool = True, author: str = "") -> None:
        """Store a person's word that item ``later`` (``ItemKey.id``) carries on ``earlier`` from ``year`` on, or (``confirmed``.

        False) does not.
        """
        with self._connections.writing() as connection:
            people.insert_lineage(connection, LineageLink(earlier, later, year, confirmed, author, now()))

    def lineage(self) -> list[LineageLink]:
        """All words on lineage, by year and keys."""
        with self._connections.reading() as connection:
            return people.load_lineage(connection)
