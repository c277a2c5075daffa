"""A question as the index sees it: its informative words with their terms and n-grams, and the item codes it names.

Knows nothing of the texts that are searched; how rare a word is comes from them later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.analysis import char_ngrams, is_stopword, is_word, terms, tokens

_KINDS = {
    "strategi": "strategi",
    "strategin": "strategi",
    "insats": "insats",
    "insatsen": "insats",
    "åtgärd": "åtgärd",
    "åtgärden": "åtgärd",
}
_CODE = re.compile(
    r"(?<![\d:.,])(?:(?P<kind>strategin?|insats(?:en)?|åtgärd(?:en)?|punkt(?:en)?|nummer|nr\.?)\s+)?"
    r"(?P<first>\d{1,2})(?:\s?(?P<sign>:)\s?|(?P<dot>\.))(?P<second>\d{1,2})(?![\d:]|[.,]\d)"
    r"(?P<unit>\s*(?:%|kr\b|kronor|procent|miljon|mkr|mnkr|tkr|timm|år\b|gånger|m\b|km\b|meter|h\b))?",
    re.IGNORECASE,
)

_TO = re.compile(r"\s*(?:[-–—]|till(?: och med)?|t\.?o\.?m\.?)\s*", re.IGNORECASE)
"""What stands between the first and the last of several codes."""


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One informative word: its ``stem``, the stems of its compound ``parts`` (() for what is no compound).

    ``strange`` is True where it is no Swedish word that the lexicon knows: a name, or a word misspelt.
    """

    token: str
    stem: str
    parts: tuple[str, ...]
    strange: bool = False


@dataclass(frozen=True, slots=True)
class NamedCode:
    """An item code in a question, canonical ("5:2"), with the kind word before it, None where there is none."""

    code: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Query:
    """A question taken apart. ``terms`` and ``ngrams`` are distinct and sorted; ``words`` keep their order, each once."""

    text: str
    words: tuple[QueryWord, ...]
    terms: tuple[str, ...]
    ngrams: tuple[str, ...]
    codes: tuple[NamedCode, ...]

    @classmethod
    def parse(cls, text: str) -> Query:
        """The question in ``text``. Blank text gives no words.

        Words that say nothing of a subject fall out, unless there are no others; so do named codes with the kind words before them.
        """
        named = codes(text)
        found = list(dict.fromkeys(tokens(without_codes(text))))
        informative = [token for token in found if not is_stopword(token)] or ([] if named else found)
        words = []
        for token in informative:
            stem, *parts = terms(token)
            words.append(QueryWord(token, stem, tuple(parts), token.isalpha() and not parts and not is_word(token)))
        return cls(
            text,
            tuple(words),
            tuple(sorted({term for word in words for term in (word.stem, *word.parts)})),
            tuple(sorted({ngram for word in words for ngram in char_ngrams(word.token)})),
            tuple(dict.fromkeys(named)),
        )


def without_codes(text: str) -> str:
    """``text`` with a blank in the place of each item code and the kind word before it: a code is a key and has no meaning."""
    return _CODE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return match.group() if _is_quantity(match) else " "


def _is_quantity(match: re.Match[str]) -> bool:
    return bool(match["unit"]) and not match["sign"]


def codes(text: str) -> list[NamedCode]:
    """The item codes that ``text`` names, in order: "5:2", "5 : 2" and "strategi 5.2" are the code 5:2, "4:1–4:3" three codes.

    A number with a unit behind it ("2.5 miljoner") is no code. A code named both with and without a kind word is of that kind.
    Whether such an item exists is the library's matter.
    """
    found: list[NamedCode] = []
    last: re.Match[str] | None = None
    for match in _CODE.finditer(text):
        if _is_quantity(match):
            continue
        kind = _KINDS.get((match["kind"] or "").casefold())
        first, second = int(match["first"]), int(match["second"])
        if last is not None and int(last["first"]) == first and _TO.fullmatch(text, last.end(), match.start()):
            kind = kind or found[-1].kind
            found += [NamedCode(f"{first}:{between}", kind) for between in range(int(last["second"]) + 1, second)]
        found.append(NamedCode(f"{first}:{second}", kind))
        last = match
    with_kind = {named.code for named in found if named.kind}
    return [named for named in found if named.kind or named.code not in with_kind]
