"""What a question asks for: its intent, the answer and the kind of items it filters on.

Patterns over the folded question, tried from the most particular to the most general. Knows nothing of what the reports hold.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.question_mentions import MENTION
from assistant.question_wanted import ANSWERS, asks_who_is, find_change, find_part, find_subject, find_wanted
from assistant.words import fold
from corpus.model import AnswerValue, Kind

Intent = Literal[
    "lookup",
    "find",
    "fact",
    "list",
    "mention",
    "overview",
    "compare",
    "timeline",
    "changes",
    "structure",
    "field",
    "commitments",
    "count",
    "draft",
    "help",
    "instruction",
]

_INSTRUCTION = re.compile(
    r"\b(?:ignorera|glom|bortse fran|strunta i|overtrad|asidosatt|ignore|disregard|"
    r"forget)\b.{0,40}\b(?:instruktion\w*|regl\w*|ovan\w*|"
    r"prompt\w*|begransning\w*|instructions?|rules?|previous|prior|allt du)\b|\bsystem ?-?prompt\w*|"
    r"\b(?:du ar nu|lat(?:sas|tsas) (?:att du|vara)|"
    r"agera som|rollspela|you are now|act as|pretend|jailbreak|developer mode)\b|\bsvara (?:alltid|bara|endast) (?:med|pa)\b|"
    r"\b(?:dina|din) (?:instruktion\w*|prompt\w*|dolda \w+|installningar)\b|\b(?:losenord\w*|api-?nyckel\w*|password)\b|"
    r"\b(?:radera|ta bort|tom|forstor|skriv over|andra) (?:alla|hela|samtliga|databasen|biblioteket|rapporterna|svaret till)\b|"
    r"\b(?:skriv|berätta|beratta|dra|hitta pa|gor) (?:mig )?(?:en|ett) (?:dikt|vits|skamt|saga|sang|lat|haiku|mejl|mail|brev|tal|"
    r"rap|limerick|novell|python\w*|kod|program i)\b|"
    r"^(?:strunta|glom|hoppa over|bry dig inte)\b.{0,60}\b(?:och|utan) (?:skriv|sag|svara|pasta|lat)\b|"
    r"^hur (?:ansoker|soker|bokar|bestaller|hyr|koper|overklagar) (?:jag|man)\b|"
    r"\boversatt\b|\b(?:kor|exekvera) (?:kommandot|koden|skriptet)\b|<(?:script|img|iframe)|\brm -rf\b|\bdrop table\b"
)
_DRAFT = re.compile(
    r"\butkast\w*|\b(?:skriva?|formulera|skapa|ta fram|gor) (?:mig )?(?:en |ett |om |forslag pa )?(?:ny |nytt |"
    r"arets )?(?:kommentar\w*|svar\w*|text\w*|forslag)\b|"
    r"\bhjalp mig (?:att )?(?:skriva|formulera|borja)\b|\bforslag (?:pa|till) (?:kommentar|text|svar|formulering)\w*"
)
_COMMITMENTS = re.compile(
    r"\b(?:ut)?lova(?:de|t|r|s|ts|des|d)?\b|\b(?:loften?a?|atagande\w*|atog|utfast\w*)\b|"
    r"\bvad (?:skulle|tankte|planerade|avsag) (?:vi|ni|forvaltningen)\b|\bvad blev det (?:av|med)\b|\bblev det (?:(?:nagot|nat) )?av\b|"
    r"\b(?:vad|vilket|vilka) (?:ar|var) (?:planera\w*|pa gang|utlova\w*)\b|\bvad (?:planerar|tanker|amnar) (?:vi|ni|forvaltningen)\b|"
    r"\bvad ska (?:vi|ni|forvaltningen) (?:gora|borja|starta)(?! enligt)\b|\bvad (?:planeras|ar pa gang)\b"
)
_OVERVIEW = re.compile(
    r"\b(?:sammanfatt\w*|summera\w*|oversikt\w*|overblick\w*|lagesrapport\w*|helhetsbild\w*)\b|"
    r"\bhur (?:ligger (?:\w+ ){1,3}till|(?:gar|gick) det(?: for oss)?|har det gatt|(?:ser|sag) (?:det|laget) ut|(?:star|stod) det till)\b|"
    r"\b(?:hur ar|vad ar) (?:laget|statusen?)\b|^(?:laget|status)\b"
)
NOT_CLOSED = re.compile(
    r"\b(?:inte|ej) (?:har )?(?:(?:be)?svara\w* |fick |fatt |ar |sagt |sa )?(?:vi |ni )?(?:med )?(?:ett )?[\"'”»]?ja\b|\bandra svar an ja\b|"
    r"\b(?:inte|ej|annu inte) (?:helt )?(?:klara?|klart|fardiga?|avslutade?|avklarade?)\b|\bvad (?:aterstar|ar kvar)(?: att gora)?\b|"
    r"\b(?:kvar|aterstar) att gora\b"
)
"""How a question asks for what is still open, over folded text: everything that is not answered with Ja."""

_COMPARE = re.compile(
    r"\b(?:j[ae]mfor\w*|jfr|jmf\w*|skillnad\w*|skilj\w*|andra(?:de|t|ts|des)|forandra\w*|forandring\w*|andring\w*|"
    r"i forhallande till)\b"
)
_TIMELINE = re.compile(
    r"\b(?:utveckla(?:ts|des)|hur har .{0,60}\butvecklat(?: sig)?|utvecklingen (?:over|sedan|av svar\w*)|"
    r"trend\w*|tidslinje\w*|historik\w*|over (?:tid(?:en)?|aren)|"
    r"ar for ar|per ar|genom aren|varje ar|alla ar(?:en)?|tidigare ar|ar efter ar)\b"
)
_STRUCTURAL = (
    r"(?:uppfoljnings)?(?:punkt(?:er(?:na)?|en)?|fragor(?:na)?)|strategi(?:er(?:na)?)|insatser(?:na)?|"
    r"atgarder(?:na)?|koder(?:na)?|delar"
)
_LISTING = re.compile(
    rf"\b(?:vilka|lista|visa|rakna upp|ge mig|alla|samtliga)\b.{{0,30}}\b(?:{_STRUCTURAL}|svar(?:en)?|" rf"kommentarer(?:na)?)\b"
)
_LISTS = re.compile(r"^(?:och )?(?:vilka|lista|visa|rakna upp|ge mig)\b")
_COUNT = re.compile(
    rf"\b(?:hur manga|antal(?:et)?|rakna)\b(?: av)?(?: de| vara| olika| av)*\s*(?:{_STRUCTURAL}|nej\w*|"
    rf"ja(?:-?svar\w*)?|delvis\w*|svar\w*|kommentarer|planer(?:na)?|"
    r"program(?:men)?|malomraden|fokusomraden|omraden|rapporter(?:na)?|ar|forvaltningar)(?!\w)"
)
_COUNT_ANSWERS = re.compile(r"\b(?:hur manga|antal(?:et)?)\b.{0,40}\b(?:svara\w*|svar|har)\b.{0,20}\b(?:ja|nej|delvis|pagar)\b")
_HELP = re.compile(
    r"^(?:hej\w*|hallo\w*|god (?:morgon|dag|kvall)|tjena|hjalp|help|vad kan (?:du|jag|man)\b.*|hur (?:funkar|"
    r"fungerar) (?:du|det har|programmet)|vem ar du|vad (?:heter du|ar ditt namn)|"
    r"(?:tack\w*|okej|ok|bra|toppen|perfekt|utmarkt|jattebra|suverant)(?:[ ,!]+(?:tack\w*|sa|mycket|hemskt|snalla|bra|da|"
    r"for (?:all |din )?(?:hjalp\w*|svar\w*|info\w*|det|allt)))*|hej ?da|(?:ha det|vi hors)\b.{0,20})[ !?.]*$"
)

_ANSWER_SAID = re.compile(
    r"\b(?:hur manga|antal(?:et)?) [\"'”»]?(?P<g>nej|ja|delvis|pagar)\b|"
    r"\bsvar\w*(?: \w+){0,3}? [\"'”»]?(?P<a>nej|ja|delvis|pagar)\b|\b(?P<b>nej|ja|delvis)-?(?:svar\w*|"
    r"punkter\w*|en\b|n\b)|\b(?:har|med|fick|ar|blev|sagt|sager|sa)(?: vi| ni)?(?: ett|"
    r" svaret)? [\"'”»]?(?P<c>nej|delvis)\b|\b(?:fick|blev)(?: ett| svaret)? [\"'”»]?(?P<h>pagar)\b|"
    r"^(?:och )?(?:vilka|alla|lista|visa)(?: \w+)? som (?P<i>pagar)\b|"
    r"^(?:och )?vilka (?:(?:uppfoljnings)?punkter|strategier|insatser|atgarder)"
    r"(?: i (?:(?:mal|fokus)omrade|plan) \d+)? (?P<j>pagar)(?: nu| just nu| fortfarande)?[ ?.]*$|"
    r"\b(?:vara|alla|samtliga|\w{4,}s) (?P<k>nej|delvis)(?=[ ?.]*$| (?:i|pa|fran|for|under|ar)\b| (?:19|20)\d\d)|"
    r"\b(?P<d>nej|delvis)[\"'”»]?[- ](?:svar\w*|pa\b|i\b|$|\?)|^(?:och )?(?:vilka|alla|de|"
    r"lista|visa)(?: alla| samtliga)? (?:med )?[\"'”»]?(?P<e>nej|ja|delvis|pagar)\b|^(?:och |men )?(?P<f>nej|ja|delvis|pagar)(?: da|"
    r" svaren|-svaren)?[ ?.]*$"
)
_UNANSWERED = re.compile(
    r"\b(?:obesvara\w*|saknar svar|saknas (?:det )?svar|svar saknas|utan svar|inte (?:har )?(?:be)?svara(?:t|ts|de|des|d)?\b|inget svar|tomt svar)\b"
)
_NOT_DONE = re.compile(
    r"\b(?:vad|vilka|vilket)\b.{0,30}\b(?:inte|ej) (?:har )?(?:gjort|gjorts|genomfort\w*|klarat|kommit igang|"
    r"uppnatt\w*|uppfyll\w*|pa plats)\b|\bvar brister vi\b|\bvilka .{0,15}(?:brister|saknas)\b"
)
_BOTH = re.compile(r"\bja eller nej\b|\bnej eller ja\b|\bja och nej\b")
_KIND_LISTED = re.compile(r"\b(?P<kind>strategierna|strategier|insatserna|insatser|atgarderna|atgarder)\b")


def find_intent(text: str, *, codes: bool, asked_years: bool, several_years: bool) -> Intent | None:
    """The intent that the words of a question show; None where they show none (then the codes and the topic decide)."""
    folded = fold(text)
    if _INSTRUCTION.search(folded):
        return "instruction"
    if _HELP.search(folded):
        return "help"
    if _DRAFT.search(folded):
        return "draft"
    if not codes and find_change(text):
        return "changes"
    if MENTION.search(folded) and not codes and not _COUNT_ANSWERS.search(folded):
        return "mention"
    if _COMMITMENTS.search(folded):
        return "commitments"
    counted = _COUNT.search(folded)
    if not codes and ((counted and not (counted.group().endswith(" ar") and asks_who_is(text))) or _COUNT_ANSWERS.search(folded)):
        return "count"
    if not codes and find_subject(text) and find_answer(text) is None:
        return "structure"
    if codes and find_part(text):
        return "field"
    if not codes and find_answer(text) is not None and _LISTS.search(folded):
        return "list"
    if _TIMELINE.search(folded) or (several_years and not _COMPARE.search(folded) and codes):
        return "timeline"
    if _COMPARE.search(folded):
        return "compare"
    if find_answer(text) is not None and not codes:
        return "list"
    if (_OVERVIEW.search(folded) or NOT_CLOSED.search(folded)) and not codes:
        return "overview"
    if find_wanted(text):
        return "fact"
    if _LISTING.search(folded) and not codes:
        return "list"
    return None


def find_answer(text: str, *, said: bool = False) -> AnswerValue | Literal[""] | None:
    """The answer that a question filters on ("vilka svarade vi nej på?"); "" for the unanswered, None for no filter.

    What has not been done stands for Nej, unless only an answer that is ``said`` counts.
    """
    folded = fold(text)
    if _BOTH.search(folded) or NOT_CLOSED.search(folded):
        return None
    if _UNANSWERED.search(folded):
        return ""
    if match := _ANSWER_SAID.search(folded):
        return ANSWERS[next(value for value in match.groupdict().values() if value)]
    return "Nej" if _NOT_DONE.search(folded) and not said else None


def find_listed_kind(text: str) -> tuple[Kind | None, tuple[int, int] | None]:
    """The kind of items that a list or a count is about ("hur många strategier …"), and where it is said."""
    match = _KIND_LISTED.search(fold(text))
    if not match:
        return None, None
    kinds: dict[str, Kind] = {"str": "strategi", "ins": "insats", "atg": "åtgärd"}
    return kinds[match["kind"][:3]], match.span()
