"""``assistant eval``: how well the search finds what held-out reports continue, and the answers to written questions, as a table.

A thin face of ``eval.run``; the packages it needs are imported when it runs. Table or JSON on stdout, progress on stderr.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from assistant.command_help import command, finish, json_option
from assistant.errors import BadOption

if TYPE_CHECKING:
    from eval.archive import Archive
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
@click.option("--out", metavar="MAPP", type=_FILE, help="Skriv JSON och TREC-filer hit.")
@click.option("--plot", metavar="FIL", type=_FILE, help="Rita staplar till en .png- eller .html-fil.")
@click.option("--readme", metavar="FIL", type=_FILE, help="Sätt in tabellen i filen, mellan sina två märken.")
def evaluate(
    folder: Path | None,
    as_json: bool,
    split: Literal["dev", "test", "all"],
    each: bool,
    seed: int,
    embedder: str | None,
    out: Path | None,
    plot: Path | None,
    readme: Path | None,
) -> None:
    """Utvärdera sökningen på undanhållna rapporter: exempelrapporterna, eller biblioteket som --library anger."""
    from tqdm import tqdm

    from eval.run import evaluate as run

    _check(plot, readme)
    with tqdm(unit="fråga", desc="Utvärderar", disable=None, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        archive = _archive(folder, embedder)
        evaluation = run(archive, split=split, seed=seed, hold_out="each" if each else "newest", progress=progress)
    _write(evaluation, out, plot, readme)
    if as_json:
        print(json.dumps(evaluation.to_json(), ensure_ascii=False, indent=2))
    else:
        from eval.table import terminal

        print(terminal(evaluation))
    finish(0 if evaluation.scores else 1)


def _archive(folder: Path | None, embedder: str | None) -> Archive:
    """The library's reports, or the packaged samples where no library is named."""
    from eval.archive import Archive

    if folder is None:
        return Archive.of_samples(embedder)
    from index.library import Library

    with Library.open(folder) as library:
        return Archive.of_library(library, embedder)


def _check(plot: Path | None, readme: Path | None) -> None:
    """What would fail after minutes of work fails now."""
    from eval.table import MarkersMissing, split_readme

    if plot is not None and plot.suffix.lower() not in (".png", ".html", ".htm"):
        raise BadOption(f"Bilden {plot} kan inte ritas: namnet ska sluta på .png eller .html.")
    if readme is not None:
        try:
            split_readme(readme)
        except MarkersMissing as error:
            raise BadOption(str(error)) from None
        except (OSError, UnicodeDecodeError):
            raise BadOption(f"Filen {readme} kunde inte läsas. Ange en textfil som finns.") from None


def _write(evaluation: Evaluation, out: Path | None, plot: Path | None, readme: Path | None) -> None:
    try:
        if out is not None:
            from eval import trec
            from eval.files import put

            put(out / "evaluation.json", json.dumps(evaluation.to_json(), ensure_ascii=False, indent=2) + "\n")
            trec.write(out, evaluation)
        if plot is not None:
            from eval.plot import write

            write(plot, evaluation)
        if readme is not None:
            from eval.table import write_readme

            write_readme(readme, evaluation, date.today().isoformat())
    except OSError as error:
        raise BadOption(f"{error.filename} kunde inte skrivas. Välj en plats där du får skriva.") from None


eval = evaluate
"""The name by which the command line finds it."""
