"""Reports of an invented municipality in the form of text taken out of a two-column PDF, for tests of the parser.

A source is plain values; ``write`` lays it out with any column width, page breaks, header rows and notices, so that a test can ask
for the very fields it wrote.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

HEADER = "Uppföljningsfrågor Svarsalternativ med kommentar"


@dataclass(frozen=True)
class SourceItem:
    """An item as its author thinks of it; ``statement`` with its code as it is printed."""

    question: str
    printed: str
    expected: str
    answer: str
    comment: tuple[str, ...]
    kind: str
    code: str
    statement: tuple[str, ...]


@dataclass(frozen=True)
class SourceArea:
    number: str
    title: str
    items: tuple[SourceItem, ...] = ()


@dataclass(frozen=True)
class SourcePlan:
    number: int
    title: str
    areas: tuple[SourceArea, ...]


@dataclass
class Layout:
    """How a source is printed. ``breaks``: numbers of lines before which a page begins; ``doubled``: two header rows there."""

    left: int = 38
    right: int = 42
    breaks: Collection[int] = ()
    doubled: bool = False
    notice: str = ""
    empties: int = 1
    front: Sequence[str] = ()
    header_rows: bool = True
    pages: int = field(default=0, init=False)


def strategy(code: str, question: str, text: str, answer: str, *comment: str) -> SourceItem:
    return SourceItem(question, f"Strategi {code} {text}", "", answer, comment, "strategi", code, (text,))


def effort(code: str, question: str, expected: str, answer: str, *comment: str) -> SourceItem:
    text = f"Genomförs aktiviteter enligt plan för att nå målet med insats {code}."
    return SourceItem(question, text, expected, answer, comment, "insats", code, (text,))


def measure(code: str, question: str, text: tuple[str, ...], answer: str, *comment: str) -> SourceItem:
    printed = "\n".join((f"{code} {text[0]}", *text[1:]))
    return SourceItem(question, printed, "", answer, comment, "åtgärd", code.replace(".", ":"), text)


PLANS: tuple[SourcePlan, ...] = (
    SourcePlan(
        1,
        "Uppföljning Lindvallens program för trygga mötesplatser och levande kvarter 2023-2027",
        (
            SourceArea("1.1", "Uppföljning arbetssätt"),
            SourceArea(
                "1.1.1",
                "Målområde 1: Veta mer",
                (
                    strategy(
                        "1:1",
                        "Bygger ni arbetet på kunskap?",
                        "Lindvallens kommun ska bygga sitt arbete på kunskap från lokala bilder och aktuell forskning",
                        "Ja",
                        "Förvaltningen har gjort en kartläggning av torgen och parkerna. Den bygger på samtal med 140 boende "
                        "och på polisens siffror för 2023. Under 2024 kommer kartläggningen att göras om, och då räknas även "
                        "skolvägarna in.",
                        "Kunskapen behöver spridas till fler enheter.",
                    ),
                    strategy(
                        "1:2",
                        "Har ni sett till att personalen kan sitt uppdrag? (Samtliga nämnder)",
                        "Kommunen ska säkra kompetensen hos chefer, samordnare och utförare",
                        "Delvis",
                        "Delvis har utbildningen hållits, dels för ANDTS-samordnare, dels för ny- och omvalda ledamöter. "
                        "Det som återstår är:",
                        "1. en kurs i samtalsmetodik, 2. ett stöd för nya chefer och 3. en handledning för fältarbetare",
                        "Kurserna hålls 2025.",
                    ),
                ),
            ),
            SourceArea("1.2", "Uppföljning inriktning"),
            SourceArea(
                "1.2.1",
                "Målområde 2: Minska oron på platser som många går förbi på väg till skola och arbete",
                (
                    strategy(
                        "2:2",
                        "Har ni deltagit i gemensamma insatser?",
                        "Kommunen ska delta i insatser på drogförebyggande och trygghetsfrämjande områden",
                        "Nej",
                        "Detta har inte genomförts.",
                    ),
                    strategy(
                        "2:3",
                        "Har ni stärkt föreningarnas del i arbetet?",
                        "Kommunen ska stärka föreningarnas del i det gemensamma arbetet.",
                        "Pågår",
                        "Social närvaro:",
                        "1.2 Utveckla mötesplatser är en av de punkter som föreningarna själva valde. Frågan vi ställde var: "
                        "vill ni vara med? Svaret blev",
                        "Ja, från tolv av femton. Målområde 1 och strategi 1:2 hänger ihop med detta.",
                        "2024 börjar arbetet i Ekdalen.",
                    ),
                ),
            ),
        ),
    ),
    SourcePlan(
        2,
        "Lindvallens handlingsplan mot nyrekrytering till kriminella nätverk 2024–2026",
        (
            SourceArea(
                "2.1",
                "Fokusområde 1: Tidigt stöd",
                (
                    effort(
                        "1:1",
                        "Erbjuds stöd till föräldrar?",
                        "Färre barn far illa i kommunens alla delar",
                        "Ja",
                        "Stödet ges i grupp och enskilt.",
                    ),
                    effort(
                        "1:3",
                        "Finns en gemensam rutin?",
                        "En tydlig väg in för barn, unga och deras familjer.",
                        "Nej",
                        "Inte kommit igång än. Planen är att börja med samordnaren för EST Ekdalen-Torp.",
                        "Rutinen tas fram hösten 2025.",
                    ),
                ),
            ),
        ),
    ),
    SourcePlan(
        3,
        "Lindvallens plan mot tystnad 2023-2025",
        (
            SourceArea(
                "3.1",
                "Uppföljning införande",
                (
                    measure(
                        "1:1",
                        "Använder ni kommunens handbok? (Samtliga nämnder och styrelser)",
                        ("Alla nämnder ska använda handboken i arbetet.", "Ökad tydlighet och kunskap om hur påverkan hanteras."),
                        "Ja",
                        "Handboken finns på intranätet. Varje enhet går igenom den på en arbetsplatsträff.",
                    ),
                    measure(
                        "1.2",
                        "Har ni ett lokalt stöd? (Berörda nämnder)",
                        ("Utveckla ett lokalt stöd. Det ska ge chefer trygghet.",),
                        "Nej",
                        "Arbetet med att ta fram ett stöd har inte påbörjats.",
                    ),
                ),
            ),
        ),
    ),
)


def items(plans: Sequence[SourcePlan] = PLANS) -> list[tuple[SourcePlan, SourceArea, SourceItem]]:
    """The items of a source in order, each with its plan and area."""
    return [(plan, area, item) for plan in plans for area in plan.areas for item in area.items]


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines as they come out of a PDF: a blank after a soft end, none after a hyphen or at the end of a paragraph."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in re.findall(r"[^\s-]*-(?=\w)|\S+\s?", paragraph):
            if line and len(line.rstrip()) + len(word.rstrip()) > width:
                lines.append(line if line.endswith((" ", "-")) else line + " ")
                line = ""
            line += word
        lines.append(line.rstrip())
    return [line[:-1] if line.endswith("- ") and len(line) > 2 and line[-3].isalnum() else line for line in lines]


def blocks(plans: Sequence[SourcePlan], layout: Layout) -> list[list[str]]:
    """The blocks of lines of a source, without pages; a header row is a block's last line."""
    made: list[list[str]] = []
    for plan in plans:
        made.append(["\0" + line if i == 0 else line for i, line in enumerate(wrap(f"{plan.number} {plan.title}", 32))])
        for area in plan.areas:
            made.append([*wrap(f"{area.number} {area.title}", 60), *([HEADER] if area.items and layout.header_rows else [])])
            for item in area.items:
                made.append(wrap(item.question, layout.left))
                made.append(wrap(item.printed, layout.left))
                if item.expected:
                    made.append(wrap(f"Förväntat resultat: {item.expected}", layout.left))
                made.append([item.answer])
                made.append([line for paragraph in item.comment for line in wrap(paragraph, layout.right)])
    return made


def write(plans: Sequence[SourcePlan] = PLANS, layout: Layout | None = None) -> str:
    """The text of a report. Plans after the first begin a page; other pages begin at ``layout.breaks``."""
    layout = layout or Layout()
    out: list[str] = list(layout.front)
    count = 0
    first = True
    if layout.front:
        out += [""] * layout.empties

    def turn(between: bool) -> None:
        if layout.notice:
            out.append(layout.notice)
        out.append(" " + HEADER)
        if layout.doubled:
            out.append(HEADER)
        if between:
            out.extend([""] * layout.empties)

    for block in blocks(plans, layout):
        for i, line in enumerate(block):
            count += 1
            if line.startswith("\0"):
                if not first and layout.notice:
                    out.append(layout.notice)
                out.append((" " if not first or not layout.front else "") + line[1:])
                first = False
                continue
            if count in layout.breaks and out and line != HEADER:
                turn(i == 0)
            out.append(line)
        out += [""] * layout.empties
    if layout.notice:
        out = [*out, layout.notice]
    return "\n".join(out) + "\n"
