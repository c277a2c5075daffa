"""A file into the library: read, told whose and from when it is, parsed, stored. Says what was understood and what was not.

Knows nothing of terminals: whoever asks a person does so with the ``Reading`` given here and comes back with year and organisation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.phrases import enumeration, kind_plural, plural
from assistant.words import tidy
from corpus.errors import MetadataUnproven, UnreadableFile
from corpus.model import Diagnostic
from index.values import AddStatus

if TYPE_CHECKING:
    from corpus.document import Document
    from corpus.metadata import Proposal
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read, before it is said whose it is: what the document itself proposes, with its evidence, and the file's bytes."""

    path: Path
    document: Document
    data: bytes
    organisation: Proposal | None
    year: Proposal | None


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What came of a file. ``evidence`` are Swedish sentences on where organisation and year come from; ``answers`` counts items."""

    path: Path
    report_id: str
    status: AddStatus
    replaced: str | None
    organisation: str
    year: int
    title: str
    plans: tuple[tuple[int, str], ...]
    items: int
    sections: int
    kinds: dict[str, int]
    answers: dict[str, int]
    evidence: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def summary(self) -> str:
        """The result in plain words."""
        where = f"{_STATUS[self.status]}: {self.organisation}, rapport {self.year}"
        if not self.items:
            return f"{where}: ingen blankett, {self.sections} avsnitt löptext."
        kinds = enumeration(f"{n} {kind_plural(kind) if n != 1 else kind}" for kind, n in self.kinds.items())
        answers = enumeration(f"{n} {answer or 'utan svar'}" for answer, n in self.answers.items())
        counted = plural(self.items, "uppföljningspunkt", "uppföljningspunkter")
        return f"{where}: {counted} ({kinds}; {answers}) i {plural(len(self.plans), 'plan', 'planer')}."


_STATUS: dict[str, str] = {
    "added": "Inläst",
    "unchanged": "Redan inläst, inget ändrat",
    "new_version": "Ny version inläst, den gamla finns kvar men söks inte",
    "relabelled": "Samma fil med ny organisation eller nytt år",
    "reread": "Samma fil, läst på nytt",
}


def read(path: Path | str) -> Reading:
    """The file read, with what it proposes.

    Raises:
        corpus.errors.CorpusError: the file cannot be read, and why.
    """
    from corpus.metadata import propose_metadata
    from corpus.reading import read_document

    path = Path(path)
    document = read_document(path)
    data = path.read_bytes()
    if sha256(data).hexdigest() != document.sha256:
        raise UnreadableFile(f"Filen {path} ändrades medan den lästes. Försök igen.")
    proposed = propose_metadata(document)
    return Reading(path, document, data, proposed.organisation, proposed.year)


def store(reading: Reading, library: Library, *, year: int | None = None, organisation: str | None = None) -> IngestResult:
    """The file parsed and put into the library: all of it or nothing. What is not given must be proven by the document.

    Raises:
        MetadataUnproven: year or organisation is neither given nor proven; says what was found.
        corpus.errors.CorpusError, index.errors.LibraryError: why nothing was stored.
    """
    from corpus.parser import parse_report

    evidence: list[str] = []
    if year is None:
        year = int(_proven(reading.path, "vilket år rapporten lämnades in", "--year", reading.year, evidence))
    if not 1990 <= year <= 2100:
        raise MetadataUnproven(
            f"Året {year} är inget rimligt rapportår för {reading.path}. Ange ett år mellan 1990 och 2100 med --year."
        )
    organisation = tidy(organisation or "")
    if not organisation:
        organisation = _proven(
            reading.path, "vilken organisation rapporten kommer från", "--organisation", reading.organisation, evidence
        )
    report = parse_report(reading.document, organisation=organisation, year=year)
    if not report.items and not report.sections:
        raise UnreadableFile(
            f"Filen {reading.path} innehåller inget som går att läsa som en rapport. Kontrollera att rätt fil valdes."
        )
    added = library.add(report, reading.data)
    return IngestResult(
        path=reading.path,
        report_id=added.report_id,
        status=added.status,
        replaced=added.replaced,
        organisation=report.organisation,
        year=report.year,
        title=report.title,
        plans=tuple((plan.number, plan.title) for plan in report.plans),
        items=len(report.items),
        sections=len(report.sections),
        kinds=dict(Counter(item.kind for item in report.items)),
        answers=dict(Counter(item.answer or "" for item in report.items)),
        evidence=tuple(evidence),
        diagnostics=report.diagnostics,
    )


def _proven(path: Path, what: str, option: str, proposal: Proposal | None, evidence: list[str]) -> str:
    """The value that the document proves; its evidence is added to ``evidence``."""
    if proposal is None:
        raise MetadataUnproven(f"Det framgår inte av {path} {what}. Ange det med {option}.")
    if not proposal.certain:
        raise MetadataUnproven(
            f"Det är inte säkert {what} ({path}): troligen {proposal.value}. {proposal.evidence} Ange det med {option}."
        )
    evidence.append(f"{proposal.value}: {proposal.evidence}")
    return proposal.value
