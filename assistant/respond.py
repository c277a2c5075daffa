"""From a question to its answer: what it names is resolved, then the right kind of answer is composed.

The one place where intents meet the modules that answer them. Knows nothing of earlier turns (``assistant.dialogue``) or of faces.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, clarify, not_found
from assistant.catalogue import Catalogue
from assistant.phrases import enumeration
from assistant.question import Question
from assistant.question_names import OrganisationRef
from assistant.question_years import Years
from assistant.resolve import resolve
from assistant.scope import NotThere, scope_of

if TYPE_CHECKING:
    from index.library import Library

HELP = (
    "Jag svarar på frågor om de uppföljningsrapporter som är inlästa. Fråga till exempel ”vad gjorde vi för "
    "strategi 5:2 förra året?”, "
    "”vilka svarade vi nej på?”, ”vilka punkter nämner SSPF?” eller ”hur har 4:3 utvecklats?”."
)
NO_INSTRUCTIONS = "Det är ingen fråga om rapporterna. Jag svarar bara på frågor om de uppföljningsrapporter som är inlästa."
NOT_YET = "Det har inte hänt än, så ingen rapport kan säga det. Fråga ”vad planerar vi?” för det som är utlovat."
EMPTY = "Frågan är tom. Skriv en kod (”5:2”) eller några ord om ämnet."
_NAMED = 0.99
"""Overlap from which a report has a name."""
NO_REPORTS = "Biblioteket har inga rapporter än. Läs in en med: assistant ingest FIL"


def respond(question: Question, library: Library, catalogue: Catalogue) -> Answer:
    """The answer to a question that stands for itself."""
    if not catalogue.organisations:
        return not_found(question, NO_REPORTS)
    if not question.text:
        return not_found(question, EMPTY)
    if question.intent == "instruction":
        return not_found(question, NO_INSTRUCTIONS)
    if question.intent == "help":
        return not_found(question, f"{HELP} Det finns rapporter från {enumeration(catalogue.organisations)}.")
    if (place := question.organisation.place) and any(hit.overlap >= _NAMED for hit in library.search(place, limit=3, quotes=0)):
        # The reports tell of the place themselves, so that it may be their own.
        question = replace(
            question, organisation=OrganisationRef(), topic=f"{question.topic} {place}".strip() if question.topic else ""
        )
    try:
        if question.codes or question.focus:
            return _about_items(question, library, catalogue)
        return _about_reports(question, library, catalogue)
    except NotThere as nothing:
        return not_found(question, str(nothing.args[0]), nothing.candidates)


def _about_items(question: Question, library: Library, catalogue: Catalogue) -> Answer:
    """Answers on items that are named, or in focus from earlier turns."""
    if question.intent == "compare" and len(question.organisation.names) == 1:
        return _compare_organisations(question, library, catalogue)
    found = resolve(question, library, catalogue)
    if question.intent in ("timeline", "compare"):
        from assistant.answer_years import answer_compare, answer_timeline

        if question.intent == "timeline":
            return answer_timeline(question, found.items, library, catalogue, found.remarks)
        beside = [item for item in question.focus if question.years.asked and item not in found.items]
        return answer_compare(question, [*beside, *found.items], library, catalogue, found.remarks)
    if question.intent == "commitments":
        from assistant.answer_commitments import answer_commitments

        return answer_commitments(question, found.items, library, catalogue, found.remarks)
    from assistant.answer_lookup import answer_draft, answer_fact_of, answer_lookup, answer_part, answer_topic_of

    if question.intent == "field":
        return answer_part(question, found, catalogue)
    if question.intent == "draft":
        return answer_draft(question, found, catalogue)
    if question.intent == "fact" and question.wanted:
        return answer_fact_of(question, found, catalogue)
    if question.topic_words and not question.whole:
        return answer_topic_of(question, found, catalogue)
    return answer_lookup(question, found, catalogue)


def _compare_organisations(question: Question, library: Library, catalogue: Catalogue) -> Answer:
    """Our own comment beside that of the organisation named, of the same year."""
    from assistant.answer_years import answer_compare

    mine = resolve(replace(question, organisation=OrganisationRef()), library, catalogue)
    ours = tuple(item for item in mine.items if item.organisation not in question.organisation.names)
    if not ours:
        return answer_compare(question, mine.items, library, catalogue, mine.remarks)
    theirs = resolve(replace(question, codes=(), focus=ours), library, catalogue)
    return answer_compare(question, [*ours, *theirs.items], library, catalogue, (*mine.remarks, *theirs.remarks))


def _about_reports(question: Question, library: Library, catalogue: Catalogue) -> Answer:
    """Answers on what the reports hold: topics, lists, overviews, changes."""
    intent = question.intent
    overall = intent in ("timeline", "compare") and not question.topic_words
    if intent == "changes" or overall:
        from assistant.answer_years import answer_changes

        asked = replace(question, answer=None, intent="changes", change=question.change or "answers")
        return answer_changes(asked, scope_of(asked, library, catalogue), library, catalogue)
    if question.years.ahead and not question.years.exact and intent in ("find", "fact", "count"):
        return not_found(question, NOT_YET)
    scope = scope_of(question, library, catalogue)
    if intent in ("list", "count", "mention"):
        from assistant.answer_list import answer_count, answer_list, answer_mention

        composer = {"list": answer_list, "count": answer_count, "mention": answer_mention}[intent]
        return composer(question, scope, library, catalogue)
    if intent in ("overview", "structure"):
        from assistant.answer_overview import answer_overview, answer_structure

        if intent == "overview":
            return answer_overview(question, scope, library, catalogue)
        return answer_structure(question, scope, library, catalogue)
    if intent == "commitments" and not question.topic_words:
        from assistant.answer_commitments import answer_commitments

        return answer_commitments(question, scope.items(library), library, catalogue, scope.remarks)
    if intent == "draft" and not question.topic_words:
        return clarify(question, "Vilken punkt ska utkastet gälla? Skriv dess kod, till exempel ”skriv ett utkast för 5:2”.", ())
    if intent in ("timeline", "compare", "commitments", "draft"):
        return _of_topic(question, library, catalogue)
    from assistant.answer_topic import answer_topic

    return answer_topic(question, scope, library, catalogue)


def _of_topic(question: Question, library: Library, catalogue: Catalogue) -> Answer:
    """An answer over the years, or on promises, about the item that a topic leads to."""
    from assistant.answer_topic import answer_topic

    plain = replace(question, intent="find", wanted=None, years=Years())
    answer = answer_topic(plain, scope_of(plain, library, catalogue), library, catalogue)
    if answer.status != "answered":
        return replace(answer, question=question)
    return _about_items(replace(question, focus=(answer.sources[0].item,), topic=""), library, catalogue)
