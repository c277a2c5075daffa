"""Errors planted in correct sentences, one at a time, to see whether the check finds them: each kind a rule with a seed, never by hand.

Knows texts and facts only; what the check does is not known here. ``LATER`` names the kinds of this module that were written after the
checker and were first measured as they stood; those of ``eval.planted_words`` all were.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.draft.language.facts import MONTHS, Fact, facts
from assistant.draft.staleness import is_norm
from corpus.model import Item
from corpus.sentences import split

Plant = Callable[[str, "Surroundings", random.Random], str | None]

LATER = frozenset(
    {"swapped_figures", "amount_scaled", "other_item", "direction_turned", "year_moved", "abbreviation_swapped", "conclusion_added"}
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an error may be made of: the item's earlier years, this year's notes, and all items of the organisation."""

    history: tuple[Item, ...]
    notes: tuple[str, ...]
    others: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: the kind, the sentence before and after."""

    kind: str
    before: str
    after: str


_INVENTED = (
    "Förvaltningen har även inlett ett samarbete med Röda Korset.",
    "Arbetet har lett till att tryggheten har ökat markant i hela kommunen.",
    "Alla medarbetare har genomgått en webbutbildning i ämnet.",
    "En extern utvärdering visar att insatsen har gett goda resultat.",
    "Under våren arrangerades en konferens för samtliga förvaltningar.",
    "Samarbetet med regionen fungerar mycket bra.",
    "Föräldrarna har tagit emot insatsen med stor uppskattning.",
    "Arbetet fortsätter enligt plan under kommande år.",
    "En ny handlingsplan är antagen av kommunfullmäktige.",
    "Metoden har därefter spridits till grannkommunerna.",
)
_CONCLUSIONS = (
    ", vilket har gett en tydlig effekt",
    ", vilket har minskat antalet brott",
    " och deltagarna är mycket nöjda",
    ", något som uppmärksammats av länsstyrelsen",
)
_NOT = re.compile(r" (?:inte|ej|aldrig|inga|ingen)\b")
_VERB = re.compile(r"\b(?P<verb>har|är|finns|blev|kom|gäller|ingår|kontrolleras|samlar|deltar|fick|används|hålls|följer)\b")
_UP = {
    "fler": "färre",
    "ökat": "minskat",
    "högre": "lägre",
    "öppnas": "stängs",
    "öppnade": "stängde",
    "startade": "avslutades",
    "undertecknades": "sades upp",
    "antogs": "avslogs",
    "påbörjades": "avslutades",
    "klar": "försenad",
    "klara": "försenade",
}


def _of_kind(sentence: str, *kinds: str) -> list[Fact]:
    return [fact for fact in facts(sentence) if fact.kind in kinds]


def _replaced(sentence: str, fact: Fact, new: str) -> str:
    return sentence[: fact.start] + new + sentence[fact.end :]


def _figure(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    found = [fact for fact in _of_kind(sentence, "number", "percent", "amount") if re.search(r"\d", fact.text)]
    if not found:
        return None
    fact = rng.choice(found)
    digits = re.search(r"\d+", fact.text)
    assert digits is not None
    value = int(digits.group())
    new = value + rng.choice([1, 2, 3, 10, -1]) if value > 1 else value + rng.choice([1, 2, 5])
    return _replaced(sentence, fact, fact.text.replace(digits.group(), str(max(new, 0)), 1))


def _date(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    found = _of_kind(sentence, "date", "month")
    if not found:
        return None
    fact = rng.choice(found)
    month = next((name for name in MONTHS if name in fact.text.lower()), None)
    if month is None:
        return None
    if fact.kind == "date" and rng.random() < 0.5:
        day = re.match(r"\d+", fact.text)
        if day:
            return _replaced(sentence, fact, fact.text.replace(day.group(), str(int(day.group()) % 27 + 1), 1))
    return _replaced(sentence, fact, fact.text.replace(month, rng.choice([name for name in MONTHS if name != month])))


def _year(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    match = re.search(r"\b20(\d\d)\b", sentence)
    return (
        sentence[: match.start()] + str(int(match.group()) + rng.choice([-2, -1, 1])) + sentence[match.end() :] if match else None
    )


def _name(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    found = _of_kind(sentence, "name")
    pool = sorted(
        {fact.text for item in around.others for fact in facts(item.comment) if fact.kind == "name" and len(fact.text) > 3}
    )
    known = {
        fact.value
        for text in (*around.notes, *(item.comment for item in around.history))
        for fact in facts(text)
        if fact.kind == "name"
    }
    pool = [name for name in pool if name.lower() not in known]
    return _replaced(sentence, rng.choice(found), rng.choice(pool)) if found and pool else None


def _not_lost(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    match = _NOT.search(sentence)
    if not match:
        return None
    return (
        sentence[: match.start()]
        + (" några" if match.group().strip() == "inga" else " någon" if match.group().strip() == "ingen" else "")
        + sentence[match.end() :]
    )


def _not_added(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    match = _VERB.search(sentence)
    return sentence[: match.end()] + " inte" + sentence[match.end() :] if match and not _NOT.search(sentence) else None


def _old_figure(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """This year's figure put back to one of last year's."""
    found = [fact for fact in _of_kind(sentence, "number", "percent") if re.search(r"\d", fact.text)]
    if not found or not around.history:
        return None
    fact = rng.choice(found)
    noted = {other.value for note in around.notes for other in facts(note)}
    old = [o for o in _of_kind(around.history[-1].comment, fact.kind) if o.value not in noted and re.search(r"\d", o.text)]
    return _replaced(sentence, fact, rng.choice(old).text) if old else None


def _stale_sentence(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    if not around.history:
        return None
    noted = {fact.key for note in around.notes for fact in facts(note)}
    old = [
        s.text
        for s in split(around.history[-1].comment)
        if [
            f
            for f in _of_kind(s.text, "number", "percent", "amount", "date")
            if f.key not in noted and re.search(r"\d", f.text) and not is_norm(s.text, f)
        ]
    ]
    return rng.choice(old) if old else None


def _invented(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    return rng.choice(_INVENTED)


def _swapped(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    found = [fact for fact in _of_kind(sentence, "number") if re.fullmatch(r"\d+", fact.text)]
    if len(found) < 2 or found[0].text == found[1].text:
        return None
    first, second = found[0], found[1]
    return sentence[: first.start] + second.text + sentence[first.end : second.start] + first.text + sentence[second.end :]


def _scaled(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    for one, other in (("miljoner kronor", "tusen kronor"), ("tusen kronor", "miljoner kronor"), (" procent", "")):
        if one in sentence and other:
            return sentence.replace(one, other, 1)
    return None


def _other_item(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    pool = [s.text for item in around.others for s in split(item.comment) if len(s.text.split()) > 7]
    return rng.choice(pool) if pool else None


def _turned(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    for one, other in _UP.items():
        if re.search(rf"\b{one}\b", sentence):
            return re.sub(rf"\b{one}\b", other, sentence, count=1)
    return None


def _abbreviation(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    found = _of_kind(sentence, "abbreviation")
    pool = [
        name
        for name in ("SSPF", "KTF", "IVO", "LSS", "EST", "MVP", "IOP", "HVB")
        if name not in sentence and not any(name in item.comment for item in around.history)
    ]
    return _replaced(sentence, rng.choice(found), rng.choice(pool)) if found and pool else None


def _conclusion(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    return sentence.rstrip(".") + rng.choice(_CONCLUSIONS) + "." if sentence.endswith(".") else None


KINDS: dict[str, Plant] = {
    "figure_changed": _figure,
    "date_moved": _date,
    "name_swapped": _name,
    "negation_dropped": _not_lost,
    "negation_added": _not_added,
    "stale_figure": _old_figure,
    "stale_sentence": _stale_sentence,
    "invented_sentence": _invented,
    "swapped_figures": _swapped,
    "amount_scaled": _scaled,
    "other_item": _other_item,
    "direction_turned": _turned,
    "year_moved": _year,
    "abbreviation_swapped": _abbreviation,
    "conclusion_added": _conclusion,
}


def plant_all(sentences: Sequence[str], around: Surroundings, seed: str, kinds: Mapping[str, Plant] = KINDS) -> list[Planted]:
    """One error of every one of ``kinds`` in every sentence that has room for it, always the same for the same ``seed``."""
    found = []
    for kind, plant in kinds.items():
        for at, sentence in enumerate(sentences):
            after = plant(sentence, around, random.Random(f"{seed}/{kind}/{at}"))
            if after is not None and after != sentence:
                found.append(Planted(kind, sentence, after))
    return found
