"""The command line: ``assistant KOMMANDO``. Each command is in a module of its own kind (``commands_*``), imported when it is invoked.

A mistake that a person can mend is one Swedish sentence on stderr and status 2; nothing found is status 1.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from assistant.command_help import LazyGroup, in_swedish

_PLACES = {
    "ingest": ("assistant.commands_reports", "Läs in rapporter i biblioteket."),
    "reports": ("assistant.commands_reports", "Visa vilka rapporter som finns."),
    "items": ("assistant.commands_reports", "Visa uppföljningspunkterna."),
    "search": ("assistant.commands_ask", "Sök bland kommentarerna."),
    "ask": ("assistant.commands_ask", "Ställ en fråga om rapporterna."),
    "draft": ("assistant.commands_draft", "Skriv ett utkast till årets kommentar."),
    "export": ("assistant.commands_draft", "Skriv sparade utkast till en fil."),
    "remove": ("assistant.commands_reports", "Ta bort en rapport ur biblioteket."),
    "check": ("assistant.commands_care", "Kontrollera biblioteket, och laga det med --repair."),
    "backup": ("assistant.commands_care", "Säkerhetskopiera biblioteket till en fil."),
    "restore": ("assistant.commands_care", "Återställ biblioteket från en säkerhetskopia."),
    "models": ("assistant.commands_care", "Visa vilka modeller som används och vilka som går att välja."),
    "settings": ("assistant.commands_care", "Visa eller ändra bibliotekets inställningar."),
    "samples": ("assistant.commands_reports", "Läs in exempelrapporterna om en påhittad kommun."),
    "eval": ("assistant.commands_eval", "Utvärdera sökning och svar på undanhållna rapporter."),
    "ui": ("assistant.commands_ui", "Starta webbsidan på den här datorn."),
}
_OURS = ("corpus", "index", "assistant", "prompts", "eval")


@click.group(cls=LazyGroup, places=_PLACES, invoke_without_command=False, no_args_is_help=False)
def cli() -> None:
    """Hitta i tidigare uppföljningsrapporter och skriv årets kommentarer."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with the command's status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    status = run(arguments)
    gc.freeze()  # else the collector looks through all that was made once more on the way out: 30 ms of a question's 300
    sys.exit(status)


def run(arguments: Sequence[str] | None = None) -> int:
    """The command line without ending the process: the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = cli.main(args=given or ["--help"], prog_name="assistant", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        return _refuse(in_swedish(error))
    except (click.Abort, KeyboardInterrupt):
        return _refuse("Avbrutet.")
    except BrokenPipeError:  # the reader of our output went away, as "| head" does
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - so that the flush at exit is quiet
        return 0
    except Exception as error:
        if type(error).__module__.partition(".")[0] in _OURS:
            return _refuse(str(error))
        import traceback  # 15 ms that only a bug pays

        traceback.print_exc()  # a bug: its traceback is what helps; 1 would say "nothing found"
        return 2


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return 2
