"""Plans, areas and organisations in a question, by any name an officer uses: "trygghetsprogrammet", "plan 2", "målområde 3", "Sydväst".

Names are matched against the catalogue's titles, with room for endings, compounds and a spelling mistake. Where several plans fit
equally well all of them are given. Areas are only read here; which area it is, is settled against the reports themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.catalogue import Catalogue, PlanEntry
from assistant.municipalities import other_municipality
from assistant.words import Word, distance, fold, is_function, kinship, nearest, stem, words

Span = tuple[int, int]

_PLAN_WORD = re.compile(
    r"(?P<lead>[a-z]*?)-?(?P<type>handlingsprogram|handlingsplan|program|plan)(?P<end>(?:m?et|m?ets|men|en|ens|er|erna|ernas|s)?)$"
)
_ORDINALS = {"forsta": 1, "andra": 2, "tredje": 3, "fjarde": 4, "femte": 5, "sista": -1}
_NUMBERS = {"ett": 1, "en": 1, "tva": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6}
_NUMBERED_PLAN = re.compile(
    r"\b(?:handlings)?(?:plan|program)(?:en|met)?(?: (?:nr|nummer)\.?)? ?(?P<number>\d{1,2}|ett|tva|tre|fyra|"
    r"fem)(?![\w:.,]*\d|[-–]\d|\w| ?(?:ar|ggr)\b)"
)
_ORDINAL_PLAN = re.compile(r"\b(?P<ordinal>forsta|andra|tredje|fjarde|femte|sista) (?:handlings)?(?:planen|programmet)\b")
_FUZZY_TYPES = ("handlingsplanen", "handlingsplan", "programmet", "handlingsprogrammet")
_AREA = re.compile(
    r"\b(?:mal|fokus)(?:om|on)?rade(?:t|ts|na|n)?\b(?: (?:nr|nummer)\.?)? ?(?P<number>\d{1,2}(?!\d|[:.]\d)|"
    r"ett|tva|tre|fyra|fem|sex)?"
)
_GENERIC_TITLE = frozenset(
    ["uppfolj", "plan", "program", "handlingsplan", "kommun", "stad", "stad", "goteborg", "stadens", "arbete", "arbet", "mot"]
)
_GENERIC_NAME = re.compile(r"(?:forvaltning(?:en)?|namnd(?:en)?|kommuns?|stads?|staden|bolag(?:et)?|ab|i|och|for)$")
_BODY = re.compile(r"(?:forvaltning(?:en)?|namnd(?:en)?|kontor(?:et)?|bolag(?:et)?)$")
_NAMED_SHORTLY = re.compile(
    r"\b(?:(?:skrev|skriver|svarade|svarar|gjorde|sa|sade|sager|rapporterade|lovade|redovisade) (?:man )?(?:pa |hos |i )?|hos |"
    r"(?:nej|ja|delvis|punkter|svar) (?:hade|har|fick|gav) |jamfor\w*(?: (?!med\b)[\w:.]+){0,3} med |^och (?:i |hos |for |pa )?)(?P<name>[a-z]{4,})\b"
)
"""Where a word is likely to be the name of an organisation cut short, over folded text."""
_OTHERS = re.compile(
    r"\b(?:(?:de )?(?:andra|ovriga) (?:social)?forvaltning(?:ar|arna|en)|grannforvaltningen|" r"(?:de )?andra administration\w*)\b"
)
_ALL = re.compile(
    r"\b(?:alla|samtliga|bada|varje) (?:de )?(?:social)?(?:forvaltning(?:ar|arna|en|)|namnder(?:na)?|"
    r"organisationer(?:na)?)(?!\w)"
)
_OWN = re.compile(r"\b(?:vi|oss|var(?:t|a)?|var(?:a)? (?:egna?|forvaltning))\b")
_UNKNOWN = re.compile(
    r"(?:[Ss]ocialförvaltning(?:en)?|[Ss]ocialnämnd(?:en)?|"
    r"[Ss]tadsdelsförvaltning(?:en)?) ((?:[A-ZÅÄÖ][\wåäö-]+)(?: [A-ZÅÄÖ][\wåäö-]+)?)"
)
_COMPARED = re.compile(r"[Jj]ämför\w*(?: det| den| detta| dem| svaret| \d{1,2}[:.]\d{1,2})? med ([A-ZÅÄÖ][\wåäö-]{3,})")


@dataclass(frozen=True, slots=True)
class AreaRef:
    """An area that a question names: by the number in its title ("Målområde 3") or by words of it; ``label`` for the screen."""

    number: int | None
    words: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class PlanRef:
    """Plans that a question names: ``number`` as in "plan 2", or ``names`` of the catalogue (several where a word fits several)."""

    number: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationRef:
    """Organisations that a question names: ``names`` of the catalogue, ``unknown`` names, ``others`` for "andra förvaltningar"."""

    names: tuple[str, ...] = ()
    unknown: str | None = None
    others: bool = False
    everyone: bool = False
    own: bool = False
    place: str | None = None
    """The municipality where ``unknown`` is one: the reports may still tell of it."""


def title_stems(plans: Sequence[PlanEntry]) -> dict[str, frozenset[str]]:
    """For each plan's name the stems of its title that tell it from the others (those that all share say nothing)."""
    stems = {plan.name: frozenset(stem(w.folded) for w in words(plan.name) if not is_function(w)) for plan in plans}
    shared = frozenset.intersection(*stems.values()) if len(stems) > 1 else frozenset()
    return {name: frozenset(s for s in own - shared - _GENERIC_TITLE if len(s) >= 4) for name, own in stems.items()}


