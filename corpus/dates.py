"""Dates as reports write them when they look ahead: "till hösten 2024", "före årets slut", "den 1 mars 2026", "efter sommaren".

Finds such a phrase in a sentence and says whether it lies after a report of a given year. Knows nothing of calendars: a report is handed
in late in summer, so that autumn and what comes after it lie ahead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.word_lists import word_list, word_set

MONTHS = word_list("januari februari mars april maj juni juli augusti september oktober november december")
MONTH = "|".join(MONTHS)
_SEASON = "våren|hösten|sommaren|vintern|vårterminen|höstterminen|vårtermin|hösttermin|vår|höst"
_YEAR = r"(?:19|20)\d\d"
_CORE = (
    rf"(?:den )?\d{{1,2}} (?:{MONTH})(?: {_YEAR})?"
    rf"|(?:början|slutet|mitten|utgången) av (?:(?:{MONTH}|{_SEASON}) )?(?:{_YEAR}|året|{MONTH}|{_SEASON})"
    rf"|(?:{MONTH})(?: {_YEAR})?"
    rf"|årsskiftet(?: {_YEAR}(?:/\d{{2,4}})?)?|halvårsskiftet(?: {_YEAR})?|årets slut"
    rf"|(?:{_SEASON})(?: {_YEAR}(?:/\d{{2,4}})?)?"
    rf"|nästa (?:år|höst|vår|termin|läsår|vinter|sommar)|kommande (?:år|höst|vår|termin|läsår)"
    rf"|(?:ett|två|tre|några|\d+) (?:år|månader|veckor)"
    rf"|{_YEAR}"
)
_DUE = re.compile(
    rf"(?P<lead>\b(?:till|under|i|från och med|från|före|innan|efter|senast|vid|inför|om|under loppet av|kring|framåt"
    rf"|tidigast) )?\b(?P<core>{_CORE})\b",
    re.IGNORECASE,
)
_LEADS_KEPT = word_set("före innan efter senast vid inför om från och med tidigast")


@dataclass(frozen=True, slots=True)
class Due:
    """A date looked ahead to: ``text`` as written without a plain "till", "under" or "i"; ``start``/``end`` hold the whole phrase."""

    text: str
    core: str
    start: int
    end: int

    @property
    def year(self) -> int | None:
        """The year that the phrase names; the later one of "2024/2025"."""
        found = re.findall(_YEAR, self.core)
        return int(found[-1]) if found else None

    def lies_after(self, report_year: int) -> bool:
        """Whether it lies after a report handed in late in the summer of ``report_year``; where the phrase does not tell, it does not."""
        low = self.text.lower()
        late = bool(re.search(r"höst|vinter|årsskift|slut|utgången|september|oktober|november|december", low))
        if self.year is not None:
            return self.year > report_year or (self.year == report_year and (late or bool(re.fullmatch(rf"{_YEAR}", low))))
        return bool(
            re.search(r"årsskiftet|årets slut|nästa |kommande |utgången|^om |efter sommaren|till (?:hösten|våren)", low)
            or re.search(r"hösten|september|oktober|november|december", low)
        )


def find_due(sentence: str, report_year: int) -> Due | None:
    """The date that ``sentence`` looks ahead to; of several the first that lies after the report, else the last. None without any."""
    found = []
    for match in _DUE.finditer(sentence):
        lead, core = (match.group("lead") or "").lower(), match.group("core")
        if sentence[: match.start("core")].endswith(("–", "-")) or sentence[match.end() :].startswith(("–", "-")):
            continue  # a span of years is no date to come
        if re.search(r"\bsedan (?:i |den )?$", sentence[: match.start()], re.IGNORECASE):
            continue  # since then, not until then
        if re.match(r"(?:ett|två|tre|några|\d+) ", core) and lead.strip() not in ("om", "inom"):
            continue  # a length of time, not a date
        if re.fullmatch(r"vår|höst|vårtermin|hösttermin", core, re.IGNORECASE) and lead.strip() != "i":
            continue
        keeps = lead.split()[0] in _LEADS_KEPT if lead else False
        text = (lead if keeps else "") + core
        found.append(Due(text, (lead if lead.strip() == "till" else "") + core if not keeps else text, match.start(), match.end()))
    ahead = [due for due in found if due.lies_after(report_year)]
    return ahead[0] if ahead else (found[-1] if found else None)
