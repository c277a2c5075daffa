"""Where a question looks in this library: whose reports, from which years, narrowed by plan, area, kind and answer.

A name that is not in the library is never guessed: ``NotThere`` says what there is. Knows nothing of codes and topics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.catalogue import Catalogue
from assistant.phrases import any_of, enumeration
from assistant.question import Question
from assistant.question_names import AreaRef
from assistant.words import fold, kinship, stem, words
from corpus.model import Item
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library

_AREA_NUMBER = re.compile(r"^(?P<label>[^\W\d]+) (?P<number>\d+)\b")


class NotThere(Exception):
    """Something that was asked for is not in the library: ``args[0]`` says so in Swedish, ``candidates`` are the nearest."""

    def __init__(self, text: str, candidates: Iterable[Item] = ()) -> None:
        super().__init__(text)
        self.candidates = tuple(candidates)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: organisations with the report years asked for (the newest where none were), narrowed by plan, area, kind, answer."""

    years_of: tuple[tuple[str, tuple[int, ...]], ...]
    base: Filter = field(default_factory=Filter)
    remarks: tuple[str, ...] = ()

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations of the scope."""
        return tuple(name for name, _ in self.years_of)

    def filters(self) -> list[Filter]:
        """Filters that together let through exactly these organisations in these years: one for all that share their years.

        A search of each organisation by itself would take a hundred times as long where there are a hundred.
        """
        sharing: dict[tuple[int, ...], list[str]] = {}
        for name, years in self.years_of:
            if years:
                sharing.setdefault(years, []).append(name)
        return [replace(self.base, organisation=frozenset(names), year=frozenset(years)) for years, names in sharing.items()]

    def all_years(self) -> Filter:
        """The scope with every year open."""
        return replace(self.base, organisation=frozenset(self.organisations))

    def items(self, library: Library) -> list[Item]:
        """Every item of the scope, by organisation, year, plan and position."""
        return [item for each in self.filters() for item in library.items(each)]


def organisations_of(question: Question, catalogue: Catalogue) -> tuple[str, ...]:
    """Whose reports are meant, in the order of the design: named, else our own, else the only one, else all.

    Raises:
        NotThere: the one named has no report.
    """
    ref = question.organisation
    if ref.unknown:
        there = enumeration(catalogue.organisations)
        raise NotThere(f"Det finns ingen rapport från {ref.unknown}. Rapporter finns från {there}.")
    if ref.names:
        return ref.names
    if ref.others:
        others = tuple(name for name in catalogue.organisations if name != catalogue.own)
        if not others:
            raise NotThere(
                f"Det finns bara rapporter från {enumeration(catalogue.organisations)}, inte från någon annan förvaltning."
            )
        return others
    if ref.everyone or "organisation:*" in question.dropped:
        return catalogue.organisations
    return catalogue.scope()


def scope_of(question: Question, library: Library, catalogue: Catalogue) -> Scope:
    """Where a question looks; in the newest report of each organisation where it asks for no year.

    Raises:
        NotThere: an organisation, year, plan or area that is not in the library.
    """
    organisations = organisations_of(question, catalogue)
    remarks: list[str] = []
    years_of: list[tuple[str, tuple[int, ...]]] = []
    for name in organisations:
        there = catalogue.years_of.get(name, ())
        chosen = years_asked(question, there) if question.years.asked else there[-1:]
        years_of.append((name, chosen))
    found = {year for _, years in years_of for year in years}
    missing = [year for year in question.years.exact if year not in found]
    if missing and not found:
        raise NotThere(missing_years(missing, organisations, catalogue))
    if missing:
        remarks.append(missing_years(missing, organisations, catalogue))
    if question.years.asked and not found:
        raise NotThere(f"Det finns ingen rapport från de åren. {years_there(organisations, catalogue)}")
    base = Filter(kind=question.kind, answer=question.answer)
    scope = Scope(tuple(years_of), plan_filter(question, catalogue, base), tuple(remarks))
    if question.area:
        everything = replace(scope, base=replace(scope.base, kind=None, answer=None))
        scope = replace(scope, base=replace(scope.base, area=_areas(question.area, everything, library)))
    return scope


def years_asked(question: Question, there: tuple[int, ...]) -> tuple[int, ...]:
    """Those of the report years ``there`` that a question asks for; a step counts from the newest."""
    if question.years.step and there:
        base = there[-1] + question.years.step
        return (base,) if base in there else ()
    return question.years.among(there)


def missing_years(missing: Sequence[int], organisations: Sequence[str], catalogue: Catalogue) -> str:
    """The sentence for report years that are not there."""
    whose = f" för {organisations[0]}" if len(organisations) == 1 and len(catalogue.organisations) > 1 else ""
    return f"Det finns ingen rapport från {any_of(str(y) for y in missing)}{whose}. {years_there(organisations, catalogue)}"


def years_there(organisations: Sequence[str], catalogue: Catalogue) -> str:
    """Which report years there are, as a sentence."""
    years = catalogue.years_in(organisations)
    return f"Rapporter finns för {enumeration(str(year) for year in years)}." if years else "Biblioteket har inga rapporter än."


def plan_filter(question: Question, catalogue: Catalogue, base: Filter) -> Filter:
    """``base`` narrowed to the plan that a question names; unchanged where it names none.

    Raises:
        NotThere: there is no plan of that number.
    """
    plan = question.plan
    if plan is None:
        return base
    if plan.number is None:
        return replace(base, plan_name=frozenset(plan.names))
    if not any(plan.number in entry.numbers for entry in catalogue.plans):
        there = enumeration(f"{min(entry.numbers)} ({entry.name})" for entry in catalogue.plans)
        raise NotThere(f"Det finns ingen plan {plan.number}. Planerna är {there}.")
    return replace(base, plan=plan.number)


def _areas(area: AreaRef, scope: Scope, library: Library) -> frozenset[str]:
    titles = list(dict.fromkeys(item.area for item in scope.items(library) if item.area))
    fits = fitting_areas(area, titles)
    if not fits:
        raise NotThere(f"Det finns inget som heter {area.label} i rapporten. Områdena är: {'; '.join(titles) or 'inga'}.")
    return fits


def fitting_areas(area: AreaRef, titles: Iterable[str]) -> frozenset[str]:
    """Those of the area titles that are meant: by number ("Målområde 3: …"), the kind of area deciding between plans, or by most words."""
    if area.number is not None:
        label = fold(area.label)[:3]
        matches = [
            (title, match) for title in titles if (match := _AREA_NUMBER.match(title)) and int(match["number"]) == area.number
        ]
        same = frozenset(title for title, match in matches if fold(match["label"])[:3] == label)
        return same or frozenset(title for title, _ in matches)
    scores = {
        title: sum(max((kinship(word, stem(other.folded)) for other in words(title)), default=0.0) >= 0.6 for word in area.words)
        for title in titles
    }
    best = max(scores.values(), default=0)
    return frozenset(title for title, score in scores.items() if score == best and best * 2 >= len(area.words) and best)
