"""Pictures of an evaluation as PNG: bars by kind, recall by depth, and lines of anything against size or threshold.

Each is drawn for a light or a dark page; lines differ in dash and mark, not in colour alone. The same values give the same bytes. Knows
nothing of how the figures came about; matplotlib is imported late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from eval.results import Evaluation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DEPTHS = range(1, 21)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a picture; the series are told apart also by those who see red and green alike."""

    ground: str
    ink: str
    faint: str
    series: tuple[str, ...]


LIGHT = Theme(
    "#ffffff", "#1c2429", "#c9d1d6", ("#1f6f8b", "#7f8c95", "#c9772b", "#7a5c99", "#2d8a57", "#b0413e", "#8a6d1d", "#3d3d3d")
)
DARK = Theme(
    "#15191c", "#e8ecee", "#3b444a", ("#62b6d3", "#9aa7b0", "#e6a264", "#b79bd4", "#6cc795", "#e58480", "#d1b35a", "#cfd6da")
)
_DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)), (0, (3, 3)))
_MARKS = "osD^vPX*"

Line = Sequence[tuple[float, float]]
"""Points (x, y) in rising x."""


def bars(evaluation: Evaluation, measure: str = "nDCG@10", theme: Theme = LIGHT) -> bytes:
    """A bar for each kind and system with its 95 % interval; without scores an empty picture that says so."""
    rows = list(dict.fromkeys((score.part, score.kind) for score in evaluation.scores))
    systems = list(dict.fromkeys(score.system for score in evaluation.scores))
    figure, axes = _figure(9, 1.6 + 0.62 * max(len(rows), 1), theme)
    height = 0.8 / max(len(systems), 1)
    for place, system in enumerate(systems):
        found = {(score.part, score.kind): score.measures[measure] for score in evaluation.scores if score.system == system}
        at = [number for number, row in enumerate(rows) if row in found]
        spreads = [found[rows[number]] for number in at]
        axes.barh(
            [number + (place - (len(systems) - 1) / 2) * height for number in at],
            [spread.mean for spread in spreads],
            height,
            xerr=[[s.mean - s.low for s in spreads], [s.high - s.mean for s in spreads]],
            error_kw={"elinewidth": 1, "ecolor": theme.ink},
            color=theme.series[place % len(theme.series)],
            label=system,
        )
    counts = {(score.part, score.kind): score.n for score in evaluation.scores}
    axes.set_yticks(range(len(rows)), [f"{kind} (n = {counts[part, kind]})" for part, kind in rows])
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_xlabel(f"{measure}, medelvärde med 95 % intervall" if rows else "Inga frågor att mäta på")
    axes.grid(axis="x", color=theme.faint, linewidth=0.6)
    return _png(figure, len(systems), theme)


def lines(series: Mapping[str, Line], x: str, y: str, theme: Theme = LIGHT, *, log: bool = False) -> bytes:
    """A line for each of ``series`` by its name; ``log`` makes both axes logarithmic, else y goes from 0 to 1."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    x_whole = all(point[0] == int(point[0]) for points in series.values() for point in points)
    figure, axes = _figure(9, 4.6, theme)
    for place, (name, points) in enumerate(series.items()):
        axes.plot(
            [point[0] for point in points],
            [point[1] for point in points],
            color=theme.series[place % len(theme.series)],
            linestyle=_DASHES[place % len(_DASHES)],
            marker=_MARKS[place % len(_MARKS)],
            markersize=4,
            label=name,
        )
    if log:
        axes.set_xscale("log")
        axes.set_yscale("log")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(FuncFormatter(_written))
    else:
        axes.set_ylim(0, 1.02)
        axes.xaxis.set_major_locator(MaxNLocator(integer=x_whole))
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(color=theme.faint, linewidth=0.6)
    return _png(figure, len(series), theme)


def recall_lines(evaluation: Evaluation, part: str, kind: str | None = None) -> dict[str, list[tuple[float, float]]]:
    """System -> (k, R@k) for k 1 to 20: the mean over the queries of ``part`` (those of ``kind``) of the share of targets in the first k.

    A query without a result counts as zero; no queries give no lines.
    """
    from eval.measures import order

    queries = [query for query in evaluation.queries.get(part, ()) if kind in (None, query.kind)]
    found: dict[str, list[tuple[float, float]]] = {}
    for system, run in evaluation.runs.get(part, {}).items() if queries else ():
        shares = [0.0] * len(DEPTHS)
        for query in queries:
            seen = 0
            ranking = [ranked.id for ranked in order(run.get(query.id, ()))]
            for at, depth in enumerate(DEPTHS):
                seen += depth <= len(ranking) and ranking[depth - 1] in query.targets
                shares[at] += seen / len(query.targets)
        found[system] = [(float(depth), share / len(queries)) for depth, share in zip(DEPTHS, shares, strict=True)]
    return found


def _figure(width: float, height: float, theme: Theme) -> tuple[Any, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter

    figure = Figure(figsize=(width, height), layout="constrained", facecolor=theme.ground)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=theme.ground)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(theme.ink)
    axes.tick_params(colors=theme.ink)
    axes.xaxis.label.set_color(theme.ink)
    axes.yaxis.label.set_color(theme.ink)
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_written))
    return figure, axes


def _written(value: float, _: int | None) -> str:
    """A figure on an axis, as a Swedish reader writes it."""
    return f"{value:,.10g}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def _png(figure: Any, series: int, theme: Theme) -> bytes:
    if series:
        figure.legend(loc="outside lower center", ncols=min(series, 4), frameon=False, labelcolor=theme.ink)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=110, metadata={"Software": None})
    return buffer.getvalue()
