"""``assistant draft`` and ``export``: this year's comment from notes, and saved drafts as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.app import Assistant
from assistant.command_help import command, finish, json_option, library_option
from assistant.errors import BadOption
from assistant.person import account
from assistant.phrases import enumeration, gigabytes, item_label, plural
from assistant.system_errors import reason
from assistant.terminal import show, tell
from corpus.model import plan_name, renumber

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.draft.export import Exported
    from assistant.draft.language.privacy import PrivateLine
    from corpus.model import Draft, Item

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that a report can be of."""


def _report_year(context: click.Context, parameter: click.Parameter, year: int) -> int:
    """``year`` where a report can be of it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise click.BadParameter(f"{year} är inget rapportår; ange ett mellan {FIRST_YEAR} och {LAST_YEAR}.", context, parameter)
    return year


@command()
@click.argument("code", metavar="[KOD]", required=False)
@library_option
@click.option("--year", type=int, required=True, callback=_report_year, metavar="ÅR", help="Året som kommentaren skrivs för.")
@click.option("--plan", default=None, metavar="NR", help="Planen, om koden finns i flera: dess nummer eller titel.")
@click.option("--organisation", default=None, metavar="NAMN", help="Vems rapport, om det finns flera.")
@click.option(
    "--notes",
    "notes_file",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FIL",
    help="Anteckningar, en per rad (UTF-8). Annars de som är sparade i biblioteket.",
)
@click.option(
    "--model",
    default=None,
    metavar="MODELL",
    help="Chattmodell: mapp, namn på Hugging Face eller serverns adress. ”ingen” för reglerna.",
)
@click.option("--others", is_flag=True, help="Visa även vad andra organisationer skrev på samma punkt.")
@click.option("--docx", type=click.Path(path_type=Path), default=None, metavar="UT", help="Skriv utkastet till en Wordfil.")
@click.option("--sources", is_flag=True, help="Ta med källorna som kommentarer i Wordfilen.")
@click.option("--save", is_flag=True, help="Spara utkastet i biblioteket.")
@click.option("--all", "whole", is_flag=True, help="Alla punkter i den senaste rapporten; varje utkast sparas när det är klart.")
@click.option(
    "--notes-file",
    "many_notes",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FIL",
    help="Med --all: anteckningar till flera punkter (docx, xlsx, csv eller text), ett avsnitt eller en rad per kod.",
)
@click.option("--again", is_flag=True, help="Med --all: skriv om även sparade utkast, utom dem som är granskade eller klara.")
@json_option
def draft(
    code: str | None,
    folder: Path | None,
    year: int,
    plan: str | None,
    organisation: str | None,
    notes_file: Path | None,
    model: str | None,
    others: bool,
    docx: Path | None,
    sources: bool,
    save: bool,
    whole: bool,
    many_notes: Path | None,
    again: bool,
    as_json: bool,
) -> None:
    """Skriv ett utkast till årets kommentar för en uppföljningspunkt, eller med --all för hela rapporten.

    Nya uppgifter kommer bara från anteckningarna. Varje mening visar sin källa.
    """
    if model is not None and not model.strip():
        raise BadOption("Ange en modell efter --model: en mapp, ett namn, en adress eller ”ingen”.")
    _check_choice(
        code,
        whole,
        for_one={"--notes": notes_file, "--others": others, "--docx": docx, "--sources": sources},
        for_all={"--notes-file": many_notes, "--again": again},
    )
    if whole:
        from assistant.commands_draft_all import draft_report

        draft_report(folder, year, plan, organisation, many_notes, model, again=again, as_json=as_json)
        return
    assert code is not None
    if sources and docx is None:
        raise BadOption("--sources gäller Wordfilen: ange den med --docx UT. På skärmen står källorna alltid med.")
    from assistant.draft.contract import draft_to_json, draft_to_text
    from assistant.draft.export import check_target
    from assistant.draft.language.privacy import private_lines, private_sentences
    from assistant.draft.whole_report import add_notes

    if docx is not None:
        check_target(docx)
    notes = read_notes(notes_file) if notes_file else []
    with Assistant.open(folder) as assistant:
        item = assistant.item(code, year=year, plan=plan, organisation=organisation)
        if notes_file is None and (kept := assistant.library.notes(item.key.id, year)):
            notes = [note.text for note in kept]
            tell(f"{plural(len(kept), 'anteckning som är sparad', 'anteckningar som är sparade')} i biblioteket används.")
        made = _made(assistant, item, year, notes, model, others, quiet=as_json)
        if save:
            warn_of_private([*private_sentences(made.text), *private_lines(note.text for note in renumber(notes) if notes_file)])
            assistant.save_draft(made, author=account())
            add_notes(assistant.library, {item.key: notes}, year, author=account())
        if docx is not None:
            from assistant.draft.export import export_one

            told(export_one(made, docx, sources=sources))
            tell(f"Utkastet är skrivet till {docx}.")
    if as_json:
        print(json.dumps(draft_to_json(made), ensure_ascii=False, indent=2))
    else:
        show(draft_to_text(made))


def _check_choice(code: str | None, whole: bool, *, for_one: dict[str, object], for_all: dict[str, object]) -> None:
    """Says which options do not go together, before anything is done."""
    if whole and code is not None:
        raise BadOption(f"Ange antingen koden {code} eller --all, inte båda.")
    if not whole and code is None:
        raise BadOption("Ange en kod, till exempel 5:2, eller --all för hela rapporten.")
    wrong = [name for name, value in (for_one if whole else for_all).items() if value]
    if wrong and whole:
        better = {"--notes": "Använd --notes-file.", "--docx": "Skriv filen efteråt: assistant export FIL.docx --year ÅR"}
        raise BadOption(f"{wrong[0]} gäller en punkt i taget och kan inte ges med --all. {better.get(wrong[0], '')}".strip())
    if wrong:
        raise BadOption(f"{wrong[0]} gäller hela rapporten och behöver --all.")


def told(exported: Exported) -> None:
    """Says on stderr what there is to know about a file that was written."""
    if exported.previous is not None:
        tell(f"Filen fanns redan; den tidigare heter nu {exported.previous}.")
    for remark in exported.remarks:
        tell(f"Obs: {remark}")


def _made(assistant: Assistant, item: Item, year: int, notes: list[str], model: str | None, others: bool, *, quiet: bool) -> Draft:
    from assistant.draft import RULES, compose_draft

    chosen = model or str(assistant.library.settings.get("model") or "") or None
    if chosen is None or chosen.lower() in RULES:
        return compose_draft(assistant.library, item.key, year=year, notes=notes, others=others)
    announce(chosen)
    made = compose_draft(
        assistant.library,
        item.key,
        year=year,
        notes=notes,
        model=chosen,
        others=others,
        on_text=None if quiet else lambda piece: click.echo(piece, nl=False, err=True),
    )
    if not quiet:
        tell("")
    return made


def announce(model: str) -> None:
    """Say what is about to be loaded and what memory it takes; nothing where it is not at hand, the error says that."""
    from assistant.model_needs import free_memory, is_address, needs

    if is_address(model):
        tell(f"Frågar modellen på {model}. Avbryt med Ctrl+C.")
    elif (found := needs(model)).folder is not None and (found.folder / "config.json").is_file():
        size, free = found.memory, free_memory()
        takes = f" Vikterna tar {gigabytes(size)} minne{f'; {gigabytes(free)} är ledigt' if free else ''}." if size else ""
        if free and size > free:
            takes += " Minnet räcker troligen inte: välj en mindre modell."
        tell(f"Läser in modellen {model}.{takes} Avbryt med Ctrl+C.")


def warn_of_private(found: Sequence[PrivateLine]) -> None:
    """Says on stderr, before something is saved, which of its lines hold personal data."""
    for line in found:
        tell(f"Obs: ”{line.text}” ser ut att innehålla {line.said}, som inte hör hemma i en offentlig rapport.")


def notes_bytes(path: Path, *, folder: str, other: str) -> bytes:
    """What a notes file holds. ``folder`` and ``other`` say what to do where it is a folder or cannot be read.

    Raises:
        BadOption: it cannot be read, and why.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadOption(f"Anteckningsfilen {path} finns inte. Kontrollera sökvägen.") from None
    except IsADirectoryError:
        raise BadOption(f"Anteckningsfilen {path} är en mapp. {folder}") from None
    except OSError as error:
        raise BadOption(f"Anteckningsfilen {path} kunde inte läsas ({reason(error)}). {other}") from None


