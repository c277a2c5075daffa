"""Reports as markup: files waiting to be read in with what they propose, how it went, and the list of what there is.

Knows nothing of Gradio.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingest import IngestResult, Reading
from assistant.ui.markup import render
from corpus.model import Diagnostic, Item
from index.values import ReportRow

FORMATS = {"txt": "text", "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": "CSV"}
_SEVERITY = {"error": "Fel", "warning": "Se över", "info": "Upplysning"}
_FOLDED = 4
"""Remarks of one kind from which the rest are folded together."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that was sent: read, or the sentence that says why it cannot be."""

    name: str
    reading: Reading | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a file went: a result, a problem, or neither yet."""

    name: str
    result: IngestResult | None = None
    problem: str = ""
    working: bool = False


def waiting(files: Sequence[Waiting], *, organisations: Sequence[str]) -> str:
    """The files with what they propose, in fields that can be changed."""
    return render(
        "waiting.html", files=list(enumerate(files)), organisations=organisations, ready=any(file.reading for file in files)
    )


def outcomes(files: Sequence[Outcome]) -> str:
    """How each file went, with what the parser has to say."""
    return render("outcomes.html", files=files, remarks=remarks)


def remarks(diagnostics: Sequence[Diagnostic]) -> list[tuple[str, str, list[str]]]:
    """Diagnostics by severity and kind, worst first: (word, the first of the kind, the others). Page headers and the like only as a count."""
    order = {"error": 0, "warning": 1, "info": 2}
    kinds: dict[tuple[int, str], list[str]] = {}
    for diagnostic in diagnostics:
        kinds.setdefault((order[diagnostic.severity], diagnostic.code), []).append(diagnostic.message)
    made: list[tuple[str, str, list[str]]] = []
    for (severity, _), messages in sorted(kinds.items()):
        word = _SEVERITY[("error", "warning", "info")[severity]]
        texts = [text if times == 1 else f"{text} ({times} gånger)" for text, times in Counter(messages).items()]
        if len(texts) < _FOLDED:
            made += [(word, text, []) for text in texts]
        else:
            made.append((word, texts[0], texts[1:]))
    return made


@dataclass(frozen=True, slots=True)
class Moved:
    """Two items of following years that are probably one: what the page asks a person to confirm."""

    earlier: Item
    later: Item
    confidence: float
    reason: str


def moved(found: Sequence[Moved]) -> str:
    """The items that have probably changed code or been reworded, each with its two answers; "" where there are none."""
    return render("moved.html", found=found) if found else ""


def listing(rows: Sequence[ReportRow], *, link: str) -> str:
    """The reports that there are, newest first in each organisation; ``link`` is where originals are fetched from."""
    ordered = sorted(rows, key=lambda row: (row.organisation, -row.year, not row.current, row.added_at))
    return render("reports.html", rows=ordered, formats=FORMATS, link=link)
