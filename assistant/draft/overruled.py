"""Which sentences of the last comment a note takes back: what has ended, been renamed or replaced, and a lack that has been mended.

Knows nothing of how a draft is put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft.evidence import Evidence, Past, points_back
from assistant.draft.note_clauses import is_clause_with_verb
from assistant.draft.outcomes import Settled
from assistant.draft.shorthand import expand
from assistant.draft.wording import content_stems, loosely_related, related

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


@dataclass(frozen=True, slots=True)
class Overruled:
    """Why an earlier sentence that still stood must not be said again: the note that says otherwise; ``rest`` is what may stay of it."""

    note: int
    rest: str = ""


def overruled_by_notes(evidence: Evidence, settled: Sequence[Settled]) -> dict[Past, Overruled]:
    """Earlier sentences that a note contradicts: what is over, renamed or replaced, and a lack that has been mended."""
    found: dict[Past, Overruled] = {}
    for sifted in evidence.notes:
        text = expand(sifted.usable, evidence.vocabulary).text
        for past in evidence.latest:
            if not past.stands or past.role == "heading" or past in found:
                continue
            if _is_over(text, past) or (_LACK.search(past.stands) and _is_mended(text, past.stands, evidence)):
                found[past] = Overruled(sifted.note.number, _untouched(text, past, evidence))
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


def _is_mended(text: str, sentence: str, evidence: Evidence) -> bool:
    """Whether the note tells of something new about a thing that the sentence says is lacking."""
    if _STILL.search(text):
        return False
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
        if front != past.stands and is_clause_with_verb(front) and not _is_mended(text, front, evidence) and not _ENDS.search(text):
            return front.rstrip(". ") + "."
    return ""
