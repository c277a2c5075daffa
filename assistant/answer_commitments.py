"""What was promised and what came of it: each commitment of the comments with its date, and what the next report says of it.

The commitments are found by ``corpus.commitments``; whether a later report takes one up is judged by shared words and is said as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer, Page, Source, not_found
from assistant.catalogue import Catalogue
from assistant.lineage import follow
from assistant.phrases import enumeration, item_label, plural
from assistant.question import Question
from assistant.sentences import score_sentences, topic_stems
from assistant.words import fold
from corpus.commitments import find
from corpus.model import Commitment, Item
from corpus.sentences import Sentence

if TYPE_CHECKING:
    from index.library import Library

_OUTCOME = re.compile(r"\bblev det\b|\b(?:hande|uppfyll\w*|infria\w*|holl vi|hallit)\b")
TAKEN_UP = 0.4
"""Share of a commitment's telling words that one sentence of a later comment must hold to be shown as taking it up."""

NAMED = 0.2
"""What sharing a name ("Ljusstråket") counts for on top of that."""

_NAME = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][\wåäö-]+")


def answer_commitments(
    question: Question, items: Sequence[Item], library: Library, catalogue: Catalogue, remarks: Sequence[str] = ()
) -> Answer:
    """The commitments in the comments of ``items``, each with the sentence of the next report that takes it up, or that none does.

    What came of a promise ("vad blev det av …") is asked of the reports before; so is everything where the newest promise nothing.
    """
    if not question.years.asked and (_OUTCOME.search(fold(question.text)) or not _any_promise(items)):
        earlier = _earlier(items, library, catalogue)
        items = earlier if _any_promise(earlier) or (not _any_promise(items) and earlier) else items
    page = Page(question)
    page.remarks(remarks)
    number = 0
    for item in items:
        commitments = find(item.comment, item.year)
        if not commitments:
            continue
        number += len(commitments)
        page.heading(f"{item_label(item)}, rapport {item.year}: {item.question or item.statement}")
        for commitment in commitments:
            _show(page, item, commitment, library, catalogue)
    if not number:
        named = enumeration(dict.fromkeys(f"{item_label(item).lower()} ({item.year})" for item in items[:5]))
        return not_found(question, f"Kommentarerna innehåller inget åtagande: {named}.", items[:5], intro="Kommentaren finns här:")
    page.note(f"{plural(number, 'åtagande', 'åtaganden')} i {plural(len(page.sources), 'kommentar', 'kommentarer')}.")
    return page.answered()


def _any_promise(items: Sequence[Item]) -> bool:
    return any(find(item.comment, item.year) for item in items)


def _earlier(items: Sequence[Item], library: Library, catalogue: Catalogue) -> list[Item]:
    """The items as they stood in the reports before, oldest first: what came of a promise is asked of those."""
    return [
        found
        for item in items
        for year in catalogue.years_of.get(item.organisation, ())
        if year < item.year and (found := follow(library, item, year)) and found.comment
    ]


def _show(page: Page, item: Item, commitment: Commitment, library: Library, catalogue: Catalogue) -> None:
    start, end = commitment.start, commitment.end
    page.quote(Source(item, item.comment[start:end], start, end), item.comment[start:end])
    if commitment.due:
        page.say(f"Tidpunkt: {commitment.due}.")
    later = next((year for year in catalogue.years_of.get(item.organisation, ()) if year > item.year), None)
    successor = follow(library, item, later) if later else None
    if successor is None:
        page.say("Ingen senare rapport finns att jämföra med." if later is None else f"Punkten finns inte i rapporten {later}.")
        return
    if successor.comment == item.comment:
        page.say(f"I rapporten {later} står samma kommentar kvar.")
        return
    sentence = taken_up(commitment.text, successor.comment)
    if sentence is None:
        page.say(f"Rapporten {later} nämner det inte.")
        return
    page.say(f"I rapporten {later} står:")
    page.quote(Source(successor, sentence.text, sentence.start, sentence.end), sentence.text)


def taken_up(commitment: str, later: str) -> Sentence | None:
    """The sentence of a later comment that takes a commitment up: the one that shares most of its words, a name counting for more.

    None where no sentence shares enough.
    """
    names = topic_stems(" ".join(match.group() for match in _NAME.finditer(commitment)))
    named = {scored.sentence.start for scored in score_sentences(later, names) if scored.own > 0}
    scored = score_sentences(later, topic_stems(commitment))
    best = max(
        scored, key=lambda each: (each.own + (NAMED if each.sentence.start in named else 0.0), -each.sentence.start), default=None
    )
    if best is None:
        return None
    least = TAKEN_UP - (NAMED if best.sentence.start in named else 0.0)
    return best.sentence if best.own >= least else None
