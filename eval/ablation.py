"""What each part of the index is worth, by leaving it out or setting it otherwise; ``python -m eval.ablation`` measures it.

Every variant is asked with the sentences of held-out comments (those that no other year has) and the written questions, and its nDCG@10
set against the product's, query by query. ``ablate`` gives it all as values. Knows nothing of what the variants are (``eval.variants``)
or how a table looks (``eval.ablation_table``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Literal

import click
from tqdm import tqdm

from assistant.command_help import SwedishCommand, finish
from eval import heldout, looks, written
from eval.ablation_result import KEPT, Ablation, Result, Row, kept
from eval.ablation_table import END, START, markdown, terminal
from eval.archive import Archive, digest
from eval.command import check_marks, run
from eval.files import put
from eval.heldout import NEW
from eval.measures import per_query
from eval.queries import Query, kinds
from eval.readme import fill
from eval.results import WRITTEN
from eval.run import data_hash
from eval.statistics import difference, interval
from eval.variants import DEFAULT, Variant, other_embedder, variants
from index.embedding import Embedder, load_embedder
from index.errors import LibraryError
from index.library import Library
from index.weights import Weights

MEASURE = "nDCG@10"
Progress = Callable[[int, int], None]
"""Called with (variants asked, of all)."""


def defaults_hash() -> str:
    """Names the weights in use and the built-in embedder."""
    return digest([json.dumps(asdict(Weights())), load_embedder().fingerprint])


def ablate(
    archive: Archive,
    *,
    split: Literal["dev", "test", "all"] = "dev",
    seed: int = 0,
    chosen: Sequence[Variant] | None = None,
    progress: Progress | None = None,
) -> Ablation:
    """The product first, then each of ``chosen`` (None: all of ``eval.variants``), in their order.

    The newest year of each organisation is held out, all at once. The written questions are asked where the archive holds the sample
    reports. The same arguments give the same rows, to the last digit. Not beside other work in the same process: parts of the index
    are out while their variant is asked.
    """
    wanted = [DEFAULT, *(variants() if chosen is None else chosen)]
    asked = _queries(archive, split)
    tables: dict[str, dict[str, dict[str, float]]] = {}
    for group in _by_library(wanted) if asked else ():
        with group[0].change(), _libraries(archive, group[0].embedder) as libraries:
            for variant in group:
                tables[variant.name] = {name: _ndcg(variant, libraries[name], queries) for name, queries in asked.items()}
                if progress is not None:
                    progress(len(tables), len(wanted))
    rows = (
        Row(
            variant.part,
            variant.state,
            {
                name: _result(name, variant.name, tables[variant.name][name], tables[DEFAULT.name][name], asked[name], seed)
                for name in asked
            },
        )
        for variant in wanted
    )
    return Ablation(
        data=archive.name,
        data_hash=data_hash(archive),
        defaults=defaults_hash(),
        split=split,
        seed=seed,
        date=date.today().isoformat(),
        rows=tuple(rows) if asked else (),
    )


def _queries(archive: Archive, split: str) -> dict[str, list[Query]]:
    """The queries by set; a set without any is left out."""
    items = archive.items
    made = [query for held in heldout.newest(items) for query in heldout.queries(held, items, archive.lineage).of(split)]
    found = {NEW: [query for query in made if query.kind == NEW]}
    if archive.is_samples:
        found[WRITTEN] = written.retrieval(written.load(items), items).of(split)
    return {name: queries for name, queries in found.items() if queries}


def _by_library(wanted: Sequence[Variant]) -> list[list[Variant]]:
    """The variants by what their library is built with."""
    groups: dict[object, list[Variant]] = {}
    for variant in wanted:
        groups.setdefault((variant.change, variant.embedder), []).append(variant)
    return list(groups.values())


@contextmanager
def _libraries(archive: Archive, embedder: Embedder | str | None) -> Iterator[dict[str, Library]]:
    """The library that each set of queries is asked in: without the held-out reports, and with all of them."""
    held = {(one.organisation, one.year) for one in heldout.newest(archive.items)}
    searched = archive if embedder is None else replace(archive, embedder=embedder)
    with (
        searched.library(lambda report: (report.organisation, report.year) not in held) as earlier,
        searched.library() as whole,
    ):
        yield {NEW: earlier, WRITTEN: whole}


def _ndcg(variant: Variant, library: Library, queries: Sequence[Query]) -> dict[str, float]:
    system = variant.retriever(library)
    run = {query.id: system.rank(query.text, query.filter) for query in queries}
    return per_query({query.id: dict.fromkeys(sorted(query.targets), 1) for query in queries}, run, [MEASURE])[MEASURE]


def _result(
    name: str, variant: str, values: Mapping[str, float], usual: Mapping[str, float], queries: Sequence[Query], seed: int
) -> Result:
    groups = {query.id: query.group for query in queries}
    label = f"ablation/{name}/{variant}"
    own = variant == DEFAULT.name
    changes = {query: values[query] - usual[query] for query in values}
    return Result(
        interval(values, groups, seed=seed, label=label),
        None if own else interval(changes, groups, seed=seed, label=f"{label}/change"),
        None if own else difference(values, usual, groups, seed=seed, label=f"{label}/test"),
        {
            kind: sum(values[query.id] for query in queries if query.kind == kind) / sum(query.kind == kind for query in queries)
            for kind in kinds(queries)
        },
    )


@click.command("python -m eval.ablation", cls=SwedishCommand)
@click.option(
    "--library",
    "folder",
    metavar="MAPP",
    type=click.Path(path_type=Path),
    help="Rapporterna i ett eget bibliotek i stället för exemplen.",
)
@click.option("--split", type=click.Choice(["dev", "test", "all"]), default="dev", help="Vilken del av frågorna; annars dev.")
@click.option(
    "--embedder", "embedders", metavar="MODELL", multiple=True, help="Också en annan inbäddare (mapp eller namn); kan upprepas."
)
@click.option("--seed", default=0, metavar="TAL", type=click.IntRange(min=0), help="Frö för intervall och test; annars 0.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
@click.option("--saved", is_flag=True, help="Mät inget: visa det sparade resultatet.")
@click.option("--readme", metavar="FIL", type=click.Path(path_type=Path), help="Sätt in tabellen i filen, mellan sina två märken.")
def command(
    folder: Path | None,
    split: Literal["dev", "test", "all"],
    embedders: Sequence[str],
    seed: int,
    as_json: bool,
    saved: bool,
    readme: Path | None,
) -> None:
    """Mät vad varje del av sökningen är värd. Resultatet på exempelrapporternas utvecklingsdel sparas."""
    if readme is not None:
        check_marks(readme, START, END)
    try:
        found = kept() if saved else _measured(folder, split, embedders, seed)
    except LibraryError as error:
        raise click.ClickException(str(error)) from error
    if found is None:
        raise click.ClickException("Inget är sparat. Kör kommandot utan --saved.")
    if not saved and (folder, split, seed, len(embedders)) == (None, "dev", 0, 0):
        put(KEPT, json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n")
    if readme is not None:
        fill(readme, START, END, markdown(found))
    print(json.dumps(found.to_json(), ensure_ascii=False, indent=1) if as_json else terminal(found))
    finish(0 if found.rows else 1)


def _measured(folder: Path | None, split: Literal["dev", "test", "all"], embedders: Sequence[str], seed: int) -> Ablation:
    """The ablation of a library, or of the sample reports where none is named; a look at the test half is logged."""
    chosen = [*variants(), *(other_embedder(name) for name in embedders)]
    if folder is None:
        archive = Archive.of_samples()
    else:
        with Library.open(folder) as library:
            archive = Archive.of_library(library)
    with tqdm(total=len(chosen) + 1, unit="variant", disable=None) as bar:
        found = ablate(archive, split=split, seed=seed, chosen=chosen, progress=lambda done, _: bar.update(done - bar.n) and None)
    if split != "dev" and found.rows:
        figures = [
            f"{row.part} {row.state}".strip() + f", {name}: {one.ndcg.mean:.3f}"
            for row in found.rows
            for name, one in row.results.items()
        ]
        place = looks.OURS if archive.is_samples else looks.THEIRS
        looks.note(place, "eval.ablation", split, {"data_hash": found.data_hash}, figures)
    return found


if __name__ == "__main__":
    sys.exit(run(command))
