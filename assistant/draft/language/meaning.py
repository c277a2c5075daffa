"""Small words whose exchange changes what is said ("alla" and "några", "varje vecka" and "varje månad"), and words that say nothing new.

Closed lists for the report's plain prose. Knows nothing of sources or flags.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from assistant.draft.language.facts import NEGATIONS, NUMBER_WORDS
from assistant.draft.language.wording import is_content, stem, tokens
from corpus.verbs import readings
from corpus.word_lists import word_list, word_set

# One line a class; within it the groups between slashes exclude each other, and the words of a group say the same.
_CLASSES = {
    "mängd": "alla samtliga hela varje varenda/båda bägge/några enstaka vissa somliga/flera många åtskilliga/flesta flertalet merparten "
    "majoriteten/hälften halva/få fåtal/tredjedel tredjedelar/fjärdedel fjärdedelar/delar delvis/nästan",
    "grad": "alltid/ofta oftast/ibland/sällan/rutinmässigt/regelbundet/dagligen/årligen/månatligen/löpande/misstanke",
    "gräns": "högst max/minst/drygt/knappt",
    "tidsföljd": "före innan/efter",
    "jämförelse": "mer/mindre",
    "längd": "längre/kortare",
    "värde": "bättre/sämre",
    "bästa": "bäst/sämst",
    "mest": "mest",
    "ordning": "först/sist",
    "plats i tid": "tidigare tidig tidigast/senare sen sena senast",
    "följd": "första förste/andra/tredje/fjärde/sista",
    "storlek": "stor stort stora/liten litet små lilla",
    "väderstreck": "norr norra/söder södra/öster östra/väster västra",
    "tid på dygnet": "kväll kvällar kvällstid/dagtid/natt nätter nattetid/morgon morgnar/förmiddag förmiddagar fm/eftermiddag eftermiddagar em",
    "dag i veckan": "måndag måndagar/tisdag tisdagar/onsdag onsdagar/torsdag torsdagar/fredag fredagar/lördag lördagar/söndag söndagar",
    "veckodag": "vardag vardagar/helg helger",
    "nöjdhet": "nöjd nöjda nöjt/missnöjd missnöjda missnöjt",
    "ändring": "oförändrad oförändrat oförändrade/ändrad ändrat ändrade förändrad förändrat förändrade",
    "vilja": "ska skall/kan/får/bör/måste/vill/erbjuda/har är hade var blev blir finns fick",
    "tidsenhet": "dag dagar dagarna dygn/arbetsdag arbetsdagar/vecka veckor veckorna/månad månader månaderna/år åren/timme timmar"
    "/minut minuter/termin terminer/kvartal",
    "läge": "påbörja starta inleda börja/gång igång/klar klart klara färdig färdigt färdiga slutföra avsluta fullfölja/planera föreslå diskutera "
    "förhandla tänkt/vilande stoppa pausa upphöra avveckla avbryta/vakant vakanta vakans/tillsatt tillsatta tillsätta/saknas",
}
_CARRIERS = word_set(
    """innehålla beräkna delta börja använda gå ge omfatta handla kvarstå besluta finna finnas göra hålla genomföra ske få ha bli vara
    kunna ta komma stå ligga heta gälla bedriva anordna arrangera redovisa uppgå visa utgöra bestå ingå ställa lämna nå uppge känna
    teckna underteckna utföra äga närvara medverka svara förekomma tillkomma ordna erbjuda
    rikta träffa samla rapportera registrera beröra avse bidra leda arbeta starta inleda påbörja avsluta se säga vända anse uppleva
    råda motsvara finnas locka vänta förvänta beräkna anmäla besvara tillfråga dokumentera föra innebära medföra resultera
    visa framgå räkna ordna driva bli börja berätta ange lyda avse ligga gälla kosta bestå omfatta pröva följa anta
    placera sätta välja kalla kunna behöva vilja ansöka söka föreslå sammanträda träffa möta infinna
    jämföra meddela avisera trycka röra peka påpeka konstatera notera fatta vidta föreligga inkomma motta tillhöra hantera
    pågå fortgå fortsätta rymma utse presentera sammanställa summera avsätta hänföra tillämpa ansvara inrikta verka fungera
    försiggå sköta stanna avslå bekosta meddela avisera inneha tillträda bygga utgå löpa sammanfatta framkomma hänga erhålla disponera fördela
    uppnå inträffa ersätta återfinnas beskriva"""
)
"""Verbs that carry a sentence and claim no more than its nouns do."""


@cache
def _plain_words() -> frozenset[str]:
    """The words that say nothing by themselves."""
    return frozenset(word for line in _lines("plain_words.txt") for word in line.split())


@cache
def _telling_verbs() -> frozenset[str]:
    """The infinitives that claim something of their own."""
    return frozenset(word for line in _lines("telling_verbs.txt") for word in line.split())


def _lines(name: str) -> list[str]:
    text = (files("assistant.draft") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith(("#", "["))]


_SAME = [
    frozenset(row.split("/"))
    for row in word_list(
        "åter/tillbaka färdig/klar/klart/klara/färdigt/färdiga använd/nyttja kvar/kvarstår/återstår senare/sen tillsammans/gemensamt "
        "cirka/omkring/ungefär/runt varit/är inte/ej sammanlagt/totalt/tillsammans hittills/än ännu/fortfarande"
    )
]
_TIME = r"(?P<unit>dag|dygn|vardag|arbetsdag|vecka|v(?=\b)|månad|mån(?=\b)|kvartal|termin|läsår|år|timme|minut)(?:en|et|arna|erna|orna|ar|er|or|ade|n)?"
_COUNT = rf"(?:\d{{1,2}}(?!\d)|en|ett|{'|'.join(NUMBER_WORDS)})"
_TIMES_A = rf"(?<!\d)(?<!\d ){_COUNT} (?:gånger|gång|ggr|g|dagar|dag|dgr) ?"
_RHYTHM = re.compile(
    r"\b(?P<daily>dagligen|(?:alla|samtliga) vardagar|varje vardag)\b"
    rf"|\b(?P<how>varje|varannan|vartannat|varannat|(?:{_TIMES_A})?(?:per|om|i|/)|samma|var (?:\d+:e|tredje|fjärde|femte|sjätte)) ?{_TIME}\b",
    re.IGNORECASE,
)
_HOURS_OF = re.compile(r"\b(?:timm|minut|dag)\w* $")
_UNITS = {"v": "vecka", "mån": "månad"}
_ORDINALS = {"tredje": "3", "fjärde": "4", "femte": "5", "sjätte": "6"}
_EVERY = {"per": "varje", "vartannat": "varannan", "varannat": "varannan"}


@cache
def _groups() -> dict[str, tuple[str, str]]:
    return {
        word: (name, group.split()[0]) for name, line in _CLASSES.items() for group in line.split("/") for word in group.split()
    }


_VERB_ENDING = re.compile(r"[^\W\d_]{3,}(?:ades|ats|its|tts|dats|ade)$")
_PART_OF_DAY = re.compile(r"dags(?P<part>förmiddag|eftermiddag|kväll|natt|morgon)(?:en|ar|arna)?$")


def class_of(word: str) -> tuple[str, str] | None:
    """The class of a small word (or of a verb in any form) and its group in it: two groups of one class say different things."""
    table = _groups()
    part = _PART_OF_DAY.search(word)
    if part:
        return table[part.group("part")]
    return table.get(word) or next(
        (kind for form in readings(word) if form.infinitive != "få" and (kind := table.get(form.infinitive)) is not None), None
    )


def says_nothing_new(word: str) -> bool:
    """Whether ``word`` (small letters) may stand in a sentence without any source for it: a carrying verb or one of the report's frame words."""
    return (
        word in _plain_words()
        or (word.endswith("s") and word[:-1] in _plain_words())  # a genitive
        or any(form.infinitive in _CARRIERS for form in readings(word))
    )


