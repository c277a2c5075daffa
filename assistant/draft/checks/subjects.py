"""A sentence that gives one subject what its sources give another: "socialsekreterarna" have what the notes say of the field group.

The words of the sentence's front are compared with the source that bears out the rest. Knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.draft.checks.negations import is_denied
from assistant.draft.checks.reckoning import worked_out
from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import NUMBER_WORDS, Fact, figures, same_date
from assistant.draft.language.meaning import says_nothing_new, telling_stems
from assistant.draft.language.nouns import is_people
from assistant.draft.language.wording import content_stems, is_content, loosely_related, matched, related, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb
from corpus.word_lists import word_list, word_set

GENERIC = word_set(
    """teamet enheten enheterna gruppen verksamheten mottagningen insatsen satsningen projektet personalen medarbetarna arbetet uppdraget
    åtgärden metoden tjänsten rutinen avtalet mötet beslutet appen deltagarna ledningen organisationen samarbetet"""
)
"""What a report calls by a plain word what its note names or leaves out."""
_NO_SUBJECT = word_set(
    """i på av för till med från hos om under över mellan inom utom vid ur mot genom utan efter före kring sedan enligt tack av den det de
    här där då nu hittills totalt sammanlagt numera även när som inför trots vi både"""
)
SOFT = frozenset(stem(word) for word in word_list("planerat planerad senare tidigare tänkt beräknat väntat flest lägst högst mest"))
"""Stems of words that place what is told in time or on paper, and name nothing."""
_STATES = frozenset({"kvar", "klar", "klart", "klara"})
_LEAST = 2.0  # words and figures that the source of the rest must hold


def crossed_subject(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """The front of ``sentence`` where the source that has the rest is about something else; [] where one source has both."""
    verb = main_verb(sentence)
    first = next(iter(tokens(sentence)), None)
    if verb.start <= 0 or first is None or first.low in _NO_SUBJECT or not first.is_word:
        return []
    front, rest = sentence[: verb.start], sentence[verb.start + len(verb.word) :]
    subject = _subject(front)
    words, told = list(dict.fromkeys(content_stems(rest))), figures(rest)
    if not subject or figures(front):
        return []

    def held(source: Source) -> float:
        same = sum(any(one.key == other.key or same_date(one, other) for other in source.facts) for one in told)
        return len(matched(words, source.stems)) + same

    def has_subject(source: Source) -> bool:
        return any(loosely_related(one, other) for one in subject for other in (*source.stems, *source.about))

    with_it = max((held(source) for source in sources if has_subject(source)), default=0.0)
    if with_it >= _LEAST and any(has_subject(source) and len(matched(words, source.stems)) >= _LEAST for source in sources):
        return []  # an earlier sentence tells this of the subject; a note has only the new figures
    best = max((source for source in sources if source.is_note), key=held, default=None)
    if best is None or has_subject(best) or held(best) < _LEAST or 2 * with_it > held(best):
        return []
    topic = re.split(r"[:\d(,;]", best.text)[0]
    cut = main_verb(topic)
    named = content_stems(topic[: cut.start] if cut.start > 0 else topic)
    if any(is_people(token.low) for token in tokens(front)) and any(is_people(token.low) for token in tokens(topic)):
        return []
    if not named or matched(named, content_stems(sentence)):
        return []
    return [Flag("unsupported_claim", f"Anteckningen säger detta om ”{topic.strip()}”, inte om ”{front.strip()}”.", front.strip())]


_SAME_REST = 0.8  # of the words after the verb, for two sentences to tell the same
_SHORTEST_REST = 2  # words after the verb


def exchanged_front(sentence: str, texts: Iterable[str]) -> list[Flag]:
    """The front of ``sentence`` where every one of ``texts`` that goes on as it does from the verb begins with something else; [] where
    none goes on so, or one begins alike. A front of plain words ("frågan") may stand for theirs, unless all the rest is word for word theirs."""
    own = _halves(sentence)
    if own is None:
        return []
    front, rest = own
    named = _subject(front)
    subject, alike = (named, _SAME_REST) if named else (_subject(front, plain=True), 1.0)
    if not subject or figures(front):
        return []
    words = set(rest)
    others = [
        other
        for text in texts
        if (other := _halves(text)) is not None
        and 2 * len(words.intersection(other[1])) >= len(words)  # else they cannot be so alike, and difflib is slow
        and SequenceMatcher(None, rest, other[1], autojunk=False).ratio() >= alike
    ]
    if not any(_subject(other) for other, _ in others) or any(
        loosely_related(one, two)
        or (min(len(one), len(two)) > 2 and (one.endswith(two) or two.endswith(one)))  # "appen", "trygghetsappen"
        for other, _ in others
        for one in subject
        for two in content_stems(other)
    ):
        return []
    theirs = min((other.strip() for other, _ in others), key=len)
    return [Flag("unsupported_claim", f"Källan säger detta om ”{theirs}”, inte om ”{front.strip()}”.", front.strip())]


@lru_cache(maxsize=2048)
def _halves(text: str) -> tuple[str, list[str]] | None:
    """What stands before the main verb, and the words from it on; None where nothing does or little follows."""
    verb = main_verb(text)
    rest = [token.low for token in tokens(text[max(verb.start, 0) :]) if token.is_word or token.is_number]
    return (text[: verb.start], rest) if verb.start > 0 and len(rest) > _SHORTEST_REST else None


def _subject(front: str, *, plain: bool = False) -> list[str]:
    """The stems of the words that say whom or what a front is about; with ``plain`` also those that say little ("frågan")."""
    return [
        stem(token.low)
        for token in tokens(front)
        if is_content(token) and (plain or not says_nothing_new(token.low)) and token.low not in GENERIC
    ]


_NEXT = re.compile(r"; |, (?:och|men|medan|utan) (?=\w+ \w+)")
"""Where another clause begins, which may be about something else."""


def two_halves(sentence: str, sources: Sequence[Source], asked: Collection[str] = ()) -> list[Flag]:
    """A sentence that says of one thing what its sources say of another: none of them has words of both its subject and the rest.

    ``asked`` are the stems of what is asked of the item: its own subject stands in no note.
    """
    verb = main_verb(sentence)
    if verb.start <= 0:
        return []
    front, back = sentence[: verb.start], sentence[verb.start + len(verb.word) :]
    told_first = _NEXT.split(back)[0]
    back = told_first if telling_stems(told_first) or figures(told_first) else back
    first, second = (
        [
            stem(token.low)
            for token in tokens(half)
            if is_content(token)
            and not says_nothing_new(token.low)
            and token.low not in NUMBER_WORDS
            and stem(token.low) not in SOFT
            and not any(fact.start <= token.start < fact.end for fact in figures(half))
        ]
        for half in (front, back)
    )
    told = [fact for fact in figures(back) if fact.kind != "year" and not worked_out(fact, sentence, sources)]
    small = {token.low for token in tokens(back)} & _STATES
    if not first or not (second or told or small) or all(token.low in GENERIC for token in tokens(front) if is_content(token)):
        return []
    if all(any(related(one, other) for other in asked) for one in first):
        return []
    named = [stem(token.low) for token in tokens(front) if is_content(token)]
    denied = is_denied(sentence)
    for source in sources:
        known = any(loosely_related(one, other) for one in named for other in (*source.stems, *source.about))
        if denied and known and source.is_note and is_denied(source.text):
            return []  # what is not is told of by no more than its name
        if (known or _is_compound(named, source)) and (
            (told and all(worked_out(one, sentence, sources) for one in told))
            or any(one.key == other.key or same_date(one, other) for one in told for other in source.facts)
            or any(loosely_related(one, other) for one in second for other in source.stems)
            or (not second and small & source.words)
        ):
            return []
    if any(_fits_all(source, [*first, *second], told) for source in sources) and any(
        loosely_related(one, other) for one in first for source in sources if not source.is_note for other in source.own_stems
    ):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger detta om ”{front.strip()}”.", front.strip())]


def _is_compound(named: Sequence[str], source: Source) -> bool:
    """Whether a source has two of the words as one: "bytet av journalsystem" and "journalbyte"."""
    return any(
        len(one) >= _PART and len(two) > _PART and other.startswith(two[: _PART + 1]) and other.endswith(one)
        for one in named
        for two in named
        if one != two
        for other in source.own_stems
    )


_PART = 3  # letters of a part of a compound


def _fits_all(source: Source, said: Sequence[str], told: Sequence[Fact]) -> bool:
    """Whether a note has nothing but what is ``said``: then it leaves out what it is about, "33 klasser nådda, ca 780 elever"."""
    left = [one for one in source.own_stems if not any(loosely_related(one, other) for other in said)]
    return source.is_note and not left and any(one.key == other.key for one in told for other in source.facts)
