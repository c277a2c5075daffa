"""Items over the years: unchanged, renumbered, reworded, moved, new, dropped, and a code that names something else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from corpus import samples
from corpus.lineage import propose, reused
from corpus.model import Item, Report

BOILERPLATE = "Aktiviteter utförs av nämnden efter dess uppdrag så att målet nås med insats {}."
QUESTIONS = [
    "Erbjuds föräldrar i kommunen stöd i grupp?",
    "Har skolsociala team byggts ut?",
    "Är ideella krafter delaktiga mot rekrytering?",
    "Följs öppenvårdens metoder upp gemensamt?",
    "Kontrolleras leverantörer regelbundet?",
    "Sker trygghetsvandringar i alla stadsdelar?",
]


def item(
    code: str, question: str, *, year: int = 2024, plan: str = "Handlingsplan för Ekhamn", statement: str | None = None
) -> Item:
    return Item(
        report_id=f"r{year}",
        organisation="Socialförvaltningen",
        year=year,
        plan=1,
        plan_title=plan,
        area="Fokusområde 1: Tidiga insatser",
        kind="insats",
        code=code,
        code_as_written=code,
        question=question,
        statement=BOILERPLATE.format(code) if statement is None else statement,
        expected_result="",
        answer="Ja",
        comment="",
        page=None,
    )


def year(codes: list[str], questions: list[str], year: int) -> list[Item]:
    return [item(code, question, year=year) for code, question in zip(codes, questions, strict=True)]


CODES = ["1:1", "1:2", "1:3", "2:1", "2:2", "3:1"]


def links(earlier: list[Item], later: list[Item]) -> list[tuple[str, str]]:
    return [(p.earlier_key.code, p.later_key.code) for p in propose(earlier, later)]


def test_nothing_to_say() -> None:
    assert propose([], []) == [] and propose(year(CODES, QUESTIONS, 2024), []) == []
    assert propose(year(CODES, QUESTIONS, 2024), year(CODES, QUESTIONS, 2025)) == []
    assert reused(year(CODES, QUESTIONS, 2024), year(CODES, QUESTIONS, 2025)) == []


def test_lightly_edited_text_with_its_key_needs_no_proposal() -> None:
    later = year(CODES, QUESTIONS, 2025)
    later[0] = replace(later[0], question="Erbjuds alla föräldrar i kommunen stöd i grupp?")
    assert propose(year(CODES, QUESTIONS, 2024), later) == []


def test_renumbered_after_an_insertion() -> None:
    earlier = year(["1:1", "1:2", "1:3"], QUESTIONS[:3], 2024)
    later = year(["1:1", "1:2", "1:3", "1:4"], [QUESTIONS[0], "Finns en brobyggare?", QUESTIONS[1], QUESTIONS[2]], 2025)
    assert links(earlier, later) == [("1:2", "1:3"), ("1:3", "1:4")]
    assert [key.code for key in reused(earlier, later)] == ["1:2", "1:3"]


def test_swapped_codes() -> None:
    assert links(year(["1:1", "1:2"], QUESTIONS[:2], 2024), year(["1:2", "1:1"], QUESTIONS[:2], 2025)) == [
        ("1:1", "1:2"),
        ("1:2", "1:1"),
    ]


def test_reworded_under_its_own_code_is_asked() -> None:
    earlier, later = year(CODES, QUESTIONS, 2024), year(CODES, QUESTIONS, 2025)
    later[5] = replace(later[5], question="Genomförs vandringar för ökad trygghet i varje stadsdel?", statement="")
    earlier[5] = replace(earlier[5], question="Har det genomförts trygghetsvandringar i alla stadsdelar?", statement="")
    (proposal,) = propose(earlier, later)
    assert proposal.earlier_key == proposal.later_key == later[5].key
    assert "omskriven" in proposal.reason and "2024" in proposal.reason and "2025" in proposal.reason
    assert 0 < proposal.confidence < 0.75


def test_code_used_for_something_else() -> None:
    earlier, later = year(CODES, QUESTIONS, 2024), year(CODES, QUESTIONS, 2025)
    later[5] = replace(later[5], question="Analyseras avloppsvatten?")
    assert propose(earlier, later) == []
    assert [key.code for key in reused(earlier, later)] == ["3:1"]


def test_moved_to_another_plan_and_renamed_plan() -> None:
    later = [replace(entry, plan_title="Program för trygghet i Ekhamn 2026-2030") for entry in year(CODES, QUESTIONS, 2026)]
    proposals = propose(year(CODES, QUESTIONS, 2024), later)
    assert [(p.earlier_key.code, p.later_key.code) for p in proposals] == [(code, code) for code in CODES]
    assert all("planen heter Program för trygghet" in p.reason for p in proposals)
    assert min(p.confidence for p in proposals) > 0.9


def test_period_in_the_title_is_no_change() -> None:
    earlier = [replace(entry, plan_title="Handlingsplan 2022-2024") for entry in year(CODES, QUESTIONS, 2024)]
    later = [replace(entry, plan_title="Handlingsplan 2025-2027") for entry in year(CODES, QUESTIONS, 2025)]
    assert propose(earlier, later) == []


def test_reports_are_taken_and_the_newest_year_counts() -> None:
    first, second, third = (
        year(CODES, QUESTIONS, 2023),
        year(list(reversed(CODES)), QUESTIONS, 2024),
        year(list(reversed(CODES)), QUESTIONS, 2025),
    )
    report = Report("r", "Socialförvaltningen", 2025, "", "x.txt", "txt", "", "", items=tuple(third))
    assert propose(first + second, report) == []
    assert len(propose(first, report)) == 6


@given(st.permutations(list(range(6))), st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
@example(order=[4, 1, 2, 3, 0, 5], dropped={0, 1, 2, 3, 5}, missing={1, 2, 3, 4, 5})
def test_any_renumbering_is_found(order: list[int], dropped: set[int], missing: set[int]) -> None:
    earlier = [entry for i, entry in enumerate(year(CODES, QUESTIONS, 2024)) if i not in dropped]
    renumbered = year([CODES[i] for i in order], QUESTIONS, 2025)
    later = [entry for i, entry in enumerate(renumbered) if i not in missing]
    expected = {(CODES[i], CODES[order[i]]) for i in range(6) if i not in dropped | missing and CODES[i] != CODES[order[i]]}
    found = propose(earlier, later)
    assert {(p.earlier_key.code, p.later_key.code) for p in found} == expected
    assert len({p.earlier_key for p in found}) == len({p.later_key for p in found}) == len(found)
    assert all(0 < p.confidence <= 1 for p in found)


def test_sample_reports_against_their_own_names_for_items() -> None:
    """The sources name each item over the years; 3:4 became 3:5 in 2024, when a new 3:4 came."""
    reports = {(report.organisation_id, report.year): report for report in samples.load_source()}
    for (organisation, first), earlier in reports.items():
        for (other, second), later in reports.items():
            if organisation != other or first >= second:
                continue
            before = dict(zip(earlier.ids, earlier.items, strict=True))
            truth = {
                (before[name].key, item.key)
                for name, item in zip(later.ids, later.items, strict=True)
                if name in before and before[name].key != item.key
            }
            assert {(p.earlier_key, p.later_key) for p in propose(earlier.items, later.items)} == truth
            assert [key.code for key in reused(earlier.items, later.items)] == (["3:4"] if first < 2024 <= second else [])
