"""Answers over the years: two reports compared, one item year by year, and which answers changed, came, went or stayed the same.

Each year's comment is quoted; what was added and taken away since the year before is said in its own words. Knows nothing of search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.answer import Answer, Page, Source, not_found, whole
from assistant.catalogue import Catalogue
from assistant.differences import differences
from assistant.lineage import counterpart, follow
from assistant.phrases import badge, enumeration, item_label, plural
from assistant.question import Question
from assistant.scope import Scope
from assistant.sentences import first_sentence
from corpus.model import Item, plan_name, slug

if TYPE_CHECKING:
    from index.library import Library


def answer_timeline(
    question: Question, items: Sequence[Item], library: Library, catalogue: Catalogue, remarks: Sequence[str] = ()
) -> Answer:
    """Each item through the years asked for (every year where none were), oldest first, with what changed from one to the next."""
    page = Page(question)
    page.remarks(remarks)
    lines = _lines_of_descent(items)
    for newest in lines:
        years = catalogue.years_of.get(newest.organisation, ())
        wanted = question.years.among(years) if question.years.several or len(question.years.exact) > 1 else years
        history = [found for year in wanted if (found := follow(library, newest, year))]
        page.heading(f"{item_label(newest)}: {newest.question or newest.statement}")
        page.say("Svar år för år: " + " → ".join(f"{item.year} {badge(item)}" for item in history) + ".")
        _year_by_year(page, history)
        missing = [year for year in wanted if year not in {item.year for item in history}]
        if missing:
            page.note(f"Punkten finns inte i rapporten {enumeration(str(year) for year in missing)}.")
    return page.answered()


def answer_compare(
    question: Question, items: Sequence[Item], library: Library, catalogue: Catalogue, remarks: Sequence[str] = ()
) -> Answer:
    """Items of two years (or of two organisations) beside each other, the differences said after."""
    organisations = list(dict.fromkeys(item.organisation for item in items))
    page = Page(question)
    page.remarks(remarks)
    if len(organisations) > 1:
        for item in items:
            page.header(whole(item))
            page.comment(whole(item))
        answers = enumeration(f"{badge(item)} hos {item.organisation} ({item.year})" for item in items)
        page.note(f"Svaren: {answers}.")
        return page.answered()
    for newest in _lines_of_descent(items):
        own = sorted((item for item in items if _same_line(item, newest, library)), key=lambda item: item.year)
        if len(own) < 2:
            before = [year for year in catalogue.years_of.get(newest.organisation, ()) if year < newest.year]
            after = [year for year in catalogue.years_of.get(newest.organisation, ()) if year > newest.year]
            near = before[-1:] or after[:1]
            other = follow(library, newest, near[0]) if near else None
            own = sorted([*([other] if other else []), *own], key=lambda item: item.year)
        page.heading(f"{item_label(newest)}: {newest.question or newest.statement}")
        if len(own) < 2:
            page.say(f"Punkten finns bara i rapporten {newest.year}, så det finns inget år att jämföra med.")
        _year_by_year(page, own)
    return page.answered()


def _lines_of_descent(items: Sequence[Item]) -> list[Item]:
    """The newest of each item over the years."""
    newest: dict[tuple[str, str, str], Item] = {}
    for item in items:
        key = (slug(item.organisation), slug(plan_name(item.plan_title)), item.question or item.code)
        if key not in newest or item.year > newest[key].year:
            newest[key] = item
    return list(newest.values())


def _same_line(item: Item, newest: Item, library: Library) -> bool:
    found = follow(library, newest, item.year)
    return found is not None and found.id == item.id


def _year_by_year(page: Page, history: Sequence[Item]) -> None:
    previous: Item | None = None
    for item in history:
        source = whole(item)
        page.header(source, _year_line(item))
        if previous is None:
            page.comment(source)
        else:
            change = differences(previous.comment, item.comment)
            if previous.answer != item.answer:
                page.say(f"Ändrat svar: {badge(previous)} → {badge(item)}.")
            if previous.code != item.code:
                page.say(f"Punkten hade koden {previous.code} i rapporten {previous.year}.")
            if change.same:
                page.say(f"Kommentaren är oförändrad sedan {previous.year}.")
            page.comment(source)
            if not change.same:
                page.note(_changed(change.added, change.removed, change.kept, previous.year))
        previous = item


def _year_line(item: Item) -> str:
    """Where a year's comment stands, under a heading that has said which item it is."""
    page = f" · s. {item.page}" if item.page is not None else ""
    return f"Rapport {item.year} · {item_label(item)} · Svar: {badge(item)} · {item.organisation} · plan {item.plan}{page}"


