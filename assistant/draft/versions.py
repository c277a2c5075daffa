"""Two versions of one draft side by side: which sentences stayed, changed, came and went, and word by word what changed in them.

Each sentence keeps its status, sources and flags. Knows nothing of who wrote a version or where it is stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from corpus.model import AnswerValue, Draft, DraftSentence, DraftState

_ALIKE = 0.5
"""The least share of words that two sentences have in common where one is the other changed."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand in both versions ("same") or in one: the "same" and "removed" runs of a sentence join to how it was written
    before, "same" and "added" to how it is now."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence in both versions or in one. ``before`` is None where it was added, ``after`` where it was removed."""

    kind: Literal["same", "changed", "added", "removed"]
    before: DraftSentence | None
    after: DraftSentence | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What differs between two versions. ``sentences`` go in the newer text's order, a removed one where it stood.

    ``kept`` is the share of the newer text's words that stood in the older one, 1 where both are empty.
    """

    sentences: tuple[SentenceChange, ...]
    kept: float
    answer: tuple[AnswerValue | None, AnswerValue | None]
    state: tuple[DraftState, DraftState]

    @property
    def same(self) -> bool:
        """Whether text, answer and state are the same."""
        return all(one.kind == "same" for one in self.sentences) and len(set(self.answer)) == len(set(self.state)) == 1


def compare_versions(a: Draft, b: Draft) -> VersionChanges:
    """What was changed from version ``a`` to version ``b`` of a draft; any two may be compared, in either order."""
    old, new = _in_text(a), _in_text(b)
    changes: list[SentenceChange] = []
    matcher = SequenceMatcher(None, [s.text for s in old], [s.text for s in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            changes += [_change(before, after) for before, after in zip(old[i1:i2], new[j1:j2], strict=True)]
        else:
            changes += _replaced(old[i1:i2], new[j1:j2])
    return VersionChanges(tuple(changes), _kept(changes), (a.answer, b.answer), (a.state, b.state))


def _in_text(draft: Draft) -> list[DraftSentence]:
    """The sentences that stand in the text, in order: what was set aside is no part of a version's text."""
    found, at = [], 0
    for sentence in draft.sentences:
        where = draft.text.find(sentence.text, at)
        if where >= 0:
            found.append(sentence)
            at = where + len(sentence.text)
    return found


def _replaced(old: list[DraftSentence], new: list[DraftSentence]) -> list[SentenceChange]:
    """Sentences of a stretch that differs, paired in order where they are alike."""
    changes: list[SentenceChange] = []
    start = 0
    for sentence in new:
        scored = [(_alike(other.text, sentence.text), -at) for at, other in enumerate(old[start:], start)]
        best, place = max(scored, default=(0.0, 0))
        if best < _ALIKE:
            changes.append(_change(None, sentence))
            continue
        changes += [_change(other, None) for other in old[start:-place]]
        changes.append(_change(old[-place], sentence))
        start = -place + 1
    return changes + [_change(other, None) for other in old[start:]]


def _alike(one: str, two: str) -> float:
    return SequenceMatcher(None, one.lower().split(), two.lower().split(), autojunk=False).ratio()


def _change(before: DraftSentence | None, after: DraftSentence | None) -> SentenceChange:
    if before is None or after is None:
        here = before or after
        assert here is not None
        kind: Literal["added", "removed"] = "removed" if after is None else "added"
        return SentenceChange(kind, before, after, (Run(kind, here.text),))
    if before.text == after.text:
        return SentenceChange("same", before, after, (Run("same", after.text),))
    return SentenceChange("changed", before, after, tuple(_runs(before.text, after.text)))


def _runs(before: str, after: str) -> list[Run]:
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    runs = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            runs.append(Run("removed", "".join(old[i1:i2])))
        if j2 > j1:
            runs.append(Run("added", "".join(new[j1:j2])))
    return runs


def _kept(changes: list[SentenceChange]) -> float:
    """Counted in words: a sentence that was moved counts as new, as a reader of the two texts would see it."""
    words = sum(len(change.after.text.split()) for change in changes if change.after is not None)
    same = sum(len(run.text.split()) for change in changes for run in change.runs if run.kind == "same")
    return same / words if words else float(not any(change.before for change in changes))
