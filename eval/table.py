"""An evaluation as a table for a terminal, and as Markdown between markers in a README.

Knows how figures are written in Swedish text; knows nothing of how they came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from eval import draft_table
from eval.draft_table import DraftTable
from eval.measures import MEASURES
from eval.readme import fill
from eval.results import HELD_OUT, Answers, Comparison, Evaluation, Refusals, Score
from eval.systems import BM25, OURS

WIDTH = 120
START, END = "<!-- eval:start -->", "<!-- eval:end -->"
ANSWER_COLUMNS = ("rätt utfall", "källa först", "alla källor", "rätt besked", "erbjudet")


def decimal(value: float, digits: int = 3) -> str:
    """``value`` with a decimal comma: "0,512"."""
    return f"{value:.{digits}f}".replace(".", ",")


def signed(value: float) -> str:
    """``value`` with its sign and a decimal comma: "+0,012", "−0,012"."""
    return f"{value:+.3f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")


def chance(p: float) -> str:
    """A p value: "0,012", "< 0,001"."""
    return "< 0,001" if p < 0.001 else decimal(p)


def terminal(evaluation: Evaluation, drafts: DraftTable | None = None) -> str:
    """The whole evaluation as lines at most 120 wide, with what ``drafts`` are worth where they were measured."""
    return "\n".join([*_lines(evaluation), *(["", draft_table.terminal(drafts)] if drafts else [])])


def markdown(evaluation: Evaluation, date: str, drafts: DraftTable | None = None) -> str:
    """Tables for a README: nDCG@10 of each system by kind, the assistant's with its interval, the answers, and drafts; ``date`` is ISO."""
    lines = [f"Mätt {date} på {evaluation.data} (data {evaluation.data_hash}, {split_name(evaluation)}, frö {evaluation.seed})."]
    for part in dict.fromkeys(score.part for score in evaluation.scores):
        own = [score for score in evaluation.scores if score.part == part]
        systems = list(dict.fromkeys(score.system for score in own))
        lines += ["", f"| {part}: nDCG@10 | n | {' | '.join(systems)} | p mot {BM25} |", f"|---|---|{'---|' * len(systems)}---|"]
        for kind in dict.fromkeys(score.kind for score in own):
            cells = [_cell(score) for score in own if score.kind == kind]
            count = next(score.n for score in own if score.kind == kind)
            lines.append(f"| {kind} | {count} | {' | '.join(cells)} | {_against(evaluation, part, kind)} |")
    if evaluation.answers:
        lines += ["", f"| svar på skrivna frågor | n | {' | '.join(ANSWER_COLUMNS)} |", f"|---|---|{'---|' * len(ANSWER_COLUMNS)}"]
        lines += [f"| {row.kind} | {row.n} | {' | '.join(shares(row))} |" for row in evaluation.answers]
        lines += ["", refused(evaluation.refusals)]
    if drafts is not None:
        lines += ["", draft_table.markdown(drafts)]
    return "\n".join([*lines, "", *(f"- {note}" for note in evaluation.notes)])


def write_readme(path: Path, evaluation: Evaluation, date: str, drafts: DraftTable | None = None) -> None:
    """Put the Markdown tables between the markers in ``path``, in the place of what stands there.

    Raises:
        As for ``eval.readme.fill``.
    """
    fill(path, START, END, markdown(evaluation, date, drafts))


def readme_hash(text: str) -> str | None:
    """The data hash that stands between the markers of ``text``; None where there is none."""
    if START not in text or END not in text:
        return None
    inside = text.split(START)[1].split(END)[0]
    _, _, rest = inside.partition("(data ")
    return rest.split(",")[0] or None


def main_figures(evaluation: Evaluation) -> list[str]:
    """The assistant's nDCG@10 of each kind, and the share of answers that are as they should be: what a log of looks keeps."""
    found = [
        f"{score.part}, {score.kind} (n = {score.n}): {decimal(score.measures['nDCG@10'].mean)}"
        for score in evaluation.scores
        if score.system == OURS
    ]
    return [*found, *(f"rätt utfall: {row.status[0]} av {row.status[1]}" for row in evaluation.answers[-1:])]


