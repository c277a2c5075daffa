"""The page is served: the port first, the address at once, mistakes as one sentence and status 2, files as files."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from assistant import Assistant
from assistant.ui.errors import PageError, PortTaken
from assistant.ui.serving import address_of, serving, take_port
from corpus import samples

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_ui(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """``assistant ui`` as a process of its own, for runs that end by themselves."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", "ui", "--library", str(folder), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={name: value for name, value in os.environ.items() if name != "ASSISTANT_PASSWORD"},
    )


def test_a_taken_port_is_said_with_another_to_try() -> None:
    with take_port("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        assert address_of(first) == f"http://127.0.0.1:{port}"
        with pytest.raises(PortTaken, match=rf"Port {port} .* --port {port + 1}"):
            take_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [99999, -1])
def test_a_port_that_cannot_be_is_said(port: int) -> None:
    with pytest.raises(PageError, match="mellan 1 och 65535"):
        take_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(PageError, match="hör inte till den här datorn"):
        take_port("192.0.2.1", 0)


def test_mistakes_end_with_one_sentence_and_status_2(tmp_path: Path) -> None:
    with take_port("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        runs = [run_ui("--port", port, folder=tmp_path / "b"), run_ui("--host", "0.0.0.0", "--port", "0", folder=tmp_path / "b")]
    for run in runs:
        assert run.returncode == 2 and run.stdout == ""
        assert len(run.stderr.strip().splitlines()) == 1 and "Traceback" not in run.stderr
    assert port in runs[0].stderr and "--password-file" in runs[1].stderr
    assert not (tmp_path / "b").exists()


def test_a_folder_that_is_no_library_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_text("något annat", encoding="utf-8")
    run = run_ui("--port", "0", folder=tmp_path)
    assert run.returncode == 2 and "Traceback" not in run.stderr
    assert (tmp_path / "library.sqlite").read_text(encoding="utf-8") == "något annat"


@pytest.mark.slow
def test_the_command_says_the_address_loads_the_samples_and_ends_when_interrupted(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "assistant", "ui", "--samples", "--port", str(port), "--library", str(tmp_path / "bibliotek")]
    quiet = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=quiet
    ) as process:
        try:
            assert process.stdout and process.stderr
            assert f"http://127.0.0.1:{port}" in process.stdout.readline()
            # Connected before the page is built: the answer is waited for, never refused.
            first = httpx.get(f"http://127.0.0.1:{port}/", timeout=60, trust_env=False)
            assert first.status_code == 200 and 'lang="sv"' in first.text
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 0, err
    assert out.strip() == "Sidan är stängd." and "Läser in exempelrapporterna" in err and "Traceback" not in err
    with Assistant.open(tmp_path / "bibliotek") as made:
        assert len(made.reports()) == 6 and made.current_year() == samples.CURRENT_YEAR


@pytest.fixture(scope="module")
def served(sample_library: Path) -> Iterator[tuple[str, Assistant]]:
    with Assistant.open(sample_library) as assistant, serving(assistant) as address:
        yield address, assistant


def get(address: str, path: str) -> httpx.Response:
    return httpx.get(f"{address}{path}", timeout=30, trust_env=False)


@pytest.mark.slow
def test_the_page_is_whole_and_asks_no_other_host(served: tuple[str, Assistant]) -> None:
    first = get(served[0], "/")
    assert "connect-src 'self'" in first.headers["content-security-policy"]
    assert '"is_colab"' in first.text or "gradio_config" in first.text
    for name, kind in (("theme.css", "text/css"), ("page.js", "text/javascript"), ("icon.svg", "image/svg+xml")):
        assert get(served[0], f"/sida/{name}").headers["content-type"].startswith(kind)
    assert get(served[0], "/sida/page.py").status_code == 404


@pytest.mark.slow
def test_an_original_comes_back_byte_for_byte_as_a_file_to_save(served: tuple[str, Assistant]) -> None:
    address, assistant = served
    row = assistant.reports()[0]
    answer = get(address, f"/sida/original/{quote(row.id)}")
    assert answer.content == assistant.library.original(row.id)
    assert (
        answer.headers["content-disposition"].startswith("attachment")
        and answer.headers["content-type"] == "application/octet-stream"
    )
    assert get(address, "/sida/original/ingen").status_code == 404


@pytest.mark.slow
def test_pages_and_drafts_that_are_not_there_are_not_found(served: tuple[str, Assistant]) -> None:
    address, assistant = served
    text_report = quote(assistant.reports()[0].id)
    for path in (
        f"/sida/sidbild/{text_report}/1",
        "/sida/utkast?punkt=x&ar=2026&version=1",
        "/sida/rapport?organisation=x&ar=2026",
    ):
        answer = get(address, path)
        assert answer.status_code == 404 and answer.text.endswith("."), path


@pytest.mark.slow
def test_the_page_of_a_pdf_is_fetched(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "bibliotek") as assistant, serving(assistant) as address:
        done = assistant.ingest(samples.paths("pdf")[0])
        assert get(address, f"/sida/sidbild/{quote(done.report_id)}/2").content.startswith(b"\x89PNG")
        assert get(address, f"/sida/sidbild/{quote(done.report_id)}/99").status_code == 404
        assert get(address, "/sida/fil/okand").status_code == 404


def test_a_whole_report_is_made_once_and_is_the_file_that_was_told_of(sample_library: Path, tmp_path: Path) -> None:
    import io
    import re
    import shutil

    from docx import Document
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from assistant.ui.desk import Desk
    from assistant.ui.downloads import add_routes
    from assistant.ui.events import Event
    from assistant.ui.overview_batch import BatchWork

    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        desk, application = Desk(assistant), FastAPI()
        add_routes(application, desk)
        items = assistant.items(year=2025, organisation=samples.ORGANISATION)[:3]
        for item in items:
            assistant.save_draft(assistant.draft(item, year=2026, notes=["arbetet fortsätter som tidigare"]))
        told = BatchWork(desk).export(Event({"form": "program"}), samples.ORGANISATION)
        found = re.search(r'href="\.(/sida/fil/\w+)"', told)
        assert found
        answer = TestClient(application).get(found[1])
    words = "\n".join(
        cell.text for table in Document(io.BytesIO(answer.content)).tables for row in table.rows for cell in row.cells
    )
    assert answer.headers["content-disposition"].startswith("attachment")
    assert all(item.question in words for item in items), words


@pytest.mark.slow
def test_gradio_is_imported_quickly_and_leaves_its_folder_alone() -> None:
    """In a process of its own: the step that writes type stubs is left out, and nothing is told to anyone."""
    program = (
        "import os, pathlib, importlib.util as u\n"
        "folder = pathlib.Path(u.find_spec('gradio').submodule_search_locations[0])\n"
        "before = {p: p.stat().st_mtime_ns for p in folder.rglob('*.pyi')}\n"
        "from assistant.ui.quick_start import import_gradio\n"
        "gr = import_gradio()\n"
        "from gradio import component_meta\n"
        "assert component_meta.create_or_modify_pyi.__module__ == 'assistant.ui.quick_start'\n"
        "class Own(gr.Textbox): pass\n"
        "assert hasattr(gr.Textbox, 'submit') and gr.Blocks().analytics_enabled is False\n"
        "assert before == {p: p.stat().st_mtime_ns for p in folder.rglob('*.pyi')}\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
