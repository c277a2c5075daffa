"""The form's own words: codes, answers, headings, questions, one paragraph at a time."""

from __future__ import annotations

import time

import pytest

from corpus.marks import asks, canonical, code_mark, expected_label, first_answer, heading_mark, whole_answer


@pytest.mark.parametrize(
    ("text", "form", "kind", "code", "written", "rest"),
    [
        ("Strategi 1:1 Staden ska", "kind", "strategi", "1:1", "1:1", "Staden ska"),
        ("Strategi 5 : 2 Staden ska", "kind", "strategi", "5:2", "5 : 2", "Staden ska"),
        ("Insats 5.2. Staden ska", "kind", "insats", "5:2", "5.2", "Staden ska"),
        ("ÅTGÄRD 12:10: Staden ska", "kind", "åtgärd", "12:10", "12:10", "Staden ska"),
        ("Strategi 2:3a Staden ska", "kind", "strategi", "2:3a", "2:3a", "Staden ska"),
        ("1:1 Alla ska", "colon", "åtgärd", "1:1", "1:1", "Alla ska"),
        ("1.2 Utveckla", "dot", "åtgärd", "1:2", "1.2", "Utveckla"),
        ("1.2 miljoner", "weak", "åtgärd", "1:2", "1.2", "miljoner"),
        ("Genomförs i enlighet med insats 4:6.", "tail", "insats", "4:6", "4:6", "Genomförs i enlighet med insats 4:6."),
        ("Sker enligt åtgärd 3.2", "tail", "åtgärd", "3:2", "3.2", "Sker enligt åtgärd 3.2"),
    ],
)
def test_codes(text: str, form: str, kind: str, code: str, written: str, rest: str) -> None:
    mark = code_mark(text)
    assert mark is not None
    assert (mark.form, mark.kind, mark.code, mark.written) == (form, kind, code, written)
    assert text[mark.body :].strip() == rest


@pytest.mark.parametrize(
    "text", ["1.2.3 Område", "Strategi för alla", "10:300:2 Xx", "2024 var ett år", "5:2", "1:2345 Xx", "Strategi 5:2:1 Xx"]
)
def test_no_codes(text: str) -> None:
    assert code_mark(text) is None


def test_a_code_is_a_key_and_not_a_word() -> None:
    assert canonical("5.2") == canonical("5 : 2") == canonical("05:02") == "5:2"
    assert len({canonical(code) for code in ("5:2", "5:20", "15:2", "5:2a")}) == 4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Ja", "Ja"),
        ("NEJ.", "Nej"),
        ("Delvis", "Delvis"),
        ("Pågår", "Pågår"),
        ("Pågående", "Pågår"),
        ("Ej besvarad", None),
        ("Svar saknas", None),
        ("–", None),
        ("Svar: Nej", "Nej"),
        ("☒ Ja ☐ Nej", "Ja"),
        ("Ja ☐ Nej ☑", "Nej"),
        ("☐ Ja ☐ Nej", None),
    ],
)
def test_whole_answers(text: str, value: str | None) -> None:
    mark = whole_answer(text)
    assert mark is not None
    assert mark.value == value


@pytest.mark.parametrize("text", ["Ja, i år", "Jaha", "Nejlikor", "Delvis används stödet", "2024", "Ja " * 30])
def test_no_whole_answers(text: str) -> None:
    assert whole_answer(text) is None


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("Ja, delvis klart.", "Ja", "delvis klart."),
        ("Nej. Inte än.", "Nej", "Inte än."),
        ("Ja vi har", "Ja", "vi har"),
        ("Pågår: hela året", "Pågår", "hela året"),
    ],
)
def test_answers_with_more_on_the_line(text: str, value: str, rest: str) -> None:
    mark = first_answer(text)
    assert mark is not None
    assert (mark.value, text[mark.end :]) == (value, rest)


@pytest.mark.parametrize("text", ["Delvis används stödet", "Pågår arbete", "Ja-sägare", "Nejd"])
def test_first_words_that_are_no_answer(text: str) -> None:
    assert first_answer(text) is None


def test_headings() -> None:
    mark = heading_mark("1.2.1 Målområde 3: Minska oron")
    assert mark is not None
    assert (mark.numbers, mark.named, mark.level) == ((1, 2, 1), True, 3)
    mark = heading_mark("2 Plan mot tystnad 2023-2025")
    assert mark is not None
    assert (mark.numbers, mark.named, mark.level) == ((2,), False, 1)
    mark = heading_mark("Fokusområde 2")
    assert mark is not None
    assert (mark.numbers, mark.named) == ((), True)


@pytest.mark.parametrize(
    "text", ["1.2 Utveckla stödet.", "15 förvaltningar", "Mål 3 nåddes", "2 " + "Ord " * 100, "Målområde 3: vi har gjort det.", ""]
)
def test_no_headings(text: str) -> None:
    assert heading_mark(text) is None


def test_questions_and_expected_results() -> None:
    assert asks("Har ni stöd? (Samtliga nämnder)")
    assert asks("Har ni stöd?")
    assert not asks("Vi frågade: har ni stöd? Svaret blev ja")
    assert "Förväntat resultat: Bättre"[expected_label("Förväntat resultat: Bättre") :] == "Bättre"
    assert expected_label("Förväntat resultat är bra") == 0


@pytest.mark.parametrize("unit", ["1", "1.", "1:", "(", "?", " ", "Ja ", "insats ", "Strategi 1", "Förväntat ", "☐"])
def test_patterns_take_linear_time(unit: str) -> None:
    """Two million characters in some seconds even on a slow machine; a quadratic pattern would take hours."""
    text = unit * (2_000_000 // len(unit))
    began = time.monotonic()
    for look in (code_mark, heading_mark, whole_answer, first_answer, expected_label, asks):
        look(text)
    assert time.monotonic() - began < 60
