"""What a question's names mean in the sample library: codes, years, plans, organisations, and items that were renumbered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answer import Answer
from corpus import samples

NORTH, SOUTH = "Socialförvaltningen Norrälven", "Socialförvaltningen Söderälven"


@pytest.fixture(scope="module")
def assistant(sample_library: Path) -> Iterator[Assistant]:
    with Assistant.open(sample_library) as opened:
        yield opened


def refs(answer: Answer) -> list[tuple[int, int, str]]:
    return [(source.item.year, source.item.plan, source.item.code) for source in answer.sources]


def test_every_item_of_the_newest_report_by_its_kind_and_code(assistant: Assistant) -> None:
    newest = next(report for report in samples.load_source() if report.organisation == NORTH and report.year == 2025)
    for item in newest.items:
        answer = assistant.ask(f"{item.kind} {item.code}")
        assert refs(answer) == [(2025, item.plan, item.code)]
        assert answer.sources[0].quote == item.comment
        assert item.comment in answer.text


def test_a_code_of_several_plans_gives_all_of_them(assistant: Assistant) -> None:
    answer = assistant.ask("1:2")
    assert answer.status == "answered"
    assert refs(answer) == [(2025, 1, "1:2"), (2025, 2, "1:2"), (2025, 3, "1:2")]
    assert "3 planer" in answer.text


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("1:2 i trygghetsprogrammet", 1),
        ("1:2 i handlingsplanen", 2),
        ("1:2 i plan 3", 3),
        ("tystnadskulturplanen 1:2", 3),
        ("1:2 om tystnadskulturer", 3),
        ("insats 1:2", 2),
        ("åtgärd 1.2", 3),
    ],
)
def test_a_plan_or_a_kind_narrows_to_one(assistant: Assistant, text: str, plan: int) -> None:
    assert refs(assistant.ask(text)) == [(2025, plan, "1:2")]


@pytest.mark.parametrize("text", ["5:20", "15:2", "9:9", "strategi 1:5", "insats 2:3"])
def test_an_unknown_code_answers_nothing_and_names_the_nearest(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert answer.status == "not_found"
    assert answer.sources == ()
    assert answer.candidates


def test_the_nearest_to_a_code_of_another_kind_is_the_same_code(assistant: Assistant) -> None:
    nearest = assistant.ask("strategi 1:5").candidates[0]
    assert (nearest.kind, nearest.code) == ("insats", "1:5")


def test_known_codes_are_answered_beside_an_unknown_one(assistant: Assistant) -> None:
    answer = assistant.ask("strategi 5:2 och 5:9")
    assert refs(answer) == [(2025, 1, "5:2")]
    assert "5:9" in answer.text


def test_a_range_is_the_codes_that_there_are(assistant: Assistant) -> None:
    assert [code for _, _, code in refs(assistant.ask("insats 2:1–2:4"))] == ["2:1", "2:2", "2:4"]


@pytest.mark.parametrize(
    ("text", "year"), [("förra året", 2025), ("för två år sedan", 2024), ("2022", 2022), ("i första rapporten", 2022)]
)
def test_report_years(assistant: Assistant, text: str, year: int) -> None:
    assert refs(assistant.ask(f"strategi 5:2 {text}")) == [(year, 1, "5:2")]


def test_the_current_year_given_goes_before_the_setting(assistant: Assistant) -> None:
    assert refs(assistant.ask("strategi 5:2 förra året", current_year=2025)) == [(2024, 1, "5:2")]


@pytest.mark.parametrize(("year", "nearest"), [(2026, 2025), (2019, 2022)])
def test_a_year_without_a_report_is_not_found_and_the_nearest_offered(assistant: Assistant, year: int, nearest: int) -> None:
    answer = assistant.ask(f"strategi 5:2 {year}")
    assert answer.status == "not_found"
    assert [item.year for item in answer.candidates] == [nearest]
    assert "2022, 2023, 2024 och 2025" in answer.text


def test_what_happened_in_a_year_stands_in_the_report_of_the_year_after(assistant: Assistant) -> None:
    assert refs(assistant.ask("strategi 2:2 hösten 2023"))[0] == (2024, 1, "2:2")


def test_a_renumbered_item_is_followed(assistant: Assistant) -> None:
    answer = assistant.ask("strategi 3:5 2023")
    assert refs(answer) == [(2023, 1, "3:4")]
    assert "hade strategi 3:5 koden 3:4" in answer.text
    assert "har punkten koden 3:5" in assistant.ask("strategi 3:4 2023").text


def test_a_new_item_is_not_in_the_older_report(assistant: Assistant) -> None:
    new = next(item for item in assistant.items(year=2025, organisation=NORTH, plan=1) if item.code == "3:4")
    answer = assistant.ask("strategi 3:4 i rapporten 2022 och 2025")
    assert [source.item.question for source in answer.sources if source.item.year == 2022] != [new.question]


def test_organisations(assistant: Assistant) -> None:
    assert assistant.ask("vad svarade Söderälven på strategi 5:2?").sources[0].item.organisation == SOUTH
    assert assistant.ask("strategi 5:2", organisation="Söderälven").sources[0].item.organisation == SOUTH
    both = assistant.ask("strategi 5:2 hos alla förvaltningar")
    assert {source.item.organisation for source in both.sources} == {NORTH, SOUTH}
    unknown = assistant.ask("vad gjorde Socialförvaltningen Västälven för 5:2?")
    assert unknown.status == "not_found"
    assert NORTH in unknown.text


def test_a_year_that_one_of_two_organisations_lacks_is_said_of_that_one(tmp_path: Path) -> None:
    files = {path.stem: path for path in samples.paths("txt")}
    with Assistant.open(tmp_path / "library") as opened:
        for stem in ("a-2025", "b-2024", "b-2025"):
            opened.ingest(files[stem])
        answer = opened.ask("strategi 5:2 i rapporten 2024", current_year=2026)
    assert [(source.item.organisation, source.item.year) for source in answer.sources] == [(SOUTH, 2024)]
    assert f"Det finns ingen rapport från 2024 för {NORTH}. Rapporter finns för 2025." in answer.text


def test_an_unknown_plan_or_area_is_said(assistant: Assistant) -> None:
    assert assistant.ask("1:2 i plan 7").status == "not_found"
    assert "Målområde 9" in assistant.ask("vilka punkter finns i målområde 9?").text


def test_the_real_reports_codes_with_and_without_kind_and_plan(real_library: Path) -> None:
    names = {1: "trygghetsprogrammet", 2: "handlingsplanen", 3: "tystnadskulturplanen"}
    with Assistant.open(real_library) as real:
        items = real.items()
        assert len(items) == 36
        for item in items:
            same = {(i.plan, i.code) for i in items if i.code == item.code}
            alone = {(item.plan, item.code)}
            for text, expected in (
                (f"vad gjorde vi för {item.code} förra året?", same),
                (f"{item.kind} {item.code.replace(':', '.')}", alone),
                (f"{item.code} i {names[item.plan]}", alone),
                (f"vad hände med {item.code} i plan {item.plan}?", alone),
            ):
                answer = real.ask(text, current_year=2025)
                assert answer.status == "answered"
                assert {(s.item.plan, s.item.code) for s in answer.sources} == expected, text
                assert item.comment in answer.text
