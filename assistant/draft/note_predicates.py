"""Predicates of a note as clauses with a verb: "undertecknat 22 april" becomes "undertecknades den 22 april".

The tense follows the dates in the clause; where they do not tell, nothing is decided. Knows nothing of counts.
"""

from __future__ import annotations

import re

from assistant.draft.facts import MONTHS, NUMBER_WORDS
from assistant.draft.note_clauses import Clause
from assistant.draft.note_subjects import lead_in, lowered, subject_of, time_of
from assistant.draft.nouns import article, is_people
from assistant.draft.vocabulary import Vocabulary
from corpus.verbs import regular, verbs
from corpus.word_lists import word_set

_STATIC = word_set("planera boka tänka försena beräkna avse stänga öppna anställa placera bemanna inriktad ansluta bestämma")


_ACTIVE = word_set("använda svara gå delta få söka börja sluta fullfölja besöka tacka nå öppna läsa uppge anmäla höra se lära")


_MONTHS = "|".join(MONTHS)
_EVENT = "möte|träff|workshop|konferens|kurs|föreläsning|seminarium|invigning|utbildning|utbildningsdag|temadag|uppstartsmöte|dialog|mässa|studiebesök|samråd"


def predicate_sentence(clause: Clause, topic: str, vocabulary: Vocabulary, year: int, follows: bool) -> tuple[str, bool]:
    """A participle or adjective without its verb as (text, whether it stands as a sentence); the topic is its subject where it has none."""
    own = clause.subject
    if not own and not topic:
        said = _adjective(clause, "", False, year) if clause.kind == "adjective" else _participle(clause, "det", year)
        return (said if said and follows else clause.text), False
    subject = subject_of(own or topic, vocabulary)
    plural = _is_plural(own or topic)
    said = _adjective(clause, subject, plural, year) if clause.kind == "adjective" else _participle(clause, subject, year)
    if said is None:
        return (f"{topic}: {clause.text}" if topic else clause.text), False
    if own and topic:
        verb, _, after = said.partition(" ")
        return f"{lead_in(topic, vocabulary)} {verb} {lowered(subject, vocabulary)} {after}".strip(), True
    return f"{subject} {said}", True


def _is_plural(subject: str) -> bool:
    words = subject.split()
    if " och " in subject or words[0].lower() in ("alla", "båda", "samtliga", "de", "dessa", "några", "flera"):
        return True
    return (
        bool(re.match(r"^\d", words[0]) and words[0] != "1")
        or words[0].lower() in NUMBER_WORDS
        or bool(re.search(r"(?:erna|arna|orna|or|ar)$", words[0].lower()))
    )


def _adjective(clause: Clause, subject: str, plural: bool, year: int) -> str | None:
    word, rest, adverbs = clause.word, clause.rest, clause.adverbs
    low = word.lower()
    when = time_of(rest, year)
    since = bool(re.match(r"^(?:sedan|från och med)\b", rest))
    bare_date = bool(re.match(r"^den \d", rest))
    if low in ("klar", "klart", "klara", "färdig", "färdigt", "färdiga"):
        word = _agree(word, plural)
        if when == "unknown":
            return None
        verb = "är" if since or not when else "blir" if when == "future" else "blev"
        if re.match(r"^med\b", rest):
            verb = "är"
        return line(verb, adverbs, word, rest)
    if low in ("i gång", "igång"):
        if bare_date or (when == "past" and not since):
            return line("kom", adverbs, "i gång", rest)
        return line("är", adverbs, "i gång", rest)
    if low.startswith("med "):
        return line("var", adverbs, word, rest)
    if low == "kvar":
        return line("finns", adverbs, "kvar", rest)
    if when == "future" and not since:
        return line("blir", adverbs, word, rest)
    if bare_date:
        rest = f"sedan {rest}"
    return line("är", adverbs, _agree(word, plural) if low in ("vakant", "nöjd", "öppen", "stängd", "försenad") else word, rest)


def _agree(word: str, plural: bool) -> str:
    if not plural:
        return word
    forms = {
        "klar": "klara",
        "klart": "klara",
        "färdig": "färdiga",
        "vakant": "vakanta",
        "nöjd": "nöjda",
        "öppen": "öppna",
        "stängd": "stängda",
        "försenad": "försenade",
    }
    return forms.get(word.lower(), word)


def _participle(clause: Clause, subject: str, year: int) -> str | None:
    form = clause.form
    assert form is not None
    rest, adverbs = clause.rest, clause.adverbs
    verb = verbs().get(form.infinitive) or regular(form.infinitive)
    when = time_of(rest, year)
    share = bool(re.search(r"\bprocent$|^\d+$", subject)) or is_people(subject.split()[-1])
    if form.tense == "supine" and (
        not verb.participle or (verb.infinitive in _ACTIVE and share and clause.word.lower().endswith("t"))
    ):
        return line("har", adverbs, verb.supine, rest)
    if re.search(r"\bprocent$", subject):
        return line("var" if when else "är", adverbs, clause.word, rest)
    since = bool(re.match(r"^sedan\b", rest))
    if form.infinitive in _STATIC or since or when == "future":
        return line("är", adverbs, clause.word, rest)
    if not verb.participle:
        return None
    if when == "past" and not adverbs:
        return line(verb.preterite + "s", "", form.particle, rest)
    if when == "unknown" and not adverbs:
        return line(verb.preterite + "s", "", form.particle, rest)
    return line("har", adverbs, f"{verb.supine}s {form.particle}".strip(), rest)


def line(*parts: str) -> str:
    """The parts that are not empty, with a blank between them."""
    return " ".join(part for part in parts if part)


def meeting(text: str, year: int) -> tuple[str, str] | None:
    """ "första gemensamma möte" and "den 14 april": something that takes place, with a date that has passed."""
    match = re.match(
        rf"^(?P<what>(?:[\wåäö-]+ ){{0,3}}?[\wåäö-]*(?:{_EVENT})(?: [^,;:.]*?)?) (?P<rest>(?:den \d|i (?:{_MONTHS})\b|under\b|med\b).*)$",
        text,
        re.IGNORECASE,
    )
    return (match.group("what"), match.group("rest")) if match and time_of(match.group("rest"), year) == "past" else None


def held(what: str, rest: str, topic: str, vocabulary: Vocabulary) -> str:
    """The sentence that says an event took place."""
    words = what.split()
    if words[0].lower() in ("första", "andra", "sista", "tredje") and len(words) > 1:
        neuter = article(words[-1]) == "ett"
        definite = words[-1] + ("t" if neuter and words[-1].endswith("e") else "et" if neuter else "en")
        subject = " ".join(["det" if neuter else "den", *words[:-1], definite]) if not words[-1].endswith(("um", "ing")) else what
    else:
        subject = subject_of(what, vocabulary)
    return f"{lead_in(topic, vocabulary)} hölls {lowered(subject, vocabulary)} {rest}" if topic else f"{subject} hölls {rest}"
