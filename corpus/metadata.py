"""Proposals for whose report a document is and which year it was handed in, with the evidence; nothing is taken for granted.

Certain is only what the document says of itself before its first heading: "Uppföljningsrapport 2024", the administration's name on
a line of its own. File names, the file's properties and the running text only suggest. Knows nothing of items.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from corpus import furniture
from corpus.document import Document
from corpus.marks import heading_mark

_FRONT_LINES = 60
_LONGEST = 400
"""Characters of a line that are looked at: names and dates stand early, and a line without end must cost nothing."""
_WORD = r"[A-ZÅÄÖÉ][\w-]{0,40}"
_ENDING = r"(?:förvaltning(?:en)?|nämnd(?:en)?|kontor(?:et)?|styrelse(?:n)?)"
_ORGANISATION = re.compile(
    rf"\b(?:[A-ZÅÄÖÉa-zåäöé][\w-]{{0,40}}?{_ENDING}\b|(?:Kommun|Region)styrelsens\s+(?:förvaltning|kontor|stab)\b"
    rf"|(?:Nämnden|Förvaltningen|Styrelsen)\s+för\s+[\w-]{{1,40}}(?:(?:\s+och|,)\s+[a-zåäö-]{{1,40}})?)(?:\s+{_WORD}){{0,3}}"
)
_ONE_WORD = re.compile(rf"[A-ZÅÄÖÉ][\w-]{{3,40}}{_ENDING}")
_BOARD = re.compile(r"(?:Nämnden|Förvaltningen|Styrelsen)\s+för(?:\s+[\w,-]{1,40}){1,7}")
_COMPANY = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,4}}\s+AB")
_TOWN = re.compile(rf"(?:{_WORD}\s+){{1,3}}(?:kommun|stad|Stad)|Region(?:\s+{_WORD}){{1,3}}")
_LABELLED = re.compile(
    r"(?:Organisation|Förvaltning|Nämnd|Nämnd/förvaltning|Förvaltning/bolag|Uppgiftslämnare|Rapport från)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_YEAR = r"((?:19|20)\d\d)"
_TITLE_YEAR = re.compile(
    rf"\b(?:\w{{0,40}}?(?:uppföljning|rapport|redovisning)\w{{0,40}}|bokslut\w*|verksamhetsår\w*|rapportår\w*|år)\s*(?:för\s+|av\s+år\s+|år\s+|:\s*)?{_YEAR}(?!\s?[-–—/]\s?\d|\d)",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b{_YEAR}-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])\b|\b\d{{1,2}}\s+(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\s+{_YEAR}\b",
    re.IGNORECASE,
)
_SINGLE_YEAR = re.compile(rf"(?<![\w–—-]){_YEAR}(?![\w]|\s?[–—-]\s?\d)")
_FILE_YEAR = re.compile(r"(?<![0-9A-Za-z])(20\d\d)(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed value and, in Swedish, what it rests on; ``certain`` only where the document itself proves it."""

    value: str
    evidence: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is proposed for a document; None where nothing in it suggests a value. The year's ``value`` is its four digits."""

    organisation: Proposal | None
    year: Proposal | None


def propose_metadata(document: Document) -> Metadata:
    """Organisation and year proposed for ``document``; to be shown and confirmed where they are not certain."""
    reasons = furniture.find(document)
    pairs = [(line.text.strip()[:_LONGEST], reason) for line, reason in zip(document.lines, reasons, strict=True)]
    content = [text for text, reason in pairs if reason is None and text]
    around = [text for text, reason in pairs if reason in ("running", "reader")]
    front = _front(content)
    properties = dict(document.properties)
    return Metadata(
        organisation=_organisation(document, front, content, around, properties),
        year=_year(document, front, content, around, properties),
    )


def _front(lines: Sequence[str]) -> list[str]:
    """The lines before the first numbered heading: the title page; empty where the report begins at once."""
    for i, line in enumerate(lines[:_FRONT_LINES]):
        mark = heading_mark(line)
        if (mark is not None and mark.numbers) or line.casefold() in ("innehåll", "innehållsförteckning"):
            return list(lines[:i])
    return list(lines[:10])


def _organisation(
    document: Document, front: Sequence[str], content: Sequence[str], around: Sequence[str], properties: dict[str, str]
) -> Proposal | None:
    if properties.get("organisation"):
        return Proposal(properties["organisation"], "Filens kolumn för organisation har detta enda värde.", True)
    for line in front:
        labelled = _LABELLED.fullmatch(line)
        if labelled and len(labelled[1]) <= 80:
            return Proposal(_clean(labelled[1]), f"Första sidan säger ”{line}”.", True)
    alone = list(dict.fromkeys(name for name in map(_name_alone, front) if name))
    if len(alone) == 1:
        return Proposal(alone[0], f"Står på en egen rad på första sidan: ”{alone[0]}”.", True)
    if alone:
        return Proposal(alone[0], f"Första sidan nämner flera: {', '.join(f'”{name}”' for name in alone[:4])}.", False)
    mentions = [(line, "Första sidan") for line in front]
    mentions += [(line, "Sidhuvud eller sidfot") for line in dict.fromkeys(around)]
    for text, where in mentions:
        found = _ORGANISATION.search(text)
        if found and (" " in found[0] or (where == "Första sidan" and _ONE_WORD.fullmatch(found[0]))):
            return Proposal(_clean(found[0]), f"{where} nämner ”{text[:100]}”.", False)
    counted = _counted(content)
    town = next((line for line in front if _TOWN.fullmatch(line)), "")
    if town and not counted:
        evidence = f"Första sidan nämner bara ”{town}”; vilken nämnd eller förvaltning det gäller står inte."
        return Proposal(_clean(town), evidence, False)
    named = _from_name(document.name, counted)
    if named:
        return Proposal(named, f"Filnamnet ”{document.name}” nämner den, och texten också.", False)
    if counted:
        name, count = counted[0]
        return Proposal(name, f"Är den förvaltning eller nämnd som texten nämner oftast med namn ({count} gånger).", False)
    author = properties.get("author", "")
    if _ORGANISATION.search(author):
        return Proposal(_clean(author), f"Filens egenskaper anger författaren ”{author[:80]}”.", False)
    return None


