"""``assistant draft --all``: drafts for a whole report, with progress, what could not be placed, and how far the report has come."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.app import Assistant
from assistant.command_help import finish
from assistant.commands_draft import notes_bytes, warn_of_private
from assistant.draft import check_report
from assistant.draft.language.privacy import private_lines
from assistant.draft.whole_report import Covered, Step, add_notes, coverage, draft_all, report_items, waiting, without_new_notes
from assistant.errors import BadOption
from assistant.person import account
from assistant.phrases import enumeration, item_label, plural
from assistant.terminal import show, tell
from corpus.model import Item, plan_name

if TYPE_CHECKING:
    from assistant.draft.notes.file import ImportedNotes

_SHOWN_UNPLACED = 40


def draft_report(
    folder: Path | None,
    year: int,
    plan: str | None,
    organisation: str | None,
    notes_file: Path | None,
    model: str | None,
    *,
    again: bool,
    as_json: bool,
) -> None:
    """Drafts what lacks a draft, then shows the coverage (or with ``as_json`` every draft there is). Ends the command with its status.

    Raises:
        BadOption: the organisation, the plan or the notes file cannot be used.
    """
    with Assistant.open(folder) as assistant:
        items = _items(assistant, year, plan, organisation)
        if not items:
            tell(f"Det finns ingen rapport före {year} att skriva utkast från. Läs in den: assistant ingest FIL")
            if as_json:
                print("[]")
            finish(1)
        if notes_file is not None:
            _take_notes(assistant, _imported(notes_file, report_items(assistant.library, items[0].organisation, year)), year)
        chosen = model or str(assistant.library.settings.get("model") or "") or None
        steps, stopped = _draft(assistant, items, year, chosen, again)
        covered = coverage(assistant.library, items, year)
        late = [] if again else without_new_notes(assistant.library, covered, year)
    _tell_outcome(steps, covered, late, year)
    if as_json:
        print(json.dumps(_as_json(covered, steps), ensure_ascii=False, indent=2))
    else:
        show(table(covered, year))
        if against := check_report([one.draft for one in covered if one.draft is not None]):
            show("\n".join(["", "Stämmer inte överens:", *(f"- {one.message}" for one in against)]))
    if stopped:
        tell(
            f"Avbrutet efter {plural(len(steps), 'punkt', 'punkter')}. Det som är gjort är sparat; kör samma kommando igen för att fortsätta."
        )
        finish(2)


def _items(assistant: Assistant, year: int, plan: str | None, organisation: str | None) -> list[Item]:
    catalogue = assistant.catalogue()
    named = {item.organisation for item in assistant.items(organisation=organisation)} if organisation else set(catalogue.scope())
    if len(named) > 1:
        raise BadOption(f"Det finns rapporter från {enumeration(sorted(named))}. Välj en med --organisation.")
    items = report_items(assistant.library, next(iter(named)), year) if named else []
    if plan is None or not items:
        return items
    from assistant.draft.notes.file_codes import Codes

    number = int(plan) if plan.isdigit() else Codes(items).plan(plan, styled=True)
    found = [item for item in items if item.plan == number]
    if not found:
        plans = dict.fromkeys(f"{item.plan} ({plan_name(item.plan_title)})" for item in items)
        raise BadOption(f"Planen {plan} finns inte i rapporten {items[0].year}. Planer: {enumeration(plans)}.")
    return found


def _imported(path: Path, items: Sequence[Item]) -> ImportedNotes:
    from assistant.draft.notes.file import read_notes

    data = notes_bytes(path, folder="Ange en fil i den.", other="Kontrollera filen.")
    return read_notes(data, path.name, items)


def _take_notes(assistant: Assistant, read: ImportedNotes, year: int) -> None:
    kept = assistant.library.all_notes(year)
    known = {note.text for notes in kept.values() for note in notes}
    warn_of_private(private_lines(line for lines in read.notes.values() for line in lines if line not in known))
    added = add_notes(assistant.library, read.notes, year, author=account())
    lines = sum(len(each) for each in read.notes.values())
    tell(
        f"Anteckningsfilen: {plural(lines, 'anteckning', 'anteckningar')} på {plural(len(read.notes), 'punkt', 'punkter')},"
        f" varav {plural(sum(added.values()), 'ny', 'nya')}."
    )
    if read.unplaced:
        tell(f"{plural(len(read.unplaced), 'rad', 'rader')} kunde inte placeras:")
        for note in read.unplaced[:_SHOWN_UNPLACED]:
            text = note.text if len(note.text) <= 80 else f"{note.text[:78]} …"
            tell(f"- {note.where + ': ' if note.where else ''}”{text}” – {note.reason.rstrip('.')}.")
        if len(read.unplaced) > _SHOWN_UNPLACED:
            tell(f"- och {len(read.unplaced) - _SHOWN_UNPLACED} till.")


def _draft(assistant: Assistant, items: Sequence[Item], year: int, model: str | None, again: bool) -> tuple[list[Step], bool]:
    """Every step that was done, and whether a person stopped it."""
    from assistant.draft import RULES

    steps: list[Step] = []
    by_model = model is not None and model.lower() not in RULES
    todo = waiting(assistant.library, items, year, again=again) if by_model else []
    if model and todo:
        from assistant.commands_draft import announce

        announce(model)
    try:
        for step in draft_all(assistant.library, items, year=year, model=model, again=again, author=account()):
            steps.append(step)
            said = {"saved": f"version {step.version} sparad", "empty": "inget att skriva av än", "same": "oförändrat"}[
                step.outcome
            ]
            tell(f"[{step.done}/{step.total}] {item_label(step.item)}, plan {step.item.plan}: {said}")
            _tell_next(todo, step.done)
    except KeyboardInterrupt:
        return steps, True
    return steps, False


def _tell_next(todo: Sequence[Item], done: int) -> None:
    """What a model, which needs its minute, writes now."""
    if done < len(todo):
        tell(f"[{done + 1}/{len(todo)}] {item_label(todo[done])}, plan {todo[done].plan}: skrivs …")


def _tell_outcome(steps: Sequence[Step], covered: Sequence[Covered], late: Sequence[Item], year: int) -> None:
    saved, empty = (sum(step.outcome == kind for step in steps) for kind in ("saved", "empty"))
    kept = sum(one.state is not None for one in covered) - saved
    tell(f"{plural(saved, 'utkast sparat', 'utkast sparade')} för {year}; {kept} fanns redan.")
    if empty:
        tell(f"{plural(empty, 'punkt', 'punkter')} har inget att föra vidare och behöver anteckningar först.")
    if late:
        codes = enumeration(f"{item.code} (plan {item.plan})" for item in late)
        tell(f"Nya anteckningar som inte är med i det sparade utkastet: {codes}. Ta med dem med --again.")


def _as_json(covered: Sequence[Covered], steps: Sequence[Step]) -> list[dict[str, object]]:
    """Every draft in the report's order: those saved, and those that were empty, which have no version."""
    from assistant.draft.contract import draft_to_json

    empty = {step.item.key: step.draft for step in steps if step.outcome == "empty"}
    drafts = [(one.draft or empty.get(one.item.key), one.version) for one in covered]
    return [draft_to_json(draft) | {"version": version} for draft, version in drafts if draft is not None]


