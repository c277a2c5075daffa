"""``python -m eval.swefaq FIL``: how well the search finds the answers to questions that authorities were really asked.

FIL holds a question with its answer a line (JSONL: ``question``, ``answer`` and, if it likes, ``id``), as SweFAQ 2.0 of Språkbanken Text
does (CC BY 4.0; not part of this project). Every answer is an item with nothing but a comment, all are searched for every question, and
all systems are asked in the same run. Knows nothing of reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from tqdm import tqdm

from corpus.model import FieldSpan, Item, Piece, Place, Report
from eval.measures import per_query
from eval.statistics import Difference, Interval, difference, interval
from eval.systems import BM25, RAW, WORDS, PlainBm25, Retriever, compared
from eval.table import decimal
from index.embedding import Embedder
from index.filters import EVERYTHING
from index.library import NO_EMBEDDER, Library

MEASURE = "nDCG@10"
_SOURCE = "frågor"


class BadPairs(ValueError):
    """A file that holds no questions and answers; the message is Swedish and names file and line."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one system reaches in nDCG@10; its differences to BM25 over stems and to our own words alone, None for these themselves."""

    system: str
    ndcg: Interval
    to_stems: Difference | None
    to_words: Difference | None


def read(path: Path) -> list[Pair]:
    """The pairs of a JSONL file, in its order; blank lines are ignored, a line without ``id`` is called by its number.

    Raises:
        BadPairs: a line is no such pair, an id comes twice, or there are no lines.
        OSError, UnicodeDecodeError: the file cannot be read.
    """
    pairs: dict[str, Pair] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            pair = Pair(str(row.get("id", number)), str(row["question"]).strip(), str(row["answer"]).strip())
        except (ValueError, KeyError, AttributeError) as error:
            raise BadPairs(f"{path}, rad {number}: raden ska vara ett JSON-objekt med question och answer.") from error
        if not pair.question or not pair.answer or any(letter.isspace() for letter in pair.id) or pair.id in pairs:
            raise BadPairs(
                f"{path}, rad {number}: frågan eller svaret är tomt, eller id {pair.id!r} används två gånger eller har blanksteg."
            )
        pairs[pair.id] = pair
    if not pairs:
        raise BadPairs(f"{path} innehåller inga frågor.")
    return list(pairs.values())


def rows(pairs: list[Pair], *, seed: int = 0, embedder: Embedder | str | None = None, progress: bool = False) -> list[Row]:
    """Every system's figures on ``pairs``, ours first; the same arguments give the same rows, to the last digit.

    An answer that stands at several questions is right for each of them. ``progress`` shows a bar on stderr.
    """
    ids = {answer: number for number, answer in enumerate(dict.fromkeys(pair.answer for pair in pairs), 1)}
    with _library(list(ids), embedder) as library:
        by_answer = {item.comment: item.id for item in library.items()}
        qrels = {pair.id: {by_answer[pair.answer]: 1} for pair in pairs}
        tables: dict[str, Mapping[str, float]] = {}
        for system in tqdm(_systems(library, embedder), unit="system", disable=None if progress else True):
            run = {pair.id: system.rank(pair.question, EVERYTHING) for pair in pairs}
            tables[system.name] = per_query(qrels, run, [MEASURE])[MEASURE]
    groups = {pair.id: pair.id for pair in pairs}

    def against(name: str, other: str) -> Difference | None:
        label = f"swefaq/{name}/{other}"
        return None if name == other else difference(tables[name], tables[other], groups, seed=seed, label=label)

    return [
        Row(name, interval(values, groups, seed=seed, label=f"swefaq/{name}"), against(name, BM25), against(name, WORDS))
        for name, values in tables.items()
    ]


def table(found: list[Row]) -> str:
    """The rows as lines for a terminal."""
    lines = [f"{'':20}{MEASURE:>8}   {'95 %':12}  {'mot ' + BM25:18}  mot {WORDS}"]
    for row in found:
        spread = f"{decimal(row.ndcg.low)}–{decimal(row.ndcg.high)}"
        lines.append(
            f"{row.system:20}{decimal(row.ndcg.mean):>8}   {spread:12}  {row.to_stems or ''!s:18}  {row.to_words or ''}".rstrip()
        )
    return "\n".join([*lines, f"n = {found[0].ndcg.n} frågor"]) if found else "Inga frågor."


def _systems(library: Library, embedder: Embedder | str | None) -> list[Retriever]:
    return [*compared(library, meaning=embedder != NO_EMBEDDER), PlainBm25(library, name=RAW, stems=False)]


@contextmanager
def _library(answers: list[str], embedder: Embedder | str | None) -> Iterator[Library]:
    report, data = _report(answers)
    with TemporaryDirectory(prefix="fragor-") as folder, Library.open(folder, create=True, embedder=embedder) as library:
        library.add(report, data)
        yield library


def _report(answers: list[str]) -> tuple[Report, bytes]:
    """A report whose items have nothing but the answers as comments; their codes are whole numbers, which no question can name."""
    text = "\n".join(answers)
    data = text.encode("utf-8", "surrogatepass")
    checksum = sha256(data).hexdigest()
    items, fields, start = [], [], 0
    for number, answer in enumerate(answers):
        code = str(number + 1)
        items.append(
            Item(
                report_id=_SOURCE,
                organisation=_SOURCE,
                year=2000,
                plan=1,
                plan_title="",
                area="",
                kind="strategi",
                code=code,
                code_as_written=code,
                question="",
                statement="",
                expected_result="",
                answer=None,
                comment=answer,
                page=None,
                position=number,
                comment_start=start,
            )
        )
        fields.append(FieldSpan("comment", start, start + len(answer), number))
        start += len(answer) + 1
    report = Report(
        id=_SOURCE,
        organisation=_SOURCE,
        year=2000,
        title="",
        source_name="fragor.txt",
        source_format="txt",
        sha256=checksum,
        text=text,
        items=tuple(items),
        fields=tuple(fields),
        pieces=(Piece(0, len(text), Place(0, len(text), 1)),),
    )
    return report, data


@click.command()
@click.argument("path", metavar="FIL", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--embedder", metavar="MODELL", help="Mät med en annan inbäddare (mapp eller namn).")
@click.option("--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Frö för intervall och test.")
@click.option("--json", "as_json", is_flag=True, help="Skriv JSON.")
def main(path: Path, embedder: str | None, seed: int, as_json: bool) -> None:
    """Mät sökningen på frågor och svar i FIL (JSONL med question och answer)."""
    try:
        found = rows(read(path), seed=seed, embedder=embedder, progress=True)
    except (BadPairs, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps([asdict(row) for row in found], ensure_ascii=False, indent=1) if as_json else table(found))


if __name__ == "__main__":
    main()
