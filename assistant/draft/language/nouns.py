"""A few things about Swedish nouns that writing out a note needs: en or ett, events and how they are held, people, surveys, words for time.

Short closed lists, read off the end of a compound. What is not listed gets no article and no verb of its own. Knows nothing of notes.
"""

from __future__ import annotations

import re

from corpus.word_lists import word_list, word_set

_COMMON = word_list(
    """grupp insats rutin plan kurs enkät checklista broschyr folder tjänst studie modell mall app film webbplats lokal mötesplats
    karta rapport handbok policy strategi enhet träff kampanj funktion överenskommelse portal workshop utställning pilot
    samordnare koordinator handläggare kurator strateg ledare utredare chef jurist psykolog mentor brevlåda slinga lekplats
    fritidsgård jourtelefon webbsida digitalbrevlåda podd serie guide vägledning offert broschyr övning"""
)
_NEUTER = word_list(
    "möte projekt avtal team system register nätverk råd forum program verktyg seminarium center kontor dokument formulär "
    "nyhetsbrev centrum boende kort"
)
_ENDS_COMMON = re.compile(rf"(?:{'|'.join(sorted(_COMMON, key=len, reverse=True))})$", re.IGNORECASE)
_ENDS_NEUTER = re.compile(rf"(?:{'|'.join(sorted(_NEUTER, key=len, reverse=True))})$", re.IGNORECASE)

_HELD = word_list(
    """träffar möten samråd workshops workshoppar utbildningar kurser föreläsningar samtal seminarier konferenser dialoger studiecirklar
    utbildningstillfällen utbildningsdagar temadagar informationsmöten nätverksträffar halvdagar boendemöten dialogmöten
    lektioner caféer föräldraträffar nattvandringar"""
)
_MADE = word_list(
    """besök kontroller vandringar mätningar ronder skyddsronder inspektioner tillsyner intervjuer granskningar stickprov hembesök
    studiebesök kontrollköp testköp kartläggningar uppföljningar inventeringar trygghetsvandringar tillsynsbesök utredningar analyser undersökningar"""
)
_DONE = word_list("aktiviteter övningar kampanjer omgångar evenemang arrangemang tillfällen informationsinsatser")
_VERBS = (("hållits", _HELD), ("gjorts", _MADE), ("genomförts", _DONE))

