"""What ranking passes over must not change what it gives: held against the same ranking of every item there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pytest
from index_form import Point, WordEmbedder, report
from numpy.typing import NDArray

from index import searcher
from index.library import NO_EMBEDDER, Library
from index.nearness import Nearness
from index.query import Query
from index.searcher import Found, Vocabulary, Worded, rank, search
from index.weights import Weights

WORDS = "kurator nattvandring skolfrånvaro belysning bygglov remiss handledning samtal broschyr grannsamverkan".split()
ORDINARY = Weights()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """1 000 items with three to thirty words of ten, so that pairs of words stand in many."""
    dice = Random(3)
    with Library.open(tmp_path_factory.mktemp("bibliotek"), create=True, embedder=WordEmbedder()) as made:
        for year in range(2015, 2025):
            comments = [" ".join(dice.choices(WORDS, k=dice.randint(3, 30))) + "." for _ in range(100)]
            made.add(*report([Point(f"{1 + n // 50}:{1 + n % 50}", comment) for n, comment in enumerate(comments)], year=year))
        made.search(WORDS[0])  # makes the derived files
        yield made


class Watched(Nearness):
    """Remembers whether the vectors were searched."""

    searched = False

    def nearest(self, count: int, allowed: NDArray[np.bool_] | None = None) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        self.searched = True
        return super().nearest(count, allowed)


def both_ways(library: Library, text: str, limit: int) -> tuple[list[Found], list[Found], bool]:
    """What a search gives, what ranking all items gives, and whether the vectors were searched."""
    state = library._engine()._state
    vector = library._engine().encode(text)
    assert state is not None and state.vectors is not None and vector is not None
    words, query = state.words, Query.parse(text)
    vocabulary = Vocabulary.of(query, words.texts, ORDINARY)
    every = np.arange(words.items)
    near = Watched(state.vectors, vector)
    found = search(query, near, words, vocabulary, limit=limit, among=every, weights=ORDINARY)
    lexical = searcher.bm25(query, vocabulary, words, ORDINARY, every)
    whole = Worded.of(query, vocabulary, words, every, lexical, ORDINARY)
    return found, rank(whole, Nearness(state.vectors, vector), ORDINARY, limit=limit), near.searched


@pytest.mark.parametrize("limit", [1, 10, 30])
def test_a_question_that_is_met_word_for_word_needs_no_vectors_to_be_ranked_as_among_all_items(
    library: Library, limit: int
) -> None:
    for text in (*WORDS, *map(" ".join, combinations(WORDS, 2))):
        found, every, searched = both_ways(library, text, limit)
        assert found == every and not searched, text


def test_a_question_that_no_item_meets_whole_is_looked_for_by_meaning(library: Library) -> None:
    *_, searched = both_ways(library, "kurator inventering", 10)
    assert searched


def test_an_item_that_says_more_is_not_crowded_out_by_hundreds_that_share_a_heading(tmp_path: Path) -> None:
    same = [Point(f"1:{number}", "Inget nytt.", area="Målområde 1: Trygghet") for number in range(1, 401)]
    best = Point("9:9", "Trygghet skapas av vuxna som syns.", area="Målområde 1: Trygghet")
    with Library.open(tmp_path, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report([*same, best]))
        assert library.search("trygghet")[0].item.code == "9:9"
