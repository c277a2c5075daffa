"""A question understood before anything is searched: codes, kinds, plans, areas, years, whose report, answer, intent, topic.

``understand`` reads text and the library's catalogue and gives a ``Question``, in about a millisecond and without a language model.
Knows nothing of storage, search or answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.catalogue import Catalogue
from assistant.question import Question
from assistant.question_codes import find_codes
from assistant.question_intent import NOT_CLOSED, Intent, find_answer, find_intent, find_listed_kind
from assistant.question_mentions import MENTION, find_mentions
from assistant.question_names import OrganisationRef, find_area, find_organisation, find_plan
from assistant.question_wanted import asks_title, asks_whole, find_change, find_flip, find_part, find_subject, find_wanted
from assistant.question_years import Years, find_years
from assistant.words import FUNCTION_WORDS, Word, fold, in_capitals, is_function, nearest, tidy, word_set, words
from corpus.model import Kind

Span = tuple[int, int]

LONGEST = 2_000
"""Characters of a question that are read: far more than anyone asks, and little enough for every pattern to stay quick."""

# Words that show what kind of answer is wanted and are no subject, unless nothing else is left.
_ASKING = word_set(
    """svarat nej nejen nejet ja jaen delvis pagar forra fjol aret aren senaste nyaste innan jamfor jamfora jamfort jamforelse skillnad skillnaden skiljer
    jmf jfr andrats andrat andrades andras forandrats forandrat forandrades utvecklats utvecklades utvecklat trend historik tidslinje
    sammanfatta sammanfattning oversikt laget ligger
    namner namns omnamns forekommer innehaller ordet begreppet lista visa rakna upp lovade lovat lovar lova utlovat atagande ataganden
    planerar planeras planerat tanker tankte amnar avser avsag loften lofte
    planerade strategi strategin strategier insats insatsen atgard atgarden punkt plan planen planer planerna program programmet malomrade
    malomraden fokusomrade fokusomraden omrade omraden kod koder ar heter innebar betyder datum vilket datumet forklara finnas tidigare
    rapporterna respektive mellan tva tre fyra fem sex sedan nu idag resultat forvantat forvantade forvantas utkast skriv skriva formulera
    obesvarade obesvarad obesvarat saknar bytt bytte flippat gatt skillnader nya
    tillkommit tillkom forsvann forsvunnit utgatt utgick resultatet resultaten effekten tillbaka forsta tredje fjarde sista nast
    summera summering sammanfattande overblick overblicken helhet helheten snabb snabbt kort kortfattat menar menade mena menat
    oforandrade oforandrat oforandrad blivit samma foljer folja foljs ingar ingick tillhor galler hort visar redovisa redovisas"""
)
_OFTEN_MISSPELT = (
    "svarade",
    "svarat",
    "svaret",
    "strategi",
    "strategin",
    "namner",
    "jamfor",
    "sammanfatta",
    "punkter",
    "kommentar",
    "rapporten",
)
_NO_NAMES = word_set("nej ja delvis pagar strategi insats atgard punkt plan program kod ar malomrade fokusomrade")
_RELATIVE = frozenset(("som", "vars", "vilka", "vilken", "vilket", "dar"))
_CONNECTS = re.compile(
    r"^(?:och|men|samt|sa|da|aven)\b|\bda ?[?!.]*$|^(?:visa |se )?(?:hela|mer|resten|allt)\b|^(?:varfor|" r"jamfor|jamfort)\b"
)
_FRAME = re.compile(
    r"\bhur (?:ser|sag|har) (?:det|laget)(?: sett)? ut(?: (?:just nu|i dag|idag|nu))?(?: (?:med|for|kring|nar det galler))?\b|"
    r"\bhur (?:star|stod) det till(?: (?:med|for|i))?\b"
)
"""Ways of asking how things are, which say nothing of their subject."""

_ITSELF = re.compile(
    r"\b(?:den|det|denna|detta|samma|de|dessa)(?: har| dar)? (?:punkt|fraga|strategi|insats|atgard|svar|"
    r"kommentar|plan)(?:en|n|et|erna|na)?\b|"
    r"\b(?:punkten|strategin|insatsen|atgarden|kommentaren)\b(?! \d)|"
    r"^(?:och |men )?(?:nar|var|hur lange|hur ofta) (?:har|hade|ar|var|blev|borja\w*|starta\w*|oppna\w*|sluta\w*|stanger|holls) (?:det|den|de)"
    r"(?: (?!som\b)\w+)?[ ?.]*$"
)
_OF_ITEMS = re.compile(r"\b(?:uppfoljnings)?(?:punkt|strategi|insats|atgard|fraga|fragor|svar|kommentar|kod)\w*")
_PRONOUNS = word_set("den dem dom denna dessa dar")


_ANYWHERE = re.compile(r"\b(?:nagonstans|nagon gang|nagonsin)\b")
_SAID_BY: dict[Intent | None, tuple[re.Pattern[str], ...]] = {
    "commitments": (re.compile(r"\b(?:uppfyll\w*|infria\w*|genomford\w*|klara?|hallit|holl|brutit|brot)\b"),),
    "structure": (re.compile(r"\b(?:mal|forvaltningar(?:na)?|organisationer(?:na)?|namnder(?:na)?)\b"),),
    "count": (re.compile(r"\b(?:totalt|sammanlagt|allt som allt|ihop)\b"),),
    "list": (re.compile(r"\b(?:saknas|nagon punkt)\b"),),
}
"""Words that only say what an intent says already, and are no subject beside it."""


def understand(text: str, catalogue: Catalogue) -> Question:
    """What ``text`` asks, read on its own (``assistant.dialogue`` adds what earlier turns said). Empty text gives an empty question."""
    text = tidy(text[:LONGEST])
    folded = fold(text)
    tokens = list(words(text))
    codes, code_spans = find_codes(folded)
    organisation, organisation_spans = find_organisation(text, tokens, catalogue)
    plan, plan_spans = find_plan(text, tokens, catalogue)
    masked = _blank(text, [*code_spans, *plan_spans])
    years, year_spans = find_years(masked, current_year=catalogue.current_year)
    area, area_spans = find_area(masked, tokens)
    intent = find_intent(
        _blank(text, plan_spans, word="x"), codes=bool(codes), asked_years=years.asked, several_years=years.several
    )
    if intent == "compare" and years.since and years.until:
        years = replace(years, exact=(years.since, years.until), since=None, until=None)  # the two, not what lies between
    if intent == "commitments" and _all_ahead(years, catalogue):
        years = Years()  # what is promised for a year stands in the reports before it
    if intent == "draft":
        years = Years()  # "årets kommentar" is the one to be written, not a report
    # "vilka löften är inte uppfyllda?" asks of promises, not of items answered with Nej
    answer = find_answer(text, said=intent == "commitments") if not codes else None
    kind, kind_span = (
        find_listed_kind(text) if intent in ("list", "count", "overview", "structure", "changes", "mention") else (None, None)
    )
    if intent is None and not codes:
        kind, kind_span = _bare_kind(text)
    wanted = find_wanted(text) if intent in (None, "fact", "lookup", "find", "timeline", "compare", "field") else None
    if codes and years.content:
        year_spans = [*year_spans, *((at, at + len(p)) for p in years.phrases if (at := text.find(p)) >= 0)]
    if intent == "mention" and organisation_spans and _is_target(folded, organisation_spans[0]):
        organisation, organisation_spans = OrganisationRef(), []
    mentions: tuple[str, ...] = ()
    every = True
    if intent in ("mention", "count"):
        mentions, every = find_mentions(_blank(text, [*plan_spans, *year_spans, *area_spans, *organisation_spans]))
        if intent == "mention" and not mentions:
            intent = None
    open_spans = [match.span() for match in NOT_CLOSED.finditer(folded)] if intent == "overview" else []
    spans = [*code_spans, *organisation_spans, *plan_spans, *year_spans, *area_spans, *open_spans]
    if kind_span:
        spans.append(kind_span)
    if intent == "mention" and not years.asked and _ANYWHERE.search(folded):
        years = Years(every=True)
    spans += [match.span() for pattern in (*_SAID_BY.get(intent, ()), _FRAME) for match in pattern.finditer(folded)]
    topic = "" if mentions else _topic(text, tokens, spans)
    question = Question(
        text=text,
        intent=intent,
        codes=codes,
        kind=kind,
        plan=plan,
        area=area,
        years=years,
        organisation=organisation,
        answer=answer,
        wanted=wanted,
        part=find_part(text) if intent == "field" or (codes and intent in (None, "fact")) else None,
        change=find_change(text) if intent == "changes" else None,
        flip=find_flip(text) if intent == "changes" else (None, None),
        subject=find_subject(text) if intent in ("structure", "count") else None,
        mentions=mentions,
        every_mention=every,
        topic=topic,
        whole=asks_whole(text),
        title=asks_title(text),
        connects=bool(_CONNECTS.search(folded)),
        points_back=bool(_ITSELF.search(folded)) or _points_back(tokens),
    )
    settled = _settled(question)
    if settled == "fact" and wanted is None:
        wanted = find_wanted(text)
    return replace(question, intent=settled, wanted=wanted, change=question.change if settled == "changes" else None)


def _bare_kind(text: str) -> tuple[Kind | None, Span | None]:
    """The kind of items that is all a question says ("och strategierna?"), and where it is said."""
    kind, span = find_listed_kind(text)
    if span is None or any(not is_function(word) for word in words(_blank(text, [span]))):
        return None, None
    return kind, span


def _all_ahead(years: Years, catalogue: Catalogue) -> bool:
    """Whether every year asked for lies after the newest report."""
    newest = max((year for there in catalogue.years_of.values() for year in there), default=0)
    return bool(years.exact) and bool(newest) and all(year > newest for year in years.exact)


def _settled(question: Question) -> Intent:
    """The intent where the words alone do not decide: codes are looked up, a topic is searched for."""
    intent, topical = question.intent, bool(question.topic_words)
    if intent in ("overview", "count", "structure") and topical and question.answer is None and not question.mentions:
        return "find" if intent != "count" else "fact"
    if intent == "changes" and topical and not _OF_ITEMS.search(fold(question.text)):
        return "fact" if find_wanted(question.text) else "find"  # "hur många tjänster försvann?" is about tjänster
    if intent == "list" and topical and question.answer is None and (question.kind or not (question.area or question.plan)):
        return "find"
    if intent in (None, "fact") and question.title and (question.area or question.plan) and not topical and not question.codes:
        return "structure"
    if intent == "fact" and question.codes and question.part:
        return "field"
    if intent is not None:
        return intent
    if question.codes:
        return "lookup"
    if (question.area or question.plan or question.kind) and not topical:
        return "list"
    return "find"


def _is_target(folded: str, span: Span) -> bool:
    """Whether what stands at ``span`` is the word that must be mentioned: right after "nämner", not after "hos" or "från"."""
    return any(folded[match.end() : span[0]].strip(" \"'”»") == "" for match in MENTION.finditer(folded) if match.end() <= span[0])


def _points_back(tokens: Sequence[Word]) -> bool:
    """Whether a pronoun stands for something said before: "den" before no noun of its own, "det" only as the last word.

    "Den som utsatts …" points forward, to the clause that says who.
    """
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        closes = after is None or after.folded in ("da", "forra", "aret", "fjol", "senast", "i") or after.text.isdigit()
        if token.folded in ("det", "detta", "de") and closes:
            return True
        if after is not None and after.folded in _RELATIVE:
            continue
        if token.folded in _PRONOUNS and (closes or (after is not None and after.folded in FUNCTION_WORDS)):
            return True
    return False


def _topic(text: str, tokens: Sequence[Word], spans: Sequence[Span]) -> str:
    """The words left when what was understood is taken away, from the first to the last that carries meaning, function words inside kept."""
    free = [t for t in tokens if not any(start < t.end and t.start < end for start, end in spans)]
    asking = {t.start for t in free if _is_asking(t.folded) and not _opens_name(text, t)}
    telling = [t for t in free if len(t.text) > 1 and (in_capitals(t.text) or not (is_function(t) or t.start in asking))]
    if not telling:
        return ""
    kept = [t for t in free if telling[0].start <= t.start <= telling[-1].start]
    return " ".join(t.text for t in kept if t.start not in asking)


def _opens_name(text: str, token: Word) -> bool:
    """Whether a word in the middle of a sentence is written as a name ("rutinen Samma dag"); answers and kinds of items often are."""
    before = text[: token.start].rstrip(" \"”»'(")
    return (
        token.text[0].isupper()
        and not in_capitals(token.text)
        and bool(before)
        and before[-1] not in ".!?:–-"
        and token.folded not in _NO_NAMES
    )


def _is_asking(folded: str) -> bool:
    """Whether a word only says what kind of answer is wanted, also joined ("nej-svaren") or misspelt ("svarde")."""
    parts = folded.split("-")
    if folded in _ASKING or (len(parts) > 1 and all(part in _ASKING or part in FUNCTION_WORDS for part in parts)):
        return True
    if nearest(folded, _OFTEN_MISSPELT) is None:
        return False
    from index.analysis import lexicon

    return folded in _OFTEN_MISSPELT or folded not in lexicon()  # "svarta" is no slip for "svarat"


def _blank(text: str, spans: Sequence[Span], word: str = "") -> str:
    """``text`` with the spans blanked out, of the same length; ``word`` keeps a placeholder where a pattern needs one to stand on."""
    chars = list(text)
    for start, end in spans:
        chars[start:end] = (word + " " * (end - start))[: end - start]
    return "".join(chars)
