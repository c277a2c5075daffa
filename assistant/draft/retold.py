"""An earlier sentence told again though a note has news of the same: two or more of its telling words stand in a note that says more of them.

Only for a sentence that rests on earlier comments alone. Knows nothing of how it came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.earlier import told_before
from assistant.draft.meaning import telling_stems
from assistant.draft.sources import Source
from assistant.draft.wording import content_stems, loosely_related, related, stem
from corpus.model import Flag

_BESIDES = re.compile(r"\b(?:även|också|utökad\w*|utöver)\b", re.IGNORECASE)
_IN_A_NAME = re.compile(r"(?<=[\w,] )[A-ZÅÄÖ]\w+ (\w+)")  # "nyheter" of "Trygga nyheter": a name is one thing
_LEAST = 2  # telling words of the sentence, and of the note, that are the same


def retold(sentence: str, notes: Sequence[Source], year: int) -> list[Flag]:
    """The first of ``notes`` that tells of the same things as ``sentence`` and has something of its own to say; [] where none does, where it
    says that it comes on top ("även"), and for a sentence that gives itself as an earlier year's."""
    if told_before(sentence, 0, year):
        return []
    said = content_stems(sentence)
    seconds = {stem(word) for word in _IN_A_NAME.findall(sentence)}
    telling = [one for one in telling_stems(sentence) if one not in seconds]
    for note in notes:
        if _BESIDES.search(note.text):
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


def _names_the_same(one: str, noted: str) -> bool:
    """Whether the note's stem is the sentence's or a compound with it; a part of the sentence's compound may be something else."""
    return one == noted or (len(noted) > len(one) and related(one, noted))


def _apart(stems: Sequence[str]) -> int:
    """How many of ``stems`` are different words."""
    kept: list[str] = []
    for one in stems:
        if not any(loosely_related(one, other) for other in kept):
            kept.append(one)
    return len(kept)
