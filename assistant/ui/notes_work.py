"""Notes out of a file: those of one item into its box, or those of a whole report into the library once they have been looked at.

What no item got is said with its reason, never dropped. Files that were sent are thrown away once they are read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.draft.language.privacy import private_lines
from assistant.phrases import item_label
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import Boxes
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.markup import counted, render
from assistant.ui.uploads import throw_away
from corpus.errors import CorpusError
from corpus.model import Item, renumber

if TYPE_CHECKING:
    from assistant.draft.notes.file import ImportedNotes


class NotesWork:
    """Reading notes for the tabs Utkast and Översikt. Holds nothing of any file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # One item's

    def into_box(self, event: Event, path: str, boxes: Boxes) -> tuple[str, str]:
        """The box with the file's notes on the item after what stands there, and what was not taken.

        A file without any code is all about the item; of one with codes only the item's own notes are taken.
        """
        if not boxes.item_key or not boxes.year:
            raise PageError("Välj en punkt och ett år först.")
        item = self._desk.assistant.item(boxes.item_key, year=boxes.year)
        read = self._read(path, item.organisation, boxes.year)
        taken = next((list(lines) for key, lines in read.notes.items() if key.id == item.key.id), [])
        left = read.unplaced if read.notes else ()
        if not read.notes:
            taken = [one.text for one in read.unplaced]
        there = [note.text for note in renumber(boxes.lines)]
        new = [note.text for note in renumber(taken) if note.text not in there]
        said = f"{counted(len(new), 'anteckning', 'anteckningar')} ur {Path(path).name} lades till."
        others = len(read.notes) - (1 if taken and read.notes else 0)
        if others:
            said += f" Filen har också anteckningar till {counted(others, 'punkt', 'punkter')} till: läs in dem under Översikt."
        text = "\n".join([*([boxes.notes.rstrip()] if boxes.notes.strip() else []), *new])
        return text, render("notes_left.html", said=said, left=left)

    # A whole report's

    def look(self, event: Event, path: str, organisation: str | None) -> tuple[ImportedNotes, str]:
        """The file's notes by item, to be looked at before they are kept."""
        year = self._desk.current_year
        read = self._read(path, self._desk.whose(organisation), year)
        placed = [(self._item(organisation, key.id), lines) for key, lines in read.notes.items()]
        return read, render(
            "notes_file.html",
            name=Path(path).name,
            placed=placed,
            left=read.unplaced,
            year=year,
            label=item_label,
            warn=private_lines,
        )

    def keep(self, event: Event, read: ImportedNotes | None) -> tuple[None, str]:
        """The notes into the library, beside those already there."""
        from assistant.draft.whole_report import add_notes

        if read is None:
            raise PageError("Filens anteckningar finns inte kvar på sidan. Välj filen igen.")
        added = add_notes(self._desk.assistant.library, read.notes, self._desk.current_year, author=event.user)
        said = (
            f"{counted(sum(added.values()), 'anteckning', 'anteckningar')} sparade till {counted(len(added), 'punkt', 'punkter')}."
            if added
            else "Alla anteckningar i filen fanns redan."
        )
        return None, render("hint.html", text=said)

    def leave(self, event: Event) -> tuple[None, str]:
        """Nothing kept of the file."""
        return None, ""

    def _read(self, path: str, organisation: str, year: int) -> ImportedNotes:
        from assistant.draft.notes.file import read_notes
        from assistant.draft.whole_report import report_items

        file = Path(path)
        items = report_items(self._desk.assistant.library, organisation, year) if organisation and self._desk.rows() else []
        if not items:
            raise PageError(
                "Det finns inga tidigare rapporter vars punkter anteckningarna kan höra till. Läs in dem under Rapporter."
            )
        try:
            return read_notes(file.read_bytes(), file.name, items)
        except CorpusError as error:
            raise PageError(str(error).replace(str(file), file.name)) from error
        finally:
            throw_away(file)

    def _item(self, organisation: str | None, key: str) -> Item:
        newest = self._desk.newest_items(self._desk.whose(organisation))
        return next(item for item in newest if item.key.id == key)
