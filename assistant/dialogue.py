"""Earlier turns of a conversation: what a follow-up leaves unsaid is taken from them, and a new subject drops it.

The state is worked out anew from the user's turns each time, so that the same turns always give the same answer and nothing is kept
between questions. Knows nothing of how single questions are read or answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, joined
from assistant.catalogue import Catalogue
from assistant.question import Question
from assistant.question_codes import KIND_FORMS
from assistant.question_names import OrganisationRef, PlanRef
from assistant.question_parts import split_questions
from assistant.question_wanted import Part, find_part
from assistant.question_years import Years
from assistant.respond import respond
from assistant.sentences import CLOSE, score_sentences, topic_stems
from assistant.understanding import understand
from assistant.words import fold
from corpus.model import Item, plan_name, slug
from index.filters import Filter

if TYPE_CHECKING:
    from index.library import Library

_LISTS = frozenset(("list", "count", "mention", "overview", "changes"))
_UNDIVIDED = frozenset(("instruction", "help", "draft", "compare", "timeline"))
_OF_ITEMS = frozenset(("field", "timeline", "compare", "commitments", "fact"))
_SINGULAR = re.compile(r"\b(strategin|insatsen|atgarden)\b")
_ORDINAL = re.compile(r"\bden (forsta|andra|tredje|fjarde|sista)\b")
_DEFINITE = ("en", "et", "an", "na")
_PLACES = {"forsta": 0, "andra": 1, "tredje": 2, "fjarde": 3, "sista": -1}


@dataclass(frozen=True, slots=True)
class State:
    """Where a conversation is: the last question as it was understood with what it took over, and the items in focus."""

    question: Question
    items: tuple[Item, ...] = ()

    @property
    def year(self) -> int | None:
        """The report year in focus, None where there is none."""
        if self.items:
            return max(item.year for item in self.items)
        return max(self.question.years.exact, default=None)


def converse(
    turns: Sequence[str],
    library: Library,
    catalogue: Catalogue,
    *,
    organisation: str | None = None,
    without: Collection[str] = (),
) -> Answer:
    """The answer to the last of ``turns`` after those before it. ``without`` are chips of the last turn taken away.

    ``organisation`` is whose reports are meant whatever the question says. No turns are an empty question.
    """
    state: State | None = None
    answer: Answer | None = None
    for at, text in enumerate(turns or [""]):
        given: list[Answer] = []
        for question in _questions(text, catalogue):
            if organisation:
                question = replace(question, organisation=OrganisationRef((organisation,)))
            full = continued(question, state, catalogue, library)
            if given and state and full is question:
                full = _in_same_reports(full, state)  # "hur många kom 2024 och vad kostade det?" is about one year
            if without and at == len(turns) - 1 and not given:
                full = full.without(without)
            answer = respond(full, library, catalogue)
            state = _after(full, answer, state)
            given.append(answer)
        answer = given[0] if len(given) == 1 else joined(text, given)
    assert answer is not None
    return answer


def _questions(text: str, catalogue: Catalogue) -> list[Question]:
    """The questions of one turn: those it is made of where each says by itself what it is about, or points to the one before; else one.

    A greeting before a question is left out. An instruction anywhere makes all of it one.
    """
    whole = understand(text, catalogue)
    pieces = split_questions(whole.text) if whole.intent not in _UNDIVIDED else (whole.text,)
    if len(pieces) == 1:
        return [whole]
    parts = [part for piece in pieces if (part := understand(piece, catalogue)).intent != "help"]
    said = [not part.empty or (at > 0 and part.wanted is not None and part.points_back) for at, part in enumerate(parts)]
    if not parts or not all(said) or any(part.intent in _UNDIVIDED for part in parts):
        return [whole]
    return parts


def continued(question: Question, state: State | None, catalogue: Catalogue, library: Library) -> Question:
    """``question`` with what it leaves unsaid taken from ``state``; unchanged where it opens a new subject."""
    if state is None or question.intent in ("instruction", "help") or not question.text:
        return question
    if question.codes:
        return _other_code(question, state, library)
    own_subject = bool(question.topic_words or question.mentions or question.subject or question.change or question.area)
    if state.question.intent == "mention" and question.connects and question.intent == "find" and question.topic_words:
        return _other_list(replace(question, mentions=(question.topic,)), state)
    if (again := _same_code_as(question, state)) is not None:
        return again
    if state.items and not own_subject and (_ORDINAL.search(fold(question.text)) or _part(question)):
        return _on_focus(question, state)
    if question.answer is not None and question.points_back and state.question.intent in _LISTS:
        return _other_list(question, state)
    counts = question.wanted == "number" and not own_subject and state.question.intent in _LISTS
    if question.points_back and state.items and not counts:
        return _on_focus(question, state)
    if question.intent == "fact" and own_subject and not question.connects and _told_in_focus(question, state):
        return _on_focus(question, state)
    if own_subject:
        return _in_same_reports(question, state) if question.connects else question
    stands_alone = question.intent in _LISTS and not question.connects and question.wanted is None
    if stands_alone and (question.answer is not None or question.intent in ("overview", "changes", "count")):
        return question
    if state.question.intent in _LISTS:
        return _other_list(question, state)
    return _on_focus(question, state) if state.items else _other_list(question, state)


def _other_code(question: Question, state: State, library: Library) -> Question:
    """ "och 5:3?": the year, the organisation, the plan and what was asked are kept."""
    bare = not question.topic_words and len(question.text.split()) <= 3 and question.intent == "lookup"
    if not question.connects and not bare:
        return question
    prior = state.question
    question = _in_same_reports(question, state)
    if question.connects and question.plan is None and not any(ref.kind for ref in question.codes):
        names = {slug(plan_name(item.plan_title)): plan_name(item.plan_title) for item in state.items}
        if len(names) == 1 and all(_exists(library, ref.code, names) for ref in question.codes if ref.last is None):
            plan = PlanRef(names=tuple(names.values()))
            question = replace(question, plan=plan, carried=question.carried | {"plan"})
    if question.intent == "lookup" and prior.intent in _OF_ITEMS and prior.intent != "fact":
        question = replace(question, intent=prior.intent, part=prior.part)
    return question


def _same_code_as(question: Question, state: State) -> Question | None:
    """ "nej, insatsen" after "strategi 1:2": the code of the turn before with the kind said now, where no item in focus is of that kind."""
    match = _SINGULAR.search(fold(question.text))
    refs = state.question.codes
    if not match or not refs or question.topic_words or question.wanted or question.part:
        return None
    kind = KIND_FORMS[match.group()]
    if any(item.kind == kind for item in state.items):
        return None
    codes = tuple(replace(ref, kind=kind) for ref in refs)
    return _in_same_reports(replace(question, intent="lookup", codes=codes), state)


def _exists(library: Library, code: str, names: Collection[str]) -> bool:
    return bool(library.items(Filter(code=code, plan_name=frozenset(names))))


def _kept_years(prior: Question, state: State) -> Years | None:
    """The years that a follow-up keeps: those that were asked for, a step already taken; None where none were."""
    if prior.years.step and state.year:
        return Years(exact=(state.year,))
    return prior.years if prior.years.asked else None


def _in_same_reports(question: Question, state: State) -> Question:
    """The years and the organisation of the turn before, where none are said; all that "och fältgruppen?" keeps of it."""
    if not question.years.asked and (years := _kept_years(state.question, state)) is not None:
        question = replace(question, years=years, carried=question.carried | {"years"})
    if question.organisation == OrganisationRef() and state.question.organisation.names:
        question = replace(question, organisation=state.question.organisation, carried=question.carried | {"organisation"})
    return question


def _other_list(question: Question, state: State) -> Question:
    """ "och 2023?", "och ja?", "hur många var det?": the same list or topic, with what is said now in the place of what was said."""
    prior = state.question
    asks_number = question.wanted == "number" or question.intent == "count"
    merged = replace(
        prior,
        text=question.text,
        intent="count" if asks_number and prior.intent in _LISTS else prior.intent,
        carried=frozenset(("topic", "answer", "plan", "area", "years", "organisation", "mention", "kind")),
    )
    fresh: dict[str, object] = {}
    if question.years.step and state.year:
        fresh["years"] = Years(exact=(state.year + question.years.step,))
    elif question.years.asked or question.years.content:
        fresh["years"] = question.years
    fresh.update({name: value for name in ("answer", "plan", "area", "kind") if (value := getattr(question, name)) is not None})
    if question.organisation not in (OrganisationRef(), OrganisationRef(own=True)):
        fresh["organisation"] = question.organisation
    if question.mentions:
        fresh["mentions"] = question.mentions
    if question.answer is not None and merged.intent in ("overview", "find"):
        fresh["intent"] = "list"
    return replace(merged, carried=merged.carried - set(fresh), **fresh)  # type: ignore[arg-type]


def _on_focus(question: Question, state: State) -> Question:
    """ "året innan då?", "vad svarade vi på den?", "visa hela": about the items in focus."""
    prior = state.question
    focus = _narrowed(question, state.items)
    intent, wanted, part, topic = question.intent, question.wanted, _part(question), question.topic
    only_where = not (question.wanted or part or question.whole or question.topic_words)
    if part and intent in ("find", "structure", "lookup", None):
        intent = "field"
    elif intent in ("find", "list", "structure", None):
        if only_where and prior.intent in _OF_ITEMS and (question.years.asked or question.organisation.names or question.connects):
            intent, wanted, part, topic = prior.intent, prior.wanted, prior.part, prior.topic
        else:
            intent = "lookup"
    elif intent in ("overview", "count"):
        intent = "lookup"
    if intent == "fact" and part and not wanted:
        intent = "field"
    plan = None if question.plan and len(focus) < len(state.items) else question.plan
    return replace(
        question, intent=intent, wanted=wanted, part=part, topic=topic, focus=focus, plan=plan, carried=frozenset(("focus",))
    )


def _part(question: Question) -> Part | None:
    """The other field that a follow-up asks for; what was answered is told by the comment that a look-up shows."""
    part = question.part or (find_part(question.text) if not question.topic_words else None)
    return None if part == "answer" else part


def _told_in_focus(question: Question, state: State) -> bool:
    """Whether what a fact question asks stands in the one comment in focus, in a sentence that holds the thing wanted and all of the words.

    Half of them are enough where one is known from before ("när startade teamet?").
    """
    elsewhere = question.years.asked or question.years.content or question.organisation.names or question.plan or question.area
    if len(state.items) != 1 or question.wanted is None or elsewhere:
        return False
    from assistant.facts import fits, subject_words  # its patterns take 7 ms to compile, which only a fact question pays

    subject = subject_words(question.topic_words)
    stems = topic_stems(" ".join(word.text for word in subject))
    known = topic_stems(" ".join(word.text for word in subject if word.folded.endswith(_DEFINITE)))
    if not stems:
        return False
    comment, wanted, text = state.items[0].comment, question.wanted, question.text
    pairs = zip(score_sentences(comment, stems, least=CLOSE), score_sentences(comment, known, least=CLOSE), strict=True)
    holding = [(all_of, old.own) for all_of, old in pairs if fits(wanted, all_of.sentence.text, text) > 0]
    return any(all_of.own >= 1.0 - CLOSE / 2 or (old > 0 and all_of.own >= 0.5 * CLOSE) for all_of, old in holding)


def _narrowed(question: Question, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items in focus that a follow-up singles out: "insatsen", "i plan 2", "den andra"; all of them where it singles out none."""
    folded = fold(question.text)
    choices: list[Callable[[Item], bool]] = []
    if match := _SINGULAR.search(folded):
        kind = KIND_FORMS[match.group()]
        choices.append(lambda item: item.kind == kind)
    if question.plan:
        plan = question.plan
        names = {slug(name) for name in plan.names}
        choices.append(lambda item: item.plan == plan.number if plan.number else slug(plan_name(item.plan_title)) in names)
    left = [item for item in items if all(choice(item) for choice in choices)] or list(items)
    if (match := _ORDINAL.search(folded)) and len(left) > 1 and -1 <= _PLACES[match.group(1)] < len(left):
        left = [left[_PLACES[match.group(1)]]]
    return tuple(left)


def _after(question: Question, answer: Answer, before: State | None) -> State | None:
    """The state after an answer. A question that was no question of the reports leaves the state as it was."""
    if question.intent in ("instruction", "help"):
        return before
    items = tuple(source.item for source in answer.sources)
    if question.intent in ("find", "fact") and not question.codes and not question.focus:
        items = items[:1]
    if question.intent in ("timeline", "compare") and items:
        items = tuple({item.key.id: item for item in sorted(items, key=lambda item: item.year)}.values())
    if not items and answer.candidates:
        codes = {ref.code for ref in question.codes} | {item.code for item in question.focus}
        items = tuple(item for item in answer.candidates if item.code in codes) or (answer.candidates[:1] if not codes else ())
    return State(question, items)
