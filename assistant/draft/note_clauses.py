"""A written-out note taken apart: sentences, the topic before a colon, clauses between commas, and what each clause is.

Decides only what kind of clause the words make (a clause with its verb, a participle without "har", a count, …). Knows nothing of how it
becomes a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.draft.facts import MONTHS, NUMBER_WORDS, figures
from assistant.draft.wording import Token, tokens
from corpus.tense import is_finite
from corpus.verbs import Form, readings, regular
from corpus.word_lists import word_set

ClauseKind = Literal["verbal", "verb_first", "participle", "adjective", "count", "subject_count", "place", "none", "fragment"]

ADVERBS = word_set(
    "nu fortfarande inte ej ännu åter äntligen redan också även helt först nyligen delvis tyvärr bara endast snart alla båda "
    "samtliga totalt hittills"
)
_ADJECTIVES = word_set(
    """klar klart klara vilande vakant vakanta nöjd nöjda kvar tillbaka åter ute borta öppen öppet öppna stängd stängt stängda
    ledig lediga oförändrad oförändrat oförändrade igång försenad försenat försenade oklar oklart oklara osäker osäkert bra
    dålig dåligt dåliga sjukskriven föräldraledig tjänstledig färdig färdigt färdiga aktuell aktuellt aktuella positiv positivt
    positiva överens vilande inställd tillfreds snusfri snusfria fullbokad fullbokade fulltecknad fulltecknade obemannad redo
    hög högt höga låg lågt låga god gott goda svår svårt svåra"""
)
_PHRASES = (
    "i gång",
    "på plats",
    "på gång",
    "i drift",
    "i bruk",
    "på is",
    "på paus",
    "i mål",
    "med vid",
    "med i",
    "med på",
    "ute på",
    "inte i gång",
)
_NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)(?:–\d+)?(?: av (?:de )?(?:\d+|tio|elva|tolv))?"
    r"(?: procent(?:enheter)?| miljoner kronor| tusen kronora?| miljarder kronor| kronor)?(?![\d:/])"
)
_WORDS = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("tusen",)), key=len, reverse=True))
_HEDGE = (
    r"(?:cirka|ca|drygt|knappt|omkring|ungefär|nästan|över|minst|högst|totalt|sammanlagt|hela|alla|samtliga|bara|endast|nu|åter"
    r"|hittills|i genomsnitt|i snitt|uppe i|nere i)"
)
COUNT = re.compile(rf"^(?P<lead>(?:{_HEDGE} )*)(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?P<rest>(?: .*)?)$", re.IGNORECASE | re.DOTALL)
_SUBJECT_COUNT = re.compile(
    rf"^(?P<subject>[^\d,;:()]+?) (?P<lead>(?:{_HEDGE} )*)(?P<number>{_NUMBER}|(?:{_WORDS})\b)(?P<rest>(?: .*)?)$",
    re.IGNORECASE | re.DOTALL,
)
_STAYS = re.compile(
    r"^(?:som|vilket|vilka|vilken|där|eftersom|men|och|samt|eller|dvs\.|t\.ex\.|bl\.a\.|varav|för att|då|trots|utom|inklusive"
    r"|exklusive|liksom|medan|så att|m\.fl|m\.m|särskilt|framför allt|främst|jämfört|mot)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^(?P<topic>[^:;?!]{2,70}?)\s?: (?P<rest>\S.*)$", re.DOTALL)
_STOP = re.compile(r"(?<=[.!?])\s+")
_OPENS_CLAUSE = word_set("som att vilket vilka eftersom när innan medan")
_WITHOUT_OBJECT = word_set(
    "börja sluta starta fungera öka minska medverka samverka svara arbeta jobba kosta tacka vandra växa samarbeta stanna "
    "landa pendla närvara samtala lyckas hoppas ansöka rapportera tala prata"
)
_DOTTED = re.compile(r"(?:\bkl|\bt\.ex|\bbl\.a|\bm\.fl|\bm\.m|\bosv|\bdvs|\bs\.k|\bf\.d|\bnr)\.$", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class NoteSentence:
    """One sentence of a note: the topic before its colon ("" without one) and its clauses in order."""

    text: str
    topic: str
    clauses: tuple[Clause, ...]


def take_apart(text: str, *, abbreviations: Collection[str] = ()) -> list[NoteSentence]:
    """The sentences of a written-out note; ``abbreviations`` end with a stop that ends nothing. Empty text gives []."""
    found = []
    for sentence in _sentences(text, abbreviations):
        bare = sentence.strip().rstrip(".;, ")
        if not bare:
            continue
        topic, rest = "", bare
        match = _TOPIC.match(bare)
        if match and not is_clause_with_verb(match.group("topic")) and "”" not in match.group("topic")[-1:]:
            topic, rest = match.group("topic").strip(), match.group("rest").strip()
        found.append(NoteSentence(bare, topic, tuple(classify(part, has_topic=bool(topic)) for part in _clauses(rest))))
    return found


def is_clause_with_verb(text: str) -> bool:
    """Whether a finite verb stands in ``text``."""
    words = [token.text for token in tokens(text) if token.is_word or token.text in ",;:"]
    return any(is_finite(words, at) for at in range(len(words)))


def _sentences(text: str, abbreviations: Collection[str]) -> list[str]:
    pieces: list[str] = []
    for part in _STOP.split(text):
        if pieces and (_DOTTED.search(pieces[-1]) or any(pieces[-1].endswith(short) for short in abbreviations)):
            pieces[-1] += " " + part
        else:
            pieces.append(part)
    return [piece for piece in pieces if piece.strip()]


def _clauses(text: str) -> list[str]:
    """Pieces between commas, semicolons and dashes, but not inside brackets, quotations, enumerations or before a word that leans on what stands before."""
    pieces: list[str] = []
    depth, quoted, start = 0, False, 0
    for match in re.finditer(r"[()”\"]|[,;] | [–-] ", text):
        mark = match.group()
        if mark in "()":
            depth += 1 if mark == "(" else -1
        elif mark in '”"':
            quoted = not quoted
        elif depth <= 0 and not quoted:
            before, after = text[start : match.start()], text[match.end() :]
            if _STAYS.match(after) or (
                re.match(r"\d+(?:,| och|$|\.)", after)
                and re.search(r"\d$", before)
                and mark == ", "
                and not re.match(r"\d+ [a-zåäö]", after)
            ):
                continue
            if mark in (" - ", " – ") and not before.strip():
                continue
            pieces.append(before)
            start = match.end()
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def classify(text: str, *, has_topic: bool = False) -> Clause:
    """What kind of clause ``text`` is. With ``has_topic`` a predicate may stand without a subject: the topic is its subject."""
    found = tokens(text)
    words = [token.text for token in found]
    verb = next(
        (at for at in range(len(words)) if found[at].is_word and is_finite(words, at) and not _is_relative(words, at)), None
    )
    if verb is not None and _means_done(words, verb, text[found[verb].end :]):
        form = participle(words[verb].lower())
        assert form is not None
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
    if re.match(r"^(?:inga|ingen|inget)\b", text, re.IGNORECASE):
        return Clause("none", text)
    predicate = _predicate(text, _before_subclause(found, words), has_topic)
    if predicate is not None:
        return predicate
    count = COUNT.match(text)
    if count:
        return Clause("count", text, number=(count.group("lead") + count.group("number")).strip(), rest=count.group("rest").strip())
    subject_count = _SUBJECT_COUNT.match(text)
    if subject_count and _is_noun_phrase(subject_count.group("subject")) and not _date_first(text, subject_count):
        number = (subject_count.group("lead") + subject_count.group("number")).strip()
        return Clause(
            "subject_count",
            text,
            subject=subject_count.group("subject").strip(),
            number=number,
            rest=subject_count.group("rest").strip(),
        )
    place = re.match(r"^(?P<subject>.+?) (?P<rest>(?:även |också )?(?:(?:i|på|vid|hos) [^,]+? )?(?:sedan|från och med) .+)$", text)
    if place and not COUNT.match(place.group("subject")) and place.group("subject").lower() not in _PHRASES:
        return Clause("place", text, subject=place.group("subject"), rest=place.group("rest"))
    return Clause("fragment", text)


def _is_relative(words: list[str], at: int) -> bool:
    """Whether the verb at ``at`` stands in a clause that begins with "som", "eftersom", "sedan" …, so that it is not the note's own."""
    for before in range(at - 1, -1, -1):
        low = words[before].lower()
        if low in _OPENS_CLAUSE:
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


