"""Puts the clauses of a note together: a sentence of its own, an addition with "och", a comma, "med" or brackets.

Knows nothing of how a clause was written.
"""

from __future__ import annotations

import re

from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.fragments import there_is
from corpus.tense import main_verb

_ASIDE = "\x00)"  # closes what was set in brackets here, told apart from brackets of the note's own
_NONE = re.compile(r"^(?:ingen|inget|inga)\b[^(]*$", re.IGNORECASE)
_OF_MONEY = re.compile(r"^(?:gick|går|räckte|räcker|användes|används|användas|täckte|täcker)$")
_TO_COME = re.compile(
    r"^(?:start|beslut|svar|premiär|invigning|uppföljning|avslut|redovisning|inflyttning|utvärdering)"
    r" (?:i|den|under|vecka|från|till|tidigast)\b"
)
_LEANS = re.compile(
    r"^(?:\d+ (?:veckor|vecka|dagar|månader|månad|år) (?:senare|tidigare|försenat?)|med|som|varav|utan|i|på|till|från|för|resten|per"
    r"|under|sedan|inklusive|exklusive|totalt|mot|den|efter|före)\b",
    re.IGNORECASE,
)


def join(out: list[str], text: str, whole: bool, clause: Clause, *, other_subject: bool = False) -> None:
    """Puts what a clause makes beside the sentences before it: a sentence of its own, or a part of the last one.

    ``other_subject`` where the last one may be about something else than the clause, so that no "och" ties them.
    """
    if not out:
        out.append(text)
        return
    before = out[-1]
    if clause.kind == "verb_first" and _OF_MONEY.match(clause.word) and before.count("kronor") == 1 and not other_subject:
        out[-1] += f", som {text}"  # "fick 50 tusen kronor, gick till skateramper": the money did
    elif _stands_apart(before, text, clause):
        out[-1] += f" ({clause.text}{_ASIDE}"
    elif _goes_on(before, text, whole, clause):
        said = text.replace(" är siffran ", " ", 1)
        head, och, last = before.rpartition(" och för ")
        out[-1] = f"{head}, för {last} och {said}" if och and said.startswith("för ") else f"{before} och {said}"
    elif whole and re.match(r"^\d+ (?:är|har) ", text) and ", och " not in before and re.search(r"\d", before):
        out[-1] += ", och " + text
    elif whole:
        out.append(text)
    elif clause.kind == "adjective" and before[:1].isdigit() and not other_subject:
        out.append(f"det {text}")  # what is so is not what was counted
    elif (
        clause.kind in ("verb_first", "participle", "adjective")
        and main_verb(before).tense != "none"
        and not other_subject
        and not (clause.subject and text == clause.text)
    ):
        out[-1] += " och " + (text.removeprefix("har ") if " har " in before else text)
    elif text.startswith("och "):
        out[-1] += " " + text
    elif main_verb(before).tense == "none" or main_verb(text).tense != "none" or _LEANS.match(text):
        out[-1] += ", " + text
    elif _TO_COME.match(text):
        out[-1] += f", med {text}"
    elif before.endswith(_ASIDE):
        out[-1] = f"{before.removesuffix(_ASIDE)}, {text}{_ASIDE}"
    elif before.endswith(")") or "(" in text:
        out[-1] += f", {text}"
    else:
        out[-1] += f" ({text}{_ASIDE}"


def _stands_apart(before: str, text: str, clause: Clause) -> bool:
    """Whether a clause is told of something that the sentence before it does not have as its subject, so that no "och" may tie them."""
    if clause.kind == "none":
        return len(clause.text.split()) == 2 and text.startswith("det finns ") and "(" not in before
    if clause.kind == "verb_first" and re.search(r" har (?:gjorts|hållits|genomförts)\b[^(]*$", before):
        return True  # "16 kontrollköp har gjorts (sålde i 3 fall)": who did it is not said
    if clause.subject or clause.kind not in ("verb_first", "participle", "adjective"):
        return False
    return _NONE.match(before) is not None or (clause.kind == "adjective" and before.lower().startswith("när det gäller "))


def appended(sentence: str, aside: str) -> str:
    """``sentence`` (with its full stop) and what stands after it in the note without a verb: "… 7,6 procent (lägst på 5 år)."."""
    bare, after = sentence.removesuffix("."), aside.removesuffix(".")
    return f"{bare}, {after}." if _LEANS.match(after) or bare.endswith(")") else f"{bare} ({after})."


def closed(text: str) -> str:
    """A joined sentence with its brackets as they are written."""
    return text.replace(_ASIDE, ")")


def _goes_on(before: str, text: str, whole: bool, clause: Clause) -> bool:
    """Whether a clause is one more of what the last sentence tells, so that "och" stands between them."""
    if not whole:
        same = clause.kind == "fragment" and text.split()[0].lower() == before.split()[0].lower()
        return same or (" finns " in before and there_is(text))
    if _short_pair(before, text) or (", och " in before and re.match(r"^\d+ (?:är|har) [^\W\d_]+$", text)):
        return True
    return " är siffran " in before and text.startswith("för ") and " är siffran " in text


def _short_pair(before: str, text: str) -> bool:
    """Two short counts with a verb each belong in one sentence: "13 män började" and "10 fullföljde"."""
    return (
        bool(re.match(r"^\d", before)) and bool(re.match(r"^\d+ \w+$", text)) and len(before.split()) <= 4 and " och " not in before
    )
