"""The assistant's own search in a process of its own, for jobs in the form of ``peer_systems``: what it costs at a size.

``python -m eval.bench.own_search COMMENTS JOB RESULT`` builds a library of that many comments, then asks the job's queries of it. Unlike
the peers it reads its texts from reports, embeds them and the questions itself, and keeps them on disk: all of that is in its figures.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


def run(comments: int, job: Path) -> list[dict[str, Any]]:
    """One line, what it cost; a query's seconds are the median of the job's rounds."""
    start = time.process_time()
    from index.library import Library

    imported = time.process_time()
    from eval.bench.peer_systems import peak_mb
    from eval.bench.sizes import scaled

    head, *sets = (json.loads(line) for line in job.read_text(encoding="utf-8").splitlines())
    build = 0.0
    spent = []
    with TemporaryDirectory(prefix="egen-") as folder, Library.open(folder, create=True) as library:
        for report, data in scaled(comments):
            before = time.process_time()
            library.add(report, data)
            build += time.process_time() - before
        before = time.process_time()
        library.search("trygghet")  # makes the derived files
        build += time.process_time() - before
        for _, text in sets[0]["queries"]:
            times = []
            for _ in range(head["rounds"]):
                before = time.process_time()
                library.search(text, limit=head["limit"])
                times.append(time.process_time() - before)
            spent.append(statistics.median(times))
    return [{"import_s": imported - start, "build_s": build, "query_s": spent, "peak_mb": peak_mb()}]


if __name__ == "__main__":
    lines = run(int(sys.argv[1]), Path(sys.argv[2]))
    Path(sys.argv[3]).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
