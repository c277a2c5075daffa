"""What changed between a source's text and a sentence that is nearly the same: a word put for another, a negation more or less, figures in
another order, a few words added.

Whoever rewords a whole sentence is not judged here, only who keeps it and changes little: then each change says something. Knows nothing of
where the texts came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.draft.checks.negations import GONE, is_denied
from assistant.draft.checks.sources import Source
from assistant.draft.checks.stages import moved_stage
from assistant.draft.checks.ties import turned_tie
from assistant.draft.checks.tracing import name_fits
from assistant.draft.language.abbreviated import stands_for
from assistant.draft.language.facts import NEGATIONS, NUMBER_WORDS, TIMES, Fact, facts, figures, is_label, same_date, unit_stem
from assistant.draft.language.meaning import alike, class_of, says_nothing_new
from assistant.draft.language.wording import Token, content_stems, is_content, loosely_related, related, stem, tokens
from corpus.model import Flag
from corpus.verbs import readings

_STRONG = (("mängd", "alla"), ("mängd", "båda"))
_MOST_ADDED = 3  # words that may stand for fewer; where more came they were added, and any source may have them


def near_copy_flags(
    sentence: str, variant: str, own: Source, rest: Sequence[Source], names: frozenset[str], *, updated: bool
) -> list[Flag]:
    """What ``sentence`` says otherwise than ``variant``, which is a way to write the source ``own`` or a part of it; [] where nothing of weight
    changed. What one of the ``rest`` says instead is no error where ``updated``: a note stands beside an earlier sentence then.
    """
    flags = []
    ours = [fact for fact in facts(sentence, known_names=names) if fact.kind in ("name", "abbreviation")]
    theirs = [fact for fact in facts(variant, known_names=names) if fact.kind in ("name", "abbreviation")]
    allowed = {token.low for token in tokens(variant)} | {fact.value for fact in theirs}
    if updated:
        allowed |= {name for source in rest if source.is_note for name in source.words}
    strange = [
        fact for fact in ours if fact.value not in allowed and not any(name_fits(fact.value, word, False) for word in allowed)
    ]
    if strange and len(ours) >= len(theirs) and {fact.value for fact in theirs} - {fact.value for fact in ours}:
        flags.append(Flag("untraced_name", f"Källan har ett annat namn än ”{strange[0].text}”.", strange[0].text))
    count, other = (sum(token.low in NEGATIONS for token in tokens(text)) for text in (sentence, variant))
    if (
        count != other
        and not 0 < other < count <= sum(token.low in NEGATIONS for token in tokens(own.text))
        and not any(is_denied(source.text) for source in rest)
        and not (count > other and any(gone.group() not in sentence for gone in GONE.finditer(own.text)))
    ):
        code = "negation_added" if count > other else "negation_lost"
        flags.append(Flag(code, "Meningen säger motsatsen till källan: ett ”inte” har kommit till eller fallit bort.", "inte"))
    ties = turned_tie(tokens(sentence), tokens(variant))
    if ties is not None:
        flags.append(_changed(ties[1], ties[0]))
    verb = None if updated else moved_stage(sentence, variant)
    if verb is not None:
        flags.append(Flag("contradiction", f"Källan säger inte att det är på samma sätt gjort eller på väg (”{verb}”).", verb))
    if len(figures(sentence)) == len(figures(variant)):
        flags += _other_figure(sentence, variant, [source for source in rest if source.is_note] if updated else [])
    return flags + list(_other_words(sentence, variant, own, rest, updated=updated))


def _other_figure(sentence: str, variant: str, notes: Sequence[Source]) -> list[Flag]:
    """The first figure, and the first time, that is another than the one in its place in the source; the two may change places, and a note
    may have it of the same thing."""
    for times in (True, False):
        said, wanted = ([fact for fact in figures(text) if (fact.kind in TIMES) == times] for text in (sentence, variant))
        for one, two in zip(said, wanted, strict=False):
            if one.key == two.key or (times and same_date(one, two)) or (notes and (times or _noted(one, sentence, notes))):
                continue
            return [Flag("wrong_unit", f"Källan har ”{two.text.strip()}” där meningen har ”{one.text.strip()}”.", one.text.strip())]
    return []


def _noted(fact: Fact, sentence: str, notes: Sequence[Source]) -> bool:
    """Whether a note has the figure of what the sentence counts with it, or does not say of what."""
    unit = unit_stem(sentence, fact)
    if fact.kind != "number" or (
        unit is not None and any(says_nothing_new(token.low) for token in tokens(sentence[fact.end :])[:1])
    ):
        return any(other.key == fact.key for note in notes for other in note.facts)
    for note in notes:
        for other in note.facts:
            if other.key != fact.key:
                continue
            theirs = unit_stem(note.text, other) if note.text[other.start : other.end] == other.text else None
            if unit is None or (theirs is not None and related(theirs, unit)) or any(related(unit, one) for one in note.stems):
                return True
            if theirs is None and not is_label(note.text, other):
                return True
    return False


def _other_words(sentence: str, variant: str, own: Source, rest: Sequence[Source], *, updated: bool) -> Iterator[Flag]:
    """The first word that stands where the source has another and that no note has, or that came to it and that no source has."""
    ours, theirs = ([token for token in tokens(text) if token.is_word] for text in (sentence, variant))
    shared = set(content_stems(sentence)) & set(content_stems(variant))
    new_figures = {fact.key for fact in figures(sentence)} - {fact.key for fact in figures(variant)}
    notes = [source for source in rest if source.is_note and updated and _tells_more(source, shared, new_figures)]
    known = {word for note in notes for word in note.words}
    stems = {stem(token.low) for token in theirs} | {one for note in notes for one in note.stems}
    count, before = Counter(token.low for token in ours), Counter(token.low for token in theirs)
    matcher = SequenceMatcher(None, [token.low for token in ours], [token.low for token in theirs], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag in ("equal", "insert"):  # "insert": words of the source that fell away
            continue
        here, there = ours[i1:i2], theirs[j1:j2]
        if tag == "replace" and _all_lost(here, there):
            yield _changed(" ".join(token.text for token in there), " ".join(token.text for token in here))
            return
        if len(here) > len(there) + _MOST_ADDED:
            there = []
        anywhere = stems | {*own.stems} | _said_beside(rest, shared, {stem(token.low) for token in here if is_content(token)})
        for token in here:
            if (
                token.low in known
                or (not there and token.low in own.words)
                or count[token.low] <= before[token.low]
                or any(alike(token.low, one.low) or (len(one.low) > 1 and stands_for(one.text, token.low)) for one in there)
            ):
                continue
            again = token.low in before and len(here) == len(there) == 1 and (is_content(token) or class_of(token.low) is not None)
            if again or _exchanged(token, theirs) or _claims(token, there, stems if there else anywhere):
                yield _changed(" ".join(other.text for other in there) or "ingenting", token.text)
                return


def _changed(source: str, sentence: str) -> Flag:
    return Flag("changed_word", f"Källan har ”{source}” där meningen har ”{sentence}”.", sentence)


def _tells_more(note: Source, shared: set[str], new_figures: set[tuple[str, str]]) -> bool:
    """Whether a note is about what the two texts share, so that a word of it may have been put into the earlier sentence."""
    return bool(new_figures & {fact.key for fact in note.facts}) or len(shared & set(note.stems)) > 1


def _all_lost(here: Sequence[Token], there: Sequence[Token]) -> bool:
    """Whether "alla" or "båda" went for words that name no quantity."""
    named = any(token.low in NUMBER_WORDS or (class_of(token.low) or ("",))[0] == "mängd" for token in here)
    return not named and any(class_of(token.low) in _STRONG for token in there)


def _said_beside(rest: Sequence[Source], shared: set[str], added: set[str]) -> set[str]:
    """The words of other sources on the same thing, and of those that more than one of the ``added`` words come from."""
    return {
        one
        for source in rest
        if len(shared & set(source.stems)) >= (1 if source.is_note else max(1, len(shared) / 2))
        or len(added & set(source.stems)) > 1
        for one in source.stems
    }


def _exchanged(token: Token, variant: Sequence[Token]) -> bool:
    """Whether a word is a small one of a class that the source has another of."""
    kind = class_of(token.low)
    if kind is None:
        return False
    same = {other[1] for word in variant if (other := class_of(word.low)) is not None and other[0] == kind[0]}
    return kind[1] not in same and (bool(same) or kind[0] == "mängd")


def _claims(token: Token, there: Sequence[Token], stems: set[str]) -> bool:
    """Whether a word says something that the source does not."""
    if (
        not is_content(token)
        or token.low in NUMBER_WORDS
        or token.low in NEGATIONS
        or any(loosely_related(stem(token.low), one) for one in stems)
    ):
        return False
    if not says_nothing_new(token.low):
        return True
    return bool(readings(token.low)) and any(readings(other.low) and not says_nothing_new(other.low) for other in there)