def _lines(evaluation: Evaluation) -> Iterator[str]:
    yield f"Utvärdering på {evaluation.data} (data {evaluation.data_hash}), {split_name(evaluation)}, frö {evaluation.seed}"
    for part in dict.fromkeys(score.part for score in evaluation.scores):
        yield ""
        yield f"{part.upper():40}{''.join(f'{name:>10}' for name in MEASURES)}   95 % för nDCG@10"
        for kind in dict.fromkeys(score.kind for score in evaluation.scores if score.part == part):
            own = [score for score in evaluation.scores if score.part == part and score.kind == kind]
            groups = f" ur {own[0].measures['nDCG@10'].groups} kommentarer" if part == HELD_OUT else ""
            yield f"  {kind} (n = {own[0].n}{groups})"
            yield from (_row(score) for score in own)
            yield from _verdicts([c for c in evaluation.comparisons if c.part == part and c.kind == kind])
    if evaluation.answers:
        yield ""
        yield f"{'SVAR PÅ SKRIVNA FRÅGOR':28}{'n':>5}{''.join(f'{name:>17}' for name in ANSWER_COLUMNS)}"
        for row in evaluation.answers:
            yield f"  {row.kind:26}{row.n:>5}{''.join(f'{share:>17}' for share in shares(row))}"
        yield f"  {refused(evaluation.refusals)}"
        yield from _curve(evaluation)
    yield ""
    for note in evaluation.notes:
        yield from wrap(note, WIDTH, subsequent_indent="  ")


def _curve(evaluation: Evaluation) -> Iterator[str]:
    """The thresholds at which something changes, and the one in use."""
    if evaluation.curve:
        yield f"  {'tröskel för att avstå':26}{'avstår':>10}{'rätt':>10}{'precision':>12}{'täckning':>12}"
    before = None
    for point in evaluation.curve:
        if (point.refused, point.right) != before or point.chosen:
            figures = f"{point.refused:>10}{point.right:>10}{decimal(point.precision):>12}{decimal(point.recall):>12}"
            yield f"    {decimal(point.threshold, 2):24}{figures}{'   i bruk' if point.chosen else ''}"
        before = (point.refused, point.right)


def _row(score: Score) -> str:
    figures = "".join(f"{decimal(score.measures[name].mean):>10}" for name in MEASURES)
    spread = score.measures["nDCG@10"]
    return f"    {score.system:36}{figures}   {decimal(spread.low)}–{decimal(spread.high)}"


def _verdicts(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """How the assistant stands against each other system, in one line; nothing where nothing was compared."""
    parts = [f"{comparison.other} {comparison.difference}" for comparison in comparisons if comparison.measure == "nDCG@10"]
    if parts:
        yield from wrap(f"skillnad i nDCG@10 mot {'; '.join(parts)}", WIDTH, initial_indent="    ", subsequent_indent="      ")


def _cell(score: Score) -> str:
    found = score.measures["nDCG@10"]
    spread = f" ({decimal(found.low)}–{decimal(found.high)})" if score.system == OURS else ""
    return f"{decimal(found.mean)}{spread}"


def _against(evaluation: Evaluation, part: str, kind: str) -> str:
    for comparison in evaluation.comparisons:
        if (comparison.part, comparison.kind, comparison.other, comparison.measure) == (part, kind, BM25, "nDCG@10"):
            return chance(comparison.difference.p)
    return "–"


def shares(row: Answers) -> list[str]:
    """ "3 av 4" for each column; "–" where the questions of the kind expect nothing there."""
    return [f"{right} av {asked}" if asked else "–" for right, asked in (row.status, row.first, row.sources, row.said, row.offered)]


def refused(found: Refusals) -> str:
    """How often the assistant declines to answer, and how often it should, as a sentence."""
    needless = found.refused - found.right
    return (
        f"Avstår från att svara {found.right} av {found.expected} gånger det borde,"
        f" {needless} {'gång' if needless == 1 else 'gånger'} i onödan"
        f" (precision {decimal(found.precision)}, täckning {decimal(found.recall)})."
    )


def split_name(evaluation: Evaluation) -> str:
    """Which half of the questions was asked, in Swedish."""
    return {"dev": "utvecklingsdelen", "test": "testdelen"}.get(evaluation.split, "alla frågor")
