"""How much a sentence says: "alla", "hälften", "varje vecka", "på måndagar". Each must be what a source says in words or figures.

Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.draft.checks.directions import begins_alike
from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import NUMBER_WORDS, figures
from assistant.draft.language.meaning import class_of, rhythms, short_weekdays
from assistant.draft.language.wording import tokens
from corpus.model import Flag

_WEEKDAY = re.compile(r"(?:mån|tis|ons|tors|fre|lör|sön)dag")
_INSTEAD = re.compile(r"\bi stället för (?:som tidigare )?$")
_WEEKEND = ("lördag", "söndag")
_ONE_OF = re.compile(r"\b(?:en|ett|någon|något|några) av\b", re.IGNORECASE)
_WHOLES = {("mängd", "alla"), ("mängd", "båda")}
_WHOLE = re.compile(r"\b(\d+)(?: av |/)\1\b")
_YEAR_BEFORE = re.compile(r"\b(?:året|veckan|månaden|dagen) $", re.IGNORECASE)  # "året innan" is no order of things
_ONLY_IN_COPIES = (
    "vilja",
    "följd",
    "tidsenhet",
    "läge",
    "plats i tid",
)  # words with a second sense, told apart by their place alone


def small_word_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A quantity, a degree or a rhythm that is another than the sources': "några" for "alla", "varje månad" for "varje vecka"."""
    words = {token.low for source in sources for token in tokens(f"{source.text} {source.raw}")}
    words |= {match.group() for word in words if (match := _WEEKDAY.match(word))}
    words |= {day for source in sources for day in short_weekdays(source.raw)}
    there = {kind for word in words if (kind := class_of(word)) is not None}
    if any(_WHOLE.search(f"{source.text} {source.raw}") for source in sources):
        there.add(("mängd", "alla"))
    named = {kind[0] for kind in there}
    one_of = _ONE_OF.search(sentence)
    if one_of and there & _WHOLES and not any(_ONE_OF.search(f"{source.text} {source.raw}") for source in sources):
        return [Flag("changed_word", f"Meningen säger ”{one_of.group()}” men källan alla.", one_of.group())]
    for token in tokens(sentence):
        day = _WEEKDAY.match(token.low)
        another = any(_WEEKDAY.match(word) or (day and day.group() in _WEEKEND and word.startswith("vardag")) for word in words)
        if day and day.group() not in words and another:
            return [Flag("changed_word", f"Källan säger inte ”{token.text}”.", token.text)]
        kind = class_of(token.low)
        if (
            kind is None
            or _YEAR_BEFORE.search(sentence[: token.start])
            or kind in there
            or kind[0] not in named
            or kind[0] in _ONLY_IN_COPIES
        ):
            continue
        other = next((word for word in sorted(words) if (theirs := class_of(word)) is not None and theirs[0] == kind[0]), "alla")
        return [Flag("changed_word", f"Meningen säger ”{token.text}” men källan ”{other}”.", token.text)]
    text = " ".join(f"{source.text} {source.raw}" for source in sources).lower()
    for match in _HOURS_OF_DAY.finditer(sentence):
        if not any(root in text for root in _SAID_BY[match.group().lower()]):
            return [Flag("changed_word", f"Källan säger inte ”{match.group()}”.", match.group())]
    grades = set(re.findall(r"(?:årskurs(?:erna)?|åk\.?) (\w+)", text))
    for match in _GRADE.finditer(sentence):
        if grades and not {match["grade"].lower(), str(NUMBER_WORDS[match["grade"].lower()])} & grades:
            return [Flag("changed_word", f"Källan säger inte ”{match.group()}”.", match.group())]
    seasons = set(_EVERY_SEASON.findall(text))
    for season in _EVERY_SEASON.findall(sentence.lower()) if seasons else ():
        if season not in seasons:
            return [Flag("changed_word", f"Källan säger inte ”varje {season}”.", season)]
    said, known = rhythms(sentence), {key for source in sources for key in rhythms(f"{source.text} {source.raw}")}
    for key, phrase in said.items():
        if key not in known and known and not _INSTEAD.search(sentence[: sentence.find(phrase)]):
            return [Flag("changed_word", f"Källan säger inte ”{phrase}”.", phrase)]
    return []


