"""An evaluation as a picture: a bar for each kind and system with its interval, as PNG or as a page with the table under it.

Nothing in the page comes from elsewhere. Knows nothing of how the figures came about; matplotlib is imported late.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO
from pathlib import Path

from eval.files import put
from eval.results import Evaluation
from eval.table import terminal

COLOURS = ("#1f6f8b", "#99a8b2", "#c9772b", "#7a5c99")  # told apart also by those who see red and green alike


def write(path: Path, evaluation: Evaluation, measure: str = "nDCG@10") -> Path:
    """Draw ``measure`` into ``path``, a page where its name ends with .html or .htm, else a PNG; gives the path.

    Raises:
        OSError: it cannot be written.
    """
    picture = png(evaluation, measure)
    if path.suffix.lower() not in (".html", ".htm"):
        return put(path, picture)
    return put(path, page(evaluation, picture))


def png(evaluation: Evaluation, measure: str = "nDCG@10") -> bytes:
    """The picture as PNG, 100 dots an inch; without scores it says so."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = list(dict.fromkeys((score.part, score.kind) for score in evaluation.scores))
    systems = list(dict.fromkeys(score.system for score in evaluation.scores))
    figure = Figure(figsize=(9, 1.6 + 0.62 * max(len(rows), 1)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
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
            error_kw={"elinewidth": 1, "ecolor": "#333333"},
            color=COLOURS[place % len(COLOURS)],
            label=system,
        )
    counts = {(score.part, score.kind): score.n for score in evaluation.scores}
    axes.set_yticks(range(len(rows)), [f"{kind} (n = {counts[part, kind]})" for part, kind in rows])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel(f"{measure}, medelvärde med 95 % intervall")
    axes.set_title(f"Utvärdering på {evaluation.data}" if rows else "Inga frågor att mäta på", loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    if systems:
        figure.legend(loc="outside lower center", ncols=len(systems), frameon=False)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=100, metadata={"Software": None})
    return buffer.getvalue()


def page(evaluation: Evaluation, picture: bytes) -> str:
    """A page that stands alone: the picture inside it, the table as text."""
    title = escape(f"Utvärdering på {evaluation.data}")
    image = b64encode(picture).decode("ascii")
    return (
        f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>body{font-family:sans-serif;margin:2rem;max-width:70rem}img{max-width:100%}pre{overflow-x:auto}</style></head>"
        f'<body><h1>{title}</h1><img alt="{title}: staplar, samma tal som i tabellen" src="data:image/png;base64,{image}">'
        f"<pre>{escape(terminal(evaluation))}</pre></body></html>\n"
    )
