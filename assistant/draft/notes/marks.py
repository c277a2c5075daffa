"""The marks of an officer's shorthand put into words: "3/4" is a date or "3 av 4", "polis + skola" is "polis och skola", "< 15 år" "under 15 år".

An arrow stays an arrow ("→", blanks around it), since what it means depends on the clause. Knows nothing of abbreviations.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import MONTH_FORMS, MONTHS
from assistant.phrases import enumeration
from corpus.verbs import has_tense

_DAY_NAMES = {
    "mån": "måndag",
    "tis": "tisdag",
    "ons": "onsdag",
    "tor": "torsdag",
    "tors": "torsdag",
    "fre": "fredag",
    "lör": "lördag",
    "sön": "söndag",
}
_WEEKDAYS = re.compile(rf"\b({'|'.join(_DAY_NAMES)})\.?\s?[-–]\s?({'|'.join(_DAY_NAMES)})\b\.?", re.IGNORECASE)
_SEASONS = {"vår": "våren", "höst": "hösten", "vinter": "vintern", "sommar": "sommaren"}
_SPANS = {"st": "styck", "mån": "månad", "v": "vecka", "h": "timme", "tim": "timme"}
_MONDAY = re.compile(r"\bmån\.?(?=\s?(?:\+|&|och|o|,|/)\s?(?:tis|ons|tors?|fre|lör|sön)(?:dag)?\b)", re.IGNORECASE)
_OPEN_AT = re.compile(
    r"\b(?:(?:\w*öppe[tn]|stäng[dt]\w*|telefontid\w*|kvällstid|drop-?in)\b|(?:månd|tis|ons|tors?|fre|lör|sön)(?:d(?:ag(?:ar)?)?)?\b)",
    re.IGNORECASE,
)
"""What a span like "10–14" beside it is hours of."""
_HOURS = re.compile(
    r"(?<![\d/–.:-])(?<!kl )(?<!kl\. )(?<!klockan )(?<!åk )(?<!kurs )(?<!klass )(?<!elever )(?<!barn )(?<!unga )(?<!ålder )(?<!nr )(?<!v )(?<!\+ )"
    r"\b([01]?\d|2[0-4])[–-]([01]?\d|2[0-4])"
    r"(?= ?(?:$|[,;).(]|(?:sen|sedan|fr|från|och|o|på|i|under|prov\w*|måndag|månd|tis|ons|tors?|fre|lör|sön)\b))",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\bi ?st\.? ?f(?:\.|ör\b|(?=\s))", re.IGNORECASE)
_TIMES_PER = re.compile(r"\b(\d+) ?g\.?(?=/(?:mån|v|år|läsår|dag|termin|kv|vecka)\b)")
_PER = re.compile(
    r"(?<=[\wåäö.])/(mån(?:ad)?|v(?:ecka)?|år|läsår|dag|dygn|natt|gång|termin|kväll|kvartal|timme|tim|h|pers(?:on)?|chef"
    r"|\d+ (?:dgr|dagar)|elev|barn|plats|portion|hushåll|invånare|enhet|deltagare|tillfälle|pass|kWh|kvm|st)\b\.?"
)
_SHARE = re.compile(
    r"(?<![\d/])(?<!lå )(?<!lå\. )(?<!läsåret )(\d+)/(\d+)(?![\d/])"
    r"(?P<noun>(?= (?:av )?(?:[a-zåäö]+(?:er|or|ar|ade|en|na|lokaler|skolor|enheter)|utb|klara?|vet|har|enh|medarb|pers|handl|ungd"
    r"|skol|fören)\b))?"
)
_RANGE = re.compile(r"(?<![\w-])(\d{1,3})-(\d{1,3})(?![\w-])")
_ORDINALS = {"1:a": "första", "2:a": "andra", "3:e": "tredje", "4:e": "fjärde", "5:e": "femte"}
_MONTH_NAMES = "|".join(sorted(MONTH_FORMS, key=len, reverse=True))
_MONTH_SPAN = re.compile(rf"\b({_MONTH_NAMES})\.?\s?[-–]\s?({_MONTH_NAMES})\b", re.IGNORECASE)
_TERM_YEAR = re.compile(
    r"\b([hv]t|hösten|våren)(?: (?=2\d(?:$|[,;:.)?!–]"
    r"| (?:och|o|till|på|i|för|med|sen|sedan|via|pga|efter|före|innan|men|samt|eller)\b\.?| → (?!\d))))?"
    r"(\d\d)(?!\d|,\d|\.\d)"
)
""" "vt27" is a year, and so is "vt 27" where nothing stands after it that 27 could count: "vt 49 g" are grams."""
_DAY_SPAN = re.compile(rf"\b(\d{{1,2}}) ({_MONTH_NAMES})\.?\s?[–-]\s?(?=\d{{1,2}} (?:{_MONTH_NAMES})\b)", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH_NAMES})\.? ?[-–’'](\d\d)(?!\d| ?(?:{_MONTH_NAMES})\b)", re.IGNORECASE)
_FRACTIONS = {"1/2": "hälften", "1/3": "en tredjedel", "2/3": "två tredjedelar", "1/4": "en fjärdedel", "3/4": "tre fjärdedelar"}
_FRACTION = re.compile(rf"\b(ca|cirka|ungefär|omkring|drygt|knappt|nästan)\.? ({'|'.join(_FRACTIONS)})(?![\d/])")
_DATE = re.compile(r"(?<![\d/])([012]?\d|3[01])/(0?[1-9]|1[0-2])(?![\d/])")
_SHOUTED = re.compile(r"[A-ZÅÄÖ]{4,}")
_SHOUTED_STATUS = ("KLART", "KLAR", "KLARA", "PÅGÅR", "FÄRDIGT", "FÖRSENAT", "NYTT", "VILANDE")
_DECIDED = re.compile(r"\b(beslut|förslag|plan|planer|avsikt|möjlighet) (?=([a-zåäö]+)\b)")
_ALSO = re.compile(r"(?<=[^\W_.)])\s+\+\s+(?=[^\W\d_]|\d+ [^\W\d_])|(?<=\d)\s+\+\s+(?=\d)")


def without_marks(note: str) -> str:
    """``note`` with its marks in words and its dates as day and month; a note in capitals is set in small letters. Empty gives empty."""
    text = re.sub(r"\s*[:;]-?[)D(](?=\s|$)", "", _calmed(note))  # a smile is no text
    text = re.sub(r"\b(bl|t|d v|s|m)\.? (a|ex|s|k|fl|m)\b\.?", _apart, text)
    text = re.sub(r"\bfg\.? år(?:et)?\b", "förra året", text)
    text = re.sub(r"\b(?:HT|VT|EJ)\b", lambda m: m.group().lower(), text)
    text = re.sub(
        r"\b(\d+ (?:tjejer|flickor|kvinnor|män|killar|pojkar)) (?=\d+ (?:tjejer|flickor|kvinnor|män|killar|pojkar)\b)",
        r"\1, ",
        text,
    )
    text = _TERM_YEAR.sub(r"\1 20\2", text)
    text = re.sub(r"(?<=\d)\s?%", " procent", text)
    text = re.sub(r"(?<![\w–,.-])([-−+])(?=\d+(?:,\d+)? procent)", lambda m: "plus " if m[1] == "+" else "minus ", text)
    text = _MEN_WOMEN.sub(r"\1 män\2\3 kvinnor", _WOMEN_MEN.sub(_women_and_men, text))
    if re.search(r"\bmän\b", text):
        text = re.sub(r"\bkv\b\.?", "kvinnor", text)
    text = _MONDAY.sub("måndag", text)
    if _OPEN_AT.search(text):
        text = _HOURS.sub(r"klockan \1–\2", text)
    text = _INSTEAD.sub("i stället för", text)
    text = _TIMES_PER.sub(lambda m: f"{m[1]} {'gång' if m[1] == '1' else 'gånger'}", text)
    text = _PER.sub(lambda m: f" per {_SPANS.get(m[1], m[1])}", text)
    text = _WEEKDAYS.sub(lambda m: f"{_DAY_NAMES[m[1].lower()]}–{_DAY_NAMES[m[2].lower()]}", text)
    text = re.sub(r"(?<=[^\W\d_])\s?&\s?(?=[^\W\d_]{2})", " och ", text)
    text = re.sub(r"\s?(?:--?>|=>|→)\s?", " → ", text)
    text = re.sub(r"\bfr\.? (?=[\d ,]+(?: procent)? → )", "från ", text)  # a figure that changed and no date
    text = re.sub(r"(?<![-=])\s?<\s?(?=\d)", " under ", text)
    text = re.sub(r"(?<=\d) ?> ?(?=\d+(?:,\d+)? procent)", " → ", text)
    text = re.sub(r"(?<![-=])\s?>\s?(?=\d)", " över ", text)
    if text.count(" = ") == 1 and ":" not in text:
        text = re.sub(r"^([^=]*\d[^=]*) = (?=(?:minus|plus) )", r"\1, vilket är ", text)
        text = text.replace(" = ", ", " if "→" in text else ": ")
    text = text.replace(" = ", ", ")
    text = re.sub(rf"\b({'|'.join(_DAY_NAMES)})\+({'|'.join(_DAY_NAMES)})\b", r"\1 och \2", text)
    text = re.sub(r"^[A-ZÅÄÖ]{4,}(?=: )", lambda m: m.group().lower() if m.group() in _SHOUTED_STATUS else m.group(), text)
    text = _DECIDED.sub(lambda m: f"{m[1]} att " if has_tense(m[2], "infinitive") else m.group(), text)
    text = re.sub(r"^([^,:;\d→]+?) [xX] ?(\d+)\b", _times, text)
    text = _also(text)
    text = re.sub(r"(?<=[a-zåäö]{3}ing)\.:", "ar:", text)
    text = re.sub(r"(?<=\w) / (?=\w)", ", ", text)
    text = re.sub(r"\b(\d{1,2}/\d{1,2}) -(\d\d)\b", r"\1 20\2", text)
    text = _RANGE.sub(lambda m: f"{m[1]}–{m[2]}" if int(m[1]) < int(m[2]) else m.group(), text)
    text = re.sub(r"\b([1-9]):([ae])\b(?=\s|$)", lambda m: _ORDINALS.get(m.group(), m.group()), text)
    text = _SHARE.sub(_share, text)
    text = _FRACTION.sub(lambda m: f"{m[1]} {_FRACTIONS[m[2]]}", text)
    text = _DATE.sub(lambda m: f"{int(m[1])} {MONTHS[int(m[2]) - 1]}", text)
    text = re.sub(r"\b(lå\.? )(\d\d)/(\d\d)\b", r"\g<1>20\2/\3", text)
    text = re.sub(r"\b((?:vår|höst|vinter|sommar)(?:e?n)? )(\d\d)/(\d\d)\b", r"\g<1>20\2/\3", text)
    text = re.sub(r"\b(vår|höst|vinter|sommar)(?= (?:(?:19|20)\d\d|\d\d/\d\d)\b)", lambda m: _SEASONS[m[1]], text)
    text = _DAY_SPAN.sub(lambda m: f"{m[1]} {_month(m[2])}–", text)
    text = _MONTH_YEAR.sub(r"\1 20\2", text)
    text = re.sub(r"\b([hv]t|hösten|våren|sommaren|vintern) ?[-–’'] ?(\d\d)\b(?!\d)", r"\1 20\2", text)
    return _MONTH_SPAN.sub(lambda m: f"{_month(m[1])}–{_month(m[2])}", text)


_MEN_WOMEN = re.compile(r"\b(\d+) (?:m\b\.?|män)((?:,| och| o\.?| \+| /) )(\d+) kv(?:inn)?\b\.?")
_WOMEN_MEN = re.compile(
    r"\b(?:(?P<women>\d+) kv(?:inn)?\b\.?(?P<mark>,? (?:och |o\.? )?| ?/ ?|, )(?P<men>\d+) (?:m\b\.?|män\b)"
    r"|kv(?:inn)?\b\.? (?P<women2>\d+)(?P<mark2>,? (?:och |o\.? )?| ?/ ?|, )(?:m\b\.?|män) (?P<men2>\d+))"
)
""" "26 kv, 18 m" and "kv 72, män 81": beside men "kv" is women, and no evening."""


def _women_and_men(match: re.Match[str]) -> str:
    mark = match["mark"] or match["mark2"]
    between = ", " if mark.startswith(",") or "/" in mark else " och "
    if match["women"]:
        return f"{match['women']} kvinnor{between}{match['men']} män"
    return f"kvinnor {match['women2']}{between}män {match['men2']}"


_WRITTEN_APART = {"bl a": "bl.a.", "t ex": "t.ex.", "d v s": "dvs.", "s k": "s.k.", "m fl": "m.fl.", "m m": "m.m."}


def _apart(match: re.Match[str]) -> str:
    """ "bl a" as one abbreviation; letters that only stand beside each other as they are."""
    return _WRITTEN_APART.get(f"{match[1]} {match[2]}", match.group())


def _month(name: str) -> str:
    return MONTHS[MONTH_FORMS[name.lower()] - 1]


def _calmed(note: str) -> str:
    """A note written in capitals throughout, in small letters; one or two short words may be an abbreviation and stay."""
    letters = [ch for ch in note if ch.isalpha()]
    if len(_SHOUTED.findall(note)) < 2 or not all(ch.isupper() for ch in letters):
        return note
    low = note.lower()
    return low[0].upper() + low[1:]


def _also(text: str) -> str:
    """ "a + b + c" as "a, b och c"."""
    return enumeration(_ALSO.split(text))


def _times(match: re.Match[str]) -> str:
    """ "farthinder x 5" counts things, "bytt x 2" how often."""
    return f"{match[1]} {match[2]} {'ggr' if has_tense(match[1].split()[-1], 'participle') else 'st'}"


def _share(match: re.Match[str]) -> str:
    """ "7/7 skolor" and "51/60 vet" are shares of a whole; a date and a school year stay as they are."""
    if match.string[match.start() - 1 : match.start()] == "(" and match.string[match.end() : match.end() + 1] == ")":
        return match.group()  # "9 kvinnor, 12 barn (14/19)": two figures, and no share
    part, whole = int(match[1]), int(match[2])
    noun = match.group("noun") is not None
    if noun or (whole > 12 and part <= whole and whole != part + 1):
        return f"{match[1]} av {match[2]}"
    return match.group()
