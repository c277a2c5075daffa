"""Several processes at one library, and processes killed at any moment: the last committed state is always there, whole.

``INDEX_KILLS=200`` in the environment kills more often than the usual run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from index_form import Point, WordEmbedder, report

from index.library import Library

ROOT = Path(__file__).parents[1]
PATHS = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
WRITER = (
    PATHS
    + """
import itertools
from pathlib import Path
from index_form import Point, WordEmbedder, report
from index.library import Library
folder, log = Path(sys.argv[1]), open(sys.argv[2], "a", buffering=1)
rounds = itertools.count(int(sys.argv[3]))
for number in rounds:
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        year = 1990 + number % 7
        points = [Point(f"1:{place}", f"Runda {number} punkt {place}. " + f"Ord{number}x{place} " * 30) for place in range(1, 9)]
        log.write(f"begin {year} {number}\\n")
        library.add(*report(points, year=year))
        log.write(f"end {year} {number}\\n")
        if number % 3 == 2:
            library.search(f"runda {number}")
            library.reembed(WordEmbedder(name="annan", seed=number % 2))
        if number % 5 == 4:
            library.check(repair=True)
            old = library.reports()[0]
            log.write(f"begin-remove {old.year} {number}\\n")
            library.remove(old.id)
            log.write(f"end-remove {old.year} {number}\\n")
"""
)


def start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def possible(lines: list[str]) -> dict[int, set[tuple[int, ...]]]:
    """For each year the rounds that its versions may be of, oldest first, after what the log says; the last one is searched."""
    found: dict[int, set[tuple[int, ...]]] = {}
    after: set[tuple[int, ...]] = set()
    for line in lines:
        what, year, number = line.split()
        states = found.setdefault(int(year), {()})
        match what:
            case "begin":
                after = {(*versions, int(number)) for versions in states}
                states |= after
            case "begin-remove":
                after = {versions[:-1] for versions in states}  # the version before becomes current again
                states |= after
            case "seen":
                found[int(year)] = {versions for versions in states if newest(versions) == int(number)}
            case _:
                found[int(year)] = after
    return found


def newest(versions: tuple[int, ...]) -> int:
    return versions[-1] if versions else -1


def check_after_kill(folder: Path, log: Path) -> None:
    """Open, check, and compare with what the log says was committed."""
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        findings = library.check(repair=True)
        assert all(finding.repaired for finding in findings), findings
        assert all(finding.code in ("leftover", "missing_vector", "derived") for finding in findings), findings
        assert library.check() == []
        expected = possible(log.read_text(encoding="utf-8").splitlines())
        there = {}
        for row in library.reports():
            items = library.report(row.id).items
            rounds = {int(item.comment.split()[1]) for item in items}
            assert len(items) == 8 and len(rounds) == 1  # whole, never half
            there[row.year] = rounds.pop()
        for year, allowed in expected.items():
            assert there.get(year, -1) in {newest(versions) for versions in allowed}, (year, there.get(year), allowed)
        with log.open(
            "a", encoding="utf-8"
        ) as seen:  # a write that was cut off happened or did not: from here on it is known which
            seen.writelines(f"seen {year} {there.get(year, -1)}\n" for year in expected)
        for year, number in there.items():
            hits = library.search(f"Ord{number}x3", limit=100)
            assert any(hit.item.year == year and hit.item.comment.startswith(f"Runda {number} ") for hit in hits)
            assert {(hit.item.year, int(hit.item.comment.split()[1])) for hit in hits} <= set(
                there.items()
            )  # nothing gone is found


def kill_at_random(tmp_path: Path, times: int, seed: int) -> None:
    folder, log = tmp_path / "bibliotek", tmp_path / "logg"
    log.touch()
    dice = random.Random(seed)
    for attempt in range(times):
        began = log.stat().st_size
        writer = start(folder, log, 100 * attempt)
        patience = time.monotonic() + 30
        while log.stat().st_size == began and writer.poll() is None and time.monotonic() < patience:
            time.sleep(0.005)  # until it has begun to write
        time.sleep(dice.random() * (2.0 if attempt % 5 == 4 else 0.4))  # now and then long enough for removals
        writer.kill()
        _, error = writer.communicate()
        assert writer.returncode < 0, error.decode()
        check_after_kill(folder, log)


@pytest.mark.slow
def test_a_process_killed_at_any_moment_loses_nothing_committed(tmp_path: Path) -> None:
    kill_at_random(tmp_path, times=int(os.environ.get("INDEX_KILLS", "20")), seed=7)


@pytest.mark.slow
def test_readers_in_other_processes_see_what_the_writer_sees(tmp_path: Path) -> None:
    folder = tmp_path / "bibliotek"
    reader = PATHS + (
        "from index_form import WordEmbedder\nfrom index.library import Library\n"
        "with Library.open(sys.argv[1], embedder=WordEmbedder()) as library:\n"
        "    for _ in range(5):\n"
        "        for question in ('runda tre', 'punkt 4', '1:5', 'ord'):\n"
        "            print([(hit.item.id, hit.score, hit.quote) for hit in library.search(question)])\n"
    )
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        for year in range(2018, 2024):
            library.add(*report([Point(f"1:{place}", f"Runda {year} punkt {place}, tre ord.") for place in range(1, 9)], year=year))
        expected = [
            str([(hit.item.id, hit.score, hit.quote) for hit in library.search(question)])
            for question in ("runda tre", "punkt 4", "1:5", "ord")
        ]
        for path in (folder / "derived").glob("*"):
            path.unlink()  # all readers want to make them at once
        readers = [subprocess.Popen([sys.executable, "-c", reader, str(folder)], stdout=subprocess.PIPE) for _ in range(8)]
        for process in readers:
            output, _ = process.communicate(timeout=120)
            assert process.returncode == 0
            assert output.decode().splitlines() == expected * 5
        assert library.check() == []


@pytest.mark.slow
def test_writers_in_several_processes_wait_for_one_another(tmp_path: Path) -> None:
    folder = tmp_path / "bibliotek"
    writer = PATHS + (
        "from index_form import Point, WordEmbedder, report\nfrom index.library import Library\n"
        "with Library.open(sys.argv[1], create=True, embedder=WordEmbedder()) as library:\n"
        "    for number in range(6):\n"
        "        year = 1900 + 10 * int(sys.argv[2]) + number\n"
        "        assert library.add(*report([Point('1:1', f'År {year}.')], year=year)).status == 'added'\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", writer, str(folder), str(number)]) for number in range(4)]
    assert [process.wait(timeout=120) for process in writers] == [0] * 4
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert len(library.reports()) == 24 == len(library.search("år", limit=50))
        assert library.check() == []
