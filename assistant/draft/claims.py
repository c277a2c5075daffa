"""What a sentence claims beyond its facts: more or less, begun or ended, how much and how often, praise, a clause hung on to it.

Each must stand in a source, and none may say the opposite. Takes sentence and sources as they are; knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assistant.draft.alignment import grown
from assistant.draft.facts import NUMBER_WORDS, figures, same_date
from assistant.draft.meaning import class_of, rhythms, says_nothing_new
from assistant.draft.sources import Source
from assistant.draft.stages import stage_flags, stages
from assistant.draft.subjects import GENERIC
from assistant.draft.ties import bound_flags, tie_flags
from assistant.draft.wording import is_content, loosely_related, stem, tokens
from corpus.model import Flag
from corpus.tense import main_verb
from corpus.verbs import readings
from corpus.word_lists import word_list

MORE = re.compile(
    r"\b(?:ök(?:at|ade|ar|ning\w*)|fler|högre|stigit|steg(?= (?:från|till|med|kraftigt|något))|ökande|förbättra\w*|bättre|(?<!inte )längre|utöka\w*)\b",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\b(?:minsk(?:at|ade|ar|ning\w*)|färre|lägre|sjunkit|sjönk|minskande|försämra\w*|sämre|kortare|kortats)\b", re.IGNORECASE
)
_PAIRS = (
    (r"\böppn(?:at|ade|ats|ades|as|ar)\b", r"\bstäng(?:t|de|ts|des|s|er|d|da)\b"),
    (
        r"\b(?:start(?:at|ade|ats|ades)|påbörja\w+|inledd?\w*)\b",
        r"\b(?:avslutat?\w*|lagts ne[dr]|läggs ne[dr]|upphört|upphörde|avvecklat?\w*)\b",
    ),
    (r"\b(?:antagit\w*|antogs?|antagen|godkän\w+|bevilja\w+)\b", r"\b(?:avslagit\w*|avslogs?|avslag|förkasta\w+|underkän\w+)\b"),
    (r"\b(?:klar[at]?|färdig\w*)\b", r"\b(?:försena\w+|inte klar\w*|ofärdig\w*)\b"),
    (r"\b(?:underteckn\w+|teckna\w*|ingick\w*|ingått\w*)\b", r"\b(?:sades upp|sagts upp|uppsag\w+|sägs upp)\b"),
    (r"\bvakan\w+", r"\btillsat\w+"),
    (r"\b(?:vilande|pausa\w+)\b", r"\b(?:i gång|igång|aktiv\w*)\b"),
    (r"\b(?:hölls|hållits|genomför(?:de|t|ts|des|da)s?)\b", r"\b(?:utebl\w+|inställd\w*|ställ(?:des|ts|de|t) in|ställs in)\b"),
    (r"\b(?:beslut\w*|anta\w*|antog\w*|underteckna\w*|teckna\w*)\b", r"\b(?:diskutera\w*|föresl\w+|förhandla\w*)\b"),
    (r"\b(?:klart?|klara|färdig\w*|slutför\w*)\b", r"\bpåbörja\w+"),
    (r"\b(?:senare|sen|sent|sena|försena\w+)\b", r"\btidigare än\b"),
    (r"\böver (?:budget|mål|snitt|genomsnitt|riks)\w*", r"\bunder (?:budget|mål|snitt|genomsnitt|riks)\w*"),
    (
        r"\b(?:fortsätter|fortsatt|fortsatte|fortgår)\b",
        r"\b(?:lägg\w* ned?r?|lagts ned?r?|lades ned?r?|upphör\w*|avvecklas|avslutas)\b",
    ),
    (r"\b(?:avråd\w+|avråtts?|avstyrk\w+)\b", r"\b(?:förord\w+|tillstyrk\w+|rekommender\w+)\b"),
    (r"\b(?:börja(?:de|t)|anställ(?:des|ts|t|de)|tillträ\w+)\b", r"\b(?:slutat|slutade|lämnat|lämnade)\b"),
)
_OPPOSITES = (
    (MORE, LESS),
    *((re.compile(one, re.IGNORECASE), re.compile(two, re.IGNORECASE)) for one, two in _PAIRS),
)
# Words that turn a sentence round: one of the same class must stand in a source.
_ENDINGS = re.compile(
    r"\b(?:avslut\w+|upphör\w*|lagts ne[dr]|läggs ne[dr]|lades ne[dr]|nedlag\w+|sa(?:de|gt)s upp|uppsag\w+|stängd\w*"
    r"|stängt\w*|stängs|avslag\w*|avslog\w*|stoppa\w*|avbr[öu]t\w*|avbryt\w*|försena\w+|inställd\w*|ställ(?:des|ts|de|t) in|ställs in|avveckla\w+"
    r"|misslyck\w+|avböj\w*|str[uy]k\w+|pausa\w*|vilande)\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:framgångsrik\w*|mycket (?:gott|bra|uppskatta\w+|positiv\w*)|uppskatta[dt]\w*|betydande|avsevärt|kraftigt|markant"
    r"|tydlig (?:effekt|förbättring)|goda resultat|lyckat|lyckad\w*|viktig\w*|avgörande|alla mål|samtliga mål|fullt ut"
    r"|väl fungerande|unik\w*"
    r"|ledande|(?:mycket )?nöjda|trygghet(?:en)? har ökat|gett effekt|stor betydelse|fungerar väl|fungerar bra)\b",
    re.IGNORECASE,
)
_COMPLETE = re.compile(
    r"\b(?:genomförd\w*|genomfört(?:s)?|slutför\w+|klara?t?|färdig\w*|uppfyll\w+|infria\w+|i mål|lösta?|lösts"
    r"|kom i ?gång|kommit i ?gång|på plats|startade|startat|infördes|införts|öppnade)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:ska|skall|planera\w*|kommer (?:\w+ )?att|diskutera\w*|föresl[åo]\w*|förhandla\w*)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:klart? (?:ht|vt|hösten|våren|i)|blir|väntas|beräknas|tänkt\w*|mål\w*|plan\w*|sena?r?e?|kvar|resten|förslag\w*|på gång|utreds)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:gjor[td]\w*|inför[dt]\w*|anta\w*|antog\w*|beslut\w*|tecknat?\w*|undertecknat?\w*|hållit\w*|hölls|invigd\w*|invigts|delats|utdelad\w*"
    r"|köpt\w*|utbilda\w*|avslut\w*|levererad\w*|lämnad\w*|redovisa\w*|skett|i gång|igång|start\w+|öppna\w+|gäller|används|finns)\b",
    re.IGNORECASE,
)


_SEXES = (
    (re.compile(r"\b(?:flick|tjej)\w*", re.IGNORECASE), re.compile(r"\b(?:pojk|kill)\w*", re.IGNORECASE)),
    (re.compile(r"\bkvinn\w*", re.IGNORECASE), re.compile(r"\b(?:män|männen|mannen|manlig\w*)\b", re.IGNORECASE)),
)


def claim_flags(sentence: str, sources: Sequence[Source], *, year: int) -> list[Flag]:
    """What ``sentence`` claims and its ``sources`` do not, in a fixed order; [] where all of it is theirs."""
    flags = [
        *_directions(sentence, sources, year),
        *_endings(sentence, sources),
        *_completions(sentence, sources),
        *_plans(sentence, sources),
        *_loose_clauses(sentence, sources),
        *_small_words(sentence, sources),
        *_shares(sentence, sources),
        *stage_flags(sentence, sources),
        *tie_flags(sentence, sources),
        *bound_flags(sentence, sources),
    ]
    claim = _CLAIMS.search(sentence)
    if claim and not any(
        all(stem(word) in source.stems or word.lower() in source.words for word in claim.group().split()) for source in sources
    ):
        flags.append(
            Flag("unsupported_claim", f"Omdömet ”{claim.group()}” finns inte i anteckningarna eller i källan.", claim.group())
        )
    return flags


def _completions(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that says that something is done, where no source tells of anything done or counted."""
    found = _COMPLETE.search(sentence)
    if found is None or figures(sentence) or any(_COMPLETE.search(source.text) or _DONE.search(source.text) for source in sources):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger att det är ”{found.group()}”.", found.group())]