def _name_alone(line: str) -> str:
    """The organisation that a line names and nothing else; its municipality may follow. Empty for any other line."""
    if len(line) > 80 or line[-1:] in ".?!:":
        return ""
    if _BOARD.fullmatch(line):
        return _clean(line)
    found = _ORGANISATION.match(line) or _COMPANY.match(line)
    rest = line[found.end() :].strip(" ,–-") if found else ""
    return _clean(found[0]) if found and (not rest or _TOWN.fullmatch(rest)) else ""


def _counted(content: Iterable[str]) -> list[tuple[str, int]]:
    """Names of administrations with a name of their own ("Socialförvaltningen Norr") in the running text, most frequent first.

    An administration without one ("förvaltningen", "socialförvaltningen") could be any; where none has a name, none is proposed.
    """
    found: Counter[str] = Counter()
    written: dict[str, str] = {}
    text = " ".join(content)
    for match in _ORGANISATION.finditer(text):
        words = match[0].split()
        if len(words) < 2 or (words[0][0].islower() and words[0] in ("förvaltningen", "nämnden")):
            continue
        name = " ".join(words)
        key = name.casefold()
        found[key] += 1
        written.setdefault(key, name[0].upper() + name[1:])
    return [(written[key], count) for key, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def _from_name(name: str, counted: Iterable[tuple[str, int]]) -> str:
    """The counted name whose words are all in the file's name; accents may be gone there."""
    folded = _folded(PurePath(name).stem)
    for organisation, _ in counted:
        if all(_folded(word) in folded for word in organisation.split()):
            return organisation
    return ""


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ,.–-")


def _year(
    document: Document, front: Sequence[str], content: Sequence[str], around: Sequence[str], properties: dict[str, str]
) -> Proposal | None:
    stated = properties.get("year", "")
    if re.fullmatch(_YEAR, stated):
        return Proposal(stated, "Filens kolumn för år har detta enda värde.", True)
    named = sorted(set(_FILE_YEAR.findall(PurePath(document.name).stem)))
    titled = {m[1]: line for line in front for m in _TITLE_YEAR.finditer(line)}
    if not titled:
        plain = [line for line in front if len(line) <= 80 and _DATE.search(line) is None]
        titled = {found: line for line in plain for found in _SINGLE_YEAR.findall(line)}
        titled = {} if len(titled) > 1 else titled
    dated = {next(g for g in m.groups() if g): line for line in front for m in _DATE.finditer(line)}
    if len(titled) == 1:
        year, line = next(iter(titled.items()))
        others = [y for y in named if y != year]
        if others:
            return Proposal(year, f"Första sidan säger ”{line[:80]}”, men filnamnet {document.name} säger {others[0]}.", False)
        if dated and year not in dated:
            given, other = next(iter(dated.items()))
            said = f"Första sidan säger ”{line[:80]}”, men också ”{other[:80]}”."
            # A report about 2023 that is dated in 2024 was handed in in 2024, which is the year a report goes by.
            return Proposal(given if int(given) == int(year) + 1 else year, said, False)
        return Proposal(year, f"Första sidan säger ”{line[:80]}”.", True)
    if not titled and len(dated) == 1:
        year, line = next(iter(dated.items()))
        agrees = not named or named == [year]
        tail = "" if agrees else f", men filnamnet {document.name} säger {named[0]}"
        return Proposal(year, f"Första sidan är daterad: ”{line[:80]}”{tail}.", agrees)
    if len(titled) > 1:
        year = max(titled)
        return Proposal(year, f"Första sidan nämner flera år: {', '.join(sorted(titled))}.", False)
    return _suggested_year(document, content, around, properties, named)


def _suggested_year(
    document: Document, content: Sequence[str], around: Sequence[str], properties: dict[str, str], named: Sequence[str]
) -> Proposal | None:
    """What only hints at the year: file name, running headers, properties, then the latest year the text speaks of."""
    if len(named) == 1:
        return Proposal(named[0], f"Filnamnet är {document.name}.", False)
    for line in dict.fromkeys(around):
        found = _TITLE_YEAR.search(line) or _DATE.search(line)
        if found:
            year = next(g for g in found.groups() if g)
            return Proposal(year, f"Sidhuvud eller sidfot säger ”{line[:80]}”.", False)
    for key, what in (("title", "titeln"), ("created", "skapad"), ("modified", "ändrad")):
        found = _SINGLE_YEAR.search(properties.get(key, "")) or re.match(_YEAR, properties.get(key, ""))
        if found:
            return Proposal(found[1], f"Filens egenskaper anger {what} ”{properties[key][:80]}”.", False)
    mentioned = Counter(year for line in content if heading_mark(line) is None for year in _SINGLE_YEAR.findall(line))
    if mentioned:
        year = max(mentioned)
        evidence = f"Är det senaste år som texten nämner ({mentioned[year]} gånger); det kan också vara en plan framåt."
        return Proposal(year, evidence, False)
    return None
