"""Search as its users see it: what comes first, what filters do, what is quoted, and that nothing derived is ever needed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from index_form import Point, WordEmbedder, report
from numpy.typing import NDArray

from index.analysis import stem, terms
from index.errors import BadQuestion, EmbedderMismatch
from index.filters import Filter
from index.library import NO_EMBEDDER, Library
from index.query import NamedCode, codes
from index.values import Hit

POINTS = [
    Point("5:2", "Ungdomsmottagningen har öppnat. Två kuratorer arbetar där på heltid.", area="Målområde 5: Hälsa"),
    Point("5:20", "Kontoret har fått nya lås. Receptionen är ombyggd.", kind="insats"),
    Point("4:1", "Personalen har utbildats i bemötande.\n\nRutinen för hot och våld är beslutad i mars.", answer="Nej"),
    Point("4:2", "", statement="Fältgruppen ska arbeta kvällar."),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"


def shown(hits: list[Hit]) -> list[tuple[str, int, float, str]]:
    return [(hit.item.id, hit.start, hit.score, hit.quote) for hit in hits]


def test_the_comment_that_answers_comes_first_with_its_sentence(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS))
        for question, code, quote in (
            ("hur går det på ungdomsmottagningen?", "5:2", "Ungdomsmottagningen har öppnat. Två kuratorer arbetar där på heltid."),
            ("vad har ni för rutiner mot våld?", "4:1", "Rutinen för hot och våld är beslutad i mars."),
            ("nya receptioner", "5:20", "Receptionen är ombyggd."),
            ("kvällsarbete i fältgruppen", "4:2", ""),
        ):
            hit = library.search(question)[0]
            assert (hit.item.code, hit.quote) == (code, quote) or (hit.item.code == code and quote.startswith(hit.quote))
            assert hit.item.comment[hit.start : hit.end] == hit.quote
            assert 0 < hit.score <= 1 and 0 < hit.overlap <= 1 and not hit.exact


def test_an_item_is_found_once_however_many_of_its_passages_match(folder: Path) -> None:
    long = "\n\n".join(f"Fältgruppen arbetar i stadsdel {number}. " + "Annat ord. " * 60 for number in range(6))
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report([Point("1:1", long, question="Vad gör fältgruppen?", statement="Fältgruppen ska arbeta."), *POINTS]))
        hits = library.search("fältgruppen")
        assert [hit.item.code for hit in hits].count("1:1") == 1
        assert len({hit.item.id for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    "text", ["5:2", "strategi 5:2", "5.2", "5 : 2", "vad gjorde vi för strategi 5:2 förra året?", "STRATEGI 5:2"]
)
def test_a_named_code_comes_first_and_is_no_other_code(folder: Path, text: str) -> None:
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report([*POINTS, Point("15:2", "Mottagningen 5:2 nämns här, strategi för strategi.")]))
        hits = library.search(text)
        assert hits[0].item.code == "5:2" and hits[0].exact and hits[0].score >= 0.99
        assert all(not hit.exact and hit.score < 0.99 for hit in hits[1:])


def test_a_code_alone_quotes_the_whole_comment(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS))
        (hit,) = library.search("strategi 5:2")
        assert hit.quote == POINTS[0].comment
        assert library.search("5:2 kuratorer")[0].quote == "Två kuratorer arbetar där på heltid."
        assert library.search("7:7") == []


def test_a_code_in_two_plans_is_two_items_and_the_kind_decides_between_kinds(folder: Path) -> None:
    other = [Point("5:2", "Avtal har skrivits.", kind="insats", plan=2, plan_title="Handlingsplan 2023–2025")]
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report([*POINTS, *other]))
        assert [hit.item.plan for hit in library.search("5:2") if hit.exact] == [2, 1]  # equal scores: by id, handlingsplan first
        assert [hit.item.plan for hit in library.search("insats 5:2") if hit.exact] == [2]
        assert [hit.item.plan for hit in library.search("åtgärd 5:2") if hit.exact] == [2, 1]
        assert [hit.item.plan for hit in library.search("5:2 kuratorer") if hit.exact] == [1, 2]
        assert [hit.item.code for hit in library.search("5:2 och 4:1") if hit.exact] == ["5:2", "5:2", "4:1"]


def test_what_is_a_code_and_what_is_not() -> None:
    assert codes("strategi 5.2, insats 10:1 och 4:1–4:4") == [
        NamedCode("5:2", "strategi"), NamedCode("10:1", "insats"),
        NamedCode("4:1", None), NamedCode("4:2", None), NamedCode("4:3", None), NamedCode("4:4", None),
    ]  # fmt: skip
    assert codes("insats 1:2 till 1:3") == [NamedCode("1:2", "insats"), NamedCode("1:3", "insats")]
    assert codes("4:3-4:1, 5:1–6:2, 2:1 och 2:3") == [NamedCode(code, None) for code in "4:3 4:1 5:1 6:2 2:1 2:3".split()]
    assert codes("om 3 : 2, strategi 3:2") == [NamedCode("3:2", "strategi")]
    assert codes("2.5 miljoner, 3.5 procent, 1.5 kr, 10:30:00, 2024.05.16, 1 000:5") == []
    assert codes("05:02") == [NamedCode("5:2", None)]


def test_filters_come_before_ranking(folder: Path) -> None:
    crowd = [Point(f"1:{number}", f"Fältgruppen fältgruppen fältgruppen {number}.") for number in range(1, 80)]
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(crowd, year=2023))
        library.add(
            *report([Point("9:9", "Kvällar i centrum, ibland med fältgruppen, på torget vid stationen.", answer="Nej")], year=2022)
        )
        for wanted in (Filter(year=2022), Filter(answer="Nej"), Filter(code="9:9")):
            assert [hit.item.code for hit in library.search("fältgruppen", limit=1, filter=wanted)] == ["9:9"]
        assert library.search("fältgruppen", filter=Filter(year=1999)) == []
        assert len(library.search("fältgruppen", limit=100)) == 80


def test_meaning_finds_what_shares_no_word(folder: Path) -> None:
    embedder = WordEmbedder(synonyms={stem("tonåringar"): stem("kuratorer")})
    with Library.open(folder, create=True, embedder=embedder) as library:
        library.add(*report(POINTS))
        (hit, *_) = library.search("tonåringar")
        assert hit.item.code == "5:2" and hit.overlap == 0 and hit.dense > 0.2
        assert library.search("tonåringar", weights={"dense": 0, "dense_literal": 0}) == []
    with Library.open(folder, embedder=NO_EMBEDDER) as library:
        assert library.search("tonåringar") == []
        assert library.search("kuratorerna")[0].item.code == "5:2"


class Axes:
    """An embedder in which a word is an axis, and a text the direction of its words' sum; other words are nothing."""

    name = "axlar"
    dimension = 3
    fingerprint = "a" * 64

    def encode(self, texts: Sequence[str], *, kind: str) -> NDArray[np.float32]:
        rows = np.array([[text.lower().count(word) for word in ("bron", "skolan", "hamnen")] for text in texts], dtype=np.float32)
        unit: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
        return unit


