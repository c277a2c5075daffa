"""Swedish words as the assistant compares them: folded, stemmed lightly, with room for a spelling mistake.

For understanding questions and for choosing a sentence among the few of a comment. Knows nothing of search: what the library finds
words with is ``index.analysis``. Nothing heavy is imported, because every question passes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

_PLAIN = str.maketrans("åäöéèêüæøáàóíñç", "aaoeeeuaoaaoinc")
_WORD = re.compile(r"[^\W_]+(?:[-'’&][^\W_]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


# Longest first; what is left must have three letters. Enough to meet "workshopparna" and "workshops", "planen" and "plan".
_ENDINGS = sorted(
    word_set(
        """heternas heterna hetens heten heters heter ningarnas ningarna ningars ningar ningens ningen nings ning arnas arna ernas erna
    ornas orna andets andet andes ande endets endet endes ende ades ade aste ast ats at ad ares are arens aren ars ar ers er ors or
        ens en ets et as an a es e s n t"""
    ),
    key=lambda ending: (-len(ending), ending),
)

# Words that carry a question and say nothing of its subject, folded.
FUNCTION_WORDS = word_set(
    """och eller samt men att som i pa av for till med fran hos om over under mellan inom utom vid ur mot genom utan efter fore kring
    den det de dem dom en ett sin sitt sina var vart vara deras dess denna detta dessa ar har hade ska skulle skall kan kunde vill
    ville maste bor bli blir blev blivit vara varit var an nar da dar har hur vad vilka vilken vilket vem vilkas vars varfor vart
    jag du vi ni oss er era ert eran mig dig sig man nagot nagon nagra inte ej icke aven ocksa bara redan nu sen sedan sa ju val
    alla allt hela nagonsin gor gora gjorde gjort gors gjordes gang ganger typ liksom egentligen just mer mest andra annat annan
    the of and is are what how tack snalla hej hejsan visst ok okej dock finns fanns finnas funnits fatt far fick gar gatt gick ta tar tog
    tagit tas kommer kom kommit sager saga sade sagt star stod star std sta star skriver skrev skrivit skrivits svarar svarade svarat
    svarades svar svaret svaren beratta visa kolla hitta leta sok letar undrar undrade vet veta fraga fragar fragade kring angaende
    gallande avseende rorande betraffande handlar handlade arbetar arbetade jobbar jobbade arbete arbetet arbetat jobbat jobb
    anvander anvands anvande mycket manga stor stort lang lange ofta stycken st antal antalet dels bade saker sak nat nan nar nog
    rapport rapporten rapporter rapporterna kommentar kommentaren kommentarer kommentarerna text texten punkt punkten punkter
    punkterna uppfoljningspunkt uppfoljningspunkter uppfoljningspunkten uppfoljning uppfoljningen forvaltning forvaltningen
    forvaltningens vart vara rapporterat rapporterade rapporterar ange angett beskriv beskriver beskrev beskrivit
    lista listan samtliga ihop tillsammans exempelvis exempel igen nytt lite ge ger gav gett oversiktligt
    at ha haft kollar skoter tittar tittat funkar fungerar forsoker ror rorande hurdan hurdant nere uppe handa hander hande hant"""
)

# Words with å, ä or ö that folding makes equal to one of those.
_TELLING = word_set("stöd gäng män nät hår")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: ``text[start:end]`` as written, and ``folded`` for comparing."""

    start: int
    end: int
    text: str
    folded: str


def fold(text: str) -> str:
    """``text`` in small letters and without marks, of the same length: offsets in one hold in the other.

    å and ä become a, ö becomes o: for recognising what an officer meant, never for telling two words of a report apart.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter such as İ, whose small form is two characters
        lowered = "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)
    return lowered.translate(_PLAIN)


def tidy(text: str) -> str:
    """``text`` composed (NFC), with every run of white space as one blank and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` in order; a hyphen, an apostrophe or & inside a word keeps it one."""
    folded = fold(text)
    for match in _WORD.finditer(text):
        yield Word(match.start(), match.end(), match.group(), folded[match.start() : match.end()])


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """The folded word without its ending, a doubled last consonant made single: "workshopparna" and "workshops" give "workshop"."""
    bare = fold(word)
    if len(bare) <= 3 or bare.isdigit():
        return bare
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= (4 if ending in ("n", "t") else 3):
            bare = bare[: -len(ending)]
            break
    if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "aeiouy":
        bare = bare[:-1]
    return bare


def kinship(a: str, b: str) -> float:
    """How nearly two stems are the same word, 0..1: 1 equal, less for a compound's part, a longer form or a spelling mistake."""
    if a == b:
        return 1.0
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) >= 4 and long.startswith(short):
        return 0.8 if len(short) >= 8 or (len(short) >= 5 and len(long) - len(short) <= 4) else 0.6
    if len(short) >= 5 and long.endswith(short):
        return 0.6
    if len(short) >= 5 and any(ch.isalpha() for ch in short):
        limit = 2 if len(short) >= 9 else 1
        if len(long) - len(short) <= limit and distance(short, long, limit) <= limit:
            return 0.7
    return 0.0


def distance(a: str, b: str, limit: int) -> int:
    """Edits between two words (insert, delete, replace, swap neighbours), counted no further than ``limit`` + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` (folded) that ``word`` (folded) is meant to be: itself, or the nearest within one edit (from nine letters two).

    None for words below five letters that are not known, and where nothing is near enough. Ties go to the first in order.
    """
    pool = list(known)
    if word in pool:
        return word
    if len(word) < 5:
        return None
    limit = 2 if len(word) >= 9 else 1
    best = min(((distance(word, other, limit), i) for i, other in enumerate(pool) if len(other) >= 4), default=(limit + 1, 0))
    return pool[best[1]] if best[0] <= limit else None


def is_function(word: Word) -> bool:
    """Whether a word carries a question and says nothing of its subject; "gäng" and "stöd" do, though "gang" and "stod" do not."""
    return word.folded in FUNCTION_WORDS and word.text.lower() not in _TELLING


def content_words(text: str) -> list[Word]:
    """The words of ``text`` that say what it is about: no function words, no lone letters."""
    return [word for word in words(text) if not is_function(word) and (len(word.folded) > 1 or word.text.isdigit())]


def in_capitals(text: str) -> bool:
    """Whether a word is written as an abbreviation; telling even where its small letters are no more than "sig" or "est"."""
    return text.isupper() and text.isalpha()
