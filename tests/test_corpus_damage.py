"""Damaged text files: whatever the bytes, a report that accounts for every word or a clear refusal, and nothing half done in a library.

A thousand damaged files a run; DAMAGED_TEXTS=10000 for ten times as many.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from assistant import Assistant, cli
from corpus import parse_report, read_bytes, samples
from corpus.accounting import account
from corpus.errors import CorpusError

COUNT = int(os.environ.get("DAMAGED_TEXTS", "1000"))
CHUNKS = 10


def damaged(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one kind of damage: bits turned, cut short, a piece taken away, doubled or moved, noise put in."""
    at, length = chance.randrange(len(data)), chance.randrange(1, 3000)
    match chance.randrange(6):
        case 0:
            changed = bytearray(data)
            for _ in range(chance.choice((1, 10, 200))):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            return bytes(changed)
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + length :]
        case 3:
            return data[: at + length] + data[at:]
        case 4:
            piece = data[at : at + length]
            rest = data[:at] + data[at + length :]
            to = chance.randrange(len(rest) + 1)
            return rest[:to] + piece + rest[to:]
        case _:
            return data[:at] + chance.randbytes(min(length, 300)) + data[at:]


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_text_is_read_whole_or_refused(chunk: int) -> None:
    whole, chance = samples.paths("txt")[0].read_bytes(), random.Random(chunk)
    read = 0
    for _ in range(COUNT // CHUNKS):
        try:
            document = read_bytes(damaged(whole, chance), "rapport.txt")
            report = parse_report(document, organisation="Nämnden", year=2022)
        except CorpusError as error:
            assert str(error).endswith("."), "a sentence for a person"
            continue
        read += 1
        assert account(document, report).complete
    assert read > COUNT // CHUNKS // 2, "most damage leaves a file that can be read"


def test_a_refused_file_leaves_the_library_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, folder = samples.paths("txt")[0], tmp_path / "trasig.pdf", tmp_path / "library"
    bad.write_bytes(samples.paths("pdf")[1].read_bytes()[:20_000])
    assert cli.run(["ingest", str(good), str(bad), "--library", str(folder)]) == 2
    assert "trasig.pdf" in capsys.readouterr().err
    with Assistant.open(folder) as assistant:
        assert [(row.year, row.items) for row in assistant.reports()] == [(2022, 35)]
        assert assistant.check() == []
