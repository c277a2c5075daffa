"""The words that must literally be mentioned: "vilka punkter nämner SSPF?", "var nämns ”otillåten påverkan”?".

Reads them out of the question as they were written; where comments mention them is ``assistant.mentions``.
"""

from __future__ import annotations

import re

from assistant.words import fold

MENTION = re.compile(
    r"\b(?:om)?namn(?:er|t|ts|s|de|des|as|a)\b(?: (?:vi|ni|de|man))?(?: nagot)?(?: om)?|\bforekommer\b|"
    r"\binnehaller (?:ordet|orden|begreppet|forkortningen)\b|"
    r"\binnehaller\b|\b(?:ordet|orden|begreppet|forkortningen)\b|\btar upp (?:ordet|begreppet)\b"
)
"""How a question asks for mentions, over folded text."""

_TARGET_END = re.compile(
    r"(?:\s*[?.!]+\s*$|,?\s+(?:och )?(?:som|dar|i vilk\w*|dar vi|svara\w* vi)\b.*$|\s+(?:i|for|fran|under|hos|"
    r"inom|av)\s+(?:plan|program|handlingsplan|rapport|malomrade|fokusomrade|ar|forra|fjol|den|de|vara|"
    r"nagon)\w*\b.*$|"
    r"\s+(?:i (?:ar|fjol)|forra aret|nagonstans|i rapport\w*|da|ocksa|i kommentar\w*|i texten)\s*[?.!]*$|"
    r"\s+(?:ar )?(?:19|20)\d\d\s*[?.!]*$)"
)
_TARGET_BEFORE = re.compile(
    r"^(?:och )?(?:i )?(?:vilka|vilken|vilket|var|hur manga|lista|visa|finns det|alla|dar|i|punkter|punkt|"
    r"kommentarer|strategier|insatser|atgarder|som|ganger|det|ar|har|svar|de|nagon|nagra|stallen|stalle|"
    r"rapporten|rapporterna)\b\s*"
)


def find_mentions(text: str) -> tuple[tuple[str, ...], bool]:
    """The words that a "vilka punkter nämner …" question is about, as written, and whether all of them must be there.

    Words in quotation marks are taken as they stand; "A och B" asks for both, "A eller B" for either. No words: nothing to look for.
    """
    quoted = re.findall(r"[\"”“»'’]([^\"”“»«'’]{2,})[\"”“«'’]", text)
    if quoted:
        return tuple(q.strip() for q in quoted), not re.search(r"[\"”“»'’] eller [\"”“»'’]", text)
    folded = fold(text)
    matches = list(MENTION.finditer(folded))
    if not matches:
        return (), True
    target = text[matches[-1].end() :].strip()
    while (end := _TARGET_END.search(fold(target))) and end.group():
        target = target[: end.start()].strip()
    if not target:
        target = text[: matches[0].start()].strip()
        while start := _TARGET_BEFORE.match(fold(target)):
            target = target[start.end() :].strip()
    target = re.sub(r"(?:\s+(?:i|för|från|under|hos|inom|av|på))+$", "", target.strip(" ?.!,:;"))
    target = re.sub(r"^(?:både|antingen|ordet|orden|begreppet|något om|om)\s+", "", target.strip(" ?.!,:;"))
    if not target:
        return (), True
    either = re.split(r"\s+eller\s+", target)
    if len(either) > 1:
        return tuple(part.strip(" ,") for part in either if part.strip(" ,")), False
    return (target,), True
