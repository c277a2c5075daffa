"""Answers that are lists: items by answer, plan, area, kind or year; every item that mentions a word; how many there are.

A list is complete or says that it is empty: nothing is ranked away. Knows nothing of how a question was understood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Page, Source, not_found
from assistant.catalogue import Catalogue
from assistant.mentions import is_also_common, places
from assistant.phrases import enumeration, kind_plural, plural
from assistant.query import search
from assistant.question import Question
from assistant.relevance import is_sure, strengths
from assistant.scope import Scope
from assistant.sentences import first_sentence
from corpus.model import Item, plan_name
from corpus.sentences import split

if TYPE_CHECKING:
    from index.library import Library


def answer_list(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """Every item of the scope, in the order of the reports, one line each; with a topic only those that are about it."""
    items = scope.items(library)
    if question.topic_words and items:
        items = _about(question, scope, library, items)
    what = described(question, scope)
    if not items:
        return not_found(question, " ".join([*scope.remarks, f"Det finns inga {what}."]))
    page = Page(question)
    page.remarks(scope.remarks)
    page.say(f"{plural(len(items), 'punkt', 'punkter')}: {what}.")
    rows(page, items)
    return page.answered(_next(question, scope))


def answer_count(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """How many items there are of what is asked for, of how many, and which."""
    if question.mentions:
        return answer_mention(question, scope, library, catalogue)
    if question.subject in ("plans", "areas", "years", "organisations", "reports"):
        from assistant.answer_overview import answer_structure

        return answer_structure(question, scope, library, catalogue)
    items = scope.items(library)
    everything = replace(scope, base=replace(scope.base, answer=None)).items(library)
    page = Page(question)
    page.remarks(scope.remarks)
    of_all = f" av {len(everything)}" if question.answer is not None else ""
    name = kind_plural(question.kind) if question.kind else "punkter"
    page.say(f"{len(items)}{of_all} {name}: {described(question, scope)}.")
    if question.answer is None:
        split_up = Counter(item.answer or "inget svar" for item in items)
        page.say("Svaren: " + enumeration(f"{number} {answer}" for answer, number in split_up.most_common()) + ".")
    rows(page, items)
    return page.answered(_next(question, scope))


def answer_mention(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """Every item of the scope whose comment mentions the words, and no other; those whose question alone does are named after."""
    items = scope.items(library)
    comments = [item.comment for item in items]
    capitals = {phrase: True if is_also_common(comments, phrase) else None for phrase in question.mentions}

    def found_in(text: str) -> list[tuple[int, int]]:
        hits = [places(text, phrase, capitals=capitals[phrase]) for phrase in phrases]
        wanted = all if question.every_mention else any
        return sorted(span for spans in hits for span in spans) if wanted(hits) else []

    def asked_about() -> list[str]:
        """The items whose question, statement or expected result mentions the words where the comment does not, as a sentence."""
        labels = enumeration(
            f"{item.kind} {item.code}"
            for item in items
            if found_in(f"{item.question}\n{item.statement}\n{item.expected_result}") and not found_in(item.comment)
        )
        return [f"I frågan, men inte i kommentaren, nämns det för {labels}."] if labels else []

    phrases = question.mentions
    found = [(item, spans) for item in items if (spans := found_in(item.comment))]
    if not found and len(phrases) == 1 and " och " in phrases[0]:  # "A och B" that never stand together as a phrase
        phrases = tuple(part.strip() for part in phrases[0].split(" och "))
        capitals = dict.fromkeys(phrases)
        found = [(item, spans) for item in items if (spans := found_in(item.comment))]
    named = (" och " if question.every_mention else " eller ").join(f"”{phrase}”" for phrase in phrases)
    where = where_text(scope)
    if not found:
        older = (
            [] if question.years.asked else [i for i in library.items(scope.all_years()) if i not in items and found_in(i.comment)]
        )
        text = f"Ingen kommentar nämner {named} {where}."
        return not_found(
            question, " ".join([*scope.remarks, text, *asked_about()]), older[-5:], intro="Äldre kommentarer som gör det:"
        )
    page = Page(question)
    page.remarks(scope.remarks)
    page.say(f"{plural(len(found), 'punkt', 'punkter')} nämner {named} {where}.")
    for item, spans in found:
        start, end = _sentence_at(item.comment, spans[0][0])
        page.row(Source(item, item.comment[start:end], start, end))
    page.remarks(asked_about())
    return page.answered()


def rows(page: Page, items: Sequence[Item]) -> None:
    """A list of items: under a heading each where they are from several reports or plans, each with the first sentence of its comment."""
    groups = list(dict.fromkeys((item.organisation, item.year, item.plan, item.plan_title) for item in items))
    for group in groups:
        if len(groups) > 1:
            organisation, year, number, title = group
            page.heading(f"Plan {number}: {plan_name(title)} ({organisation}, rapport {year})")
        for item in items:
            if (item.organisation, item.year, item.plan, item.plan_title) == group:
                start, end = first_sentence(item.comment)
                page.row(Source(item, item.comment[start:end], start, end))


def described(question: Question, scope: Scope) -> str:
    """What a list holds, in words: "insatser med svaret Nej i plan 2, rapport 2024"."""
    parts = [kind_plural(question.kind) if question.kind else "uppföljningspunkter"]
    if question.answer:
        parts.append(f"med svaret {question.answer}")
    elif question.answer == "":
        parts.append("utan svar")
    if question.topic_words:
        parts.append(f"om {question.topic}")
    if question.area and isinstance(scope.base.area, frozenset):
        parts.append("i " + enumeration(f"”{title}”" for title in sorted(scope.base.area)))
    if question.plan:
        names = [f"”{name}”" for name in question.plan.names]
        parts.append(f"i plan {question.plan.number}" if question.plan.number else f"i {enumeration(names)}")
    return " ".join([*parts, where_text(scope)])


def where_text(scope: Scope) -> str:
    """Which reports a scope means, in words."""
    years = sorted({year for _, each in scope.years_of for year in each})
    said = enumeration(str(year) for year in years)
    return f"i {'rapporten' if len(years) == 1 else 'rapporterna'} {said} från {enumeration(scope.organisations)}"


def _about(question: Question, scope: Scope, library: Library, items: Sequence[Item]) -> list[Item]:
    found = search(library, question.topic, scope.filters(), limit=50)
    sure = strengths(found)
    wanted = {hit.item.id for hit, value in zip(found.hits, sure, strict=True) if is_sure(value)}
    return [item for item in items if item.id in wanted]


def _sentence_at(comment: str, at: int) -> tuple[int, int]:
    return next(((s.start, s.end) for s in split(comment) if s.start <= at < s.end), (0, len(comment)))


def _next(question: Question, scope: Scope) -> tuple[str, ...]:
    years = [year for _, each in scope.years_of for year in each]
    return (f"Och {min(years) - 1}?", "Vilka svar har ändrats?") if years and question.answer is not None else ()
