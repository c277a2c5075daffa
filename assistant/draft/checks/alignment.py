"""Whether the figures of a sentence stand where they stand in its sources: with the same words, of the same year, in the same part of a month.

Every figure may well have a source and the sentence be wrong all the same: "188 från skolan" where the note has 311 from the school.
Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from assistant.draft.checks.reckoning import is_rough_share, known_count, rows_of_numbers
from assistant.draft.checks.sources import Source
from assistant.draft.language.abbreviated import shortened
from assistant.draft.language.earlier import is_earlier, may_be_earlier
from assistant.draft.language.facts import MONTHS, NUMBER_WORDS, TIMES, Fact, counted_word, figures
from assistant.draft.language.meaning import class_of
from assistant.draft.language.nouns import is_people
from assistant.draft.language.wording import EMPTY, content_stems, loosely_related, matched, stem, tokens
from corpus.model import Flag
from corpus.word_lists import word_set

_BREAK = re.compile(r"[,;:()]+(?=\s|$)|\(| – | (?:och|men|medan|samt|varav) ")
_TELLING = frozenset({"nya", "ny", "nytt", "kvar"})  # words of little weight elsewhere that tell one count from another
_MONTH = "|".join(MONTHS)
_COMPARING = word_set(
    "förra fjol jämfört jfr jmf föregående ökat minskat ökade minskade vecka veckor månad månader dag dagar dygn timmar"
)
_SPAN = re.compile(
    rf"\b(?P<part>början|mitten|slutet) av (?P<month>{'|'.join(MONTHS)})\b|\b(?P<half>första|andra) halvan av (?P<other>{'|'.join(MONTHS)})\b",
    re.IGNORECASE,
)
_DAYS = {"början": (1, 11), "mitten": (9, 21), "slutet": (19, 31), "första": (1, 16), "andra": (14, 31)}
_JOINED = re.compile(r"(?: (?:till|och|samt)(?: med)?(?: under| i| den)? |[–-])")
_ARROW = re.compile(r"-+>|→|\btill\b")
_PART = re.compile(r"[,;] ")
_REST = re.compile(r"\b(?:återst\w+|resterande|övriga)\b", re.IGNORECASE)
_RANGE = re.compile(rf"(?<![\d:/.,–-])(\d{{1,2}})–(\d{{1,2}})(?![\d:/.–-]| ?(?:{_MONTH})|,\d)")
_OVERNIGHT = re.compile(r"\b(?:stäng\w*|öpp\w*|natt\w*|kväll\w*|klockan|kl)\b", re.IGNORECASE)
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6}
_ORDINAL = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)}) (?P<noun>\w{{4,}})", re.IGNORECASE)
_LABEL = re.compile(r"\b(?P<noun>[^\W\d]{4,}) (?:nr\.? |nummer )?(?P<number>[1-9])\b(?! (?:av|procent))")
_SIDES = ("väderstreck", "följd", "tid på dygnet", "veckodag", "ordning", "nöjdhet", "längd", "värde")
_COUNTS = ("number", "percent", "amount")


def misplaced(
    sentence: str, sources: Sequence[Source], notes: Sequence[Source], year: int, everything: Sequence[Source] = ()
) -> list[Flag]:
    """The first figure of each kind of misplacement; [] where all stand as in the ``sources``. ``notes`` are all notes of the item, and
    ``everything`` what may be counted without being told: "de två inspektörerna"."""
    noted = [source for source in sources if source.is_note]
    return [
        *_of_other_side(sentence, sources),
        *_of_other_words(sentence, notes if noted else (), year, everything),
        *_of_other_year(sentence, noted, year),
        *_parts_of_months(sentence, sources),
        *_said_twice(sentence),
        *_other_ordinal(sentence, noted),
        *_other_order(sentence, noted),
    ]


def _of_other_words(sentence: str, notes: Sequence[Source], year: int, everything: Sequence[Source]) -> list[Flag]:
    """A figure whose words belong to another figure of the notes, and not to it."""
    near: dict[str, set[str]] = {}
    wide: dict[str, set[str]] = {}
    weak: set[str] = set()
    for source in notes:
        own, loose = _words_by_figure(source.text)
        weak |= loose
        for fact, words, around in own:
            if fact.kind in _COUNTS:
                near.setdefault(_digits(fact), set()).update(words)
            wide.setdefault(_digits(fact), set()).update(around)
    ours = _words_by_figure(sentence)[0]
    placed = {_digits(fact) for fact, _, around in ours if _any_related(around, wide.get(_digits(fact), set()))}
    for fact, words, around in ours:
        theirs = wide.get(_digits(fact))
        if fact.kind not in _COUNTS or not theirs or _any_related(around, theirs) or is_earlier(sentence, fact, year):
            continue
        if (
            _REST.search(sentence)
            or known_count(fact, sentence, everything)
            or is_rough_share(fact, sentence, notes)
            or any(shortened(part) for note in notes for part in _PART.split(note.text) if fact.text.strip() in part)
        ):
            continue  # what is left was worked out, and what a shortened word means is not known
        if any(f"n={_digits(fact)}" in (note.raw or note.text).replace(" ", "") for note in notes):
            continue  # how many answered
        if _counts_persons(sentence, fact) and any(
            _digits(other) == _digits(fact) and is_people(counted_word(note.text, other)) for note in notes for other in note.facts
        ):
            continue
        left = {one for one in words if not _any_related({one}, weak)}
        if any(key not in placed and key != _digits(fact) and _any_related(left, other) for key, other in near.items()):
            return [Flag("wrong_unit", f"”{fact.text.strip()}” gäller något annat i anteckningen.", fact.text.strip())]
    return _exchanged(sentence, notes)


def _counts_persons(text: str, fact: Fact) -> bool:
    """Whether a figure counts people and says no more of them: "14 personer", "14 deltog"."""
    return counted_word(text, fact) in ("personer", "deltagare", "deltog", "deltar")


def _exchanged(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """Two figures of one note that each stand after the word that the other stands after there."""
    ours = _words_before(sentence)
    for note in notes:
        theirs = {_digits(fact): words for fact, words in _words_before(note.text)}
        for (one, words), (two, others) in combinations([entry for entry in ours if _digits(entry[0]) in theirs], 2):
            first, second = theirs[_digits(one)], theirs[_digits(two)]
            if _any_related(words, first) or _any_related(others, second):
                continue
            if _any_related(words, second) and _any_related(others, first):
                return [Flag("wrong_unit", f"”{one.text.strip()}” och ”{two.text.strip()}” har bytt plats.", one.text.strip())]
    return []


def _words_before(text: str) -> list[tuple[Fact, set[str]]]:
    """Each count with the telling words between it and the figure before."""
    found, start = [], 0
    for fact in figures(text):
        if fact.kind in _COUNTS:
            found.append((fact, _telling(re.split(r"[,;(] ?", text[start : fact.start])[-1])))
        start = fact.end
    return found


def _of_other_side(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "Västra" in the clause where the source has "östra": a small word of a pair in the clause of the other."""
    for clause in _BREAK.split(sentence):
        for token in tokens(clause):
            kind = class_of(token.low)
            if kind is None or kind[0] not in _SIDES:
                continue
            words = {one for one in _telling(clause) if one != stem(token.low)}
            clauses = [
                (
                    len(words & _telling(other)),
                    {k[1] for one in tokens(other) if (k := class_of(one.low)) is not None and k[0] == kind[0]},
                )
                for source in sources
                for other in _BREAK.split(source.text)
            ]
            best = max((shared for shared, groups in clauses if groups), default=0)
            theirs = {group for shared, groups in clauses if shared == best for group in groups}
            if best and kind[1] not in theirs:
                return [Flag("changed_word", f"Källan har inte ”{token.text}” där.", token.text)]
    return []


