"""Which sentences of an earlier comment still stand, and why the others do not: standing practice against what was true of that year.

A sentence stands where it tells in the present what is done, without figures, dates or words that tie it to a time. Numbers that
belong to the practice itself (how often, at what hour, for which age, within how many days) do not make it stale. Knows nothing of notes.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import Fact, figures
from corpus.tense import main_verb

_WORD = r"[^\W\d_]+"
_COUNT = r"(?:\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)"
_SPAN = r"dag|dygn|vecka|månad|kvartal|termin|halvår|år|läsår|sommar|timme"
# What a practice has numbers in. Everything matched here is taken away before the sentence is searched for figures.
_NORMS = re.compile(
    rf"\b{_COUNT}(?:–{_COUNT}| till {_COUNT}| eller {_COUNT}| à {_COUNT})? (?:gång|gånger|ggr|möten|träffar|tillfällen|timmar"
    rf"|dagar|kvällar|halvdagar|veckor|minuter) (?:(?:per|varje) {_WORD}|(?:om|i) (?:{_SPAN})(?:en|et|n)?\b)"
    rf"|\bvar (?:{_WORD}(?:dje|rde|mte|tte|nde|onde)) (?:dag|vecka|månad|kväll|termin|år|minut|timme)\b"
    rf"|\b(?:den|varje) (?:första|andra|tredje|fjärde|sista) (?:{_WORD}dagen|{_WORD}) i (?:varje )?(?:månaden?|kvartalet?|terminen)"
    r"|\b(?:kl\.?|klockan) ?\d[\d.:]*(?:[–-]\d[\d.:]*)?(?: och \d[\d.:]*)?"
    r"|\bårskurs(?:erna)? \d(?:[–-]\d)?(?:(?:, \d)* och \d)?|\b(?:förskoleklass|åk\.?) ?\d?"
    rf"|\b(?:mellan|under|över|från|till|på|i åldern|i åldrarna|upp till|fyllt) {_COUNT}(?:(?: och |–|-| till )\d+)? år\b(?! sedan)"
    rf"|\b(?:\d+)(?:(?: och |–|-)\d+)? års ålder|\b\d+-åringar"
    rf"|\b(?:inom|senast(?: efter| inom)?|minst|högst|max|upp till|på|i) {_COUNT}(?:–{_COUNT})? (?:{_WORD} )?(?:minuter"
    rf"|timmar|dygn|dagar|vardagar|arbetsdagar|veckor|månader)\b"
    rf"|\b(?:ca |cirka )?{_COUNT} (?:minuter|timmar|dagar) per {_WORD}"
    r"|\b(?:strategi|insats|åtgärd|punkt|mål) \d{1,2}[:.]\d{1,2}|\b\d{1,2}:\d{1,2}\b"
    r"|\b\d+ (?:kap\.|§)|§ ?\d+|\bSFS \d+:\d+"
    r"|\b(?:[Dd]e|[Aa]lla|[Ss]amtliga|[Dd]essa|våra) (?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\b(?! av)"
    rf"|\b{_COUNT} (?:{_WORD} )?(?:nivåer|steg|delar|hållpunkter|punkter|spår|ben|kategorier|moment|områden|frågor|pelare|grupper:)"
    r"|(?:(?<=[:,;] )|(?<=och )|^)\d{1,2}\. "
    r"|\b[A-ZÅÄÖ]{2,}-\d+|\b[A-Z]\d\b"
)
_LAST_SEASON = re.compile(r"\bi (?:våras|höstas|somras|vintras)\b", re.IGNORECASE)  # told of below, as what it is
_RECURRING = re.compile(
    r"\b(?:varje|årligen|per år|om året|en gång i|var (?:tredje|fjärde|femte|sjätte)|i (?:april|maj) och (?:oktober|november))\b"
)
_LONGEST = 1500
_TIED = re.compile(
    r"\b(?:under (?:det (?:gångna|senaste) )?(?:året|våren|hösten|vintern|sommaren|läsåret|perioden|hösttermin\w*"
    r"|vårtermin\w*|första halvåret|andra halvåret)"
    r"|i (?:våras|höstas|vintras|somras|fjol|år|vår|höst|sommar|vinter|nuläget|dagsläget|dag)|idag|årets|vårens|höstens"
    r"|sommarens|vinterns"
    r"|förra (?:året|hösten|våren|läsåret)|föregående (?:år|läsår)|året innan|i början av|i slutet av|nyligen|hittills"
    r"|senaste (?:året|tiden|månaden|halvåret)"
    r"|just nu|för närvarande|nu|för tillfället|ännu(?: inte)?|tills vidare|tills dess|till dess|under tiden|sedan dess"
    r"|fram till|halvårsskiftet|årsskiftet|midsommar"
    r"|sedan i \w+|var (?:tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde)|hälften|en tredjedel|en fjärdedel"
    r"|den här gången|ny för i år|numera även|snart|efter sommaren|före sommaren|till hösten|till våren|på nytt|de senaste)\b",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:vakan\w*|föräldraledig\w*|sjukskriv\w*|tjänstledig\w*|vikarie\w*|tillförordnad\w*|tf\.|slutat|slutar"
    r"|nyrekryterad\w*|pensionera\w*|rekryteras|rekryterats|rekrytering pågår)\b",
    re.IGNORECASE,
)
_POST = (
    r"(?:chef|direktör|samordnare|strateg|utvecklingsledare|ordförande|rektor|handläggare|koordinator|kurator|projektledare"
    r"|utredare|polis)(?:en|n|s)?"
)
_PERSON = re.compile(rf"\b[A-Za-zÅÄÖåäö]*{_POST},? (?:är )?[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? [A-ZÅÄÖ][a-zåäöé]+")
_CHANGE = re.compile(
    r"\b(?:ökat|minskat|sjunkit|stigit|fördubbla\w*|halvera\w*|byggts ut|utökat\w*|färre än|fler än"
    r"|mer än tidigare|mindre än tidigare|jämfört med|än (?:tidigare|förut|förra|för (?:något|ett|några|två) år)|mot tidigare)\b",
    re.IGNORECASE,
)
_TOO_NEW = re.compile(
    r"\b(?:är ny|är nytt|är nya|är förse\w+|har ännu|inte påbörjat|ej påbörjat|inte startat|inte (?:\w+ )?genomförts|provas"
    r"|testas)\b",
    re.IGNORECASE,
)
# A line without a verb tells of something that happened where it begins so: "Uppstart av invånarguider …", "Nytt avtal med …".
_HAPPENED = re.compile(
    r"(?:Ny|Nytt|Nya|Uppstart|Start|Utökning|Utökad\w*|Införande|Invigning|Påbörja\w*|Startat|Genomför[td]\w*|Inte|Ej|Plan|Deltagit"
    r"|Deltagande i|Tagit|Haft|Beslut)\b"
)


def stale_reason(sentence: str, year: int) -> str | None:
    """Why ``sentence`` of a comment of ``year`` must not be stated again as it is, in Swedish; None where it tells of standing practice."""
    if len(sentence) > _LONGEST:
        return f"en mening som är för lång för att bedömas, från {year}"
    bare = _NORMS.sub(" ", sentence)
    recurring = bool(_RECURRING.search(sentence))
    for fact in figures(_LAST_SEASON.sub(" ", bare)):
        reason = _figure_reason(fact, bare, year, recurring)
        if reason:
            return reason
    if _PERSON.search(sentence):
        return f"namnger en person på en post {year}"
    if staff := _STAFF.search(sentence):
        return f"personalläget {year} (”{staff.group()}”)"
    if tied := _TIED.search(bare):
        return f"gäller tiden kring {year} (”{tied.group()}”)"
    if _TOO_NEW.search(sentence):
        return f"beskriver läget {year}"
    if change := _CHANGE.search(sentence):
        return f"en förändring som gällde {year} (”{change.group()}”)"
    verb = main_verb(_without_label(sentence))
    if verb.word in ("ökar", "minskar", "sjunker", "stiger"):
        return f"en förändring som gällde {year} (”{verb.word}”)"
    if verb.tense == "none" and _HAPPENED.match(sentence):
        return f"något som var nytt eller gjort {year}"
    if verb.tense == "past":
        return f"något som hände före rapporten {year} (”{verb.word}”)"
    if verb.tense == "perfect":
        return f"något som var gjort {year} (”{verb.word} …”)"
    return None


def is_norm(sentence: str, fact: Fact) -> bool:
    """Whether ``fact`` of ``sentence`` belongs to the practice itself (how often, what hour, which age) and not to a year."""
    if any(match.start() < fact.end and fact.start < match.end() for match in _NORMS.finditer(sentence)):
        return True
    return fact.kind in ("month", "season") and bool(_RECURRING.search(sentence)) and not re.search(r"(?:19|20)\d\d", fact.text)


def _figure_reason(fact: Fact, sentence: str, year: int, recurring: bool) -> str | None:
    if fact.kind in ("number", "percent", "amount"):
        return f"siffror från {year} (”{fact.text.strip()}”)"
    if fact.kind in ("code", "time"):
        return None
    if recurring and fact.kind in ("month", "season") and not re.search(r"(?:19|20)\d\d", fact.text):
        return None
    return f"en tidpunkt som gällde {year} (”{fact.text.strip()}”)"


def _without_label(sentence: str) -> str:
    """The sentence without a lead-in such as "Hedersförtryck:" at its start."""
    match = re.match(r"[A-ZÅÄÖ][^.:;!?]{2,60}: (?=[A-ZÅÄÖ])", sentence)
    return sentence[match.end() :] if match else sentence
