"""The measurements of building a library and of searching many vectors, at sizes of seconds: that they run, and add up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bench import build, million
from eval.bench.sizes import ITEMS, scaled, texts


def values(measured: object) -> dict[str, float]:
    return {figure.name: figure.value for figure in measured.figures}  # type: ignore[attr-defined]


@pytest.mark.slow
def test_building_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    found = values(build.measure(tmp_path, quick=True, progress=lambda done, total: steps.append((done, total))))
    assert steps == [(number, 10) for number in range(1, 11)]
    assert found["bygga allt"] == found["läsa in rapporterna"] + found["göra hjälpfilerna"] > found["en ändrad rapport"] > 0
    assert found["text"] == sum(len(report.text.encode()) for report, _ in scaled(360)) / 1e6
    parts = found["databasen utan original och vektorer"] + found["hjälpfilerna utan vektorer"]
    assert found["disk mot text"] == pytest.approx(parts / found["text"])
    assert found["mest minne under bygget"] > 30 and found["vektorer i databasen och hjälpfilerna"] > 0
    assert list(tmp_path.iterdir()) == []


def test_a_changed_report_takes_the_place_of_one_that_is_there() -> None:
    there = {(report.organisation, report.year): report for report, _ in scaled(360)}
    comments = {item.comment for report in there.values() for item in report.items}
    changes = [report for report, _ in build._changes(360)]
    assert len(changes) == 5
    for changed in changes:
        before = there[changed.organisation, changed.year]
        assert changed.id != before.id and len(changed.items) in range(ITEMS - 1, ITEMS + 1)
        assert all(item.comment == changed.text[item.comment_start :][: len(item.comment)] for item in changed.items)
        assert not {item.comment for item in changed.items if len(item.comment) > 300} & comments


@pytest.mark.slow
def test_few_vectors_are_found_exactly_and_kept_for_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVAL_TEXT", raising=False)
    found = values(million.measure(tmp_path, quick=True))
    assert found["textställen"] == 4000 and found["recall@10"] >= 0.99
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_size == 4000 * 256 * 4
    changed = kept.stat().st_mtime_ns
    assert values(million.measure(tmp_path, quick=True))["recall@10"] == found["recall@10"]
    assert kept.stat().st_mtime_ns == changed


def test_the_users_text_is_read_whole_then_in_sentences(tmp_path: Path) -> None:
    lines = [
        {"title": "Om lokaler", "paragraphs": ["Lokalen har stängts för gott. Den öppnas inte igen i år."]},
        {"title": "Om lokaler", "paragraphs": ["Lokalen har stängts för gott.", "Kort."]},
        {"a": "lokal", "b": "sal"},
    ]
    (tmp_path / "text.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert list(million._passages(tmp_path)) == [
        "Lokalen har stängts för gott. Den öppnas inte igen i år.", "Lokalen har stängts för gott.", "Den öppnas inte igen i år."
    ]  # fmt: skip
    assert million._questions(tmp_path, 5) == ["Om lokaler"]


def test_made_up_passages_are_the_same_each_time_and_no_two_alike() -> None:
    first, second = list(texts(300)), list(texts(300))
    assert first == second and len(set(first)) == 300
