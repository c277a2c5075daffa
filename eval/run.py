"""The evaluation: hold reports out, ask every system the same, measure, and say how sure the figures are.

``evaluate`` is the one way in. Reports come from ``archive``, queries from ``heldout`` and ``written``, systems from ``systems``,
figures from ``measures`` and ``statistics``; this module only brings them together. Knows nothing of how a result is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from corpus.model import Item, Report
from eval import heldout, written
from eval.abstention import Point, curve
from eval.answers import ALL, ask_all
from eval.archive import Archive, digest
from eval.heldout import HeldOut
from eval.measures import MEASURES, Qrels, Ranked, Run, per_query
from eval.queries import Query, QuerySet, kinds
from eval.results import HELD_OUT, WRITTEN, Answers, Comparison, Evaluation, Refusals, Score
from eval.statistics import difference, interval
from eval.systems import OURS, compared
from index.library import NO_EMBEDDER, Library

HoldOut = Literal["newest", "each"]
Progress = Callable[[int, int], None]
"""Called with (queries ranked, of all) as the work goes on."""

LIMITS = (
    "Exempelrapporterna är uppdiktade och skrivna av samma hand som frågorna; siffrorna säger hur delarna står sig mot varandra,"
    " inte hur väl en annan kommuns rapporter blir sökta."
)
HELD_OUT_LIMITS = (
    "En undanhållen mening räknas som funnen när den leder till samma punkt ett annat år. Vilka punkter som är samma avgörs av nyckel och"
    " föreslagen släktskap, som ingen behöver ha granskat; en annan punkt som också hade varit till hjälp räknas som fel."
)
TESTED = ("nDCG@10", "Success@1")


class _Counter:
    """How far the work has come; ``total`` grows as queries are made."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self.done = self.total = 0

    def expect(self, more: int) -> None:
        self.total += more
        self._tell()

    def step(self) -> None:
        self.done += 1
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.done, self.total)


def evaluate(
    archive: Archive,
    *,
    split: Literal["dev", "test", "all"] = "all",
    seed: int = 0,
    hold_out: HoldOut = "newest",
    progress: Progress | None = None,
) -> Evaluation:
    """How well the assistant finds what a held-out report's comments continue, and what the written questions ask for.

    ``hold_out``: "newest" keeps each organisation's newest year out of the index, all at once; "each" keeps every year out once.
    The written questions are asked where the archive holds the sample reports, about which they are. The same arguments give the
    same result, to the last digit.
    """
    counter = _Counter(progress)
    queries, runs, left = _held_out(archive, split, hold_out, counter)
    sets = {HELD_OUT: queries}
    documents: dict[str, Sequence[Item]] = {HELD_OUT: left}
    all_runs = {HELD_OUT: runs}
    answers: tuple[Answers, ...] = ()
    refusals = Refusals()
    points: tuple[Point, ...] = ()
    notes = [*queries.notes, *([HELD_OUT_LIMITS] if queries.queries else [])]
    if archive.is_samples:
        asked = [question for question in written.load(archive.items) if split in ("all", question.split)]
        sets[WRITTEN], documents[WRITTEN] = written.retrieval(asked, archive.items), archive.items
        notes += [*sets[WRITTEN].notes, LIMITS]
        with archive.library() as library:
            all_runs[WRITTEN] = _ranked(sets[WRITTEN].queries, library, archive.embedder != NO_EMBEDDER, counter)
            counter.expect(2 * len(asked))
            answers, refusals = ask_all(asked, library, counter.step)
            points = curve(asked, library, step=counter.step)
    else:
        notes.append("De skrivna frågorna handlar om exempelrapporterna och ställdes inte till det här biblioteket.")
    scores, comparisons, judged = [], [], {}
    for part, made in sets.items():
        judged[part] = {query.id: dict.fromkeys(sorted(query.targets), 1) for query in made.queries}
        more, tests = _scored(part, made.queries, judged[part], all_runs[part], seed)
        scores += more
        comparisons += tests
    return Evaluation(
        data=archive.name,
        data_hash=data_hash(archive),
        questions_hash=digest(sorted(f"{query.id}\t{query.text}" for made in sets.values() for query in made.queries)),
        reports=tuple(f"{report.organisation} {report.year}" for report, _ in archive.reports),
        split=split,
        seed=seed,
        scores=tuple(scores),
        comparisons=tuple(comparisons),
        answers=answers,
        refusals=refusals,
        curve=points,
        notes=tuple(notes),
        queries={part: made.queries for part, made in sets.items()},
        documents=documents,
        qrels=judged,
        runs=all_runs,
    )


