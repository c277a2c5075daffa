"""Drafts written to a file: Word, Excel, CSV or Markdown, by the file's ending. Written beside and renamed, so that no half file is left.

Chooses the writer, keeps the report's order, and never writes over a file; knows nothing of the formats themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.draft.whole_report import report_items
from assistant.errors import AssistantError
from assistant.system_errors import reason
from corpus.model import Draft, Item

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


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written. ``filled``: it is the organisation's own, filled in. ``empty`` are the report's items that had no draft;
    ``remarks`` is what the officer should know (Swedish); ``previous`` is where the file that stood there before now is, None where none
    did."""

    path: Path
    filled: bool = False
    empty: tuple[Item, ...] = ()
    remarks: tuple[str, ...] = ()
    previous: Path | None = None

    @property
    def keeps_empty(self) -> bool:
        """Whether the items without a draft stand in the file with nothing filled in, as in a form; else they are not there."""
        return self.path.suffix.lower() == ".docx"


def export_report(
    library: Library, drafts: Sequence[Draft], path: Path, *, plan: int | None = None, sources: bool = False, own_file: bool = True
) -> Exported:
    """A whole report's ``drafts`` in ``path``; for Word in last year's own file where that was Word, else in our own form, with the reason.

    In the organisation's own file all is as it was but answers and comments. In Word items without a draft are left empty, in other formats
    they are left out; with ``plan`` those of that plan alone are looked for. ``own_file`` False chooses our own form. With ``sources`` each
    sentence says where it comes from.

    Raises:
        UnknownFormat, NothingToExport, NotWritten: why there is no file.
    """
    ending = _ending(path)
    ordered = _ordered(drafts)
    there = {draft.item.key for draft in ordered}
    whose = dict.fromkeys((draft.item.organisation, draft.year) for draft in ordered)
    blank = [
        Draft(item=item, year=year, answer=None, answer_reason="", text="", sentences=())
        for name, year in whose
        for item in report_items(library, name, year, plan=plan)
        if item.key not in there
    ]
    empty = tuple(draft.item for draft in blank)
    if ending != ".docx":
        return Exported(path, empty=empty, previous=_put(path, _rendered(ordered, ending, sources)))
    why: tuple[str, ...] = ()
    if own_file:
        from assistant.draft.exports.own_file import fill_own_file

        own = fill_own_file(library, ordered, sources=sources)
        if not isinstance(own, str):
            return Exported(path, True, own.empty, own.remarks, _put(path, own.data))
        why = (own,)
    return Exported(path, empty=empty, remarks=why, previous=_put(path, _rendered(_ordered([*ordered, *blank]), ending, sources)))


def export_drafts(library: Library | None, drafts: Sequence[Draft], path: Path, *, sources: bool = False) -> Path:
    """``drafts`` in the order of the report in ``path``, in our own form; gives the path. With ``sources`` each sentence says where it comes
    from.

    ``library`` is not needed for these formats. What has no source stands in the file only where the officer has kept it in the text.

    Raises:
        UnknownFormat, NothingToExport, NotWritten: why there is no file.
    """
    del library  # the forms are made anew; the parameter is part of the caller's agreement
    ending = _ending(path)
    _put(path, _rendered(_ordered(drafts), ending, sources))
    return path


def export_one(draft: Draft, path: Path, *, sources: bool = False) -> Exported:
    """One draft in our own form in ``path``.

    Raises:
        UnknownFormat, NotWritten: why there is no file.
    """
    return Exported(path, previous=_put(path, _rendered([draft], _ending(path), sources)))


def export_commitments(drafts: Sequence[Draft], path: Path) -> Exported:
    """The open commitments of ``drafts`` as a list of their own in ``path``.

    Raises:
        UnknownFormat, NothingToExport, NotWritten: why there is no file.
    """
    from assistant.draft.exports.commitments import render

    ending = _ending(path)
    return Exported(path, previous=_put(path, render(_ordered(drafts), ending)))


def check_target(path: Path) -> None:
    """Says now, before any work is done, what is wrong with the name of a file to be written.

    Raises:
        UnknownFormat, NotWritten: what.
    """
    _ending(path)


def _ending(path: Path) -> str:
    if path.is_dir():
        raise NotWritten(f"{path} är en mapp och kunde inte skrivas. Ange en fil i den, till exempel {path / 'utkast.docx'}.")
    if path.suffix.lower() not in FORMATS:
        raise UnknownFormat(f"Filen {path.name} har en okänd ändelse. Välj en av {', '.join(FORMATS)}.")
    return path.suffix.lower()


def _ordered(drafts: Sequence[Draft]) -> list[Draft]:
    if not drafts:
        raise NothingToExport("Det finns inga utkast att skriva. Spara ett utkast först: assistant draft KOD --year ÅR --save")
    return sorted(drafts, key=lambda draft: (draft.item.organisation, draft.year, draft.item.plan, draft.item.position))


def _put(path: Path, data: bytes) -> Path | None:
    """Writes the file whole or not at all. One that stood there is kept under another name, for somebody may have written in it."""
    unfinished = path.with_name(f".{path.name}.part")
    previous = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        if path.exists() and path.stat().st_size and path.read_bytes() != data:
            previous = next(
                name for n in count(1) if not (name := path.with_name(f"{path.stem} (tidigare {n}){path.suffix}")).exists()
            )
            path.replace(previous)
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):  # there may be no such place at all
            unfinished.unlink(missing_ok=True)
        if previous is not None and previous.exists() and not path.exists():
            previous.replace(path)
        raise NotWritten(
            f"Filen {path} kunde inte skrivas ({reason(error)}). Stäng den om den är öppen, eller välj ett annat namn."
        ) from error
    return previous


def _rendered(drafts: Sequence[Draft], ending: str, sources: bool) -> bytes:
    if ending == ".docx":
        from assistant.draft.exports import word

        return word.render(drafts, sources=sources)
    from assistant.draft.exports import table

    if ending == ".xlsx":
        return table.render_xlsx(drafts, sources=sources)
    if ending == ".csv":
        return table.render_csv(drafts, sources=sources)
    return table.render_markdown(drafts, sources=sources).encode("utf-8")
