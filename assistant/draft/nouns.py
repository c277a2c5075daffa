"""A few things about Swedish nouns that writing out a note needs: en or ett, events and how they are held, people, surveys, words for time.

Short closed lists, read off the end of a compound. What is not listed gets no article and no verb of its own. Knows nothing of notes.
"""

from __future__ import annotations

import re

from corpus.word_lists import word_list

_COMMON = word_list(
    """grupp insats rutin plan kurs enkät checklista broschyr folder tjänst studie modell mall app film webbplats lokal mötesplats
    karta rapport handbok policy strategi enhet träff kampanj funktion överenskommelse portal workshop utställning pilot
    samordnare koordinator handläggare kurator strateg ledare utredare chef jurist psykolog mentor brevlåda slinga lekplats
    fritidsgård jourtelefon webbsida digitalbrevlåda podd serie guide vägledning"""
)
_NEUTER = word_list(
    "möte projekt avtal team system register nätverk råd forum program verktyg seminarium center kontor dokument formulär "
    "nyhetsbrev centrum boende kort"
)
_ENDS_COMMON = re.compile(rf"(?:{'|'.join(sorted(_COMMON, key=len, reverse=True))})$", re.IGNORECASE)
_ENDS_NEUTER = re.compile(rf"(?:{'|'.join(sorted(_NEUTER, key=len, reverse=True))})$", re.IGNORECASE)

_HELD = word_list(
    """träffar möten workshops workshoppar utbildningar kurser föreläsningar samtal seminarier konferenser dialoger studiecirklar
    utbildningstillfällen utbildningsdagar temadagar informationsmöten nätverksträffar halvdagar boendemöten dialogmöten
    lektioner caféer föräldraträffar nattvandringar"""
)
_MADE = word_list(
    """besök kontroller vandringar mätningar ronder skyddsronder inspektioner tillsyner intervjuer granskningar stickprov hembesök
    studiebesök kontrollköp kartläggningar uppföljningar inventeringar trygghetsvandringar tillsynsbesök utredningar analyser"""
)
_DONE = word_list("aktiviteter övningar kampanjer omgångar evenemang insatser åtgärder arrangemang tillfällen informationsinsatser")
_VERBS = (("hållits", _HELD), ("gjorts", _MADE), ("genomförts", _DONE))

_PEOPLE = re.compile(
    r"(?:person(?:er)?|elev(?:er)?|ungdom(?:ar)?|barn|medarbetare|chef(?:er)?|deltagare|män|kvinnor|pojkar|flickor|tjejer"
    r"|killar|föräldrar|familj(?:er)?|äldre|unga|vuxna|anställda"
    r"|handläggare|socialsekreterare|lärare|boende|besökare|brukare|klienter|mentorer|vårdnadshavare|ledare|poliser|hushåll"
    r"|invånare|ungdomssekreterare|fältare|behandlare)$",
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
    r"|närvaro(?:n)?|beläggning(?:en)?|antal(?:et)?|mål(?:et)?|utredningstid(?:en)?|personalomsättning(?:en)?)$",
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


def event_verb(noun: str) -> str | None:
    """How events of this name take place, as a supine on -s ("hållits", "gjorts", "genomförts"); None for what is no event."""
    low = noun.lower()
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
}


def stands_somewhere(noun: str) -> bool:
    """Whether one says of so many of these that they exist ("2 lägenheter finns")."""
    return bool(_STANDING.search(noun))
