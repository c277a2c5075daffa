"""What all tabs share: the assistant, what the library holds, and the way to an item or a passage from what the page sends back.

The page asks the assistant and no one else. A library that does not exist yet is an empty one here, so that the page can be opened first and filled
after. Nothing of a user is kept in it but the files that were made for the browser last.
"""

from __future__ import annotations

from assistant.app import Assistant
from assistant.catalogue import Catalogue
from assistant.ui.errors import PageError
from assistant.ui.examples import Examples
from assistant.ui.shelf import Shelf
from corpus.model import Draft, Item, slug
from index.errors import NoLibrary
from index.filters import Filter
from index.values import ReportRow


class Desk:
    """The assistant as the page uses it; ``current_year`` overrides that of the settings."""

    def __init__(self, assistant: Assistant, current_year: int | None = None) -> None:
        self.assistant = assistant
        self.given_year = current_year
        self.examples = Examples(self)
        self.shelf = Shelf()

    @property
    def current_year(self) -> int:
        """The year that is being written: the one given, else the library's, else the clock's."""
        try:
            return self.assistant.current_year(self.given_year)
        except NoLibrary:
            from datetime import UTC, datetime

            return self.given_year or datetime.now(UTC).astimezone().year

    @property
    def organisation(self) -> str:
        """Who "vi" is, as the reports write it: the library's setting, else the only one there is, else ""."""
        return self.catalogue().own or ""

    def catalogue(self) -> Catalogue:
        """What there is to ask about; an empty one where there is no library."""
        try:
            return self.assistant.catalogue(current_year=self.given_year)
        except NoLibrary:
            return Catalogue(current_year=self.current_year)

    def rows(self, *, all_versions: bool = False) -> list[ReportRow]:
        """The reports; none where there is no library."""
        try:
            return self.assistant.reports(all_versions=all_versions)
        except NoLibrary:
            return []

    def items(self, where: Filter) -> list[Item]:
        """The items of a filter; none where there is no library."""
        try:
            return self.assistant.library.items(where)
        except NoLibrary:
            return []

    def setting(self, name: str) -> str:
        """A setting as text, "" where it is not set."""
        try:
            value = self.assistant.library.settings.get(name)
        except NoLibrary:
            return ""
        return "" if value is None else str(value)

    @property
    def model(self) -> str:
        """The chat model that is set; "" where the built-in rules are to write."""
        from assistant.draft import RULES

        chosen = self.setting("model")
        return "" if chosen.lower() in RULES else chosen

    def has(self, report_id: str) -> bool:
        """Whether the library holds that report."""
        return any(row.id == report_id for row in self.rows(all_versions=True))

    def whose(self, chosen: str | None) -> str:
        """The organisation that is meant: the chosen one where it is there, else "vi", else the first; "" for an empty library."""
        catalogue = self.catalogue()
        names = catalogue.organisations
        return chosen if chosen in names and chosen else catalogue.own or (names[0] if names else "")

    def drafts(self, organisation: str, year: int) -> list[Draft]:
        """The newest version of each of an organisation's drafts for ``year``, in the report's order; [] where there is none."""
        try:
            library = self.assistant.library
        except NoLibrary:
            return []
        newest = (library.drafts(summary.item_key, year)[-1].draft for summary in library.draft_summaries(year))
        return sorted(
            (draft for draft in newest if draft.item.organisation == organisation),
            key=lambda draft: (draft.item.plan, draft.item.position),
        )

    def newest_items(self, organisation: str, *, before: int | None = None) -> list[Item]:
        """Each item of an organisation once, as it stands in its newest report (before a year): by plan and place in the newest report.

        Items that left the reports in earlier years come last in their plan.
        """
        there = (
            [item for item in self.items(Filter(organisation=organisation)) if before is None or item.year < before]
            if organisation
            else []
        )
        newest: dict[str, Item] = {}
        for item in sorted(there, key=lambda item: item.year):
            newest[item.key.id] = item
        return sorted(newest.values(), key=lambda item: (item.plan, -item.year, item.position))

    def item(self, item_id: str) -> Item:
        """The item with this ``Item.id``.

        Raises:
            PageError: it is not there (any longer).
        """
        key, _, year = item_id.rpartition("/")
        found = self.items(Filter(key=key, year=int(year))) if year.isdigit() else []
        if not found:
            raise PageError("Punkten finns inte i biblioteket längre. Ladda om sidan.")
        return found[-1]

    def history(self, item: Item, *, before: int) -> list[Item]:
        """The item in the reports before ``before``, newest first, followed where its code has moved."""
        from assistant.lineage import follow

        years = sorted(
            {row.year for row in self.rows() if slug(row.organisation) == slug(item.organisation) and row.year < before},
            reverse=True,
        )
        found = (follow(self.assistant.library, item, year) for year in years)
        return [each for each in found if each is not None]