def only_carries(word: str) -> bool:
    """Whether ``word`` (small letters) is a verb that claims no more than the nouns beside it do: none of the telling ones."""
    verbs = {form.infinitive for form in readings(word)}
    if verbs:
        return not verbs & _telling_verbs()
    return _VERB_ENDING.search(word) is not None and not any(
        word.startswith(verb[:-1]) for verb in _telling_verbs() if len(verb) > 3
    )


def alike(one: str, two: str) -> bool:
    """Whether two words (small letters) may stand for each other."""
    return any(one in group and two in group for group in _SAME)


_DAYS = word_list("måndag tisdag onsdag torsdag fredag lördag söndag")
_SHORT_DAYS = {
    short: at
    for at, forms in enumerate(
        (
            "måndagar måndag månd mån må",
            "tisdagar tisdag tisd tis ti",
            "onsdagar onsdag onsd ons on",
            "torsdagar torsdag torsd tors tor to",
            "fredagar fredag fred fre",
            "lördagar lördag lörd lör lö",
            "söndagar söndag sönd sön sö",
        )
    )
    for short in forms.split()
}
_SHORT_DAY = re.compile(
    rf"(?<![/\d])(?<!\d )\b(?P<first>{'|'.join(_SHORT_DAYS)})(?:\b|(?=kväll|natt|morgon))\.?(?: ?[-–] ?(?P<last>{'|'.join(_SHORT_DAYS)})\b)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def short_weekdays(note: str) -> frozenset[str]:
    """The days of the week that ``note`` may name in short: "ti + to" and "mån-ons" with what lies between."""
    found = set()
    shortest = len({match.group() for match in _SHORT_DAY.finditer(note)}) == 1
    for match in _SHORT_DAY.finditer(note):
        first = _SHORT_DAYS[match.group("first").lower()]
        if shortest and len(match.group()) == 2 and match.group().lower() not in ("lö", "sö"):
            continue  # "to" alone may be anything
        last = _SHORT_DAYS[match.group("last").lower()] if match.group("last") else first
        found |= set(_DAYS[first : last + 1])
    return frozenset(found)


@lru_cache(maxsize=4096)
def rhythms(text: str) -> Mapping[tuple[str, str], str]:
    """How often something happens, as far as ``text`` says it by a span of time: the rhythm and its words ("varje vecka", "per år")."""
    found = {}
    for match in _RHYTHM.finditer(text):
        if match.group("daily"):
            found["dagligen", "vecka"] = match.group()
            continue
        words = match.group("how").lower().replace("/", " per").split()
        if len(words) > 2:
            count = str(NUMBER_WORDS.get(words[0], 1 if words[0] in ("en", "ett") else words[0]))
            key = f"{count} {'dagar' if words[1].startswith('d') else 'gånger'}"
            key = "varje" if key == "1 gånger" else key
        elif words[0] == "var":
            key = f"var {_ORDINALS.get(words[1], words[1].removesuffix(':e'))}"
        elif words[0] in ("om", "i"):
            if not match.group().lower().endswith(("en", "et")) or _HOURS_OF.search(text[: match.start()]):
                continue  # "i månader" is no rhythm without a count
            key = "varje"  # "60 besök om dagen"
        else:
            key = _EVERY.get(words[0], words[0])
        unit = match.group("unit").lower()
        found[key, _UNITS.get(unit, unit)] = match.group()
    return found


def telling_stems(sentence: str) -> list[str]:
    """The stems of a sentence's words that need a source: carrying verbs, numbers and frame words do not."""
    own = [token for token in tokens(sentence) if is_content(token)]
    told = [
        token
        for token in own
        if token.low not in NUMBER_WORDS
        and token.low not in NEGATIONS
        and not says_nothing_new(token.low)
        and (class_of(token.low) or ("",))[0] != "mängd"  # looked at with the quantities
    ]
    return list(dict.fromkeys(stem(token.low) for token in told))
