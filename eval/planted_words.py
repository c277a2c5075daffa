"""Errors of wording planted in correct sentences: another noun, another quantity in words, a plan told as done, a turn of phrase that
changes what is said. Each kind a rule with a seed; all written after the checker and first measured as it stood.

Knows texts and facts only; what the check does is not known here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

from assistant.draft.language.facts import MONTHS, NUMBER_WORDS, Fact, facts, same_date
from assistant.draft.language.wording import content_stems, matched
from assistant.draft.staleness import is_norm
from corpus.commitments import find
from corpus.sentences import split
from corpus.verbs import readings, verbs
from eval.planted import Plant, Surroundings

_WORD_OF = {value: word for word, value in NUMBER_WORDS.items() if value <= 20}


def swap(table: Mapping[str, Sequence[str]]) -> Plant:
    """A plant that puts another word of ``table`` for one that it finds."""
    found = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, table), key=len, reverse=True)) + r")\b", re.IGNORECASE)

    def plant(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
        places = list(found.finditer(sentence))
        if not places:
            return None
        place = rng.choice(places)
        other = rng.choice(table[place.group().lower()])
        if place.group()[0].isupper():
            other = other[:1].upper() + other[1:]
        return (sentence[: place.start()] + other + sentence[place.end() :]).replace("  ", " ")

    return plant


def pairs(*rows: str) -> dict[str, list[str]]:
    """ "a/b/c" makes each the others' replacement."""
    table: dict[str, list[str]] = {}
    for row in rows:
        words = row.split("/")
        for word in words:
            table[word] = [other for other in words if other != word]
    return table


_QUANTITY = pairs("alla/några/de flesta", "samtliga/flera/vissa", "båda/en av", "flera/alla", "hälften/en tredjedel", "varje/nästan varje",
                   "majoriteten/hälften", "flertalet/alla", "hela/delar av", "enstaka/många", "var fjärde/var tredje")  # fmt: skip
_UNITS = pairs("kronor/euro", "tusen kronor/miljoner kronor", "procent/procentenheter", "dagar/veckor", "veckor/månader", "månader/år",
                "timmar/dagar", "gånger/timmar", "arbetsdagar/veckor", "minuter/timmar", "år/månader")  # fmt: skip
_PEOPLE = pairs("ungdomar/barn", "familjer/personer", "elever/lärare", "män/kvinnor", "flickor/pojkar", "föräldrar/elever", "chefer/medarbetare",
                 "medarbetare/chefer", "handläggare/chefer", "barn/vuxna", "äldre/yngre", "enheter/förvaltningar", "skolor/förskolor",
                 "butiker/restauranger", "föreningar/företag", "personer/familjer", "par/familjer", "ärenden/anmälningar",
                 "utredningar/ansökningar", "insatser/utbildningar", "lokaler/fordon", "kontroller/utbildningar")  # fmt: skip
_BODIES = pairs("polisen/regionen", "skolan/polisen", "kommunen/staten", "nämnden/kommunstyrelsen", "socialnämnden/kommunfullmäktige",
                 "förvaltningen/regionen", "regionen/kommunen", "skolorna/fritidsgårdarna", "fritidsgården/skolan", "fältgruppen/polisen",
                 "hemtjänsten/regionen", "socialtjänsten/polisen", "styrgruppen/nämnden", "enhetschefen/rektorn", "biblioteket/skolan",
                 "familjeenheten/vuxenenheten", "ungdomsenheten/vuxenenheten", "juristerna/politikerna", "skolkurator/skolsköterska")  # fmt: skip
_COMPARED = pairs("före/efter", "innan/efter", "högst/minst", "drygt/knappt", "mer/mindre", "längre/kortare", "bättre/sämre",
                   "fler/färre", "ökat/minskat", "högre/lägre", "först/sist", "tidigare/senare", "bäst/sämst", "mest/minst", "oftare/mer sällan",
                   "stor/liten", "stort/litet", "ökade/minskade", "sen/tidig", "senare/tidigare", "tidigast/senast", "senast/tidigast",
                   "första/andra", "norr/söder", "mindre/mer")  # fmt: skip