_PEOPLE = re.compile(
    r"(?:person(?:er)?|elev(?:er)?|ungdom(?:ar)?|barn|medarbetare|chef(?:er)?|deltagare|män|kvinnor|pojkar|flickor|tjejer"
    r"|killar|föräldrar|familj(?:er)?|äldre|unga|vuxna|anställda"
    r"|handläggare|socialsekreterare|lärare|boende|besökare|brukare|klienter|mentorer|vårdnadshavare|ledare|poliser|hushåll"
    r"|invånare|anhöriga|ungdomssekreterare|fältare|behandlare|grannar)(?:na)?$",
    re.IGNORECASE,
)
_SURVEY = re.compile(
    r"(?:enkät(?:en)?|undersökning(?:en)?|mätning(?:en)?|statistik(?:en)?|stickprov(?:et)?|stickprovskontroll(?:en)?"
    r"|kartläggning(?:en)?|utvärdering(?:en)?|granskning(?:en)?)$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"(?:andel(?:en)?|svarsfrekvens(?:en)?|nöjdhet(?:en)?|väntetid(?:en)?|handläggningstid(?:en)?|budget(?:en)?"
    r"|kostnad(?:en)?|medelbetyg(?:et)?|genomsnitt(?:et)?|sjukfrånvaro(?:n)?|frånvaro(?:n)?"
    r"|kötid(?:en)?|svarstid(?:en)?|restid(?:en)?|ledtid(?:en)?|underskott(?:et)?|överskott(?:et)?|index(?:et)?|medelvärde(?:t)?|närvaro(?:n)?|beläggning(?:en)?|antal(?:et)?|(?<!klago)mål(?:et)?|betyg(?:et)?|utredningstid(?:en)?|personalomsättning(?:en)?"
    r"|ålder(?:n)?|åldersgräns(?:en)?)$",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"(?:vakans(?:er)?|tjänst(?:er)?|plats(?:er)?|lägenhet(?:er)?|lokal(?:er)?|mötesplats(?:er)?|grupp(?:er)?|team|mentorer)$",
    re.IGNORECASE,
)


def article(noun: str) -> str:
    """ "en" or "ett" for a bare singular count noun; "" where it is not known to be one."""
    if _ENDS_NEUTER.search(noun):
        return "ett"
    return "en" if _ENDS_COMMON.search(noun) else ""


_DEFINITE_COMMON = word_list(
    "budget kostnad tid andel analys mottagning bemanning telefon linje station tunnel ansökan process jour stödlinje bok "
    "samling övning ronder utbildning rekrytering uppföljning vakans post lista blankett guide översyn skola väg tjänst bilaga metod"
)
_DEFINES_COMMON = re.compile(
    rf"(?:{'|'.join(sorted({*_COMMON, *_DEFINITE_COMMON}, key=len, reverse=True))}|[^\W\d_]{{3,}}(?:ning|ring|ling|het))$"
)
_SHORT_ENDING = re.compile(r"(?:[aeiouyåäö]|[^\W\d_]{3,}(?:or|er|el))$")


def definite_form(noun: str) -> str:
    """The definite form of a bare singular count noun ("grupp" gives "gruppen", "forum" "forumet"); "" where its gender is not known."""
    low = noun.lower()
    if _ENDS_NEUTER.search(low):
        if low.endswith(("register", "center", "fönster")):
            return noun[:-2] + "ret"
        if low.endswith("kontor"):
            return noun + "et"
        if low.endswith("program"):
            return noun + "met"
        return noun + ("t" if low.endswith("e") else "et")
    if not _DEFINES_COMMON.search(low) or low.endswith("ronder"):
        return ""
    if low.endswith("ansökan"):
        return noun
    if low.endswith("telefon"):
        return noun + "en"
    return noun + ("n" if _SHORT_ENDING.search(low) else "en")


def is_plural_noun(noun: str) -> bool:
    """Whether a bare noun looks like an indefinite plural that "antalet" can stand before ("lägenheter", "tips", "möten")."""
    low = noun.lower()
    if definite_form(low) or article(low):
        return low in _SAME_IN_PLURAL or bool(_BARE_PLURAL.search(low))
    return bool(_PLURAL_ENDING.search(low) or _BARE_PLURAL.search(low)) or is_people(low)


_PLURAL_ENDING = re.compile(
    r"(?:ar|er|or|are|ande|ende|(?:möt|områd|ärend|meddeland|boend|åtagand|beteend|uttaland|anförand)en|s)$"
)
_BARE_PLURAL = re.compile(
    r"(?:möten|besök|avhopp|samtal|beslut|ärenden|avtal|projekt|team|råd|nätverk|tips|krav|barn|par|hushåll|företag|larm|fall|program"
    r"|forum|system|register|tillfällen|kontrakt|kort|brev|lån|nummer|svar|hot|brott|upplag|köp|tillstånd|boenden|kontor|uppdrag"
    r"|äldre|unga|vuxna|män|kvinnor)$"
)
_SAME_IN_PLURAL = frozenset(
    ["team", "råd", "forum", "projekt", "program", "system", "avtal", "nätverk", "register", "kort", "kontor"]
)
_HAPPENS = re.compile(
    r"(?:(?<!anlägg)(?<!bygg)(?<!lös)(?<!utrust)(?<!fören)(?<!avdel)(?<!beman)(?<!mottag)(?<!försäkr)(?<!ersätt)ning(?:ar)?|else|elser|olycka|olyckor|incident|incidenter|tillbud|avhopp|inbrott|bråk|stölder|bränder|stopp)$"
)
_UNIT_OF_WORK = re.compile(
    r"(?:enheter|enhet|skolor|skola|arbetsplatser|avdelningar|boenden|bostäder|förskolor|mottagningar|stationer|mötesplatser"
    r"|fritidsgårdar|orter|stadsdelar|lokaler|arbetslag)$"
)


def happens(noun: str) -> bool:
    """Whether one says of these that they have happened ("inga skjutningar har skett") and not that they are there."""
    return bool(_HAPPENS.search(noun))


_UNITS = word_set("hektar meter kilometer km mil ton kg kilo gram liter kvm kvadratmeter kwh")


def is_unit_of_measure(noun: str) -> bool:
    """Whether the noun measures and counts nothing ("gram", "hektar")."""
    return noun in _UNITS


def is_unit_of_work(noun: str) -> bool:
    """Whether the noun is a place of work that something is done or found at ("31 enheter", "7 skolor")."""
    return bool(_UNIT_OF_WORK.search(noun))


_MAY_BE_CALLS = ("samtal", "telefonsamtal", "joursamtal")  # that nobody has held


def event_verb(noun: str) -> str | None:
    """How events of this name take place, as a supine on -s ("hållits", "gjorts", "genomförts"); None for what is no event."""
    low = noun.lower()
    if low in _MAY_BE_CALLS or low.startswith("årskurs"):
        return None
    for verb, names in _VERBS:
        if any(low.endswith(name) for name in names):
            return verb
    return None


def is_people(noun: str) -> bool:
    """Whether the noun counts people."""
    return bool(_PEOPLE.search(noun))


def is_survey(noun: str) -> bool:
    """Whether the noun is something that figures come out of."""
    return bool(_SURVEY.search(noun))


def is_measure(noun: str) -> bool:
    """Whether the noun is a measure that a figure is the value of."""
    return bool(_MEASURE.search(noun))


def definite_measure(noun: str) -> str:
    """The definite form of a bare measure ("väntetid", "andel"); any other noun as it is."""
    first, _, rest = noun.partition(" ")
    for ending, added in _MEASURE_ENDINGS.items():
        if first.lower().endswith(ending) and not rest.startswith(("till", "för", "av", "på", "i ")):
            return " ".join(part for part in (first + added, rest) if part)
    return noun


_MEASURE_ENDINGS = {
    "ålder": "n",
    "gräns": "en",
    "tid": "en",
    "andel": "en",
    "frekvens": "en",
    "nöjdhet": "en",
    "budget": "en",
    "kostnad": "en",
    "betyg": "et",
    "genomsnitt": "et",
    "frånvaro": "n",
    "närvaro": "n",
    "beläggning": "en",
    "antal": "et",
    "mål": "et",
    "omsättning": "en",
    "skott": "et",
}


def stands_somewhere(noun: str) -> bool:
    """Whether one says of so many of these that they exist ("2 lägenheter finns")."""
    return bool(_STANDING.search(noun))
