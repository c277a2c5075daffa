"""Proposes Ja or Nej for the year, with the reason: last year's answer, moved only by what the notes say.

An answer that the officer writes in a note of its own goes first. Knows nothing of the draft's text.
"""

from __future__ import annotations

import re

from assistant.draft.evidence import Evidence
from assistant.draft.notes.shorthand import expand
from assistant.draft.notes.unchanged import says_nothing_new
from corpus.model import AnswerValue

_STATED = re.compile(r"^(?:svar(?:et)?(?: (?:är|blir|i år))?\s*[:=]?\s*)?(?P<answer>ja|nej|delvis|pågår)[.!]?$", re.IGNORECASE)
_ANSWERS: dict[str, AnswerValue] = {"ja": "Ja", "nej": "Nej", "delvis": "Delvis", "pågår": "Pågår"}
_REASONED = re.compile(r"^(?P<answer>ja|nej|delvis|pågår)\s?[,:–-]\s+\S", re.IGNORECASE)
"""An answer with its reason after it."""
_UNDONE = re.compile(
    r"\b(?:inget|ingenting|inte|ej|aldrig) (?:har )?(?:\w+ )?(?:gjort|gjorts|hänt|skett|påbörja\w*|startat|genomför\w*"
    r"|kommit i gång|blivit av)\b|\bblev inte av\b|\bvakant\b|\bvakans\b|\bnedlag\w+|\bläggs? ne[dr]\b|\bstoppa\w+|\bpausa\w*"
    r"|\bvilande\b"
    r"|\binställ\w+|\bhar inte\b|\bfortfarande inte\b|\bsaknas\b|\bbrist\b|\bbrist kvar\b|\w*brist kvar\b|\bavslag\b"
    r"|\bavbrutna?\b|\binga (?:aktiviteter|insatser|resurser|medel)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^(?:inget|ingenting|inga (?:aktiviteter|insatser|åtgärder))\b.*\b(?:gjort|gjorts|hänt|nytt|i år|genomför\w*"
    r"|påbörja\w*)\b|^(?:inte|ej) (?:påbörja\w*|genomför\w*|startat|gjort)",
    re.IGNORECASE,
)


def stated_answer(note: str) -> AnswerValue | None:
    """The answer that a note is, and nothing else ("Svar: nej"); None for any other note."""
    match = _STATED.match(note.strip())
    return _ANSWERS[match.group("answer").lower()] if match else None


def propose_answer(evidence: Evidence) -> tuple[AnswerValue | None, str]:
    """The answer proposed and its reason in Swedish; (None, reason) where there is nothing to go by."""
    before = _before(evidence)
    usable = [(sifted.note.number, sifted.usable) for sifted in evidence.notes if sifted.usable]
    for number, text in usable:
        answer = stated_answer(text)
        if answer is not None:
            return answer, f"Enligt anteckning {number}."
    if not usable:
        if before is None:
            return None, "Det finns varken anteckningar eller ett tidigare svar att gå på."
        return before[0], f"Samma svar som {before[1]}: det finns inga anteckningar för {evidence.year}."
    for number, text in usable:
        reasoned = _REASONED.match(text.strip())
        if reasoned:
            return _ANSWERS[reasoned.group("answer").lower()], f"Enligt anteckning {number}."
    expanded = [(number, expand(text, evidence.vocabulary).text) for number, text in usable]
    same = [number for number, text in expanded if says_nothing_new(text)]
    if before is not None and len(same) == len(expanded):
        return before[0], f"{_named(same)} säger att inget har ändrats: samma svar som {before[1]}."
    expanded = [(number, text) for number, text in expanded if number not in same]
    nothing = [number for number, text in expanded if _NOTHING.search(text)]
    undone = [number for number, text in expanded if _UNDONE.search(text)]
    done = [number for number, text in expanded if number not in undone and number not in nothing]
    if nothing and not done:
        return "Nej", f"{_named(nothing)} säger att inget är gjort."
    if done and len(done) >= len(undone):
        if before is not None and before[0] != "Ja":
            return "Ja", f"{_named(done)} tyder på att det görs. Svaret {before[1]} var {before[0]}."
        return "Ja", f"{_named(done)} tyder på att det görs" + (f", som {before[1]}." if before else ".")
    if before is None:
        return ("Delvis" if done else "Nej"), f"{_named(undone)} tyder på att det inte görs fullt ut."
    return before[
        0
    ], f"Samma svar som {before[1]}, men {_named(undone).lower()} talar för att det inte görs fullt ut: ta ställning."


def _before(evidence: Evidence) -> tuple[AnswerValue, int] | None:
    for item in reversed(evidence.history):
        if item.answer is not None:
            return item.answer, item.year
    return None


def _named(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Anteckning {numbers[0]}"
    return f"Anteckningarna {', '.join(map(str, numbers[:-1]))} och {numbers[-1]}"
