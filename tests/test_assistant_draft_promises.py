"""How many commitments of each year were kept: counted over a small library of two reports, and over the samples."""

from __future__ import annotations

from pathlib import Path

from assistant.app import Assistant
from assistant.draft import commitment_outcomes
from corpus.commitments import find
from corpus.samples import ORGANISATION, paths


def test_the_samples_year_by_year(tmp_path: Path) -> None:
    with Assistant.open(tmp_path) as assistant:
        for path in paths():
            assistant.ingest(path)
        rows = commitment_outcomes(assistant.library, organisation=ORGANISATION)
        every = commitment_outcomes(assistant.library)
        for row in rows:
            items = assistant.items(year=row.year, organisation=ORGANISATION)
            assert row.total == sum(len(find(item.comment, item.year)) for item in items)
        assert commitment_outcomes(assistant.library, organisation="Finns inte") == []
    assert [(row.year, row.followed) for row in rows] == [(2022, 2023), (2023, 2024), (2024, 2025), (2025, None)]
    assert all(row.kept and row.open for row in rows[:-1])
    assert (rows[-1].kept, rows[-1].open) == (0, 0)
    assert [row for row in every if row.organisation == ORGANISATION] == rows
    assert len({row.organisation for row in every}) == 2
