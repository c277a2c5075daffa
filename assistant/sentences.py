"""Which sentences of a comment a topic is about: scored word by word, neighbours counted, the best run given with its offsets.

Uses the words' stems and compound parts, and forgives endings and spelling. Knows nothing of search or of what kind of thing is wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.words import in_capitals, is_function, kinship, stem, words
from corpus.sentences import Sentence, split

CONTEXT = (0.5, 0.4, 0.3)
"""What a word counts that stands one, two or three sentences before in the same paragraph and not in the sentence itself."""

CLOSE = 0.7
"""Kinship below which a word of a sentence is not the word of a fact question: "polisanmälan" is not "polisen"."""

APART = 0.9
"""What a compound counts whose parts stand apart in the same sentence."""

ELSEWHERE = 0.12
"""What a word counts that stands elsewhere in the comment."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of a comment: ``own`` is the share of the topic's words in it, ``near`` the same with its neighbours' help."""

    sentence: Sentence
    own: float
    near: float


def topic_stems(topic: str) -> tuple[str, ...]:
    """The stems of a topic's telling words, in order, without repeats; abbreviations as written, because "SIG" is not "sig"."""
    telling = (w for w in words(topic) if len(w.text) > 1 and (not is_function(w) or in_capitals(w.text)))
    return tuple(dict.fromkeys(w.text if in_capitals(w.text) else stem(w.folded) for w in telling))


def score_sentences(comment: str, stems: Sequence[str], *, least: float = 0.0) -> list[Scored]:
    """Every sentence of ``comment`` in order with how much of the topic it holds, 0..1; no stems give 0 everywhere.

    Words that are less akin than ``least`` do not count.
    """
    sentences = split(comment)
    rows = [[value if value >= least else 0.0 for value in _matches(sentence.text, stems)] for sentence in sentences]
    if not stems:
        return [Scored(sentence, 0.0, 0.0) for sentence in sentences]
    anywhere = [max(column) for column in zip(*rows, strict=True)]
    scored = []
    for at, sentence in enumerate(sentences):
        near = [max(own, ELSEWHERE * other) for own, other in zip(rows[at], anywhere, strict=True)]
        for back, worth in enumerate(CONTEXT, 1):
            if at >= back and _same_paragraph(comment, sentences[at - back], sentence):
                near = [max(value, worth * other) for value, other in zip(near, rows[at - back], strict=True)]
        scored.append(Scored(sentence, sum(rows[at]) / len(stems), sum(near) / len(stems)))
    return scored


def _matches(text: str, stems: Sequence[str]) -> list[float]:
    own = _own_stems(text)
    return [max(max((kinship(s, other) for other in own), default=0.0), _taken_apart(s, own)) for s in stems]


def _taken_apart(compound: str, own: frozenset[str]) -> float:
    """APART where a sentence has both parts of a compound as words of their own ("utbildning om nätfiske"), else 0."""
    if len(compound) < 9:
        return 0.0
    heads = [len(other) for other in own if len(other) >= 4 and compound.startswith(other)]
    tails = [len(other) for other in own if len(other) >= 4 and compound.endswith(other)]
    return APART if heads and tails and max(heads) + max(tails) >= len(compound) - 2 else 0.0


@lru_cache(maxsize=4096)
def _own_stems(text: str) -> frozenset[str]:
    """The stems of a sentence's words and of their parts between hyphens, remembered for the next question that meets it."""
    parts = (part for word in words(text) for part in (word.text, *word.text.split("-")))
    return frozenset(part if in_capitals(part) else stem(part) for part in parts)


def _same_paragraph(comment: str, first: Sentence, second: Sentence) -> bool:
    return "\n\n" not in comment[first.end : second.start]


def best_run(comment: str, stems: Sequence[str], hint: tuple[int, int] | None = None) -> tuple[int, int]:
    """The slice of ``comment`` that says most about the topic: one sentence, or a few in a row that say nearly as much.

    ``hint`` is where a search found its best passage; it decides between equals, and alone where no word is shared. An empty comment
    gives (0, 0).
    """
    scored = score_sentences(comment, stems)
    if not scored:
        return 0, 0
    lift = [s.own + 0.2 * (s.near - s.own) + (0.15 if hint and _inside(s.sentence, hint) else 0.0) for s in scored]
    top = max(range(len(scored)), key=lambda i: (lift[i], -i))
    if scored[top].own == 0.0 and hint and hint[1] > hint[0]:
        return hint
    first = last = top
    while last + 1 < len(scored) and last - top < 2 and lift[last + 1] >= 0.6 * lift[top] and scored[last + 1].own > 0:
        last += 1
    while first > 0 and top - first < 1 and lift[first - 1] >= 0.8 * lift[top] and scored[first - 1].own > 0:
        first -= 1
    return scored[first].sentence.start, scored[last].sentence.end


def first_sentence(comment: str) -> tuple[int, int]:
    """The slice of the first sentence that is no heading of its own, with the next one where it is no more than a word ("Delvis.").

    (0, 0) for an empty comment.
    """
    sentences = split(comment)
    at = next((i for i, s in enumerate(sentences) if not s.text.endswith(":")), 0)
    if not sentences:
        return 0, 0
    last = at + 1 if len(sentences[at].text.split()) < 2 and at + 1 < len(sentences) else at
    return sentences[at].start, sentences[last].end


def _inside(sentence: Sentence, span: tuple[int, int]) -> bool:
    return sentence.start < span[1] and span[0] < sentence.end
