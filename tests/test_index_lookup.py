"""What is known without searching: items by their codes alone, what a library holds; and quotes only for those who want them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from index_form import Point, report

from index import Filter, Library
from index.analysis import lexicon, terms
from index.errors import BadQuestion
from index.quoting import analysed
from index.scan_file import ScanFile
from index.vector_file import OFTEN, VectorFile, write_vectors

POINTS = [
    Point("5:2", "Rutinen för hot är klar. Den prövas i vår.", kind="insats"),
    Point("5:20", "Gruppen har startat."),
    Point("5:3", ""),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(tmp_path_factory.mktemp("koder") / "bibliotek", create=True)
    for year in (2024, 2023):
        made.add(*report(POINTS, year=year))
    return made


def test_a_code_alone_finds_its_items_in_the_order_of_their_ids(library: Library) -> None:
    hits = library.search("5:2")
    assert [(hit.item.code, hit.item.year) for hit in hits] == [("5:2", 2023), ("5:2", 2024)]
    assert all(hit.exact and hit.quote == hit.item.comment and (hit.dense, hit.lexical) == (0.0, 0.0) for hit in hits)
    assert [hit.item.year for hit in library.search("5:2", filter=Filter(year=2024))] == [2024]
    assert len(library.search("5:2", limit=1)) == 1 and library.search("9:9") == []
    assert [hit.item.code for hit in library.search("5:3 och 5:2")] == ["5:3", "5:3", "5:2", "5:2"]


def test_a_kind_that_no_such_item_has_does_not_hide_it(library: Library) -> None:
    assert [hit.item.kind for hit in library.search("insats 5:2")] == ["insats", "insats"]
    assert [hit.item.kind for hit in library.search("åtgärd 5:2")] == ["insats", "insats"]


def test_a_wrong_limit_or_weight_is_wrong_for_a_code_too(library: Library) -> None:
    with pytest.raises(BadQuestion, match="0"):
        library.search("5:2", limit=0)
    with pytest.raises(BadQuestion, match="kommentaren"):
        library.search("5:2", weights={"kommentaren": 1.0})


def test_only_so_many_hits_are_quoted(library: Library) -> None:
    whole, first = library.search("rutinen"), library.search("rutinen", quotes=1)
    assert [hit.item.id for hit in first] == [hit.item.id for hit in whole] and len(whole) > 1
    assert first[0] == whole[0] and whole[0].quote
    assert {(hit.quote, hit.start, hit.end) for hit in first[1:]} == {("", 0, 0)}


def test_what_a_library_holds_is_told_anew_when_it_changes(tmp_path: Path) -> None:
    with Library.open(tmp_path / "b", create=True) as library:
        assert library.holdings() == ()
        first, data = report(POINTS, year=2023)
        library.add(first, data)
        before = library.holdings()
        assert [(held.organisation, held.year) for held in before] == [(first.organisation, 2023)]
        assert before[0].plans == tuple((plan.number, plan.title) for plan in first.plans)
        assert library.holdings() is before
        library.add(*report(POINTS, year=2024))
        assert [held.year for held in library.holdings()] == [2023, 2024]
        library.remove(first.id)
        assert [held.year for held in library.holdings()] == [2024]


def test_a_sentence_holds_exactly_the_terms_of_its_words() -> None:
    some = [word for word in lexicon().frequency if len(word) > 7][::400]
    text = " ".join([*some, "trygghetsvandringar", "skolan", "5:2", "17", "å"])
    (sentence,) = analysed(text)
    held = {term for word in sentence.words for term in terms(word)}
    asked = held | {term for word in ("vandring", "trygghet", "7", "5", "hund") for term in terms(word)}
    assert len(held) > 100 and {term for term in asked if sentence.holds(term)} == held


def test_a_file_that_is_no_index_gives_way_to_the_vectors_themselves(tmp_path: Path) -> None:
    rows = np.eye(4, dtype=np.float32)
    (tmp_path / "skadad.faiss").write_bytes(b"ingenting")
    scan = ScanFile(tmp_path / "skadad.faiss", 4, 4, lambda: [rows[:2], rows[2:]])
    _, found = scan.index.search(rows[2:3], 1)
    assert found.tolist() == [[2]]


def test_rows_are_the_same_before_and_after_the_file_is_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vector_file.SMALL", 0)
    rows = np.arange(40, dtype=np.float32).reshape(10, 4)
    write_vectors(tmp_path / "rader", [rows])
    file = VectorFile.open(tmp_path / "rader", 10, 4)
    wanted = np.array([7, 0, 7], dtype=np.int64)
    assert file.take(wanted).tolist() == rows[wanted].tolist()
    file.take(np.zeros(OFTEN, dtype=np.int64))
    assert file.take(wanted).tolist() == rows[wanted].tolist()
