"""Commitments: which sentences promise something, with which date, and the question each turns into."""

from __future__ import annotations

import pytest

from corpus.commitments import find, is_commitment
from corpus.dates import find_due
from corpus.tense import main_verb
from corpus.verbs import readings, verbs
from eval.commitments import score, split_of


@pytest.mark.parametrize(
    "sentence",
    [
        "En rutin ska tas fram under hösten 2025.",
        "Nämnden kommer att fatta beslut i december 2025.",
        "En ny lokal planeras till våren 2026.",
        "Ett avtal med kommunen är på gång.",
        "Rekrytering pågår.",
        "Tunneln upplevs som mörk och ska rustas upp.",
        "Hallen saknar lyft, vilket ska åtgärdas.",
        "Butiken ska få längre öppettider.",
        "Alla team ska ha fått handledning.",
        "En rutin för avhopp är under arbete.",
        "En förstudie om en ny hall pågår.",
        "Under 2026 skulle tillsynen återupptas.",
        "Arbetet med en gemensam e-tjänst pågår.",
        "En översyn av mallen pågår.",
        "Det pågår också ett arbete med att översätta broschyren.",
        "Handläggarna ska få en utbildning i bemötande.",
        "En avgift för den som lämnar in för sent ska införas.",
        "En handlingsplan är under uppbyggnad.",
        "Arbetet har påbörjats.",
        "Samverkan med vården behöver utvecklas.",
        "Det återstår att utbilda nattpersonalen.",
        "Starten har skjutits upp till november 2025.",
        "Tjänsten annonseras på nytt efter sommaren.",
        "Förvaltningen avser att ta fram en gemensam plan.",
        "En modell för detta tas fram tillsammans med grannkommunen.",
    ],
)
def test_promises(sentence: str) -> None:
    assert is_commitment(sentence, 2025)


@pytest.mark.parametrize(
    "sentence",
    [
        "Frågan om våld ska alltid ställas vid nybesök.",
        "Målet är att alla ska få svar inom en vecka.",
        "Sökande ska ha fyllt 70 år.",
        "Resultatet används när vandringarna planeras.",
        "Boende ska få stöd av personal.",
        "Alla nyanställda ska få en introduktion.",
        "Planen pekar ut de vägar som ska byggas om fram till 2030.",
        "Enheten arbetar efter en plan med målet att minska förbrukningen till 2030.",
        "Klotter ska enligt riktlinjen saneras inom 48 timmar.",
        "Arbetet med att stödja unga pågår hela året.",
        "Ledarna vet hur de ska agera.",
        "Lägesbilden tas fram varje år i mars.",
        "Under hösten 2024 utbildades 40 medarbetare.",
        "Planen gäller från 2023.",
        "Arbetet är inte påbörjat.",
        "Föräldrar som behöver stöd hänvisas till familjecentralen.",
        "Planen för 2023–2025 har sex delmål.",
        "",
    ],
)
def test_no_promises(sentence: str) -> None:
    assert not is_commitment(sentence, 2025)


def test_offsets_and_due_and_state() -> None:
    comment = "Rutinen används.\n\nEn checklista ska tas fram till hösten 2025. Den är efterfrågad."
    (found,) = find(comment, 2025)
    assert comment[found.start : found.end] == found.text == "En checklista ska tas fram till hösten 2025."
    assert (found.due, found.year, found.state) == ("hösten 2025", 2025, "open")
    assert found.question == "Togs en checklista fram, som planerades till hösten 2025?"


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Teamet ska starta hösten 2025.", "Startade teamet, som planerades till hösten 2025?"),
        ("En rutin ska vara klar till den 1 mars 2026.", "Blev en rutin klar, som planerades till den 1 mars 2026?"),
        ("Slutrapporten ska presenteras i november 2025.", "Presenterades slutrapporten, som planerades till november 2025?"),
        ("En uppföljning är planerad till november 2025.", "Blev det av en uppföljning, som planerades till november 2025?"),
        ("Resterande enheter ska göra det före årets slut.", None),
        ("Rekrytering pågår.", "Är detta klart, som pågick 2025: ”Rekrytering pågår”?"),
        ("Samverkan behöver utvecklas.", "Har något gjorts sedan 2025 åt detta: ”Samverkan behöver utvecklas”?"),
    ],
)
def test_questions(sentence: str, question: str | None) -> None:
    (found,) = find(sentence, 2025)
    if question is None:
        question = "Vad blev det av detta, som planerades före årets slut: ”Resterande enheter ska göra det före årets slut”?"
    assert found.question == question


def test_a_question_quotes_the_sentence_that_a_promise_points_back_to() -> None:
    (found,) = find("I Kolnäset saknas ett råd. Det ska bildas under 2026 när chefen är på plats.", 2025)
    assert "I Kolnäset saknas ett råd. Det ska bildas" in found.question


def test_a_sentence_with_sedan_follows_a_promise() -> None:
    found = find("Slutrapporten ska presenteras i november 2025. Därefter tar nämnden ställning till fortsättningen.", 2025)
    assert [c.text.split()[0] for c in found] == ["Slutrapporten", "Därefter"]


def test_blank_comments_promise_nothing() -> None:
    assert find("", 2025) == find(" \n\n ", 2025) == []


@pytest.mark.parametrize(
    ("text", "year", "later"),
    [
        ("till hösten 2025", 2025, True),
        ("i mars 2025", 2025, False),
        ("under 2026", 2025, True),
        ("före årets slut", 2025, True),
        ("hösten 2024", 2025, False),
        ("den 1 februari 2026", 2025, True),
    ],
)
def test_dates_ahead(text: str, year: int, later: bool) -> None:
    due = find_due(f"Det sker {text}.", year)
    assert due is not None and due.lies_after(year) is later


@pytest.mark.parametrize(
    ("sentence", "tense", "word"),
    [
        ("Gruppen träffas varje vecka.", "present", "träffas"),
        ("Gruppen har träffats fyra gånger.", "perfect", "har"),
        ("Gruppen har en kontaktperson.", "present", "har"),
        ("Den som ringer får svar.", "present", "får"),
        ("De prioriterade stadsdelarna är oförändrade.", "present", "är"),
        ("Inför sommaren delades ett schema ut.", "past", "delades"),
        ("8 workshops jan–juni", "none", ""),
    ],
)
def test_main_verbs(sentence: str, tense: str, word: str) -> None:
    verb = main_verb(sentence)
    assert (verb.tense, verb.word) == (tense, word)


def test_verb_forms() -> None:
    assert verbs()["stryka"].preterite == "strök"
    assert {(form.infinitive, form.tense) for form in readings("utdelad")} == {("dela", "participle")}
    assert [form.passive for form in readings("strukits")] == [True]


def test_the_marked_comments_of_the_development_half() -> None:
    marks = score("dev")
    assert marks.comments == 83
    assert marks.f1 >= 0.9, (marks.false, marks.missed)


def test_items_are_split_by_their_hash() -> None:
    """SHA-256 of "p1-1:1" ends in an even digit, that of "p1-1:2" in an odd one."""
    assert (split_of("p1-1:1"), split_of("p1-1:2")) == ("dev", "test")
