"""The numbers of a sentence and what they count, for a question of how many: "165 deltagare", "antalet besök sjönk till 74".

``fits_number`` grades a sentence; 0 means that none of its numbers counts what is asked for. Knows nothing of other kinds of facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.words import FUNCTION_WORDS, Word, fold, is_function, kinship, stem, word_set, words

_NUMBER_WORDS = sorted(
    word_set(
        """tva tre fyra fem sex sju atta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio
    femtio sextio sjuttio attio nittio hundra tusen dussin dussintal tiotal ett tjugotal hundratal fatal enstaka flertal halften samtliga inga
    ingen inget"""
    )
)
_NUMBER = re.compile(
    r"(?<![\w:.,/–-])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?)(?![:./]\d|\d)|"
    rf"\b(?:{'|'.join(w for w in _NUMBER_WORDS if w != 'ett')}|ett (?:tiotal|tjugotal|trettiotal|femtiotal|"
    rf"hundratal|dussin|par)|en (?:enda|handfull)|en(?= (?:person|tjanst|handlaggare|medarbetare|samordnare)\b)|ett (?:enda|antal))\b"
)
MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_NOT_A_COUNT = re.compile(r"^(?:19|20)\d\d$")
_DATE_AFTER = re.compile(rf"^ (?:{MONTH})\b")
_BEFORE_TIME = re.compile(r"(?:\bkl\.?|\bklockan|\bmalet (?:pa|ar)|\bvecka) $")
_AGE_AFTER = re.compile(r"^(?: ?(?:och|till|-|–|eller) ?\d+)?(?: |-)(?:ar\b|ars\b|aring)")
_SHARE_AFTER = re.compile(r" ?(?:%|procent)")
_CODE_BEFORE = re.compile(r"(?:strategi|insats|atgard|punkt) $")
_PEOPLE = re.compile(
    r"(?:person|deltag|medarbet|ungdom|unga|barn|elev|foral?dr|vuxn|aldre|chef|anstall|besok|invanar|boende|"
    r"pojk|flick|kvinn|man\b|individ|klient|"
    r"familj|handledar|behandlar|ledamot|tjansteperson|socialsekreter|larar|poliser|personal|anmalda|"
    r"forskolbarn|delt\b|sokande|ansokning|brukar|"
    r"varnadshav|mammor|pappor|tjejer|killar|kollegor|nyanstall|politiker|handlaggar|trygghetsvard|falt(?:ar|$)|volontar|mentor)"
)
_ANYBODY = re.compile(r"(?:person|manniskor|deltag|individ|anstall|medarbet)")
_SAME_PEOPLE = (
    re.compile(r"(?:person(?:er)?\b|manniskor|deltag|individ|invanar|besok)"),
    re.compile(r"(?:ungdom|unga\b|ungar|barn|elev|tonar|minderarig|underarig)"),
    re.compile(r"(?:medarbet|anstall|personal|kolleg|tjansteperson|handlagg)"),
)
"""People who may be counted under each other's names; the first are anyone."""
_VERBS_OF_PEOPLE = word_set(
    """gick gar gatt deltog deltar deltagit kom kommit kommer var ar varit utbildades utbildats utbildade nagdes natts nadde nas fick fatt sokte sokt anmalde
    anmalts svarade svarat besokte besokt jobbar arbetar jobbade ingar ingick omfattas hjalptes medverkade medverkat narvarade narvarat fullfoljde
    fullfoljt slutfort slutforde tog anvander anstalldes anstallts lamnade lamnat avbrot blev blivit berors berordes utbildas har hade finns fanns
    sager sitter satt tycker uppgav uppger kande kanner skrevs tacker tackat bjods"""
)
_NEAR = 8
"""Words before a number among which the noun that it counts may stand."""
_SKIP = word_set("av nya nytt ny olika stycken st fler extra egna sadana procent vara")
AMOUNT = re.compile(
    r"\d[\d \u00a0,.]*(?:kr\b|kronor|tkr|mkr|mnkr|mdkr|miljon|miljard|tusen kronor)|\b(?:miljon\w*|" r"tusentals?) kronor\b"
)
_HOW_GREAT = re.compile(r"\bhur (?:stor|hog|lag)[ta]? (?:ar|var|blev|har|hade) ")
"""A question for a measure, whatever it is measured in: "hur stor var frånvaron?"."""
_OWNED = re.compile(r"\bhur manga \w+ (?:har|hade) (?!(?:vi |ni |de )?\w+(?<!e)ts?\b)[\w ]+?[?. ]*$")
"""A question for how many of something there are in all: "hur många anställda har förvaltningen?"; not what they have done."""
SHARE = re.compile(
    r"\d(?:[\d,]*) ?(?:%|procent)|\b\d+ av (?:de |vara |forvaltningens |kommunens )?\d+|\b(?:halften|"
    r"en (?:tredjedel|fjardedel|femtedel)|tva tredjedelar|"
    r"tre fjardedelar|drygt halften|merparten|majoriteten)\b|\b\w+ av (?:de )?(?:\d+|tio|tolv|elva|nio|atta|sju|sex|fem|fyra|tre)\b"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in a sentence with the words right after it (folded), and those before it in the same sentence."""

    start: int
    end: int
    after: tuple[str, ...]
    before: tuple[str, ...]


def counts(sentence: str) -> Iterator[Counted]:
    """The numbers of a sentence that count something: no years, ages, shares, dates, times, item codes or list numbers."""
    folded = fold(sentence)
    for match in _NUMBER.finditer(folded):
        text = match.group()
        before, after = folded[: match.start()], folded[match.end() :]
        if (
            _NOT_A_COUNT.match(text)
            or _BEFORE_TIME.search(before)
            or _CODE_BEFORE.search(before)
            or (text.isdigit() and _AGE_AFTER.match(after))
            or _SHARE_AFTER.match(after)
            or (
                after.startswith((". ", ") "))
                and len(text) <= 2
                and not before.strip(" (").endswith(tuple("abcdefghijklmnopqrstuvwxyz"))
            )
        ):
            continue
        if text.isdigit() and _DATE_AFTER.match(after):
            continue
        yield Counted(match.start(), match.end(), tuple(_names(after)[:4]), tuple(reversed(_names(before)[-16:])))


def _names(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.split(r"[.;:!?]", text)[0] if text[:1] != "." else text)


def counted_noun(question: str) -> tuple[str | None, bool]:
    """What a "hur många …" question counts: (stem of the noun, whether people are meant). A verb in its place means people."""
    folded = fold(question)
    match = re.search(r"\b(?:hur manga|hur mycket|antal(?:et)?|hur stor[ta]?)\b", folded)
    if not match:
        return None, False
    for word in words(question[match.end() :]):
        if word.folded in _SKIP:
            continue
        if word.folded in _VERBS_OF_PEOPLE:
            whose = question[match.end() :][word.end :].split()[:1] in (["vi"], ["ni"], ["de"], ["med"])
            return None, whose or word.folded not in ("ar", "var", "blev", "finns", "fanns", "har", "hade", "tog")
        if is_function(word):
            return None, False
        if word.folded.endswith("a") and (noun := _noun_after(question[match.end() :][word.end :])):
            return stem(noun.folded), bool(_ANYBODY.match(noun.folded))
        if word.folded.endswith(("ades", "ades", "des", "ts", "ats")) and len(word.folded) > 5:
            return None, False
        return stem(word.folded), bool(_ANYBODY.match(word.folded))
    return None, False


def _noun_after(text: str) -> Word | None:
    """The word right after an adjective ("otrygga platser"), None where that is no noun."""
    after = next(words(text), None)
    if after is None or is_function(after) or after.folded in _VERBS_OF_PEOPLE or not text.startswith(" "):
        return None
    return after if re.search(r"(?:er|ar|or|en|on|rna|a)$", after.folded) else None


def fits_number(sentence: str, question: str) -> float:
    """The best grade of a sentence's numbers: one that counts the noun asked for, or people where a verb stands for them.

    A number beside another noun is no answer, unless the noun asked for stands in the sentence too.
    """
    if _HOW_GREAT.search(fold(question)) and (SHARE.search(fold(sentence)) or AMOUNT.search(fold(sentence))):
        return 0.9
    noun, people = counted_noun(question)
    owned = _OWNED.search(fold(question)) is not None
    people = people and not owned
    named = noun is None or any(kinship(noun, stem(word.folded)) >= 0.6 for word in words(sentence))
    alike = _people_like(noun, sentence) if noun and not owned else None
    places = [word.folded for word in words(question) if word.text[0].isupper() and word.start > 0]
    best = 0.0
    for number in counts(sentence):
        grade = 0.3 if noun is None and not people else 0.0
        if noun and any(kinship(noun, stem(word)) >= 0.6 for word in number.after[:2]):
            grade = 1.0
        elif noun and number.after[:1] in (("i",), ("pa",)) and any(kinship(stem(p), stem(number.after[1])) >= 0.8 for p in places):
            grade = 1.2  # "tio ligger i A, sju i B", where B is what is asked about
        elif noun and _said_before(noun, number) and _stands_alone(number):
            grade = 0.8
        elif people and any(_PEOPLE.match(word) for word in number.after[:3]):
            grade = 0.95
        elif people and any(_PEOPLE.match(word) or word in _VERBS_OF_PEOPLE for word in number.before[:3]):
            grade = 0.7
        elif alike and any(alike.match(word) for word in number.after[:2]):
            grade = 0.5
        best = max(best, grade)
    if noun and named and best < 0.6 and not owned and _shares_of(noun, fold(sentence)):
        best = 0.6  # "hur många stickprov?" is also answered by how large a share is checked
    return best


def _said_before(noun: str, number: Counted) -> bool:
    """Whether ``noun`` stands before a number in its sentence: near it, or further away as "antalet besökare"."""
    for at, word in enumerate(number.before):
        if kinship(noun, stem(word)) >= 0.6 and (at < _NEAR or number.before[at + 1 : at + 2] in (("antal",), ("antalet",))):
            return True
    return False


def _shares_of(noun: str, folded: str) -> bool:
    """Whether a share in the sentence may be one of ``noun``: "tre av fyra skolor" is one of schools alone."""
    for match in SHARE.finditer(folded):
        of = _names(folded[match.end() :])[:3]
        if " av " not in match.group() or not of or of[0] in FUNCTION_WORDS or any(kinship(noun, stem(word)) >= 0.6 for word in of):
            return True
    return False


def _stands_alone(number: Counted) -> bool:
    """Whether a number counts no noun of its own, but what stands before it ("antalet besök sjönk till 74 under våren")."""
    after = next((word for word in number.after if word not in _SKIP), "")
    return not after or after == "per" or (after in FUNCTION_WORDS and not after.startswith("gang"))


def _people_like(noun: str, sentence: str) -> re.Pattern[str] | None:
    """Who else may be counted where ``noun`` is asked for: others of its kind, anyone where the sentence names it; None where nobody."""
    group = next((each for each in _SAME_PEOPLE if each.match(noun) or (noun == "ung" and each.match("unga"))), None)
    anyone = _SAME_PEOPLE[0]
    if group is None:
        named = bool(_PEOPLE.match(noun)) and any(kinship(noun, stem(word.folded)) >= 0.6 for word in words(sentence))
        return anyone if named else None
    return (
        re.compile(f"{group.pattern}|{anyone.pattern}")
        if group is not anyone
        else re.compile("|".join(g.pattern for g in _SAME_PEOPLE))
    )
