"""Dates of a written-out note as running text has them: "den 1 februari", "i mars", "under våren", "under läsåret".

Knows nothing of abbreviations or of sentences.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import MONTHS
from corpus.word_lists import word_set

_MONTH = "|".join(MONTHS)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NO_IN = word_set(
    "i sedan från till med före efter under kring vid på per innan om av för och eller den senast fram senaste varje slutet "
    "början mitten tom med– både tidigast först inför hela"
)
_SEASON = re.compile(r"(?<!både )\b(?:hösten|våren|sommaren|läsåret)\b", re.IGNORECASE)
_WORDS = re.compile(r"[\wåäöÅÄÖ–]+")


def written_dates(text: str) -> str:
    """``text`` with its dates in full. A preposition that stands before one is kept and none is put beside it."""
    text = re.sub(rf"(?<!\bden )(?<![–\d])\b({_DAY}(?:–{_DAY})?) ({_MONTH})\b", r"den \1 \2", text)
    text = re.sub(rf"(?<!den )\b({_DAY}) och den ({_DAY} (?:{_MONTH}))\b", r"den \1 och \2", text)
    text = re.sub(rf"(?<![\w-])(?:{_MONTH})\b(?!-)", lambda match: _month(text, match), text)
    whole = text
    text = _SEASON.sub(lambda match: _season(whole, match), whole)
    return text.replace("både hösten och våren", "både under hösten och våren")


def _month(text: str, match: re.Match[str]) -> str:
    before = text[: match.start()]
    starts = not before.strip() or before.rstrip()[-1] in ",;.:("
    previous = _previous(before)
    if (
        (previous in _NO_IN and not starts)
        or previous[-1:].isdigit()
        or before.endswith("–")
        or text[match.end() :].startswith("–")
    ):
        return match.group()
    return ("I " if not before.strip() else "i ") + match.group()


def _season(text: str, match: re.Match[str]) -> str:
    before = text[: match.start()]
    previous = _previous(before)
    if previous in _NO_IN or previous == "klar" or (previous.isdigit() and len(previous) == 4):
        return match.group()
    if (not before.strip() or before.rstrip()[-1] in ",;.") and re.match(
        r" (?:användes|blev|gick|var|kom|präglades|inleddes)\b", text[match.end() :]
    ):
        return match.group()
    season = match.group().lower()
    return f"Under {season}" if not before.strip() else f"under {season}"


def _previous(before: str) -> str:
    words = _WORDS.findall(before[-40:])
    return words[-1].lower() if words else ""