def read_notes(path: Path) -> list[str]:
    """The lines of a notes file.

    Raises:
        BadOption: the file cannot be read as UTF-8 text.
    """
    wanted = "Ange en textfil med en anteckning per rad."
    data = notes_bytes(path, folder=wanted, other=wanted)
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadOption(f"Anteckningsfilen {path} är inte UTF-8. Spara den som vanlig text i UTF-8 och försök igen.") from None


@command()
@click.argument("target", metavar="FIL", type=click.Path(path_type=Path))
@library_option
@click.option("--year", type=int, required=True, callback=_report_year, metavar="ÅR", help="Året som utkasten är skrivna för.")
@click.option("--plan", default=None, metavar="NR", help="Bara den planen: dess nummer eller titel.")
@click.option("--organisation", default=None, metavar="NAMN", help="Bara den organisationen.")
@click.option("--sources", is_flag=True, help="Ta med varifrån varje mening kommer.")
@click.option("--own-form", is_flag=True, help="Word i programmets egen form, även om den senaste rapporten var en Wordfil.")
@click.option("--commitments", is_flag=True, help="Skriv i stället listan över åtaganden att svara på.")
def export(
    target: Path,
    folder: Path | None,
    year: int,
    plan: str | None,
    organisation: str | None,
    sources: bool,
    own_form: bool,
    commitments: bool,
) -> None:
    """Skriv årets sparade utkast till en fil: .docx, .xlsx, .csv eller .md.

    Var den senaste rapporten en Wordfil fylls den i: allt är som det var utom svar och kommentarer.
    """
    from assistant.draft.export import check_target, export_commitments, export_report
    from assistant.draft.whole_report import with_unsaved

    check_target(target)
    if commitments and (sources or own_form):
        raise BadOption(
            f"{'--sources' if sources else '--own-form'} gäller inte listan över åtaganden. Ta bort --commitments eller den."
        )
    with Assistant.open(folder) as assistant:
        number = _plan_number(assistant, year, plan, organisation)
        found = _saved(assistant, year, number, organisation)
        if not found:
            narrowed = f" i plan {plan}" if plan is not None else ""
            tell(f"Det finns inga sparade utkast för {year}{narrowed}. Spara ett med: assistant draft KOD --year {year} --save")
            finish(1)
        made = (
            export_commitments(with_unsaved(assistant.library, found, plan=number), target)
            if commitments
            else export_report(assistant.library, found, target, plan=number, sources=sources, own_file=not own_form)
        )
    told(made)
    if commitments:
        show(f"Åtagandena är skrivna till {target}.")
        return
    if made.filled:
        tell(f"{plural(len(found), 'utkast är ifyllt', 'utkast är ifyllda')} i den senaste rapportens Wordfil.")
    if made.empty:
        listed = enumeration(item_label(item) + (f" (plan {item.plan})" if plan is None else "") for item in made.empty)
        left = ("är tom i filen" if len(made.empty) == 1 else "är tomma i filen") if made.keeps_empty else "är inte med"
        tell(f"{plural(len(made.empty), 'punkt', 'punkter')} utan sparat utkast {left}: {listed}.")
    show(f"{plural(len(found), 'utkast', 'utkast')} skrivna till {target}.")


