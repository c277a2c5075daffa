"""A sentence that says of this year what a note says is over, moved, handed on or changed: last year's practice passed off as today's.

Held against the notes alone, whatever the sentence rests on. Knows nothing of how it came about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.draft.checks.actors import BODIES
from assistant.draft.checks.alignment import grown
from assistant.draft.checks.directions import LESS, MORE, opposed
from assistant.draft.checks.negations import is_denied
from assistant.draft.checks.sources import Source
from assistant.draft.checks.tracing import name_fits
from assistant.draft.language.earlier import is_earlier, may_be_earlier, told_before
from assistant.draft.language.facts import Fact, counted_word, facts, figures, name_value
from assistant.draft.language.meaning import rhythms, says_nothing_new, short_weekdays
from assistant.draft.language.wording import EMPTY, content_stems, loosely_related, matched, stem, tokens
from corpus.model import Flag

_OVER = re.compile(
    r"^(?: [^\W\d_]+\.?){0,1} (?:\w*uppsag[td]\w*|sagts? upp|sa(?:de)? upp|avsluta\w*|löp(?:te|er|t) ut|gick ut|gått ut|hoppa\w* av|konkurs|upphör\w*"
    r"|lämna(?:r|t|de)(?! (?:in|ut|rapport|svar|förslag))|slopa\w*|nedlag\w+|lägg\w* ne[dr]|lagts ne[dr]|stäng[dt]?\b|ut(?=,|;|\.|$)|slut\b"
    r"|tacka\w* nej|avböj\w*|borta|struken|struket|ersatt|drog sig ur|dra(?:r|git) sig ur|(?:inte|ej)(?: längre)? (?:med|m)\b|(?:inte|ej) längre)",
    re.IGNORECASE,
)
_ENDED_HERE = re.compile(
    r"\b(?:uppsag\w+|sagts? upp|sades? upp|avsluta\w*|upphör\w*|lämna(?:t|r|de)|nedlag\w*|lägg\w* ne[dr]|lagts ne[dr]|lades ne[dr]|slopa\w*|stäng\w*|konkurs"
    r"|löp\w* ut|gick ut|gått ut|slutat|slutade|ersatt\w*|ersätt\w*|ta(?:gits|s|gs|git) bort|togs bort|str[uöy]k\w*|avveckla\w*|avskaffa\w*|utgå\w*"
    r"|hoppa\w* (?:[\wåäö-]+ ){0,3}av|tacka\w* nej|avböj\w*|drog sig ur|dragit sig ur|tog över|tagit över|övertog|flytta\w*|till och med|vakan\w*"
    r"|löp\w* (?:[\wåäö-]+ ){1,4}ut|sa(?:de|gt)s? (?:[\wåäö-]+ ){1,3}upp|borta|slut|i stället för|ut(?=[.,;]|$))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<=[^\W\d] )[A-ZÅÄÖ][\w-]+")
_WORD_ARROW = re.compile(r"\b(?P<old>[^\W\d_]{5,}) (?:-+>|→) (?P<new>[^\W\d_]{5,})\b")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÅÄÖ][\w-]+")
_ARROW = re.compile(r"(?P<old>[A-ZÅÄÖ][\w-]+) (?:-+>|→) (?P<new>[A-ZÅÄÖ][\w-]+)")
_HANDED_ON = re.compile(
    r"\b(?:ny(?:tt|a)? (?:utförare|avtal|leverantör|entreprenör|aktör|part)|tog över|tar över|tagit över|övertog\w*|övertar|egen regi"
    r"|eg(?:en|et) anst\w*"
    r"|i stället|ta(?:s|gits|git|r) \b.{0,40}?\böver\b|lägg(?:s|er)? ut på|lagts ut på|(?:görs|utförs) (?:nu )?av|svarar (?:sedan|nu)|ersatt av|nu hos)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:av|från|med) (?P<who>(?:företaget |föreningen |stiftelsen |kvinnojouren |grannkommunen )?[\wåäöÅÄÖ-]+(?:(?<=-) och [\wåäö-]+)?"
    r"(?: [A-ZÅÄÖ][\wåäö-]+)*)"
)
_INSTEAD = re.compile(r"\b(?:i ?stället för|i ?st\.? ?f\.?|ersätter)(?: av)? (?P<old>[^\W\d][\w-]{3,})", re.IGNORECASE)
_ALSO = re.compile(r"\b(?:även|också|utökad\w*|utöver)\b", re.IGNORECASE)
_INSTEAD_OF = re.compile(r"\bi stället för (?:på )?$")
_MOVED = re.compile(r"\bflyttat?s?\b|\bflyttad\w*\b|\bflyttade\w*\b", re.IGNORECASE)
_LEFT = re.compile(r"\bflytt\w* (?:från|fr\.?) (?P<from>[^\W\d][\w-]+)\.? (?:till?\.?|→|-+>) ", re.IGNORECASE)
_GONE = re.compile(r"^ (?:slopa\w*|borta|upphör\w*|upphört|nedlag\w+|avveckla\w*|avskaffa\w*|struk\w+|utgå\w*)\b", re.IGNORECASE)
_SET_TO = re.compile(r"\b(?:sänk\w*|höj\w*|änd?ra\w*|utöka\w*|minska\w*|nu|numera)(?: till| t\.?)? (?=\d)", re.IGNORECASE)
_DAY = "(?:mån|tis|ons|tors|fre|lör|sön)dag"
_WEEKDAYS = re.compile(rf"\b{_DAY}(?:ar)?(?: till {_DAY}(?:ar)?)?\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\b(?P<what>vanligast\w*|flest\w*|högst\w*|lägst\w*|störst\w*)\b(?:[^:,;\d]*:| från| på| i| av)? ?(?P<first>[^;]+)",
    re.IGNORECASE,
)
_FIRST_OF = re.compile(r"\b(?:vanligast\w*|flest\w*|högst\w*|lägst\w*|störst\w*)\b", re.IGNORECASE)
_WORKING_TIME = {"heltid": "100", "halvtid": "50"}
_LEAVES = re.compile(
    r"(?P<who>[^\W\d_][\w-]+(?-i:(?: [A-ZÅÄÖ][\w-]+)*))(?: har)?(?: gick i| gått i)? (?P<what>konkurs|hoppa(?:de|t) av|dr(?:og|agit) sig ur|sa(?:de|gt) upp)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:i|på|vid) (?P<where>[A-ZÅÄÖ][\wåäö-]+(?: [A-ZÅÄÖ][\wåäö-]+)*|(?!stället)[a-zåäö]{5,}(?:en|et|an))\b")
_PART = re.compile(r"[,;:] |\(|\. ")
_SPANS = re.compile(r"\b(?:dag|dygn|veck|månad|termin|kvartal|år|timm|minut)\w{0,4}\b", re.IGNORECASE)
_LEAST_STEM = 3
_SAME_END = 4  # letters that the two things of an arrow have in common: "månadsbrev → kvartalsbrev"
_COUNTS = ("number", "percent", "amount")


def superseded(sentence: str, notes: Sequence[Source], year: int) -> list[Flag]:
    """The first note that has put something else in the place of what ``sentence`` says is so; [] where none has."""
    for note in notes:
        for rule in (_other_leaver, _opposite_state):
            turned = next(iter(rule(sentence, note, year)), None)
            if turned is not None:
                return [Flag("contradiction", f"Meningen säger ”{turned}”, men anteckningen ”{note.raw or note.text}”.", turned)]
    if is_denied(sentence) or _ENDED_HERE.search(sentence):
        return []
    for note in notes:
        quote = next(
            (said for rule in _RULES for said in rule(sentence, note, year) if not _noted_elsewhere(said, sentence, notes, note)),
            None,
        )
        if quote is not None:
            return [Flag("stale", f"”{quote}” är förra årets: anteckningen säger ”{note.raw or note.text}”.", quote)]
    return []


def _noted_elsewhere(quote: str, sentence: str, notes: Sequence[Source], own: Source) -> bool:
    """Whether another note on what the sentence is about says just what was found fault with."""
    words, told, often = set(content_stems(quote)), {fact.key for fact in figures(quote)}, set(rhythms(quote))
    days = short_weekdays(quote)
    for note in notes:
        if note is own or not _topic(sentence, note) or _ENDED_HERE.search(note.text):
            continue
        text = f"{note.text} {note.raw}"
        if (often and often <= set(rhythms(text))) or (told and told <= note.keys) or (days and days <= short_weekdays(text)):
            return True
        if words and not told and not often and words <= set(note.own_stems):
            return True
    return False


def _names(sentence: str, note: Source, year: int) -> list[Fact]:
    """The names that the sentence has as of today."""
    return [
        fact
        for fact in facts(sentence, known_names=note.names)
        if fact.kind == "name" and not told_before(sentence, fact.start, year)
    ]


def _same_name(one: str, other: str) -> bool:
    return one == name_value(other) or name_fits(one, other, False)


def _ended_name(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Avtal Gnistan löpte ut", and the sentence has Gnistan at it still."""
    ended = [match.group().casefold() for match in _CAPITAL.finditer(note.text) if _OVER.match(note.text[match.end() :])]
    for fact in _names(sentence, note, year):
        if any(_same_name(fact.value, name) for name in ended):
            yield fact.text