_STATES = pairs("pågår/är avslutad", "påbörjades/slutfördes", "påbörjats/slutförts", "planeras/genomförs", "diskuteras/är beslutad", "erbjuds/får",
                 "startade/planerades", "kan/ska", "bjuds in/deltar", "prövas/används", "antogs/föreslogs", "antagits/föreslagits",
                 "beslutade/diskuterade", "finns/saknas", "är klar/är försenad", "blev klar/påbörjades", "gäller/upphör", "hölls/ställdes in",
                 "hållits/ställts in", "fullföljde/avbröt", "löst/olöst", "lösts/skjutits upp", "stoppats/godkänts", "undertecknades/förhandlas",
                 "fortsätter/upphör", "sker/upphör", "används/avvecklas", "deltar/avstår", "följer med/deltar inte", "kvitteras/lämnas ut",
                 "nöjda/missnöjda", "oförändrade/ändrade", "ändras/behålls", "vilande/i gång", "vakant/tillsatt", "svarade/avstod")  # fmt: skip
_OFTEN = pairs("varje vecka/varje månad", "varannan vecka/varje vecka", "en gång i månaden/en gång i veckan", "per år/per månad",
                "två gånger/fyra gånger", "sex möten/tolv möten", "varje år/vartannat år", "varje dag/varje vecka", "samma dag/samma vecka",
                "alltid/ofta", "regelbundet/ibland", "årligen/månatligen", "rutinmässigt/vid misstanke", "dagligen/varje vecka")  # fmt: skip
_SEASON = pairs("våren/hösten", "vår/höst", "sommaren/vintern", "höstterminen/vårterminen", "sommarlovet/jullovet", "vintern/sommaren",
                 "midsommar/årsskiftet", "vardagar/helger", "helger/vardagar", "kvällstid/dagtid", "kvällar/dagar")  # fmt: skip
_TAILS = (
    " tack vare ett nära samarbete med polisen.", " eftersom efterfrågan har varit stor.", " och arbetet fortsätter under nästa år.",
    ", vilket är fler än målet.", " och resultatet har utvärderats.", " i samtliga stadsdelar.", " med stöd av statsbidrag.",
    ", men behovet är större.", " på chefernas initiativ.", " och har spridits till andra förvaltningar.",
)  # fmt: skip
_HEADS = ("Tack vare riktade medel: ", "Enligt revisionen gäller att ", "Som en följd av kritik från IVO: ")


