"""Predicates of a note as clauses with a verb: "undertecknat 22 april" becomes "undertecknades den 22 april".

The tense follows the dates in the clause; where they do not tell, nothing is decided. Knows nothing of counts.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import MONTHS
from assistant.draft.language.nouns import article, definite_form, definite_measure, is_measure, is_people
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.subjects import TIME_TOPIC, is_new, lead_in, lowered, subject_of, time_of, topic_of
from assistant.draft.notes.words import acts, is_plural, participle
from corpus.verbs import participle_forms, verb_of
from corpus.word_lists import word_set

_STATIC = word_set("planera boka tänka försena beräkna avse stänga öppna anställa placera bemanna inriktad ansluta bestämma anmäla")
_POINT_IN_TIME = word_set("anställa placera")
_MOVED = word_set("skjuta flytta senarelägga förskjuta")
_TO_A_TIME = re.compile(
    r"^(?:fram |upp )?till (?:nästa|efter|den \d+|\d+|hösten|våren|sommaren|vintern|årsskiftet|" + "|".join(MONTHS) + r")\b"
)
_ACTIVE = word_set("använda svara gå delta få söka fullfölja besöka nå läsa uppge anmäla höra se lära")
_VOICE = word_set("hinna kunna få lyckas ha orka komma nå")
"""What only people do: without a subject it is the writers who did it or not."""
_MONTHS = "|".join(MONTHS)


def predicate_sentence(
    clause: Clause, topic: str, vocabulary: Vocabulary, year: int, follows: bool, begun: bool = False, before: str = ""
) -> tuple[str, bool]:
    """A participle or adjective without its verb as (text, whether it stands as a sentence); the topic is its subject where it has none.

    ``follows`` where a sentence of the note stands before it, ``begun`` where that one tells of something not yet finished; ``before`` is
    its subject.
    """
    own = clause.subject
    if not own and not topic and re.match(r"^försena\w+$", clause.word) and before:
        return line("är", clause.adverbs, clause.word, clause.rest), False
    if not own and not topic:
        if clause.form is not None and clause.form.infinitive in _VOICE and not follows:
            return line("vi har", clause.adverbs, clause.word, clause.rest), True
        said = _adjective(clause, before, year, begun) if clause.kind == "adjective" else _participle(clause, "", year)
        return (said if said and follows else clause.text), False
    if TIME_TOPIC.match(own) and not re.search(r" \d|-", own):
        return (f"{topic}: {clause.text}" if topic else clause.text), False  # "nov inställt": what was, is not told
    if not own and (_DATED.search(topic) or TIME_TOPIC.match(topic)):
        return f"{topic}: {clause.text}", False  # when it was is not who did it
    subject = _own_subject(own, topic, vocabulary, clause) if own else _topic_subject(clause, topic, vocabulary)
    said = _adjective(clause, own or topic, year, begun) if clause.kind == "adjective" else _participle(clause, own or topic, year)
    if said is None:
        return (f"{topic}: {clause.text}" if topic else clause.text), False
    if own and topic and _ADJECTIVE_FIRST.match(topic):
        return f"{topic}: {lowered(subject, vocabulary)} {said}", True
    if own and topic:
        verb, _, after = said.partition(" ")
        return f"{lead_in(topic, vocabulary)} {verb} {lowered(subject, vocabulary)} {after}".strip(), True
    return f"{subject} {said}", True


_ADJECTIVE_FIRST = re.compile(
    r"^(?:liten|litet|små|stor|stort|stora|mindre|större|viss|vissa|viktig|viktigt|viktiga) ", re.IGNORECASE
)


_NIGHTS = re.compile(
    r"(?:\d|två|tre|fyra|fem|sex|sju|åtta|nio|tio) (?:kvällar|nätter|dagar|timmar|veckor|dygn|kväll|natt|dag|timme|vecka)$"
)
_DATED = re.compile(rf"\bvecka \d|\bden \d{{1,2}} |\b(?:{'|'.join(MONTHS)})$")
_READY = re.compile(r"^(?:klart?|klara|färdigt?|färdiga|försena\w+|i ?gång)$", re.IGNORECASE)


def _own_subject(own: str, topic: str, vocabulary: Vocabulary, clause: Clause) -> str:
    if own.lower().startswith("mål") and re.search(r"\d$", own) and not topic:
        return f"målet{own[own.index(' ') :]}" if own.lower().startswith("mål ") else own
    if own.lower() == "hela":
        return "det hela"
    if not topic and (known := _everybody_knows(own, vocabulary, clause)):
        return known
    if topic and own.endswith(("ning", "ling")) and " " not in own:
        return definite_form(own) or own
    return definite_measure(own) if is_measure(own) else subject_of(own, vocabulary)


def _everybody_knows(own: str, vocabulary: Vocabulary, clause: Clause) -> str:
    """The definite form of a subject that is known: one that the reports name, or one that is ready or late; "" for any other."""
    match = re.match(r"^(?P<noun>[^\W\d_]+)(?P<rest> (?:om|av|för|med|till|mot) .+)?$", own)
    if match is None or not own[1:].islower() or own.lower() in vocabulary.names or is_new(clause.word):
        return ""
    ready = clause.kind == "adjective" and _READY.match(clause.word)
    if not (ready or own.lower() in vocabulary or vocabulary.definite_of(own)):
        return ""
    whole = definite_form(match["noun"])
    return f"{whole}{match['rest'] or ''}" if whole else ""


def _topic_subject(clause: Clause, topic: str, vocabulary: Vocabulary) -> str:
    """A topic is a known thing, but for one that the clause tells the beginning of."""
    if is_new(clause.word) and not clause.adverbs:
        return subject_of(topic, vocabulary)
    return topic_of(topic, vocabulary)


def _adjective(clause: Clause, subject: str, year: int, begun: bool) -> str | None:
    if _NIGHTS.search(subject):
        return None  # "124 kvällar ute" says how long somebody was, and not where the evenings are
    word, rest, adverbs = agreeing(clause.word, subject), clause.rest, clause.adverbs
    low = word.lower()
    when = time_of(rest, year)
    since = bool(re.match(r"^(?:sedan|från och med)\b", rest))
    point = bool(re.match(r"^(?:(?:först |redan )?den \d|vecka \d|(?:först |redan )?i (?:" + _MONTHS + r")\b)", rest))
    if re.match(r"^(?:klar|färdig)", low):
        if when == "unknown" and not point and not begun:
            return None
        verb = "är" if since or not when else "blir" if when == "future" or (when == "unknown" and begun) else "blev"
        if re.match(r"^(?:med|till och med)\b", rest) or (verb == "blir" and when == "unknown" and point):
            verb = "är"  # begun in February and ready on a day of a year that is not named: it may be past or to come
        if verb == "blir" and re.match(r"^(?:hösten|våren|sommaren)$", rest):
            rest = f"under {rest}"
        return line(verb, adverbs, word, rest)
    if low in ("i gång", "igång"):
        if (point or when == "past") and not since:
            return line("kom", adverbs, "i gång", rest)
        return line("är", adverbs, "i gång", rest)
    if not when and _WHILE.match(rest):
        return line("har varit", adverbs, word, rest)
    if low.startswith("med ") or (when == "past" and not since and _WHILE.match(rest)):
        return line("var", adverbs, word, rest)
    if low == "slut":
        return line("tog" if point or when == "past" else "är", adverbs, "slut", rest)
    if low == "kvar":
        return line("finns", adverbs, "kvar", rest)
    if when == "future" and not since and not low.startswith("försena"):
        return line("blir", adverbs, word, rest)
    if re.match(r"^den \d", rest):
        rest = f"sedan {rest}"
    if low == "åter" and re.match(r"^\d+ procent\b", rest):
        rest = f"på {rest}"
    return line("är", adverbs, word, rest)


_WHILE = re.compile(
    rf"^hela (?:{'|'.join(MONTHS)}|våren|hösten|sommaren|vintern|året)\b"
    r"|^(?:i )?\d+ (?:timmar|dagar|dygn|nätter|kvällar|veckor|vecka|månader|månad)\b"
    rf"|^(?:i |under )?(?:{'|'.join(MONTHS)})–(?:februari|mars|april|maj|juni)\b"
)
"""How long something was as it was: what has been closed for four weeks in March is so no more."""
_FORMS = [
    tuple(row.split())
    for row in (
        "klar klart klara",
        "färdig färdigt färdiga",
        "vakant vakant vakanta",
        "nöjd nöjt nöjda",
        "öppen öppet öppna",
        "stängd stängt stängda",
        "försenad försenat försenade",
        "oförändrad oförändrat oförändrade",
        "aktuell aktuellt aktuella",
        "oklar oklart oklara",
        "fullbokad fullbokat fullbokade",
        "aktiv aktivt aktiva",
        "svår svårt svåra",
        "sliten slitet slitna",
        "full fullt fulla",
        "missnöjd missnöjt missnöjda",
    )
]


def agreeing(word: str, subject: str) -> str:
    """An adjective in the form that ``subject`` asks for ("rutinen", "klart" gives "klar"); as it stands where the gender is not known."""
    low = word.lower()
    forms = next((row for row in _FORMS if low in row), None)
    if forms is None:
        return low if word.isupper() else word
    form = form_of(subject)
    return forms[form] if form is not None else low


def form_of(subject: str) -> int | None:
    """0 for a subject of common gender, 1 for neuter, 2 for several; None where it is not known."""
    if not subject:
        return None
    if is_plural(subject):
        return 2
    words = re.split(r" (?:för|om|med|till|av|i|på|hos|mot|under|vid) ", subject)[0].split()
    while len(words) > 1 and words[-1][0].isupper():
        words.pop()  # the name after the noun: "en ny mötesplats Björken"
    noun = words[-1].lower() if words else ""
    if not noun or any(ch.isdigit() for ch in noun):
        return None
    gender, whole = article(noun), definite_form(noun)
    if gender or whole:
        return 1 if gender == "ett" or (not gender and whole.endswith("t")) else 0
    if noun[0].isalpha() and len(noun) > 4 and not words[-1][0].isupper():
        return (
            1
            if noun.endswith("et") and not noun.endswith("het")
            else 0
            if noun.endswith(("en", "an", "het", "ning", "tion"))
            else None
        )
    return None


def _participle(clause: Clause, subject: str, year: int) -> str | None:
    form = clause.form
    assert form is not None
    rest, adverbs = re.sub(r"^(?=\d[\d ]* exemplar\b)", "i ", clause.rest), clause.adverbs
    verb = verb_of(form)
    when = time_of(rest, year)
    share = bool(re.search(r"\bprocent$|^\d+(?: av \d+)?$", subject)) or bool(subject and is_people(subject.split()[-1]))
    if (form.tense == "supine" and not verb.participle) or acts(subject, clause.word, rest, form):
        return line("har", adverbs, verb.supine, rest)
    if verb.infinitive in _ACTIVE and share and clause.word.lower().endswith("t"):
        return line("har", adverbs, verb.supine, rest)
    if re.search(r"\bprocent$", subject):
        return line("var" if when else "är", adverbs, clause.word, rest)
    since = bool(re.search(r"(?:^| )(?:sedan|från och med)\b", rest))
    if verb.infinitive in _MOVED and _TO_A_TIME.match(rest):
        return line("har", adverbs, f"{verb.supine}s {form.particle}".strip(), rest)
    if form.infinitive in _POINT_IN_TIME and when == "past" and not since and "–" not in rest:
        return line(verb.preterite + "s", adverbs, rest)
    if form.infinitive in _STATIC or since or when == "future":
        return line("är", adverbs, _agreeing_participle(clause.word, verb.participle, form.particle, subject), rest)
    if not verb.participle:
        return None
    done = when in ("past", "unknown") and not adverbs
    rest = _AND_DONE.sub(lambda m: f"och {_same_voice(m['word'], done=done) or m['word']}", rest)
    if done:
        return line(verb.preterite + "s", "", form.particle, rest)
    return line("har", adverbs, f"{verb.supine}s {form.particle}".strip(), rest)


_AND_DONE = re.compile(r"^och (?P<word>[^\W\d_]+)")


def _same_voice(word: str, *, done: bool) -> str | None:
    """ "godkänd" after "besiktigades och": "godkändes", and after "har besiktigats och": "godkänts"; None for what is no participle."""
    form = participle(word.lower())
    if form is None:
        return None
    verb = verb_of(form)
    return f"{verb.preterite if done else verb.supine}s {form.particle}".strip()


def _agreeing_participle(word: str, basic: str, particle: str, subject: str) -> str:
    form = form_of(subject)
    return word if form is None or particle or not basic else participle_forms(basic)[form]


def line(*parts: str) -> str:
    """The parts that are not empty, with a blank between them."""
    return " ".join(part for part in parts if part)
