"""The written questions about the sample reports: read, and turned into queries for retrieval alone.

``eval/questions/dev.jsonl`` and ``test.jsonl`` hold a question a line: id, kind, ``text`` or ``turns`` (the last is answered), and
what is expected of the answer. Items are named after the sources of the sample reports: "a-2025-1-5:2" is organisation a, report
2025, plan 1, code 5:2. Topic questions fall into two tiers by whether they share a word with the item that answers them, which the
project's own analysis decides and not who wrote them. Knows nothing of systems or measures; the assistant is asked in ``eval.answers``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from corpus import samples
from corpus.model import Item
from eval.queries import Query, QuerySet, Split
from index.analysis import terms, tokens
from index.filters import Filter
from index.query import Query as Words

KINDS = {
    "code": "kod",
    "code_ambiguous": "kod i flera planer",
    "code_plan": "kod och plan",
    "code_year": "kod och år",
    "missing_year": "år utan rapport",
    "unknown_code": "okänd kod",
    "organisation": "annan organisation",
    "filter": "urval",
    "mention": "omnämnande",
    "count": "antal",
    "overview": "översikt",
    "structure": "planernas uppbyggnad",
    "field": "annat fält",
    "compare": "jämförelse",
    "timeline": "år för år",
    "changes": "ändringar",
    "commitments": "åtaganden",
    "draft": "utkast",
    "topic": "ämne",
    "topic_other_words": "ämne",
    "misspelt": "felstavat",
    "abbreviation": "förkortning",
    "fact": "faktum",
    "fact_missing": "faktum som saknas",
    "unanswerable": "obesvarbart",
    "instruction": "uppmaning",
    "dialogue": "dialog",
    "several": "flera frågor i en",
}
"""What kinds are called on screen; a kind that is not here is shown as it is written."""

Tier = Literal["shared", "none"]
TIERS: dict[Tier, str] = {"shared": "ämne, delar ord med svaret", "none": "ämne, inga gemensamma ord"}
"""What the two kinds of topic questions are called on screen."""

TOPICS = ("topic", "topic_other_words")
"""Kinds that are told apart by their tier and not by what their writer meant them to be."""

RETRIEVAL = ("code", "code_plan", "code_year", "topic", "topic_other_words", "misspelt", "abbreviation", "fact")
"""Kinds whose answer is one place or a few: a ranking can be right or wrong about them. The others need the whole assistant."""


class BadQuestions(ValueError):
    """A line of a question file cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer should be; None where nothing is said of it. Items by ``Item.id``.

    ``sources`` are all of them, ``first`` those of which the first source is one, ``candidates`` must be offered, ``fact`` stands
    in the first sentence, ``contains`` anywhere in the text.
    """

    status: str
    sources: frozenset[str] | None
    first: frozenset[str] | None
    candidates: frozenset[str] | None
    fact: str | None
    contains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One question; the last of ``turns`` is answered. ``kind`` is as in the file; ``tier`` of a topic question, None of others."""

    id: str
    kind: str
    split: Split
    turns: tuple[str, ...]
    expected: Expected
    tier: Tier | None = None

    @property
    def shown(self) -> str:
        """The kind in Swedish; of a topic question its tier."""
        return TIERS[self.tier] if self.tier else KINDS.get(self.kind, self.kind)


def load(items: Sequence[Item], folder: Traversable | None = None) -> list[Written]:
    """The questions of dev.jsonl and test.jsonl in ``folder`` (the packaged one where None), with what they expect among ``items``.

    Raises:
        BadQuestions: a line that is no question, an id used twice, or an item that is not there.
    """
    letters = {report.organisation: report.organisation_id for report in samples.load_source()}
    known = {f"{letters.get(i.organisation, i.organisation)}-{i.year}-{i.plan}-{i.code}": i.id for i in items if i.ordinal == 1}
    by_id = {item.id: item for item in items}
    found: dict[str, Written] = {}
    for split, number, line in _lines(folder):
        try:
            question = _question(json.loads(line), split, known)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadQuestions(f"{split}.jsonl, rad {number}: {error!r}") from error
        if question.id in found:
            raise BadQuestions(f"{split}.jsonl, rad {number}: id {question.id} står två gånger")
        targets = question.expected.first or question.expected.sources
        if question.kind in TOPICS and targets:
            question = replace(question, tier=tier(question.turns[-1], (by_id[target] for target in targets)))
        found[question.id] = question
    return list(found.values())


