"""A written-out note taken apart: sentences, the topic before a colon, clauses between commas, and what each clause is.

Decides only what kind of clause the words make (a clause with its verb, a participle without "har", a count, …). Knows nothing of how it
becomes a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.draft.language.facts import MONTHS, NUMBER_WORDS, figures
from assistant.draft.language.nouns import is_people
from assistant.draft.language.wording import Token, tokens
from assistant.draft.notes.words import (
    ADJECTIVES,
    ADVERBS,
    OPENS_CLAUSE,
    PHRASES,
    attributive,
    before_subclause,
    means_done,
    participle,
    supine_before_particle,
)
from assistant.phrases import enumeration
from corpus.tense import is_finite
from corpus.verbs import Form
from corpus.word_lists import word_set

ClauseKind = Literal[
    "verbal", "verb_first", "participle", "adjective", "count", "subject_count", "change", "place", "none", "fragment"
]

_NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)(?:–\d+)?(?: respektive \d+)?(?: av (?:de )?(?:\d+|tio|elva|tolv))?"
    r"(?: procent(?:enheter)?| miljoner kronor| tusen kronora?| miljarder kronor| kronor)?(?![\d:/])"
)
_WORDS = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("tusen",)), key=len, reverse=True))
_HEDGE = (
    r"(?:cirka|ca|drygt|knappt|omkring|ungefär|nästan|över|minst|högst|totalt|sammanlagt|hela|alla|samtliga|bara|endast|nu|åter"
    r"|hittills|minus|plus|i genomsnitt|i median|i snitt|uppe i|nere i)"
)
COUNT = re.compile(rf"^(?P<lead>(?:{_HEDGE} )*)(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?P<rest>(?: .*)?)$", re.IGNORECASE | re.DOTALL)
_SUBJECT_COUNT = re.compile(
    rf"^(?P<subject>[^\d,;:()]+?) (?P<lead>(?:{_HEDGE} )*)(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?P<rest>(?: .*)?)$",
    re.IGNORECASE | re.DOTALL,
)
_STAYS = re.compile(
    r"^§|^(?:som|vilket|vilka|vilken|där|eftersom|men|och|samt|eller|dvs\.|t\.ex\.|bl\.a\.|varav|för att|då|trots|utom|inklusive"
    r"|exklusive|liksom|medan|så att|m\.fl|m\.m|särskilt|framför allt|främst|jämfört|mot|om|ifall)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^(?P<topic>[^:;?!]{2,70}?)\s?: (?P<rest>\S.*)$", re.DOTALL)
_STOP = re.compile(r"(?<=[.!?])\s+")
_STATUS = re.compile(
    r"^(?:(?:inte|ännu inte|nästan|helt) )?(?:klart?|klara|färdigt?|färdiga|pågår|försenat|försenad|i gång|igång|vilande)$",
    re.IGNORECASE,
)
_ENDS_IN_STATUS = re.compile(r"\b(?:klart?|klara|färdigt?|färdiga|i gång|igång)$", re.IGNORECASE)
_STATE = re.compile(
    r"(?:klart?|klara|färdigt?|färdiga|i ?gång|i drift|ur drift|på plats|stäng[dt]a?|öppe[nt]|försena\w+)$", re.IGNORECASE
)
_TIME_ALONE = re.compile(r"^(?:i |under |den |hösten |våren |sommaren |vecka |tidigast )[^,:]*$", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:ja|nej|delvis)\s?[,:–-]\s+(?=\S)|^(?:rättelse|korrigering|obs)\s?[:!]\s*(?=\S)", re.IGNORECASE)
_ASKED = re.compile(r"^([^\d?!.,;:]{3,40})\?\s+(?=[^?]+$)", re.IGNORECASE)
_WHEN_FIRST = re.compile(
    rf"^((?:den )?\d{{1,2}} (?:{'|'.join(MONTHS)})|vecka \d{{1,2}}|(?:i )?(?:{'|'.join(MONTHS)})) [–-] (?=\S)", re.IGNORECASE
)
_NOT_THERE = re.compile(r"^inte (?:i|på|hos|vid|för|inom) [^,;:]+$", re.IGNORECASE)
_NO_SUBJECT = re.compile(r"^(?:nu|även|också|fortfarande)$|\b(?:mån|tis|ons|tors|fre|lör|sön)dag", re.IGNORECASE)
_BARE_NOUN = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+)*$")
_DOTTED = re.compile(
    r"(?:\bkl|\bt\.ex|\bbl\.a|\bm\.fl|\bm\.m|\bosv|\bdvs|\bs\.k|\bf\.d|\bnr|(?:^|[\s(])[a-zåäö])\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and its parts as they stand in it; parts that its kind does not have are "".

    ``verbal``: subject, word (the verb), rest. ``participle`` and ``adjective``: subject, adverbs, word, rest, and the participle's
    ``form``. ``count``: number with its lead, rest. ``subject_count``: subject, number with its lead, rest. ``place``: subject, rest.
    """

    kind: ClauseKind
    text: str
    subject: str = ""
    adverbs: str = ""
    word: str = ""
    rest: str = ""
    number: str = ""
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class NoteSentence:
    """One sentence of a note: the topic before its colon ("" without one) and its clauses in order."""

    text: str
    topic: str
    clauses: tuple[Clause, ...]


