"""What an evaluation is made on: reports with their bytes, from a library or the packaged samples, and libraries of them.

Knows nothing of queries or systems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryDirectory

from corpus import samples
from corpus.model import Item, Report
from corpus.parser import parse_report
from corpus.reading import read_bytes
from index.embedding import Embedder
from index.library import Library
from index.values import LineageLink

SAMPLES = "exempelrapporterna"


@dataclass(frozen=True, slots=True)
class Archive:
    """Reports by organisation and year. ``name`` is Swedish and shown; ``embedder`` is used for every library made of them."""

    name: str
    reports: tuple[tuple[Report, bytes], ...]
    embedder: Embedder | str | None = None
    lineage: tuple[LineageLink, ...] = ()

    @classmethod
    def of_samples(cls, embedder: Embedder | str | None = None) -> Archive:
        """The packaged sample reports, read from their text files."""
        sources = {report.stem: report for report in samples.load_source()}
        reports = []
        for path in samples.paths("txt"):
            source, data = sources[path.stem], path.read_bytes()
            reports.append((parse_report(read_bytes(data, path.name), organisation=source.organisation, year=source.year), data))
        return cls(SAMPLES, tuple(reports), embedder)

    @classmethod
    def of_library(cls, library: Library, embedder: Embedder | str | None = None) -> Archive:
        """The current reports of ``library`` with its confirmed lineage; its embedder unless one is given."""
        rows = library.reports()
        setting = library.settings.get("embedder")
        return cls(
            str(library.path),
            tuple((library.report(row.id), library.original(row.id)) for row in rows),
            embedder if embedder is not None else str(setting) if setting is not None else None,
            tuple(library.lineage()),
        )

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits over what the reports say, whatever their order: other figures are of other data."""
        return digest(sorted(f"{report.organisation}\t{report.year}\t{report.sha256}" for report, _ in self.reports))

    @property
    def items(self) -> list[Item]:
        """The items of all reports, in their order."""
        return [item for report, _ in self.reports for item in report.items]

    @property
    def is_samples(self) -> bool:
        """Whether these are the sample reports, which the written questions are about."""
        return self.name == SAMPLES or {report.sha256 for report, _ in self.reports} == _sample_hashes()

    @contextmanager
    def library(self, keep: Callable[[Report], bool] = lambda _: True) -> Iterator[Library]:
        """A library of those reports that ``keep`` says yes to, in a folder that is gone afterwards."""
        with (
            TemporaryDirectory(prefix="utvardering-") as folder,
            Library.open(folder, create=True, embedder=self.embedder) as library,
        ):
            for report, data in self.reports:
                if keep(report):
                    library.add(report, data)
            yield library


def digest(lines: list[str]) -> str:
    """Twelve hexadecimal digits of a hash over ``lines``."""
    return sha256("\n".join(lines).encode("utf-8")).hexdigest()[:12]


def _sample_hashes() -> set[str]:
    return {sha256(path.read_bytes()).hexdigest() for path in samples.paths("txt")}