def tier(text: str, answers: Iterable[Item]) -> Tier:
    """Whether a question shares a word stem, or a part of a compound, with any of the items that answer it, by the analysis of the index.

    Looked for in all that search finds an item by: comment, question, statement, expected result, area and plan. Words that say nothing of
    a subject do not count.
    """
    asked = set(Words.parse(text).terms)
    return "shared" if any(asked & _terms(item) for item in answers) else "none"


def _terms(item: Item) -> set[str]:
    texts = (item.comment, item.question, item.statement, item.expected_result, item.area, item.plan_title)
    return {term for text in texts for token in tokens(text) for term in terms(token)}


def retrieval(questions: Sequence[Written], items: Sequence[Item]) -> QuerySet:
    """The questions that retrieval alone can be asked, each among the reports of the organisation and years that hold its answer.

    Whose report and which year is meant is settled before anything is searched, by the assistant; here it is given to every system.
    """
    by_id = {item.id: item for item in items}
    queries = []
    for question in questions:
        targets = question.expected.first or question.expected.sources
        if question.kind in RETRIEVAL and len(question.turns) == 1 and targets:
            meant = [by_id[target] for target in targets]
            where = Filter(organisation={item.organisation for item in meant}, year={item.year for item in meant})
            queries.append(Query(question.id, question.shown, question.turns[0], targets, where, question.id, question.split))
    note = (
        f"Skrivna frågor: {len(questions)}. {len(queries)} ställdes också till sökningen ensam, bland de rapporter som är menade;"
        " övriga (listor, dialoger, frågor utan svar) bara till hela assistenten."
    )
    return QuerySet(tuple(queries), (note if questions else "Det finns inga skrivna frågor.",))


def digest(folder: Traversable | None = None) -> str:
    """A hash over the question files, so that a table can be told from one made with other questions."""
    return sha256("\n".join(line for _, _, line in _lines(folder)).encode("utf-8")).hexdigest()


def _lines(folder: Traversable | None) -> Iterator[tuple[Split, int, str]]:
    """(split, line number, line) of every line that is not blank; a file that is not there has none."""
    place = folder if folder is not None else files("eval") / "questions"
    splits: tuple[Split, Split] = ("dev", "test")
    for split in splits:
        path = place / f"{split}.jsonl"
        if path.is_file():
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                if line.strip():
                    yield split, number, line.rstrip("\r")


def _question(row: dict[str, Any], split: Split, known: Mapping[str, str]) -> Written:
    turns = tuple(row["turns"]) if "turns" in row else (row["text"],)
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("text ska vara en text, turns en lista av texter")
    name = str(row["id"])
    if not name or any(letter.isspace() for letter in name):
        raise ValueError(f"id {name!r} är tomt eller har blanksteg")
    expect = row["expect"]
    unknown = set(expect) - {"status", "sources", "first", "candidates", "near", "fact", "contains"}
    if unknown:
        raise ValueError(f"okänt i expect: {sorted(unknown)}")

    def ids(*names: str) -> frozenset[str] | None:
        given = [expect[name] for name in names if name in expect]
        return frozenset(known[item] for listed in given for item in listed) if given else None

    return Written(
        id=name,
        kind=str(row["kind"]),
        split=split,
        turns=turns,
        expected=Expected(
            status=str(expect["status"]),
            sources=ids("sources"),
            first=ids("first"),
            candidates=ids("candidates", "near"),
            fact=expect.get("fact"),
            contains=tuple(expect.get("contains", ())),
        ),
    )
