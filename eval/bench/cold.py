"""What a question costs from the start of the process to the printed answer, in a small library and in a great one.

The whole process is measured from outside, by the system's own account of it: the interpreter, the imports, the files, the answer.
Our own commands run as a user's do: with compiled bytecode (each has run once before it counts) and no number of threads set from
outside, so that what the program's libraries start counts. A raw script of sentence-transformers, FAISS and bm25s over the same
comments is asked the same question in every third round; it keeps the one thread that all measurements are given, which is what
costs it least.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eval.bench.environments import Peer, Unavailable, interpreter
from eval.bench.figures import Figure, Measured
from eval.bench.sizes import library_of, scaled

NAME: Final = "cold"
TITLE: Final = "En fråga i en ny process"
SIZES: Final = (36, 36_000)
RAW_EVERY: Final = 3
"""The raw script, which takes twenty times as long as ours, runs in one round of so many."""
TOPIC: Final = "vad gjorde vi åt otrygghet i parkerna?"
EVERYWHERE: Final = "vad gjorde alla förvaltningar åt otrygghet i parkerna?"
CODE: Final = "strategi 5:2"
RAW: Final = Peer("faiss-bm25s", "FAISS + bm25s", ("bm25s",))
_ROOT = Path(__file__).parents[2]
_MODEL = _ROOT / "index" / "model"
_SCRIPT = Path(__file__).with_name("raw_script.py")

# A process forked from a great one is counted as great; this one is small when it forks.
_LAUNCHER = """
import json, os, sys
child = os.fork()
if child == 0:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Spent:
    """What one process took: CPU ``seconds`` of all its threads and ``peak`` memory in MB."""

    seconds: float
    peak: float


class NotRun(RuntimeError):
    """A process that should be measured ended with an error, or this system cannot say what one took; the message is Swedish."""


def spent(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Spent:
    """What ``command`` takes as a process of its own, in ``environment`` (None: ours); its output is thrown away.

    Raises:
        NotRun: it ended with an error, or the system does not account for its processes (Windows).
    """
    if not hasattr(os, "wait4"):
        raise NotRun("Det här systemet säger inte vad en process har kostat.")
    done = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *command],
        capture_output=True,
        encoding="utf-8",
        cwd=_ROOT,
        env=environment,
        check=True,
    )
    seconds, peak, status = json.loads(done.stdout)
    if status:
        raise NotRun(f"Kommandot slutade med {status}: {' '.join(command)}")
    return Spent(seconds, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def as_a_user(environment: Mapping[str, str]) -> dict[str, str]:
    """``environment`` without what a developer or a measurement sets in it: numbers of threads, and no writing of bytecode."""
    return {
        name: value
        for name, value in environment.items()
        if not name.endswith("_NUM_THREADS") and name != "PYTHONDONTWRITEBYTECODE"
    }


def measure(folder: Path, *, quick: bool = False, progress: Progress | None = None, pip: Sequence[str] = ()) -> Measured:
    """The figures of all questions; environments are kept below ``folder``. Quick: small libraries, two rounds and no raw script.

    Raises:
        NotRun: this system does not account for its processes.
    """
    sizes = (36, 360) if quick else SIZES
    rounds = 2 if quick else 9
    python = [sys.executable, "-m", "assistant"]
    commands: dict[tuple[str, int], list[str]] = {("help", 0): [*python, "--help"]}
    for size in sizes:
        place = ["--library", str(library_of(size, folder))]
        for kind, text in (("topic", TOPIC), ("everywhere", EVERYWHERE), ("code", CODE)):
            commands[kind, size] = [*python, "ask", text, *place]
    remarks = [
        f"Median av {rounds} processer av varje slag, om vartannat, sedan var och en har körts en gång: CPU-sekunder för hela processen med"
        " alla dess trådar, och dess största minne. Första frågan gäller den egna förvaltningens rapporter, den andra hela biblioteket."
    ]
    if not quick:
        try:
            commands["raw", sizes[-1]] = _raw(sizes[-1], folder, pip)
            remarks.append(f"Det råa skriptet, i en tråd, körs i var {RAW_EVERY}:e omgång.")
        except Unavailable as error:
            remarks.append(str(error))
    taken: dict[tuple[str, int], list[Spent]] = {name: [] for name in commands}
    environment = as_a_user(os.environ)
    for done in range(rounds + 1):
        for name, command in commands.items():
            if name[0] == "raw" and done % RAW_EVERY:
                continue
            used = spent(command, environment=None if name[0] == "raw" else environment)
            if done > 0:  # the first time files are read and bytecode is compiled
                taken[name].append(used)
        if progress is not None:
            progress(done + 1, rounds + 1)
    return Measured(NAME, TITLE, tuple(_figures(taken, sizes)), tuple(remarks))


def _figures(taken: dict[tuple[str, int], list[Spent]], sizes: Sequence[int]) -> list[Figure]:
    small, great = sizes
    figures = []
    for kind, shown in (("topic", "Fråga om ett ämne"), ("everywhere", "Fråga till hela biblioteket"), ("code", "Fråga om en kod")):
        for size in sizes:
            seconds, peak = _values(taken[kind, size])
            figures.append(_figure(f"{shown}, {size} kommentarer", seconds, "s", 0.35))
            figures.append(_figure(f"{shown}, minne, {size} kommentarer", peak, "MB", 160))
        for what, at in (("CPU", 0), ("minne", 1)):
            ratio = statistics.median(_values(taken[kind, great])[at]) / statistics.median(_values(taken[kind, small])[at])
            figures.append(
                Figure(f"{shown}, {what}: {great} mot {small} kommentarer", ratio, "×", limit=1.2 if kind == "topic" else None)
            )
    figures.append(_figure("assistant --help", _values(taken["help", 0])[0], "s", 0.15))
    if ("raw", great) in taken:
        seconds, peak = _values(taken["raw", great])
        figures.append(_figure(f"Rått skript, {great} kommentarer", seconds, "s"))
        figures.append(_figure(f"Rått skript, minne, {great} kommentarer", peak, "MB"))
        share = statistics.median(_values(taken["topic", great])[0]) / statistics.median(seconds)
        figures.append(Figure("Fråga om ett ämne mot rått skript, CPU", share, "×", limit=0.5, fails=True))
    return figures


def _values(taken: Sequence[Spent]) -> tuple[list[float], list[float]]:
    return [one.seconds for one in taken], [one.peak for one in taken]


def _figure(name: str, values: Sequence[float], unit: str, limit: float | None = None) -> Figure:
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Figure(name, middle, unit, len(values), low, high, limit)


def _raw(comments: int, folder: Path, pip: Sequence[str]) -> list[str]:
    """The command that asks the raw script about as many comments; its indexes are made where they are not there yet.

    Raises:
        Unavailable: bm25s cannot be installed, or the indexes not be made.
    """
    python = interpreter(RAW, folder / "environments", pip)
    home = folder / f"raw-{comments}"
    ready = home / "ready"
    if not ready.exists():
        home.mkdir(parents=True, exist_ok=True)
        texts = [item.comment for report, _ in scaled(comments) for item in report.items]
        (home / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        made = subprocess.run([str(python), str(_SCRIPT), "prepare", str(home), str(_MODEL)], capture_output=True, check=False)
        if made.returncode:
            raise Unavailable("Det råa skriptet gick inte att köra.")
        ready.touch()
    return [str(python), str(_SCRIPT), "ask", str(home), str(_MODEL), TOPIC]
