"""Which sentences of the last comment a note takes back: what has ended, been renamed or replaced, a lack that has been mended, what is
denied, a figure that has changed, and "all" where it is only some.

Knows nothing of how a draft is put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.draft.checks.retold import mended, retold
from assistant.draft.checks.sources import source_of
from assistant.draft.checks.superseded import superseded
from assistant.draft.evidence import Evidence, Past, points_back
from assistant.draft.language.facts import figures
from assistant.draft.language.wording import content_stems, loosely_related, related
from assistant.draft.notes.clauses import is_clause_with_verb
from assistant.draft.notes.shorthand import expand
from assistant.draft.outcomes import Settled

_ENDS = re.compile(
    r"\b(?:vilande|nedlag\w+|läggs? ne[dr]|lagts ne[dr]|upphör\w*|avslutad\w*|avslutats|stängd\w*|stängt|stoppa\w+|pausa\w*"
    r"|inställ\w+|struk\w+|slutat|slutade|tagits bort|borttagen|inte längre|ersatt\w*|ersätts|heter|bytt namn"
    r"|byter namn|bytt till|byter till|sagts? upp|uppsag\w+|vakant|flyttat|flyttad|avvecklad\w*|avvecklas|finns inte)\b",
    re.IGNORECASE,
)
_LACK = re.compile(r"\b(?:saknas|saknar|finns (?:inget|ingen|inga|inte)|inget|ingen|brist\w*|återstår|utan)\b", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:kvar\w*|fortfarande|ännu|inte|ej|inga|ingen|inget|brist\w*|saknas|blev inte av|avböj\w*|\w+brist)\b", re.IGNORECASE
)
_IS_THERE = re.compile(
    r"\b(?:klart?|klara|färdigt?|färdiga|på plats|antag\w+|införd\w*|infört\w*|startad?e?|i ?gång|tillsatt\w*)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;.] ")
_CHANGED = re.compile(r"(?P<before>\d+(?:,\d+)?)(?: [^\W\d_]+)? → \d")
_SET_TO = re.compile(r"\b(?:höj|sänk|öka|utöka|minska|korta|förläng)\w* till (?P<figure>\d+(?:,\d+)?) (?P<unit>[^\W\d_]+)")
_SHARE = re.compile(r"(\d+) av (?:de )?(\d+)")
_ALL = re.compile(r"\b(?:varje|alla|samtliga)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:inte|ej|aldrig|upphört|slutat)\b", re.IGNORECASE)
_UNDER_WAY = re.compile(r"\b(?:pågår|renoveras|byggs|utreds|rustas|upphandlas|förbereds|är på gång)\b")
_FINISHED = re.compile(
    r"\b(?:klart?|klara|färdigt?|färdiga|avslutad|avslutats|slutförd)\b(?! (?:till och med|för|på|i \d))", re.IGNORECASE
)
_DENIED = re.compile(r"\b(?:är|har|blev) (?:ännu |fortfarande )?(?:inte|ej) ([^\W\d_]{4,})")


@dataclass(frozen=True, slots=True)
class Overruled:
    """Why an earlier sentence that still stood must not be said again: the note that says otherwise; ``rest`` is what may stay of it."""

    note: int
    rest: str = ""


def overruled_by_notes(evidence: Evidence, settled: Sequence[Settled]) -> dict[Past, Overruled]:
    """Earlier sentences that a note contradicts, each with the first note that does."""
    found: dict[Past, Overruled] = {}
    for sifted in evidence.notes:
        text = expand(sifted.usable, evidence.vocabulary).text
        for past in evidence.latest:
            if not past.stands or past.role == "heading" or past in found:
                continue
            lacks = _LACK.search(past.stands) and _is_mended(text, past.stands, evidence)
            if lacks or _is_over(text, past) or _is_told_otherwise(text, past):
                found[past] = Overruled(sifted.note.number, _untouched(text, past, evidence))
    for sifted in evidence.notes:
        source = source_of(sifted, evidence.vocabulary, evidence.year)
        if source is None:
            continue
        for past in evidence.latest:
            if past.stands and past.role != "heading" and past not in found:
                bare = past.stands.removeprefix(past.label)
                gone = superseded(bare, [source], evidence.year) or retold(bare, [source], evidence.year)
                if gone or (past.commitment is None and mended(bare, [source])):
                    found[past] = Overruled(sifted.note.number)
    answered = {
        (one.commitment.start, one.commitment.year): one.note
        for one in settled
        if one.note is not None and one.commitment.state != "unknown"
    }
    for before, past in zip(evidence.latest, evidence.latest[1:], strict=False):
        note = answered.get((past.start, past.year)) if past.commitment is not None and points_back(past.text) else None
        if note is not None and before.paragraph == past.paragraph and before.stands and _LACK.search(before.stands):
            found.setdefault(before, Overruled(note))  # "Där saknas … Där ska …": what was to mend the lack has happened
    return found


def _is_over(text: str, past: Past) -> bool:
    """Whether the note says that what the sentence is about has ended, or has another name now."""
    match = _ENDS.search(text)
    if not match:
        return False
    clause = re.split(r"[,;.] ", text[: match.start()])[-1]
    subject = [stem for stem in content_stems(clause.split(":")[0]) if len(stem) > 2][:3]
    stems = content_stems(past.text)
    return bool(subject) and all(any(one == other or related(one, other) for other in stems) for one in subject)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a note with what in it may turn an earlier sentence round."""

    text: str
    changed: re.Match[str] | None
    set_to: re.Match[str] | None
    finished: re.Match[str] | None
    share: bool
    denies: bool
    still: bool


