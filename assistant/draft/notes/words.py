"""Words of a note that say something of a subject without a verb: participles, adjectives and phrases such as "i gång".

Tells "4 ansökningar stoppade" (they were stopped) from "3 mentorer hoppat av" (they have left). Knows nothing of clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.language.facts import MONTHS, NUMBER_WORDS
from assistant.draft.language.nouns import is_people
from assistant.draft.language.wording import Token
from corpus.tense import is_finite, main_verb
from corpus.verbs import Form, has_tense, readings, regular
from corpus.word_lists import word_set

ADVERBS = word_set(
    "nu fortfarande inte ej ännu åter äntligen redan också även helt först nyligen delvis tyvärr bara endast snart alla båda "
    "samtliga totalt hittills ändå"
)
ADJECTIVES = word_set(
    """klar klart klara vilande vakant vakanta nöjd nöjda kvar tillbaka åter ute borta öppen öppet öppna stängd stängt stängda
    ledig lediga oförändrad oförändrat oförändrade igång försenad försenat försenade oklar oklart oklara osäker osäkert bra
    dålig dåligt dåliga sjukskriven föräldraledig tjänstledig färdig färdigt färdiga aktuell aktuellt aktuella positiv positivt
    positiva överens vilande inställd tillfreds snusfri snusfria fullbokad fullbokade fulltecknad fulltecknade obemannad redo
    sliten slitet slitna full fullt fulla missnöjd missnöjt missnöjda uppe nere framme lugn lugnt lugna slut
    intresserad intresserade utsatt utsatta beredd beredda delaktig delaktiga hög högt höga låg lågt låga god gott goda svår svårt
    svåra inne permanent
    permanenta tillfällig tillfälligt obligatorisk obligatoriskt obligatoriska avgiftsfri avgiftsfritt fullbelagd fullbelagt fullbelagda aktiv aktivt aktiva"""
)
PHRASES = (
    "i gång",
    "på plats",
    "på gång",
    "i drift",
    "ur drift",
    "ur funktion",
    "i bruk",
    "på remiss",
    "på is",
    "på paus",
    "i mål",
    "med vid",
    "med i",
    "med på",
    "ute på",
    "inte i gång",
    "i arbete",
)
OPENS_CLAUSE = word_set("som att vilket vilka eftersom när innan medan än")
_INTRANSITIVE = word_set(
    "börja sluta starta fungera öka minska medverka samverka svara arbeta jobba kosta tacka vandra växa samarbeta stanna "
    "landa pendla närvara samtala lyckas hoppas ansöka rapportera tala prata hoppa klaga klicka gnälla rulla"
)
_NEVER_PASSIVE = word_set("sluta börja fungera växa hoppa lyckas stanna tacka gå komma bli vara ha få kunna hinna")
_BRINGS = word_set("införa inrätta anställa rekrytera tillsätta bygga anlägga installera montera upphandla")
"""What is brought about: "rastvärdar infört" are what was introduced, unless something stands after it."""
_OBJECT = re.compile(r"^(?:[^\W\d_]+(?:en|et|an|na|ar|er|or)|en|ett|sin|sitt|sina|\d+)\b")
_AFTER = (
    word_set(
        """i på av till för med från hos om under sedan den efter före vid och samt eller som per inom utan både först igen nu hela
        enligt senaste genom mellan mot trots inte men tills fram tillsammans ihop vecka varje kl. mån tis ons tors fre måndag tisdag
        onsdag torsdag fredag lördag söndag måndagar tisdagar onsdagar torsdagar fredagar lördagar söndagar vardagar helger kvällar nätter
        att längs kring runt utanför innanför bakom framför ovanför bland"""
    )
    | ADVERBS
)
_REGULAR_SUPINE = re.compile(r"[^\W\d_]{3,}at$")
_PARTICLE = word_set("av in ut upp om på till med ner ned fram bort igång")


def participle(word: str) -> Form | None:
    """The verb that ``word`` is a participle (or supine) of; also of a regular verb that is not listed."""
    if word in ("bort", "jämfört") or word.startswith(("svår", "lätt")):
        return None  # the adverb and no form of "böra"; "jämfört med" compares, "svårrekryterat" describes, and neither tells what was done
    for form in sorted(readings(word), key=lambda form: not form.particle):  # "inställd" was called off
        if form.tense == "participle" or (form.tense == "supine" and not form.passive):
            return form
    for ending, cut in (("erade", 2), ("erad", 1), ("erat", 1)):
        if word.endswith(ending) and len(word) > 7:
            return Form(regular(word[:-cut]).infinitive, "participle")
    return None


def supine_before_particle(word: str, after: str) -> Form | None:
    """ "hoppat" in "hoppat av": an unknown word that ends as a regular supine, with a particle after it."""
    if _REGULAR_SUPINE.fullmatch(word) and after in _PARTICLE and not readings(word):
        return Form(regular(word[:-1]).infinitive, "supine")
    return None


def acts(subject: str, word: str, rest: str, form: Form) -> bool:
    """Whether the subject did it ("12 enheter redovisat", "kuratorn slutat", "33 ökat närvaron") and it was not done to it.

    A supine on -t cannot agree with several; people end, begin and leave; and an object after it tells the same.
    """
    if form.infinitive in _NEVER_PASSIVE:
        return True
    low = word.lower()
    if re.search(r"\d (?:m|meter|km|ha|hektar|kvm|ton|kg)$", subject):
        return False  # "250 m bytt"
    if form.infinitive in _BRINGS and not _OBJECT.match(rest):
        return False
    if " procent av " in subject and not is_people(subject.split()[-1]):
        return False  # "64 procent av besöken dokumenterat"
    if re.search(r"(?:procent|kronor)$", subject) or not low.endswith("t") or not has_tense(low, "supine"):
        return False
    if is_plural(subject):
        return True
    return _OBJECT.match(rest) is not None and (is_people(subject.split()[-1]) if subject else False)


_NOT_ONE = "(?<!rekt)(?<!lekt)(?<!rat)(?<!nat)(?<!lat)(?<!ment)(?<!mot)(?<!kont)(?<!sekt)(?<!fakt)(?<!dat)"
"""What stands before "or" where it ends one: "rektor", "kurator", "mentor", "kontor" and not "kartor"."""


def is_plural(subject: str) -> bool:
    """Whether a subject is of several: a number, "alla", two joined by "och", or a plural ending."""
    words = subject.removeprefix("inte ").split()
    if not words or words[0].lower() in ("var", "varje"):
        return False
    if " och " in subject or words[0].lower() in ("alla", "båda", "samtliga", "de", "dessa", "några", "flera", "många", "nya"):
        return True
    return (
        bool(re.match(r"^\d", words[0]) and words[0] != "1")
        or (words[0].lower() in NUMBER_WORDS and len(words) > 1)
        or bool(re.search(rf"(?:erna|arna|orna|{_NOT_ONE}or|ar|ningar|elser|eter|ioner|ier)$", words[0].lower()))
    )


def attributive(found: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at`` goes with the noun after it ("granskade ärenden") and says nothing by itself."""
    if at + 1 >= len(found) or not found[at + 1].is_word:
        return False
    after = found[at + 1].low
    if found[at + 1].text.isupper() or (after in _PARTICLE and found[at].low.endswith("t")):
        return False  # "antagen KS": who did it; "glesat ut"
    if after in MONTHS or after.split("–")[0] in MONTHS or after in _AFTER:
        return False
    low = found[at].low
    if low.endswith("t") and at and has_tense(low, "supine") and _agrees_with_several(found, at):
        return False  # "33 ökat närvaron": no noun is described by a neuter form beside several
    return low.endswith(("ade", "da", "ta", "na", "a", "ad", "d", "en", "t")) and not low.endswith("are")


