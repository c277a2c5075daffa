"""The test of support, sentence by sentence as one would judge by hand."""

from __future__ import annotations

import pytest

from eval.support import support

NOTE = "ledarutb. klar 12 okt 2025, 9 av 11 fullföljde, kurs nr 2 flyttad till ht"


@pytest.mark.parametrize(
    ("sentence", "sources", "verdict"),
    [
        ("Ledarutbildningen blev klar den 12 oktober 2025.", [NOTE], "supported"),
        ("9 av 11 fullföljde.", [NOTE], "supported"),
        ("Nio av elva fullföljde.", [NOTE], "supported"),
        ("Kurs nr 2 har flyttats till hösten.", [NOTE], "supported"),
        ("Ledarutbildningen blev klar den 13 oktober 2025.", [NOTE], "partly"),
        ("Ledarutbildningen blev inte klar den 12 oktober 2025.", [NOTE], "not"),
        ("Badhuset i Lillviken renoverades.", [NOTE], "not"),
        ("Ledarutbildningen blev klar.", [], "not"),
        ("Stödet kostade 120 miljoner kronor.", ["stödet kostade 120 tkr"], "partly"),
        ("Stödet kostade 120 tusen kronor.", ["stödet kostade 120 tkr"], "supported"),
        ("Simskolan är ute.", ["simskolan ej ute"], "not"),
        ("Simskolan är inte ute.", ["simskolan ej ute"], "supported"),
        ("Lokalen är bokad.", ["lokal bokad, bussen ej klar"], "supported"),
        ("Väntetiden till samtal är 6 dagar.", ["väntetid 6 dgr", "Väntetiden till samtal är 9 dagar."], "supported"),
        ("Väntetiden till samtal är 6 dagar.", ["väntetid 6 dgr"], "partly"),
        ("3 är rökfria efter 23 månader.", ["64 elever, 23 rökfria e. 3 mån"], "partly"),
    ],
)
def test_judged_by_hand(sentence: str, sources: list[str], verdict: str) -> None:
    assert support(sentence, sources) == verdict


def test_more_sources_never_take_support_of_words_away() -> None:
    sentence = "9 av 11 fullföljde."
    assert support(sentence, ["Någonting helt annat.", NOTE]) == support(sentence, [NOTE, "Någonting helt annat."]) == "supported"


def test_what_it_does_not_understand() -> None:
    assert support("11 av 9 fullföljde.", [NOTE]) == "supported", "two figures beside one word may change places"
    assert support("Föräldrarna var nöjda.", ["mammor och pappor gillade det"]) == "not", "other words for the same thing"
