"""Years in a question: which reports are meant ("förra året", "2023", "sedan 2022"), and which years are words of the content.

A year beside a month, a season, "under" or "började" tells what happened when, and is searched for; any other is a report year. Years
are counted from the current year, and the reports that exist are looked at later: "de senaste tre åren" is read here, settled there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.words import fold

Span = tuple[int, int]

_YEAR = r"(?:19|20)\d\d"
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|febr|apr|aug|sept|sep|okt|nov|dec"
_SEASONS = (
    "host(?:en|terminen)?|var(?:en|terminen)?|sommar(?:en)?|vinter(?:n)?|jul(?:en)?|arsskiftet|halvaret|kvartalet|kvartal "
    "\\d|borjan av|slutet av|mitten av"
)
_BEGAN = "under|borjade|startade|startats|inleddes|infordes|borjat|pagick|oppnade|skedde|hande|intraffade|genomfordes"
_CONTENT = re.compile(
    rf"\b(?:(?P<season>{_MONTHS}|{_SEASONS})(?: ar)?|(?P<began>{_BEGAN})(?: ar| hela|" rf" aret)?) (?P<year>{_YEAR})\b(?! ars)"
)
_RANGE = re.compile(
    rf"\b(?:(?:mellan|fran|aren|ar) )?(?P<from>{_YEAR}) ?(?:-|–|—|till(?: och med)?|t\.?o\.?m\.?|"
    rf"och fram till) ?(?P<to>{_YEAR})\b"
)
_BETWEEN = re.compile(rf"\bmellan (?:aren )?(?P<from>{_YEAR}) och (?P<to>{_YEAR})\b")
_SINCE = re.compile(
    rf"\b(?:(?:(?:allt )?(?:sedan|sen)|fr\.?o\.?m\.?|fran och med|(?P<after>efter))(?: ar| rapporten)? (?P<year>{_YEAR})\b|"
    rf"fran(?: ar| rapporten)? (?P<onward>{_YEAR}) och (?:framat|senare|till (?:nu|i dag|idag)))"
)
_BEFORE = re.compile(rf"\b(?:fore|innan|t\.?o\.?m\.?|till och med|fram till)(?: ar)? (?P<year>{_YEAR})\b")
_ABSOLUTE = re.compile(rf"(?<![\d:.,])(?P<year>{_YEAR})(?:s|:s|ars)?\b(?![:.,]\d)")
_SHORT = re.compile(r"(?:\bar(?:et)? |\brapporten |['’]|(?<= )-)(?P<year>[012]\d)\b(?![:.,]\d)")

_LAST = re.compile(r"\b(?:de |dom )?(?:senaste|sista) (?P<number>\d|tva|tre|fyra|fem|sex)(?: ?arens?| rapporterna| ar)\b")
_AGO = re.compile(r"\bfor (?P<number>\d|ett|tva|tre|fyra|fem|sex) ar se(?:da)?n\b")
_LAST_YEAR = re.compile(
    r"\b(?:f(?:o|or)?rr?a? ?[ao]re?tt?s?|ifjol|i ?fjol|fjolaret?s?|fjolars\w*|foregaende ar(?:et)?s?|" r"forra rapport(?:en)?)\b"
)
_YEAR_BEFORE_LAST = re.compile(r"\b(?:forr?forra aret?s?|forrforra|i ?forr?fjol|foregaende ar igen)\b")
_THIS_YEAR = re.compile(
    r"\b(?:i ?ar(?= |$|[?.,!])|ar(?:et)s (?:rapport\w*|svar\w*|uppfoljning\w*|kommentar\w*)|innevarande ar|"
    r"detta ar|det har aret)"
)
_NEXT_YEAR = re.compile(r"\b(?:nasta ar|kommande ar(?:et)?|nastkommande ar)\b")
_STEP_BACK = re.compile(
    r"\b(?:(?:och )?aret (?:innan|fore|dessforinnan)|ett ar tidigare|(?:den )?foregaende rapporten|"
    r"rapporten innan|(?:den |det )?nast ?(?:senaste|sista)(?: (?:rapport\w*|aret|gangen|svaret|kommentaren|versionen))?|"
    r"(?:och )?innan dess|(?:och )?dessforinnan)\b"
)
_STEP_ON = re.compile(r"\b(?:aret efter|ett ar senare|rapporten efter|aret darpa)\b")
_NEWEST = re.compile(
    r"\b(?:(?:den |det |i |vid )?(?:allra )?(?:senaste|nyaste|sista) (?:rapport\w*|uppfoljning\w*|aret|gangen|"
    r"svaret|kommentaren|versionen)|senast(?: inlamnade)?(?= rapport|$|\?)|senaste)\b"
)
_OLDEST = re.compile(r"\b(?:den |det )?(?:forsta|aldsta) (?:rapporten|aret|uppfoljningen|gangen)\b")
_EVERY = re.compile(
    r"\b(?:per ar|ar for ar|varje ar|alla ar(?:en)?|samtliga ar|over (?:aren|tid(?:en)?)|genom aren|"
    r"under aren|aren igenom|alla rapporter(?:na)?|"
    r"alla tidigare ar|tidigare ar|ar efter ar|hela perioden|fran ar till ar|tidslinje\w*|historik\w*|trend\w*)\b"
)
_NUMBERS = {"ett": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6}


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a question. Report years: ``exact``, or a span (``since``, ``until``), ``last`` n reports, ``newest``, ``oldest``,
    ``every``; ``step`` counts from the year in focus (-1 "året innan"). ``content`` are years as words, ``phrases`` as written
    ("hösten 2023"). ``ahead`` where a year that has not been is asked about.
    """

    exact: tuple[int, ...] = ()
    since: int | None = None
    until: int | None = None
    last: int | None = None
    newest: bool = False
    oldest: bool = False
    every: bool = False
    step: int = 0
    content: tuple[int, ...] = ()
    phrases: tuple[str, ...] = ()
    ahead: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one report is asked for."""
        return len(self.exact) > 1 or self.since is not None or self.until is not None or self.last is not None or self.every

    @property
    def asked(self) -> bool:
        """Whether report years are named at all."""
        return self.several or bool(self.exact) or self.newest or self.oldest or self.step != 0

    def among(self, years: tuple[int, ...]) -> tuple[int, ...]:
        """Those of the report years that exist (in order) which are asked for; all of them where nothing is asked."""
        if self.newest or self.oldest:
            return years[-1:] if self.newest else years[:1]
        chosen = years
        if self.since is not None:
            chosen = tuple(year for year in chosen if year >= self.since)
        if self.until is not None:
            chosen = tuple(year for year in chosen if year <= self.until)
        if self.last is not None:
            chosen = chosen[-self.last :]
        if self.exact:
            chosen = tuple(year for year in chosen if year in self.exact)
        return chosen


def find_years(text: str, *, current_year: int) -> tuple[Years, list[Span]]:
    """The years of a question, and the spans of the text that name them."""
    folded = fold(text)
    found = Years()
    spans: list[Span] = []

    def take(pattern: re.Pattern[str], *, keep: bool = False) -> list[re.Match[str]]:
        matches = [m for m in pattern.finditer(folded) if not any(a < m.end() and m.start() < b for a, b in spans)]
        if not keep:
            spans.extend(m.span() for m in matches)
        return matches

    contents = take(_CONTENT, keep=True)
    if contents:
        found = replace(
            found,
            content=tuple(dict.fromkeys(int(m["year"]) for m in contents)),
            phrases=tuple(text[m.start("season") if m["season"] else m.start("year") : m.end("year")] for m in contents),
        )
        spans.extend(m.span("year") for m in contents)
    if match := next(iter(take(_BETWEEN) or take(_RANGE)), None):
        found = replace(found, since=int(match["from"]), until=int(match["to"]))
    if match := next(iter(take(_SINCE)), None):
        found = replace(found, since=int(match["year"] or match["onward"]) + (1 if match["after"] else 0))
    if match := next(iter(take(_BEFORE)), None):
        found = replace(found, until=int(match["year"]) - (0 if "till" in match.group() or "t.o.m" in match.group() else 1))
    exact = [int(m["year"]) for m in take(_ABSOLUTE)] + [2000 + int(m["year"]) for m in take(_SHORT)]
    if take(_YEAR_BEFORE_LAST):
        exact.append(current_year - 2)
    if take(_LAST_YEAR):
        exact.append(current_year - 1)
    exact += [current_year - _count(m["number"]) for m in take(_AGO)]
    if take(_THIS_YEAR):
        exact.append(current_year)
    ahead = bool(take(_NEXT_YEAR))
    if match := next(iter(take(_LAST)), None):
        found = replace(found, last=_count(match["number"]))
    if take(_STEP_BACK):
        found = replace(found, step=-1)
    elif take(_STEP_ON):
        found = replace(found, step=1)
    if not exact and not found.several:
        if take(_NEWEST):
            found = replace(found, newest=True)
        elif take(_OLDEST):
            found = replace(found, oldest=True)
    if take(_EVERY):
        found = replace(found, every=True)
    return replace(found, exact=tuple(dict.fromkeys(exact)), ahead=ahead or any(y > current_year for y in exact)), spans


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
