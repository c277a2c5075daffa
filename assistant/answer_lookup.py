"""Answers by code or by what was in focus: the whole comment with where it stands, another field of the item, the ground for a draft.

Knows nothing of search. Several items of one code are all given, grouped by plan (and by organisation where several are meant).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Page, Source, not_found, whole
from assistant.catalogue import Catalogue
from assistant.phrases import badge, enumeration, item_label, plural
from assistant.question import Question
from assistant.resolve import Resolution
from assistant.sentences import best_run, score_sentences, topic_stems
from corpus.model import Item, plan_name

LONG_COMMENT = 120
"""Words from which a comment is not shown whole beside the sentences that answer."""


def answer_lookup(question: Question, found: Resolution, catalogue: Catalogue) -> Answer:
    """Every item found, whole: answer, place, question and comment."""
    page = Page(question)
    page.remarks(found.remarks)
    if ambiguous(found.items):
        page.say(_said_to_be_several(found.items))
    for item in found.items:
        source = whole(item)
        page.header(source)
        page.comment(source)
    page.note(older_reports(question, found.items, catalogue))
    return page.answered(suggestions(question, found.items, catalogue))


def ambiguous(items: Sequence[Item]) -> bool:
    """Whether one code stands for several items of one report year."""
    seen: set[tuple[str, int, str]] = set()
    for item in items:
        key = (item.organisation, item.year, item.code)
        if key in seen:
            return True
        seen.add(key)
    return False


def _said_to_be_several(items: Sequence[Item]) -> str:
    code = next(item.code for item in items if sum(other.code == item.code for other in items) > 1)
    same = [item for item in items if item.code == code]
    plans = list(dict.fromkeys(f"plan {item.plan} ({plan_name(item.plan_title)})" for item in same))
    return (
        f"Koden {code} finns i {plural(len(plans), 'plan', 'planer')}: {enumeration(plans)}. Här är alla; skriv "
        f"till exempel ”{item_label(same[0])}” för en av dem."
    )


def answer_part(question: Question, found: Resolution, catalogue: Catalogue) -> Answer:
    """Another field than the comment: the statement, the question, the expected result, the answer, the area, the plan, the page."""
    if question.part in (None, "answer"):
        return _answer_first(question, found, catalogue)
    page = Page(question)
    page.remarks(found.remarks)
    for item in found.items:
        page.say(_part_text(question, item))
        source = Source(item, "", 0, 0)
        page.header(source)
    return page.answered(suggestions(question, found.items, catalogue))


def _part_text(question: Question, item: Item) -> str:
    label = item_label(item)
    if question.part == "expected_result":
        if not item.expected_result:
            return f"{label} har inget angivet förväntat resultat i rapporten {item.year}."
        return f"Förväntat resultat för {label.lower()}: {item.expected_result}"
    if question.part == "question":
        return f"Uppföljningsfrågan för {label.lower()}: {item.question}"
    if question.part == "area":
        return f"{label} hör till {item.area or 'inget område'}."
    if question.part == "plan":
        return f"{label} hör till plan {item.plan}: {item.plan_title}."
    if question.part == "page":
        return (
            f"{label} står på sidan {item.page}."
            if item.page is not None
            else f"Rapporten har inga sidnummer i det format som lästes in ({label})."
        )
    text = f"{label}: {item.statement}"
    return f"{text}\n\nFörväntat resultat: {item.expected_result}" if item.expected_result else text


def _answer_first(question: Question, found: Resolution, catalogue: Catalogue) -> Answer:
    """The answer Ja or Nej said first, then the comment."""
    page = Page(question)
    page.remarks(found.remarks)
    if ambiguous(found.items):
        page.say(_said_to_be_several(found.items))
    for item in found.items:
        source = whole(item)
        page.say(f"Svaret är {badge(item)}." if item.answer else "Punkten har inget svar.")
        page.header(source)
        page.comment(source)
    page.note(older_reports(question, found.items, catalogue))
    return page.answered(suggestions(question, found.items, catalogue))


def answer_fact_of(question: Question, found: Resolution, catalogue: Catalogue) -> Answer:
    """A fact asked of named items: the sentence that holds it first, then the whole comment.

    Not found, with the items as candidates, where none of their comments holds the kind of thing asked for.
    """
    from assistant.facts import fits  # late, as only a fact question needs its patterns

    assert question.wanted is not None
    stems = topic_stems(question.topic)
    best: list[tuple[float, int, Source]] = []
    for at, item in enumerate(found.items):
        for scored in score_sentences(item.comment, stems):
            grade = fits(question.wanted, scored.sentence.text, question.text)
            if grade > 0 and (
                scored.near > 0 or not stems or question.wanted == "reason" or grade >= (0.7 if len(stems) > 1 else 0.5)
            ):
                s = scored.sentence
                best.append((grade + scored.near + 0.5 * scored.own, -at, Source(item, s.text, s.start, s.end, min(1.0, grade))))
    if not best:
        named = enumeration(dict.fromkeys(item_label(item) for item in found.items))
        return not_found(
            question, f"Kommentaren till {named} säger inget om det du frågar efter.", found.items, intro="Kommentaren finns här:"
        )
    best.sort(key=lambda entry: (-entry[0], -entry[1], entry[2].start))
    page = Page(question)
    first = best[0][2]
    page.quote(first)
    page.remarks(found.remarks)
    for item in dict.fromkeys([first.item, *found.items]):
        source = first if item is first.item else whole(item)
        if item is not first.item:
            page.header(source)
        page.comment(source)
    page.note(older_reports(question, found.items, catalogue))
    return page.answered(suggestions(question, found.items, catalogue))


def answer_topic_of(question: Question, found: Resolution, catalogue: Catalogue) -> Answer:
    """Named items asked about with a topic: the sentences about it first where there are any, then the whole comments."""
    stems = topic_stems(question.topic)
    graded = [(max((s.own for s in score_sentences(item.comment, stems)), default=0.0), item) for item in found.items]
    if not stems or max((grade for grade, _ in graded), default=0.0) == 0.0:
        return answer_lookup(question, found, catalogue)
    page = Page(question)
    page.remarks(found.remarks)
    if ambiguous(found.items):
        page.say(_said_to_be_several(found.items))
    for _, item in sorted(graded, key=lambda pair: -pair[0]):
        start, end = best_run(item.comment, stems)
        source = Source(item, item.comment[start:end], start, end)
        page.header(source)
        page.comment(source)
    page.note(older_reports(question, found.items, catalogue))
    return page.answered(suggestions(question, found.items, catalogue))


def answer_draft(question: Question, found: Resolution, catalogue: Catalogue) -> Answer:
    """What a draft starts from: the latest comment, and how a draft is made."""
    page = Page(question)
    item = found.items[0]
    year = catalogue.current_year if catalogue.current_year > item.year else item.year + 1
    plan = f" --plan {item.plan}" if sum(other.code == item.code for other in found.items) > 1 else ""
    page.say(
        f"Ett utkast skrivs utifrån dina anteckningar: assistant draft {item.code} --year {year}{plan} --notes "
        f"FIL, eller under fliken Utkast."
    )
    page.say(
        "Det bygger vidare på den senaste kommentaren:"
        if len(found.items) == 1
        else "Det bygger vidare på de senaste kommentarerna:"
    )
    for each in found.items:
        page.header(whole(each))
        page.comment(whole(each))
    return page.answered()


def older_reports(question: Question, items: Sequence[Item], catalogue: Catalogue) -> str:
    """The offer of older reports, where no year was asked for and there are any; "" otherwise."""
    if question.years.asked or question.years.content or not items:
        return ""
    newest = min(item.year for item in items)
    older = [str(year) for year in catalogue.years_in(dict.fromkeys(item.organisation for item in items)) if year < newest]
    return f"Äldre rapporter finns från {enumeration(older)}; skriv till exempel ”året innan då?”." if older else ""


def suggestions(question: Question, items: Sequence[Item], catalogue: Catalogue) -> tuple[str, ...]:
    """Next questions that would have an answer, at most three."""
    if not items:
        return ()
    item = items[0]
    name = item_label(item) if len(items) == 1 or not ambiguous(items) else f"{item_label(item)} i plan {item.plan}"
    made = []
    years = catalogue.years_of.get(item.organisation, ())
    if any(year < item.year for year in years):
        made += ["Året innan då?", f"Hur har {name} utvecklats?"]
    made.append(f"Vad lovade vi om {name}?")
    others = [org for org in catalogue.organisations if org != item.organisation]
    if others:
        made.append(f"Vad svarade {others[0]} på {name}?")
    return tuple(made[:3])
