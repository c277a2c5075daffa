"""Traces the facts of one sentence to its sources: every figure, date, amount, name, abbreviation and negation is found there or flagged.

Takes sentence and sources as they are and knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft.checks.negations import negation_flags
from assistant.draft.checks.reckoning import fraction_flags, is_difference, is_false_difference, known_count, worked_out
from assistant.draft.checks.sources import Source
from assistant.draft.checks.units import is_bare, of_other_span, unit_flag
from assistant.draft.language.earlier import is_earlier
from assistant.draft.language.facts import TIMES, Fact, counted_word, facts, figures, is_label, same_date
from assistant.draft.language.meaning import says_nothing_new
from assistant.draft.language.wording import content_stems, is_content, loosely_related, matched, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb

_COMPARES = re.compile(
    r"\b(?:jämfört med|jfr|tidigare|förra|föregående|i stället för|mot|från|än|året innan|var då|då var|senast|i fjol|sedan)\b",
    re.IGNORECASE,
)
_TO_A_SHARE = re.compile(r" (?:till|och|mot|respektive) [^\W_]+(?:,\d+)? procent\b")
_AS_IT_WAS = re.compile(r"\bsom \w+(?: \w+){0,3}? (?:i |den |under )?$")
_THIS_YEAR = re.compile(r"\b(?:i år|under året|årets)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:–] ")


def trace(
    sentence: str,
    sources: Sequence[Source],
    *,
    year: int,
    known_names: frozenset[str] = frozenset(),
    everything: Sequence[Source] = (),
) -> list[Flag]:
    """What in ``sentence`` of a report of ``year`` its ``sources`` do not bear out, in order; [] where all is traced.

    ``known_names`` are names even at the start of a sentence; ``everything`` are all sources of the item, where a name may stand too.
    """
    flags: list[Flag] = []
    for fact in facts(sentence, known_names=known_names):
        flag = _figure(fact, sentence, sources, year, everything) if fact.kind not in ("name", "abbreviation", "negation") else None
        if fact.kind in ("name", "abbreviation"):
            flag = _name(fact, sentence, everything or sources)
        if flag is not None:
            flags.append(flag)
    flags += fraction_flags(sentence, sources)
    if not any(flag.code == "untraced_name" for flag in flags):
        flags += _exchanged_name(sentence, sources, known_names)
    flags += negation_flags(sentence, sources)
    return flags


def _figure(fact: Fact, sentence: str, sources: Sequence[Source], year: int, everything: Sequence[Source]) -> Flag | None:
    kind = "Tidpunkten" if fact.kind in TIMES else "Uppgiften"
    if fact.kind == "number" and _TO_A_SHARE.match(sentence[fact.end :]):
        fact = replace(fact, kind="percent")  # "från nio till fem procent"
    ahead = main_verb(sentence).tense == "present"
    fits = [
        (source, other)
        for source in sources
        for other in source.facts
        if _same(fact, other, year if source.is_note else source.year or year, ahead)
        and (_fits_label(source, other) if is_label(sentence, fact) else not _is_label_in(source, other))
        and not of_other_span(sentence, fact, source.text, other)
    ]
    if fact.kind == "number" and is_false_difference(fact, sentence, everything or sources):
        return Flag("untraced_figure", f"Skillnaden ”{fact.text.strip()}” stämmer inte med källornas siffror.", fact.text.strip())
    noted = [pair for pair in fits if pair[0].is_note]
    if noted:
        apart = is_earlier(sentence, fact, year) or worked_out(fact, sentence, everything or sources)
        return None if apart else unit_flag(fact, sentence, sources)
    if fact.kind == "year" and (
        any(fact.value in (str(source.year), str((source.year or 0) - 1)) for source in sources if not source.is_note)
        or fact.value == str(year - 1)
    ):
        return None  # the year of an earlier report, named to tell its figure apart
    if _AS_IT_WAS.search(sentence[: fact.start]) and any(
        source.year and fact.value.startswith(f"{source.year}-") for source, _ in fits if not source.is_note
    ):
        return None  # told of the thing, with the year that it is of: "kartläggningen som inleddes i november 2025"
    if fact.kind in ("number", "amount", "percent") and is_difference(fact, sentence, everything or sources):
        return None
    if not fits and (worked_out(fact, sentence, sources) or known_count(fact, sentence, everything)):
        return None
    if (
        not fits
        and fact.kind == "season"
        and any(word.startswith(fact.value.split("-")[1]) for source in sources for word in source.words)
    ):
        return None  # "höstens möte" of a "höstmöte"
    if not fits and is_earlier(sentence, fact, year) and _known_before(fact, sentence, everything, year):
        return None
    if not fits:
        code = "untraced_date" if fact.kind in TIMES else "untraced_figure"
        return Flag(code, f"{kind} ”{fact.text.strip()}” finns inte i anteckningarna.", fact.text.strip())
    fresh = [
        source
        for source, other in fits
        if other.key not in source.stale and (fact.kind != "number" or _beside(sentence, fact) & _beside(source.text, other))
    ]
    if fresh or is_earlier(sentence, fact, year) or any(_told_as_earlier(sentence, fact, source) for source, _ in fits):
        return None
    year = max(source.year or 0 for source, _ in fits)
    return Flag("stale", f"{kind} ”{fact.text.strip()}” är från {year} och finns inte i årets anteckningar.", fact.text.strip())


def _is_shortened(name: str, text: str) -> bool:
    """Whether ``text`` has the first letters of ``name`` with a full stop: "Ek. bistånd"."""
    return any(name.startswith(match.group(1)) for match in re.finditer(r"\b([A-ZÅÄÖ][a-zåäö]+)\.", text))


_RARE = 9  # letters of a word that is hardly in two sentences by chance
_SEASON_MONTHS = {"vår": (1, 6), "sommar": (6, 8), "höst": (8, 12), "vinter": (1, 12)}


def _known_before(fact: Fact, sentence: str, everything: Sequence[Source], year: int) -> bool:
    """Whether an earlier comment on what the sentence is about has a figure that the sentence gives as an earlier one."""
    stems = content_stems(sentence)
    newest = max((source.year or 0 for source in everything if not source.is_note), default=0)
    unit = counted_word(sentence, fact)
    return any(
        _same(fact, other, newest, False)
        and (len(shared := matched(stems, source.own_stems)) > 1 or any(len(one) >= _RARE for one in shared))
        and (
            not unit or not counted_word(source.text, other) or loosely_related(stem(unit), stem(counted_word(source.text, other)))
        )
        for source in everything
        if not source.is_note and source.year == newest
        for other in source.facts
    )


def _fits_label(source: Source, fact: Fact) -> bool:
    """Whether a number of a source may name a thing: "åk 8", or one that counts nothing that it says."""
    return (
        fact.kind != "number"
        or _is_label_in(source, fact)
        or source.text[fact.start : fact.end] != fact.text
        or is_bare(source.text, fact)
    )


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
    if fact.kind == "number" and other.kind == "amount" and fact.value == other.value and len(fact.value) > _SMALL:
        return True  # "från 400 000 till 460 000 kronor"
    if fact.kind == "amount" and other.kind == "number" and "." in other.value and fact.text.startswith(other.text):
        return True  # "hemtjänsten −3,2", where another note says that it is millions
    if fact.kind == "season" and other.kind in ("date", "month"):
        first, last = _SEASON_MONTHS[fact.value.split("-")[1]]
        return first <= int(other.value.split("-")[1]) <= last and (fact.value.startswith("-") or fact.value[:4] == other.value[:4])
    if fact.kind in TIMES and other.kind in TIMES:
        if fact.kind == "date" and other.kind != "date":
            return False  # a day that the source does not name
        named, _, rest = fact.value.partition("-")
        if fact.kind != "year" and named and other.kind != "year" and other.value.startswith("-"):
            late = rest[:2] in ("09", "10", "11", "12") or rest in ("höst", "vinter")
            if int(named) != (year - 1 if late else year) and not (late and ahead and int(named) == year):
                return False
        return same_date(fact, other)
    if fact.kind == other.kind == "time":
        return set(fact.value.split("–")) <= set(other.value.split("–"))
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


def _name(fact: Fact, sentence: str, sources: Sequence[Source]) -> Flag | None:
    what = "Namnet" if fact.kind == "name" else "Förkortningen"
    wanted = fact.value if fact.kind == "name" else fact.value.casefold().split("-")[0]
    holding = [
        source
        for source in sources
        if wanted in source.words
        or fact.text.casefold() in source.words
        or any(name_fits(wanted, word, fact.kind == "abbreviation") for word in source.words)
    ]
    if not holding and any(_is_shortened(fact.text, source.raw or source.text) for source in sources):
        return None
    if not holding:
        return Flag(f"untraced_{fact.kind}", f"{what} ”{fact.text}” finns inte i anteckningarna eller i källan.", fact.text)
    clause = _clause_of(sentence, fact)
    around = [
        stem(token.low)
        for token in tokens(clause)
        if is_content(token) and not token.low.startswith(wanted) and not says_nothing_new(token.low)
    ]
    told = {one.key for one in figures(clause)}
    alone = sum(one.kind == "name" for one in facts(sentence)) == 1
    all_told = {one.key for one in figures(sentence)} if alone else set()
    beside = (
        [one for one in content_stems(sentence[: fact.start]) if not one.startswith(stem(wanted))] if clause != sentence else []
    )
    if (
        not around
        or any(all_told & {one.key for one in source.facts} for source in holding)
        or any(told & {one.key for one in source.facts} for source in holding)
        or any(loosely_related(one, other) for source in holding for one in (*around, *beside) for other in source.stems)
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
            if fact.kind == "name" and not any(same_name(fact.value, word) for word in words)
        ]
        new = [fact for fact in ours if not any(same_name(fact.value, word) for word in note.words)]
        if lost and new and stems and 2 * len(matched(stems, note.stems)) >= len(stems):
            return [Flag("untraced_name", f"Anteckningen har ”{lost[0].text}” där meningen har ”{new[0].text}”.", new[0].text)]
    return []


def same_name(name: str, word: str) -> bool:
    """Whether ``word`` may be the name ``name`` in another form or a part of it."""
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
    if long.startswith(short) and (long[len(short) :] in _NAME_ENDINGS or (len(short) > 3 and long[len(short) :] in _PLACES)):
        return True
    return ("-" in wanted and len(word) >= 5 and word in wanted.split("-")) or ("-" in word and wanted in word.split("-"))


_SMALL = 3  # digits of a number that may count anything
_PLACES = ("skolan", "skolans", "gården", "hallen", "huset", "torget", "vägen", "gatan", "parken", "centrum")
_NAME_ENDINGS = ("n", "en", "et", "t", "ns", "ens", "ets", "na", "nas", "s")
