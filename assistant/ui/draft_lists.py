"""The lists that the tab Utkast chooses from: organisation, plan, item, year. Nothing of what is chosen is kept here."""

from __future__ import annotations

from typing import Any

from assistant.phrases import item_label
from assistant.ui.desk import Desk
from assistant.ui.events import Event
from corpus.model import Item, plan_name
from index.filters import Filter

ALL_PLANS = "Alla planer"


class DraftLists:
    """The four lists, with what is chosen in them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def choices(self, organisation: str = "", plan: str = ALL_PLANS, item_key: str = "", year: int = 0) -> list[Any]:
        """The four lists, with what is given chosen where it is there."""
        import gradio as gr

        catalogue = self._desk.catalogue()
        names = list(catalogue.organisations)
        whose = organisation if organisation in names else catalogue.own or (names[0] if names else None)
        items = self._desk.newest_items(whose) if whose else []
        plans = list(dict.fromkeys(plan_name(item.plan_title) for item in items))
        narrowed = plan if plan in plans else ALL_PLANS
        listed = [
            (f"{item_label(item)} – {short(item.question or item.statement)}", item.key.id)
            for item in items
            if _in_plan(item, narrowed)
        ]
        keys = [key for _, key in listed]
        years = self._years(whose)
        return [
            gr.Dropdown(choices=names, value=whose),
            gr.Dropdown(choices=[ALL_PLANS, *plans], value=narrowed),
            gr.Dropdown(choices=listed, value=item_key if item_key in keys else None),
            gr.Dropdown(
                choices=years,
                value=year if year in years else (self._desk.current_year if self._desk.current_year in years else None),
            ),
        ]

    def _years(self, organisation: str | None) -> list[int]:
        """The years that can be written: from that after the first report to the one after both the newest report and this year."""
        reported = self._desk.catalogue().years_of.get(organisation or "", ())
        last = max([*reported, self._desk.current_year - 1]) + 1
        return list(range(last, (reported[0] if reported else last - 1), -1))

    def narrow(self, event: Event, organisation: str, plan: str, item_key: str | None, year: int | None) -> list[Any]:
        """The lists after the organisation or the plan was changed."""
        return self.choices(organisation, plan, item_key or "", year or 0)

    def start(self, event: Event, last: object) -> list[Any]:
        """The lists as the page opens, with the item and year that this browser had open last, where they are there."""
        item_key, year = last if isinstance(last, list) and len(last) == 2 else (None, None)
        found = self._desk.items(Filter(key=item_key)) if isinstance(item_key, str) and item_key else []
        if not found:
            return self.choices()
        return self.choices(found[-1].organisation, ALL_PLANS, found[-1].key.id, year if isinstance(year, int) else 0)

    def pick(self, event: Event) -> list[Any]:
        """The tab opened at the item that the event carries."""
        import gradio as gr

        item = self._desk.item(event.text("item"))
        year = int(event.text("year")) if event.text("year").isdigit() else max(self._desk.current_year, item.year + 1)
        return [gr.Tabs(selected="utkast"), *self.choices(item.organisation, ALL_PLANS, item.key.id, year)]

    def step(self, event: Event, organisation: str, plan: str, item_key: str | None, year: int | None) -> list[Any]:
        """The lists with the item chosen that stands ``by`` places after the chosen one in its list; at the list's end that is said."""
        import gradio as gr

        lists = self.choices(organisation, plan, item_key or "", year or 0)
        keys = [key for _, key in lists[2].choices]
        by = -1 if event.text("by") == "-1" else 1
        at = keys.index(item_key) + by if item_key in keys else 0
        if not 0 <= at < len(keys):
            gr.Info(f"Det här är den {'första' if by < 0 else 'sista'} punkten i listan.", title="Listan")
            return lists
        return self.choices(organisation, plan, keys[at], year or 0)


def short(text: str, most: int = 90) -> str:
    """A text cut at a word, with an ellipsis."""
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


def _in_plan(item: Item, plan: str) -> bool:
    return plan in (ALL_PLANS, plan_name(item.plan_title))
