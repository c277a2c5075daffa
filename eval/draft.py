"""Held-out drafts: the sample notes of the coming year turned into drafts and compared with what was then really written.

``python -m eval.draft [dev|test|all]`` prints: facts of the notes kept, notes standing word for word, stale facts leaked, statements
without a source, characters to change against two baselines, commitments found, planted errors flagged, time a draft. A look at the test
half is written to ``eval/data/draft_log.jsonl``. Items are split by a hash of their id (``eval.commitments.split_of``).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assistant.draft.check import SEVERE, Checker
from assistant.draft.compose import compose
from assistant.draft.evidence import Evidence, from_items, past_sentences, promises_of
from assistant.draft.language.facts import TIMES, Fact, facts, same_date
from assistant.draft.language.vocabulary import vocabulary_of
from assistant.draft.language.wording import plain
from assistant.draft.notes.shorthand import expand
from assistant.draft.staleness import is_norm
from corpus.model import Draft, Item, renumber
from corpus.samples import ORGANISATION, load_source, notes
from corpus.sentences import split
from eval import commitments, reworded
from eval.command import part_of
from eval.commitments import split_of
from eval.edit_distance import distance
from eval.planted import KINDS, LATER, Planted, Surroundings, plant_all
from eval.planted_turns import TURN_KINDS
from eval.planted_words import WORD_KINDS

LOG = Path(__file__).parent / "data" / "draft_log.jsonl"
_MOST_PLANTED = 500
_RESAMPLES = 2000
_ALL_KINDS = {**KINDS, **WORD_KINDS, **TURN_KINDS}
_LATER = LATER | WORD_KINDS.keys() | TURN_KINDS.keys()


@dataclass(frozen=True, slots=True)
class Case:
    """One item of the coming year: its earlier years, the notes, what was really written, and the draft made."""

    id: str
    history: tuple[Item, ...]
    notes: tuple[str, ...]
    written: str
    draft: Draft
    seconds: float

    @property
    def last_comment(self) -> str:
        """The newest earlier comment; "" where there is none."""
        return next((item.comment for item in reversed(self.history) if item.comment.strip()), "")


@dataclass
class DraftScore:
    """What a set of drafts is worth. Counts are over notes, facts and sentences; distances are characters to change, one a case."""

    cases: int = 0
    facts: int = 0
    facts_kept: int = 0
    lost: list[str] = field(default_factory=list)
    notes: int = 0
    notes_verbatim: int = 0
    left_out: int = 0
    leaked: list[str] = field(default_factory=list)
    sentences: int = 0
    without_source: list[str] = field(default_factory=list)
    flagged_own: list[str] = field(default_factory=list)
    written: int = 0
    flagged_written: list[str] = field(default_factory=list)
    to_change: list[int] = field(default_factory=list)
    last_year: list[int] = field(default_factory=list)
    notes_alone: list[int] = field(default_factory=list)
    answers_right: int = 0
    seconds: list[float] = field(default_factory=list)
    planted: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    missed: list[Planted] = field(default_factory=list)
    planted_own: list[int] = field(default_factory=lambda: [0, 0])
    """Errors flagged and planted of every kind in the drafts' own sentences; ``planted`` are 500 of these and of what was really written."""


def cases(part: str = "all") -> list[Case]:
    """The sample items of ``part`` ("dev", "test", "all") with the drafts that the rules make of their notes."""
    history: dict[str, list[Item]] = defaultdict(list)
    for report in load_source():
        if report.organisation == ORGANISATION:
            for name, item in zip(report.ids, report.items, strict=True):
                history[name].append(item)
    found = []
    for sample in notes():
        if part not in ("all", split_of(sample.id)):
            continue
        earlier = tuple(history[sample.id])
        for kept in (past_sentences, promises_of, vocabulary_of, expand):
            kept.cache_clear()  # a draft is timed as the first of its item
        start = time.process_time()
        evidence = from_items(earlier[-1], earlier, year=sample.item.year, notes=renumber(sample.notes))
        draft = compose(evidence)
        found.append(Case(sample.id, earlier, sample.notes, sample.comment, draft, time.process_time() - start))
    return found


def evidence_of(case: Case) -> Evidence:
    """What the draft of a case was made of."""
    return from_items(case.history[-1], case.history, year=case.draft.year, notes=renumber(case.notes))


def score(found: Sequence[Case]) -> DraftScore:
    """All measures over ``found``."""
    total = DraftScore(cases=len(found))
    real = {sample.id: sample for sample in notes()}
    for case in found:
        _notes(case, total)
        _leaks(case, total)
        _sources(case, total)
        last = case.last_comment
        total.to_change.append(distance(case.draft.text, case.written))
        total.last_year.append(distance(last, case.written))
        total.notes_alone.append(distance(_listed(case), case.written))
        total.answers_right += case.draft.answer == real[case.id].answer
        total.seconds.append(case.seconds)
    _planted(found, total)
    return total


def _usable(case: Case) -> list[str]:
    gone = {entry.note for entry in case.draft.left_out}
    return [note for note in case.notes if note not in gone]


