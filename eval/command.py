"""``python -m eval.x`` as a command: mistakes in the options in Swedish, and an exit status. Knows nothing of what a command does."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from assistant.command_help import in_swedish
from eval.readme import MarkersMissing, around


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run it with ``arguments`` (None: those of the process); gives its status, 2 for a mistake, which one Swedish sentence names."""
    given = list(arguments) if arguments is not None else None
    try:
        status = command(given, standalone_mode=False, prog_name=command.name)
    except click.ClickException as error:
        print(in_swedish(error), file=sys.stderr)
        return 2
    return int(status or 0)


def part_of(arguments: Sequence[str]) -> Literal["dev", "test", "all"] | None:
    """The part of the questions or items that the first of ``arguments`` names, "dev" without any; None where it names none, which is said."""
    match arguments[0] if arguments else "dev":
        case "dev" | "test" | "all" as part:
            return part
    print("Välj dev, test eller all.", file=sys.stderr)
    return None


def check_marks(path: Path, start: str, end: str) -> None:
    """What would fail after minutes of work fails now.

    Raises:
        click.ClickException: ``path`` cannot be read, or has no place between the marks; the message is Swedish.
    """
    try:
        around(path, start, end)
    except MarkersMissing as error:
        raise click.ClickException(str(error)) from None
    except (OSError, UnicodeDecodeError):
        raise click.ClickException(f"Filen {path} kunde inte läsas. Ange en textfil som finns.") from None
