"""Words of a sentence that say something and stand nowhere: neither in the notes nor in what was asked or told before.

Words that carry what others say are let be (``meaning``). Knows nothing of how sentence or sources came about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.draft.checks.directions import LESS, MORE
from assistant.draft.checks.sources import Source
from assistant.draft.checks.subjects import GENERIC
from assistant.draft.language.facts import NEGATIONS, NUMBER_WORDS, UNIT_NAMES, figures
from assistant.draft.language.meaning import class_of, only_carries, says_nothing_new
from assistant.draft.language.wording import EMPTY, Token, is_content, loosely_related, related, stem, tokens
from corpus.model import Flag
from corpus.word_lists import word_list

_ACTS = re.compile(
    r"[^\W\d]{3,}(?:nämnd|styrelse|fullmäktige|verket|förvaltning|kontor|bolag|kurator|sköterska?|sköterskor|lärare|chef|samordnare|strateg|handläggare|sekreterare"
    r"|pedagog|psykolog|rektor|assistent|inspektör|vakt|värd|terapeut|ledare)(?:en|n|et|t|s|na|er|erna|ar|arna|or|orna)?$"
)
_MEASURES = frozenset(UNIT_NAMES.values())
_DEFINITE = re.compile(r"(?:arna|erna|orna|ens|ets|en|et|na|n|t|s)$")
_FORMS = word_list("första andra tredje fjärde femte sjätte sjunde åttonde nionde")
_FORM = re.compile(rf"(?:{'|'.join(_FORMS)})(?=klass)")
_YEARS = re.compile(rf"(?:{'|'.join(NUMBER_WORDS)})(?=-?(?:årig|dagar|dags|veck|månad|timm))")


def foreign_words(sentence: str, stems: Collection[str], words: Collection[str], sources: Sequence[Source]) -> list[Flag]:
    """The first word of ``sentence`` that none of the ``stems`` makes known, nor any of the whole ``words``; [] where all are."""
    for token in tokens(sentence):
        if _says_nothing(token) or any(fact.start <= token.start < fact.end for fact in figures(sentence)):
            continue
        form = _FORM.match(token.low)
        known = _has_form(form.group(), sources) if form else _is_known(token.low, stems, words, sources)
        if not known:
            return [Flag("untraced_word", f"Ordet ”{token.text}” finns inte i anteckningarna eller i källan.", token.text)]
    return []


def _says_nothing(token: Token) -> bool:
    """Whether a word needs no source of its own, or is looked at elsewhere: a name, a number, a denial, a quantity, a direction."""
    return (
        not is_content(token)
        or token.text[1:] != token.low[1:]
        or token.low in NUMBER_WORDS
        or says_nothing_new(token.low)
        or only_carries(token.low)
        or token.low in GENERIC
        or token.low in _MEASURES  # what a figure counts is looked at with the figure
        or class_of(token.low) is not None
        or token.low in NEGATIONS
        or MORE.fullmatch(token.text) is not None
        or LESS.fullmatch(token.text) is not None
    )


def _so_many_years(low: str, sources: Sequence[Source]) -> bool:
    """Whether a word is a number of years that the sources have: "fyraårigt" where a note has four years."""
    match = _YEARS.match(low)
    return match is not None and any(
        ("number", str(NUMBER_WORDS.get(match.group(), match.group()))) in source.keys for source in sources
    )


def _is_known(low: str, stems: Collection[str], words: Collection[str], sources: Sequence[Source]) -> bool:
    one = stem(low)
    return (
        one in stems
        or any(_known_by(low, one, other) for other in stems)
        or _in_a_compound(low, words)
        or _so_many_years(low, sources)
    )


def _has_form(ordinal: str, sources: Sequence[Source]) -> bool:
    """Whether the sources have the school form of "femteklassare" by its number or its name."""
    number = ("number", str(_FORMS.index(ordinal) + 1))
    return any(number in source.keys or any(word.startswith(f"{ordinal}klass") for word in source.words) for source in sources)


def _in_a_compound(low: str, words: Collection[str]) -> bool:
    """Whether a word stands at the end of a longer one, or begins with a shorter one: "bytet" and "journalbyte"."""
    bare = _DEFINITE.sub("", low)
    if len(bare) < 3:
        return any(word in (bare, low) for word in words)
    inside = re.compile(rf"\w+{re.escape(bare)}\w{{0,2}}")
    begins = _ACTS.search(low) is None
    return any(
        word == bare or inside.fullmatch(word) or (begins and len(word) > 4 and low.startswith(word[:-1]) and word not in EMPTY)
        for word in words
    )


def _known_by(word: str, one: str, other: str) -> bool:
    """Whether the stem ``other`` makes ``word`` (its stem is ``one``) known; who acts is known by the end of the word, not by its beginning."""
    if _ACTS.search(word) and one.startswith(other[:4]) and one != other:
        return related(one, other) and len(one) - len(other) <= 3
    return loosely_related(one, other) or _one_root(one, other)


def _one_root(one: str, two: str) -> bool:
    """Whether two stems begin alike for six letters or more and differ in their ends alone: "föreläst" and "föreläsning"."""
    shared = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return shared >= 7 or (shared >= 6 and len(one) - shared <= 4 and len(two) - shared <= 4)
