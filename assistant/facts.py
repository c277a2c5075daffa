"""Whether a sentence holds the kind of thing that a fact question wants: a number of what, an amount, a share, a date, a name.

``fits`` grades a sentence; 0 means that the thing asked for is not in it, and then it is no answer however well the subject fits. Knows
nothing of items or search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.question_wanted import Wanted
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
    rf"hundratal|dussin|par)|en (?:enda|handfull)|ett (?:enda|antal))\b"
)
_MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_NOT_A_COUNT = re.compile(r"^(?:19|20)\d\d$")
_DATE_AFTER = re.compile(rf"^ (?:{_MONTH})\b")
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
    sager tycker uppgav uppger kande kanner skrevs tacker tackat bjods"""
)
_SKIP = word_set("av nya nytt ny olika stycken st fler extra egna sadana procent vara")

_AMOUNT = re.compile(
    r"\d[\d \u00a0,.]*(?:kr\b|kronor|tkr|mkr|mnkr|mdkr|miljon|miljard|tusen kronor)|\b(?:miljon\w*|" r"tusentals?) kronor\b"
)
_SHARE = re.compile(
    r"\d(?:[\d,]*) ?(?:%|procent)|\b\d+ av (?:de |vara |forvaltningens |kommunens )?\d+|\b(?:halften|"
    r"en (?:tredjedel|fjardedel|femtedel)|tva tredjedelar|"
    r"tre fjardedelar|drygt halften|merparten|majoriteten)\b|\b\w+ av (?:de )?(?:\d+|tio|tolv|elva|nio|atta|sju|sex|fem|fyra|tre)\b"
)
_FREQUENCY = re.compile(
    r"\b(?:varje|varannan|vartannat|var (?:tredje|fjarde|femte|sjatte)|daglig\w*|veckovis\w*|manadsvis|manatlig\w*|arlig\w*|"
    r"kvartalsvis|lopande|regelbund\w+|kontinuerligt)\b|"
    r"\bganger (?:per|om|i|varje)\b|\b(?:gang|ganger|moten|traffar|ggr) (?:per|om|i|varje|under)\b|"
    r"\ben gang\b|\bper (?:ar|vecka|manad|termin|kvartal|dag)\b"
)
_DATE = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTH})\b|\b(?:{_MONTH})\b|\b(?:hosten|varen|sommaren|vintern|host-|vart?erminen|"
    rf"hostterminen|arsskiftet|halvarsskiftet|sportlovet|pasken|julen|"
    r"kvartalet|forsta halvaret|andra halvaret|borjan av|slutet av)\b|(?<![\d,.])(?:19|20)\d\d(?!\d)|"
    r"\bvecka \d|\bi (?:mandags|ar|fjol|host|var|sommar|vinter)\b|\bforra aret\b|"
    r"\b(?:mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag)\w*\b|\bkl\.? ?\d|\bunder (?:hosten|varen|sommaren|vintern)\b"
)
_WEEKDAY = re.compile(r"\b(?:mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|vardag|helg)\w*\b")
_EVENT = re.compile(r"\bnar (?:\w+ )?\w{3,}(?:ade|ades|gdes|ldes|ndes|tes|dde)\b|\bdatum\w* \w{3,}(?:ade|ades|des|tes)\b")
"""Something that happened once, of which a day of the week alone tells no time."""
_OPEN = re.compile(r"\b(?:oppet|oppen|oppna|oppettid\w*|oppethall\w*|stang\w*)\b")
_CLOCK = re.compile(
    r"\b(?:\d|varje|alla|tva|tre|fyra|fem|sex|sju) (?:dag|kvall)\w*\b|\bkl(?:\.|ockan)? ?\d|\b\d{1,2}(?:[.:]\d\d)?[-–]\d{1,2}(?:[.:]\d\d)?\b"
)
_WELLBEING = re.compile(
    r"\b(?:mar|matt|madde|maende|valmaende|valbefinnande|ohals\w*|halsan?|triv\w*|stress\w*|sjukfranvaro\w*|arbetsmiljo\w*)\b"
)
_DATED = re.compile(rf"(?<![\d,.])(?:19|20)\d\d(?!\d)|\b\d{{1,2}} (?:{_MONTH})\b|\bvecka \d")
_DURATION = re.compile(
    r"\b(?:\d+|en|ett|tva|tre|fyra|fem|sex|sju|atta|nio|tio|elva|tolv|halv|ett halv)(?:-|"
    r" och ett halvt?)? ?(?:ars?|aret|manader?|manad|veckor?|vecka|(?:skol|arbets|var|kalender)?dagar?|dag|timmar?|timme|minuter|"
    r"terminer)\w*\b|"
    r"\bsedan (?:\w+ )?(?:19|20)\d\d\b"
)
_TAKES = re.compile(r"\b(?:\w*tid(?:en|er|erna)?|tar|tog|tagit|droj\w*|pagar|pagick|lopte?r?|varar|gallde|galler)\b")
_CONTACT = re.compile(
    r"\b0\d{1,3}[- ]?\d{2,3}[ -]?\d{2}[ -]?\d{2}|\+46|[\w.+-]+@[\w-]+\.\w+|\bwww\.|\b\w+(?:gatan|vagen|grand|" r"torget) \d+"
)
_ROLE = re.compile(
    r"\b\w*(?:samordnare|chef(?:en|er)?|direktor(?:en)?|psykolog\w*|jurist\w*|ledare|koordinator\w*|"
    r"handlaggare|sekreterare|ansvarig\w*|ordforande|presidiet?|"
    r"strateg\w*|kurator\w*|polis(?:en|er)?|kommunpolis\w*|behandlare|handledare|forvaltning(?:en)?|"
    r"namnd(?:en)?|kontor(?:et)?|forskare|konsult\w*|foretag(?:et)?|bolag(?:et)?|"
    r"team(?:et)?|grupp(?:en)?|enhet(?:en)?|avdelning(?:en)?|rad(?:et)?|region(?:en)?|hogskola\w*|"
    r"universitet\w*|forening(?:en|ar)?|personal(?:en)?|medarbetare)\b"
)
_POST = re.compile(
    r"\b\w*(?:samordnare|chef|direktor|psykolog|jurist|ledare|koordinator|handlaggare|sekreterare|kurator|"
    r"strateg|ordforande|person)(?:n|en|ns|ens)?\b"
)
_WHO_IS_POST = re.compile(rf"\bvem (?:ar|var|blir|blev) (?:var |vara |er |den |den nya |ny )?{_POST.pattern}")
_PERSON = re.compile(
    r"(?<!\btill )(?<!\bi )(?<!\bpå )(?<!\binom )(?<!\bhos )(?<!\bfrån )(?<!\bvid )(?<!\bför )"
    r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)? [A-ZÅÄÖ][a-zåäöé]{2,}\b"
)
_REASON = re.compile(
    r"\b(?:eftersom|pa grund av|p\.?g\.?a\.?|beror|beroende pa|darfor|for att|till foljd|orsak\w*|"
    r"anledning\w*|skal(?:et)?|da det|svart|svarighet\w*|utmaning\w*|saknas|brist|hinder|forsena\w*|"
    r"stoppat|stopp|innebar att|gor att|har inte|kunde inte|inte kunnat)\b"
)
_PROPER = re.compile(r"(?<![.!?:] )(?<![.!?:]\n)(?<!^)(?<!”)(?<!\")\b[A-ZÅÄÖ][\wåäöÅÄÖ-]+")


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
        yield Counted(match.start(), match.end(), tuple(_names(after)[:4]), tuple(reversed(_names(before)[-8:])))


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


