"""Whether a sentence holds the kind of thing that a fact question wants: a number of what, an amount, a share, a date, a name.

``fits`` grades a sentence; 0 means that the thing asked for is not in it, and then it is no answer however well the subject fits. Knows
nothing of items or search.
"""

from __future__ import annotations

import re

from assistant.counting import AMOUNT, MONTH, SHARE, fits_number
from assistant.question_wanted import Wanted
from assistant.words import Word, fold, kinship, stem, words

_AGE = re.compile(r"\b\d+(?:[-–]| och | till )?\d* ?-?(?:ar\b|aring)|\b(?:aldern|arskurs|fodd\w*)\b")
_MEMBERS = re.compile(r"\bvilka (?:ar (?:med|medlemmar|ledamoter)|(?:sitter|ingar|deltar) i)\b")
_CONSISTS = re.compile(r"\b(?:bestar av|ingar|deltar|sitter|medlemmar|ledamoter|representant\w*)\b")
_FREQUENCY = re.compile(
    r"\b(?:varje|varannan|vartannat|var (?:tredje|fjarde|femte|sjatte)|daglig\w*|veckovis\w*|manadsvis|manatlig\w*|arlig\w*|"
    r"kvartalsvis|lopande|regelbund\w+|kontinuerligt)\b|"
    r"\bganger (?:per|om|i|varje)\b|\b(?:gang|ganger|moten|traffar|ggr) (?:per|om|i|varje|under)\b|"
    r"\ben gang\b|\bper (?:ar|vecka|manad|termin|kvartal|dag)\b"
)
_DATE = re.compile(
    rf"\b\d{{1,2}} (?:{MONTH})\b|\b(?:{MONTH})\b|\b(?:hosten|varen|sommaren|vintern|host-|vart?erminen|"
    rf"hostterminen|arsskiftet|halvarsskiftet|sportlovet|pasken|julen|"
    r"kvartalet|forsta halvaret|andra halvaret|borjan av|slutet av)\b|(?<![\d,.])(?:19|20)\d\d(?!\d)|"
    r"\bvecka \d|\bi (?:mandags|ar|fjol|host|var|sommar|vinter)\b|\bforra aret\b|"
    r"\b(?:mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag)\w*\b|\bkl\.? ?\d|\bunder (?:hosten|varen|sommaren|vintern)\b"
)
_WEEKDAY = re.compile(r"\b(?:mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|vardag|helg)\w*\b")
_EVENT = re.compile(r"\bnar (?:\w+ )?\w{3,}(?:ade|ades|gdes|ldes|ndes|tes|dde)\b|\bdatum\w* \w{3,}(?:ade|ades|des|tes)\b")
"""Something that happened once, of which a day of the week alone tells no time."""
_OPEN = re.compile(r"\b(?:oppet|oppen|oppna|oppettid\w*|oppethall\w*|stang\w*)\b")
_CLOCK = re.compile(
    r"\b(?:\d|varje|alla|tva|tre|fyra|fem|sex|sju) (?:dag|kvall)\w*\b|\bkl(?:\.|ockan)? ?\d|\b\d{1,2}(?:[.:]\d\d)?[-–]\d{1,2}(?:[.:]\d\d)?\b"
)
_WELLBEING = re.compile(
    r"\b(?:mar|matt|madde|maende|valmaende|valbefinnande|ohals\w*|halsan?|triv\w*|stress\w*|sjukfranvaro\w*|arbetsmiljo\w*)\b"
)
_DATED = re.compile(rf"(?<![\d,.])(?:19|20)\d\d(?!\d)|\b\d{{1,2}} (?:{MONTH})\b|\bvecka \d")
_DURATION = re.compile(
    r"\b(?:\d+|en|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|halv|ett halv)(?:-|"
    r" och ett halvt?)? ?(?:ars?|aret|manader?|manad|veckor?|vecka|(?:skol|arbets|var|kalender)?dagar?|dag|timmar?|timme|minuter|"
    r"terminer)\w*\b|"
    r"\bsedan (?:\w+ )?(?:19|20)\d\d\b"
)
_TAKES = re.compile(r"\b(?:\w*tid(?:en|er|erna)?|tar|tog|tagit|droj\w*|pagar|pagick|lopte?r?|varar|gallde|galler)\b")
_CONTACT = re.compile(
    r"\b0\d{1,3}[- ]?\d{2,3}[ -]?\d{2}[ -]?\d{2}|\+46|[\w.+-]+@[\w-]+\.\w+|\bwww\.|\b\w+(?:gatan|vagen|grand|" r"torget) \d+"
)
_ROLE = re.compile(
    r"\b\w*(?:samordnare|chef(?:en|er)?|direktor(?:en)?|psykolog\w*|jurist\w*|ledare|koordinator\w*|"
    r"handlaggare|sekreterare|ansvarig\w*|ordforande|presidiet?|"
    r"strateg\w*|kurator\w*|polis(?:en|er)?|kommunpolis\w*|behandlare|handledare|forvaltning(?:en)?|"
    r"namnd(?:en)?|kontor(?:et)?|forskare|konsult\w*|foretag(?:et)?|bolag(?:et)?|"
    r"team(?:et)?|grupp(?:en)?|enhet(?:en)?|avdelning(?:en)?|rad(?:et)?|region(?:en)?|hogskola\w*|"
    r"universitet\w*|forening(?:en|ar)?|personal(?:en)?|medarbetare)\b"
)
_POST = re.compile(
    r"\b\w*(?:samordnare|chef|direktor|psykolog|jurist|ledare|koordinator|handlaggare|sekreterare|kurator|"
    r"strateg|ordforande|person)(?:n|en|ns|ens)?\b"
)
_WHO_IS_POST = re.compile(rf"\bvem (?:ar|var|blir|blev) (?:var |vara |er |den |den nya |ny )?{_POST.pattern}")
_PERSON = re.compile(
    r"(?<!\btill )(?<!\bi )(?<!\bpå )(?<!\binom )(?<!\bhos )(?<!\bfrån )(?<!\bvid )(?<!\bför )"
    r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? [A-ZÅÄÖ][a-zåäöé]{2,}\b"
)
_REASON = re.compile(
    r"\b(?:eftersom|pa grund av|p\.?g\.?a\.?|beror|beroende pa|darfor|for att|till foljd|orsak\w*|"
    r"anledning\w*|skal(?:et)?|da det|svart|svarighet\w*|utmaning\w*|saknas|brist|hinder|forsena\w*|"
    r"stoppat|stopp|innebar att|gor att|har inte|kunde inte|inte kunnat)\b"
)
_PROPER = re.compile(r"(?<![.!?:] )(?<![.!?:]\n)(?<!^)(?<!”)(?<!\")\b[A-ZÅÄÖ][\wåäöÅÄÖ-]+")