def _digits(fact: Fact) -> str:
    """What tells figures apart whatever their unit: "11,4 miljoner kronor" and a bare "11,4" are the same."""
    shown = re.match(r"\d[\d  ]*(?:,\d+)?", fact.text)
    return shown.group().replace(" ", "").replace(" ", "") if shown and fact.kind in _COUNTS else fact.value


def _any_related(ones: set[str], others: set[str]) -> bool:
    return any(loosely_related(one, other) for one in ones for other in others)


def _words_by_figure(text: str) -> tuple[list[tuple[Fact, set[str], set[str]]], set[str]]:
    """Each figure with the stems of the telling words next to it and of its whole part of the text; and those of parts without a figure.

    A figure alone in its part ("jourhem finns (2)") has the words of the part before.
    """
    found: list[tuple[Fact, set[str], set[str]]] = []
    loose: set[str] = set()
    start = 0
    before: set[str] = set()
    every = [fact for fact in figures(text) if fact.kind != "code"]
    cuts = [m.span() for m in _BREAK.finditer(text) if not any(fact.start < m.end() and m.start() < fact.end for fact in every)]
    for cut_start, cut_end in [*cuts, (len(text), len(text))]:
        inside = [fact for fact in every if start <= fact.start < cut_start]
        whole = _telling(text[start:cut_start])
        if not inside:
            loose |= whole
        for at, fact in enumerate(inside):
            left = inside[at - 1].end if at else start
            right = inside[at + 1].start if at + 1 < len(inside) else cut_start
            near = _telling(f"{text[left : fact.start]} {text[fact.end : right]}")
            found.append((fact, near, whole or (_telling(text) if fact.kind in ("amount", "percent") else before)))
        before = whole or before
        start = cut_end
    return found, loose


