"""Which items the codes of a question mean, or those in focus from earlier turns, in the years and at the organisations asked for.

A code that several items have gives all of them; one that none has gives the nearest, named as such. Knows nothing of topics and of how
an answer reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from assistant.catalogue import Catalogue
from assistant.lineage import follow
from assistant.phrases import any_of, enumeration, item_label
from assistant.question import Question
from assistant.question_codes import CodeRef, code_pair
from assistant.question_names import OrganisationRef, title_stems
from assistant.scope import NotThere, fitting_areas, missing_years, organisations_of, plan_filter, years_asked
from assistant.words import distance, kinship, stem
from corpus.model import Item, Kind, plan_name, slug
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library

MOST_CANDIDATES = 5


WITHOUT_KIND_WORD: Final[Kind] = "åtgärd"
"""The kind of an item whose report writes none."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The items that a question's codes (or its focus) mean, in the order asked; ``remarks`` are sentences to say with them."""

    items: tuple[Item, ...] = ()
    remarks: tuple[str, ...] = ()
    unknown: tuple[CodeRef, ...] = ()
    nearest: tuple[Item, ...] = ()


def resolve(question: Question, library: Library, catalogue: Catalogue) -> Resolution:
    """The items that the codes of a question mean, or those in focus from earlier turns.

    Raises:
        NotThere: an organisation, year or plan that is not there (candidates: the items in the nearest year), or no code that is known
            (candidates: the nearest codes).
    """
    if question.codes:
        return _by_code(question, library, catalogue)
    return _by_focus(question, library, catalogue)


def _by_code(question: Question, library: Library, catalogue: Catalogue) -> Resolution:
    organisations = organisations_of(question, catalogue)
    base = plan_filter(question, catalogue, Filter())
    items: list[Item] = []
    remarks: list[str] = []
    unknown: list[CodeRef] = []
    offered: list[Item] = []
    for ref in question.codes:
        where = replace(base, organisation=frozenset(organisations), kind=ref.kind)
        known = _items_with(ref, library, where)
        if not known and ref.kind and not library.items(where):
            # Reports that write no kind words: there "strategi 5:2" can only mean the 5:2 that is there.
            known = _items_with(ref, library, replace(where, kind=WITHOUT_KIND_WORD))
        if question.area and known:
            known = _narrowed_to_area(question, known)
        if question.plan is None and question.topic_words:
            known = _narrowed_to_title(question, known, catalogue)
        if not known:
            unknown.append(ref)
            continue
        found, said, near = _in_years(question, ref, known, library, catalogue)
        items += [item for item in found if item not in items]
        remarks += said
        offered += near
    if unknown:
        nearest = _nearest(unknown, library, catalogue, organisations, base)
        if not items:
            raise NotThere(_unknown_text(question, unknown, nearest, catalogue), nearest)
        remarks.append(_unknown_text(question, unknown, (), catalogue))
    if not items:
        raise NotThere(" ".join(dict.fromkeys(remarks)), offered[:MOST_CANDIDATES])
    return Resolution(tuple(items), tuple(dict.fromkeys(remarks)), tuple(unknown))


def _items_with(ref: CodeRef, library: Library, where: Filter) -> list[Item]:
    """Every item of every year that a code (or a range of codes) stands for."""
    if ref.last is None:
        return library.items(replace(where, code=ref.code))
    low, high = code_pair(ref.code), code_pair(ref.last)
    return [item for item in library.items(where) if low <= code_pair(item.code) <= high]


def _narrowed_to_area(question: Question, items: list[Item]) -> list[Item]:
    assert question.area is not None
    fits = fitting_areas(question.area, dict.fromkeys(item.area for item in items))
    return [item for item in items if item.area in fits] or items


def _narrowed_to_title(question: Question, items: list[Item], catalogue: Catalogue) -> list[Item]:
    """The items of the one plan whose title has a word of the question ("1:2 om tystnadskultur"); all where none or several have."""
    telling = title_stems(catalogue.plans)
    named = {
        name
        for name, stems in telling.items()
        if any(kinship(stem(w.folded), title) >= 0.8 for w in question.topic_words for title in stems)
    }
    fits = [item for item in items if plan_name(item.plan_title) in named]
    return fits if len({plan_name(item.plan_title) for item in fits}) == 1 else items


