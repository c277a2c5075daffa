"""A question as the index sees it: its informative words with their terms and n-grams, and the item codes it names.

Knows nothing of the texts that are searched; how rare a word is comes from them later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.analysis import char_ngrams, is_stopword, terms, tokens

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


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One informative word: its ``stem``, the stems of its compound ``parts`` (() for what is no compound)."""

    token: str
    stem: str
    parts: tuple[str, ...]


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
        found = list(dict.fromkeys(tokens(_CODE.sub(_blank, text))))
        informative = [token for token in found if not is_stopword(token)] or ([] if named else found)
        words = []
        for token in informative:
            stem, *parts = terms(token)
            words.append(QueryWord(token, stem, tuple(parts)))
        return cls(
            text,
            tuple(words),
            tuple(sorted({term for word in words for term in (word.stem, *word.parts)})),
            tuple(sorted({ngram for word in words for ngram in char_ngrams(word.token)})),
            tuple(dict.fromkeys(named)),
        )


def _blank(match: re.Match[str]) -> str:
    return match.group() if _is_quantity(match) else " "


def _is_quantity(match: re.Match[str]) -> bool:
    return bool(match["unit"]) and not match["sign"]


def codes(text: str) -> list[NamedCode]:
    """The item codes that ``text`` names, in order: "5:2", "5 : 2" and "strategi 5.2" are the code 5:2.

    A number with a unit behind it ("2.5 miljoner") is no code. Whether such an item exists is the library's matter.
    """
    found = []
    for match in _CODE.finditer(text):
        if _is_quantity(match):
            continue
        kind = _KINDS.get((match["kind"] or "").casefold())
        found.append(NamedCode(f"{int(match['first'])}:{int(match['second'])}", kind))
    return found
