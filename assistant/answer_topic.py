"""Answers to free questions: the sentences that answer, from the right item first; a fact's sentence first of all; or that nothing was found.

Looks in the newest reports first and in older ones only when those hold nothing. Knows nothing of codes and lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.abbreviations import definition
from assistant.answer import Answer, Page, Source, not_found
from assistant.answer_lookup import LONG_COMMENT, older_reports, suggestions
from assistant.catalogue import Catalogue
from assistant.phrases import enumeration, item_label
from assistant.query import Found, is_abbreviation, search
from assistant.question import Question
from assistant.relevance import BESIDE, is_sure, strengths
from assistant.scope import Scope
from assistant.sentences import CLOSE, best_run, score_sentences, topic_stems
from assistant.words import content_words, fold
from corpus.model import Item
from corpus.sentences import split
from index.filters import Filter
from index.values import Hit

if TYPE_CHECKING:
    from index.library import Library

MOST_SOURCES = 3
MOST_CANDIDATES = 3
NEARLY = 0.7
"""Share of an older report's strength from which the newest report's comment on the same item is shown instead."""
NEARLY_AS_WELL = 0.9
"""Share of a fact's worth in an older report from which the same item's newer sentence is shown instead."""
ALSO = 0.99
"""Overlap from which another item is named as one to see: it holds every informative word of the question."""
WORTH_READING = 0.55
"""Share of the best hit's strength from which a comment is read for the thing asked for."""
LEAST_ABOUT = 0.33
"""Share of the subject's words that a sentence and the ones before it must hold for its figure to be one about the subject."""
OPENING = 0.1
"""What the first word of the subject counts more than the others: "när kommer slutrapporten från forskarna?" is about the report."""
SAME_SENTENCE = 0.6
"""The same for a person, a name, a share or a number to call: those are only about what stands in the same sentence, or the one before."""
NOTHING = "Det hittar jag inget om i rapporterna."
_WHAT = {
    "amount": "något belopp",
    "number": "något antal",
    "share": "någon andel",
    "frequency": "hur ofta",
    "date": "någon tidpunkt",
    "duration": "hur länge",
    "person": "vem",
    "name": "något namn",
    "contact": "några kontaktuppgifter",
    "place": "någon plats",
    "hours": "några öppettider",
    "wellbeing": "hur de mår",
    "age": "någon ålder",
    "reason": "varför",
}


def answer_topic(question: Question, scope: Scope, library: Library, catalogue: Catalogue) -> Answer:
    """The answer to a topic or fact question within ``scope``: its own years first, every year where none were asked and those hold nothing."""
    topic = topic_of(question)
    if not topic:
        return not_found(question, "Jag förstår inte vad frågan gäller. Skriv en kod (”5:2”) eller några ord om ämnet.")
    rounds: list[Sequence[Filter]] = [_ordered(question, scope)]
    if not question.years.asked:
        rounds.append([scope.all_years()])
    near: list[Item] = []
    for at, filters in enumerate(rounds):
        found = search(library, topic, filters)
        sure = _sure_of(found)
        good = [each for each in sure if is_sure(each.strength, older=at > 0) and _of_the_time(question, each.hit.item)]
        near = near or [each.hit.item for each in good]
        if not good:
            continue
        if at + 1 < len(rounds) and (word := asks_meaning(question)) and not _any_definition(good, word):
            explained = search(library, topic, rounds[-1])
            older = [each for each in _sure_of(explained) if definition(each.hit.item.comment, word)]
            good, sure = (older, older) if older else (good, sure)
        asks_fact = question.wanted is not None and question.wanted != "reason"
        answer = _fact(question, good, scope, catalogue) if asks_fact else _found(question, good, sure, scope, catalogue)
        if answer:
            return answer
    if near and question.wanted:
        text = f"Rapporterna tar upp ämnet men säger inte {_WHAT[question.wanted]}."
        return not_found(question, " ".join([*scope.remarks, text]), near[:MOST_CANDIDATES], intro="Kommentaren finns här:")
    return _in_running_text(question, topic, scope, library) or not_found(question, " ".join([*scope.remarks, NOTHING]))


def _in_running_text(question: Question, topic: str, scope: Scope, library: Library) -> Answer | None:
    """Quotes from reports that are no form, where they hold every informative word of the topic; such text has no item to be a source."""
    hits = [hit for each in scope.filters() for hit in library.search_sections(topic, limit=MOST_SOURCES, filter=each)]
    sure = sorted((hit for hit in hits if hit.overlap >= ALSO), key=lambda hit: (-hit.score, hit.report_id, hit.position))
    if not sure or question.wanted:
        return None
    page = Page(question)
    for hit in sure[:MOST_SOURCES]:
        where = " · ".join([hit.organisation, f"rapport {hit.year}", *hit.heading_path, *([f"s. {hit.page}"] if hit.page else [])])
        page.say(f"”{hit.quote}”\n— {where}")
    page.remarks(scope.remarks)
    return page.answered()


