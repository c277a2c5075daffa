"""``python -m eval.ablation``: what each part of the index is worth, by leaving it out or setting it otherwise.

Every variant is asked with the sentences of held-out comments (those that no other year has) and the written questions, and its nDCG@10
set against the product's, query by query. ``rows`` gives it all as values. Knows nothing of what the variants are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

import click
from tqdm import tqdm

from eval import heldout, written
from eval.archive import Archive
from eval.heldout import NEW
from eval.measures import per_query
from eval.queries import Query, kinds
from eval.results import WRITTEN
from eval.statistics import Difference, Interval, difference, interval
from eval.table import decimal
from eval.variants import DEFAULT, Variant, other_embedder, variants
from index.embedding import Embedder
from index.errors import LibraryError
from index.library import Library

MEASURE = "nDCG@10"
Progress = Callable[[int, int], None]
"""Called with (variants asked, of all)."""


@dataclass(frozen=True, slots=True)
class Result:
    """nDCG@10 of one variant on one set of queries, and its difference to the product (below 0: the product is better).

    ``change`` is the mean difference with its paired bootstrap interval, ``test`` the same mean with the randomisation test's p; both
    None for the product itself. ``kinds`` holds the mean of each kind of query, where there are several.
    """

    ndcg: Interval
    change: Interval | None
    test: Difference | None
    kinds: Mapping[str, float]

    @property
    def clear(self) -> int:
        """1 where the variant is better than the product with the interval above zero, -1 where it is worse, else 0."""
        if self.change is None:
            return 0
        return 1 if self.change.low > 0 else -1 if self.change.high < 0 else 0


@dataclass(frozen=True, slots=True)
class Row:
    """One variant: ``part`` in another ``state``, and its results by set of queries ("egen mening", "skrivna frågor")."""

    part: str
    state: str
    results: Mapping[str, Result]


def rows(
    archive: Archive,
    *,
    split: Literal["dev", "test", "all"] = "dev",
    seed: int = 0,
    chosen: Sequence[Variant] | None = None,
    progress: Progress | None = None,
) -> list[Row]:
    """The product first, then each of ``chosen`` (None: all of ``eval.variants``), in their order.

    The newest year of each organisation is held out, all at once. The written questions are asked where the archive holds the sample
    reports. The same arguments give the same rows, to the last digit. Not beside other work in the same process: parts of the index
    are out while their variant is asked.
    """
    wanted = [DEFAULT, *(variants() if chosen is None else chosen)]
    asked = _queries(archive, split)
    tables: dict[str, dict[str, dict[str, float]]] = {}
    for group in _by_library(wanted):
        with group[0].change(), _libraries(archive, group[0].embedder) as libraries:
            for variant in group:
                tables[variant.name] = {name: _ndcg(variant, libraries[name], queries) for name, queries in asked.items()}
                if progress is not None:
                    progress(len(tables), len(wanted))
    return [
        Row(
            variant.part,
            variant.state,
            {
                name: _result(name, variant.name, tables[variant.name][name], tables[DEFAULT.name][name], asked[name], seed)
                for name in asked
            },
        )
        for variant in wanted
    ]


def table(found: Sequence[Row]) -> str:
    """The rows as lines for a terminal; + and − mark what is clearly better and worse than the product."""
    sets = list(found[0].results) if found else []
    lines = [f"{'':58}" + "".join(f"{name + ' (n = ' + str(found[0].results[name].ndcg.n) + ')':34}" for name in sets)]
    for row in found:
        cells = []
        for result in row.results.values():
            mark = {1: "+", -1: "−", 0: " "}[result.clear]
            cells.append(f"{decimal(result.ndcg.mean)} {mark} {result.test or ''!s}"[:32])
        lines.append(f"{row.part:34}{row.state[:23]:24}" + "".join(f"{cell:34}" for cell in cells).rstrip())
    lines.append("Skillnad i nDCG@10 mot produkten med p; + och − där skillnadens intervall inte rymmer noll.")
    return "\n".join(line.rstrip() for line in lines)


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


@click.command()
@click.option(
    "--library",
    "folder",
    metavar="MAPP",
    type=click.Path(path_type=Path),
    help="Rapporterna i ett eget bibliotek i stället för exemplen.",
)
@click.option(
    "--split", type=click.Choice(["dev", "test", "all"]), default="dev", show_default=True, help="Vilken del av frågorna."
)
@click.option(
    "--embedder", "embedders", metavar="MODELL", multiple=True, help="Också en annan inbäddare (mapp eller namn); kan upprepas."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Frö för intervall och test.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
def main(folder: Path | None, split: Literal["dev", "test", "all"], embedders: Sequence[str], seed: int, as_json: bool) -> None:
    """Mät vad varje del av sökningen är värd."""
    chosen = [*variants(), *(other_embedder(name) for name in embedders)]
    try:
        if folder is None:
            archive = Archive.of_samples()
        else:
            with Library.open(folder) as library:
                archive = Archive.of_library(library)
        with tqdm(total=len(chosen) + 1, unit="variant", disable=None) as bar:
            found = rows(archive, split=split, seed=seed, chosen=chosen, progress=lambda done, _: bar.update(done - bar.n) and None)
    except LibraryError as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1) if as_json else table(found))


if __name__ == "__main__":
    main()
