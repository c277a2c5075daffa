"""Errors of sense planted in correct sentences: one actor's doings given to another, done for planned, the whole for the part, another hour,
day or scale. Each kind a rule with a seed; all written after the checker and first measured as it stood.

Knows texts and facts only; what the check does is not known here.
"""

from __future__ import annotations

import random
import re

from assistant.draft.language.facts import NUMBER_WORDS, Fact, facts
from assistant.draft.language.wording import content_stems, loosely_related
from corpus.sentences import split
from corpus.tense import main_verb
from corpus.verbs import readings, verbs
from eval.planted import Plant, Surroundings
from eval.planted_words import is_subject, pairs, swap

_WEEKDAYS = pairs("måndag/onsdag/fredag", "tisdag/torsdag", "måndagar/torsdagar", "tisdagar/fredagar", "onsdagar/lördagar", "söndagar/lördagar",
                  "vardagar/lördagar", "förmiddagar/eftermiddagar", "dygnet runt/dagtid")  # fmt: skip
_VERBS = pairs("började/slutade", "börjat/slutat", "anställts/sagts upp", "anställdes/sades upp", "infördes/avskaffades", "införts/avskaffats",
               "köptes/såldes", "köpts/sålts", "fått/nekats", "fick/nekades", "delades ut/samlades in", "öppnat/stängt", "öppnats/stängts",
               "ökade/minskade", "ökar/minskar", "höjts/sänkts", "höjdes/sänktes", "växt/krympt", "förlängts/avbrutits", "lyckats/misslyckats",
               "godkändes/underkändes", "bifallits/avslagits", "lämnats/mottagits", "vunnit/förlorat", "tillkommit/försvunnit", "kommit in/lämnats ut",
               "tillkom/försvann", "skickar/tar emot", "strukits/lagts till", "sålde/köpte", "leds av/leder", "stoppade/inledde",
               "fullföljde/avbröt", "känner till/saknar", "påbörjades/avbröts", "deltog/uteblev", "upplåter/hyr ut")  # fmt: skip
_TIES = pairs("sedan/fram till", "från och med/till och med", "till/från", "efter/före", "under/efter", "före/under", "mellan/utanför", "över/under",
              "med/utan", "även/bara", "inom/efter", "norr om/söder om", "i början av/i slutet av", "i mitten av/i slutet av")  # fmt: skip
_SHARES = ("dubbelt så många", "hälften av alla", "tre gånger så många", "en fjärdedel av alla", "de flesta", "inga", "samtliga")
_SCALES = pairs("kronor/tusen kronor/miljoner kronor", "miljoner kronor/miljarder kronor", "tkr/mnkr", "mkr/tkr", "kr/tkr")
_PART = re.compile(r"\b(?P<part>[\wåäö]+) av (?P<middle>(?:de |samtliga |alla )?)(?P<whole>[\wåäö]+)\b", re.IGNORECASE)
_HOURS = re.compile(r"\bkl\. ?(?P<from>\d{1,2})(?:[.:]\d\d)?[–-](?P<to>\d{1,2})")
_FRONT = re.compile(
    r"(?P<front>[A-ZÅÄÖ][^,.:;()]{2,40}?) (?P<verb>har|är|hade|fick|deltar|ställer|leds|samlar|blev|startade|kom|gick|hölls|innehåller) "
)
_TURNED = (
    "direkt",
    "kraftigt",
    "snabbt",
    "gratis",
    "tillfälligt",
    "frivilligt",
    "obligatoriskt",
    "digitalt",
    "enhälligt",
    "internationellt",
)


