"""Abbreviations learned from the reports themselves, in both directions: "felaktiga utbetalningar (FUT)", "SSPF (skola, socialtjänst, polis, fritid)".

An abbreviation is believed where its letters begin the words beside it, or where a list in brackets explains it. Knows nothing of
storage; it is given comments and gives pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.words import FUNCTION_WORDS, fold
from corpus.sentences import split

_SHORT = r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö&]*[A-ZÅÄÖ]\w{0,2}|[A-ZÅÄÖ]{2,8}"
_SHORT_IN_BRACKETS = re.compile(rf" \(({_SHORT})\)")
_SHORT_THEN_LONG = re.compile(rf"\b({_SHORT}),? \(([^()]{{6,90}})\)")
_SHORT_COMMA_LONG = re.compile(rf"\b({_SHORT}), ([A-ZÅÄÖa-zåäö][\wåäö]+(?: [\wåäöÅÄÖ]+){{1,4}})(?= som| är|,|\.)")
IS_ABBREVIATION = re.compile(rf"^(?:{_SHORT})$")


@dataclass(frozen=True)
class Abbreviations:
    """What short forms stand for: ``long_of`` by the folded short form, ``short_of`` by the folded long form."""

    long_of: dict[str, str] = field(default_factory=dict)
    short_of: dict[str, str] = field(default_factory=dict)

    def variants(self, text: str) -> list[str]:
        """``text`` with a short form written out, or a long form shortened: one variant for each that is in it, in order.

        A short form that is also a common word is meant only in capitals: "känner sig" is not about SIG.
        """
        folded = fold(text)
        made: list[str] = []
        for short, long in self.long_of.items():
            match = re.search(rf"\b{re.escape(short)}s?\b", folded)
            if match and (short not in FUNCTION_WORDS or text[match.start() : match.end()].isupper()):
                made.append(text[: match.start()] + long + text[match.end() :])
        for long, short in self.short_of.items():
            if match := re.search(rf"\b{re.escape(long)}\b", folded):
                made.append(text[: match.start()] + short + text[match.end() :])
        return made


def learn(texts: Iterable[str]) -> Abbreviations:
    """The abbreviations that ``texts`` explain; of two explanations of one the first is kept."""
    known = Abbreviations()
    for text in texts:
        flat = " ".join(text.split())
        if "(" in flat:
            _learn_brackets(known, flat)
        for match in _SHORT_COMMA_LONG.finditer(flat):
            if _spelled(match.group(2), match.group(1)):
                _keep(known, match.group(1), match.group(2))
    return known


def _learn_brackets(known: Abbreviations, flat: str) -> None:
    for match in _SHORT_IN_BRACKETS.finditer(flat):
        before = re.split(r"[.;:!?()]", flat[max(0, match.start() - 90) : match.start()])[-1]
        if long := _spelled(before, match.group(1)):
            _keep(known, match.group(1), long)
    for match in _SHORT_THEN_LONG.finditer(flat):
        short, inside = match.groups()
        listed = re.split(r", | och |/", inside)
        if 3 <= len(listed) <= len(short) + 1 or _spelled(inside, short):
            _keep(known, short, inside)


def _keep(known: Abbreviations, short: str, long: str) -> None:
    known.long_of.setdefault(fold(short), long)
    known.short_of.setdefault(fold(long), short)


def _spelled(before: str, short: str) -> str | None:
    """The last words of ``before`` whose beginnings spell ``short`` in order; None where none do.

    Each letter must begin a word or a part of a compound, or stand inside the word of the letter before; small words may be passed over.
    """
    letters = fold(short).replace("&", "")
    names = before.split()
    for count in range(1, min(len(names), len(letters) + 3) + 1):
        tail = names[-count:]
        if fold(tail[0])[:1] != letters[0] or fold(tail[0]) in FUNCTION_WORDS:
            continue
        if _spells([fold(name.strip(",;:")) for name in tail], letters):
            return " ".join(tail).strip(",;: ")
    return None


def _spells(names: list[str], letters: str) -> bool:
    """Whether ``letters`` are found in ``names`` in order, the first of each telling word among them."""
    if not letters:
        return all(name in FUNCTION_WORDS for name in names)
    if not names:
        return False
    first, rest = names[0], names[1:]
    if first in FUNCTION_WORDS and first[:1] != letters[0]:
        return _spells(rest, letters)
    if first[:1] != letters[0]:
        return False
    return any(_in_order(first, letters[:taken]) and _spells(rest, letters[taken:]) for taken in range(1, len(letters) + 1))


def _in_order(name: str, letters: str) -> bool:
    at = 0
    for letter in letters:
        at = name.find(letter, at)
        if at < 0:
            return False
        at += 1
    return True


def definition(comment: str, word: str) -> tuple[int, int] | None:
    """The sentence of a comment that explains an abbreviation: "SSPF (skola, …)", "sociala insatsgrupper (SIG)"; None where none does."""
    pattern = re.compile(
        rf"\b{re.escape(word)},? \((?=[^)]{{6}})|[\wåäö]+ \({re.escape(word)}\)|\b{re.escape(word)} (?:står för|"
        rf"betyder|är en förkortning)",
        re.IGNORECASE,
    )
    match = pattern.search(comment)
    return next(((s.start, s.end) for s in split(comment) if match and s.start <= match.start() < s.end), None)
