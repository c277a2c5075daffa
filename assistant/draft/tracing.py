"""Traces the facts of one sentence to its sources: every figure, date, amount, name, abbreviation and negation is found there or flagged.

Takes sentence and sources as they are and knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.draft.facts import NEGATIONS, Fact, facts, figures, name_value, same_date, unit_stem
from assistant.draft.wording import content_stems, loosely_related, matched, related, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb
from corpus.word_lists import word_list

_TIMES = ("date", "month", "season", "year")
_COMPARES = re.compile(
    r"\b(?:jämfört med|jfr|tidigare|förra|föregående|i stället för|mot|från|än|året innan|var då|då var|senast|i fjol|sedan)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:ök(?:at|ade|ar|ning\w*)|fler|högre|stigit|steg|ökande|förbättra\w*|bättre|längre|utöka\w*)\b", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?:minsk(?:at|ade|ar|ning\w*)|färre|lägre|sjunkit|sjönk|minskande|försämra\w*|sämre|kortare|kortats)\b", re.IGNORECASE
)
_PAIRS = (
    (r"\böppn(?:at|ade|ats|ades|as|ar)\b", r"\bstäng(?:t|de|ts|des|s|er|d|da)\b"),
    (
        r"\b(?:start(?:at|ade|ats|ades)|påbörja\w+|inledd?\w*)\b",
        r"\b(?:avslutat?\w*|lagts ne[dr]|läggs ne[dr]|upphört|upphörde|avvecklat?\w*)\b",
    ),
    (r"\b(?:antagit\w*|antogs?|antagen|godkän\w+|bevilja\w+)\b", r"\b(?:avslagit\w*|avslogs?|avslag|förkasta\w+|underkän\w+)\b"),
    (r"\b(?:klar[at]?|färdig\w*)\b", r"\b(?:försena\w+|inte klar\w*|ofärdig\w*)\b"),
    (r"\b(?:underteckn\w+|teckna\w*|ingick\w*|ingått\w*)\b", r"\b(?:sades upp|sagts upp|uppsag\w+|sägs upp)\b"),
)
# Words that turn a sentence round: one of the same class must stand in a source.
_ENDINGS = re.compile(
    r"\b(?:avslut\w+|upphör\w*|lagts ne[dr]|läggs ne[dr]|lades ne[dr]|nedlag\w+|sa(?:de|gt)s upp|uppsag\w+|stängd\w*"
    r"|stängt\w*|stängs|avslag\w*|avslog\w*|stoppa\w*|avbr[öu]t\w*|avbryt\w*|försena\w+|inställd\w*|avveckla\w+"
    r"|misslyck\w+|avböj\w*|str[uy]k\w+|pausa\w*|vilande)\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\b(\d+) av (?:de |samtliga )?(\d+)\b")
_CLAIMS = re.compile(
    r"\b(?:framgångsrik\w*|mycket (?:gott|bra|uppskatta\w+|positiv\w*)|uppskatta[dt]\w*|betydande|avsevärt|kraftigt|markant"
    r"|tydlig (?:effekt|förbättring)|goda resultat|lyckat|lyckad\w*|viktig\w*|avgörande|alla mål|samtliga mål|fullt ut"
    r"|väl fungerande|unik\w*"
    r"|ledande|(?:mycket )?nöjda|trygghet(?:en)? har ökat|gett effekt|stor betydelse|fungerar väl|fungerar bra)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Source:
    """A text that a sentence may rest on. ``stale`` are the facts in it that must not be stated as this year's; ``year`` is its report's.

    ``is_note`` marks this year's notes; ``text`` is written out. ``raw`` is how it was written where that differs.
    """

    text: str
    is_note: bool
    year: int | None = None
    stale: frozenset[tuple[str, str]] = frozenset()
    raw: str = ""
    names: frozenset[str] = field(default=frozenset())

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the text as written and as written out."""
        extra = facts(self.raw, known_names=self.names) if self.raw and self.raw != self.text else []
        return (*facts(self.text, known_names=self.names), *extra)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its telling words."""
        return tuple(content_stems(f"{self.text} {self.raw}" if self.raw != self.text else self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in small letters, without a genitive -s."""
        return frozenset(name_value(token.low) for token in tokens(f"{self.text} {self.raw}") if token.is_word)


