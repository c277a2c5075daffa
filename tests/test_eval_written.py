"""Written questions: those that ship are sound, broken ones are refused by line, verdicts by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, Block, whole
from corpus.model import Item
from eval import answers, written
from eval.archive import Archive
from eval.results import Refusals
from eval.written import BadQuestions, Expected, Written


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return Archive.of_samples().items


def folder(path: Path, *rows: object) -> Path:
    (path / "dev.jsonl").write_text(
        "\n".join(json.dumps(row) if not isinstance(row, str) else row for row in rows), encoding="utf-8"
    )
    return path


def row(**changes: object) -> dict[str, object]:
    return {"id": "q1", "kind": "topic", "text": "lampor", "expect": {"status": "answered", "first": ["a-2025-1-5:2"]}} | changes


def test_shipped_questions_load(items: list[Item]) -> None:
    questions = written.load(items)
    assert {question.split for question in questions} == {"dev", "test"}
    assert {question.kind for question in questions} <= set(written.KINDS)
    made = written.retrieval(questions, items)
    assert 0 < len(made.queries) < len(questions) and str(len(questions)) in made.notes[0]
    by_id = {item.id: item for item in items}
    for query in made.queries:
        assert {by_id[target].year for target in query.targets} == query.filter.year


def test_one_question(items: list[Item], tmp_path: Path) -> None:
    (question,) = written.load(items, folder(tmp_path, row(), ""))
    (target,) = question.expected.first or ()
    assert target.endswith("/5:2/2025") and question.shown == "ämne, inga gemensamma ord" and question.split == "dev"
    assert written.digest(tmp_path) != written.digest(tmp_path / "ingenting")
    assert written.load(items, tmp_path / "ingenting") == []


def test_the_tier_of_a_topic_question_follows_its_words(items: list[Item]) -> None:
    item = next(item for item in items if item.year == 2025 and item.code == "5:2" and "utbetalningar" in item.comment)
    assert written.tier("felaktig utbetalning", [item]) == "shared"  # another form of the same words
    assert written.tier("bidragsfusk", [item]) == "shared"  # "bidrag" is a part of it, and of "bidragssystemet"
    assert written.tier("fuskare", [item]) == "none"
    assert written.tier("vad gör vi?", [item]) == "none"  # words that say nothing do not count
    other = next(item for item in items if item.year == 2025 and item.code == "3:4")
    assert written.tier("nyhetsbrev", [item, other]) == "shared"  # any of those that answer


def test_many_of_the_topic_questions_share_no_word_with_their_answers(items: list[Item]) -> None:
    tiers = [question.tier for question in written.load(items) if question.kind in written.TOPICS]
    assert None not in tiers
    assert tiers.count("none") >= 0.4 * len(tiers)


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        row(id="a b"),
        row(text=5),
        row(turns=[]),
        row(expect={"status": "answered", "first": ["a-2025-1-9:9"]}),
        row(expect={"status": "answered", "forst": []}),
        {"id": "q"},
    ],
)
def test_broken_lines_are_named(items: list[Item], tmp_path: Path, bad: object) -> None:
    with pytest.raises(BadQuestions, match="rad 2"):
        written.load(items, folder(tmp_path, row(), bad))


def test_an_id_twice_is_refused(items: list[Item], tmp_path: Path) -> None:
    with pytest.raises(BadQuestions, match="två gånger"):
        written.load(items, folder(tmp_path, row(), row()))


def question(**expected: object) -> Written:
    empty: dict[str, object] = {"sources": None, "first": None, "candidates": None, "fact": None, "contains": ()}
    return Written("q", "topic", "dev", ("x",), Expected(**({"status": "answered"} | empty | expected)))  # type: ignore[arg-type]


def test_verdicts_by_hand(items: list[Item]) -> None:
    first, second = items[0], items[1]
    answer = Answer("answered", (Block("say", "Det blev 12 i år."), Block("note", "Mer finns.")), (whole(first), whole(second)))
    assert answers.judge(question(), answer) == {"status": True}
    assert answers.judge(question(status="not_found"), answer) == {"status": False}
    assert answers.judge(question(first=frozenset({second.id})), answer)["first"] is False
    both = frozenset({first.id, second.id})
    assert answers.judge(question(sources=both), answer) == {"status": True, "first": True, "sources": True}
    assert answers.judge(question(sources=frozenset({first.id})), answer)["sources"] is False
    assert answers.judge(question(fact="12"), answer)["said"] is True
    assert answers.judge(question(fact="Mer"), answer)["said"] is False  # not in the first sentence
    assert answers.judge(question(contains=("12", "Mer")), answer)["said"] is True
    refusal = Answer("not_found", (Block("say", "Finns inte."),), (), (first,))
    assert answers.judge(question(status="not_found", candidates=frozenset({first.id})), refusal) == {
        "status": True,
        "offered": True,
    }
    assert answers.judge(question(first=both), refusal)["first"] is False


def test_the_assistant_is_asked_and_counted(items: list[Item], tmp_path: Path) -> None:
    target = next(item for item in items if item.year == 2025 and item.code == "5:2" and item.organisation.endswith("Norrälven"))
    asked = written.load(
        items,
        folder(
            tmp_path,
            row(kind="code", text="strategi 5:2", expect={"status": "answered", "sources": ["a-2025-1-5:2"]}),
            row(id="q2", kind="unknown_code", text="strategi 9:9", expect={"status": "not_found", "sources": []}),
            row(
                id="q3",
                kind="dialogue",
                turns=["strategi 5:2", "och året innan?"],
                expect={"status": "answered", "sources": ["a-2024-1-5:2"]},
            )
            | {},
        ),
    )
    assert asked[0].expected.sources == {target.id}
    steps: list[None] = []
    with Archive.of_samples("ingen").library() as library:
        rows, refusals = answers.ask_all(asked, library, lambda: steps.append(None))
    assert [(r.kind, r.status, r.sources) for r in rows] == [
        ("kod", (1, 1), (1, 1)),
        ("okänd kod", (1, 1), (1, 1)),
        ("dialog", (1, 1), (1, 1)),
        ("alla", (3, 3), (3, 3)),
    ]
    assert refusals == Refusals(1, 1, 1) and len(steps) == 3
