"""Errors of the corpus package: what a person can mend, said in one Swedish sentence.

Knows nothing of the command line or the page; they print ``str(error)`` as it is.
"""

from __future__ import annotations


class CorpusError(Exception):
    """Base of everything this package raises for a person: the fact, the values, the next step, in Swedish."""


class UnreadableFile(CorpusError):
    """The file cannot be opened or decoded: missing, empty, a folder, damaged, scanned, password-protected."""


class UnknownFormat(CorpusError):
    """The bytes are of no format that a reader knows, or are not what the file name says."""


class TooLarge(CorpusError):
    """A limit that protects memory and time was passed (size, pages, nesting, expansion of an archive)."""


class MetadataUnproven(CorpusError):
    """Year or organisation is neither given nor proven by the document; the message holds what was found."""
