"""Words of a note that have no verb, as sentences where they name something that took place, is there or came of it.

"avtal med en ny leverantör" is there, "avslag" came of it, "start den 15 mars" is when something began. All else stays as it stands. Knows
nothing of clauses with a verb, a participle or a count.
"""

from __future__ import annotations

import re

from assistant.draft.note_predicates import agreeing, held, line, meeting
from assistant.draft.note_subjects import lead_in, subject_of, time_of, topic_of
from assistant.draft.nouns import article
from assistant.draft.vocabulary import Vocabulary
from corpus.verbs import has_tense

_STARTS = re.compile(r"^start (?P<when>(?:tidigast |senast )?(?:den|i|under|vecka|hösten|våren|(?:19|20)\d\d)\b.*)$", re.IGNORECASE)
_HARD = re.compile(
    r"^(?:(?P<adverb>fortfarande|fortsatt|ännu|nu) )?(?P<word>svårt|lätt) (?:att )?(?P<rest>(?P<verb>[^\W\d_]+)\b.*)$"
)
_MOVED = re.compile(r"^(?P<what>[^\d,:;]+?) (?P<rest>(?:ner|ned|upp) från \d.* till \d.*)$")
_CAME_OF_IT = re.compile(r"^(?:avslag|nej|ja|bifall|stopp|klartecken|avtal|överklagande)\b(?: [^,]*)?$", re.IGNORECASE)
_THERE_IS = re.compile(
    r"^(?:(?:fortfarande|nu|även|en|ett|nya?|nytt|viss|gemensamt?|stor) )*[^\W\d_]*(?:arbete|avtal|samverkan|dialog|kontakt(?:er)?"
    r"|beslut|förslag|brist(?:er)?|behov|överenskommelser?|planer|plan|rutin(?:er)?|stöd|intresse|lista|nätverk)"
    r" (?:med|om|på|för|av|mellan|till|att|från)\b",
    re.IGNORECASE,
)


def there_is(text: str) -> bool:
    """Whether ``text`` names an agreement, a plan, a need …, of which one says that there is one."""
    return bool(_THERE_IS.match(text))


def started(subject: str, start: str, vocabulary: Vocabulary, year: int) -> str | None:
    """ "nytt forum" and "start den 15 mars" as one sentence; None where ``start`` names no start."""
    match = _STARTS.match(start)
    if match is None:
        return None
    verb = {"past": "startade", "future": "startar"}.get(time_of(match.group("when"), year), "har start")
    return f"{subject_of(subject, vocabulary)} {verb} {match.group('when')}"


def fragment(text: str, topic: str, vocabulary: Vocabulary, year: int, follows: bool) -> tuple[str, bool]:
    """Words without a verb of their own: what took place, what there is, what came of it; else as they stand."""
    taking_place = meeting(text, year)
    if taking_place:
        return held(*taking_place, topic, vocabulary), True
    if re.match(r"^för (?:få|många|lite|mycket|sent|dyrt)\b", text) and not topic:
        return f"det var {text}", True
    moved = _MOVED.match(text)
    if moved:
        said = f"har gått {moved.group('rest')}"
        return f"{topic_of(moved.group('what'), vocabulary)} {said}", True
    if re.match(r"^(?:ny|nytt|nya) [^\W\d_]", topic, re.IGNORECASE):
        return f"{topic} är {text}", True
    if topic.lower() in ("nytt", "ny", "nya"):
        return (f"nytt är {text}" if topic.lower() == "nytt" else f"{_indefinite(text)} är {topic.lower()}"), True
    if topic and _CAME_OF_IT.match(text):
        return f"{lead_in(topic, vocabulary)} blev det {text}", True
    if there_is(text) and not follows:
        return (f"{lead_in(topic, vocabulary)} finns {text}" if topic else f"det finns {_indefinite(text)}"), True
    if text.startswith("nu även ") and follows:
        return f"och finns {text}", False
    hard = _HARD.match(text)
    if hard and topic and has_tense(hard.group("verb"), "infinitive"):
        word = agreeing(hard.group("word"), topic) if hard.group("word") == "svårt" else hard.group("word")
        return line(topic_of(topic, vocabulary), "är", hard.group("adverb") or "", word, "att", hard.group("rest")), True
    start = _STARTS.match(text)
    if start and not topic and not follows:
        when = time_of(start.group("when"), year)
        return f"starten {'var' if when == 'past' else 'är'} {start.group('when')}", True
    return (f"{topic}: {text}" if topic else text), False


def _indefinite(text: str) -> str:
    first = text.split()[0]
    gender = article(first)
    return f"{gender} {text}" if gender and first[0].islower() else text
