"""The tab Utkast: choose an item and a year, write what has happened, get a draft that says where each sentence comes from, edit, save, export.

What is typed is kept in the person's browser until it is saved (``static/page.js``), and the notes in the library as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.ui import draft_view as view
from assistant.ui.desk import Desk
from assistant.ui.draft_model import ModelWork
from assistant.ui.draft_work import ALL_PLANS, ANSWERS, NO_ITEM, DraftWork
from assistant.ui.events import connect
from assistant.ui.panel import panel

if TYPE_CHECKING:
    import gradio as gr

RESTORE = "(notes, text) => window.sida.unsaved(notes ?? '', text ?? '')"
"""What was typed in this browser for the place, and never saved, in the place of what the library has."""


@dataclass(frozen=True, slots=True)
class DraftTab:
    """The parts of the tab that others connect to, and what they may do."""

    work: DraftWork
    timeline: gr.HTML
    chosen: list[Any]
    opened: list[Any]

    def pick(self, listener: Any, tabs: gr.Tabs) -> None:
        """Let an event that carries ``data-item`` (an ``Item.id``) open its item here."""
        picked = connect(listener, self.work.pick, [], [tabs, *self.chosen])
        self.then_open(picked)

    def then_open(self, after: Any) -> None:
        """After ``after``, open what is chosen, with what was typed and never saved."""
        item, year = self.chosen[2:]
        self.restore(connect(after.success, self.work.open, [item, year], self.opened))

    def restore(self, opened: Any) -> None:
        """After an item was opened, put back what was typed for it in this browser and never saved."""
        _, _, notes, text, *_ = self.opened
        opened.success(None, [notes, text], [notes, text], js=RESTORE, show_progress="hidden", api_visibility="private")


def build(desk: Desk) -> DraftTab:
    """The tab's parts, connected."""
    import gradio as gr

    work = DraftWork(desk)
    with gr.Row(elem_classes="choices"):
        organisation = gr.Dropdown([], label="Förvaltning", elem_id="utkast-forvaltning", filterable=False, min_width=200)
        plan = gr.Dropdown([ALL_PLANS], value=ALL_PLANS, label="Plan", elem_id="utkast-plan", filterable=False, min_width=200)
        item = gr.Dropdown([], label="Punkt (skriv för att söka)", elem_id="utkast-punkt", min_width=260, scale=2)
        year = gr.Dropdown([], label="Rapportår att skriva", elem_id="utkast-ar", filterable=False, min_width=110)
    place = panel(view.nothing_chosen(NO_ITEM), elem_id="utkast-plats")
    current: Any = gr.State(None)
    proposed: Any = gr.State(None)
    with gr.Row(elem_classes="two"):
        with gr.Column(scale=5, min_width=320):
            timeline = panel("", ["open"], elem_id="utkast-tidslinje")
            questions = panel("", elem_id="utkast-fragor")
        with gr.Column(scale=6, min_width=320):
            notes = gr.Textbox(
                label="Anteckningar: vad har hänt sedan förra rapporten? En sak per rad",
                placeholder="t.ex. – fältgruppen: 2 nya fr. mars, nu 5 pers",
                lines=5,
                max_lines=18,
                elem_id="utkast-anteckningar",
            )
            make = gr.Button("Skapa utkast", variant="primary", elem_id="skapa-utkast")
            written = panel("", ["stop", "use"], elem_id="utkast-modell")
            text = gr.Textbox(label="Texten att lämna in (ändra fritt)", lines=8, max_lines=30, elem_id="utkast-text")
            gr.HTML('<p id="utkast-sparat" class="soft" role="status"></p>', apply_default_css=False)
            with gr.Row(elem_classes="choices"):
                answer = gr.Radio(ANSWERS, label="Svar", elem_id="utkast-svar")
                state = gr.Radio(
                    [(label, key) for key, label in view.STATES.items()], value="utkast", label="Läge", elem_id="utkast-lage"
                )
            with gr.Row(elem_classes="buttons"):
                review = gr.Button("Granska min ändring", elem_id="granska")
                save = gr.Button("Spara", variant="primary", elem_id="spara-utkast")
                export = gr.Button("Spara och ladda ner Word", elem_id="exportera")
            saved = panel("", ["version"], elem_id="utkast-versioner")
            shown = panel("", ["remove", "include"], elem_id="utkast-meningar")

    chosen = [organisation, plan, item, year]
    opened = [place, timeline, notes, text, current, shown, answer, state, saved, questions, written]
    tab = DraftTab(work, timeline, chosen, opened)
    for changed in (organisation, plan):
        narrowed = connect(changed.input, work.narrow, [organisation, plan, item, year], chosen)
        tab.then_open(narrowed)
    for changed in (item, year):
        tab.restore(connect(changed.input, work.open, [item, year], opened))
    here = [item, year]
    boxes = [*here, current, text, answer, state, notes]
    model = ModelWork(desk)
    connect(notes.blur, work.keep_notes, [*here, notes], [])
    made = connect(make.click, work.make, boxes, [current, shown, text, answer, questions, saved], progress="minimal")
    connect(made.success, model.write, [*here, notes], [written, proposed], group="modell", limit=2)
    connect(written.stop, model.stop, [], [])
    changed_text = [
        made,
        connect(written.use, model.use, [proposed, current], [current, shown, text, answer, questions, written]),
        connect(shown.remove, work.remove, boxes, [current, shown, text]),
        connect(shown.include, work.include, boxes, [current, shown, text]),
        connect(saved.version, work.version, here, [current, shown, text, answer, state]),
    ]
    for change in changed_text:
        change.success(
            None,
            [notes, text],
            [],
            js="(notes, text) => window.sida.keep(notes, text)",
            show_progress="hidden",
            api_visibility="private",
        )
    connect(review.click, work.review, boxes, [current, shown], progress="minimal")
    for button, function in ((save, work.save), (export, work.save_and_export)):
        done = connect(button.click, function, boxes, [current, shown, saved], progress="minimal")
        done.success(None, js="() => window.sida.saved()", show_progress="hidden", api_visibility="private")
    return tab
