"""The tab Rapporter: files in, each with whose and from when it is to be confirmed; the list of reports, their originals, taking them out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.ui import reports_view as view
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, connect, sentence
from assistant.ui.page import ASSETS
from assistant.ui.panel import panel
from assistant.ui.uploads import throw_away
from index.filters import Filter

if TYPE_CHECKING:
    import gradio as gr

MOST_FILES = 40


@dataclass(frozen=True, slots=True)
class ReportsTab:
    """The parts of the tab that others connect to; ``changed`` are the events after which the library is another."""

    listing: gr.HTML
    moved: gr.HTML
    work: ReportsWork
    changed: list[Any]

    def refresh(self, listener: Any) -> None:
        """Let ``listener`` show the list as it is now."""
        connect(listener, self.work.show_all, [], [self.listing, self.moved])


def build(desk: Desk) -> ReportsTab:
    """The tab's parts, connected."""
    import gradio as gr

    work = ReportsWork(desk)
    gr.HTML("<h2>Läs in rapporter</h2>", apply_default_css=False)
    files = gr.File(
        label="Rapporter (PDF, Word, Excel, CSV eller text) – flera går bra",
        file_count="multiple",
        height=150,
        elem_id="rapport-filer",
    )
    sent: Any = gr.State([])
    proposals = panel("", ["ingest", "forget"], elem_id="rapport-forslag")
    result = panel("", elem_id="rapport-resultat")
    listing = panel("", ["open", "delete"], elem_id="rapport-lista")
    moved = panel("", ["lineage"], elem_id="rapport-flyttade")
    connect(files.upload, work.look, [files], [sent, proposals, result, files], progress="minimal")
    ingested = connect(proposals.ingest, work.ingest, [sent], [result, proposals, sent, listing, moved], group="inläsning", limit=1)
    connect(proposals.forget, work.forget, [], [sent, proposals])
    deleted = connect(listing.delete, work.delete, [], [listing, moved])
    judged = connect(moved.lineage, work.judge, [], [moved])
    return ReportsTab(listing, moved, work, [ingested.success, deleted.success, judged.success])


class ReportsWork:
    """What the tab does, apart from how it looks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, event: Event) -> str:
        """The list of reports."""
        return view.listing(self._desk.rows(all_versions=True), link=f".{ASSETS}/original/")

    def show_all(self, event: Event) -> tuple[str, str]:
        """The list of reports, and the items that may have changed code."""
        return self.show(event), self.moved()

    def moved(self) -> str:
        """Items that have probably changed code between following reports of one organisation, and that nobody has judged yet."""
        from corpus.lineage import propose

        catalogue = self._desk.catalogue()
        judged = (
            {(link.earlier, link.later) for link in self._desk.assistant.library.lineage()} if catalogue.organisations else set()
        )
        found: list[view.Moved] = []
        for organisation in catalogue.organisations:
            by_year = [self._desk.items(Filter(organisation=organisation, year=year)) for year in catalogue.years_of[organisation]]
            for before, after in pairwise(by_year):
                earlier, later = ({item.key: item for item in items} for items in (before, after))
                for pair in propose(before, after):
                    if (pair.earlier_key.id, pair.later_key.id) not in judged:
                        found.append(view.Moved(earlier[pair.earlier_key], later[pair.later_key], pair.confidence, pair.reason))
        return view.moved(found)

    def judge(self, event: Event) -> str:
        """A person's word on whether two items are one; what is left to ask."""
        year = event.text("year")
        if not year.isdigit():
            raise PageError("Svaret kunde inte sparas. Ladda om sidan och försök igen.")
        self._desk.assistant.library.save_lineage(
            event.text("earlier"), event.text("later"), int(year), confirmed=bool(event.text("confirmed")), author=event.user
        )
        return self.moved()

    def look(self, event: Event, paths: list[str] | None) -> tuple[list[view.Waiting], str, str, None]:
        """The files that were sent, each with what it proposes; the upload box is emptied for the next."""
        chosen = [Path(path) for path in paths or []]
        if len(chosen) > MOST_FILES:
            raise PageError(f"Det är {len(chosen)} filer på en gång. Välj högst {MOST_FILES} åt gången.")
        files = [self._read(path) for path in chosen]
        return files, view.waiting(files, organisations=self._desk.catalogue().organisations), "", None

    def _read(self, path: Path) -> view.Waiting:
        try:
            return view.Waiting(path.name, self._desk.assistant.read(path))
        except Exception as error:  # one file's trouble is no other's
            return view.Waiting(path.name, None, _problem(error, path))

    def forget(self, event: Event) -> tuple[list[view.Waiting], str]:
        """No files waiting."""
        return [], ""

    def ingest(self, event: Event, files: list[view.Waiting]) -> Iterator[tuple[str, str, list[view.Waiting], Any, Any]]:
        """The files into the library one by one, with what was confirmed for each; how each went is shown as it goes."""
        import gradio as gr

        # Files that were left out on the page have no fields there any longer.
        ready = [(number, file) for number, file in enumerate(files or []) if file.reading and f"year-{number}" in event.data]
        if not ready:
            raise PageError("Det finns inga filer att läsa in. Välj dem först.")
        wanted = [(file, event.text(f"organisation-{n}").strip(), event.text(f"year-{n}").strip()) for n, file in ready]
        for file, organisation, year in wanted:
            if not organisation or not year.isdigit():
                raise PageError(f"Fyll i organisation och ett rapportår med fyra siffror för {file.name}.")
        done = [view.Outcome(file.name) for file, _, _ in wanted]
        for at, (file, organisation, year) in enumerate(wanted):
            done[at] = view.Outcome(file.name, working=True)
            yield view.outcomes(done), "", [], gr.skip(), gr.skip()
            assert file.reading
            try:
                done[at] = view.Outcome(
                    file.name, self._desk.assistant.ingest(file.reading, organisation=organisation, year=int(year))
                )
            except Exception as error:
                done[at] = view.Outcome(file.name, problem=_problem(error, file.reading.path))
        for file, _, _ in wanted:
            if file.reading:
                throw_away(file.reading.path)  # the library has its own copy
        yield view.outcomes(done), "", [], *self.show_all(event)

    def delete(self, event: Event) -> tuple[str, str]:
        """A report out of the library, after the page has asked."""
        import gradio as gr

        report_id = event.text("report")
        self._desk.assistant.remove(report_id)
        gr.Info("Rapporten är borttagen ur biblioteket.", title="Borttagen")
        return self.show_all(event)


def _problem(error: Exception, path: Path) -> str:
    """What is said about a file: its name as the person knows it, not where it happens to lie on the server."""
    return sentence(error).replace(str(path), path.name)
