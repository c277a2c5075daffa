"""Whether a text says of a figure that it is an earlier year's: "(410 i fjol)", "jämfört med 410", "under 2025 var de 410", "från 9 till 5".

Read clause by clause, from the words around the figure. Knows nothing of sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.draft.language.facts import NUMBER_WORDS, TIMES, Fact, figures

_ARROW = re.compile(r" ?(?:%|procent|[^\W\d]+)? ?(?:-+>|→)")
_NUMBER = rf"(?:\d|(?:{'|'.join(NUMBER_WORDS)}|en|ett)\b)"
_FROM_TO = re.compile(
    rf"(?: [^\W\d]+){{0,3}}?(?: (?:under|i|år) (?:20\d\d|fjol|våras|höstas))?(?: ?(?:-+>|→) ?| till )(?:cirka |drygt |knappt |omkring )?{_NUMBER}",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\([^()]*$")
_BECAME = re.compile(rf"(?: [^\W\d]+){{1,2}} har blivit (?:bara |nu )?{_NUMBER}")
_OF_ANOTHER = re.compile(r" ?(?P<what>[^\W\d]{1,4})[^\W\d]*\.? ?(?:-+>|→) ?\d+ (?!(?P=what))(?:[^\W\d]{5,}\.?|tot\b)")
"""What a number of one thing led to of another: "41 anmälningar → 13 uppdrag"."""
_FROM = re.compile(r"\b[Ff]rån (?:cirka |drygt |knappt |omkring )?$")
_CLAUSE_END = re.compile(
    r"[,;()](?=\s|$)|(?<!\d)(?<!fjol)(?<!året):(?=\s|$)|[(]|(?<!\d)–(?!\d)|(?:(?<=innan)|(?<=fjol)|(?<=året)|(?<=i år)|(?<=20\d\d)) och "
    r"| (?:medan|men|och(?= (?:har|är|var|nu|i år)\b)) |(?<=[a-zåäö]{3})[.] (?=[A-ZÅÄÖ\d])"
)
_YEAR = r"(?<![\d–-])(?P<year>20\d\d)(?![\d–/-]|:\d| ?(?:-+>|→)(?! ?20\d\d))"
_MARK = re.compile(
    r"\b(?:i fjol|fjolåret\w*|förra året(?!s (?:rapport|svar))s?|föregående (?:år|läsår)|året (?:innan|före|dessförinnan)|tidigare(?! än)|förut|förr"
    r"|dessförinnan)\b"
    rf"|{_YEAR}",
    re.IGNORECASE,
)
_LIKE_BEFORE = re.compile(r"\b(?:lik)?som $", re.IGNORECASE)
_PAST_VERB = re.compile(
    r" (?:var|hade|gavs|hölls|gick|fick|fanns|låg|[^\W\d]+(?:ade|ades|de|des|te|tes|ick))\b"
)  # "som tidigare pågick"
_AGAINST = re.compile(
    r"\b(?:jämför(?:t|as|a|elsevis) med|jmf|jfr|mot|än|i ?stället för|i ?st\.? ?f\.?|i ?f\.?(?= *$)|förra årets|fjolårets|ökning från"
    r"|minskning från)(?: som)?\b",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^(?: (?:ett|vårt|nämndens))? (?:mål|budget)\w*", re.IGNORECASE)
_TO = re.compile(r"\b[Ff]rån\b.*\btill (?:cirka |drygt |knappt |omkring )?$")
_APART = re.compile(rf" ?[^\W\d]* ?\((?:i fjol|förra året|{_YEAR})\)", re.IGNORECASE)
_BRACKETED = re.compile(r"\d(?: ?%| ?[^\W\d][\w./]*){0,3} (?P<bracket>\()(?:[\d ,]+ ?/ ?)?$")
_SINCE = re.compile(r"\b(?:sedan|från(?: och med)?|fr\.?o\.?m\.?)(?: den)?(?: \d{1,2})?(?: [^\W\d]+)? $", re.IGNORECASE)
_NOW = re.compile(r"\b(?:i år|årets|under året|numera)\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def is_earlier(text: str, fact: Fact, year: int) -> bool:
    """Whether ``text`` of a report of ``year`` says that the figure is of an earlier time."""
    if _OF_ANOTHER.match(text[fact.end :]):
        return False
    if _FROM_TO.match(text[fact.end :]) and (_FROM.search(text[: fact.start]) or _ARROW.match(text[fact.end :])):
        return True
    if _BECAME.match(text[fact.end :]):
        return True
    bracket = _AROUND.search(text[: fact.start])
    if bracket and (inside := re.match(r"[^()]*\)", text[bracket.start() + 1 :])) and _marks(inside.group(), year):
        return True
    apart = _APART.match(text[fact.end :])
    if apart:
        return _marks(apart.group(), year)
    start, end = _clause_around(text, fact.start, fact.end)
    if text.startswith("då ", start + (text[start : start + 1] == " ")):
        start = _clause_around(text, max(start - 2, 0), max(start - 2, 0))[0]  # "än under 2025, då antalet var 430"
    before, after = text[start : fact.start], text[fact.end : end]
    if _TO.search(before):
        return False
    against = list(_AGAINST.finditer(before))
    if against and not _GOAL.match(before[against[-1].end() :]) and not figures_between(before[against[-1].end() :]):
        return against[-1].group().lower() != "än" or _marks(after, year) or _marks(before, year)
    if _NOW.search(before):
        return False
    later = _AGAINST.search(after)
    return (_marks(before, year) and not against) or _marks(after[: later.start()] if later else after, year)


def may_be_earlier(note: str, fact: Fact) -> bool:
    """Whether a figure of a note stands alone in brackets behind another: "43 % (39)", which most often is last year's."""
    opening = _BRACKETED.search(note[: fact.start])
    if opening is None or not re.match(r"(?: ?/ ?[\d ,]+)?\)", note[fact.end :]):
        return False
    before = [other for other in figures(note) if other.end <= opening.start("bracket") and other.kind not in TIMES]
    return bool(before) and (before[-1].kind == fact.kind or (fact.kind == "number" and before[-1].kind in ("percent", "amount")))


