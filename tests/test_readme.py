"""The README is true: its examples print what it says, its paths exist, its commands are those there are."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from assistant import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"^\$ assistant (.+)\n((?:(?!\$ ).*\n)*)", "\n".join(re.findall(r"```console\n(.*?)```", README, re.DOTALL)), re.MULTILINE
)


def printed(*arguments: str) -> str:
    """What the command line prints on stdout and stderr together."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        cli.run(arguments)
    return out.getvalue()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize(("command", "expected"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_example_prints_what_the_readme_says(
    command: str, expected: str, sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines stand in the output in this order; "…" in the README stands for anything left out."""
    monkeypatch.setenv("ASSISTANT_LIBRARY", str(tmp_path / "new" if command == "samples" else sample_library))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "anteckningar.txt").write_text("\n".join(NOTES), encoding="utf-8")
    output, at = printed(*shlex.split(command)), 0
    for line in filter(None, (part.strip() for part in re.split(r"…|\n", expected))):
        assert line in output[at:], f"{line!r} is not in what is left of the output:\n{output[at:]}"
        at = output.index(line, at) + len(line)


NOTES = re.findall(r"^- (.+)$", "\n".join(re.findall(r"```anteckningar.txt\n(.*?)```", README, re.DOTALL)), re.MULTILINE)


def test_every_path_named_is_there() -> None:
    paths = set(re.findall(r"`((?:corpus|index|assistant|prompts|eval|tests)/[\w/.]*)`", README))
    assert len(paths) > 10
    assert not {path for path in paths if not (ROOT / path).exists()}


def test_every_command_is_named() -> None:
    names = set(re.findall(r"^  ([a-z]+)  ", printed("--help"), re.MULTILINE))
    assert {"ask", "ingest", "draft", "ui"} <= names
    assert not {name for name in names if not re.search(rf"(?:`|`assistant |\$ assistant ){name}\b", README)}
