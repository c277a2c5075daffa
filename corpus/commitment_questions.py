"""The question to the officer that a commitment turns into: "Startade teamet, som planerades till hösten 2024?"

A plain promise with a known verb becomes a question in the past tense; every other one is quoted with its year, so that no question
says more than the report did. Knows nothing of how commitments are found.
"""

from __future__ import annotations

import re

from corpus.dates import Due, find_due
from corpus.tense import is_finite, main_verb
from corpus.verbs import verbs

_PLAIN = re.compile(
    r"^(?P<subject>(?:(?!\b(?:som|att|när|om|där|inte|ej)\b)[^,.;:])+?) (?:ska|skall|kommer att|planeras|väntas"
    r"|beräknas) (?P<adverb>(?:\w+ )??)(?P<verb>[^\W\d_]+)\b(?P<rest>[^,.;:]*)\.?$"
)
_SHORT = re.compile(
    r"^(?P<subject>(?:(?!\b(?:som|att|när|om|där|inte|ej)\b)[^,.;:])+?) (?:planeras|är planera(?:d|t|de)|väntas)\.?$"
)
_LEANS = re.compile(
    r"^(?:Det|Den|De|Detta|Dessa|Där|Då|Därefter|Sedan|Han|Hon|Vi|Så|Dit|Båda|Resterande|Övriga|För|Under|Från|I|Inom|Om|På"
    r"|Vid|Efter|Till)\b"
)
_POINTS_BACK = re.compile(
    r"^(?:Det(?! (?:vi|som|finns|återstår|saknas)\b)|Den|De|Detta|Dessa|Där|Därefter|Sedan|Resterande|Övriga|För övriga)\b"
)
_LONGEST = 110  # characters of a sentence that is turned round
_LONGEST_QUOTE = 220


def question(sentence: str, due: Due | None, year: int, before: str = "") -> str:
    """One Swedish question about the commitment ``sentence`` of a report of ``year``; ``before`` is the sentence in front of it, or ""."""
    parts = promises_in(sentence)
    if len(parts) > 1 and not _POINTS_BACK.match(sentence):
        return " ".join(question(part[0].upper() + part[1:], find_due(part, year), year) for part in parts)
    without = _without(sentence, due)
    when = _planned(due)
    asked = _asked(without, when)
    if asked:
        return asked
    quote = sentence.strip().rstrip(".")
    if before and _POINTS_BACK.match(sentence) and len(before) + len(quote) < _LONGEST_QUOTE:
        quote = f"{before} {quote}"
    quote = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 3].rsplit(" ", 1)[0] + " …"
    if re.search(r"\båterstår|\bkvar att|\bbehöver|\bmåste", sentence):
        return f"Har något gjorts sedan {year} åt detta: ”{quote}”?"
    if (
        re.search(
            r"\bpågår|\bpå gång|\bhåller på|\bunder (?:\w+ )?(?:uppbyggnad|framtag|införande|utveckling|upphandling)|\bpåbörja",
            sentence,
        )
        and not due
    ):
        return f"Är detta klart, som pågick {year}: ”{quote}”?"
    return f"Vad blev det av detta, som planerades {when or f'{year}'}: ”{quote}”?"


_PROMISES = re.compile(
    r"\b(?:ska(?:ll)?|planeras|pågår|kommer|utreds|beräknas|väntas|avser|håller på|är planera\w+|är påbörja\w+|är under)\b"
)


def promises_in(sentence: str) -> list[str]:
    """The clauses of ``sentence`` that each promise something by themselves ("en övning planeras", "analysen ska uppdateras"), or it whole."""
    parts = re.split(r"(?:,|;) och |; ", sentence.strip().rstrip("."))
    alone = all(_PROMISES.search(part) and main_verb(part).start > 0 for part in parts)
    pointing = any(_POINTS_AWAY.match(part) for part in parts[1:])
    return parts if len(parts) > 1 and alone and not pointing else [sentence]


_POINTS_AWAY = re.compile(
    r"^(?:det|de|den|denna|detta|dessa|då|där|resultatet|arbetet|beslut|förslaget|ett förslag)\b", re.IGNORECASE
)


def _asked(sentence: str, when: str) -> str | None:
    """A question with the verb first, where the sentence is plain enough to be turned round."""
    tail = f", som planerades {when}?" if when else ", som planerades?"
    short = _SHORT.match(sentence)
    if short and not _LEANS.match(sentence) and len(sentence) <= _LONGEST:
        return f"Blev det av {_lowered(short.group('subject'))}{tail}"
    plain = _PLAIN.match(sentence)
    if plain is None or _LEANS.match(sentence) or len(sentence) > _LONGEST:
        return None
    past = _past(plain.group("verb"))
    subject = plain.group("subject").split()
    if past is None or any(is_finite(subject, at) for at in range(1, len(subject))):
        return None
    rest, adverb = plain.group("rest").rstrip(), plain.group("adverb").strip()
    if re.search(r"\b(?:och|samt) \w+a?s?\b", rest) and _past_of_any(rest):
        return None
    adverb = f" {adverb}" if adverb and adverb not in ("att", "också", "även") else ""
    return f"{past.capitalize()} {_lowered(plain.group('subject'))}{adverb}{rest}{tail}"


def _past_of_any(text: str) -> bool:
    """Whether a second verb stands in ``text``: then turning the first one alone would bend the meaning."""
    return any(_past(word) is not None for word in re.findall(r"[^\W\d_]+", text))


def _past(infinitive: str) -> str | None:
    """The preterite of an infinitive, active or on -s; None where the verb is not known."""
    known = verbs()
    if infinitive == "vara":
        return "blev"
    if infinitive in known:
        return known[infinitive].preterite
    if infinitive.endswith("s") and infinitive[:-1] in known:
        return known[infinitive[:-1]].preterite + "s"
    return None


def _planned(due: Due | None) -> str:
    """ "till hösten 2025", "före årsskiftet", "till den 1 mars 2026", "från januari 2026"; "" without a date."""
    if due is None:
        return ""
    first = due.text.split()[0].lower()
    return (
        due.text if first in ("före", "innan", "efter", "senast", "vid", "inför", "om", "från", "tidigast") else f"till {due.text}"
    )


def _without(sentence: str, due: Due | None) -> str:
    if due is None:
        return sentence.strip()
    before = re.sub(r"\b(?:senast|till och med|fram till) (?:i )?$", "", sentence[: due.start])
    return re.sub(r"\s+([,.;])", r"\1", " ".join((before + sentence[due.end :]).split()))


def _lowered(subject: str) -> str:
    """The subject inside a sentence: its first letter small, but for a name."""
    first = subject.split()[0]
    is_name = (
        first.isupper()
        or any(ch.isdigit() for ch in first)
        or (
            len(subject.split()) > 1
            and subject.split()[1][:1].isupper()
            and not re.fullmatch(r"[A-ZÅÄÖ][a-zåäö]{4,}(?:et|gruppen|en)", first)
        )
    )
    common = re.fullmatch(
        r"(?:[A-ZÅÄÖ][a-zåäö]+-|[A-ZÅÄÖ][a-zåäö-]+(?:fria|liga|iska|ade|ande|bara|samma|iva|ella|enta)"
        r"|En|Ett|Alla|Samtliga|Några|Flera|Två|Tre|Fyra|Nästa|Förvaltningen|[A-ZÅÄÖ][a-zåäö-]+(?:en|et|an|na|are|ing"
        r"|ningar|ar|er|or|tat|n|t|s))",
        first,
    )
    return subject if is_name or not common else subject[0].lower() + subject[1:]
