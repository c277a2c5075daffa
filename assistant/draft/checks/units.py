"""What a figure counts: a sentence that has a figure of its source but gives it another noun, or another span of time.

Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import UNIT_NAMES, Fact, counted_word, figures, unit_stem
from assistant.draft.language.meaning import class_of, says_nothing_new
from assistant.draft.language.nouns import is_people
from assistant.draft.language.wording import EMPTY, content_stems, loosely_related, related, stem, tokens
from corpus.model import Flag
from corpus.verbs import readings

_PART = re.compile(r" ?av\b")  # "9 av 11" counts a part of what the 11 are


def unit_flag(fact: Fact, sentence: str, sources: Sequence[Source]) -> Flag | None:
    """A figure that the note has, but of something else: the sentence's noun is counted by another figure there, or the figure another noun."""
    if fact.kind != "number":
        return None
    unit = unit_stem(sentence, fact)
    if unit is None:
        return None
    counted: set[str] = set()
    others: list[tuple[Source, Fact]] = []
    for source in sources:
        for other in source.facts if source.is_note else ():
            if (
                other.kind == "number"
                and other.value == fact.value
                and not (_PART.match(source.text, other.end) and not _PART.match(sentence, fact.end))
                and (is_bare(source.text, other) or _no_noun_after(source.text, other))
            ):
                return None  # "5 veckor (3 förra året)": of the same thing, as far as it says
            if other.kind == "number" and source.text[other.start : other.end] == other.text:
                theirs = unit_stem(source.text, other)
                if theirs is not None and (_one_unit(theirs, unit) or _both_people(source.text, other, sentence, fact)):
                    counted.add(other.value)
                if other.value == fact.value:
                    others.append((source, other))
    if counted_word(sentence, fact) in _TIMES_TOLD and any(
        (noun := noun_after(source.text, other)) is None or not _is_time(noun) for source, other in others
    ):
        return None  # "58 gånger", of 58 visits
    if any(_OF_THEM.match(source.text, other.end) and unit in _units_before(source.text, other) for source, other in others):
        return None  # "9 par, 2 av dem"
    flag = Flag("wrong_unit", f"Siffran ”{fact.text.strip()}” gäller något annat i anteckningen.", fact.text.strip())
    said = content_stems(sentence)
    for source, other in others:
        word = counted_word(source.text, other)
        if (
            counted_word(sentence, fact) in ("personer", "stycken")
            and word
            and any(loosely_related(stem(word), one) for one in said)
        ):
            return None  # "57 hemlösa" and "57 personer hemlösa"
    if counted:
        return None if fact.value in counted else flag
    noun = noun_after(sentence, fact)
    if noun is None or not others:
        return None
    for source, other in others:
        theirs = noun_after(source.text, other)
        if _GROUPS.match(noun) and re.match(r" ?personer\b", source.text[other.end :]):
            return flag
        same_word = theirs is not None and (theirs.endswith(noun[-3:]) or noun.endswith(theirs[-3:])) if _is_time(noun) else False
        if theirs is None or _is_time(theirs) != _is_time(noun) or same_word or loosely_related(stem(theirs), stem(noun)):
            return None
        if any(loosely_related(stem(noun), one) for one in source.stems) or any(loosely_related(stem(theirs), one) for one in said):
            return None
    return flag


_MEASURES = frozenset(stem(name) for name in UNIT_NAMES.values())
_TIMES_TOLD = ("gånger", "tillfällen", "fall")
_OF_THEM = re.compile(r" av (?:dem|dessa|de)\b")


def _units_before(text: str, fact: Fact) -> set[str | None]:
    """The stems of what the figures before ``fact`` count."""
    return {unit_stem(text, other) for other in figures(text) if other.end <= fact.start}


def _both_people(text: str, fact: Fact, other_text: str, other: Fact) -> bool:
    """Whether two figures count people, and one of them says no more than that: "14 deltagare" and "14 personer"."""
    one, two = counted_word(text, fact), counted_word(other_text, other)
    return is_people(one) and is_people(two) and "personer" in (one, two)


def _one_unit(one: str, two: str) -> bool:
    """Whether two counted nouns are one, or one the last part of the other ("par", "mentorspar")."""
    short, long = sorted((one, two), key=len)
    if one != two and {one, two} <= _MEASURES:
        return False  # "meter" is the end of "centimeter"
    return related(one, two) or (len(short) >= 3 and long.endswith(short))


def _no_noun_after(text: str, fact: Fact) -> bool:
    """Whether a verb or a participle follows a number at once: "5 klara med behandling", "2 avbrutna"."""
    found = [token for token in tokens(text[fact.end : fact.end + 60])[:1] if token.is_word]
    return bool(found) and (
        (class_of(found[0].low) or ("",))[0] == "läge" or any(form.tense != "present" for form in readings(found[0].low))
    )


def is_bare(text: str, fact: Fact) -> bool:
    """Whether no noun of its own follows a number: "(3 förra året)", "4, 5 och 6"."""
    return text[fact.start : fact.end] == fact.text and bool(
        re.match(
            r" ?(?:[(),.;:/]|$|(?:förra|i fjol|av|nya|har|är|kvar|per|på|i|vid|under|hittills|ht|vt|först|sedan|totalt|mot|mål|inte|ej)\b)",
            text[fact.end :],
        )
    )


def noun_after(text: str, fact: Fact) -> str | None:
    """The noun that a figure counts, in small letters, where the word after it is surely one and names something."""
    found = [token for token in tokens(text[fact.end : fact.end + 60])[:2] if token.is_word]
    if not found:
        return None
    low = found[0].low
    if _is_time(low):
        return low
    return None if low in EMPTY or class_of(low) or readings(low) or says_nothing_new(low) or low.endswith(("a", "re")) else low


_GROUPS = re.compile(r"(?:familj|hushåll|grupp|ärende|enhet|skol|team|förening)")  # what is not counted one by one as people are


def of_other_span(text: str, fact: Fact, theirs: str, other: Fact) -> bool:
    """Whether two equal numbers count different spans of time: "13 månader" and "13 år"."""
    if fact.kind != "number" or theirs[other.start : other.end] != other.text:
        return False
    one, two = noun_after(text, fact), noun_after(theirs, other)
    return one is not None and two is not None and _is_time(one) and _is_time(two) and class_of(one) != class_of(two)


def _is_time(word: str) -> bool:
    kind = class_of(word)
    return kind is not None and (kind[0] == "tidsenhet" or kind == ("tid på dygnet", "kväll"))
