"""How sure a hit is: from a search's measures and the question's meaning to one strength, and the strength below which nothing is answered.

The weights and the threshold are set on the dev questions of ``eval/questions`` (54 of 58 unanswerable questions refused there, and 1 of 83
answerable ones) and never lowered to have something to show. Knows nothing of how an answer reads.
"""

from __future__ import annotations

from itertools import zip_longest

from assistant.query import Found
from assistant.words import in_capitals, words

ANSWERS = 0.35
"""Strength from which a hit is answered with."""

BESIDE = 0.8
"""Share of the best hit's strength from which another item is shown beside it."""

_LITERAL, _WORDING, _MEANING, _FOREIGN = 0.2, 0.5, 0.6, 1.0
_PLAIN = 0.6
_ALL_HELD = 0.99
_LOOKED_AT = 8


def strengths(found: Found) -> list[float]:
    """For each hit how surely it is about the topic: about 0 for nothing to do with it, 1 and more for its very words.

    Shared words weighed by rarity, how well the wording matches, and nearness of meaning, less what the question lies nearer to a foreign
    subject. A hit that holds every informative word and scores well is sure without a look at its meaning.
    """
    hits = found.hits
    if not hits:
        return []
    literal = [_LITERAL * hit.overlap + _WORDING * hit.lexical for hit in hits]
    if hits[0].overlap >= _ALL_HELD and hits[0].score >= _PLAIN:
        return [value + _MEANING * hit.dense for value, hit in zip(literal, hits, strict=True)]
    from assistant.foreign import Meaning

    values = list(literal)
    for through in dict.fromkeys(found.through):
        meaning, named = Meaning(through), _has_name(through)
        places = [at for at, words_used in enumerate(found.through) if words_used == through]
        looked = meaning.nearness([hits[at] for at in places if at < _LOOKED_AT])
        for at, near in zip_longest(places, looked, fillvalue=0.0):
            foreign = 0.0 if named and hits[int(at)].overlap >= _ALL_HELD else max(0.0, meaning.foreign - near)
            values[int(at)] += _MEANING * near - _FOREIGN * foreign
    return values


def _has_name(topic: str) -> bool:
    """Whether a topic has a word that no everyday subject can share: an abbreviation, or a name that no word list has ("Ljusstråket")."""
    from index.analysis import lexicon

    known = lexicon()
    return any(in_capitals(w.text) or (w.text[0].isupper() and w.text.lower() not in known) for w in words(topic))
