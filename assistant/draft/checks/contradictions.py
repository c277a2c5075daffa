"""Contradictions between the items of one report: one thing under two names, two figures or two dates for it, done here and not there.

Works over the texts of a whole report, whoever wrote them; every finding has both places, and the officer judges. Knows nothing of notes,
of earlier years or of what is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from assistant.draft.checks.directions import opposed
from assistant.draft.checks.sources import Source
from assistant.draft.checks.subjects import GENERIC
from assistant.draft.language.facts import NEGATIONS, NUMBER_WORDS, Fact, facts, name_value, same_date, unit_stem
from assistant.draft.language.meaning import says_nothing_new
from assistant.draft.language.wording import content_stems, is_content, plain, stem, tokens
from corpus.model import Draft, Item
from corpus.sentences import split
from corpus.verbs import readings
from corpus.word_lists import word_list, word_set

ContradictionKind = Literal["name", "figure", "date", "opposite", "answer"]

_HEADS = word_list(
    "team teamet grupp gruppen gruppens enhet enheten centrum mottagning mottagningen jour jouren projekt projektet råd rådet "
    "forum nätverk nätverket program programmet samordnare samordnaren verksamhet verksamheten"
)
"""What an organisation calls its parts: "Relationsfridsteam" and "familjefridsteam" end alike, in more than the last of these words."""
_SHARED_ELEMENT = 4  # letters before the last word, that two names have in common where they may mean one thing
_MOST_ITEMS = 4  # a word in more items than this is no one item's subject
_NEAR = 0.6
"""Share of the shorter sentence's telling words that the other must have where the two are about one thing."""
_OF_BOTH = 0.45
"""The same of the longer sentence's words."""
_IS = r"\b(?:är|var|blev|blir|hålls|hölls|håller|står|stod|förblir)(?: \w+){0,2}? "
_STATES = tuple(
    (re.compile(_IS + f"({one})\\b", re.IGNORECASE), re.compile(_IS + f"({two})\\b", re.IGNORECASE))
    for one, two in (
        (r"frivillig\w*", r"obligatorisk\w*"),
        (r"tillfällig\w*", r"permanent\w*"),
        (r"kostnadsfri\w*|avgiftsfri\w*|gratis", r"avgiftsbelag\w*"),
        (r"bemanna\w+", r"obemanna\w+"),
    )
)
"""What a thing is said to be that it cannot be at once; as something that happens ("stängdes") it is told of elsewhere."""
_WHICH = word_set("hos på i vid inom för från till")
"""What ties a word to that which narrows it: "väntetiden hos BUP" is not all of "väntetiden"."""
_PLAIN_SUBJECTS = frozenset(stem(word) for word in GENERIC)
_DENIALS = frozenset(stem(word) for word in NEGATIONS)
_TIMES = ("date", "month")
_PARTIAL = re.compile(r"\b(?:varav|av dem|av dessa|ytterligare|resterande|övriga|under (?:våren|hösten|sommaren|vintern)|per)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a contradiction: the item, its sentence, and the words in it that the other side contradicts."""

    item: Item
    sentence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places of one report that do not agree. ``message`` is one Swedish sentence with both items and both readings."""

    kind: ContradictionKind
    message: str
    places: tuple[Place, Place]


@dataclass(frozen=True)
class _Sentence:
    item: Item
    number: int
    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(content_stems(self.text)) - _DENIALS

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(facts(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(fact.value for fact in self.facts if fact.kind in ("name", "abbreviation"))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word as names are compared, for a name that opens a sentence and so cannot be told from a common word."""
        return frozenset(name_value(token.text) for token in tokens(self.text))

    @cached_property
    def denies(self) -> bool:
        return any(fact.kind == "negation" for fact in self.facts)

    def place(self, quote: str) -> Place:
        return Place(self.item, self.text, quote)


def check_report(drafts: Sequence[Draft | Item]) -> list[Contradiction]:
    """What the items of one report say against each other, in the order of the items; [] where nothing is found or there is one item.

    Drafts and items may be mixed: of an item already handed in the comment is read.
    """
    texts = [(one.item, one.text, one.answer) if isinstance(one, Draft) else (one, one.comment, one.answer) for one in drafts]
    sentences = [
        _Sentence(item, number, sentence.text)
        for number, (item, text, _) in enumerate(texts)
        for sentence in split(text)
        if len(sentence.text.split()) > 2
    ]
    found = [*_names(sentences), *_pairs(sentences), *_answers(texts)]
    order = {id(item): at for at, (item, _, _) in enumerate(texts)}
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in sorted(found, key=lambda c: (order[id(c.places[0].item)], order[id(c.places[1].item)])):
        key = (one.places[0].sentence, one.places[1].sentence)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _names(sentences: Sequence[_Sentence]) -> Iterator[Contradiction]:
    """Two compounds of one ending in two items that are about one subject, each in few places: likely one thing with two names."""
    where: dict[str, list[tuple[_Sentence, str]]] = defaultdict(list)
    for sentence in sentences:
        for token in tokens(sentence.text):
            head = next((h for h in _HEADS if token.low.endswith(h) and len(token.low) >= len(h) + 2 * _SHARED_ELEMENT), None)
            if head is not None:
                where[_indefinite(token.low)].append((sentence, token.text))
    for one, two in combinations(sorted(where), 2):
        if not _one_ending(one, two):
            continue
        for (left, said), (right, other) in ((a, b) for a in where[one] for b in where[two]):
            shared = (left.stems & right.stems) - {stem(said), stem(other)}
            if left.number != right.number and any(len(word) >= 4 for word in shared):
                first, second = (left, said), (right, other)
                if first[0].number > second[0].number:
                    first, second = second, first
                yield Contradiction(
                    "name",
                    f"{_label(first[0].item)} skriver ”{first[1]}” och {_label(second[0].item, small=True)} ”{second[1]}”: är det samma sak?",
                    (first[0].place(first[1]), second[0].place(second[1])),
                )
                break


def _indefinite(word: str) -> str:
    return re.sub(
        r"(?:team|råd|projekt|nätverk)et$",
        lambda m: m.group()[:-2],
        re.sub(r"(?:grupp|enhet|jour|mottagning)en$", lambda m: m.group()[:-2], word),
    )


def _one_ending(one: str, two: str) -> bool:
    """Whether two different words end in the same last word and the same element before it, and begin differently."""
    head = next((h for h in sorted(_HEADS, key=len, reverse=True) if one.endswith(h) and two.endswith(h)), None)
    if head is None:
        return False
    left, right = one.removesuffix(head), two.removesuffix(head)
    shared = 0
    while shared < min(len(left), len(right)) and left[-1 - shared] == right[-1 - shared]:
        shared += 1
    return shared >= _SHARED_ELEMENT and len(left) > shared and len(right) > shared


def _pairs(sentences: Sequence[_Sentence]) -> Iterator[Contradiction]:
    """Sentences of two items that are about one subject, and what in them does not agree."""
    items_with: dict[str, set[int]] = defaultdict(set)
    holding: dict[str, list[_Sentence]] = defaultdict(list)
    for sentence in sentences:
        for one in sentence.stems:
            items_with[one].add(sentence.number)
            holding[one].append(sentence)
    candidates = {
        (a.number, a.text, b.number, b.text): (a, b)
        for one, there in holding.items()
        if 1 < len(items_with[one]) <= _MOST_ITEMS
        for a, b in combinations(there, 2)
        if a.number != b.number
    }
    for left, right in candidates.values():
        rare = [one for one in left.stems & right.stems if len(items_with[one]) <= _MOST_ITEMS]
        found = _disagree(left, right, rare)
        if found is not None:
            yield found


def _disagree(left: _Sentence, right: _Sentence, rare: Sequence[str]) -> Contradiction | None:
    if plain(left.text) == plain(right.text) or not rare or (left.names - right.words and right.names - left.words):
        return None
    if _narrowed(left, right) or _narrowed(right, left):
        return None
    words = opposed(left.text, [Source(right.text, False)]) or _two_states(left, right) or ()
    if words and (name_value(words[0]) in right.words or name_value(words[1]) in left.words):
        words = ()  # "öppna förskolan är stängd": what both say is no news of either
    turned = {stem(word) for word in words}
    ours, theirs = left.stems - turned, right.stems - turned
    shared = ours & theirs
    near = len(shared) / max(1, min(len(ours), len(theirs)))
    if near < _NEAR or (len(shared) < 2 and not (near == 1.0 and (words or _same_subject(left, right)))):
        return None
    if len(shared) < _OF_BOTH * max(len(ours), len(theirs)):
        return None
    figures = _two_figures(left, right)
    if figures is not None:
        return _found("figure", left, right, *figures)
    dates = _two_dates(left, right)
    if dates is not None:
        return _found("date", left, right, *dates)
    if words:
        return _found("opposite", left, right, *words)
    if left.denies != right.denies and (len(shared) >= 3 or near == 1.0):
        word = [next((f.text for f in one.facts if f.kind == "negation"), one.text) for one in (left, right)]
        return _found("opposite", left, right, *word)
    return None


def _narrowed(one: _Sentence, other: _Sentence) -> bool:
    """Whether a thing that both tell of is in ``one`` only a part of it: "väntetiden hos BUP" beside "väntetiden"."""
    words = tokens(one.text)
    return any(
        tie.low in _WHICH
        and stem(thing.low) in other.stems
        and not readings(thing.low)
        and is_content(which)
        and stem(which.low) not in other.stems
        for thing, tie, which in zip(words, words[1:], words[2:], strict=False)
    )


def _same_subject(left: _Sentence, right: _Sentence) -> bool:
    """Whether two sentences are about one thing and nothing besides, and name it: no bare "teamet", no count of something left unsaid."""
    return left.stems == right.stems and not left.stems & _PLAIN_SUBJECTS and not {"antal", "antalet"} & (left.words | right.words)


def _two_states(left: _Sentence, right: _Sentence) -> tuple[str, str] | None:
    """Two words for what a thing is that it cannot be at once."""
    for pair in _STATES:
        for here, there in (pair, pair[::-1]):
            found, other = here.search(left.text), there.search(right.text)
            if found and other:
                return found.group(1), other.group(1)
    return None


def _two_figures(left: _Sentence, right: _Sentence) -> tuple[str, str] | None:
    """Two numbers that count the same thing, in sentences that tell of no two times."""
    if (
        (_telling_alone(left, right) and _telling_alone(right, left))
        or _times(left) != _times(right)
        or _PARTIAL.search(left.text)
        or _PARTIAL.search(right.text)
    ):
        return None
    counted = [
        {
            (fact.kind, unit_stem(one.text, fact) if fact.kind == "number" else ""): fact
            for fact in one.facts
            if fact.kind in ("number", "percent", "amount")
        }
        for one in (left, right)
    ]
    values = [{fact.value for fact in side.values()} for side in counted]
    # "Fältarna är tre": a number without a word of what it counts is told by the rest of the sentence, where there is no other number.
    bare = left.stems == right.stems and all(sum(f.kind == "number" for f in one.facts) == 1 for one in (left, right))
    for key, fact in counted[0].items():
        other = counted[1].get(key)
        if other is not None and (bare or key != ("number", None)) and fact.value not in values[1] and other.value not in values[0]:
            return fact.text.strip(), other.text.strip()
    return None


def _telling_alone(one: _Sentence, other: _Sentence) -> bool:
    """Whether a sentence has a telling word that the other has not: "nöjda brukare" beside "nöjda medarbetare"."""
    return any(
        is_content(token)
        and not says_nothing_new(token.low)
        and token.low not in NUMBER_WORDS
        and stem(token.low) not in other.stems
        for token in tokens(one.text)
    )


def _times(sentence: _Sentence) -> frozenset[str]:
    return frozenset(fact.value for fact in sentence.facts if fact.kind in ("date", "month", "season", "year"))


def _two_dates(left: _Sentence, right: _Sentence) -> tuple[str, str] | None:
    """Two dates for what happened once: each sentence has one, and their figures are otherwise the same."""
    one, two = ([fact for fact in side.facts if fact.kind in _TIMES] for side in (left, right))
    if len(one) != 1 or len(two) != 1 or same_date(one[0], two[0]):
        return None
    return one[0].text.strip(), two[0].text.strip()


def _answers(texts: Sequence[tuple[Item, str, str | None]]) -> Iterator[Contradiction]:
    """The same question about the same statement answered in two ways, and a Ja that leans on an item answered Nej."""
    by_statement: dict[tuple[str, str], list[tuple[Item, str, str | None]]] = defaultdict(list)
    for item, text, answer in texts:
        if len(item.statement.split()) > 3:
            by_statement[plain(item.question), plain(item.statement)].append((item, text, answer))
    for group in by_statement.values():
        for (one, _, a), (two, _, b) in combinations(group, 2):
            if {a, b} == {"Ja", "Nej"}:
                message = f"{_label(one)} svarar {a} och {_label(two, small=True)} {b} på samma fråga."
                yield Contradiction("answer", message, (Place(one, one.statement, a or ""), Place(two, two.statement, b or "")))
    by_code = defaultdict(list)
    for item, _, answer in texts:
        by_code[item.plan, item.code].append((item, answer))
    for item, text, answer in texts:
        for match in re.finditer(
            r"\b[Ss]e (?:även |också )?(?:svaret på |kommentaren till )?(?:strategi|insats|åtgärd|punkt)? ?(\d{1,2}:\d{1,2})", text
        ):
            for other, theirs in by_code.get((item.plan, match.group(1)), ()):
                if answer == "Ja" and theirs == "Nej":
                    message = f"{_label(item)} svarar Ja och hänvisar till {_label(other, small=True)}, som svarar Nej."
                    yield Contradiction("answer", message, (Place(item, match.group(), "Ja"), Place(other, other.statement, "Nej")))


def _found(kind: ContradictionKind, left: _Sentence, right: _Sentence, said: str, other: str) -> Contradiction:
    if left.number > right.number:
        left, right, said, other = right, left, other, said
    what = {"figure": "Siffrorna", "date": "Tidpunkterna"}.get(kind, "Uppgifterna")
    message = f"{what} går isär: {_label(left.item, small=True)} skriver ”{left.text}” och {_label(right.item, small=True)} ”{right.text}”"
    return Contradiction(kind, message, (left.place(said), right.place(other)))


def _label(item: Item, *, small: bool = False) -> str:
    name = f"{item.kind} {item.code} (plan {item.plan})"
    return name if small else name[0].upper() + name[1:]


__all__ = ["Contradiction", "Place", "check_report"]
