"""A measured figure, the limit it is held against, and the machine it was measured on: values only, as JSON and back.

Knows nothing of what is measured or of tables. Absolute figures are reported; only ratios have limits that can fail.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` in ``unit`` ("s", "ms", "MB", "×", "%", ""), the median of ``n`` runs between the quartiles ``low`` and ``high``.

    ``name`` is Swedish and says what is measured; ``limit`` is the most it may be (the least, where ``at_least``), ``fails`` whether
    passing it is a failure of the run: only for ratios, with a wide margin.
    """

    name: str
    value: float
    unit: str
    n: int = 1
    low: float | None = None
    high: float | None = None
    limit: float | None = None
    at_least: bool = False
    fails: bool = False

    @property
    def kept(self) -> bool:
        """Whether the figure is within its limit; True where it has none."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of one measurement. ``name`` is that of its module, ``title`` Swedish, ``remarks`` Swedish sentences about how.

    The runner fills in ``date``, ``machine`` and ``data``, the hash of the sample reports.
    """

    name: str
    title: str
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...] = ()
    date: str = ""
    machine: str = ""
    data: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain values for a JSON file."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Measured:
        """What ``to_json`` gave.

        Raises:
            KeyError: a part is missing.
            TypeError: a part is unknown.
        """
        figures = tuple(Figure(**figure) for figure in value["figures"])
        return cls(value["name"], value["title"], figures, tuple(value["remarks"]), value["date"], value["machine"], value["data"])


def machine() -> str:
    """The machine in a few words: processor, cores, memory, Python."""
    processor = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")
        ]
        processor = names[0] if names else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return f"{processor}, {os.cpu_count()} kärnor, {memory:.0f} GiB, Python {platform.python_version()}"
