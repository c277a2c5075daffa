"""Traces the facts of one sentence to its sources: every figure, date, amount, name, abbreviation and negation is found there or flagged.

Takes sentence and sources as they are and knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.draft.facts import Fact, facts, figures, is_label, same_date, unit_stem
from assistant.draft.meaning import class_of, says_nothing_new
from assistant.draft.negations import negation_flags
from assistant.draft.sources import Source
from assistant.draft.wording import EMPTY, content_stems, is_content, loosely_related, matched, related, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb
from corpus.verbs import readings

TIMES = ("date", "month", "season", "year")
_COMPARES = re.compile(
    r"\b(?:jämfört med|jfr|tidigare|förra|föregående|i stället för|mot|från|än|året innan|var då|då var|senast|i fjol|sedan)\b",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(r"\b(?:i år|under året|årets)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:–] ")
_OF_THEM = re.compile(r" av (?:dem|dessa)\b")
_OF_WHICH = re.compile(r", (?:varav|av vilka) (?:endast |bara )?$")
_OF_BEFORE = re.compile(r"\b[Aa]v (?:de |dessa |samtliga |alla )?(?:totalt |sammanlagt )?$")
_NEAR_BY = 80  # characters between a whole and the part of it
_OF = re.compile(r" ?(?:av|/) ?(?:de |samtliga |alla |totalt )?")


def trace(sentence: str, sources: Sequence[Source], *, year: int, known_names: frozenset[str] = frozenset()) -> list[Flag]:
    """What in ``sentence`` of a report of ``year`` its ``sources`` do not bear out, in order; [] where all is traced.

    ``known_names`` are names even at the start of a sentence.
    """
    flags: list[Flag] = []
    for fact in facts(sentence, known_names=known_names):
        flag = _figure(fact, sentence, sources, year) if fact.kind not in ("name", "abbreviation", "negation") else None
        if fact.kind in ("name", "abbreviation"):
            flag = _name(fact, sentence, sources)
        if flag is not None:
            flags.append(flag)
    flags += _fractions(sentence, sources)
    if not any(flag.code == "untraced_name" for flag in flags):
        flags += _exchanged_name(sentence, sources, known_names)
    flags += negation_flags(sentence, sources)
    return flags


def _figure(fact: Fact, sentence: str, sources: Sequence[Source], year: int) -> Flag | None:
    kind = "Tidpunkten" if fact.kind in TIMES else "Uppgiften"
    ahead = main_verb(sentence).tense == "present"
    fits = [
        (source, other)
        for source in sources
        for other in source.facts
        if _same(fact, other, year if source.is_note else source.year or year, ahead)
        and (is_label(sentence, fact) or not _is_label_in(source, other))
        and not _of_other_span(sentence, fact, source.text, other)
    ]
    noted = [pair for pair in fits if pair[0].is_note]
    if noted:
        return _unit_flag(fact, sentence, sources)
    if fact.kind == "year" and any(
        fact.value in (str(source.year), str((source.year or 0) - 1)) for source in sources if not source.is_note
    ):
        return None  # the year of an earlier report, named to tell its figure apart
    if not fits and _worked_out(fact, sentence, sources):
        return None
    if not fits:
        code = "untraced_date" if fact.kind in TIMES else "untraced_figure"
        return Flag(code, f"{kind} ”{fact.text.strip()}” finns inte i anteckningarna.", fact.text.strip())
    fresh = [
        source
        for source, other in fits
        if other.key not in source.stale and (fact.kind != "number" or _beside(sentence, fact) & _beside(source.text, other))
    ]
    if fresh or any(_told_as_earlier(sentence, fact, source) for source, _ in fits):
        return None
    year = max(source.year or 0 for source, _ in fits)
    return Flag("stale", f"{kind} ”{fact.text.strip()}” är från {year} och finns inte i årets anteckningar.", fact.text.strip())


_LEFT = re.compile(r"\b(?:återst\w+|resterande|övriga|kvar)\b", re.IGNORECASE)


def _worked_out(fact: Fact, sentence: str, sources: Sequence[Source]) -> bool:
    """Whether a number follows from a source: what is left of a whole ("de två som återstår" of 9 of 11), two for "båda\"."""
    if fact.kind != "number":
        return False
    if fact.value == "2" and any({"båda", "bägge"} & source.words for source in sources):
        return True
    left = {str(whole - part) for source in sources for (part, whole), _ in _parts(source.text)}
    return fact.value in left and _LEFT.search(sentence) is not None


def _is_label_in(source: Source, fact: Fact) -> bool:
    return any(text[fact.start : fact.end] == fact.text and is_label(text, fact) for text in (source.text, source.raw))


def _beside(text: str, fact: Fact) -> set[str]:
    """The stems of the words next to a figure: what tells "årskurs 9" from "9 elever"."""
    if text[fact.start : fact.end] != fact.text:
        return set()
    before, after = tokens(text[: fact.start]), tokens(text[fact.end :])
    near = [*before[-1:], *after[:1]]
    return {stem(token.low) if token.is_word else token.text for token in near}