def _telling(text: str) -> set[str]:
    return {
        stem(token.low)
        for token in tokens(text)
        if token.is_word
        and token.low not in NUMBER_WORDS
        and token.low not in _COMPARING
        and (token.low in _TELLING or (token.low not in EMPTY and len(token.low) > 1))
    }


def _of_other_year(sentence: str, notes: Sequence[Source], year: int) -> list[Flag]:
    """This year's figure told as last year's, or the other way round."""
    table: dict[str, set[bool]] = {}
    for source in notes:
        for text in {source.text, source.raw or source.text}:
            meant = [fact for fact in source.facts if text[fact.start : fact.end] == fact.text]
            for fact in {*figures(text), *meant}:
                if fact.kind in _COUNTS:
                    said = {True, False} if may_be_earlier(text, fact) else {is_earlier(text, fact, year)}
                    table.setdefault(fact.value, set()).update(said)
    if not any(True in said for said in table.values()):
        return []
    for fact in figures(sentence):
        known = table.get(fact.value)
        if fact.kind in _COUNTS and known is not None and len(known) == 1 and is_earlier(sentence, fact, year) not in known:
            return [Flag("stale", f"Uppgiften ”{fact.text.strip()}” gäller ett annat år i anteckningen.", fact.text.strip())]
    return []


