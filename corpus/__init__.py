"""Reports: read from files, parsed into plans and items with their places in the source, and proven complete.

``read_document`` and ``read_bytes`` give a Document, ``propose_metadata`` says whose and of what year it may be, ``parse_report``
makes the Report. Importing this package costs next to nothing: each name is imported at its first use, heavy libraries when a file
needs them. Imports nothing of ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.document import Document, Line
    from corpus.errors import CorpusError, MetadataUnproven, TooLarge, UnknownFormat, UnreadableFile
    from corpus.metadata import Metadata, Proposal, propose_metadata
    from corpus.model import (
        Area,
        Background,
        Commitment,
        Diagnostic,
        Draft,
        DraftSentence,
        FieldSpan,
        Flag,
        Item,
        ItemKey,
        LeftOut,
        Note,
        Passage,
        Piece,
        Place,
        Plan,
        Report,
        Section,
        SourceRef,
        plan_name,
        slug,
    )
    from corpus.parser import parse_report
    from corpus.reading import read_bytes, read_document

__all__ = [
    "Area",
    "Background",
    "Commitment",
    "CorpusError",
    "Diagnostic",
    "Document",
    "Draft",
    "DraftSentence",
    "FieldSpan",
    "Flag",
    "Item",
    "ItemKey",
    "LeftOut",
    "Line",
    "Metadata",
    "MetadataUnproven",
    "Note",
    "Passage",
    "Piece",
    "Place",
    "Plan",
    "Proposal",
    "Report",
    "Section",
    "SourceRef",
    "TooLarge",
    "UnknownFormat",
    "UnreadableFile",
    "parse_report",
    "plan_name",
    "propose_metadata",
    "read_bytes",
    "read_document",
    "slug",
]

_PLACES = {
    "document": ("Document", "Line"),
    "errors": ("CorpusError", "MetadataUnproven", "TooLarge", "UnknownFormat", "UnreadableFile"),
    "metadata": ("Metadata", "Proposal", "propose_metadata"),
    "parser": ("parse_report",),
    "reading": ("read_bytes", "read_document"),
}
"""The names of each module; all others are in ``corpus.model``."""


def __getattr__(name: str) -> object:
    """One of the names of ``__all__``, imported at its first use."""
    if name in __all__:
        module = next((module for module, names in _PLACES.items() if name in names), "model")
        return getattr(import_module(f"corpus.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
