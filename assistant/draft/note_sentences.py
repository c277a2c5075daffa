"""Writes an officer's note as full Swedish sentences in a report's voice, adding nothing: "IOP undertecknat 22 april" becomes
"IOP undertecknades den 22 april."

A frame is used only where the clause makes it certain; otherwise the words are kept as they stand and the sentence is marked telegraphic.
Every figure, date and name of the note is in the result, or the note is given back in its own words. Knows nothing of earlier reports
but their vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft.facts import facts
from assistant.draft.note_clauses import Clause, NoteSentence, take_apart
from assistant.draft.note_counts import (
    counted,
    counted_noun,
    leading_counts,
    listed,
    listed_words,
    measure,
    none_sentence,
    single_count,
    subject_count,
)
from assistant.draft.note_predicates import held, meeting, predicate_sentence
from assistant.draft.note_subjects import lead_in, lowered, subject_of
from assistant.draft.nouns import event_verb, is_measure
from assistant.draft.shorthand import Expanded
from assistant.draft.vocabulary import Vocabulary
from corpus.tense import main_verb

_CHANGED = re.compile(r"^(?P<verb>minskat|ökat) antal(?:et)? (?P<what>[^,;:]+?),? (?P<rest>(?:från|med|till) .+)$", re.IGNORECASE)
_ASIDE = "\x00)"  # closes what was set in brackets here, told apart from brackets of the note's own
_LEANS = re.compile(
    r"^(?:med|som|varav|utan|i|på|till|från|för|resten|per|under|sedan|inklusive|exklusive|totalt|mot|den|efter|före)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """One sentence written from a note, with its full stop. ``telegraphic`` where it has no verb: the officer should look at it."""

    text: str
    telegraphic: bool = False


def write(note: Expanded, vocabulary: Vocabulary, year: int) -> list[Written]:
    """The sentences that the written-out note makes in a report of ``year``; [] for an empty note."""
    found: list[Written] = []
    for sentence in take_apart(note.text, abbreviations=note.unknown):
        found += write_sentence(sentence, vocabulary, year)
    return found


def write_sentence(sentence: NoteSentence, vocabulary: Vocabulary, year: int) -> list[Written]:
    """The sentences that one sentence of a note makes, or the note's own words where a figure or a name would be lost."""
    written = [finished(text) for text in _compose(sentence, vocabulary, year)]
    if not _keeps_facts(sentence.text, written):
        written = [finished(sentence.text)]
    return [Written(text, main_verb(text).tense == "none") for text in written]


def _keeps_facts(note: str, written: Sequence[str]) -> bool:
    """Whether every figure, name and negation of the note stands in what was written."""
    there = [fact.key for text in written for fact in facts(text, known_names=_name_values(note))]
    for fact in facts(note):
        if fact.key not in there:
            return False
        there.remove(fact.key)
    return True


def _name_values(note: str) -> set[str]:
    return {fact.value for fact in facts(note) if fact.kind == "name"}


def finished(text: str) -> str:
    """A capital at the start and a full stop at the end."""
    bare = re.sub(r"\s+([,.;:])", r"\1", " ".join(text.split())).rstrip(" ,;")
    bare = bare[0].upper() + bare[1:] if bare else bare
    return bare if bare.endswith((".", "!", "?", ".”")) else bare + "."


def _compose(sentence: NoteSentence, vocabulary: Vocabulary, year: int) -> list[str]:
    changed = _CHANGED.match(sentence.text)
    if changed and not sentence.topic:
        return [f"antalet {changed.group('what')} har {changed.group('verb').lower()} {changed.group('rest')}"]
    clauses, topic = list(sentence.clauses), sentence.topic
    out: list[str] = []
    run = leading_counts(clauses)
    if topic and run:
        out.append(listed(topic, clauses[:run], vocabulary))
        clauses, topic = clauses[run:], ""
    elif not topic and run > 1 and not any(event_verb(counted_noun(c.rest)) for c in clauses[:run]):
        out.append(listed_words(counted(c) for c in clauses[:run]) + " redovisas")
        clauses = clauses[run:]
    for clause in clauses:
        text, whole = _rendered(clause, topic, vocabulary, year, bool(out))
        if out and clause.kind == "none" and out[-1].endswith(" redovisas") and text.endswith(" redovisas"):
            out[-1] = f"{out[-1].removesuffix(' redovisas')} och {text}"
        elif whole or not out:
            if out and whole and _short_pair(out[-1], text):
                out[-1] += " och " + text
            else:
                out.append(text)
        elif clause.kind in ("verb_first", "participle", "adjective") and main_verb(out[-1]).tense != "none":
            out[-1] += " och " + text
        elif text.startswith("och ") or main_verb(out[-1]).tense == "none" or main_verb(text).tense != "none" or _LEANS.match(text):
            out[-1] += (" " if text.startswith("och ") else ", ") + text
        elif out[-1].endswith(_ASIDE):
            out[-1] = f"{out[-1].removesuffix(_ASIDE)}, {text}{_ASIDE}"
        else:
            out[-1] += f" ({text}{_ASIDE}"
        topic = ""
    return [text.replace(_ASIDE, ")") for text in out]


def _short_pair(before: str, text: str) -> bool:
    """Two short counts with a verb each belong in one sentence: "13 män började" and "10 fullföljde"."""
    return (
        bool(re.match(r"^\d", before)) and bool(re.match(r"^\d+ \w+$", text)) and len(before.split()) <= 4 and " och " not in before
    )


def _rendered(clause: Clause, topic: str, vocabulary: Vocabulary, year: int, follows: bool) -> tuple[str, bool]:
    """The clause as text, and whether it stands as a sentence by itself."""
    kind = clause.kind
    if kind == "verbal":
        return _verbal(clause, topic, vocabulary), True
    if kind == "verb_first":
        text = f"{clause.adverbs} {clause.word} {clause.rest}".strip()
        return (f"{subject_of(topic, vocabulary)} {clause.word} {clause.adverbs} {clause.rest}", True) if topic else (text, False)
    if kind == "adjective" and not topic and is_measure(clause.subject) and re.match(r"\d", clause.rest):
        return f"{measure(clause.subject, vocabulary)} {clause.word} är {clause.rest}", True
    if kind in ("participle", "adjective"):
        return predicate_sentence(clause, topic, vocabulary, year, follows)
    if kind == "count":
        return single_count(clause, topic, vocabulary, follows)
    if kind == "subject_count":
        return subject_count(clause, topic, vocabulary), True
    if kind == "place":
        subject = subject_of(clause.subject, vocabulary)
        return (f"{subject} finns {clause.rest}", True) if not topic else (f"{topic}: {clause.text}", False)
    if kind == "none":
        return none_sentence(clause, topic, vocabulary), True
    taking_place = meeting(clause.text, year)
    if taking_place:
        return held(*taking_place, topic, vocabulary), True
    late = re.match(r"^för (?:få|många|lite|mycket|sent|dyrt)\b", clause.text)
    if late and not topic:
        return f"det var {clause.text}", True
    return (f"{topic}: {clause.text}" if topic else clause.text), False


def _verbal(clause: Clause, topic: str, vocabulary: Vocabulary) -> str:
    if not topic:
        return f"{subject_of(clause.subject, vocabulary)} {clause.word} {clause.rest}".strip()
    lead = lead_in(topic, vocabulary)
    subject = clause.subject
    if len(subject.split()) <= 6 and "," not in subject:
        return f"{lead} {clause.word} {lowered(subject, vocabulary)} {clause.rest}".strip()
    return f"{topic}: {clause.text}"
