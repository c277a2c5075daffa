"""What the tab Utkast does, apart from how it looks: an item opened, a draft made, changed, saved, and compared with others.

Nothing of any draft is kept here between two events; what belongs to a person comes with the event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from assistant.draft.language.privacy import PrivateLine, private_lines, private_sentences
from assistant.draft.provenance import accept, accepted
from assistant.ui import draft_view as view
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import Boxes
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.markup import counted
from assistant.ui.notes_box import NotesBox
from assistant.ui.page import ASSETS
from corpus.model import Draft, Item, renumber
from index.values import DraftVersion

NO_ITEM = "Välj en punkt ovan, eller klicka på Skapa utkast vid ett svar under Fråga."
NO_REPORTS = "Det finns inga rapporter att skriva utkast från. Läs in dem under fliken Rapporter."


class DraftWork:
    """What the tab does, apart from how it looks. Holds nothing of any draft."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._notes = NotesBox(desk)

    # One item and year

    def open(self, event: Event, item_key: str | None, year: int | None) -> list[Any]:
        """The item with its earlier years, its notes and its last saved version."""
        if not item_key or not year:
            return [
                view.nothing_chosen(NO_ITEM if self._desk.rows() else NO_REPORTS),
                "",
                "",
                "",
                None,
                "",
                None,
                "utkast",
                *[""] * 8,
                [],
            ]
        item = self._item(Boxes(item_key, year))
        library = self._desk.assistant.library
        notes = "\n".join(note.text for note in library.notes(item.key.id, year))
        versions = library.drafts(item.key.id, year)
        last = versions[-1].draft if versions else None
        return [
            view.place(item, year),
            view.timeline(self._desk.history(item, before=year)),
            notes or ("\n".join(note.text for note in last.notes) if last else ""),
            last.text if last else "",
            last,
            view.draft(last) if last else "",
            last.answer if last else None,
            last.state if last else "utkast",
            self._versions(item, year),
            view.questions(last or self._by_rules(item, Boxes(item_key, year, notes=notes))),
            view.elsewhere_offered() if len(self._desk.catalogue().organisations) > 1 else "",
            *[""] * 5,
            self._notes.there(Boxes(item_key, year)),
        ]

    def elsewhere(self, event: Event, boxes: Boxes) -> str:
        """What other organisations wrote last on the same item, where she asks for it."""
        from assistant.draft.evidence import gather

        item = self._item(boxes)
        assert boxes.year
        return view.elsewhere(gather(self._desk.assistant.library, item.key, year=boxes.year, notes=(), others=True).others)

    def make(self, event: Event, boxes: Boxes) -> list[Any]:
        """A draft by the rules from the earlier years and the notes. Text of her own that it takes the place of is saved as a version first."""
        item = self._item(boxes)
        lines = self._notes.lines(boxes)
        kept = self._notes.keep(event, boxes)
        self._keep_text(event, item, boxes)
        made = self._by_rules(item, replace(boxes, notes="\n".join(lines)))
        versions = self._versions(item, made.year)
        return [made, view.draft(made), made.text, made.answer, made.state, view.questions(made), versions, *kept]

    def _keep_text(self, event: Event, item: Item, boxes: Boxes) -> None:
        assert boxes.year
        made = boxes.made_for(item)
        known = {_words(version.draft.text) for version in self._desk.assistant.library.drafts(item.key.id, boxes.year)}
        known |= {"", _words(made.text) if made is not None else ""}
        if _words(boxes.text) not in known:
            self._desk.assistant.save_draft(self._as_edited(boxes), author=event.user)

    # Sentence by sentence: each gives the draft, its sentences, what is asked, and the text

    def review(self, event: Event, boxes: Boxes) -> tuple[Draft, str, str, str]:
        """The text as it now stands, each sentence traced anew."""
        made = self._as_edited(boxes)
        return made, view.draft(made, edited=True), view.questions(made), boxes.text

    def follow(self, event: Event, boxes: Boxes) -> list[Any]:
        """The sentences and questions after she has typed, with the text left to her: (draft, sentences, questions).

        Nothing changes where they are the text's already, or where the page has gone on to another item since.
        """
        import gradio as gr

        typed_at = event.text("place")
        if not boxes.item_key or not boxes.year or not boxes.text.strip():
            return [gr.skip()] * 3
        item = self._item(boxes)
        made = boxes.made_for(item)
        if (made is not None and _words(made.text) == _words(boxes.text)) or typed_at not in ("", view.place_key(item, boxes.year)):
            return [gr.skip()] * 3
        return list(self.review(event, boxes)[:3])

    def remove(self, event: Event, boxes: Boxes) -> tuple[Draft, str, str, str]:
        """The text without one of the draft's sentences."""
        return self.review(event, replace(boxes, text=take_out(boxes.text, _sentence(event, boxes))))

    def put(self, event: Event, boxes: Boxes) -> tuple[Draft, str, str, str]:
        """The text with other words in the place of one of the draft's sentences; none take it out."""
        words = _words(event.text("words"))
        if not words:
            return self.remove(event, boxes)
        return self.review(event, replace(boxes, text=put_in_place(boxes.text, _sentence(event, boxes), words)))

    def include(self, event: Event, boxes: Boxes) -> tuple[Draft, str, str, str]:
        """The text with one of the sentences that it lacked, at its end."""
        longer = f"{boxes.text.rstrip()}\n\n{_sentence(event, boxes)}".strip()
        return self.review(event, replace(boxes, text=longer))

    def accept(self, event: Event, boxes: Boxes) -> tuple[Draft, str, str, str]:
        """One sentence accepted as it stands, or no longer so."""
        _sentence(event, boxes)
        assert boxes.made is not None
        marked = accept(boxes.made, int(event.text("number")), event.text("yes") != "0")
        return self.review(event, replace(boxes, made=marked))

    # Versions

    def save(self, event: Event, boxes: Boxes) -> list[Any]:
        """A new version of what stands in the boxes."""
        return self._saved(event, boxes, fetch=False)

    def save_and_export(self, event: Event, boxes: Boxes) -> list[Any]:
        """A new version, and its DOCX to the browser."""
        return self._saved(event, boxes, fetch=True)

    def save_anyway(self, event: Event, boxes: Boxes) -> list[Any]:
        """A new version although it holds personal data: she has seen the warning."""
        return self._saved(event, boxes, fetch=event.text("download") == "1", sure=True)

    def version(self, event: Event, boxes: Boxes) -> tuple[Draft, str, str, str | None, str]:
        """An earlier version in the boxes; text of her own that it takes the place of is saved as a version first."""
        made = self._version(boxes, event.text("number"))
        self._keep_text(event, self._item(boxes), boxes)
        return made, view.draft(made), made.text, made.answer, made.state

    def compare(self, event: Event, boxes: Boxes) -> str:
        """Two texts of the place sentence by sentence: saved versions, the comment of an earlier year, or what stands in the box."""
        from assistant.draft import compare_versions

        item = self._item(boxes)
        (older, before), (newer, after) = (self._named(item, boxes, event.text(name)) for name in ("before", "after"))
        return view.comparison(older, newer, compare_versions(before, after))

    def _named(self, item: Item, boxes: Boxes, name: str) -> tuple[str, Draft]:
        """What a choice of the comparison stands for: how it is called, and its text traced to its sources."""
        assert boxes.year
        kind, _, number = name.partition("-")
        if kind == "version":
            return f"Version {number}", self._version(boxes, number)
        if kind == "rapport":
            earlier = [each for each in self._desk.history(item, before=boxes.year) if str(each.year) == number]
            if earlier:
                as_before = replace(boxes, text=earlier[0].comment, answer=earlier[0].answer)
                return f"Kommentaren i rapporten {number}", self._as_edited(as_before)
        return "Texten i rutan", self._as_edited(boxes)

    def _version(self, boxes: Boxes, number: str) -> Draft:
        for version in self._desk.assistant.library.drafts(boxes.item_key or "", boxes.year or 0):
            if str(version.version) == number:
                return version.draft
        raise PageError("Den versionen finns inte längre. Ladda om sidan.")

    def _saved(self, event: Event, boxes: Boxes, *, fetch: bool, sure: bool = False) -> list[Any]:
        """The draft, its sentences, what is asked, the versions, what ``NotesBox.keep`` gives, and the warning that was to come first."""
        import gradio as gr

        item = self._item(boxes)
        if not boxes.text.strip():
            raise PageError("Det finns ingen text att spara. Skapa ett utkast, eller skriv texten själv.")
        found = [] if sure else self._private(item, boxes)
        if found:
            return [*[gr.skip()] * 7, view.warning(found, what="draft", fetch=fetch)]
        lines = self._notes.lines(boxes)
        kept = self._notes.keep(replace(event, data={**event.data, "sure": "1"}), boxes)
        made = self._as_edited(replace(boxes, notes="\n".join(lines)))
        before = self._desk.assistant.library.drafts(item.key.id, made.year)[-1:]
        number = self._desk.assistant.save_draft(made, author=event.user)
        said = [f"Version {number} är sparad i biblioteket.", *_changed_since(before, made), *_left_to_see(made)]
        gr.Info(" ".join(said), title="Sparat")
        fetched = f"{_link(item, made.year, number)}&format=docx" if fetch else ""
        return [made, view.draft(made, edited=True), view.questions(made), self._versions(item, made.year, fetched), *kept, ""]

    def _private(self, item: Item, boxes: Boxes) -> list[PrivateLine]:
        """The lines with personal data that a save would bring into the library: those that are there already have been warned of."""
        assert boxes.year
        library = self._desk.assistant.library
        saved = {
            _words(line.text)
            for version in library.drafts(item.key.id, boxes.year)
            for line in private_sentences(version.draft.text)
        }
        noted = {note.text for note in library.notes(item.key.id, boxes.year)}
        return [
            *(line for line in private_sentences(boxes.text) if _words(line.text) not in saved),
            *private_lines(note.text for note in renumber(boxes.lines) if note.text not in noted),
        ]

    def _versions(self, item: Item, year: int, fetch: str = "") -> str:
        saved = self._desk.assistant.library.drafts(item.key.id, year)
        years = [each.year for each in self._desk.history(item, before=year) if each.comment]
        return view.versions(saved, links=[_link(item, year, version.version) for version in saved], years=years, fetch=fetch)

    # Drafts

    def _by_rules(self, item: Item, boxes: Boxes) -> Draft:
        assert boxes.year
        return self._desk.assistant.draft(item, year=boxes.year, notes=boxes.lines, model="regler")

    def _as_edited(self, boxes: Boxes) -> Draft:
        """The draft of this place with the text, answer and state of the boxes; the notes are those in the box too."""
        item = self._item(boxes)
        current = replace(boxes.made_for(item) or self._by_rules(item, boxes), notes=renumber(boxes.lines))
        return self._desk.assistant.revise(current, boxes.text, answer=boxes.answer, state=boxes.state)

    def _item(self, boxes: Boxes) -> Item:
        if not boxes.item_key or not boxes.year:
            raise PageError("Välj en punkt och ett år först.")
        return self._desk.assistant.item(boxes.item_key, year=boxes.year)


