"""How exactly reports are read: the samples in all formats, differences named by hand, the command as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import samples
from eval.parse import differences, evaluate_file, evaluate_samples, sentence_scores, table

REAL = sorted((Path(__file__).parents[2] / "shared" / "reports").glob("*.txt"))


def test_differences_are_named() -> None:
    items = samples.load_source()[0].items[:3]
    assert differences(items, items) == (3, ())
    spaced = [replace(items[0], comment=items[0].comment.replace(" ", "  \n")), *items[1:]]
    assert differences(spaced, items) == (3, ())
    wrong = [replace(items[0], answer="Delvis", question="x"), *items[1:]]
    assert differences(wrong, items) == (2, (f"{items[0].code} question", f"{items[0].code} answer"))
    assert differences(items[:2], items) == (2, (f"{items[2].code} saknas",))
    assert differences(items, items[:2]) == (2, (f"{items[2].code} är en för mycket",))


def test_text_samples_are_exact() -> None:
    for path, source in zip(samples.paths("txt"), samples.load_source(), strict=True):
        result, _ = evaluate_file(path, source.organisation, source.year, source.items)
        assert (result.exact, result.wrong, result.lost) == (len(source.items), (), 0), result.name
        assert f"{result.exact}/{result.expected}" in table([result])


@pytest.mark.slow
def test_samples_in_all_formats() -> None:
    found = evaluate_samples()
    assert len(found.files) == 18 and found.equal == found.reports == 6
    assert [(result.name, result.wrong, result.lost) for result in found.files if result.wrong or result.lost] == []
    assert all((result.plain is not None) == (result.format == "pdf") for result in found.files)


def test_sentences() -> None:
    assert [part for part, _, _ in sentence_scores()] == ["dev", "test"]
    assert all(f1 >= 0.99 for _, _, f1 in sentence_scores())


@pytest.mark.skipif(not REAL, reason="the real report does not lie beside this checkout")
def test_real_report_is_accounted_for() -> None:
    result, items = evaluate_file(REAL[0], "Socialförvaltningen Sydväst", 2024)
    assert (result.items, result.lost, result.expected) == (36, 0, None)
    assert [item.answer for item in items].count("Nej") == 7


def test_command_on_a_file() -> None:
    path = samples.paths("txt")[0]
    done = subprocess.run([sys.executable, "-m", "eval.parse", "--json", str(path)], capture_output=True, text=True, check=True)
    (result,) = json.loads(done.stdout)
    assert (result["name"], result["items"], result["lost"]) == (path.name, 35, 0)
