"""Whether a text tells of something as ahead, going on or done, verb by verb, and a sentence that puts it at another stage than its source.

Rules over the verb list, no parser. Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import NEGATIONS, TIMES, Fact, figures, same_date
from assistant.draft.language.meaning import class_of
from assistant.draft.language.wording import content_stems, matched, tokens
from corpus.model import Flag
from corpus.tense import is_finite
from corpus.verbs import readings
from corpus.word_lists import word_set

Stage = Literal["ahead", "now", "done"]

_WORD = re.compile(r"[^\W_]+(?:[-/:'’.][^\W_]+)*|[,;:()–]")
_AUXILIARIES = word_set("ska skall kommer planeras planerar väntas beräknas avser avses tänker bör måste")
_PERFECT = word_set("har hade ha")
_COPULAS = word_set("är var blev blivit varit")
_STATIVE = word_set(
    """vara ha finnas gälla få kunna vilja veta uppge svara innehålla omfatta delta ingå heta bestå ligga stå känna tycka anse uppleva bo
    arbeta gå säga visa sakna behöva betyda kosta råda utgöra avse handla hålla öka minska växa sjunka stiga"""
)
"""Verbs of which it matters little whether a report has them in the present or the past."""
_READY = re.compile(r"\b(?:klara?t?|färdig\w*)\b", re.IGNORECASE)  # "klart 2028" is not done
_DECIDED = word_set("skjuta flytta ersätta lägga byta")
"""Verbs whose present tells of what has been decided: "skjuts till 2027"."""
_PENDING = re.compile(
    r"\b(?:kvar att|återstår|uppskju\w+|skju(?:ts|tits|ten|tet|tna)|skjuts upp|senarelag\w+|framflyttad\w*|planeras|väntar|försena\w+"
    r"|ej påbörja\w+|inte påbörja\w+)\b"
    r"|\bkvar\s*$",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    r"\b(?:genomför(?:d|da|t|des|ts|de)|klara?t?|färdig\w*|slutför\w+|avsluta(?:d|de|t|des|ts)|hölls|hållits|gjor(?:t|ts|des)|starta(?:de|t|des|ts)"
    r"|på plats|har gått|inför(?:d|des|t|ts)|påbörja(?:des|ts|t))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def stages(text: str) -> Mapping[str, frozenset[Stage]]:
    """For each known verb of ``text`` (its infinitive) at which stages it is told; participles count as done."""
    words = [match.group() for match in _WORD.finditer(text)]
    low = [word.lower() for word in words]
    found: dict[str, set[Stage]] = {}
    for at, word in enumerate(low):
        before = low[max(0, at - 4) : at]
        if any(mark in before for mark in ",;:"):
            before = before[max(place for place, one in enumerate(before) if one in ",;:") + 1 :]
        forms = readings(word)
        if any(one in _AUXILIARIES for one in before):
            forms = tuple(form for form in forms if form.tense == "infinitive") or forms
        for form in forms:
            if form.infinitive == "skola":
                continue
            stage: Stage | None = None
            if form.tense == "infinitive" and any(one in _AUXILIARIES for one in before):
                stage = "ahead"
            elif form.tense == "supine":
                stage = "done" if any(one in _PERFECT for one in before) or word.endswith("ts") else None
            elif form.tense == "preterite":
                stage = "done" if is_finite(words, at) else None
            elif form.tense == "present" and is_finite(words, at):
                stage = "ahead" if form.infinitive == "bli" else "now"
            elif form.tense == "participle" and (
                any(one in _COPULAS for one in before) or at + 1 == len(low) or low[at + 1] in ",;:()–"
            ):
                stage = "done"
            if stage is not None:
                found.setdefault(form.infinitive, set()).add(stage)
    return {verb: frozenset(stage) for verb, stage in found.items()}


def moved_stage(sentence: str, variant: str) -> str | None:
    """The first verb that ``sentence`` tells at another stage than ``variant``, of which it is nearly a copy; None where there is none."""
    theirs = stages(variant)
    for verb, said in stages(sentence).items():
        there = theirs.get(verb)
        if there is not None and not said & there:
            return verb
    return None


def stage_flags(sentence: str, sources: Sequence[Source], year: int) -> list[Flag]:
    """A verb that the sentence tells as done and the notes as ahead, or the other way round; what is put off told as done."""
    notes = [source for source in sources if source.is_note] or list(sources)
    for verb, said in stages(sentence).items():
        there = frozenset(stage for note in notes for stage in stages(note.text).get(verb, ()))
        if not there or said & there or verb in _STATIVE:
            continue
        if "done" in said and (there == {"ahead"} or (there == {"now"} and verb not in _DECIDED and _dated(verb, notes))):
            return [Flag("contradiction", f"Källan säger inte att det är gjort (”{verb}”).", sentence)]
        if said == {"ahead"} and there == {"done"}:
            return [Flag("contradiction", f"Källan säger att det redan är gjort (”{verb}”).", sentence)]
    return _pending(sentence, notes) or _not_yet(sentence, notes, year) or _ended_then(sentence, notes)


def _dated(verb: str, notes: Sequence[Source]) -> bool:
    """Whether a note has the verb with a time: "startar i september" lies ahead as far as it says."""
    return any(
        verb in stages(clause) and any(fact.kind in TIMES for fact in figures(clause))
        for note in notes
        if note.is_note
        for clause in re.split(r"[,;(] ?|\. ", note.text)
    )


def _pending(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """What a note says is left or put off, told as done."""
    if not _FINISHED.search(sentence) or _PENDING.search(sentence):
        return []
    stems, told = content_stems(sentence), {fact.key for fact in figures(sentence)}
    for note in notes:
        clauses = [clause for clause in re.split(r"[,;(] ?|\. ", note.text) if clause.strip()] if note.is_note else []
        if any(_FINISHED.search(clause) and told & {fact.key for fact in figures(clause)} for clause in clauses):
            continue  # "19 av 24 klara, 3 skjuts upp": it is the part that is done
        about = [(len(matched(_about(clause) or _about(clauses[0]), stems)), clause) for clause in clauses]
        most = max((shared for shared, _ in about), default=0)
        for shared, clause in about:
            own = _about(clause) or (_about(clauses[0]) if _PENDING.search(clause.strip()) else [])
            if (
                shared == most
                and own
                and 2 * shared >= len(own)
                and _PENDING.search(clause.strip())
                and not _FINISHED.search(clause)
            ):
                return [Flag("contradiction", f"Anteckningen säger ”{clause.strip()}”.", clause.strip())]
    return []


def _not_yet(sentence: str, notes: Sequence[Source], year: int) -> list[Flag]:
    """What a note puts in a coming year, told as done."""
    done = "done" in {stage for told in stages(sentence).values() for stage in told} or _FINISHED.search(sentence)
    if not done or _PENDING.search(sentence) or any(word in NEGATIONS for word in sentence.lower().split()):
        return []
    stems = content_stems(sentence)
    told = {fact.key for fact in figures(sentence)}
    for note in notes if notes and notes[0].is_note else ():
        clauses = re.split(r"[,;(] ?|\. ", note.text)
        ahead = [clause for clause in clauses if any(_is_later(fact, year) for fact in figures(clause))]
        if any(fact.key in told for clause in clauses if clause not in ahead for fact in figures(clause)):
            continue  # it is what the note tells besides
        topic = content_stems(re.split(r"[,;(:] ?|\. ", note.text)[0])
        elsewhere = {fact.key for other in notes if other is not note for fact in other.facts if fact.kind == "number"}
        if told and all(key in elsewhere for key in told):
            continue  # another note tells it
        for clause in ahead:
            own = content_stems(_READY.sub(" ", clause)) or topic
            dated = told & {fact.key for fact in figures(clause) if fact.kind in TIMES}
            open_still = not _FINISHED.search(clause) or _READY.search(clause)
            if (
                own
                and not dated
                and open_still
                and len(matched(own, stems)) > (len(own) - 1) / 2
                and len(matched(own, stems)) > (1 if len(own) > 1 else 0)
            ):
                return [Flag("contradiction", f"Anteckningen säger ”{clause.strip()}”.", clause.strip())]
    return []


def past_practice(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that is an earlier one word by word but for its verb, which has gone from the present to the past: what goes on told as over."""
    ours = [token.text.lower() for token in tokens(sentence)]
    for source in sources:
        theirs = [token.text.lower() for token in tokens(source.text)] if not source.is_note else []
        changed = (
            [(one, other) for one, other in zip(ours, theirs, strict=False) if one != other] if len(ours) == len(theirs) else []
        )
        if len(changed) != 1:
            continue
        [(said, told)] = changed
        past = {(form.infinitive, form.passive) for form in readings(said) if form.tense == "preterite"}
        present = {(form.infinitive, form.passive) for form in readings(told) if form.tense == "present"}
        if past & present:
            return [Flag("changed_word", f"Källan säger ”{told}”, inte ”{said}”.", said)]
    return []