def _listed(case: Case) -> str:
    """The notes alone, as lines: what the officer would start from without a program."""
    return "\n\n".join(_usable(case))


def _notes(case: Case, total: DraftScore) -> None:
    text = case.draft.text
    there = facts(text, known_names={fact.value for note in case.notes for fact in facts(note) if fact.kind == "name"})
    words = {word.strip('().,;:”"').casefold() for word in text.split()}
    total.left_out += len(case.draft.left_out)
    evidence = evidence_of(case)
    for note in _usable(case):
        total.notes += 1
        total.notes_verbatim += plain(note) in plain(text)
        for fact in facts(expand(note, evidence.vocabulary).text):
            if fact.kind == "negation":
                continue
            total.facts += 1
            if any(_same(fact, other) for other in there) or fact.text.casefold().rstrip("s") in {
                word.rstrip("s") for word in words
            }:
                total.facts_kept += 1
            else:
                total.lost.append(f"{case.id}: {fact.text!r} ur ”{note}”")


def facts_of_notes(history: tuple[Item, ...], notes: tuple[str, ...], draft: Draft) -> DraftScore:
    """The counts over notes and their facts for one draft."""
    total = DraftScore()
    _notes(Case("", history, notes, "", draft, 0.0), total)
    return total


def _same(fact: Fact, other: Fact) -> bool:
    return fact.key == other.key or (
        fact.kind in TIMES and other.kind in TIMES and fact.kind == other.kind and same_date(fact, other)
    )


def _leaks(case: Case, total: DraftScore) -> None:
    """Figures and dates of the earlier comment that the notes do not have and that are no part of a practice, found in the draft."""
    evidence = evidence_of(case)
    noted = {fact.key for note in case.notes for fact in facts(expand(note, evidence.vocabulary).text)}
    old = {
        fact.key: fact.text
        for sentence in split(case.last_comment)
        for fact in facts(sentence.text)
        if fact.kind not in ("name", "abbreviation", "negation", "code") and not is_norm(sentence.text, fact)
    }
    for sentence in split(case.draft.text):
        for fact in facts(sentence.text):
            if fact.key in old and fact.key not in noted and not is_norm(sentence.text, fact):
                total.leaked.append(f"{case.id}: {fact.text!r} i ”{sentence.text}”")


def _sources(case: Case, total: DraftScore) -> None:
    total.sentences += len(case.draft.sentences)
    for sentence in case.draft.sentences:
        if not sentence.sources and not sentence.flags:
            total.without_source.append(f"{case.id}: {sentence.text}")
    checker = Checker(notes=case.notes, history=case.history, year=case.draft.year)
    for checked in checker.check(case.draft.text):
        if any(flag.code in SEVERE for flag in checked.flags):
            total.flagged_own.append(f"{case.id}: {checked.text} {[flag.code for flag in checked.flags]}")
    for checked in checker.check(case.written):
        total.written += 1
        if any(flag.code in SEVERE for flag in checked.flags):
            total.flagged_written.append(f"{case.id}: {checked.text} {[flag.code for flag in checked.flags]}")


def of_others(part: str) -> DraftScore:
    """What the drafts of invented items are worth whose comments and notes others wrote (``data/blind.toml``): facts and notes kept, and the
    drafts' sentences that the check flags."""
    total = DraftScore()
    for row in reworded.load(part, "blind"):
        evidence = from_items(row.history[-1], row.history, year=row.year, notes=renumber(row.notes))
        case = Case(row.name, row.history, row.notes, "", compose(evidence), 0.0)
        total.cases += 1
        _notes(case, total)
        _sources(case, total)
    return total


def _planted(found: Sequence[Case], total: DraftScore) -> None:
    """Errors planted in sentences that the check finds nothing wrong with, from the drafts and from what was really written."""
    everything = tuple(item for case in found for item in case.history[-1:])
    pool: list[tuple[Planted, Checker]] = []
    for case in found:
        checker = Checker(notes=case.notes, history=case.history, year=case.draft.year)
        own, written = (
            dict.fromkeys(s.text for s in checker.check(text) if not any(f.code in SEVERE for f in s.flags))
            for text in (case.draft.text, case.written)
        )
        around = Surroundings(
            case.history,
            case.notes,
            tuple(item for item in everything if item.code != case.history[-1].code or item.plan != case.history[-1].plan),
        )
        here = plant_all([*(own | written)], around, case.id, _ALL_KINDS)
        found_own = [_is_caught(planted, checker) for planted in here if planted.before in own]
        total.planted_own[0] += sum(found_own)
        total.planted_own[1] += len(found_own)
        pool += [(planted, checker) for planted in here]
    for planted, checker in _balanced(pool):
        caught = _is_caught(planted, checker)
        total.planted[planted.kind][0] += caught
        total.planted[planted.kind][1] += 1
        if not caught:
            total.missed.append(planted)


def _is_caught(planted: Planted, checker: Checker) -> bool:
    return any(flag.code in SEVERE for flag in checker.sentence(planted.after).flags)