def _same(fact: Fact, other: Fact, year: int, ahead: bool) -> bool:
    """Whether two facts are one. A date without its year is of the report's year, a late one of the year before unless it lies ``ahead``."""
    if fact.key == other.key:
        return True
    if fact.kind in TIMES and other.kind in TIMES:
        if fact.kind == "date" and other.kind != "date":
            return False  # a day that the source does not name
        named, _, rest = fact.value.partition("-")
        if fact.kind != "year" and named and other.kind != "year" and other.value.startswith("-"):
            late = rest[:2] in ("09", "10", "11", "12") or rest in ("höst", "vinter")
            if int(named) != (year - 1 if late else year) and not (late and ahead and int(named) == year):
                return False
        return same_date(fact, other)
    return fact.kind == "number" and other.kind == "time" and fact.value in re.findall(r"\d+", other.value)


def _told_as_earlier(sentence: str, fact: Fact, source: Source) -> bool:
    """Whether the sentence says that the figure is an earlier year's."""
    if re.search(r"\bfrån $", sentence[: fact.start]) and re.match(r"(?: \w+)? till ", sentence[fact.end :]):
        return True  # "från tolv till 14"
    if not _COMPARES.search(sentence, 0, fact.start) and _THIS_YEAR.search(sentence):
        return False
    return bool(_COMPARES.search(sentence)) and (
        source.year is None
        or str(source.year) in sentence
        or str((source.year or 0) - 1) in sentence
        or "jämfört" in sentence
        or "tidigare" in sentence
    )


def _unit_flag(fact: Fact, sentence: str, sources: Sequence[Source]) -> Flag | None:
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
                and (is_bare(source.text, other) or _no_noun_after(source.text, other))
            ):
                return None  # "5 veckor (3 förra året)": of the same thing, as far as it says
            if other.kind == "number" and source.text[other.start : other.end] == other.text:
                theirs = unit_stem(source.text, other)
                if theirs is not None and _one_unit(theirs, unit):
                    counted.add(other.value)
                if other.value == fact.value:
                    others.append((source, other))
    flag = Flag("wrong_unit", f"Siffran ”{fact.text.strip()}” gäller något annat i anteckningen.", fact.text.strip())
    if counted:
        return None if fact.value in counted else flag
    noun = _noun_after(sentence, fact)
    if noun is None or not others:
        return None
    said = content_stems(sentence)
    for source, other in others:
        theirs = _noun_after(source.text, other)
        if _GROUPS.match(noun) and re.match(r" ?personer\b", source.text[other.end :]):
            return flag
        same_word = theirs is not None and (theirs.endswith(noun[-3:]) or noun.endswith(theirs[-3:])) if _is_time(noun) else False
        if theirs is None or _is_time(theirs) != _is_time(noun) or same_word or loosely_related(stem(theirs), stem(noun)):
            return None
        if any(loosely_related(stem(noun), one) for one in source.stems) or any(loosely_related(stem(theirs), one) for one in said):
            return None
    return flag


def _one_unit(one: str, two: str) -> bool:
    """Whether two counted nouns are one, or one the last part of the other ("par", "mentorspar")."""
    short, long = sorted((one, two), key=len)
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
        re.match(r" ?(?:[),.;:]|$|(?:förra|i fjol|av|nya|har|är|kvar)\b)", text[fact.end :])
    )


def _noun_after(text: str, fact: Fact) -> str | None:
    """The noun that a figure counts, in small letters, where the word after it is surely one and names something."""
    found = [token for token in tokens(text[fact.end : fact.end + 60])[:2] if token.is_word]
    if not found:
        return None
    low = found[0].low
    if _is_time(low):
        return low
    return None if low in EMPTY or class_of(low) or readings(low) or says_nothing_new(low) or low.endswith(("a", "re")) else low


_GROUPS = re.compile(r"(?:familj|hushåll|grupp|ärende|enhet|skol|team|förening)")  # what is not counted one by one as people are


def _of_other_span(text: str, fact: Fact, theirs: str, other: Fact) -> bool:
    """Whether two equal numbers count different spans of time: "13 månader" and "13 år"."""
    if fact.kind != "number" or theirs[other.start : other.end] != other.text:
        return False
    one, two = _noun_after(text, fact), _noun_after(theirs, other)
    return one is not None and two is not None and _is_time(one) and _is_time(two) and class_of(one) != class_of(two)


def _is_time(word: str) -> bool:
    kind = class_of(word)
    return kind is not None and (kind[0] == "tidsenhet" or kind == ("tid på dygnet", "kväll"))


