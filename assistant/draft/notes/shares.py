"""Which counts of a note are parts of the count before them: "7 vandringar, 1 med enbart äldre" has "varav 1 med enbart äldre".

Only what its words make certain: a count without a noun of its own, counts that add up to the one before, or counts that "resten" closes.
Knows nothing of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft.language.facts import MONTHS, figure_value
from assistant.draft.language.nouns import is_people
from assistant.draft.language.wording import tokens
from assistant.draft.notes.clauses import Clause
from assistant.phrases import enumeration
from corpus.word_lists import word_set

_PREPOSITIONS = word_set("med utan under över i på från som hos för inom vid om via av")
_ADJECTIVE = re.compile(r"^(?:[^\W\d_]+(?:ala|iva|nska|iga|ella|nya|nna|stora|iska|bara)|nya|nytt|ny|små|beroende)$", re.IGNORECASE)
_MONTH = "|".join(MONTHS)
_TIME = re.compile(
    rf"^(?:under (?:året|våren|hösten|sommaren|vintern|perioden|läsåret|vecka|{_MONTH})|i (?:{_MONTH}|år|fjol|snitt|genomsnitt|veckan|månaden)"
    r"|på (?:våren|hösten|sommaren)|från och med|för första|i taget)\b"
)
_BESIDE = re.compile(r"^(?:i|på) (?:kö|tur|väntan|reserv|väg|gång)\b")  # who waits is not among those who came in
_KINDS_OF_PEOPLE = word_set("kvinnor män flickor pojkar tjejer killar barn vuxna äldre unga föräldrar")
_PEOPLE_AT_LARGE = re.compile(
    r"(?:personer|deltagare|ungdomar|elever|unga|barn|medarbetare|besökare|klienter|familjer|äldre|sökande|medlemmar)$"
)
_RESTS = re.compile(r"^(?:resten|övriga|resterande)\b", re.IGNORECASE)


def number_of(clause: Clause) -> float | None:
    """The plain number that a clause begins with; None for a share, an amount, a part of a whole or no number."""
    said = clause.number if clause.kind in ("count", "subject_count") else clause.subject
    match = re.match(r"^(?:\D*?)(\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)(?P<after>.*)$", said)
    if match is None or re.match(r"^ ?(?:procent|kronor|tusen|miljon|miljard|av\b|–)", match.group("after")):
        return None
    return float(figure_value(match.group(1)))


@dataclass(frozen=True, slots=True)
class Group:
    """A clause that is no part of another, with ", varav …" for its parts and its amount in brackets ("" without any). ``clauses`` are it and them."""

    head: Clause
    tail: str
    clauses: tuple[Clause, ...]


def grouped(clauses: Sequence[Clause]) -> list[Group]:
    """The clauses in order, each with those that are parts of it; [] for none."""
    found: list[Group] = []
    at = 0
    while at < len(clauses):
        head, start = clauses[at], at
        parts = _parts(head, clauses[at + 1 :])
        at += 1 + len(parts)
        tail = f", varav {enumeration(_said(part) for part in parts)}" if parts else ""
        if head.kind == "count" and at < len(clauses) and _is_amount(clauses[at]) and not _is_amount(head):
            tail += f" ({_said(clauses[at])})"
            at += 1
        elif at < len(clauses) and _is_share_of(head, clauses[at]):
            tail += f", {_said(clauses[at])}"
            at += 1
        found.append(Group(head, tail, tuple(clauses[start:at])))
    return found


def _is_share_of(head: Clause, clause: Clause) -> bool:
    """ "3 av 4 digitalt" after "4 möten"."""
    share = re.fullmatch(r"\d+ av (?:de )?(\d+)", clause.number)
    whole = number_of(head) if head.kind == "count" or head.kind == "subject_count" else None
    return (
        clause.kind == "count" and share is not None and whole == int(share[1]) and bool(re.fullmatch(r"[^\W\d_]+t", clause.rest))
    )


def _is_amount(clause: Clause) -> bool:
    return clause.kind == "count" and clause.number.endswith("kronor")


def _parts(head: Clause, following: Sequence[Clause]) -> list[Clause]:
    whole = number_of(head)
    if (
        whole is None
        or head.kind not in ("count", "subject_count", "participle", "verbal", "adjective")
        or not _counts_things(head)
    ):
        return []
    counts: list[Clause] = []
    for clause in following:
        if _RESTS.match(clause.text) and counts and clause.kind == "fragment":
            return [*counts, clause]
        if clause.kind != "count":
            break
        counts.append(clause)
    numbers = [number_of(clause) for clause in counts]
    for until in range(2, len(counts) + 1):
        if None not in numbers[:until] and sum(n or 0 for n in numbers[:until]) == whole and _same_kind(head, counts[:until]):
            return counts[:until]
    parts = []
    for clause in counts:
        if not _is_part(clause, whole, head):
            break
        parts.append(clause)
    return parts


def _same_kind(head: Clause, counts: Sequence[Clause]) -> bool:
    """Whether counts that add up are kinds of what was counted, as far as nouns tell: people of people, things of things."""
    people = is_people(_noun(head))
    return all(is_people(_noun(one)) == people for one in counts)


def _is_part(clause: Clause, whole: float, head: Clause) -> bool:
    first = clause.rest.split(" ")[0].lower().strip("(")
    if _TIME.match(clause.rest) or _BESIDE.match(clause.rest) or not clause.rest:
        return False
    if clause.number.endswith("procent"):
        people = clause.rest.lower() in _KINDS_OF_PEOPLE and bool(_PEOPLE_AT_LARGE.search(_noun(head)))
        return people or first in _PREPOSITIONS - {"av"}
    number = number_of(clause)
    if number is None or number > whole:
        return False
    if first in _PREPOSITIONS or first == "beroende":
        return len(clause.rest.split()) > 1
    if _ADJECTIVE.match(first) and len(clause.rest.split()) == 1:
        return first in ("nya", "unga", "kvinnliga", "manliga") or not is_people(_noun(head))
    return (
        clause.rest.lower() in _KINDS_OF_PEOPLE
        and bool(_PEOPLE_AT_LARGE.search(_noun(head)))
        and _noun(head) != clause.rest.lower()
    )


def _counts_things(head: Clause) -> bool:
    return bool(_noun(head)) and _noun(head) not in _PREPOSITIONS


def _noun(clause: Clause) -> str:
    """The last word of what is counted, before a preposition or a bracket: "personer" in "9 personer med plan"."""
    text = clause.rest if clause.kind in ("count", "subject_count") else clause.subject
    words: list[str] = []
    for token in tokens(text):
        if token.is_number and not words:
            continue
        if not token.is_word or token.low in _PREPOSITIONS:
            break
        words.append(token.low)
    return words[-1] if words else ""


def _said(part: Clause) -> str:
    return f"{part.number} {part.rest}".strip() if part.kind == "count" else part.text
