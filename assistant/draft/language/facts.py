"""The facts of a text that must be traced: numbers, amounts, shares, dates, codes, names, abbreviations, negations; each with its place.

Two ways of writing one fact have one value: "145 tkr" and "145 000 kronor", "sex" and "6", "1 feb" and "den 1 februari". Knows nothing
of where a fact comes from.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from assistant.draft.language.wording import EMPTY, stem, tokens
from corpus.word_lists import word_list, word_set

FactKind = Literal[
    "number", "percent", "amount", "date", "month", "season", "year", "time", "code", "name", "abbreviation", "negation"
]

TIMES: Final = ("date", "month", "season", "year")
"""The kinds of facts that say when."""
MONTHS = word_list("januari februari mars april maj juni juli augusti september oktober november december")
MONTH_FORMS = {
    **{name: at for at, name in enumerate(MONTHS, 1)},
    **{
        "jan": 1,
        "feb": 2,
        "febr": 2,
        "mar": 3,
        "apr": 4,
        "jun": 6,
        "jul": 7,
        "aug": 8,
        "sep": 9,
        "sept": 9,
        "okt": 10,
        "nov": 11,
        "dec": 12,
    },
}
_UNITS = word_list("noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton")
_TENS = {"tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90}
NUMBER_WORDS: dict[str, int] = {
    **{word: at for at, word in enumerate(_UNITS) if at not in (1,)},
    **_TENS,
    **{ten + unit: value + at for ten, value in _TENS.items() for at, unit in enumerate(_UNITS) if 1 <= at <= 9},
    **{ten + "ett": value + 1 for ten, value in _TENS.items()},
    **{"hundra": 100, "tusen": 1000, "dussin": 12, "tiotal": 10},
}
NEGATIONS = word_set(
    "inte ej icke aldrig inga ingen inget ingenting ingenstans varken utan saknas saknar saknades saknade saknats ingalunda knappast"
)

_MONTH = "|".join(sorted(MONTH_FORMS, key=len, reverse=True))
_LONG_MONTH = "januari|februari|augusti|september|oktober|november|december"  # "majoritet" is not of May
_YEAR = r"(?:(?:19|20)\d\d)"
_SHORT_YEAR = rf"(?:[-–’'](?P<yy>\d\d)(?!\d| ?(?:{_MONTH})\b))"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?"
_WORD_NUMBER = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("tusen",)), key=len, reverse=True))
_FACT = re.compile(
    rf"(?P<iso>\b{_YEAR}-\d\d-\d\d\b)"
    rf"|(?P<slash>(?<![\d/])(?<!ca )(?<!cirka )(?<!drygt )(?<!knappt )(?<!nästan )(?:[012]?\d|3[01])/(?:0?\d|1[0-2])(?![\d/])"
    r"(?! (?:av )?[a-zåäö]+(?:er|or|ar|ade|en|na)\b))"
    rf"|(?P<date>\b(?P<day>0?[1-9]|[12]\d|3[01]) (?P<dmonth>{_MONTH})\b\.?(?: (?P<dyear>{_YEAR})\b| ?{_SHORT_YEAR})?)"
    rf"|(?P<month>\b(?P<mmonth>{_MONTH})\b\.?(?: (?P<myear>{_YEAR})\b| ?{_SHORT_YEAR.replace('yy', 'myy')})?)"
    rf"|(?P<inside>\b(?P<cmonth>{_LONG_MONTH})(?=s\b|s?[a-zåäö]{{3,}}))"  # "oktobers enkät", "decembermötet"
    rf"|(?P<season>\b(?P<sname>höst|vår(?!\b(?! (?:19|20)\d\d|[.,;)]|$))|sommar|vinter)(?:e?ns?|terminens?|as)?(?: (?P<syear>{_YEAR})(?:/\d{{2,4}})?)?\b"
    rf"|\b(?P<term>[hv]t) ?(?P<tyear>{_YEAR}|\d\d)?\b)"
    rf"|(?P<schoolyear>\b(?:{_YEAR}|\d\d)/(?:{_YEAR}|\d\d)\b)"
    r"|(?P<time>\b(?:kl\.?|klockan) ?\d{1,2}(?:[.:]\d\d)?(?:(?:[–-]| till | och )\d{1,2}(?:[.:]\d\d)?)?"
    r"|(?<![\d.,])(?:[01]?\d|2[0-4])\.[0-5]\d(?!\d|[.,]\d))"
    r"|(?P<code>(?<![\d:])\d{1,2}:\d{1,2}(?![\d:]))"
    rf"|(?P<year>(?<![\d,.–-])(?P<y>{_YEAR})(?!\d|,\d| \d{{3}}| ?(?:-+>|→|till) ?(?!20\d\d)\d)|(?<=\d\d\d\d[–-])(?P<y2>{_YEAR})(?!\d)"
    rf"|(?<=\s)[-–’'](?P<y3>\d\d)\b(?! ?(?:%|procent|år)))"
    rf"|(?P<number>(?:(?<![\w.,:/])|(?<=[a-zåäö.]/))(?<![^\W\d]-)(?:{_NUMBER})|(?<=[\d][–/-])(?:{_NUMBER})|\b(?:{_WORD_NUMBER})\b(?: och en halv\b)?)"
    r"(?: ?(?P<unit>%|procentenheter|procent|tkr\b|tusen kronor\b|mnkr\b|mkr\b|mdkr\b|miljoner(?: kronor)?\b"
    r"|miljarder(?: kronor)?\b|kronor\b|kr\b|tusen\b))?",
    re.IGNORECASE,
)
# What every figure has one of: a digit, or the first letters of a number word, a month or a season. Spares the long pattern most texts.
_MAY_HOLD = re.compile(rf"\d|\b(?:{_WORD_NUMBER}|{_MONTH}|höst|vår|sommar|vinter|ht|vt)")
_SCALE = {"tkr": 1000, "tusen kronor": 1000, "tusen": 1000, "mnkr": 10**6, "mkr": 10**6, "mdkr": 10**9, "kronor": 1, "kr": 1}
_SEASONS = {"ht": "höst", "vt": "vår"}
_COMMON_CAPITALS = word_set(
    "socialförvaltningen förvaltningen nämnden socialnämnden kommunen staden polisen strategi insats"
)  # written so, but no one's name
_OPENERS = re.compile(r"(?:^|[.!?:…]\s+|[.!?:…][”\"»)]\s+|\n\s*|\b\d{1,2}[.)]\s+|^[”\"(»–-]\s*|[:;] [”\"(»])$")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: ``source[start:end] == text``. Two facts of equal ``kind`` and ``value`` are the same fact."""

    kind: FactKind
    value: str
    text: str
    start: int
    end: int

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.value


