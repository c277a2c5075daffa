"""``assistant eval``: how well the search finds what held-out reports continue, and the answers to written questions, as a table.

A thin face of ``eval.run``; the packages it needs are imported when it runs. Table or JSON on stdout, progress on stderr.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from assistant.command_help import command, finish, json_option
from assistant.errors import BadOption

if TYPE_CHECKING:
    from eval.archive import Archive
    from eval.draft_table import DraftTable
    from eval.results import Evaluation

_FILE = click.Path(path_type=Path)


@command("eval")
@click.option(
    "--library",
    "folder",
    metavar="MAPP",
    type=_FILE,
    help="Utvärdera rapporterna i det här biblioteket i stället för exempelrapporterna.",
)
@json_option
@click.option("--split", type=click.Choice(["dev", "test", "all"]), default="all", help="Vilken del av frågorna; annars alla.")
@click.option("--each", is_flag=True, help="Undanhåll varje rapportår ett i taget, inte bara det nyaste.")
@click.option("--seed", type=click.IntRange(min=0), metavar="TAL", default=0, help="Frö för intervall och test; annars 0.")
@click.option("--embedder", metavar="MODELL", help="Mät med en annan inbäddare (mapp eller namn).")
@click.option("--out", metavar="MAPP", type=_FILE, help="Skriv JSON, TREC- och BEIR-filer hit.")
@click.option(
    "--report", metavar="MAPP", type=_FILE, help="Skriv en sida att titta på hit, index.html, med bilderna som PNG bredvid."
)
@click.option("--readme", metavar="FIL", type=_FILE, help="Sätt in tabellen i filen, mellan sina två märken.")
def evaluate(
    folder: Path | None,
    as_json: bool,
    split: Literal["dev", "test", "all"],
    each: bool,
    seed: int,
    embedder: str | None,
    out: Path | None,
    report: Path | None,
    readme: Path | None,
) -> None:
    """Utvärdera sökningen på undanhållna rapporter: exempelrapporterna, eller biblioteket som --library anger."""
    from tqdm import tqdm

    from eval.looks import note_evaluation
    from eval.run import evaluate as run

    if readme is not None:
        _check(readme)
    with tqdm(unit="fråga", desc="Utvärderar", disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        archive = _archive(folder, embedder)
        evaluation = run(archive, split=split, seed=seed, hold_out="each" if each else "newest", progress=progress)
    drafts = _drafts(split) if archive.is_samples else None
    result = {**evaluation.to_json(), "drafts": drafts.to_json() if drafts is not None else None}
    try:
        note_evaluation(evaluation, ours=archive.is_samples)
        _write(evaluation, result, drafts, out, readme)
        if report is not None:
            _report(report, evaluation, drafts)
    except OSError as error:
        raise BadOption(f"{error.filename} kunde inte skrivas. Välj en plats där du får skriva.") from None
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        from eval.table import terminal

        print(terminal(evaluation, drafts))
    finish(0 if evaluation.scores else 1)


def _archive(folder: Path | None, embedder: str | None) -> Archive:
    """The library's reports, or the packaged samples where no library is named."""
    from eval.archive import Archive

    if folder is None:
        return Archive.of_samples(embedder)
    from index.library import Library

    with Library.open(folder) as library:
        return Archive.of_library(library, embedder)


def _check(readme: Path) -> None:
    """What would fail after minutes of work fails now."""
    from eval.readme import MarkersMissing, around
    from eval.table import END, START

    try:
        around(readme, START, END)
    except MarkersMissing as error:
        raise BadOption(str(error)) from None
    except (OSError, UnicodeDecodeError):
        raise BadOption(f"Filen {readme} kunde inte läsas. Ange en textfil som finns.") from None


def _drafts(split: Literal["dev", "test", "all"]) -> DraftTable:
    """What drafts of the sample notes are worth: of the sample reports only, whose next year is known."""
    from tqdm import tqdm

    from eval.draft_table import measure

    with tqdm(total=2 if split == "all" else 1, unit="del", desc="Prövar utkast", disable=None, leave=False) as bar:
        return measure(split, lambda: bar.update() and None)


def _write(
    evaluation: Evaluation, result: Mapping[str, object], drafts: DraftTable | None, out: Path | None, readme: Path | None
) -> None:
    if out is not None:
        from eval import beir, trec
        from eval.files import put

        put(out / "evaluation.json", json.dumps(result, ensure_ascii=False, indent=2) + "\n")
        trec.write(out, evaluation)
        beir.write(out, evaluation)
    if readme is not None:
        from eval.table import write_readme

        write_readme(readme, evaluation, date.today().isoformat(), drafts)


def _report(folder: Path, evaluation: Evaluation, drafts: DraftTable | None) -> None:
    """The page; kept measurements are those of the sample reports, and shown beside them only, as drafts are."""
    from eval.bench.tables import read_all
    from eval.report import write

    write(folder, evaluation, read_all() if drafts is not None else (), drafts)


eval = evaluate
"""The name by which the command line finds it."""
