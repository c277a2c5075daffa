"""Files that were sent to the page: thrown away as soon as they are read; what is left after a mishap Gradio removes within a day."""

from __future__ import annotations

import shutil
from pathlib import Path


def throw_away(path: Path) -> None:
    """The copy of a file that was sent to the page; a file anywhere else is left alone."""
    if path.parent.parent.name == "gradio":
        shutil.rmtree(path.parent, ignore_errors=True)
