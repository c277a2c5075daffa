"""Citation recall and precision of drafts, as ALCE has them (Gao et al. 2023), and how far its test of support agrees with a reader.

Recall: the share of sentences that all their sources together support. Precision: the share of citations that are needed: one is not
where the sentence is unsupported, or where it alone supports nothing and the rest support the sentence without it. ALCE asks a language
model whether a text supports a sentence; here it is ``eval.support``, checked against the hundred sentences of ``data/citations.toml``.
``python -m eval.citations [dev|test|all]`` prints both.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from corpus.model import Draft
from eval import looks
from eval.archive import digest
from eval.command import part_of
from eval.queries import Split, split_of
from eval.support import VERDICTS, Verdict, support


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its sources and what a reader said of it. ``planted`` names how it was spoilt, "" where it is as it was drafted.

    ``needless`` are the places, from 0, of sources that it would stand just as well without.
    """

    text: str
    sources: tuple[str, ...]
    verdict: Verdict
    needless: frozenset[int]
    planted: str

    @property
    def split(self) -> Split:
        """Which half it belongs to, by a hash of its text and sources."""
        return split_of("\n".join((self.text, *self.sources)))


@dataclass(frozen=True, slots=True)
class Cited:
    """Citation counts: sentences, those supported, citations, those needed."""

    sentences: int = 0
    supported: int = 0
    citations: int = 0
    needed: int = 0

    @property
    def recall(self) -> float:
        """The share of sentences supported; 1 where there are none."""
        return self.supported / self.sentences if self.sentences else 1.0

    @property
    def precision(self) -> float:
        """The share of citations needed; 1 where there are none."""
        return self.needed / self.citations if self.citations else 1.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Reader and test on ``n`` sentences: ``table`` counts (reader, test) pairs."""

    n: int
    table: dict[tuple[Verdict, Verdict], int]

    @property
    def accuracy(self) -> float:
        """The share on which they say the same of whether the sentence is supported ("partly" is not); 1 where there are none."""
        return self._same(lambda verdict: verdict == "supported")

    @property
    def kappa(self) -> float:
        """Cohen's kappa (1960) of the same yes and no: agreement beyond chance; 1 where chance alone agrees on all."""
        if not self.n:
            return 1.0
        reader = sum(count for (one, _), count in self.table.items() if one == "supported") / self.n
        test = sum(count for (_, two), count in self.table.items() if two == "supported") / self.n
        chance = reader * test + (1 - reader) * (1 - test)
        return (self.accuracy - chance) / (1 - chance) if chance < 1 else 1.0

    @property
    def exact(self) -> float:
        """The share on which they say the same of the three; 1 where there are none."""
        return self._same(lambda verdict: verdict)

    def _same(self, seen_as: Callable[[Verdict], object]) -> float:
        if not self.n:
            return 1.0
        return sum(count for (one, two), count in self.table.items() if seen_as(one) == seen_as(two)) / self.n


def load(part: str = "all") -> list[Judged]:
    """The judged sentences of "dev", "test" or "all", in file order."""
    table = tomllib.loads((files("eval") / "data" / "citations.toml").read_text(encoding="utf-8"))
    rows = [
        Judged(
            row["text"],
            tuple(row["sources"]),
            row["judged"],
            frozenset(place - 1 for place in row.get("needless", ())),
            row.get("planted", ""),
        )
        for row in table["sentence"]
    ]
    return [row for row in rows if part in ("all", row.split)]


def agreement(rows: Iterable[Judged]) -> Agreement:
    """How the test of support stands to the reader on ``rows``."""
    table = {(one, two): 0 for one in VERDICTS for two in VERDICTS}
    for row in rows:
        table[row.verdict, support(row.text, row.sources)] += 1
    return Agreement(sum(table.values()), table)


def citations_agree(rows: Iterable[Judged]) -> tuple[int, int]:
    """(same, of all): citations of supported sentences with several on which reader and test agree whether they are needed."""
    verdicts = [
        (place in row.needless) != needed
        for row in rows
        if row.verdict == "supported" and len(row.sources) > 1
        for place, needed in enumerate(needed_citations(row.text, row.sources))
    ]
    return sum(verdicts), len(verdicts)


def needed_citations(text: str, sources: Sequence[str]) -> list[bool]:
    """For each source whether it is needed, by ALCE's rule; none is where the sentence is not supported by them all."""
    if support(text, sources) != "supported":
        return [False] * len(sources)
    found = []
    for place, source in enumerate(sources):
        rest = [*sources[:place], *sources[place + 1 :]]
        found.append(support(text, [source]) == "supported" or support(text, rest) != "supported")
    return found


def score(sentences: Iterable[tuple[str, Sequence[str]]]) -> Cited:
    """The counts over sentences with their sources."""
    total = supported = citations = needed = 0
    for text, sources in sentences:
        wanted = needed_citations(text, sources)
        total += 1
        supported += support(text, sources) == "supported"
        citations += len(wanted)
        needed += sum(wanted)
    return Cited(total, supported, citations, needed)


def of_drafts(drafts: Iterable[Draft]) -> list[tuple[str, list[str]]]:
    """The sentences of ``drafts`` with the texts they cite."""
    return [(sentence.text, [source.quote for source in sentence.sources]) for draft in drafts for sentence in draft.sentences]


def main(arguments: Sequence[str]) -> int:
    """The command."""
    from eval.draft import cases

    part = part_of(arguments)
    if part is None:
        return 2
    rows = load(part)
    table = lines(part, rows, score(of_drafts(case.draft for case in cases(part))))
    print("\n".join(table))
    if part != "dev":
        looks.note(looks.OURS, "eval.citations", part, {"data_hash": digest(sorted(row.text for row in rows))}, table[1:])
    if "--details" in arguments:
        for row in rows:
            seen = support(row.text, row.sources)
            if (seen == "supported") != (row.verdict == "supported"):
                print(f"läsaren {row.verdict}, prövningen {seen}: {row.text}\n    {' | '.join(row.sources)}")
    return 0


def lines(part: str, rows: Sequence[Judged], drafts: Cited) -> list[str]:
    """What the command prints, in Swedish."""
    found = agreement(rows)
    same, citations = citations_agree(rows)
    return [
        f"Källornas täckning, {part}",
        f"  utkasten: {drafts.supported} av {drafts.sentences} meningar får stöd av sina källor (täckning {drafts.recall:.3f}),"
        f" {drafts.needed} av {drafts.citations} källor behövs (precision {drafts.precision:.3f})",
        f"  prövningen mot en läsares bedömning av {found.n} meningar, {sum(bool(row.planted) for row in rows)} av dem förvanskade:"
        f" lika i {100 * found.accuracy:.0f} %, Cohens kappa {found.kappa:.2f} (stöds eller ej); {100 * found.exact:.0f} % i tre steg",
        f"  behövs källan, där en mening har flera: lika för {same} av {citations}",
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
