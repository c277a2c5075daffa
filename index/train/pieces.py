"""The vocabulary: common words whole, and parts from which all others can be put together.

The parts are chosen so that rare words come out in few and frequent pieces (a unigram model over pieces, trained by best cuts). The
tokenizer then reads them greedily, longest first (WordPiece), because that form loads in a quarter of the time of others. Own code
and not the library's trainers, which give other pieces each time they run. Knows nothing of vectors.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.train.texts import Texts

UNKNOWN = "[UNK]"
INSIDE = "##"

ALIKE_COUNT = 6
"""A word counts as seen so many times more for each pair of words of one meaning that it is in: there it can learn what it means."""

LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéü"
_WORD = re.compile(r"[^\W\d_]+")
_SWEDISH = re.compile(f"[{LETTERS}]{{1,40}}")
_WHOLE_SHARE = 0.78
_LONGEST_PART = 20
_FEWEST_WORDS = 8
_ROUNDS = 5
_KEPT_A_ROUND = 0.4
_LETTER_COST = 25.0
_LONGEST_WORD = 100


def make_tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """A tokenizer over lower-case words (runs of letters; numbers and signs are left out), split into ``pieces``, longest first.

    ``##x`` is a piece that goes on within a word. Piece i gets the number i + 1; 0 is a word that cannot be put together.

    Raises:
        ValueError: a piece stands twice.
    """
    vocabulary = {piece: number for number, piece in enumerate([UNKNOWN, *pieces])}
    if len(vocabulary) != len(pieces) + 1:
        raise ValueError(f"{len(pieces) + 1 - len(vocabulary)} of {len(pieces)} pieces stand twice")
    tokenizer = Tokenizer(
        models.WordPiece(vocabulary, unk_token=UNKNOWN, continuing_subword_prefix=INSIDE, max_input_chars_per_word=_LONGEST_WORD)
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    # "removed" with "invert": what does not match is taken away, so that a word is all that reaches the model.
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\p{L}+"), behavior="removed", invert=True)
    return tokenizer


def count_words(texts: Texts) -> dict[str, int]:
    """How often each lower-case word of Swedish letters stands in ``texts``, with ALIKE_COUNT for each pair it is in; 2 at least."""
    counts: Counter[str] = Counter()
    for work in texts.works:
        counts.update(_WORD.findall(work.title.lower()))
        for part in work.parts:
            counts.update(_WORD.findall(f"{part.heading} {' '.join(part.sentences)}".lower()))
    for pair in texts.alike:
        for word in _WORD.findall(" ".join(pair).lower()):
            counts[word] += ALIKE_COUNT
    return {word: count for word, count in counts.items() if count > 1 and _SWEDISH.fullmatch(word)}


def learn_pieces(counts: Mapping[str, int], count: int) -> list[str]:
    """At most ``count`` pieces: the commonest words whole, parts for the rest, and every letter, so that no word is left unknown."""
    words = sorted(counts, key=lambda word: (-counts[word], word))
    letters = [form for letter in LETTERS for form in (letter, INSIDE + letter)]
    whole = words[: int((count - len(letters)) * _WHOLE_SHARE)]
    rest = {word: math.sqrt(counts[word]) for word in words[len(whole) :] if len(word) > 3}
    parts = _learn_parts(rest, set(whole), count - len(letters) - len(whole))
    return list(dict.fromkeys([*whole, *parts, *letters]))


def _learn_parts(rest: Mapping[str, float], whole: set[str], count: int) -> list[str]:
    """The ``count`` parts most used in the best cuts of ``rest``, which maps each word to its weight."""
    often: Counter[str] = Counter()
    for word in rest:
        often.update(_substrings(word))
    use = {part: float(words * len(part)) for part, words in often.items() if words >= _FEWEST_WORDS or part in whole}
    for part in [part for part in use if _begins_with_link(part, whole)]:
        del use[part]
    kept = len(use)
    parts: list[str] = []
    for turn in range(_ROUNDS):
        total = sum(use.values())
        costs = {part: math.log(total / value) for part, value in use.items()}
        seen: Counter[str] = Counter()
        for word, weight in rest.items():
            for part in cut(word, costs):
                seen[part] += weight  # type: ignore[assignment]  # a Counter of weights
        kept = count if turn == _ROUNDS - 1 else max(count, int(kept * _KEPT_A_ROUND))
        candidates = [part for part in seen if part not in whole and len(part.removeprefix(INSIDE)) > 1]
        # A long part says more than a short one that is used as often.
        parts = sorted(candidates, key=lambda part: (-seen[part] * math.sqrt(len(part.removeprefix(INSIDE))), part))[:kept]
        use = {**{part: float(seen[part]) for part in parts}, **{word: seen[word] + 0.5 for word in whole if word in often}}
    return parts


def _begins_with_link(part: str, whole: set[str]) -> bool:
    """Whether ``part`` is a word with the linking -s- of the part before it: "företag|srådgivare" for "företags|rådgivare"."""
    return part.startswith(f"{INSIDE}s") and part[3:] in whole and part[2:] not in whole


def cut(word: str, costs: Mapping[str, float]) -> list[str]:
    """``word`` in pieces of the smallest sum of ``costs``; a lone letter that has no cost may stand in at a high one."""
    best = [0.0, *[math.inf] * len(word)]
    back = [0] * (len(word) + 1)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_PART), end):
            piece = word[start:end] if start == 0 else INSIDE + word[start:end]
            cost = best[start] + costs.get(piece, _LETTER_COST if end - start == 1 else math.inf)
            if cost < best[end]:
                best[end], back[end] = cost, start
    pieces: list[str] = []
    end = len(word)
    while end:
        pieces.append(word[back[end] : end] if back[end] == 0 else INSIDE + word[back[end] : end])
        end = back[end]
    return pieces[::-1]


def _substrings(word: str) -> set[str]:
    """Every run of two letters or more, marked where it does not begin the word."""
    ends = range(2, len(word) + 1)
    return {
        ("" if start == 0 else INSIDE) + word[start:end] for end in ends for start in range(max(0, end - _LONGEST_PART), end - 1)
    }
