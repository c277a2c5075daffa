"""Noun phrases of a note as a report says them: definite or with an article, small inside a sentence, and how a topic leads in.

Knows nothing of verbs or counts.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import figures
from assistant.draft.language.nouns import article, definite_form, definite_measure, is_people, is_survey
from assistant.draft.language.vocabulary import Vocabulary
from index.analysis import lexicon

TIME_TOPIC = re.compile(
    r"^(?:(?:i|under|sedan|från|till och med|fram till|hittills|förra året|perioden|läsåret|våren|hösten|vintern|sommaren|januari"
    r"|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|(?:19|20)\d\d|den \d{1,2}|vecka \d{1,2})\b)",
    re.IGNORECASE,
)


_LAST_WEEK = 32
"""The week that a report handed in late in summer reaches to: a later one lies in the autumn before it or after it."""
_ADJECTIVE = re.compile(r"^[a-zåäö]+(?:ig|sk|nt|ad|ell|al|iv|ig|t|d|n)$")
_BEGINS = re.compile(
    r"(?:påbörja|starta|uppstarta|på plats|inrätta|anställ|tillsatt|bilda|invig|införd|infört|i gång|igång|kommit)"
)
_NOT_A_NAME = re.compile(r"^[A-ZÅÄÖ][a-zåäö-]+$")


def time_of(text: str, year: int) -> str:
    """Where the times in ``text`` lie for a report of ``year`` handed in late in summer: "past", "future", "unknown", or "" without any."""
    kinds = {"past" if int(week) <= _LAST_WEEK else "unknown" for week in re.findall(r"\bvecka (\d{1,2})\b", text)}
    for fact in figures(text):
        if fact.kind not in ("date", "month", "season", "year"):
            continue
        named, _, rest = fact.value.partition("-")
        late = rest[:2] in ("09", "10", "11", "12") or rest in ("höst", "vinter")
        if named:
            number = int(named)
            kinds.add(
                "past"
                if number < year or (number == year and rest and not late)
                else "future"
                if number > year or late
                else "unknown"
            )
        else:
            kinds.add("unknown" if late else "past")
    for kind in ("future", "unknown", "past"):
        if kind in kinds:
            return kind
    return ""


def subject_of(subject: str, vocabulary: Vocabulary) -> str:
    """A noun phrase as the subject of a sentence: definite where the reports know the thing, with an article where it is new and countable."""
    words = subject.split()
    if words[0].lower() in ("ny", "nytt"):
        named = re.fullmatch(
            r"(?P<new>\w+ [a-zåäö-]*(?:plats|skola|gård|boende|mottagning|verksamhet|grupp|team|lokal)) (?P<name>[A-ZÅÄÖ][\w-]*(?: [A-ZÅÄÖ][\w-]*)*)",
            subject,
        )
        told = f"{named.group('new')}, {named.group('name')}," if named else subject
        return ("En " if words[0].lower() == "ny" else "Ett ") + told[0].lower() + told[1:]
    known = definite(subject, vocabulary)
    if known != subject:
        return known
    alone = len(words) == 1 or re.match(r"^(?:i|på|för|om|med|till|av|hos|mot|under|”|\"|nr$|\()", words[1]) is not None
    gender = article(words[0]) if words[0][0].islower() and alone and " och " not in subject else ""
    if not gender and len(words) == 2 and _ADJECTIVE.match(words[0]) and words[0] not in ("all", "en", "ett"):
        gender = article(words[1]) if not words[1].endswith(("ar", "er", "or", "na")) else ""
    return f"{gender.capitalize()} {subject}" if gender else subject


def topic_of(topic: str, vocabulary: Vocabulary) -> str:
    """A topic as the known thing that it is: "utövargrupp" is "utövargruppen", "app för synpunkter" "appen för synpunkter"."""
    words = topic.split()
    known = definite(topic, vocabulary)
    if known != topic or words[0].lower() in ("ny", "nytt", "nya"):
        return subject_of(topic, vocabulary) if known == topic else known
    alone = len(words) == 1 or re.match(r"^(?:i|på|för|om|med|till|av|hos|mot|under|per|vid)$", words[1]) is not None
    written = vocabulary.written.get(words[0].lower(), "")
    if is_people(words[0]) and words[0].endswith("are"):
        return topic  # "handledare: 4 slutat" is of several
    if not alone or " och " in topic or "," in topic or words[0].isupper() or words[0].lower() in vocabulary.names:
        return topic
    if words[0][0].isupper() and written[:1].isupper():
        return topic  # "Kontaktcenter", which the reports only write so, is a name
    whole = definite_measure(words[0])
    whole = whole if whole != words[0] else definite_form(words[0])
    return " ".join([whole, *words[1:]]) if whole else topic


_STANDS_ALONE = re.compile(r"^\S+(?: (?:per|i|på|för|om|med|till|av|hos|mot|under|från) .+)?$")  # "Vuxna ute" may be a name
_NAMED = {
    "förslag": "förslaget",
    "beslut": "beslutet",
    "behov": "behovet",
    "krav": "kravet",
    "resultat": "resultatet",
    "tema": "temat",
    "orsak": "orsaken",
    "mål": "målet",
}


def named_thing(topic: str) -> str:
    """ "förslaget" for the topic "förslag", which is what follows; "" for a topic that something is only told about."""
    return _NAMED.get(topic.lower(), "")


def is_new(word: str) -> bool:
    """Whether a predicate tells the beginning of its subject, which nobody knew before: "startad", "på plats", "inrättad"."""
    return bool(_BEGINS.match(word.lower()))


def definite(subject: str, vocabulary: Vocabulary) -> str:
    words = subject.split()
    if len(words) == 1 and words[0][0].islower() and not words[0].endswith(("are", "ar", "er", "or", "na")):
        return vocabulary.definite_of(words[0]) or subject
    return subject


def is_definite(subject: str, vocabulary: Vocabulary) -> bool:
    """Whether a bare noun is one known thing: a name, a definite form, or one that the reports know."""
    words = subject.split()
    if len(words) != 1:
        return False
    return words[0].lower() in vocabulary.names or definite(subject, vocabulary) != subject or bool(_DEFINITE.search(subject))


_DEFINITE = re.compile(r"[^\W\d_]{3,}(?:et|teamet|gruppen|enheten|ingen|centralen|stödet|laget|ledet|erna|arna|skolan|gården)$")


def lowered(text: str, vocabulary: Vocabulary) -> str:
    """``text`` inside a sentence: its first letter small, but for a name or an abbreviation."""
    first = text.split()[0].strip('(”"')
    if not _NOT_A_NAME.match(first) or first.lower() in vocabulary.names:
        return text
    small = first.lower()
    common = (
        small in ("en", "ett", "de", "den", "det", "alla", "samtliga", "i", "under", "för")
        or (small in vocabulary and vocabulary.written[small][0].islower())
        or bool(article(small))
        or (small not in vocabulary and len(small) > 3 and _STANDS_ALONE.match(text) and small in lexicon().frequency)
    )
    return text[0].lower() + text[1:] if common else text


def lead_in(topic: str, vocabulary: Vocabulary) -> str:
    """How a sentence about ``topic`` begins when it has a subject of its own."""
    if TIME_TOPIC.match(topic):
        return time_lead(topic, vocabulary)
    if is_survey(topic.split()[0]):
        return f"enligt {lowered(subject_of(topic, vocabulary), vocabulary)}"
    return f"när det gäller {lowered(topic_of(topic, vocabulary), vocabulary)}"


def time_lead(topic: str, vocabulary: Vocabulary) -> str:
    """A topic that is a time as a sentence begins with it: "mars" is "under mars", "den 4 maj" stands as it is."""
    stands = re.match(r"^(?:i|under|sedan|från|fram|till|hittills|den)\b", topic, re.IGNORECASE)
    return topic if stands else f"under {lowered(topic, vocabulary)}"
