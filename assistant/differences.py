"""What was added and taken away between two versions of a comment, phrase by phrase.

Compared word by word; a change of a word or two inside a sentence shows as those words. Knows nothing of items or years.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

_BRIDGE = 2
"""Equal words between two changes up to which they are shown as one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``added`` and ``removed`` are phrases as written, in order; ``kept`` is the share of the newer text's words that were there before."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept: float

    @property
    def same(self) -> bool:
        """Whether nothing but white space differs."""
        return not self.added and not self.removed


def differences(before: str, after: str) -> Difference:
    """The difference between two texts. Two empty texts are the same, with ``kept`` 1."""
    old, new = re.findall(r"\S+", before), re.findall(r"\S+", after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changes = [list(code[1:]) for code in matcher.get_opcodes() if code[0] != "equal"]
    joined: list[list[int]] = []
    for change in changes:
        if joined and change[2] - joined[-1][3] <= _BRIDGE:
            joined[-1][1], joined[-1][3] = change[1], change[3]
        else:
            joined.append(change)
    added = tuple(" ".join(new[j1:j2]) for _, _, j1, j2 in joined if j2 > j1)
    removed = tuple(" ".join(old[i1:i2]) for i1, i2, _, _ in joined if i2 > i1)
    equal = sum(block.size for block in matcher.get_matching_blocks())
    return Difference(added, removed, equal / len(new) if new else float(not old))
