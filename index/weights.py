"""The named weights of search, and how the share of meaning against words follows the question.

Each is a setting that a search can override by name; the defaults were chosen on development questions (see the evaluation's
ablation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from index.errors import BadQuestion


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts for how much.

    ``comment`` … ``section`` weigh the BM25 of a field; ``chars`` that of character n-grams beside that of words. ``misspelt`` is how
    much a misspelt word that an item has by its n-grams counts as one that it has, 0 to 1.

    An item is near in meaning by the passage that is nearest and by all of its own fields together: ``dense_other`` weighs the cosine
    of a passage of another field than comment and section (a heading shared by hundreds of items would else crowd comments out),
    ``dense_whole`` is the share of the whole, 0 to 1. A comment of many matters answers with one sentence, but to a question in other
    words the item is known by all it says.

    ``dense`` is the share of meaning in the score, 0 to 1, where no item has a word of the question; ``dense_literal`` where one has
    all its informative words (0: then words decide alone).
    """

    comment: float = 1.0
    question: float = 0.7
    statement: float = 0.6
    expected_result: float = 0.3
    heading: float = 0.3
    section: float = 1.0
    chars: float = 0.3
    dense_other: float = 0.9
    dense_whole: float = 0.4
    dense: float = 0.8
    dense_literal: float = 0.0
    misspelt: float = 1.0

    @classmethod
    def of(cls, given: Mapping[str, float] | None) -> Weights:
        """The defaults with ``given`` in place of those it names.

        Raises:
            BadQuestion: an unknown name, or a weight that is no number from 0 upwards.
        """
        names = {field.name for field in fields(cls)}
        for name, value in (given or {}).items():
            if name not in names:
                raise BadQuestion(f"Okänd vikt {name!r}. Välj bland: {', '.join(sorted(names))}.")
            if not 0 <= value < 1000:
                raise BadQuestion(f"Vikten {name} är {value}, men ska vara ett tal från 0 och uppåt.")
        return replace(cls(), **dict(given or {}))

    def dense_share(self, literalness: float) -> float:
        """How much of the score is meaning, for a question of whose informative words some item holds ``literalness``, 0 to 1."""
        return self.dense + (self.dense_literal - self.dense) * literalness
