"""Counts of a note as clauses with a verb: "8 workshops" becomes "8 workshops har hållits", "mål 3" "målet är 3".

Figures are never touched. Knows nothing of predicates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.draft.note_clauses import Clause
from assistant.draft.note_predicates import line
from assistant.draft.note_subjects import TIME_TOPIC, definite, is_definite, lead_in, lowered, subject_of
from assistant.draft.nouns import definite_measure, event_verb, is_measure, is_people, stands_somewhere
from assistant.draft.vocabulary import Vocabulary
from assistant.draft.wording import tokens


def leading_counts(clauses: Sequence[Clause]) -> int:
    """How many of the first clauses are plain counts; one that begins with "nu" is a clause of its own."""
    run = 0
    while run < len(clauses) and clauses[run].kind == "count" and not re.match(r"^(?:nu|åter)\b", clauses[run].number):
        run += 1
    return run


def counted(clause: Clause) -> str:
    """A count as it stands: its number and what it is of."""
    return f"{clause.number} {clause.rest}".strip()


def listed_words(parts: Iterable[str]) -> str:
    """ "a", "a och b", "a, b och c"."""
    words = list(parts)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " och " + words[-1]


def counted_noun(rest: str) -> str:
    """The noun that a count is of: the first word after it that does not look like an adjective."""
    for token in tokens(rest):
        if not token.is_word:
            return ""
        if (
            token.low.endswith(("ade", "nya", "gemensamma", "olika", "iga", "ska", "unga", "ande", "fler", "stora"))
            and len(tokens(rest)) > 1
            and not is_people(token.low)
        ):
            continue
        return token.low
    return ""


def listed(topic: str, counts: Sequence[Clause], vocabulary: Vocabulary) -> str:
    """ "Ämne: 8 föreningar, 33 kvällar" as one sentence."""
    first = counts[0]
    if counted_noun(first.rest) == "stycken" and event_verb(topic.split()[0]):
        rest = first.rest.removeprefix("stycken").strip()
        people = counts[1:] and all(is_people(counted_noun(c.rest)) for c in counts[1:])
        said = f"{first.number} {lowered(topic, vocabulary)} har {event_verb(topic.split()[0])} {rest}".strip()
        if len(counts) == 1:
            return said
        return said + (" med " if people else ", ") + listed_words(counted(c) for c in counts[1:])
    said = (
        listed_words(counted(c) for c in counts) if all(_plain_count(c) for c in counts) else ", ".join(counted(c) for c in counts)
    )
    if TIME_TOPIC.match(topic):
        lead = (
            topic
            if re.match(r"^(?:i|under|sedan|från|fram|till|hittills)\b", topic, re.IGNORECASE)
            else f"under {lowered(topic, vocabulary)}"
        )
        return f"{lead} redovisas {said}"
    if any(re.search(r"\b(?:nya|nu)\b", c.text) for c in counts):
        said = re.sub(r"^(.*?)(?: nu)\b", r"nu \1", said) if re.search(r"\bnu\b", said) else said
        return f"{subject_of(topic, vocabulary)} har {said}"
    if is_measure(topic.split()[0]) and len(counts) == 1:
        return f"{measure(topic, vocabulary)} är {said}"
    if _LABELLED.match(topic):
        return f"{topic} {said}"
    if is_definite(topic, vocabulary) and _is_had(first) and not any(re.search(r"procent|kronor", counted(c)) for c in counts):
        return f"{subject_of(topic, vocabulary)} har haft {said}"
    return f"för {lowered(definite(topic, vocabulary), vocabulary)} redovisas {said}"


_LABELLED = re.compile(r"^(?:vecka|nummer|nr|punkt|sida|kapitel)$", re.IGNORECASE)


def measure(subject: str, vocabulary: Vocabulary) -> str:
    """A measure as a subject: "väntetid" is "väntetiden" where the word stands alone."""
    known = subject_of(subject, vocabulary)
    return definite_measure(known) if known == subject else known


def _is_had(clause: Clause) -> bool:
    """Whether a count is of people or of events: what a group or a place has had."""
    noun = counted_noun(clause.rest)
    return is_people(noun) or event_verb(noun) is not None


def _plain_count(clause: Clause) -> bool:
    return not re.match(r"^(?:med|som|varav|utan)\b", clause.rest) and not re.search(r"\(", clause.rest)


def single_count(clause: Clause, topic: str, vocabulary: Vocabulary, follows: bool) -> tuple[str, bool]:
    """A count by itself: (text, whether it stands as a sentence). ``follows`` where a sentence of the note stands before it."""
    noun = counted_noun(clause.rest)
    text = counted(clause)
    if topic:
        number = re.sub(r"^(?:nu|åter) ", "", clause.number)
        adverb = clause.number.split()[0] if clause.number.lower().startswith(("nu ", "åter ")) else ""
        return line(subject_of(topic, vocabulary), "har", adverb, number, clause.rest), True
    if clause.number.lower().startswith("nu "):
        return f"och har {text}", False
    event = event_verb(noun)
    if event:
        head, tail = _split_after(text, noun)
        return line(head, "har", event, tail), True
    if is_people(noun) and (with_what := re.match(rf"^(?:[\wåäö-]+ )??{re.escape(noun)} med (?P<what>[\wåäö-]+)$", clause.rest)):
        head = text[: -len(f" med {with_what.group('what')}")]
        return f"{head} har {with_what.group('what')}", True
    if (
        not noun
        or noun in ("år", "månader", "dagar", "timmar", "stycken", "veckor", "procent", "kronor", "med", "av", "i", "på")
        or re.match(r"^(?:med|varav|av|i|på)\b", clause.rest)
    ):
        return text, False
    if is_people(noun) and len(clause.rest.split()) == 1:
        return text, False
    if follows and not stands_somewhere(noun):
        return text, False
    verb = "finns" if stands_somewhere(noun) else "redovisas"
    head, tail = _split_after(text, noun)
    if tail and not re.match(r"^(?:sedan|under|i|hittills|från|för|till|på|norr|söder)\b", tail):
        return f"{text} {verb}", True
    return line(head, verb, tail), True


def _split_after(text: str, noun: str) -> tuple[str, str]:
    at = text.lower().find(noun) + len(noun)
    return text[:at], text[at:].strip()


def subject_count(clause: Clause, topic: str, vocabulary: Vocabulary) -> str:
    """ "rådet nu 14 parter" as a sentence with "har", "är" or "redovisas", by what is counted."""
    hedge = re.match(r"^(?P<adverb>(?:nu|åter|hittills|totalt|sammanlagt|i genomsnitt)\b)? ?(?P<number>.*)$", clause.number)
    assert hedge is not None
    adverb, amount = hedge.group("adverb") or "", hedge.group("number")
    subject = clause.subject
    first = subject.split()[0]
    rest = clause.rest
    if topic:
        return f"{topic}: {clause.text}"
    if _LABELLED.match(subject.split()[-1]):
        return clause.text  # "sommarlovet vecka 25–32": the number names and counts nothing
    if first.lower() == "mål" and len(subject.split()) == 1:
        return line("målet är", adverb, amount, rest)
    if is_measure(first) or adverb == "i genomsnitt":
        return line(measure(subject, vocabulary), "är", adverb, amount, rest)
    if not rest and not re.search(r"procent|kronor", amount):
        return (
            line("antalet", lowered(subject, vocabulary), "är", adverb, amount)
            if adverb == "nu"
            else f"för {lowered(subject, vocabulary)} redovisas {line(adverb, amount)}"
        )
    if adverb in ("nu", "åter", "hittills") and not re.match(r"^(?:av|i|på)\b", rest):
        return line(subject_of(subject, vocabulary), "har", adverb, amount, rest)
    if is_definite(subject, vocabulary) and is_people(counted_noun(rest)):
        return line(subject_of(subject, vocabulary), "har haft", adverb, amount, rest)
    return line("för", lowered(definite(subject, vocabulary), vocabulary), "redovisas", adverb, amount, rest)


def none_sentence(clause: Clause, topic: str, vocabulary: Vocabulary) -> str:
    """ "inga återkallelser" and "inget klart" as sentences."""
    words = clause.text.split()
    tail = re.match(r"^(?P<none>ing\w+ [\wåäö-]+)(?P<rest>.*)$", clause.text, re.IGNORECASE)
    verb = (
        "är"
        if len(words) == 2 and words[0].lower() == "inget" and words[1].lower() in ("klart", "nytt", "beslutat", "bestämt")
        else "redovisas"
    )
    said = f"{tail.group('none')} {verb}{tail.group('rest')}" if tail else f"{clause.text} {verb}"
    if verb == "är":
        said = f"{words[0]} är {words[1]}"
    if not topic:
        return said
    none, _, after = said.partition(f" {verb}")
    return f"{lead_in(topic, vocabulary)} {verb} {none.lower()}{after}"