def _fractions(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "60 av 52" where the source has "52 av 60", or a part greater than its whole."""
    known = {pair for source in sources for text in (source.text, source.raw) for pair, _ in _parts(text)}
    for (part, whole), words in _parts(sentence):
        if part > whole or ((whole, part) in known and (part, whole) not in known):
            return [Flag("wrong_unit", f"”{words}” stämmer inte med källan.", words)]
        if any(other == whole and one != part for one, other in known) and (part, whole) not in known:
            return [Flag("wrong_unit", f"”{words}” stämmer inte med källan.", words)]
    return []


def _parts(text: str) -> list[tuple[tuple[int, int], str]]:
    """Each "9 av 11", "52 elever, 31 av dem" or "av 52 elever har 31" as part and whole, and its words."""
    numbers = [fact for fact in figures(text) if fact.kind == "number" and fact.value.isdigit()]
    found = []
    for one, two in pairwise(numbers):
        words, between = text[one.start : two.end].strip(), text[one.end : two.start]
        if _OF.fullmatch(between):
            found.append(((int(one.value), int(two.value)), words))
            continue
        if len(words) > _NEAR_BY:
            continue
        opened = _OF_BEFORE.search(text[: one.start]) and not re.search(r"[,;:.]", between) and _noun_after(text, two) is None
        if opened or _OF_THEM.match(text[two.end :]) or _OF_WHICH.search(between):
            found.append(((int(two.value), int(one.value)), words))
    return found


def _name(fact: Fact, sentence: str, sources: Sequence[Source]) -> Flag | None:
    what = "Namnet" if fact.kind == "name" else "Förkortningen"
    wanted = fact.value if fact.kind == "name" else fact.value.casefold()
    holding = [
        source
        for source in sources
        if wanted in source.words or any(name_fits(wanted, word, fact.kind == "abbreviation") for word in source.words)
    ]
    if not holding:
        return Flag(f"untraced_{fact.kind}", f"{what} ”{fact.text}” finns inte i anteckningarna eller i källan.", fact.text)
    if fact.kind == "abbreviation":
        return None
    clause = _clause_of(sentence, fact)
    around = [
        stem(token.low)
        for token in tokens(clause)
        if is_content(token) and not token.low.startswith(wanted) and not says_nothing_new(token.low)
    ]
    told = {one.key for one in figures(clause)}
    if (
        not around
        or any(told & {one.key for one in source.facts} for source in holding)
        or any(loosely_related(one, other) for source in holding for one in around for other in source.stems)
    ):
        return None
    return Flag(f"untraced_{fact.kind}", f"Namnet ”{fact.text}” står i källan om något annat.", fact.text)


def _exchanged_name(sentence: str, sources: Sequence[Source], known_names: frozenset[str]) -> list[Flag]:
    """A name of another source in a sentence that a note with a name of its own gives the figure and most words of."""
    found = facts(sentence, known_names=known_names)
    ours = [fact for fact in found if fact.kind == "name"]
    keys = {fact.key for fact in figures(sentence)}
    stems = [one for one in content_stems(sentence) if not any(one == stem(fact.text) for fact in ours)]
    for note in sources:
        if not note.is_note or not ours or not keys & {fact.key for fact in note.facts}:
            continue
        words = [token.low for token in tokens(sentence)]
        parts = [part for part in re.split(r"[,;(]", note.text) if keys & {fact.key for fact in figures(part)}]
        lost = [
            fact
            for part in parts
            for fact in facts(part, known_names=note.names)
            if fact.kind == "name" and not any(_same_name(fact.value, word) for word in words)
        ]
        new = [fact for fact in ours if not any(_same_name(fact.value, word) for word in note.words)]
        if lost and new and stems and 2 * len(matched(stems, note.stems)) >= len(stems):
            return [Flag("untraced_name", f"Anteckningen har ”{lost[0].text}” där meningen har ”{new[0].text}”.", new[0].text)]
    return []


def _same_name(name: str, word: str) -> bool:
    return name_fits(name, word, False) or loosely_related(stem(name), stem(word))


def _clause_of(sentence: str, fact: Fact) -> str:
    """The clause that a fact stands in."""
    start = max((m.end() for m in _CLAUSE_END.finditer(sentence, 0, fact.start)), default=0)
    end = next((m.start() for m in _CLAUSE_END.finditer(sentence, fact.end)), len(sentence))
    return sentence[start:end]


def name_fits(wanted: str, word: str, is_short: bool) -> bool:
    """Whether ``word`` of a source is the name ``wanted`` in another form; an abbreviation (``is_short``) with what is joined to it."""
    if is_short:
        return re.match(rf"{re.escape(wanted)}(?:$|[-:\d])", word) is not None
    long, short = (word, wanted) if len(word) >= len(wanted) else (wanted, word)
    if long.startswith(short) and long[len(short) :] in _NAME_ENDINGS:
        return True
    return "-" in wanted and len(word) >= 5 and word in wanted.split("-")


_NAME_ENDINGS = ("n", "en", "et", "t", "ns", "ens", "ets", "na", "nas", "s")
