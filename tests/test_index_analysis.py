"""Swedish text as terms: what is kept whole, what is folded, what is split."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse, char_ngrams, fold, is_stopword, stem, terms, tokens, words
from index.compounds import Lexicon


def test_codes_and_numbers_stay_whole() -> None:
    assert tokens("Strategi 5:2, insats 4.1 och 1,5 miljoner den 16/5.") == [
        *("strategi", "5:2", "insats", "4.1", "och", "1,5", "miljoner", "den", "16", "5")
    ]


def test_a_code_is_not_part_of_another() -> None:
    assert not set(analyse("5:2")) & set(analyse("5:20 15:2 52 2:5"))


def test_swedish_letters_are_letters_of_their_own() -> None:
    assert fold("ÅR") == "år"
    assert fold("A\u030aR") == "år"
    assert not set(analyse("får")) & set(analyse("far"))
    assert not set(analyse("ökad")) & set(analyse("okad"))


@pytest.mark.parametrize(
    ("forms", "shared"),
    [("kommun kommunen kommunernas kommuner", "kommun"), ("skola skolan skolans skolor", "skol"), ("flicka flickan", "flick")],
)
def test_forms_of_a_word_share_a_stem(forms: str, shared: str) -> None:
    assert {stem(form) for form in forms.split()} == {shared}


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("trygghetsvandringar", ("trygghet", "vandringar")),
        ("orosanmälan", ("oro", "anmälan")),
        ("skolfrånvaro", ("skola", "frånvaro")),
        ("kvinnofrid", ("kvinna", "frid")),
        ("familjehem", ("familj", "hem")),
        ("barnrättsperspektiv", ("barn", "rätts", "perspektiv")),
    ],
)
def test_compounds_give_their_parts(compound: str, parts: tuple[str, ...]) -> None:
    found = terms(compound)
    assert found[0] == stem(compound)
    if compound != "familjehem":  # a short last part is not trusted
        assert set(found[1:]) == {stem(part) for part in parts} - {stem(compound)}


@pytest.mark.parametrize("word", ["utbildning", "verksamhet", "samverkan", "otillåten", "åtgärder", "förvaltningen", "utveckling"])
def test_words_that_are_no_compounds_are_not_split(word: str) -> None:
    assert terms(word) == (stem(word),)


def test_a_lexicon_splits_by_its_own_words() -> None:
    lexicon = Lexicon.from_lines(["# a comment", "12 blå bär kaka", "", "3 kvast"])
    assert lexicon.parts("blåbärskaka") == ("blå", "bär", "kaka")
    assert lexicon.parts("blåkvastar") == ("blå", "kvastar")
    assert lexicon.parts("kaka") == ()
    assert "kvast" in lexicon and "kvastar" not in lexicon


def test_rare_short_parts_are_not_trusted() -> None:
    assert Lexicon.from_lines(["12 kaka", "8 bär"]).parts("bärkaka") == ()
    assert Lexicon.from_lines(["12 kaka", "9 bär"]).parts("bärkaka") == ("bär", "kaka")


def test_a_lexicon_line_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Lexicon.from_lines(["ord utan tal"])


def test_ngrams_have_marks_at_both_ends() -> None:
    assert char_ngrams("skolan") == ("_skol", "skola", "kolan", "olan_")
    assert char_ngrams("ja") == ("_ja_",)
    assert char_ngrams("5:2") == ("_5:2_",)


def test_stopwords_say_nothing_of_a_subject() -> None:
    assert all(is_stopword(word) for word in ["vad", "gjorde", "vi", "för", "att"])
    assert not any(is_stopword(word) for word in ["skolan", "5:2", "trygghet"])


def test_words_have_their_places_in_the_text_as_written() -> None:
    text = "Fa\u030ar NÄMNDEN 5:2?"
    assert [(text[word.start : word.end], word.folded) for word in words(text)] == [
        ("Fa\u030ar", "får"),
        ("NÄMNDEN", "nämnden"),
        ("5:2", "5:2"),
    ]


@given(st.text(alphabet="abcåäöéÅÄÖ \n.,:-_()0123456789", max_size=80))
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert tokens(text) == tokens(decomposed)
    assert [word.folded for word in words(text)] == [word.folded for word in words(decomposed)] == tokens(text)


@given(st.text(max_size=60))
def test_analysis_does_not_depend_on_case_or_surroundings(text: str) -> None:
    assert all(token == fold(token) for token in tokens(text))
    assert analyse(f" {text}. ") == analyse(text)
    assert all(text[word.start : word.end] for word in words(text))


@given(st.text(alphabet="abdegiklmnorstuvåäö", min_size=1, max_size=24))
def test_parts_are_in_the_order_of_the_word_and_never_the_whole(word: str) -> None:
    found = terms(word)
    assert found[0] == stem(word)
    assert len(set(found)) == len(found) <= 5
