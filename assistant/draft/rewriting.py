"""Updates an earlier sentence with a note's figures: "Ung Väg har haft kontakt med 74 ungdomar." and "Ung Väg 88 ungd." make
"Ung Väg har haft kontakt med 88 ungdomar."

Done only where the note is about the same thing and every figure and time of the sentence is replaced or still the same; a clause that
cannot be updated is cut off first. Knows nothing of placing or of other ways to write a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft.checks.stages import begun_or_ended
from assistant.draft.evidence import Past, points_back
from assistant.draft.language.facts import NEGATIONS, Fact, figures, unit_stem
from assistant.draft.language.meaning import rhythms
from assistant.draft.language.wording import content_stems, is_content, matched, related, stem, tokens
from corpus.tense import is_finite, main_verb
from corpus.word_lists import word_list

_LONGEST = 500  # characters of a sentence that is a pattern for another
_BARE_SEASON = re.compile(r"(?:våren|hösten|sommaren|vintern)", re.IGNORECASE)
_TIMES = ("date", "month", "season", "year")
_FRACTION = re.compile(r" av (?:de |samtliga |alla )?")
_TAIL = re.compile(r" (?P<tail>(?:sedan|från och med|under|efter|fram till|hittills|sen) (?:(?! (?:sedan|under|efter) ).)+)$")
_HEDGE = re.compile(
    r"\b(?:ungefär|cirka|ca|drygt|knappt|nästan|omkring|runt|bara|endast|redan|hela|minst|högst|över|närmare|hittills|nu"
    r"|totalt|sammanlagt) $",
    re.IGNORECASE,
)
_NOTE_HEDGE = re.compile(
    r"\b(?P<hedge>cirka|ca|drygt|knappt|nästan|omkring|ungefär|minst|högst|över|totalt|sammanlagt|nu|fortfarande|fortsatt) $",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:punkt|pkt|steg|nummer|nr|årskurs|etapp|fas|kapitel|strategi|insats) \d+\b|→", re.IGNORECASE
)  # a number that names one of several counts nothing
_ADVERBS = ("nu ", "fortfarande ", "fortsatt ")
_CHANGE = re.compile(
    r"\b(?:ök\w+|minsk\w+|stig\w+|steg|sjunk\w+|sjönk|fler|färre|högre|lägre|fördubbl\w+|halver\w+|jämfört|än|i stället för"
    r"|mot tidigare|däremot|därför|därefter|därmed|utöka\w*|byggts ut|eftersom|fortfarande"
    r"|i fjol|förra|föregående|först|äntligen|åter|tidigare|ytterligare|nya?|nytt)\b",
    re.IGNORECASE,
)
_TIED = re.compile(
    r"\b(?:under (?:våren|hösten|vintern|sommaren|första halvåret|andra halvåret)|fram till \w+|i (?:våras|höstas|somras"
    r"|vintras|år)|halvårsskiftet|midsommar|årets|vårens|höstens)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(r"\b(?:av dem|dem|dessa|däri|därav)\b|\b(?:den|det)$", re.IGNORECASE)
_DONE = frozenset(stem(word) for word in word_list("klar klara klart färdig färdiga gjort gjorda genomförd genomförda"))
_AND_VERB = re.compile(r" (?:och|samt) (?=([^\W\d_]+))")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An earlier sentence with a note's figures in it, and the sentence it was. ``score`` orders rivals, higher is nearer the note."""

    text: str
    past: Past
    score: float


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A figure of a note or a sentence; ``of`` is the M of "N av M" or of "alla M"."""

    fact: Fact
    text: str
    start: int
    end: int
    unit: str | None
    of: str | None = None
    all: bool = False


def rewrite(unit: str, pasts: Sequence[Past]) -> Rewritten | None:
    """``unit`` (a written-out note or a clause of one) told by the best fitting earlier sentence; None where none fits.

    Rivals: the nearer one wins, then the newer, then the earlier in the comment.
    """
    wanted = _quantities(unit) if len(unit) <= _LONGEST else []
    if not wanted or _NUMBERED.search(unit) or re.search(r"\b(?:nya|nytt|fler|ytterligare)\b", unit):
        return None
    told = _Unit(unit.lower(), _negations(unit), tuple(_heads_and_tails(unit, wanted)))
    best: Rewritten | None = None
    for past in pasts:
        if past.role in ("heading", "intro") or past.commitment is not None:
            continue
        for frame in _frames(past.text.removeprefix(past.label).rstrip()):
            found = _filled(told, frame, past)
            if found is not None and (best is None or (found.score, past.year) > (best.score, best.past.year)):
                best = found
    return best


@dataclass(frozen=True, slots=True)
class _Frame:
    """A sentence or clause that could hold other figures than its own: its quantities, negations, words tied to a time, and its claim."""

    text: str
    quantities: tuple[_Quantity, ...]
    negations: int
    tied: tuple[str, ...]
    told: tuple[str, ...]


@lru_cache(maxsize=2048)
def _frames(sentence: str) -> tuple[_Frame, ...]:
    """The clauses of ``sentence`` that may be filled anew: with a figure and a verb, comparing with nothing, pointing back to nothing."""
    if len(sentence) > _LONGEST or not figures(sentence):
        return ()
    found = []
    for variant in dict.fromkeys(_variants(sentence)):
        quantities = tuple(_quantities(variant))
        if not quantities or _CHANGE.search(variant) or _LEANS.search(variant) or points_back(variant):
            continue
        verb = main_verb(variant)
        if verb.tense == "none":
            continue
        told = tuple(_meaning(variant[verb.start + len(verb.word) :], []))
        found.append(
            _Frame(variant, quantities, _negations(variant), tuple(m.group().lower() for m in _TIED.finditer(variant)), told)
        )
    return tuple(found)


def _variants(sentence: str) -> Iterator[str]:
    """The sentence, and clauses of it that stand alone: up to a comma, between semicolons, a second verb with the first one's subject."""
    bare = sentence.rstrip(".")
    wholes = [bare, *(part.strip() for part in re.split(r"; |, och |, men ", bare)[0:] if part.strip() != bare)]
    for whole in dict.fromkeys(wholes):
        yield whole
        for match in re.finditer(r", ", whole):
            yield whole[: match.start()]
        words = list(re.finditer(r"[^\W_]+(?:-[^\W_]+)*", whole))
        plain_words = [word.group() for word in words]
        first = next((at for at in range(1, len(words)) if is_finite(plain_words, at)), None)
        if first is None:
            continue
        for match in _AND_VERB.finditer(whole):
            at = next((n for n, word in enumerate(words) if word.start() == match.end()), None)
            if at is not None and at > first and is_finite(plain_words, at):
                yield whole[: words[first].start()] + whole[match.end() :]
                yield whole[: match.start()]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a note tells: in small letters, its negations, and each way to take it as figures of a sentence and a time after them."""

    low: str
    negations: int
    readings: tuple[tuple[str, str, tuple[_Quantity, ...]], ...]


def _filled(unit: _Unit, frame: _Frame, past: Past) -> Rewritten | None:
    variant, had = frame.text, frame.quantities
    if any(tied not in unit.low for tied in frame.tied) or frame.negations != unit.negations:
        return None
    spans, told = ({span for _, span in rhythms(text)} for text in (variant, unit.low))
    if spans and told and not spans & told:
        return None  # "1 gång per månad" is not once a year
    ours, theirs = begun_or_ended(unit.low), begun_or_ended(variant)
    if ours and theirs and not ours & theirs:
        return None  # what was begun in November and is ready in April was not begun in April
    for head, tail, inside in unit.readings:
        pairs = _paired(inside, variant, had)
        if pairs is None or (tail and any(q.fact.kind in _TIMES for q in had)):
            continue
        score = _likeness(head, frame, pairs)
        if score is not None:
            return Rewritten(_written(variant, pairs, head, tail), past, score)
    return None


def _heads_and_tails(unit: str, wanted: Sequence[_Quantity]) -> Iterator[tuple[str, str, tuple[_Quantity, ...]]]:
    yield unit, "", tuple(wanted)
    match = _TAIL.search(unit)
    if match:
        head = unit[: match.start()]
        yield head, match.group("tail"), tuple(q for q in wanted if q.end <= len(head))


def _quantities(text: str) -> list[_Quantity]:
    found = figures(text)
    result: list[_Quantity] = []
    skip = -1
    for at, fact in enumerate(found):
        if at == skip or fact.kind in ("code", "time"):
            continue
        following = found[at + 1] if at + 1 < len(found) else None
        if (
            fact.kind == "number"
            and following is not None
            and following.kind == "number"
            and _FRACTION.fullmatch(text[fact.end : following.start])
        ):
            result.append(
                _Quantity(
                    fact, text[fact.start : following.end], fact.start, following.end, unit_stem(text, following), following.value
                )
            )
            skip = at + 1
            continue
        whole = re.search(r"\b(?:alla|samtliga) $", text[: fact.start], re.IGNORECASE)
        if fact.kind == "number" and whole:
            result.append(
                _Quantity(fact, text[whole.start() : fact.end], whole.start(), fact.end, unit_stem(text, fact), fact.value, True)
            )
            continue
        result.append(
            _Quantity(
                fact,
                fact.text.strip(),
                fact.start,
                fact.start + len(fact.text.rstrip()),
                unit_stem(text, fact) if fact.kind == "number" else None,
            )
        )
    return result


def _paired(wanted: Sequence[_Quantity], variant: str, had: Sequence[_Quantity]) -> list[tuple[_Quantity, _Quantity]] | None:
    """Each figure of the sentence with the note's figure in its place; None where one of either is left over."""
    if len(wanted) != len(had):
        return None
    left = list(wanted)
    stems = content_stems(variant)
    pairs = []
    for old in had:
        new = next((q for q in left if _fits(q, old, stems)), None)
        if new is None:
            return None
        left.remove(new)
        pairs.append((old, new))
    return pairs


