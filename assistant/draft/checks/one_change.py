"""A sentence that is one of the ways to write a source but for one change: another beginning, another small word between the same words,
something put in.

Whoever keeps all the rest word for word and changes one place means that place. Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from assistant.draft.checks.directions import LESS, MORE, OPPOSITES
from assistant.draft.checks.negations import GONE, is_denied
from assistant.draft.checks.sources import Source
from assistant.draft.language.abbreviated import stands_for
from assistant.draft.language.facts import NEGATIONS, NUMBER_WORDS, TIMES, figures, same_date
from assistant.draft.language.meaning import alike, class_of, says_nothing_new
from assistant.draft.language.synonyms import same_sense
from assistant.draft.language.wording import EMPTY, loosely_related, matched, related, stem, tokens
from corpus.model import Flag
from corpus.verbs import readings
from corpus.word_lists import word_set

_MOST_CHANGED = 6  # words on either side of the change
_LEAST_KEPT = 2
_MOST_IN_FRONT = 12  # words of another subject, where all that follows is kept
_MOST_LIKE = 0.5  # of the sentence's words that a text must share with it, before the two are laid side by side
_WITH_ANOTHER = 2  # words that another source must share with the rest for what is put in to be from it
_LIMITS = word_set("endast bara enbart nästan inte ej aldrig saknas tillfälligt digitalt frivilligt preliminärt")
_TIES = word_set("från till efter före innan inom under över mellan utanför med utan sedan mot för av om genom enligt kring trots")
_SAME_TIES = tuple(
    word_set(row)
    for row in (
        "för åt till om", "av från", "under inom genom", "om kring", "sedan från efter", "med av", "mellan från", "mot till", "för om"
    )
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """A way to write the source ``own``."""

    text: str
    own: Source

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words and numbers in small letters."""
        return _words(self.text)

    @cached_property
    def word_set(self) -> frozenset[str]:
        """``words`` without order."""
        return frozenset(self.words)


def one_change(sentence: str, wordings: Sequence[Wording], sources: Sequence[Source]) -> list[Flag]:
    """The one place where ``sentence`` is no wording of a source and says something else; [] where it differs in more than one place from
    all ``wordings``, or in a place of no weight from one of them. What any of the ``sources`` says of the same may be put in."""
    ours = _words(sentence)
    own = set(ours)
    names = {token.low for token in tokens(sentence) if token.text[0].isupper()}
    found: Flag | None = None
    for wording in wordings:
        if len(own & wording.word_set) < min(_MOST_LIKE * len(ours), _MOST_LIKE * len(wording.words)):
            continue
        if ours == wording.words:
            return []
        changes = [
            (i1, i2, j1, j2)
            for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, wording.words, autojunk=False).get_opcodes()
            if tag != "equal"
        ]
        if len(changes) != 1:
            continue
        start, end, j1, j2 = changes[0]
        kept = len(ours) - (end - start)
        front = start == j1 == 0 and j2 > 0 and end <= _MOST_IN_FRONT and j2 <= _MOST_CHANGED and kept > 0
        small = end - start <= _MOST_CHANGED and j2 - j1 <= _MOST_CHANGED and kept >= max(_LEAST_KEPT, end - start)
        if not front and not small:
            continue
        new, old = ours[start:end], wording.words[j1:j2]
        odd = _weighs(new, old, wording, (*ours[:start], *ours[end:]), sources, names if start else None)
        if odd is None:
            return []
        theirs = " ".join(old) or "inget"
        found = found or Flag("changed_word", f"Källan har ”{theirs}” där meningen har ”{' '.join(new) or 'inget'}”.", odd)
    return [found] if found else []


def _weighs(
    new: Sequence[str],
    old: Sequence[str],
    wording: Wording,
    rest: Sequence[str],
    sources: Sequence[Source],
    names: Collection[str] | None,
) -> str | None:
    """The word of ``new`` that makes it another statement than ``old`` in its place; None where it makes none. ``names`` are judged
    elsewhere; None where the sentence begins so."""
    come = [word for word in new if word not in wording.own.words and not any(_same(word, other) for other in old)]
    limits = Counter(word for word in (*new, *rest) if word in _LIMITS) - Counter(wording.words)
    reworded = (old or len(new) > 1) and (is_denied(wording.own.text) or GONE.search(wording.own.text))
    if limits and not reworded:
        return next(iter(limits))
    if not old:
        return _put_in([word for word in come if word not in (names or ())], rest, sources)
    if not new:
        return None
    if names is None:
        begun = None if _is_told(come, rest, sources) else _other_beginning(come, new, old)
        if begun is not None:
            return begun
    about = [stem(word) for word in rest if _tells(word)]
    return (
        _other_tie(new, old)
        or _other_stage(new, old, (*new, *rest), wording)
        or _opposite(new, old)
        or _other_voice(new, old)
        or _other_time(new, old, wording, about, sources)
    )


