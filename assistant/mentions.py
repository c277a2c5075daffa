"""Where a comment literally mentions a word: whole words and their inflected forms, compounds with a hyphen, an abbreviation as such.

"SIG" is not "sig" and "EST" is not "bäst": a word written in capitals is only met by capitals. Knows nothing of meaning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_INFLECTION = r"(?:s|en|ens|et|ets|n|ns|t|ts|na|nas|a|ar|ars|arna|arnas|er|ers|erna|ernas|or|ors|orna|ornas)?"
_CAPITALS = re.compile(r"^[^\Wa-zåäö\d]{2,}[\w&-]*$")


def places(text: str, phrase: str, *, capitals: bool | None = None) -> list[tuple[int, int]]:
    """The slices of ``text`` that mention ``phrase``, in order. ``capitals`` forces whether only capitals count (None: as written)."""
    only = bool(_CAPITALS.match(phrase)) if capitals is None else capitals
    pattern = _pattern(phrase, only)
    return [match.span() for match in pattern.finditer(text)]


def is_also_common(texts: Sequence[str], phrase: str) -> bool:
    """Whether a phrase typed in small letters is written as an abbreviation in ``texts``: then only that is meant."""
    if not phrase.islower() or len(phrase) > 6 or not phrase.isalpha():
        return False
    written = re.compile(rf"\b{re.escape(phrase.upper())}(?:[-:]\w+|s)?\b")
    return any(written.search(text) for text in texts)


def _pattern(phrase: str, capitals: bool) -> re.Pattern[str]:
    parts = phrase.split()
    if capitals:
        # "BRÅ" is also written "Brå" and "Brås", never "brå"
        forms = "|".join(re.escape(form) for form in dict.fromkeys((phrase, phrase.upper(), phrase.capitalize())))
        return re.compile(rf"(?<![\w])(?:{forms})(?:s|:s|:n|:en|:ns)?(?![\w&])")
    *first, last = parts
    stem = last[:-1] if len(last) > 5 and last.endswith(("a", "e")) else last
    tail = rf"{re.escape(stem)}(?:{re.escape(last[len(stem) :])})?{_INFLECTION}"
    body = r"\s+".join([*(re.escape(part) for part in first), tail])
    return re.compile(rf"(?<![\w]){body}(?!\w)", re.IGNORECASE)
