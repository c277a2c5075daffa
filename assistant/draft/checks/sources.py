"""A text that a sentence may rest on, a note or an earlier sentence, with its facts and words worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from assistant.draft.language.facts import Fact, facts, figure_value, figures, is_label, name_value
from assistant.draft.language.personal import Sifted
from assistant.draft.language.synonyms import with_synonyms
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.language.wording import content_stems, tokens
from assistant.draft.notes.shorthand import expand


@dataclass(frozen=True)
class Source:
    """A text that a sentence may rest on. ``stale`` are the facts in it that must not be stated as this year's; ``year`` is its report's.

    ``is_note`` marks this year's notes; ``text`` is written out. ``raw`` is how it was written where that differs. ``about`` are the
    stems of what a pronoun at its start stands for.
    """

    text: str
    is_note: bool
    year: int | None = None
    stale: frozenset[tuple[str, str]] = frozenset()
    raw: str = ""
    names: frozenset[str] = field(default=frozenset())
    about: tuple[str, ...] = ()

    def spelled(self, longs: Mapping[str, str]) -> Source:
        """The same with each shortened word of ``longs`` read as its long one."""
        text = self.text
        for short, long in longs.items():
            text = re.sub(rf"(?<!\w){re.escape(short.rstrip('.'))}(?!\w)\.?", long, text)
        return replace(self, text=text)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of the text as written and as written out."""
        extra = facts(self.raw, known_names=self.names) if self.raw and self.raw != self.text else []
        own = facts(self.text, known_names=self.names)
        keys = {fact.key for fact in own}
        return (*own, *(fact for fact in extra if fact.key not in keys), *_with_units(self.text))

    @cached_property
    def keys(self) -> frozenset[tuple[str, str]]:
        """The kinds and values of its facts."""
        return frozenset(fact.key for fact in self.facts)

    @cached_property
    def own_stems(self) -> tuple[str, ...]:
        """The stems of its telling words as they are written."""
        return tuple(content_stems(self.text))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its telling words, and of what those may also be called."""
        text = f"{self.text} {self.raw}" if self.raw != self.text else self.text
        return with_synonyms(content_stems(text), text)

    @cached_property
    def stem_set(self) -> frozenset[str]:
        """``stems`` without their order."""
        return frozenset(self.stems)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in small letters, as it stands and without a genitive -s ("PFAS" ends as one)."""
        words = [token.low for token in tokens(f"{self.text} {self.raw}") if token.is_word]
        return frozenset([*words, *map(name_value, words)])


def source_of(sifted: Sifted, vocabulary: Vocabulary, year: int) -> Source | None:
    """A note written out as a source of the report of ``year``; None where nothing of it may be used."""
    text = vocabulary.spelled_out(expand(sifted.usable, vocabulary).text) if sifted.usable else ""
    names = frozenset(name_value(name) for name in vocabulary.names)
    return Source(text, True, year, raw=sifted.usable, names=names) if text else None


_HOURS = re.compile(r"(?<![\d–.:-])([01]?\d|2[0-4])[–-]([01]?\d|2[0-4])(?![\d–-]|\.\d)")


def _with_units(text: str) -> list[Fact]:
    """A bare number beside shares or amounts may be one of them: "82 % (mål 90)", "11,4 mnkr mot budget 10,9"."""
    found = figures(text)
    bare = [
        fact
        for fact in found
        if fact.kind == "number"
        and not is_label(text, fact)
        and (re.match(r"[ ]?(?:[,.;:)]|$|(?:-+>|→) ?\d|förra året\)|i fjol\))", text[fact.end :]) or "," in fact.text)
    ]
    more = [Fact("time", f"{int(m[1])}–{int(m[2])}", m.group(), m.start(), m.end()) for m in _HOURS.finditer(text)]
    for fact in bare:
        for other in found:
            if other.kind == "percent" and " " not in other.value:
                more.append(replace(fact, kind="percent"))
            elif other.kind == "amount":
                shown = re.match(r"[\d ,\u00a0]+", other.text)
                number = figure_value(shown.group()) if shown and re.search(r"\d", shown.group()) else Decimal(0)
                if number:
                    value = Decimal(fact.value) * (Decimal(other.value) / number)
                    more.append(replace(fact, kind="amount", value=f"{value.normalize():f}"))
    return more
