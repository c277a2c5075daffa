"""Words of a note that have no verb, as sentences where they name something that took place, is there or came of it.

"avtal med en ny leverantör" is there, "avslag" came of it, "start den 15 mars" is when something began. All else stays as it stands. Knows
nothing of clauses with a verb, a participle or a count.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import NEGATIONS
from assistant.draft.language.nouns import article, event_verb, happens
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.events import held, meeting
from assistant.draft.notes.predicates import agreeing, line
from assistant.draft.notes.subjects import lead_in, named_thing, subject_of, time_of, topic_of
from corpus.verbs import has_tense, readings

_STARTS = re.compile(r"^start (?P<when>(?:tidigast |senast )?(?:den|i|under|vecka|hösten|våren|(?:19|20)\d\d)\b.*)$", re.IGNORECASE)
_STARTS_OF = re.compile(r"^(?P<what>[^\W\d_][^\d,:;()]{2,39}?) (?P<start>start (?:den|i|under|vecka) .*)$")
_HARD = re.compile(
    r"^(?:(?P<adverb>fortfarande|fortsatt|ännu|nu) )?(?P<word>svårt|lätt) (?:att )?(?P<rest>(?P<verb>[^\W\d_]+)\b.*)$"
)
_HARD_TO = re.compile(r"^(?P<what>[^\d,:;()]{3,40}?) (?P<rest>(?:fortfarande |fortsatt |ännu |nu )?(?:svårt|lätt) .+)$")
_MOVED = re.compile(r"^(?P<what>[^\d,:;]+?) (?P<rest>(?:ner|ned|upp) (?:från \d.* )?till \d.*)$")
_WENT = re.compile(r"^(?P<what>[^\d,:;()]+?) (?P<way>upp|ner|ned)(?P<rest>(?: \([^()]*\))?)$")
_SHARE_HAS = re.compile(
    r"^(?P<what>[^\d.,:;()]{3,40}?) (?P<where>(?:på|i|hos|vid) "
    r"(?:(?:alla )?\d+(?: av (?:de )?\d+)?|alla|samtliga) (?!år|månad|veck|dag|tim|procent)[^\W\d_].*)$"
)
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
    if not topic and not follows and (alone := _so_it_is(text)):
        return alone, True
    came = bool(re.search(r"\d (?:deltagare|besökare|personer|elever|[^\W\d_]+ade)\b", text))
    taking_place = meeting(text, year, attended=came)
    if taking_place:
        return held(*taking_place, topic, vocabulary), True
    if (too := re.match(r"^för (?:få|många|lite|litet|mycket|sent|dyrt|dåligt)\b(?P<what>.*)$", text)) and not topic:
        used = any(form.tense == "participle" for form in readings(too.group("what").strip()))
        return (text, False) if used and follows else (f"det var {text}", True)
    share = _SHARE_HAS.match(text)
    if share and " att " not in share["what"] and not topic and not follows and not _takes_place(share.group("what")):
        return f"{subject_of(share.group('what'), vocabulary)} finns {share.group('where')}", True
    if share and not topic and not follows and (done := event_verb(share["what"]) or event_verb(f"{share['what']}ar")):
        return f"{share['what']} har {done} {share['where']}", True
    if (way := _WENT.match(text)) and not topic and not follows:
        return f"{subject_of(way['what'], vocabulary)} har gått {way['way']}{way['rest']}", True
    moved = _MOVED.match(text)
    if moved:
        said = f"har gått {moved.group('rest')}"
        return f"{topic_of(moved.group('what'), vocabulary)} {said}", True
    if named := named_thing(topic):
        return f"{named} är {text}", True
    if re.match(r"^(?:ny|nytt|nya) [^\W\d_]", topic, re.IGNORECASE) and text[0].islower():
        return f"{topic} är {text}", True
    if topic.lower() in ("nytt", "ny", "nya"):
        one = topic.lower() == "nya" and text[0].isupper() and " och " not in text
        return (f"{_indefinite(text)} är ny" if topic.lower() == "ny" else f"{'ny' if one else topic.lower()} är {text}"), True
    if topic and _CAME_OF_IT.match(text):
        return f"{lead_in(topic, vocabulary)} blev det {text}", True
    if there_is(text) and not follows:
        return f"{lead_in(topic, vocabulary) if topic else 'det'} finns {_indefinite(text)}", True
    if text.startswith("samma ") and not topic and not follows:
        return f"det är {text}", True
    if text.startswith("nu även ") and follows:
        return f"och finns {text}", False
    hard = _HARD.match(text)
    if not topic and (bare := _HARD_TO.match(text)):
        topic, hard = bare.group("what"), _HARD.match(bare.group("rest"))
    if hard and topic and has_tense(hard.group("verb"), "infinitive"):
        word = agreeing(hard.group("word"), topic) if hard.group("word") == "svårt" else hard.group("word")
        return line(topic_of(topic, vocabulary), "är", hard.group("adverb") or "", word, "att", hard.group("rest")), True
    opened = _STARTS_OF.match(text)
    if opened and not topic and not follows and (begins := started(opened["what"], opened["start"], vocabulary, year)):
        return begins, True
    start = _STARTS.match(text)
    if start and not topic and not follows:
        when = time_of(start.group("when"), year)
        return f"starten {'var' if when == 'past' else 'är'} {start.group('when')}", True
    return (f"{topic}: {text}" if topic else text), False


def _so_it_is(text: str) -> str:
    """ "fler unga än tidigare", "svårt att nå föräldrar" and "avslag från staten" with "det är" and "det blev" before them; "" for others."""
    if _MORE_OR_HARD.match(text):
        return f"det är {text[0].lower()}{text[1:]}"
    return f"det blev {text}" if _ANSWERED.match(text) else ""


_MORE_OR_HARD = re.compile(
    r"^(?:fortfarande )?(?:fler|färre) (?!än\b|på\b)[^\W\d_]|^(?:Fler|Färre) än\b"
    r"|^(?:fortfarande |fortsatt )?(?:[Ss]vårt|[Ll]ätt|[Vv]iktigt) att [^\W\d_]"
)
_ANSWERED = re.compile(r"^(?:avslag|bifall|klartecken|stopp) (?:från|av|i|på)\b", re.IGNORECASE)


def _takes_place(what: str) -> bool:
    """Whether something takes place and is not there (an event, an incident, what somebody does), or is denied."""
    if any(word in NEGATIONS for word in what.lower().split()):
        return True
    return happens(what) or what.endswith(("ande", "ende")) or event_verb(what) is not None or event_verb(f"{what}ar") is not None


def _indefinite(text: str) -> str:
    first = text.split()[0]
    gender = {"ny": "en", "nytt": "ett"}.get(first) or article(first)
    return f"{gender} {text}" if gender and first[0].islower() else text
