"""A written-out note cut into sentences, each with the topic before its colon and the clauses between its commas.

Where a comma, a dash or an arrow separates clauses and where it does not. What kind each clause is, is for ``clauses``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.draft.language.facts import MONTHS
from assistant.draft.language.nouns import is_people
from assistant.draft.notes.clauses import Clause, classify, is_clause_with_verb
from assistant.draft.notes.words import ADJECTIVES, participle
from assistant.phrases import enumeration

_STAYS = re.compile(
    r"^§|^(?:som|vilket|vilka|vilken|där|eftersom|men|och|samt|eller|dvs\.|t\.ex\.|bl\.a\.|varav|för att|då|trots|utom|inklusive"
    r"|exklusive|liksom|medan|så att|m\.fl|m\.m|särskilt|framför allt|främst|jämfört|mot|om|ifall|därför)\b",
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
    r"(?:klart?|klara|färdigt?|färdiga|i ?gång|i drift|ur drift|på plats|stäng[dt]a?|öppe[nt]|försena\w+|missnöj[dt]a?)$",
    re.IGNORECASE,
)
_TIME_ALONE = re.compile(r"^(?:i |under |den |hösten |våren |sommaren |vecka |tidigast )[^,:]*$", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:ja|nej|delvis)\s?[,:–-]\s+(?=\S)|^(?:rättelse|korrigering|obs)\s?[:!]\s*(?=\S)", re.IGNORECASE)
_ASKED = re.compile(r"^([^\d?!.,;:]{3,40})\?\s+(?=[^?]+$)", re.IGNORECASE)
_WHEN_FIRST = re.compile(
    rf"^((?:den )?\d{{1,2}} (?:{'|'.join(MONTHS)})|vecka \d{{1,2}}|(?:i )?(?:{'|'.join(MONTHS)})) [–-] (?=\S)", re.IGNORECASE
)
_NOT_THERE = re.compile(r"^inte (?:i|på|hos|vid|för|inom) [^,;:]+$", re.IGNORECASE)
_DASHED = re.compile(r"^(?P<topic>[^\W\d_][^\d,:;()–-]{2,30}?) [–-] (?P<rest>(?!inga pengar)[^–]+)$")
_BARE_NOUN = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+)*$")
_DOTTED = re.compile(
    r"(?:\bkl|\bt\.ex|\bbl\.a|\bm\.fl|\bm\.m|\bosv|\bdvs|\bs\.k|\bf\.d|\bnr|(?:^|[\s(])[a-zåäö])\.$", re.IGNORECASE
)


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
            # "Infört på alla enheter. Ej på familjerätten."
            found[-1] = _sentence(f"{found[-1].text}, men {bare[0].lower()}{bare[1:]}")
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
    if not topic and (dashed := _before_dash(bare)):
        topic, parts = dashed[0], _clauses(dashed[1])
    told = classify(topic) if topic else None
    if told and told.subject and (told.kind == "participle" or (told.kind == "adjective" and _STATE.match(told.word))):
        return NoteSentence(bare, "", tuple(classify(part) for part in (topic, *parts)))  # "insamling igång okt: 11 ton"
    if topic.lower() in ("ny", "nytt", "nya") and all(map(_is_entry, parts)):
        parts = [enumeration(parts)]
    return NoteSentence(bare, topic, _leaning([classify(part, has_topic=bool(topic)) for part in parts]))


def _before_dash(text: str) -> tuple[str, str] | None:
    """ "ventilation – 9 av 14 inventerade" as a topic and what is told of it; None where more than a name stands before the dash."""
    match = _DASHED.match(text)
    named = match is not None and not match["topic"].endswith(".") and classify(match["topic"]).kind == "fragment"
    return (match["topic"], match["rest"]) if match is not None and named else None


def _leaning(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses; a bare number that goes on with a figure before it says nothing by itself: "78 procent vet vart, tjejer 84" has shares,
    and "88 ungdomar, under våren 49" parts."""
    found: list[Clause] = []
    for clause in clauses:
        bare = _BARE.fullmatch(clause.text)
        shared = bare is not None and is_people(bare["who"] or "") and any("procent" in other.text for other in found)
        part = bare is not None and bare["time"] and any(re.match(r"\d", other.number) for other in found)
        found.append(replace(clause, kind="fragment") if shared or part else clause)
    return tuple(found)


_BARE = re.compile(
    r"(?:(?P<time>(?:under|i) [^\W\d_]+)|(?P<who>[^\W\d_]+)) \d+(?:,\d+)?(?: och (?:(?:under|i) )?[^\W\d_]+ \d+(?:,\d+)?)?"
)


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
    apart = told.kind == "verbal" and told.subject and classify(before).kind in ("adjective", "participle")
    return [before, after] if apart else [piece]


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
