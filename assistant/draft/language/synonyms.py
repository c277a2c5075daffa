"""Words of reports that say the same, so that a sentence in other words finds its source: "färdig" for "klar", "inleddes" for "startade".

Groups of plain, general words; none names a thing that only some reports know, and no group holds a word and its opposite. Knows nothing of
sources or flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from assistant.draft.language.wording import stem
from corpus.word_lists import word_list

_GROUPS = (
    # beginning and ending
    "starta börja inleda påbörja uppstart start lansera öppna drifttagen inför införa etablera igång",
    "klar färdig slutföra avsluta fullfölja",
    "nedlagd avveckla upphöra stänga lägga nedläggning",
    "uppskjuten skjuta senarelägga framflyttad",
    "vilande pausa ligga vila uppehåll",
    "avböja tacka",
    "inställd ställa utebli",
    # having, giving, getting
    "få erhålla motta mottagen",
    "dela utdelad distribuera lämna tilldela",
    "köpa inköp anskaffa införskaffa",
    "erbjuda tillhandahålla ge",
    "använd nyttja bruka utnyttja användning",
    # holding and doing
    "hålla anordna ordna arrangera genomföra utföra bedriva",
    "besluta anta beslut fastställa",
    "underteckna teckna ingå",
    "rekrytera anställa tillsätta bemanna rekrytering",
    "sluta lämna avgå",
    "ersätta byta ersättare",
    "tillkomma ansluta utöka ny nytt nya",
    "stryka borttagen utgå",
    "stoppa avstyra förhindra",
    "flytta flytt omlokalisera",
    "höja höjning", "sänka sänkning",
    "revidera uppdatera ändra omarbeta bearbeta",
    "upphandla upphandling",
    "utvärdera utvärdering", "utbilda utbildning kurs fortbilda", "kartlägga kartläggning",
    "intervju intervjua", "sprida spridning", "pröva prova testa pilot försök",
    "kräva kostnad kosta", "kräva behöva", "sälja försäljning", "skicka utskick", "hyra inhyrning uthyrning",
    "digital e-ansökan e-tjänst webb webben", "vårdcentral vc", "doktor dr", "förskoleklass f-klass", "läkare läkartjänst", "avbryta avbrott",
    "ansöka söka ansökan", "föreslå förslag", "träffa möta träff möte",
    # growing and shrinking
    "öka växa stiga ökning fler utöka höja", "minska sjunka minskning färre sänka",
    # people
    "medarbetare anställd personal", "unga ungdom ung tonåring", "flicka tjej", "pojke kille", "förälder vårdnadshavare",
    "man män", "person människa individ", "vräka avhysa", "hyresvärd värd", "sjuksköterska ssk",
    # the rest
    "brist sakna saknad", "enkät undersökning", "avtal överenskommelse kontrakt", "broschyr folder", "oannonserad oanmäld",
    "vakans vakant obemannad obesatt tom", "pengar medel bidrag", "utgivning ge utkomma", "belysning lampa", "prioritera prio",
    "frivillig volontär", "gratis kostnadsfri avgiftsfri fri", "omplacering omplacera", "snabb snabbt",
    "kvar återstå kvarstå", "rutin arbetssätt", "motsvara uppgå", "veta känna kännedom", "vilja önska", "samtal chatt", "väntan väntetid vänta",
    "mätning mäta mätt", "kö kön köer",
    # measures and bodies
    "kilo kg", "megawattimme mwh megawattimmar", "kilowattimme kwh kilowattimmar", "kvadratmeter kvm", "centimeter cm",
    "kilometer km", "hektar ha", "kommunfullmäktige kf fullmäktige", "kommunstyrelse ks", "länsstyrelse lst",
)  # fmt: skip
_PHRASES = (
    (re.compile(r"\b(?:gick|gått|gå|går|kom|kommit) med\b", re.IGNORECASE), "ansluta delta"),
    (re.compile(r"\bi ?gång\b|\bpå plats\b|\bi drift\b|\btogs? i bruk\b", re.IGNORECASE), "starta"),
    (re.compile(r"\bblev (?:inte|ej) av\b", re.IGNORECASE), "genomföra"),
    (re.compile(r"\blägg\w* ned?r?\b|\blagts? ned?r?\b|\blades ned?r?\b", re.IGNORECASE), "nedlagd"),
    (re.compile(r"\btack\w* nej\b", re.IGNORECASE), "avböja"),
    (re.compile(r"\bta(?:r|s|git|gits)? bort\b|\btogs bort\b", re.IGNORECASE), "stryka"),
    (re.compile(r"\b(?:nya|nytt|ny)\b", re.IGNORECASE), "tillkomma ansluta"),
    (re.compile(r"\b(?:klart?|klara)\b", re.IGNORECASE), "färdig slutföra avsluta"),
    (re.compile(r"\b(?:kvar|rest(?:en|erande))\b", re.IGNORECASE), "återstå kvarstå"),
    (re.compile(r"\bse(?:r|s|tt|dd)? över\b", re.IGNORECASE), "översyn"),
    (re.compile(r"\bunder \d+ år\b", re.IGNORECASE), "yngre ung"),
    (re.compile(r"\böver \d+ år\b", re.IGNORECASE), "äldre"),
    (re.compile(r"\b(?:inom|senast)\b", re.IGNORECASE), "gräns tidsgräns"),
    (re.compile(r"\bur (?:funktion|drift|bruk)\b", re.IGNORECASE), "stilla avstängd trasig"),
    (re.compile(r"\b(?:upp t(?:ill)?\.?|max|högst)\b", re.IGNORECASE), "tak gräns"),
    (re.compile(r"\bpol\.? ?anm|\bpolisanm", re.IGNORECASE), "polis anmälan"),
)


@cache
def _senses() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in _GROUPS:
        group = frozenset(stem(word) for word in word_list(row))
        for one in group:
            table[one] = table.get(one, frozenset()) | group
    return table


def same_sense(one: str) -> frozenset[str]:
    """The stems that may stand for the stem ``one``, itself among them where it is known; the empty set for a word of no group."""
    return _senses().get(one, frozenset())


def with_synonyms(stems: Iterable[str], text: str) -> tuple[str, ...]:
    """``stems`` in order, then what the words and phrases of ``text`` may also be called."""
    own = list(dict.fromkeys(stems))
    more = [other for one in own for other in sorted(same_sense(one))]
    more += [stem(word) for pattern, words in _PHRASES if pattern.search(text) for word in words.split()]
    return tuple(dict.fromkeys((*own, *more)))
