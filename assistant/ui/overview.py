"""The tab Översikt: every item over the years, what changed, what became of promises, and how far this year's report has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.ui import overview_view as view
from assistant.ui.desk import Desk
from assistant.ui.draft_lists import ALL_PLANS
from assistant.ui.events import Event, connect
from assistant.ui.notes_work import NotesWork
from assistant.ui.overview_batch import BY_MODEL, BY_RULES, BatchWork
from assistant.ui.panel import panel
from corpus.model import plan_name
from index.filters import Filter

if TYPE_CHECKING:
    import gradio as gr

    from assistant.draft.promises import CommitmentRow

RULES = [("Inbyggda regler", BY_RULES)]
"""Who may write drafts where no model is set."""


@dataclass(frozen=True, slots=True)
class OverviewTab:
    """The parts of the tab that others connect to; ``refresh`` shows the library as it is now."""

    matrix: gr.HTML
    checked: gr.HTML
    promises: gr.HTML
    work: OverviewWork
    inputs: list[Any]
    outputs: list[Any]

    def refresh(self, listener: Any) -> None:
        """Let ``listener`` show the library as it is now; what takes longer to count comes after the rest."""
        shown = connect(listener, self.work.show, self.inputs, self.outputs)
        connect(shown.success, self.work.promises, self.inputs[:1], [self.promises])


def build(desk: Desk) -> OverviewTab:
    """The tab's parts, connected."""
    import gradio as gr

    work, batch, notes = OverviewWork(desk), BatchWork(desk), NotesWork(desk)
    with gr.Row(elem_classes="choices"):
        organisation = gr.Dropdown([], label="Förvaltning", filterable=False, min_width=200, elem_id="oversikt-forvaltning")
        plan = gr.Dropdown([ALL_PLANS], value=ALL_PLANS, label="Plan", filterable=False, min_width=200, elem_id="oversikt-plan")
        choices = [(label, key) for key, label in view.SHOWN.items()]
        shown = gr.Dropdown(choices, value="alla", label="Visa", filterable=False, min_width=200, elem_id="oversikt-visa")
    with gr.Row(elem_classes="buttons"):
        file = gr.UploadButton(
            "Läs in anteckningar ur en fil", file_count="single", elem_id="oversikt-anteckningsfil", size="md", min_width=200
        )
        writer = gr.Dropdown(
            RULES,
            value=BY_RULES,
            label="Utkast skrivs av",
            filterable=False,
            elem_id="oversikt-skribent",
            min_width=200,
            visible=False,
        )
        every = gr.Button("Skapa utkast för alla punkter som saknar ett", elem_id="oversikt-alla", size="md", min_width=200)
        check = gr.Button("Sök motsägelser i årets utkast", elem_id="oversikt-motsagelser", size="md", min_width=200)
    noted = panel("", ["keep", "leave"], elem_id="oversikt-anteckningar")
    read: Any = gr.State(None)
    progress = panel("", ["stop", "again"], elem_id="oversikt-forlopp")
    checked = panel("", ["draft"], elem_id="oversikt-granskning")
    with gr.Row(elem_classes="plots"):
        answers = panel("", elem_id="oversikt-svar", min_width=300)
        promises = panel("", elem_id="oversikt-ataganden", min_width=300)
    exported = panel("", elem_id="oversikt-utlamnat")
    matrix = panel("", ["ask", "open", "draft", "export"], elem_id="oversikt-matris")
    inputs = [organisation, plan, shown]
    tab = OverviewTab(matrix, checked, promises, work, inputs, [organisation, plan, answers, matrix, writer])
    for part in inputs:
        tab.refresh(part.input)
    drafted = connect(every.click, batch.draft_all, [organisation, writer], [progress], group="alla utkast", limit=2)
    redone = connect(progress.again, batch.draft_all, [organisation, writer], [progress], group="alla utkast", limit=2)
    connect(progress.stop, batch.stop, [], [])
    connect(check.click, batch.check, [organisation], [checked], progress="minimal")
    connect(matrix.export, batch.export, [organisation], [exported], progress="minimal")
    connect(file.upload, notes.look, [file, organisation], [read, noted], progress="minimal")
    kept = connect(noted.keep, notes.keep, [read], [read, noted])
    connect(noted.leave, notes.leave, [], [read, noted])
    for change in (drafted, redone, kept):
        tab.refresh(change.then)
    return tab


class OverviewWork:
    """What the tab shows, apart from how it looks. What became of promises is counted once for each state of the library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counted: tuple[object, list[CommitmentRow]] = ((), [])

    def show(self, event: Event, organisation: str | None, plan: str | None, shown: str | None) -> list[Any]:
        """The lists and the matrix for what is chosen; what is no longer there falls back to the first choice."""
        import gradio as gr

        from assistant.draft.whole_report import coverage, without_new_notes

        names = list(self._desk.catalogue().organisations)
        whose = self._desk.whose(organisation)
        items = self._desk.items(Filter(organisation=whose)) if whose else []
        writing = self._desk.current_year
        years = sorted({item.year for item in items if item.year < writing} or {item.year for item in items})
        newest = self._desk.newest_items(whose, before=writing) if items else []
        told = coverage(self._desk.assistant.library, newest, writing) if newest else []
        late = without_new_notes(self._desk.assistant.library, told, writing) if told else []
        made = view.rows(
            [item for item in items if item.year in years],
            years,
            {one.item.key.id: one for one in told},
            {item.key.id for item in late},
        )
        plans = list(dict.fromkeys(plan_name(row.item.plan_title) for row in made))
        narrowed = plan if plan in plans else ALL_PLANS
        kept = [row for row in made if narrowed in (ALL_PLANS, plan_name(row.item.plan_title))]
        listed = [row for row in kept if view.keep(row, shown or "alla")]
        model = self._desk.model
        return [
            gr.Dropdown(choices=names, value=whose or None),
            gr.Dropdown(choices=[ALL_PLANS, *plans], value=narrowed),
            view.answers(kept, years),
            view.matrix(listed, all_rows=kept, years=years, writing=writing, organisation=whose),
            gr.Dropdown(choices=[*RULES, (model, BY_MODEL)], visible=True)
            if model
            else gr.Dropdown(choices=RULES, value=BY_RULES, visible=False),
        ]

    def promises(self, event: Event, organisation: str | None) -> str:
        """What the reports say became of each year's commitments, drawn and as a table; "" where there is nothing to count."""
        whose = self._desk.whose(organisation)
        state = tuple((row.id, row.added_at) for row in self._desk.rows())
        if not whose or not state:
            return ""
        if self._counted[0] != (state, whose):
            from assistant.draft import commitment_outcomes

            self._counted = ((state, whose), commitment_outcomes(self._desk.assistant.library, organisation=whose))
        return view.promises(self._counted[1])
