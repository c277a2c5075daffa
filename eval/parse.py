"""How exactly reports are read: ``python -m eval.parse`` prints it for the sample reports, and for files given to it.

Every field of every item against what was written, every word of every source accounted for, the three formats against each other,
sentence ends against the hand-marked set, and the time beside pdfplumber's own reading of the same PDF. Knows nothing of search.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

import click
from tqdm import tqdm

from corpus import samples
from corpus.accounting import account
from corpus.errors import CorpusError
from corpus.model import Item
from corpus.parser import parse_report
from corpus.reading import read_bytes
from corpus.sentences import split
from eval import marked

FIELDS = (
    *("year", "plan", "plan_title", "area", "kind", "code", "code_as_written", "question", "statement"),
    *("expected_result", "answer", "comment"),
)
FORMATS = ("txt", "pdf", "docx")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: ``exact`` of ``expected`` items have every field right; None where nobody wrote down what is right.

    ``wrong`` names the fields that differ, "2:3 comment". ``words`` are those of the source, ``lost`` those that no field or
    diagnostic has, or that more than one has. Seconds of processor time: ``reading`` the file to lines, ``parsing`` them, ``plain``
    pdfplumber's own words of the same PDF (None for other formats).
    """

    name: str
    format: str
    items: int
    expected: int | None
    exact: int | None
    wrong: tuple[str, ...]
    words: int
    lost: int
    reading: float
    parsing: float
    plain: float | None


@dataclass(frozen=True, slots=True)
class ParseEvaluation:
    """All of it. ``equal`` of ``reports`` sample reports give equal items in all formats; ``sentences`` are F1 by split."""

    files: tuple[FileResult, ...]
    reports: int
    equal: int
    sentences: tuple[tuple[str, int, float], ...]


def plain(value: object) -> str:
    """A field as it is compared: white space between words is one blank, nothing else is forgiven."""
    return " ".join(str(value if value is not None else "").split())


def differences(found: Sequence[Item], expected: Sequence[Item]) -> tuple[int, tuple[str, ...]]:
    """How many of ``expected`` are found with every field right, compared in order, and "code field" for what differs."""
    exact, wrong = 0, []
    for place in range(max(len(found), len(expected))):
        if place >= len(found):
            wrong.append(f"{expected[place].code} saknas")
        elif place >= len(expected):
            wrong.append(f"{found[place].code} är en för mycket")
        else:
            differ = [name for name in FIELDS if plain(getattr(found[place], name)) != plain(getattr(expected[place], name))]
            wrong += [f"{expected[place].code} {name}" for name in differ]
            exact += not differ
    return exact, tuple(wrong)


def evaluate_file(
    path: Path, organisation: str, year: int, expected: Sequence[Item] | None = None, rounds: int = 1
) -> tuple[FileResult, Sequence[Item]]:
    """Read and parse ``path`` ``rounds`` times (the median time counts) and compare; gives the items found as well.

    Raises:
        CorpusError: the file cannot be read.
    """
    data = path.read_bytes()
    reading, document = _timed(lambda: read_bytes(data, path.name), rounds)
    parsing, report = _timed(lambda: parse_report(document, organisation=organisation, year=year), rounds)
    accounting = account(document, report)
    exact, wrong = differences(report.items, expected) if expected is not None else (None, ())
    result = FileResult(
        name=path.name,
        format=document.format,
        items=len(report.items),
        expected=len(expected) if expected is not None else None,
        exact=exact,
        wrong=wrong,
        words=accounting.words,
        lost=sum(
            len(part)
            for part in (accounting.missing, accounting.double, accounting.altered, accounting.invented, accounting.homeless)
        ),
        reading=reading,
        parsing=parsing,
        plain=_timed(lambda: _plumber(path), rounds)[0] if document.format == "pdf" else None,
    )
    return result, report.items


def evaluate_samples(rounds: int = 1, progress: Callable[[Iterable[Path]], Iterable[Path]] = iter) -> ParseEvaluation:
    """All sample files in all formats; ``progress`` may wrap the list of files to show how far it has come."""
    sources = {report.stem: report for report in samples.load_source()}
    results: list[FileResult] = []
    items: dict[str, list[tuple[str, ...]]] = {}
    for path in progress([path for format in FORMATS for path in samples.paths(format)]):
        source = sources[path.stem]
        result, found = evaluate_file(path, source.organisation, source.year, source.items, rounds)
        results.append(result)
        shape = tuple(plain(getattr(item, name)) for item in found for name in FIELDS)
        items.setdefault(path.stem, []).append(shape)
    equal = sum(len(shapes) == len(FORMATS) and len(set(shapes)) == 1 for shapes in items.values())
    return ParseEvaluation(tuple(results), len(items), equal, tuple(sentence_scores()))


def sentence_scores() -> list[tuple[str, int, float]]:
    """(split, marked sentences, F1 of the ends inside texts) for dev and test of the hand-marked set."""
    scores = []
    for part in ("dev", "test"):
        texts = marked.load(part)
        result = marked.score(texts, lambda text: [sentence.end for sentence in split(text)])
        scores.append((part, sum(len(text.ends) + 1 for text in texts), result.f1))
    return scores


def table(results: Sequence[FileResult]) -> str:
    """The files as lines for a terminal."""
    lines = [f"{'fil':28} {'punkter rätt':>13} {'ord':>6} {'ej redovisade':>13} {'läsa s':>7} {'tolka s':>8} {'pdfplumber s':>13}"]
    for result in results:
        right = f"{result.exact}/{result.expected}" if result.expected is not None else f"{result.items}/?"
        beside = "" if result.plain is None else f"{result.plain:.2f}"
        lines.append(
            f"{result.name[:28]:28} {right:>13} {result.words:>6} {result.lost:>13} {result.reading:>7.2f} {result.parsing:>8.2f}"
            f" {beside:>13}"
        )
        lines += [f"    fel: {wrong}" for wrong in result.wrong]
    return "\n".join(lines)


def _timed(work: Callable[[], T], rounds: int) -> tuple[float, T]:
    times = []
    for _ in range(max(rounds, 1)):
        before = process_time()
        result = work()
        times.append(process_time() - before)
    return median(times), result


def _plumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_words()) for page in pdf.pages)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FIL]...")
@click.option("--organisation", default="okänd", help="Vems filerna är (spelar ingen roll för det som mäts).")
@click.option("--year", default=2000, help="Året de lämnades in.")
@click.option("--rounds", default=3, show_default=True, help="Hur många gånger varje fil läses; mediantiden räknas.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
def main(paths: Sequence[Path], organisation: str, year: int, rounds: int, as_json: bool) -> None:
    """Mät hur exakt rapporter läses: exempelrapporterna, eller filerna FIL (utan facit)."""
    if paths:
        try:
            results = [evaluate_file(path, organisation, year, rounds=rounds)[0] for path in tqdm(paths, unit="fil", disable=None)]
        except CorpusError as error:
            raise click.ClickException(str(error)) from error
        click.echo(json.dumps([asdict(result) for result in results], ensure_ascii=False) if as_json else table(results))
        return
    found = evaluate_samples(rounds, lambda files: tqdm(files, unit="fil", disable=None))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    click.echo(table(found.files))
    click.echo(f"Lika i alla format ({', '.join(FORMATS)}): {found.equal} av {found.reports} rapporter")
    for part, count, f1 in found.sentences:
        click.echo(f"Meningsgränser, {part}: F1 {f1:.4f} ({count} handmärkta meningar)")


if __name__ == "__main__":
    main()