def trace(sentence: str, sources: Sequence[Source], *, year: int, known_names: frozenset[str] = frozenset()) -> list[Flag]:
    """What in ``sentence`` of a report of ``year`` its ``sources`` do not bear out, in order; [] where all is traced.

    ``known_names`` are names even at the start of a sentence.
    """
    flags: list[Flag] = []
    for fact in facts(sentence, known_names=known_names):
        flag = _figure(fact, sentence, sources, year) if fact.kind not in ("name", "abbreviation", "negation") else None
        if fact.kind in ("name", "abbreviation"):
            flag = _name(fact, sources)
        if flag is not None:
            flags.append(flag)
    flags += _fractions(sentence, sources)
    flags += _negation(sentence, sources)
    flags += _directions(sentence, sources)
    flags += _endings(sentence, sources)
    flags += _loose_clauses(sentence, sources)
    claim = _CLAIMS.search(sentence)
    if claim and not any(
        all(stem(word) in source.stems or word.lower() in source.words for word in claim.group().split()) for source in sources
    ):
        flags.append(
            Flag("unsupported_claim", f"Omdömet ”{claim.group()}” finns inte i anteckningarna eller i källan.", claim.group())
        )
    return flags


def _figure(fact: Fact, sentence: str, sources: Sequence[Source], year: int) -> Flag | None:
    kind = "Tidpunkten" if fact.kind in _TIMES else "Uppgiften"
    ahead = main_verb(sentence).tense == "present"
    fits = [
        (source, other)
        for source in sources
        for other in source.facts
        if _same(fact, other, year if source.is_note else source.year or year, ahead)
    ]
    noted = [pair for pair in fits if pair[0].is_note]
    if noted:
        return _unit_flag(fact, sentence, sources)
    if fact.kind == "year" and any(
        fact.value in (str(source.year), str((source.year or 0) - 1)) for source in sources if not source.is_note
    ):
        return None  # the year of an earlier report, named to tell its figure apart
    if not fits:
        code = "untraced_date" if fact.kind in _TIMES else "untraced_figure"
        return Flag(code, f"{kind} ”{fact.text.strip()}” finns inte i anteckningarna.", fact.text.strip())
    fresh = [
        source
        for source, other in fits
        if other.key not in source.stale and (fact.kind != "number" or _beside(sentence, fact) & _beside(source.text, other))
    ]
    if fresh or any(_told_as_earlier(sentence, source) for source, _ in fits):
        return None
    year = max(source.year or 0 for source, _ in fits)
    return Flag("stale", f"{kind} ”{fact.text.strip()}” är från {year} och finns inte i årets anteckningar.", fact.text.strip())


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
    if fact.kind in _TIMES and other.kind in _TIMES:
        if fact.kind == "date" and other.kind != "date":
            return False  # a day that the source does not name
        named, _, rest = fact.value.partition("-")
        if fact.kind != "year" and named and other.kind != "year" and other.value.startswith("-"):
            late = rest[:2] in ("09", "10", "11", "12") or rest in ("höst", "vinter")
            if int(named) != (year - 1 if late else year) and not (late and ahead and int(named) == year):
                return False
        return same_date(fact, other)
    return fact.kind == "number" and other.kind == "time" and fact.value in re.findall(r"\d+", other.value)


def _told_as_earlier(sentence: str, source: Source) -> bool:
    """Whether the sentence says that the figure is an earlier year's."""
    return bool(_COMPARES.search(sentence)) and (
        source.year is None
        or str(source.year) in sentence
        or str((source.year or 0) - 1) in sentence
        or "jämfört" in sentence
        or "tidigare" in sentence
    )


def _unit_flag(fact: Fact, sentence: str, sources: Sequence[Source]) -> Flag | None:
    """A figure that the note has, but of something else: the sentence's noun is counted by another figure there."""
    if fact.kind != "number":
        return None
    unit = unit_stem(sentence, fact)
    if unit is None:
        return None
    counted = set()
    for source in sources:
        for other in source.facts if source.is_note else ():
            if other.kind == "number" and source.text[other.start : other.end] == other.text:
                theirs = unit_stem(source.text, other)
                if theirs is not None and related(theirs, unit):
                    counted.add(other.value)
    if not counted or fact.value in counted:
        return None
    return Flag("wrong_unit", f"Siffran ”{fact.text.strip()}” gäller något annat i anteckningen.", fact.text.strip())


