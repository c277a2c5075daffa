"""Item codes and kinds in a question: "5:2", "5.2", "strategi 5 : 2", "5:2 och 5:3", "4:1–4:4".

A code is a key: it is read whole or not at all, so that 5:2 is never 5:20 or 15:2, and a time, a decimal, an amount or a date is no
code. Knows nothing of which codes exist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.words import nearest
from corpus.model import Kind

KIND_FORMS: dict[str, Kind | None] = {
    **dict.fromkeys(("strategi", "strategin", "strategins", "strategier", "strategierna", "strat", "str", "s"), "strategi"),
    **dict.fromkeys(("insats", "insatsen", "insatsens", "insatser", "insatserna", "ins", "i"), "insats"),
    **dict.fromkeys(("atgard", "atgarden", "atgardens", "atgarder", "atgarderna", "atg", "a"), "åtgärd"),
    **dict.fromkeys(
        ("punkt", "punkten", "punkter", "punkterna", "fraga", "fragan", "fragor", "nummer", "nr", "kod", "koden", "koder"), None
    ),
    **dict.fromkeys(("uppfoljningspunkt", "uppfoljningspunkten", "uppfoljningspunkterna", "uppfoljningsfraga"), None),
}
"""What an officer writes before a code, folded, and the kind it means (None: any)."""

_LONG_FORMS = tuple(form for form in KIND_FORMS if len(form) >= 6 and KIND_FORMS[form])
_CODE = re.compile(r"(?<![\d:.,§-])(\d{1,2})( ?[:.] ?)(\d{1,2})(?:s\b|[:-]?(?:ans?|or|orna)\b)?(?![\w%])(?![:.,]\d)(?! ?%)")
_LOOSE = re.compile(r"(?<![\w:.,/-])(\d{1,2}) ?[,;\-–_/] ?(\d{1,2})(?!\w|[:.,/-]\d)")
_RANGE = re.compile(
    r"(?! -[012]\d(?![\d:.])) ?(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?) ?(?:(\d{1,2}) ?[:.] ?)?(\d{1,2})(?![\w:.,%]*\d|%)"
)
"""What ends a range; a dash that only a blank stands before opens a short year ("1:5 -23")."""
_BEFORE = re.compile(r"([^\W\d_]+)\.?(?: (?:nr|nummer|kod|koden)\.?)? *[\"'”(:]? *$")
_JOIN = re.compile(r"^[ ,]*(?:och|samt|eller|resp\.?|respektive|&|/|\+|mot|med|,)?[ ,]*$")
_AFTER = re.compile(
    r"^ *[(,]? *(?:dvs\.? )?(?:bland |av |i |for )?(strategi(?:n|erna)?|insats(?:en|erna)?|atgard(?:en|" r"erna)?)\b\)?"
)
_TIME_BEFORE = re.compile(r"(?:\bkl\.?|\bklockan|\bversion|\bv\.?|\bkap\.?|\bkapitel|§|\bparagraf|\bsid(?:an|a)?\.?) *$")
_UNIT_AFTER = re.compile(
    r"^ *(?:%|procent|kr\b|kronor|tkr|mkr|mnkr|mdkr|miljon|miljard|tusen|timm|tim\b|h\b|min\b|minut|km\b|kilo|"
    r"meter|kg\b|ar\b|arsarbetare|"
    r"tjanst|grader|ganger|personer|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
)


@dataclass(frozen=True, slots=True)
class CodeRef:
    """A code that a question names. ``last`` ends a range ("4:1–4:4": code "4:1", last "4:4"); ``kind`` where it was said."""

    code: str
    kind: Kind | None = None
    last: str | None = None

    @property
    def label(self) -> str:
        """The code as an officer reads it: "Strategi 5:2", "4:1–4:4"."""
        code = f"{self.code}–{self.last}" if self.last else self.code
        return f"{self.kind.capitalize()} {code}" if self.kind else f"Punkt {code}"


def code_pair(code: str) -> tuple[int, int]:
    """A code as two numbers, for order and nearness. Codes of another form sort last."""
    parts = re.split(r"[:.]", code)
    if len(parts) >= 2 and all(part.isdigit() for part in parts[:2]):
        return int(parts[0]), int(parts[1])
    return 999, 999


def kind_of(word: str) -> tuple[bool, Kind | None]:
    """Whether a folded word before a code is a kind word (also misspelt), and which kind it means."""
    if word in KIND_FORMS:
        return True, KIND_FORMS[word]
    meant = nearest(word, _LONG_FORMS) if len(word) >= 5 else None
    return (True, KIND_FORMS[meant]) if meant else (False, None)


def find_codes(folded: str) -> tuple[tuple[CodeRef, ...], list[tuple[int, int]]]:
    """The codes of a folded question in order, without repeats, and the spans of the text that they take up."""
    found: list[tuple[int, int, str, str | None]] = []
    for match in _CODE.finditer(folded):
        separator = match.group(2)
        before = _BEFORE.search(folded[: match.start()])
        named = before is not None and len(before.group(1)) > 1 and kind_of(before.group(1))[0]
        measure = "." in separator and not named and _UNIT_AFTER.match(folded[match.end() :])
        if _TIME_BEFORE.search(folded[: match.start()]) or measure:
            continue
        found.append((match.start(), match.end(), f"{int(match.group(1))}:{int(match.group(3))}", None))
    for match in _LOOSE.finditer(folded):
        before = _BEFORE.search(folded[: match.start()])
        named = before is not None and len(before.group(1)) > 1 and kind_of(before.group(1))[0]
        if named and not any(start < match.end() and match.start() < end for start, end, *_ in found):
            found.append((match.start(), match.end(), f"{int(match.group(1))}:{int(match.group(2))}", None))
    found.sort()
    return _with_kinds(folded, _with_ranges(folded, found))


def _with_ranges(folded: str, found: list[tuple[int, int, str, str | None]]) -> list[tuple[int, int, str, str | None]]:
    """Ranges closed: "4:1–4:4" and "4:1-4" become one entry with its last code; a range that runs backwards stays two codes."""
    result: list[tuple[int, int, str, str | None]] = []
    skip_to = 0
    for start, end, code, _ in found:
        if start < skip_to:
            continue
        match = _RANGE.match(folded, end)
        last = None
        if match:
            first = code_pair(code)
            high = (int(match.group(1) or first[0]), int(match.group(2)))
            if high > first:
                last, end = f"{high[0]}:{high[1]}", match.end()
        result.append((start, end, code, last))
        skip_to = end
    return result


def _with_kinds(folded: str, found: list[tuple[int, int, str, str | None]]) -> tuple[tuple[CodeRef, ...], list[tuple[int, int]]]:
    """Each code with the kind said before it, carried over "och" and commas, or after it in brackets."""
    refs: list[CodeRef] = []
    spans: list[tuple[int, int]] = []
    carried: Kind | None = None
    previous = 0
    for start, end, code, last in found:
        before = _BEFORE.search(folded[previous:start])
        attached = before is not None and before.end(1) == start - previous
        is_kind, kind = kind_of(before.group(1)) if before else (False, None)
        if before and is_kind and (attached or len(before.group(1)) > 1):
            start, carried = previous + before.start(1), kind
        elif attached:
            continue  # a digit after letters that are no kind word: a name such as "A5:2" is no code
        elif not refs or not _JOIN.match(folded[previous:start]):
            carried = None
        kind = carried
        if kind is None and (after := _AFTER.match(folded[end:])):
            kind = KIND_FORMS[after.group(1)]
            end += after.end()
        ref = CodeRef(code, kind, last)
        if ref not in refs:
            refs.append(ref)
        spans.append((start, end))
        previous = end
    return tuple(refs), spans