def find_plan(text: str, tokens: Sequence[Word], catalogue: Catalogue) -> tuple[PlanRef | None, list[Span]]:
    """The plan that a question names, and the spans of the text that name it; None where it names none that is known."""
    folded = fold(text)
    for plan in sorted(catalogue.plans, key=lambda p: -len(p.title)):
        for name in (plan.title, plan.name):
            at = folded.find(fold(name))
            if at >= 0:
                return PlanRef(names=(plan.name,)), [(at, at + len(name))]
    if match := _NUMBERED_PLAN.search(folded):
        number = match.group("number")
        return PlanRef(number=int(number) if number.isdigit() else _NUMBERS[number]), [match.span()]
    if match := _ORDINAL_PLAN.search(folded):
        ordinal = _ORDINALS[match.group("ordinal")]
        return PlanRef(number=ordinal if ordinal > 0 else max((n for p in catalogue.plans for n in p.numbers), default=1)), [
            match.span()
        ]
    for at, token in enumerate(tokens):
        found = _plan_word(at, tokens, catalogue)
        if found:
            names, spans = found
            return PlanRef(names=names), [(token.start, token.end), *spans]
    return None, []


def _plan_word(at: int, tokens: Sequence[Word], catalogue: Catalogue) -> tuple[tuple[str, ...], list[Span]] | None:
    word = tokens[at].folded
    match = _PLAN_WORD.match(word)
    if not match:
        meant = _misspelt_type(word)
        match = _PLAN_WORD.match(meant) if meant else None
    if not match or not catalogue.plans:
        return None
    stems = title_stems(catalogue.plans)
    lead, kind = match["lead"], match["type"]
    if lead:
        bare = lead[:-1] if lead.endswith("s") and len(lead) > 4 else lead
        fits = [name for name, own in stems.items() if len(bare) >= 4 and any(_opens(bare, s) for s in own)]
        if fits:
            return tuple(fits), []
        meant = _misspelt_type(word)
        match = _PLAN_WORD.match(meant) if meant and meant != word else None
        if not match or match["lead"]:
            return None
        kind = match["type"]
    if match["end"] in ("er", "erna", "ernas") or (match["end"] == "" and kind == "plan"):
        return None  # "planer", "planerna", "en plan": no plan of its own
    near = [*_before(at, tokens, stems.values()), *tokens[at + 1 : at + 9]]
    scores = {name: [t for t in near if not is_function(t) and _titled(t.folded, own)] for name, own in stems.items()}
    best = max((len(found) for found in scores.values()), default=0)
    of_type = [plan.name for plan in catalogue.plans if any(_is_type(w.folded, kind) for w in words(plan.name))]
    if best:
        fits = [name for name, found in scores.items() if len(found) == best]
        typed = [name for name in fits if name in of_type] or fits
        return tuple(typed), [(t.start, t.end) for t in scores[typed[0]]]
    if at + 1 < len(tokens) and tokens[at + 1].folded == "mot":
        return None  # "handlingsplanen mot hot": against something that no plan's title names
    if kind == "plan":
        return ((catalogue.plans[0].name,), []) if len(catalogue.plans) == 1 else None
    return (tuple(of_type), []) if of_type else None


def _misspelt_type(word: str) -> str | None:
    if len(word) < 8:
        return None
    if meant := nearest(word, _FUZZY_TYPES):
        return meant
    for length in (9, 10, 11):
        if len(word) - length >= 4 and distance(word[-length:], "programmet", 1) <= 1:
            return word[:-length] + "programmet"
    return None


def _before(at: int, tokens: Sequence[Word], titles: Iterable[frozenset[str]]) -> list[Word]:
    """The words right before a plan word that may belong to its name: adjectives, those of a title, and what "och" joins to them."""
    known = list(titles)
    kept: list[Word] = []
    for token in reversed(tokens[max(0, at - 4) : at]):
        adjective = token.folded.endswith(("ande", "iga", "iva", "ella", "ska"))
        titled = token.folded.endswith("a") and any(_titled(token.folded, own) for own in known)
        if token.folded not in ("och", "samt") and not adjective and not titled:
            break
        kept.insert(0, token)
    return kept


