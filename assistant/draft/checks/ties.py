"""How a time is tied to what is told: since then or until then, within so many days or after them; and ties that a sentence turned round.

Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import TIMES, Fact, figures, same_date
from assistant.draft.language.wording import Token
from corpus.model import Flag

Tie = Literal["since", "until", "within", "after", "at", "span"]

_LEAD = r"(?: den| i| början av| mitten av| slutet av)?\s*$"
_SINCE = re.compile(rf"\b(?:sedan|alltsedan|sen|från(?: och med)?|fr\.? ?o\.? ?m\.?|efter|med start){_LEAD}", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:fram till(?: och med)?|till och med|t\.? ?o\.? ?m\.?|före|innan|intill){_LEAD}", re.IGNORECASE)
_UNTIL_NOTED = re.compile(
    rf"{_UNTIL.pattern}|\b(?:till?|t\.?){_LEAD}", re.IGNORECASE
)  # in haste one writes "till" or "t" for until
_SPAN = re.compile(r"(?:[–-]|\b(?:till|och|till och med)(?: den| i)?) ?$", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:inom|senast inom)(?: högst)? $", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:efter|om) $", re.IGNORECASE)
_UNIT = re.compile(r"(?: ?[a-zåäö]+)? ?(?:minut|timm|timme|dygn|dag|vardag|arbetsdag|veck|månad|år)", re.IGNORECASE)
_OPPOSED: tuple[tuple[Tie, Tie], ...] = (("since", "until"), ("within", "after"))
# One line a pair: words of one side put for words of the other turn the sentence round.
_PAIRS = (
    ("sedan från efter alltsedan", "till före innan tills"),
    ("före innan", "efter sedan"),
    ("inom", "efter"),
    ("under", "över efter före innan"),
    ("över", "under"),
    ("bara endast enbart", "även också"),
    ("med", "utan"),
    ("för", "mot"),
    ("av", "till"),
)
_TABLE = tuple((frozenset(one.split()), frozenset(two.split())) for one, two in _PAIRS)


def tie_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """The first time that the sentence ties otherwise than every source that has it; [] where none is."""
    for fact, tie, span in _tied(sentence):
        if span or tie == "at":
            continue
        theirs = [
            other_tie
            for source in sources
            for text in {source.text, source.raw or source.text}
            for other, other_tie, other_span in _tied(text, _UNTIL_NOTED)
            if (other.key == fact.key or (fact.kind in TIMES and other.kind in TIMES and same_date(fact, other)))
            and not (other_span and fact.kind in TIMES)
        ]
        if not theirs or tie in theirs:
            continue
        turned = any((tie, other) in _OPPOSED or (other, tie) in _OPPOSED for other in theirs)
        if turned or (tie == "until" and set(theirs) == {"at"} and fact.kind in TIMES):
            said = sentence[: fact.start].split()
            return [Flag("untraced_date", f"Källan säger inte ”{' '.join([*said[-2:], fact.text.strip()])}”.", fact.text.strip())]
    return []


_OVER = re.compile(r"\böver (?:(?:hela )?(?:året|våren|sommaren|hösten|vintern|terminen)|20\d\d)\b", re.IGNORECASE)
_FROM = re.compile(r" från(?: den| i)? ", re.IGNORECASE)


def broken_span_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "Februari från juni" where a source has the span of the two, and "över hösten" where none goes over anything; [] for neither."""
    for one, two in pairwise(fact for fact in figures(sentence) if fact.kind in TIMES):
        between = sentence[one.end : two.start]
        if _FROM.fullmatch(f" {between.strip()} ") and any(
            span and fact.key == two.key
            for source in sources
            for text in {source.text, source.raw or source.text}
            for fact, _, span in _tied(text)
        ):
            said = f"{one.text.strip()} {between.strip()} {two.text.strip()}"
            return [Flag("untraced_date", f"Källan säger inte ”{said}”.", two.text.strip())]
    over = _OVER.search(sentence)
    if over and not any(re.search(r"\böver\b", f"{source.text} {source.raw}", re.IGNORECASE) for source in sources):
        return [Flag("changed_word", f"Ingen källa säger ”{over.group()}”.", over.group())]
    return []


def _tied(text: str, until: re.Pattern[str] = _UNTIL) -> list[tuple[Fact, Tie, bool]]:
    """Each time and span of time with its tie, and whether it is the end of a span."""
    found: list[tuple[Fact, Tie, bool]] = []
    before: Fact | None = None
    for fact in figures(text):
        front = text[: fact.start]
        if fact.kind in TIMES:
            span = (
                before is not None and before.kind in TIMES and bool(_SPAN.fullmatch(text[before.end : fact.start].strip() + " "))
            )
            tie: Tie = "until" if until.search(front) else "since" if _SINCE.search(front) else "at"
            found.append((fact, tie, span))
        elif fact.kind == "number" and _UNIT.match(text[fact.end :]):
            found.append((fact, "within" if _WITHIN.search(front) else "after" if _AFTER.search(front) else "at", False))
        before = fact
    return found


_SIDES = {"från": "till", "till": "från", "med": "utan", "utan": "med"}
_BOUND = re.compile(r"\b(?P<tie>från|till|med|utan) (?P<what>(?:den |det |de |en |ett |alla )?[^\W_]+)", re.IGNORECASE)


def bound_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "Från alla enheter" where the sources have only "till alla enheter": the same words tied the other way; [] where none are."""
    theirs = {
        (match.group("tie").lower(), match.group("what").lower())
        for source in sources
        for text in {source.text, source.raw or source.text}
        for match in _BOUND.finditer(text)
    }
    for match in _BOUND.finditer(sentence):
        tie, what = match.group("tie").lower(), match.group("what").lower()
        if tie == "från" and re.match(r" till\b", sentence[match.end() :]):
            continue  # a span
        if (tie, what) not in theirs and (_SIDES[tie], what) in theirs:
            return [Flag("changed_word", f"Källan har ”{_SIDES[tie]} {what}” där meningen har ”{tie} {what}”.", match.group())]
    return []


def turned_tie(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[str, str] | None:
    """The small words of two texts, nearly the same, that tie their parts in opposite ways ("från", "till"); None where none do."""
    one, two = [[token.low for token in text] for text in (ours, theirs)]
    gone, come = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            come += one[i1:i2]
            gone += two[j1:j2]
    for first, second in _TABLE:
        for here, there in ((first, second), (second, first)):
            new, old = [w for w in come if w in here and w not in gone], [w for w in gone if w in there and w not in come]
            if new and old and not here & set(gone):
                return new[0], old[0]
    return None
