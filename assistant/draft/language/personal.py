"""What must not go from a note into a report: a private person's data, and lines that speak to the program or to a colleague.

Gives each note in two parts: what may be used and what is left out, with the reason in Swedish. Text is only ever data here: nothing in
a note changes what the program does. Knows nothing of drafts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.phrases import enumeration
from corpus.model import Flag, LeftOut, Note

PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])[-+ ]?[\dXx]{4}(?!\d)")
PHONE = re.compile(
    r"(?<![\d,.])(?:\+46|0046)[\s-]?(?:\(0\))?[1-9][\d\s-]{6,12}\d|(?<![\d,.–+-])0(?:7[02369]\d?|[1-689]\d{0,2}|10"
    r"|20)[\s-]?\d{2,3}(?:[\s-]?\d{2,3}){1,3}(?![\d,])|\(0\d{1,3}\)[\s-]?\d{2,3}(?:[\s-]?\d{2,3}){1,3}(?![\d,])"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
STREET = re.compile(
    r"\b[A-ZÅÄÖ][\wåäöÅÄÖ-]*(?:gatan|vägen|gränd|gränden|stigen|allén|backen|gården|torget|plan|liden"
    r"|slingan)\s+\d+\s?[A-Za-z]?\b(?!\s*(?:besök|deltag|person|elev|barn))"
)
_PRIVATE = (
    r"(?:klient|kund|brukare|patient|elev|flicka|pojke|kille|tjej|kvinna|man|mamma|pappa|mor|far|förälder|anhörig|granne"
    r"|ungdom|barn|son|dotter|familj"
    r"|boende|hyresgäst|placerad|sökande|enskild|syskon|syster|bror)"
)
_ONE_PERSON = re.compile(rf"\b(?:[Ee]n|[Vv]år|[Dd]en|[Ee]tt) (?:\w+ ){{0,2}}?{_PRIVATE}(?:en|an|n)?\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b{_PRIVATE}(?:en|an|n|s)?,? (?:som heter |vid namn |kallad )?(?P<name>[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)\b"
)
_BARE_PERSON = re.compile(
    r"\b(?:klient|brukare|patient|elev|flicka|pojke|kvinna|mamma|pappa|anhörig|granne|hyresgäst|tonåring)(?:en|an|n)?\b",
    re.IGNORECASE,
)
_KNOWN_PERSON = re.compile(
    r"\b(?:[Kk]lienten|[Bb]rukaren|[Pp]atienten|[Ee]leven|[Ff]lickan|[Pp]ojken|[Mm]amman|[Pp]appan|[Hh]yresgästen)"
    r" (?P<name>[A-ZÅÄÖ][a-zåäöé]{2,}(?<!skolan)(?<!gården))\b"
)
_RESIDENT = re.compile(
    r"\b(?:[Ff]amiljen|[Kk]lienten|[Bb]rukaren|[Pp]atienten|[Ee]leven|[Mm]amman|[Pp]appan|[Gg]rannen|[Hh]yresgästen)\b"
)
_NAMED_PLACE = re.compile(r" (?:gata|väg|gränd|plats|park|torg|allé|backe|stig|gymnasium|skola|minnesfond)\b")
_CAPITALS = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?)*")
_OFFICIAL = re.compile(
    r"(?:chef|direktör|samordnare|strateg|ledare|ordförande|rektor|handläggare|koordinator|kurator|utredare|polis|forskare"
    r"|föreläsare|professor|doktor|docent|minister|kommunalråd|nämnd)\w*",
    re.IGNORECASE,
)
_AILING = re.compile(
    r"\b(?:diagnos\w*|missbrukar|alkoholist|sjukskriven för|adhd|autism|schizofren\w*|deprimerad|dömd för|sitter på anstalt"
    r"|skyddad identitet)\b",
    re.IGNORECASE,
)

_PROGRAM = re.compile(
    r"\b(?:ignorera|bortse från|strunta i|glöm|åsidosätt|hoppa över|upphäv|följ inte)\b[^.]*\b(?:instruktion\w*|anvisning\w*"
    r"|regl\w*|kontroll\w*|\w*kontrollen|prompt\w*|det som står|ovanstående|föregående|tidigare)\b"
    r"|\b(?:ignore|disregard|forget|override)\b[^.]*\b(?:instruction|previous|above|prompt|rules?)\w*"
    r"|(?:^|\b)(?:till|hej|kära|obs) (?:ai|ai:n|ai-n|assistenten|chatbot\w*|boten|chatgpt|språkmodellen)\b"
    r"|(?:^|\b)(?:till|hej|kära|obs) (?:programmet|modellen|systemet|datorn)\s*[:,!]"
    r"|^\s*(?:system|assistant|assistent|user|användare|prompt|instruktion(?:er)?|ai)\s*:"
    r"|\b(?:du är (?:en|ett|nu)|som (?:en )?(?:ai|språkmodell)|you are (?:a|an|now)|act as|agera som|låtsas (?:att|vara))\b"
    r"|<\s*/?\s*(?:system|script|think|im_start|im_end|instruction|iframe|img|style|a)\b|<\|[^>]*\|>|\[/?INST\]|^\s*```"
    r"|\{\{.*\}\}|\{%.*%\}",
    re.IGNORECASE | re.MULTILINE,
)
_IMPERATIVE = re.compile(
    r"^[?!\s]*(?:OBS!?:? |och |men |sedan |vänligen |snälla |var snäll och )?(?:skriv|glöm|formulera|hitta på|uppge|ange|påstå|utelämna"
    r"|dölj|ta (?:inte )?(?:bort|med|upp)|svara (?:alltid|bara|ja|nej|att)|lägg till|räkna upp|nämn|nämn inte|låt det framstå"
    r"|sätt (?:alla|samtliga|svaret)|ändra (?:alla|svaret|siffr\w+)|avrunda|överdriv|markera alla|godkänn|radera|skicka"
    r"|publicera|visa (?:inte )?|write|say|respond|output|delete)\b(?! (?:av|på|i|till)\b)",
    re.IGNORECASE,
)
_REMINDER = re.compile(
    r"^[?!\s]*(?:OBS!?:? |sen |sedan |och )?(?:ring|maila|mejla|kontakta|kolla|fråga|påminn|boka|beställ|kom ihåg|glöm inte|stäm av"
    r"|hör (?:med|av)|dubbelkolla|kontrollera|ta kontakt|återkom|att göra|todo|kan du|kan ni|jag (?:ska|måste|återkommer))\b",
    re.IGNORECASE,
)


_ASKED = re.compile(
    r"^[?!\s]*(?:(?:är|var|har|hade|ska|skulle|kan|kunde|får|fick|blev|blir|finns|fanns|kommer|stämmer|vet|behöver|borde|vill)"
    r" (?:det|vi|ni|du|de|den|någon|jag|hon|han|man|detta|alla|siffran|[A-ZÅÄÖ])|(?:vem|vad|hur|när|var|vilken|vilket|vilka|varför)\b)"
    r"(?:[^.;?]|\b[^\W\d_]{1,4}\.(?= ))*\?[?!\s]*$"
)
"""A question from beginning to end; "nya regler? återremiss i september" is a topic with its answer."""


_TO_SOMEBODY = re.compile(
    r"^[?!\s]*(?P<opens>(?:obs|hej|till|ps|@)[!:,]?\s*)?(?P<name>[A-ZÅÄÖ][a-zåäöé]+)\s*[,:!]\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ASKS_FOR = re.compile(r"^(?:du|vill|ta|ring|kolla|stryk|skicka|lägg|glöm|påminn|kan|ska vi|har du|är det|tack)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sifted:
    """A note as it may be used (``usable`` "" where nothing is left) and the pieces left out of it."""

    note: Note
    usable: str
    left_out: tuple[LeftOut, ...] = ()


@cache
def given_names() -> frozenset[str]:
    """Common given names, in small letters."""
    text = (files("assistant.draft") / "data" / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(name.casefold() for line in text.splitlines() if not line.startswith("#") for name in line.split())


def sift(notes: Iterable[Note]) -> list[Sifted]:
    """Each note in order with what must be left out taken away. A reason stands for the smallest piece that can be cut off whole."""
    return [_sifted(note) for note in notes]


def reason_to_leave_out(text: str) -> str | None:
    """Why ``text`` must not stand in a report, in Swedish; None where it may."""
    if _PROGRAM.search(text) or _IMPERATIVE.match(text.strip()):
        return "Raden vänder sig till programmet i stället för att berätta vad som har hänt; den har inte påverkat utkastet."
    found = private_data(text)
    if found:
        return f"Innehåller {enumeration(found)} och hör inte hemma i en offentlig rapport."
    if _REMINDER.match(text.strip()) or _to_somebody(text):
        return "Raden är en påminnelse till någon och berättar inte vad som har hänt."
    if _ASKED.match(text.strip()[:1].lower() + text.strip()[1:]):
        return "Raden är en fråga och berättar inte vad som har hänt."
    return None


def _to_somebody(text: str) -> bool:
    """Whether a line speaks to a colleague by name: "Till Bosse: stryk det", "Obs Kerstin, han vill bli uppringd"."""
    match = _TO_SOMEBODY.match(text)
    if match is None or match["name"].casefold() not in given_names():
        return False
    return bool(match["opens"]) or _ASKS_FOR.match(match["rest"]) is not None


def addresses_program(text: str) -> bool:
    """Whether ``text`` speaks to the program: an instruction, a role, markup of a chat."""
    return bool(_PROGRAM.search(text) or _IMPERATIVE.match(text.strip()))


def private_data(text: str) -> list[str]:
    """The kinds of personal data in ``text``, in Swedish, for a warning: "ett personnummer", "ett telefonnummer", … ; [] for none."""
    found = []
    if PHONE.search(text):
        found.append("ett telefonnummer")
    elif PERSONAL_NUMBER.search(text):
        found.append("ett personnummer")
    if EMAIL.search(text):
        found.append("en e-postadress")
    person = _person(text)
    if person:
        found.append("en enskild persons namn")
    if STREET.search(text) and (person or _ONE_PERSON.search(text) or _RESIDENT.search(text)):
        found.append("en enskild persons adress")
    if (person or _ONE_PERSON.search(text)) and _AILING.search(text):
        found.append("känsliga uppgifter om en enskild person")
    return found


def _person(text: str) -> str | None:
    """A private person's name in ``text``: one after "en klient", or a common given name that no post stands beside."""
    named = _NAMED.search(text)
    if named and named.group("name").casefold() in given_names():
        return named.group("name")
    known = _KNOWN_PERSON.search(text)
    if known:
        return known.group("name")
    told = _ONE_PERSON.search(text) or STREET.search(text) or PHONE.search(text)
    for match in _CAPITALS.finditer(text):
        words = match.group().split()
        first = next((at for at, word in enumerate(words) if given_names() & {word.casefold(), *word.casefold().split("-")}), None)
        if first is None or (len(words) - first == 1 and not (told or _BARE_PERSON.search(text))):
            continue
        if _NAMED_PLACE.match(text[match.end() :]):
            continue
        before = text[max(0, match.start() - 40) : match.start()] + " ".join(words[:first])
        around = before + " " + text[match.end() : match.end() + 40]
        if told or not _OFFICIAL.search(around):
            return " ".join(words[first:])
    return None


