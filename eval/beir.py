"""The texts and judgements of an evaluation in BEIR's form, so that other systems can be run on the same task.

A folder a part: corpus.jsonl and queries.jsonl with ``_id`` and ``text``, qrels/test.tsv (Thakur et al. 2021). What narrows a query (whose
reports, which years) stands in its ``metadata``, in the names of the corpus's ``metadata``. Knows nothing of how they came about.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from corpus.model import Item
from eval.files import put
from eval.measures import Qrels
from eval.queries import Query
from eval.results import Evaluation
from eval.trec import file_name

HEADER = "query-id\tcorpus-id\tscore"


def write(folder: Path, evaluation: Evaluation) -> list[Path]:
    """The three files of each part below ``folder``/beir, which is made; gives their paths.

    Raises:
        OSError: the folder or a file cannot be written.
    """
    written = []
    for part, queries in evaluation.queries.items():
        place = folder / "beir" / file_name(part)
        written.append(put(place / "corpus.jsonl", _lines(_documents(evaluation.documents[part]))))
        written.append(put(place / "queries.jsonl", _lines(_queries(queries))))
        written.append(put(place / "qrels" / "test.tsv", qrels_table(evaluation.qrels[part])))
    return written


def qrels_table(qrels: Qrels) -> str:
    """The judgements under BEIR's header, a line each."""
    rows = (f"{query}\t{document}\t{grade}" for query, grades in qrels.items() for document, grade in grades.items())
    return "\n".join([HEADER, *rows]) + "\n"


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """The judgements of a qrels/test.tsv."""
    found: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        found.setdefault(query, {})[document] = int(grade)
    return found


def _documents(items: Sequence[Item]) -> Iterable[Mapping[str, object]]:
    for item in items:
        text = " ".join(filter(None, (item.question, item.statement, item.expected_result, item.comment)))
        about = {"organisation": item.organisation, "year": item.year, "plan": item.plan_title, "code": item.code}
        yield {"_id": item.id, "title": "", "text": text, "metadata": about}


def _queries(queries: Sequence[Query]) -> Iterable[Mapping[str, object]]:
    for query in queries:
        wanted = {"organisation": query.filter.organisation, "year": query.filter.year}
        narrowed = {name: _listed(value) for name, value in wanted.items() if value is not None}
        yield {"_id": query.id, "text": query.text, "metadata": {"kind": query.kind, **narrowed}}


def _listed(value: object) -> list[object]:
    """One value or a collection of them as a sorted list: sets have no order of their own."""
    return sorted(value, key=str) if isinstance(value, Collection) and not isinstance(value, str) else [value]


def _lines(rows: Iterable[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
