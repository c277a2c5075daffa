"""Who does what: a sentence that gives a doing of one actor to another, "nämnden antog planen" where the note has "antagen av rektorsgruppen".

Verb by verb, over the verb list and the words beside each verb; no parser. Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.draft.checks.sources import Source
from assistant.draft.checks.subjects import GENERIC
from assistant.draft.language.facts import figures
from assistant.draft.language.meaning import says_nothing_new
from assistant.draft.language.synonyms import same_sense
from assistant.draft.language.wording import EMPTY, Token, content_stems, is_content, loosely_related, stem, tokens
from corpus.model import Flag
from corpus.tense import is_finite
from corpus.verbs import readings
from corpus.word_lists import word_set

_NO_ACTS = word_set(
    """vara ha bli finnas få kunna skola vilja böra gälla heta behöva bestå innehålla kosta saknas sakna återstå ingå omfatta uppgå utgöra öka
    minska växa sjunka stiga pågå vänta komma gå stå ligga ske börja starta sluta visa svara uppge delta upphöra fungera träda räcka dröja"""
)
"""Verbs whose subject is no one who acts."""
_BY = re.compile(r"^(?: [^\W\d_]+){0,3}? av (?P<who>(?:(?:den|det|de|vår|våra|alla) )?[^\W_][\w-]*(?: [A-ZÅÄÖ][\w-]*)*)")
_FORMER = re.compile(r"\b(?:tidigare|förut|förra året|året innan|i fjol)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:()–](?: |$)|\. | (?:medan|men|och|samt|där|som) ")
_PREPOSITIONS = word_set(
    "i på av för till med från hos om under över mellan inom vid ur mot genom efter före kring sedan per enligt den det de"
)


def other_actor(sentence: str, notes: Sequence[Source]) -> list[Flag]:
    """The first actor of ``sentence`` who is none of those that the notes name for the same doing; [] where all are."""
    ours = actors(sentence)
    if not ours:
        return []
    said = content_stems(sentence)
    theirs: dict[str, list[str]] = {}
    noted: dict[str, set[str]] = {}
    said_words = [token.low for token in tokens(sentence) if is_content(token)]
    names = {token.low for token in tokens(sentence)[1:] if token.text[0].isupper()}
    for note in notes:
        for verb, who in actors(note.text).items():
            doing = stem(verb.split()[0])
            if any(one != doing and any(loosely_related(one, other) for other in said) for one in note.own_stems):
                theirs.setdefault(verb, []).extend(who)
                noted.setdefault(verb, set()).update(note.own_stems)
    for verb, who in ours.items():
        known = theirs.get(verb)
        there = noted.get(verb, ())
        named = any(stem(one) in there for one in who if one in names)  # a name that the note has, in whatever part
        if (
            known
            and not named
            and not any(_may_be_short(other, said_words) for other in known)
            and not any(_same(one, other) for one in who for other in known)
        ):
            return [Flag("contradiction", f"Anteckningen har en annan som gör detta än ”{who[0]}”.", who[0])]
    return []


def _may_be_short(other: str, words: Sequence[str]) -> bool:
    """Whether an actor of a note is a few letters that begin as one of the sentence's words does: "BUN"."""
    return len(other) < _SHORT and any(word[0] == other[0] for word in words)


def _same(one: str, other: str) -> bool:
    return loosely_related(stem(one), stem(other)) or stem(other) in same_sense(stem(one))


@lru_cache(maxsize=4096)
def actors(text: str) -> Mapping[str, tuple[str, ...]]:
    """For each known verb of ``text`` (its infinitive) the words for those who do it; verbs without any are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for clause in _CLAUSE.split(text):
        if _FORMER.search(clause):
            continue
        words = tokens(clause)
        written = [token.text for token in words]
        for at, token in enumerate(words):
            for form in readings(token.low):
                if form.infinitive in _NO_ACTS or (form.tense in ("present", "preterite") and not is_finite(written, at)):
                    continue
                if form.passive or form.tense == "participle" or clause.startswith(" av ", token.end):
                    by = _BY.match(clause[token.end :])
                    who = [one.low for one in tokens(by.group("who")) if _may_act(one)] if by else []
                elif form.tense in ("present", "preterite") or (form.tense == "supine" and _is_told(words[:at])):
                    who = _subject(clause, words[:at]) or _after(words[at + 1 :])
                else:
                    who = []
                if who:
                    found.setdefault(" ".join((form.infinitive, *_particle(words[at + 1 : at + 3]))), tuple(who))
    return found


def _is_told(before: Sequence[Token]) -> bool:
    """Whether a supine after these words tells what somebody has done: with "har", or after a name ("Ljungen sagt upp avtalet")."""
    return any(token.low in ("har", "hade") for token in before) or bool(before and before[-1].text[0].isupper())


def _particle(after: Sequence[Token]) -> list[str]:
    """The particle that makes another verb of one: "tar över" is not "tar emot"; it may stand behind the subject."""
    return [token.low for token in after if token.low in _PARTICLES][:1]


def _subject(clause: str, before: Sequence[Token]) -> list[str]:
    """The words of the noun phrase right before a verb; none where a time or a phrase with a preposition stands there."""
    phrase: list[str] = []
    for token in reversed(before):
        if token.low in _PREPOSITIONS:
            return []
        if any(fact.start <= token.start < fact.end for fact in figures(clause)):
            continue
        if not token.is_word:
            break
        if _may_act(token):
            phrase.append(token.low)
    return phrase


def _after(after: Sequence[Token]) -> list[str]:
    """The name right after a verb that stands before its subject."""
    first = next(iter(after), None)
    return [first.low] if first is not None and first.text[0].isupper() and _may_act(first) else []


def _may_act(token: Token) -> bool:
    return (
        is_content(token)
        and token.low not in EMPTY
        and (token.low not in GENERIC)
        and not (says_nothing_new(token.low) and token.low not in BODIES)
    )


_SHORT = 5  # letters of a name that is shortened: "BUN" may be anybody
_PARTICLES = word_set("över emot upp in ut fram bort ned ner öppet stängt till ihop med")
BODIES = word_set("förvaltningen nämnden kommunen staden")