def _plan_number(assistant: Assistant, year: int, plan: str | None, organisation: str | None) -> int | None:
    """The number of the plan that is meant by its number or title, in the reports that the drafts are for.

    Raises:
        BadOption: none of them has it.
    """
    if plan is None:
        return None
    from assistant.draft.notes.file_codes import Codes

    items = [item for item in assistant.items(organisation=organisation) if item.year < year]
    number = int(plan) if plan.isdigit() else Codes(items).plan(plan, styled=True)
    if number not in {item.plan for item in items}:
        plans = dict(sorted({item.plan: plan_name(item.plan_title) for item in items}.items()))
        told = enumeration(f"{number} ({title})" for number, title in plans.items())
        raise BadOption(f"Planen {plan} finns inte i rapporterna före {year}. Planer: {told or 'inga'}.")
    return number


def _saved(assistant: Assistant, year: int, plan: int | None, organisation: str | None) -> list[Draft]:
    """The newest version of each saved draft of the year that fits."""
    drafts = [assistant.library.drafts(row.item_key, row.year)[-1].draft for row in assistant.library.draft_summaries(year)]
    wanted = {item.organisation for item in assistant.items(organisation=organisation)} if organisation else None
    return [
        made for made in drafts if (plan is None or made.item.plan == plan) and (wanted is None or made.item.organisation in wanted)
    ]