def _part_turned(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """ "5 av 12" as "12 av 5"."""
    for match in _PART.finditer(sentence):
        part, whole = match.group("part"), match.group("whole")
        if all(word.isdigit() or word.lower() in NUMBER_WORDS for word in (part, whole)) and part.lower() != whole.lower():
            return f"{sentence[: match.start()]}{whole} av {match.group('middle')}{part}{sentence[match.end() :]}"
    return None


def _share_for_figure(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A count put into words that say another one: "13 par" as "dubbelt så många par"."""
    counts = [f for f in facts(sentence) if f.kind == "number" and re.match(r" [a-zåäö]{3,}", sentence[f.end :])]
    if not counts:
        return None
    fact = rng.choice(counts)
    words = rng.choice(_SHARES)
    if fact.start == 0:
        words = words[0].upper() + words[1:]
    return sentence[: fact.start] + words + sentence[fact.end :]


def _done_for_planned(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """What will be told as what has been."""
    match = re.search(r"\b(?:ska|kommer att|planeras att|väntas) (?P<verb>[^\W\d_]+)", sentence)
    form = next((f for f in readings(match.group("verb")) if f.tense == "infinitive"), None) if match else None
    if match and form is not None and form.infinitive in verbs():
        supine = verbs()[form.infinitive].supine + ("s" if form.passive else "")
        return sentence[: match.start()] + f"har {supine}" + sentence[match.end() :]
    for one, other in (
        (" blir ", " blev "),
        (" tas ", " togs "),
        (" läggs ", " lades "),
        (" startar ", " startade "),
        (" diskuteras", " genomfördes"),
    ):
        if one in sentence:
            return sentence.replace(one, other, 1)
    return None


def _planned_for_done(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """What has been told as what will be."""
    for match in re.finditer(r"\b(?:har (?P<supine>[^\W\d_]+)|(?P<past>[^\W\d_]+))\b", sentence):
        word = match.group("supine") or match.group("past")
        form = next((f for f in readings(word) if f.tense == ("supine" if match.group("supine") else "preterite")), None)
        if form is not None and form.infinitive in verbs() and form.infinitive not in ("vara", "ha"):
            return sentence[: match.start()] + f"ska {form.infinitive}{'s' if form.passive else ''}" + sentence[match.end() :]
    return None


def _hour(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    match = _HOURS.search(sentence)
    if match is None:
        return None
    end = rng.choice(["from", "to"])
    return sentence[: match.start(end)] + str((int(match.group(end)) + rng.choice([-1, 1, 2])) % 24) + sentence[match.end(end) :]


def _front_of(text: str) -> tuple[str, str] | None:
    match = _FRONT.match(text)
    found = match is not None and main_verb(text).start > 0 and is_subject(match.group("front"))
    return (match.group("front"), text[match.end("front") :]) if match and found else None


def _told(around: Surroundings) -> list[str]:
    """The sentences of the item's last comment and of its notes."""
    return [s.text for item in around.history[-1:] for s in split(item.comment)] + list(around.notes)


def _actor(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """The doings of one actor given to another that a note or last year's comment names."""
    own = _front_of(sentence)
    if own is None:
        return None
    subjects = []
    for text in _told(around):
        front = _front_of(text)
        subject = front[0] if front else text.split(":")[0] if ":" in text[:30] and text[0].isupper() else ""
        if (
            is_subject(subject)
            and not re.search(r"\d", subject)
            and not any(loosely_related(one, other) for one in content_stems(subject) for other in content_stems(own[0]))
        ):
            subjects.append(subject)
    return rng.choice(subjects) + own[1] if subjects else None


def _crossed(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """The front of one sentence of the item, the back of this one, where both begin with another subject."""
    verb = main_verb(sentence)
    fronts = [
        text[: other.start]
        for text in _told(around)
        if (other := main_verb(text)).start > 3
        and is_subject(text[: other.start])
        and not set(content_stems(text[: other.start])) & set(content_stems(sentence))
        and content_stems(text[: other.start])
        and text[0].isupper()
        and not re.search(r"\d", text[: other.start])
    ]
    return rng.choice(fronts) + sentence[verb.start :] if verb.start > 3 and fronts and is_subject(sentence[: verb.start]) else None


def _figures_between(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A count put for the count of another note."""
    ours = [f for f in facts(sentence) if f.kind == "number" and re.fullmatch(r"\d+", f.text.strip())]
    pool = sorted(
        {
            f.text.strip()
            for note in around.notes
            for f in facts(note)
            if f.kind in ("number", "percent") and re.fullmatch(r"\d+.*", f.text.strip())
        }
    )
    pool = [re.match(r"\d+", text).group() for text in pool]  # type: ignore[union-attr]
    pool = [text for text in pool if not any(text == f.text.strip() for f in ours)]
    if not ours or not pool:
        return None
    fact: Fact = rng.choice(ours)
    return sentence[: fact.start] + rng.choice(pool) + sentence[fact.end :]


def _abbreviation_near(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """An abbreviation put for another of the item's own texts."""
    ours = [f for f in facts(sentence) if f.kind == "abbreviation"]
    pool = sorted({f.text for text in _told(around) for f in facts(text) if f.kind == "abbreviation" and f.text.isupper()})
    ours = [f for f in ours if f.text.isupper()]
    pool = [short for short in pool if short not in {f.text for f in ours}]
    if not ours or not pool:
        return None
    fact = rng.choice(ours)
    return sentence[: fact.start] + rng.choice(pool) + sentence[fact.end :]


def _place(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """ "I Bruksåsen" put for another place of the organisation's reports."""
    name = r"[A-ZÅÄÖ][a-zåäö]+(?:sen|en|et|torp|berg|by|mo|lunda|den)"
    ours = list(re.finditer(rf"\b(?:i|på|vid) (?P<place>{name})\b", sentence))
    pool = sorted(
        {m.group("place") for item in around.others for m in re.finditer(rf"\b(?:i|på|vid) (?P<place>{name})\b", item.comment)}
    )
    pool = [place for place in pool if place not in sentence]
    if not ours or not pool:
        return None
    match = rng.choice(ours)
    return sentence[: match.start("place")] + rng.choice(pool) + sentence[match.end("place") :]


def _manner(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A word of manner that nobody said."""
    match = re.search(r"\b(?:har|är|blev|kom|hölls|startade|undertecknades|delades|gick)\b", sentence)
    return f"{sentence[: match.end()]} {rng.choice(_TURNED)}{sentence[match.end() :]}" if match else None


TURN_KINDS: dict[str, Plant] = {
    "part_turned": _part_turned,
    "share_for_figure": _share_for_figure,
    "done_for_planned": _done_for_planned,
    "planned_for_done": _planned_for_done,
    "hour_moved": _hour,
    "weekday_moved": swap(_WEEKDAYS),
    "verb_opposed": swap(_VERBS),
    "tie_changed": swap(_TIES),
    "scale_changed": swap(_SCALES),
    "actor_exchanged": _actor,
    "subject_crossed": _crossed,
    "figure_of_other_note": _figures_between,
    "abbreviation_near": _abbreviation_near,
    "place_moved": _place,
    "manner_added": _manner,
}
