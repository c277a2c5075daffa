"""Reading the best hits again: what moves and what stays, worked out by hand, and a real CrossEncoder with random weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from index_form import Point, report
from numpy.typing import NDArray
from tiny_models import pair_model, sentence_model

from index.library import NO_EMBEDDER, Library
from index.rerank import READ, CrossEncoderReranker, RerankerDamaged, RerankerMissing, reranked

WORDS = ["hus", "bil", "barn", "skola", "vård", "äldre", "stöd"]
POINTS = [
    Point("1:1", "Stöd till barn. Stöd till äldre. Stöd till alla."),
    Point("1:2", "Stöd till barn i skolan, och mycket annat som inte gäller det."),
    Point("1:3", "Stöd på skolan, och sådant som är något helt annat än barn eller äldre."),
]


@dataclass
class LastWord:
    """A reranker that likes texts with a given word, and remembers what it has read."""

    liked: str
    name: str = "sista ordet"
    read: list[str] = field(default_factory=list)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        self.read += texts
        return np.array([float(self.liked in text) for text in texts])


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.open(tmp_path / "bibliotek", create=True, embedder=NO_EMBEDDER)
    made.add(*report(POINTS))
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pair_model(tmp_path_factory.mktemp("par"), WORDS)


def codes(library: Library, text: str, reranker: object = None, **options: int) -> list[str]:
    return [hit.item.code for hit in library.search(text, reranker=reranker, **options)]  # type: ignore[arg-type]


def test_what_the_reranker_likes_comes_first_and_the_scores_keep_falling(library: Library) -> None:
    before = library.search("stöd")
    after = library.search("stöd", reranker=LastWord("sådant"))
    assert [hit.item.code for hit in before] == ["1:1", "1:2", "1:3"]
    assert [hit.item.code for hit in after] == ["1:3", "1:1", "1:2"]
    assert [hit.score for hit in after] == [hit.score for hit in before]
    assert {hit.item.code: hit.lexical for hit in after} == {hit.item.code: hit.lexical for hit in before}
    assert all(hit.quote and hit.item.comment[hit.start : hit.end] == hit.quote for hit in after)


def test_hits_beyond_the_limit_are_read_too_and_equal_ones_keep_their_order(library: Library) -> None:
    assert codes(library, "stöd", LastWord("sådant"), limit=1) == ["1:3"]
    assert codes(library, "stöd", LastWord("zebra")) == ["1:1", "1:2", "1:3"]


def test_an_item_whose_code_is_named_stays_first(library: Library) -> None:
    reranker = LastWord("sådant")
    assert codes(library, "1:2 stöd", reranker) == ["1:2", "1:3", "1:1"]
    assert len(reranker.read) == 2
    assert codes(library, "1:2", reranker) == ["1:2"] and len(reranker.read) == 2


def test_only_the_best_are_read() -> None:
    points = [Point(f"1:{number}", f"Stöd nummer {number}.") for number in range(1, READ + 6)]
    items = report(points)[0].items
    from index.values import Hit

    hits = [Hit(item, 0.5, "", 0, 0, 0.0, 0.5, 1.0) for item in items]
    reranker = LastWord(f"nummer {READ}.")
    after = reranked("stöd", hits, reranker)
    assert len(reranker.read) == READ
    assert [hit.item.code for hit in after] == [f"1:{n}" for n in (READ, *range(1, READ), *range(READ + 1, READ + 6))]
    assert reranked("stöd", [], reranker) == []


@pytest.mark.slow
def test_the_scores_are_the_library_s_own_on_one_thread(made: Path) -> None:
    import torch
    from sentence_transformers import CrossEncoder

    reranker = CrossEncoderReranker.load(str(made))
    texts = ["skola bil hus", "barn", ""]
    theirs = CrossEncoder(str(made), device="cpu", local_files_only=True).predict([("äldre vård", text) for text in texts])
    found = reranker.scores("äldre vård", texts)
    np.testing.assert_allclose(found, theirs, atol=1e-6)
    assert len({round(score, 6) for score in found.tolist()}) == 3
    assert reranker.scores("äldre", []).shape == (0,)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    during: list[int] = []
    hook = reranker._model.register_forward_pre_hook(lambda *_: during.append(torch.get_num_threads()))
    try:
        reranker.scores("bil", texts)
        assert during and set(during) == {1} and torch.get_num_threads() == 2
    finally:
        hook.remove()
        torch.set_num_threads(before)


@pytest.mark.slow
def test_a_setting_holds_for_every_search_until_it_is_taken_away(library: Library, made: Path) -> None:
    wanted = codes(library, "stöd", CrossEncoderReranker.load(str(made)))
    library.settings["reranker"] = str(made)
    assert codes(library, "stöd") == wanted == codes(library, "stöd")
    assert sorted(wanted) == ["1:1", "1:2", "1:3"]
    assert codes(library, "stöd", "ingen") == ["1:1", "1:2", "1:3"]
    assert [hit.item.code for hit in library.search("stöd", weights={"dense": 0})] == ["1:1", "1:2", "1:3"]
    library.settings["reranker"] = str(made.parent / "finns-inte")
    with pytest.raises(RerankerMissing, match="finns inte"):
        library.search("stöd")
    del library.settings["reranker"]
    assert codes(library, "stöd") == ["1:1", "1:2", "1:3"]


def test_a_model_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RerankerMissing, match=r"Mappen \./finns/inte/alls finns inte"):
        CrossEncoderReranker.load("./finns/inte/alls")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(RerankerMissing, match="Hämta den med hf download exempel/finns-inte"):
        CrossEncoderReranker.load("exempel/finns-inte")
    with pytest.raises(RerankerDamaged, match=r"varken modules\.json eller config\.json"):
        CrossEncoderReranker.load(str(tmp_path))


@pytest.mark.slow
def test_a_model_of_another_kind_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(RerankerDamaged, match="ger 3 värden"):
        CrossEncoderReranker.load(str(pair_model(tmp_path / "tre", WORDS, labels=3)))
    broken = pair_model(tmp_path / "trasig", WORDS)
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(RerankerDamaged, match="går inte att läsa in"):
        CrossEncoderReranker.load(str(broken))
    with pytest.raises(RerankerDamaged, match="läser inte textpar"):
        CrossEncoderReranker.load(str(sentence_model(tmp_path / "mening", WORDS)))
