"""What a Swedish sentence tells by its main verb: what is, what was, what has been done. Rules over a list of verbs, no parser.

Made for the plain prose of reports: the first finite verb that does not stand in a subordinate clause decides. Knows nothing of what
the answer is used for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from corpus.verbs import has_tense, is_past_by_ending, readings
from corpus.word_lists import word_set

MainTense = Literal["present", "past", "perfect", "none"]

_WORD = re.compile(r"[^\W_]+(?:[-/:'’.][^\W_]+)*|[,;:()–]")
_SUBORDINATORS = word_set("som att där vilka vilket vilken eftersom medan innan huruvida hur vad vem vilkas vars därför")
_SUBORDINATORS_FIRST = word_set("om när då sedan så")  # only where a clause begins: elsewhere prepositions and adverbs
_PREPOSITIONS = word_set(
    "i på av för till med från hos om under över mellan inom utom vid ur mot genom utan efter före kring per bland trots enligt"
)
_DETERMINERS = word_set(
    "de den det dessa alla samtliga antalet antal andelen andel våra sina deras båda andra nya flera många några fler övriga "
    "varje två tre fyra fem"
)
_FARTHEST = 120  # words: no one reads on for a main verb
_NUMBERS = word_set("en ett två tre fyra fem sex sju åtta nio tio elva tolv")
_ALWAYS = word_set("är har ska blir blev finns kan måste hade hölls")
_NOT_VERBS = word_set("steg drog låg fall slag lag led bar bad band")  # after a number, a preposition or a determiner
_SUPINE_END = re.compile(r"(?:at|it|[^aeiouyåäö]ts|ats|its)$")


@dataclass(frozen=True, slots=True)
class MainVerb:
    """The main verb of a sentence: its tense, the word itself and where it begins; "none", "" and -1 where there is no verb."""

    tense: MainTense
    word: str = ""
    start: int = -1


@lru_cache(maxsize=4096)
def main_verb(sentence: str) -> MainVerb:
    """The main verb of ``sentence``. Where every finite verb stands in a subordinate clause the first of them is given."""
    found = list(islice(_WORD.finditer(sentence), _FARTHEST))
    words = [match.group() for match in found]
    subordinate: int | None = None
    pending = False
    for at, word in enumerate(words):
        low = word.lower()
        if low in ",;:":
            continue
        begins = at == 0 or words[at - 1] in ",;:("
        if low in _SUBORDINATORS or (low in _SUBORDINATORS_FIRST and begins and not _is_adverb(words, at)):
            pending = True
            continue
        if not is_finite(words, at):
            continue
        if pending:
            pending = False
            subordinate = at if subordinate is None else subordinate
            continue
        return MainVerb(_tense(words, at), word, found[at].start())
    if subordinate is not None:
        return MainVerb(_tense(words, subordinate), words[subordinate], found[subordinate].start())
    return MainVerb("none")


def is_finite(words: list[str], at: int) -> bool:
    """Whether ``words[at]`` is a verb in the present or preterite where it stands, and not an adjective or a noun."""
    word, before = words[at], words[at - 1].lower() if at else ""
    low, after = word.lower(), words[at + 1].lower() if at + 1 < len(words) else ""
    if at and word[0].isupper():
        return False
    if low == "var" and (
        after.endswith(("dje", "rde", "mte", "tte", "nde", "onde")) or after in ("och", "sin", "sitt", "sina", "annan")
    ):
        return False
    if low in _ALWAYS:
        return True
    if low == "inför" and at == 0:
        return False  # "Inför sommaren …", not "X inför …"
    if low in _PREPOSITIONS or before in _PREPOSITIONS:
        return False
    counted = before in _NUMBERS or before.isdigit()
    if low in _NOT_VERBS or (counted and low.endswith("ade") and _noun_like(after)):
        return False
    if has_tense(low, "present"):
        return True
    past = has_tense(low, "preterite") or is_past_by_ending(low)
    if past and (has_tense(low, "participle") or not readings(low)) and low.endswith("ade"):
        return before not in _DETERMINERS and not (before in ("och", "samt", "eller", "") and _noun_like(after))
    return past


def _noun_like(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and word not in _PREPOSITIONS and not has_tense(word, "present", "preterite")


def _is_adverb(words: list[str], at: int) -> bool:
    """Whether "sedan", "då", "så" or "om" here goes with what follows as a preposition or adverb: "sedan mars", "då kontrolleras"."""
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    if words[at].lower() in ("då", "så"):
        return has_tense(after, "present", "preterite")
    if words[at].lower() == "sedan":
        later = words[at + 2] if at + 2 < len(words) else ""
        return (after == "den" and later.isdigit()) or not re.match(
            r"(?:det|den|de|en|ett|vi|han|hon|besökare|man|(?!hösten|våren|sommaren|vintern)\w+en|\w+na)$", after
        )
    return False


def _tense(words: list[str], at: int) -> MainTense:
    low = words[at].lower()
    if low in ("har", "hade"):
        for other in words[at + 1 : at + 9]:
            if other in ",;:(":
                break
            if has_tense(other, "supine") or (len(other) > 4 and _SUPINE_END.search(other) and other[0].islower()):
                return "perfect" if low == "har" else "past"
        return "present" if low == "har" else "past"
    if has_tense(low, "present") or low in ("är", "ska"):
        return "present"
    return "past"
