"""The list of everyday words: what a line holds, and that looking for its letters first finds what the pattern alone would find."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from re import _constants as node  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.synonyms import Synonym, synonyms
from assistant.words import fold, words
from corpus import samples

GAP = "\0"
"""Any text or none, in the written-out matches of a pattern."""


def written_out(pattern: Any) -> Iterator[str]:
    """Everything that a parsed pattern matches, with a gap wherever it is no certain letter that stands there."""
    for parts in product(*(list(_of(*each)) for each in pattern)):
        yield "".join(parts)


def _of(kind: Any, value: Any) -> Iterator[str]:
    if kind is node.LITERAL:
        yield chr(value)
    elif kind is node.BRANCH:
        for branch in value[1]:
            yield from written_out(branch)
    elif kind is node.SUBPATTERN:
        yield from written_out(value[3])
    elif kind in (node.MAX_REPEAT, node.MIN_REPEAT):
        least, most, inner = value
        if least == 0:
            yield ""
        yield from (text if most == 1 else text + GAP for text in written_out(inner))
    else:
        yield GAP


def plainly(synonym: Synonym, folded: str) -> list[tuple[int, int]]:
    """Where the pattern is found, looked for as it stands."""
    return [match.span() for match in re.finditer(rf"(?<![\w-])(?:{synonym.word})(?![\w-])", folded)]


def check_same(text: str) -> None:
    folded = fold(text)
    for synonym in synonyms():
        assert [match.span() for match in synonym.uses(folded)] == plainly(synonym, folded)
        assert synonym.is_all_of(folded) is bool(re.fullmatch(synonym.word, folded))


def test_a_word_is_found_where_it_stands_for_itself() -> None:
    line = next(synonym for synonym in synonyms() if synonym.is_all_of("sprit"))
    assert [match.group() for match in line.uses("om sprit, spritförsäljning och a-sprit")] == ["sprit", "spritförsäljning"]
    assert line.is_all_of("spriten") and not line.is_all_of("sprit i parker") and not line.is_all_of("spri")


def test_every_line_is_a_pattern_with_a_source() -> None:
    for synonym in synonyms():
        assert re.compile(synonym.word) and synonym.means and all(synonym.means)
        assert len(synonym.source) > 5


@pytest.mark.parametrize("synonym", synonyms(), ids=lambda synonym: synonym.word[:30])
def test_every_match_of_a_pattern_has_some_of_its_letters(synonym: Synonym) -> None:
    """By writing out all that the pattern can match: a line that fails has an alternative without three letters in a row."""
    for match in written_out(_parser.parse(synonym.word)):
        assert any(letters in match for letters in synonym.letters), match.replace(GAP, "…")


def test_matches_are_written_out_with_all_that_may_be_left_out() -> None:
    assert sorted(written_out(_parser.parse(r"hus(?:et)?|ha[nr]d\w*"))) == ["ha\0d", "ha\0d\0\0", "hus", "huset"]
    assert list(written_out(_parser.parse("ab?c"))) == ["ac", "abc"]


def test_looking_for_letters_first_finds_the_same_in_questions_and_reports() -> None:
    questions = (Path(__file__).parents[1] / "eval/questions/dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in questions]
    reports = [path.read_text(encoding="utf-8") for path in samples.paths("txt")]
    check_same("\n".join(turn for each in asked for turn in each.get("turns") or [each["text"]]))
    for report in reports:
        check_same(report)
    for word in {word.folded for report in reports for word in words(report)}:
        check_same(word)


_PIECES = sorted({letters for synonym in synonyms() for letters in synonym.letters})


@given(st.lists(st.sampled_from(_PIECES) | st.text(alphabet="abdeglmnorstuåäö -", max_size=5), max_size=6).map("".join))
def test_looking_for_letters_first_finds_the_same_in_any_text(text: str) -> None:
    check_same(text)
