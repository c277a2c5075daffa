"""``assistant draft`` and ``export``: this year's comment from notes, and saved drafts as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.app import Assistant
from assistant.command_help import command, finish, json_option, library_option
from assistant.errors import BadOption
from assistant.phrases import plural
from assistant.terminal import show, tell

if TYPE_CHECKING:
    from corpus.model import Draft, Item


@command()
@click.argument("code", metavar="KOD")
@library_option
@click.option("--year", type=int, required=True, metavar="ÅR", help="Året som kommentaren skrivs för.")
@click.option("--plan", default=None, metavar="NR", help="Planen, om koden finns i flera: dess nummer eller titel.")
@click.option("--organisation", default=None, metavar="NAMN", help="Vems rapport, om det finns flera.")
@click.option(
    "--notes", "notes_file", type=click.Path(path_type=Path), default=None, metavar="FIL", help="Anteckningar, en per rad (UTF-8)."
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
@json_option
def draft(
    code: str,
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
    as_json: bool,
) -> None:
    """Skriv ett utkast till årets kommentar för en uppföljningspunkt.

    Nya uppgifter kommer bara från anteckningarna. Varje mening visar sin källa.
    """
    from assistant.draft.contract import draft_to_json, draft_to_text

    notes = read_notes(notes_file) if notes_file else []
    with Assistant.open(folder) as assistant:
        item = assistant.item(code, year=year, plan=plan, organisation=organisation)
        made = _made(assistant, item, year, notes, model, others, quiet=as_json)
        if save:
            assistant.save_draft(made)
            if notes:
                assistant.library.save_notes(item.key.id, year, made.notes)
        if docx is not None:
            assistant.export([made], docx, sources=sources)
            tell(f"Utkastet är skrivet till {docx}.")
    if as_json:
        print(json.dumps(draft_to_json(made), ensure_ascii=False, indent=2))
    else:
        show(draft_to_text(made))


def _made(assistant: Assistant, item: Item, year: int, notes: list[str], model: str | None, others: bool, *, quiet: bool) -> Draft:
    from assistant.draft import RULES, compose_draft

    chosen = model or str(assistant.library.settings.get("model") or "") or None
    if chosen is None or chosen.lower() in RULES:
        return compose_draft(assistant.library, item.key, year=year, notes=notes, others=others)
    _announce(chosen)
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


def _announce(model: str) -> None:
    """Say what is about to be loaded and what memory it takes; nothing where it is not at hand, the error says that."""
    from assistant.draft.chat_local import memory_needed

    if model.lower().startswith("http"):
        tell(f"Frågar modellen på {model}. Avbryt med Ctrl+C.")
    elif Path(model).is_dir():
        size = memory_needed(Path(model))
        needs = f" (vikterna tar {size / 1e9:.1f} GB minne)".replace(".", ",") if size else ""
        tell(f"Laddar modellen {model}{needs}. Avbryt med Ctrl+C.")


def read_notes(path: Path) -> list[str]:
    """The lines of a notes file.

    Raises:
        BadOption: the file cannot be read as UTF-8 text.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise BadOption(f"Anteckningsfilen {path} finns inte. Kontrollera sökvägen.") from None
    except OSError as error:
        raise BadOption(
            f"Anteckningsfilen {path} kunde inte läsas ({error.strerror}). Ange en textfil med en anteckning per rad."
        ) from None
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadOption(f"Anteckningsfilen {path} är inte UTF-8. Spara den som vanlig text i UTF-8 och försök igen.") from None


@command()
@click.argument("target", metavar="FIL", type=click.Path(path_type=Path))
@library_option
@click.option("--year", type=int, required=True, metavar="ÅR", help="Året som utkasten är skrivna för.")
@click.option("--plan", type=int, default=None, metavar="NR", help="Bara den planen.")
@click.option("--organisation", default=None, metavar="NAMN", help="Bara den organisationen.")
@click.option("--sources", is_flag=True, help="Ta med varifrån varje mening kommer.")
def export(target: Path, folder: Path | None, year: int, plan: int | None, organisation: str | None, sources: bool) -> None:
    """Skriv årets sparade utkast till en fil: .docx, .xlsx, .csv eller .md."""
    with Assistant.open(folder) as assistant:
        found = _saved(assistant, year, plan, organisation)
        if not found:
            tell(f"Det finns inga sparade utkast för {year}. Spara ett med: assistant draft KOD --year {year} --save")
            finish(1)
        assistant.export(found, target, sources=sources)
    show(f"{plural(len(found), 'utkast', 'utkast')} skrivna till {target}.")


def _saved(assistant: Assistant, year: int, plan: int | None, organisation: str | None) -> list[Draft]:
    """The newest version of each saved draft of the year that fits."""
    drafts = [assistant.library.drafts(row.item_key, row.year)[-1].draft for row in assistant.library.draft_summaries(year)]
    wanted = {item.organisation for item in assistant.items(organisation=organisation)} if organisation else None
    return [
        made for made in drafts if (plan is None or made.item.plan == plan) and (wanted is None or made.item.organisation in wanted)
    ]