def _agrees_with_several(found: Sequence[Token], at: int) -> bool:
    before = found[at - 1]
    if before.is_number:
        return before.text != "1"
    if before.low.endswith(("ar", "er", "or", "are", "arna", "erna", "enheten", "gruppen", "teamet")) or is_people(before.low):
        return True
    return before.low.endswith("en") and found[at].low in ("haft", "fått", "gått", "gjort", "börjat", "slutat", "tagit", "hållit")


def means_done(words: list[str], at: int, rest: str) -> bool:
    """Whether "4 ansökningar stoppade" means that they were stopped: an ending that is both, no object, and a verb that wants one."""
    low = words[at].lower()
    known = readings(low)
    if not low.endswith("ade") or (known and not any(form.tense == "participle" for form in known)):
        return False
    if not known and (is_people(words[at - 1]) or words[at - 1].lower() == "procent"):
        return False  # of people, an unknown verb may as well say what they did
    none = words[0].lower() in ("inga", "inget", "ingen")
    does = bool(known) and known[0].infinitive in _INTRANSITIVE and not none
    if does or words[0].lower() in ("vi", "de", "han", "hon", "man"):
        return False
    plural = (
        words[0][0].isdigit()
        or words[at - 1][0].isdigit()
        or words[0].lower() in ("alla", "samtliga", "båda", "inga", "nya")
        or words[at - 1].lower().endswith(("ar", "er", "or", "are", "na"))
    )
    return plural and (
        not rest.strip()
        or bool(re.match(r"^\s*(?:[,(]|(?:i|på|av|till|för|med|under|sedan|den|efter|före|vid|inom|hittills|av)\b)", rest))
    )


def before_subclause(found: Sequence[Token], words: list[str]) -> Sequence[Token]:
    """The tokens before "än planerat" or "sedan skolan gick med": a predicate of the note stands there or nowhere."""
    than = next((at for at in range(1, len(words)) if words[at].lower() == "än"), None)
    if than is not None:
        return found[:than]
    relative = next((at for at in range(1, len(words)) if words[at].lower() == "som" and words[at - 1].lower() != "samma"), None)
    if relative is not None:
        return found[:relative]  # "63 procent av dem som rapporterat"
    verb = next((at for at in range(len(words)) if found[at].is_word and is_finite(words, at)), None)
    if verb is None:
        return found
    opens = next((at for at in range(verb - 1, 0, -1) if words[at].lower() in OPENS_CLAUSE or words[at].lower() == "sedan"), None)
    return found[:opens] if opens else found


_CLAUSE = re.compile(r"([,;:()] ?|\. |→ )")
_ADVERBS = frozenset("inte ej ännu fortfarande redan nu också även dock åter helt delvis".split())
_BINDS = frozenset("har hade ha att som kan ska skulle vill bör måste".split())


def with_auxiliary(text: str) -> str:
    """``text`` with "har" before a passive supine that stands without it: "bemanningen lagts ner" gives "bemanningen har lagts ner"."""
    return "".join(_told(part) for part in _CLAUSE.split(text))


def _told(clause: str) -> str:
    words = clause.split(" ")
    at = next((place for place, word in enumerate(words) if place and _is_passive_supine(word)), 0)
    if not at or main_verb(clause).tense != "none":
        return clause
    while at > 1 and words[at - 1].lower() in _ADVERBS:
        at -= 1
    before = words[at - 1].lower()
    if before in _BINDS or before in _ADVERBS or not before[-1:].isalpha():
        return clause
    return " ".join([*words[:at], "har", *words[at:]])


def _is_passive_supine(word: str) -> bool:
    forms = readings(word.lower().rstrip("."))
    return bool(forms) and all(form.tense == "supine" and form.passive for form in forms)