def _moved_name(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Tallkotten → Lyktan", and the sentence has the first without the second."""
    for match in _ARROW.finditer(note.text):
        old, new = match.group("old").casefold(), match.group("new").casefold()
        names = _names(sentence, note, year)
        if any(_same_name(fact.value, new) for fact in names):
            continue
        yield from (fact.text for fact in names if _same_name(fact.value, old))


def _other_word(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Månadsbrev → kvartalsbrev", and the sentence has the first."""
    for match in _WORD_ARROW.finditer(note.text):
        old, new = content_stems(match.group("old")), content_stems(match.group("new"))
        said = content_stems(sentence)
        alike = match.group("old").lower()[-_SAME_END:] == match.group("new").lower()[-_SAME_END:]
        if alike and old and new and not set(new) & set(said):
            yield from (
                token.text for token in tokens(sentence) if stem(token.low) in old and not told_before(sentence, token.start, year)
            )


def _put_aside(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "I stället för kvinnofridsteamet", and the sentence has it with them."""
    for match in _INSTEAD.finditer(f"{note.text} . {note.raw}"):
        old = content_stems(match.group("old"))
        for token in tokens(sentence) if old else ():
            if stem(token.low) in old and not told_before(sentence, token.start, year) and not _INSTEAD.search(sentence):
                yield token.text


def _other_rhythm(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Nu varje vecka", and the sentence has every second week of the same."""
    ours, theirs = rhythms(sentence), rhythms(f"{note.text} {note.raw}")
    if theirs and not set(ours) & set(theirs) and _topic(sentence, note):
        yield from (phrase for phrase in ours.values() if not told_before(sentence, sentence.find(phrase), year))


def _old_figure(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "18 → 16 år" or "29 (35)", and the sentence has the old one as today's."""
    old: set[str] = set()
    now: set[str] = set()
    for text in {note.text, note.raw or note.text}:
        for fact in figures(text):
            if fact.kind in _COUNTS:
                (old if is_earlier(text, fact, year) or may_be_earlier(text, fact) else now).add(fact.value)
    now -= old
    said = [fact for fact in figures(sentence) if fact.kind in _COUNTS]
    if not old or any(fact.value in now for fact in said):
        return
    for fact in said:
        aged = "ålder" in note.text and counted_word(sentence, fact) == "år"
        if fact.value in old and not is_earlier(sentence, fact, year) and (aged or _topic(sentence, note)):
            yield fact.text.strip()


def _other_doer(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Ny utförare Åkarna i Sörby", and the sentence has it done by another."""
    if not _HANDED_ON.search(note.text):
        return
    for match in _BY.finditer(sentence):
        who = match.group("who")
        stems = content_stems(" ".join(name.group() for name in _CAPITAL.finditer(who)) or who)
        if (
            stems
            and not matched(stems, note.stems)
            and not told_before(sentence, match.start(), year)
            and _topic(sentence[: match.start()], note)
        ):
            yield who


def _ended_thing(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Papper slopat", and the sentence has it still."""
    gone = [token for token in tokens(note.text) if token.is_word and len(token.low) > 3 and _GONE.match(note.text[token.end :])]
    for token in tokens(sentence) if gone and _topic(sentence, note) else ():
        if any(stem(token.low) == stem(other.low) for other in gone) and not told_before(sentence, token.start, year):
            yield token.text


def _set_anew(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Åldersgräns sänkt till 75", and the sentence has another number of the same."""
    for part in _PART.split(note.text):
        change = _SET_TO.search(part)
        after = [fact for fact in figures(part) if change and fact.start >= change.end() and fact.kind in _COUNTS]
        new = next((fact for fact in after if not is_earlier(part, fact, year)), None)
        about = content_stems(part[: change.start()]) if change else ()
        if new is None or not about or len(matched(about, content_stems(sentence))) < len(about):
            continue
        said = [
            fact
            for fact in figures(sentence)
            if fact.kind == new.kind
            and not is_earlier(sentence, fact, year)
            and (counted_word(part, new) in ("", *EMPTY) or counted_word(sentence, fact) == counted_word(part, new))
        ]
        if said and all(fact.value != new.value for fact in said):
            yield said[0].text.strip()


def _other_days(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Bara tis + tors", and the sentence has other days of the same."""
    theirs = short_weekdays(note.raw or note.text)
    said = {day for match in _WEEKDAYS.finditer(sentence) for day in short_weekdays(match.group().replace(" till ", "–"))}
    if said & theirs or _ALSO.search(note.text):
        return
    for match in _WEEKDAYS.finditer(sentence) if theirs and _topic(sentence, note) else ():
        ours = short_weekdays(match.group().replace(" till ", "–"))
        if _INSTEAD_OF.search(sentence[: match.start()]):
            continue
        if not ours <= theirs and not told_before(sentence, match.start(), year):
            yield match.group()


def _other_hours(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Öppet till 18.00", and the sentence has another hour of the same."""
    theirs = {hour for fact in note.facts if fact.kind == "time" for hour in fact.value.split("–")}
    said = {hour for fact in figures(sentence) if fact.kind == "time" for hour in fact.value.split("–")}
    if said & theirs or _ALSO.search(note.text):
        return
    for fact in figures(sentence) if theirs and _topic(sentence, note) else ():
        if fact.kind == "time" and not set(fact.value.split("–")) & theirs and not is_earlier(sentence, fact, year):
            yield fact.text.strip()


def _other_working_time(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Kurator nu 50 %", and the sentence has one full time."""
    shares = {fact.value for fact in note.facts if fact.kind == "percent" and not is_earlier(note.text, fact, year)}
    for token in tokens(sentence) if shares else ():
        share = _WORKING_TIME.get(token.low)
        other = share and share not in shares and token.low not in note.words
        about = content_stems(_PART.split(note.text)[0])
        if (
            other
            and 2 * len(matched(about, content_stems(sentence))) >= len(about) > 0
            and not told_before(sentence, token.start, year)
        ):
            yield token.text


def _other_first(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Vanligast: ukrainska, arabiska", and the sentence has another first."""
    theirs = _FIRST.search(note.text)
    ours = _FIRST_OF.search(sentence)
    if theirs is None or ours is None or told_before(sentence, ours.start(), year):
        return
    first = [
        stem(token.low) for token in tokens(re.split(r"[,(\d]| och ", theirs.group("first"))[0]) if not says_nothing_new(token.low)
    ]
    said = [stem(token.low) for token in tokens(sentence)]
    if theirs.group("what")[:4].lower() == ours.group()[:4].lower() and first and not matched(first, said):
        yield ours.group()


def _opposite_state(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Åter öppen", and the sentence has it closed; "minskat" where the figures of the note have grown."""
    about = [one for one in content_stems(_STATE.sub(" ", _PART.split(note.text)[0])) if one not in _AGAIN]
    same = [one for one in figures(sentence) if one.key in note.keys]
    said = content_stems(sentence)
    same_words = [one for one in about if one in said or (len(one) > _LEAST_STEM and matched([one], said))]
    if same or told_before(sentence, 0, year) or not about or 3 * len(same_words) < 2 * len(about):
        return
    words = opposed(sentence, [note])
    if words is not None:
        yield words[0]
    ways = grown([note], year)
    for way, pattern in (("more", MORE), ("less", LESS)):
        found = pattern.search(sentence)
        if found and len(ways) == 1 and way not in ways and not figures(sentence[: found.start()]):
            yield found.group()


_STATE = re.compile(r"\b(?:öpp\w+|stäng\w+|avstäng\w+|återöpp\w+)\b", re.IGNORECASE)
_AGAIN = frozenset({"åter", "igen"})


def _other_leaver(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Hyresvärden drog sig ur", and the sentence has another who did."""
    theirs = {match.group("what").lower(): match.group("who") for match in _LEAVES.finditer(note.text)}
    for match in _LEAVES.finditer(sentence):
        who = theirs.get(match.group("what").lower())
        if who and not any(loosely_related(one, other) for one in _stems_of(match.group("who")) for other in _stems_of(who)):
            yield match.group("who")


def _stems_of(words: str) -> list[str]:
    return [stem(token.low) for token in tokens(words) if token.low not in EMPTY or token.low in BODIES]


def _other_place(sentence: str, note: Source, year: int) -> Iterator[str]:
    """ "Flyttad till Vallmorahallen", and the sentence has it where it was."""
    if not _MOVED.search(note.text):
        return
    left = _LEFT.search(f"{note.text} . {note.raw}")
    for token in tokens(sentence) if left else ():
        if left and stem(token.low) in content_stems(left.group("from")) and not told_before(sentence, token.start, year):
            yield token.text
            return
    places = [match for match in _PLACE.finditer(sentence) if not told_before(sentence, match.start(), year)]
    if any(matched(content_stems(match.group("where")), note.stems) for match in places):
        return
    for match in places:
        if content_stems(match.group("where")) and _topic(sentence[: match.start()], note):
            yield match.group("where")


def _topic(sentence: str, note: Source) -> bool:
    """Whether the note begins with something that the sentence is about."""
    about = _PART.split(note.text)[0]
    cut = next((fact.start for fact in figures(about)), len(about))
    about = _SPANS.sub(" ", about[:cut]) if content_stems(about[:cut]) else _SPANS.sub(" ", about)
    stems = [one for one in content_stems(about) if len(one) >= _LEAST_STEM]
    said = content_stems(sentence)
    names = [stem(match.group()) for match in _CAPITAL.finditer(about)]
    if names and _NAMED.search(sentence) and not any(loosely_related(one, other) for one in names for other in said):
        return False  # of another place or unit than the sentence
    return any(loosely_related(one, other) for one in stems for other in said)


_RULES = (
    _ended_name,
    _moved_name,
    _other_word,
    _put_aside,
    _ended_thing,
    _other_rhythm,
    _other_days,
    _old_figure,
    _set_anew,
    _other_first,
    _other_hours,
    _other_working_time,
    _other_doer,
    _other_place,
)
