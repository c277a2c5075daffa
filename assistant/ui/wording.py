"""Gradio's own words in Swedish where its Swedish list lacks them.

Gradio picks its list by the browser's language, which ``static/page.js`` says is Swedish. Of what it has in English only, these are the
words of the parts that this page uses; labels that Gradio writes into its widgets in English are mended in ``static/page.js``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

SWEDISH = {
    "common": {
        "download_all": "Ladda ner alla",
        "progress": "Förlopp",
        "run": "Kör",
        "runs": "Körningar",
        "back_to_app": "Till sidan",
    },
    "status": {"queue_position": "I kö: {position} av {size}"},
}


def i18n() -> gr.I18n:
    """The words for Gradio."""
    import gradio as gr

    return gr.I18n(sv=SWEDISH)  # type: ignore[arg-type]
