"""Numbers that follow from others: parts of a whole, what is left of it, a difference; and numbers that everybody knows, "de två samordnarna".

Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations

from assistant.draft.checks.sources import Source
from assistant.draft.checks.units import noun_after
from assistant.draft.language.facts import NUMBER_WORDS, Fact, counted_word, figures, is_label
from assistant.draft.language.wording import loosely_related, matched, stem, tokens
from corpus.model import Flag

_OF_THEM = re.compile(r" av (?:dem|dessa)\b")
_OF_WHICH = re.compile(r", (?:varav|av vilka) (?:endast |bara )?$")
_OF_BEFORE = re.compile(r"(?:^|[,;:] |\boch |\bmen )[Aa]v (?:de |dessa |samtliga |alla )?(?:totalt |sammanlagt )?$")
_BEFORE = re.compile(r"\b(?:året innan|i fjol|förra året|20\d\d)\b")
_NEAR_BY = 80  # characters between a whole and the part of it
_OF = re.compile(r" ?(?:av|/) ?(?:de |samtliga |alla |totalt )?")
_ROW = re.compile(r"\b\d+(?:(?:, | och )\d+){2,}\b")
_DIFFERENCE = re.compile(
    r" (?:[^\W\d]+ )?(?:fler|färre|mer|mindre|längre|kortare|högre|lägre|tidigare|senare) (?:[^\W\d]+ )?än\b(?! \d(?!\d{3}))",
    re.IGNORECASE,
)
_ALL_OF = re.compile(r"\b(?:(?:alla|samtliga)(?: de| våra)?|båda) ", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:de|dessa|våra|alla|samtliga) $", re.IGNORECASE)
_NAMES_IN_A_ROW = re.compile(r"[A-ZÅÄÖ][\w-]+(?:, [A-ZÅÄÖ][\w-]+)* och [A-ZÅÄÖ][\w-]+")
_LEFT = re.compile(r"\b(?:återst\w+|resterande|övriga|kvar)\b", re.IGNORECASE)


def rows_of_numbers(text: str) -> list[list[str]]:
    """The numbers of each row of three or more in ``text``: "nr 4, 5, 6"."""
    return [re.findall(r"\d+", match.group()) for match in _ROW.finditer(text)]


def worked_out(fact: Fact, sentence: str, sources: Sequence[Source]) -> bool:
    """Whether a number follows from a source: what is left of a whole ("de två som återstår" of 9 of 11), two for "båda\"."""
    if fact.kind == "percent" and fact.value.endswith(" enheter"):
        return any(
            abs(Decimal(one.value) - Decimal(two.value)) == Decimal(fact.value.removesuffix(" enheter"))
            for source in sources
            for one, two in combinations([other for other in source.facts if _is_share(other)], 2)
        )
    if fact.kind != "number":
        return False
    if is_rough_share(fact, sentence, sources):
        return True
    if any(str(len(row)) == fact.value for source in sources for row in rows_of_numbers(source.text)):
        return True  # "tre nummer" of "nummer 4, 5 och 6"
    if fact.value == "2" and any({"båda", "bägge"} & source.words for source in sources):
        return True
    left = {str(whole - part) for source in sources for (part, whole), _ in parts(source.text)}
    left |= {
        str(int(other.value) - 1)
        for source in sources
        for other in source.facts
        if other.kind == "number" and other.value.isdigit()
    }
    if fact.value in left and _LEFT.search(sentence) is not None:
        return True
    return (
        _DIFFERENCE.match(sentence[fact.end :]) is not None
        and any(
            Decimal(fact.value) == abs(Decimal(one.value) - Decimal(two.value))
            for source in sources
            for one, two in combinations(
                [other for other in source.facts if other.kind in ("number", "time") and other.value.isdigit()], 2
            )
        )
    ) or (_DIFFERENCE.match(sentence[fact.end :]) is not None and _between_years(fact, sources))


