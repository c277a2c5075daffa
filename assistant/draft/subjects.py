"""A sentence that gives one subject what its sources give another: "socialsekreterarna" have what the notes say of the field group.

The words of the sentence's front are compared with the source that bears out the rest. Knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.facts import figures, same_date
from assistant.draft.meaning import says_nothing_new
from assistant.draft.sources import Source
from assistant.draft.wording import content_stems, is_content, loosely_related, matched, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb
from corpus.word_lists import word_set

GENERIC = word_set(
    """teamet enheten enheterna gruppen verksamheten mottagningen insatsen satsningen projektet personalen medarbetarna arbetet uppdraget
    åtgärden metoden tjänsten rutinen avtalet mötet beslutet appen deltagarna ledningen organisationen samarbetet"""
)
"""What a report calls by a plain word what its note names or leaves out."""
_NO_SUBJECT = word_set(
    """i på av för till med från hos om under över mellan inom utom vid ur mot genom utan efter före kring sedan enligt tack av den det de
    här där då nu hittills totalt sammanlagt numera även när som inför trots vi både"""
)
_LEAST = 2.0  # words and figures that the source of the rest must hold


def crossed_subject(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """The front of ``sentence`` where the source that has the rest is about something else; [] where one source has both."""
    verb = main_verb(sentence)
    first = next(iter(tokens(sentence)), None)
    if verb.start <= 0 or first is None or first.low in _NO_SUBJECT or not first.is_word:
        return []
    front, rest = sentence[: verb.start], sentence[verb.start + len(verb.word) :]
    subject = [
        stem(token.low)
        for token in tokens(front)
        if is_content(token) and not says_nothing_new(token.low) and token.low not in GENERIC
    ]
    words, told = list(dict.fromkeys(content_stems(rest))), figures(rest)
    if not subject or figures(front):
        return []

    def held(source: Source) -> float:
        same = sum(any(one.key == other.key or same_date(one, other) for other in source.facts) for one in told)
        return len(matched(words, source.stems)) + same

    def has_subject(source: Source) -> bool:
        return any(loosely_related(one, other) for one in subject for other in (*source.stems, *source.about))

    with_it = max((held(source) for source in sources if has_subject(source)), default=0.0)
    best = max((source for source in sources if source.is_note), key=held, default=None)
    if best is None or has_subject(best) or held(best) < _LEAST or 2 * with_it > held(best):
        return []
    topic = re.split(r"[:\d(,;]", best.text)[0]
    cut = main_verb(topic)
    named = content_stems(topic[: cut.start] if cut.start > 0 else topic)
    if not named or matched(named, content_stems(sentence)):
        return []
    return [Flag("unsupported_claim", f"Anteckningen säger detta om ”{topic.strip()}”, inte om ”{front.strip()}”.", front.strip())]
