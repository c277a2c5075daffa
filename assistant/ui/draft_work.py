"""What the tab Utkast does, apart from how it looks: lists to choose from, an item opened, a draft made, changed and saved.

Nothing of any draft is kept here between two events; what belongs to a person comes with the event.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from assistant.phrases import item_label
from assistant.ui import draft_view as view
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.page import ASSETS
from corpus.model import AnswerValue, Draft, DraftState, Item, plan_name, renumber

NO_ITEM = "Välj en punkt ovan, eller klicka på Skapa utkast vid ett svar under Fråga."
ANSWERS = ["Ja", "Nej", "Delvis", "Pågår"]
ALL_PLANS = "Alla planer"


class DraftWork:
    """What the tab does, apart from how it looks. Holds nothing of any draft."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # Choosing

    def choices(self, organisation: str = "", plan: str = ALL_PLANS, item_key: str = "", year: int = 0) -> list[Any]:
        """The four lists, with what is given chosen where it is there."""
        import gradio as gr

        catalogue = self._desk.catalogue()
        names = list(catalogue.organisations)
        whose = organisation if organisation in names else catalogue.own or (names[0] if names else None)
        items = self._desk.newest_items(whose) if whose else []
        plans = list(dict.fromkeys(plan_name(item.plan_title) for item in items))
        narrowed = plan if plan in plans else ALL_PLANS
        listed = [
            (f"{item_label(item)} – {short(item.question or item.statement)}", item.key.id)
            for item in items
            if _in_plan(item, narrowed)
        ]
        keys = [key for _, key in listed]
        years = self._years(whose)
        return [
            gr.Dropdown(choices=names, value=whose),
            gr.Dropdown(choices=[ALL_PLANS, *plans], value=narrowed),
            gr.Dropdown(choices=listed, value=item_key if item_key in keys else None),
            gr.Dropdown(
                choices=years,
                value=year if year in years else (self._desk.current_year if self._desk.current_year in years else None),
            ),
        ]

    def _years(self, organisation: str | None) -> list[int]:
        """The years that can be written: from that after the first report to the one after both the newest report and this year."""
        reported = self._desk.catalogue().years_of.get(organisation or "", ())
        last = max([*reported, self._desk.current_year - 1]) + 1
        return list(range(last, (reported[0] if reported else last - 1), -1))

    def narrow(self, event: Event, organisation: str, plan: str, item_key: str | None, year: int | None) -> list[Any]:
        """The lists after the organisation or the plan was changed."""
        return self.choices(organisation, plan, item_key or "", year or 0)

    def start(self, event: Event) -> list[Any]:
        """The lists as the page opens."""
        return self.choices()

    def pick(self, event: Event) -> list[Any]:
        """The tab opened at the item that the event carries."""
        import gradio as gr

        item = self._desk.item(event.text("item"))
        year = int(event.text("year")) if event.text("year").isdigit() else max(self._desk.current_year, item.year + 1)
        return [gr.Tabs(selected="utkast"), *self.choices(item.organisation, ALL_PLANS, item.key.id, year)]

    # One item and year

    def open(self, event: Event, item_key: str | None, year: int | None) -> list[Any]:
        """The item with its earlier years, its notes and its last saved version."""
        if not item_key or not year:
            return [view.nothing_chosen(NO_ITEM), "", "", "", None, "", None, "utkast", "", "", ""]
        item = self._item(item_key, year)
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
            view.questions(last or self._desk.assistant.draft(item, year=year, notes=notes.splitlines(), model="regler")),
            "",
        ]

    def keep_notes(self, event: Event, item_key: str | None, year: int | None, notes: str) -> None:
        """The notes into the library, as the officer leaves the box."""
        if not item_key or not year:
            return
        library = self._desk.assistant.library
        wanted = renumber((notes or "").splitlines())
        if wanted != library.notes(item_key, year):
            library.save_notes(item_key, year, wanted, author=event.user)

    def make(
        self,
        event: Event,
        item_key: str | None,
        year: int | None,
        current: Draft | None,
        text: str,
        answer: str | None,
        state: str,
        notes: str,
    ) -> list[Any]:
        """A draft by the rules from the earlier years and the notes. Text of her own that it takes the place of is saved as a version first."""
        item = self._item(item_key, year)
        assert year
        self.keep_notes(event, item_key, year, notes)
        self._keep_text(event, item, year, current, text, answer, state, notes)
        made = self._desk.assistant.draft(item, year=year, notes=(notes or "").splitlines(), model="regler")
        return [made, view.draft(made), made.text, made.answer, view.questions(made), self._versions(item, year)]

    def _keep_text(
        self, event: Event, item: Item, year: int, current: Draft | None, text: str, answer: str | None, state: str, notes: str
    ) -> None:
        known = {" ".join(version.draft.text.split()) for version in self._desk.assistant.library.drafts(item.key.id, year)}
        known |= {"", " ".join(current.text.split()) if current is not None and current.item.key == item.key else ""}
        if " ".join((text or "").split()) not in known:
            self._desk.assistant.save_draft(
                self._as_edited(item.key.id, year, current, text, answer, state, notes), author=event.user
            )

    def review(
        self,
        event: Event,
        item_key: str | None,
        year: int | None,
        current: Draft | None,
        text: str,
        answer: str | None,
        state: str,
        notes: str,
    ) -> tuple[Draft, str]:
        """The text as it now stands, each sentence traced anew."""
        made = self._as_edited(item_key, year, current, text, answer, state, notes)
        return made, view.draft(made, edited=True)

    def remove(
        self, event: Event, item_key: str, year: int, current: Draft | None, text: str, *rest: Any
    ) -> tuple[Draft, str, str]:
        """The text without one of the draft's sentences."""
        sentence = self._sentence(event, current)
        shorter = take_out(text, sentence)
        made, html = self.review(event, item_key, year, current, shorter, *rest)
        return made, html, shorter

    def include(
        self, event: Event, item_key: str, year: int, current: Draft | None, text: str, *rest: Any
    ) -> tuple[Draft, str, str]:
        """The text with one of the sentences that it lacked, at its end."""
        sentence = self._sentence(event, current)
        longer = f"{text.rstrip()}\n\n{sentence}".strip()
        made, html = self.review(event, item_key, year, current, longer, *rest)
        return made, html, longer

    # Saving

    def save(self, event: Event, item_key: str, year: int, *rest: Any) -> tuple[Draft, str, str]:
        """A new version of what stands in the boxes."""
        return self._saved(event, item_key, year, *rest, fetch=False)

    def save_and_export(self, event: Event, item_key: str, year: int, *rest: Any) -> tuple[Draft, str, str]:
        """A new version, and its DOCX to the browser."""
        return self._saved(event, item_key, year, *rest, fetch=True)

    def version(self, event: Event, item_key: str, year: int) -> tuple[Draft, str, str, str | None, str]:
        """An earlier version in the boxes."""
        wanted = event.text("number")
        for version in self._desk.assistant.library.drafts(item_key, year):
            if str(version.version) == wanted:
                made = version.draft
                return made, view.draft(made), made.text, made.answer, made.state
        raise PageError("Den versionen finns inte längre. Ladda om sidan.")

    def _saved(
        self,
        event: Event,
        item_key: str | None,
        year: int | None,
        current: Draft | None,
        text: str,
        answer: str | None,
        state: str,
        notes: str,
        *,
        fetch: bool,
    ) -> tuple[Draft, str, str]:
        import gradio as gr

        item = self._item(item_key, year)
        assert year
        if not (text or "").strip():
            raise PageError("Det finns ingen text att spara. Skapa ett utkast, eller skriv texten själv.")
        self.keep_notes(event, item_key, year, notes)
        made = self._as_edited(item_key, year, current, text, answer, state, notes)
        number = self._desk.assistant.save_draft(made, author=event.user)
        gr.Info(f"Version {number} är sparad i biblioteket.", title="Sparat")
        fetched = f"{_link(item, year, number)}&format=docx" if fetch else ""
        return made, view.draft(made, edited=True), self._versions(item, year, fetched)

    def _versions(self, item: Item, year: int, fetch: str = "") -> str:
        saved = self._desk.assistant.library.drafts(item.key.id, year)
        return view.versions(saved, links=[_link(item, year, version.version) for version in saved], fetch=fetch)

    def _as_edited(
        self, item_key: str | None, year: int | None, current: Draft | None, text: str, answer: str | None, state: str, notes: str
    ) -> Draft:
        """The draft of this place with the text, answer and state of the boxes; the notes are those in the box too."""
        from assistant.draft import revise_draft

        item = self._item(item_key, year)
        assert year
        if current is None or current.item.key != item.key or current.year != year:
            current = self._desk.assistant.draft(item, year=year, notes=(notes or "").splitlines(), model="regler")
        current = replace(current, notes=renumber((notes or "").splitlines()))
        chosen: AnswerValue | None = answer if answer in ANSWERS else None  # type: ignore[assignment]
        where: DraftState = state if state in view.STATES else "utkast"  # type: ignore[assignment]
        return revise_draft(self._desk.assistant.library, current, text or "", answer=chosen, state=where)

    def _item(self, item_key: str | None, year: int | None) -> Item:
        if not item_key or not year:
            raise PageError("Välj en punkt och ett år först.")
        return self._desk.assistant.item(item_key, year=year)

    def _sentence(self, event: Event, current: Draft | None) -> str:
        number = int(event.text("number")) if event.text("number").isdigit() else -1
        if current is None or not 0 <= number < len(current.sentences):
            raise PageError("Meningen finns inte kvar. Klicka på Granska min ändring och försök igen.")
        return current.sentences[number].text


def take_out(text: str, sentence: str) -> str:
    """``text`` without ``sentence``; an emptied paragraph goes too. Unchanged where it does not stand there word for word."""
    paragraphs = [paragraph.replace(sentence, "", 1) if sentence in paragraph else paragraph for paragraph in text.split("\n\n")]
    tidied = ("\n".join(" ".join(line.split()) for line in paragraph.splitlines() if line.strip()) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in tidied if paragraph)


def short(text: str, most: int = 90) -> str:
    """A text cut at a word, with an ellipsis."""
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


def _in_plan(item: Item, plan: str) -> bool:
    return plan in (ALL_PLANS, plan_name(item.plan_title))


def _link(item: Item, year: int, version: int) -> str:
    return f".{ASSETS}/utkast?{urlencode({'punkt': item.key.id, 'ar': year, 'version': version})}"
