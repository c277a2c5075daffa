"""The whole of this year's report from the tab Översikt: drafts of all items with progress and a way to stop, and what they say against each other.

Each draft is saved as it is made, so that a stop loses nothing and the next run goes on. Nothing is kept here but which pages have one running.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.model_needs import is_address, needs
from assistant.ui import overview_view as view
from assistant.ui.background import Background
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, sentence
from assistant.ui.page import ASSETS
from corpus.model import Item

BY_RULES, BY_MODEL = "regler", "modell"
"""Who may write the drafts of all items."""


class BatchWork:
    """What is done with all items of a report at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def draft_all(self, event: Event, organisation: str | None, writer: str | None = BY_RULES) -> Iterator[str]:
        """A draft for each item that has none for this year, from its notes: by the rules, or by the model that is set.

        With "again" in the event, instead a new version of each draft that was made before notes that are kept now.
        """
        from assistant.draft.whole_report import Step, draft_all, report_items, waiting

        writing, whose = self._desk.current_year, self._desk.whose(organisation)
        items = report_items(self._desk.assistant.library, whose, writing) if whose else []
        if not items:
            raise PageError("Det finns inga tidigare rapporter att skriva utkast från. Läs in dem under fliken Rapporter.")
        library = self._desk.assistant.library
        again = event.text("again") == "1"
        if again:
            items = self._late(items, writing)
        todo = waiting(library, items, writing, again=again)
        name = self._desk.model if writer == BY_MODEL else ""
        steps: list[Step] = []
        pieces: list[str] = []
        loaded = [True] if is_address(name) else []  # a server's model is not read in here
        memory: list[int] = []

        def work(stop: threading.Event) -> None:
            if name and todo and not loaded:
                memory.append(needs(name).memory)
            model = self._desk.assistant.chat_model(name) if name and todo else None
            loaded.append(True)
            for step in draft_all(
                library, items, year=writing, model=model, again=again, author=event.user, on_text=pieces.append, stop=stop
            ):
                steps.append(step)
                pieces.clear()

        for outcome in self._work.watch(event.session, work):
            done = steps[-1].done if steps else 0
            saved = sum(step.outcome == "saved" for step in steps)
            if outcome is None:
                at = todo[done] if name and done < len(todo) else None
                yield view.drafting(
                    done, len(todo), model=name, item=at, words=len("".join(pieces).split()), memory=None if loaded else sum(memory)
                )
            else:
                problem = sentence(outcome.error) if outcome.error is not None else ""
                late = 0 if again else len(self._late(report_items(library, whose, writing), writing))
                same = sum(step.outcome == "same" for step in steps)
                # What somebody else has drafted meanwhile is not left to do.
                total = len(todo) - same if again else saved + len(waiting(library, items, writing))
                yield view.drafted(saved, len(steps) - saved - same, total, problem, late=late)

    def _late(self, items: Sequence[Item], year: int) -> list[Item]:
        """The items whose draft is older than notes that are kept now, and that nobody has called reviewed or done."""
        from assistant.draft.whole_report import coverage, without_new_notes

        covered = [one for one in coverage(self._desk.assistant.library, items, year) if one.state == "utkast"]
        return without_new_notes(self._desk.assistant.library, covered, year)

    def stop(self, event: Event) -> None:
        """Let the drafting of this page stop after the item at hand."""
        self._work.stop(event.session)

    def export(self, event: Event, organisation: str | None) -> str:
        """The newest drafts, or what is left to answer, as one file to the browser, and what the officer should know of it."""
        from assistant.draft.export import export_commitments, export_report
        from assistant.draft.whole_report import with_unsaved

        whose, year = self._desk.whose(organisation), self._desk.current_year
        drafts = self._desk.drafts(whose, year)
        if not drafts:
            raise PageError("Det finns inga utkast för i år att lämna ut. Skapa dem först.")
        form = event.text("form") if event.text("form") in view.FORMS else "own"
        ending = view.FORMS[form][1]
        library = self._desk.assistant.library
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"utkast.{ending}"
            if form.startswith("ataganden"):
                made = export_commitments(with_unsaved(library, drafts), path)
            else:
                made = export_report(library, drafts, path, sources=bool(event.text("sources")), own_file=form == "own")
            data = path.read_bytes()
        kind = "åtaganden att svara på" if form.startswith("ataganden") else "uppföljningsrapport"
        key = self._desk.shelf.put(f"{kind} {year}, utkast.{ending}", data)
        return view.exported(made, form=form, fetch=f".{ASSETS}/fil/{key}")

    def check(self, event: Event, organisation: str | None) -> str:
        """What this year's newest drafts say against each other."""
        from assistant.draft import check_report

        drafts = self._desk.drafts(self._desk.whose(organisation), self._desk.current_year)
        if not drafts:
            raise PageError("Det finns inga utkast för i år att granska. Skapa dem först.")
        return view.contradictions(check_report(drafts), of=len(drafts))
