"""Counts of a note as clauses with a verb: "8 workshops" becomes "8 workshops har hållits", "mål 3" "målet är 3".

Figures are never touched. Knows nothing of predicates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.language.facts import MONTHS
from assistant.draft.language.nouns import (
    event_verb,
    is_people,
    is_plural_noun,
    is_unit_of_measure,
)
from assistant.draft.language.wording import tokens
from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.predicates import line
from assistant.draft.notes.words import participle
from assistant.phrases import enumeration
from corpus.word_lists import word_set


def leading_counts(groups: Sequence[tuple[Clause, str]]) -> int:
    """How many of the first clauses are plain counts of things; one that begins with "nu" is a clause of its own."""
    run = 0
    while run < len(groups):
        clause = groups[run][0]
        if clause.kind != "count" or re.match(r"^(?:nu|åter)\b", clause.number) or (run and _is_aside(clause)):
            break
        run += 1
        if run == 2 and event_verb(counted_noun(groups[0][0].rest)) and is_people(counted_noun(clause.rest)):
            break  # what took place, and who came
    return run


def _is_aside(clause: Clause) -> bool:
    """An amount or a length of time beside what was counted: "450 tusen kronor", "2 år"."""
    return bool(re.search(r"kronor$|^(?:plus|minus) ", clause.number)) or counted_noun(clause.rest) in LENGTHS


LENGTHS = word_set("år månader dagar timmar veckor minuter")


SMALL = word_set("per i på av med under till från varav över inom hos för om vid utan och sedan som är har hittills nu via")


def counted(clause: Clause) -> str:
    """A count as it stands: its number and what it is of."""
    return f"{clause.number} {clause.rest}".strip()


def counted_noun(rest: str) -> str:
    """The noun that a count is of: the first word after it that does not look like an adjective."""
    found = tokens(rest)
    for at, token in enumerate(found):
        if not token.is_word:
            return ""
        if (
            token.low.endswith(
                ("ade", "nya", "gemensamma", "olika", "iga", "ska", "unga", "ande", "fler", "stora", "yma", "custom")
            )
            and len(tokens(rest)) > 1
            and not is_people(token.low)
        ):
            continue
        if token.low in SMALL or token.low in ("inget", "ingen", "inga", "något"):
            return ""
        if token.low.endswith("a") and at + 1 < len(found) and found[at + 1].is_word and found[at + 1].low not in SMALL:
            continue  # "2 skarpa larm"
        return token.low
    return ""


def number_told(groups: Sequence[tuple[Clause, str]]) -> str | None:
    """ "antalet utredningar är 112 och antalet återkrav 61", with the parts of each; None where one of them is no plain count of things.

    Events are said to have taken place, with the people who came to them.
    """
    first, tail = groups[0]
    event = event_verb(counted_noun(first.rest))
    if event and len(groups) <= 2:
        head, after = split_after(counted(first), counted_noun(first.rest))
        if len(groups) == 1:
            return line(head, "har", event, after) + tail
        people, last = groups[1]
        if is_people(counted_noun(people.rest)) and not re.search(r"\bav\b|procent", people.number):
            return line(head, "har", event, after, "med", counted(people)) + (tail or last)
    said = [number_and_noun(clause) for clause, _ in groups]
    if None in said:
        return None
    parts = [
        f"antalet {what} {'är ' if not at else ''}{number}{groups[at][1]}" for at, (what, number) in enumerate(filter(None, said))
    ]
    return (", ".join(parts[:-1]) + ", och " + parts[-1]) if any("varav" in tail for _, tail in groups[:-1]) else enumeration(parts)


def number_and_noun(clause: Clause) -> tuple[str, str] | None:
    """What is counted and how many, for "antalet … är …"; None for one, a share, an amount, or what has no plural noun."""
    noun = counted_noun(clause.rest)
    if (
        not noun
        or is_unit_of_measure(noun)
        or re.search(r"procent|kronor| av |^1$", clause.number)
        or not _is_several(clause, noun)
    ):
        return None
    at = clause.rest.lower().find(noun) + len(noun)
    if clause.rest[at : at + 1] == ".":
        return None  # a cut word
    head, after = clause.rest[:at], clause.rest[at:].strip()
    if kind := _kind_after(after):
        head, after = f"{head} {kind}", after[len(kind) :].strip()  # "41 tillsynsbesök servering"
    if both := re.match(r"^och [^\W\d_]+$", after):
        head, after = f"{head} {both.group()}", ""
    if after in SMALL:
        return None
    place = re.match(
        r"^(?P<place>(?:(?:i|på|om|under|över|från|till|hos|med|för) (?!och med|grund av)[^,()]+?))(?P<when>,? (?:sedan|hittills|jämfört|varav) .*| \(.*)?$",
        after,
    )
    if place and not re.match(r"^under (?:" + _PERIODS + r")|^(?:i|från) (?:" + _PERIODS + r")", after):
        head, after = f"{head} {place.group('place')}", (place.group("when") or "").strip()
    return head, line(clause.number, after).replace(" ,", ",")


_ADVERB = re.compile(
    r"^(?:hittills|totalt|sammanlagt|extra|digitalt|fysiskt|årligen|varje|numera|igen|också|även|oförändrat|varav)\b"
)
_PERIODS = f"året|våren|hösten|sommaren|vintern|perioden|läsåret|{'|'.join(MONTHS)}|år|snitt|genomsnitt|vecka"


def _is_several(clause: Clause, noun: str) -> bool:
    return (
        is_plural_noun(noun)
        or noun.isupper()
        or noun not in ("med", "i", "på", "av", "under", "till", "stycken", "gånger", "varav")
    )


def is_had(clause: Clause) -> bool:
    """Whether a count is of people or of events: what a group or a place has had."""
    noun = counted_noun(clause.rest)
    return is_people(noun) or event_verb(noun) is not None


def _kind_after(text: str) -> str:
    """A bare noun right after the one that is counted, which says what kind: "servering" in "tillsynsbesök servering (38 i fjol)"; else ""."""
    match = re.match(r"^(?P<kind>[a-zåäö-]{4,})(?: \(.*)?$", text)
    return (
        match["kind"] if match and not _ADVERB.match(text) and match["kind"] not in SMALL and not participle(match["kind"]) else ""
    )


def split_after(text: str, noun: str) -> tuple[str, str]:
    """ "14 träffar (12 i fjol)" and what follows: a bracket right after the noun goes with it."""
    at = text.lower().find(noun) + len(noun)
    if kind := _kind_after(text[at:].strip()):
        at += 1 + len(kind)
    bracket = re.match(r" \([^()]*\)", text[at:])
    at += bracket.end() if bracket else 0
    return text[:at], text[at:].strip()
