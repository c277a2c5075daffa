"""What makes a hit sure: the words that an item lacks, everyday words in its place, and verbs that say nothing of a subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.query import MOST_VARIANTS, search, variants
from assistant.relevance import is_sure, of_another_kind, strengths, unmet
from corpus.model import Item
from index.filters import Filter


@pytest.fixture(scope="module")
def assistant(sample_library: Path) -> Iterator[Assistant]:
    with Assistant.open(sample_library) as opened:
        yield opened


@pytest.fixture(scope="module")
def item(assistant: Assistant) -> Item:
    bare = assistant.items(year=2025, answer="nej")[0]
    return replace(
        bare, question="", statement="", expected_result="", area="", comment="Stickprovskontroller görs av bidrag till gäng."
    )


@pytest.mark.parametrize(
    ("topic", "missing", "share"),
    [
        ("stickprov", "", 0.0),
        ("bidragen", "", 0.0),
        ("bidragsfusk", "", 0.0),
        ("mögel i bidrag", "mögel", 0.5),
        ("gänget", "", 0.0),
        ("tandläkare", "tandläkare", 1.0),
        ("och i på", "", 0.0),
    ],
)
def test_words_that_an_item_has_in_no_form(item: Item, topic: str, missing: str, share: float) -> None:
    assert unmet(topic, item) == (missing, share)


def test_an_unmet_word_of_a_foreign_subject_weighs_on_a_hit_by_its_place(assistant: Assistant) -> None:
    north = [Filter(organisation="Socialförvaltningen Norrälven", year=2025)]
    assert is_sure(strengths(search(assistant.library, "narkotikaförsäljning på Hammarlidstorget", north))[0])
    assert not any(map(is_sure, strengths(search(assistant.library, "tandläkare på Hammarlidstorget", north))))


def test_no_hits_have_no_strength(assistant: Assistant) -> None:
    assert strengths(search(assistant.library, "bidrag", [Filter(year=1999)])) == []


def test_everyday_words_are_replaced_together_then_one_by_one() -> None:
    assert variants("knark på internet")[0] == "narkotika på sociala medier digitalt nätet"
    assert "narkotika på internet" in variants("knark på internet")
    assert len(variants("knark sprit krogen pensionärer skolk")) == MOST_VARIANTS


def test_verbs_that_say_nothing_of_the_subject_are_left_out_in_one_variant() -> None:
    assert variants("samarbetar vi med regionen") == ["vi med regionen"]
    assert variants("samarbetar") == []


@pytest.mark.parametrize(
    ("topic", "other"),
    [
        ("stickprovskontroller", False),
        ("sjukkontroller", True),
        ("sjukkontroller av bidrag", False),
        ("kontroller", False),
        ("", False),
    ],
)
def test_a_compound_of_which_only_the_last_part_is_there_is_another_kind(item: Item, topic: str, other: bool) -> None:
    assert of_another_kind(topic, item) is other


@pytest.mark.parametrize("text", ["suicidprevention", "hur ser det ut med sjukfrånvaron?", "finns det lediga lägenheter?"])
def test_what_the_reports_have_of_another_kind_is_not_found(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).status == "not_found"


def test_an_abbreviation_before_a_hyphen_is_met_by_itself(assistant: Assistant) -> None:
    assert [source.item.code for source in assistant.ask("vad gör VBE-kontakten?").sources] == ["5:3"]
    assert assistant.ask("hur arbetar vi med hbtqi-frågor?").sources[0].item.code == "3:1"
