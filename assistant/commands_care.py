"""``assistant check``, ``backup``, ``restore``, ``models`` and ``settings``: looking after a library."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.app import Assistant, default_folder
from assistant.command_embedder import embed, full_name
from assistant.command_help import command, finish, json_option, library_option
from assistant.phrases import gigabytes, plural
from assistant.terminal import show, tell
from index.errors import LibraryDamaged

SETTINGS = {
    "organisation": "vems rapporter ”vi” är",
    "current_year": "det år som ”i år” betyder",
    "embedder": "inbäddaren som sökningen använder",
    "reranker": "modellen som läser de bästa träffarna en gång till",
    "model": "chattmodellen som utkast och sammanfattningar kan skrivas med",
}


@command()
@library_option
@click.option("--repair", is_flag=True, help="Laga det som går att laga utan att något går förlorat.")
@json_option
def check(folder: Path | None, repair: bool, as_json: bool) -> None:
    """Kontrollera att biblioteket är helt."""
    saved = []
    try:
        assistant = Assistant.open(folder)
    except LibraryDamaged:
        if not repair:
            raise
        from index.library import Library

        saved = Library.salvage(folder or default_folder())
        assistant = Assistant.open(folder)
    with assistant:
        findings = saved + assistant.check(repair=repair)
    left = [finding for finding in findings if not finding.repaired and finding.severity != "info"]
    if as_json:
        rows = [{"code": f.code, "severity": f.severity, "message": f.message, "repaired": f.repaired} for f in findings]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            show(f"{'Lagat' if finding.repaired else 'Obs' if finding.severity != 'info' else 'Upplysning'}: {finding.message}")
        if not left:
            show("Biblioteket är helt.")
        elif not repair:
            show(f"{plural(len(left), 'fel', 'fel')} kvar. Kör assistant check --repair för att laga det som går.")
    finish(1 if left else 0)


@command()
@click.argument("target", metavar="FIL", type=click.Path(path_type=Path))
@library_option
def backup(target: Path, folder: Path | None) -> None:
    """Kopiera hela biblioteket till en fil, också medan det används."""
    with Assistant.open(folder) as assistant:
        assistant.backup(target)
    show(f"Biblioteket är säkerhetskopierat till {target}.")


@command()
@click.argument("source", metavar="FIL", type=click.Path(path_type=Path))
@library_option
def restore(source: Path, folder: Path | None) -> None:
    """Gör ett bibliotek av en säkerhetskopia, i en mapp där inget finns."""
    from index.library import Library

    target = folder or default_folder()
    Library.restore(source, target)
    show(f"Biblioteket är återställt i {target}.")


@command()
@library_option
def models(folder: Path | None) -> None:
    """Visa vilka modeller som används och vilka som går att välja."""
    from assistant.model_needs import free_memory, needs, recommended, sources

    assistant = Assistant(folder or default_folder())
    chosen: dict[str, object] = {}
    if (assistant.folder / "library.sqlite").exists():
        with assistant:
            chosen = {name: assistant.library.settings.get(name) for name in ("embedder", "model")}
    lines = [
        f"Inbäddare i bruk: {chosen.get('embedder') or 'builtin'}",
        f"Chattmodell i bruk: {chosen.get('model') or 'ingen (svar är citat och utkast skrivs med regler)'}",
    ]
    if free := free_memory():
        lines.append(f"Ledigt minne på den här datorn: {gigabytes(free)}")
    for title, kind, what in (("Inbäddare", "embedder", "minne för modellen"), ("Chattmodeller", "chat", "datorns lediga minne")):
        lines += ["", f"{title} att välja mellan ({what}, licens, svenska resultat):"]
        lines += [
            f"  {row['id']:36} {row['memory']:16} {row['licence']:15} {row['score']}{' – finns här' if needs(row['id']).folder else ''}"
            for row in recommended(kind)
        ]
    smallest = recommended("chat")[1]["id"]
    lines += [
        "",
        *sources(),
        "",
        "Ingen modell hämtas av sig själv. Så här gör du, på en dator med nät:",
        f"  hf download {smallest} --local-dir modeller/qwen3",
        "Ange sedan mappen, namnet eller adressen till en OpenAI-kompatibel server (vLLM, llama.cpp, Ollama, transformers serve):",
        "  assistant draft 5:2 --year 2026 --model modeller/qwen3      en gång",
        "  assistant settings model modeller/qwen3                     alltid (--unset: reglerna igen)",
        "  assistant settings embedder MAPP                            sökningens modell",
    ]
    show("\n".join(lines))


@command()
@click.argument("name", required=False, metavar="NAMN")
@click.argument("value", required=False, metavar="VÄRDE")
@library_option
@click.option("--unset", is_flag=True, help="Ta bort inställningen.")
def settings(name: str | None, value: str | None, folder: Path | None, unset: bool) -> None:
    """Visa inställningarna, eller ändra en: assistant settings organisation "Socialförvaltningen Sydväst"."""
    if name is not None and name not in SETTINGS:
        raise click.UsageError(f"Inställningen {name} finns inte. Inställningar: {', '.join(SETTINGS)}.")
    if unset and (name is None or value is not None):
        raise click.UsageError("--unset tar bort en namngiven inställning: assistant settings NAMN --unset")
    if value is not None and not value.strip():
        raise click.UsageError(f"Värdet är tomt. Ta bort inställningen med: assistant settings {name} --unset")
    if value is not None and name == "current_year" and not (value.isdecimal() and 1990 <= int(value) <= 2100):
        raise click.UsageError(f"Året ”{value}” är inget år mellan 1990 och 2100.")
    with Assistant.open(folder) as assistant:
        stored = assistant.library.settings
        if name and unset:
            stored.pop(name, None)
        elif name == "embedder" and value is not None:
            embed(assistant, value, keep=True)
        elif name == "reranker" and value is not None:
            from index.rerank import CrossEncoderReranker

            CrossEncoderReranker.load(value)  # one that cannot be had is no setting
            stored[name] = full_name(value)
        elif name == "model" and value is not None:
            stored[name] = _chat_model(value)
        elif name and value is not None:
            stored[name] = int(value) if name == "current_year" else value
        if name == "organisation" and value is not None:
            there = sorted({row.organisation for row in assistant.reports()})
            if value not in there:
                tell(f"Biblioteket har ingen rapport från {value}. Organisationer i det: {', '.join(there) or 'inga än'}.")
        for key in [name] if name else SETTINGS:
            show(f"{key}: {stored.get(key) or 'inte satt'} ({SETTINGS[key]})")


def _chat_model(name: str) -> str:
    """The chat model's name as it holds from any working directory; nothing is loaded, and nobody is asked at an address.

    Raises:
        ModelMissing: it is not on this machine; the message says how to get it.
    """
    from assistant.draft import RULES
    from assistant.model_needs import is_address, needs

    if name.lower() in RULES or is_address(name):
        return name
    if needs(name).folder is None:
        from assistant.draft.chat_local import missing

        raise missing(name)
    return full_name(name)