def facts(text: str, *, known_names: Collection[str] = ()) -> list[Fact]:
    """The facts of ``text`` in order. ``known_names`` (small letters) are names even where a capital proves nothing."""
    return list(_facts(text, frozenset(known_names)))


@lru_cache(maxsize=4096)
def _facts(text: str, known_names: frozenset[str]) -> tuple[Fact, ...]:
    found = list(figures(text))
    taken = [(fact.start, fact.end) for fact in found]
    for token in tokens(text):
        if not token.is_word or any(start < token.end and token.start < end for start, end in taken):
            continue
        if token.low in NEGATIONS:
            found.append(Fact("negation", "inte", token.text, token.start, token.end))
        elif (short := _abbreviation(token.text)) is not None:
            found.append(Fact("abbreviation", short, token.text, token.start, token.end))
        elif token.text[0].isupper() and _is_name(text, token.start, token.low, known_names):
            found.append(Fact("name", name_value(token.text), token.text, token.start, token.end))
    return tuple(sorted(found, key=lambda fact: fact.start))


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Fact, ...]:
    """Numbers, shares, amounts, dates, times and codes only."""
    if not _MAY_HOLD.search(text.lower()):
        return ()
    found = [fact for match in _FACT.finditer(text) if (fact := _figure(match)) is not None]
    for at, (one, other) in enumerate(pairwise(found)):
        between = text[one.end : other.start].strip()
        if one.kind == "number" and other.kind == "percent" and between == "till" and text[: one.start].endswith("från "):
            found[at] = replace(one, kind="percent")  # "från 38 till 43 procent"
    return tuple(found)


