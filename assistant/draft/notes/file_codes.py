"""Which item a line of a notes file is about: the code that opens it, with or without kind word and plan, looked up in one report.

What could be two items, or a code or a date, is not guessed. Knows nothing of files or of what notes say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.phrases import any_of, item_label
from assistant.question_codes import KIND_FORMS, code_pair, find_codes
from assistant.words import FUNCTION_WORDS, fold, stem, words
from corpus.marks import canonical
from corpus.model import Item, Kind, plan_name

_CODE = r"\d{1,2}(?:\s?:\s?|\.)\d{1,2}(?:[a-e](?![^\W_]))?(?![\d])(?![:.,]\d)"
_NUMBERED_PLAN: Final = re.compile(
    r"(?:(?:handlings)?(?:plan|program)(?:en|met)?)\s*(?:nr\.?|nummer)?\s*(\d{1,2})(?!\d|\s?[:.]\s?\d)", re.IGNORECASE
)
_OPENING: Final = re.compile(
    rf"(?P<mark>(?:\#{{1,6}}|>)\s+)?(?P<bullet>[-*•–▪◦]\s+)?[*_\"”“(\[]*(?P<lead>[^\d\s](?:[^\d]{{0,80}}|[^\d]{{0,40}}\d{{1,2}}[^\d]{{1,40}}))??"
    rf"(?<![\w:.,/§-])(?P<code>{_CODE})(?P<more>(?:\s*(?:,|och|samt|&|/|\+)\s*(?:{_CODE}))*)"
    r"(?P<close>[*_\"”)\]]*)(?P<after>\s*[,(]?\s*\(?(?:i\s+)?(?:plan|program)(?:en|met)?\s*(?P<plan>\d{1,2})\)?)?"
    r"(?P<close2>[*_)]*)(?:\s*(?P<sep>[:;)|]|[.](?=\s|$)|(?<=\s)[-–—](?=\s)|[-–—](?=\s))[*_]*)?(?:\s+|$)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line begins with: ``codes`` as keys, whether a kind word, a plan or a separator stands with them, and the ``rest`` after.

    ``plan`` is a number, ``lead`` the words before the code that are no kind word.
    """

    codes: tuple[str, ...]
    written: str
    kind: Kind | None
    named: bool
    plan: int | None
    bullet: bool
    separated: bool
    rest: str

    @property
    def dotted(self) -> bool:
        """Whether the code is written with a point, as dates and decimals are."""
        return "." in self.written

    @property
    def alone(self) -> bool:
        """Whether nothing follows."""
        return not self.rest.strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why text cannot be placed (Swedish)."""

    reason: str


class Codes:
    """The items of one report, to be found by code, kind and plan."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = list(items)
        self._by_code: dict[str, list[Item]] = {}
        for item in items:
            self._by_code.setdefault(item.code, []).append(item)
        self._titles = {item.plan: item.plan_title for item in items}
        self._stems = {number: frozenset(_stems(title)) for number, title in self._titles.items()}
        self._areas = {_bare(item.area) for item in items if item.area}

    def opening(self, line: str) -> Opening | None:
        """What ``line`` begins with, where that is a code, known or not; None for any other line."""
        match = _OPENING.match(line.strip())
        if match is None:
            return None
        lead = (match["lead"] or "").strip()
        plan, kind, named = int(match["plan"]) if match["plan"] else None, None, False
        if lead:
            told = self._lead(lead)
            if told is None:
                return None
            plan, kind, named = told[0] or plan, told[1], True
        written = match["code"]
        if not named and not find_codes(fold(f"{written} {match['rest']}"))[0]:
            return None  # an amount, a share, a date with its month
        codes = [written, *re.findall(_CODE, match["more"])]
        return Opening(
            tuple(dict.fromkeys(canonical(code) for code in codes)),
            written,
            kind,
            named or plan is not None,
            plan,
            bool(match["bullet"]),
            bool(match["sep"]),
            match["rest"],
        )

    def _lead(self, lead: str) -> tuple[int | None, Kind | None] | None:
        """Plan and kind of the words before a code; None where they are neither."""
        plan: int | None = None
        numbered = _NUMBERED_PLAN.match(lead)
        if numbered:
            plan, lead = int(numbered[1]), lead[numbered.end() :]
        lead = lead.strip(" ,.;:–-/|\t(")
        head, _, last = lead.rpartition(" ")
        bare = fold(last if last else lead).strip(".:")
        kind: Kind | None = None
        if bare in ("nr", "nummer") and head:
            head, _, last = head.rpartition(" ")
            bare = fold(last)
        if len(bare) > 2 and bare in KIND_FORMS:
            kind, lead = KIND_FORMS[bare], head.strip(" ,.;:–-/|\t(")
        if lead:
            if plan is not None:
                return None
            plan = self.plan(lead, styled=False)
            if plan is None:
                return None
        return plan, kind

    def plan(self, text: str, *, styled: bool) -> int | None:
        """The number of the plan that ``text`` is the name of, all of it: "Plan 2", its title, telling words of it. ``styled``: the text is a
        heading by its looks, and one telling word is enough."""
        text = text.strip().strip("#*_>:. ")
        match = _NUMBERED_PLAN.match(text)
        if match and int(match[1]) in self._titles:
            after = text[match.end() :].strip()
            return int(match[1]) if not after or after[0] in ":–-.,(" or self.plan(after, styled=True) == int(match[1]) else None
        whole = [
            n for n, title in self._titles.items() if _bare(text) in (_bare(title), _bare(plan_name(title)), f"{n} {_bare(title)}")
        ]
        if len(whole) == 1:
            return whole[0]
        if text[-1:] in ".?!" or len(text.split()) > 30:
            return None
        stems = _stems(text)
        fits = [
            n
            for n, own in self._stems.items()
            if stems and all(any(s == o or (len(s) > 5 and o.startswith(s)) for o in own) for s in stems)
        ]
        named = bool(re.search(r"plan|program", fold(text)))
        telling = [s for s in stems if sum(s in own for own in self._stems.values()) == 1]
        if len(fits) == 1 and (styled or len(telling) >= _FEW or (named and telling)):
            return fits[0]
        return self._compound(text) if len(text.split()) == 1 else None

    def _compound(self, word: str) -> int | None:
        """ "Trygghetsprogrammet", "Våldsplanen": a title's word with the plan's kind."""
        match = re.fullmatch(r"(\w{4,}?)s?-?(?:handlings)?(?:plan|program)(?:en|met)?", fold(word))
        fits = [n for n, own in self._stems.items() if match and any(o.startswith(stem(match[1])[:8]) for o in own)]
        return fits[0] if len(fits) == 1 else None

    def has_plan(self, number: int) -> bool:
        """Whether the report has a plan with that number."""
        return number in self._titles

    def is_area(self, text: str) -> bool:
        """Whether ``text`` is the heading of an area, with or without its number."""
        return bool(self._areas) and _bare(re.sub(r"^[#*_\s]*(?:\d+(?:\.\d+)*\.?\s+)?", "", text)) in self._areas

    def known(self, code: str) -> bool:
        """Whether any item has the code."""
        return code in self._by_code

    def find(self, code: str, *, kind: Kind | None, plan: int | None, number: bool = False) -> Item | Problem:
        """The one item with ``code``; or why there is not one. ``number``: a spreadsheet's number, in which 5.1 may stand for 5:10."""
        here = self._by_code.get(code, [])
        if number and code.count(":") == 1 and f"{code}0" in self._by_code and here:
            return Problem(f"{code.replace(':', '.')} är ett tal i arket och kan vara {code} eller {code}0. Gör cellen till text")
        if not here:
            return Problem(f"{code} är ingen kod i rapporten; närmast {self._nearest(code)}")
        if plan is not None:
            in_plan = [item for item in here if item.plan == plan]
            if not in_plan:
                return Problem(f"{code} finns inte i plan {plan}, men är {self._told(here)}")
            here = in_plan
        if kind is not None and len(here) > 1:
            here = [item for item in here if item.kind == kind] or here
        if len(here) > 1:
            first = here[0]
            way = f"skriv till exempel ”Plan {first.plan}, {first.code}”"
            return Problem(f"{code} kan vara {self._told(here)}; {way}")
        return here[0]

    def _told(self, items: Sequence[Item]) -> str:
        return any_of(f"{item_label(item).lower()} i plan {item.plan} ({_short(plan_name(item.plan_title))})" for item in items)

    def _nearest(self, code: str) -> str:
        first, second = code_pair(code)

        def far(item: Item) -> tuple[int, int, int]:
            own = code_pair(item.code)
            alike = sorted(item.code.replace(":", "")) == sorted(code.replace(":", ""))
            return (0 if alike else 1, abs(own[0] - first), abs(own[1] - second))

        near = dict.fromkeys(item.code for item in sorted(self._items, key=far))
        return any_of(list(near)[:_FEW]) or "ingen"


def _stems(text: str) -> list[str]:
    plain = [w.folded for w in words(text) if w.folded not in FUNCTION_WORDS and not w.folded.isdigit()]
    return [
        stem(word)
        for word in plain
        if not re.fullmatch(r"(?:handlings)?(?:plan|program)(?:en|met)?|uppfoljning(?:en)?|kommuns?|av|den|det", word)
    ]


def _short(title: str, limit: int = 60) -> str:
    return title if len(title) <= limit else f"{title[:limit].rsplit(' ', 1)[0]} …"


def _bare(text: str) -> str:
    """Letters and digits alone, for comparing headings."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
