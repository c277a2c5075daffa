"""Short closed lists of words, written as running text in the modules that use them."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, which stand with white space between them."""
    return frozenset(text.split())


def word_list(text: str) -> list[str]:
    """The words of ``text`` in their order."""
    return text.split()
