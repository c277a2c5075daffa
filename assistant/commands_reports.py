"""``assistant ingest``, ``reports``, ``items``, ``remove`` and ``samples``: what is in the library."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.app import Assistant
from assistant.command_embedder import embed, embedder_option, full_name
from assistant.command_help import command, finish, json_option, library_option
from assistant.phrases import badge, date, enumeration, item_label, plural
from assistant.terminal import has_person, show, tell

if TYPE_CHECKING:
    from assistant.ingest import IngestResult, Reading
    from corpus.metadata import Proposal
    from index.values import ReportRow


@command()
@click.argument("files", nargs=-1, required=True, metavar="FIL...", type=click.Path(path_type=Path))
@library_option
@embedder_option
@click.option("--year", type=int, default=None, metavar="ÅR", help="Året då rapporten lämnades in.")
@click.option("--organisation", default=None, metavar="NAMN", help="Vem rapporten kommer från.")
@click.option("--verbose", is_flag=True, help="Visa även upplysningar om borttagna sidhuvuden med mera.")
@json_option
def ingest(
    files: tuple[Path, ...],
    folder: Path | None,
    embedder: str | None,
    year: int | None,
    organisation: str | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Läs in rapporter: PDF, DOCX, XLSX, CSV eller text.

    Varje fil läses in helt eller inte alls. Det som filen själv inte visar (år, organisation) måste anges. En inbäddare som anges med
    --embedder blir bibliotekets.
    """
    failed = 0
    results: list[dict[str, object]] = []
    with Assistant.open(folder, embedder=embedder and full_name(embedder)) as assistant:
        for path in files:
            try:
                reading = assistant.read(path)
                year_of, whose = _confirmed(reading, year, organisation)
                result = assistant.ingest(reading, year=year_of, organisation=whose)
            except Exception as error:
                if not _for_people(error):
                    raise
                failed += 1
                tell(" ".join(str(error).split()))
                continue
            results.append(result_json(result))
            if not as_json:
                show(f"{path}\n{described(result, verbose=verbose)}")
        if results:
            embed(assistant, embedder, keep=True)
    if as_json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
    if failed and len(files) > 1:
        tell(f"{plural(failed, 'fil', 'filer')} av {len(files)} lästes inte in.")
    finish(2 if failed else 0)


def _for_people(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] in ("corpus", "index", "assistant")


def _confirmed(reading: Reading, year: int | None, organisation: str | None) -> tuple[int | None, str | None]:
    """Year and organisation as given; asked for, with the proposal and its evidence, where a person can be asked and nothing proves them."""
    if not has_person():
        return year, organisation
    if year is None and not (reading.year and reading.year.certain):
        year = click.prompt("Vilket år lämnades rapporten in?", default=_shown_proposal(reading.year), type=int, err=True)
    if not organisation and not (reading.organisation and reading.organisation.certain):
        organisation = click.prompt(
            "Vilken organisation kommer rapporten från?", default=_shown_proposal(reading.organisation), err=True
        )
    return year, organisation


def _shown_proposal(proposal: Proposal | None) -> str | None:
    """What is proposed, with the evidence shown; None where nothing is."""
    if proposal is None:
        return None
    tell(f"Förslag: {proposal.value}. {proposal.evidence}")
    return proposal.value


def described(result: IngestResult, *, verbose: bool = False) -> str:
    """What came of a file, with what was not understood, in plain words."""
    lines = [result.summary, *(f"  {line}" for line in result.evidence)]
    lines += [f"  Plan {number}: {title}" for number, title in result.plans]
    shown = [d for d in result.diagnostics if verbose or d.severity != "info"]
    lines += [f"  {'Obs' if d.severity != 'info' else 'Upplysning'}: {d.message}" for d in shown]
    quiet = len(result.diagnostics) - len(shown)
    if quiet:
        lines.append(f"  {plural(quiet, 'upplysning', 'upplysningar')} till (sidhuvuden, hopfogade rader); visa med --verbose.")
    return "\n".join(lines)


def result_json(result: IngestResult) -> dict[str, object]:
    """What came of a file, as scripts see it."""
    return {
        "path": str(result.path),
        "report_id": result.report_id,
        "status": result.status,
        "replaced": result.replaced,
        "organisation": result.organisation,
        "year": result.year,
        "items": result.items,
        "answers": result.answers,
        "evidence": list(result.evidence),
        "diagnostics": [{"code": d.code, "severity": d.severity, "message": d.message, "text": d.text} for d in result.diagnostics],
    }


