"""A written-out note taken apart: sentences, the topic before a colon, clauses between commas, and what each clause is.

Decides only what kind of clause the words make (a clause with its verb, a participle without "har", a count, …). Knows nothing of how it
becomes a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.draft.language.facts import NUMBER_WORDS, figures
from assistant.draft.language.wording import Token, tokens
from assistant.draft.notes.words import (
    ADJECTIVES,
    ADVERBS,
    OPENS_CLAUSE,
    PHRASES,
    attributive,
    before_subclause,
    means_done,
    participle,
    supine_before_particle,
)
from corpus.tense import is_finite
from corpus.verbs import Form, readings
from corpus.word_lists import word_set

ClauseKind = Literal[
    "verbal", "verb_first", "participle", "adjective", "count", "subject_count", "change", "place", "none", "fragment"
]

_NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)(?:–\d+)?(?: respektive \d+)?(?: av (?:de )?(?:\d+|tio|elva|tolv))?"
    r"(?: procent(?:enheter)?| miljoner kronor| tusen kronora?| miljarder kronor| kronor)?(?![\d:/])"
)
_WORDS = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("tusen",)), key=len, reverse=True))
_HEDGE = (
    r"(?:cirka|ca|drygt|knappt|omkring|ungefär|nästan|över|minst|högst|totalt|sammanlagt|hela|alla|samtliga|bara|endast|nu|åter"
    r"|hittills|max|minus|plus|i genomsnitt|i median|i snitt|uppe i|nere i)"
)
COUNT = re.compile(rf"^(?P<lead>(?:{_HEDGE} )*)(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?P<rest>(?: .*)?)$", re.IGNORECASE | re.DOTALL)
_SUBJECT_COUNT = re.compile(
    rf"^(?P<subject>[^\d,;:()]+?) (?P<lead>(?:{_HEDGE} )*)(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?P<rest>(?: .*)?)$",
    re.IGNORECASE | re.DOTALL,
)
_NO_SUBJECT = re.compile(r"^(?:nu|även|också|fortfarande)$|\b(?:mån|tis|ons|tors|fre|lör|sön)dag", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and its parts as they stand in it; parts that its kind does not have are "".

    ``verbal``: subject, word (the verb), rest. ``participle`` and ``adjective``: subject, adverbs, word, rest, and the participle's
    ``form``. ``count``: number with its lead, rest. ``subject_count``: subject, number with its lead, rest. ``place``: subject, rest.
    """

    kind: ClauseKind
    text: str
    subject: str = ""
    adverbs: str = ""
    word: str = ""
    rest: str = ""
    number: str = ""
    form: Form | None = None


def is_clause_with_verb(text: str) -> bool:
    """Whether a finite verb stands in ``text``."""
    words = [token.text for token in tokens(text) if token.is_word or token.is_number or token.text in ",;:"]
    return any(_is_verb(words, at) for at in range(len(words)))


_NOUN_OR_VERB = word_set("träffar brister delar ringar")


def _is_verb(words: list[str], at: int) -> bool:
    """Whether ``words[at]`` is a finite verb; "9 träffar", "inga brister" and "brister i samband" name things."""
    before = words[at - 1].lower() if at else ""
    names = not at or before[:1].isdigit() or before in ("inga", "några", "flera", "nya") or before in NUMBER_WORDS
    return is_finite(words, at) and not (names and words[at].lower() in _NOUN_OR_VERB)