def test_meaning_is_that_of_the_nearest_passage_and_of_the_whole(folder: Path) -> None:
    points = [
        Point("1:1", "Bron.", question="Bron?"),  # both its fields are what is asked for
        Point("1:2", "Skolan.", question="Bron?"),  # the half of what it says: cosine 1 / √2
        Point("1:3", "Skolan.\n\nBron.", question="Bron?"),  # (1.5, 0.5): the paragraphs of a comment share its vote
        Point("1:4", "Hamnen.", question="", area="Bron"),  # a heading is near, and is no part of the whole
        Point("1:5", "", question="", area="Bron"),
    ]
    whole = {"1:1": 1, "1:2": 0.5**0.5, "1:3": 1.5 / 2.5**0.5, "1:4": 0, "1:5": 0}
    with Library.open(folder, create=True, embedder=Axes()) as library:
        library.add(*report(points))
        found = {share: library.search("bron", weights={"dense_whole": share}) for share in (0, 0.5, 1)}
        nearest = {"1:1": 1, "1:2": 0.9, "1:3": 1, "1:4": 0.9, "1:5": 0.9}  # 0.9: dense_other
        for share, hits in found.items():
            expected = {code: (1 - share) * nearest[code] + share * whole[code] for code in whole}
            assert {hit.item.code: hit.dense for hit in hits} == pytest.approx(expected, abs=1e-5)