def _fits(new: _Quantity, old: _Quantity, stems: Sequence[str]) -> bool:
    if (new.of is None) != (old.of is None):
        return False
    if new.of is not None:
        return (not new.all or new.of == old.of) and (new.unit is None or old.unit is None or related(new.unit, old.unit))
    if new.fact.kind != old.fact.kind or (new.fact.kind == "number" and (new.fact.value == "1") != (old.fact.value == "1")):
        return False  # "1 allvarlig incident" has another form than "3 allvarliga incidenter"
    if new.fact.kind in _TIMES:
        return True
    if new.fact.kind in ("percent", "amount") or (new.unit is None and old.unit is None):
        return True
    if new.unit is None:
        return False
    return (
        related(new.unit, old.unit)
        if old.unit is not None and not _is_adverbial(old.unit)
        else new.unit in stems or any(related(new.unit, s) for s in stems)
    )


def _is_adverbial(unit: str) -> bool:
    return unit in (stem("gånger"), stem("stycken"), stem("under"))


def _likeness(unit: str, frame: _Frame, pairs: list[tuple[_Quantity, _Quantity]]) -> float | None:
    """How near the sentence is to the note; None where the note says something that is not in it, or it says much that is not in the note."""
    ours, theirs = _meaning(unit, [new for _, new in pairs]), _meaning(frame.text, [old for old, _ in pairs])
    done = any(new.all for _, new in pairs)
    ours = [one for one in ours if not (done and one in _DONE)]
    found = matched(ours, theirs)
    if len(found) < len(ours) or not ours:
        return None
    shared, extra = len(set(matched(theirs, ours))), len(set(theirs)) - len(set(matched(theirs, ours)))
    units = {q.unit for pair in pairs for q in pair if q.unit}
    beyond = [one for one in ours if not any(related(one, u) for u in units)]
    if extra > shared + 1 or (not beyond and extra > 1) or (not beyond and shared < 2 and extra > 0 and not done):
        return None
    added = len(set(frame.told)) - len(set(matched(frame.told, [*ours, *units])))
    if added > (3 if shared >= 3 else 1) and not done:  # what the sentence claims beyond its subject must be in the note
        return None
    return shared - 0.5 * extra + 0.1 * len(pairs)


