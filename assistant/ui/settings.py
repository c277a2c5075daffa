"""The tab Inställningar: whose reports "vi" are and which year is written; what is in use, what is on disk, and what leaves the machine (nothing)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.model_needs import is_address
from assistant.ui import model_settings
from assistant.ui.access import is_loopback
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, connect
from assistant.ui.markup import number, render
from assistant.ui.panel import panel
from index.errors import NoLibrary

if TYPE_CHECKING:
    import gradio as gr


@dataclass(frozen=True, slots=True)
class SettingsTab:
    """The parts of the tab that others connect to."""

    work: SettingsWork
    outputs: list[Any]
    models: tuple[gr.HTML, model_settings.ModelSettings, Any]
    saved: Any

    def refresh(self, listener: Any) -> None:
        """Let ``listener`` show the settings as they are now."""
        connect(listener, self.work.show, [], self.outputs)
        forms, work, _ = self.models
        connect(listener, work.forms, [], [forms], beside=True)


def build(desk: Desk) -> SettingsTab:
    """The tab's parts, connected."""
    import gradio as gr

    work = SettingsWork(desk)
    gr.HTML("<h2>Inställningar</h2>", apply_default_css=False)
    with gr.Row(elem_classes="choices"):
        organisation = gr.Dropdown(
            [], label="Vår förvaltning (”vi” i frågor)", filterable=False, elem_id="installning-forvaltning", min_width=240
        )
        year = gr.Number(
            label="Aktuellt år (”i år”)", precision=0, minimum=1990, maximum=2100, elem_id="installning-ar", min_width=140
        )
        save = gr.Button("Spara inställningarna", variant="primary", elem_id="spara-installningar", min_width=180)
    models = model_settings.build(desk)
    facts = panel("", elem_id="installning-fakta")
    outputs = [organisation, year, facts]
    saved = connect(save.click, work.save, [organisation, year], outputs)
    connect(models[2].then, work.show, [], outputs)
    return SettingsTab(work, outputs, models, saved.success)


class SettingsWork:
    """What the tab does, apart from how it looks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, event: Event) -> list[Any]:
        """The settings and the facts."""
        import gradio as gr

        catalogue = self._desk.catalogue()
        chosen = gr.Dropdown(choices=list(catalogue.organisations), value=catalogue.own)
        return [chosen, self._desk.current_year, render("facts.html", facts=self._facts(), server=self._server())]

    def save(self, event: Event, organisation: str | None, year: float | None) -> list[Any]:
        """The settings into the library."""
        import gradio as gr

        if year is None or not 1990 <= year <= 2100:
            raise PageError("Ange aktuellt år med fyra siffror, till exempel 2026.")
        try:
            settings = self._desk.assistant.library.settings
        except NoLibrary:
            raise PageError("Det finns inget bibliotek än. Läs in en rapport först.") from None
        if organisation:
            settings["organisation"] = organisation
        settings["current_year"] = int(year)
        gr.Info("Inställningarna är sparade i biblioteket.", title="Sparat")
        return self.show(event)

    def _server(self) -> str:
        """The address on another machine that drafts and summaries are written at; "" where there is none."""
        model = self._desk.setting("model")
        return model if is_address(model) and not is_loopback(urlsplit(model).hostname or "") else ""

    def _facts(self) -> list[tuple[str, str]]:
        rows = self._desk.rows(all_versions=True)
        current = [row for row in rows if row.current]
        folder = self._desk.assistant.folder.resolve()
        return [
            ("Biblioteket ligger i", str(folder)),
            ("Storlek på disk", _size(folder)),
            ("Rapporter", f"{len(current)}, med {sum(row.items for row in current)} uppföljningspunkter"),
            ("Äldre versioner", str(len(rows) - len(current))),
            ("Sökningens modell", model_settings.called("embedder", model_settings.in_use(self._desk, "embedder"))),
            ("Utkast och sammanfattningar skrivs av", model_settings.called("model", model_settings.in_use(self._desk, "model"))),
            ("Minne som programmet använder", _memory()),
        ]


def _size(folder: Path) -> str:
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    return f"{number(total / 1e6, 1)} MB"


def _memory() -> str:
    """The resident memory of this process, where the system says it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        kilobytes = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
    except (OSError, StopIteration, ValueError):
        return "okänt på det här systemet"
    return f"{number(kilobytes / 1000)} MB"
