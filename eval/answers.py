"""The whole assistant put to the written questions: is the answer right, does it rest on the right items, does it refuse in time.

Looks at the answer as a script sees it (status, sources, text), not at how it came about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer
from assistant.catalogue import Catalogue
from assistant.dialogue import converse
from corpus import samples
from eval.results import Answers, Refusals
from eval.written import Written
from index.library import Library

ALL = "alla"


@dataclass(slots=True)
class _Tally:
    """Verdicts as they come in: name -> [right, asked]."""

    n: int = 0
    counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, verdicts: dict[str, bool]) -> None:
        self.n += 1
        for name, right in verdicts.items():
            count = self.counts.setdefault(name, [0, 0])
            count[0] += right
            count[1] += 1

    def result(self, kind: str) -> Answers:
        def of(name: str) -> tuple[int, int]:
            right, asked = self.counts.get(name, [0, 0])
            return right, asked

        return Answers(kind, self.n, of("status"), of("first"), of("sources"), of("said"), of("offered"))


def ask_all(questions: Sequence[Written], library: Library, step: Callable[[], None]) -> tuple[tuple[Answers, ...], Refusals]:
    """Every question asked as in the sample library; by kind in the order in which kinds come, "alla" last. ``step`` after each."""
    catalogue = Catalogue.of(library.reports(), own=samples.ORGANISATION, current_year=samples.CURRENT_YEAR)
    tallies: dict[str, _Tally] = {}
    together = _Tally()
    expected = refused = right = 0
    for question in questions:
        answer = converse(list(question.turns), library, catalogue)
        verdicts = judge(question, answer)
        for tally in (tallies.setdefault(question.shown, _Tally()), together):
            tally.add(verdicts)
        wanted = question.expected.status == "not_found"
        expected += wanted
        refused += answer.status == "not_found"
        right += wanted and answer.status == "not_found"
        step()
    rows = [tally.result(kind) for kind, tally in tallies.items()]
    return (*rows, *([together.result(ALL)] if rows else [])), Refusals(expected, refused, right)


def judge(question: Written, answer: Answer) -> dict[str, bool]:
    """What is right about ``answer``: a verdict for each thing that the question expects something of."""
    expected = question.expected
    sources = [source.item.id for source in answer.sources]
    verdicts = {"status": answer.status == expected.status}
    fitting = expected.first or expected.sources
    if fitting:
        verdicts["first"] = sources[:1] != [] and sources[0] in fitting
    if expected.sources is not None:
        verdicts["sources"] = set(sources) == expected.sources
    if expected.fact is not None:
        verdicts["said"] = bool(answer.blocks) and expected.fact in answer.blocks[0].text
    elif expected.contains:
        verdicts["said"] = all(words in answer.text for words in expected.contains)
    if expected.candidates is not None:
        verdicts["offered"] = expected.candidates <= {item.id for item in answer.candidates}
    return verdicts
