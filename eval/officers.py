"""How the composer does on notes of officers it was not made for: what of the notes is in the drafts, and what became of last year's promises.

The items of ``data/officers.toml`` are invented, by authors who had never seen the composer. ``python -m eval.officers [dev|test|all] [--details]``
prints the counts; a look at the test half is logged.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from assistant.draft.check import SEVERE, Checker
from assistant.draft.compose import compose
from assistant.draft.evidence import from_items
from corpus.model import Draft, Item, renumber
from eval import looks
from eval.archive import digest
from eval.command import part_of
from eval.draft import facts_of_notes
from eval.reworded import YEAR, invented

FILE = "officers.toml"


@dataclass(frozen=True, slots=True)
class Officer:
    """One item: last year's comment, this year's notes, and the promising sentences with "answered", "open" or "partly"."""

    name: str
    history: tuple[Item, ...]
    notes: tuple[str, ...]
    promised: tuple[tuple[str, str], ...]


@dataclass
class OfficerScore:
    """Counts over items. ``sentences`` are those that rest on a note; ``verbless`` and ``unknown`` of them say so with a flag."""

    items: int = 0
    facts: int = 0
    facts_kept: int = 0
    notes: int = 0
    verbatim: int = 0
    sentences: int = 0
    verbless: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    promises: int = 0
    unseen: list[str] = field(default_factory=list)
    answered: int = 0
    unanswered: list[str] = field(default_factory=list)
    open: int = 0
    presumed: list[str] = field(default_factory=list)


@cache
def load(part: str = "all") -> tuple[Officer, ...]:
    """The items of "dev", "test" or "all", in the order of the file."""
    table = tomllib.loads((files("eval") / "data" / FILE).read_text(encoding="utf-8"))
    return tuple(
        Officer(
            row["name"],
            (invented(row["name"], row["comment"]),),
            tuple(row["notes"]),
            tuple((sentence, state) for sentence, state in row["promised"]),
        )
        for row in table["item"]
        if part in ("all", row["split"])
    )


def score(part: str) -> OfficerScore:
    """All counts over the items of ``part``."""
    total = OfficerScore()
    for row in load(part):
        draft = compose(from_items(row.history[-1], row.history, year=YEAR, notes=renumber(row.notes)))
        total.items += 1
        _notes(row, draft, total)
        _promises(row, draft, total)
    return total


def _notes(row: Officer, draft: Draft, total: OfficerScore) -> None:
    kept = facts_of_notes(row.history, row.notes, draft)
    total.facts += kept.facts
    total.facts_kept += kept.facts_kept
    total.notes += kept.notes
    total.verbatim += kept.notes_verbatim
    for sentence in draft.sentences:
        told = [row.notes[source.note - 1] for source in sentence.sources if source.note is not None]
        if not told:
            continue
        total.sentences += 1
        codes = {flag.code for flag in sentence.flags}
        if "telegraphic" in codes:
            total.verbless.append(f"{row.name}: {sentence.text}")
        if "abbreviation" in codes:
            total.unknown.append(f"{row.name}: {sentence.text}")
        numbers = set(re.findall(r"\d+", " ".join([*told, *(item.comment for item in row.history)])))
        years = {f"20{number}" for number in numbers if len(number) == 2}
        if strange := set(re.findall(r"\d+", sentence.text)) - numbers - years:
            total.made_up.append(f"{row.name}: {sentence.text} {sorted(strange)}")
    checker = Checker(notes=row.notes, history=row.history, year=YEAR)
    total.flagged += [
        f"{row.name}: {checked.text} {[flag.code for flag in checked.flags]}"
        for checked in checker.check(draft.text)
        if any(flag.code in SEVERE for flag in checked.flags)
    ]


def _promises(row: Officer, draft: Draft, total: OfficerScore) -> None:
    states = {" ".join(promise.text.split()): promise.state for promise in draft.commitments}
    for sentence, told in row.promised:
        total.promises += 1
        state = states.get(" ".join(sentence.split()))
        if state is None:
            total.unseen.append(f"{row.name}: {sentence}")
        elif told == "answered":
            total.answered += 1
            if state == "open":
                total.unanswered.append(f"{row.name}: {sentence}")
        elif told == "open":
            total.open += 1
            if state not in ("open", "unknown"):
                total.presumed.append(f"{row.name}: {sentence} [{state}]")


def report(part: str, total: OfficerScore) -> str:
    """The table that the command prints, in Swedish."""
    return "\n".join(
        [
            f"Andras anteckningar, {part}: {total.items} punkter",
            f"  fakta ur anteckningarna kvar            {total.facts_kept} av {total.facts}",
            f"  anteckningar ordagrant                  {total.verbatim} av {total.notes}",
            f"  meningar med siffror från ingenstans    {len(total.made_up)} av {total.sentences}",
            f"  meningar utan verb (flaggade)           {len(total.verbless)} av {total.sentences}",
            f"  meningar med okänd förkortning (flagg.) {len(total.unknown)} av {total.sentences}",
            f"  meningar som granskningen fäller        {len(total.flagged)}",
            f"  löften som hittas                       {total.promises - len(total.unseen)} av {total.promises}",
            f"  besvarade löften som inte står öppna    {total.answered - len(total.unanswered)} av {total.answered}",
            f"  obesvarade löften som det frågas om     {total.open - len(total.presumed)} av {total.open}",
        ]
    )


def main(arguments: Sequence[str]) -> int:
    """The command."""
    part = part_of(arguments)
    if part is None:
        return 2
    total = score(part)
    print(report(part, total))
    if "--details" in arguments:
        for name in ("made_up", "verbless", "unknown", "flagged", "unseen", "unanswered", "presumed"):
            for line in getattr(total, name):
                print(f"{name}: {line}")
    if part != "dev":
        looks.note(
            looks.OURS,
            "eval.officers",
            part,
            {"data_hash": digest(sorted(note for row in load(part) for note in row.notes))},
            report(part, total).splitlines()[1:],
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
