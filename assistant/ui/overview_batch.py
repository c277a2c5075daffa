"""The whole of this year's report from the tab Översikt: drafts of all items with progress and a way to stop, and what they say against each other.

Each draft is saved as it is made, so that a stop loses nothing and the next run goes on. Nothing is kept here but which pages have one running.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from assistant.ui import overview_view as view
from assistant.ui.background import Background
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, sentence

BY_RULES, BY_MODEL = "regler", "modell"
"""Who may write the drafts of all items."""


class BatchWork:
    """What is done with all items of a report at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def draft_all(self, event: Event, organisation: str | None, writer: str | None = BY_RULES) -> Iterator[str]:
        """A draft for each item that has none for this year, from its notes: by the rules, or by the model that is set."""
        from assistant.draft.whole_report import Step, draft_all, report_items, waiting

        writing, whose = self._desk.current_year, self._desk.whose(organisation)
        items = report_items(self._desk.assistant.library, whose, writing) if whose else []
        if not items:
            raise PageError("Det finns inga tidigare rapporter att skriva utkast från. Läs in dem under fliken Rapporter.")
        library = self._desk.assistant.library
        todo = waiting(library, items, writing)
        name = self._desk.model if writer == BY_MODEL else ""
        steps: list[Step] = []
        pieces: list[str] = []

        def work(stop: threading.Event) -> None:
            model = self._desk.assistant.chat_model(name) if name and todo else None
            for step in draft_all(library, items, year=writing, model=model, author=event.user, on_text=pieces.append, stop=stop):
                steps.append(step)
                pieces.clear()

        for outcome in self._work.watch(event.session, work):
            done = steps[-1].done if steps else 0
            saved = sum(step.outcome == "saved" for step in steps)
            if outcome is None:
                at = todo[done] if name and done < len(todo) else None
                yield view.drafting(done, len(todo), model=name, item=at, words=len("".join(pieces).split()))
            else:
                problem = sentence(outcome.error) if outcome.error is not None else ""
                yield view.drafted(saved, len(steps) - saved, len(todo), problem)

    def stop(self, event: Event) -> None:
        """Let the drafting of this page stop after the item at hand."""
        self._work.stop(event.session)

    def export(self, event: Event, organisation: str | None) -> str:
        """The newest drafts as one Word file to the browser, and what the officer should know of it."""
        from assistant.draft.export import export_report

        whose, year = self._desk.whose(organisation), self._desk.current_year
        sources, own = bool(event.text("sources")), event.text("form") != "program"
        drafts = self._desk.drafts(whose, year)
        if not drafts:
            raise PageError("Det finns inga utkast för i år att lämna ut. Skapa dem först.")
        with tempfile.TemporaryDirectory() as folder:
            made = export_report(self._desk.assistant.library, drafts, Path(folder) / "rapport.docx", sources=sources, own_file=own)
        link = f"{view.report_link(whose, year)}&format=docx&kallor={sources:d}&egen={own:d}"
        return view.exported(made, fetch=link)

    def check(self, event: Event, organisation: str | None) -> str:
        """What this year's newest drafts say against each other."""
        from assistant.draft import check_report

        drafts = self._desk.drafts(self._desk.whose(organisation), self._desk.current_year)
        if not drafts:
            raise PageError("Det finns inga utkast för i år att granska. Skapa dem först.")
        return view.contradictions(check_report(drafts), of=len(drafts))
