"""The command that makes the word list of ``compounds``: ``python -m index.build_lexicon OUT FILE... [--synonyms FILE]``.

Each FILE is JSON lines (or the same packed with xz) whose objects hold text in "title", "question", "answer" or "paragraphs".
Words seen at least ten times are kept; those that a synonym list ("a", "b") also knows, from three times. The same files give the
same list.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.analysis import fold, is_stopword
from index.compounds import SUFFIX

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOWEL = re.compile("[aeiouyåäöé]")
LEAST = 10
LEAST_WITH_SYNONYM = 3
_MOST_CAPITALS = 0.9
"""A word written with a capital more often than this is a name."""
_NO_PARTS = frozenset(
    (
        *("same", "sent", "hel", "helt", "del", "dels", "vis", "fort", "rent", "ihop", "bra", "lite", "lika", "åter"),
        *("sam", "miss", "inter", "rätt", "fram", "före", "samman", "hög", "låg", "the", "and", "for", "any", "shall", "which"),
    )
)
"""Prefixes, particles and English words: they split words that are no compounds."""


def count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each folded word is seen, and how often with a capital."""
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text):
            folded = fold(word)
            seen[folded] += 1
            if word[0].isupper():
                capital[folded] += 1
    return seen, capital


def choose(seen: Counter[str], capital: Counter[str], known: frozenset[str]) -> dict[str, int]:
    """The words of the list with the base 2 logarithm of their counts, rounded down."""
    return {
        word: int(math.log2(times))
        for word, times in seen.items()
        if times >= (LEAST_WITH_SYNONYM if word in known else LEAST)
        and len(word) >= 3
        and word.isalpha()
        and capital[word] < _MOST_CAPITALS * times
        and _VOWEL.search(word)
        and not is_stopword(word)
        and word not in _NO_PARTS
        and not SUFFIX.fullmatch(word)
    }


def write(path: Path, words: dict[str, int], sources: Iterable[str]) -> None:
    """The list as ``compounds.Lexicon.load`` reads it."""
    by_frequency: defaultdict[int, list[str]] = defaultdict(list)
    for word, frequency in words.items():
        by_frequency[frequency].append(word)
    lines = [f"# Swedish words by frequency (base 2 logarithm), counted in: {', '.join(sources)}"]
    lines += [f"{frequency} {' '.join(sorted(by_frequency[frequency]))}" for frequency in sorted(by_frequency, reverse=True)]
    temporary = path.with_suffix(".tmp")
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.replace(path)


def _objects(path: Path) -> Iterator[dict[str, object]]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for found in _objects(path):
            paragraphs = found.get("paragraphs")
            yield from (str(found[name]) for name in ("title", "question", "answer") if found.get(name))
            yield from map(str, paragraphs if isinstance(paragraphs, list) else ())


def main() -> None:
    """Count, choose, write, and say how many words the list got."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--synonyms", type=Path)
    options = parser.parse_args()
    known = (
        frozenset(fold(str(found[side])) for found in _objects(options.synonyms) for side in "ab")
        if options.synonyms
        else frozenset()
    )
    words = choose(*count(_texts(options.files)), known)
    names = [path.name for path in (*options.files, *([options.synonyms] if options.synonyms else []))]
    write(options.out, words, names)
    print(f"{len(words)} words in {options.out}")


if __name__ == "__main__":
    main()
