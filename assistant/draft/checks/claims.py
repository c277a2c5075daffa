"""What a sentence claims beyond its facts: more or less, begun or ended, how much and how often, praise, a clause hung on to it.

Each must stand in a source, and none may say the opposite. Takes sentence and sources as they are; knows nothing of how either came about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft.checks.causes import cause_flags, loose_clause_flags
from assistant.draft.checks.directions import direction_flags
from assistant.draft.checks.quantities import left_over_flags, quarter_flags, share_flags, small_word_flags
from assistant.draft.checks.sources import Source
from assistant.draft.checks.stages import stage_flags, stages
from assistant.draft.checks.ties import bound_flags, broken_span_flags, tie_flags
from assistant.draft.language.earlier import told_before
from assistant.draft.language.facts import TIMES, figures
from assistant.draft.language.meaning import telling_stems
from assistant.draft.language.wording import matched, stem, tokens
from corpus.model import Flag
from corpus.verbs import readings

# Words that turn a sentence round: one of the same class must stand in a source.
_ENDINGS = re.compile(
    r"\b(?:avslut\w+|upphör\w*|lagts ne[dr]|läggs ne[dr]|lades ne[dr]|nedlag\w+|sa(?:de|gt)s upp|uppsag\w+|uppsäg\w*|hoppa\w* av|avhopp\w*|stängd\w*"
    r"|stängt\w*|stängs|avslag\w*|avslog\w*|stoppa\w*|avbr[öu]t\w*|slopa\w*|avbryt\w*|försena\w+|inställ[dt]\w*|ställ(?:des|ts|de|t) in|ställs in"
    r"|avveckla\w+"
    r"|misslyck\w+|avböj\w*|str[uyö]k\w+|pausa\w*|vilande)\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:framgångsrik\w*|mycket (?:gott|bra|uppskatta\w+|positiv\w*)|uppskatta[dt]\w*|betydande|avsevärt|kraftigt|markant"
    r"|tydlig (?:effekt|förbättring)|goda resultat|lyckat|lyckad\w*|viktig\w*|avgörande|alla mål|samtliga mål|fullt ut"
    r"|väl fungerande|unik\w*"
    r"|ledande|(?:mycket )?nöjda|trygghet(?:en)? har ökat|gett effekt|stor betydelse|fungerar väl|fungerar bra)\b",
    re.IGNORECASE,
)
_COMPLETE = re.compile(
    r"\b(?:genomförd\w*|genomfört(?:s)?|slutför\w+|klara?t?|färdig\w*|uppfyll\w+|infria\w+|i mål|lösta?|lösts"
    r"|kom i ?gång|kommit i ?gång|på plats|startade|startat|infördes|införts|öppnade)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:ska|skall|(?<!\bde )(?<!\bden )(?<!\bdet )planera\w*|kommer (?:\w+ )?att|diskutera\w*|föresl[åo]\w*|förhandla\w*)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:klart? (?:ht|vt|hösten|våren|i)|blir|väntas|beräknas|tänkt\w*|mål\w*|plan\w*|sena?r?e?|kvar|resten|förslag\w*|på gång|utreds)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:gjor[td]\w*|inför[dt]\w*|anta\w*|antog\w*|beslut\w*|tecknat?\w*|undertecknat?\w*|hållit\w*|hölls|invigd\w*|invigts|delats|utdelad\w*"
    r"|köpt\w*|utbilda\w*|avslut\w*|levererad\w*|lämnad\w*|redovisa\w*|skett|i gång|igång|start\w+|öppna\w+|gäller|används|finns)\b",
    re.IGNORECASE,
)


def claim_flags(sentence: str, sources: Sequence[Source], *, year: int) -> list[Flag]:
    """What ``sentence`` claims and its ``sources`` do not, in a fixed order; [] where all of it is theirs."""
    flags = [
        *direction_flags(sentence, sources, year),
        *_endings(sentence, sources, year),
        *_completions(sentence, sources, year),
        *_plans(sentence, sources, year),
        *_goes_on(sentence, sources),
        *_this_year(sentence, sources),
        *loose_clause_flags(sentence, sources),
        *cause_flags(sentence, sources),
        *_goals(sentence, sources),
        *left_over_flags(sentence, sources),
        *small_word_flags(sentence, sources),
        *share_flags(sentence, sources),
        *quarter_flags(sentence, sources),
        *stage_flags(sentence, sources, year),
        *tie_flags(sentence, sources),
        *bound_flags(sentence, sources),
        *broken_span_flags(sentence, sources),
    ]
    claim = _CLAIMS.search(sentence)
    if claim and not any(
        all(stem(word) in source.stems or word.lower() in source.words for word in claim.group().split()) for source in sources
    ):
        flags.append(
            Flag("unsupported_claim", f"Omdömet ”{claim.group()}” finns inte i anteckningarna eller i källan.", claim.group())
        )
    return flags


_BEGAN = re.compile(r"(?:kom|kommit|starta|inför|öppna)", re.IGNORECASE)
_BEGUN = re.compile(
    r"\b(?:start\w*|inför\w*|öppn\w*|i ?gång|ny|nytt|nya|sen|sedan|fr|från|klar\w*|påbörj\w*|inled\w*|drift\w*|på plats)\b",
    re.IGNORECASE,
)


def _completions(sentence: str, sources: Sequence[Source], year: int) -> list[Flag]:
    """A sentence that says that something is done, where no source tells of anything done or counted."""
    found = _COMPLETE.search(sentence)
    if found and not figures(sentence) and _BEGAN.match(found.group()) and not told_before(sentence, found.start(), year):
        about = telling_stems(sentence)
        if not any(
            (_BEGUN.search(f"{source.text} {source.raw}") or figures(source.text)) and matched(about, source.stems)
            for source in sources
            if source.is_note
        ):
            return [Flag("unsupported_claim", f"Ingen källa säger att det är ”{found.group()}”.", found.group())]
    if found is None or figures(sentence) or any(_COMPLETE.search(source.text) or _DONE.search(source.text) for source in sources):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger att det är ”{found.group()}”.", found.group())]


_GOES_ON = re.compile(r"\b(?:fortsätter|fortsatte|fortgår)\b", re.IGNORECASE)
_STILL = re.compile(
    r"\b(?:forts\w*|fortg\w+|fortf\w*|kvar\w*|pågå\w*|permanent\w*|oförändr\w*|samma|som (?:förut|tidigare))\b|\bforts\.",
    re.IGNORECASE,
)
_IN_THIS_YEAR = re.compile(r"\b(?:i år|under året|årets)\b", re.IGNORECASE)


def _goes_on(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A sentence that says that something goes on, where no source says it of anything."""
    found = _GOES_ON.search(sentence)
    if found is None or any(_STILL.search(f"{source.text} {source.raw}") for source in sources):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]


