"""A table of contents is listed and not taken for headings."""

from __future__ import annotations

import pytest
from corpus_form import PLANS, items, write

from corpus import parse_report, read_bytes

ENTRIES = [f"{p.number} {p.title}" for p in PLANS[:1]] + [f"{a.number} {a.title}" for p in PLANS for a in p.areas]


@pytest.mark.parametrize("title", ["Innehåll", "Innehållsförteckning", ""])
@pytest.mark.parametrize("leader", [" ........ ", "\t", " "])
def test_a_table_of_contents_is_listed(title: str, leader: str) -> None:
    contents = [title, *(f"{entry}{leader}{n}" for n, entry in enumerate(ENTRIES, 2))]
    text = "Uppföljningsrapport 2024\n\n" + "\n".join(line for line in contents if line) + "\n\n" + write()
    report = parse_report(read_bytes(text.encode(), "x.txt"), organisation="A", year=2024)
    assert [item.area for item in report.items] == [area.title for _, area, _ in items()]
    listed = [d for d in report.diagnostics if d.code == "table_of_contents"]
    assert " ".join(d.text for d in listed).split() == " ".join(contents).split()
    assert [plan.number for plan in report.plans] == [1, 2, 3]


def test_no_table_of_contents() -> None:
    report = parse_report(read_bytes(write().encode(), "x.txt"), organisation="A", year=2024)
    assert not [d for d in report.diagnostics if d.code == "table_of_contents"]