def _fractions(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "60 av 52" where the source has "52 av 60", or a part greater than its whole."""
    for match in _FRACTION.finditer(sentence):
        part, whole = int(match.group(1)), int(match.group(2))
        turned = any(re.search(rf"\b{whole} (?:av|/) ?(?:de )?{part}\b", source.text) for source in sources)
        if part > whole or (turned and not any(re.search(rf"\b{part} av (?:de )?{whole}\b", source.text) for source in sources)):
            return [Flag("wrong_unit", f"”{match.group()}” stämmer inte med källan.", match.group())]
    return []


def _endings(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that says something ended, was stopped or is late, where no source says anything of the kind."""
    found = _ENDINGS.search(sentence)
    if found is None or any(
        _ENDINGS.search(source.text) or re.search(r"\b(?:sena?r?e?|blev inte av|inte av)\b", source.text) for source in sources
    ):
        return []
    if any(stem(found.group().split()[0]) in source.stems for source in sources):
        return []
    if found.group().lower().startswith("avslut") and any(
        re.search(r"\b(?:klara?t?|färdig\w*|slut\w*|fullfölj\w*)\b", source.text) for source in sources
    ):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]


_SOFT = frozenset(stem(word) for word in word_list("planerat planerad senare tidigare tänkt beräknat väntat"))


