"""Last year's Word file out of the library, filled with this year's drafts; or the reason why that cannot be done.

Knows which report the drafts belong to. How a file is filled is ``export_filled``'s matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.draft.exports.docx_places import NoPlace
from assistant.draft.exports.filled import Filled, fill
from assistant.draft.whole_report import report_items
from corpus.errors import CorpusError
from corpus.model import Draft

if TYPE_CHECKING:
    from index.library import Library

_INSTEAD = "Utkasten står i stället i programmets egen form."


def fill_own_file(library: Library, drafts: Sequence[Draft], *, sources: bool) -> Filled | str:
    """The organisation's newest report before the drafts' year, filled with ``drafts``; else a Swedish sentence that says why it is not."""
    if len({(draft.item.organisation, draft.year) for draft in drafts}) > 1:
        return f"Utkasten gäller flera organisationer eller år, så ingen av deras egna filer fylldes i. {_INSTEAD}"
    first = drafts[0]
    place = {item.key: item.report_id for item in report_items(library, first.item.organisation, first.year)}
    reports = {place.get(draft.item.key) for draft in drafts}
    if None in reports:
        gone = ", ".join(draft.item.code for draft in drafts if draft.item.key not in place)
        return f"Den senaste rapporten före {first.year} har inte {gone}, så den fylldes inte i. {_INSTEAD}"
    rows = [row for row in library.reports() if row.id in reports]
    if len(rows) != 1:
        return f"Den senaste rapporten är {len(rows)} filer, en per plan. Exportera en plan i taget med --plan för att fylla i dem. {_INSTEAD}"
    row = rows[0]
    if row.source_format != "docx":
        return f"Den senaste rapporten, {row.source_name}, är ingen Wordfil och kan inte fyllas i. {_INSTEAD}"
    try:
        return fill(
            library.original(row.id),
            row.source_name,
            {draft.item.key: draft for draft in drafts},
            organisation=row.organisation,
            year=row.year,
            sources=sources,
        )
    except (NoPlace, CorpusError) as error:
        return f"Den senaste rapporten, {row.source_name}, gick inte att fylla i, eftersom {error}. {_INSTEAD}"
