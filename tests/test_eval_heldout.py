"""Queries from held-out comments: which sentences are asked, what answers them, what is left out and said."""

from __future__ import annotations

from dataclasses import replace

from eval_archive import ORGANISATION, archive

from corpus.model import Item
from eval.heldout import NEW, UNCHANGED, HeldOut, each, newest, queries
from eval.queries import split_of
from index.values import LineageLink

HELD = HeldOut(ORGANISATION, 2025)


def items() -> list[Item]:
    return archive().items


def test_the_archive_is_what_it_says() -> None:
    assert [(item.year, item.code) for item in items()] == [
        *((2024, code) for code in ("1:1", "1:2", "1:3")),
        *((2025, code) for code in ("1:1", "1:2", "1:3", "1:4")),
    ]


def test_which_reports_are_held_out() -> None:
    lone = [replace(item, organisation="Ensam") for item in items() if item.year == 2024]
    assert newest([*items(), *lone]) == [HELD]
    assert each(items()) == [HeldOut(ORGANISATION, 2024), HELD]


def test_sentences_and_what_answers_them() -> None:
    asked = queries(HELD, items()).queries
    found = {query.text.split()[0]: (query.kind, sorted(target.split("/", 2)[2] for target in query.targets)) for query in asked}
    assert found == {
        "Nu": (NEW, ["1:1/2024"]),
        "Kursen": (NEW, ["1:2/2024"]),  # it is 1:3 now: the code moved
        "En": (NEW, ["1:3/2024"]),
        "Lamporna": (UNCHANGED, ["1:1/2024"]),
    }
    assert [query.kind for query in asked] == [NEW, NEW, NEW, UNCHANGED]
    assert all(query.split == split_of(f"program-för-ett-tryggare-ekhamn/{query.group.split('/')[2]}") for query in asked)
    assert all(" " not in query.id for query in asked)


def test_what_was_left_out_is_said() -> None:
    (note,) = queries(HELD, items()).notes
    assert "3 egna meningar" in note and "1 som står ordagrant" in note and "1 i punkter som inget annat år har" in note
    short = [replace(item, comment="Arbetet fortsätter.") for item in items()]
    made = queries(HELD, short)
    assert made.queries == () and "4 kortare än 6 ord" in made.notes[0]


def test_a_repeated_sentence_is_asked_once_and_answered_by_either() -> None:
    same = [replace(item, comment="Den här meningen är lika lång i alla.") if item.year == 2025 else item for item in items()]
    made = queries(HELD, same)
    (query,) = made.queries
    assert sorted(target.split("/", 2)[2] for target in query.targets) == ["1:1/2024", "1:2/2024", "1:3/2024"]
    assert "2 upprepade" in made.notes[0]


def test_an_earlier_year_can_be_held_out_too() -> None:
    asked = queries(HeldOut(ORGANISATION, 2024), items()).queries
    found = {query.text.split()[0]: sorted(target.split("/", 2)[2] for target in query.targets) for query in asked}
    assert found == {"Kursen": ["1:3/2025"], "Alla": ["1:4/2025"], "Lamporna": ["1:1/2025"]}


def test_a_persons_word_counts_before_a_proposal() -> None:
    key = {(item.year, item.code): item.key.id for item in items()}
    said = [
        LineageLink(key[2024, "1:2"], key[2025, "1:3"], 2025, False, "", ""),
        LineageLink(key[2024, "1:2"], key[2025, "1:2"], 2025, True, "", ""),
    ]
    asked = {query.text.split()[0]: query.targets for query in queries(HELD, items(), said).queries}
    assert "Kursen" not in asked
    assert [target.split("/", 2)[2] for target in asked["Prover"]] == ["1:2/2024"]