@lru_cache(maxsize=256)
def _clauses(text: str) -> tuple[_Clause, ...]:
    """The clauses of a written-out note in order."""
    found = []
    for part in _CLAUSE.split(text):
        share = _SHARE.search(part)
        some = share is not None and int(share[1]) < int(share[2])
        denies, still = bool(_NOT.search(part)), bool(_STILL.search(part))
        found.append(_Clause(part, _CHANGED.search(part), _SET_TO.search(part), _FINISHED.search(part), some, denies, still))
    return tuple(found)


def _is_told_otherwise(text: str, past: Past) -> bool:
    """Whether a clause of a note denies the sentence or what it denies, has finished what is under way in it, tells of some where it says
    all, or changes its figure."""
    denied, under_way = _DENIED.search(past.stands), _UNDER_WAY.search(past.stands)
    for clause in _clauses(text):
        if (change := clause.changed) and _figure_changed(clause.text[: change.start()], change["before"], past):
            return True
        if (now := clause.set_to) and _was_another(clause.text[: now.start()], now["figure"], now["unit"], past):
            return True
        if denied and not clause.still and _has_come(clause.text, denied[1], past):
            return True
        if under_way and clause.finished and _is_finished(clause.text[: clause.finished.start()], past):
            return True
        denies = clause.denies and past.role == "sentence" and not _NOT.search(past.stands)
        fewer = clause.share and _ALL.search(past.stands)
        said = content_stems(past.stands) if denies or fewer else ()
        if len(said) > 1 and _covers(clause.text, said):
            return True
    return False


def _figure_changed(subject: str, before: str, past: Past) -> bool:
    """ "läxhjälp 2 → 3 dagar" and "Läxhjälp erbjuds två dagar i veckan."."""
    stems = content_stems(subject)
    return bool(stems) and _says(past.stands, before) and _covers(past.stands, stems)


def _was_another(subject: str, figure: str, unit: str, past: Past) -> bool:
    """ "avlastning höjd till 12 timmar" and "Avlastning ges tio timmar per månad."."""
    stems = content_stems(subject)
    there = re.search(rf"\b{re.escape(unit)}\b", past.stands)
    return bool(stems and there) and bool(figures(past.stands)) and not _says(past.stands, figure) and _covers(past.stands, stems)


def _has_come(clause: str, what: str, past: Past) -> bool:
    """ "samordnare tillsatt" and "Tjänsten som samordnare är inte tillsatt."."""
    return _covers(clause, content_stems(what)) and sum(_covers(clause, [one]) for one in content_stems(past.stands)) > 1


def _is_finished(subject: str, past: Past) -> bool:
    """ "översyn klar" and "En översyn av natten pågår."."""
    said, stems = content_stems(past.stands), content_stems(subject)
    return bool(said) and bool(stems) and _covers(subject, said[:1]) and _covers(past.stands, stems)


def _says(sentence: str, figure: str) -> bool:
    """Whether a number of ``sentence`` has the value written as ``figure``."""
    return any(fact.kind == "number" and fact.value == figure.replace(",", ".") for fact in figures(sentence))


def _covers(text: str, stems: Sequence[str]) -> bool:
    there = content_stems(text)
    return all(any(loosely_related(one, other) for other in there) for one in stems)


def _is_mended(text: str, sentence: str, evidence: Evidence) -> bool:
    """Whether the note tells of something new about a thing that the sentence says is lacking."""
    if _STILL.search(text):
        text = next((clause for clause in _CLAUSE.split(text) if _IS_THERE.search(clause) and not _STILL.search(clause)), "")
    rare = [
        stem
        for stem in content_stems(sentence)
        if sum(stem in content_stems(past.text) for past in evidence.latest) <= 2 and len(stem) >= 4
    ]
    return any(loosely_related(one, other) for one in rare for other in content_stems(text) if len(other) >= 4)


def _untouched(text: str, past: Past, evidence: Evidence) -> str:
    """The clause of a sentence that the note leaves alone, as a sentence; "" where there is none."""
    if past.role != "sentence":
        return ""
    for front in re.split(r", (?:och|men) ", past.stands)[:1]:
        if front == past.stands or not is_clause_with_verb(front) or _ENDS.search(text) or _is_mended(text, front, evidence):
            continue
        if not _is_told_otherwise(text, replace(past, stands=front)):
            return front.rstrip(". ") + "."
    return ""
