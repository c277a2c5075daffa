"""Questions and their answers from a file: which answer counts, what is compared, and the same table again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.swefaq import BadPairs, Pair, main, read, rows, table
from eval.systems import BM25, MEANING, OURS, RAW, WORDS

PAIRS = [
    Pair("a", "Hur söker jag bygglov?", "En ansökan om bygglov lämnas till byggnadsnämnden. Bygglov kostar pengar."),
    Pair("b", "När hämtas soporna?", "Hushållsavfall hämtas varje vecka."),
    Pair("c", "Var kan man köpa en parkeringsbiljett?", "Parkering betalas i automaten. Biljetten läggs i vindrutan."),
    Pair("d", "Vad kostar det att bygga?", "En ansökan om bygglov lämnas till byggnadsnämnden. Bygglov kostar pengar."),
]


def test_a_file_is_read_and_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "frågor.jsonl"
    file.write_text(
        '{"question": " Var? ", "answer": "Här.", "id": 7}\n\n{"question": "När?", "answer": "Nu."}\n', encoding="utf-8"
    )
    assert read(file) == [Pair("7", "Var?", "Här."), Pair("3", "När?", "Nu.")]
    for line, said in (
        ("[]", "rad 1"),
        ('{"question": "Var?"}', "question och answer"),
        ('{"question": " ", "answer": "x"}', "tomt"),
    ):
        file.write_text(line, encoding="utf-8")
        with pytest.raises(BadPairs, match=said):
            read(file)
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(BadPairs, match="inga frågor"):
        read(file)


def test_figures_by_hand_and_an_answer_that_two_questions_share() -> None:
    found = {row.system: row for row in rows(PAIRS, embedder="ingen")}
    assert list(found) == [OURS, BM25, WORDS, RAW]
    # Words as they stand: "bygglov" leads to the first answer, "hämtas" to the second, "kostar" to the first; of the third question
    # no word is in any answer as it stands but "en", which is in the first.
    assert found[RAW].ndcg.mean == pytest.approx((1 + 1 + 0 + 1) / 4)
    # Our own also finds the ticket in "Biljetten" and the parking in "Parkering".
    assert found[WORDS].ndcg.mean == 1.0
    assert found[OURS].ndcg == found[WORDS].ndcg and found[OURS].ndcg.n == 4
    assert found[BM25].to_stems is None and found[WORDS].to_words is None
    difference = found[RAW].to_words
    assert difference is not None and difference.mean == pytest.approx(-0.25) and 0.9 < difference.p <= 1.0


@pytest.mark.slow
def test_the_command_prints_the_same_table_again_and_json(tmp_path: Path) -> None:
    file = tmp_path / "frågor.jsonl"
    file.write_text(
        "\n".join(json.dumps({"id": p.id, "question": p.question, "answer": p.answer}) for p in PAIRS), encoding="utf-8"
    )
    first, second = (CliRunner().invoke(main, [str(file)]) for _ in range(2))
    assert first.exit_code == 0 and first.stdout == second.stdout
    assert "n = 4 frågor" in first.stdout and MEANING in first.stdout
    found = json.loads(CliRunner().invoke(main, [str(file), "--json", "--embedder", "ingen"]).stdout)
    assert [row["system"] for row in found] == [OURS, BM25, WORDS, RAW]
    assert found[0]["ndcg"]["mean"] == 1.0
    file.write_text("{}", encoding="utf-8")
    failed = CliRunner().invoke(main, [str(file)])
    assert failed.exit_code == 1 and "rad 1" in failed.output


def test_an_empty_table() -> None:
    assert table([]) == "Inga frågor."
