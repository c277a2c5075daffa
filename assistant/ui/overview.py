"""The tab Översikt: every item over the years, what changed, and how far this year's report has come."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.ui import overview_view as view
from assistant.ui.background import Background
from assistant.ui.desk import Desk
from assistant.ui.draft_work import ALL_PLANS
from assistant.ui.errors import PageError
from assistant.ui.events import Event, connect, sentence
from assistant.ui.panel import panel
from corpus.model import plan_name
from index.filters import Filter

if TYPE_CHECKING:
    import gradio as gr


@dataclass(frozen=True, slots=True)
class OverviewTab:
    """The parts of the tab that others connect to; ``refresh`` shows the library as it is now."""

    matrix: gr.HTML
    work: OverviewWork
    inputs: list[Any]
    outputs: list[Any]

    def refresh(self, listener: Any) -> None:
        """Let ``listener`` show the library as it is now."""
        connect(listener, self.work.show, self.inputs, self.outputs)


def build(desk: Desk) -> OverviewTab:
    """The tab's parts, connected."""
    import gradio as gr

    work = OverviewWork(desk)
    with gr.Row(elem_classes="choices"):
        organisation = gr.Dropdown([], label="Förvaltning", filterable=False, min_width=200, elem_id="oversikt-forvaltning")
        plan = gr.Dropdown([ALL_PLANS], value=ALL_PLANS, label="Plan", filterable=False, min_width=200, elem_id="oversikt-plan")
        choices = [(label, key) for key, label in view.SHOWN.items()]
        shown = gr.Dropdown(choices, value="alla", label="Visa", filterable=False, min_width=200, elem_id="oversikt-visa")
    with gr.Row(elem_classes="buttons"):
        batch = gr.Button(
            "Skapa utkast för alla punkter som saknar ett", elem_id="oversikt-alla", size="md", scale=0, min_width=320
        )
    progress = panel("", ["stop"], elem_id="oversikt-forlopp")
    matrix = panel("", ["ask", "open", "draft"], elem_id="oversikt-matris")
    inputs = [organisation, plan, shown]
    tab = OverviewTab(matrix, work, inputs, [organisation, plan, matrix])
    for part in inputs:
        tab.refresh(part.input)
    drafted = connect(batch.click, work.draft_all, [organisation], [progress], group="alla utkast", limit=1)
    connect(progress.stop, work.stop, [], [])
    tab.refresh(drafted.then)
    return tab


class OverviewWork:
    """What the tab does, apart from how it looks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def draft_all(self, event: Event, organisation: str | None) -> Iterator[str]:
        """A draft by the rules for each item that has none for this year, from its notes; saved one by one, so that a stop loses nothing."""
        writing = self._desk.current_year
        items = self._desk.newest_items(organisation or self._desk.organisation, before=writing)
        if not items:
            raise PageError("Det finns inga tidigare rapporter att skriva utkast från. Läs in dem under fliken Rapporter.")
        library = self._desk.assistant.library
        newest = max(item.year for item in items)
        there = {summary.item_key for summary in library.draft_summaries(writing)}
        waiting = [item for item in items if item.year == newest and item.key.id not in there]
        saved: list[str] = []
        empty: list[str] = []

        def work(stop: threading.Event) -> None:
            for item in waiting:
                if stop.is_set():
                    return
                notes = [note.text for note in library.notes(item.key.id, writing)]
                draft = self._desk.assistant.draft(item, year=writing, notes=notes, model="regler")
                if draft.text.strip():
                    self._desk.assistant.save_draft(draft, author=event.user)
                (saved if draft.text.strip() else empty).append(item.id)

        for outcome in self._work.watch(event.session, work):
            if outcome is None:
                yield view.drafting(len(saved) + len(empty), len(waiting))
            elif outcome.error is not None:
                yield view.said(sentence(outcome.error))
            else:
                yield view.drafted(len(saved), len(empty), len(waiting))

    def stop(self, event: Event) -> None:
        """Let the drafting of this page stop after the item at hand."""
        self._work.stop(event.session)

    def show(self, event: Event, organisation: str | None, plan: str | None, shown: str | None) -> list[Any]:
        """The lists and the matrix for what is chosen; what is no longer there falls back to the first choice."""
        import gradio as gr

        catalogue = self._desk.catalogue()
        names = list(catalogue.organisations)
        whose = organisation if organisation in names else catalogue.own or (names[0] if names else "")
        items = self._desk.items(Filter(organisation=whose)) if whose else []
        writing = self._desk.current_year
        years = sorted({item.year for item in items if item.year < writing} or {item.year for item in items})
        summaries = {s.item_key: s for s in self._desk.assistant.library.draft_summaries(writing)} if items else {}
        made = view.rows([item for item in items if item.year in years], years, summaries)
        plans = list(dict.fromkeys(plan_name(row.item.plan_title) for row in made))
        narrowed = plan if plan in plans else ALL_PLANS
        kept = [row for row in made if narrowed in (ALL_PLANS, plan_name(row.item.plan_title))]
        listed = [row for row in kept if view.keep(row, shown or "alla")]
        html = view.matrix(listed, all_rows=kept, years=years, writing=writing, organisation=whose)
        return [gr.Dropdown(choices=names, value=whose or None), gr.Dropdown(choices=[ALL_PLANS, *plans], value=narrowed), html]
