"""A report as it can be read: its plans, areas and items in order, with the passage that was asked for marked and scrolled to.

Knows nothing of Gradio or of questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ui.markup import render
from assistant.ui.page_image import MarkedPage
from corpus.model import Area, Item, Place, Plan, Report


@dataclass(frozen=True, slots=True)
class Shown:
    """One item in the report, under its headings where it is the first there; ``page`` where a new page begins with it."""

    item: Item
    plan: Plan | None
    area: Area | None
    page: int | None
    spans: tuple[tuple[int, int], ...]
    here: bool


def report_html(
    report: Report,
    *,
    position: int | None = None,
    start: int = 0,
    end: int = 0,
    pages: Sequence[MarkedPage] = (),
    picture: str = "",
) -> str:
    """The report as markup. ``position`` is the item to show; ``start``/``end`` the slice of its comment to mark (none where equal).

    ``pages`` are those of the source to show as pictures, fetched from ``picture`` with the page's number after it.
    """
    shown: list[Shown] = []
    plan_before: int | None = None
    area_before: tuple[int, str] | None = None
    page_before: int | None = None
    plans = {plan.number: plan for plan in report.plans}
    for item in report.items:
        new_plan = plans.get(item.plan) if item.plan != plan_before else None
        new_area = (
            next((a for a in report.areas if a.plan == item.plan and a.title == item.area), None)
            if (item.plan, item.area) != area_before
            else None
        )
        here = item.position == position
        spans = ((start, end),) if here and start < end else ()
        shown.append(Shown(item, new_plan, new_area, item.page if item.page != page_before else None, spans, here))
        plan_before, area_before, page_before = item.plan, (item.plan, item.area), item.page
    sections = report.sections
    return render("report.html", report=report, shown=shown, sections=sections, pages=pages, picture=picture)


def places(report: Report, position: int, start: int, end: int) -> list[Place]:
    """Where in the source an item's comment stands, or the slice of it where ``start`` is before ``end``."""
    item = next((item for item in report.items if item.position == position), None)
    if item is None or not item.comment:
        return []
    low, high = (start, min(end, len(item.comment))) if start < end else (0, len(item.comment))
    return report.origin(item.comment_start + low, item.comment_start + high)