def told_before(text: str, at: int, year: int) -> bool:
    """Whether the clause of ``text`` around the offset ``at`` tells of an earlier time: "som ställdes in 2025", "har tidigare haft stängt"."""
    start, end = _clause_around(text, at, at)
    return _marks(text[start:end], year)


def figures_between(text: str) -> bool:
    """Whether a count stands in ``text``: then what it is compared with is that one."""
    return any(fact.kind in ("number", "percent", "amount") for fact in figures(text)) and not re.search(r"\boch\b", text)


def _marks(text: str, year: int) -> bool:
    """Whether ``text`` names an earlier time, and not only to say that all is as it was."""
    for match in _MARK.finditer(text):
        if match.group("year"):
            if int(match.group("year")) < year and not _SINCE.search(text[: match.start("year")]):
                return True
        elif not _LIKE_BEFORE.search(text[: match.start()]) or _PAST_VERB.match(text[match.end() :]):
            return True
    return False


def _clause_around(text: str, first: int, last: int) -> tuple[int, int]:
    """The bounds of the clause that holds ``text[first:last]``; a mark inside a figure ends none."""
    start, end = 0, len(text)
    for match in _ends(text):
        if match[1] <= first:
            start = match[1]
        elif match[0] >= last:
            end = match[0]
            break
    return start, end


@lru_cache(maxsize=1024)
def _ends(text: str) -> tuple[tuple[int, int], ...]:
    inside = [(fact.start, fact.end) for fact in figures(text)]
    return tuple(_outside(text, inside))


def _outside(text: str, inside: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for match in _CLAUSE_END.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in inside):
            yield match.span()