def fits(wanted: Wanted, sentence: str, question: str) -> float:
    """How well ``sentence`` holds what is wanted, 0..1; 0 where it does not hold it at all."""
    folded = fold(sentence)
    if wanted == "number":
        return fits_number(sentence, question)
    if wanted == "date":
        if _EVENT.search(fold(question)):
            folded = _WEEKDAY.sub("", folded)
        return 0.0 if not _DATE.search(folded) else 1.0 if _DATED.search(folded) else 0.7
    if wanted == "duration":
        return 0.0 if not _DURATION.search(folded) else 1.0 if _TAKES.search(folded) else 0.6
    if wanted == "hours":
        return 1.0 if _OPEN.search(folded) and (_WEEKDAY.search(folded) or _CLOCK.search(folded)) else 0.0
    pattern = _PATTERNS.get(wanted)
    if pattern is not None:
        return 1.0 if pattern.search(folded) else 0.0
    if wanted in ("person", "name", "place"):
        return _fits_name(wanted, sentence, folded, question)
    return 0.5 + (0.5 if _REASON.search(folded) else 0.0)


_PATTERNS: dict[Wanted, re.Pattern[str]] = {
    "amount": AMOUNT,
    "share": SHARE,
    "frequency": _FREQUENCY,
    "contact": _CONTACT,
    "wellbeing": _WELLBEING,
    "age": _AGE,
}


def _fits_name(wanted: Wanted, sentence: str, folded: str, question: str) -> float:
    """A name that the question does not say itself; for "vem" also a post or a body; a post's name must be a person's."""
    asked = {stem(w.folded) for w in words(question)}
    proper = [
        m.group()
        for m in _PROPER.finditer(sentence)
        if not any(kinship(stem(part), a) >= 0.8 for part in m.group().split("-") for a in asked)
    ]
    if wanted == "name" and _POST.search(fold(question)):
        return 1.0 if _PERSON.search(sentence) else 0.0
    if wanted == "person" and _WHO_IS_POST.search(fold(question)):
        return 1.0 if _PERSON.search(sentence) else 0.0
    if wanted == "person" and asks_members(question) and not _CONSISTS.search(folded):
        return 0.0
    if wanted == "person":
        roles = [m.group() for m in _ROLE.finditer(folded) if not any(kinship(stem(m.group()), a) >= 0.8 for a in asked)]
        return 1.0 if roles else 0.8 if proper else 0.0
    if wanted == "name":
        return 1.0 if proper or "”" in sentence or '"' in sentence else 0.0
    return 1.0 if proper else 0.4 if re.search(r"\b(?:pa|i|vid) \w+", folded) else 0.0


def asks_members(question: str) -> bool:
    """Whether a question asks who belongs to something ("vilka sitter i stödgruppen?")."""
    return _MEMBERS.search(fold(question)) is not None


def subject_words(topic: list[Word]) -> list[Word]:
    """The topic of a fact question without the words that only say what kind of thing is wanted."""
    return [
        w
        for w in topic
        if not re.match(
            r"(?:kosta|kostnad|pengar|belopp|budget|andel|procent|summa|belopp|pris|kronor|telefon|mejl|adress|namn|"
            r"datum|heter|oppettid|oppethall|sitter$|satt$|ingar$|lagger$|lade$|gam(?:la|mal))",
            w.folded,
        )
    ]
