"""The command line: what it prints where, its exit status, its Swedish, and what it does not import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.terminal import wrapped
from corpus import samples

ROOT = Path(__file__).parents[1]
HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "pdfplumber", "docx", "matplotlib")


def call(*arguments: object) -> int:
    return run([str(argument) for argument in arguments])


def test_help_is_swedish_and_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--help") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Användning: assistant")
    for name in ("ingest", "reports", "items", "search", "ask", "remove", "check", "backup", "restore", "models"):
        assert f"\n  {name} " in shown
        assert call(name, "--help") == 0
        assert "Flaggor:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["foo"], "Kommandot ”foo” finns inte"),
        (["ask", "x", "--foo"], "Flaggan --foo finns inte"),
        (["ask"], "Ange en text"),
        (["ask", "a", "b"], "För många argument: b"),
        (["ask", "x", "--current-year", "i år"], "inget heltal"),
        (["search", "x", "--limit", "0"], "--limit"),
        (["remove"], "RAPPORT-ID saknas"),
        (["ingest"], "FIL saknas"),
        (["ingest", "--year"], "--year"),
    ],
)
def test_mistakes_in_options_are_one_swedish_sentence(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    "command", [["ask", "5:2"], ["items"], ["reports"], ["search", "x"], ["check"], ["remove", "x"], ["settings"]]
)
def test_no_library_is_said_with_what_to_do(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*command, "--library", tmp_path / "none") == 2
    error = capsys.readouterr().err
    assert str(tmp_path / "none") in error
    assert "assistant ingest" in error


def test_ask_prints_the_answer_and_gives_its_status(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("ask", "vad gjorde vi för strategi 5:2 förra året?", "--library", sample_library) == 0
    assert capsys.readouterr().out.startswith("Strategi 5:2 · Svar: Ja\n")
    assert call("ask", "vad blir det för väder i morgon?", "--library", sample_library) == 1
    assert capsys.readouterr().out.strip()


def test_ask_json(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("ask", "1:2", "--json", "--library", sample_library) == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["status"], len(value["sources"]), value["candidates"]) == ("answered", 3, [])
    for source in value["sources"]:
        assert source["comment"][source["start"] : source["end"]] == source["quote"]
    assert call("ask", "5:20", "--json", "--library", sample_library) == 1
    value = json.loads(capsys.readouterr().out)
    assert (value["status"], value["sources"]) == ("not_found", [])
    assert value["candidates"]


def test_the_organisation_and_the_year_can_be_given(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--organisation", "Söderälven", "--current-year", 2025, "--json", "--library", sample_library]
    assert call("ask", "strategi 5:2 förra året", *given) == 0
    source = json.loads(capsys.readouterr().out)["sources"][0]
    assert (source["organisation"], source["year"]) == ("Socialförvaltningen Söderälven", 2024)
    assert call("ask", "5:2", "--organisation", "Väst", "--library", sample_library) == 2


def test_items_and_reports_json(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        call("items", "--year", 2025, "--organisation", "Norrälven", "--answer", "nej", "--json", "--library", sample_library) == 0
    )
    assert [item["code"] for item in json.loads(capsys.readouterr().out)] == ["4:3", "2:4", "4:5"]
    assert call("items", "--year", 1999, "--json", "--library", sample_library) == 1
    assert json.loads(capsys.readouterr().out) == []
    assert call("reports", "--json", "--library", sample_library) == 0
    reports = json.loads(capsys.readouterr().out)
    assert [(report["organisation"][-10:-1], report["year"]) for report in reports][-1] == ("öderälve", 2025) or len(reports) == 6
    assert call("items", "--library", sample_library) == 0
    assert call("reports", "--library", sample_library) == 0


def test_search_json_and_text(sample_library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("search", "felaktiga utbetalningar", "--limit", 3, "--json", "--library", sample_library) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert len(hits) == 3
    assert hits[0]["code"] == "5:2"
    assert hits[0]["comment"][hits[0]["start"] : hits[0]["end"]] == hits[0]["quote"]
    assert call("search", "felaktiga utbetalningar", "--plan", 1, "--library", sample_library) == 0
    assert "Strategi 5:2" in capsys.readouterr().out


def test_a_batch_is_answered_in_order_with_its_ids(
    sample_library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    lines = [
        {"id": "a", "text": "strategi 5:2"},
        {"id": 2, "turns": ["strategi 5:2 2023", "och 5:3?"]},
        {"id": "c", "text": "väder i morgon?"},
        {"id": "d", "text": "strategi 5:2 förra året", "current_year": 2025, "organisation": "Söderälven"},
    ]
    batch.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", encoding="utf-8")
    assert call("ask", "--batch", batch, "--library", sample_library) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, "c", "d"]
    assert [answer["status"] for answer in answers] == ["answered", "answered", "not_found", "answered"]
    assert (answers[1]["sources"][0]["code"], answers[1]["sources"][0]["year"]) == ("5:3", 2023)
    assert answers[3]["sources"][0]["organisation"].endswith("Söderälven")
    assert call("search", "--batch", batch, "--limit", 2, "--library", sample_library) == 0
    assert [len(json.loads(line)["hits"]) for line in capsys.readouterr().out.splitlines()] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        '{"text": "utan id"}',
        '{"id": 1}',
        '{"id": 1, "text": "a", "turns": ["b"]}',
        '{"id": 1, "turns": []}',
        '{"id": 1, "text": 5}',
        '{"id": 1, "text": "a", "current_year": "2025"}',
        '{"id": 1, "text": "a", "organisation": "Västälven"}',
    ],
)
def test_a_bad_line_stops_a_batch_before_anything_is_answered(
    bad: str, sample_library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "text": "5:2"}\n' + bad + "\n", encoding="utf-8")
    assert call("ask", "--batch", batch, "--library", sample_library) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Rad 2 i" in shown.err


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\xff"])
def test_a_batch_file_that_cannot_be_read(
    content: bytes | None, sample_library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "batch.jsonl"
    if content is not None:
        batch.write_bytes(content)
    assert call("ask", "--batch", batch, "--library", sample_library) == 2
    assert str(batch) in capsys.readouterr().err


def test_ingest_reports_each_file_and_keeps_the_good_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, missing, empty = samples.paths()[0], tmp_path / "saknas.txt", tmp_path / "tom.txt"
    empty.write_bytes(b"")
    library = tmp_path / "library"
    assert call("ingest", good, missing, empty, "--library", library) == 2
    shown = capsys.readouterr()
    assert "Inläst: Socialförvaltningen Norrälven, rapport 2022" in shown.out
    assert "Första sidan säger" in shown.out
    assert "saknas.txt finns inte" in shown.err
    assert "2 filer av 3 lästes inte in" in shown.err
    assert call("ingest", good, "--library", library) == 0
    assert "Redan inläst" in capsys.readouterr().out
    assert call("reports", "--json", "--library", library) == 0
    report_id = json.loads(capsys.readouterr().out)[0]["report_id"]
    assert call("remove", report_id, "--library", library) == 0
    assert call("reports", "--library", library) == 1


def test_without_a_terminal_nothing_is_asked(real_report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("ingest", real_report, "--library", tmp_path / "library") == 2
    assert "--year" in capsys.readouterr().err
    given = ["--year", 2024, "--organisation", "Socialförvaltningen Sydväst", "--json"]
    assert call("ingest", real_report, *given, "--library", tmp_path / "library") == 0
    result = json.loads(capsys.readouterr().out)[0]
    assert (result["items"], result["answers"]) == (36, {"Ja": 29, "Nej": 7})


def test_settings_backup_restore_and_check(sample_library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, saved = tmp_path / "library", tmp_path / "kopia"
    assert call("backup", saved, "--library", sample_library) == 0
    assert call("restore", saved, "--library", copy) == 0
    capsys.readouterr()
    assert call("settings", "current_year", "2030", "--library", copy) == 0
    assert "2030" in capsys.readouterr().out
    assert call("settings", "colour", "blue", "--library", copy) == 2
    capsys.readouterr()
    assert call("settings", "model", "./finns/inte", "--library", copy) == 2
    assert "hf download" in capsys.readouterr().err
    for name, kept in ((".", str(Path.cwd())), ("regler", "regler"), ("http://127.0.0.1:9/v1", "http://127.0.0.1:9/v1")):
        assert call("settings", "model", name, "--library", copy) == 0
        assert f"model: {kept} (" in " ".join(capsys.readouterr().out.split())
    assert call("settings", "current_year", "--unset", "--library", copy) == 0
    capsys.readouterr()
    assert call("check", "--library", copy) == 0
    assert "Biblioteket är helt." in capsys.readouterr().out
    assert call("models", "--library", copy) == 0
    assert "hf download Qwen/Qwen3-1.7B --local-dir" in capsys.readouterr().out


def test_samples_are_read_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("samples", "--if-empty", "--library", tmp_path / "library") == 0
    assert capsys.readouterr().out.count("Inläst: ") == 6
    assert call("samples", "--if-empty", "--library", tmp_path / "library") == 0
    assert "har redan 6 rapporter" in capsys.readouterr().out


def test_text_is_wrapped_between_words_and_lists_hang() -> None:
    assert wrapped("• ett två tre", 9) == "• ett två\n  tre"
    assert wrapped("ett\n\ntvå", 20) == "ett\n\ntvå"


@pytest.mark.slow
@pytest.mark.parametrize(("text", "lean"), [("strategi 5:2", True), ("bidragsfusk", False)])
def test_a_question_imports_nothing_heavy(text: str, lean: bool, sample_library: Path) -> None:
    """As a whole process; a question by code needs neither numpy nor FAISS."""
    code = (
        "import sys; from assistant.cli import run\n"
        f"status = run(['ask', {text!r}, '--library', {str(sample_library)!r}])\n"
        "print(*sorted(sys.modules), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split())
    assert not loaded & set(HEAVY)
    if lean:
        assert not loaded & {"numpy", "faiss", "tokenizers", "Stemmer"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("own", "options", "seen"),
    [(None, [], "1"), ("3", [], "3"), (None, ["--model", "http://127.0.0.1:9"], None)],
    ids=["one thread", "the user's own number", "with a chat model"],
)
def test_a_question_starts_no_threads_that_it_has_no_work_for(
    own: str | None, options: list[str], seen: str | None, sample_library: Path
) -> None:
    """OpenBLAS reads its number of threads once, as numpy is imported."""
    code = (
        "import os, sys\n"
        "class Watch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'numpy':\n"
        "            print('seen', os.environ.get('OPENBLAS_NUM_THREADS'), file=sys.stderr)\n"
        "sys.meta_path.insert(0, Watch())\n"
        "from assistant.cli import run\n"
        f"sys.exit(run(['ask', 'bidragsfusk', '--library', {str(sample_library)!r}, *{options!r}]))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    environment |= {"OPENBLAS_NUM_THREADS": own} if own else {}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[0] == f"seen {seen}"


@pytest.mark.slow
def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--help"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Kommandon:" in done.stdout
