"""Words of notes and comments as drafting compares them: tokens with offsets, stems, and which words carry what a sentence says.

Knows nothing of notes, drafts or provenance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus.verbs import readings
from corpus.word_lists import word_set

if TYPE_CHECKING:
    import Stemmer

_TOKEN = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:/]\d+)*|[^\W\d_][\w]*(?:[-'’.:&][\w]+)*|[^\w\s]", re.UNICODE)

# Words that a sentence can gain or lose without saying anything else. Numbers, negations and names are looked at apart.
EMPTY = word_set(
    """och eller samt men att som i på av för till med från hos om under över mellan inom utom vid ur mot genom utan efter före
    kring den det de dem en ett sin sitt sina dess denna detta dessa är var har hade ska skulle kan kunde vill bör blir blev bli
    blivit vara varit nu så då när där här även också bara dock sedan sen än ca cirka ungefär omkring drygt knappt nästan strax
    runt sammanlagt totalt tillsammans hittills redan fortfarande ännu åter först vi vår vårt våra man sig deras dels både såväl
    hela varav vilket vilka vilken vars per st stycken nr antal antalet gäller finns fanns finnas funnits redovisas redovisats
    uppgår uppgick gör gjort gjorts görs göra får fått fick ges getts tas tagits sker skett skedde kommer kommit genomförts
    genomförs hållits hölls hålls haft år året årets månad månader dag dagen tid period perioden gång gången samtliga alla varje
    procent procentenheter kronor kr tusen miljoner miljarder respektive resp jämfört idag numera dessutom däremot vidare
    därefter därför eftersom medan innan hur någon något några vad vem ju väl första sista gemensam gemensamt gemensamma samma
    egen eget egna olika annan annat andra nya nytt ny bl a t ex m fl dvs d v s januari februari mars april maj juni juli
    augusti september oktober november december siffran siffrorna andelen tiden redovisa
    hösten våren sommaren vintern läsåret klar klart klara kvar upp ut in ned ner
    fram bort åtta sju sex fem fyra tre två tio elva tolv"""
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: ``source[start:end] == text``; ``low`` in small letters."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text`` in order; a code ("3:5"), a decimal and a thousand with blanks are one token each."""
    return tuple(Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text))


@cache
def _stemmer() -> Stemmer.Stemmer:
    import Stemmer

    return Stemmer.Stemmer("swedish")


_ENDS_IN_AN = ("plan", "plans", "man", "mans", "organ", "organs")  # no definite forms


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The word in small letters without its ending; å ä ö are kept. Every form of a known verb has the stem of its infinitive."""
    low = word.lower()
    verbs = {form.infinitive for form in readings(low)}
    if len(verbs) == 1:
        low = verbs.pop()
    if "é" in low[-3:]:
        low = low[: low.rindex("é") + 1]  # "caféet" and "cafét" are "café"
    if len(low) >= 7 and low.endswith(("an", "ans")) and not low.endswith(_ENDS_IN_AN):
        low = low.removesuffix("s")[:-1]  # "checklistan": the stemmer knows no definite forms of nouns on -a
    if low.endswith(("grammet", "grammen", "rummet", "rummen", "hemmet", "hemmen")):
        low = low[:-3]  # "programmet", "musikrummet"
    return str(_stemmer().stemWord(low))


@lru_cache(maxsize=4096)
def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that say what ``text`` is about, in order, repeats kept; numbers are not among them."""
    return tuple(stem(token.low) for token in tokens(text) if is_content(token))


def is_content(token: Token) -> bool:
    """Whether a token carries meaning of its own."""
    return token.is_word and len(token.low) > 1 and token.low not in EMPTY


@lru_cache(maxsize=65536)
def related(a: str, b: str) -> bool:
    """Whether two stems are forms of one word, or one is a part of the other ("skol" and "högstadieskol"); spelling is not forgiven."""
    if a == b:
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if long.startswith(short):
        return len(short) >= 5 or (len(short) >= 3 and len(long) - len(short) <= 3)
    front = len(long) - len(short)
    return (
        len(short) >= 4 and long.endswith(short) and front >= 3 and long[:front] not in ("för", "miss")
    )  # "oannonserade" is not about "annonser"


_PARTICLES = ("av", "upp", "ut", "in", "på", "om", "be", "till", "ned", "ner", "an")


@lru_cache(maxsize=65536)
def loosely_related(a: str, b: str) -> bool:
    """As ``related``, and a first part of four letters is enough ("tolk" and "tolkbrist"): for nearness, never for proof."""
    if related(a, b):
        return True
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 4:
        return False
    if long.startswith(short) or (long.endswith(short) and long[: -len(short)] in _PARTICLES):
        return True
    if len(short) >= 7 and abs(len(a) - len(b)) <= 1 and short[:-1] == long[: len(short) - 1]:
        return True  # "verkställdes" and "verkställts", where no table has the verb
    return len(short) >= 9 and short[:3] == long[:3] and short[-6:] == long[-6:]  # "habersättning" is "habiliteringsersättning"


def matched(stems: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of ``stems`` that have a relative among ``others``, in order."""
    pool = list(others)
    exact = set(pool)
    return [one for one in stems if one in exact or any(related(one, other) for other in pool)]


def coverage(stems: Sequence[str], others: Iterable[str]) -> float:
    """The share of ``stems`` found among ``others``; 1 where there is nothing to find."""
    return len(matched(stems, others)) / len(stems) if stems else 1.0


def plain(text: str) -> str:
    """``text`` for comparing word for word: small letters, single blanks, no marks at its ends."""
    return " ".join(text.casefold().split()).strip(" .,;:!?–-•*")
