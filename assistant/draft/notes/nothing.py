"""What a note says that there is none of: "inga återkallelser" becomes "inga återkallelser har skett", "ingen mätning gjord" "ingen mätning har gjorts".

Knows nothing of counts.
"""

from __future__ import annotations

import re

from assistant.draft.language.facts import MONTHS
from assistant.draft.language.nouns import event_verb, happens
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.predicates import line
from assistant.draft.notes.subjects import lead_in
from assistant.draft.notes.words import participle
from corpus.verbs import Form, verb_of


def none_sentence(clause: Clause, topic: str, vocabulary: Vocabulary) -> str:
    """ "inga återkallelser" and "inget klart" as sentences."""
    match = re.match(r"^(?P<none>ing\w+(?: (?:nya|ny|nytt)(?= \w))? [\w-]+)(?P<rest>.*)$", clause.text, re.IGNORECASE)
    none, rest = (match.group("none"), match.group("rest").strip()) if match else (clause.text, "")
    noun = none.split()[-1]
    lead = f"{lead_in(topic, vocabulary)} " if topic else ""
    if noun.lower() in ("klart", "nytt", "beslutat", "bestämt"):
        return f"{lead}är {none.lower()} {rest}".strip() if lead else line(none.split()[0], "är", noun, rest)
    held = event_verb(noun) or event_verb(f"{noun}ar")
    if held is None and happens(noun.lower()):
        held = "gjorts" if noun.lower().endswith(("anmälningar", "ansökningar")) else "skett"
    before, done, after = _done_in(rest)
    if done is not None:  # "ingen mätning gjord i år", "ingen ersättare inköpt"
        verb = verb_of(done)
        said = f"{verb.supine}s {done.particle}".strip()
        return line(f"{lead}har {none.lower()}" if lead else none, before, said if lead else f"har {said}", after)
    if held:
        what, when = _split_when(rest)
        return line(f"{lead}har {none.lower()}" if lead else none, what, held if lead else f"har {held}", when)
    return line(f"{lead}finns {none.lower()}" if lead else f"det finns {none.lower()}", rest)


_WHEN = re.compile(rf"(?:^| )(?:(?:i|under|sedan|på|vid|hos|för|pga|till följd|från|den|hittills|inom) |(?:{'|'.join(MONTHS)})\b)")


def _split_when(rest: str) -> tuple[str, str]:
    """ "folköl i år" as what there is none of ("folköl") and when or where ("i år"); "om bidrag" goes with the noun."""
    if not rest or rest.startswith("("):
        return "", rest
    found = _WHEN.search(rest)
    return (rest[: found.start()], rest[found.start() :].strip()) if found else (rest, "")


def _done_in(rest: str) -> tuple[str, Form | None, str]:
    """What stands before and after the participle in ``rest``: "gjord i år" and "av behovet gjord i år"; no participle gives None."""
    words = rest.split()
    for at, word in enumerate(words):
        form = participle(word.lower())
        if form is not None and (at + 1 == len(words) or _WHEN.match(" " + " ".join(words[at + 1 :]))):
            return " ".join(words[:at]), form, " ".join(words[at + 1 :])
    return "", None, ""
