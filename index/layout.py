"""What only a whole report needs (areas, sections, spans, pieces, diagnostics) as one compact piece of JSON, and back.

Knows nothing of tables. Names are stored by their place in a list, places of the source as plain lists.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from corpus.model import Area, Diagnostic, FieldName, FieldSpan, Piece, Place, Report, Section

_SPAN_NAMES: tuple[FieldName, ...] = (
    *("plan", "area", "label", "question", "code", "statement"),
    *("expected_label", "expected_result", "answer", "comment", "section"),
)  # stored by place: names are only ever added at the end


def layout_of(report: Report) -> bytes:
    """Areas, sections, field spans, pieces and diagnostics as compact JSON; the same bytes for the same values."""
    return plain(
        [
            [[area.number, area.title, area.plan] for area in report.areas],
            [[list(section.heading_path), section.start, len(section.text), section.page] for section in report.sections],
            [[_SPAN_NAMES.index(span.name), span.start, span.end, span.item] for span in report.fields],
            [[piece.start, piece.end, *_place(piece.place)] for piece in report.pieces],
            [
                [
                    found.code,
                    found.severity,
                    found.message,
                    found.text,
                    None if found.place is None else _place(found.place),
                    found.item,
                ]
                for found in report.diagnostics
            ],
        ]
    ).encode("ascii")


def laid_out(layout: bytes, report: Report) -> Report:
    """``report`` with what ``layout_of`` packed; its ``text`` must be there already."""
    areas, sections, fields, pieces, diagnostics = json.loads(layout)
    text = report.text
    return replace(
        report,
        areas=tuple(Area(*area) for area in areas),
        sections=tuple(Section(tuple(path), text[start : start + size], start, page) for path, start, size, page in sections),
        fields=tuple(FieldSpan(_SPAN_NAMES[name], start, end, item) for name, start, end, item in fields),
        pieces=tuple(Piece(start, end, _placed(place)) for start, end, *place in pieces),
        diagnostics=tuple(
            Diagnostic(code, severity, message, words, None if place is None else _placed(place), item)
            for code, severity, message, words, place, item in diagnostics
        ),
    )


def _place(place: Place) -> list[Any]:
    return [place.start, place.end, place.page, place.box, place.cell]


def _placed(values: list[Any]) -> Place:
    start, end, page, box, cell = values
    return Place(start, end, page, None if box is None else tuple(box), None if cell is None else tuple(cell))


def plain(value: object) -> str:
    """``value`` as JSON without blanks, in ASCII: the same characters for the same value."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
