"""Changes of a note as clauses with a verb: "väntetid 3 → 2 veckor" becomes "väntetiden har minskat från 3 till 2 veckor".

The direction is read off the two figures; where they cannot be compared nothing is said of it. Knows nothing of other clauses.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import MONTHS, figure_value
from assistant.draft.language.nouns import definite_form, is_measure, is_people, is_plural_noun, is_unit_of_measure
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.subjects import lead_in, lowered, topic_of
from assistant.draft.notes.words import ADJECTIVES, participle
from corpus.tense import main_verb
from corpus.verbs import readings

_FIGURE = r"\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?"
_UNIT = r"procentenheter|procent|(?:tusen|miljoner|miljarder) kronor|kronor"
_BETWEEN = re.compile(
    rf"^(?P<subject>.*?)\s*\b(?<!årskurs )(?<!vecka )(?<!klass )(?<!nummer )(?<!\d–)"
    rf"(?P<before>(?:{_FIGURE})(?: (?:{_UNIT}|(?-i:[a-zåäö]+)))?|hälften|en tredjedel|en fjärdedel|inga?|noll)"
    rf" → (?P<after>{_FIGURE}|hälften)(?: (?P<unit>{_UNIT}|[^\W\d_]+))?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_MOVED = re.compile(r"^(?P<what>\D+?) flytta(?P<form>t|d|de)s? (?:från )?(?P<old>[^\d→]+?) → (?P<new>[^\d→].*)$", re.DOTALL)
_LATE = re.compile(r"^(?P<what>\D+?) (?P<how>(?:försena|uppskjut|framflytta|senarela)\w*)$")
_WAY = re.compile(r" (?P<way>upp|ner|ned)$")
_DAY = re.compile(rf"\d{{1,2}} (?:{'|'.join(MONTHS)})")
_TIME_UNIT = re.compile(r"^(?:år|månad(?:er)?|vecka|veckor|dag(?:ar)?|vardagar|arbetsdagar|timmar|timme|minut(?:er)?|dygn)$")
_LED_TO = re.compile(r"^(?:färre|fler|mer|mindre|bättre|sämre|längre|kortare|högre|lägre|öka[dt]|minska[dt]|ingen|inga|inget)\b")
_BECAME = re.compile(r"^(?:en|ett|ny|nytt|nya|fast|fasta|egen|eget|egna|gemensam\w*|permanent\w*)\b")
_PLACE = re.compile(r"^[A-ZÅÄÖ][^\W\d_]*(?:skolan|gården|hemmet|huset|centrum|biblioteket|torget|parken|hallen|boendet)\b")
_ANY_TIME = re.compile(r"^(?:sedan|från|under|i|till|per|av|inom|för|den|jämfört|på|hos|vid)$")


def change(text: str, topic: str, vocabulary: Vocabulary) -> str:
    """The clause ``text``, which holds an arrow, as a sentence without its full stop; ``topic`` is what stood before a colon, or ""."""
    moved, match = _MOVED.match(text), _BETWEEN.match(text)
    lead = f"{lead_in(topic, vocabulary)} " if topic else ""
    if moved is not None:
        what = topic_of(moved["what"], vocabulary)
        verb = "flyttat" if moved["form"] == "t" else "flyttats"
        return _ordered(lead, lowered(what, vocabulary) if lead else what, verb, f"från {moved['old']} till {moved['new']}")
    if match is None:
        return _without_figures(text, topic, lead, vocabulary)
    if _DAY.fullmatch(match.group("before")):
        return _came_of_it(text, topic)  # "med sedan den 1 maj → 4 kommuner nu"
    before, after, unit, rest = match.group("before"), match.group("after"), match.group("unit") or "", match.group("rest")
    if _ANY_TIME.match(unit.lower()):
        unit, rest = "", f" {unit}{rest}"
    first = rest.split()[0].strip(",") if rest.strip() else ""
    said = (first,) if rest.strip() else (unit.lower(),)
    if any(word and (participle(word) is not None or word in ADJECTIVES) for word in said):
        return f"{topic}: {text}" if topic else text  # "4 lokaler → 2 åtgärdade": not one figure that changed
    own = re.sub(
        r" (?:(?:ner|ned|upp|höj[dt]a?|sänk[tn]a?|ökad?|minskad?|utökad?) ?)?(?:från)?$",
        "",
        match.group("subject").strip().rstrip(":"),
    )
    unit_before = re.sub(rf"^(?:{_FIGURE})\s?", "", before)
    if (own or topic) and unit_before and unit and unit_before != unit:
        return _came_of_it(text, topic)  # "44 elever → 26 bättre närvaro": not one figure that changed
    if not own and not topic and unit.endswith("a") and re.match(r"^ [^\W\d_]+(?: \(|,|$)", rest):
        noun, _, more = rest.strip().partition(" ")
        return f"antalet {unit} {noun} har {_verb(before, match.group('after'))} från {before} till {match.group('after')} {more}".strip()
    if not own and not topic and unit_before and unit and unit_before != unit:
        return f"{before} har lett till {after} {unit}{rest}"
    return _told(
        f"{topic} {own}".strip() if topic and not own else own or topic, topic if own else "", before, after, unit, rest, vocabulary
    )


def _without_figures(text: str, topic: str, lead: str, vocabulary: Vocabulary) -> str:
    """ "strategen → HR-avdelningen", "försenad → mars", "drog sig ur → Balansen föreläser"."""
    before, _, after = text.partition(" → ")
    own_verb = any(main_verb(part).tense != "none" for part in (before, after)) or readings(after.split()[0] if after else "")
    if own_verb or re.search(r"\binte\b", before):
        return _came_of_it(text, topic)
    if _PLACE.match(after) and before.islower():
        return f"{topic + ': ' if topic else ''}{before} till {after}"  # "matlådor → Vallaskolan" have not become the school
    late, way = _LATE.match(before), _WAY.search(before)
    if late and not topic:
        return f"{late['what']} är {late['how']} till {after.removeprefix('i ')}"
    if way is None and not (_LED_TO.match(after) or re.match(r"\d", before) or re.match(r"\d", after)) and not _BECAME.match(after):
        place = after[:1].isupper() or (len(after.split()) == 1 and after not in ADJECTIVES and participle(after) is None)
        return f"{topic + ': ' if topic else ''}{before} till {after}" if place and "," not in text else _came_of_it(text, topic)
    verb = f"gått {way['way']} till" if way else "blivit" if _BECAME.match(after) else "lett till"
    before = before[: way.start()] if way else before
    return _ordered(lead, lowered(before, vocabulary) if lead else before, verb, after.replace(" → ", " till "))


def _came_of_it(text: str, topic: str) -> str:
    """What is told on both sides of the arrow, beside each other: neither has become the other."""
    whole = text.replace(" → ", ", ")
    return f"{topic}: {whole}" if topic else whole


def _told(subject: str, topic: str, before: str, after: str, unit: str, rest: str, vocabulary: Vocabulary) -> str:
    first, verb = subject.split()[0] if subject else "", _verb(before, after)
    figure = re.match(_FIGURE, before)
    same = figure is not None and unit and before[figure.end() :].strip() == unit
    span = f"från {figure.group() if same and figure else before} till {after}"
    lead = f"{lead_in(topic, vocabulary)} " if topic else ""
    if not subject and unit == "procent":
        return f"andelen har {verb} {span} {unit}{rest}"
    if not subject:
        return f"antalet {unit} har {verb} {span}{rest}" if is_plural_noun(unit) else f"det har {verb} {span} {unit}".strip() + rest
    known = lowered(topic_of(subject, vocabulary), vocabulary)
    if (
        is_measure(first)
        or (first.lower().endswith(("tid", "tiden")) and definite_form(first))
        or first.lower().startswith("antal")
    ):
        return _ordered(lead, known, verb, f"{span} {unit}".strip() + rest)
    if unit.endswith("kronor") or is_unit_of_measure(unit.lower()):
        return _ordered(lead, known, verb, f"{span} {unit}{rest}")
    if unit == "procent" and is_people(first) and known.endswith(("n", "t")):
        return _ordered(lead, known, "gått", f"{span} {unit}{rest}")  # a post, by how much of one
    if unit == "procent" or before == "hälften" or after == "hälften":
        return f"när det gäller {known} har andelen {verb} {span} {unit}".strip() + rest
    if _TIME_UNIT.match(unit.lower()):
        if rest.startswith(" per ") or definite_form(first) or known.endswith(("en", "et")):
            return _ordered(lead, known, verb, f"{span} {unit}{rest}")
        return f"när det gäller {known} har tiden {verb} {span} {unit}{rest}"
    if not unit or unit.lower() == "stycken":
        if is_plural_noun(subject.split()[-1]):
            return _ordered(lead, f"antalet {lowered(subject, vocabulary)}", verb, f"{span}{rest}")
        return _ordered(lead, known, verb, f"{span}{rest}")
    if known != lowered(subject, vocabulary) or first.lower() in vocabulary.names or first.endswith(("en", "et", "an")):
        return _ordered(lead, known, verb, f"{span} {unit}{rest}")
    return f"när det gäller {known} har antalet {unit} {verb} {span}{rest}"


def _ordered(lead: str, subject: str, verb: str, rest: str) -> str:
    return f"{lead}har {subject} {verb} {rest}" if lead else f"{subject} har {verb} {rest}"


def _verb(before: str, after: str) -> str:
    """ "ökat" or "minskat" where both are figures, else "gått"."""
    numbers = [re.match(_FIGURE, text) for text in (before, after)]
    if None in numbers:
        return "gått"
    first, second = (figure_value(match.group()) for match in numbers if match)
    return "ökat" if second > first else "minskat" if second < first else "gått"