def _ended_then(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """What all notes with a date say was begun then, told as finished then; or the other way round."""
    for clause in _PARTS.split(sentence):
        ours = begun_or_ended(clause)
        for fact in figures(clause) if len(ours) == 1 else ():
            theirs = [
                begun_or_ended(part)
                for note in notes
                if note.is_note
                for part in _PARTS.split(note.text)
                if fact.kind in TIMES and any(same_date(fact, other) for other in figures(part) if other.kind in TIMES)
            ]
            if theirs and all(one and not one & ours for one in theirs):
                return [Flag("contradiction", f"Anteckningen säger något annat om {fact.text.strip()}.", clause.strip())]
    return []


def begun_or_ended(clause: str) -> set[str]:
    """Which of "begun" and "ended" a clause speaks of."""
    groups = {kind[1] for word in _WORD.findall(clause.lower()) if (kind := class_of(word)) is not None and kind[0] == "läge"}
    return {"begun" if group in _BEGUN else "ended" for group in groups if group in _BEGUN or group == "klar"}


_BEGUN = ("påbörja", "gång")
_PARTS = re.compile(r"[,;(] ?|\. | (?:och|men|medan|samt) ")


def _is_later(fact: Fact, year: int) -> bool:
    """Whether a fact is a time of a later year."""
    return fact.kind in TIMES and fact.value[:4].isdigit() and fact.value[:4] > str(year)


def _about(clause: str) -> list[str]:
    return list(content_stems(_PENDING.sub(" ", clause)))
