"""Measured figures as a table for a terminal and as Markdown, and read back from the files that keep them.

Knows how a figure is written in Swedish; knows nothing of how it came about. Figures named "table | row | column" are shown as a grid.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from eval.bench.figures import Figure, Measured

KEPT = Path(__file__).parents[1] / "data" / "bench"
"""Where results are kept: one JSON file a measurement, under version control."""
WIDTH = 120
_COLUMN = 12
"""Characters to a column of a grid in a terminal; a longer head is cut."""
DASH = "–"
_DIGITS = 3
"""Figures that count: a time measured on one machine is no surer than this."""


def read(folder: Path, name: str) -> Measured | None:
    """The measurement kept in ``folder``; None where it was never made.

    Raises:
        ValueError: the file holds no measurement.
    """
    path = folder / f"{name}.json"
    if not path.is_file():
        return None
    try:
        return Measured.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} holds no measurement: {error!r}") from error


def read_all(folder: Path = KEPT) -> list[Measured]:
    """Every measurement kept in ``folder``, by name.

    Raises:
        ValueError: a file holds no measurement.
    """
    found = (read(folder, path.stem) for path in sorted(folder.glob("*.json")))
    return [measured for measured in found if measured is not None]


def amount(value: float, unit: str = "") -> str:
    """Three figures that count, a decimal comma, thousands apart, the unit after: "0,0123 s", "1 840 MB", "12,5 ×"."""
    whole = len(str(int(abs(value))))
    digits = max(0, _DIGITS - whole) if abs(value) >= 1 or value == 0 else min(6, _DIGITS - 1 + _zeros(value))
    if value == int(value):
        digits = 0
    return f"{value:,.{digits}f} {unit}".rstrip().replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")


def terminal(found: Sequence[Measured]) -> str:
    """All figures as lines at most 120 wide, with their limits; a figure past its limit says so."""
    return "\n\n".join("\n".join(_lines(measured)) for measured in found) or "Inget är mätt än."


def markdown(found: Sequence[Measured]) -> str:
    """A Markdown table a measurement, each with its date, the hash of the sample reports and the machine."""
    tables = []
    for measured in found:
        lines = [f"**{measured.title}** (`{measured.name}`, {measured.date}, data {measured.data}, {measured.machine})", ""]
        for title, rows, columns, cells in _grids(measured.figures):
            lines += [f"| {title} | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
            lines += [f"| {row} | {' | '.join(cells.get((row, column), '–') for column in columns)} |" for row in rows]
            lines.append("")
        alone = single(measured.figures)
        lines += ["| | värde | mitthälften | n | gräns |", "|---|---|---|---|---|"] if alone else []
        for figure in alone:
            value = amount(figure.value, figure.unit)
            lines.append(f"| {figure.name} | {value} | {spread(figure) or '–'} | {figure.n} | {limit(figure) or '–'} |")
        lines += ["", *(f"- {remark}" for remark in measured.remarks)] if measured.remarks else []
        tables.append("\n".join(lines))
    return "\n\n".join(tables)


def _lines(measured: Measured) -> Iterator[str]:
    yield measured.title.upper()
    yield from wrap(", ".join(filter(None, (measured.date, measured.machine))), WIDTH)
    for title, rows, columns, cells in _grids(measured.figures):
        wide = max(len(name) for name in (title, *rows))
        heads = [column if len(column) <= _COLUMN else f"{column[: _COLUMN - 1]}…" for column in columns]
        yield f"  {title:{wide}}{''.join(f'{head:>{_COLUMN + 1}}' for head in heads)}"
        for row in rows:
            yield f"    {row:{wide - 2}}" + "".join(f"{cells.get((row, column), DASH):>{_COLUMN + 1}}" for column in columns)
    alone = single(measured.figures)
    longest = min(max((len(figure.name) for figure in alone), default=0), 58)
    for figure in alone:
        *before, last = wrap(figure.name, longest) or [""]
        yield from (f"  {line}" for line in before)
        between = f"({spread(figure)})" if spread(figure) else ""
        count = f"n = {figure.n}" if figure.n > 1 else ""
        yield f"  {last:{longest}}  {amount(figure.value, figure.unit):>13} {between:18}{count:9}{limit(figure)}".rstrip()
    for remark in measured.remarks:
        yield from wrap(remark, WIDTH, initial_indent="  ", subsequent_indent="  ")


def single(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that are in no grid, in order."""
    return [figure for figure in figures if figure.name.count(" | ") != 2]


def _grids(figures: Sequence[Figure]) -> Iterator[tuple[str, list[str], list[str], dict[tuple[str, str], str]]]:
    """Title, rows, columns and cells of each grid, in the order in which they first come."""
    parts = [(*figure.name.split(" | "), amount(figure.value, figure.unit)) for figure in figures if figure.name.count(" | ") == 2]
    for title in dict.fromkeys(part[0] for part in parts):
        own = [part for part in parts if part[0] == title]
        cells = {(row, column): value for _, row, column, value in own}
        yield title, list(dict.fromkeys(part[1] for part in own)), list(dict.fromkeys(part[2] for part in own)), cells


def spread(figure: Figure) -> str:
    """The quartiles, "0,012–0,020"; "" where there are none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{amount(figure.low)}–{amount(figure.high)}"


def limit(figure: Figure) -> str:
    """What the figure may be, "högst 2 ×", and whether it is past it; "" where it has no limit."""
    if figure.limit is None:
        return ""
    text = f"{'minst' if figure.at_least else 'högst'} {amount(figure.limit, figure.unit)}"
    return text if figure.kept else f"{text}: {'UNDERKÄNT' if figure.fails else 'passerad'}"


def _zeros(value: float) -> int:
    """Zeros right after the decimal comma, and the first figure: 0,05 has 2."""
    digits = f"{abs(value):.12f}".split(".")[1]
    return len(digits) - len(digits.lstrip("0")) + 1