_TOO = re.compile(r"^för (?:få|lite|litet|många|mycket|sent|dyrt|dåligt)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"^(?P<subject>.+?) (?P<rest>(?:även |också )?(?:(?:i|på|vid|hos) [^,]+? )?(?:sedan|från och med) .+|"
    r"(?:nu |även |nu även |också |fortfarande )+(?:(?:i|på|vid|hos|för|inom|från) |(?:mån|tis|ons|tors|fre|lör|sön)dag).*)$"
)


def classify(text: str, *, has_topic: bool = False) -> Clause:
    """What kind of clause ``text`` is. With ``has_topic`` a predicate may stand without a subject: the topic is its subject."""
    if " → " in re.sub(r"\([^()]*\)", "", text):
        return Clause("change", text)
    bare = re.match(r"^(?P<who>[^\W\d_]+(?:ade|na|da|ta)) (?P<number>\d+)$", text)
    if bare and participle(bare["who"].lower()) is not None:
        return Clause("subject_count", text, subject=bare["who"], number=bare["number"])
    if re.match(r"^(?:fortfarande |fortsatt )?(?:svårt|lätt|viktigt) att ", text, re.IGNORECASE):
        return Clause("fragment", text)
    found = tokens(text)
    words = [token.text for token in found]
    verb = next(
        (
            at
            for at in range(len(words))
            if found[at].is_word and found[at].low not in ADJECTIVES and _is_verb(words, at) and not _is_relative(words, at)
        ),
        None,
    )
    if verb is not None and means_done(words, verb, text[found[verb].end :]):
        form = participle(words[verb].lower()) or Form(words[verb].lower().removesuffix("de"), "participle")
        return _with_subject("participle", text, found[verb].start, found[verb].end, form)
    if verb is not None:
        if all(word.lower() in ADVERBS for word in words[:verb]):
            return Clause(
                "verb_first",
                text,
                word=words[verb],
                adverbs=text[: found[verb].start].strip(),
                rest=text[found[verb].end :].strip(),
            )
        return Clause(
            "verbal", text, subject=text[: found[verb].start].strip(), word=words[verb], rest=text[found[verb].end :].strip()
        )
    if re.match(r"^(?:(?:fortfarande|ännu|nu) )?(?:inga|ingen|inget)\b", text, re.IGNORECASE):
        return Clause("none", text)
    if _TOO.match(text):
        return Clause("fragment", text)
    if did := re.match(r"^(?P<subject>\d+) (?P<verb>[^\W\d_]+ade) (?P<rest>[^\W\d_]+(?:en|et|n|na)\b.*)$", text):
        return Clause("verbal", text, subject=did["subject"], word=did["verb"], rest=did["rest"])  # "39 ökade närvaron"
    front, varav, part = text.partition(", varav ")
    if varav and (had := re.match(r"^(?P<some>\d+) (?P<done>[^\W\d_]+t) (?P<rest>.+)$", part)):
        told = classify(front, has_topic=has_topic)
        done = participle(had["done"].lower())
        if told.kind in ("count", "subject_count") and done is not None and done.tense == "supine":
            return replace(told, text=text, rest=f"{told.rest}, varav {had['some']} har {had['done']} {had['rest']}")
    predicate = _predicate(text, before_subclause(found, words))
    if predicate is not None:
        return predicate
    count = COUNT.match(text)
    if count:
        lead = count.group("lead")
        number = (lead[:1].lower() + lead[1:] + count.group("number")).strip()
        return Clause("count", text, number=number, rest=count.group("rest").strip())
    subject_count = _SUBJECT_COUNT.match(text)
    if subject_count and _STREET.search(subject_count.group("subject")):
        return Clause("fragment", text)  # "flytt från Kvarngatan 4": where, and not how many
    if subject_count and _is_noun_phrase(subject_count.group("subject")) and not _date_first(text, subject_count):
        number = (subject_count.group("lead") + subject_count.group("number")).strip()
        return Clause(
            "subject_count",
            text,
            subject=subject_count.group("subject").strip(),
            number=number,
            rest=subject_count.group("rest").strip(),
        )
    place = _PLACE.match(text)
    if (
        place
        and not _NO_SUBJECT.search(place.group("subject"))
        and not COUNT.match(place.group("subject"))
        and not re.search(r" (?:ut|in|upp|ner|ned|över|bort|om|till)$", place.group("subject"))
        and place.group("subject").lower() not in PHRASES
        and not any(word.lower() in ("stängt", "stängd", "öppet", "öppen", "inställt") for word in place.group("subject").split())
    ):
        return Clause("place", text, subject=place.group("subject"), rest=place.group("rest"))
    return Clause("fragment", text)


def _is_relative(words: list[str], at: int) -> bool:
    """Whether the verb at ``at`` stands in a clause that begins with "som", "eftersom", "sedan" …, so that it is not the note's own."""
    for before in range(at - 1, -1, -1):
        low = words[before].lower()
        if low in OPENS_CLAUSE:
            return before > 0 or low in ("eftersom", "när")
        if (
            low == "sedan"
            and before > 0
            and not re.match(
                r"(?:den|i|hösten|våren|\d+|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november"
                r"|december|dess|starten|sommaren)$",
                words[before + 1].lower(),
            )
        ):
            return True
    return False


def _date_first(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a date's day or a year: then it counts nothing."""
    start = match.start("number")
    return any(
        fact.kind in ("date", "month", "year", "season", "code", "time") and fact.start <= start < fact.end
        for fact in figures(text)
    )


_STREET = re.compile(r"[A-ZÅÄÖ][a-zåäö]*(?:gatan|vägen|gränd|stigen|allén|torget)$")
SUPERLATIVES = word_set(
    "längst kortast flest mest störst minst högst lägst bäst sämst vanligast populärast viktigast svårast dyrast billigast yngst äldst fattigast tidigast"
)
_ORDERED = word_set(
    "sista första andra tredje övriga resterande nya alla samtliga inte yngsta äldsta kvar ner ned upp därför dessutom sedan dock annars max"
)
_NO_END = word_set(
    "i på av till för med från och den nr sedan punkt grupp årskurs kl. vid om per inom under hos mellan mot genom efter före samma in ut upp ner ned bort"
)


def _is_noun_phrase(text: str) -> bool:
    words = text.lower().split()
    if words and words[0] in ("av", "på", "för", "med", "till", "från", "om"):
        return False
    if (
        not words
        or words[:2] == ["i", "stället"]
        or any(form.tense == "supine" and not form.passive for form in readings(words[0]))
    ):
        return False
    if words and (words[0] in SUPERLATIVES or (len(words) == 1 and words[0] in _ORDERED) or words[:2] == ["förra", "året"]):
        return False
    return 0 < len(words) <= 7 and words[-1] not in _NO_END and words[-1] != "+" and not words[-1].endswith("punkt")


def _predicate(text: str, found: Sequence[Token]) -> Clause | None:
    low = text.partition("(")[0].lower()
    if same := re.search(r"(?<=\S )samma som .+$", low):
        return _with_subject("adjective", text, same.start(), same.start() + len("samma"), None)
    for phrase in PHRASES:
        place = re.search(rf"(?:^|(?<=\s)){phrase}(?=\s|$)", low)
        if place and (not found or place.end() <= found[-1].end):
            return _with_subject("adjective", text, place.start(), place.end(), None)
    takes_part = re.search(r"(?<=\binte )med(?=$| )|(?<=\s)med(?= sedan | från |$)", low)
    if takes_part:
        return _with_subject("adjective", text, takes_part.start(), takes_part.end(), None)
    for at, token in enumerate(found):
        if (
            not token.is_word
            or (at and found[at - 1].low in _BEFORE_NOUN)
            or text.count("(", 0, token.start) > text.count(")", 0, token.start)
        ):
            continue
        after = found[at + 1] if at + 1 < len(found) else None
        if token.low in ("åter", "kvar", "tillbaka") and after is not None and after.is_number and "procent" not in low:
            continue
        if token.low == "slut" and at and found[at - 1].low.endswith("s"):
            continue  # "vid årets slut"
        if token.low == "klart" and after is not None and after.low in _COMPARATIVES:
            continue  # "klart bättre"
        if token.low == "åter" and after is not None and after.low in ADJECTIVES:
            continue  # "åter öppet"
        if token.low in _COMPARATIVES and at and (after is None or after.text in "(,"):
            return _with_subject("adjective", text, token.start, token.end, None)
        if (
            token.low in SUPERLATIVES
            and at
            and found[at - 1].low in ("fortfarande", "nu", "åter")
            and (after is None or after.text in ",(")
        ):
            return _with_subject("adjective", text, token.start, token.end, None)
        if token.low in ADJECTIVES and not attributive(found, at):
            return _with_subject("adjective", text, token.start, token.end, None)
        form = participle(token.low) or (supine_before_particle(token.low, after.low) if after is not None else None)
        if form is not None and not attributive(found, at) and not _is_noun_here(found, at):
            return _with_subject("participle", text, token.start, token.end, form)
    return None


_COMPARATIVES = word_set("kortare längre bättre sämre högre lägre större mindre snabbare långsammare dyrare billigare lugnare")
_BEFORE_NOUN = word_set("i på av till för med från hos om under per vid utan mot mellan genom en ett minst mest")


def _is_noun_here(found: Sequence[Token], at: int) -> bool:
    """Whether a word that looks like a participle is a noun of people counted ("64 inskrivna", "3 anställda")."""
    return (
        (at + 1 == len(found) or found[at + 1].text == "(")
        and at > 0
        and found[at - 1].is_number
        and found[at].low in COUNTED_PEOPLE
    )


COUNTED_PEOPLE = word_set("inskrivna anställda placerade kallade intresserade utsatta misstänkta dömda")


def _with_subject(kind: ClauseKind, text: str, start: int, end: int, form: Form | None) -> Clause:
    before = text[:start].split()
    adverbs: list[str] = []
    while before and before[-1].lower() in ADVERBS and not (len(before) == 1 and before[0].lower() in ("alla", "båda", "samtliga")):
        adverbs.insert(0, before.pop())
    return Clause(
        kind, text, subject=" ".join(before), adverbs=" ".join(adverbs), word=text[start:end], rest=text[end:].strip(), form=form
    )
