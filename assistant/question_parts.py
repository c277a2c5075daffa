"""A text that asks several things, as the questions it is made of: "när invigdes stråket och hur många vandringar hölls?" is two.

Cut where one question ends and a new question word begins; whether the pieces say enough to be questions of their own is for
``assistant.dialogue`` to see. Knows nothing of what the reports hold.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.words import fold

MOST = 3
"""Questions of one text that are answered apart; a text with more is read as one."""

_SIGNS = ("? ", ", ", " och ", " samt ", " men ")
_OPENING_CLAUSE = ("nar ", "om ", "eftersom ", "sedan ")
"""Beginnings of a clause that belongs to the question after its comma: "när vi bygger nytt, hur …"."""
_ASKS = (
    r"(?:hur|nar|vad|vem|vems|vilk(?:en|et|a)|varfor|vart|var (?:ligger|finns|halls|holls|sker|star|hander))"
    r"\b(?! (?:som|an)\b)"
)


def split_questions(text: str) -> tuple[str, ...]:
    """The questions of ``text`` in order, each as written and without the "och" before it; ``(text,)`` where it asks one thing.

    What stands before the first question ("Hej! Jag är ny här. …") is left with it.
    """
    folded = fold(text)
    if not any(sign in folded for sign in _SIGNS):
        return (text,)
    pieces: list[str] = []
    start = 0
    for seam in _seams().finditer(folded):
        if seam.group() == ", " and folded.startswith(_OPENING_CLAUSE):
            continue
        pieces.append(text[start : seam.start() + len(seam["end"] or "")])
        start = seam.end()
    pieces.append(text[start:])
    kept = tuple(piece.strip(" ,") for piece in pieces if piece.strip(" ,.?!"))
    return kept if 1 < len(kept) <= MOST else (text,)


@cache
def _seams() -> re.Pattern[str]:
    """Where one question ends and the next begins, over folded text; ``end`` is the mark that belongs to the one before."""
    return re.compile(rf"(?P<end>[?]) *(?:(?:och|samt|men|sen|sedan) )?(?=\S)|,? (?:och|samt|men) (?={_ASKS})|, (?={_ASKS})")
