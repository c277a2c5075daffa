"""What the sample reports say, as typed values: the TOML sources turned into the items that every parser must give back.

Knows the form of the files in ``source/`` (described at the top of ``structure.toml``) and nothing of layouts. Everything here is
about an invented municipality.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, cast

from corpus.model import AnswerValue, Item, Kind

HANDED_IN: Final = {
    2022: date(2022, 8, 31),
    2023: date(2023, 8, 31),
    2024: date(2024, 8, 30),
    2025: date(2025, 8, 29),
    2026: date(2026, 8, 31),
}
MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class SampleArea:
    """One numbered area of a plan with its items in order.

    ``headings`` are the numbered headings between the plan and it, outermost first.
    """

    number: str
    title: str
    headings: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """One plan of a sample report: number of its top heading, title as printed (with its period), areas in order."""

    number: int
    title: str
    areas: tuple[SampleArea, ...]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One sample report as it was written. ``items`` are what a parser must give back, all fields but ``report_id``, ``page``,
    ``comment_start``.

    ``ids`` are the items' names in the sources ("p1-5:2"), the same over all years, in the order of ``items``.
    """

    organisation_id: str
    organisation: str
    municipality: str
    year: int
    title: str
    handed_in: date
    notice: str
    header: tuple[str, str]
    plans: tuple[SamplePlan, ...]
    ids: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items in the order of the report."""
        return tuple(item for plan in self.plans for area in plan.areas for item in area.items)

    @property
    def stem(self) -> str:
        """Name of the files made from it, without its suffix: ``a-2024``."""
        return f"{self.organisation_id}-{self.year}"

    @property
    def date_line(self) -> str:
        """The line under the title that tells when the report was handed in."""
        day = self.handed_in
        return f"Inlämnad den {day.day} {MONTHS[day.month - 1]} {day.year}"

    def printed(self) -> Iterator[tuple[Item, str]]:
        """Each item with the kind word that is printed before its code ("" where none is)."""
        for plan in self.plans:
            for area in plan.areas:
                yield from zip(area.items, area.labels, strict=True)


@dataclass(frozen=True, slots=True)
class SampleNotes:
    """One item of the coming year: the officer's notes, and the answer and comment that she then wrote.

    ``item`` is the item of that year with that answer and comment; ``id`` its name in the sources.
    """

    id: str
    item: Item
    notes: tuple[str, ...]

    @property
    def answer(self) -> AnswerValue | None:
        """The answer really given."""
        return self.item.answer

    @property
    def comment(self) -> str:
        """The comment really written."""
        return self.item.comment


@dataclass(frozen=True, slots=True)
class _Sources:
    structure: dict[str, Any]
    comments: dict[tuple[str, str, int], tuple[AnswerValue | None, str]]
    coming: dict[tuple[str, str, int], tuple[tuple[str, ...], AnswerValue | None, str]]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a source text: each line that is not empty is one, with single blanks between its words."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def load(folder: Traversable | None = None) -> tuple[SampleReport, ...]:
    """All sample reports, organisations in their order in the source, years oldest first.

    Raises ValueError where a source is incomplete.
    """
    sources = _read(folder)
    structure = sources.structure
    return tuple(
        _report(sources, organisation, year) for organisation in structure["organisation"] for year in organisation["years"]
    )


def load_notes(folder: Traversable | None = None) -> tuple[SampleNotes, ...]:
    """The coming year's notes with what was then written, in the order of the report's items; only items that have an entry."""
    sources = _read(folder)
    year = int(sources.structure["current_year"])
    found = []
    for organisation in sources.structure["organisation"]:
        if not organisation["own"]:
            continue
        report = _report(sources, organisation, year, coming=True)
        for name, item in zip(report.ids, report.items, strict=True):
            entry = sources.coming.get((organisation["id"], name, year))
            if entry is not None:
                found.append(SampleNotes(name, item, entry[0]))
    return tuple(found)


def own_organisation(folder: Traversable | None = None) -> tuple[str, int]:
    """Name of the organisation that is "vi" in the sample library, and the year that is being written."""
    structure = _structure(folder)
    return next(str(o["name"]) for o in structure["organisation"] if o["own"]), int(structure["current_year"])


def _folder(folder: Traversable | None) -> Traversable:
    return folder if folder is not None else files("corpus.samples") / "source"


def _structure(folder: Traversable | None) -> dict[str, Any]:
    return tomllib.loads((_folder(folder) / "structure.toml").read_text(encoding="utf-8"))


def _read(folder: Traversable | None) -> _Sources:
    """Structure and comments. A comment file is named after its organisation: ``a-plan1.toml``, ``b.toml``."""
    comments: dict[tuple[str, str, int], tuple[AnswerValue | None, str]] = {}
    coming: dict[tuple[str, str, int], tuple[tuple[str, ...], AnswerValue | None, str]] = {}
    pending: list[tuple[str, str, int]] = []
    for path in sorted(_folder(folder).iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml") or path.name == "structure.toml":
            continue
        organisation = path.name.removesuffix(".toml").split("-")[0]
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in table.get("comment", []):
            key = (organisation, str(entry["item"]), int(entry["year"]))
            if key in comments or key in pending:
                raise ValueError(f"{path.name}: {key} written twice")
            if entry.get("same"):
                pending.append(key)
            else:
                comments[key] = _answer(entry["answer"]), "\n\n".join(paragraphs(entry["comment"]))
        for entry in table.get("coming", []):
            key = (organisation, str(entry["item"]), int(entry["year"]))
            coming[key] = (
                tuple(" ".join(note.split()) for note in entry["notes"]),
                _answer(entry["answer"]),
                "\n\n".join(paragraphs(entry["comment"])),
            )
    for organisation, item, year in sorted(pending, key=lambda key: key[2]):
        before = comments.get((organisation, item, year - 1))
        if before is None:
            raise ValueError(f"{organisation} {item} {year}: same as the year before, which has no comment")
        comments[organisation, item, year] = before
    return _Sources(_structure(folder), comments, coming)


def _answer(text: str) -> AnswerValue | None:
    if text not in ("", "Ja", "Nej", "Delvis", "Pågår"):
        raise ValueError(f"unknown answer {text!r}")
    return cast(AnswerValue, text) if text else None


def _report(sources: _Sources, organisation: dict[str, Any], year: int, *, coming: bool = False) -> SampleReport:
    structure = sources.structure
    ids: list[str] = []
    plans = []
    for plan in structure["plan"]:
        areas = []
        for area in plan["area"]:
            items = []
            for entry in area["item"]:
                if year < entry.get("from_year", year):
                    continue
                key = (organisation["id"], entry["id"], year)
                if coming:
                    answer, comment = sources.coming[key][1:] if key in sources.coming else (None, "")
                elif key in sources.comments:
                    answer, comment = sources.comments[key]
                else:
                    raise ValueError(f"no comment for {key}")
                items.append(_item(organisation["name"], year, plan, area, entry, len(ids), answer, comment))
                ids.append(str(entry["id"]))
            headings = tuple((str(h["number"]), str(h["title"])) for h in area["headings"])
            labels = tuple(str(plan["label"]) for _ in items)
            areas.append(SampleArea(str(area["number"]), str(area["title"]), headings, tuple(items), labels))
        plans.append(SamplePlan(int(plan["number"]), str(plan["title"]), tuple(areas)))
    return SampleReport(
        str(organisation["id"]),
        str(organisation["name"]),
        str(structure["municipality"]),
        year,
        f"Uppföljningsrapport {year}",
        HANDED_IN[year],
        str(structure["notice"]),
        (str(structure["table_header"][0]), str(structure["table_header"][1])),
        tuple(plans),
        tuple(ids),
    )


def _item(
    organisation: str,
    year: int,
    plan: dict[str, Any],
    area: dict[str, Any],
    entry: dict[str, Any],
    position: int,
    answer: AnswerValue | None,
    comment: str,
) -> Item:
    code, written = str(entry["code"]), str(entry["code_as_written"])
    if str(year) in entry.get("codes", {}):
        code = written = str(entry["codes"][str(year)])
    statement = str(entry["statement"]).replace("{code}", code)
    return Item(
        report_id="",
        organisation=organisation,
        year=year,
        plan=int(plan["number"]),
        plan_title=str(plan["title"]),
        area=str(area["title"]),
        kind=cast(Kind, plan["kind"]),
        code=code,
        code_as_written=written,
        question=str(entry.get("questions", {}).get(str(year), entry["question"])),
        statement="\n\n".join(line.strip() for line in statement.split("\n")),
        expected_result=str(entry["expected_result"]),
        answer=answer,
        comment=comment,
        page=None,
        position=position,
    )