def _this_year(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """What only earlier comments tell, told of "i år"."""
    found = _IN_THIS_YEAR.search(sentence)
    if found is None or not sources or any(source.is_note for source in sources):
        return []
    return [Flag("stale", f"Bara tidigare kommentarer säger det, och meningen säger ”{found.group()}”.", found.group())]


def _plans(sentence: str, sources: Sequence[Source], year: int) -> list[Flag]:
    """A sentence that says that something will be done, where no source looks ahead."""
    found = _AHEAD.search(sentence)
    notes = [source for source in sources if source.is_note] or sources
    if found is None or any(_AHEAD.search(source.text) or _LATER.search(source.text) for source in notes):
        return []
    if any(fact.kind in TIMES and fact.value[:4] > str(year) for fact in figures(sentence)):
        return []  # what lies ahead by its date
    if re.match(r" jämföra?s?\b", sentence[found.end() :]):
        return []
    rule = found.group().lower() in ("ska", "skall")
    if rule and (
        _DECIDED_THAT.search(sentence[: found.start()])
        or re.match(r"(?: \w+){0,3} (?:senast|minst|högst)\b", sentence[found.end() :])
    ):
        return []
    under = _UNDER.search(sentence[: found.start()])
    talk = _TALK.search(sentence[: found.start()])
    if talk and any(_TALK.search(source.text) for source in sources):
        return []
    if under and (under.group().startswith(("hur", "om ")) or any(_AHEAD.search(source.text) for source in sources)):
        return []
    if not found.group().lower().startswith("planera") and _same_verb(sentence[found.end() :], sources, under is not None):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]


