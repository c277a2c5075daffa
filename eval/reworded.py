"""How the check judges what a person wrote: correct sentences that it flags, and spoilt ones that it lets pass.

None of the sentences is the composer's, so this says how the check does on other people's words: those of ``data/reworded.toml`` by the check's
author, those of ``data/blind.toml`` by others who had not seen it. ``python -m eval.reworded [dev|test|all] [--details]`` prints the counts of
both; a look at the test half is logged.
"""

from __future__ import annotations

import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.draft.check import SEVERE, Checker
from corpus.model import Item
from corpus.samples import ORGANISATION, load_source, notes
from eval import looks
from eval.archive import digest
from eval.command import part_of

Source = Literal["reworded", "blind"]
SOURCES: dict[Source, str] = {"reworded": "granskarens författares egna", "blind": "av andra, som inte sett granskaren"}
"""The files of sentences, and who wrote them."""

YEAR = 2026
"""The year that the invented items are drafted for; their comment is of the year before."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """One item with sentences that are right and (kind, sentence) pairs that are not."""

    name: str
    history: tuple[Item, ...]
    notes: tuple[str, ...]
    year: int
    right: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


@dataclass
class RewordedScore:
    """Counts over items: correct sentences and those flagged, spoilt ones and those caught by kind; what went wrong as lines."""

    right: int = 0
    flagged: list[str] = field(default_factory=list)
    wrong: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    missed: list[str] = field(default_factory=list)


@cache
def _samples() -> dict[str, tuple[tuple[Item, ...], tuple[str, ...], int]]:
    history: dict[str, list[Item]] = defaultdict(list)
    for report in load_source():
        if report.organisation == ORGANISATION:
            for name, item in zip(report.ids, report.items, strict=True):
                history[name].append(item)
    return {sample.id: (tuple(history[sample.id]), sample.notes, sample.item.year) for sample in notes()}


def load(part: str = "all", source: Source = "reworded") -> list[Reworded]:
    """The items of "dev", "test" or "all", in the order of the file ``source``."""
    table = tomllib.loads((files("eval") / "data" / f"{source}.toml").read_text(encoding="utf-8"))
    found = []
    for row in table["item"]:
        if part not in ("all", row["split"]):
            continue
        history, noted, year = (
            _samples()[row["sample"]] if "sample" in row else ((invented(row["name"], row["comment"]),), tuple(row["notes"]), YEAR)
        )
        wrong = tuple((kind, text) for kind, text in row.get("wrong", ()))
        found.append(Reworded(row.get("sample") or row["name"], history, noted, year, tuple(row["right"]), wrong))
    return found


def invented(name: str, comment: str) -> Item:
    return Item(
        report_id="prov-2025",
        organisation="Provförvaltningen",
        year=YEAR - 1,
        plan=1,
        plan_title="Program 2024–2027",
        area="Målområde 1",
        kind="strategi",
        code="1:1",
        code_as_written="1:1",
        question="Hur har arbetet gått?",
        statement=name,
        expected_result="",
        answer="Ja",
        comment=comment,
        page=None,
    )


def score(rows: Sequence[Reworded]) -> RewordedScore:
    """What the check says of ``rows``."""
    total = RewordedScore()
    for row in rows:
        checker = Checker(notes=row.notes, history=row.history, year=row.year)

        def codes(text: str, checker: Checker = checker) -> list[str]:
            return [flag.code for sentence in checker.check(text) for flag in sentence.flags if flag.code in SEVERE]

        for text in row.right:
            total.right += 1
            if found := codes(text):
                total.flagged.append(f"{row.name}: {text} {found}")
        for kind, text in row.wrong:
            caught = bool(codes(text))
            total.wrong[kind][0] += caught
            total.wrong[kind][1] += 1
            if not caught:
                total.missed.append(f"{row.name}: {kind}: {text}")
    return total


def report(part: str, total: RewordedScore, source: Source = "reworded") -> list[str]:
    """What the command prints of one file, in Swedish."""
    caught, planted = (sum(counts[at] for counts in total.wrong.values()) for at in (0, 1))
    return [
        f"Granskningen av en människas meningar, {part}, {SOURCES[source]}",
        f"  riktiga meningar som flaggas    {len(total.flagged)} av {total.right}",
        f"  förvanskade meningar som fälls  {caught} av {planted}",
        *(f"    {kind:14} {c} av {n}" for kind, (c, n) in sorted(total.wrong.items())),
    ]


def main(arguments: Sequence[str]) -> int:
    """The command."""
    part = part_of(arguments)
    if part is None:
        return 2
    for source in SOURCES:
        rows = load(part, source)
        total = score(rows)
        table = report(part, total, source)
        print("\n".join(table))
        if part != "dev":
            settings = {"source": source, "data_hash": digest(sorted(text for row in rows for text in row.right))}
            looks.note(looks.OURS, "eval.reworded", part, settings, table[1:])
        if "--details" in arguments:
            print("\n".join([*(f"flaggad: {line}" for line in total.flagged), *(f"missad: {line}" for line in total.missed)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
