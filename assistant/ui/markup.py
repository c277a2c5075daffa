"""Values to markup: templates with everything escaped, and the few signs that all tabs share (answers, dates, marked quotes).

What a report, a note or a file name says is text and stays text: escaping is on for every template, and no template turns it off. Knows nothing of
Gradio.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]
ANSWERS = {"Ja": ("ja", "✓"), "Nej": ("nej", "✕"), "Delvis": ("delvis", "◐"), "Pågår": ("pagar", "…")}
"""Each answer's class and the sign that tells it apart without colour."""


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("assistant.ui", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, moment=moment, marked=marked, paragraphs=paragraphs, counted=counted, number=number)
    environment.globals.update(answer_class=answer_class, answer_sign=answer_sign)
    return environment


def render(template: str, **fields: object) -> str:
    """A template of ``assistant/ui/templates`` with its fields. A field that lacks is an error, never an empty place."""
    return _environment().get_template(template).render(**fields)


def answer_class(answer: str | None) -> str:
    """The style class of an answer; "utan" where there is none."""
    return ANSWERS.get(answer or "", ("utan", "–"))[0]


def answer_sign(answer: str | None) -> str:
    """The sign before an answer's word."""
    return ANSWERS.get(answer or "", ("utan", "–"))[1]


def day(iso: str) -> str:
    """An ISO time as a Swedish day in local time: "3 februari 2026"."""
    time = _local(iso)
    return f"{time.day} {MONTHS[time.month - 1]} {time.year}"


def moment(iso: str) -> str:
    """An ISO time as a Swedish day and time: "3 februari 2026 kl. 14.05"."""
    return f"{day(iso)} kl. {_local(iso):%H.%M}"


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: "1 rapport", "6 rapporter"."""
    return f"{number(count)} {one if count == 1 else many}"


def number(value: float, decimals: int = 0) -> str:
    """A number with decimal comma and a thin space between thousands."""
    return f"{value:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """``text`` escaped, in paragraphs, with the slices of ``spans`` in <mark>. Spans may be in any order; empty ones are left out."""
    from markupsafe import Markup, escape

    inside = sorted((max(start, 0), min(end, len(text))) for start, end in spans)
    pieces: list[Markup] = []
    for paragraph in re.finditer(r"(?s)\S.*?(?=\n\s*\n|\Z)", text):
        low, high = paragraph.span()
        out, at = Markup(), low
        for start, end in inside:
            first, last = max(start, at), min(end, high)
            if first < last:
                out += escape(text[at:first]) + Markup("<mark>") + escape(text[first:last]) + Markup("</mark>")
                at = last
        pieces.append(Markup("<p>") + out + escape(text[at:high].rstrip()) + Markup("</p>"))
    return Markup("").join(pieces)


def paragraphs(text: str) -> Markup:
    """``text`` escaped, in paragraphs."""
    return marked(text, ())


def _local(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone()