def name_value(word: str) -> str:
    """A name for comparing: small letters, without a genitive -s and without what is joined to it by a hyphen in small letters."""
    low = word.casefold()
    return low[:-1] if low.endswith("s") and len(low) > 3 else low


def _abbreviation(word: str) -> str | None:
    match = re.match(r"[A-ZÅÄÖ][A-ZÅÄÖ&]+(?:-?\d+)?(?![a-zåäö]{3})|[A-ZÅÄÖ]\d\b", word)
    return match.group().casefold() if match else None


def _is_name(text: str, start: int, low: str, known: Collection[str]) -> bool:
    if _OPENERS.search(text[:start]) or not text[:start].strip():
        return name_value(low) in known and low not in EMPTY
    return low not in EMPTY and low not in _COMMON_CAPITALS


def _figure(match: re.Match[str]) -> Fact | None:
    kind, value = _value(match)
    if kind is None:
        return None
    return Fact(kind, value, match.group(), match.start(), match.end())


def _value(match: re.Match[str]) -> tuple[FactKind | None, str]:
    group = match.group
    if group("iso"):
        year, month, day = group("iso").split("-")
        return ("date", f"{year}-{month}-{day}") if 1 <= int(month) <= 12 else (None, "")
    if group("slash"):
        day, month = (int(part) for part in group("slash").split("/"))
        if day == month or not (1 <= month <= 12 and 1 <= day <= 31):
            return None, ""
        return "date", f"-{month:02}-{day:02}"
    if group("date"):
        if not 1 <= int(group("day")) <= 31:
            return None, ""
        year = group("dyear") or _full_year(group("yy"))
        return "date", f"{year}-{MONTH_FORMS[group('dmonth').lower()]:02}-{int(group('day')):02}"
    if group("month"):
        name = group("mmonth").lower()
        if name == "mar":
            return None, ""
        return "month", f"{group('myear') or _full_year(group('myy'))}-{MONTH_FORMS[name]:02}"
    if group("inside"):
        return "month", f"-{MONTH_FORMS[group('cmonth').lower()]:02}"
    if group("season"):
        name = group("sname")
        season = name.lower() if name else _SEASONS[group("term").lower()]
        year = group("syear") or _full_year(group("tyear"))
        return "season", f"{year}-{season}"
    if group("schoolyear"):
        first, last = (_full_year(part) for part in group("schoolyear").split("/"))
        share = int(last) - int(first) != 1 and len(group("schoolyear").split("/")[0]) == 2  # "18/24 chefer"
        return (None, "") if share else ("year", first)
    if group("time"):
        return "time", "–".join(re.findall(r"(?<!\d)0?(\d{1,2}(?:[.:](?!00)\d\d)?)(?!\d)", group("time"))).replace(".", "").replace(
            ":", ""
        )
    if group("code"):
        return "code", group("code")
    if group("year"):
        return "year", group("y") or group("y2") or _full_year(group("y3"))
    return _number(group("number"), (group("unit") or "").lower())


def figure_value(written: str) -> Decimal:
    """The value of a number as it is written: "1 140" and "2,5".

    Raises:
        decimal.InvalidOperation: it is none.
    """
    return Decimal(re.sub(r"[\s\u00a0\u202f]", "", written).replace(",", "."))


