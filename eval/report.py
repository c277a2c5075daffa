"""An evaluation as one page to look at and to hand on: what is found, what is refused, what it costs, each with its picture and its table.

The page stands alone: pictures are inside it, nothing comes from elsewhere; it follows the reader's light or dark setting. The pictures
are also written beside it as PNG files. Knows nothing of how the figures came about.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval import plot
from eval.bench.figures import Measured
from eval.bench.tables import amount, limit, single, spread
from eval.draft_table import DraftTable
from eval.files import put
from eval.heldout import NEW
from eval.plot import DARK, LIGHT, Line, Theme
from eval.results import HELD_OUT, WRITTEN, Evaluation, Score
from eval.systems import BM25, OURS
from eval.table import ANSWER_COLUMNS, decimal, refused, shares, split_name

DEPTHS_SHOWN = (1, 3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Table:
    """A table under a picture: its caption, heads and rows of text, the first cell of a row its name."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """Both drawings of a picture, base64, and what it shows in words."""

    name: str
    light: str
    dark: str
    alt: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: ``text`` is one Swedish paragraph on how to read it."""

    id: str
    title: str
    text: str
    picture: Picture | None = None
    tables: Sequence[Table] = field(default=())


def write(folder: Path, evaluation: Evaluation, measured: Sequence[Measured] = (), drafts: DraftTable | None = None) -> list[Path]:
    """index.html and its pictures in ``folder``, which is made; gives their paths.

    ``measured`` are kept measurements, of which those by size are drawn; ``drafts`` what drafts are worth, where it was measured.

    Raises:
        OSError: the folder or a file cannot be written.
    """
    sections = list(_sections(evaluation, measured, drafts))
    written = [put(folder / "index.html", page(evaluation, sections))]
    for section in sections:
        if section.picture is not None:
            written.append(put(folder / f"{section.picture.name}.png", b64decode(section.picture.light)))
    return written


