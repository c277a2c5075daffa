"""Whose report and which year: what is proven, what only suggested, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import propose_metadata, read_bytes
from corpus.metadata import Metadata

REPORT = (
    "\n1 Uppföljning programmet 2022-2026\n\n1.1 Målområde 1: Veta\n\nHar ni det?\n\nStrategi 1:1 Text\n\nJa\n\n"
    "Vi har börjat hösten 2023.\n"
)


def propose(front: str, name: str = "rapport.txt", body: str = REPORT) -> Metadata:
    return propose_metadata(read_bytes((front + body).encode(), name))


def test_a_title_page_proves_both() -> None:
    found = propose("Uppföljningsrapport 2024\nSocialförvaltningen Norr\nLindvallens kommun\nDatum: 2024-10-01\n")
    assert found.year is not None
    assert (found.year.value, found.year.certain) == ("2024", True)
    assert "Uppföljningsrapport 2024" in found.year.evidence
    assert found.organisation is not None
    assert (found.organisation.value, found.organisation.certain) == ("Socialförvaltningen Norr", True)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nämnd: Kulturnämnden", "Kulturnämnden"),
        ("Nämnden för kultur och fritid", "Nämnden för kultur och fritid"),
        ("Stadsmiljöförvaltningen", "Stadsmiljöförvaltningen"),
        ("Kommunstyrelsens kontor", "Kommunstyrelsens kontor"),
        ("Lindvallens Bostäder AB", "Lindvallens Bostäder AB"),
        ("Socialförvaltningen Norr, Lindvallens kommun", "Socialförvaltningen Norr"),
    ],
)
def test_organisations_on_a_line_of_their_own(line: str, name: str) -> None:
    found = propose(f"Årsrapport 2023\n{line}\n").organisation
    assert found is not None
    assert (found.value, found.certain) == (name, True)


@pytest.mark.parametrize(
    ("front", "name", "year", "certain"),
    [
        ("Uppföljning 2024\n", "rapport.txt", "2024", True),
        ("Datum: 2024-10-01\n", "rapport.txt", "2024", True),
        ("Inlämnad den 3 oktober 2023\n", "rapport.txt", "2023", True),
        ("Uppföljning 2024\n", "uppfoljning-2023.txt", "2024", False),
        ("Uppföljning 2024\nDatum: 2021-01-01\n", "rapport.txt", "2024", False),
        ("Uppföljning 2023\nDatum: 2024-02-01\n", "rapport.txt", "2024", False),
        ("Uppföljning 2024\nUppföljning 2023\n", "rapport.txt", "2024", False),
        ("", "uppföljning_2022.txt", "2022", False),
        ("", "rapport.txt", "2023", False),
        ("", "000_204d5a8a2021.txt", "2023", False),
    ],
)
def test_years(front: str, name: str, year: str, certain: bool) -> None:
    found = propose(front, name).year
    assert found is not None
    assert (found.value, found.certain) == (year, certain)


def test_the_period_of_a_plan_is_no_year() -> None:
    assert propose("", body="1 Program 2022-2026\n\n1.1 Område\n\nText utan år.\n").year is None


def test_the_text_only_suggests_an_organisation() -> None:
    body = REPORT + "Lägesbilden för socialförvaltningen Norr är klar. Förvaltningen i Norr och socialförvaltningen Norr deltar.\n"
    found = propose("", body=body).organisation
    assert found is not None
    assert (found.value, found.certain) == ("Socialförvaltningen Norr", False)
    assert "2 gånger" in found.evidence


def test_a_title_that_names_an_administration_suggests_it() -> None:
    found = propose("Uppföljning 2024, Kulturförvaltningen\n").organisation
    assert found is not None
    assert (found.value, found.certain) == ("Kulturförvaltningen", False)


def test_a_town_alone_is_not_certain_and_nothing_is_nothing() -> None:
    town = propose("Uppföljning 2024\nLindvallens kommun\n").organisation
    assert town is not None
    assert (town.value, town.certain) == ("Lindvallens kommun", False)
    assert propose("").organisation is None


def test_columns_of_a_sheet_prove_and_properties_only_suggest() -> None:
    document = read_bytes(("\n" + REPORT.replace("2023", "i år")).encode(), "rapport.txt")
    proven = propose_metadata(replace(document, properties=(("organisation", "Kulturnämnden"), ("year", "2021"))))
    assert proven.organisation is not None
    assert proven.year is not None
    assert (proven.organisation.value, proven.organisation.certain) == ("Kulturnämnden", True)
    assert (proven.year.value, proven.year.certain) == ("2021", True)
    hinted = propose_metadata(replace(document, properties=(("created", "2020-05-01T10:00:00"),)))
    assert hinted.year is not None
    assert (hinted.year.value, hinted.year.certain) == ("2020", False)
