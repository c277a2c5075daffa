"""An ablation as a table for a terminal, and as Markdown between markers in a README.

Knows how figures are written in Swedish text; knows nothing of how they came about.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.ablation_result import Ablation, Result, Row
from eval.table import chance, decimal, signed

START, END = "<!-- ablation:start -->", "<!-- ablation:end -->"
NOTHING = (
    "Det finns inga frågor att mäta med. En organisation behöver rapporter från minst två år, med kommentarer: läs in ett år till med"
    " assistant ingest."
)
_SPLITS = {"dev": "utvecklingsdelen", "test": "testdelen", "all": "båda delarna"}


def terminal(found: Ablation) -> str:
    """The rows as lines; + and − mark what is clearly better and worse than the product."""
    if not found.rows:
        return NOTHING
    part = max(len(row.part) for row in found.rows) + 2
    state = max(len(row.state) for row in found.rows) + 2
    heads = "".join(f"{name + ' (n = ' + str(result.ndcg.n) + ')':32}" for name, result in found.rows[0].results.items())
    lines = [about(found), f"{'':{part + state}}{heads}"]
    for row in found.rows:
        lines.append(f"{row.part:{part}}{row.state:{state}}" + "".join(f"{_short(result):32}" for result in row.results.values()))
    lines += [
        "Skillnad i nDCG@10 mot produkten, med p; + och − där skillnadens intervall inte rymmer noll.",
        expected_by_chance(found),
    ]
    return "\n".join(line.rstrip() for line in lines)


def markdown(found: Ablation) -> str:
    """The table for a README: nDCG@10 on each set, the difference to the product with interval and p, and what that says of the product."""
    if not found.rows:
        return NOTHING
    lines = [about(found), "", *_markdown_rows(found), "", expected_by_chance(found)]
    return "\n".join(lines)


def about(found: Ablation) -> str:
    """When, on what and with which defaults it was measured, as a sentence; names the hashes that a test looks for."""
    return (
        f"Mätt {found.date} på {found.data}, {_SPLITS[found.split]} (data {found.data_hash}, förval {found.defaults},"
        f" frö {found.seed})."
    )


def expected_by_chance(found: Ablation) -> str:
    """How many of the comparisons would seem clear by chance alone, as a sentence."""
    compared = sum(len(row.results) for row in found.rows if not row.is_product)
    return (
        f"Av {compared} jämförelser väntas ungefär {round(0.05 * compared)} ge ett intervall utan noll av en slump; läs de enskilda"
        " värdena därefter."
    )


def heads(found: Ablation) -> list[str]:
    """The heads of the table's columns."""
    sets = [
        head for name, result in found.rows[0].results.items() for head in (f"{name}, n = {result.ndcg.n}", "skillnad (95 %)", "p")
    ]
    return ["del", "läge", *sets, "produkten är"]


def cells(row: Row) -> Iterator[str]:
    """One row of the table: part, state, the figures of each set, and what the product is beside it."""
    yield row.part
    yield row.state or "–"
    for result in row.results.values():
        if result.change is None or result.test is None:
            yield from (f"{decimal(result.ndcg.mean)} ({decimal(result.ndcg.low)}–{decimal(result.ndcg.high)})", "–", "–")
        else:
            change = result.change
            yield decimal(result.ndcg.mean)
            yield f"{signed(change.mean)} ({signed(change.low)} till {signed(change.high)})"
            yield chance(result.test.p)
    yield "–" if row.is_product else row.product


def _markdown_rows(found: Ablation) -> Iterator[str]:
    columns = heads(found)
    yield f"| {' | '.join(columns)} |"
    yield "|---" * len(columns) + "|"
    for row in found.rows:
        yield f"| {' | '.join(cells(row))} |"


def _short(result: Result) -> str:
    mark = {1: "+", -1: "−", 0: " "}[result.clear]
    return f"{decimal(result.ndcg.mean)} {mark} {result.test or ''}"