def page(evaluation: Evaluation, sections: Sequence[Section]) -> str:
    """The whole page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("eval"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("report.html").render(
        title=f"Utvärdering på {evaluation.data}",
        about=f"{', '.join(evaluation.reports)}. Data {evaluation.data_hash}, {split_name(evaluation)}, frö {evaluation.seed}.",
        main=list(_main(evaluation)),
        sections=sections,
        ours=OURS,
        notes=evaluation.notes,
    )


def _main(evaluation: Evaluation) -> Iterator[str]:
    """What a reader should have seen before anything else."""
    for score in evaluation.scores:
        if score.system == OURS and (score.part, score.kind) == (HELD_OUT, NEW):
            first, five = (100 * score.measures[name].mean for name in ("Success@1", "Success@5"))
            yield (
                f"Av {score.n} meningar ur undanhållna rapporter leder {first:.0f} % till rätt punkt först och {five:.0f} % till rätt"
                " punkt bland de fem första."
            )
    if evaluation.answers:
        right, asked = evaluation.answers[-1].status
        yield f"Av {asked} skrivna frågor besvarar eller avböjer assistenten {right} som den ska."


def _sections(evaluation: Evaluation, measured: Sequence[Measured], drafts: DraftTable | None) -> Iterator[Section]:
    yield Section(
        "traff",
        "Hittar sökningen rätt?",
        "Ett högre tal är bättre: 1 betyder att rätt punkter alltid står överst. Strecken visar 95 % intervall; där två system"
        " överlappar kan skillnaden vara en slump.",
        _picture(
            "traff",
            lambda theme: plot.bars(evaluation, theme=theme),
            "Staplar för nDCG@10 per sort och system; talen står i tabellen.",
        ),
        [_scores(evaluation, part) for part in dict.fromkeys(score.part for score in evaluation.scores)],
    )
    for part, kind, title in (
        (HELD_OUT, NEW, "Hur långt ner ligger det rätta?"),
        (WRITTEN, None, "Hur långt ner, för skrivna frågor"),
    ):
        found = plot.recall_lines(evaluation, part, kind)
        if found:
            yield _recall(part, title, found)
    if evaluation.answers:
        yield _refusing(evaluation)
        yield Section(
            "svar",
            "Svarar assistenten rätt?",
            "Hela assistenten fick de skrivna frågorna. Rätt utfall: svar, motfråga eller avböjande som det ska vara. Källa först: den"
            " första källan är en av de rätta. Streck betyder att frågorna av den sorten inte väntar sig något där.",
            tables=[
                Table(
                    "Svar per sort, rätt av alla",
                    ("sort", "n", *ANSWER_COLUMNS),
                    [(row.kind, str(row.n), *shares(row)) for row in evaluation.answers],
                )
            ],
        )
    if drafts is not None:
        text = "Utkast av exempelanteckningarna för nästa år, jämförda med det som sedan skrevs och med sina källor."
        yield Section("utkast", "Håller utkasten?", text, tables=[Table("Utkast", drafts.heads, drafts.rows)])
    yield from _by_size(measured)
    if measured:
        text = "Absoluta tal gäller maskinen de mättes på; kvoterna går att vänta sig även på andra. Gränsen är det mesta (eller minsta) som talet får vara."
        yield Section("matt", "Vad det kostar", text, tables=[_figures(one) for one in measured if single(one.figures)])


def _scores(evaluation: Evaluation, part: str) -> Table:
    own = [score for score in evaluation.scores if score.part == part]
    systems = list(dict.fromkeys(score.system for score in own))
    rows = []
    for kind in dict.fromkeys(score.kind for score in own):
        found = {score.system: score for score in own if score.kind == kind}
        rows.append(
            (kind, str(next(iter(found.values())).n), *(_spread(found[system]) if system in found else "–" for system in systems))
        )
    return Table(f"nDCG@10 med 95 % intervall, {part}", ("sort", "n", *systems), rows)


def _spread(score: Score) -> str:
    found = score.measures["nDCG@10"]
    return f"{decimal(found.mean)} ({decimal(found.low)}–{decimal(found.high)})"


def _recall(part: str, title: str, found: Mapping[str, Line]) -> Section:
    rows = [(system, *(decimal(dict(points)[depth]) for depth in DEPTHS_SHOWN)) for system, points in found.items()]
    name = f"djup-{'undanhallna' if part == HELD_OUT else 'skrivna'}"
    ours, plain = (dict(found[system])[5] for system in (OURS, BM25))
    return Section(
        name,
        title,
        f"Andelen av de rätta punkterna som finns bland de k första träffarna ({part}).",
        _picture(
            name,
            lambda theme: plot.lines(found, "antal träffar, k", "andel funna", theme),
            f"Linjer över andelen rätta punkter bland de k första: vid k = 5 {OURS} {decimal(ours)}, {BM25} {decimal(plain)}.",
        ),
        [Table("Andel funna bland de k första", ("system", *(f"k = {depth}" for depth in DEPTHS_SHOWN)), rows)],
    )


def _refusing(evaluation: Evaluation) -> Section:
    text = (
        f"{refused(evaluation.refusals)} Precision: hur många av avböjandena som var rätt. Täckning: hur många av de frågor som borde"
        " avböjas som blev det. En högre tröskel avböjer fler."
    )
    points = evaluation.curve
    if not points:
        return Section("avsta", "Avstår den när den ska?", text)
    found = {
        "precision": [(point.threshold, point.precision) for point in points],
        "täckning": [(point.threshold, point.recall) for point in points],
    }
    alt = "Linjer för precision och täckning mot tröskeln; talen står i tabellen."
    rows = [
        (
            f"{decimal(point.threshold, 2)}{' (i bruk)' if point.chosen else ''}",
            str(point.refused),
            f"{point.right} av {point.expected}",
            decimal(point.precision),
            decimal(point.recall),
            str(point.codes),
        )
        for point in points
    ]
    heads = ("tröskel", "avböjda", "rätt avböjda", "precision", "täckning", "kodfrågor avböjda")
    picture = _picture("avsta", lambda theme: plot.lines(found, "tröskel för att svara", "andel", theme), alt)
    return Section("avsta", "Avstår den när den ska?", text, picture, [Table("Avböjanden vid varje tröskel", heads, rows)])


def _by_size(measured: Sequence[Measured]) -> Iterator[Section]:
    """A section for each grid of figures whose columns are sizes: "table | row | 3 600"."""
    for one in measured:
        grids: dict[str, dict[str, list[tuple[float, float]]]] = {}
        for figure in one.figures:
            title, _, rest = figure.name.partition(" | ")
            row, _, column = rest.partition(" | ")
            size = column.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
            if size.isdecimal() and figure.value > 0:
                grids.setdefault(title, {}).setdefault(row, []).append((float(size), figure.value))
        for number, (title, found) in enumerate(grids.items(), 1):
            sizes = sorted({size for points in found.values() for size, _ in points})
            if len(sizes) < 2:
                continue
            rows = [
                (row, *(amount(dict(points)[size]) if size in dict(points) else "–" for size in sizes))
                for row, points in found.items()
            ]
            name = f"storlek-{one.name}-{number}"
            yield Section(
                name,
                f"{one.title}: {title}",
                f"Båda axlarna är logaritmiska. Mätt {one.date} på {one.machine}.",
                _picture(
                    name,
                    lambda theme, found=found, title=title: plot.lines(found, "kommentarer", title, theme, log=True),  # type: ignore[misc]
                    f"Linjer över {title} mot antalet kommentarer; talen står i tabellen.",
                ),
                [Table(title, ("", *(f"{int(size):,}".replace(",", "\N{NO-BREAK SPACE}") for size in sizes)), rows)],
            )


def _figures(measured: Measured) -> Table:
    rows = [
        (one.name, amount(one.value, one.unit), spread(one) or "–", str(one.n), limit(one) or "–")
        for one in single(measured.figures)
    ]
    return Table(f"{measured.title}, {measured.date}, {measured.machine}", ("", "värde", "mitthälften", "n", "gräns"), rows)


def _picture(name: str, draw: Callable[[Theme], bytes], alt: str) -> Picture:
    light, dark = (b64encode(draw(theme)).decode("ascii") for theme in (LIGHT, DARK))
    return Picture(name, light, dark, alt)