_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def _of_one_thing(first: Source, one: Fact, second: Source, two: Fact) -> bool:
    """Whether two figures, at least one of them of a note, may be counts of the same: of one source, or of one noun."""
    if not (first.is_note or second.is_note):
        return False
    if first is second:
        return True
    units = [noun_after(source.text, fact) for source, fact in ((first, one), (second, two))]
    if one.kind == "number":
        return units[0] is not None and units[1] is not None and loosely_related(stem(units[0]), stem(units[1]))
    return bool(matched(first.own_stems, second.own_stems))


def is_false_difference(fact: Fact, sentence: str, sources: Sequence[Source]) -> bool:
    """Whether "tolv fler än" is no difference of the sources' figures, and none of them tells it as one."""
    if not _DIFFERENCE.match(sentence[fact.end :]) or is_difference(fact, sentence, sources) or worked_out(fact, sentence, sources):
        return False
    return not any(
        other.key == fact.key and (_MORE_BY.match(text[other.end :]) or text[: other.start].rstrip().endswith("+"))
        for source in sources
        for text in {source.text, source.raw or source.text}
        for other in figures(text)
    )


_ROUGH = re.compile(r"\b(?P<part>en|[a-zåäö]+|\d+) av (?P<whole>tre|fyra|fem|tio|3|4|5|10)\b(?! (?:dem|dessa))", re.IGNORECASE)
_NEAR_SHARE = 3  # per cent that "sju av tio" may be from the share it stands for


_MORE_BY = re.compile(
    r" ?(?:[^\W\d]+ )?(?:fler|färre|mer|mindre)\b| [^\W\d]+ (?:längre|kortare|högre|lägre|tidigare|senare|yngre|äldre)\b",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    r"\b(?:vuxit|växte|väx\w*|ök\w+|minsk\w+|höj\w+|sänk\w+|stig\w+|steg|sjönk|sjunk\w+|krymp\w+)\b[^,;.]{0,40}\bmed (?:cirka |omkring |drygt |knappt )?$",
    re.IGNORECASE,
)


def is_difference(fact: Fact, sentence: str, sources: Sequence[Source]) -> bool:
    """Whether a figure is told as how much something differs ("36 fler", "höjdes med 150 kronor") and two figures of the ``sources`` differ
    by it, at least one of them in a note, and one told in the sentence where it tells any."""
    if not (_MORE_BY.match(sentence[fact.end :]) or _CHANGED_BY.search(sentence[: fact.start])):
        return False
    value = fact.value.removesuffix(" enheter")
    known = [
        (Decimal(other.value), source, other)
        for source in sources
        for other in source.facts
        if other.kind == fact.kind and _PLAIN.fullmatch(other.value)
    ]
    told = {
        Decimal(other.value)
        for other in figures(sentence)
        if other.kind == fact.kind and other.start != fact.start and _PLAIN.fullmatch(other.value)
    } & {one for one, _, _ in known}
    return any(
        abs(one - two) == Decimal(value) and (not told or one in told or two in told) and _of_one_thing(first, own, second, other)
        for (one, first, own), (two, second, other) in combinations(known, 2)
    )


def is_rough_share(fact: Fact, sentence: str, sources: Sequence[Source]) -> bool:
    """Whether a number belongs to a rounded share, "sju av tio", of a percentage of the sources or of a part of theirs."""
    for match in _ROUGH.finditer(sentence):
        part, whole = (NUMBER_WORDS.get(word, word) for word in (match.group("part").lower(), match.group("whole").lower()))
        part = 1 if part == "en" else part
        if not (match.start() <= fact.start < match.end()) or not str(part).isdigit() or not 0 < int(part) <= int(whole):
            continue
        share = 100 * int(part) / int(whole)
        shares = [float(other.value) for source in sources for other in source.facts if _is_share(other)]
        shares += [
            100 * float(one.value) / float(two.value)
            for source in sources
            for one, two in permutations([other for other in source.facts if other.kind == "number" and other.value.isdigit()], 2)
            if 0 < float(one.value) < float(two.value)
        ]
        return any(abs(share - other) <= _NEAR_SHARE for other in shares)
    return False


