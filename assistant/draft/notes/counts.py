"""Counts of a note as clauses with a verb: "8 workshops" becomes "8 workshops har hållits", "mål 3" "målet är 3".

Figures are never touched. Knows nothing of predicates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.language.facts import MONTHS
from assistant.draft.language.nouns import (
    article,
    definite_form,
    definite_measure,
    event_verb,
    happens,
    is_measure,
    is_people,
    is_plural_noun,
    is_unit_of_measure,
    is_unit_of_work,
    stands_somewhere,
)
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.language.wording import tokens
from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.predicates import line, meeting
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
    return bool(re.search(r"kronor$|^(?:plus|minus) ", clause.number)) or counted_noun(clause.rest) in _LENGTHS


_LENGTHS = word_set("år månader dagar timmar veckor minuter")


_SMALL = word_set("per i på av med under till från varav över inom hos för om vid utan och sedan som är har hittills nu via")


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
        if token.low in _SMALL or token.low in ("inget", "ingen", "inga", "något"):
            return ""
        if token.low.endswith("a") and at + 1 < len(found) and found[at + 1].is_word and found[at + 1].low not in _SMALL:
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
        head, after = _split_after(counted(first), counted_noun(first.rest))
        if len(groups) == 1:
            return line(head, "har", event, after) + tail
        people, last = groups[1]
        if is_people(counted_noun(people.rest)) and not re.search(r"\bav\b|procent", people.number):
            return line(head, "har", event, after, "med", counted(people)) + (tail or last)
    said = [_antal(clause) for clause, _ in groups]
    if None in said:
        return None
    parts = [
        f"antalet {what} {'är ' if not at else ''}{number}{groups[at][1]}" for at, (what, number) in enumerate(filter(None, said))
    ]
    return (", ".join(parts[:-1]) + ", och " + parts[-1]) if any("varav" in tail for _, tail in groups[:-1]) else enumeration(parts)


def _antal(clause: Clause) -> tuple[str, str] | None:
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
    if both := re.match(r"^och [^\W\d_]+$", after):
        head, after = f"{head} {both.group()}", ""
    if after in _SMALL:
        return None
    place = re.match(
        r"^(?P<place>(?:(?:i|på|om|under|över|från|till|hos|med|för) (?!och med)[^,()]+?))(?P<when>,? (?:sedan|hittills|jämfört|varav) .*| \(.*)?$",
        after,
    )
    if place and not re.match(r"^under (?:" + _PERIODS + r")|^(?:i|från) (?:" + _PERIODS + r")", after):
        head, after = f"{head} {place.group('place')}", (place.group("when") or "").strip()
    return head, line(clause.number, after).replace(" ,", ",")


_PERIODS = f"året|våren|hösten|sommaren|vintern|perioden|läsåret|{'|'.join(MONTHS)}|år|snitt|genomsnitt|vecka"


def _is_several(clause: Clause, noun: str) -> bool:
    return (
        is_plural_noun(noun)
        or noun.isupper()
        or noun not in ("med", "i", "på", "av", "under", "till", "stycken", "gånger", "varav")
    )


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
        whole = line(f"{first.number} {topic.split()[0].lower()}", "har", event, *topic.split()[1:], rest)
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
    if len(counts) == 1 and (is_measure(topic.split()[0]) or (noun in _LENGTHS and topic.lower().endswith(("tid", "tiden")))):
        return f"{measure(topic, vocabulary)} är {said}"
    if _LABELLED.match(topic):
        return f"{topic} {said}"
    takes_place = happens(topic.split()[0])
    if " per " in first.rest and (noun in ("gång", "gånger") or (noun in _LENGTHS and takes_place)):
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
            _is_had(first) and not _KEEPS.search(topic.split()[0]) and not re.search(r"\b(?:från och med|sedan)\b", said)
        )
        return f"{topic_of(topic, vocabulary)} har {'haft ' if people_or_events else ''}{said}"
    if len(counts) == 1 and _ALONE.fullmatch(first.rest) and not re.search(r"procent|kronor| av ", first.number):
        return _bare_number(topic, first, vocabulary) + tail
    told = number_told(groups) if not shares and event_verb(noun) is None else None
    lead = f"när det gäller {lowered(topic_of(topic, vocabulary), vocabulary)}"
    verb = "var" if time_of(topic, year) == "past" else "är"
    if noun in _LENGTHS and len(counts) == 1:
        return f"{lead} {verb} tiden {said}"
    if told:
        return f"{lead} {verb} {told.replace(' är ', ' ', 1)}"
    if not shares and len(counts) == 1 and event_verb(noun):
        head, after = _split_after(said, noun)
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
    told = number_told(groups) if all(_antal(clause) for clause, _ in groups) else None
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
_MEETS = re.compile(r"(?:nätverk|råd|grupp|team|forum|panel|kommitté|utskott)(?:en|et|t|n)?$")
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
    if is_plural_noun(topic.split()[0]) or is_plural_noun(noun):
        return line("antalet", lowered(topic, vocabulary), "är", clause.number, rest)
    return line("för", lowered(topic_of(topic, vocabulary), vocabulary), "är siffran", clause.number, rest)


_LABELLED = re.compile(
    r"^(?:\w*veckan?|plats|nummer|nr|punkt|sida|kapitel|etapp|fas|steg|del|årskurs|strategi|insats)$", re.IGNORECASE
)


def measure(subject: str, vocabulary: Vocabulary) -> str:
    """A measure as a subject: "väntetid" is "väntetiden" where the word stands alone."""
    known = subject_of(subject, vocabulary)
    return definite_measure(known) if known == subject else known


def _is_had(clause: Clause) -> bool:
    """Whether a count is of people or of events: what a group or a place has had."""
    noun = counted_noun(clause.rest)
    return is_people(noun) or event_verb(noun) is not None


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
    if follows and is_people(noun) and len(clause.rest.split()) == 1:
        return text, False
    if stands_somewhere(noun):
        head, tail = _split_after(text, noun)
        return line(head, "finns", tail), True
    told = number_told([(clause, "")])
    if told and (not follows or _FREE.search(noun)):
        return told, True
    if follows:
        return text, False
    if clause.rest.split()[-1] in _SMALL:
        return text, False
    return (f"{text} har skett" if happens(noun) else f"det är {text}"), True


_FREE = re.compile(r"(?:ärenden|anmälningar|ansökningar|tips|rapporter|synpunkter|utredningar|besök)$")


def _split_after(text: str, noun: str) -> tuple[str, str]:
    """ "14 träffar (12 i fjol)" and what follows: a bracket right after the noun goes with it."""
    at = text.lower().find(noun) + len(noun)
    bracket = re.match(r" \([^()]*\)", text[at:])
    at += bracket.end() if bracket else 0
    return text[:at], text[at:].strip()


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
    if _LABELLED.match(subject.split()[-1]):
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
