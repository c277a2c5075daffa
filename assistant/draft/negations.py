"""Negations that came or went between a sentence and its sources, compared clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.facts import NEGATIONS
from assistant.draft.sources import Source
from assistant.draft.wording import content_stems, loosely_related, matched, stem, tokens
from corpus.model import Flag


def negation_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A "not" that came or went: compared clause by clause with the source's clause on the same thing."""
    flags: list[Flag] = []
    said = [(clause, is_denied(clause)) for clause in _clauses(sentence)]
    updated = any(source.is_note for source in sources)
    for source in sources:
        if updated and not source.is_note:
            continue  # the note may well say that what was not is now
        for clause in _clauses(source.text):
            if not is_denied(clause):
                continue
            stems = _things(_CAUSE.split(clause)[0])
            told = _small_words_of(clause) & _small_words_of(sentence)
            about = not stems or (told & _STATES and matched(content_stems(sentence), source.stems))
            here = [negated for own, negated in said if _tells_most(own, stems)]
            if (
                (told and about and source.is_note and not is_denied(sentence))
                or (here and not any(here))
                or (_tells_most(sentence, stems) and not is_denied(sentence))
            ):
                return [Flag("negation_lost", f"Källan säger ”{_word_of(clause)}”, men meningen gör det inte.", _word_of(clause))]
    for clause, negated in said:
        if not negated or clause_has_source_negation(clause, sources):
            continue
        flags.append(Flag("negation_added", f"Meningen säger ”{_word_of(clause)}”, men källan gör det inte.", _word_of(clause)))
        break
    return flags


_CAUSE = re.compile(r" (?:på grund av|pga\.?|p\.g\.a\.|eftersom|därför att|till följd av) ")
_STATES = frozenset({"klar", "klart", "klara", "färdig", "färdigt", "färdiga"})
_NEGATION_STEMS = frozenset(stem(word) for word in NEGATIONS)


def _things(text: str) -> list[str]:
    """The stems of what ``text`` is about, without the words that deny."""
    return [one for one in content_stems(text) if one not in _NEGATION_STEMS]


def _tells_most(text: str, stems: Sequence[str]) -> bool:
    """Whether ``text`` has most of ``stems``; False for none."""
    return bool(stems) and len(matched(stems, content_stems(text))) >= max(1, round(0.6 * len(stems)))


def _small_words_of(text: str) -> set[str]:
    """The words of ``text`` that are no negations and longer than the smallest."""
    return {token.low for token in tokens(text) if token.is_word and len(token.low) > 3 and token.low not in NEGATIONS}


def clause_has_source_negation(clause: str, sources: Sequence[Source]) -> bool:
    """Whether a source denies something near what ``clause`` is about; a note that denies anything at all counts."""
    stems = _things(clause)
    plainly = [(source.is_note, len(matched(stems, source.stems))) for source in sources if not is_denied(source.text)]
    for source in sources:
        for other in _clauses(source.text):
            if not source.is_note and _told_anew(clause, sources):
                continue  # what the earlier comment denies, a note on the same thing no longer does
            if not (is_denied(other) or re.search(r"\b(?:avböj\w*|vägra\w*|avslag\w*|avslog\w*)\b", other, re.IGNORECASE)):
                continue
            theirs = _things(other)
            nearer = max((shared if is_note or not source.is_note else shared / 4 for is_note, shared in plainly), default=0)
            if stems and len(matched(stems, source.stems)) < nearer:
                continue  # a source without a negation says more of this
            if not stems or not theirs or any(loosely_related(one, two) for one in stems for two in theirs):
                return True
    return False


def _told_anew(clause: str, sources: Sequence[Source]) -> bool:
    """Whether a note without a negation speaks of most of what ``clause`` is about."""
    stems = _things(clause)
    return bool(stems) and any(
        source.is_note and not is_denied(source.text) and 2 * len(matched(stems, source.stems)) > len(stems) for source in sources
    )


def _clauses(text: str) -> list[str]:
    return [part for part in re.split(r"[,;.:()] |[.!?]$| (?:men|medan|och|samt) (?=\w+ \w+)", text) if part and part.strip()]


def is_denied(clause: str) -> bool:
    """Whether a word in ``clause`` denies something."""
    return any(token.low in NEGATIONS for token in tokens(clause))


def _word_of(clause: str) -> str:
    return next((token.text for token in tokens(clause) if token.low in NEGATIONS), "inte")
