"""``assistant ui``: the web page on this machine."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.command_help import command, library_option
from assistant.terminal import tell

if TYPE_CHECKING:
    from assistant.app import Assistant


@command()
@click.option("--host", metavar="ADRESS", default="127.0.0.1", show_default=True, help="Adressen som sidan visas på.")
@click.option("--port", metavar="PORT", type=int, default=7860, show_default=True, help="Porten; 0 tar en ledig.")
@click.option("--samples", is_flag=True, help="Läs in exempelrapporterna om biblioteket inte finns.")
@click.option("--current-year", metavar="ÅR", type=int, default=None, help="Det år som ”i år” betyder, i stället för bibliotekets.")
@click.option(
    "--password-file", metavar="FIL", type=click.Path(path_type=Path), default=None, help="Fil med lösenordet som sidan kräver."
)
@click.option("--user-header", metavar="NAMN", default=None, help="Rubriken där en omvänd proxy anger vem som är inloggad.")
@library_option
def ui(
    host: str,
    port: int,
    samples: bool,
    current_year: int | None,
    password_file: Path | None,
    user_header: str | None,
    folder: Path | None,
) -> None:
    """Visa webbsidan. Bara den här datorn når den om inget annat sägs."""
    from assistant.ui.access import Access
    from assistant.ui.serving import launch

    access = Access.choose(host, password_file=password_file, user_header=user_header, environment=os.environ)

    def opened() -> Assistant:
        from assistant.app import Assistant
        from assistant.samples import load_samples

        assistant = Assistant.open(folder)
        if samples and not (assistant.folder / "library.sqlite").exists():
            tell(f"Läser in exempelrapporterna i {assistant.folder} …")
            load_samples(assistant)
        return assistant

    launch(opened, host=host, port=port, access=access, current_year=current_year, say=partial(print, flush=True))
