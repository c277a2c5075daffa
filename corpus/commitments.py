"""Commitments in a comment: what it says will happen, is planned, is on its way, or still has to be done; with its date where it has one.

Rules over the words of one sentence and the report year. Knows nothing of notes, drafts or whether a commitment was kept.
``python -m eval.draft`` measures it on hand-marked comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.commitment_questions import question
from corpus.dates import Due, find_due
from corpus.model import Commitment
from corpus.sentences import split
from corpus.tense import main_verb
from corpus.verbs import has_tense

_RECURRING = re.compile(
    r"\b(?:varje|varannan|vartannat|alltid|löpande|kontinuerligt|ständigt|rutinmässigt|fortlöpande|dagligen|årligen"
    r"|regelbundet|som tidigare|numera"
    r"|var (?:tredje|fjärde|femte|sjätte)|per (?:år|vecka|månad|termin|kvartal))\b",
    re.IGNORECASE,
)
# Each marker is a promise by itself, whatever the tense and the date.
_MARKERS = re.compile(
    r"\bkommer (?:(?!när|om|som)[^\s,.;]+ ){0,9}?att [^\W\d_]+a?s?\b"
    r"|\bplaneras\b|\bplanerar\b|\b(?:har lovat|lovar|har utlovat)\b|\b(?:är|har) (?:\w+ )?planera(?:d|t|de)\b"
    r"|\bplanen är att\b|\btanken är att\b"
    r"|\bavser\b(?: [^\s,.;]+){0,4} att\b|\bhar för avsikt\b|\bämnar\b|\bräknar med\b|\bsiktar på\b"
    r"|\b(?:beräknas|väntas|förväntas)\b(?=[^.;]*\b(?:vara|bli|kunna|komma|starta|börja|gälla|träda|införas|tas|till|hösten"
    r"|våren|under|före|i)\b)"
    r"|\bär på gång\b|\bär på väg(?= att\b|[.,])|\bhåller på att\b|\bstår på tur\b"
    r"|\bunder (?:[^\s,.;]+ )?(?:arbete(?=[\s.,;])|uppbyggnad|framtagande|framtagning|utarbetande|utveckling|införande|upphandling|planering"
    r"|revidering|översyn|utredning"
    r"|renovering|ombyggnad|prövning"
    r"|bildande|uppstart|rekrytering|beredning)\b"
    r"|\b(?:bygger|byggs) (?:\w+ )?upp\b|\bupphandlas\b|\bförbereds\b"
    r"|\b(?:\w+(?:ing|ingar|ingen|arbete|arbetet|dialog|samtal|diskussioner|diskussion|uppbyggnad)) (?:\w+ )?pågår\b"
    r"|\bpågår (?:(?:nu|också|även|fortfarande|dessutom|just nu|för närvarande) )*(?:ett |en )?(?:\w+ )?"
    r"\w*(?:arbete|ing|ingar|dialog|samtal|diskussioner|försök|översyn|projekt)\b"
    r"|^(?:Arbetet|Ett arbete|[^\s,.;]+ing|Införandet|Utvecklingen|[^\s,.;]+en|En \w*(?:översyn|satsning|utredning|kartläggning|upphandling|dialog))"
    r" (?:med|av|på|om|för) [^,.;]+ pågår\b(?! (?:hela|varje|under hela))"
    r"|^(?:En|Ett) [^\s,.;]+ (?:med|av|på|om|för) [^,.;]+ (?:pågår|påbörjades)\b(?! (?:hela|varje|under hela))"
    r"|\bbör (?:\w+ ){0,2}(?:få|bli|\w+as|utveckla|förbättra|stärka|ses över)\b"
    r"|(?<!som )\b(?:utreder|undersöker|utreds)\b(?=[^.;]*\b(?:om|möjlig\w*|hur|vilka|förutsättning\w*)\b)"
    r"|(?<!inte )(?<!aldrig )\b(?:är|har) (?:(?!inte|aldrig|ännu)\w+ ){0,2}påbörja(?:d|t|de|ts)\b"
    r"|(?<!inte )(?<!hade )(?<!ej )\b[Pp]åbörjat\b"
    r"|\båterstår\b|\b[Kk]var(?:står)? att (?:göra|lösa|hantera)\b"
    r"|\bpågående arbete\b|\bPlan att\b|\bsom (?:behöver|måste) \w+as\b|[Bb]ehov av fortsatt|(?<!som )\b(?:behöver"
    r"|måste)\b(?=(?: [^\s,.;]+){0,3} (?:\w+as|ses över|bli|bättre|mer|fler|tydligare|utveckla|förbättra|stärka"
    r"|hitta|se över|komma i gång)\b)"
    r"|\b(?:har )?(?:skjutits|skjuts|flyttats) (?:upp|fram)\b|\bsenarelagts\b"
    r"|\bär beställ(?:d|t|da)\b"
    r"|\bNästa (?:omgång|steg|etapp|termin|år|fas)\b",
)
_MADE = re.compile(r"\b(?:tas|arbetas|tar|arbetar)\b(?: [^\s,.;]+){0,3} fram\b")
_WOULD = re.compile(r"\bskulle\b")
_WILL = re.compile(r"\bska(?:ll)?\b")
_NOT_TO_BE = re.compile(r"\bkommer (?:\w+ )?(?:inte|aldrig) att\b|^[Mm]ålet (?:är|på|om|för)\b")
_GOAL = re.compile(
    r"\b(?:[Mm]ålet|[Ss]yftet|[Ii]dén|[Kk]ravet|[Rr]iktlinjen|[Rr]egeln) (?:är|säger)\b|\benligt (?:planen|programmet|policyn"
    r"|lagen)\b"
)
_RULE_VERB = re.compile(
    r"\bska(?:ll)?\b(?: (?!\w+as\b)[^\s,.;]+){0,3}? (?:alltid|varje|framgå|finnas|vara|kunna|gälla|ställas|ske|bidra"
    r"|ha(?! (?:[^\W\d_]+ ){0,2}[^\W\d_]+(?:at|ått|tts|ts|it|gt|jort)\b)"
    r"|få(?= (?:stöd|hjälp|information|möjlighet|svar|råd|del av|rätt|tillgång|komma|välja|vara|ta)\b))\b"
)
_EVERYBODY = re.compile(r"^(?:Alla|Varje|Samtliga|Den som|De som|Barn|Elever|Nyanställda)\b")
_STANDS_BEFORE = re.compile(r"(?:\b(?:som|att|där|vilka|vilken|vilket|hur|när|så att)|(?:,|och|samt|eller) om)\b[^,.;]*$")
_CHOSEN = re.compile(r"\b(?:de|den|det|alla) [^,.;]*\bsom ska(?:ll)?$")
"""What a plan picks out ("de stråk som ska prioriteras fram till 2030") is no promise of its own."""
_AIM = re.compile(r"\b(?:med|har som) (?:mål(?:et)?|syftet?|ambitionen) att\b")
_SPAN = re.compile(
    r"\b(?:gäller|gälla|finansier\w+) (?:först )?(?:från|till|t\.o\.m\.|vid)|\bupphör\w*|\blöper ut|\befter (?:19|20)\d\d"
)
_LATER = re.compile(r"^(?:Därefter|Sedan|Efter det)\b")


@dataclass(frozen=True, slots=True)
class _Reading:
    is_commitment: bool
    due: Due | None


def find(comment: str, year: int) -> list[Commitment]:
    """The commitments of ``comment`` in order, each a whole sentence with its offsets; [] for none. ``year`` is the report's.

    ``due`` is the date as written, None where there is none; ``state`` is "open"; ``question`` asks what became of it.
    """
    found: list[Commitment] = []
    previous_end, before = -1, ""
    for sentence in split(comment):
        reading = _read(sentence.text, year)
        follows = bool(found) and found[-1].end == previous_end and bool(_LATER.match(sentence.text))
        if reading.is_commitment or (follows and main_verb(sentence.text).tense == "present"):
            due = reading.due
            ask = question(sentence.text, due, year, before)
            found.append(Commitment(sentence.text, year, due.text if due else None, "open", ask, sentence.start, sentence.end))
        previous_end, before = sentence.end, sentence.text
    return found


def is_commitment(sentence: str, year: int) -> bool:
    """Whether one sentence of a report of ``year`` is a commitment."""
    return _read(sentence, year).is_commitment


def _read(sentence: str, year: int) -> _Reading:
    due = find_due(sentence, year)
    future = due is not None and due.lies_after(year)
    recurring = bool(_RECURRING.search(sentence))
    if _NOT_TO_BE.search(sentence):
        return _Reading(False, due)
    marker = _MARKERS.search(sentence)
    if marker and marker.group() == "planeras" and _in_subclause(sentence[: marker.start()]):
        marker = None  # "används när vandringarna planeras"
    if marker and not (recurring and not future and marker.group().startswith(("pågår", "bygg", "plan"))):
        return _Reading(True, due)
    if _MADE.search(sentence) and not recurring and main_verb(sentence).tense == "present":
        return _Reading(True, due)
    would = _WOULD.search(sentence)
    if future and would and not _STANDS_BEFORE.search(sentence[: would.start()]):
        return _Reading(True, due)  # "under 2026 skulle tillsynen återupptas"
    if any(_promises(sentence, match, future, recurring) for match in _WILL.finditer(sentence)):
        return _Reading(True, due)
    # A date ahead and a verb in the present: "Tjänsten annonseras på nytt efter sommaren." A span that opens or closes is no promise.
    if (
        future
        and not recurring
        and due is not None
        and not _SPAN.search(sentence[: due.start + 12])
        and not _AIM.search(sentence[: due.start])
        and main_verb(sentence[: due.start].rpartition(", ")[2]).tense not in ("past", "perfect")
        and not re.search(r"\bsom ska(?:ll)?\b[^,.;]*$", sentence[: due.start])
        and main_verb(sentence).tense == "present"
    ):
        return _Reading(True, due)
    return _Reading(False, due)


def _parts(sentence: str) -> list[tuple[int, int]]:
    """The clauses between semicolons, as offsets."""
    ends = [match.end() for match in re.finditer(";", sentence)] + [len(sentence) + 1]
    return list(zip([0, *ends], ends, strict=False))


def _in_subclause(before: str) -> bool:
    """Whether what follows ``before`` stands in a clause that "som", "att" … opens: "den som" ska flytta, but "avgiften som tas ut" ska höjas."""
    match = _STANDS_BEFORE.search(before)
    if match is None:
        return False
    inner = re.split(r"\b(?:som|att|där|vilka|vilken|vilket|hur|när)\b", match.group())[-1]
    if re.search(r"\batt$", match.group()[: len(match.group()) - len(inner)]) and has_tense(
        inner.split()[0] if inner.split() else "", "infinitive"
    ):
        return False  # "åtgärder för att nå fler": no clause with a subject of its own
    if re.search(r"(?:, vilket|något som) $", before):
        return False  # "saknar lyft, vilket ska åtgärdas" promises it
    told = main_verb(inner).tense != "none"
    return told if inner.rstrip().endswith((" och", " eller")) else not told


def _promises(sentence: str, will: re.Match[str], future: bool, recurring: bool) -> bool:
    """Whether this "ska" promises something and does not state a rule."""
    if _GOAL.search(sentence[: will.start()]) or re.match(r"ska(?:ll)? enligt\b", sentence[will.start() :]):
        return False
    if future and not _CHOSEN.search(sentence[: will.end()]):
        return True
    if recurring or _in_subclause(sentence[: will.start()]):
        return False
    return not _RULE_VERB.match(sentence, will.start()) and not (
        _EVERYBODY.match(sentence) and re.match(r"ska(?:ll)? (?:\w+ )?få\b", sentence[will.start() :])
    )
