"""A chat model behind ``transformers serve``: a real server in a process of its own, with a tiny real model, on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import httpx
import pytest
from draft_items import evidence
from tiny_chat_model import chat_model

from assistant.draft.chat import Message, ServerRefused, ServerUnreachable, load_chat_model
from assistant.draft.model_draft import compose_with_model

pytestmark = pytest.mark.slow

COMMENT = "Ung Väg arbetar i Hammarliden. Teamet har haft kontakt med 74 ungdomar."
NOTES = ["teamet 88 ungd."]
ASKED = [Message("system", "Skriv."), Message("user", COMMENT)]
_SECONDS_TO_START = 240.0  # a loaded machine imports torch in a minute


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return chat_model(tmp_path_factory.mktemp("chat"), [COMMENT, *NOTES])


@pytest.fixture(scope="module")
def served(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server."""
    from transformers.utils.import_utils import is_serve_available

    if not is_serve_available():
        pytest.skip("transformers serve behöver tillägget: pip install transformers[serving]")
    home = tmp_path_factory.mktemp("hf")
    (home / "hub").mkdir()  # without a cache folder the server cannot list its models
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "transformers.cli.transformers",
        "serve",
        str(folder),
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    environment = {**os.environ, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", "NO_PROXY": "127.0.0.1"}
    log = home / "log.txt"
    with log.open("wb") as out, subprocess.Popen([*command, "--device", "cpu"], env=environment, stdout=out, stderr=out) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/health", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(address, timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    pytest.fail(f"transformers serve kom inte i gång: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def test_it_writes_what_the_model_writes_here(served: str, folder: Path) -> None:
    """Greedy on both sides: the server's words are those of the same folder loaded in this process, bar blanks at the ends."""
    there = "".join(load_chat_model(served).stream(ASKED, max_tokens=12))
    here = "".join(load_chat_model(str(folder)).stream(ASKED, max_tokens=12))
    assert there.strip() == here.strip() != ""


def test_a_draft_comes_in_pieces_and_is_checked(served: str) -> None:
    """Random weights write nonsense: none of it may stand in the text, and the notes still do."""
    pieces: list[str] = []
    made = compose_with_model(evidence(COMMENT, NOTES), load_chat_model(served), on_text=pieces.append)
    assert len(pieces) > 1
    assert made.backend == f"{served}/v1"
    assert "88" in made.text and "74" not in made.text
    assert all(sentence.sources for sentence in made.sentences if sentence.status != "unsupported")


def test_it_can_be_stopped(served: str) -> None:
    stop = Event()
    written = []
    for piece in load_chat_model(served).stream(ASKED, max_tokens=2000, stop=stop):
        written.append(piece)
        stop.set()
    assert len(written) == 1
    assert "".join(load_chat_model(served).stream(ASKED, max_tokens=4)), "the server answers the next question"


def test_a_model_that_it_does_not_serve(served: str) -> None:
    with pytest.raises(ServerRefused, match="svarade med fel 400"):
        list(load_chat_model(f"{served}#en-annan").stream(ASKED, max_tokens=4))


def test_a_server_that_falls_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that takes the question and never answers."""
    monkeypatch.setattr("assistant.draft.chat_server._PATIENCE", 0.2)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        with pytest.raises(ServerUnreachable, match="svarade inte i tid"):
            list(load_chat_model(f"http://127.0.0.1:{mute.getsockname()[1]}").stream(ASKED, max_tokens=4))