@command()
@library_option
@click.option("--all", "every", is_flag=True, help="Visa även äldre versioner, som inte söks.")
@json_option
def reports(folder: Path | None, every: bool, as_json: bool) -> None:
    """Visa rapporterna i biblioteket."""
    with Assistant.open(folder) as assistant:
        rows = assistant.reports(all_versions=every)
    if as_json:
        print(json.dumps([report_json(row) for row in rows], ensure_ascii=False, indent=2))
    elif rows:
        show("\n\n".join(_report_text(row) for row in rows))
    else:
        show("Biblioteket har inga rapporter än. Läs in en med: assistant ingest FIL")
    finish(0 if rows else 1)


def report_json(row: ReportRow) -> dict[str, object]:
    """A report as scripts see it."""
    return {
        "report_id": row.id,
        "organisation": row.organisation,
        "year": row.year,
        "title": row.title,
        "plans": [{"plan": number, "plan_title": title} for number, title in row.plans],
        "items": row.items,
        "answers": dict(row.answers),
        "source_name": row.source_name,
        "source_format": row.source_format,
        "added_at": row.added_at,
        "current": row.current,
    }


def _report_text(row: ReportRow) -> str:
    old = "" if row.current else " (äldre version, söks inte)"
    answers = enumeration(f"{n} {answer or 'utan svar'}" for answer, n in row.answers.items())
    head = f"{row.organisation} · rapport {row.year}{old}"
    plans = [f"  Plan {number}: {title}" for number, title in row.plans]
    tail = (
        f"  {plural(row.items, 'uppföljningspunkt', 'uppföljningspunkter')} ({answers})"
        if row.items
        else f"  {row.sections} avsnitt löptext"
    )
    return "\n".join([head, *plans, tail, f"  {row.source_name}, inläst {date(row.added_at)}, id {row.id}"])


@command()
@library_option
@click.option("--year", type=int, default=None, metavar="ÅR", help="Bara rapporter från det året.")
@click.option("--organisation", default=None, metavar="NAMN", help="Bara rapporter från den organisationen.")
@click.option("--plan", default=None, metavar="NR", help="Bara den planen: dess nummer eller titel.")
@click.option("--answer", default=None, metavar="SVAR", help="Bara punkter med det svaret: ja, nej, delvis eller pågår.")
@json_option
def items(
    folder: Path | None, year: int | None, organisation: str | None, plan: str | None, answer: str | None, as_json: bool
) -> None:
    """Visa uppföljningspunkterna med svar."""
    with Assistant.open(folder) as assistant:
        found = assistant.items(year=year, organisation=organisation, plan=plan, answer=answer)
    if as_json:
        print(json.dumps([item.to_json() for item in found], ensure_ascii=False, indent=2))
    elif found:
        heading = ""
        lines: list[str] = []
        for item in found:
            group = f"{item.organisation} · rapport {item.year} · plan {item.plan}: {item.plan_title}"
            if group != heading:
                lines += ["", group] if lines else [group]
                heading = group
            lines.append(f"  {item_label(item):15} {badge(item):10} {item.question or item.statement}")
        show("\n".join(lines))
    else:
        show("Inga uppföljningspunkter.")
    finish(0 if found else 1)


@command()
@click.argument("report_id", metavar="RAPPORT-ID")
@library_option
def remove(report_id: str, folder: Path | None) -> None:
    """Ta bort en rapport överallt. Utkast och anteckningar finns kvar."""
    with Assistant.open(folder) as assistant:
        assistant.remove(report_id)
    show(f"Rapporten {report_id} är borttagen.")


@command()
@library_option
@click.option("--if-empty", is_flag=True, help="Gör ingenting om biblioteket redan har rapporter.")
def samples(folder: Path | None, if_empty: bool) -> None:
    """Läs in exempelrapporterna om en påhittad kommun."""
    from assistant.samples import load_samples

    with Assistant.open(folder) as assistant:
        there = (assistant.folder / "library.sqlite").exists() and assistant.reports()
        if if_empty and there:
            show(f"Biblioteket {assistant.folder} har redan {plural(len(there), 'rapport', 'rapporter')}.")
            return
        for result in load_samples(assistant):
            show(replace(result, evidence=()).summary)
