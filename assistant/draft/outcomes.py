"""What became of last year's promises, as far as this year's notes tell: kept, delayed, dropped, or still a question to the officer.

A note answers a promise when it is about the same thing. Its words and dates decide the state; nothing is concluded from silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft.evidence import Evidence
from assistant.draft.language.facts import facts, figures
from assistant.draft.language.wording import content_stems, loosely_related, related, stem
from assistant.draft.notes.shorthand import expand
from corpus.commitment_questions import promises_in, question
from corpus.dates import find_due
from corpus.model import Commitment, CommitmentState, Note
from corpus.tense import main_verb
from corpus.word_lists import word_set

_DROPPED = re.compile(
    r"\b(?:(?:blev|blir|har|kom) (?:inte|ej|aldrig)(?: blivit)? av|inte av|stoppa\w*|läggs? ne[dr]|lagts ne[dr]|nedlag\w*"
    r"|skrotat\w*|(?<!\d )avslag|(?:beslutat?|beslöt) att inte|avslog\w*|avböj\w*|stryk\w*|struk\w*|avbr[öu]t\w*|inställ\w+|ställts in)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:(?:fortfarande|ännu) inte|(?:inte|ej) (?:ännu )?(?:klar\w*|färdig\w*|löst\w*|påbörja\w*|starta\w*|kommit|börjat|beslut\w*|genomför\w*|inför\w*"
    r"|utdela\w*|delats|anta\w*|tillsatt\w*|anställ\w*|hunnit|gjort\w*|gjord\w*|hållit\w*|tecknat\w*|undertecknat\w*|öppna\w*)"
    r"|pågår|inget klart|återstår"
    r"|(?:ingen|inga|inget) [^,;.]*\b(?:gjorda?|gjort|klart?|klara|tagen|tagits|hållen|genomför\w*|påbörja\w*|än|ännu)"
    r"|(?:flytta|skjut)\w* (?:fram )?till)\b",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\b(?:sena?r?e?t?|försena\w*|först|skjut\w+|dröj\w+|framflytta\w*|uppskjut\w*|mån(?:ad)? sen|i stället för|tänkt)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:klar\w*|färdig\w*|start\w+|började|börjat|används|togs i bruk|tagits i bruk|fullfölj\w*"
    r"|inför\w*|införd\w*|anta\w*|antog\w*|beslut\w*|undertecknat?\w*|tecknat\w*|gäller|kom"
    r"|i gång|igång|på plats|utdelad\w*|delats|köpt\w*|utb\w*|genomför\w*|hållit\w*|hölls|öppna\w*|invig\w*|bildat\w*"
    r"|bildad\w*|inkommit|utskicka\w*|fungerade|funkade|startade"
    r"|sedan (?:den \d|i |januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|hösten|våren|sommaren)"
    r"|(?:blev|blivit) av|(?:sedan|från och med) (?:vecka \d|den \d)"
    r"|hölls|deltog|\d+ (?:deltagare|besökare)"
    r"|prova\w*|prövat|prövas|testat|anställ\w*|tillsatt\w*|ute|spri\w+|finns|löst\w*|redovisa\w*|presentera\w*|levererad\w*|lämnad\w*|har nu|nu \d+"
    r"|\d+ (?:st|pers|par|barn|elever|fall)|påbörjad\w*|åter|kvar|båda|första)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b(\d{1,3}) av (?:de )?(\d{1,3})\b[^,;.]*\b(?:klar|färdig|genomförd|införd|bytt|utbytt)")
_ALL = re.compile(r"\b(?:alla|samtliga|varje|resterande|återstående)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(\d{1,3}) av (?:de )?(\d{1,3})\b")
_NEAR = 1.35
_COMMON = word_set("förvaltning arbet insats rutin kommun hösten våren socialnämnd nämnd plan")


@dataclass(frozen=True, slots=True)
class Settled:
    """A promise with the state that the notes give it, and the number of the note that does; None where no note is about it."""

    commitment: Commitment
    note: int | None = None


def settle(evidence: Evidence) -> list[Settled]:
    """The promises of the newest earlier comment in order, then forgotten older ones; one that no note is about stays open."""
    usable = [
        (sifted.note, _with_ordinals(evidence.vocabulary.spelled_out(expand(sifted.usable, evidence.vocabulary).text)))
        for sifted in evidence.notes
        if sifted.usable
    ]
    frequency = Counter(one for past in evidence.latest for one in set(content_stems(past.text)))
    labels = {past.paragraph: past.label for past in evidence.latest if past.label}
    latest = [(past.commitment, labels.get(past.paragraph, "")) for past in evidence.latest if past.commitment is not None]
    return [_apart(promise, label, usable, frequency) for promise, label in [*latest, *((one, "") for one in evidence.forgotten)]]


def _apart(promise: Commitment, label: str, notes: Sequence[tuple[Note, str]], frequency: Counter[str]) -> Settled:
    """A sentence with two promises, each asked about by itself; what is not so of both is unknown of the sentence."""
    parts = promises_in(promise.text)
    if len(parts) == 1:
        return _settled(promise, label, notes, frequency)
    asked = [
        replace(promise, text=part, question=question(part[0].upper() + part[1:], find_due(part, promise.year), promise.year))
        for part in parts
    ]
    found = [_settled(one, label, notes, frequency) for one in asked]
    states = {one.commitment.state for one in found}
    told = replace(
        promise,
        state=found[0].commitment.state if len(states) == 1 else "unknown",
        question=" ".join(one.commitment.question for one in found),
    )
    return Settled(told, next((one.note for one in found if one.note is not None), None))


_ORDINALS = {"1": "första", "2": "andra", "3": "tredje", "4": "fjärde", "5": "femte", "6": "sjätte"}


def _with_ordinals(text: str) -> str:
    """ "fältare nr 4" as "fältare fjärde": what a promise calls "en fjärde fältare"."""
    return re.sub(r"\b(?:nr|nummer) ([1-6])\b", lambda m: _ORDINALS[m[1]], text)


def _settled(promise: Commitment, label: str, notes: Sequence[tuple[Note, str]], frequency: Counter[str]) -> Settled:
    best: tuple[float, Note, str] | None = None
    for note, text in notes:
        for part in (text, *re.split(r"[,;.] ", text)):
            score = _nearness(promise.text, label, part, frequency)
            if score >= _NEAR and (best is None or score > best[0]):
                best = score, note, part if _state(promise, part) != "unknown" else text
    if best is None:
        return Settled(promise)
    _, note, text = best
    state = _state(promise, text)
    if state == "kept" and _IN_PART.search(next(whole for one, whole in notes if one is note)):
        state = "delayed"
    if state == "unknown":
        asked = f"{promise.question} Anteckning {note.number} handlar om det men säger inte hur det gick."
        return Settled(replace(promise, question=asked, state="unknown"), note.number)
    said = {
        "kept": "det är gjort",
        "delayed": "det är försenat eller inte klart",
        "dropped": "det inte blir av",
        "open": "det pågår",
    }[state]
    return Settled(
        replace(promise, state=state, question=f"Anteckning {note.number} säger att {said}: ”{note.text}”. Stämmer det?"),
        note.number,
    )


_IN_PART = re.compile(
    r"\b(?:klar\w*|klart|färdig\w*|finns|införd?\w*|på plats|uppe)\b.*, [^,;.]*\b(?:kvar|återstår|väntar på|halva)\b", re.IGNORECASE
)
"""Something is done and something is left: "klart i centrum, landsbygden kvar"."""


def _nearness(promise: str, label: str, part: str, frequency: Counter[str]) -> float:
    """How surely ``part`` of a note is about ``promise``: shared words, the promise's own subject and long rare words counting most."""
    subject, everything = _subject(promise)[-2:], tuple(dict.fromkeys(content_stems(promise)))
    stems = {*content_stems(part), *content_stems(part.replace("-", " "))}
    head = _subject(part) or tuple(content_stems(part))[:2]
    score = 0.0
    for one in everything:
        fits = [other for other in stems if one == other or loosely_related(one, other)]
        if fits:
            near = 1.0 if any(related(one, other) or min(len(one), len(other)) >= 8 for other in fits) else 0.7
            score += near * (0.5 if one in _COMMON else (1.0 if frequency[one] <= 2 else 0.6))
            long = any(other == one or (other.startswith(one) and len(other) - len(one) <= 2) for other in fits)
            score += 0.4 if long and len(one) >= 8 and one not in _COMMON else 0.0
    if any(loosely_related(one, other) for one in content_stems(label) for other in stems):
        score += 0.5
    if _DOER.match(promise) and not _shares_object(promise, stems):
        return 0.0  # only who promised it stands in the note, and nothing of what
    thing = _thing(promise)
    if subject and head and all(any(loosely_related(one, other) for other in head) for one in subject):
        score += 1.0
    elif thing and thing not in _COMMON and any(related(thing, other) for other in head):
        score += 0.5
    names = {stem(fact.text) for fact in facts(promise) if fact.kind == "name"}
    if names & stems:
        score += 0.6 if names & set(head[:1]) else 0.3
    return score


