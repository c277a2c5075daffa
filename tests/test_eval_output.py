"""Tables, TREC files, pictures and the README's place for them, from a small evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest
from eval_archive import archive

from eval import plot, table, trec
from eval.archive import Archive
from eval.measures import MEASURES, Ranked, per_query
from eval.results import HELD_OUT, Answers, Evaluation, Refusals
from eval.run import data_hash, evaluate
from eval.systems import OURS

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
    from dataclasses import replace

    more = replace(evaluation, answers=(Answers("ämne", 4, (3, 4), (2, 4), (0, 0), (0, 0), (0, 0)),), refusals=Refusals(4, 5, 3))
    text = table.terminal(more)
    assert "3 av 4" in text and "2 av 4" in text and "precision 0,600, täckning 0,750" in text
    assert "| ämne | 4 | 3 av 4 | 2 av 4 | – | – | – |" in table.markdown(more, "2026-01-02")
    assert Refusals().precision == Refusals().recall == 1.0


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
    with pytest.raises(table.MarkersMissing, match="eval:start"):
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
    run = trec.read_run(tmp_path / "ny" / "undanhallna-rapporter.bm25.run")
    assert qrels == evaluation.qrels[HELD_OUT]
    again = per_query(qrels, {query: [Ranked(*pair) for pair in found.items()] for query, found in run.items()})
    assert again == per_query(evaluation.qrels[HELD_OUT], evaluation.runs[HELD_OUT]["BM25"])
    assert set(again) == set(MEASURES)


def test_run_lines_have_no_ties() -> None:
    lines = list(trec.run_lines({"q": [Ranked("b", 1.0), Ranked("a", 1.0)]}, "x"))
    assert lines == ["q Q0 a 1 999 x", "q Q0 b 2 998 x"]


def test_picture_and_page(evaluation: Evaluation, tmp_path: Path) -> None:
    picture = plot.write(tmp_path / "bild.png", evaluation).read_bytes()
    assert picture.startswith(b"\x89PNG") and picture == plot.png(evaluation)
    page = plot.write(tmp_path / "sida.html", evaluation).read_text(encoding="utf-8")
    assert 'lang="sv"' in page and "egen mening (n = 3 ur 3 kommentarer)" in page
    assert "http" not in page.replace("data:image/png", "")
