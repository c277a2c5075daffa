"""What the form's own words look like: codes, kinds, headings, answers, questions, "Förväntat resultat:".

Looks at one paragraph's text at a time. What a mark means at its place is decided by ``corpus.anchors`` and ``corpus.headings``:
the same "1.2" is a heading, an item or a line in a comment. Every pattern is linear in the text's length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import AnswerValue, Kind

_CODE = r"\d{1,3}(?:\s?:\s?\d{1,3}|\.\d{1,3})(?:[a-eA-E](?![^\W_]))?(?![\d])(?![:.]\d)"
_AFTER = r"\s*[.:]?(?:\s+[-–—])?(?=\s|$)"
_KINDS: dict[str, Kind] = {
    "strategi": "strategi",
    "insats": "insats",
    "åtgärd": "åtgärd",
    "aktivitet": "åtgärd",
    "uppdrag": "åtgärd",
}
_WITH_KIND = re.compile(rf"(Strategi|Insats|Åtgärd|Aktivitet|Uppdrag)(?:\s+nr\.?)?\s+({_CODE}){_AFTER}", re.IGNORECASE)
_BARE = re.compile(rf"({_CODE}){_AFTER}(?=\s*(?:[\"”“(]?([A-ZÅÄÖÉÜ])|[\"”“(]?[a-zåäöéü]))")
_LONE = re.compile(rf"({_CODE})\s*\.?")
_TAIL = re.compile(rf"\b(strategi|insats|åtgärd|aktivitet|uppdrag)(?:en)?\s+({_CODE})\s*\.?\s*$", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_SUFFIX = re.compile(r"[a-eA-E]$")

_EXPECTED = re.compile(
    r"(?:Förvänta(?:t|de)|Önska(?:t|de)|Avse(?:dd|tt|dda)) (?:resultat|effekt)(?:en|er|et)?(?:\s*[:–—]\s*|\s+(?=(?-i:[A-ZÅÄÖ]))|\s*$)",
    re.IGNORECASE,
)

_ANSWERS: dict[str, AnswerValue] = {"ja": "Ja", "nej": "Nej", "delvis": "Delvis", "pågår": "Pågår", "pågående": "Pågår"}
_NO_ANSWER = (
    r"(?:ej|inte|inget|inga)\s+(?:besvarad|besvarat|besvarats|svar|svarat|aktuellt?|relevant|tillämpligt?|angivet|påbörjad|påbörjat|genomförd"
    r"|genomfört)|svar saknas|saknar svar|obesvarad|obesvarat|vet (?:ej|inte)|genomförd|genomfört|påbörjad|påbörjat|avslutad"
    r"|ja/nej|n/a|[-–—]"
)
_LABEL = r"(?:svar(?:salternativ)?\s*:\s*)?"
_WHOLE_ANSWER = re.compile(rf"{_LABEL}(?:(ja|nej|delvis|pågår|pågående)|{_NO_ANSWER})\s*[.!,;:]?\s*", re.IGNORECASE)
_ANSWER_FIRST = re.compile(
    rf"{_LABEL}(?:(ja|nej)(?:\s*[,.;:!]\s*|\s+[-–—]\s+|\s+(?=\S))|(delvis|pågår)(?:\s*[,.;:!]\s+|\s+[-–—]\s+))", re.IGNORECASE
)
_BOX = "[☐☑☒□■▢✓✔✗✘⬜⬛]"
_BOXES = re.compile(
    rf"(?:{_BOX}\s*(?:ja|nej|delvis|pågår)\s*){{2,4}}|(?:(?:ja|nej|delvis|pågår)\s*{_BOX}\s*){{2,4}}", re.IGNORECASE
)
_BOXED = re.compile(rf"({_BOX})\s*(ja|nej|delvis|pågår)|(ja|nej|delvis|pågår)\s*({_BOX})", re.IGNORECASE)
_EMPTY_BOXES = frozenset("☐□▢⬜")

_ASKED = re.compile(r"\?[\"”]?\s*(?:\([^()]{0,200}\)\s*\.?\s*)?$")
_ASIDE = re.compile(r"\([^()]{1,200}\)\s*$")
_BIDS = re.compile(
    r"(?:beskriv|redovisa|redogör|ange|kommentera|på vilke[tn]|i vilken|hur|vilka|vilken|vilket|vad|har|är|finns|sker|genomförs"
    r"|används|använder"
    r"|deltar|arbetar|pågår|erbjuds|genomför|vidtar|kan|får|känner|bidrar|samverkar|följer|utvecklas)\b",
    re.IGNORECASE,
)

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})\.?\s+(?=[\"”“(]?[A-ZÅÄÖÉÜ])")
_AREA_WORD = re.compile(
    r"(?:Målområde|Fokusområde|Insatsområde|Utvecklingsområde|Delområde|Prioriterat område|Inriktning)\s+(\d{1,2})(?![\d:.]\d)\b"
    r"|(?:Mål|Delmål|Område|Perspektiv)\s+(\d{1,2})\s*:",
)
MAX_HEADING = 300
"""Characters in a heading; the longest known has about 130."""


@dataclass(frozen=True, slots=True)
class CodeMark:
    """A code in a paragraph: canonical and as written, its kind, and where label, code and the text after them stand.

    ``form``: "kind" ("Strategi 1:1 …"), "colon" ("1:1 …"), "dot" ("1.1 …"), "weak" (a small letter follows) at the start, "tail"
    ("… med insats 1:1.") at the end.
    """

    form: str
    kind: Kind
    code: str
    written: str
    code_start: int = 0
    body: int = 0


@dataclass(frozen=True, slots=True)
class AnswerMark:
    """An answer: its value (None for "Ej besvarad" and the like) and where what follows it on the line begins."""

    value: AnswerValue | None
    end: int
    whole: bool


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading: its numbers ("1.2.3" is (1, 2, 3); empty without), where the title begins, if it is called "Målområde 3" or so.

    ``dotted``: the number ends with a point, as in a numbered list.
    """

    numbers: tuple[int, ...]
    title: int
    named: bool
    dotted: bool = False

    @property
    def level(self) -> int:
        """1 for a plan's heading, 2 and more below it; 2 where only "Målområde 3" says so."""
        return len(self.numbers) or 2


