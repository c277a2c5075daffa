"""The notes box of the tab Utkast: what stands in it goes into the library as she leaves it.

Notes that came into the library since the box was filled (from a file, from another window, from a colleague) are put to it: nobody takes
away what she has not seen. Knows nothing of drafts.
"""

from __future__ import annotations

from typing import Any

from assistant.draft.language.privacy import private_lines
from assistant.ui import draft_view as view
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import Boxes
from assistant.ui.events import Event
from assistant.ui.markup import counted
from corpus.model import renumber


class NotesBox:
    """Keeping the notes of an item and year. Holds nothing of any of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def there(self, boxes: Boxes) -> list[str]:
        """The notes that the library has of the place; [] where nothing is chosen."""
        if not boxes.item_key or not boxes.year:
            return []
        return [note.text for note in self._desk.assistant.library.notes(boxes.item_key, boxes.year)]

    def lines(self, boxes: Boxes) -> list[str]:
        """The box's notes, then those that have come into the library since it was filled."""
        own = [note.text for note in renumber(boxes.lines)]
        return [*own, *(text for text in self.there(boxes) if text not in own and text not in boxes.held)]

    def keep(self, event: Event, boxes: Boxes) -> list[Any]:
        """The notes into the library: what is said of it, the box, and the notes that it has been filled with.

        With personal data they wait for her word ("sure" in the event). The box is left alone where nothing has been put to it.
        """
        import gradio as gr

        if not boxes.item_key or not boxes.year:
            return ["", gr.skip(), gr.skip()]
        there, wanted = self.there(boxes), self.lines(boxes)
        more = len(wanted) - len(renumber(boxes.lines))
        box = "\n".join([boxes.notes.rstrip(), *wanted[-more:]]).strip() if more else gr.skip()
        if wanted == there:
            return ["", box, there]
        if (found := private_lines(text for text in wanted if text not in there)) and not event.text("sure"):
            return [view.warning(found, what="notes"), gr.skip(), gr.skip()]
        self._desk.assistant.library.save_notes(boxes.item_key, boxes.year, renumber(wanted), author=event.user)
        said = "Anteckningarna är sparade i biblioteket." if wanted else "Anteckningarna är borttagna ur biblioteket."
        if more:
            said += f" {counted(more, 'anteckning', 'anteckningar')} som har kommit till på annat håll är med."
        return [view.said(said), box, wanted]