def take_apart(text: str, *, abbreviations: Collection[str] = ()) -> list[NoteSentence]:
    """The sentences of a written-out note; ``abbreviations`` end with a stop that ends nothing. Empty text gives [].

    An answer or "rättelse:" at its start is no part of what it tells, a question that is answered ("ny app? inte beslutat") is a topic, and
    any other question or exclamation mark says nothing.
    """
    found: list[NoteSentence] = []
    for sentence in _sentences(_ASKED.sub(r"\1: ", _ANSWER.sub("", text, count=1)), abbreviations):
        bare = re.sub(r"^[?!\s]+|(?<=[\w)])\s?[?!]+(?=\s|$|[,;)])", "", sentence.strip()).rstrip(".;, ")
        if found and _NOT_THERE.match(bare) and not is_clause_with_verb(bare):
            found[-1] = _sentence(
                f"{found[-1].text}, men {bare[0].lower()}{bare[1:]}"
            )  # "Infört på alla enheter. Ej på familjerätten."
            continue
        for part in _before_late_colon(_WHEN_FIRST.sub(r"\1: ", bare)):
            found.append(_sentence(part))
    return [one for one in found if one.text]


def _before_late_colon(text: str) -> list[str]:
    """ "8 problem, nytt: bilbränder" is two: a colon after a comma opens a sentence of its own."""
    match = _TOPIC.match(text)
    comma = re.search(r"^(?P<front>.*\S), (?P<back>[^,()A-ZÅÄÖ][^,()]*)$", match.group("topic")) if match else None
    if match is None or comma is None or comma.group("front").count("(") != comma.group("front").count(")"):
        return [text]
    return [comma.group("front"), f"{comma.group('back')}: {match.group('rest')}"]


def _sentence(bare: str) -> NoteSentence:
    topic, rest = "", bare
    match = _TOPIC.match(bare)
    if match and not is_clause_with_verb(match.group("topic")) and "”" not in match.group("topic")[-1:]:
        topic, rest = match.group("topic").strip(), match.group("rest").strip()
    if topic and _STATUS.match(topic) and "," not in rest:
        return _sentence(f"{rest} {topic.lower()}")  # "KLART: rutin för hot"
    if topic and _ENDS_IN_STATUS.search(topic) and _TIME_ALONE.match(rest):
        return _sentence(f"{topic} {rest}")
    parts = _clauses(rest)
    if topic and (told := classify(topic)).kind == "adjective" and told.subject and _STATE.match(told.word):
        return NoteSentence(bare, "", tuple(classify(part) for part in (topic, *parts)))  # "insamling igång okt: 11 ton"
    if topic.lower() in ("ny", "nytt", "nya") and all(map(_is_entry, parts)):
        parts = [enumeration(parts)]
    return NoteSentence(bare, topic, _with_shares([classify(part, has_topic=bool(topic)) for part in parts]))


