"""Diagnostics about a whole report: what a person should look at, and nothing else."""

from __future__ import annotations

import pytest
from corpus_form import write

from corpus import parse_report, read_bytes
from corpus.checks import characters, check
from corpus.model import Diagnostic, Item, Kind, Plan


def item(code: str, answer: str | None = "Ja", comment: str = "Klart.", plan: int = 1, kind: Kind = "strategi") -> Item:
    return Item("r", "A", 2024, plan, f"Plan {plan}", "", kind, code, code, "Har ni?", "Text", "", answer, comment, 1)  # type: ignore[arg-type]


def gaps(*codes: str) -> list[str]:
    return [d.message for d in check([Plan(1, "Plan 1")], [item(code) for code in codes]) if d.code == "gap"]


def test_gaps_in_the_numbering() -> None:
    assert gaps("1:1", "1:2", "2:1") == []
    assert gaps("1:1", "1:3", "2:2") == [
        "I plan 1 (Plan 1) saknas strategi 1:2 i numreringen.",
        "I plan 1 (Plan 1) saknas strategi 2:1 i numreringen.",
    ]
    assert gaps("1:1", "3:1") == ["I plan 1 (Plan 1) saknas punkterna 2:… i numreringen."]
    assert len(gaps("1:1", "1:999", "999:1")) <= 22


@pytest.mark.parametrize(
    ("answer", "comment", "severity"),
    [
        ("Ja", "Detta har inte genomförts.", "warning"),
        ("Ja", "Inte kommit igång med arbetet än.", "warning"),
        ("Ja", "Arbetet har ännu inte påbörjats av förvaltningen.", "warning"),
        ("Ja", "Inga utbildningar har hållits.", "warning"),
        ("Ja", "Delvis används metoden.", "info"),
        ("Nej", "Arbetet är klart sedan i våras.", "info"),
        ("Nej", "Ett pågående arbete finns.", "info"),
    ],
)
def test_an_answer_that_its_comment_denies(answer: str, comment: str, severity: str) -> None:
    assert [d.severity for d in check([], [item("1:1", answer, comment)]) if d.code == "answer_mismatch"] == [severity]


@pytest.mark.parametrize(
    ("answer", "comment"),
    [
        ("Ja", "Arbetet är klart. Ett stöd har inte påbörjats."),
        ("Ja", "Förvaltningen arbetar inte själv med stöd men hänvisar vidare."),
        ("Nej", "Detta har inte genomförts."),
        ("Nej", "Arbetet har inte påbörjats."),
        ("Delvis", "Detta har inte genomförts."),
    ],
)
def test_answers_that_fit(answer: str, comment: str) -> None:
    assert [d for d in check([], [item("1:1", answer, comment)]) if d.code == "answer_mismatch"] == []


def test_items_without_answer_or_comment() -> None:
    found = check([], [item("1:1", None, ""), item("1:2")])
    assert [(d.code, d.item) for d in found] == [("no_answer", 0), ("no_comment", 0)]


def test_odd_characters_are_counted_and_private_ones_said() -> None:
    text = "Ett\u200b ord, ett mjukt bin\u00addestreck, \uf0b7 och \ufffd.\n"
    found = characters(read_bytes(text.encode(), "x.txt"))
    assert [d.code for d in found] == ["soft_hyphens", "hidden_characters", "private_characters", "replacement_characters"]
    assert characters(read_bytes(b"Vanlig text.\r\n", "x.txt")) == []


def test_the_most_serious_come_first_and_all_speak_of_something() -> None:
    report = parse_report(read_bytes((write() + "\ufffd\n").encode(), "x.txt"), organisation="A", year=2024)
    order = [d.severity for d in report.diagnostics]
    assert order == sorted(order, key=["error", "warning", "info"].index)
    assert all(isinstance(d, Diagnostic) and d.message for d in report.diagnostics)
    assert {d.code for d in report.diagnostics} >= {"gap", "page_header", "replacement_characters"}