@dataclass(frozen=True, slots=True)
class _Sure:
    """A hit with how surely it is about the topic, and the words by which it was found."""

    hit: Hit
    strength: float
    through: str
    words: str
    """The topic or its variant, whichever found the hit."""


def _sure_of(found: Found) -> list[_Sure]:
    """The hits of a search with their strengths, in order."""
    return [
        _Sure(hit, value, through, found.words(through))
        for hit, value, through in zip(found.hits, strengths(found), found.through, strict=True)
    ]


def _of_the_time(question: Question, item: Item) -> bool:
    """Whether a comment may tell of the time asked about, where a time is all that is asked ("vad hände i mars 2024?").

    It names that month or season, of that year or of no year; where it names none it must name the year.
    """
    times = fold(" ".join(question.years.phrases)).split()
    if not times or any(word.folded not in times for word in question.topic_words):
        return True
    return any(_names_time(phrase, sentence.text) for phrase in question.years.phrases for sentence in split(item.comment))


def _names_time(phrase: str, sentence: str) -> bool:
    *season, year = fold(phrase).split()
    said = fold(sentence)
    if not season:
        return year in said
    return bool(re.search(rf"\b{re.escape(season[0])}\b(?:(?! (?:19|20)\d\d)| {year})", said))


def topic_of(question: Question) -> str:
    """What is searched for: the topic, without what only says the kind of thing wanted, and the years of the content as words."""
    topic = question.topic
    if question.wanted and question.wanted != "reason":
        from assistant.facts import subject_words  # its patterns take 7 ms to compile, which only a fact question pays

        topic = " ".join(word.text for word in subject_words(question.topic_words)) or topic
    return " ".join([topic, *(p for p in question.years.phrases if p not in topic)]).strip()


def _ordered(question: Question, scope: Scope) -> list[Filter]:
    """Where to look first: the reports handed in the year after what is asked about happened, else the scope's years."""
    after = frozenset(year + 1 for year in question.years.content)
    if not after:
        return scope.filters()
    return [replace(scope.base, organisation=frozenset(scope.organisations), year=after)]


def _found(question: Question, good: Sequence[_Sure], sure: Sequence[_Sure], scope: Scope, catalogue: Catalogue) -> Answer:
    single = _newest(good, sure)
    near = [each for each in single if each.strength >= BESIDE * good[0].strength and each.hit.score >= BESIDE * good[0].hit.score]
    shown, page = (near or single[:1])[:MOST_SOURCES], Page(question)
    meaning = asks_meaning(question)
    if meaning:
        shown = sorted(single, key=lambda each: definition(each.hit.item.comment, meaning) is None)[:1]
    for at, each in enumerate(shown):
        item = each.hit.item
        start, end = (definition(item.comment, meaning) if meaning else None) or best_run(
            item.comment, topic_stems(each.through), (each.hit.start, each.hit.end)
        )
        _show(page, Source(item, item.comment[start:end], start, end, each.hit.score), whole=at == 0)
    items = [each.hit.item for each in shown]
    beside = [each.hit.item for each in single if each not in shown and (each.hit.overlap >= ALSO or each in near)]
    if beside:
        page.note("Se även " + enumeration(f"{item_label(item).lower()} ({item.year})" for item in beside[:MOST_CANDIDATES]) + ".")
    page.remarks(scope.remarks)
    page.note(_whose_year(question, items, catalogue))
    return page.answered(suggestions(question, items, catalogue))


def _any_definition(good: Sequence[_Sure], word: str) -> bool:
    return any(definition(each.hit.item.comment, word) for each in good)


