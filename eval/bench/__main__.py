"""``python -m eval.bench [NAMN …]``: the measurements, one after another, as tables with their limits; the results are kept as JSON.

Exit status 1 where a ratio is past a limit that fails. Tables on stdout, progress on stderr. What is measured is in the modules; how a
table looks in ``tables``.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, cast

import click

from assistant.command_help import SwedishCommand, finish
from eval.bench.figures import Measured, machine
from eval.bench.tables import KEPT, markdown, read, terminal
from eval.command import check_marks
from eval.command import run as run_command
from eval.files import put
from eval.readme import fill

NAMES = ("cold", "warm", "build", "million", "generation", "page", "peers")
"""The modules of this package that measure something, in the order in which they are run."""
START, END = "<!-- bench:start -->", "<!-- bench:end -->"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")

Progress = Callable[[int, int], None]


class Measure(Protocol):
    """What a measurement is: ``folder`` holds libraries that measurements share; ``progress`` is called with (done, of all)."""

    def __call__(self, folder: Path, *, quick: bool = False, progress: Progress | None = None) -> Measured: ...


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measurement by its name, as it is written on the command line; ``title`` is Swedish."""

    name: str
    title: str
    measure: Measure


def load(names: Sequence[str] = NAMES) -> list[Measurement]:
    """The measurements of these names, their modules imported."""
    modules = [importlib.import_module(f"eval.bench.{name}") for name in names]
    return [Measurement(module.NAME, module.TITLE, cast(Measure, module.measure)) for module in modules]


def run(wanted: Sequence[Measurement], work: Path, *, quick: bool = False) -> list[Measured]:
    """Each measured, with date and machine. A bar for each on stderr; ``work`` is made and what is in it is used again."""
    from tqdm import tqdm

    from eval.archive import Archive

    work.mkdir(parents=True, exist_ok=True)
    today, here, data = date.today().isoformat(), machine(), Archive.of_samples().hash
    found = []
    for measurement in wanted:
        with tqdm(desc=measurement.title, unit="steg", disable=None) as bar:

            def progress(done: int, total: int, bar: tqdm = bar) -> None:
                bar.total = total
                bar.update(done - bar.n)

            measured = measurement.measure(work, quick=quick, progress=progress)
        found.append(replace(measured, date=today, machine=here, data=data))
    return found


@click.command("python -m eval.bench", cls=SwedishCommand)
@click.argument("names", metavar="[NAMN]...", nargs=-1, type=click.Choice(NAMES))
@click.option("--quick", is_flag=True, help="Små mängder och få upprepningar; resultatet sparas inte.")
@click.option("--saved", is_flag=True, help="Mät inget: visa de sparade resultaten.")
@click.option(
    "--work",
    metavar="MAPP",
    type=click.Path(path_type=Path),
    default=Path("data/bench"),
    help="Arbetsmapp för bibliotek och miljöer; annars data/bench.",
)
@click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")
@click.option(
    "--readme", metavar="FIL", type=click.Path(path_type=Path), help="Sätt in alla sparade tabeller mellan filens två märken."
)
def command(names: tuple[str, ...], quick: bool, saved: bool, work: Path, as_json: bool, readme: Path | None) -> None:
    """Mät tid, minne och disk. Utan NAMN mäts allt, vilket tar omkring en halvtimme."""
    if readme is not None:
        check_marks(readme, START, END)
    if saved:
        found = [measured for name in names or NAMES if (measured := read(KEPT, name)) is not None]
    else:
        found = run(load(names or NAMES), work, quick=quick)
        for measured in found if not quick else ():
            put(KEPT / f"{measured.name}.json", json.dumps(measured.to_json(), ensure_ascii=False, indent=1) + "\n")
    if readme is not None:
        kept = [measured for name in NAMES if (measured := read(KEPT, name)) is not None]
        fill(readme, START, END, markdown(kept))
    print(json.dumps([one.to_json() for one in found], ensure_ascii=False, indent=1) if as_json else terminal(found))
    finish(1 if any(figure.fails and not figure.kept for one in found for figure in one.figures) else 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0, 1 where a limit was passed, 2 for a mistake in the options."""
    for name in _THREADS:  # before numpy, faiss or torch are imported
        os.environ.setdefault(name, "1")
    return run_command(command, arguments)


if __name__ == "__main__":
    sys.exit(main())