def table(covered: Sequence[Covered], year: int) -> str:
    """How far each item has come, plan by plan, and the sums."""
    lines: list[str] = []
    plan: int | None = None
    for one in covered:
        if one.item.plan != plan:
            plan = one.item.plan
            lines += ["", f"Plan {plan}: {plan_name(one.item.plan_title)}"]
            lines.append(
                f"  {'punkt':14} {'historik':>8} {'anteckn.':>8} {'utkast':>6} {'granskad':>8} {'klar':>4} {'att svara på':>12}"
            )
        reviewed = one.state in ("granskad", "klar")
        lines.append(
            f"  {item_label(one.item):14} {one.history or '–':>8} {one.notes or '–':>8} {_mark(one.state is not None):>6}"
            f" {_mark(reviewed):>8} {_mark(one.state == 'klar'):>4} {one.questions or '–':>12}"
        )
    drafted = sum(one.state is not None for one in covered)
    reviewed_count = sum(one.state in ("granskad", "klar") for one in covered)
    done = sum(one.state == "klar" for one in covered)
    asked = sum(one.questions for one in covered)
    lines += [
        "",
        f"{year}: {drafted} av {len(covered)} punkter har utkast, {reviewed_count} är granskade, {done} är klara."
        f" {plural(asked, 'fråga', 'frågor')} att svara på.",
    ]
    return "\n".join(lines).lstrip("\n")


def _mark(yes: bool) -> str:
    return "ja" if yes else "–"