def data_hash(archive: Archive) -> str:
    """What names the data of an evaluation: the reports, and the written questions where they are asked."""
    return digest([archive.hash, written.digest()]) if archive.is_samples else archive.hash


def _held_out(
    archive: Archive, split: str, hold_out: HoldOut, counter: _Counter
) -> tuple[QuerySet, dict[str, dict[str, Sequence[Ranked]]], list[Item]]:
    """The queries of all held-out reports, what the systems found for them in the reports that were left, and the items of those.

    Where each report is held out once, all were left at some time.
    """
    items = archive.items
    held = heldout.newest(items) if hold_out == "newest" else heldout.each(items)
    found: list[Query] = []
    notes: list[str] = []
    runs: dict[str, dict[str, Sequence[Ranked]]] = {}
    if not held:
        notes.append(
            "Ingen organisation har rapporter från mer än ett år: ingen kunde undanhållas och sökas i de andra. Läs in ett år till av"
            " samma organisation med assistant ingest."
        )
    for out in [tuple(held)] if hold_out == "newest" else [(one,) for one in held]:
        made = [heldout.queries(one, items, archive.lineage) for one in out]
        notes += [note for one in made for note in one.notes]
        queries = [query for one in made for query in one.of(split)]
        if queries:
            with archive.library(_kept(out)) as library:
                for system, run in _ranked(queries, library, archive.embedder != NO_EMBEDDER, counter).items():
                    runs.setdefault(system, {}).update(run)
            found += queries
    gone = {(one.organisation, one.year) for one in held} if hold_out == "newest" else set()
    left = [item for item in items if (item.organisation, item.year) not in gone]
    return QuerySet(tuple(found), tuple(notes)), runs, left


def _kept(out: Sequence[HeldOut]) -> Callable[[Report], bool]:
    gone = {(one.organisation, one.year) for one in out}
    return lambda report: (report.organisation, report.year) not in gone


def _ranked(queries: Sequence[Query], library: Library, meaning: bool, counter: _Counter) -> dict[str, dict[str, Sequence[Ranked]]]:
    """System -> query -> ranking, for every system and query."""
    systems = compared(library, meaning=meaning)
    counter.expect(len(systems) * len(queries))
    runs: dict[str, dict[str, Sequence[Ranked]]] = {}
    for system in systems:
        run = runs.setdefault(system.name, {})
        for query in queries:
            run[query.id] = system.rank(query.text, query.filter)
            counter.step()
    return runs


def _scored(
    part: str, queries: Sequence[Query], qrels: Qrels, runs: Mapping[str, Run], seed: int
) -> tuple[list[Score], list[Comparison]]:
    """Scores and tests for each kind of query; for the written questions for all of them together as well."""
    tables = {system: per_query(qrels, run) for system, run in runs.items()}
    groups = {query.id: query.group for query in queries}
    wanted: list[tuple[str, list[str]]] = [(kind, [q.id for q in queries if q.kind == kind]) for kind in kinds(queries)]
    if part == WRITTEN and len(wanted) > 1:
        wanted.append((ALL, [query.id for query in queries]))
    scores, comparisons = [], []
    for kind, ids in wanted:
        own = {system: {m: {i: table[m][i] for i in ids} for m in MEASURES} for system, table in tables.items()}
        for system, table in own.items():
            labels = {measure: f"{part}/{kind}/{system}/{measure}" for measure in MEASURES}
            means = {measure: interval(table[measure], groups, seed=seed, label=labels[measure]) for measure in MEASURES}
            scores.append(Score(part, kind, system, len(ids), means))
        for other in own:
            for measure in TESTED if other != OURS else ():
                label = f"{part}/{kind}/{other}/{measure}/test"
                found = difference(own[OURS][measure], own[other][measure], groups, seed=seed, label=label)
                comparisons.append(Comparison(part, kind, other, measure, found))
    return scores, comparisons
