"""The page put together: its tabs, what passes between them, and its look. The tabs' own work is in a module each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from assistant.ui import ask, draft, overview, quality, reports, settings
from assistant.ui.desk import Desk
from assistant.ui.events import Event, connect
from assistant.ui.markup import render
from assistant.ui.page import ASSETS, TITLE
from assistant.ui.page_image import MarkedPage, marked_pages
from assistant.ui.panel import dialog, panel, step
from assistant.ui.viewer import places, report_html

if TYPE_CHECKING:
    import gradio as gr

HOUR = 3600


def build(desk: Desk) -> gr.Blocks:
    """The page over a library. Nothing of a user is kept in it between two events."""
    import gradio as gr

    # Files that were sent in and never read in are thrown away after a day.
    page: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, delete_cache=(HOUR, 24 * HOUR), fill_width=True) as page:
        head = panel(_head(desk), elem_id="sidhuvud")
        with gr.Tabs(elem_id="flikar", elem_classes="main-tabs") as tabs:
            with gr.Tab("Fråga", id="fraga", elem_id="flik-fraga"):
                ask_tab = ask.build(desk)
            with gr.Tab("Utkast", id="utkast", elem_id="flik-utkast"):
                draft_tab = draft.build(desk)
            with gr.Tab("Översikt", id="oversikt", elem_id="flik-oversikt") as overview_place:
                overview_tab = overview.build(desk)
            with gr.Tab("Rapporter", id="rapporter", elem_id="flik-rapporter") as reports_place:
                reports_tab = reports.build(desk)
            with gr.Tab("Kvalitet", id="kvalitet", elem_id="flik-kvalitet"):
                quality.build(desk)
            with gr.Tab("Inställningar", id="installningar", elem_id="flik-installningar") as settings_place:
                settings_tab = settings.build(desk)
        viewer = dialog("Rapporten", ["open", "draft"], elem_id="rapport-visare")

        def show_report(event: Event) -> object:
            """The report that the event names, at the item and the words that it names."""
            place, start, end = (
                int(text) if (text := event.text(name)).isdigit() else None for name in ("position", "start", "end")
            )
            library = desk.assistant.library
            report = library.report(event.text("report"))
            low, high = start or 0, end or 0
            pages: list[MarkedPage] = []
            if report.source_format == "pdf" and place is not None:
                pages = marked_pages(library.original(report.id), places(report, place, low, high))
            picture = f".{ASSETS}/sidbild/{quote(report.id)}/"
            return step("open", report_html(report, position=place, start=low, end=high, pages=pages, picture=picture))

        for shown in (ask_tab.thread, draft_tab.timeline, draft_tab.elsewhere, overview_tab.matrix, reports_tab.listing):
            connect(shown.open, show_report, [], [viewer])
        draft_tab.pick(ask_tab.thread.draft, tabs)
        for shown in (overview_tab.matrix, overview_tab.checked):
            draft_tab.pick(shown.draft, tabs)

        def ask_from_matrix(event: Event, turns: ask.Turns) -> list[object]:
            """A question from the matrix, answered in the conversation."""
            return [gr.Tabs(selected="fraga"), *ask_tab.work.ask_example(event, turns)]

        connect(overview_tab.matrix.ask, ask_from_matrix, [ask_tab.turns], [tabs, ask_tab.thread, ask_tab.turns])

        connect(page.load, ask_tab.work.restore, [ask_tab.turns], [ask_tab.thread], beside=True)
        connect(page.load, ask_tab.work.welcome, [], [ask_tab.welcome])
        draft_tab.start(page.load)
        overview_tab.refresh(overview_place.select)
        reports_tab.refresh(reports_place.select)
        settings_tab.refresh(settings_place.select)
        for changed in [*reports_tab.changed, settings_tab.saved]:
            connect(changed, ask_tab.work.welcome, [], [ask_tab.welcome])
            draft_tab.renew(changed)
            connect(changed, lambda event: _head(desk), [], [head], beside=True)
    return page


def _head(desk: Desk) -> str:
    return render("head.html", organisation=desk.organisation, current_year=desk.current_year)


def theme() -> gr.themes.Base:
    """Gradio's widgets in our colours, with the system's own typeface: nothing is fetched for it. The rest is ``static/theme.css``."""
    import gradio as gr

    blue = gr.themes.Color(
        c50="#eef7f9", c100="#d6ebf0", c200="#aed7e0", c300="#7bbccb", c400="#4aa0b5", c500="#237d94", c600="#17677c", c700="#0f5c6e",
        c800="#0d4756", c900="#0b3944", c950="#06232b", name="alv",
    )  # fmt: skip
    grey = gr.themes.Color(
        c50="#f6f7f5", c100="#eceeec", c200="#dfe3e0", c300="#c6cdca", c400="#97a1a3", c500="#6a777d", c600="#536067", c700="#3b464d",
        c800="#232d34", c900="#182127", c950="#11181d", name="sten",
    )  # fmt: skip
    family = ("Segoe UI Variable Text", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "system-ui", "sans-serif")
    made = gr.themes.Base(
        primary_hue=blue,
        secondary_hue=blue,
        neutral_hue=grey,
        radius_size="md",
        text_size="lg",
        font=family,
        font_mono=("ui-monospace", "monospace"),
    )
    return made.set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="#1d2733",
        body_text_color_dark="#e6eaee",
        body_text_color_subdued="#536067",
        body_text_color_subdued_dark="#aab4ba",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_shadow="none",
        block_padding="0px",
        block_label_text_color="#1d2733",
        block_label_text_color_dark="#e6eaee",
        block_title_text_color="#1d2733",
        block_title_text_color_dark="#e6eaee",
        block_title_text_weight="600",
        input_background_fill="#ffffff",
        input_background_fill_dark="*neutral_900",
        input_border_color="#87929a",
        input_border_color_dark="#6a777d",
        input_border_width="1px",
        input_placeholder_color="#5d6a72",
        input_placeholder_color_dark="#9aa5ab",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_hover="*primary_50",
        button_secondary_background_fill_dark="*neutral_900",
        button_secondary_background_fill_hover_dark="*neutral_800",
        button_secondary_border_color="#87929a",
        button_secondary_border_color_dark="#6a777d",
        button_border_width="1px",
        button_secondary_text_color="#12495a",
        button_secondary_text_color_dark="#cfe9ef",
    )
