"""Which way a sentence says that something went: more or less, opened or closed, begun or ended; its sources must not say the opposite.

Where words are missing the figures of the sources tell it. Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.checks.alignment import grown
from assistant.draft.checks.reckoning import worked_out
from assistant.draft.checks.sources import Source
from assistant.draft.language.facts import figures
from assistant.draft.language.wording import content_stems, matched, stem
from corpus.model import Flag

MORE = re.compile(
    r"\b(?:ök(?:at|ats|ade|ades|ar|as|ning\w*)|höj(?:s|t|ts|de|des|d|da|er|ning\w*)|utvidga\w*|väx(?:t|er|te)|vuxit|stiger|fler(?! än \d)"
    r"|(?<!den )högre(?! nivå)|stigit"
    r"|steg(?= (?:från|till|med|kraftigt|något))|ökande|förbättra\w*|bättre|(?<!inte )längre|utöka\w*|förläng\w+)\b",
    re.IGNORECASE,
)
LESS = re.compile(
    r"\b(?:minsk(?:at|ats|ade|ades|ar|as|ning\w*)|sänk(?:s|t|ts|te|tes|er|ning\w*)|sjunker|krymp\w+|färre(?! än \d)"
    r"|(?<!den )lägre(?! nivå)|sjunkit|sjönk|minskande"
    r"|försämra\w*|sämre|kortare|kortats|förkort\w+)\b",
    re.IGNORECASE,
)
_PAIRS = (
    (r"\böpp(?:n(?:at|ade|ats|ades|as|ar|a)|en|et)\b", r"\b(?:av)?stäng(?:t|de|ts|des|s|er|d|da)\b"),
    (
        r"\b(?:start(?:at|ade|ats|ades)|påbörja\w+|inledd?\w*)\b",
        r"\b(?:avslutat?\w*|lagts ne[dr]|läggs ne[dr]|upphört|upphörde|avvecklat?\w*)\b",
    ),
    (r"\b(?:antagit\w*|antogs?|antagen|godkän\w+|bevilja\w+)\b", r"\b(?:avslagit\w*|avslogs?|avslag|förkasta\w+|underkän\w+)\b"),
    (r"\b(?:klar[at]?|färdig\w*)\b", r"\b(?:försena\w+|inte klar\w*|ofärdig\w*)\b"),
    (r"\b(?:underteckn\w+|teckna\w*|ingick\w*|ingått\w*)\b", r"\b(?:sades upp|sagts upp|uppsag\w+|sägs upp)\b"),
    (r"\bvakan\w+", r"\btillsat\w+"),
    (r"\bpågår\b", r"\bavslut\w+"),
    (r"\b(?:vilande|pausa\w+)\b", r"\b(?:i gång|igång|aktiv\w*)\b"),
    (
        r"\b(?:hölls|hållits|genomför(?:de|t|ts|des|da|as)?s?)\b",
        r"\b(?:utebl\w+|inställ[dt]\w*|ställ(?:des|ts|de|t) in|ställas? in|ställs in)\b",
    ),
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
OPPOSITES = (
    (MORE, LESS),
    *((re.compile(one, re.IGNORECASE), re.compile(two, re.IGNORECASE)) for one, two in _PAIRS),
)
_SEXES = (
    (re.compile(r"\b(?:flick|tjej)\w*", re.IGNORECASE), re.compile(r"\b(?:pojk|kill)\w*", re.IGNORECASE)),
    (re.compile(r"\bkvinn\w*", re.IGNORECASE), re.compile(r"\b(?:män|männen|mannen|manlig\w*)\b", re.IGNORECASE)),
)
_SAID = re.compile(r"[,;(] | (?:men|medan|och|samt) (?=\w+ \w+)")
_NOTED = re.compile(r"[,;(] |\. | – ")
_NEAR = 12  # characters between a difference and what it is called: "två timmar längre"


def direction_flags(sentence: str, sources: Sequence[Source], year: int) -> list[Flag]:
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
            about = keys & {fact.key for fact in source.facts} or (not keys and begins_alike(sentence, source))
            theirs = grown([source], year) if source.is_note and about else set()
            if found and theirs and way not in theirs and not pattern.search(source.text) and not _grown_here(sentence, way, year):
                return [Flag("contradiction", f"Meningen säger ”{found.group()}” men anteckningens siffror inte.", found.group())]
        if (
            found
            and not pattern.search(text)
            and not any(stem(found.group()) in source.own_stems for source in sources)
            and way not in told
            and not _grown_here(sentence, way, year)
            and not any(worked_out(fact, sentence, sources) for fact in figures(sentence) if 0 < found.start() - fact.end < _NEAR)
        ):
            return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]
    return []


def begins_alike(sentence: str, source: Source) -> bool:
    """Whether most of the words before the first figure of a source are in the sentence: then its figures are of this."""
    first = next(iter(figures(source.text)), None)
    about = content_stems(source.text[: first.start] if first is not None and first.start else source.text)
    return bool(about) and 2 * len(matched(about, content_stems(sentence))) >= len(about)


def _grown_here(sentence: str, way: str, year: int) -> bool:
    """Whether the figures of the sentence itself tell the change: "har ökat från tolv till 14"; that they are right is looked at elsewhere."""
    return way in grown([Source(sentence, True, year)], year)


def _clause_of(sentence: str, at: int) -> str:
    """The clause of a sentence around an offset."""
    start = 0
    for match in _SAID.finditer(sentence):
        if match.start() >= at:
            return sentence[start : match.start()]
        start = match.end()
    return sentence[start:]


def opposed(sentence: str, sources: Sequence[Source]) -> tuple[str, str] | None:
    """The words of ``sentence`` and of its ``sources`` that say the opposite of each other; None where none do."""
    text = " ".join(source.text for source in sources)
    for one, two in OPPOSITES:
        for here, there in ((one, two), (two, one)):
            found = here.search(sentence)
            if found is None or here.search(text) or there.search(sentence):
                continue
            for source in sources:
                if not source.is_note and re.search(r"\bska(?:ll)?\b", source.text):
                    continue  # what was promised is not what came of it
                for clause in _NOTED.split(source.text):
                    other = there.search(clause)
                    about = [stem for stem in content_stems(clause) if stem not in content_stems(other.group())] if other else []
                    around = content_stems(_clause_of(sentence, found.start())) if other else ()
                    near = [one for one in around if one not in content_stems(found.group())] or list(content_stems(sentence))
                    if other and (matched(about, near) if about else matched(source.own_stems, near)):
                        return found.group(), other.group()
    return None
