"""The abbreviations of officers' notes and what each is short for, where that depends on the words around it too.

A closed table (``data/abbreviations.toml``) and a function for each that has several long forms. Knows nothing of cut words that are not listed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.draft.language.facts import MONTH_FORMS, NUMBER_WORDS
from corpus.word_lists import word_set

TIME_WORD = re.compile(
    rf"(?:\d{{1,2}}$|{'|'.join(sorted(MONTH_FORMS, key=len, reverse=True))}|(?:19|20)\d\d|ht|vt|i|den|mitten|början|slutet"
    rf"|förra|årsskiftet|sommaren|hösten|våren|dess|starten|start|nyår|midsommar|v\.?$)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A word of the note with its neighbours (small letters, without marks; "" at the ends)."""

    before: str
    after: str
    before_that: str
    ends_clause: bool
    heads_count: bool = False

    @property
    def counted(self) -> bool:
        """Whether a number stands right before, or before an adjective right before."""
        return (
            self.heads_count
            or self.before in _SEVERAL
            or self.before in NUMBER_WORDS
            or bool(re.fullmatch(r"\d[\d.,]*", self.before))
            or (
                (
                    bool(re.fullmatch(r"\d[\d.,]*", self.before_that))
                    and (self.before in ("st", "pers", "gem", "oann") or bool(re.fullmatch(r"[^\W\d_]{2,}a", self.before)))
                )
                or (self.before == "av" and self.before_that in ("procent", "hälften"))
            )
        )

    @property
    def opens_plural(self) -> bool:
        """Whether it opens the note, before people or things that are counted: "snitt medarb./chef 34"."""
        return not self.before and bool(re.match(r"(?:medarb|pers|elev|barn|ungd|deltag|delt|besök)", self.after))

    @property
    def one(self) -> bool:
        return (
            self.before in ("1", "en", "ett", "per", "varje")
            or self.before_that in ("var", "vart")
            or (self.before_that == "1" and not re.fullmatch(r"\d.*", self.before))
        )


_SEVERAL = word_set("inga alla samtliga flera några många båda")
Rule = str | Callable[[Place], str]


def _from(place: Place) -> str:
    return "från och med" if TIME_WORD.match(place.after) else "från"


def _pieces(place: Place) -> str:
    return "stycken" if place.ends_clause or not place.after or place.after in _SMALL else ""


def _month_or_months(place: Place) -> str:
    if place.before in ("senaste", "förra", "den", "gångna"):
        return "månaden"
    return "månad" if place.one or place.before in ("varje", "per", "i", "halv") else "månader"


def _common(place: Place) -> str:
    if place.counted or place.before in ("första", "sista", "nästa", "de", "den", "det", "alla", "två", "tre"):
        return "gemensamma"
    return (
        "gemensamt" if re.search(r"(?:möte|arbete|projekt|forum|team|råd|besök|system|beslut|avtal)$", place.after) else "gemensam"
    )


def _trained(place: Place) -> str:
    if place.before == "att":
        return "utbilda"
    if place.before in ("färre", "fler"):
        return "utbildningar"
    if place.before_that in ("av", "alla", "samtliga", "nya"):
        return "utbildade"  # "12/12 utb.", "alla vik. utb."
    if place.before_that in ("en", "1") and place.after in ("", "i", "under", "den", "sedan", "sen"):
        return "utbildad"  # "en gruppledare utb. i april"
    if place.counted:
        return "utbildning" if place.one else "utbildningar"
    return "utbildade" if re.fullmatch(r"\d[\d.,]*", place.before_that) else "utbildning"


def _checked(place: Place) -> str:
    if place.before in ("alla", "samtliga", "båda"):
        return "kontrollerade"
    return "kontroller" if place.counted and not place.one else "kontroll"


def _employed(place: Place) -> str:
    if place.before in ("till", "t", "i", "utan", "fast", "om", "vid", "efter"):
        return "anställning"
    return "anställda" if place.counted or (place.before_that[:1].isdigit() and not place.one) else "anställd"


def _placed(place: Place) -> str:
    if re.fullmatch(r"\d[\d.,]*", place.before_that):
        return "placerad" if place.one else "placerade"  # "12 barn plac."
    return "placeringar" if place.heads_count or (place.counted and not place.one) else "placering"


def _late(place: Place) -> str:
    return "sedan" if TIME_WORD.match(place.after) else "sen"


_SMALL = word_set("i på av för till med från hos om under per och varav är har var fr m sen sedan hittills totalt nu")

_BEFORE_CHRISTMAS = word_set("före efter innan till över kring om runt inför mot god varje")

_SPECIAL: dict[str, Callable[[Place], str]] = {
    "fr": _from,
    "from": _from,
    "sen": _late,
    "mån": _month_or_months,
    "st": _pieces,
    "utb": _trained,
    "kontr": _checked,
    "anst": _employed,
    "plac": _placed,
    "d": lambda p: "dagar" if p.counted and not p.one else "d",
    "jul": lambda p: "jul" if p.before in _BEFORE_CHRISTMAS else "juli",
    "pers": lambda p: "personal" if p.before == "all" else "person" if p.one else "personer",
    "sök": lambda p: "sökande" if p.counted else "sök",
    "h": lambda p: "timme" if p.one else "timmar",
    "ha": lambda p: "hektar" if p.counted else "ha",
    "polisanm": lambda p: (
        "polisanmälda" if p.before in ("dem", "dessa") else "polisanmälningar" if p.counted and not p.one else "polisanmälan"
    ),
    "median": lambda p: "i median" if p.after[:1].isdigit() else "median",
    "kv": lambda p: "kvinnor" if p.before_that in ("varav", "därav") else "kväll" if p.one or not p.counted else "kvällar",
    "ev": lambda p: "ev." if p.counted else "eventuellt",  # "2 ev. inställda" may be two evenemang
    "g": lambda p: "gram" if p.counted else "g.",
    "ex": lambda p: "exemplar" if p.counted else "ex.",
    "tills": lambda p: "tillsammans" if p.after in ("med", "m", "m.") else "tills",
    "gem": _common,
    "min": lambda p: "minuter" if p.counted else "minst",
    "snitt": lambda p: "genomsnitt" if p.before == "i" else "genomsnittligt antal" if p.opens_plural else "i genomsnitt",
    "dok": lambda p: "dokumenterat" if p.before in ("procent", "%") or p.before.endswith("%") else "dokumentation",
    "v": lambda p: "veckor" if p.counted else "vecka",
}
"""Abbreviations whose long form depends on the words around them."""


@cache
def table() -> dict[str, Any]:
    return tomllib.loads((files("assistant.draft") / "data" / "abbreviations.toml").read_text(encoding="utf-8"))


def rule_of(low: str) -> Rule | None:
    """How the abbreviation ``low`` (small letters, no stop) is written out; None where it is not known."""
    if low in _SPECIAL:
        return _SPECIAL[low]
    if low in table()["plain"]:
        return str(table()["plain"][low])
    forms = table()["counted"].get(low)
    return (
        None
        if forms is None
        else lambda place: str(
            forms[0] if place.one or (low == "avd" and place.after.isdigit()) else forms[1] if place.counted else forms[2]
        )
    )