_TALK = re.compile(r"\b(?:förhandl|diskut|utred|överväg|föresl|förslag|prövas)\w*", re.IGNORECASE)
_DECIDED_THAT = re.compile(
    r"\b(?:beslut\w*|för|så|gräns\w*|krav\w*|kräv\w*)\b[^.;:]* att\b[^.;:,]{0,60}$|\b(?:senast|minst|högst)\b", re.IGNORECASE
)
"""Before or after a "ska" that says what is decided or required, not what is planned."""
_UNDER = re.compile(r"\b(?:hur|vad|vem|vilka|som|att|om|huruvida)\b(?: \w+){0,3} ?$")  # "hur de ska agera" promises nothing


def _same_verb(text: str, sources: Sequence[Source], under: bool) -> bool:
    """Whether the infinitive that ``text`` begins with is told in the present in a source: "ska kallas" and "kallas"; an active one only
    ``under`` another clause."""
    word = next((token.low for token in tokens(text) if token.is_word), "")
    if not under and not word.endswith("s"):
        return False
    verbs = {form.infinitive for form in readings(word) if form.tense == "infinitive"}
    return any("now" in stages(source.text).get(verb, ()) for source in sources for verb in verbs)


def _endings(sentence: str, sources: Sequence[Source], year: int) -> list[Flag]:
    """A sentence that says something ended, was stopped or is late, where no source says anything of the kind."""
    found = _ENDINGS.search(sentence)
    if found is None or not told_before(sentence, found.start(), year):
        sources = [source for source in sources if source.is_note] or sources
    if found is None or any(
        _ENDINGS.search(source.text) or re.search(r"\b(?:sena?r?e?|blev inte av|inte av)\b|avbrott", source.text)
        for source in sources
    ):
        return []
    if " " not in found.group() and any(stem(found.group()) in source.stems for source in sources):
        return []
    if found.group().lower().startswith(("avslut", "upphör")) and any(
        re.search(r"\b(?:klara?t?|färdig\w*|slut\w*|fullfölj\w*)\b", source.text) for source in sources
    ):
        return []
    return [Flag("unsupported_claim", f"Ingen källa säger ”{found.group()}”.", found.group())]


_REACHED = re.compile(r"\bmål\w*\b.*\b(?:nått[st]?|nåtts|nåddes|uppnått?s?|uppnåddes|uppfyll\w+|klara\w+)\b", re.IGNORECASE)
_GOAL_MISSED = re.compile(r"\bmål\w*\b.*\b(?:inte|ej) (?:nåt\w*|uppnåt\w*|uppfyll\w*|klar\w*)", re.IGNORECASE)
_NOT = re.compile(r"\b(?:inte|ej|inget|inga)\b", re.IGNORECASE)


def _goals(sentence: str, sources: Sequence[Source]) -> list[Flag]:
    """A goal told as reached where no source says so, and no figure beside a goal is as great as it."""
    if not _REACHED.search(sentence) or _NOT.search(sentence):
        return []
    for source in sources:
        if _REACHED.search(source.text) and not _NOT.search(source.text):
            return []
        if source.is_note and _GOAL_MISSED.search(source.text):
            break
        counts = [fact for fact in source.facts if fact.kind in ("number", "percent")]
        goals = [fact for fact in counts if re.search(r"\bmål\w* (?:på )?$", source.text[: fact.start])]
        if any(float(fact.value) >= float(goal.value) for goal in goals for fact in counts if fact.start != goal.start):
            return []
    return [Flag("unsupported_claim", "Ingen källa säger att målet är nått.", sentence)]