def _parts_of_months(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "I mitten av mars" where the source has another day or another part of the month."""
    for match in _SPAN.finditer(sentence):
        part = (match.group("part") or match.group("half")).lower()
        month = MONTHS.index((match.group("month") or match.group("other")).lower()) + 1
        first, last = _DAYS[part]
        days, same, other = [], False, False
        for source in sources:
            for fact in source.facts:
                if fact.kind == "date" and fact.value.split("-")[1] == f"{month:02}":
                    days.append(int(fact.value.rsplit("-", 1)[1]))
            for theirs in _SPAN.finditer(source.text):
                if MONTHS.index((theirs.group("month") or theirs.group("other")).lower()) + 1 == month:
                    here = (theirs.group("part") or theirs.group("half")).lower() == part
                    same, other = same or here, other or not here
        if not same and (other or not any(first <= day <= last for day in days)):
            return [Flag("untraced_date", f"Tidpunkten ”{match.group()}” finns inte i anteckningarna.", match.group())]
    return []


def _other_ordinal(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """ "Den första hållpunkten" where the note has "punkt 2"."""
    for match in _ORDINAL.finditer(sentence):
        nouns = {stem(token.low) for token in tokens(match.group("noun"))}
        numbers = {
            int(label.group("number"))
            for note in notes
            for label in _LABEL.finditer(note.text)
            if _any_related(nouns, {stem(label.group("noun"))})
        }
        word = match.group("ordinal").lower()
        if numbers and _ORDINALS[word] not in numbers and not any(word in note.words for note in notes):
            return [Flag("changed_word", f"Källan har nummer {min(numbers)} där meningen har ”{word}”.", word)]
    return []


def _other_order(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """ "Nummer 5, 4 och 6" where the note has "nr 4, 5, 6"."""
    theirs = [row for note in notes for row in rows_of_numbers(note.text)]
    for ours in rows_of_numbers(sentence):
        if ours not in theirs and sorted(ours) in [sorted(row) for row in theirs]:
            said = ", ".join(ours)
            return [Flag("wrong_unit", f"”{said}” står i en annan ordning i anteckningen.", said)]
    return []


def _said_twice(sentence: str) -> list[Flag]:
    """ "Både under våren och under våren", "nummer 4, 6 och 6", "årskurs 6–2": ends of a span or of a pair that cannot be."""
    for numbers in rows_of_numbers(sentence):
        if len(set(numbers)) < len(numbers):
            said = ", ".join(numbers)
            return [Flag("untraced_figure", f"”{said}” har ett tal två gånger.", said)]
    for span in _RANGE.finditer(sentence):
        if int(span.group(1)) > int(span.group(2)) and not _OVERNIGHT.search(sentence):
            return [Flag("untraced_figure", f"”{span.group()}” går baklänges.", span.group())]
    times = [fact for fact in figures(sentence) if fact.kind in TIMES]
    for one, two in pairwise(times):
        if one.key == two.key and _JOINED.fullmatch(sentence[one.end : two.start]):
            return [Flag("untraced_date", f"”{two.text.strip()}” står två gånger.", two.text.strip())]
    return []


def grown(sources: Sequence[Source], year: int) -> set[str]:
    """ "more" and "less" as far as the figures of the notes tell it: "+14 %", "5 veckor (3 förra året)"."""
    found = set()
    for source in sources:
        for text in {source.text, source.raw or source.text}:
            found |= {"more" for _ in re.finditer(r"(?:^|\s)(?:\+|upp )\s?\d", text)} | {
                "less" for _ in re.finditer(r"(?:^|\s)(?:[-−–] ?|ne[dr] )\d+(?:,\d+)? ?(?:%|procent)", text)
            }
            counts = [fact for fact in figures(text) if fact.kind in _COUNTS]
            earlier = [is_earlier(text, fact, year) or may_be_earlier(text, fact) for fact in counts]
            for at, old in enumerate(counts):
                order = (*range(at - 1, -1, -1), *range(at + 1, len(counts)))
                if at + 1 < len(counts) and _ARROW.search(text[old.end : counts[at + 1].start]):
                    order = (at + 1,)
                now = [counts[other] for other in order if not earlier[other]]
                if now and old.kind != now[0].kind and _ARROW.search(text[old.end : now[0].start]):
                    old = next((other for other in source.facts if other.start == old.start and other.kind == now[0].kind), old)
                if earlier[at] and now and _worth(now[0]) != _worth(old):
                    found.add("more" if _worth(now[0]) > _worth(old) else "less")
    return found


def _worth(fact: Fact) -> float:
    return float(fact.value.split()[0])


def replaced(sentence: str, notes: Sequence[Source], year: int) -> list[Flag]:
    """A count of an earlier sentence where a note counts the same thing anew: "tre dagar i veckan" and the note "nu 4 dagar/vecka"."""
    words = list(dict.fromkeys(content_stems(sentence)))
    noted = {
        other.value
        for note in notes
        for other in note.facts
        if note.text[other.start : other.end] != other.text or not is_earlier(note.text, other, year)
    }
    for fact in figures(sentence):
        unit = _counted(sentence, fact)
        if (
            fact.kind != "number"
            or unit is None
            or fact.value in noted
            or is_earlier(sentence, fact, year)
            or _REST.search(sentence)
        ):
            continue
        for note in notes:
            same = [
                other
                for other in note.facts
                if other.kind == "number"
                and note.text[other.start : other.end] == other.text
                and _counted(note.text, other) == unit
            ]
            rest = [one for one in words if one != unit]
            if same and rest and len(matched(rest, note.stems)) >= max(min(2, len(rest)), round(0.6 * len(rest))):
                return [Flag("stale", f"Anteckningen har en annan siffra än ”{fact.text.strip()}”.", fact.text.strip())]
    return []


def _counted(text: str, fact: Fact) -> str | None:
    found = [token for token in tokens(text[fact.end : fact.end + 40])[:1] if token.is_word]
    return stem(found[0].low) if found and len(found[0].low) > 2 else None
