"""The words that an item's own texts use: how a cut word ("föreningssamordn.") or a bare one ("lägesbild") is written out in them.

Made of the item's question, statement and earlier comments. Knows nothing of abbreviations in general or of sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from assistant.draft.language.wording import stem
from corpus.verbs import readings

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DEFINITE = re.compile(r"(?:en|et|an|na|aren|arna|ns|ets)$")
_PLURAL = re.compile(r"(?:ar|er|or|are|ade|na|ningar)$")
_SHORT = re.compile(r" \((?P<short>[A-ZÅÄÖ][A-ZÅÄÖ-]+)\)")
_LONG = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}$")
_LONGEST_NAME = 200  # characters before a bracket where its words are sought
_OPENING = frozenset({".", "!", "?", ":", "\n", "\n\n", ""})


class Vocabulary:
    """Words of ``texts`` in small letters with their counts, which of them are names, and what abbreviations stand for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.counts: Counter[str] = Counter()
        self.written: dict[str, str] = {}
        self.names: set[str] = set()
        self.definitions: dict[str, str] = {}
        for text, times in Counter(texts).items():
            for match in _WORD.finditer(text):
                word = match.group()
                low = word.lower()
                self.counts[low] += times
                if word[0].islower():
                    self.written[low] = word
                    continue
                self.written.setdefault(low, word)
                before = text[max(match.start() - 2, 0) : match.start()].strip(" ")
                if match.start() > 1 and before not in _OPENING and not word.isupper():
                    self.names.add(low)
            for match in _SHORT.finditer(text):
                long = _LONG.search(text[max(match.start() - _LONGEST_NAME, 0) : match.start()])
                if long:
                    self.definitions[match.group("short").lower()] = long.group()
        self.names = {name for name in self.names if self.written[name][0].isupper()}
        self._sorted = sorted(self.counts)

    def __contains__(self, word: str) -> bool:
        return word.lower() in self.counts

    def spelled_out(self, text: str) -> str:
        """``text`` followed by the long form of each abbreviation in it that the texts define: "FUT" is "felaktiga utbetalningar"."""
        longs = [long for short, long in self.definitions.items() if re.search(rf"\b{re.escape(short)}\b", text, re.IGNORECASE)]
        return " ".join([text, *longs])

    def complete(self, start: str, *, end: str = "", many: bool = False, definite: bool = True) -> str | None:
        """The word that begins with ``start`` (and goes on with ``end``, which may be cut too); None where there is none or two are as likely.

        ``many`` wants a plural (a number stands before), ``definite`` a definite form where there is one.
        """
        low, rest = start.lower(), end.lower()
        fits = [
            w for w in self._sorted if w.startswith(low) and len(w) > len(low) + len(rest) and (not rest or rest in w[len(low) :])
        ]
        fits = [word for word in fits if not readings(word) or word.endswith(("are", "ade", "ande"))]
        if not fits:
            return None
        shortest = min(len(stem(word)) for word in fits)
        fits = [word for word in fits if len(stem(word)) <= shortest + 4]
        if many:
            chosen = [word for word in fits if _PLURAL.search(word)] or fits
        elif definite:
            chosen = [word for word in fits if _DEFINITE.search(word)] or fits
        else:
            chosen = [word for word in fits if not _DEFINITE.search(word)] or fits
        best = sorted(chosen, key=lambda word: (-self.counts[word], len(word), word))
        return self.written[best[0]] if best else None

    def definite_of(self, noun: str) -> str | None:
        """The definite form of ``noun`` where the texts have it and it means one known thing: "lägesbild" gives "lägesbilden"."""
        low = noun.lower()
        for ending in ("en", "et", "n", "t", "na", "erna", "arna"):
            if low + ending in self.counts and len(low) > 3:
                return low + ending
        return None


@lru_cache(maxsize=64)
def vocabulary_of(texts: tuple[str, ...]) -> Vocabulary:
    """The words of ``texts``, worked out once for the draft and its check; nobody adds to it."""
    return Vocabulary(texts)
