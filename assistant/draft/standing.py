"""The part of an earlier sentence that still stands when its stale part is cut away: "… kvitteras digitalt sedan den 1 mars 2024."
becomes "… kvitteras digitalt."

Only cuts, and turns a sentence round whose first words went; no word is added. Knows nothing of notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.draft.language.facts import MONTHS, NEGATIONS
from assistant.draft.notes.clauses import is_clause_with_verb
from assistant.draft.staleness import stale_reason
from corpus.commitments import is_commitment
from corpus.tense import main_verb
from corpus.verbs import has_tense

_MONTH = "|".join(MONTHS)
_WHEN = (
    rf"(?:(?:i )?(?:våras|höstas|vintras|somras|fjol|år)|(?:den )?\d{{1,2}} (?:{_MONTH})(?: (?:19|20)\d\d)?"
    rf"|(?:{_MONTH})(?: (?:19|20)\d\d)?"
    r"|(?:våren|hösten|sommaren|vintern|årsskiftet|starten|halvårsskiftet)(?: (?:19|20)\d\d)?|(?:19|20)\d\d|i (?:januari"
    r"|februari|mars|april|maj|juni))"
)
_SINCE = re.compile(rf",? \b(?:sedan|från och med|från) {_WHEN}\b")
_SINCE_FIRST = re.compile(rf"^(?:Sedan|Från och med|Från) {_WHEN} (?P<verb>[^\W\d_]+) (?P<after>.+)$", re.DOTALL)
_BRACKET = re.compile(r" \([^()]*\d[^()]*\)| \((?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv) [^()]*\)")
_NEXT = re.compile(r"(?:,| ;|;) (?:och|men) |; ")
_ONE_WORD_SUBJECT = re.compile(
    r"^(?P<adverb>även |också )?(?P<subject>(?:en|ett) [^\W\d_]+|vi|[^\W\d_]+(?:en|et|an|na|arna|erna|orna)"
    r"|[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)*) (?P<rest>.+)$",
    re.DOTALL,
)
_THERE = re.compile(r"^(?P<subject>[^,.]+?) (?P<rest>(?:i|på|hos|vid|för|inom) .+)$", re.DOTALL)
_POINTS = re.compile(
    r"^(?:det|de|den|dessa|där|då|därför|därefter|dessutom|av dem|så|båda|i övriga|resten|flera av|några av)\b", re.IGNORECASE
)
_FEWEST_WORDS = 3
_LONGEST = 800


def standing_part(sentence: str, year: int) -> str | None:
    """What still stands of a stale ``sentence`` of a comment of ``year``; None where nothing can be cut loose. Ends with a full stop."""
    if len(sentence) > _LONGEST:
        return None
    for candidate in _candidates(sentence.strip()):
        text = _tidy(candidate)
        if len(text.split()) < _FEWEST_WORDS or stale_reason(text, year) is not None or is_commitment(text, year):
            continue
        if main_verb(text).tense in ("present",) or (not is_clause_with_verb(sentence) and not is_clause_with_verb(text)):
            return text
    return None


def _candidates(sentence: str) -> Iterator[str]:
    base = _BRACKET.sub("", sentence)
    if base != sentence:
        yield base
    for text in dict.fromkeys((sentence, base)):
        whole = _without_since(text)
        if whole is not None:
            yield whole
        for match in _NEXT.finditer(text):
            front, back = text[: match.start()], text[match.end() :]
            yield front
            cut = _without_since(front)
            if cut is not None:
                yield cut
            if not _POINTS.match(back) and is_clause_with_verb(back) and not _starts_with_verb(back):
                yield back


def _without_since(text: str) -> str | None:
    first = _SINCE_FIRST.match(text)
    if first:
        return _turned(first.group("verb"), first.group("after"))
    cut = _SINCE.sub("", text)
    return cut if cut != text else None


def _turned(verb: str, after: str) -> str | None:
    """ "skickar förvaltningen ett nyhetsbrev" with the subject first."""
    if not has_tense(verb, "present"):
        return None
    if verb in ("finns", "saknas"):
        there = _THERE.match(after)
        return f"{there.group('subject')} {verb} {there.group('rest')}" if there else None
    match = _ONE_WORD_SUBJECT.match(after)
    if match is None or match.group("subject").lower() in NEGATIONS | {
        "varannan",
        "vartannat",
        "någon",
        "denna",
        "sedan",
        "innan",
        "vilken",
    }:
        return None
    return f"{match.group('adverb') or ''}{match.group('subject')} {verb} {match.group('rest')}"


def _starts_with_verb(text: str) -> bool:
    first = re.match(r"[^\W\d_]+", text)
    return first is not None and has_tense(first.group(), "present", "preterite")


def _tidy(text: str) -> str:
    bare = " ".join(text.split()).strip(" ,;")
    bare = re.sub(r"\s+([,.;:])", r"\1", bare)
    bare = bare[0].upper() + bare[1:] if bare else bare
    return bare if bare.endswith((".", "!", "?", ":", "”")) else bare + "."
