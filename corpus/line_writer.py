"""Collects a reader's lines and their places into a ``Document``.

Knows how offsets count: in the lines' texts joined by a line end. Nothing of any file format.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from corpus.column_roles import ticked
from corpus.document import Document, Line
from corpus.model import Diagnostic, Place, Severity

Box = tuple[float, float, float, float]


class LineWriter:
    """Lines in the order they are added; ``finish`` gives the document. Lines without any letter, digit or sign are left out."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._diagnostics: list[Diagnostic] = []
        self._length = 0

    def add(
        self,
        text: str,
        *,
        page: int | None = None,
        box: Box | None = None,
        cell: tuple[int, int, int] | None = None,
        wraps: bool = False,
        page_start: bool = False,
        bold: bool = False,
        heading: int | None = None,
        furniture: bool = False,
    ) -> None:
        """One line; ``text`` has no line end. The keywords are those of ``Line`` and ``Place``."""
        if cell is not None and (answer := ticked(text)) is not None:
            self.report("ticked_box", "info", f"Av kryssrutorna är {answer or 'ingen'} ikryssad.", text)
            text = answer
        if not text.strip():
            return
        place = Place(self._length, self._length + len(text), page, box, cell)
        self._lines.append(Line(text, place, wraps, page_start, bold, heading, furniture))
        self._length += len(text) + 1

    def report(self, code: str, severity: Severity, message: str, text: str = "") -> None:
        """Something to tell about the file. ``text`` holds words of the file that stand in no line."""
        self._diagnostics.append(Diagnostic(code, severity, message, text))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Diagnostics made elsewhere."""
        self._diagnostics.extend(diagnostics)

    def finish(self, name: str, format: str, data: bytes, properties: Mapping[str, str] | None = None) -> Document:
        """The document of all lines added; ``data`` is the file it was read from, for its fingerprint."""
        return Document(
            name=name,
            format=format,
            sha256=hashlib.sha256(data).hexdigest(),
            text="\n".join(line.text for line in self._lines),
            lines=tuple(self._lines),
            diagnostics=tuple(self._diagnostics),
            properties=tuple(sorted((properties or {}).items())),
        )
