"""What a new process imports: a question by exact code needs neither numpy nor FAISS nor an embedder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from index_form import Point, report

from index.library import Library

HEAVY = ["numpy", "faiss", "tokenizers", "torch", "transformers", "sentence_transformers", "gradio", "Stemmer", "click"]
HEAD = "import json, sys\nfrom index import Filter, Library\nwith Library.open(sys.argv[1]) as library:\n    "
TAIL = f"\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kall") / "bibliotek"
    with Library.open(made, create=True) as library:
        library.add(*report([Point("5:2", "Rutinen för hot är klar."), Point("5:3", "Gruppen har startat.")]))
    return made


def imported(folder: Path, body: str) -> set[str]:
    """The heavy modules that a process has imported once ``body`` has run in it."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + body + TAIL, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_looking_up_imports_nothing_heavy(folder: Path) -> None:
    assert imported(folder, "assert [item.code for item in library.items(Filter(code='5:2'))] == ['5:2']") == set()
    assert (
        imported(folder, "assert library.report(library.reports()[0].id).text and library.settings.get('model') is None") == set()
    )


def test_a_question_by_code_alone_imports_nothing_heavy(folder: Path) -> None:
    assert imported(folder, "assert [hit.item.code for hit in library.search('Strategi 5.2?')] == ['5:2']") == set()


def test_an_answer_by_code_imports_neither_numpy_nor_an_embedder(folder: Path) -> None:
    body = "from assistant import Assistant; answer = Assistant.open(sys.argv[1]).ask('Vad gjorde vi för 5:2?')"
    assert imported(folder, f"{body}; assert 'Rutinen för hot är klar.' in answer.text") == set()


def test_the_words_of_a_report_are_not_the_reading_of_one(folder: Path) -> None:
    assert imported(folder, "import corpus; assert 'corpus.parser' not in sys.modules and corpus.Item.__name__ == 'Item'") == set()
    assert imported(folder, "from corpus import parse_report; assert 'corpus.parser' in sys.modules") == set()


def test_adding_the_same_report_again_imports_nothing_heavy(folder: Path) -> None:
    body = "id = library.reports()[0].id; assert library.add(library.report(id), library.original(id)).status == 'unchanged'"
    assert imported(folder, body) == set()


def test_a_search_imports_only_what_it_needs(folder: Path) -> None:
    found = imported(folder, "assert library.search('rutiner mot hot')[0].item.code == '5:2'")
    assert found == {"numpy", "tokenizers", "Stemmer"}  # among few items nothing is looked for by FAISS


def test_a_search_by_words_alone_needs_no_embedder(folder: Path) -> None:
    with Library.open(folder) as library:
        library.settings["embedder"] = "ingen"
    try:
        found = imported(folder, "assert library.search('rutiner mot hot')[0].item.code == '5:2'")
        assert found == {"numpy", "Stemmer"}
    finally:
        with Library.open(folder) as library:
            del library.settings["embedder"]
