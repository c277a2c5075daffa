"""How well vectors find the passage that belongs to a question: nDCG@10 on works set aside and on a file of questions.

Each question has one right passage among all passages of its set. Knows nothing of how vectors are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.train.texts import TrainingTextError, Work, read_lines

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Pairs = list[tuple[str, str]]

_HEADINGS = 600
_WORD = re.compile(r"[^\W\d_]+")


def ndcg_at_10(scores: NDArray[np.float32]) -> float:
    """Mean of 1 / log2(1 + rank) where the right passage is among the first ten, else 0 (one relevant passage a question).

    ``scores`` is questions × passages and passage i is the right one of question i; equal scores count against it. 0.0 for none.
    """
    if not len(scores):
        return 0.0
    right = np.diagonal(scores)[:, None]
    rank = (scores >= right).sum(axis=1)
    return float(np.where(rank <= 10, 1 / np.log2(1 + rank), 0.0).mean())


def measure(encode: Encode, pairs: Pairs) -> float:
    """nDCG@10 of the unit vectors that ``encode`` gives for (question, passage) pairs."""
    return ndcg_at_10(encode([question for question, _ in pairs]) @ encode([passage for _, passage in pairs]).T)


def held_out_pairs(works: Sequence[Work]) -> dict[str, Pairs]:
    """Four sets from works that training has not seen.

    ``title``: a title and the first part; ``heading``: a heading and its section; ``sentence``: the first sentence and the second
    part; ``other_words``: the longest part but the last, and what title and last sentence say without any word stem of it.
    """
    plain = [work for work in works if not any(part.heading for part in work.parts)]
    long = [work for work in plain if len(work.parts) >= 3]
    titles = [(work.title, text_of(work, 0)) for work in plain if _WORD.search(work.title)]
    headings = [(part.heading, " ".join(part.sentences)) for work in works for part in work.parts if part.heading]
    step = max(len(headings) / _HEADINGS, 1.0)
    other = []
    for work in long:
        passage = max((text_of(work, i) for i in range(len(work.parts) - 1)), key=len)
        question = without_shared_stems(f"{work.title} {work.parts[-1].sentences[-1]}", passage)
        if len(question) >= 3:
            other.append((" ".join(question), passage))
    return {
        "title": titles,
        "heading": [headings[int(i * step)] for i in range(min(len(headings), _HEADINGS))],
        "sentence": [(work.parts[0].sentences[0], text_of(work, 1)) for work in long],
        "other_words": other,
    }


def question_pairs(path: Path) -> Pairs:
    """The questions of a file with their answers.

    Raises:
        TrainingTextError: a line lacks ``question`` or ``answer``.
    """
    pairs: Pairs = []
    for number, record in read_lines(path):
        match record:
            case {"question": str(question), "answer": str(answer)}:
                pairs.append((question, answer))
            case _:
                raise TrainingTextError(f"{path}, rad {number}: raden saknar question eller answer.")
    return pairs


def text_of(work: Work, part: int) -> str:
    """All of one part."""
    return " ".join(work.parts[part].sentences)


def without_shared_stems(question: str, passage: str) -> list[str]:
    """The words of ``question``, in order, whose stem is none of ``passage``'s."""
    import Stemmer

    stem = Stemmer.Stemmer("swedish").stemWord
    present = {stem(word.lower()) for word in _WORD.findall(passage)}
    return [word for word in _WORD.findall(question) if stem(word.lower()) not in present]
