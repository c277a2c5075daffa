"""What the columns of a table mean, told by the words of its header row, and the two sides of a form that they make together.

Every reader gives a form's table with two columns: 0 is the question side (question, code and statement, expected result), 1 the
answer side (answer, comment). Knows Swedish column names and nothing of file formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Role = Literal[
    "organisation",
    "year",
    "plan",
    "area",
    "question",
    "kind",
    "code",
    "statement",
    "expected",
    "answer",
    "comment",
    "questions",
    "answers",
]
"""``questions`` and ``answers`` are the two columns of the form itself, which hold a whole side each."""

LEFT: Final[tuple[Role, ...]] = ("questions", "question", "kind", "code", "statement", "expected")
RIGHT: Final[tuple[Role, ...]] = ("answer", "answers", "comment")
EXPECTED_LABEL: Final = "Förväntat resultat: "
ANSWERS: Final = frozenset(("ja", "nej", "delvis", "pågår"))

CODE: Final = re.compile(
    r"(?:strategi|insats|åtgärd|aktivitet)\s+\d{1,2}\s?[:.]\s?\d{1,2}\b|^\s*\d{1,2}\s?[:.]\s?\d{1,2}\b", re.IGNORECASE
)
"""The code of an item on the question side: after its kind word, or first on its line."""

_NAMES: Final[tuple[tuple[Role, tuple[str, ...]], ...]] = (
    ("answers", (r"svarsalternativ( (med|och) kommentar(er)?)?", r"svar (med|och) kommentar(er)?", r"svar(,| ?/) ?kommentar(er)?")),
    ("questions", (r"uppföljningsfrågor( och strategi(er)?)?", r"uppföljningspunkt(er)?", "frågor")),
    (
        "organisation",
        (
            r"(ansvarig )?(nämnd|förvaltning)",
            r"nämnd ?/ ?förvaltning",
            r"förvaltning ?/ ?nämnd",
            "organisation|bolag|verksamhet|enhet",
        ),
    ),
    ("year", (r"(rapport|uppföljnings)?år", "årtal")),
    ("plan", (r"(handlings)?plan|program", r"plan ?/ ?program", r"program ?/ ?plan", "styrande dokument|styrdokument")),
    ("area", (r"mål", r"(mål|fokus|del|utvecklings|prioriterat )?område", r"mål(område)? ?/ ?fokusområde")),
    ("kind", ("typ|slag|sort",)),
    ("code", (r"(strategi|insats|åtgärds?|punkt|strategi ?/ ?insats)?[ -]?(kod|nr\.?|nummer|id)", "#|löpnummer")),
    ("question", (r"(uppföljnings)?fråga",)),
    ("expected", (r"(förvänta(t|de)|önskat|planerat) (resultat|effekt(er)?|utfall)", "effekt(er)?|effektmål|resultatmål")),
    (
        "statement",
        (
            r"strategi(er|text|formulering)?",
            r"insats(er|text)?",
            r"åtgärd(er|stext)?",
            r"aktivitet(er)?",
            r"strategi ?/ ?insats( ?/ ?åtgärd)?",
            "text|formulering|beskrivning",
        ),
    ),
    ("answer", ("svar|svarsalternativ|status|bedömning|genomförd|uppfylld|uppfyllt", r"ja ?/ ?nej", r"resultat \(ja/nej\)")),
    (
        "comment",
        (
            r"kommentar(er)?( till svar(et)?)?",
            r"kommentar ?/ ?beskrivning",
            r"uppföljning( och kommentar)?",
            r"beskrivning av (arbetet|svaret)",
            "redovisning|utfall|resultat|svar i text|analys|motivering|beskriv(ning)?",
            r"vad har (gjorts|ni gjort|vi gjort|hänt|genomförts)( under (året|perioden))?\??",
            r"(genomförda|vidtagna) (aktiviteter|åtgärder|insatser)|(beskriv|kommentera) .{1,40}|fritext(svar)?|anmärkning(ar)?",
        ),
    ),
)
_TICKED: Final = "☒☑✓✔■⊠🗹"
_BOX: Final = f"[☐□▢⬜{_TICKED}]"
_BOXES: Final = re.compile(rf"({_BOX})\s*(Ja|Nej|Delvis|Pågår)\b|\b(Ja|Nej|Delvis|Pågår)\s*({_BOX})", re.IGNORECASE)
_PATTERNS: Final = tuple((role, re.compile(rf"(?:{'|'.join(names)})[:*]*", re.IGNORECASE)) for role, names in _NAMES)


def role_of(name: str) -> Role | None:
    """The meaning of one column name, or None. Case, doubled blanks and a colon at the end do not matter."""
    wanted = " ".join(name.split())
    if not wanted or len(wanted) > 60:
        return None
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(wanted)), None)


def roles_of(names: Sequence[str]) -> tuple[Role | None, ...] | None:
    """The meanings of a header row's names in order (None for a name nobody knows), or None where this is no header row of a form.

    A header row names something on the question side and something on the answer side. A meaning that comes twice counts for the
    first; "Svarsalternativ" beside a column of comments is the answer alone.
    """
    found: list[Role | None] = []
    for name in names:
        role = role_of(name)
        found.append(None if role in found else role)
    if "answers" in found and "comment" in found and "answer" not in found:
        found[found.index("answers")] = "answer"
    if "questions" in found and "question" not in found and ("statement" in found or "code" in found):
        found[found.index("questions")] = "question"
    if not any(role in found for role in LEFT) or not any(role in found for role in RIGHT):
        return None
    return tuple(found)


def is_answer(text: str) -> bool:
    """Whether a line is an answer and nothing else: Ja, Nej, Delvis, Pågår, in any case, with or without a full stop."""
    return text.strip().rstrip(".").casefold() in ANSWERS


def is_two_sided(roles: Sequence[Role | None]) -> bool:
    """Whether the columns are the two sides of the form as they stand, in that order."""
    return len(roles) == 2 and roles[0] in LEFT and roles[1] in RIGHT


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column goes: ``index`` is its place in the table, ``side`` 0 or 1, or None for what belongs to neither side.

    ``prefix`` is put before its text, ``joins`` tells that what follows goes on on the same line (a code before its statement).
    """

    index: int
    role: Role | None
    side: int | None
    prefix: str = ""
    joins: bool = False


def slots(roles: Sequence[Role | None]) -> list[Slot]:
    """A table's columns in the order of the form: those of neither side first, then the question side, then the answer side."""
    neither = [Slot(i, role, None) for i, role in enumerate(roles) if role not in LEFT and role not in RIGHT]
    found = []
    for side, order in enumerate((LEFT, RIGHT)):
        for role in order:
            if role in roles:
                prefix = EXPECTED_LABEL if role == "expected" else ""
                found.append(Slot(roles.index(role), role, side, prefix, joins=role in ("kind", "code")))
    return neither + found


def ticked(text: str) -> str | None:
    """The answer whose box is ticked where ``text`` is a row of boxes with answers ("☒ Ja ☐ Nej"), "" where none is, else None."""
    boxes = _BOXES.findall(text)
    if len(boxes) < 2 or _BOXES.sub("", text).strip(" /|,\t"):
        return None
    before = [(box, word) for box, word, _, _ in boxes if word]
    after = [(box, word) for _, _, word, box in boxes if word]
    if before and after:
        return None
    chosen = [word for box, word in before or after if box in _TICKED]
    return chosen[0] if len(chosen) == 1 else "" if not chosen else None