_HOURS_OF_DAY = re.compile(r"\b(?:dygnet runt|året runt|dagtid|kvällstid|nattetid)\b", re.IGNORECASE)
_SAID_BY = {
    "dygnet runt": ("dygn", "24 t", "24/7", "alltid"),
    "året runt": ("året", "hela år", "alla månader", "varje månad"),
    "dagtid": ("dag",),
    "kvällstid": ("kväll", "kv", "kl"),
    "nattetid": ("natt", "nätter"),
}
"""Hours, and what a source may call them."""
_EVERY_SEASON = re.compile(r"\bvarje (vår|höst|sommar|vinter)\b")
_GRADE = re.compile(rf"\bårskurs (?P<grade>{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
_SHARES: tuple[tuple[re.Pattern[str], Callable[[float], bool]], ...] = (
    (
        re.compile(
            r"(?<!, )\b(?:alla|samtliga|allihop|varenda)\b(?! (?:tiders|hjärtans|utom))|, (?:alla|samtliga)\b(?! (?:i|på|vid|från|hos|utom)\b)",
            re.IGNORECASE,
        ),
        lambda share: share == 1,
    ),
    (re.compile(r"\b(?:mer än|drygt|över) (?:hälften|halva)\b", re.IGNORECASE), lambda share: 0.5 < share < 0.65),
    (
        re.compile(r"(?<!mer än )(?<!drygt )(?<!över )\b(?:hälften|halva(?=n? |$)|halverat?s?|halverad\w*)\b", re.IGNORECASE),
        lambda share: 0.45 <= share <= 0.55,
    ),
    (
        re.compile(r"\b(?:dubbelt|dubblera\w*|fördubbla\w*)\b", re.IGNORECASE),
        lambda share: 1.9 <= share <= 2.1 or 0.47 <= share <= 0.53,
    ),
    (re.compile(r"\b(?:tre|fyra|fem|tio) gånger så\b", re.IGNORECASE), lambda share: share >= 2.8),
    (
        re.compile(r"\b(?:(?:en )?tredjedel\w*|var tredje)\b", re.IGNORECASE),
        lambda share: 0.3 <= share <= 0.37 or 0.63 <= share <= 0.7,
    ),
    (
        re.compile(r"\b(?:(?:en |tre )?fjärdedel\w*|var fjärde)\b", re.IGNORECASE),
        lambda share: 0.22 <= share <= 0.28 or 0.72 <= share <= 0.78,
    ),
    (re.compile(r"\b(?:(?:de )?flesta|flertalet|merparten|majoriteten)\b", re.IGNORECASE), lambda share: 0.5 < share <= 1),
)


def share_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "Alla", "hälften", "dubbelt" that neither the words nor the figures of a source bear out."""
    noted = [source for source in sources if source.is_note] or list(sources)
    for pattern, fits in _SHARES:
        found = pattern.search(sentence)
        if found is None or any(pattern.search(f"{source.text} {source.raw}") for source in sources):
            continue
        counts = re.match(r" (?:de |våra |dessa )?", sentence[found.end() :])
        after = next((fact for fact in figures(sentence) if counts and fact.start == found.end() + counts.end()), None)
        if after is not None and any(after.key == other.key for source in sources for other in source.facts):
            continue
        if any(fits(share) for source in noted for share in _ratios(source)):
            continue
        if found.group().lower().endswith("flesta") and any("flest" in source.words for source in sources):
            continue
        if fits(1) and any(class_of(word) in _WHOLES for source in sources for word in source.words):
            continue
        return [Flag("changed_word", f"Ingen källa säger ”{found.group()}”.", found.group())]
    return []


def _ratios(source: Source) -> list[float]:
    """How each count of a source stands to the next, and as a share where it is one."""
    counts = [
        fact for fact in source.facts if fact.kind in ("number", "amount", "percent") and re.fullmatch(r"\d+(?:\.\d+)?", fact.value)
    ]
    pairs = [(float(one.value), float(two.value)) for one, two in pairwise(counts) if one.kind == two.kind]
    shares = [float(fact.value) / 100 for fact in counts if fact.kind == "percent"]
    return [*shares, *(one / two for pair in pairs for one, two in (pair, pair[::-1]) if two)]


_WHOLE_OF = re.compile(r"\b(?:hela|alla|samtliga|överallt)\b", re.IGNORECASE)
_LEFT_OVER = re.compile(r"\b(?:återstår|resten|kvar att|kvarstår)\b", re.IGNORECASE)


def left_over_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "I hela kommunen" where the note that tells of it has something left."""
    found = _WHOLE_OF.search(sentence)
    if found is None or _LEFT_OVER.search(sentence):
        return []
    for source in sources:
        text = f"{source.text} {source.raw}"
        if source.is_note and _LEFT_OVER.search(text) and not _WHOLE_OF.search(text) and begins_alike(sentence, source):
            return [Flag("changed_word", f"Anteckningen säger inte ”{found.group()}”: något återstår.", found.group())]
    return []


_QUARTER = re.compile(
    r"\b(?P<which>första|andra|tredje|fjärde|[1-4])(?::[ae])? ?kv(?:artal\w*|\b)|\bkv(?:artal)?\.? ?(?P<after>[1-4])\b|\b[kq](?P<short>[1-4])\b",
    re.IGNORECASE,
)
_ORDINALS = {"första": "1", "andra": "2", "tredje": "3", "fjärde": "4"}


def quarter_flags(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A quarter of a year where the sources have another."""
    theirs = {which for source in sources for which in _quarters(f"{source.text} {source.raw}")}
    for which, phrase in _quarters(sentence).items():
        if which not in theirs:
            return [Flag("untraced_date", f"Tidpunkten ”{phrase}” finns inte i anteckningarna.", phrase)]
    return []


def _quarters(text: str) -> dict[str, str]:
    """The quarters that ``text`` names (1–4), and its words for them."""
    found = {}
    for match in _QUARTER.finditer(text):
        which = next(part for part in match.groups() if part).lower()
        found[_ORDINALS.get(which, which)] = match.group()
    return found
