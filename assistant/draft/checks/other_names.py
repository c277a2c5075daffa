"""A name put in the place of another: "hänvisas till Bryggaregränd" where the note that tells the rest has "hänv. t Norrgården".

Both names may well be known; what counts is which of them stands with the words of the rest. Knows nothing of how sentence or sources came
about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.checks.sources import Source
from assistant.draft.checks.tracing import same_name
from assistant.draft.language.facts import Fact, facts, figures
from assistant.draft.language.meaning import says_nothing_new
from assistant.draft.language.wording import is_content, matched, stem, tokens
from corpus.model import Flag

_LEAST = 2  # words of the rest that the note must hold
_BY = re.compile(r"\b(?:med|av|hos|från)\s+(?:\w+ )?$", re.IGNORECASE)
_AT = re.compile(r"\b(?:i|på|vid|till|från)\s+(?:\w+ )?$", re.IGNORECASE)


def other_name(sentence: str, sources: Sequence[Source], known_names: frozenset[str]) -> list[Flag]:
    """The only name of ``sentence`` where the note with most of the rest has another in its role and no source has this one with as much;
    [] for a sentence with more names than one, or none."""
    names = [fact for fact in facts(sentence, known_names=known_names) if fact.kind == "name"]
    if len(names) != 1:
        return []
    [name] = names
    rest = list(
        dict.fromkeys(
            stem(token.low)
            for token in tokens(sentence)
            if is_content(token) and not name.start <= token.start < name.end and not says_nothing_new(token.low)
        )
    )
    told = {fact.key for fact in figures(sentence)}

    def holds(source: Source) -> int:
        return len(matched(rest, source.stems)) + len(told & source.keys)

    best = max((source for source in sources if source.is_note), key=holds, default=None)
    held = holds(best) if best else 0
    if best is None or held < _LEAST or _has(best, name):
        return []
    if any(_has(source, name) and holds(source) >= held - 1 for source in sources):
        return []
    words = [token.low for token in tokens(sentence)]
    for other in facts(best.text, known_names=best.names):
        role, theirs = _role(sentence, name), _role(best.text, other)
        fits = not role or not theirs or role & theirs
        if other.kind == "name" and fits and not any(same_name(other.value, word) for word in words):
            return [Flag("untraced_name", f"Anteckningen har ”{other.text}” där meningen har ”{name.text}”.", name.text)]
    return []


_IN_BRACKETS = re.compile(r"(?P<word>[^\W\d_]{4,}) \((?P<short>[A-ZÅÄÖ][A-ZÅÄÖ-]+)\)")


def other_short(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A short form in brackets after words that the sources give another: "felaktiga utbetalningar (SSBTEK)" where they have "(FUT)"; else []."""
    for match in _IN_BRACKETS.finditer(sentence):
        theirs = {
            other["short"]
            for source in sources
            for other in _IN_BRACKETS.finditer(source.text)
            if stem(other["word"]) == stem(match["word"])
        }
        if theirs and match["short"] not in theirs:
            said = f"”{match['word']} ({min(theirs)})” i källan är inte ”({match['short']})”."
            return [Flag("untraced_abbreviation", said[0].upper() + said[1:], match["short"])]
    return []


def _has(source: Source, name: Fact) -> bool:
    return any(same_name(name.value, word) for word in source.words)


def _role(text: str, name: Fact) -> set[str]:
    """Whether a name is that of who does something or of where, as far as the word before it tells."""
    before = text[: name.start]
    return {role for role, pattern in (("by", _BY), ("at", _AT)) if pattern.search(before)}