def _before_subclause(found: Sequence[Token], words: list[str]) -> Sequence[Token]:
    """The tokens before a clause such as "sedan skolan gick med": a predicate of the note stands there or nowhere."""
    verb = next((at for at in range(len(words)) if found[at].is_word and is_finite(words, at)), None)
    if verb is None:
        return found
    opens = next((at for at in range(verb - 1, 0, -1) if words[at].lower() in _OPENS_CLAUSE or words[at].lower() == "sedan"), None)
    return found[:opens] if opens else found


def _means_done(words: list[str], at: int, rest: str) -> bool:
    """Whether "4 ansökningar stoppade" means that they were stopped: an ending that is both, no object, and a verb that wants one."""
    low = words[at].lower()
    if not low.endswith("ade") or not any(form.tense == "participle" for form in readings(low)):
        return False
    none = words[0].lower() in ("inga", "inget", "ingen")
    acts = readings(low)[0].infinitive in _WITHOUT_OBJECT and not none
    if acts or words[0].lower() in ("vi", "de", "han", "hon", "man"):
        return False
    plural = (
        words[0][0].isdigit()
        or words[0].lower() in ("alla", "samtliga", "båda", "inga")
        or words[at - 1].lower().endswith(("ar", "er", "or", "are", "na"))
    )
    return plural and (
        not rest.strip()
        or bool(re.match(r"^\s*(?:[,(]|(?:i|på|av|till|för|med|under|sedan|den|efter|före|vid|inom|hittills|av)\b)", rest))
    )


