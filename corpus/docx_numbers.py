"""The numbers and bullets that Word puts before paragraphs by itself: "1.1", "a)", "•".

Knows numbering definitions and counts through a document in its order. Nothing of text or tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE: Final = re.compile(r"%(\d)")
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written ("decimal", "bullet", …), with what around it ("%1.%2"), from which number."""

    format: str
    text: str
    start: int
    restarts: bool = True
    plain: bool = False


@dataclass(slots=True)
class Numbers:
    """Counts the lists of one document. ``prefix`` is called for each numbered paragraph once, in document order."""

    levels: dict[str, dict[int, Level]]
    abstract: dict[str, str]
    overridden: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def from_part(cls, root: Any | None) -> Numbers:
        """The definitions of ``word/numbering.xml``; none without one."""
        if root is None:
            return cls({}, {})
        defined = {
            str(element.get(f"{W}abstractNumId")): {
                int(level.get(f"{W}ilvl", "0")): _level(level) for level in element.findall(f"{W}lvl")
            }
            for element in root.findall(f"{W}abstractNum")
        }
        levels, abstract, overridden = {}, {}, {}
        for number in root.findall(f"{W}num"):
            name = str(number.get(f"{W}numId"))
            base = number.find(f"{W}abstractNumId")
            abstract[name] = "" if base is None else str(base.get(f"{W}val"))
            own = dict(defined.get(abstract[name], {}))
            for override in number.findall(f"{W}lvlOverride"):
                index = int(override.get(f"{W}ilvl", "0"))
                start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if level is not None:
                    own[index] = _level(level)
                if start is not None:
                    overridden[name, index] = int(start.get(f"{W}val", "1"))
            levels[name] = own
        return cls(levels, abstract, overridden)

    def prefix(self, number: str, index: int) -> str:
        """What stands before a paragraph of list ``number`` on level ``index`` (from 0); empty where the list shows nothing."""
        levels = self.levels.get(number)
        if not levels or index not in levels:
            return ""
        level = levels[index]
        counts = self._counts.setdefault(self.abstract[number], {})
        if (number, index) in self.overridden and (number, index) not in self._begun:
            counts[index] = self.overridden[number, index]
        else:
            counts[index] = counts[index] + 1 if index in counts else level.start
        self._begun.add((number, index))
        for deeper in [d for d in counts if d > index and levels.get(d, level).restarts]:
            del counts[deeper]
        if level.format == "none":
            return _PLACE.sub("", level.text).strip()
        if level.format == "bullet":
            return "•"

        def written(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place, level)
            return _write(counts.get(place, other.start), "decimal" if level.plain else other.format)

        return _PLACE.sub(written, level.text).strip()


def _level(element: Any) -> Level:
    def value(name: str, default: str) -> str:
        child = element.find(f"{W}{name}")
        return default if child is None else str(child.get(f"{W}val", default))

    start = value("start", "1")
    return Level(
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(start) if start.lstrip("-").isdecimal() else 1,
        value("lvlRestart", "1") != "0",
        element.find(f"{W}isLgl") is not None,
    )


def _write(count: int, format: str) -> str:
    """``count`` as a list number; formats that are not known are written as figures."""
    if format in ("lowerLetter", "upperLetter") and 0 < count < 1000:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = _roman(count, _ROMAN)
        return roman if format == "lowerRoman" else roman.upper()
    return f"{count:02d}" if format == "decimalZero" else str(count)


def _roman(count: int, values: Sequence[tuple[int, str]]) -> str:
    out = ""
    for value, letters in values:
        out += letters * (count // value)
        count %= value
    return out