def fits(wanted: Wanted, sentence: str, question: str) -> float:
    """How well ``sentence`` holds what is wanted, 0..1; 0 where it does not hold it at all."""
    folded = fold(sentence)
    if wanted == "number":
        return _fits_number(sentence, question)
    if wanted == "date":
        if _EVENT.search(fold(question)):
            folded = _WEEKDAY.sub("", folded)
        return 0.0 if not _DATE.search(folded) else 1.0 if _DATED.search(folded) else 0.7
    if wanted == "duration":
        return 0.0 if not _DURATION.search(folded) else 1.0 if _TAKES.search(folded) else 0.6
    if wanted == "hours":
        return 1.0 if _OPEN.search(folded) and (_WEEKDAY.search(folded) or _CLOCK.search(folded)) else 0.0
    pattern = _PATTERNS.get(wanted)
    if pattern is not None:
        return 1.0 if pattern.search(folded) else 0.0
    if wanted in ("person", "name", "place"):
        return _fits_name(wanted, sentence, folded, question)
    return 0.5 + (0.5 if _REASON.search(folded) else 0.0)


_PATTERNS: dict[Wanted, re.Pattern[str]] = {
    "amount": _AMOUNT,
    "share": _SHARE,
    "frequency": _FREQUENCY,
    "contact": _CONTACT,
    "wellbeing": _WELLBEING,
}


