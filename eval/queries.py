"""What is asked in an evaluation: queries with the items that answer them, whatever they were made from.

Plain values and one rule, the split; knows nothing of systems or measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from index.filters import Filter

Split = Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Query:
    """One query. ``targets`` are the ids (``Item.id``) of the items that answer it; ``filter`` narrows every system alike.

    ``kind`` is Swedish and shown as it is; ``group`` names what must be drawn together when a figure's certainty is worked out (the
    comment that a sentence comes from). ``id`` has no blanks.
    """

    id: str
    kind: str
    text: str
    targets: frozenset[str]
    filter: Filter
    group: str
    split: Split


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries with what was left out while they were made: Swedish sentences with counts, for the reader of the figures."""

    queries: tuple[Query, ...]
    notes: tuple[str, ...]

    def of(self, split: str) -> list[Query]:
        """The queries of "dev", "test" or "all", in order."""
        return [query for query in self.queries if split in ("all", query.split)]


def split_of(name: str) -> Split:
    """Which half ``name`` belongs to, fixed by its hash, so that no choice and no order decides it."""
    return "dev" if sha256(name.encode("utf-8")).digest()[0] % 2 else "test"


def kinds(queries: Sequence[Query]) -> list[str]:
    """The kinds of ``queries`` in the order in which they first come."""
    return list(dict.fromkeys(query.kind for query in queries))