def _changed(added: Sequence[str], removed: Sequence[str], kept: float, year: int) -> str:
    if kept < 0.25:
        return f"Kommentaren är i stort sett omskriven sedan {year} ({kept:.0%} av orden är kvar).".replace("%", " %")
    lines = []
    if added:
        lines.append(f"Tillkommit sedan {year}: " + "; ".join(f"”{text}”" for text in added))
    if removed:
        lines.append(f"Borttaget sedan {year}: " + "; ".join(f"”{text}”" for text in removed))
    return "\n".join(lines)


def answer_changes(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """Which answers changed between two reports, or which items are new, gone, renumbered or have the same comment."""
    page = Page(question)
    page.remarks(scope.remarks)
    count = 0
    pairs = [(name, *pair) for name, _ in scope.years_of for pair in _year_pairs(question, catalogue.years_of.get(name, ()))]
    if not pairs:
        return not_found(question, "Det finns bara en rapport, så det finns inget att jämföra med.")
    for name, before, after in pairs:
        old, new = _items(scope, library, name, before), _items(scope, library, name, after)
        found = _changes(question, old, new)
        count += len(found)
        page.say(_summary(question, len(found), name, before, after))
        for item, note in found:
            start, end = first_sentence(item.comment)
            page.row(Source(item, item.comment[start:end], start, end))
            page.note(f"  {note}" if note else "")
    if not count:
        return not_found(question, " ".join(block.text for block in page.blocks))
    return page.answered()


def _year_pairs(question: Question, there: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of report years to compare: those asked for, a year with the one before it, or the newest with the one before."""
    years = question.years
    wanted = sorted(years.among(tuple(there))) if years.asked else list(there[-1:])
    if len(wanted) == 1:
        if years.exact and _since(question) and wanted[0] != there[-1]:
            return [(wanted[0], there[-1])]
        earlier = [year for year in there if year < wanted[0]]
        return [(earlier[-1], wanted[0])] if earlier else []
    return list(pairwise(wanted))


def _since(question: Question) -> bool:
    lowered = question.text.lower()
    return any(word in lowered for word in ("sedan", "sen ", "jämfört med", "jamfort med", "mot förra", "från förra", "från året"))


def _items(scope: Scope, library: Library, organisation: str, year: int) -> list[Item]:
    return library.items(replace(scope.base, organisation=organisation, year=year, answer=None))


def _changes(question: Question, old: Sequence[Item], new: Sequence[Item]) -> list[tuple[Item, str]]:
    pairs = [(counterpart(item, new, old), item) for item in new]
    if question.change == "new":
        return [(item, "") for before, item in pairs if before is None]
    if question.change == "gone":
        return [(item, "") for item in old if counterpart(item, old, new) is None]
    known = [(before, item) for before, item in pairs if before is not None]
    if question.change == "renumbered":
        return [(item, f"Koden var {before.code} i rapporten {before.year}.") for before, item in known if before.code != item.code]
    if question.change == "unchanged":
        return [(item, "") for before, item in known if item.comment and differences(before.comment, item.comment).same]
    changed = [(before, item) for before, item in known if before.answer != item.answer]
    was, became = question.flip
    changed = [(b, i) for b, i in changed if was in (None, b.answer) and became in (None, i.answer)]
    return [(item, f"{badge(before)} → {badge(item)}") for before, item in changed]


def _summary(question: Question, number: int, organisation: str, before: int, after: int) -> str:
    what = {
        "new": ("ny punkt", "nya punkter"),
        "gone": ("punkt har utgått", "punkter har utgått"),
        "renumbered": ("punkt har bytt kod", "punkter har bytt kod"),
        "unchanged": ("punkt har samma kommentar", "punkter har samma kommentar"),
    }.get(question.change or "", ("ändrat svar", "ändrade svar"))
    number_text = plural(number, *what) if number else f"Inga {what[1]}"
    return f"{number_text} i rapporten {after} jämfört med {before} ({organisation})."