def _loose_clauses(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A clause of which no word stands in any source: a conclusion hung on to a sentence that has one."""
    there = [one for source in sources for one in source.stems]
    for clause in re.split(r", | – | och (?=\w+ (?:är|har|kan|ska|blir|var|blev)\b)", sentence)[1:]:
        stems = [one for one in content_stems(clause) if one not in _SOFT]
        if len(stems) >= 2 and not any(loosely_related(one, other) for one in stems for other in there):
            return [Flag("unsupported_claim", f"Ledet ”{clause.strip(' .')}” har ingen källa.", clause.strip())]
    return []


def _name(fact: Fact, sources: Sequence[Source]) -> Flag | None:
    what = "Namnet" if fact.kind == "name" else "Förkortningen"
    wanted = fact.value if fact.kind == "name" else fact.value.casefold()
    for source in sources:
        if wanted in source.words or any(_name_fits(wanted, word, fact.kind == "abbreviation") for word in source.words):
            return None
    return Flag(f"untraced_{fact.kind}", f"{what} ”{fact.text}” finns inte i anteckningarna eller i källan.", fact.text)


def _name_fits(wanted: str, word: str, is_short: bool) -> bool:
    if is_short:
        return re.match(rf"{re.escape(wanted)}(?:$|[-:\d])", word) is not None
    long, short = (word, wanted) if len(word) >= len(wanted) else (wanted, word)
    if long.startswith(short) and long[len(short) :] in _NAME_ENDINGS:
        return True
    return "-" in wanted and len(word) >= 5 and word in wanted.split("-")


_NAME_ENDINGS = ("n", "en", "et", "t", "ns", "ens", "ets", "na", "nas", "s")


def near_copy_flags(sentence: str, variant: str, rest: Sequence[Source], names: frozenset[str], *, updated: bool) -> list[Flag]:
    """What changed between a source's text and a sentence that is nearly the same: a name put for another, a negation more or less,
    figures in another order. What one of the ``rest`` says instead is no error; ``updated`` where a note stands beside an earlier sentence.
    """
    flags = []
    ours = [fact for fact in facts(sentence, known_names=names) if fact.kind in ("name", "abbreviation")]
    theirs = [fact for fact in facts(variant, known_names=names) if fact.kind in ("name", "abbreviation")]
    allowed = {token.low for token in tokens(variant)} | {fact.value for fact in theirs}
    if updated:
        allowed |= {name for source in rest if source.is_note for name in source.words}
    strange = [
        fact for fact in ours if fact.value not in allowed and not any(_name_fits(fact.value, word, False) for word in allowed)
    ]
    if strange and len(ours) >= len(theirs) and {fact.value for fact in theirs} - {fact.value for fact in ours}:
        flags.append(Flag("untraced_name", f"Källan har ett annat namn än ”{strange[0].text}”.", strange[0].text))
    count, other = (sum(token.low in NEGATIONS for token in tokens(text)) for text in (sentence, variant))
    if count != other and not any(_negated(source.text) for source in rest):
        code = "negation_added" if count > other else "negation_lost"
        flags.append(Flag(code, "Meningen säger motsatsen till källan: ett ”inte” har kommit till eller fallit bort.", "inte"))
    if not updated and len(figures(sentence)) == len(figures(variant)):
        flags += _other_figure(sentence, variant)
    return flags


def _other_figure(sentence: str, variant: str) -> list[Flag]:
    """The first figure, and the first time, that is another than the one in its place in the source; the two may change places."""
    for times in (True, False):
        said, wanted = ([fact for fact in figures(text) if (fact.kind in _TIMES) == times] for text in (sentence, variant))
        for one, two in zip(said, wanted, strict=False):
            if one.key != two.key and not (times and same_date(one, two)):
                return [
                    Flag("wrong_unit", f"Källan har ”{two.text.strip()}” där meningen har ”{one.text.strip()}”.", one.text.strip())
                ]
    return []


def _negation(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A "not" that came or went: compared clause by clause with the source's clause on the same thing."""
    flags: list[Flag] = []
    said = [(clause, _negated(clause)) for clause in _clauses(sentence)]
    updated = any(source.is_note for source in sources)
    for source in sources:
        if updated and not source.is_note:
            continue  # the note may well say that what was not is now
        for clause in _clauses(source.text):
            if not _negated(clause):
                continue
            stems = [one for one in content_stems(clause) if one not in _NEGATION_STEMS]
            here = [
                negated
                for own, negated in said
                if stems and len(matched(stems, content_stems(own))) >= max(1, round(0.6 * len(stems)))
            ]
            whole = stems and len(matched(stems, content_stems(sentence))) >= max(1, round(0.6 * len(stems)))
            if (here and not any(here)) or (whole and not _negated(sentence)):
                flags.append(
                    Flag("negation_lost", f"Källan säger ”{_word_of(clause)}”, men meningen gör det inte.", _word_of(clause))
                )
                return flags
    for clause, negated in said:
        if not negated or clause_has_source_negation(clause, sources):
            continue
        flags.append(Flag("negation_added", f"Meningen säger ”{_word_of(clause)}”, men källan gör det inte.", _word_of(clause)))
        break
    return flags


_NEGATION_STEMS = frozenset(stem(word) for word in NEGATIONS)


def clause_has_source_negation(clause: str, sources: Sequence[Source]) -> bool:
    """Whether a source denies something near what ``clause`` is about; a note that denies anything at all counts."""
    stems = [one for one in content_stems(clause) if one not in _NEGATION_STEMS]
    for source in sources:
        for other in _clauses(source.text):
            if not (_negated(other) or re.search(r"\b(?:avböj\w*|vägra\w*|avslag\w*|avslog\w*)\b", other, re.IGNORECASE)):
                continue
            theirs = content_stems(other)
            if not stems or any(loosely_related(one, two) for one in stems for two in theirs if two not in _NEGATION_STEMS):
                return True
    return False


def _clauses(text: str) -> list[str]:
    return [part for part in re.split(r"[,;.:()] |[.!?]$| (?:men|medan|och|samt) (?=\w+ \w+)", text) if part and part.strip()]


def _negated(clause: str) -> bool:
    return any(token.low in NEGATIONS for token in tokens(clause))


def _word_of(clause: str) -> str:
    return next((token.text for token in tokens(clause) if token.low in NEGATIONS), "inte")


def _directions(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """More told as less, opened told as closed: the sentence says the opposite of its source."""
    text = " ".join(source.text for source in sources)
    for one, two in ((_MORE, _LESS), (_LESS, _MORE)):
        found = one.search(sentence)
        if found is None or one.search(text):
            continue
        if two.search(text):
            return [Flag("contradiction", f"Meningen säger ”{found.group()}” men källan ”{_group(two, text)}”.", found.group())]
        if not any(stem(found.group()) in source.stems for source in sources):
            return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]
    for left, right in _PAIRS:
        for here, there in ((left, right), (right, left)):
            found = re.search(here, sentence, re.IGNORECASE)
            if found and re.search(there, text, re.IGNORECASE) and not re.search(here, text, re.IGNORECASE):
                return [
                    Flag(
                        "contradiction",
                        f"Meningen säger ”{found.group()}” men källan ”{_group(re.compile(there, re.IGNORECASE), text)}”.",
                        found.group(),
                    )
                ]
    return []


def _group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""
