"""Which sentences of a comment a topic is about, with numbers worked out by hand."""

from __future__ import annotations

import pytest

from assistant.sentences import best_run, first_sentence, score_sentences, topic_stems

COMMENT = "Team Hemfrid startade i mars. Väntetiden är tre dagar.\n\nJourtelefonen har öppet på kvällar."


def test_a_word_of_the_sentence_before_counts_half_and_one_elsewhere_an_eighth() -> None:
    first, second, third = score_sentences(COMMENT, topic_stems("väntetiden Hemfrid"))
    assert (first.own, second.own, third.own) == (0.5, 0.5, 0.0)
    assert second.near == pytest.approx((1 + 0.5) / 2)
    assert first.near == pytest.approx((1 + 0.12) / 2)
    assert third.near == pytest.approx((0.12 + 0.12) / 2)


def test_abbreviations_are_met_as_written() -> None:
    scored = score_sentences("De visade sig nöjda. SIG är i gång.", topic_stems("SIG"))
    assert [each.own for each in scored] == [0.0, 1.0]


def test_words_that_are_too_far_apart_do_not_count() -> None:
    stems = topic_stems("polisen")
    assert score_sentences("Polisanmälan gjordes.", stems)[0].own > 0
    assert score_sentences("Polisanmälan gjordes.", stems, least=0.7)[0].own == 0


def test_the_best_run_is_the_sentence_about_the_topic() -> None:
    start, end = best_run(COMMENT, topic_stems("väntetid"))
    assert COMMENT[start:end] == "Väntetiden är tre dagar."


def test_a_search_decides_where_no_word_is_shared() -> None:
    at = COMMENT.index("Jourtelefonen")
    assert best_run(COMMENT, topic_stems("telefontider"), (at, len(COMMENT))) == (at, len(COMMENT))
    assert best_run("", topic_stems("telefon")) == (0, 0)


@pytest.mark.parametrize(
    ("comment", "first"),
    [
        ("Social prevention:\n\nGruppen möts. Den växer.", "Gruppen möts."),
        ("Delvis. Arbetet har börjat. Mer väntar.", "Delvis. Arbetet har börjat."),
        ("", ""),
    ],
)
def test_the_first_sentence_is_no_heading_and_more_than_a_word(comment: str, first: str) -> None:
    start, end = first_sentence(comment)
    assert comment[start:end] == first


def test_a_compound_is_met_by_its_parts_in_one_sentence_only() -> None:
    stems = topic_stems("nätfiskeutbildningen")
    together, apart = (score_sentences(text, stems)[0].own for text in ("En utbildning om nätfiske hölls.", "En utbildning hölls."))
    assert together == 0.9
    assert apart < together
