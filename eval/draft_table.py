"""What drafts of the sample notes are worth, as rows to show: a column for each half of the items, as in ``eval.draft`` and ``eval.citations``.

Brings their figures together and writes them in Swedish; knows nothing of how they are worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from eval import citations, commitments, draft, officers
from eval.queries import Split

NAMES: dict[Split, str] = {"dev": "utvecklingsdelen", "test": "testdelen"}


@dataclass(frozen=True, slots=True)
class DraftTable:
    """``parts`` are the halves measured; a row is a measure and its figure for each of them, as Swedish text."""

    parts: tuple[Split, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of the columns."""
        return ("utkast av exempelanteckningarna", *(NAMES[part] for part in self.parts))

    def to_json(self) -> dict[str, object]:
        """As plain values."""
        return asdict(self)


def measure(split: Literal["dev", "test", "all"] = "all", step: Callable[[], None] = lambda: None) -> DraftTable:
    """The figures of the halves that ``split`` names; ``step`` after each half."""
    parts: tuple[Split, ...] = ("dev", "test") if split == "all" else (split,)
    columns = []
    for part in parts:
        columns.append(dict(_figures(part)))
        step()
    return DraftTable(parts, tuple((name, *(column[name] for column in columns)) for name in columns[0]))


def markdown(table: DraftTable) -> str:
    """The table for a README."""
    lines = [f"| {' | '.join(table.heads)} |", "|---" * len(table.heads) + "|", *(f"| {' | '.join(row)} |" for row in table.rows)]
    return "\n".join(lines)


def terminal(table: DraftTable) -> str:
    """The table as lines for a terminal."""
    wide = max(len(name) for name, *_ in table.rows)
    heads = ("UTKAST", *table.heads[1:])
    return "\n".join(
        f"{indent}{row[0]:{wide + 2 - len(indent)}}" + "".join(f"{figure:>22}" for figure in row[1:])
        for indent, row in (("", heads), *(("  ", row) for row in table.rows))
    )


def _figures(part: Split) -> Sequence[tuple[str, str]]:
    """(measure, figure) of one half, in the order of the table."""
    made = draft.cases(part)
    found = draft.score(made)
    cited = citations.score(citations.of_drafts(case.draft for case in made))
    promised = commitments.score(part)
    others = draft.of_others(part)
    hurried = officers.score(part)
    answered = hurried.answered - len(hurried.unanswered)
    judged = citations.agreement(citations.load(part))
    saved, low, high = (100 * share for share in draft.saving(found))
    caught, planted = (sum(counts[at] for counts in found.planted.values()) for at in (0, 1))
    return [
        ("punkter", str(found.cases)),
        ("uppgifter i anteckningarna som finns kvar i utkastet", f"{found.facts_kept} av {found.facts}"),
        ("anteckningar som står ordagrant i utkastet", f"{found.notes_verbatim} av {found.notes}"),
        ("inaktuella uppgifter som läckt in", str(len(found.leaked))),
        ("meningar utan källa och utan flagga", f"{len(found.without_source)} av {found.sentences}"),
        ("meningar som får stöd av sina källor (täckning)", f"{cited.supported} av {cited.sentences}"),
        ("källor som behövs (precision)", f"{cited.needed} av {cited.citations}"),
        ("prövningen av stöd: lika med en läsare", f"{round(judged.accuracy * judged.n)} av {judged.n}"),
        ("prövningen av stöd: Cohens kappa", f"{judged.kappa:.2f}".replace(".", ",")),
        ("inplanterade fel som granskningen flaggar", f"{caught} av {planted}"),
        ("inplanterade fel i utkastens egna meningar som den flaggar", f"{found.planted_own[0]} av {found.planted_own[1]}"),
        ("utkastens egna meningar som den flaggar", f"{len(found.flagged_own)} av {found.sentences}"),
        ("andras anteckningar: uppgifter som finns kvar i utkastet", f"{others.facts_kept} av {others.facts}"),
        ("andras anteckningar: de som står ordagrant", f"{others.notes_verbatim} av {others.notes}"),
        ("andras anteckningar: utkastens meningar som flaggas", f"{len(others.flagged_own)} av {others.sentences}"),
        ("fler anteckningar av andra: uppgifter som finns kvar i utkastet", f"{hurried.facts_kept} av {hurried.facts}"),
        ("fler anteckningar av andra: meningar med en siffra från ingenstans", f"{len(hurried.made_up)} av {hurried.sentences}"),
        ("fler anteckningar av andra: meningar utan verb, som flaggas", f"{len(hurried.verbless)} av {hurried.sentences}"),
        ("löften som en anteckning besvarar och som inte står öppna", f"{answered} av {hurried.answered}"),
        ("löften utan besked som det frågas om", f"{hurried.open - len(hurried.presumed)} av {hurried.open}"),
        ("åtaganden i kommentarer som hittas", f"{promised.right} av {promised.right + len(promised.missed)}"),
        ("meningar som felaktigt togs för åtaganden", str(len(promised.false))),
        ("tecken att ändra: utkastet", str(sum(found.to_change))),
        ("tecken att ändra: fjolårets text", str(sum(found.last_year))),
        ("tecken att ändra: enbart anteckningarna", str(sum(found.notes_alone))),
        ("färre tecken att ändra än med det bättre av dem", f"{saved:.0f} % ({low:.0f}–{high:.0f})"),
    ]
