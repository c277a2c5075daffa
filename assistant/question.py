"""A question as a value: what was understood of it, and the same as chips, each of which can be taken away.

Knows nothing of text (``assistant.understanding`` makes questions from it), of storage, search or answers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from assistant.question_codes import CodeRef
from assistant.question_intent import Intent
from assistant.question_names import AreaRef, OrganisationRef, PlanRef
from assistant.question_wanted import Change, Part, Subject, Wanted
from assistant.question_years import Years
from assistant.words import Word, in_capitals, is_function, words
from corpus.model import AnswerValue, Item, Kind


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood, for the screen: ``key`` takes it away again, ``carried`` where it comes from an earlier turn."""

    key: str
    label: str
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks. Empty fields were not said. ``topic`` is the subject in the question's own words, "" where there is none."""

    text: str
    intent: Intent | None = None
    codes: tuple[CodeRef, ...] = ()
    kind: Kind | None = None
    plan: PlanRef | None = None
    area: AreaRef | None = None
    years: Years = field(default_factory=Years)
    organisation: OrganisationRef = field(default_factory=OrganisationRef)
    answer: AnswerValue | str | None = None
    wanted: Wanted | None = None
    part: Part | None = None
    change: Change | None = None
    flip: tuple[str | None, str | None] = (None, None)
    subject: Subject | None = None
    mentions: tuple[str, ...] = ()
    every_mention: bool = True
    topic: str = ""
    whole: bool = False
    title: bool = False
    connects: bool = False
    points_back: bool = False
    focus: tuple[Item, ...] = ()
    dropped: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()

    @property
    def topic_words(self) -> list[Word]:
        """The words of the topic that carry meaning."""
        return [word for word in words(self.topic) if not is_function(word) or in_capitals(word.text)]

    @property
    def empty(self) -> bool:
        """Whether nothing of it says what it is about."""
        said = (
            self.codes,
            self.plan,
            self.area,
            self.answer is not None,
            self.mentions,
            self.topic_words,
            self.subject,
            self.change,
        )
        return not any(said)

    def chips(self) -> tuple[Chip, ...]:
        """What was understood, in the order of the screen: "Strategi 5:2 · 2024 · Socialförvaltningen"."""
        made: list[tuple[str, str]] = [(f"code:{ref.code}", ref.label) for ref in self.codes]
        made += [(f"focus:{item.id}", f"{item.kind.capitalize()} {item.code}, {item.year}") for item in self.focus[:3]]
        if self.kind and not self.codes:
            made.append((f"kind:{self.kind}", {"strategi": "Strategier", "insats": "Insatser", "åtgärd": "Åtgärder"}[self.kind]))
        if self.plan:
            made.append(
                ("plan", f"Plan {self.plan.number}" if self.plan.number else " / ".join(_short(n) for n in self.plan.names))
            )
        if self.area:
            made.append(("area", self.area.label))
        if self.answer is not None:
            made.append(("answer", f"Svar: {self.answer}" if self.answer else "Utan svar"))
        if label := years_label(self.years):
            made.append(("years", label))
        named = [*self.organisation.names, *([self.organisation.unknown] if self.organisation.unknown else [])]
        made += [(f"organisation:{name}", name) for name in named]
        if self.organisation.others or self.organisation.everyone:
            made.append(("organisation:*", "Andra förvaltningar" if self.organisation.others else "Alla förvaltningar"))
        if self.mentions:
            made.append(
                ("mention", "Nämner " + (" och " if self.every_mention else " eller ").join(f"”{m}”" for m in self.mentions))
            )
        elif self.topic_words and not self.codes:
            made.append(("topic", f"Ämne: {self.topic}"))
        return tuple(Chip(key, label, key.split(":")[0] in self.carried) for key, label in made)

    def without(self, keys: Collection[str]) -> Question:
        """The question with these chips taken away."""
        left = replace(
            self, codes=tuple(ref for ref in self.codes if f"code:{ref.code}" not in keys), dropped=self.dropped | frozenset(keys)
        )
        if any(key.startswith("focus:") for key in keys):
            left = replace(left, focus=tuple(item for item in left.focus if f"focus:{item.id}" not in keys))
        if any(key.startswith("kind:") for key in keys):
            left = replace(left, kind=None, codes=tuple(replace(ref, kind=None) for ref in left.codes))
        if any(key.startswith("organisation:") for key in keys):
            left = replace(left, organisation=OrganisationRef())
        blank: dict[str, Question] = {
            "plan": replace(left, plan=None),
            "area": replace(left, area=None),
            "answer": replace(left, answer=None),
            "years": replace(left, years=Years()),
            "mention": replace(left, mentions=()),
            "topic": replace(left, topic=""),
        }
        for key in keys:
            if key in blank:
                name = {"mention": "mentions"}.get(key, key)
                left = replace(left, **{name: getattr(blank[key], name)})
        return left


def years_label(years: Years) -> str:
    """The years as a chip says them: "2024", "sedan 2022", "alla år", "året innan"; "" where none were said."""
    if years.exact:
        return " och ".join(str(year) for year in years.exact)
    if years.since is not None and years.until is not None:
        return f"{years.since}–{years.until}"
    if years.since is not None:
        return f"sedan {years.since}"
    if years.until is not None:
        return f"till och med {years.until}"
    if years.last is not None:
        return f"de senaste {years.last} rapporterna"
    if years.every:
        return "alla år"
    if years.step:
        return "året innan" if years.step < 0 else "året efter"
    if years.newest or years.oldest:
        return "senaste rapporten" if years.newest else "första rapporten"
    return "det som hände " + " och ".join(years.phrases) if years.phrases else ""


def _short(name: str) -> str:
    return name if len(name) <= 60 else name[:57].rsplit(" ", 1)[0] + " …"