def _sifted(note: Note) -> Sifted:
    whole = reason_to_leave_out(note.text)
    pieces = _pieces(note.text)
    if whole is None and all(reason_to_leave_out(piece) is None for piece in pieces):
        return Sifted(note, note.text)
    kept: list[str] = []
    left: list[LeftOut] = []
    for piece in pieces:
        reason = reason_to_leave_out(piece)
        if reason is None:
            kept.append(piece)
        else:
            left.append(LeftOut(piece.strip(" ;"), reason))
    usable = " ".join(piece.strip() for piece in kept if piece.strip())
    if not left or reason_to_leave_out(usable) is not None or len(usable.split()) < 2 or _leans_on_person(left, usable):
        return Sifted(note, "", (LeftOut(note.text, whole or left[0].reason),))
    return Sifted(note, usable, tuple(left))


def _leans_on_person(left: list[LeftOut], usable: str) -> bool:
    """Whether what is left still tells of the person that was cut out."""
    return bool(re.match(r"^(?:hon|han|hen|henne|honom|dem|personen|klienten|familjen)\b", usable, re.IGNORECASE)) and bool(left)


_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:m|t|f|o|u|e|p|v|fr|kl|ca|nr|st|tel|enl|ang|resp|inkl|exkl|bl\.a|t\.ex|s\.k|f\.d|m\.fl)\.$", re.IGNORECASE
)


