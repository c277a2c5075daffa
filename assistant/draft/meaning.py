"""Small words whose exchange changes what is said ("alla" and "några", "varje vecka" and "varje månad"), and words that say nothing new.

Closed lists for the report's plain prose. Knows nothing of sources or flags.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.draft.facts import NEGATIONS, NUMBER_WORDS
from assistant.draft.wording import is_content, stem, tokens
from corpus.verbs import readings
from corpus.word_lists import word_list, word_set

# One line a class; within it the groups between slashes exclude each other, and the words of a group say the same.
_CLASSES = {
    "mängd": "alla samtliga hela varje varenda/båda bägge/några enstaka vissa somliga/flera många åtskilliga/flesta flertalet merparten "
    "majoriteten/hälften halva/få fåtal/tredjedel/fjärdedel/delar delvis/nästan",
    "grad": "alltid/ofta oftast/ibland/sällan/rutinmässigt/regelbundet/dagligen/årligen/månatligen/löpande/misstanke",
    "gräns": "högst max/minst/drygt/knappt",
    "tidsföljd": "före innan/efter",
    "jämförelse": "mer/mindre",
    "längd": "längre/kortare",
    "värde": "bättre/sämre",
    "bästa": "bäst/sämst",
    "mest": "mest/minst",
    "ordning": "först/sist",
    "plats i tid": "tidigare tidig tidigast/senare sen sena senast",
    "följd": "första/andra/tredje/fjärde/sista",
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
    placera sätta välja kalla kunna behöva vilja ansöka söka föreslå sammanträda träffa möta infinna"""
)
"""Verbs that carry a sentence and claim no more than its nouns do."""
_PLAIN = word_set(
    """enligt frågan fråga frågor arbete arbetet nummer antal innehåll deltagare förslag förslaget gäller tillhörande parter länge
    tillbaka sällskap hjälp hjälpen stöd uppgift uppgifter resultat resultatet sammanlagt person personer personal period team gång
    gånger sätt form del exempel punkt område tjänst tjänsten ungefär ganska lite dag i dag vad exempelvis bland annat avser
    omgång omgångar tillfälle tillfällen läsåret terminen halvåret kommentar svar svaret rapport rapporten gångerna våra vårt socialförvaltningen
    fall fallen början mitten slutet halvan egen numera stället ställe
    framfört framförts framförde framfördes besvarade besvarat besvarats inkommit inkom inkomna
    lista listan förteckning beslut beslutet ansökan ansökningen ärende ärendet begäran innebär process slag del delar sida sådan sådana sådant
    respektive därmed således dock däribland inklusive exklusive via utöver bortsett fortsatt alltjämt alltså åtminstone
    motsvarar motsvarade tack nere uppe emot igenom ihop undan vidare tillsammans
    själv själva själva båda bägge flera följande ovan nedan huvudsak främst framför allt
    förvaltningen förvaltningens nämnden nämndens kommunen kommunens stadens"""
)
_SAME = [
    frozenset(row.split("/"))
    for row in word_list(
        "åter/tillbaka färdig/klar/klart/klara/färdigt/färdiga använd/nyttja kvar/kvarstår/återstår senare/sen tillsammans/gemensamt "
        "cirka/omkring/ungefär/runt varit/är inte/ej sammanlagt/totalt/tillsammans hittills/än ännu/fortfarande"
    )
]
_TIME = (
    r"(?P<unit>dag|dygn|vardag|arbetsdag|vecka|månad|kvartal|termin|läsår|år|timme|minut)(?:en|et|arna|erna|orna|ar|er|or|ade|n)?"
)
_RHYTHM = re.compile(rf"\b(?P<how>varje|varannan|vartannat|varannat|per|om|samma|gånger i|gång i) {_TIME}\b", re.IGNORECASE)
_EVERY = {"per": "varje", "om": "varje", "gånger i": "varje", "gång i": "varje", "vartannat": "varannan", "varannat": "varannan"}


@cache
def _groups() -> dict[str, tuple[str, str]]:
    return {
        word: (name, group.split()[0]) for name, line in _CLASSES.items() for group in line.split("/") for word in group.split()
    }


_PART_OF_DAY = re.compile(r"dags(?P<part>förmiddag|eftermiddag|kväll|natt|morgon)(?:en|ar|arna)?$")


def class_of(word: str) -> tuple[str, str] | None:
    """The class of a small word (or of a verb in any form) and its group in it: two groups of one class say different things."""
    table = _groups()
    part = _PART_OF_DAY.search(word)
    if part:
        return table[part.group("part")]
    return table.get(word) or next((kind for form in readings(word) if (kind := table.get(form.infinitive)) is not None), None)


def says_nothing_new(word: str) -> bool:
    """Whether ``word`` (small letters) may stand in a sentence without any source for it: a carrying verb or one of the report's frame words."""
    return word in _PLAIN or any(form.infinitive in _CARRIERS for form in readings(word))


def alike(one: str, two: str) -> bool:
    """Whether two words (small letters) may stand for each other."""
    return any(one in group and two in group for group in _SAME)


def rhythms(text: str) -> dict[tuple[str, str], str]:
    """How often something happens, as far as ``text`` says it by a span of time: the rhythm and its words ("varje vecka", "per år")."""
    found = {}
    for match in _RHYTHM.finditer(text):
        how = match.group("how").lower()
        found[_EVERY.get(how, how), match.group("unit").lower()] = match.group()
    return found


def telling_stems(sentence: str) -> list[str]:
    """The stems of a sentence's words that need a source: carrying verbs, numbers and frame words do not."""
    own = [token for token in tokens(sentence) if is_content(token)]
    told = [
        token for token in own if token.low not in NUMBER_WORDS and token.low not in NEGATIONS and not says_nothing_new(token.low)
    ]
    return list(dict.fromkeys(stem(token.low) for token in told))
