"""The tab Kvalitet: how well the search finds its way in the library at hand, worked out when asked, with progress and a way to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.ui import quality_view as view
from assistant.ui.background import Background, Stopped
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, connect, sentence
from assistant.ui.panel import panel
from index.errors import NoLibrary

if TYPE_CHECKING:
    from eval.results import Evaluation

PARTS = [("Nyaste rapporten undanhållen (snabbast)", "newest"), ("Varje rapportår undanhållet, ett i taget", "each")]


@dataclass(slots=True)
class _Progress:
    done: int = 0
    total: int = 0


def build(desk: Desk) -> None:
    """The tab's parts, connected."""
    import gradio as gr

    work = QualityWork(desk)
    panel(view.intro(), elem_id="kvalitet-ingress")
    with gr.Row(elem_classes="choices"):
        part: Any = gr.Dropdown(
            PARTS, value="newest", label="Vad som hålls undan", filterable=False, elem_id="kvalitet-del", min_width=240
        )
        run = gr.Button("Utvärdera", variant="primary", elem_id="kvalitet-kor", min_width=160)
    shown = panel("", ["stop"], elem_id="kvalitet-resultat")
    connect(run.click, work.run, [part], [shown], group="utvärdering", limit=1)
    connect(shown.stop, work.stop, [], [])


class QualityWork:
    """What the tab does, apart from how it looks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def run(self, event: Event, part: str | None) -> Iterator[str]:
        """The evaluation of the library: how far it has come, then its tables."""
        try:
            library = self._desk.assistant.library
        except NoLibrary:
            raise PageError("Det finns inga rapporter att utvärdera på. Läs in dem under fliken Rapporter.") from None
        progress = _Progress()

        def evaluate(stop: threading.Event) -> Evaluation:
            from eval.archive import Archive
            from eval.looks import note_evaluation
            from eval.run import evaluate as run

            def tell(done: int, total: int) -> None:
                if stop.is_set():
                    raise Stopped
                progress.done, progress.total = done, total

            archive = Archive.of_library(library)
            made = run(archive, hold_out="each" if part == "each" else "newest", progress=tell)
            try:
                note_evaluation(made, ours=archive.is_samples)
            except OSError as error:
                return replace(made, notes=(*made.notes, f"Körningen kunde inte föras in i loggen {error.filename}."))
            return made

        for outcome in self._work.watch(event.session, evaluate):
            if outcome is None:
                yield view.running(progress.done, progress.total)
            elif outcome.result is not None:
                yield view.results(outcome.result)
            elif isinstance(outcome.error, Stopped):
                yield view.said("Utvärderingen är stoppad.")
            elif outcome.error is not None:
                yield view.said(sentence(outcome.error))

    def stop(self, event: Event) -> None:
        """Let the evaluation of this page stop."""
        self._work.stop(event.session)