def test_misspelt_words_are_met_by_their_letters(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
        hit = library.search("ungdomsmotagningen")[0]
        assert hit.item.code == "5:2" and hit.overlap < 0.5 < 0.5 + hit.lexical


def test_meaning_does_not_drown_a_misspelt_word(folder: Path) -> None:
    """To an embedder a misspelt word can mean anything: here it means the locks. Its letters say what was meant."""
    for asked in ("ungdomsmotagningen", "rymdskepp"):
        embedder = WordEmbedder(synonyms={term: stem("låset") for term in terms(asked)})
        with Library.open(folder / asked, create=True, embedder=embedder) as library:
            library.add(*report(POINTS))
            without = library.search(asked, weights={"misspelt": 0})[0]
            hit = library.search(asked)[0]
            assert without.item.code == "5:20"
            assert hit.item.code == ("5:2" if asked == "ungdomsmotagningen" else "5:20")  # rymdskepp is a word, and nowhere met
            assert hit.overlap < 0.5


def test_a_code_has_no_meaning(folder: Path) -> None:
    embedder = WordEmbedder(synonyms={"5:2": stem("lås"), "strateg": stem("lås")})
    with Library.open(folder, create=True, embedder=embedder) as library:
        library.add(*report(POINTS))
        assert [(hit.item.code, hit.dense) for hit in library.search("strategi 5:2")] == [("5:2", 0.0)]
        assert [hit.item.code for hit in library.search("strategi 5:2 kuratorer")] == ["5:2"]  # and not the locks of 5:20


def test_overlap_says_how_much_of_the_question_is_there(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report(POINTS))
        both = library.search("kuratorer på ungdomsmottagningen")[0]
        half = library.search("kuratorer och rymdfärjor")[0]
        assert both.overlap == 1.0
        assert 0.2 < half.overlap < 0.6
        assert library.search("rymdfärjor") == []


@pytest.mark.parametrize("text", ["", "  ", "?!", "…"])
def test_a_question_without_words_finds_nothing(folder: Path, text: str) -> None:
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        assert library.search(text) == []
        library.add(*report(POINTS))
        assert library.search(text) == []


def test_a_question_that_makes_no_sense_is_refused(folder: Path) -> None:
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        with pytest.raises(BadQuestion, match="minst 1"):
            library.search("hot", limit=0)
        with pytest.raises(BadQuestion, match="Okänd vikt 'kommentar'"):
            library.search("hot", weights={"kommentar": 1})
        with pytest.raises(BadQuestion, match="comment är -1"):
            library.search("hot", weights={"comment": -1})


def test_equal_scores_are_in_the_order_of_ids(folder: Path) -> None:
    same = [Point(f"1:{number}", "Samma text.", plan_title="Plan") for number in (3, 1, 2)]
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(same, year=2023))
        library.add(*report(same, year=2021))
        hits = library.search("samma text")
        assert len({hit.score for hit in hits}) == 1
        assert [hit.item.id for hit in hits] == sorted(hit.item.id for hit in hits)