def _sentences(text: str) -> list[str]:
    """``text`` cut after its sentences; the stop of "m." or "bl.a." ends none ("kolla m. Lena" is one)."""
    found: list[str] = []
    for piece in re.split(r"(?<=[.!?;])\s+(?=[A-ZÅÄÖ\d<])", text):
        if found and _SHORTENED.search(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def _pieces(text: str) -> list[str]:
    """Sentences, and brackets cut out of them, in order: the smallest pieces that can be left out without bending the rest."""
    pieces: list[str] = []
    for sentence in _sentences(text):
        brackets = re.search(r"\s*\([^()]*\)", sentence)
        if (
            brackets
            and reason_to_leave_out(brackets.group().strip(" ()"))
            and reason_to_leave_out(sentence[: brackets.start()] + sentence[brackets.end() :]) is None
        ):
            pieces += [sentence[: brackets.start()] + sentence[brackets.end() :], brackets.group().strip(" ()")]
        else:
            pieces.append(sentence)
    return pieces


def personal_flags(text: str) -> tuple[Flag, ...]:
    """What must stand in no report whatever its source: a private person's data, a line to the program; () for other texts."""
    flags = [
        Flag("personal_data", f"Meningen innehåller {', '.join(found)}: ta bort det.", text)
        for found in [private_data(text)]
        if found
    ]
    if addresses_program(text):
        flags.append(Flag("program", "Meningen vänder sig till programmet och inte till läsaren.", text))
    return tuple(flags)