def take_out(text: str, sentence: str) -> str:
    """``text`` without ``sentence``; an emptied paragraph goes too.

    Raises:
        PageError: it does not stand there.
    """
    tidied = (
        "\n".join(" ".join(line.split()) for line in paragraph.splitlines() if line.strip())
        for paragraph in put_in_place(text, sentence, "").split("\n\n")
    )
    return "\n\n".join(paragraph for paragraph in tidied if paragraph)


def put_in_place(text: str, sentence: str, words: str) -> str:
    """``text`` with ``words`` in the place of ``sentence`` the first time it stands there, however it is broken into lines.

    Raises:
        PageError: it does not stand there.
    """
    found = re.search(r"\s+".join(map(re.escape, sentence.split())), text) if sentence.strip() else None
    if found is None:
        raise PageError("Meningen står inte längre så i texten. Klicka på Granska min ändring och försök igen.")
    return text[: found.start()] + words + text[found.end() :]


def _left_to_see(made: Draft) -> list[str]:
    """What a text that is called reviewed or done still has that nobody has accepted; [] where there is nothing, and for a mere draft."""
    left = sum(sentence.status == "unsupported" and not accepted(sentence) for sentence in made.sentences)
    if made.state == "utkast" or not left:
        return []
    return [f"{counted(left, 'mening', 'meningar')} saknar källa och är inte godkänd{'' if left == 1 else 'a'}."]


def _changed_since(before: Sequence[DraftVersion], made: Draft) -> list[str]:
    """That a text which was called reviewed or done has been changed and is still called so; [] where that is not the case."""
    if made.state == "utkast" or not before or before[-1].state != made.state or _words(before[-1].draft.text) == _words(made.text):
        return []
    return [f"Texten är ändrad sedan version {before[-1].version}, men läget är kvar: {view.STATES[made.state]}."]


def _sentence(event: Event, boxes: Boxes) -> str:
    number = int(event.text("number")) if event.text("number").isdigit() else -1
    if boxes.made is None or not 0 <= number < len(boxes.made.sentences):
        raise PageError("Meningen finns inte kvar. Klicka på Granska min ändring och försök igen.")
    return boxes.made.sentences[number].text


def _words(text: str) -> str:
    return " ".join(text.split())


def _link(item: Item, year: int, version: int) -> str:
    return f".{ASSETS}/utkast?{urlencode({'punkt': item.key.id, 'ar': year, 'version': version})}"