def _other_beginning(come: Sequence[str], new: Sequence[str], old: Sequence[str]) -> str | None:
    telling = [word for word in come if _names(word)]
    alike = any(
        _same(one, two) or loosely_related(stem(one), stem(two)) for one in new if _names(one) for two in old if _names(two)
    )
    return telling[0] if telling and not alike and any(_names(word) for word in old) else None


def _is_told(come: Sequence[str], rest: Sequence[str], sources: Sequence[Source]) -> bool:
    """Whether one note has every telling word that came, and something of the rest."""
    telling, about = [stem(word) for word in come if _tells(word)], [stem(word) for word in rest if _tells(word)]
    return bool(telling) and any(
        source.is_note and len(matched(telling, source.stems)) == len(telling) and matched(about, source.stems)
        for source in sources
    )


def _put_in(come: Sequence[str], rest: Sequence[str], sources: Sequence[Source]) -> str | None:
    """The first telling word put in that no note has, nor an earlier sentence on the same thing."""
    about = [stem(word) for word in rest if _tells(word)]
    for word in come:
        if not _tells(word) or MORE.fullmatch(word) or LESS.fullmatch(word):
            continue
        one = stem(word)
        if not any(
            any(related(one, other) for other in source.stems)
            for source in sources
            if source.is_note or len(matched(about, source.stems)) >= _WITH_ANOTHER
        ):
            return word
    return None


def _other_tie(new: Sequence[str], old: Sequence[str]) -> str | None:
    """ "Utanför" for "mellan"; a tie may be a word of two ("fram till")."""
    here = [word for word in new if word in _TIES and word not in old]
    there = [word for word in old if word in _TIES and word not in new]
    if not here or not there or max(len(new), len(old)) > _LEAST_KEPT or any({here[0], there[0]} <= same for same in _SAME_TIES):
        return None
    return here[0]


def _other_stage(new: Sequence[str], old: Sequence[str], ours: Sequence[str], wording: Wording) -> str | None:
    """ "Blev klar" for "påbörjades", and other small words of one class and another group."""
    more = Counter(ours) - Counter(wording.words)
    for word in new:
        kind = class_of(word)
        if kind is None or not more[word]:
            continue
        theirs = {other[1] for one in old if (other := class_of(one)) is not None and other[0] == kind[0]}
        if theirs and kind[1] not in theirs:
            return word
    return None


def _opposite(new: Sequence[str], old: Sequence[str]) -> str | None:
    """ "Ställdes in" for "hölls", and other words that say the opposite of each other."""
    here, there = " ".join(new), " ".join(old)
    for one, two in OPPOSITES:
        for ours, theirs in ((one, two), (two, one)):
            if (found := ours.search(here)) and theirs.search(there) and not theirs.search(here):
                return found.group()
    return None


def _other_voice(new: Sequence[str], old: Sequence[str]) -> str | None:
    """ "Leder" for "leds av", or the other way round: who does it to whom."""
    if ("av" in new) == ("av" in old):
        return None
    ours, theirs = ({(form.infinitive, form.passive) for word in words for form in readings(word)} for words in (new, old))
    return next((word for word in new for form in readings(word) if (form.infinitive, not form.passive) in theirs - ours), None)


def _other_time(
    new: Sequence[str], old: Sequence[str], wording: Wording, about: Sequence[str], sources: Sequence[Source]
) -> str | None:
    """ "Varje vår" for "varje höst", where no note on the same thing has it."""
    ours, theirs = ([fact for fact in figures(" ".join(words)) if fact.kind in TIMES] for words in (new, old))
    if (
        len(ours) != 1
        or len(theirs) != 1
        or same_date(ours[0], theirs[0])
        or any(same_date(ours[0], fact) for fact in wording.own.facts)
    ):
        return None
    noted = any(
        source.is_note and matched(about, source.stems) and any(same_date(ours[0], fact) for fact in source.facts)
        for source in sources
    )
    return None if noted else ours[0].text


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.low for token in tokens(text) if token.is_word or token.is_number)


def _names(word: str) -> bool:
    """Whether a word may name whom or what a sentence is about."""
    return len(word) > 1 and word not in EMPTY and word not in NEGATIONS and not word[0].isdigit()


def _tells(word: str) -> bool:
    return _names(word) and word not in NUMBER_WORDS and not says_nothing_new(word)


def _same(one: str, two: str) -> bool:
    """Whether two words are forms of one, or may stand for each other."""
    return (
        stem(one) == stem(two)
        or alike(one, two)
        or related(stem(one), stem(two))
        or stem(two) in same_sense(stem(one))
        or stands_for(two, one)
        or str(NUMBER_WORDS.get(one, one)) == str(NUMBER_WORDS.get(two, two))
    )
