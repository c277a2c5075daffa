"""What it costs to build a library from reports, to change one of them, and to keep it: CPU seconds, memory, disk.

Each is done in a process of its own that does nothing else (``python -m eval.bench.build_alone``), fed with reports that are made
here, so that what making them costs is in no figure.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from corpus.model import Report, slug
from eval.bench.figures import Figure, Measured
from eval.bench.sizes import ITEMS, scaled
from index.connections import DATABASE
from index.derived import FOLDER

NAME: Final = "build"
TITLE: Final = "Bygga och ändra ett bibliotek"

Progress = Callable[[int, int], None]
Handed = tuple[Report, bytes]

_COMMENTS, _QUICK = 36_000, 360
_CHANGES = 5
_VECTORS = ("vectors.*.vectors", "vectors.*.faiss")
_ROOT = Path(__file__).parents[2]


def measure(folder: Path, *, quick: bool = False, progress: Progress | None = None) -> Measured:
    """The figures for a library of 36 000 comments, or a small one; ``progress`` counts its reports."""
    comments = _QUICK if quick else _COMMENTS
    reports = comments // ITEMS
    sizes: list[int] = []
    folder.mkdir(parents=True, exist_ok=True)

    def counted() -> Iterator[Handed]:
        for number, (report, data) in enumerate(scaled(comments), 1):
            sizes.append(len(report.text.encode()))
            if progress is not None:
                progress(number, reports)
            yield report, data

    with TemporaryDirectory(dir=folder, prefix="bygge-", ignore_cleanup_errors=True) as work:
        library = Path(work) / "bibliotek"
        built = _alone("build", library, counted())
        disk = _disk(library)
        changed = _alone("change", library, list(_changes(comments)))
    whole = built["add"] + built["derive"]
    change = median(changed["changes"])
    full = not quick
    figures = (
        Figure("kommentarer", comments, ""),
        Figure("läsa in rapporterna", built["add"], "s"),
        Figure("göra hjälpfilerna", built["derive"], "s"),
        Figure("bygga allt", whole, "s", limit=30 if full else None),
        Figure("mest minne under bygget", built["peak"], "MB", limit=600 if full else None),
        Figure("en ändrad rapport", change, "s", len(changed["changes"]), min(changed["changes"]), max(changed["changes"])),
        Figure("en ändrad rapport mot hela bygget", 100 * change / whole, "%", len(changed["changes"]), limit=3 if full else None),
        Figure("text", sum(sizes) / 1e6, "MB"),
        Figure("databasen utan original och vektorer", disk["database"] / 1e6, "MB"),
        Figure("hjälpfilerna utan vektorer", disk["derived"] / 1e6, "MB"),
        Figure("disk mot text", (disk["database"] + disk["derived"]) / sum(sizes), "×", limit=6 if full else None),
        Figure("vektorer i databasen och hjälpfilerna", disk["vectors"] / 1e6, "MB"),
    )
    return Measured(
        NAME,
        TITLE,
        figures,
        (
            "Processortid och minne i en egen process som bara bygger, med den egna inbäddningsmodellen.",
            "En ändrad rapport är en ny version av en som finns, med andra ord i kommentarerna, inläst i ett öppet bibliotek.",
            "Vektorerna är de sparade i databasen och hjälpfilerna över dem.",
        ),
    )


def _changes(comments: int) -> Iterator[Handed]:
    """New versions of some of the reports, with comments that none of them has."""
    reports = comments // ITEMS
    wanted = {number * reports // _CHANGES for number in range(_CHANGES)}
    earlier: list[Report] = []
    for number, (report, _) in enumerate(scaled(comments + _CHANGES * ITEMS)):
        if number in wanted:
            earlier.append(report)
        elif number >= reports:
            yield _as_version_of(earlier[number - reports], report)


def _as_version_of(earlier: Report, words: Report) -> Handed:
    """``words`` as what the organisation of ``earlier`` hands in anew for that year."""
    data = f"ny version av {earlier.id}".encode()
    checksum = sha256(data).hexdigest()
    organisation, year = earlier.organisation, earlier.year
    name = f"{slug(organisation)}-{year}-{checksum[:10]}"
    items = tuple(replace(item, report_id=name, organisation=organisation, year=year) for item in words.items)
    return replace(words, id=name, organisation=organisation, year=year, sha256=checksum, items=items), data


def _alone(work: str, library: Path, reports: Iterable[Handed]) -> dict[str, Any]:
    """What ``build_alone`` measured of doing ``work`` with the reports.

    Raises:
        RuntimeError: it failed, with what it said.
    """
    command = [sys.executable, "-m", "eval.bench.build_alone", work, str(library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=_ROOT) as process:
        assert process.stdin is not None
        try:
            for report in reports:
                pickle.dump(report, process.stdin)
            process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended, and says why
        said, complained = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {complained.decode('utf-8', 'replace')}")
    found: dict[str, Any] = json.loads(said)
    return found


def _disk(library: Path) -> dict[str, int]:
    """Bytes of the library's parts; originals are in none."""
    vectors = sum(path.stat().st_size for kind in _VECTORS for path in (library / FOLDER).glob(kind))
    derived = sum(path.stat().st_size for path in (library / FOLDER).iterdir()) - vectors
    with closing(sqlite3.connect(library / DATABASE)) as connection:
        originals = _stored(connection, "originals", "data")
        embeddings = _stored(connection, "embeddings", "vector")
    database = (library / DATABASE).stat().st_size - originals - embeddings
    return {"database": database, "derived": derived, "vectors": vectors + embeddings}


def _stored(connection: sqlite3.Connection, table: str, column: str) -> int:
    """Bytes that the pages of a table and its own index take; where SQLite cannot tell, those of the column's values."""
    try:
        (size,) = connection.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name IN (?1, 'sqlite_autoindex_' || ?1 || '_1')", (table,)
        ).fetchone()
    except sqlite3.OperationalError:
        (size,) = connection.execute(f"SELECT sum(length({column})) FROM {table}").fetchone()
    return int(size or 0)
