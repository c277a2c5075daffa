"""Tables, TREC files, pictures and the README's place for them, from a small evaluation."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from browsing import chromium
from eval_archive import archive
from independent_measures import independent

from eval import beir, plot, report, table, trec
from eval.abstention import Point
from eval.archive import Archive
from eval.bench.figures import Figure, Measured
from eval.draft_table import DraftTable
from eval.measures import MEASURES, Ranked
from eval.readme import MarkersMissing
from eval.results import HELD_OUT, Answers, Evaluation, Refusals
from eval.run import data_hash, evaluate
from eval.systems import OURS

DRAFTS = DraftTable(("dev", "test"), (("uppgifter kvar", "143 av 143", "9 av 10"),))
README = Path(__file__).parents[1] / "README.md"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(archive())


def test_terminal_table(evaluation: Evaluation) -> None:
    lines = table.terminal(evaluation).split("\n")
    assert max(map(len, lines)) <= 120
    (row,) = [line for line in lines if line.strip().startswith(OURS) and "1,000" in line][:1]
    assert row.split()[1:7] == ["1,000"] * 6
    assert any("egen mening (n = 3 ur 3 kommentarer)" in line for line in lines)


def test_answers_are_shown_where_there_are_some(evaluation: Evaluation) -> None:
    more = replace(evaluation, answers=(Answers("ämne", 4, (3, 4), (2, 4), (0, 0), (0, 0), (0, 0)),), refusals=Refusals(4, 5, 3))
    text = table.terminal(more)
    assert "3 av 4" in text and "2 av 4" in text and "precision 0,600, täckning 0,750" in text
    assert "| ämne | 4 | 3 av 4 | 2 av 4 | – | – | – |" in table.markdown(more, "2026-01-02")
    assert Refusals().precision == Refusals().recall == 1.0


def test_drafts_are_shown_where_they_were_measured(evaluation: Evaluation) -> None:
    assert "| uppgifter kvar | 143 av 143 | 9 av 10 |" in table.markdown(evaluation, "2026-01-02", DRAFTS)
    heads, row = (line.split() for line in table.terminal(evaluation, DRAFTS).split("\n")[-2:])
    assert heads == ["UTKAST", "utvecklingsdelen", "testdelen"] and row[-6:] == ["143", "av", "143", "9", "av", "10"]
    assert "UTKAST" not in table.terminal(evaluation)


def test_readme_keeps_what_is_around_the_markers(evaluation: Evaluation, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_bytes(f"# Före\r\n{table.START}\ngammalt\n{table.END}\n\nEfter å\n".encode())
    table.write_readme(readme, evaluation, "2026-01-02")
    text = readme.read_bytes().decode()
    assert text.startswith(f"# Före\r\n{table.START}\nMätt 2026-01-02 på provet") and text.endswith(f"\n{table.END}\n\nEfter å\n")
    assert "gammalt" not in text and table.readme_hash(text) == evaluation.data_hash
    table.write_readme(readme, evaluation, "2026-01-02")
    assert readme.read_bytes().decode() == text
    assert list(tmp_path.iterdir()) == [readme]


@pytest.mark.parametrize("text", ["", table.START, f"{table.END}{table.START}", f"{table.START}{table.START}{table.END}"])
def test_readme_without_its_markers_is_left_alone(evaluation: Evaluation, tmp_path: Path, text: str) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(text, encoding="utf-8")
    with pytest.raises(MarkersMissing, match="eval:start"):
        table.write_readme(readme, evaluation, "2026-01-02")
    assert readme.read_text(encoding="utf-8") == text


def test_readme_of_the_project_shows_today_s_data() -> None:
    found = table.readme_hash(README.read_text(encoding="utf-8")) if README.exists() else None
    if found is None:
        pytest.skip("README.md has no table of the evaluation yet")
    assert found == data_hash(Archive.of_samples()), "the sample data or questions changed: run assistant eval --readme README.md"


def test_trec_files_give_an_outside_tool_the_same_figures(evaluation: Evaluation, tmp_path: Path) -> None:
    names = {path.name for path in trec.write(tmp_path / "ny", evaluation)}
    assert names == {"undanhallna-rapporter.qrels"} | {
        f"undanhallna-rapporter.{system}.run" for system in ("assistenten", "bm25", "bara-ord")
    }
    qrels = trec.read_qrels(tmp_path / "ny" / "undanhallna-rapporter.qrels")
    assert qrels == evaluation.qrels[HELD_OUT]
    for system, name in (("BM25", "bm25"), (OURS, "assistenten")):
        lines = (tmp_path / "ny" / f"undanhallna-rapporter.{name}.run").read_text(encoding="utf-8").splitlines()
        ranked: dict[str, list[Ranked]] = {}
        for query, _, document, _, score, _ in map(str.split, lines):
            ranked.setdefault(query, []).append(Ranked(document, float(score)))
        for found in (score for score in evaluation.scores if score.system == system):
            own = {query.id for query in evaluation.queries[HELD_OUT] if query.kind == found.kind}
            for measure in MEASURES:
                outside = [independent(measure, qrels[query], ranked.get(query, [])) for query in own]
                assert found.measures[measure].mean == pytest.approx(sum(outside) / len(outside), abs=1e-6)


def test_beir_files_hold_the_same_task(evaluation: Evaluation, tmp_path: Path) -> None:
    place = tmp_path / "beir" / "undanhallna-rapporter"
    assert {path.relative_to(place).as_posix() for path in beir.write(tmp_path, evaluation)} == {
        "corpus.jsonl",
        "queries.jsonl",
        "qrels/test.tsv",
    }
    corpus, queries = (
        {row["_id"]: row for row in map(json.loads, (place / name).read_text(encoding="utf-8").splitlines())}
        for name in ("corpus.jsonl", "queries.jsonl")
    )
    assert len(corpus) == 3 and all(row["metadata"]["year"] == 2024 for row in corpus.values())  # 2025 is held out
    assert any("Kursen Stigen gavs två gånger" in row["text"] for row in corpus.values())
    qrels = beir.read_qrels(place / "qrels" / "test.tsv")
    assert qrels == evaluation.qrels[HELD_OUT] and qrels.keys() == queries.keys()
    assert all(document in corpus for grades in qrels.values() for document in grades)
    assert all(row["metadata"]["organisation"] == ["Socialförvaltningen Ekhamn"] for row in queries.values())


def test_run_lines_have_no_ties() -> None:
    lines = list(trec.run_lines({"q": [Ranked("b", 1.0), Ranked("a", 1.0)]}, "x"))
    assert lines == ["q Q0 a 1 999 x", "q Q0 b 2 998 x"]


def test_recall_by_depth_worked_out(evaluation: Evaluation) -> None:
    query = evaluation.queries[HELD_OUT][0]
    (target,) = query.targets
    small = replace(
        evaluation,
        queries={HELD_OUT: (query, replace(query, id="q2"))},
        runs={HELD_OUT: {OURS: {query.id: [Ranked("x", 2.0), Ranked(target, 1.0)]}}},  # the second query found nothing
    )
    assert plot.recall_lines(small, HELD_OUT)[OURS][:3] == [(1.0, 0.0), (2.0, 0.5), (3.0, 0.5)]
    assert plot.recall_lines(small, HELD_OUT, "annan sort") == {} == plot.recall_lines(small, "ingen del")


def test_the_page_stands_alone(evaluation: Evaluation, tmp_path: Path) -> None:
    costs = Measured(
        "prov",
        "Prov",
        tuple(
            Figure(f"CPU-ms en fråga | {name} | {size}", value, "")
            for name, size, value in (("a", "36", 1.0), ("a", "3\u00a0600", 20.0))
        ),
    )
    written = report.write(tmp_path, evaluation, [costs], DRAFTS)
    assert {path.name for path in written} == {"index.html", "traff.png", "djup-undanhallna.png", "storlek-prov-1.png"}
    assert (tmp_path / "traff.png").read_bytes() == plot.bars(evaluation)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'lang="sv"' in page and "143 av 143" in page and '<th scope="col">3\u00a0600</th>' in page
    assert not re.search(r"https?://|//cdn|url\(", page)
    pictures = re.findall(r"<img [^>]*>", page)
    assert len(pictures) == 3 and all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)
    assert len(re.findall(r"<table>", page)) >= len(pictures), "every picture has its figures in a table"
    again = tmp_path / "igen"
    report.write(again, evaluation, [costs], DRAFTS)
    assert (again / "index.html").read_text(encoding="utf-8") == page


def test_the_curve_of_refusals_is_shown(evaluation: Evaluation, tmp_path: Path) -> None:
    points = (Point(0.1, 10, 4, 2, 2, 0), Point(0.2, 10, 4, 2, 2, 0), Point(0.35, 10, 4, 5, 3, 0, chosen=True))
    row = Answers("alla", 10, (8, 10), (0, 0), (0, 0), (0, 0), (0, 0))
    more = replace(evaluation, answers=(row,), refusals=Refusals(4, 5, 3), curve=points)
    lines = [line.split() for line in table.terminal(more).split("\n")]
    assert ["0,10", "2", "2", "1,000", "0,500"] in lines and ["0,35", "5", "3", "0,600", "0,750", "i", "bruk"] in lines
    assert not any(line[:1] == ["0,20"] for line in lines), "nothing changed there"
    assert "avsta.png" in {path.name for path in report.write(tmp_path, more)}
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert '<th scope="row">0,35 (i bruk)</th><td>5</td><td>3 av 4</td><td>0,600</td><td>0,750</td><td>0</td>' in page
    assert [point["precision"] for point in more.to_json()["curve"]] == [1.0, 1.0, 0.6]


def test_nothing_to_show_is_a_page_too(evaluation: Evaluation, tmp_path: Path) -> None:
    empty = replace(evaluation, scores=(), queries={}, runs={}, qrels={}, documents={})
    report.write(tmp_path, empty)
    assert "Hittar sökningen rätt?" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_name_in_a_report_is_text_on_the_page(evaluation: Evaluation, tmp_path: Path) -> None:
    report.write(tmp_path, replace(evaluation, data="<script>alert(1)</script>"))
    assert "<script" not in (tmp_path / "index.html").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.slow
def test_the_page_in_a_browser(evaluation: Evaluation, tmp_path: Path) -> None:
    """Nothing is asked of another host, nothing stands wider than the window, and both settings are read without effort."""
    from axe_playwright_python.sync_playwright import Axe

    report.write(tmp_path, evaluation, drafts=DRAFTS)
    with chromium() as browser:
        for scheme, width in (("light", 1000), ("dark", 390)):
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
            opened = context.new_page()
            asked: list[str] = []
            opened.on("request", lambda request, asked=asked: asked.append(request.url))
            opened.goto((tmp_path / "index.html").as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
            assert opened.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
            results = Axe().run(opened).response
            assert [violation["id"] for violation in results["violations"]] == []
            assert all(address.startswith(("file:", "data:")) for address in asked)
            context.close()