def _thing(promise: str) -> str:
    """The stem of the noun that the promise is about: "skyltar" of "nya skyltar på engelska planeras"; "" where it says none first."""
    verb = main_verb(promise)
    front = re.split(r" (?:på|för|av|om|till|i|med|hos|mot|vid|från|som|där) |,", promise[: max(verb.start, 0)])[0]
    return next(iter(content_stems(front)[-1:]), "")


_DOER = re.compile(
    r"^(?P<who>[^,.]+?) (?:ska(?:ll)?|(?:planerar|avser|kommer) att) (?:(?:också|även|dessutom|nu|därför) )?(?P<verb>[^\W\d_]+[^\W\d_s])\b(?P<what>.*)$",
    re.DOTALL,
)


def _shares_object(promise: str, stems: set[str]) -> bool:
    """Whether a note has a word of what somebody is to do ("förvaltningen ska ta fram en rutin"), and not only who."""
    match = _DOER.match(promise)
    assert match is not None
    done = content_stems(f"{match['verb']} {match['what']}")
    return not done or any(one == other or loosely_related(one, other) for one in done for other in stems)


def _subject(text: str) -> tuple[str, ...]:
    """The words that carry meaning before the main verb, or before a note's colon."""
    bare = re.sub(r"^[A-ZÅÄÖ][^.:;!?]{2,60}: (?=[A-ZÅÄÖ])", "", text)
    colon = re.match(r"^([^:]{2,60}): ", bare)
    verb = main_verb(bare)
    until = colon.end(1) if colon else verb.start if verb.start > 0 else 0
    return tuple(content_stems(re.split(r",| som ", bare[:until])[0]))