def test_sections_are_found_with_their_headings(folder: Path) -> None:
    sections = [("Inledning", "Året har varit lugnt."), ("Ekonomi", "Budgeten höll. Lokalerna blev dyrare än väntat.")]
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS[:1], sections=sections))
        library.add(*report([], year=2023, sections=sections[:1], title="Berättelse", name="berattelse.txt"))
        hit, *others = library.search_sections("vad kostade lokalerna?")
        assert (hit.position, hit.heading_path, hit.quote) == (1, ("Ekonomi",), "Lokalerna blev dyrare än väntat.")
        assert library.report(hit.report_id).sections[1].text[hit.start : hit.end] == hit.quote
        assert all(other.score <= hit.score for other in others)
        assert [found.year for found in library.search_sections("lugnt", filter=Filter(year=2023))] == [2023]
        assert library.search_sections("inledning")[0].heading_path == ("Inledning",)
        assert {found.item.code for found in library.search("lokalerna")} <= {"5:2"}


# What is derived is never needed

QUESTIONS = ["fältgruppen på kvällar", "rutin för hot", "5:2", "kurator", "utbildningar i bemötande", "receptionens lås"]


def answers(library: Library) -> list[object]:
    return [
        shown(library.search(question, limit=20, filter=wanted))
        for question in QUESTIONS
        for wanted in (Filter(), Filter(year=2022))
    ]


def test_any_derived_file_may_be_deleted_or_damaged(folder: Path) -> None:
    embedder = WordEmbedder()
    with Library.open(folder, create=True, embedder=embedder) as library:
        for year in range(2020, 2024):
            library.add(*report(POINTS[year % 2 :], year=year))
        expected = answers(library)
    files = sorted(path.name for path in (folder / "derived").iterdir())
    assert len(files) == 8
    embedder.embedded.clear()
    for name, damage in itertools.product(files, ("delete", "empty", "cut", "flip")):
        path = folder / "derived" / name
        data = path.read_bytes()
        if damage == "delete":
            path.unlink()
        else:
            middle = len(data) // 2
            flipped = data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
            path.write_bytes({"empty": b"", "cut": data[:middle], "flip": flipped}[damage])
        with Library.open(folder, embedder=embedder) as library:
            assert answers(library) == expected, (name, damage)
    assert embedder.embedded == []
    for path in (folder / "derived").iterdir():
        path.unlink()
    (folder / "derived").rmdir()
    with Library.open(folder, embedder=embedder) as library:
        assert answers(library) == expected
    assert embedder.embedded == []


def test_results_are_the_same_however_the_library_came_about(folder: Path, tmp_path: Path) -> None:
    made = [report(POINTS[year % 3 :], year=year) for year in range(2018, 2024)]
    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        for whole, data in made:
            library.add(whole, data)
            library.refresh()  # a segment each
        expected = answers(library)
        library.remove(made[2][0].id)
        assert answers(library) != expected
        library.add(*made[2])
        assert answers(library) == expected
    with Library.open(folder, embedder=WordEmbedder()) as library:
        assert answers(library) == expected
    with Library.open(tmp_path / "andra", create=True, embedder=WordEmbedder()) as library:
        for whole, data in reversed(made):
            library.add(whole, data)
        assert answers(library) == expected


def test_only_changed_passages_are_embedded(folder: Path) -> None:
    embedder = WordEmbedder()
    with Library.open(folder, create=True, embedder=embedder) as library:
        library.add(*report(POINTS))
        embedder.embedded.clear()
        library.add(*report([Point("5:2", "Mottagningen har stängt.", area="Målområde 5: Hälsa"), *POINTS[1:]], salt="rättad"))
        assert embedder.embedded == ["Mottagningen har stängt."]


def test_a_new_version_is_searched_by_its_own_vectors(folder: Path) -> None:
    embedder = WordEmbedder(synonyms={stem("tonåringar"): stem("kuratorer"), stem("fordon"): stem("bilar")})
    with Library.open(folder, create=True, embedder=embedder) as library:
        library.add(*report(POINTS))
    with Library.open(folder, embedder=embedder) as library:
        library.add(*report([Point("5:2", "Bilar har köpts in.", area=POINTS[0].area), *POINTS[1:]], salt="rättad"))
    with Library.open(folder, embedder=embedder) as library:
        assert library.search("fordon")[0].item.code == "5:2"
        assert library.search("fordon")[0].dense > library.search("tonåringar")[0].dense