def _plans(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that says that something will be done, where no source looks ahead."""
    found = _AHEAD.search(sentence)
    notes = [source for source in sources if source.is_note] or sources
    if found is None or any(_AHEAD.search(source.text) or _LATER.search(source.text) for source in notes):
        return []
    under = _UNDER.search(sentence[: found.start()])
    if under and (under.group().startswith("hur") or any(_AHEAD.search(source.text) for source in sources)):
        return []
    if not found.group().lower().startswith("planera") and under and _same_verb(sentence[found.end() :], notes):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]


_UNDER = re.compile(r"\b(?:hur|vad|vem|vilka|som|att)\b(?: \w+){0,3} ?$")  # "hur de ska agera" promises nothing


def _same_verb(text: str, sources: Sequence[Source]) -> bool:
    """Whether the infinitive that ``text`` begins with is told in the present in a source: "ska kallas" and "kallas"."""
    word = next((token.low for token in tokens(text) if token.is_word), "")
    verbs = {form.infinitive for form in readings(word) if form.tense == "infinitive"}
    return any("now" in stages(source.text).get(verb, ()) for source in sources for verb in verbs)


_STATES = frozenset({"kvar", "klar", "klart", "klara"})


def two_halves(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that says of one thing what its sources say of another: none of them has words of both its subject and the rest."""
    verb = main_verb(sentence)
    if verb.start <= 0:
        return []
    front, back = sentence[: verb.start], sentence[verb.start + len(verb.word) :]
    first, second = (
        [
            stem(token.low)
            for token in tokens(half)
            if is_content(token) and not says_nothing_new(token.low) and token.low not in NUMBER_WORDS
        ]
        for half in (front, back)
    )
    told = figures(back)
    small = {token.low for token in tokens(back)} & _STATES
    if not first or not (second or told or small) or all(token.low in GENERIC for token in tokens(front) if is_content(token)):
        return []
    for source in sources:
        if any(loosely_related(one, other) for one in first for other in (*source.stems, *source.about)) and (
            any(one.key == other.key or same_date(one, other) for one in told for other in source.facts)
            or any(loosely_related(one, other) for one in second for other in source.stems)
            or (not second and small & source.words)
        ):
            return []
    return [Flag("unsupported_claim", f"Ingen källa säger detta om ”{front.strip()}”.", front.strip())]


def _endings(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that says something ended, was stopped or is late, where no source says anything of the kind."""
    found = _ENDINGS.search(sentence)
    sources = [source for source in sources if source.is_note] or sources
    if found is None or any(
        _ENDINGS.search(source.text) or re.search(r"\b(?:sena?r?e?|blev inte av|inte av)\b", source.text) for source in sources
    ):
        return []
    if " " not in found.group() and any(stem(found.group()) in source.stems for source in sources):
        return []
    if found.group().lower().startswith("avslut") and any(
        re.search(r"\b(?:klara?t?|färdig\w*|slut\w*|fullfölj\w*)\b", source.text) for source in sources
    ):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]


_JOINTS = re.compile(
    r"(, | – | och (?=\w+ (?:är|har|kan|ska|blir|var|blev)\b)| (?:eftersom|därför att|tack vare|på grund av|till följd av|med stöd av"
    r"|med hjälp av|genom att|så att) )"
)
_BECAUSE = re.compile(r"\w")
_SOFT = frozenset(stem(word) for word in word_list("planerat planerad senare tidigare tänkt beräknat väntat"))


def _loose_clauses(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A clause of which no word stands in any source: a conclusion or a cause hung on to a sentence that has one."""
    there = [one for source in sources for one in source.stems]
    parts = _JOINTS.split(sentence)
    for joint, clause in zip(parts[1::2], parts[2::2], strict=True):
        stems = [
            stem(token.low)
            for token in tokens(clause)
            if is_content(token) and not says_nothing_new(token.low) and stem(token.low) not in _SOFT
        ]
        enough = 1 if _BECAUSE.search(joint) else 2
        if len(stems) >= enough and not any(loosely_related(one, other) for one in stems for other in there):
            return [Flag("unsupported_claim", f"Ledet ”{clause.strip(' .')}” har ingen källa.", clause.strip())]
    return []


_WEEKDAY = re.compile(r"(?:mån|tis|ons|tors|fre|lör|sön)dag")
_ONE_OF = re.compile(r"\b(?:en|ett|någon|något|några) av\b", re.IGNORECASE)
_WHOLES = {("mängd", "alla"), ("mängd", "båda")}
_WHOLE = re.compile(r"\b(\d+)(?: av |/)\1\b")
_ONLY_IN_COPIES = (
    "vilja",
    "följd",
    "tidsenhet",
    "läge",
    "plats i tid",
)  # words with a second sense, told apart by their place alone


def _small_words(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A quantity, a degree or a rhythm that is another than the sources': "några" for "alla", "varje månad" for "varje vecka"."""
    words = {token.low for source in sources for token in tokens(f"{source.text} {source.raw}")}
    words |= {match.group() for word in words if (match := _WEEKDAY.match(word))}
    there = {kind for word in words if (kind := class_of(word)) is not None}
    if any(_WHOLE.search(f"{source.text} {source.raw}") for source in sources):
        there.add(("mängd", "alla"))
    named = {kind[0] for kind in there}
    one_of = _ONE_OF.search(sentence)
    if one_of and there & _WHOLES and not any(_ONE_OF.search(f"{source.text} {source.raw}") for source in sources):
        return [Flag("changed_word", f"Meningen säger ”{one_of.group()}” men källan alla.", one_of.group())]
    for token in tokens(sentence):
        day = _WEEKDAY.match(token.low)
        if day and day.group() not in words and any(_WEEKDAY.match(word) for word in words):
            return [Flag("changed_word", f"Källan säger inte ”{token.text}”.", token.text)]
        kind = class_of(token.low)
        if kind is None or kind in there or kind[0] not in named or kind[0] in _ONLY_IN_COPIES:
            continue
        other = next((word for word in sorted(words) if (theirs := class_of(word)) is not None and theirs[0] == kind[0]), "alla")
        return [Flag("changed_word", f"Meningen säger ”{token.text}” men källan ”{other}”.", token.text)]
    said, known = rhythms(sentence), {key for source in sources for key in rhythms(f"{source.text} {source.raw}")}
    for key, phrase in said.items():
        if key not in known and known:
            return [Flag("changed_word", f"Källan säger inte ”{phrase}”.", phrase)]
    return []


def _directions(sentence: str, sources: Sequence[Source], year: int) -> list[Flag]:
    """More told as less, opened told as closed: the sentence says the opposite of its source."""
    text = " ".join(source.text for source in sources)
    words = opposed(sentence, sources)
    if words is not None:
        return [Flag("contradiction", f"Meningen säger ”{words[0]}” men källan ”{words[1]}”.", words[0])]
    noted = " ".join(source.text for source in sources if source.is_note)
    for one, two in (*_SEXES, *((two, one) for one, two in _SEXES)):
        if (said := one.search(sentence)) and not two.search(sentence) and (other := two.search(noted)) and not one.search(noted):
            return [Flag("contradiction", f"Meningen säger ”{said.group()}” men anteckningen ”{other.group()}”.", said.group())]
    told = grown(sources, year)
    keys = {fact.key for fact in figures(sentence)}
    for way, pattern in (("more", MORE), ("less", LESS)):
        found = pattern.search(sentence)
        for source in sources if found else ():
            theirs = grown([source], year) if source.is_note and keys & {fact.key for fact in source.facts} else set()
            if found and theirs and way not in theirs and not _grown_here(sentence, way, year):
                return [Flag("contradiction", f"Meningen säger ”{found.group()}” men anteckningens siffror inte.", found.group())]
        if (
            found
            and not pattern.search(text)
            and not any(stem(found.group()) in source.own_stems for source in sources)
            and way not in told
            and not _grown_here(sentence, way, year)
        ):
            return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]
    return []


def _grown_here(sentence: str, way: str, year: int) -> bool:
    """Whether the figures of the sentence itself tell the change: "har ökat från tolv till 14"; that they are right is looked at elsewhere."""
    return way in grown([Source(sentence, True, year)], year)


_SHARES: tuple[tuple[re.Pattern[str], Callable[[float], bool]], ...] = (
    (re.compile(r"\b(?:alla|samtliga|allihop|varenda)\b(?! (?:tiders|hjärtans))", re.IGNORECASE), lambda share: share == 1),
    (re.compile(r"\b(?:hälften|halverat?s?|halverad\w*)\b", re.IGNORECASE), lambda share: 0.45 <= share <= 0.55),
    (
        re.compile(r"\b(?:dubbelt|dubblera\w*|fördubbla\w*)\b", re.IGNORECASE),
        lambda share: 1.9 <= share <= 2.1 or 0.47 <= share <= 0.53,
    ),
    (re.compile(r"\b(?:tre|fyra|fem|tio) gånger så\b", re.IGNORECASE), lambda share: share >= 2.8),
    (re.compile(r"\b(?:en )?tredjedel\w*\b", re.IGNORECASE), lambda share: 0.3 <= share <= 0.37 or 0.63 <= share <= 0.7),
    (re.compile(r"\b(?:en |tre )?fjärdedel\w*\b", re.IGNORECASE), lambda share: 0.22 <= share <= 0.28 or 0.72 <= share <= 0.78),
    (re.compile(r"\b(?:(?:de )?flesta|flertalet|merparten|majoriteten)\b", re.IGNORECASE), lambda share: 0.5 < share <= 1),
)


def _shares(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """ "Alla", "hälften", "dubbelt" that neither the words nor the figures of a source bear out."""
    noted = [source for source in sources if source.is_note] or list(sources)
    for pattern, fits in _SHARES:
        found = pattern.search(sentence)
        if found is None or any(pattern.search(f"{source.text} {source.raw}") for source in sources):
            continue
        counts = re.match(r" (?:de |våra |dessa )?", sentence[found.end() :])
        after = next((fact for fact in figures(sentence) if counts and fact.start == found.end() + counts.end()), None)
        if after is not None and any(after.key == other.key for source in sources for other in source.facts):
            continue
        if any(fits(share) for source in noted for share in _ratios(source)):
            continue
        if fits(1) and any(class_of(word) in _WHOLES for source in sources for word in source.words):
            continue
        return [Flag("changed_word", f"Ingen källa säger ”{found.group()}”.", found.group())]
    return []


def _ratios(source: Source) -> list[float]:
    """How each count of a source stands to the next, and as a share where it is one."""
    counts = [
        fact for fact in source.facts if fact.kind in ("number", "amount", "percent") and re.fullmatch(r"\d+(?:\.\d+)?", fact.value)
    ]
    pairs = [(float(one.value), float(two.value)) for one, two in pairwise(counts) if one.kind == two.kind]
    shares = [float(fact.value) / 100 for fact in counts if fact.kind == "percent"]
    return [*shares, *(one / two for pair in pairs for one, two in (pair, pair[::-1]) if two)]


def opposed(sentence: str, sources: Sequence[Source]) -> tuple[str, str] | None:
    """The words of ``sentence`` and of its ``sources`` that say the opposite of each other; None where none do."""
    text = " ".join(source.text for source in sources)
    for one, two in _OPPOSITES:
        for here, there in ((one, two), (two, one)):
            found, other = here.search(sentence), there.search(text)
            if found and other and not here.search(text):
                return found.group(), other.group()
    return None