def _meaning(text: str, taken: list[_Quantity]) -> list[str]:
    return [
        stem(token.low) for token in tokens(text) if is_content(token) and not any(q.start <= token.start < q.end for q in taken)
    ]


def _negations(text: str) -> int:
    return sum(token.low in NEGATIONS for token in tokens(text))


def _written(variant: str, pairs: list[tuple[_Quantity, _Quantity]], unit: str, tail: str) -> str:
    text = variant
    for old, new in sorted(pairs, key=lambda pair: -pair[0].start):
        before, after = text[: old.start], text[old.end :]
        hedge = _NOTE_HEDGE.search(unit[: new.start])
        same = old.fact.key == new.fact.key and old.of == new.of and not hedge
        if same:
            continue
        before = _HEDGE.sub("", before) if old.fact.kind not in _TIMES else before
        kept = f"{hedge.group('hedge').lower()} " if hedge and old.fact.kind not in _TIMES else ""
        verb = main_verb(before)
        if kept in _ADVERBS and verb.start >= 0:  # "har nu undertecknats av 26", and not "av nu 26"
            at = verb.start + len(verb.word)
            before, kept = f"{before[:at]} {kept.strip()}{before[at:]}", ""
        if _BARE_SEASON.fullmatch(new.text) and not re.search(r"[^\W\d_] $", before):
            before += "under "  # "hösten 2025 uppmättes" without its year
        text = before + kept + new.text + after
    if tail:
        overlap = re.match(r"under \w+", tail)
        text = text.replace(overlap.group(), tail) if overlap and overlap.group() in text else f"{text} {tail}"
    text = " ".join(text.split())
    return text[0].upper() + text[1:] + "."
