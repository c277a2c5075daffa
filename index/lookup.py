"""Items by the codes that a question names and nothing else: read from the database alone, in the order of their ids.

A code is a key, not a word, so that neither an index nor an embedder has a say. Knows nothing of words, vectors or ranking.
"""

from __future__ import annotations

import sqlite3

from index import storage
from index.filters import EVERYTHING, Filter
from index.query import Query
from index.values import Hit

NAMED = 0.99
"""Where the scores of items begin whose code a question names; all others stay below."""


def names_only_codes(text: str) -> bool:
    """Whether a question names item codes and says nothing else that could be searched for."""
    query = Query.parse(text)
    return bool(query.codes) and not query.words


def named_items(connection: sqlite3.Connection, text: str, wanted: Filter, limit: int) -> list[Hit]:
    """The items of the filter that have the codes in ``text``, code by code, at most ``limit``; quoted whole.

    Of the kind that is named with a code, where the library has such an item.
    """
    hits: dict[int, Hit] = {}
    for named in Query.parse(text).codes:
        of_kind = Filter(code=named.code, kind=named.kind)
        if not _rows(connection, EVERYTHING, of_kind, 1):
            of_kind = Filter(code=named.code)
        rows = [row for row in _rows(connection, wanted, of_kind, limit) if row not in hits]
        for row, item in zip(rows, storage.load_items_by_row(connection, rows), strict=True):
            end = len(item.comment)
            hits[row] = Hit(item, NAMED, item.comment, 0, end, dense=0.0, lexical=0.0, overlap=0.0, exact=True)
    return list(hits.values())[:limit]


def _rows(connection: sqlite3.Connection, wanted: Filter, named: Filter, limit: int) -> list[int]:
    """The rows of the items that both filters leave, by id, year and report."""
    (here, values), (code, of_code) = wanted.where(), named.where()
    return [
        row
        for (row,) in connection.execute(
            "SELECT items.row FROM items JOIN reports ON reports.row = items.report"
            f" WHERE items.current AND {here} AND {code} ORDER BY items.key, reports.year, reports.id LIMIT ?",
            (*values, *of_code, limit),
        )
    ]
