"""What a library holds, as far as understanding a question needs it: organisations, report years, plans.

A value made from the library's list of reports; knows nothing of items or storage. Areas and codes are looked up later, in the
reports that a question turns out to be about, because there may be tens of thousands of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from corpus.model import plan_name, slug
from index.values import Holding, ReportRow


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan over all years and organisations: ``name`` without its period, the newest ``title``, every number it has had."""

    name: str
    title: str
    numbers: frozenset[int]


@dataclass(frozen=True)
class Catalogue:
    """Organisations in order of name, their report years in order, plans in order of number; ``own`` is who "vi" is, if that is known."""

    organisations: tuple[str, ...] = ()
    years_of: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    plans: tuple[PlanEntry, ...] = ()
    own: str | None = None
    current_year: int = 0

    @classmethod
    def of(cls, rows: Iterable[Holding | ReportRow], *, own: str | None, current_year: int) -> Catalogue:
        """The catalogue of the reports in ``rows``; ``own`` that has no report, or None, becomes the only organisation there is."""
        years: dict[str, set[int]] = {}
        plans: dict[str, tuple[int, str, set[int]]] = {}
        for row in rows:
            years.setdefault(row.organisation, set()).add(row.year)
            for number, title in row.plans:
                key = slug(plan_name(title))
                newest, _, numbers = plans.get(key, (-1, "", set()))
                plans[key] = (max(newest, row.year), title if row.year >= newest else plans[key][1], numbers | {number})
        names = tuple(sorted(years))
        entries = (PlanEntry(plan_name(title), title, frozenset(numbers)) for _, title, numbers in plans.values())
        known = {slug(name): name for name in names}
        mine = known.get(slug(own)) if own else None
        return cls(
            names,
            {name: tuple(sorted(years[name])) for name in names},
            tuple(sorted(entries, key=lambda plan: (min(plan.numbers), plan.name))),
            mine or (names[0] if len(names) == 1 else None),
            current_year,
        )

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every report year there is, in order."""
        return tuple(sorted({year for years in self.years_of.values() for year in years}))

    def years_in(self, organisations: Iterable[str]) -> tuple[int, ...]:
        """The report years of these organisations, in order."""
        return tuple(sorted({year for name in organisations for year in self.years_of.get(name, ())}))

    def newest(self, organisation: str) -> int | None:
        """The newest report year of an organisation, None where it has no report."""
        years = self.years_of.get(organisation)
        return years[-1] if years else None

    def scope(self, asked: Iterable[str] = ()) -> tuple[str, ...]:
        """The organisations to look in: those asked for, else our own, else all."""
        named = tuple(asked)
        return named or ((self.own,) if self.own else self.organisations)
