"""index: reports in a library on disk, searched by exact code, by words and by meaning.

``Library`` (in ``index.library``) is the only door to storage. Importing this package costs little: numpy, FAISS and the embedder
are imported when something is searched.
"""

from __future__ import annotations

from index.errors import LibraryError
from index.filters import Filter
from index.library import Library
from index.values import AddResult, DraftSummary, DraftVersion, Feedback, Finding, Hit, LineageLink, ReportRow, SectionHit

__all__ = [
    "AddResult",
    "DraftSummary",
    "DraftVersion",
    "Feedback",
    "Filter",
    "Finding",
    "Hit",
    "Library",
    "LibraryError",
    "LineageLink",
    "ReportRow",
    "SectionHit",
]
