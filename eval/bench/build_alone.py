"""Building or changing a library in a process that does nothing else: ``python -m eval.bench.build_alone build|change FOLDER``.

Reports are read one by one from stdin, as ``eval.bench.build`` writes them; what was measured goes to stdout as one line of JSON.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.model import Report
from index.library import Library


def build(folder: Path) -> dict[str, Any]:
    """CPU seconds for adding all reports to a new library (starting the process too) and for its derived files; peak memory in MB."""
    added = time.process_time()
    with Library.open(folder, create=True) as library:
        for report, data in _reports():
            begin = time.process_time()
            library.add(report, data)
            added += time.process_time() - begin
        begin = time.process_time()
    return {"add": added, "derive": time.process_time() - begin, "peak": _peak()}


def change(folder: Path) -> dict[str, Any]:
    """CPU seconds for each report that is added to the library there, with its derived files brought up to date; peak memory in MB."""
    spent = []
    with Library.open(folder) as library:
        library.search("trygghet")  # an open library is in memory
        for report, data in _reports():
            begin = time.process_time()
            if library.add(report, data).status != "new_version":
                raise ValueError(f"{report.id} takes the place of no report")
            library.refresh()
            spent.append(time.process_time() - begin)
    return {"changes": spent, "peak": _peak()}


def _reports() -> Iterator[tuple[Report, bytes]]:
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)
        except EOFError:
            return


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1000)


if __name__ == "__main__":
    json.dump({"build": build, "change": change}[sys.argv[1]](Path(sys.argv[2])), sys.stdout)
