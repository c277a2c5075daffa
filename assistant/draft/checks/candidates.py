"""The notes and earlier sentences that one sentence of a draft may rest on: the few that together hold most of what it says.

Only words and facts are compared here; whether the sentence says the same as its sources is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft.checks.sources import Source
from assistant.draft.evidence import Past
from assistant.draft.language.earlier import is_earlier
from assistant.draft.language.facts import facts, same_date
from assistant.draft.language.meaning import telling_stems
from assistant.draft.language.wording import content_stems, related
from corpus.model import SourceRef

SUPPORTED = 0.5
"""The least share of a sentence's telling words that must stand in its sources; below it the sentence is unsupported."""

_MOST_SOURCES = 4
_NEAR_NOTE = 0.4
_NEAR_ENOUGH = 0.25  # of the sentence's words, for a note that bears out one of its figures
_MOST_OF = 0.6
_FRAME = 0.8


@dataclass(frozen=True, eq=False)
class Candidate:
    """A note or an earlier sentence that may be a source."""

    source: Source
    ref: SourceRef
    past: Past | None = None

    @property
    def fresh(self) -> frozenset[tuple[str, str]]:
        """The facts that may be stated as this year's."""
        return self.source.keys - self.source.stale


class Candidates:
    """All candidates of one item, in order of preference, with the relations of words kept from one sentence to the next."""

    def __init__(self, rows: Sequence[Candidate], names: frozenset[str], year: int) -> None:
        self.rows = tuple(rows)
        self._names = names
        self._year = year
        self._stems = frozenset(one for row in rows for one in row.source.stems)
        self._relatives: dict[str, frozenset[str]] = {}

    def of(self, sentence: str) -> tuple[list[Candidate], float]:
        """The candidates that together hold most of what ``sentence`` says, best first, and the share of its words they hold (0..1)."""
        stems = list(dict.fromkeys(content_stems(sentence)))
        keys = [fact.key for fact in facts(sentence, known_names=self._names) if fact.kind != "negation"]
        left, wanted = list(stems), list(keys)
        chosen: list[Candidate] = []
        while len(chosen) < _MOST_SOURCES and (left or wanted):
            best, gain = None, 0.0
            for candidate in self.rows:
                if candidate in chosen:
                    continue
                words = len(self._shared(left, candidate))
                told = sum(key in candidate.source.keys for key in wanted)
                value = (
                    words
                    + (1.5 * told if words or not stems or self._shared(stems, candidate) else 0.0)
                    + (0.75 if candidate.source.is_note and words else 0.0)
                )
                if value > gain + 1e-9:
                    best, gain = candidate, value
            if best is None or (chosen and gain < (1.0 if best.source.is_note or self._is_frame(best, stems) else 2.0)):
                break
            chosen.append(best)
            done = set(self._shared(left, best))
            left = [one for one in left if one not in done]
            wanted = [key for key in wanted if key not in best.source.keys]
        share = 1.0 - len(left) / len(stems) if stems else (1.0 if chosen else 0.0)
        if self.anchored(sentence, chosen):
            told_stems = telling_stems(sentence)
            missing = [one for one in told_stems if one in left]
            share = max(share, 1.0 - len(missing) / len(told_stems)) if told_stems else share
        return self._with_witnesses(sentence, stems, chosen), share

    def anchored(self, sentence: str, chosen: Sequence[Candidate]) -> bool:
        """Whether a note holds a figure of the sentence together with one of its words: then more of it may be said in other words."""
        stems = content_stems(sentence)
        keys = {fact.key for fact in facts(sentence) if fact.kind not in ("name", "abbreviation", "negation")}
        return any(c.source.is_note and keys & c.source.keys and self._shared(stems, c) for c in chosen)

    def firm(self, sentence: str, chosen: Sequence[Candidate]) -> bool:
        """Whether a note holds two figures of the sentence: then all of it may be said in other words."""
        keys = {fact.key for fact in facts(sentence) if fact.kind not in ("name", "abbreviation", "negation", "year", "code")}
        return any(c.source.is_note and len(keys & c.source.keys) > 1 for c in chosen)

    def best_share(self, sentence: str, chosen: Sequence[Candidate]) -> float:
        """The greatest share of the sentence's words that one source holds: words picked up here and there make no support."""
        stems = list(dict.fromkeys(content_stems(sentence)))
        return max(len(self._shared(stems, c)) for c in chosen) / len(stems) if stems and chosen else 1.0

    def about(self, sentence: str, chosen: Sequence[Candidate]) -> list[Source]:
        """``chosen`` and every other source that says most of the sentence in its own words."""
        stems = content_stems(sentence)
        return [
            c.source
            for c in self.rows
            if c in chosen or len(self._shared(stems, c)) >= _MOST_OF * len(stems) or (c.past and c.source.about)
        ]

    def holding(self, stems: Sequence[str]) -> Candidate | None:
        """The first candidate that has every one of ``stems``; None where none has, and for no stems."""
        return next((c for c in self.rows if stems and len(self._shared(stems, c)) == len(stems)), None)

    def _is_frame(self, candidate: Candidate, stems: Sequence[str]) -> bool:
        """Whether nearly every word of the sentence stands in an earlier one: then that is the sentence that a note brought up to date."""
        return len(self._shared(stems, candidate)) >= _FRAME * len(stems)

    def _with_witnesses(self, sentence: str, stems: Sequence[str], chosen: list[Candidate]) -> list[Candidate]:
        """``chosen`` and, for each figure that none of its notes bears out, a note or a standing sentence on the same thing that does."""
        near_notes = [c for c in self.rows if c.source.is_note and stems and len(self._shared(stems, c)) >= _NEAR_NOTE * len(stems)]
        found = [*chosen, *(c for c in near_notes if c not in chosen)]
        told = [fact for fact in facts(sentence, known_names=self._names) if fact.kind not in ("negation", "code", "name", "year")]
        for fact in facts(sentence, known_names=self._names):
            if fact.kind in ("negation", "code") or any(fact.key in c.fresh for c in found):
                continue
            earlier = is_earlier(sentence, fact, self._year)
            for candidate in self.rows:
                known = candidate.source.keys if earlier else candidate.fresh
                dated = fact.kind in ("date", "month") and any(same_date(fact, other) for other in candidate.source.facts)
                if candidate in found or not (fact.key in known or dated):
                    continue
                both = sum(other.key in candidate.source.keys for other in told)
                shared = len(self._shared(stems, candidate)) or (1 if both > 1 else 0)
                if candidate.source.is_note and both > 1:
                    found.append(candidate)  # two of its figures: the same thing, in other words
                    break
                enough = _NEAR_ENOUGH if candidate.source.is_note else SUPPORTED
                if shared and (shared >= enough * len(stems) or (candidate.source.is_note and shared >= 2)):
                    found.append(candidate)
                    break
        return found

    def with_the_rest(self, sentence: str, chosen: Sequence[Candidate]) -> list[Candidate]:
        """``chosen`` and, for each word of the sentence that none of them has, the first other that has it and one more of its words."""
        stems = list(dict.fromkeys(content_stems(sentence)))
        found = list(chosen)
        left = [one for one in stems if not any(self._shared([one], c) for c in found)]
        for candidate in self.rows:
            if candidate not in found and self._shared(left, candidate) and len(self._shared(stems, candidate)) > 1:
                found.append(candidate)
                left = [one for one in left if not self._shared([one], candidate)]
        return found

    def _shared(self, stems: Sequence[str], candidate: Candidate) -> list[str]:
        """Those of ``stems`` that have a relative among the candidate's, in order: what ``matched`` gives, from relations worked out once."""
        theirs = candidate.source.stem_set
        return [one for one in stems if not theirs.isdisjoint(self._relatives_of(one))]

    def _relatives_of(self, one: str) -> frozenset[str]:
        found = self._relatives.get(one)
        if found is None:
            found = frozenset(other for other in self._stems if related(one, other))
            self._relatives[one] = found
        return found