def code_mark(text: str) -> CodeMark | None:
    """The code that ``text`` begins with, or ends with after its kind word; None where there is none."""
    match = _WITH_KIND.match(text)
    if match:
        kind = _KINDS[match[1].casefold()]
        return CodeMark("kind", kind, canonical(match[2]), match[2], match.start(2), match.end())
    match = _BARE.match(text)
    if match:
        form = ("colon" if ":" in match[1] else "dot") if match[2] else "weak"
        return CodeMark(form, "åtgärd", canonical(match[1]), match[1], 0, match.end())
    match = _TAIL.search(text, max(0, len(text) - 60)) if len(text) <= 600 else None
    if match:
        return CodeMark("tail", _KINDS[match[1].casefold()], canonical(match[2]), match[2], match.start(2))
    return None


def lone_code(text: str) -> CodeMark | None:
    """The code that is the whole of ``text``, as in a table's column of codes; None where it is not."""
    match = _LONE.fullmatch(text)
    return CodeMark("colon", "åtgärd", canonical(match[1]), match[1], 0, len(text)) if match else None


def canonical(written: str) -> str:
    """ "5.2", "5 : 2" and "05:2" as "5:2"; a letter after it is kept in lower case."""
    suffix = _SUFFIX.search(written)
    return ":".join(str(int(number)) for number in _NUMBERS.findall(written)) + (suffix[0].lower() if suffix else "")


def expected_label(text: str) -> int:
    """Where the text after "Förväntat resultat:" begins; 0 where it does not begin so."""
    match = _EXPECTED.match(text)
    return match.end() if match else 0


def whole_answer(text: str) -> AnswerMark | None:
    """The answer that is the whole of ``text``: "Ja", "Nej.", "Ej besvarad", "☒ Ja ☐ Nej"."""
    if len(text) > 60:
        return None
    match = _WHOLE_ANSWER.fullmatch(text)
    if match:
        return AnswerMark(_ANSWERS[match[1].casefold()] if match[1] else None, len(text), True)
    if _BOXES.fullmatch(text):
        ticked = [(m[2] or m[3]) for m in _BOXED.finditer(text) if (m[1] or m[4]) not in _EMPTY_BOXES]
        return AnswerMark(_ANSWERS[ticked[0].casefold()] if len(ticked) == 1 else None, len(text), True)
    return None


def first_answer(text: str) -> AnswerMark | None:
    """The answer that ``text`` begins with when more follows: "Nej, inte i år." """
    match = _ANSWER_FIRST.match(text)
    return AnswerMark(_ANSWERS[(match[1] or match[2]).casefold()], match.end(), False) if match else None


def asks(text: str) -> bool:
    """Whether ``text`` ends with a question mark, a parenthesis may follow."""
    return len(text) <= 1500 and bool(_ASKED.search(text, max(0, len(text) - 230)))


def is_aside(text: str) -> bool:
    """Whether ``text`` is one parenthesis: "(Samtliga nämnder och styrelser)"."""
    return bool(_ASIDE.match(text)) if len(text) <= 210 else False


def bids(text: str) -> bool:
    """Whether ``text`` could be a question without its mark: one short sentence that begins like one."""
    return len(text) <= 400 and bool(_BIDS.match(text)) and not re.search(r"[.!]\s+\S", text)


def heading_mark(text: str) -> HeadingMark | None:
    """What makes ``text`` a heading in form; a sentence end or great length speaks against it."""
    if len(text) > MAX_HEADING or text.rstrip()[-1:] in ".!?;,":
        return None
    match = _NUMBERED.match(text)
    if match:
        numbers = tuple(int(part) for part in match[1].split("."))
        return HeadingMark(numbers, match.end(), bool(_AREA_WORD.match(text, match.end())), match[0].rstrip().endswith("."))
    return HeadingMark((), 0, True) if _AREA_WORD.match(text) else None


def area_number(text: str) -> str:
    """The number in "Målområde 3: …", "" where there is none."""
    match = _AREA_WORD.match(text)
    return (match[1] or match[2]) if match else ""
