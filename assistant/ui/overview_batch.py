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


class BatchWork:
    """What is done with all items of a report at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def draft_all(self, event: Event, organisation: str | None) -> Iterator[str]:
        """A draft by the rules for each item that has none for this year, from its notes."""
        from assistant.draft.whole_report import Step, draft_all, report_items, waiting

        writing, whose = self._desk.current_year, self._desk.whose(organisation)
        items = report_items(self._desk.assistant.library, whose, writing) if whose else []
        if not items:
            raise PageError("Det finns inga tidigare rapporter att skriva utkast från. Läs in dem under fliken Rapporter.")
        library = self._desk.assistant.library
        total = len(waiting(library, items, writing))
        steps: list[Step] = []

        def work(stop: threading.Event) -> None:
            for step in draft_all(library, items, year=writing, author=event.user, stop=stop):
                steps.append(step)

        for outcome in self._work.watch(event.session, work):
            if outcome is None:
                yield view.drafting(len(steps), total)
            elif outcome.error is not None:
                yield view.said(sentence(outcome.error))
            else:
                saved = sum(step.outcome == "saved" for step in steps)
                yield view.drafted(saved, len(steps) - saved, total)

    def stop(self, event: Event) -> None:
        """Let the drafting of this page stop after the item at hand."""
        self._work.stop(event.session)

    def export(self, event: Event, organisation: str | None) -> str:
        """The newest drafts as one Word file to the browser, and what the officer should know of it."""
        from assistant.draft.export import export_report

        whose, year, sources = self._desk.whose(organisation), self._desk.current_year, bool(event.text("sources"))
        drafts = self._desk.drafts(whose, year)
        if not drafts:
            raise PageError("Det finns inga utkast för i år att lämna ut. Skapa dem först.")
        with tempfile.TemporaryDirectory() as folder:
            made = export_report(self._desk.assistant.library, drafts, Path(folder) / "rapport.docx", sources=sources)
        link = f"{view.report_link(whose, year)}&format=docx{'&kallor=1' if sources else ''}"
        return view.exported(made, fetch=link)

    def check(self, event: Event, organisation: str | None) -> str:
        """What this year's newest drafts say against each other."""
        from assistant.draft import check_report

        drafts = self._desk.drafts(self._desk.whose(organisation), self._desk.current_year)
        if not drafts:
            raise PageError("Det finns inga utkast för i år att granska. Skapa dem först.")
        return view.contradictions(check_report(drafts), of=len(drafts))
