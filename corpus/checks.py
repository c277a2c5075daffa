"""What a person should look at in a parsed report: gaps in the numbering, codes twice, no answer, an answer its comment denies.

Says what it saw, changes nothing. Words about whether something was done are matched in a comment's first sentence only, where a
report says it; a false alarm costs trust.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from textwrap import shorten

from corpus.document import Document
from corpus.model import Diagnostic, Item, Plan
from corpus.paragraphs import IGNORABLE

MAX_GAPS = 20
"""Missing codes that are named in one plan; a larger number says that the codes are no count."""

_PAIR = re.compile(r"(\d+):(\d+)")
_FIRST_SENTENCE = re.compile(r"[^.!?\n]{0,400}")
_NOT_DONE = re.compile(
    r"\b(?:(?:har|är|blev|kunde|hann)\s+(?:\w+\s+){0,3}?(?:inte|ej|aldrig)\s+(?:\w+\s+){0,2}?(?:genomfört|genomförts|genomförd|genomföras|påbörjat|påbörjats"
    r"|påbörjad|kommit igång|gjorts|gjort|startat|startats|arbetat|utförts|skett|tagits fram)"
    r"|^(?:detta\s+)?(?:inte|ej)\s+(?:genomfört|genomförts|påbörjat|påbörjats|påbörjad|kommit igång|gjorts|startat|startats"
    r"|genomförd|aktuellt)"
    r"|^(?:inget|inga|ingen)\b.{0,60}?\b(?:genomfört|genomförts|gjorts|påbörjats|skett|tagits fram|vidtagits|hållits|startats))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:(?:är|har blivit|blev)\s+(?:nu\s+)?(?:klar|klart|klara|genomförd|genomfört|genomförda|införd|infört|införda)"
    r"|har\s+(?:nu\s+|också\s+|under\s+\w+\s+)?(?:genomfört|genomförts|införts|startat|startats|utbildats|påbörjat|påbörjats)"
    r"|pågår|påbörjat|pågående)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:inte|ej|inga|ingen|inget|aldrig|varken)\b", re.IGNORECASE)
_PARTLY = re.compile(r"delvis\b", re.IGNORECASE)
_HIDDEN = re.compile(f"[{IGNORABLE}]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def check(plans: Sequence[Plan], items: Sequence[Item]) -> list[Diagnostic]:
    """Diagnostics about the items as a whole, in the order gaps, codes twice, answers."""
    found = [*_gaps(plans, items), *_twice(items)]
    for item in items:
        found += _answer(item)
    return found


def characters(document: Document) -> list[Diagnostic]:
    """Diagnostics about characters that are not shown or not known."""
    found: list[Diagnostic] = []
    hidden = Counter(character for character in _HIDDEN.findall(document.text) if character not in "\r\n\x85")
    soft = hidden.pop("\xad", 0)
    if soft:
        found.append(Diagnostic("soft_hyphens", "info", f"{soft} mjuka bindestreck togs bort."))
    if hidden:
        names = ", ".join(f"U+{ord(c):04X}" for c in sorted(hidden)[:5])
        found.append(Diagnostic("hidden_characters", "warning", f"{sum(hidden.values())} osynliga styrtecken ({names}) togs bort."))
    private = len(_PRIVATE.findall(document.text))
    if private:
        message = f"{private} tecken hör till ett eget teckensnitt (till exempel punktlistans prickar) och kan visas fel."
        found.append(Diagnostic("private_characters", "info", message))
    known = any(d.code == "replacement_characters" for d in document.diagnostics)
    broken = document.text.count("\ufffd")
    if broken and not known:
        message = f"{broken} tecken står som \ufffd: de gick förlorade redan i källan."
        found.append(Diagnostic("replacement_characters", "error", message))
    return found


def _gaps(plans: Iterable[Plan], items: Iterable[Item]) -> list[Diagnostic]:
    """Codes missing between 1 and the last one of each group ("2:3"), and whole groups missing."""
    found: list[Diagnostic] = []
    titles = {plan.number: plan.title for plan in plans}
    groups: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    kinds: dict[int, Counter[str]] = defaultdict(Counter)
    for item in items:
        match = _PAIR.match(item.code)
        if match:
            groups[item.plan][int(match[1])].add(int(match[2]))
            kinds[item.plan][item.kind] += 1
    for plan, by_group in sorted(groups.items()):
        kind = kinds[plan].most_common(1)[0][0]
        missing = [f"{group}:{n}" for group in sorted(by_group) for n in _absent(by_group[group])]
        missing += [f"{group}:…" for group in _absent(by_group)]
        where = f"plan {plan}" + (f" ({shorten(titles[plan], 70, placeholder=' …')})" if titles.get(plan) else "")
        for code in missing[:MAX_GAPS]:
            said = f"punkterna {code}" if code.endswith("…") else f"{kind} {code}"
            found.append(Diagnostic("gap", "warning", f"I {where} saknas {said} i numreringen."))
        if len(missing) > MAX_GAPS:
            found.append(Diagnostic("gap", "warning", f"I {where} saknas ytterligare {len(missing) - MAX_GAPS} nummer eller fler."))
    return found


def _absent(numbers: Iterable[int]) -> list[int]:
    """What is missing from 1 up to the largest; cut a little above the limit, so that a stray 999 costs nothing."""
    present = set(numbers)
    return [n for n in range(1, min(max(present), len(present) + MAX_GAPS + 2)) if n not in present]


def _twice(items: Iterable[Item]) -> list[Diagnostic]:
    return [
        Diagnostic(
            "duplicate_code",
            "warning",
            f"Koden {item.code} finns {item.ordinal} gånger eller fler i plan {item.plan}; den här är nummer {item.ordinal}.",
            item=item.position,
        )
        for item in items
        if item.ordinal > 1
    ]


def _answer(item: Item) -> list[Diagnostic]:
    """What is odd about one item's answer."""
    name = f"{item.kind.capitalize()} {item.code} i plan {item.plan}"
    found: list[Diagnostic] = []
    if item.answer is None:
        message = f"{name} har inget svar (Ja, Nej, Delvis eller Pågår)."
        found.append(Diagnostic("no_answer", "warning", message, item=item.position))
    if not item.comment:
        found.append(Diagnostic("no_comment", "info", f"{name} har ingen kommentar.", item=item.position))
    if not item.question:
        found.append(Diagnostic("no_question", "info", f"{name} har ingen fråga.", item=item.position))
    first = _FIRST_SENTENCE.match(item.comment)
    sentence = first[0] if first else ""
    if item.answer == "Ja" and _NOT_DONE.search(sentence):
        message = f"{name} har svaret Ja, men kommentaren säger att det inte är gjort: ”{sentence[:80]}”."
        found.append(Diagnostic("answer_mismatch", "warning", message, item=item.position))
    elif item.answer == "Ja" and _PARTLY.match(sentence):
        message = f"{name} har svaret Ja, men kommentaren börjar med ”Delvis”."
        found.append(Diagnostic("answer_mismatch", "info", message, item=item.position))
    elif item.answer == "Nej" and _DONE.search(sentence) and not _NEGATION.search(sentence):
        message = f"{name} har svaret Nej, men kommentaren säger att något är gjort eller pågår: ”{sentence[:80]}”."
        found.append(Diagnostic("answer_mismatch", "info", message, item=item.position))
    return found
