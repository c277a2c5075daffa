"""The static embedder on a model small enough to reckon by hand, on damaged files, and against sentence-transformers."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.embedding import EmbedderDamaged, EmbedderMissing, load_embedder
from index.static_model import StaticEmbedder, is_static, known_share, read_header
from index.train.folder import write_folder
from index.train.pieces import make_tokenizer

TEXTS = [
    "Vad gjorde vi för att nå fler unga?",
    "Förvaltningen har under året utbildat chefer i brottsförebyggande arbete.",
    "",
    "5:2",
    "日本語",
    "Ungdomsmottagningens öppettider; trygghetsvandringar, fältarbete och samverkan med polisen i tre stadsområden.",
]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Three pieces in two dimensions: hus = (3, 0), bil = (0, 4), and ##ar = (0, 1), which follows a word."""
    rows = np.array([[0, 0], [3, 0], [0, 4], [0, 1]], dtype=np.float32)
    write_folder(tmp_path, make_tokenizer(["hus", "bil", "##ar"]), rows, facts={})
    return tmp_path


def test_a_text_is_the_sum_of_its_rows_made_unit(tiny: Path) -> None:
    vectors = StaticEmbedder.load(tiny).encode(["Hus", "bil", "hus bil", "husar"], kind="document")
    expected = [[1, 0], [0, 1], [3 / 5, 4 / 5], [3 / math.sqrt(10), 1 / math.sqrt(10)]]
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, expected, atol=1e-6)


def test_case_and_composition_of_letters_make_no_difference(tmp_path: Path) -> None:
    write_folder(tmp_path, make_tokenizer(["åtgärd"]), np.array([[0, 0], [1, 2]], dtype=np.float32), facts={})
    one, decomposed = StaticEmbedder.load(tmp_path).encode(["ÅTGÄRD", "a\u030atga\u0308rd"], kind="query")
    assert one.tolist() == decomposed.tolist() == pytest.approx([1 / math.sqrt(5), 2 / math.sqrt(5)], abs=0.01)


def test_what_is_not_known_gives_zeros_and_no_texts_give_no_rows(tiny: Path) -> None:
    embedder = StaticEmbedder.load(tiny)
    assert embedder.encode(["", "   ", "katt", "12:3"], kind="query").tolist() == [[0, 0]] * 4
    assert embedder.encode([], kind="query").shape == (0, 2)
    assert known_share(embedder, "hus katt") == 0.5
    assert known_share(embedder, "") == 0.0


def test_one_text_in_place_of_several_is_refused(tiny: Path) -> None:
    with pytest.raises(TypeError, match="sequence"):
        StaticEmbedder.load(tiny).encode("hus", kind="query")


def test_fingerprint_follows_the_files(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    rows = np.array([[0, 0], [3, 0], [0, 4], [1, 1]], dtype=np.float32)
    write_folder(other, make_tokenizer(["hus", "bil", "##ar"]), rows, facts={})
    copy = tmp_path_factory.mktemp("copy")
    for file in ("tokenizer.json", "model.safetensors"):
        (copy / file).write_bytes((tiny / file).read_bytes())
    assert StaticEmbedder.load(copy).fingerprint == StaticEmbedder.load(tiny).fingerprint
    assert StaticEmbedder.load(other).fingerprint != StaticEmbedder.load(tiny).fingerprint


def test_a_missing_file_is_named(tiny: Path) -> None:
    (tiny / "tokenizer.json").unlink()
    with pytest.raises(EmbedderMissing, match=r"saknar filen tokenizer\.json"):
        StaticEmbedder.load(tiny)


@pytest.mark.parametrize("file", ["tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("keep", [0, 5, 40, -1])
def test_a_file_cut_off_is_said_to_be_damaged(tiny: Path, file: str, keep: int) -> None:
    (tiny / file).write_bytes((tiny / file).read_bytes()[:keep])
    with pytest.raises(EmbedderDamaged, match=file.replace(".", r"\.")):
        StaticEmbedder.load(tiny)


def test_a_matrix_of_another_vocabulary_is_refused_with_both_numbers(tiny: Path) -> None:
    make_tokenizer(["hus", "bil"]).save(str(tiny / "tokenizer.json"))
    with pytest.raises(EmbedderDamaged, match=r"3 ordbitar, en matris med formen \(4, 2\) och 4 skalor"):
        StaticEmbedder.load(tiny)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_reading_a_header_end_otherwise_than_damaged(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.safetensors"
    path.write_bytes(len(data).to_bytes(8, "little") + data)
    try:
        read_header(path)
    except EmbedderDamaged as error:
        assert "noise.safetensors" in str(error)


def test_a_header_that_points_outside_the_file_is_damaged(tmp_path: Path) -> None:
    header = json.dumps({"embeddings": {"dtype": "I8", "shape": [2, 2], "data_offsets": [0, 4]}}).encode("utf-8")
    path = tmp_path / "short.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + b"\x01\x02\x03")
    with pytest.raises(EmbedderDamaged, match="stands at 0:4 in 3 bytes"):
        read_header(path)


def test_the_built_in_model_is_small_unit_and_the_same_alone_and_in_a_batch() -> None:
    embedder = load_embedder()
    assert embedder.name == "builtin"
    vectors = embedder.encode(TEXTS, kind="document")
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, float(vectors[3].any()), 0, 1], atol=1e-5)
    alone = np.vstack([embedder.encode([text], kind="document") for text in TEXTS])
    assert alone.tobytes() == vectors.tobytes()
    assert embedder.encode(TEXTS, kind="query").tobytes() == vectors.tobytes()
    folder = Path(__file__).parents[1] / "index" / "model"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 10_000_000
    assert is_static(folder)


def test_the_built_in_model_knows_what_belongs_together_without_a_common_word() -> None:
    embedder = load_embedder()
    question = embedder.encode(["äldre som känner sig ensamma"], kind="query")[0]
    near, far = embedder.encode(
        ["Seniorer besöktes i hemmet för att bryta isolering.", "Upphandlingen av fordonsbränsle överklagades."],
        kind="document",
    )
    assert question @ near > question @ far + 0.1


def test_loading_it_imports_no_heavy_library() -> None:
    heavy = ["torch", "transformers", "sentence_transformers", "safetensors", "scipy"]
    code = (
        "import sys; from index.embedding import load_embedder; load_embedder().encode(['hej'], kind='query');"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=root, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_sentence_transformers_opens_the_same_folder_and_gives_the_same_vectors(tiny: Path) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    built_in = Path(__file__).parents[1] / "index" / "model"
    for folder, texts in ((built_in, TEXTS), (tiny, ["hus", "hus bil", "husar bil", "katt"])):
        theirs = sentence_transformers.SentenceTransformer(str(folder), device="cpu", local_files_only=True).encode(texts)
        ours = StaticEmbedder.load(folder).encode(texts, kind="document")
        known = np.linalg.norm(ours, axis=1) > 0
        assert theirs.shape == ours.shape
        assert ((theirs * ours).sum(axis=1)[known] >= 0.999).all()
        assert not theirs[~known].any()


def test_the_tokenizer_keeps_words_whole_and_splits_unseen_compounds() -> None:
    tokenizer = Tokenizer.from_file(str(Path(__file__).parents[1] / "index" / "model" / "tokenizer.json"))
    assert tokenizer.encode("kommunen", add_special_tokens=False).tokens == ["kommunen"]
    pieces = tokenizer.encode("hemtjänstkvällspersonalgrupp", add_special_tokens=False).tokens
    assert "[UNK]" not in pieces and pieces[0] == "hemtjänst" and len(pieces) <= 10
