"""Getting an embedder by name, and what the protocol asks of each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding import BUILTIN, Embedder, EmbedderDamaged, EmbedderError, EmbedderMissing, load_embedder
from index.errors import LibraryError
from index.static_model import StaticEmbedder
from index.train.folder import write_folder
from index.train.pieces import make_tokenizer


@pytest.mark.parametrize("name", [None, BUILTIN])
def test_the_built_in_embedder_is_the_default(name: str | None) -> None:
    embedder = load_embedder(name)
    assert isinstance(embedder, StaticEmbedder)
    assert isinstance(embedder, Embedder)
    assert embedder.name == BUILTIN
    assert len(embedder.fingerprint) == 64


def test_a_folder_that_training_made_needs_no_torch(tmp_path: Path) -> None:
    write_folder(tmp_path, make_tokenizer(["hus"]), np.array([[0, 0], [0, 2]], dtype=np.float32), facts={"language": "sv"})
    embedder = load_embedder(str(tmp_path))
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.name == str(tmp_path)
    assert embedder.encode(["hus"], kind="query").tolist() == [[0.0, 1.0]]


def test_a_model_that_is_missing_is_an_error_and_never_the_built_in_one() -> None:
    with pytest.raises(EmbedderMissing, match="finns inte"):
        load_embedder("./ingen/sådan/mapp")


def test_the_errors_are_of_the_package_s_one_tree() -> None:
    for error in (EmbedderMissing, EmbedderDamaged):
        assert issubclass(error, EmbedderError) and issubclass(error, LibraryError)