def _date_first(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a date's day or a year: then it counts nothing."""
    start = match.start("number")
    return any(
        fact.kind in ("date", "month", "year", "season", "code", "time") and fact.start <= start < fact.end
        for fact in figures(text)
    )


def _is_noun_phrase(text: str) -> bool:
    words = text.lower().split()
    return 0 < len(words) <= 7 and words[-1] not in (
        "i",
        "på",
        "av",
        "till",
        "för",
        "med",
        "från",
        "och",
        "den",
        "nr",
        "sedan",
        "punkt",
        "grupp",
        "årskurs",
        "kl.",
        "vid",
        "om",
        "per",
        "inom",
        "under",
    )


def _predicate(text: str, found: Sequence[Token], has_topic: bool) -> Clause | None:
    low = text.lower()
    for phrase in _PHRASES:
        place = re.search(rf"(?:^|(?<=\s)){phrase}(?=\s|$)", low)
        if place and (not found or place.end() <= found[-1].end):
            return _with_subject("adjective", text, place.start(), place.end(), None)
    for at, token in enumerate(found):
        if not token.is_word:
            continue
        if token.low in ("åter", "kvar", "tillbaka") and at + 1 < len(found) and found[at + 1].is_number:
            continue
        if token.low in _ADJECTIVES and not _attributive(found, at):
            return _with_subject("adjective", text, token.start, token.end, None)
        form = participle(token.low)
        if form is not None and not _attributive(found, at):
            return _with_subject("participle", text, token.start, token.end, form)
    return None


def participle(word: str) -> Form | None:
    """The verb that ``word`` is a participle (or supine) of; also of a regular verb that is not listed."""
    for form in readings(word):
        if form.tense == "participle" or (form.tense == "supine" and not form.passive):
            return form
    for ending, cut in (("erade", 2), ("erad", 1), ("erat", 1)):
        if word.endswith(ending) and len(word) > 7:
            return Form(regular(word[:-cut]).infinitive, "participle")
    return None


def _attributive(found: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at`` goes with the noun after it ("granskade ärenden") and says nothing by itself."""
    if at + 1 >= len(found) or not found[at + 1].is_word:
        return False
    after = found[at + 1].low
    if (
        after in MONTHS
        or after.split("–")[0] in MONTHS
        or after
        in (
            "i",
            "på",
            "av",
            "till",
            "för",
            "med",
            "från",
            "hos",
            "om",
            "under",
            "sedan",
            "den",
            "efter",
            "före",
            "vid",
            "och",
            "samt",
            "eller",
            "som",
            "per",
            "inom",
            "utan",
            "både",
            "först",
            "igen",
            "nu",
            "enligt",
            "senaste",
            "genom",
            "mellan",
            "mot",
            "trots",
            "inte",
        )
    ):
        return False
    return found[at].low.endswith(("ade", "da", "ta", "na", "a", "ad", "d", "en", "t")) and not found[at].low.endswith("are")


def _with_subject(kind: ClauseKind, text: str, start: int, end: int, form: Form | None) -> Clause:
    before = text[:start].split()
    adverbs: list[str] = []
    while before and before[-1].lower() in ADVERBS and not (len(before) == 1 and before[0].lower() in ("alla", "båda", "samtliga")):
        adverbs.insert(0, before.pop())
    return Clause(
        kind, text, subject=" ".join(before), adverbs=" ".join(adverbs), word=text[start:end], rest=text[end:].strip(), form=form
    )
