"""Writes an officer's note as full Swedish sentences in a report's voice, adding nothing: "IOP undertecknat 22 april" becomes
"IOP undertecknades den 22 april."

A frame is used only where the clause makes it certain; otherwise the words are kept as they stand and the sentence is marked telegraphic.
Every figure, date and name of the note is in the result, or the note is given back in its own words. Knows nothing of earlier reports
but their vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft.language.facts import Fact, facts
from assistant.draft.language.nouns import definite_form, is_measure, is_people, is_plural_noun, is_survey
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.changes import change
from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.counts import counted_noun, leading_counts, number_told
from assistant.draft.notes.cutting import NoteSentence, take_apart
from assistant.draft.notes.events import held, meeting
from assistant.draft.notes.fragments import fragment, started
from assistant.draft.notes.joining import closed, join
from assistant.draft.notes.listed import listed, measure, single_count, subject_count
from assistant.draft.notes.nothing import none_sentence
from assistant.draft.notes.predicates import predicate_sentence
from assistant.draft.notes.shares import grouped
from assistant.draft.notes.shorthand import Expanded
from assistant.draft.notes.subjects import TIME_TOPIC, lead_in, lowered, subject_of, topic_of
from assistant.draft.notes.unchanged import standing_sentence
from assistant.draft.notes.words import participle
from assistant.phrases import enumeration
from corpus.tense import main_verb
from corpus.verbs import verb_of
from corpus.word_lists import word_set

_CHANGED = re.compile(r"^(?P<verb>minskat|ökat) antal(?:et)? (?P<what>[^,;:]+?),? (?P<rest>(?:från|med|till) .+)$", re.IGNORECASE)


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
    there = [_key(fact) for text in written for fact in facts(text, known_names=_name_values(note))]
    for fact in facts(note):
        if _key(fact) not in there:
            return False
        there.remove(_key(fact))
    return True


def _key(fact: Fact) -> tuple[str, str]:
    """What makes two facts the same: "tidigast 2027" is a number and "är 2027" a year, and the one is the other."""
    return ("number", fact.value) if fact.kind in ("year", "percent") else fact.key


def _name_values(note: str) -> set[str]:
    return {fact.value for fact in facts(note) if fact.kind == "name"}


def finished(text: str) -> str:
    """A capital at the start and a full stop at the end."""
    bare = re.sub(r"\(\s+|\s+([,.;:)])", lambda m: m[1] or "(", " ".join(text.split())).rstrip(" ,;")
    bare = re.sub(r", varav ([^,.()]+), varav (?=\d)", r", varav \1 och ", bare)
    bare = re.sub(r", varav (?=\d+ av (?:dem|dessa)\b)", ", ", bare)
    bare = re.sub(r"\bm\.(fl|m)(?![.\w])", r"m.\1.", bare)
    bare = bare[0].upper() + bare[1:] if bare else bare
    return bare if bare.endswith((".", "!", "?", ".”")) else bare + "."


def _compose(sentence: NoteSentence, vocabulary: Vocabulary, year: int) -> list[str]:
    changed = _CHANGED.match(sentence.text)
    if changed and not sentence.topic:
        return [f"antalet {changed.group('what')} har {changed.group('verb').lower()} {changed.group('rest')}"]
    if told := _superlative(sentence) or _paid(sentence):
        return [told]
    rest = ", ".join(clause.text for clause in sentence.clauses)
    if standing := standing_sentence(rest, sentence.topic, vocabulary):
        return [standing]
    topic, groups = _arranged(sentence, vocabulary, year)
    out: list[str] = []
    run = leading_counts(groups)
    told = None
    if topic and run:
        told = listed(topic, groups[:run], vocabulary, year)
    elif run > 1:
        told = number_told(groups[:run])
    if run > 1 and not topic and not told and (few := _few(groups[:run])):
        told = few
    if told:
        out.append(told)
        groups, topic = groups[run:], ""
    begun, before = False, ""
    for clause, tail in groups:
        if _counts_topic(clause, topic):
            clause, topic = replace(clause, subject=f"{clause.subject} {topic.lower()}"), ""
        text, whole = _rendered(clause, topic, vocabulary, year, bool(out), begun, before)
        if clause.kind == "verb_first" and out and sentence.topic and out[-1].lower().startswith("när det gäller "):
            text, whole = f"{topic_of(sentence.topic, vocabulary)} {text}", True  # who or what did it is the topic
        other = clause.kind == "verb_first" and bool(sentence.topic and before and before != sentence.topic)
        join(out, text + tail, whole, clause, other_subject=other)
        before = clause.subject or topic or before
        begun = begun or bool(re.match(r"^(?:påbörja|pågå|starta)", clause.word.lower()))
        topic = ""
    return [closed(text) for text in out]


_MOST = re.compile(r"^(?P<most>[^\W\d_]+)(?: (?P<rest>[^:]+))?$")


def _superlative(sentence: NoteSentence) -> str | None:
    """ "populärast skridskor, flytvästar" as "populärast är skridskor och flytvästar"; None for anything else."""
    match = _MOST.match(sentence.topic or sentence.clauses[0].text if sentence.clauses else "")
    if match is None or match["most"].lower() not in _SAID_OF_THINGS or re.search(r"\d", sentence.text):
        return None
    if any(clause.kind != "fragment" for clause in sentence.clauses) or bool(sentence.topic) == bool(match["rest"]):
        return None
    named = [clause.text for clause in sentence.clauses]
    named[0] = named[0] if sentence.topic else match["rest"]
    return f"{match['most']} är {enumeration(named)}"


_SAID_OF_THINGS = word_set("vanligast populärast viktigast svårast dyrast billigast bäst sämst")
_PAID = re.compile(
    r"^(?P<done>[^\W\d_]{4,}t) (?P<amount>\d[\d ,]* (?:(?:tusen|miljoner) )?kronor) (?P<rest>(?:till|för|i|på|av|under) .+)$",
    re.IGNORECASE,
)


def _paid(sentence: NoteSentence) -> str | None:
    """ "utbetalt 7,6 miljoner kronor till 79 föreningar" as "7,6 miljoner kronor har betalats ut till 79 föreningar"; else None."""
    match = None if sentence.topic else _PAID.match(sentence.text)
    form = participle(match["done"].lower()) if match else None
    if match is None or form is None:
        return None
    verb = verb_of(form)
    told = f"{match['amount']} har {verb.supine}s{' ' + form.particle if form.particle else ''}"
    first, *others = [clause.text for clause in sentence.clauses]
    rest = first.removeprefix(f"{match['done']} {match['amount']}").strip()
    if not others:
        return f"{told} {rest}"
    aside = ", ".join(others)
    return f"{told} {rest}, {aside}" if "(" in aside else f"{told} {rest} ({aside})"


def _arranged(sentence: NoteSentence, vocabulary: Vocabulary, year: int) -> tuple[str, list[tuple[Clause, str]]]:
    """The topic and the clauses with their parts, where the first two are told together as one."""
    topic, groups = sentence.topic, [(group.head, group.tail) for group in grouped(sentence.clauses)]
    if TIME_TOPIC.match(topic):
        return topic, [(_as_count(clause), tail) for clause, tail in groups]
    if topic or len(groups) < 2:
        return topic, groups
    (first, tail), (second, last) = groups[:2]
    if _opens_run(first, second):
        return first.subject, [(replace(first, kind="count", subject=""), tail), *groups[1:]]
    if first.kind == "fragment" and (begins := started(first.text, second.text, vocabulary, year)):
        return "", [(replace(first, kind="verbal", rest=begins), last), *groups[2:]]
    people = second.kind == "count" and (is_people(counted_noun(second.rest)) or re.match(r"^[^\W\d_]+ade\b", second.rest))
    if first.kind == "fragment" and (people or _took_part(second)) and (attended := meeting(first.text, year, attended=True)):
        if second.kind in ("participle", "adjective"):
            second = replace(second, kind="count", number=second.subject, rest=f"{second.word} {second.rest}".strip())
        return "", [(replace(first, kind="verbal", rest=held(*attended, "", vocabulary)), tail), (second, last), *groups[2:]]
    return topic, groups


def _took_part(clause: Clause) -> bool:
    """Whether a clause tells how many came: "45 på plats", "64 inloggade", "cirka 70 kom"."""
    if clause.kind == "verbal":
        return clause.word in ("kom", "deltog", "gick") and bool(_SOME.match(clause.subject))
    logged_on = clause.kind == "participle" and not clause.rest and clause.word.endswith("ade")
    return clause.subject.isdigit() and (logged_on or clause.word == "på plats")


_SOME = re.compile(r"^(?:cirka |drygt |knappt |totalt )?\d[\d ]*(?: av (?:de )?\d+)?(?: [^\W\d_]+)?$")


def _few(groups: Sequence[tuple[Clause, str]]) -> str | None:
    """ "1 erinran" and "1 varning" as one sentence; None where one of them is more than a number and a noun."""
    said = [f"{clause.number} {clause.rest}{tail}" for clause, tail in groups]
    plain = all(re.fullmatch(r"[^\W\d_]{4,}", clause.rest) and clause.number.isdigit() for clause, _ in groups)
    return f"det är {enumeration(said)}" if plain and groups[0][0].number == "1" else None


def _as_count(clause: Clause) -> Clause:
    """ "9 etablerade" beside other counts of one month is one of them."""
    if clause.kind in ("participle", "adjective") and _NUMBER_ALONE.match(clause.subject) and not clause.adverbs:
        return replace(clause, kind="count", number=clause.subject, rest=f"{clause.word} {clause.rest}".strip())
    return clause


def _opens_run(first: Clause, second: Clause) -> bool:
    """ "föräldraträffar 22 stycken" before "310 föräldrar": the subject of the first count is what both are about."""
    return (
        first.kind == "subject_count"
        and second.kind == "count"
        and first.rest.startswith(("stycken", "tillfällen"))
        and not re.match(r"^(?:nu|åter)\b", first.number)
    )


_NAMED_BY_NUMBER = "".join(
    rf"(?<!{end})" for end in r"punkt vecka steg nr grupp \betapp \bfas \bdel årskurs avdelning \benhet \bmål \bmålet".split()
)
_NAME_AND_NUMBER = re.compile(
    r"^(?!(?i:bara|endast|totalt|hittills|nu|alla|samtliga|cirka|drygt|knappt|minst) \d)"
    rf"(?P<name>[^\d,]+?{_NAMED_BY_NUMBER}) (?P<number>\d+ av \d+|\d+)$"
)
_POST_AND_SHARE = re.compile(r"^(?P<who>[^\W\d_]+) (?P<share>\d+ procent)$")
_NAME_AND_COUNT = re.compile(r"^(?P<name>[A-ZÅÄÖ][^\W\d_]+|[^\W\d_]{4,}(?:et|en|an)) (?P<number>\d+ [^\W\d_]+)$")
_ASKED_AND_SHARE = re.compile(r"^(?P<survey>[^\W\d_]+) (?P<share>\d+ (?:procent|av \d+)(?: av [^\W\d_]+)?)$")
_NUMBER_ALONE = re.compile(r"^(?:alla )?\d+(?: av (?:de )?\d+)?$")


def _counts_topic(clause: Clause, topic: str) -> bool:
    """Whether a bare number is of what the topic names: "punkter: 118 av 140 avklarade"."""
    return bool(
        topic and _NUMBER_ALONE.match(clause.subject) and " " not in topic and is_plural_noun(topic) and not definite_form(topic)
    )


def _rendered(
    clause: Clause, topic: str, vocabulary: Vocabulary, year: int, follows: bool, begun: bool, before: str
) -> tuple[str, bool]:
    """The clause as text, and whether it stands as a sentence by itself."""
    kind = clause.kind
    if (
        kind in ("participle", "adjective")
        and not topic
        and (post := _POST_AND_SHARE.match(clause.subject))
        and is_people(post["who"])
    ):
        clause = replace(clause, subject=f"{post['who'].lower()} på {post['share']}")
    if (
        kind in ("participle", "adjective")
        and not topic
        and not re.match(r"^[^\W\d_]{1,2} ", clause.subject)
        and (split := _NAME_AND_NUMBER.match(clause.subject) or _NAME_AND_COUNT.match(clause.subject))
    ):
        topic, clause = split.group("name"), replace(clause, subject=split.group("number"))
    if kind == "verbal" and not clause.word:
        return clause.rest, True
    if kind == "verbal" and not topic and (asked := _ASKED_AND_SHARE.match(clause.subject)) and is_survey(asked.group("survey")):
        topic, clause = asked.group("survey"), replace(clause, subject=asked.group("share"))
    if kind == "verbal":
        return _verbal(clause, topic, vocabulary), True
    if kind == "verb_first" and topic and (is_survey(topic.split()[0]) or TIME_TOPIC.match(topic)):
        return f"{topic}: {clause.text}", False  # a survey does not know, those who were asked do
    if kind == "verb_first":
        text = f"{clause.word} {clause.adverbs} {clause.rest}".strip() if clause.adverbs else f"{clause.word} {clause.rest}".strip()
        return (f"{subject_of(topic, vocabulary)} {text}", True) if topic else (text, False)
    if kind == "change":
        return change(clause.text, topic, vocabulary), True
    if kind == "adjective" and not topic and is_measure(clause.subject) and re.match(r"\d", clause.rest):
        return f"{measure(clause.subject, vocabulary)} {clause.word} är {clause.rest}", True
    if kind in ("participle", "adjective"):
        return predicate_sentence(clause, topic, vocabulary, year, follows, begun, before)
    if kind == "count":
        return single_count(clause, topic, vocabulary, follows)
    if kind == "subject_count":
        told = subject_count(clause, topic, vocabulary, year)
        return told, told != clause.text
    if kind == "place":
        verb = "kommer" if re.match(r"^(?:nu )?från (?!och med)", clause.rest) else "finns"
        subject = subject_of(clause.subject, vocabulary)
        return (
            (f"{subject} {verb} {clause.rest}", True) if not topic else (f"{lead_in(topic, vocabulary)} {verb} {clause.text}", True)
        )
    if kind == "none":
        return none_sentence(clause, topic, vocabulary), True
    return fragment(clause.text, topic, vocabulary, year, follows)


def _verbal(clause: Clause, topic: str, vocabulary: Vocabulary) -> str:
    if not topic:
        return f"{subject_of(clause.subject, vocabulary)} {clause.word} {clause.rest}".strip()
    if topic.lower() in ("nytt", "ny", "nya", "övrigt", "positivt", "negativt", "plus", "minus", "obs", "slutsats"):
        return f"{topic}: {clause.text}"
    lead, subject = lead_in(topic, vocabulary), clause.subject
    if clause.word.startswith("svara"):
        lead = re.sub(r"^enligt ", "i ", lead)  # one answers in a survey, and not according to it
    if len(subject.split()) <= 6 and "," not in subject and "," not in topic:
        return f"{lead} {clause.word} {lowered(subject, vocabulary)} {clause.rest}".strip()
    return f"{topic}: {clause.text}"
