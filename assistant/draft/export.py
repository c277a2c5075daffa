"""Drafts written to a file: Word, Excel, CSV or Markdown, by the file's ending. Written beside and renamed, so that no half file is left.

Chooses the writer and keeps the report's order; knows nothing of the formats themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from corpus.model import Draft, DraftSentence

if TYPE_CHECKING:
    from index.library import Library

FORMATS = (".docx", ".xlsx", ".csv", ".md")


class ExportError(AssistantError):
    """Base of what goes wrong when drafts are written to a file."""


class UnknownFormat(ExportError):
    """The file's ending is none of those that can be written."""


class NothingToExport(ExportError):
    """There is no draft to write."""


class NotWritten(ExportError):
    """The file could not be written, and why."""


def export_drafts(library: Library | None, drafts: Sequence[Draft], path: Path, *, sources: bool = False) -> Path:
    """``drafts`` in the order of the report in ``path``; gives the path. With ``sources`` each sentence says where it comes from.

    ``library`` is not needed for these formats. What has no source stands in the file only where the officer has kept it in the text.

    Raises:
        UnknownFormat, NothingToExport, NotWritten: why there is no file.
    """
    del library  # the forms are made anew; the parameter is part of the caller's agreement
    if path.suffix.lower() not in FORMATS:
        raise UnknownFormat(f"Filen {path.name} har en okänd ändelse. Välj en av {', '.join(FORMATS)}.")
    if not drafts:
        raise NothingToExport("Det finns inga utkast att skriva. Spara ett utkast först: assistant draft KOD --year ÅR --save")
    ordered = sorted(drafts, key=lambda draft: (draft.item.organisation, draft.year, draft.item.plan, draft.item.position))
    data = _rendered(ordered, path.suffix.lower(), sources)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise NotWritten(
            f"Filen {path} kunde inte skrivas ({reason}). Stäng den om den är öppen, eller välj ett annat namn."
        ) from error
    return path


def _rendered(drafts: Sequence[Draft], ending: str, sources: bool) -> bytes:
    if ending == ".docx":
        from assistant.draft import export_docx

        return export_docx.render(drafts, sources=sources)
    from assistant.draft import export_table

    if ending == ".xlsx":
        return export_table.render_xlsx(drafts, sources=sources)
    if ending == ".csv":
        return export_table.render_csv(drafts, sources=sources)
    return export_table.render_markdown(drafts, sources=sources).encode("utf-8")


def paragraphs_of(draft: Draft) -> list[list[tuple[str, DraftSentence | None]]]:
    """The draft's text as paragraphs of pieces in order, each with its sentence; blanks between sentences are pieces without one.

    The pieces of a paragraph joined give it back, whatever was edited.
    """
    waiting = list(draft.sentences)
    result = []
    for paragraph in draft.text.split("\n\n"):
        pieces: list[tuple[str, DraftSentence | None]] = []
        at = 0
        while waiting and at < len(paragraph):
            start = paragraph.find(waiting[0].text, at)
            if start < 0:
                if all(paragraph.find(other.text, at) < 0 for other in waiting):
                    break
                waiting.pop(0)
                continue
            if start > at:
                pieces.append((paragraph[at:start], None))
            pieces.append((waiting[0].text, waiting[0]))
            at = start + len(waiting[0].text)
            waiting.pop(0)
        if at < len(paragraph):
            pieces.append((paragraph[at:], None))
        result.append(pieces)
    return result