def _in_years(
    question: Question, ref: CodeRef, known: list[Item], library: Library, catalogue: Catalogue
) -> tuple[list[Item], list[str], list[Item]]:
    """The items of a code in the years asked for: (found, sentences to say, items of the nearest year where a year has none)."""
    years = question.years
    found: list[Item] = []
    remarks: list[str] = []
    near: list[Item] = []
    for group in _by_key(known):
        newest = group[-1]
        there = catalogue.years_of.get(newest.organisation, ())
        if not years.asked:
            chosen = _telling_of(question, group) if years.content else [newest]
            found += chosen
            if chosen == [newest] and newest.year < there[-1]:
                remarks.append(f"{item_label(newest)} finns inte i rapporten {there[-1]}; senast i rapporten {newest.year}.")
            continue
        wanted = years_asked(question, there)
        missing = [year for year in years.exact if year not in there]
        if missing:
            remarks.append(missing_years(missing, [newest.organisation], catalogue))
            closest = min(group, key=lambda item: (min(abs(item.year - year) for year in missing), -item.year))
            near.append(closest)
        for year in wanted:
            here = next((item for item in group if item.year == year), None)
            moved = None if here else follow(library, newest, year)
            if here:
                found.append(here)
                if (
                    not years.several
                    and newest is not here
                    and (now := follow(library, here, newest.year))
                    and now.code != here.code
                ):
                    remarks.append(f"I rapporten {newest.year} har punkten koden {now.code}.")
            elif moved and moved.code != newest.code:
                found.append(moved)
                remarks.append(f"I rapporten {year} hade {item_label(newest).lower()} koden {moved.code}.")
            else:
                remarks.append(f"{item_label(newest)} finns inte i rapporten {year}.")
                near.append(newest)
    if years.asked and years.exact and near and not found:
        remarks.append(_offer(near))
    return found, remarks, near


def _by_key(items: Iterable[Item]) -> list[list[Item]]:
    groups: dict[tuple[str, str, str, int], list[Item]] = {}
    for item in items:
        groups.setdefault((slug(item.organisation), slug(plan_name(item.plan_title)), item.code, item.ordinal), []).append(item)
    return [sorted(group, key=lambda item: item.year) for group in groups.values()]


def _telling_of(question: Question, group: list[Item]) -> list[Item]:
    """For what happened in a year: the report handed in the year after first, then others that name the year."""
    years = question.years.content
    after = [item for item in group if item.year - 1 in years] or [item for item in group if item.year in years]
    naming = [item for item in group if item not in after and any(str(year) in item.comment for year in years)]
    return [*after, *naming] or [group[-1]]


def _offer(items: Sequence[Item]) -> str:
    years = enumeration(str(year) for year in sorted({item.year for item in items}))
    return f"Närmast finns rapporten {years}."


def _nearest(
    unknown: Sequence[CodeRef], library: Library, catalogue: Catalogue, organisations: Sequence[str], base: Filter
) -> tuple[Item, ...]:
    pool = [
        item
        for name in organisations
        if (y := catalogue.newest(name))
        for item in library.items(replace(base, organisation=name, year=y))
    ]
    ref = unknown[0]

    def rank(item: Item) -> tuple[bool, int, int, int, int]:
        first, second = code_pair(item.code)
        wanted = code_pair(ref.code)
        return (
            item.code != ref.code,
            distance(item.code, ref.code, 3),
            abs(first - wanted[0]),
            abs(second - wanted[1]),
            0 if item.kind == ref.kind else 1,
        )

    ranked = sorted(pool, key=lambda item: (*rank(item), item.plan, item.position, item.organisation))
    return tuple(ranked[:MOST_CANDIDATES])


def _unknown_text(question: Question, unknown: Sequence[CodeRef], nearest: Sequence[Item], catalogue: Catalogue) -> str:
    names = any_of(ref.label if ref.kind else ref.code for ref in unknown)
    where = ""
    if question.plan:
        where = f" i plan {question.plan.number}" if question.plan.number else " i den planen"
    elif question.organisation.names:
        where = f" hos {enumeration(question.organisation.names)}"
    head = (
        f"Det finns ingen punkt {names}{where}."
        if not unknown[0].kind
        else f"Det finns ingen {names[0].lower()}{names[1:]}{where}."
    )
    if not nearest:
        return head
    return f"{head} De närmaste är {enumeration(dict.fromkeys(item_label(item).lower() for item in nearest))}."


def _by_focus(question: Question, library: Library, catalogue: Catalogue) -> Resolution:
    """The items in focus, in the years and at the organisations that the question now asks for."""
    items: list[Item] = []
    remarks: list[str] = []
    asked = organisations_of(question, catalogue) if question.organisation != OrganisationRef() else ()
    for item in question.focus:
        for name in asked or (item.organisation,):
            there = catalogue.years_of.get(name, ())
            if question.years.step:
                wanted: tuple[int, ...] = (item.year + question.years.step,)
            elif question.years.asked:
                wanted = question.years.exact or question.years.among(there)
            else:
                wanted = (item.year,) if item.year in there else there[-1:]
            if question.years.several and not question.years.exact:
                wanted = question.years.among(there)
            for year in wanted:
                if year not in there:
                    remarks.append(missing_years([year], [name], catalogue))
                    continue
                found = follow(library, item, year, organisation=name)
                if found is None:
                    remarks.append(f"{item_label(item)} finns inte i rapporten {year} från {name}.")
                elif found not in items:
                    items.append(found)
                    if found.code != item.code:
                        remarks.append(f"I rapporten {year} har punkten koden {found.code}.")
    if not items:
        raise NotThere(" ".join(dict.fromkeys(remarks)) or "Det framgår inte vilken punkt frågan gäller.", question.focus)
    return Resolution(tuple(items), tuple(dict.fromkeys(remarks)))
