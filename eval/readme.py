"""The part of a README that a command writes: between two marks, replaced at the next run. Knows nothing of what stands there."""

from __future__ import annotations

from pathlib import Path

from eval.files import put


class MarkersMissing(ValueError):
    """The file has no place between the marks; the message is Swedish."""


def around(path: Path, start: str, end: str) -> tuple[str, str]:
    """The text of ``path`` up to and with ``start``, and from ``end`` on.

    Raises:
        MarkersMissing: the file has not exactly one of each mark, in order.
        OSError, UnicodeDecodeError: it cannot be read.
    """
    text = path.read_bytes().decode("utf-8")  # bytes, so that line ends stay as they are
    if text.count(start) != 1 or text.count(end) != 1 or text.index(start) > text.index(end):
        raise MarkersMissing(f"Filen {path} ska ha raderna {start} och {end}, en gång var, där tabellen ska stå.")
    return text[: text.index(start) + len(start)], text[text.index(end) :]


def fill(path: Path, start: str, end: str, content: str) -> None:
    """Put ``content`` between the marks in ``path``, in the place of what stands there.

    Raises:
        As for ``around``, or OSError where it cannot be written.
    """
    before, after = around(path, start, end)
    put(path, f"{before}\n{content}\n{after}")
