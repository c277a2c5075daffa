"""What a note says took place, without a verb: "föreläsning 3 mars" becomes "en föreläsning hölls den 3 mars", "brand" "inträffade".

The date must have passed, or people must have come. Knows nothing of counts or predicates.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import MONTHS
from assistant.draft.language.nouns import article
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.subjects import lead_in, lowered, subject_of, time_of

_EVENT = (
    "möte|träff|workshop|konferens|(?<!års)kurs|föreläsning|seminarium|invigning|utbildning|utbildningsdag|temadag|"
    "halvdag|övning|genomgång|avstämning|uppföljningsmöte|call-in|lansering|uppstartsmöte|dialog|mässa|studiebesök|samråd|manifestation|föräldrakväll|informationskväll|temakväll|festival|medborgardialog|fortbildning|konsert|(?<!bo)läger|(?<!mani)fest|tävling|turnering|premiär|utställning"
    "|julmarknad|minnesstund|middag|hälsodag|öppet hus|-dag|-kväll"
)
_INCIDENT = "driftstopp|skyfall|storm|brand|olycka|inbrott|(?<!f)rån|skjutning|översvämning|strömavbrott|vattenläcka|slagsmål|bråk|incident|explosion"
_CHECK = "kontrollköp|tillsyn|tillsynsbesök|mätning|inspektion|skyddsrond|trygghetsvandring|stickprov|inventering|uppföljning"
_TOOK_PLACE = {_EVENT: "hölls", _INCIDENT: "inträffade", _CHECK: "gjordes"}
"""How one says that such a thing took place."""


def meeting(text: str, year: int, *, attended: bool = False) -> tuple[str, str] | None:
    """ "första gemensamma möte" and "den 14 april": something that takes place, with a date that has passed.

    ``attended`` where the note counts who came, so that a date which may lie ahead does not.
    """
    match = re.match(
        rf"^(?P<what>(?:[\wåäö-]+ ){{0,3}}?[\wåäö-]*(?:{'|'.join(_TOOK_PLACE)})(?:e?[nt])?(?: [^,;:.]*?)??)"
        rf" (?P<rest>(?:den \d|i (?:{'|'.join(MONTHS)})\b|under\b|med\b|vecka \d).*)$",
        text,
        re.IGNORECASE,
    )
    passed = ("past", "unknown") if attended else ("past",)
    return (match.group("what"), match.group("rest")) if match and time_of(match.group("rest"), year) in passed else None


def held(what: str, rest: str, topic: str, vocabulary: Vocabulary) -> str:
    """The sentence that says an event took place."""
    words = what.split()
    if words[0].lower() in ("första", "andra", "sista", "tredje") and len(words) > 1:
        neuter = article(words[-1]) == "ett"
        known = words[-1].endswith(("et", "en")) and not neuter
        definite = words[-1] if known else words[-1] + ("t" if neuter and words[-1].endswith("e") else "et" if neuter else "en")
        neuter = neuter or (known and words[-1].endswith("et"))
        subject = " ".join(["det" if neuter else "den", *words[:-1], definite]) if not words[-1].endswith("um") else what
    else:
        subject = subject_of(what, vocabulary)
    verb = next(
        (said for names, said in _TOOK_PLACE.items() if re.search(rf"(?:{names})(?:e?[nt])?(?: |$)", what, re.IGNORECASE)), "hölls"
    )
    return f"{lead_in(topic, vocabulary)} {verb} {lowered(subject, vocabulary)} {rest}" if topic else f"{subject} {verb} {rest}"
