"""Negations that came or went between a sentence and its sources, compared clause by clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import NEGATIONS
from assistant.draft.language.meaning import only_carries, says_nothing_new
from assistant.draft.language.synonyms import with_synonyms
from assistant.draft.language.wording import EMPTY, content_stems, is_content, loosely_related, matched, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb
from corpus.verbs import readings


def negation_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A "not" that came or went: compared clause by clause with the source's clause on the same thing."""
    flags: list[Flag] = []
    said = [(clause, _may_deny(clause) or _FORMER.search(clause) is not None) for clause in _clauses(sentence)]
    denied = _may_deny(sentence)
    updated = any(source.is_note for source in sources)
    for source in sources:
        for clause in _clauses(source.text, _NOTED):
            if updated and not source.is_note and _noted(clause, sources):
                continue  # the note may well say that what was not is now
            if not is_denied(clause) or _NEITHER.search(clause):
                continue
            stems = _lacking(clause) or _things(_CAUSE.split(clause)[0])
            told = _small_words_of(clause) & _small_words_of(sentence)
            about = not stems or (told & _STATES and matched(content_stems(sentence), source.stems))
            here = [negated for own, negated in said if _tells_most(own, stems)]
            if (
                (told and about and source.is_note and not denied)
                or (here and not any(here))
                or (_tells_most(sentence, stems) and not denied and not _FORMER.search(sentence))
                or (
                    not stems
                    and main_verb(sentence).tense in ("past", "perfect")
                    and not denied
                    and not GONE.search(sentence)
                    and _tells_most(sentence, _things(source.text))
                )
            ):
                return [Flag("negation_lost", f"Källan säger ”{_word_of(clause)}”, men meningen gör det inte.", _word_of(clause))]
    for clause, _ in said:
        if not is_denied(clause) or clause_has_source_negation(clause, sources, sentence):
            continue
        if _NO_MORE.search(clause) and updated and _told_earlier(clause, sources):
            continue  # what was so is told as over, and a note tells what came instead
        flags.append(Flag("negation_added", f"Meningen säger ”{_word_of(clause)}”, men källan gör det inte.", _word_of(clause)))
        break
    return flags


_NO_MORE = re.compile(r"\b(?:inte|ingen|inget|inga) (?:längre|mer)\b|\bmer(?=,? utan\b|$)", re.IGNORECASE)
_BUT = re.compile(
    r"\b((?:inte|ej|inga|ingen|inget)\b[^.;]*?),? utan (?=\w+)", re.IGNORECASE
)  # "inte klar utan skjuts upp": one denial
_NOT_BEFORE = re.compile(r"\b(?:inte|ej) förrän\b", re.IGNORECASE)
_NEITHER = re.compile(r"\bvarken(?: eller)?$|\d+ varken\b", re.IGNORECASE)  # an answer in a survey
_NO_DENIAL = re.compile(r"\b(?:och )?(?:inget|ingenting) annat\b|\binte (?:längre )?(?=bara|minst|endast)", re.IGNORECASE)
GONE = re.compile(
    r"\b(?:avböj\w*|vägra\w*|avslag\w*|avslog\w*|borta|slopa\w*|nedlag\w*"
    r"|lägg\w* ne[dr]|lagts ne[dr]|lades ne[dr]|upphör\w*|avsluta\w*|str[uyö]k\w*|inställ\w*|ställ(?:ts|des) in|utgå\w*"
    r"|slut(?:at|ade|ar)?|avveckla\w*|vilande|paus\w*|försena\w*|skju\w+|återstår|vakan\w*|ersatt\w*|bytt\w*|egen regi"
    r"|ta(?:r|git) över|tog över|övertog\w*|övertagit\w*)\b",
    re.IGNORECASE,
)
"""What is said of a thing that is no longer there, or not yet: a sentence may put a "not" for it."""
_ABSENT = re.compile(r"\b(?:(?:i )?brist(?:er|en)? på|väntar|återstår|kvarstår|uteb\w+|ännu)\b", re.IGNORECASE)
"""Words that say without a "not" that something is not there, or not yet."""
_FORMER = re.compile(
    r"\b(?:i stället för|tidigare|förut|dessförinnan|förra året|året innan|i fjol|(?:under|av|för|år) 20\d\d)\b", re.IGNORECASE
)
_GOAL = re.compile(r"\bmål(?:et|en|s|tal\w*)?\b", re.IGNORECASE)
_CAUSE = re.compile(r" (?:på grund av|pga\.?|p\.g\.a\.|eftersom|därför att|till följd av) ")
_LACKS = re.compile(r"(?P<what>[^\W\d]{4,}) saknas\b", re.IGNORECASE)
_STATES = frozenset({"klar", "klart", "klara", "färdig", "färdigt", "färdiga"})
_NEGATION_STEMS = frozenset(stem(word) for word in NEGATIONS)