# Another embedder


def test_another_embedder_is_never_mixed_with_the_first(folder: Path) -> None:
    first, second = WordEmbedder(), WordEmbedder(name="annan", seed=2, dimension=16)
    with Library.open(folder, create=True, embedder=first) as library:
        library.add(*report(POINTS))
        expected = answers(library)
    with Library.open(folder, embedder=second) as library:
        others = answers(library)  # few texts: embedded at the first search
        assert others != expected
    with Library.open(folder, embedder=first) as library:
        assert answers(library) == expected
    first.embedded.clear()
    second.embedded.clear()
    with Library.open(folder, embedder=second) as library:
        assert answers(library) == others
    assert first.embedded == second.embedded == []


def test_reembedding_can_be_stopped_and_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.reembedding._FIRST", 2)
    monkeypatch.setattr("index.reembedding._MOST", 2)
    second = WordEmbedder(name="annan", seed=2)
    seen: list[tuple[int, int]] = []

    def stop_after_two(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 2:
            raise KeyboardInterrupt

    with Library.open(folder, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(POINTS))
        expected = answers(library)
        with pytest.raises(KeyboardInterrupt):
            library.reembed(second, progress=stop_after_two)
        assert len(second.embedded) == 4
        assert answers(library) == expected  # still with the first
        total = seen[0][1]
        assert library.reembed(second) == total - 4
        assert len(second.embedded) == len(set(second.embedded)) == total
        assert answers(library) != expected


@pytest.mark.parametrize(("quick", "expected"), [(3600.0, [1, 3, 7, 11]), (0.0, [1, 2, 3, 4])])
def test_batches_grow_while_they_are_quick(
    folder: Path, monkeypatch: pytest.MonkeyPatch, quick: float, expected: list[int]
) -> None:
    for name, value in (("_FIRST", 1), ("_MOST", 4), ("_QUICK", quick)):
        monkeypatch.setattr(f"index.reembedding.{name}", value)
    seen: list[int] = []
    with Library.open(folder, create=True, embedder=NO_EMBEDDER) as library:
        library.add(*report([Point(f"1:{number}", f"Text nummer {number}.") for number in range(1, 20)]))
        library.reembed(WordEmbedder(), progress=lambda done, total: seen.append(done))
    assert seen[:4] == expected


def test_a_changed_setting_asks_for_reembedding(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"ett": WordEmbedder(name="ett"), "två": WordEmbedder(name="två", seed=2)}
    monkeypatch.setattr("index.embedding.load_embedder", lambda name: known[name])
    monkeypatch.setattr("index.searching._QUICKLY_EMBEDDED", 0)
    with Library.open(folder, create=True) as library:
        library.settings["embedder"] = "ett"
        library.add(*report(POINTS))
        library.settings["embedder"] = "två"
    with Library.open(folder) as library:
        with pytest.raises(EmbedderMismatch, match=r"språkmodellen två: \d+ av \d+ textställen saknar vektor.*check --repair"):
            library.search("rutin")
        (finding,) = library.check()
        assert finding.code == "missing_vector"
        assert [found.repaired for found in library.check(repair=True)] == [True]
        assert library.search("rutin")[0].item.code == "4:1"
        assert library.check() == []
        library.reembed("ett")
        assert library.settings["embedder"] == "ett"


def test_an_embedder_of_another_shape_than_it_says_is_refused(folder: Path) -> None:
    class Lying(WordEmbedder):
        def encode(self, texts: Sequence[str], *, kind: str) -> NDArray[np.float32]:
            return super().encode(texts, kind=kind)[:, 1:]

    with (
        Library.open(folder, create=True, embedder=Lying()) as library,
        pytest.raises(EmbedderMismatch, match=r"vektorer av formen"),
    ):
        library.add(*report(POINTS))
