"""Answers about a report as a whole: counts per plan with the Nej list, and what a report is made of (plans, areas, years, whose).

Knows nothing of comments beyond their first sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer, Page, Source, not_found
from assistant.answer_list import rows, where_text
from assistant.catalogue import Catalogue
from assistant.phrases import enumeration, kind_plural, plural
from assistant.question import Question
from assistant.scope import Scope
from assistant.sentences import first_sentence
from corpus.model import AnswerValue, Item

if TYPE_CHECKING:
    from index.library import Library

_ORDER: tuple[AnswerValue | None, ...] = ("Ja", "Delvis", "Pågår", "Nej", None)


def answer_overview(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """How many items each plan has with each answer, and every item that is not answered with Ja."""
    items = scope.items(library)
    if not items:
        return not_found(question, " ".join([*scope.remarks, "Det finns inga uppföljningspunkter att sammanfatta."]))
    page = Page(question)
    page.remarks(scope.remarks)
    page.say(f"{plural(len(items), 'uppföljningspunkt', 'uppföljningspunkter')} {where_text(scope)}: {counts(items)}.")
    lines = []
    for organisation, year, number, title in dict.fromkeys((i.organisation, i.year, i.plan, i.plan_title) for i in items):
        own = [i for i in items if (i.organisation, i.year, i.plan) == (organisation, year, number)]
        kinds = Counter(i.kind for i in own)
        named = enumeration(f"{n} {kind_plural(kind) if n != 1 else kind}" for kind, n in kinds.most_common())
        several = f" ({organisation}, rapport {year})" if len(scope.years_of) > 1 or len({i.year for i in items}) > 1 else ""
        lines.append(f"• Plan {number}: {title}{several}: {named}; {counts(own)}")
    page.say("\n".join(lines))
    open_items = [item for item in items if item.answer != "Ja"]
    if open_items:
        page.say("Punkter som inte har svaret Ja:")
        for item in open_items:
            start, end = first_sentence(item.comment)
            page.row(Source(item, item.comment[start:end], start, end))
    return page.answered(("Vilka svar har ändrats sedan året innan?", "Vad lovade vi?"))


def counts(items: Sequence[Item]) -> str:
    """ "29 Ja och 7 Nej"."""
    number = Counter(item.answer for item in items)
    return enumeration(f"{number[answer]} {answer or 'utan svar'}" for answer in _ORDER if number[answer])


def answer_structure(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """What there is: plans, areas, report years, organisations, reports; or what a plan or an area is called, with its items."""
    page = Page(question)
    page.remarks(scope.remarks)
    items = scope.items(library)
    if question.subject == "organisations":
        page.say(f"Rapporter finns från {enumeration(catalogue.organisations)}.")
        return page.answered()
    if question.subject in ("years", "reports"):
        lines = [f"• {name}: {enumeration(str(y) for y in catalogue.years_of[name])}" for name in catalogue.organisations]
        page.say("Rapporter finns för de här åren:\n" + "\n".join(lines))
        return page.answered()
    if not items:
        return not_found(question, " ".join([*scope.remarks, "Det finns inga uppföljningspunkter där."]))
    if question.subject == "plans" or (question.plan and not question.area and question.subject is None):
        _say_plans(page, items, scope)
    elif question.subject == "areas":
        _say_areas(page, items, scope)
    if question.area:
        for area in dict.fromkeys((i.plan, i.plan_title, i.area) for i in items):
            page.say(f"{area[2]} (plan {area[0]}: {area[1]}).")
    if question.area or (question.subject is None and question.plan):
        rows(page, items)
    return page.answered()


def _say_plans(page: Page, items: Sequence[Item], scope: Scope) -> None:
    plans = list(dict.fromkeys((i.organisation, i.plan, i.plan_title) for i in items))
    several = len(scope.organisations) > 1
    lines = []
    for organisation, number, title in plans:
        own = [i for i in items if (i.organisation, i.plan) == (organisation, number)]
        kinds = Counter(i.kind for i in own if i.year == max(x.year for x in own))
        named = enumeration(f"{n} {kind_plural(kind) if n != 1 else kind}" for kind, n in kinds.most_common())
        lines.append(f"• Plan {number}: {title} ({named}{', ' + organisation if several else ''})")
    page.say(f"{plural(len(plans), 'plan', 'planer')} {where_text(scope)}:\n" + "\n".join(lines))


def _say_areas(page: Page, items: Sequence[Item], scope: Scope) -> None:
    lines: list[str] = []
    for number, title in dict.fromkeys((i.plan, i.plan_title) for i in items):
        lines.append(f"Plan {number}: {title}")
        own = [i for i in items if i.plan == number]
        lines += [
            f"• {area} ({plural(sum(i.area == area for i in own), 'punkt', 'punkter')})"
            for area in dict.fromkeys(i.area for i in own)
        ]
    page.say(f"Områden {where_text(scope)}:\n" + "\n".join(lines))