def _opens(lead: str, title: str) -> bool:
    """Whether a compound's first part is a title word's beginning, or its last part ("rekrytering" in "nyrekrytering")."""
    return (
        title.startswith(lead)
        or lead.startswith(title)
        or (len(lead) >= 6 and stem(lead) in title)
        or kinship(stem(lead), title) >= 0.7
    )


def _titled(word: str, own: frozenset[str]) -> bool:
    return any(kinship(stem(word), title) >= 0.6 for title in own)


def _is_type(word: str, kind: str) -> bool:
    match = _PLAN_WORD.match(word)
    return bool(match and match["type"] == kind)


def find_area(text: str, tokens: Sequence[Word]) -> tuple[AreaRef | None, list[Span]]:
    """The area that a question names by number or by the words after it, and the spans that name it."""
    match = _AREA.search(fold(text))
    if not match:
        return None, []
    label = match.group().split()[0]
    if match["number"]:
        number = int(match["number"]) if match["number"].isdigit() else _NUMBERS[match["number"]]
        return AreaRef(number, (), f"{'Målområde' if label.startswith('mal') else 'Fokusområde'} {number}"), [match.span()]
    if label.endswith(("den", "dena", "na", "n")):
        return None, []
    after = [t for t in tokens if t.start >= match.end()][:9]
    taken = [t for t in after if not is_function(t) and not t.text.isdigit()]
    if not after or not taken or after[0].folded not in ("om", "for", "kring", "som", "mot", "med", "att"):
        return None, []
    span = (match.start(), taken[-1].end)
    return AreaRef(None, tuple(stem(t.folded) for t in taken), text[match.start() : taken[-1].end]), [span]


def find_organisation(text: str, tokens: Sequence[Word], catalogue: Catalogue) -> tuple[OrganisationRef, list[Span]]:
    """The organisations that a question names, and the spans that name them; an empty reference where it names none."""
    folded = fold(text)
    own = bool(_OWN.search(folded))
    if match := _OTHERS.search(folded):
        return OrganisationRef(others=True, own=own), [match.span()]
    if match := _ALL.search(folded):
        return OrganisationRef(everyone=True, own=own), [match.span()]
    names: list[str] = []
    spans: list[Span] = []
    for name in catalogue.organisations:
        at = folded.find(fold(name))
        if at >= 0:
            names.append(name)
            spans.append((at, at + len(name)))
    telling = _telling(catalogue.organisations)
    for token in tokens:
        if any(start <= token.start < end for start, end in spans):
            continue
        for name, parts in telling.items():
            if name not in names and _same_name(token, parts):
                names.append(name)
                spans.append((token.start, token.end))
    for match in _NAMED_SHORTLY.finditer(folded):
        for name in _by_short_form(match["name"], catalogue.organisations):
            if name not in names:
                names.append(name)
                spans.append(match.span("name"))
    if names:
        spans += [(t.start, t.end) for t in tokens if t.folded.startswith("socialforvaltning")]
        return OrganisationRef(tuple(names), own=own), spans
    for pattern in (_UNKNOWN, _COMPARED):
        if match := pattern.search(text):
            return OrganisationRef(unknown=match.group(1), own=own), [match.span(1)]
    if other := other_municipality(tokens, (*catalogue.organisations, *(plan.title for plan in catalogue.plans))):
        return OrganisationRef(unknown=other.called, own=own, place=other.name), [other.span]
    return OrganisationRef(own=own), []


@lru_cache(maxsize=8)
def _telling(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The words of each name that tell it from the others: "sydvast" of "Socialförvaltningen Sydväst"."""
    of_each = {name: [word.folded for word in words(name)] for name in names}
    holders = Counter(word for own in of_each.values() for word in set(own))
    return {
        name: tuple(word for word in own if holders[word] == 1 and not _GENERIC_NAME.search(word) and len(word) >= 3)
        for name, own in of_each.items()
    }


def _by_short_form(word: str, names: tuple[str, ...]) -> list[str]:
    """The one name that a word is the beginning of ("omsorgen" of "Omsorgsförvaltningen"); none where several begin so, or only one is known."""
    if len(names) < 2 or len(stem(word)) < 4:
        return []
    parts = {name: [part[: match.start()] for w in words(name) if (match := _BODY.search(part := w.folded))] for name in names}
    fits = [name for name, heads in parts.items() if any(head and stem(head) == stem(word) for head in heads)]
    return fits if len(fits) == 1 else []


def _same_name(token: Word, parts: Sequence[str]) -> bool:
    for part in parts:
        if token.folded in (part, part + "s"):
            return len(part) >= 5 or token.text[0].isupper()
        if len(part) >= 6 and (token.text[0].isupper() or len(part) >= 8) and distance(token.folded, part, 1) <= 1:
            return True
    return False