def _with_shares(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """ "78 procent vet vart, tjejer 84": a bare number of people after a share is a share too, and no number of people."""
    found: list[Clause] = []
    for clause in clauses:
        bare = clause.kind == "subject_count" and not clause.rest and is_people(clause.subject.split()[-1])
        shared = bare and clause.number.isdigit() and any("procent" in other.text for other in found)
        found.append(replace(clause, kind="fragment") if shared else clause)
    return tuple(found)


def is_clause_with_verb(text: str) -> bool:
    """Whether a finite verb stands in ``text``."""
    words = [token.text for token in tokens(text) if token.is_word or token.is_number or token.text in ",;:"]
    return any(_is_verb(words, at) for at in range(len(words)))


_NOUN_OR_VERB = word_set("träffar brister delar ringar")


def _is_verb(words: list[str], at: int) -> bool:
    """Whether ``words[at]`` is a finite verb; "9 träffar", "inga brister" and "brister i samband" name things."""
    before = words[at - 1].lower() if at else ""
    names = not at or before[:1].isdigit() or before in ("inga", "några", "flera", "nya") or before in NUMBER_WORDS
    return is_finite(words, at) and not (names and words[at].lower() in _NOUN_OR_VERB)


def _sentences(text: str, abbreviations: Collection[str]) -> list[str]:
    pieces: list[str] = []
    for part in _STOP.split(text):
        if pieces and (_DOTTED.search(pieces[-1]) or any(pieces[-1].endswith(short) for short in abbreviations)):
            pieces[-1] += " " + part
        else:
            pieces.append(part)
    return [piece for piece in pieces if piece.strip()]


def _clauses(text: str) -> list[str]:
    """Pieces between commas, semicolons and dashes, but not inside brackets, quotations, enumerations or before a word that leans on what stands before."""
    pieces: list[str] = []
    depth, quoted, start = 0, False, 0
    for match in re.finditer(r"[()”\"]|[,;] | [–-] ", text):
        mark = match.group()
        if mark in "()":
            depth += 1 if mark == "(" else -1
        elif mark in '”"':
            quoted = not quoted
        elif depth <= 0 and not quoted:
            before, after = text[start : match.start()], text[match.end() :]
            if _STAYS.match(after) or (
                re.match(r"\d+(?:,| och|$|\.)", after)
                and re.search(r"\d$", before)
                and mark == ", "
                and not re.match(r"\d+ [a-zåäö]", after)
            ):
                continue
            if mark in (" - ", " – ") and not before.strip():
                continue
            pieces.append(before)
            start = match.end()
    pieces.append(text[start:])
    apart = [part for piece in pieces for part in _around_arrow(piece)]
    return _with_whole_subject(_enumerated([piece.strip() for piece in apart if piece.strip()]))


def _around_arrow(piece: str) -> list[str]:
    """ "klar i juni → teamet blir kvar" is two clauses: what came of it has a verb of its own, and no figure changed."""
    before, arrow, after = piece.partition(" → ")
    if not arrow or " → " in after:
        return [piece]
    if re.match(r"\d+ (?:deltagare|personer|besökare|[^\W\d_]+ade)$", after) and re.search(r"\bden \d", before):
        return [before, after]  # who came to what took place that day
    if re.search(r"\d$", before) or re.match(r"\d", after):
        return [piece]
    told = classify(after)
    return (
        [before, after]
        if told.kind == "verbal" and told.subject and classify(before).kind in ("adjective", "participle")
        else [piece]
    )


def _with_whole_subject(pieces: list[str]) -> list[str]:
    """ "tillsyn med polis", "skola och Skatteverket gjordes" is one clause: what stands before the commas is the rest of its subject."""
    verbal = next((at for at, piece in enumerate(pieces) if classify(piece).kind != "fragment"), 0)
    told = classify(pieces[verbal]) if verbal else None
    if told is None or told.kind != "verbal" or not re.match(r"^[^\d]+ (?:och|samt|eller) [^\d]+$", told.subject):
        return pieces
    if any(re.search(r"\d", piece) for piece in pieces[:verbal]):
        return pieces
    return [", ".join(pieces[: verbal + 1]), *pieces[verbal + 1 :]]


def _enumerated(pieces: list[str]) -> list[str]:
    """Bare nouns after a piece with a preposition go on with it: "med polis", "skola" and "fritid" are "med polis, skola och fritid"."""
    found: list[str] = []
    for at, piece in enumerate(pieces):
        if found and at + 1 < len(pieces) and all(_NAME_ALONE.match(other) for other in pieces[at:]):
            return [*found, ", ".join(pieces[at:])]  # "6 platser – Bergs Bageri, Plåt-Nisse"
        opens = found and re.search(r"\b(?:med|i|på|för|till|från|av|om|hos|mellan|via) [^,()]*$", found[-1])
        if opens and all(_is_entry(other) for other in pieces[at:]) and not is_clause_with_verb(found[-1]):
            rest = pieces[at:]
            found[-1] += "".join(f", {other}" for other in rest[:-1]) + (", " if " och " in rest[-1] else " och ") + rest[-1]
            return found
        found.append(piece)
    return found


_NAME_ALONE = re.compile(r"^[A-ZÅÄÖ][\w-]*(?: [A-ZÅÄÖ][\w-]*){0,3}(?: m\.fl\.?)?$")


def _is_entry(piece: str) -> bool:
    words = re.split(r" och |/", piece.partition(", men ")[0])
    return all(_BARE_NOUN.match(word) and participle(word.lower()) is None and word.lower() not in ADJECTIVES for word in words)


_TOO = re.compile(r"^för (?:få|lite|litet|många|mycket|sent|dyrt|dåligt)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?P<subject>.+?) (?P<rest>(?:även |också )?(?:(?:i|på|vid|hos) [^,]+? )?(?:sedan|från och med) .+|"
    r"(?:nu |även |nu även |också |fortfarande )+(?:(?:i|på|vid|hos|för|inom|från) |(?:mån|tis|ons|tors|fre|lör|sön)dag).*)$"
)


def classify(text: str, *, has_topic: bool = False) -> Clause:
    """What kind of clause ``text`` is. With ``has_topic`` a predicate may stand without a subject: the topic is its subject."""
    if " → " in text:
        return Clause("change", text)
    found = tokens(text)
    words = [token.text for token in found]
    verb = next(
        (
            at
            for at in range(len(words))
            if found[at].is_word and found[at].low not in ADJECTIVES and _is_verb(words, at) and not _is_relative(words, at)
        ),
        None,
    )
    if verb is not None and means_done(words, verb, text[found[verb].end :]):
        form = participle(words[verb].lower()) or Form(words[verb].lower().removesuffix("de"), "participle")
        return _with_subject("participle", text, found[verb].start, found[verb].end, form)
    if verb is not None:
        if all(word.lower() in ADVERBS for word in words[:verb]):
            return Clause(
                "verb_first",
                text,
                word=words[verb],
                adverbs=text[: found[verb].start].strip(),
                rest=text[found[verb].end :].strip(),
            )
        return Clause(
            "verbal", text, subject=text[: found[verb].start].strip(), word=words[verb], rest=text[found[verb].end :].strip()
        )
    if re.match(r"^(?:(?:fortfarande|ännu|nu) )?(?:inga|ingen|inget)\b", text, re.IGNORECASE):
        return Clause("none", text)
    if _TOO.match(text):
        return Clause("fragment", text)
    predicate = _predicate(text, before_subclause(found, words))
    if predicate is not None:
        return predicate
    count = COUNT.match(text)
    if count:
        return Clause("count", text, number=(count.group("lead") + count.group("number")).strip(), rest=count.group("rest").strip())
    subject_count = _SUBJECT_COUNT.match(text)
    if subject_count and _is_noun_phrase(subject_count.group("subject")) and not _date_first(text, subject_count):
        number = (subject_count.group("lead") + subject_count.group("number")).strip()
        return Clause(
            "subject_count",
            text,
            subject=subject_count.group("subject").strip(),
            number=number,
            rest=subject_count.group("rest").strip(),
        )
    place = _PLACE.match(text)
    if (
        place
        and not _NO_SUBJECT.search(place.group("subject"))
        and not COUNT.match(place.group("subject"))
        and not re.search(r" (?:ut|in|upp|ner|ned|över|bort|om|till)$", place.group("subject"))
        and place.group("subject").lower() not in PHRASES
        and not any(word.lower() in ("stängt", "stängd", "öppet", "öppen", "inställt") for word in place.group("subject").split())
    ):
        return Clause("place", text, subject=place.group("subject"), rest=place.group("rest"))
    return Clause("fragment", text)


def _is_relative(words: list[str], at: int) -> bool:
    """Whether the verb at ``at`` stands in a clause that begins with "som", "eftersom", "sedan" …, so that it is not the note's own."""
    for before in range(at - 1, -1, -1):
        low = words[before].lower()
        if low in OPENS_CLAUSE:
            return before > 0 or low in ("eftersom", "när")
        if (
            low == "sedan"
            and before > 0
            and not re.match(
                r"(?:den|i|hösten|våren|\d+|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
                r"|december|dess|starten|sommaren)$",
                words[before + 1].lower(),
            )
        ):
            return True
    return False


def _date_first(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a date's day or a year: then it counts nothing."""
    start = match.start("number")
    return any(
        fact.kind in ("date", "month", "year", "season", "code", "time") and fact.start <= start < fact.end
        for fact in figures(text)
    )


SUPERLATIVES = word_set(
    "längst kortast flest mest störst minst högst lägst bäst sämst vanligast populärast viktigast svårast dyrast billigast yngst äldst fattigast tidigast"
)
_ORDERED = word_set("sista första andra tredje övriga resterande nya alla samtliga")
_NO_END = word_set(
    "i på av till för med från och den nr sedan punkt grupp årskurs kl. vid om per inom under hos mellan mot genom efter före"
)


def _is_noun_phrase(text: str) -> bool:
    words = text.lower().split()
    if words and (words[0] in SUPERLATIVES or (len(words) == 1 and words[0] in _ORDERED) or words[:2] == ["förra", "året"]):
        return False
    return 0 < len(words) <= 7 and words[-1] not in _NO_END and words[-1] != "+" and not words[-1].endswith("punkt")


def _predicate(text: str, found: Sequence[Token]) -> Clause | None:
    low = text.lower()
    for phrase in PHRASES:
        place = re.search(rf"(?:^|(?<=\s)){phrase}(?=\s|$)", low)
        if place and (not found or place.end() <= found[-1].end):
            return _with_subject("adjective", text, place.start(), place.end(), None)
    takes_part = re.search(r"(?<=\binte )med(?=$| )|(?<=\s)med(?= sedan | från och med |$)", low)
    if takes_part:
        return _with_subject("adjective", text, takes_part.start(), takes_part.end(), None)
    for at, token in enumerate(found):
        if (
            not token.is_word
            or (at and found[at - 1].low in _BEFORE_NOUN)
            or text.count("(", 0, token.start) > text.count(")", 0, token.start)
        ):
            continue
        after = found[at + 1] if at + 1 < len(found) else None
        if token.low in ("åter", "kvar", "tillbaka") and after is not None and after.is_number and "procent" not in low:
            continue
        if token.low == "åter" and after is not None and after.low in ADJECTIVES:
            continue  # "åter öppet"
        if token.low in _COMPARATIVES and at and (after is None or after.text in "(,"):
            return _with_subject("adjective", text, token.start, token.end, None)
        if token.low in ADJECTIVES and not attributive(found, at):
            return _with_subject("adjective", text, token.start, token.end, None)
        form = participle(token.low) or (supine_before_particle(token.low, after.low) if after is not None else None)
        if form is not None and not attributive(found, at) and not _is_noun_here(found, at):
            return _with_subject("participle", text, token.start, token.end, form)
    return None


_COMPARATIVES = word_set("kortare längre bättre sämre högre lägre större mindre snabbare långsammare dyrare billigare lugnare")
_BEFORE_NOUN = word_set("i på av till för med från hos om under per vid utan mot mellan genom en ett minst mest")


def _is_noun_here(found: Sequence[Token], at: int) -> bool:
    """Whether a word that looks like a participle is a noun of people counted ("64 inskrivna", "3 anställda")."""
    return (
        (at + 1 == len(found) or found[at + 1].text == "(")
        and at > 0
        and found[at - 1].is_number
        and found[at].low in _COUNTED_PEOPLE
    )


_COUNTED_PEOPLE = word_set("inskrivna anställda placerade kallade intresserade utsatta misstänkta dömda")


def _with_subject(kind: ClauseKind, text: str, start: int, end: int, form: Form | None) -> Clause:
    before = text[:start].split()
    adverbs: list[str] = []
    while before and before[-1].lower() in ADVERBS and not (len(before) == 1 and before[0].lower() in ("alla", "båda", "samtliga")):
        adverbs.insert(0, before.pop())
    return Clause(
        kind, text, subject=" ".join(before), adverbs=" ".join(adverbs), word=text[start:end], rest=text[end:].strip(), form=form
    )
