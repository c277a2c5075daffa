"""Counts under a topic as one sentence: "rådet: 8 föreningar, 33 kvällar", "övningar: 30 av 31 enheter".

What the topic is decides the verb: an event was held, a group has what is counted, a measure is its value. Figures are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.language.nouns import (
    article,
    definite_form,
    definite_measure,
    event_verb,
    happens,
    is_measure,
    is_people,
    is_plural_noun,
    is_unit_of_work,
    stands_somewhere,
)
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.clauses import COUNTED_PEOPLE, Clause
from assistant.draft.notes.counts import LENGTHS, SMALL, counted, counted_noun, is_had, number_and_noun, number_told, split_after
from assistant.draft.notes.events import meeting
from assistant.draft.notes.predicates import line
from assistant.draft.notes.subjects import (
    TIME_TOPIC,
    is_definite,
    lead_in,
    lowered,
    named_thing,
    subject_of,
    time_lead,
    time_of,
    topic_of,
)
from assistant.draft.notes.words import participle
from assistant.phrases import enumeration

_NEW_POST = re.compile(r"^ny [^ ]*(?:tjänst|are|or|chef|strateg)(?: [^ ]+)?$")
_TIMES_OVER = {"tillfällen": "vid", "omgångar": "i", "gånger": "", "gång": ""}


def listed(topic: str, groups: Sequence[tuple[Clause, str]], vocabulary: Vocabulary, year: int) -> str:
    """ "Ämne: 8 föreningar, 33 kvällar" as one sentence."""
    first, tail = groups[0]
    noun = counted_noun(first.rest)
    counts = [clause for clause, _ in groups]
    event, topic = _event_of(topic, first)
    if noun == "stycken" and event:
        rest = first.rest.removeprefix("stycken").strip()
        what = topic.split()[1:]
        kind = bool(what) and what[0].isalpha() and what[0].islower() and what[0] not in SMALL  # "kontrollköp tobak: 16 st"
        told = [*what, "har", event] if kind else ["har", event, *what]
        whole = line(f"{first.number} {topic.split()[0].lower()}", *told, rest)
        if len(counts) == 1:
            return whole + tail
        people = all(is_people(counted_noun(c.rest)) for c in counts[1:])
        return whole + (" med " if people else ", ") + enumeration(_with_tail(group) for group in groups[1:])
    if event and noun in _TIMES_OVER and " per " not in first.rest:
        people = len(groups) == 2 and is_people(counted_noun(groups[1][0].rest))
        joined = " med ".join(map(_with_tail, groups)) if people else enumeration(map(_with_tail, groups))
        return line(topic, "har", event, _TIMES_OVER[noun], joined)
    said = enumeration(_with_tail(group) for group in groups)
    if TIME_TOPIC.match(topic):
        return _in_time(topic, groups, said, vocabulary, year)
    if event and (re.search(r"\bav\b", first.number) or event == "gjorts") and is_unit_of_work(noun):
        return f"{topic} har {event} på {said}"
    if event == "gjorts" and noun == "platser":
        return f"{topic} har {event} på {said}"
    if any(re.search(r"\bnu\b", c.text) for c in counts):
        said = re.sub(r"^(.*?)(?: nu)\b", r"nu \1", said)
        return f"{topic_of(topic, vocabulary)} har {said}"
    if named := named_thing(topic):
        return f"{named} är {said}"
    if len(counts) == 1 and (is_measure(topic.split()[0]) or (noun in LENGTHS and topic.lower().endswith(("tid", "tiden")))):
        return f"{measure(topic, vocabulary)} är {said}"
    if _LABELLED.match(topic):
        return f"{topic} {said}"
    takes_place = happens(topic.split()[0])
    if " per " in first.rest and (noun in ("gång", "gånger") or (noun in LENGTHS and takes_place)):
        return f"{topic_of(topic, vocabulary)} sker {said}"
    if noun in ("gång", "gånger") and takes_place:
        return f"{topic_of(topic, vocabulary)} har skett {said}"
    if first.number.endswith("procent") and len(counts) == 1 and _NEW_POST.match(topic):
        return line(subject_of(topic, vocabulary), "på", first.number, "finns", first.rest) + tail
    shares = any(
        re.search(r"procent|kronor", c.number) or " av " in c.number or not (counted_noun(c.rest) or c.rest.startswith("nya"))
        for c in counts
    )
    if noun == "stycken" and not shares and (topic.isupper() or (is_plural_noun(topic) and len(groups) > 1)):
        others = enumeration(_with_tail(group) for group in groups[1:])
        return (
            line("antalet", topic, "är", first.number, first.rest.removeprefix("stycken").strip())
            + tail
            + (f" ({others})" if others else "")
        )
    if noun in ("gång", "gånger") and _MEETS.search(topic.split()[0]):
        return f"{topic_of(topic, vocabulary)} har träffats {said}"
    if not shares and _has_things(topic, vocabulary):
        people_or_events = (
            is_had(first) and not _KEEPS.search(topic.split()[0]) and not re.search(r"\b(?:från och med|sedan)\b", said)
        )
        return f"{topic_of(topic, vocabulary)} har {'haft ' if people_or_events else ''}{said}"
    if len(counts) == 1 and _ALONE.fullmatch(first.rest) and not re.search(r"procent|kronor| av ", first.number):
        return _bare_number(topic, first, vocabulary) + tail
    antal = number_told(groups) if not shares and event_verb(noun) is None else None
    lead = f"när det gäller {lowered(topic_of(topic, vocabulary), vocabulary)}"
    verb = "var" if time_of(topic, year) == "past" else "är"
    if noun in LENGTHS and len(counts) == 1:
        return f"{lead} {verb} tiden {said}"
    if antal:
        return f"{lead} {verb} {antal.replace(' är ', ' ', 1)}"
    if not shares and len(counts) == 1 and event_verb(noun):
        head, after = split_after(said, noun)
        return line(lead, "har", head, event_verb(noun) or "", after).replace(" ,", ",")
    if first.number.endswith("procent") and len(counts) == 1 and re.match(r"^[^\W\d_]+a(?: \([^()]*\))?$", first.rest):
        return f"{lead_in(topic, vocabulary)} är {said}"
    if first.number.endswith("procent") and len(counts) == 1 and _POST.search(topic) and not is_people(noun):
        who = lowered(topic_of(topic, vocabulary), vocabulary)
        return line(f"en {who}" if _ORDINAL.match(who) else who, "arbetar", first.number, first.rest) + tail
    return f"för {lowered(topic_of(topic, vocabulary), vocabulary)} är {'siffrorna' if len(counts) > 1 else 'siffran'} {said}"


def _event_of(topic: str, first: Clause) -> tuple[str | None, str]:
    """How what the topic names takes place, and the topic in the plural where several are counted: "övning" with 30 is "övningar"."""
    word, *rest = topic.split()
    for form in (word, f"{word}ar", f"{word}er", f"{word}or", f"{word}n"):
        verb = event_verb(form)
        if verb:
            return verb, topic if first.number == "1" or first.number.endswith("procent") else " ".join([form, *rest])
    return None, topic


def _with_tail(group: tuple[Clause, str]) -> str:
    return counted(group[0]) + group[1]


_TOOK_PLACE = {"hållits": "hölls", "gjorts": "gjordes", "genomförts": "genomfördes"}


def _in_time(topic: str, groups: Sequence[tuple[Clause, str]], said: str, vocabulary: Vocabulary, year: int) -> str:
    lead = time_lead(topic, vocabulary)
    past = time_of(topic, year) == "past"
    told = number_told(groups) if all(number_and_noun(clause) for clause, _ in groups) else None
    if told and told.startswith("antalet"):
        return f"{lead} {'var' if past else 'är'} {told.replace(' är ', ' ', 1)}"
    event = event_verb(counted_noun(groups[0][0].rest))
    if event and past and len(groups) == 1:
        return f"{lead} {_TOOK_PLACE[event]} {said}"
    return f"{lead} {'fanns' if past else 'finns'} {said}"


def _has_things(topic: str, vocabulary: Vocabulary) -> bool:
    """Whether a topic is one known thing that can have what is counted: a name, a group, a register."""
    words = topic.split()
    if (
        _SCHOOL.search(words[0].lower())
        or words[0].endswith(("na", "ar", "er"))
        or topic_of(topic, vocabulary).split()[0].endswith("na")
    ):
        return False
    if is_people(words[0]) or event_verb(words[0]) or (is_plural_noun(words[0]) and not definite_form(words[0])):
        return False
    return is_definite(topic, vocabulary) or words[0].isupper() or bool(_HOLDS.search(words[0].lower()))


_SCHOOL = re.compile(r"(?:skola|skolan|gymnasium|gymnasiet)$")  # "gymnasiet: 6 klasser" may be some of its classes
_ALONE = re.compile(r"(?:stycken)? ?(?:\([^()]*\))?(?: ?(?:på grund av|jämfört med|som|hittills|totalt|sammanlagt)\b.*)?")
_MEETS = re.compile(r"(?:nätverk|(?<!sam)råd|grupp|team|forum|panel|kommitté|utskott)(?:en|et|t|n)?$")
_POST = re.compile(
    r"^(?:(?:ny|första|andra|tredje|fjärde|femte) )?[^\W\d]*(?:ledare|stödjare|samordnare|rådgivare|utredare|handläggare|vikarie|kurator|sköterska|pedagog"
    r"|coach|strateg|psykolog|logoped|terapeut|assistent|inspektör|lots|vägledare|konsulent)$",
    re.IGNORECASE,
)
"""Who has a post, by how much of one."""
_ORDINAL = re.compile(r"(?:ny|första|andra|tredje|fjärde|femte) ")
_KEEPS = re.compile(r"(?:register|registret|karta|lista|bank|låda|plan)(?:en|et|n|t)?$", re.IGNORECASE)
_HOLDS = re.compile(
    r"(?:grupp|team|enhet|råd|nätverk|register|förening|mottagning|mötesplats|karta|lista|bank|pool|låda)(?:en|et|n|t)?$"
)


def _bare_number(topic: str, clause: Clause, vocabulary: Vocabulary) -> str:
    noun = topic.split()[-1]
    rest = re.sub(r"^(?=som\b)", ", ", clause.rest.removeprefix("stycken").strip())
    counted_ones = (
        " " not in topic
        and noun.endswith(("ade", "na", "da", "ta"))
        and (participle(noun.lower()) is not None or noun.lower() in COUNTED_PEOPLE)
    )
    if is_plural_noun(topic.split()[0]) or is_plural_noun(noun) or counted_ones:
        return line("antalet", lowered(topic, vocabulary), "är", clause.number, rest)
    return line("för", lowered(topic_of(topic, vocabulary), vocabulary), "är siffran", clause.number, rest)


_LABELLED = re.compile(
    r"^(?:\w*veckan?|plats|nummer|nr|punkt|sida|kapitel|etapp|fas|steg|del|årskurs|strategi|insats)$", re.IGNORECASE
)


def measure(subject: str, vocabulary: Vocabulary) -> str:
    """A measure as a subject: "väntetid" is "väntetiden" where the word stands alone."""
    known = subject_of(subject, vocabulary)
    return definite_measure(known) if known == subject else known


def single_count(clause: Clause, topic: str, vocabulary: Vocabulary, follows: bool) -> tuple[str, bool]:
    """A count by itself: (text, whether it stands as a sentence). ``follows`` where a sentence of the note stands before it."""
    noun = counted_noun(clause.rest)
    text = counted(clause)
    if topic:
        number = re.sub(r"^(?:nu|åter) ", "", clause.number)
        adverb = clause.number.split()[0] if clause.number.lower().startswith(("nu ", "åter ")) else ""
        return line(subject_of(topic, vocabulary), "har", adverb, number, clause.rest), True
    if clause.number.lower().startswith("nu "):
        return (f"och har {text}", False) if follows else (number_told([(clause, "")]) or f"det är {text}", True)
    if " av " in clause.number and re.fullmatch(r"[^\W\d_]+t", clause.rest):
        return text, False  # "3 av 4 digitalt": of what stands before
    if not follows and clause.number.endswith("kronor") and re.match(r"^i [^\W\d]+$", clause.rest):
        return line("det är", clause.number, clause.rest), True
    if not follows and (placed := re.match(r"^(?P<new>nya )?(?P<where>(?:i|på|under|utan) (?!genomsnitt|snitt).+)$", clause.rest)):
        return line(clause.number, (placed.group("new") or "").strip(), "är", placed.group("where")), True
    event = event_verb(noun)
    if event:
        head, tail = split_after(text, noun)
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
    if follows and is_people(noun) and len(clause.rest.split()) == 1:
        return text, False
    if stands_somewhere(noun):
        head, tail = split_after(text, noun)
        return line(head, "finns", tail), True
    told = number_told([(clause, "")])
    if told and (not follows or _FREE.search(noun)):
        return told, True
    if follows:
        return text, False
    if clause.rest.split()[-1] in SMALL:
        return text, False
    return (f"{text} har skett" if happens(noun) else f"det är {text}"), True


_FREE = re.compile(r"(?:ärenden|anmälningar|ansökningar|tips|rapporter|synpunkter|utredningar|besök)$")


def subject_count(clause: Clause, topic: str, vocabulary: Vocabulary, year: int) -> str:
    """ "rådet nu 14 parter" as a sentence with "har", "är" or "redovisas", by what is counted."""
    hedge = re.match(
        r"^(?P<adverb>(?:nu|åter|hittills|totalt|sammanlagt|i genomsnitt|i median)\b)? ?(?P<number>.*)$", clause.number
    )
    assert hedge is not None
    adverb, amount = hedge.group("adverb") or "", hedge.group("number")
    subject = clause.subject
    first = subject.split()[0]
    rest = clause.rest
    if topic and is_measure(first):
        return line(lead_in(topic, vocabulary), "är", lowered(measure(subject, vocabulary), vocabulary), clause.number, rest)
    if topic and TIME_TOPIC.match(subject):
        return f"{topic}: {clause.text}"  # "svinn: under våren 49 gram"
    if topic and TIME_TOPIC.match(topic):
        people = is_people(counted_noun(rest)) and not adverb
        took_place = meeting(f"{subject} {lead_in(topic, vocabulary)}", year, attended=True) if people else None
        if took_place and subject[0].islower():
            return line(time_lead(topic, vocabulary), "hölls", _indefinite(subject), "med", clause.number, rest)
        return f"{topic}: {clause.text}"
    if topic:
        return line(lead_in(topic, vocabulary), "är siffran för", lowered(subject, vocabulary), clause.number, rest)
    if _LABELLED.match(subject.split()[-1]) or re.fullmatch(r"[a-zåäö]{1,2}", subject):
        return clause.text  # "sommarlovet vecka 25–32": the number names and counts nothing
    if (
        not rest
        and re.fullmatch(r"[a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+", subject)
        and event_verb(first + "ar")
        and not is_plural_noun(first)
    ):
        return clause.text  # "övning Mörker 26" is what it is called
    if first.lower() == "mål" and len(subject.split()) == 1:
        return line("målet är", adverb, amount, rest)
    if is_measure(first) or adverb in ("i genomsnitt", "i median"):
        return line(measure(subject, vocabulary), "är", adverb, amount, rest)
    if not rest and adverb == "nu" and not re.search(r"procent|kronor", amount):
        return line("antalet", lowered(subject, vocabulary), "är", adverb, amount)
    if adverb in ("nu", "åter", "hittills") and not re.match(r"^(?:av|i|på)\b", rest):
        return line(subject_of(subject, vocabulary), "har", adverb, amount, rest)
    inner = Clause("count", clause.text, number=clause.number, rest=clause.rest)
    return listed(subject, [(inner, "")], vocabulary, year)


def _indefinite(subject: str) -> str:
    first = subject.split()[0]
    gender = article(first) or ("en" if first.endswith(("ning", "tion")) else "")
    return f"{gender} {subject}" if gender else subject
