"""Text for a person at a terminal: wrapped to its width there, untouched in a pipe. Knows nothing of what is written."""

from __future__ import annotations

import shutil
import sys
import textwrap

WIDEST = 100


def show(text: str) -> None:
    """Write ``text`` to stdout, its lines wrapped where stdout is a terminal."""
    print(wrapped(text, min(shutil.get_terminal_size().columns, WIDEST)) if sys.stdout.isatty() else text)


def wrapped(text: str, width: int) -> str:
    """``text`` with each line broken at ``width`` between words; a list line goes on below its own beginning."""
    lines: list[str] = []
    for line in text.split("\n"):
        body = line.lstrip()
        hang = " " * (len(line) - len(body) + (2 if body.startswith(("• ", "- ")) else 0))
        lines += textwrap.wrap(line, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines)


def tell(text: str) -> None:
    """Write progress or a remark to stderr."""
    print(text, file=sys.stderr, flush=True)


def has_person() -> bool:
    """Whether a person sits at the other end and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