def _things(text: str) -> list[str]:
    """The stems of what ``text`` is about, without the words that deny; verbs that carry a sentence say nothing of that."""
    found = [token.low for token in tokens(text) if is_content(token) and stem(token.low) not in _NEGATION_STEMS]
    return [stem(word) for word in found if not says_nothing_new(word) and not only_carries(word) and word != "längre"]


def _lacking(clause: str) -> list[str]:
    """The stem of what a clause says is lacking, "analys saknas i 5"; [] where it says nothing of the kind."""
    match = _LACKS.search(clause)
    return [stem(match.group("what").lower())] if match and match.group("what").lower() not in EMPTY else []


def _words(text: str) -> list[str]:
    """The stems of all of ``text`` but the words that deny."""
    return [one for one in content_stems(text) if one not in _NEGATION_STEMS]


def _tells_most(text: str, stems: Sequence[str]) -> bool:
    """Whether ``text`` has most of ``stems``; False for none."""
    return bool(stems) and len(matched(stems, content_stems(text))) >= ceil(0.6 * len(stems))


def _small_words_of(text: str) -> set[str]:
    """The words of ``text`` that are no negations and longer than the smallest."""
    return {token.low for token in tokens(text) if token.is_word and len(token.low) > 3 and token.low not in NEGATIONS}


def clause_has_source_negation(clause: str, sources: Sequence[Source], sentence: str = "") -> bool:
    """Whether a source denies something near what ``clause`` is about; a clause that names nothing is about what its ``sentence`` is."""
    whole = bool(sentence) and not any(not readings(token.low) for token in tokens(clause) if stem(token.low) in _things(clause))
    clause = sentence if whole else clause
    stems = _words(clause)
    plainly = [(source.is_note, len(matched(stems, source.stems))) for source in sources if not is_denied(source.text)]
    for source in sources:
        for other in _clauses(source.text, _NOTED):
            if not source.is_note and not _FORMER.search(clause) and _told_anew(clause, sources):
                continue  # what the earlier comment denies, a note on the same thing no longer does
            gone = GONE.search(other)
            if gone and any(
                token.low.startswith(gone.group().lower()) or loosely_related(stem(gone.group()), stem(token.low))
                for token in tokens(clause)
            ):
                gone = None  # "har aldrig strukits" denies what "struken" says
            if not (is_denied(other) or gone or (_GOAL.search(clause) and _GOAL.search(other))):
                continue
            own = _words(source.text if whole else other)
            theirs = frozenset(with_synonyms(own, other))
            nearer = max((shared if is_note or not source.is_note else shared / 4 for is_note, shared in plainly), default=0)
            if stems and len(matched(stems, source.stems)) < nearer:
                continue  # a source without a negation says more of this
            shared = [one for one in stems if one in theirs or any(loosely_related(one, two) for two in own)]
            if (
                not stems
                or not theirs
                or (shared and (2 * len(shared) >= min(len(stems), len(own)) or (gone and _NO_MORE.search(clause))))
            ):
                return True
    return False


def _told_earlier(clause: str, sources: Sequence[Source]) -> bool:
    """Whether an earlier comment tells of what ``clause`` says is so no more."""
    things = _things(clause)
    return any(not source.is_note and len(matched(things, source.stems)) >= min(2, max(1, len(things))) for source in sources)


def _noted(clause: str, sources: Sequence[Source]) -> bool:
    """Whether a note is about anything that ``clause`` is about."""
    stems = _words(clause)
    return any(source.is_note and any(loosely_related(one, two) for one in stems for two in source.stems) for source in sources)


def _told_anew(clause: str, sources: Sequence[Source]) -> bool:
    """Whether a note without a negation speaks of most of what ``clause`` is about."""
    stems = _things(clause)
    return bool(stems) and any(
        source.is_note and not is_denied(source.text) and 2 * len(matched(stems, source.stems)) > len(stems) for source in sources
    )


_SAID = re.compile(r"[,;.:()] |[.!?]$| (?:men|medan|och|samt) (?=\w+ \w+)")
_NOTED = re.compile(r"[,;.()] | (?:-+>|→) |[.!?]$| (?:men|medan|och|samt) (?=\w+ \w+)")  # "språkcafé: ej hållet" is one clause


def _clauses(text: str, ends: re.Pattern[str] = _SAID) -> list[str]:
    text = _NO_DENIAL.sub("", text)
    text = _BUT.sub(r"\1 men ", _NOT_BEFORE.sub("först", text))
    return [part for part in ends.split(text) if part and part.strip()]


def is_denied(clause: str) -> bool:
    """Whether a word in ``clause`` denies something."""
    return any(token.low in NEGATIONS or token.low == "0" for token in tokens(clause))


def _may_deny(text: str) -> bool:
    return is_denied(text) or _ABSENT.search(text) is not None


def _word_of(clause: str) -> str:
    return next((token.text for token in tokens(clause) if token.low in NEGATIONS), "inte")
