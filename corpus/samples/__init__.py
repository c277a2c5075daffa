"""Sample reports about an invented municipality: their files in three formats, what they say, and the notes of the year to come.

Knows where the files lie and nothing of how they are read or laid out. Importing this costs next to nothing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from corpus.samples.contents import SampleArea, SampleNotes, SamplePlan, SampleReport, load, load_notes

__all__ = [
    "CURRENT_YEAR",
    "ORGANISATION",
    "SampleArea",
    "SampleNotes",
    "SamplePlan",
    "SampleReport",
    "load_source",
    "notes",
    "paths",
]

ORGANISATION: Final = "Socialförvaltningen Norrälven"
"""The organisation that is "vi" in the sample library: organisation "a" of the sources."""

CURRENT_YEAR: Final = 2026
"""The year that is being written in the sample library."""


def paths(format: str = "txt") -> list[Path]:
    """The committed sample files of one format ("txt", "pdf" or "docx"), by organisation, then year.

    Raises ValueError on another format.
    """
    if format not in ("txt", "pdf", "docx"):
        raise ValueError(f"there are sample reports as txt, pdf and docx, not as {format!r}")
    return sorted(Path(str(files(__name__) / "files")).glob(f"*.{format}"))


@cache
def load_source() -> tuple[SampleReport, ...]:
    """What the sample reports say, in the order of ``paths()``: report by report the items that every parser must give back."""
    return load()


@cache
def notes() -> tuple[SampleNotes, ...]:
    """The officer's notes for ``CURRENT_YEAR``, item by item, and the answer and comment that she then wrote."""
    return load_notes()
