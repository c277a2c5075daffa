"""How well commitments are found, against the hand-marked comments of the sample reports: precision, recall and F1 over sentences.

Knows the marks in ``eval/data/commitments.toml`` and which items are for development; knows nothing of the rules.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from typing import Literal

from corpus import commitments
from corpus.model import slug
from corpus.samples import load_source
from corpus.sentences import split

Split = Literal["dev", "test"]


def split_of(item_id: str) -> Split:
    """Which half the sample item ``item_id`` ("p1-5:2") belongs to, with all its years: even SHA-256 of the id is "dev"."""
    return "dev" if int(sha256(item_id.encode()).hexdigest(), 16) % 2 == 0 else "test"


@dataclass
class CommitmentScore:
    """Counts over sentences, and the sentences that were wrong: (organisation, item, year, sentence)."""

    right: int = 0
    false: list[tuple[str, str, int, str]] = field(default_factory=list)
    missed: list[tuple[str, str, int, str]] = field(default_factory=list)
    comments: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.false)) if self.right + len(self.false) else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right + len(self.missed) else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + len(self.false) + len(self.missed)
        return 2 * self.right / total if total else 1.0


def score(part: Split) -> CommitmentScore:
    """Every comment of ``part`` once (unchanged ones not again), against its marks. Raises ValueError where a mark fits no sentence."""
    marked = {(c["organisation"], c["item"], c["year"]): c["commitments"] for c in _table()["comment"]}
    result = CommitmentScore()
    seen: set[tuple[str, str, str]] = set()
    for report in load_source():
        for item_id, item in zip(report.ids, report.items, strict=True):
            name = (slug(item.organisation), item_id, item.comment)
            if split_of(item_id) != part or not item.comment or name in seen:
                continue
            seen.add(name)
            result.comments += 1
            wanted = _sentences(item.comment, marked.get((report.organisation_id, item_id, item.year), []))
            found = {c.text for c in commitments.find(item.comment, item.year)}
            result.right += len(found & wanted)
            where = (report.organisation_id, item_id, item.year)
            result.false += [(*where, text) for text in sorted(found - wanted)]
            result.missed += [(*where, text) for text in sorted(wanted - found)]
    return result


def _table() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((files("eval") / "data" / "commitments.toml").read_text(encoding="utf-8"))


def _sentences(comment: str, fragments: object) -> set[str]:
    assert isinstance(fragments, list)
    wanted = set()
    for fragment in fragments:
        fits = [s.text for s in split(comment) if fragment in s.text]
        if len(fits) != 1:
            raise ValueError(f"the mark {fragment!r} fits {len(fits)} sentences")
        wanted.add(fits[0])
    return wanted
