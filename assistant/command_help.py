"""The command line in Swedish: help pages, mistakes in options, and commands whose module is imported only when they are invoked.

Knows nothing of what the commands do.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click


class SwedishCommand(click.Command):
    """A command whose help page is in Swedish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[FLAGGOR]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Användning: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        records = [
            record
            for parameter in self.get_params(ctx)
            if isinstance(parameter, click.Option) and (record := parameter.get_help_record(ctx)) is not None
        ]
        if records:
            with formatter.section("Flaggor"):
                formatter.write_dl([(name, text.replace("[required]", "(måste anges)")) for name, text in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help page."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Visa den här hjälpen."
        return option


class LazyGroup(SwedishCommand, click.Group):
    """The commands by name: ``commands`` maps each to (module, short help); the module is imported when the command is invoked.

    A command whose module does not exist is not there.
    """

    def __init__(self, *args: Any, places: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "KOMMANDO ...")
        super().__init__(*args, **kwargs)
        folder = Path(__file__).parent
        self._places = {name: place for name, place in places.items() if (folder / f"{place[0].rpartition('.')[2]}.py").exists()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order they were given."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None for an unknown name."""
        if cmd_name not in self._places:
            return None
        module = importlib.import_module(self._places[cmd_name][0])
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options, and that of commands without importing any."""
        super().format_options(ctx, formatter)
        with formatter.section("Kommandon"):
            formatter.write_dl([(name, short) for name, (_, short) in self._places.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with the unknown command named in Swedish."""
        if args and args[0] not in self._places and not args[0].startswith("-"):
            raise click.UsageError(f"Kommandot ”{args[0]}” finns inte. Kommandon: {', '.join(self._places)}.", ctx)
        return super().resolve_command(ctx, args)


def command(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A decorator as ``click.command``, with the help in Swedish."""
    return click.command(name, cls=SwedishCommand, **settings)


def library_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--library DIR``, which every command takes."""
    return click.option(
        "--library",
        "folder",
        metavar="MAPP",
        type=click.Path(path_type=Path),
        default=None,
        help="Bibliotekets mapp. Annars $ASSISTANT_LIBRARY, annars data/library.",
    )(function)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Skriv resultatet som JSON.")(function)


def finish(status: int) -> NoReturn:
    """End the command with an exit status."""
    raise click.exceptions.Exit(status)


def in_swedish(error: click.ClickException) -> str:
    """What was wrong with the options, as one Swedish sentence and the way to the help page."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "assistant"
    if isinstance(error, click.NoSuchOption):
        near = f" Menade du {error.possibilities[0]}?" if error.possibilities else ""
        text = f"Flaggan {error.option_name} finns inte.{near}"
    elif isinstance(error, click.MissingParameter):
        kind = "Argumentet" if isinstance(error.param, click.Argument) else "Flaggan"
        text = f"{kind} {_name(error.param)} saknas."
    elif isinstance(error, click.BadOptionUsage):
        text = f"Flaggan {error.option_name} behöver ett värde."
    elif isinstance(error, click.BadParameter):
        text = f"Fel värde för {_name(error.param)}: {_reason(error)}"
    elif isinstance(error, click.FileError):
        text = f"Filen {error.ui_filename} kunde inte öppnas: {error.message}."
    elif isinstance(error, click.UsageError) and "unexpected extra argument" in error.message:
        extra = error.message.partition("(")[2].rstrip(").")
        text = f"För många argument: {extra}. Sätt citattecken runt en text med mellanslag."
    else:
        text = error.format_message()
        text = text if text.endswith((".", "?", "!")) else text + "."
    return text if isinstance(error, click.UsageError) and "assistant" in text else f"{text} Se {path} --help."


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "värdet"
    return (
        parameter.opts[-1]
        if isinstance(parameter, click.Option)
        else (parameter.metavar or parameter.name or "").split()[0].upper().rstrip(".")
    )


def _reason(error: click.BadParameter) -> str:
    message = error.message
    quoted = message.partition("'")[2].partition("'")[0]
    if "integer" in message:
        return f"”{quoted}” är inget heltal."
    if "is not one of" in message:
        return f"”{quoted}” finns inte att välja; välj mellan {message.partition('is not one of')[2].strip(' .')}."
    if "range" in message:
        return f"{message.partition(' is not')[0]} ligger utanför det tillåtna."
    return message if message.endswith(".") else message + "."