def _fact(question: Question, good: Sequence[_Sure], scope: Scope, catalogue: Catalogue) -> Answer | None:
    """The sentence that holds the kind of thing asked for, of the hits that are nearly as sure as the best; None where none holds it."""
    from assistant.facts import fits

    assert question.wanted is not None
    graded: list[tuple[float, Source]] = []
    for each in good:
        if each.strength < WORTH_READING * good[0].strength:
            continue
        hit, stems = each.hit, _said_by_comment(each.hit.item, topic_stems(each.words))
        first = score_sentences(hit.item.comment, topic_stems(_opening(each.words)), least=CLOSE)
        for scored, opening in zip(score_sentences(hit.item.comment, stems, least=CLOSE), first, strict=True):
            grade = fits(question.wanted, scored.sentence.text, question.text)
            if grade <= 0 or scored.near < _least(question, each):
                continue
            s = scored.sentence
            graded.append(
                (
                    2 * grade + scored.near + 0.3 * scored.own + OPENING * opening.own + 0.5 * hit.score,
                    Source(hit.item, s.text, s.start, s.end, hit.score),
                )
            )
    if not graded:
        return None
    top = min(graded, key=lambda entry: (-round(entry[0], 2), -entry[1].item.year, entry[1].item.id, entry[1].start))
    best = _as_it_is_now(top, graded)
    page = Page(question)
    _show(page, best, whole=True)
    page.remarks(scope.remarks)
    page.note(_whose_year(question, [best.item], catalogue))
    return page.answered(suggestions(question, [best.item], catalogue))


def _least(question: Question, each: _Sure) -> float:
    """How much of the subject a sentence must hold; of whose hours are asked for all but a little, where it is said in its own words."""
    from assistant.facts import asks_members

    if question.wanted == "person" and asks_members(question.text):
        return LEAST_ABOUT
    if question.wanted in ("person", "name", "contact", "share") or (question.wanted == "hours" and each.words == each.through):
        return SAME_SENTENCE
    return LEAST_ABOUT


def _said_by_comment(item: Item, stems: tuple[str, ...]) -> tuple[str, ...]:
    """The stems that the comment has to hold itself: those that the item's question or statement holds for it are left out."""
    own = score_sentences(item.comment, stems, least=CLOSE) if stems else []
    heading = f"{item.question} {item.statement}"
    left = tuple(
        each
        for each in stems
        if any(scored.own > 0 for scored in score_sentences(item.comment, (each,), least=CLOSE))
        or not any(scored.own > 0 for scored in score_sentences(heading, (each,), least=CLOSE))
    )
    return left if own and any(scored.own > 0 for scored in own) else stems


def _as_it_is_now(top: tuple[float, Source], graded: Sequence[tuple[float, Source]]) -> Source:
    """The sentence that answers best, or the one of the same item in a newer report that answers nearly as well."""
    worth, best = top
    newer = [
        entry
        for entry in graded
        if entry[1].item.key == best.item.key and entry[1].item.year > best.item.year and entry[0] >= NEARLY_AS_WELL * worth
    ]
    return min(newer, key=lambda entry: (-entry[1].item.year, -round(entry[0], 2), entry[1].start))[1] if newer else best


def _opening(topic: str) -> str:
    """The first word of a topic that is no verb in the past tense ("startade teamet")."""
    telling = [word.text for word in content_words(topic)]
    return next((text for text in telling if not text.endswith(("ade", "ades", "ats", "dde", "te", "tes", "des"))), topic)


def _newest(good: Sequence[_Sure], sure: Sequence[_Sure]) -> list[_Sure]:
    """The hits that are good enough, one an item over the years, in their order: as its newest report has it where that is nearly as sure."""
    kept: dict[str, _Sure] = {}
    for each in good:
        kept.setdefault(each.hit.item.key.id, each)
    for each in sure:
        known = kept.get(each.hit.item.key.id)
        if known and each.hit.item.year > known.hit.item.year and each.strength >= NEARLY * known.strength:
            kept[each.hit.item.key.id] = each
    return list(kept.values())


def _show(page: Page, source: Source, *, whole: bool) -> None:
    """A quote with its place, and the whole comment below where it is short enough and says more."""
    page.quote(source)
    comment = source.item.comment
    if len(comment.split()) <= LONG_COMMENT and comment.strip() != source.quote.strip():
        page.say("Hela kommentaren:")
        page.comment(source)
    elif whole and comment.strip() != source.quote.strip():
        page.note(f"Kommentaren är längre ({len(comment.split())} ord). Skriv ”visa hela” för att se den.")


def _whose_year(question: Question, items: Sequence[Item], catalogue: Catalogue) -> str:
    old = sorted({item.year for item in items if item.year != catalogue.newest(item.organisation)})
    if old and not question.years.asked and not question.years.content:
        return f"Obs: svaret står i en äldre rapport ({enumeration(str(year) for year in old)}), inte i den senaste."
    return older_reports(question, items, catalogue)


def asks_meaning(question: Question) -> str | None:
    """The abbreviation whose meaning is asked for ("vad är SSPF?"), None where none is."""
    telling = question.topic_words
    return telling[0].text if question.title and len(telling) == 1 and is_abbreviation(telling[0].text) else None