def _state(promise: Commitment, text: str) -> CommitmentState:
    text = re.split(r",? på grund av\b", text)[0]
    if _DROPPED.search(text):
        return "dropped"
    if _OPEN.search(text):
        return "delayed"
    if any(int(part) < int(whole) for part, whole in (_SOME if _ALL.search(promise.text) else _SHARE).findall(text)):
        return "delayed"
    if _ALL.search(promise.text) and re.search(r"\b\d{1,2}(?:,\d)? procent (?:är )?(?:klar|färdig|genomför)", text):
        return "delayed"
    if not _DONE.search(text):
        return "unknown"
    return "delayed" if _LATE.search(text) or _is_late(promise, text) else "kept"


def _is_late(promise: Commitment, text: str) -> bool:
    """Whether the note names a date after the one promised."""
    due = find_due(promise.text, promise.year)
    if due is None or due.year is None:
        return False
    promised = _month_of(due.core, due.year)
    for fact in figures(text):
        if fact.kind in ("date", "month"):
            year, _, rest = fact.value.partition("-")
            if year and promised is not None and (int(year), int(rest[:2])) > promised:
                return True
    return False


def _month_of(text: str, year: int) -> tuple[int, int] | None:
    """The last month that a date leaves time for."""
    for fact in figures(text):
        if fact.kind in ("date", "month"):
            return year, int(fact.value.partition("-")[2][:2])
    low = text.lower()
    if "vår" in low or "halvårsskiftet" in low:
        return year, 6
    return (year, 12) if re.search(r"höst|slut|årsskift|utgången", low) or low.strip() == str(year) else None