def _is_share(fact: Fact) -> bool:
    return fact.kind == "percent" and fact.value.replace(".", "", 1).isdigit()


def _between_years(fact: Fact, sources: Sequence[Source]) -> bool:
    """Whether a number is what a note's count differs by from an earlier comment's of the same unit, or of none."""
    new, old = (
        [
            (Decimal(one.value), counted_word(source.text, one))
            for source in sources
            for one in source.facts
            if one.kind == "number" and source.is_note is noted
        ]
        for noted in (True, False)
    )
    return any(
        abs(one - two) == Decimal(fact.value) and unit and other in (unit, "", "och") for one, unit in new for two, other in old
    )


def known_count(fact: Fact, sentence: str, everything: Sequence[Source]) -> bool:
    """Whether "de två samordnarna" are the two that any source of the item counts, or names in a row."""
    if fact.kind != "number" or not _DEFINITE.search(sentence[: fact.start]):
        return False
    noun = counted_word(sentence, fact)
    if not noun:
        return False
    for source in everything:
        for other in source.facts:
            if (
                other.kind == "number"
                and other.value == fact.value
                and loosely_related(stem(counted_word(source.text, other)), stem(noun))
            ):
                return True
        for row in _NAMES_IN_A_ROW.finditer(source.text):
            before = tokens(source.text[: row.start()])[-1:]
            count = len(re.findall(r"[A-ZÅÄÖ][\w-]+", row.group()))
            if str(count) == fact.value and any(loosely_related(stem(one.low), stem(noun)) for one in before):
                return True
    return False


def fraction_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "60 av 52" where the source has "52 av 60", or a part greater than its whole."""
    known = {pair for source in sources for text in (source.text, source.raw) for pair, _ in parts(text)}
    for match in _ALL_OF.finditer(sentence):
        whole = next((int(fact.value) for fact in figures(sentence) if fact.start == match.end() and fact.value.isdigit()), None)
        noted = {pair for source in sources if source.is_note for text in (source.text, source.raw) for pair, _ in parts(text)}
        whole = 2 if match.group().lower().startswith("båda") else whole
        if whole is not None and any(two == whole and one < two for one, two in noted) and (whole, whole) not in known:
            return [Flag("wrong_unit", f"Källan säger inte ”{match.group().strip()}” av {whole}.", match.group().strip())]
    for (part, whole), words in parts(sentence):
        if part > whole or ((whole, part) in known and (part, whole) not in known):
            return [Flag("wrong_unit", f"”{words}” stämmer inte med källan.", words)]
        if any(other == whole and one != part for one, other in known) and (part, whole) not in known:
            return [Flag("wrong_unit", f"”{words}” stämmer inte med källan.", words)]
    return []


def parts(text: str) -> list[tuple[tuple[int, int], str]]:
    """Each "9 av 11", "52 elever, 31 av dem" or "av 52 elever har 31" as part and whole, and its words."""
    numbers = [fact for fact in figures(text) if fact.kind == "number" and fact.value.isdigit() and not is_label(text, fact)]
    found: list[tuple[tuple[int, int], str]] = []
    whole: Fact | None = None
    for one, two in pairwise(numbers):
        words, between = text[one.start : two.end].strip(), text[one.end : two.start]
        if _OF.fullmatch(between):
            found.append(((int(one.value), int(two.value)), words))
            whole = two
            continue
        if len(words) > _NEAR_BY or one is whole or _BEFORE.search(between):
            continue
        opened = _OF_BEFORE.search(text[: one.start]) and not re.search(r"[,;:.]", between) and noun_after(text, two) is None
        if opened or _OF_THEM.match(text[two.end :]) or _OF_WHICH.search(between):
            found.append(((int(two.value), int(one.value)), words))
    return found