def _balanced(pool: Sequence[tuple[Planted, Checker]]) -> list[tuple[Planted, Checker]]:
    """At most 500 errors, kinds as even as they can be, always the same ones."""
    by_kind: dict[str, list[tuple[Planted, Checker]]] = defaultdict(list)
    for entry in pool:
        by_kind[entry[0].kind].append(entry)
    rng = random.Random(20260)
    for entries in by_kind.values():
        rng.shuffle(entries)
    chosen: list[tuple[Planted, Checker]] = []
    while len(chosen) < _MOST_PLANTED and any(by_kind.values()):
        for kind in sorted(by_kind):
            if by_kind[kind]:
                chosen.append(by_kind[kind].pop())
    return chosen[:_MOST_PLANTED]


def saving(total: DraftScore) -> tuple[float, float, float]:
    """The share of characters saved against the better baseline, with a 95 % bootstrap interval over cases."""

    def share(rows: Sequence[int]) -> float:
        ours = sum(total.to_change[at] for at in rows)
        better = min(sum(total.last_year[at] for at in rows), sum(total.notes_alone[at] for at in rows))
        return 1 - ours / better if better else 0.0

    rng = random.Random(7)
    every = range(total.cases)
    drawn = sorted(share([rng.randrange(total.cases) for _ in every]) for _ in range(_RESAMPLES))
    return share(list(every)), drawn[int(0.025 * _RESAMPLES)], drawn[int(0.975 * _RESAMPLES) - 1]


def report(part: str, total: DraftScore, promises: Sequence[commitments.CommitmentScore], others: DraftScore) -> str:
    """The table that the command prints, in Swedish."""
    saved, low, high = saving(total)
    right, false, missed = (sum(x) for x in zip(*((p.right, len(p.false), len(p.missed)) for p in promises), strict=True))
    f1 = 2 * right / (2 * right + false + missed)
    caught, planted = sum(c for c, _ in total.planted.values()), sum(n for _, n in total.planted.values())
    late_caught, late = (sum(total.planted[kind][at] for kind in total.planted if kind in _LATER) for at in (0, 1))
    lines = [
        f"Utkast på undanhållet år, {part}: {total.cases} punkter",
        f"  fakta ur anteckningarna kvar          {total.facts_kept} av {total.facts}",
        f"  anteckningar ordagrant                {total.notes_verbatim} av {total.notes} (utelämnade: {total.left_out})",
        f"  inaktuella uppgifter som läckt        {len(total.leaked)}",
        f"  meningar utan källa och flagga        {len(total.without_source)} av {total.sentences}",
        f"  egna meningar som granskningen fäller {len(total.flagged_own)} av {total.sentences}",
        f"  meningar som sedan skrevs och fälls   {len(total.flagged_written)} av {total.written}",
        f"  föreslaget svar rätt                  {total.answers_right} av {total.cases}",
        f"  tecken att ändra: utkastet {sum(total.to_change)}, förra årets text {sum(total.last_year)}, bara anteckningarna "
        f"{sum(total.notes_alone)}",
        f"  mindre att ändra än bästa alternativet {100 * saved:.0f} % (95 %: {100 * low:.0f}–{100 * high:.0f})",
        f"  åtaganden: F1 {f1:.3f} (rätt {right}, fel {false}, missade {missed})",
        f"  planterade i utkastens egna meningar  {total.planted_own[0]} av {total.planted_own[1]}",
        f"  planterade fel som fälls              {caught} av {planted}; slag skrivna efter granskaren {late_caught} av {late}",
        *(f"    {kind:22} {c} av {n}{' (efter)' if kind in _LATER else ''}" for kind, (c, n) in sorted(total.planted.items())),
        f"  processortid per utkast: median {1000 * statistics.median(total.seconds):.0f} ms, längst {1000 * max(total.seconds):.0f} ms, "
        f"alla {sum(total.seconds):.2f} s",
        f"Utkast av andras påhittade anteckningar, {part}: {others.cases} punkter",
        f"  fakta ur anteckningarna kvar          {others.facts_kept} av {others.facts}",
        f"  anteckningar ordagrant                {others.notes_verbatim} av {others.notes}",
        f"  egna meningar som granskningen fäller {len(others.flagged_own)} av {others.sentences}",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """The command."""
    part = part_of(arguments)
    if part is None:
        return 2
    cases(part)  # once before the clock counts: tables and patterns are read at the first use
    total = score(cases(part))
    promises = (
        [commitments.score("dev")]
        if part == "dev"
        else [commitments.score("test")]
        if part == "test"
        else [commitments.score("dev"), commitments.score("test")]
    )
    others = of_others(part)
    table = report(part, total, promises, others)
    print(table)
    if "--details" in arguments:
        for name in ("lost", "leaked", "without_source", "flagged_own", "flagged_written"):
            for line in getattr(total, name):
                print(f"{name}: {line}")
        for planted in total.missed:
            print(f"missed: {planted.kind}: {planted.after}\n   före: {planted.before}")
        for promise in promises:
            for row in promise.false:
                print("false:", row)
            for row in promise.missed:
                print("missed commitment:", row)
    if part != "dev":
        entry = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "part": part, "table": table.splitlines()}
        with LOG.open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