def _fits_name(wanted: Wanted, sentence: str, folded: str, question: str) -> float:
    """A name that the question does not say itself; for "vem" also a post or a body; a post's name must be a person's."""
    asked = {stem(w.folded) for w in words(question)}
    proper = [
        m.group()
        for m in _PROPER.finditer(sentence)
        if not any(kinship(stem(part), a) >= 0.8 for part in m.group().split("-") for a in asked)
    ]
    if wanted == "name" and _POST.search(fold(question)):
        return 1.0 if _PERSON.search(sentence) else 0.0
    if wanted == "person" and _WHO_IS_POST.search(fold(question)):
        return 1.0 if _PERSON.search(sentence) else 0.0
    if wanted == "person":
        roles = [m.group() for m in _ROLE.finditer(folded) if not any(kinship(stem(m.group()), a) >= 0.8 for a in asked)]
        return 1.0 if roles else 0.8 if proper else 0.0
    if wanted == "name":
        return 1.0 if proper or "”" in sentence or '"' in sentence else 0.0
    return 1.0 if proper else 0.4 if re.search(r"\b(?:pa|i|vid) \w+", folded) else 0.0


def _fits_number(sentence: str, question: str) -> float:
    """The best grade of a sentence's numbers: one that counts the noun asked for, or people where a verb stands for them.

    A number beside another noun is no answer, unless the noun asked for stands in the sentence too.
    """
    noun, people = counted_noun(question)
    named = noun is None or any(kinship(noun, stem(word.folded)) >= 0.6 for word in words(sentence))
    alike = _people_like(noun, sentence) if noun else None
    best = 0.0
    for number in counts(sentence):
        grade = 0.3 if noun is None else 0.0
        if noun and any(kinship(noun, stem(word)) >= 0.6 for word in number.after[:2]):
            grade = 1.0
        elif noun and any(kinship(noun, stem(word)) >= 0.6 for word in number.before) and _stands_alone(number):
            grade = 0.8
        elif people and any(_PEOPLE.match(word) for word in number.after[:3]):
            grade = 0.95
        elif people and any(_PEOPLE.match(word) or word in _VERBS_OF_PEOPLE for word in number.before[:3]):
            grade = 0.7
        elif alike and any(alike.match(word) for word in number.after[:2]):
            grade = 0.5
        best = max(best, grade)
    if noun and named and best < 0.6 and _shares_of(noun, fold(sentence)):
        best = 0.6  # "hur många stickprov?" is also answered by how large a share is checked
    return best


def _shares_of(noun: str, folded: str) -> bool:
    """Whether a share in the sentence may be one of ``noun``: "tre av fyra skolor" is one of schools alone."""
    for match in _SHARE.finditer(folded):
        of = _names(folded[match.end() :])[:3]
        if " av " not in match.group() or not of or of[0] in FUNCTION_WORDS or any(kinship(noun, stem(word)) >= 0.6 for word in of):
            return True
    return False


def _stands_alone(number: Counted) -> bool:
    """Whether a number counts no noun of its own, but what stands before it ("antalet besök sjönk till 74 under våren")."""
    after = next((word for word in number.after if word not in _SKIP), "")
    return not after or (after in FUNCTION_WORDS and not after.startswith("gang"))


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


def subject_words(topic: list[Word]) -> list[Word]:
    """The topic of a fact question without the words that only say what kind of thing is wanted."""
    return [
        w
        for w in topic
        if not re.match(
            r"(?:kosta|kostnad|pengar|belopp|budget|andel|procent|summa|belopp|pris|kronor|telefon|mejl|adress|namn|"
            r"datum|heter|oppettid|oppethall)",
            w.folded,
        )
    ]
