"""How many characters one text must change to become another (Levenshtein), in time that long comments allow.

Bit-parallel over whole Python integers: Myers 1999, in the form of Hyyrö 2003. Knows nothing of drafts.
"""

from __future__ import annotations

from collections import defaultdict


def distance(a: str, b: str) -> int:
    """Insertions, deletions and replacements of single characters from ``a`` to ``b``; the length of the other where one is empty."""
    if not a:
        return len(b)
    masks: dict[str, int] = defaultdict(int)
    for at, character in enumerate(a):
        masks[character] |= 1 << at
    full, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    up, down, score = full, 0, len(a)
    for character in b:
        equal = masks.get(character, 0)
        diagonal = (((equal & up) + up) ^ up) | equal | down
        right, left = down | ~(diagonal | up), up & diagonal
        if right & last:
            score += 1
        if left & last:
            score -= 1
        right, left = ((right << 1) | 1) & full, (left << 1) & full
        up, down = (left | ~(diagonal | right)) & full, right & diagonal
    return score
