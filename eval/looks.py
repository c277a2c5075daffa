"""The log of looks at the test halves: a line each time figures of them were worked out, so that anyone can count how often.

Knows where the log is and what a line holds; nothing of how the figures came about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eval.results import Evaluation

OURS = Path(__file__).parent / "data" / "looks.jsonl"
"""Looks at the test halves of this project's own questions and reports: under version control."""
THEIRS = Path("data") / "eval_looks.jsonl"
"""Looks at those of another archive: below the working folder, beside the default library."""


def note(path: Path, command: str, part: str, hashes: Mapping[str, str], figures: Sequence[str]) -> Path:
    """Add a line to the log at ``path``: when, which command and part, the hashes that name the data, the main figures as text.

    ``path`` may be that of a package installed where nobody may write: the line then goes to ``THEIRS``. Gives the path written.

    Raises:
        OSError: neither could be written.
    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "part": part,
        **hashes,
        "figures": list(figures),
    }
    for place in (path, THEIRS):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError:
            if place == THEIRS:
                raise
        else:
            return place
    raise AssertionError("one of the two was written or raised")


def note_evaluation(evaluation: Evaluation, *, ours: bool) -> None:
    """Add an evaluation's look at the test half: to the project's own log where the questions are its own (``ours``).

    Nothing for one of the dev half, or without figures. Raises OSError as ``note``.
    """
    from eval.table import main_figures

    if evaluation.split == "dev" or not evaluation.scores:
        return
    hashes = {"data_hash": evaluation.data_hash, "questions_hash": evaluation.questions_hash}
    note(OURS if ours else THEIRS, "assistant eval", evaluation.split, hashes, main_figures(evaluation))
