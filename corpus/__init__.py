"""Reports: read from files, parsed into plans and items with their places in the source, and proven complete.

``read_document`` and ``read_bytes`` give a Document, ``propose_metadata`` says whose and of what year it may be, ``parse_report``
makes the Report. Heavy libraries are imported when a file needs them; importing this package is cheap. Imports nothing of ours.
"""

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