def _number(written: str, unit: str) -> tuple[FactKind | None, str]:
    low = written.lower()
    whole = low.removesuffix(" och en halv")
    if whole in NUMBER_WORDS:
        amount = NUMBER_WORDS[whole] + (Decimal("0.5") if whole != low else Decimal(0))
    else:
        try:
            amount = figure_value(low)
        except InvalidOperation:
            return None, ""
    if unit in ("%", "procent"):
        return "percent", _written(amount)
    if unit == "procentenheter":
        return "percent", f"{_written(amount)} enheter"
    if unit.startswith("miljoner"):
        return "amount", _written(amount * 10**6)
    if unit.startswith("miljarder"):
        return "amount", _written(amount * 10**9)
    if unit in _SCALE:
        return "amount", _written(amount * _SCALE[unit])
    return "number", _written(amount)


def _written(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _full_year(short: str | None) -> str:
    if not short:
        return ""
    return short if len(short) == 4 else f"20{short}"


def same_date(a: Fact, b: Fact) -> bool:
    """Whether two facts tell one time: equal, or one of them without its year, or a day and its month."""
    if a.kind in ("date", "month", "season") and b.kind in ("date", "month", "season"):
        year_a, rest_a = _parts(a.value)
        year_b, rest_b = _parts(b.value)
        return (not year_a or not year_b or year_a == year_b) and (
            rest_a == rest_b or ({a.kind, b.kind} == {"date", "month"} and rest_a[:2] == rest_b[:2])
        )
    if a.kind == "year" and b.kind in ("date", "month", "season"):
        return b.value.startswith(a.value)
    return a.key == b.key


def _parts(value: str) -> tuple[str, str]:
    year, _, rest = value.partition("-")
    return year, rest


_NUMBERED = re.compile(
    r"\b(?:nr|nummer|numren|punkt|punkterna|årskurs|åk|nivå|steg|strategi|insats) (?:\d+(?:, | och |–))*$", re.IGNORECASE
)


def is_label(text: str, fact: Fact) -> bool:
    """Whether a number names a thing and counts none: "punkt 2", "nummer 4, 5 och 6"."""
    return fact.kind == "number" and bool(_NUMBERED.search(text[: fact.start]))


UNIT_NAMES = {
    "kg": "kilo", "mwh": "megawattimmar", "kwh": "kilowattimmar", "kvm": "kvadratmeter", "cm": "centimeter", "km": "kilometer",
    "ha": "hektar", "m": "meter", "m2": "kvadratmeter", "m3": "kubikmeter",
    "tim": "timmar", "min": "minuter", "mån": "månader", "st": "stycken",
}  # fmt: skip
_GENITIVES = frozenset({"års", "dagars", "veckors", "månaders", "timmars"})  # "2 års option" are two years


def counted_word(text: str, fact: Fact) -> str:
    """The word right after a figure of ``text``, in small letters; "" where a mark follows, or where the figure stands elsewhere."""
    if text[fact.start : fact.end] != fact.text:
        return ""
    after = next(iter(tokens(text[fact.end : fact.end + 60])), None)
    return UNIT_NAMES.get(after.low, after.low) if after is not None and after.is_word else ""


def unit_stem(text: str, fact: Fact) -> str | None:
    """The stem of the noun that ``fact`` counts: the first word after it that is no adjective-like filler; None where there is none."""
    for token in tokens(text[fact.end : fact.end + 60]):
        if not token.is_word or token.low in ("av", "och", "till", "per", "i", "under", "på", "var", "är", "som", "med", "den"):
            return None
        if token.low in ("nya", "st", "stycken", "fler", "olika", "de", "gemensamma"):
            continue
        if token.low in (
            "har",
            "hade",
            "är",
            "var",
            "blev",
            "fick",
            "kom",
            "finns",
            "fanns",
            "och",
            "då",
            "förra",
            "jämfört",
            "nu",
        ):
            return None
        low = UNIT_NAMES.get(token.low, token.low)
        return stem(low.removesuffix("s") if low in _GENITIVES else low)
    return None
