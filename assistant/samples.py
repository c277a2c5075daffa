"""A library of the sample reports about an invented municipality, with whose reports "vi" means and the current year set for ever."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus import samples

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.ingest import IngestResult


def load_samples(assistant: Assistant, *, format: str = "txt") -> list[IngestResult]:
    """Every sample report put into the assistant's library (made where there is none); reports that are there already change nothing."""
    results = [assistant.ingest(Path(path)) for path in samples.paths(format)]
    assistant.library.settings["organisation"] = samples.ORGANISATION
    assistant.library.settings["current_year"] = samples.CURRENT_YEAR
    return results
