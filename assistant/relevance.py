"""How sure a hit is: from a search's measures and the question's meaning to one strength, and the strength below which nothing is answered.

The weights and the threshold are set on the dev questions of ``eval/questions`` and never lowered to have something to show;
``python -m eval.abstention`` shows what another threshold would give. Knows nothing of how an answer reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from assistant.query import Found
from assistant.words import content_words, fold, in_capitals, stem, words
from corpus.model import Item

ANSWERS = 0.35
"""Strength from which a hit is answered with."""

OLDER = 0.1
"""What is added to it in reports that nobody asked for, where the newest hold nothing: with every year there are more ways to be
nearly right."""

BESIDE = 0.8
"""Share of the best hit's strength from which another item is shown beside it."""

_LITERAL, _WORDING, _MEANING, _FOREIGN, _UNMET, _OTHER_KIND = 0.2, 0.5, 0.6, 1.0, 0.6, 0.3
_PLAIN = 0.6
_ALL_HELD = 0.99
_LOOKED_AT = 8


_answers_from: ContextVar[float] = ContextVar("answers_from", default=ANSWERS)


@contextmanager
def answering_from(threshold: float) -> Iterator[None]:
    """Within this, ``threshold`` is in the place of ANSWERS: for measuring what it would give, never for answering."""
    token = _answers_from.set(threshold)
    try:
        yield
    finally:
        _answers_from.reset(token)


def is_sure(strength: float, *, older: bool = False) -> bool:
    """Whether a hit of this strength is answered with; ``older`` in reports that nobody asked for."""
    return strength >= _answers_from.get() + (OLDER if older else 0.0)


def strengths(found: Found) -> list[float]:
    """For each hit how surely it is about the topic: about 0 for nothing to do with it, 1 and more for its very words.

    Shared words weighed by rarity, how well the wording matches, and nearness of meaning, less what the question, or the words of it
    that the item does not have, lie nearer to a foreign subject. A hit that holds every informative word and scores well is sure without
    a look at its meaning.
    """
    hits = found.hits
    if not hits:
        return []
    literal = [_LITERAL * hit.overlap + _WORDING * hit.lexical for hit in hits]
    if hits[0].overlap >= _ALL_HELD and hits[0].score >= _PLAIN:
        return [value + _MEANING * hit.dense for value, hit in zip(literal, hits, strict=True)]
    from assistant.foreign import Meaning, said_by

    meanings: dict[str, Meaning] = {}

    def meaning(text: str) -> Meaning:
        return meanings[text] if text in meanings else meanings.setdefault(text, Meaning(text))

    values = list(literal)
    for at, (hit, said) in enumerate(zip(hits, said_by(hits[:_LOOKED_AT]), strict=False)):
        through = found.through[at]
        words_used = found.words(through)
        near = max(meaning(text).nearness(said) for text in {through, words_used})
        values[at] += _MEANING * near
        missing, share = unmet(words_used, hit.item)
        whole = hit.overlap >= _ALL_HELD and not missing
        if not (whole and _has_name(through)):
            values[at] -= _FOREIGN * max(0.0, min(meaning(text).foreign for text in {through, words_used}) - near)
        if not whole and of_another_kind(words_used, hit.item):
            values[at] -= _OTHER_KIND
        if missing:
            values[at] -= _UNMET * share * max(0.0, meaning(missing).foreign - meaning(missing).nearness(said))
    for at in range(_LOOKED_AT, len(hits)):
        values[at] -= _FOREIGN * meaning(found.through[at]).foreign
    return values


def unmet(topic: str, item: Item) -> tuple[str, float]:
    """The words of a topic that an item has in no form and no compound of, and their share of its words; ("", 0) where it has them all."""
    from index.analysis import terms

    text = fold("\n".join((item.comment, item.question, item.statement, item.expected_result, item.area)))
    telling = content_words(topic)
    missing = [
        word.text
        for word in telling
        if not any(_begins(fold(part), text) for part in (stem(word.folded), *terms(word.text.lower())[1:]))
    ]
    return " ".join(missing), len(missing) / len(telling) if telling else 0.0


def of_another_kind(topic: str, item: Item) -> bool:
    """Whether a topic is nothing but compounds of which an item has the last part and not the first: it tells of "skolfrånvaro" and not
    of the "sjukfrånvaro" asked for.
    """
    from index.analysis import lexicon

    text = fold("\n".join((item.comment, item.question, item.statement, item.expected_result, item.area)))
    telling = content_words(topic)
    for word in telling:
        parts = [stem(fold(part)) for part in lexicon().parts(word.text.lower())]
        if len(parts) < 2 or stem(word.folded) in text or parts[0] in text or parts[-1] not in text:
            return False
    return bool(telling)


def _begins(base: str, text: str) -> bool:
    """Whether a word of ``text`` begins with ``base``; a short one must be all of it but for an ending."""
    end = "" if len(base) >= 5 else r"\w{0,4}\b" if len(base) == 4 else r"\b"
    return re.search(rf"\b{re.escape(base)}{end}", text) is not None


def _has_name(topic: str) -> bool:
    """Whether a topic has a word that no everyday subject can share: an abbreviation, or a name that no word list has ("Ljusstråket")."""
    from index.analysis import lexicon

    known = lexicon()
    return any(in_capitals(w.text) or (w.text[0].isupper() and w.text.lower() not in known) for w in words(topic))
