"""Rankings and judgements as files that other tools read: TREC runs and qrels.

Knows nothing of how they came about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.files import put
from eval.measures import Qrels, Run, order
from eval.results import Evaluation


def write(folder: Path, evaluation: Evaluation) -> list[Path]:
    """One qrels file a part and one run file a part and system, into ``folder``, which is made; gives their paths.

    Raises:
        OSError: the folder or a file cannot be written.
    """
    written = []
    for part, qrels in evaluation.qrels.items():
        written.append(put(folder / f"{file_name(part)}.qrels", _text(qrels_lines(qrels))))
        for system, run in evaluation.runs[part].items():
            written.append(put(folder / f"{file_name(part)}.{file_name(system)}.run", _text(run_lines(run, file_name(system)))))
    return written


def qrels_lines(qrels: Qrels) -> Iterator[str]:
    """A line is query 0 document grade, in the order of ``qrels``."""
    return (f"{query} 0 {document} {grade}" for query, grades in qrels.items() for document, grade in grades.items())


def run_lines(run: Run, tag: str) -> Iterator[str]:
    """A line is query Q0 document rank score tag. The score is 1000 minus the rank, so that no tool finds a tie to break."""
    for query, ranking in run.items():
        for rank, ranked in enumerate(order(ranking), 1):
            yield f"{query} Q0 {ranked.id} {rank} {1000 - rank} {tag}"


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """The judgements of a qrels file."""
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, document, grade = line.split()
        found.setdefault(query, {})[document] = int(grade)
    return found


def read_run(path: Path) -> Mapping[str, dict[str, float]]:
    """Query -> document -> score of a run file."""
    found: dict[str, dict[str, float]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        query, _, document, _, score, _ = line.split()
        found.setdefault(query, {})[document] = float(score)
    return found


def file_name(text: str) -> str:
    """A part or system as a file name in plain ASCII, which every tool and archive carries unchanged."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(str.maketrans("åäö", "aao")))


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
