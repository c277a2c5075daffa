"""An earlier sentence told again though a note has news of the same: two or more of its telling words stand in a note that says more of them.

Only for a sentence that rests on earlier comments alone. Knows nothing of how it came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.checks.negations import GONE, is_denied
from assistant.draft.checks.sources import Source
from assistant.draft.language.earlier import told_before
from assistant.draft.language.meaning import telling_stems
from assistant.draft.language.wording import content_stems, loosely_related, matched, related, stem, tokens
from corpus.model import Flag
from corpus.verbs import readings

_PARTS = re.compile(r"[,;:()] ?|\. | [–→] | och ")
_NO_MORE = re.compile(
    r"\b(?:inte|ej|ingen|inget|inga|borttag\w+|slopa\w*|upphör\w*|nedlag\w*|avveckla\w*|avskaffa\w*|borta|vakan\w*)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:under|för|år) 20\d\d\b|(?<!sedan )\bi (?:[a-z]+ )?20\d\d\b", re.IGNORECASE)
_NEWS = re.compile(
    r"\b(?:nu|numera|ny|nya|nytt|bara|endast|inte|ej|i ?stället|egen|eget|uppsag\w+|slopa\w*|flytta\w*|lade ne[dr]|nedlag\w*|ta(?:s|r|gits|git)\b.*\böver"
    r"|tog över|övertag\w*|ersatt\w*|bytt\w*)\b|-+>|→",
    re.IGNORECASE,
)
"""What a note of something new says, and one that only counts what goes on does not."""
_BESIDES = re.compile(r"\b(?:även|också|utökad\w*|utöver)\b", re.IGNORECASE)
_IN_A_NAME = re.compile(r"(?<=[\w,] )[A-ZÅÄÖ]\w+ (\w+)")  # "nyheter" of "Trygga nyheter": a name is one thing
_MOST_OF = 0.6
_LEAST = 2  # telling words of the sentence, and of the note, that are the same


def retold(sentence: str, notes: Sequence[Source], year: int) -> list[Flag]:
    """The first of ``notes`` that tells of the same things as ``sentence`` and has something of its own to say; [] where none does, where it
    says that it comes on top ("även"), and for a sentence that gives itself as an earlier year's."""
    if told_before(sentence, 0, year):
        return []
    said = content_stems(sentence)
    gone = _told_gone(sentence, said, notes)
    if gone is not None:
        return [gone]
    seconds = {stem(word) for word in _IN_A_NAME.findall(sentence)}
    telling = [one for one in telling_stems(sentence) if one not in seconds]
    for note in notes:
        if _BESIDES.search(note.text) or not _NEWS.search(note.text):
            continue
        pairs = [(one, other) for one in telling for other in note.own_stems if _names_the_same(one, other)]
        if min(_apart([one for one, _ in pairs]), _apart([other for _, other in pairs])) < _LEAST:
            continue
        if any(not any(loosely_related(one, other) for one in said) for other in note.own_stems):
            written = note.raw or note.text
            return [
                Flag("stale", f"Meningen är förra årets, och anteckningen ”{written}” säger något nytt om samma sak.", sentence)
            ]
    return []


def mended(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """The first of ``notes`` on what ``sentence`` says is not so or is lacking, without a "not" of its own; [] where none is, and for a sentence
    that denies nothing."""
    stems = telling_stems(sentence)
    if not stems or not is_denied(sentence):
        return []
    for note in notes:
        if len(matched(stems, note.stems)) >= max(2, round(_MOST_OF * len(stems))) and not is_denied(note.text):
            written = note.raw or note.text
            return [Flag("contradiction", f"Anteckningen ”{written}” talar inte om att något saknas.", sentence)]
    return []


def of_its_year(sentence: str, pasts: Sequence[Source], year: int) -> list[Flag]:
    """What an earlier comment tells of its own year ("under 2025 …") told as of today; [] where one of the ``pasts`` with as many of the words
    tells it of no year, or where the sentence names one."""
    if told_before(sentence, 0, year) or not pasts:
        return []
    telling = telling_stems(sentence)
    held = [(len(matched(telling, past.stems)), past) for past in pasts]
    most = max(count for count, _ in held)
    best = [past for count, past in held if count == most]
    if not telling or 2 * most <= len(telling) or not all(_YEAR.search(past.text) for past in best):
        return []
    said = _YEAR.search(best[0].text)
    return [Flag("stale", f"Källan säger det om en annan tid: ”{said.group() if said else ''}”.", sentence)]


def _told_gone(sentence: str, said: Sequence[str], notes: Sequence[Source]) -> Flag | None:
    """The first note of which a part says that what ``sentence`` has is not so, or there no more: "papper slopat", "ej räddningschef"."""
    if is_denied(sentence) or GONE.search(sentence):
        return None
    for note in notes:
        for part in _PARTS.split(note.text):
            word = _NO_MORE.search(part)
            about = [one for one in content_stems(part) if word and one not in content_stems(word.group())]
            things = [token for token in tokens(part) if stem(token.low) in about and not readings(token.low)]
            if things and all(any(_names_the_same(one, other) for other in said) for one in about):
                return Flag("stale", f"Anteckningen säger ”{part.strip()}”.", sentence)
    return None


def _names_the_same(one: str, noted: str) -> bool:
    """Whether ``noted`` is ``one`` or a compound with it; what ``one`` is a compound with may be something else."""
    return one == noted or (len(noted) > len(one) and related(one, noted))


def _apart(stems: Sequence[str]) -> int:
    """How many of ``stems`` are different words."""
    kept: list[str] = []
    for one in stems:
        if not any(loosely_related(one, other) for other in kept):
            kept.append(one)
    return len(kept)
