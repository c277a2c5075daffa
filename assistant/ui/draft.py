"""The tab Utkast: choose an item and a year, write what has happened, get a draft that says where each sentence comes from, edit, save, export.

What is typed is kept in the person's browser until it is saved (``static/page.js``), and the notes in the library as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.ui import draft_view as view
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import ANSWERS, with_boxes, with_path
from assistant.ui.draft_lists import ALL_PLANS, DraftLists
from assistant.ui.draft_model import ModelWork
from assistant.ui.draft_work import NO_ITEM, DraftWork
from assistant.ui.events import connect
from assistant.ui.notes_box import NotesBox
from assistant.ui.notes_work import NotesWork
from assistant.ui.panel import panel

if TYPE_CHECKING:
    import gradio as gr

RESTORE = "(...kept) => window.sida.unsaved(kept)"
"""What was typed in this browser for the place, and never saved, in the place of what the library has."""
_TO_PLACE = "(item, year) => { window.sida.remember(item, year); window.sida.show('utkast-plats'); return []; }"
"""Once an item is open: remembered for the next visit, and its head in view."""
KEEP = "(...typed) => window.sida.keep(typed)"
"""What a button has put in the boxes, kept in this browser like what is typed there."""
SAVING = "(...boxes) => window.sida.saving(boxes)"
"""As a button that saves is clicked: what is saved is what stands there now."""
SAVED = "(warned) => warned ? window.sida.show('utkast-varning') : window.sida.saved()"
"""After a button that saves: done, or waiting for her word, which is brought into view."""
LAST = "() => [window.sida.last()]"
"""The item and year that this browser had open last."""
_QUIET = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class DraftTab:
    """The parts of the tab that others connect to, and what they may do. ``typed`` are the boxes that the browser keeps."""

    work: DraftWork
    lists: DraftLists
    timeline: gr.HTML
    elsewhere: gr.HTML
    chosen: list[Any]
    opened: list[Any]
    typed: list[Any]
    boxes: list[Any]
    followed: list[Any]
    last: gr.JSON

    def start(self, loaded: Any) -> None:
        """As the page opens: the lists, and what this browser had open last."""
        self.then_open(connect(loaded, self.lists.start, [self.last], self.chosen, js=LAST, beside=True), beside=True)

    def renew(self, changed: Any) -> None:
        """After the library was changed: the lists anew, with what is chosen still chosen."""
        connect(changed, self.lists.narrow, self.chosen, self.chosen, beside=True)

    def pick(self, listener: Any, tabs: gr.Tabs) -> None:
        """Let an event that carries ``data-item`` (an ``Item.id``) open its item here."""
        picked = connect(listener, self.lists.pick, [], [tabs, *self.chosen])
        self.then_open(picked)

    def then_open(self, after: Any, *, beside: bool = False) -> None:
        """After ``after``, open what is chosen, with what was typed and never saved."""
        item, year = self.chosen[2:]
        self.restore(connect(after.success, self.work.open, [item, year], self.opened, beside=beside))

    def restore(self, opened: Any) -> None:
        """After an item was opened, put back what was typed for it in this browser and never saved, and trace it to its sources."""
        back = opened.success(None, self.typed, self.typed, js=RESTORE, **_QUIET)
        connect(back.success, with_boxes(self.work.follow), self.boxes, self.followed, beside=True)
        opened.success(None, self.chosen[2:], [], js=_TO_PLACE, **_QUIET)


def build(desk: Desk) -> DraftTab:
    """The tab's parts, connected."""
    import gradio as gr

    work, lists, model, from_file = DraftWork(desk), DraftLists(desk), ModelWork(desk), NotesWork(desk)
    notes_box = NotesBox(desk)
    with gr.Row(elem_classes="choices"):
        organisation = gr.Dropdown([], label="Förvaltning", elem_id="utkast-forvaltning", filterable=False, min_width=200)
        plan = gr.Dropdown([ALL_PLANS], value=ALL_PLANS, label="Plan", elem_id="utkast-plan", filterable=False, min_width=200)
        item = gr.Dropdown([], label="Punkt (skriv för att söka)", elem_id="utkast-punkt", min_width=260, scale=2)
        year = gr.Dropdown([], label="Rapportår att skriva", elem_id="utkast-ar", filterable=False, min_width=110)
    place = panel(view.nothing_chosen(NO_ITEM), ["step"], elem_id="utkast-plats")
    current: Any = gr.State(None)
    proposed: Any = gr.State(None)
    with gr.Row(elem_classes="two"):
        with gr.Column(scale=5, min_width=320):
            timeline = panel("", ["open"], elem_id="utkast-tidslinje")
            questions = panel("", elem_id="utkast-fragor")
            elsewhere = panel("", ["ask", "open"], elem_id="utkast-andra")
        with gr.Column(scale=6, min_width=320):
            notes = gr.Textbox(
                label="Anteckningar: vad har hänt sedan förra rapporten? En sak per rad",
                placeholder="t.ex. – fältgruppen: 2 nya fr. mars, nu 5 pers",
                lines=5,
                max_lines=18,
                elem_id="utkast-anteckningar",
            )
            with gr.Row(elem_classes="buttons"):
                make = gr.Button("Skapa utkast", variant="primary", elem_id="skapa-utkast", scale=2)
                file = gr.UploadButton("Anteckningar ur en fil", file_count="single", elem_id="utkast-anteckningsfil")
            noted = panel("", ["keep"], elem_id="utkast-noterat")
            left = panel("", elem_id="utkast-ur-fil")
            written = panel("", ["stop", "use"], elem_id="utkast-modell")
            text = gr.Textbox(label="Texten att lämna in (ändra fritt)", lines=8, max_lines=30, elem_id="utkast-text")
            gr.HTML('<p id="utkast-sparat" class="soft" role="status"></p>', apply_default_css=False)
            with gr.Row(elem_classes="choices"):
                answer = gr.Radio(list(ANSWERS), label="Svar", elem_id="utkast-svar", scale=13, min_width=120)
                state = gr.Radio(
                    [(label, key) for key, label in view.STATES.items()],
                    value="utkast",
                    label="Läge",
                    elem_id="utkast-lage",
                    scale=12,
                    min_width=120,
                )
            with gr.Row(elem_classes="buttons"):
                review = gr.Button("Granska min ändring", elem_id="granska")
                save = gr.Button("Spara", variant="primary", elem_id="spara-utkast")
                export = gr.Button("Spara och ladda ner Word", elem_id="exportera")
                onward = gr.Button("Nästa punkt →", elem_id="nasta-punkt")
            warned = panel("", ["anyway"], elem_id="utkast-varning")
            saved = panel("", ["version", "compare"], elem_id="utkast-versioner")
            compared = panel("", elem_id="utkast-jamforelse")
            shown = panel("", ["accept", "put", "remove", "include", "follow"], elem_id="utkast-meningar")

    chosen = [organisation, plan, item, year]
    earlier = [saved, questions, elsewhere]
    held: Any = gr.State([])
    opened = [place, timeline, notes, text, current, shown, answer, state, *earlier, written, compared, left, noted, warned, held]
    typed = [notes, text, answer, state]
    last = gr.JSON(
        visible=False
    )  # carries what the browser remembers; Gradio's own browser state comes too late for the first event
    boxes = [item, year, current, text, answer, state, notes, held]
    kept = [noted, notes, held]
    followed = [current, shown, questions]
    tab = DraftTab(work, lists, timeline, elsewhere, chosen, opened, typed, boxes, followed, last)
    for listener in (place.step, onward.click):
        tab.then_open(connect(listener, lists.step, chosen, chosen))
    for changed in (organisation, plan):
        tab.then_open(connect(changed.input, lists.narrow, chosen, chosen))
    for changed in (item, year):
        tab.restore(connect(changed.input, work.open, [item, year], opened))

    def on(listener: Any, function: Callable[..., Any], outputs: list[Any], **options: Any) -> Any:
        return connect(listener, with_boxes(function), boxes, outputs, **options)

    on(notes.blur, notes_box.keep, kept, beside=True)
    on(noted.keep, notes_box.keep, kept)
    taken = connect(file.upload, with_path(from_file.into_box), [file, *boxes], [notes, left], progress="minimal")
    on(elsewhere.ask, work.elsewhere, [elsewhere], progress="minimal")
    on(shown.follow, work.follow, followed, beside=True)
    made = on(make.click, work.make, [current, shown, text, answer, state, questions, saved, *kept], progress="minimal")
    on(made.success, model.write, [written, proposed], group="modell", limit=2)
    connect(written.stop, model.stop, [], [])
    on(saved.compare, work.compare, [compared])
    on(taken.success, notes_box.keep, kept)
    revised = [current, shown, questions, text]
    on(review.click, work.review, revised, progress="minimal")
    for change in (
        made,
        taken,
        connect(written.use, model.use, [proposed, current], [current, shown, text, answer, state, questions, written]),
        *(on(getattr(shown, name), getattr(work, name), revised) for name in ("accept", "put", "remove", "include")),
        on(saved.version, work.version, [current, shown, text, answer, state]),
    ):
        change.success(None, typed, [], js=KEEP, **_QUIET)
    for listener, function in ((save.click, work.save), (export.click, work.save_and_export), (warned.anyway, work.save_anyway)):
        done = on(listener, function, [current, shown, questions, saved, *kept, warned], progress="minimal", js=SAVING)
        done.success(None, [warned], [], js=SAVED, **_QUIET)
    return tab
