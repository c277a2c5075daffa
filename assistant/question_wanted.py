"""Which kind of thing a question wants: a number, a date, a name; another field; a change over the years; a part of the structure.

Patterns over the folded question. Knows nothing of what the reports hold; whether a sentence has what is wanted is ``assistant.facts``.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.words import fold
from corpus.model import AnswerValue

Wanted = Literal[
    "number",
    "amount",
    "share",
    "frequency",
    "date",
    "duration",
    "person",
    "name",
    "contact",
    "place",
    "hours",
    "wellbeing",
    "age",
    "reason",
]
Change = Literal["answers", "new", "gone", "renumbered", "unchanged"]
Part = Literal["question", "statement", "expected_result", "answer", "area", "plan", "page"]
Subject = Literal["plans", "areas", "years", "reports", "organisations"]

ANSWERS: dict[str, AnswerValue] = {"nej": "Nej", "ja": "Ja", "delvis": "Delvis", "pagar": "Pågår"}
"""The answers as they are written in a folded question."""

_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        "contact",
        re.compile(
            r"\b(?:telefon(?:nummer|nr)\w*|mejl ?adress\w*|mailadress\w*|e-?post\w*|kontaktuppgift\w*|gatuadress\w*|"
            r"adress(?:en)?)\b"
        ),
    ),
    (
        "share",
        re.compile(
            r"\b(?:hur (?:stor|hog) (?:andel|del|procent)\w*|(?:vilken|hur manga) (?:andel|procent)\w*|andel(?:en)?|"
            r"hur manga procent|hur (?:mycket|stor del) av (?:\w+ )?(?:arbets)?tid\w*)\b"
        ),
    ),
    (
        "amount",
        re.compile(
            r"\b(?:kosta\w*|kostnad\w*|budget\w*|hur (?:mycket|stora?) (?:pengar|summa|belopp|anslag)\w*|"
            r"vad (?:betala\w*|tjana\w*)|lon(?:en|er|erna)?|arslon\w*|manadslon\w*|"
            r"hur mycket (?:\w+ ){0,2}?(?:tjana\w*|betala\w*|kostar|satsa\w*|aterkrav\w*|kravt\w*|bidrag\w*|begart?|lagger|"
            r"lagt|far|fick|investera\w*|ges|gav|avsatt\w*|avsatter|sokt|soker)\b|(?:vilken|vilka) (?:summa|belopp|"
            r"kostnad\w*|utgift\w*)|hur manga (?:kronor|kr|miljoner|tusen kronor)\b|belopp\w*|pris(?:et|lapp\w*)?|"
            r"kronor)\b"
        ),
    ),
    ("age", re.compile(r"\bhur (?:gam(?:mal|malt|la)|unga?)\b|\b(?:vilken|vilka) aldr?(?:ar|er|arna)?\b")),
    ("hours", re.compile(r"\b(?:oppettid\w*|oppethallande\w*|oppningstid\w*|stangningstid\w*)\b")),
    ("wellbeing", re.compile(r"\bhur (?:bra |daligt )?(?:mar|madde|trivs|trivdes)\b")),
    ("frequency", re.compile(r"\bhur ofta\b")),
    (
        "duration",
        re.compile(
            r"\bhur lange\b|\bhur lang(?:t|a)? (?:tid|ar|var|blev|vantetid\w*|handlaggningstid\w*|ko)\b|"
            r"\bhur manga (?:manader|veckor|dagar|timmar) (?:tog|pagick|varade)"
        ),
    ),
    ("number", re.compile(r"\bhur manga\b|\bantal(?:et)?\b|\bhur mycket\b|\bhur stor(?:t|a)?\b|\bhur hog(?:t|a)?\b")),
    (
        "date",
        re.compile(
            r"(?:^|[,.] ?|\boch |\bmen |\bsedan |\btill |\bfran )nar\b(?! vi | man )(?!.*, ?(?:hur|vad|vilk\w+|varfor)\b)|\b(?:vilket datum|vilken (?:dag|"
            r"manad|tidpunkt|termin|vecka)|vilket ar|hur dags|vid vilken tid\w*|vilken tid)\b|\bdatum(?:et)?\b"
        ),
    ),
    (
        "person",
        re.compile(
            r"\bvem\b|\bvems\b|\bvilk(?:en|a) person(?:er)?\b|\bvilka (?:ar (?:med|medlemmar|ledamoter)|(?:sitter|ingar|deltar) i)\b"
        ),
    ),
    ("name", re.compile(r"\bvad (?:heter|hette|kallas|kallades)\b|\bnamnet pa\b|\bvilket namn\b|\bvad ar namnet\b")),
    (
        "place",
        re.compile(
            r"(?:^|[,.] ?|\boch )(?:vart|var (?:ligger|finns|hal?ler|hol(?:l|ls)|skedde|hande|star|sker|arrangera\w*|"
            r"genomfor\w*|startade?|oppnade?))\b|\bvilk(?:en|et|a) (?:plats(?:er)?|ort(?:er)?|stadsdel(?:ar)?|"
            r"skol(?:a|or)|lokal(?:er)?)\b|\bi vilk(?:en|a) stadsdel(?:ar)?\b"
        ),
    ),
    (
        "reason",
        re.compile(
            r"\bvarfor\b|\bav vilken anledning\b|\bvad beror\b|\bvad (?:ar|var) (?:orsaken|anledningen|skalet)\b|"
            r"\bhur kommer det sig\b"
        ),
    ),
)

_STRUCTURE: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    (
        "plans",
        re.compile(
            r"\b(?:vilka|vilket|lista|visa|hur manga|namn pa)\b.{0,20}\b(?:planer(?:na)?|program(?:men)?|"
            r"handlingsplaner(?:na)?|styrdokument\w*)\b"
        ),
    ),
    ("areas", re.compile(r"\b(?:vilka|lista|visa|hur manga)\b.{0,20}\b(?:mal|fokus)?omraden(?:a)?\b|\bvilka mal\b")),
    (
        "years",
        re.compile(
            r"\b(?:vilka|hur manga|for vilka|fran vilka) ar\b.{0,30}(?:finns|har|tacks|ingar|rapport|$)|" r"\bvilka arg\w+ finns"
        ),
    ),
    (
        "organisations",
        re.compile(
            r"\b(?:vilka|hur manga)\b.{0,12}\b(?:forvaltningar(?:na)?|organisationer(?:na)?|"
            r"namnder(?:na)?)\b.{0,12}\b(?:finns|ingar|har|rapport\w*|ar med)\b"
        ),
    ),
    ("reports", re.compile(r"\b(?:vilka|lista|visa|hur manga)\b.{0,12}\brapporter(?:na)?\b(?!.{0,20}namn)")),
)
_TITLE = re.compile(r"\bvad (?:heter|handlar|ar|innebar|betyder|galler|avser|star (?:[\w-]+ ){1,2}for)\b")
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "expected_result",
        re.compile(
            r"\b(?:(?:mal(?:et|en)?|syftet|avsikten) (?:med|for)|vill vi uppna|forvanta\w* (?:resultat\w*|effekt\w*)|resultatet som forvanta\w*|"
            r"vilket resultat (?:forvanta\w*|ska)|(?:onskad|avsedd) effekt|vad ska .{0,30}leda till)\b"
        ),
    ),
    (
        "question",
        re.compile(
            r"\b(?:vilken (?:uppfoljnings)?fraga\b|vad (?:ar|lyder|var) (?:uppfoljnings)?fragan|hur lyder fragan|"
            r"uppfoljningsfragan|vad fragar man|vad fragas det|fragan i\b|frageformulering\w*)"
        ),
    ),
    ("page", re.compile(r"\b(?:vilken sida|pa vilken sida|vilket sidnummer|sidnummer\w*)\b")),
    ("area", re.compile(r"\b(?:vilket|under vilket|i vilket) (?:(?:mal|fokus)?omrade|mal)\b")),
    (
        "plan",
        re.compile(
            r"\b(?:vilken|i vilken|vilket|i vilket) (?:plan|program|handlingsplan|styrdokument)\b.{0,30}(?:hor|"
            r"tillhor|star|ingar|finns|ar|galler|ligger)"
        ),
    ),
    (
        "statement",
        re.compile(
            r"\b(?:strategitext\w*|strategins (?:text|formulering|lydelse)|hur lyder|lydelse\w*|ordalydelse\w*|"
            r"formuler(?:ad|ingen|at)|vad (?:heter|innebar|betyder|avser|handlar)\b|"
            r"vad (?:sager|star det i|star i) (?:sjalva )?(?:strategin|insatsen|atgarden|planen|programmet)|"
            r"vad (?:gar|gick) .{0,30}ut pa|vad ar (?:strategi|insats|atgard)\w* \d|"
            r"beskrivning(?:en)? av|innebord\w*|vad ska vi gora enligt|vad kraver)"
        ),
    ),
)
_ANSWER_ONLY = re.compile(
    r"\b(?:ja eller nej|nej eller ja|vad (?:svarade|var svaret|blev svaret|ar svaret)|vilket svar|" r"hur (?:svarade|lod svaret))\b"
)

_CHANGES: tuple[tuple[Change, re.Pattern[str]], ...] = (
    (
        "renumbered",
        re.compile(
            r"\b(?:byt(?:t|er|te) (?:nummer|kod|numrering)|numrera\w* om|omnumrera\w*|ny(?:tt|a) (?:nummer|"
            r"kod(?:er)?)|flyttat nummer|andrat (?:nummer|kod))\b"
        ),
    ),
    (
        "answers",
        re.compile(
            r"\b(?:byt(?:t|er|te)|andra(?:t|de|ts|des)|forandra(?:t|ts|des)) (?:sitt |sina )?svar\w*|"
            r"\bsvar\w* (?:som )?(?:har )?(?:andra(?:t|ts)|byt(?:t|ts))|"
            r"\b(?:ja|nej|delvis|pagar)(?:-?svar\w*)? (?:som )?(?:har )?(?:blivit|blev) (?:ett )?(?:ja|nej|delvis|pagar)\b|"
            r"\b(?:gatt|gick|andrats|bytt|vant|svangt) fran (?:ett )?(?:ja|nej|delvis|pagar)|\bvilka (?:punkter |"
            r"svar )?(?:har )?(?:flippa\w*|svangt|vant)|\bfran (?:ja|nej) till (?:ja|nej|delvis)|"
            r"\bvilka svar\b.{0,25}\bandra(?:ts|t|des)|"
            r"\bvilka (?:punkter |strategier |insatser |atgarder )?(?:har |ar )?(?:andra(?:t|ts|des|de)|forandra(?:t|ts|des|de))\b"
        ),
    ),
    (
        "gone",
        re.compile(
            r"\b(?:forsvunn\w*|forsvann|utgatt|utgick|strukit\w*|strukna|tagits bort|togs bort|borttagna|"
            r"finns inte (?:kvar|langre))\b"
        ),
    ),
    (
        "new",
        re.compile(
            r"\b(?:nya? (?:uppfoljnings)?(?:punkter(?:na)?|punkten|strategi(?:er|n)?|insats(?:er|en)?|atgard(?:er|"
            r"en)?|fragor(?:na)?)|vilka ar nya|vad ar nytt|tillkommit|tillkom|lagts till|nytillkomna?|"
            r"vilka .{0,25}\b(?:ar|var) nya)\b"
        ),
    ),
    (
        "unchanged",
        re.compile(
            r"\b(?:oforandra\w*|samma (?:text|kommentar|svar|formulering)\w*(?: som)?|ordagrant (?:samma|lika|"
            r"likadan\w*)|kopiera\w*|likadana?|identisk\w*|inte (?:har )?andrats|inte andrat)\b"
        ),
    ),
)

_FLIP = re.compile(
    r"\bfran (?:ett )?(?P<from>nej|ja|delvis|pagar)(?: till (?:ett )?(?P<to>nej|ja|delvis|pagar))?\b|"
    r"\b(?P<was>nej|ja|delvis|pagar)(?:-?svar\w*)? (?:som )?(?:har )?(?:blivit|blev) (?:ett )?(?P<is>nej|ja|delvis|pagar)\b|"
    r"\b(?:till|blev|blivit) (?:ett )?(?P<became>nej|ja|delvis|pagar)\b"
)

_WHOLE = re.compile(
    r"\b(?:visa|se|las|hela|fulla|fullstandiga|ordagrant)\b.{0,12}\b(?:hela|allt|kommentaren|texten|resten|"
    r"allihop|mer)\b|\bhela (?:kommentaren|texten|svaret)\b|^(?:visa )?(?:mer|hela|allt|resten)[ ?.!]*$"
)


def find_wanted(text: str) -> Wanted | None:
    """The kind of thing that a fact question wants; None where it wants no particular kind."""
    folded = fold(text)
    return next((wanted for wanted, pattern in _WANTED if pattern.search(folded)), None)


def find_change(text: str) -> Change | None:
    """Which change over the years a question asks about: answers, new, gone, renumbered or unchanged items."""
    folded = fold(text)
    return next((change for change, pattern in _CHANGES if pattern.search(folded)), None)


def find_flip(text: str) -> tuple[AnswerValue | None, AnswerValue | None]:
    """From which answer to which a change is asked for ("från ja till nej"); None where it is left open."""
    match = _FLIP.search(fold(text))
    if not match:
        return None, None
    return ANSWERS.get(match["from"] or match["was"] or ""), ANSWERS.get(match["to"] or match["is"] or match["became"] or "")


def find_subject(text: str) -> Subject | None:
    """Which part of the structure a question asks about ("vilka planer följer vi upp?")."""
    folded = fold(text)
    return next((s for s, pattern in _STRUCTURE if pattern.search(folded) and not (s == "years" and asks_who_is(text))), None)


def asks_who_is(text: str) -> bool:
    """Whether "är" follows "vilka" or "hur många": folded it reads as the years ("år") that other questions ask about."""
    return bool(re.search(r"\b(?:vilka|hur många) är\b", text.lower()))


def find_part(text: str) -> Part | None:
    """Which other field than the comment is asked for ("vilket är det förväntade resultatet?")."""
    folded = fold(text)
    part = next((part for part, pattern in _PARTS if pattern.search(folded)), None)
    return part or ("answer" if _ANSWER_ONLY.search(folded) else None)


def asks_title(text: str) -> bool:
    """Whether what something is called or about is asked ("vad heter målområde 4?")."""
    return bool(_TITLE.search(fold(text)))


def asks_whole(text: str) -> bool:
    """Whether the whole comment is asked for ("visa hela")."""
    return bool(_WHOLE.search(fold(text)))
