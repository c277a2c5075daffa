"""How items, places and enumerations are written in Swedish on the screen. Knows nothing of questions."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Item, plan_name

_MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"]


def enumeration(parts: Iterable[str], *, last: str = "och") -> str:
    """ "a", "a och b", "a, b och c"; "" for nothing."""
    names = list(parts)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def any_of(parts: Iterable[str]) -> str:
    """ "a", "a eller b", "a, b eller c"."""
    return enumeration(parts, last="eller")


def item_label(item: Item) -> str:
    """ "Strategi 5:2"."""
    return f"{item.kind.capitalize()} {item.code}"


def badge(item: Item) -> str:
    """The answer as a badge: "Ja", "Nej", "Delvis", "Pågår", "Inget svar"."""
    return item.answer or "Inget svar"


def place(item: Item) -> str:
    """Where an item stands, in one line: organisation, report year, plan, area, page."""
    parts = [item.organisation, f"rapport {item.year}", f"plan {item.plan}: {plan_name(item.plan_title)}"]
    if item.area:
        parts.append(item.area)
    if item.page is not None:
        parts.append(f"s. {item.page}")
    return " · ".join(parts)


def short_place(item: Item) -> str:
    """Where an item stands, shortly: "Strategi 5:2, Socialförvaltningen Sydväst, rapport 2024, plan 1, s. 12"."""
    page = f", s. {item.page}" if item.page is not None else ""
    return f"{item_label(item)}, {item.organisation}, rapport {item.year}, plan {item.plan}{page}"


def plural(number: int, one: str, many: str) -> str:
    """ "1 punkt", "7 punkter"."""
    return f"{number} {one if number == 1 else many}"


def gigabytes(size: float) -> str:
    """Bytes as "3,4 GB"."""
    return f"{size / 1e9:.1f} GB".replace(".", ",")


def kind_plural(kind: str) -> str:
    """ "strategier", "insatser", "åtgärder"."""
    return {"strategi": "strategier", "insats": "insatser", "åtgärd": "åtgärder"}.get(kind, "punkter")


def date(iso: str) -> str:
    """ "2026-11-23T03:31:09+00:00" as "23 november 2026"; other text unchanged."""
    try:
        year, month, day = iso[:10].split("-")
        return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
    except (ValueError, IndexError):
        return iso
