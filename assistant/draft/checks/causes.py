"""Clauses hung on to a sentence that no source has, and causes that no source gives for what they are said to cause.

Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.checks.reckoning import worked_out
from assistant.draft.checks.sources import Source
from assistant.draft.checks.subjects import SOFT
from assistant.draft.language.facts import figures
from assistant.draft.language.meaning import says_nothing_new
from assistant.draft.language.wording import content_stems, is_content, loosely_related, matched, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb

_JOINTS = re.compile(
    r"(, | – | och (?=\w+ (?:är|har|kan|ska|blir|var|blev)\b)| (?:eftersom|därför att|tack vare|på grund av|till följd av|med stöd av"
    r"|med hjälp av|genom att|så att) )"
)
_BECAUSE = re.compile(r"\w")


def loose_clause_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A clause of which no word stands in any source: a conclusion or a cause hung on to a sentence that has one."""
    there = [one for source in sources for one in source.stems]
    parts = _JOINTS.split(sentence)
    for joint, clause in zip(parts[1::2], parts[2::2], strict=True):
        stems = [
            stem(token.low)
            for token in tokens(clause)
            if is_content(token) and not says_nothing_new(token.low) and stem(token.low) not in SOFT
        ]
        enough = 1 if _BECAUSE.search(joint) else 2
        if any(one.key == other.key for one in figures(clause) for source in sources for other in source.facts):
            continue  # a figure of the clause has its source
        at = sentence.find(clause)
        inside = [fact for fact in figures(sentence) if at <= fact.start < at + len(clause)]
        if any(worked_out(fact, sentence, sources) for fact in inside):
            continue  # or follows from one
        if len(stems) >= enough and not any(loosely_related(one, other) for one in stems for other in there):
            return [Flag("unsupported_claim", f"Ledet ”{clause.strip(' .')}” har ingen källa.", clause.strip())]
    return []


_CAUSE = re.compile(
    r"\b(?:(?:eftersom|därför att|tack vare|på grund av|pga|till följd av|med anledning av|beroende på|som en följd av)\b|p\.g\.a\.)",
    re.IGNORECASE,
)
_AHEAD_OF_ALL = re.compile(r"(?:Tack vare|På grund av|Till följd av) [^:,;]{3,60}: ")
_THEN = re.compile(r"(?:-+>|→)| [–-] |\b(?:då|gm|för få|brist|vakan\w*)\b")


def cause_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A cause that no source has beside what it is said to cause, though both may be known."""
    match = _CAUSE.search(sentence)
    if match is None:
        return []
    ahead = _AHEAD_OF_ALL.match(sentence)
    if ahead and not any(_CAUSE.search(f"{source.text} {source.raw}") for source in sources):
        return [Flag("unsupported_claim", f"Ingen källa ger orsaken ”{match.group()} …”.", match.group())]
    before, after = sentence[: match.start()], sentence[match.end() :]
    if not before.strip():
        after, _, before = after.partition(after[main_verb(after).start :] or ".")
        before = sentence[match.end() + len(after) :]
    one, two = content_stems(before), content_stems(after)
    if not one or not two:
        return []
    for source in sources:
        here = [len(matched(part, source.stems)) for part in (one, two)]
        gives_one = _CAUSE.search(f"{source.text} {source.raw}") or _THEN.search(source.raw or source.text)
        if here[0] and (gives_one or (2 * here[0] >= len(one) and 2 * here[1] >= len(two))):
            return []
    return [Flag("unsupported_claim", f"Ingen källa ger orsaken ”{match.group()} …”.", match.group())]
