"""BM25 over segments, against a plain implementation of the formula, however the texts are spread."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analyse, char_ngrams, tokens
from index.lexical import FIELDS, K1, PIVOTS, Text, Texts, build, ngram_key, word_key
from index.lexical import B as LENGTH

WORDS = [
    *("trygghet", "skolan", "skola", "fältgruppen", "5:2", "och", "rutin", "rutiner"),
    *("vandring", "trygghetsvandringar", "kommunen", "år", "2024"),
]
TEXTS = st.lists(
    st.builds(Text, st.integers(0, len(FIELDS) - 1), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)),
    min_size=1,
    max_size=8,
)


def plain_scores(texts: list[Text], terms: list[str], weights: list[float]) -> dict[int, float]:
    """The formula as it stands in the books, over words and n-grams written "w…" and "c…", by text key."""
    documents = {}
    for text in texts:
        found = tokens(text.text)
        grams = [gram for token in found for gram in char_ngrams(token)]
        documents[text.key] = (
            Counter(["w" + term for term in analyse(text.text)] + ["c" + gram for gram in grams]),
            len(found) / PIVOTS[FIELDS[text.field]],
        )
    scores = dict.fromkeys(documents, 0.0)
    for term, weight in zip(terms, weights, strict=True):
        frequency = sum(1 for counts, _ in documents.values() if counts[term])
        idf = log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
        for key, (counts, length) in documents.items():
            times = counts[term]
            scores[key] += weight * idf * times * (K1 + 1) / (times + K1 * (1 - LENGTH + LENGTH * length)) if times else 0.0
    return scores


def scores_of(texts: Texts, terms: list[str], weights: list[float]) -> dict[int, float]:
    keys = [word_key(term[1:]) if term[0] == "w" else ngram_key(term[1:]) for term in terms]
    scores = np.zeros(texts.size, dtype=np.float32)
    texts.add_scores(scores, texts.look_up(keys), weights)
    names = np.concatenate([segment.texts for segment in texts.segments]) if texts.segments else np.zeros(0, dtype=np.uint64)
    return {int(name): float(score) for name, score, alive in zip(names, scores, texts.living, strict=True) if alive}


def side_by_side(*groups: list[Text]) -> Texts:
    segments = [build(group) for group in groups]
    return Texts(segments, np.ones(sum(len(segment.texts) for segment in segments), dtype=np.bool_))


@given(
    TEXTS, st.lists(st.sampled_from(["wtrygg", "wskol", "wrutin", "w5:2", "wvandring", "c_skol", "cytrygg", "cutin_"]), unique=True)
)
def test_scores_are_those_of_the_formula(texts: list[Text], terms: list[str]) -> None:
    weights = [1.0 if term[0] == "w" else 0.3 for term in terms]
    expected = plain_scores(texts, terms, weights)
    found = scores_of(side_by_side(texts), terms, weights)
    assert found.keys() == expected.keys()
    for key, score in expected.items():
        assert abs(found[key] - score) < 2e-4 * (1 + len(terms))  # impacts are whole numbers of 1/16384


@given(TEXTS, st.integers(0, 8))
def test_scores_do_not_depend_on_how_texts_are_spread(texts: list[Text], cut: int) -> None:
    texts = list({text.key: text for text in texts}.values())
    terms = ["wtrygg", "wskol", "c_skol"]
    whole = scores_of(side_by_side(texts), terms, [1.0, 1.0, 0.3])
    parts = scores_of(side_by_side(texts[:cut], texts[cut:]), terms, [1.0, 1.0, 0.3])
    assert whole == parts  # to the last bit


@given(TEXTS, TEXTS)
def test_dead_texts_do_not_count(texts: list[Text], dead: list[Text]) -> None:
    living = {text.key for text in texts}
    segment = build([*texts, *dead])
    both = Texts([segment], np.isin(segment.texts, np.array(sorted(living), dtype=np.uint64)))
    assert scores_of(both, ["wtrygg", "wrutin"], [1.0, 1.0]) == scores_of(side_by_side(texts), ["wtrygg", "wrutin"], [1.0, 1.0])


@settings(max_examples=40)
@given(TEXTS)
def test_membership_is_that_of_the_texts(texts: list[Text]) -> None:
    held = side_by_side(texts[::2], [text for text in texts[1::2] if text.key not in {other.key for other in texts[::2]}])
    by_key = {text.key: text for text in texts}
    names = np.concatenate([segment.texts for segment in held.segments])
    found = held.has(held.look_up([word_key("skol")]), 0, np.arange(held.size))
    assert found.tolist() == ["skol" in analyse(by_key[int(name)].text) for name in names]


def test_more_texts_than_a_chunk_are_merged_in_order() -> None:
    texts = [Text(0, f"trygghet nummer {number}") for number in range(2300)]
    segment = build(texts)
    place = int(segment.find(np.array([word_key("trygg")], dtype=np.uint64))[0])
    listed = segment.postings[segment.starts[place] : segment.starts[place + 1]]
    assert listed.tolist() == list(range(2300))
    assert segment.find(np.array([word_key("saknas")], dtype=np.uint64)).tolist() == [-1]


def test_no_texts_give_an_empty_segment() -> None:
    empty = build([])
    assert (len(empty.texts), len(empty.terms), empty.starts.tolist()) == (0, 0, [0])
    assert empty.find(np.array([word_key("trygg")], dtype=np.uint64)).tolist() == [-1]