def _figure_elsewhere(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A figure put for another that stands in the notes or in last year's comment, of the same form."""
    ours = [fact for fact in facts(sentence) if fact.kind == "number" and fact.text.isdigit()]
    texts = [*around.notes, *(item.comment for item in around.history[-1:])]
    pool = [fact for text in texts for fact in facts(text) if fact.kind == "number" and fact.text.isdigit()]
    return _other(sentence, ours, pool, rng)


def _other(sentence: str, ours: Sequence[Fact], pool: Sequence[Fact], rng: random.Random) -> str | None:
    here = {fact.value for fact in ours}
    others = sorted({fact.text.strip() for fact in pool if fact.value not in here})
    if not ours or not others:
        return None
    fact = rng.choice(list(ours))
    return sentence[: fact.start] + rng.choice(others) + sentence[fact.end :]


def _number_word(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A figure written as another number in words, or a number word as another figure."""
    for fact in facts(sentence):
        if fact.kind == "number" and fact.value.isdigit() and 2 <= int(fact.value) <= 18:
            new = int(fact.value) + rng.choice([-1, 1, 2])
            written = _WORD_OF.get(new) if fact.text.isdigit() else str(new)
            return sentence[: fact.start] + str(written) + sentence[fact.end :] if written else None
    return None


def _month_near(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    places = list(re.finditer(r"\b(?:" + "|".join(MONTHS) + r")\b", sentence))
    if not places:
        return None
    place = rng.choice(places)
    at = MONTHS.index(place.group())
    return sentence[: place.start()] + MONTHS[(at + rng.choice([-1, 1])) % 12] + sentence[place.end() :]


def _date_elsewhere(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    kinds = ("date", "month", "season")
    for kind in kinds:
        ours = [fact for fact in facts(sentence) if fact.kind == kind]
        right = [fact for text in (sentence, *around.notes) for fact in facts(text)]
        pool = [
            fact
            for item in around.history
            for fact in facts(item.comment)
            if fact.kind == kind and not any(same_date(fact, other) for other in right)  # else it may be right here too
        ]
        if ours and pool:
            return _other(sentence, ours, pool, rng)
    return None


def _name_near(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A name put for another that stands in this item's own texts."""
    ours = [fact for fact in facts(sentence) if fact.kind == "name"]
    pool = [
        fact
        for text in (*around.notes, *(item.comment for item in around.history))
        for fact in facts(text)
        if fact.kind == "name" and len(fact.text) > 3 and not any(fact.value[:4] == own.value[:4] for own in ours)
    ]
    return _other(sentence, ours, pool, rng)


_NO_SUBJECTS = frozenset(
    """i på av för till med från hos om under över mellan vid ur mot genom utan efter före sedan enligt när som den det de dem dessa detta han hon vi
    här där då nu hittills vidare sammantaget dessutom även däremot kvar""".split()
)


def _plan_done(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A promise of last year told as kept: "ska tas fram" becomes "har tagits fram"."""
    done = []
    for item in around.history[-1:]:
        for promise in find(item.comment, item.year):
            match = re.search(r"\b(?:ska|kommer att|planeras) (?P<verb>[^\W\d_]+)", promise.text)
            form = next((one for one in readings(match.group("verb")) if one.tense == "infinitive"), None) if match else None
            if match and form is not None and form.infinitive in verbs():
                supine = verbs()[form.infinitive].supine + ("s" if form.passive else "")
                done.append(promise.text[: match.start()] + f"har {supine}" + promise.text[match.end() :])
    return rng.choice(done) if done else None


def _outcome_invented(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A promise that no note is about, told as kept."""
    noted = {one for note in around.notes for one in content_stems(note)}
    subjects = []
    for item in around.history[-1:]:
        for promise in find(item.comment, item.year):
            subject = re.split(r" (?:ska|kommer|planeras|är|väntas|återstår|pågår)\b", promise.text)[0]
            stems = content_stems(subject)
            if subject != promise.text and 0 < len(subject.split()) <= 8 and stems and not matched(stems, noted):
                subjects.append(subject)
    return rng.choice(subjects) + rng.choice([" är på plats.", " har genomförts.", " kom i gång under året."]) if subjects else None


def _stale_now(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A sentence of last year with a figure, told as this year's."""
    old = [
        s.text
        for item in around.history[-1:]
        for s in split(item.comment)
        if any(f.kind in ("number", "percent", "amount") and not is_norm(s.text, f) for f in facts(s.text))
        and s.text[0].isupper()
        and " " in s.text
    ]
    if not old:
        return None
    text = rng.choice(old)
    match = re.match(r"(?P<subject>[^,]+?) (?P<verb>har|är|hade|var|fick|svarade|deltog) (?P<rest>.+)$", text, re.DOTALL)
    if match is None:
        return None
    return f"I år {match.group('verb')} {match.group('subject')[0].lower()}{match.group('subject')[1:]} {match.group('rest')}"


def is_subject(front: str) -> bool:
    """Whether the words before a verb name whom or what it is about: no time, no pronoun, no phrase with a preposition."""
    first = next(iter(front.lower().split()), "")
    return first not in _NO_SUBJECTS and bool(content_stems(front)) and not re.search(r"[,:]", front)


def _subject_swapped(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """The front of one of last year's sentences, the back of this one."""
    verb = re.search(r" (?:har|är|finns|får|kan|deltar|används|samlar|omfattar) ", sentence)
    fronts = []
    for item in around.history[-1:]:
        for other in split(item.comment):
            match = re.match(r"(?P<front>[A-ZÅÄÖ][^,.:;]{3,50}?) (?:har|är|finns|får|kan|deltar|används) ", other.text)
            if match and match.group("front")[:6] != sentence[:6] and is_subject(match.group("front")):
                fronts.append(match.group("front"))
    own = verb is not None and is_subject(sentence[: verb.start()])
    return rng.choice(fronts) + sentence[verb.start() :] if verb and own and fronts else None


def _tail(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    return sentence.rstrip(".") + rng.choice(_TAILS) if sentence.endswith(".") and not sentence.endswith("..") else None


def _head(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    return rng.choice(_HEADS) + sentence[0].lower() + sentence[1:] if sentence.endswith(".") else None


def _mixed(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """The last words of a sentence put for those of another item's."""
    others = [s.text for item in around.others for s in split(item.comment) if len(s.text.split()) > 8 and "," not in s.text]
    if not others or len(sentence.split()) < 8:
        return None
    half, other = sentence.split(), rng.choice(others).split()
    return " ".join([*half[: len(half) // 2], *other[len(other) // 2 :]])


def _denied(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """ "inte" by other words."""
    turned = swap({"har": ["har aldrig", "har knappast", "har ännu inte"], "finns": ["finns ingen", "finns inga", "saknas"],
                    "är": ["är inte", "är ännu inte", "är aldrig"], "får": ["får inte", "får aldrig"], "kan": ["kan inte"],
                    "med": ["utan"], "deltar": ["deltar inte", "vägrar delta"], "alla": ["inga"], "en": ["ingen"], "ett": ["inget"]})  # fmt: skip
    if re.search(r"\b(?:inte|ej|ingen|inga|inget|aldrig|utan|saknas?)\b", sentence):
        return None
    return turned(sentence, around, rng)


def _affirmed(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A denial taken away by other words."""
    return swap({"saknas": ["finns"], "saknar": ["har"], "utan": ["med"], "ingen": ["en"], "inga": ["flera"], "inget": ["ett"],
                  "aldrig": ["alltid", "ofta"], "inte": [""], "ej": [""], "varken": ["både"], "oförändrat": ["förändrat"]})(sentence, around, rng)  # fmt: skip


def _fraction(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    """A part told as the whole: "9 av 11" as "alla 11" or as its rest."""
    match = re.search(r"\b(\d+) av (\d+)\b", sentence)
    if match is None or match.group(1) == match.group(2):
        return None
    part, whole = int(match.group(1)), int(match.group(2))
    new = rng.choice([f"samtliga {whole}", f"{whole - part} av {whole}", f"{part} av {whole + 1}"])
    return sentence[: match.start()] + new + sentence[match.end() :]


def _percent_dropped(sentence: str, around: Surroundings, rng: random.Random) -> str | None:
    match = re.search(r"(\d+) procent(?:enheter)?\b(?: av)?", sentence)
    return sentence[: match.start()] + f"{match.group(1)} stycken" + sentence[match.end() :] if match else None


WORD_KINDS: dict[str, Plant] = {
    "figure_elsewhere": _figure_elsewhere,
    "number_word": _number_word,
    "month_near": _month_near,
    "date_elsewhere": _date_elsewhere,
    "season_swapped": swap(_SEASON),
    "name_near": _name_near,
    "quantity_swapped": swap(_QUANTITY),
    "unit_swapped": swap(_UNITS),
    "people_swapped": swap(_PEOPLE),
    "body_swapped": swap(_BODIES),
    "comparison_turned": swap(_COMPARED),
    "state_changed": swap(_STATES),
    "rhythm_changed": swap(_OFTEN),
    "plan_told_as_done": _plan_done,
    "outcome_invented": _outcome_invented,
    "stale_told_as_now": _stale_now,
    "subject_swapped": _subject_swapped,
    "tail_invented": _tail,
    "cause_invented": _head,
    "halves_mixed": _mixed,
    "denied_otherwise": _denied,
    "affirmed_otherwise": _affirmed,
    "fraction_changed": _fraction,
    "percent_dropped": _percent_dropped,
}
