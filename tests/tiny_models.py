"""Real models with random weights, small enough to be made in a test: what runs is the libraries' own loading and computing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import BertConfig

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def sentence_model(folder: Path, words: Sequence[str], *, length: int = 48, seed: int = 7) -> Path:
    """A sentence-transformers model in ``folder / "model"``: a BERT of one layer and eight dimensions that knows ``words`` and
    reads ``length`` pieces, mean pooling, and the prompts "fråga: " and "stycke: "."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    torch.manual_seed(seed)
    bert, out = folder / "bert", folder / "model"
    BertModel(_bert(bert, [*SPECIAL, "fråga", "stycke", ":", *words])).eval().save_pretrained(bert)
    layer = Transformer(str(bert), max_seq_length=length)
    SentenceTransformer(
        modules=[layer, Pooling(layer.get_embedding_dimension())],
        prompts={"query": "fråga: ", "document": "stycke: "},
        device="cpu",
    ).save_pretrained(str(out))
    return out


def pair_model(folder: Path, words: Sequence[str], *, labels: int = 1, seed: int = 7) -> Path:
    """A CrossEncoder in ``folder / "model"``: a BERT of one layer and eight dimensions that knows ``words`` and gives ``labels`` scores."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    bert, out = folder / "bert", folder / "model"
    config = _bert(bert, [*SPECIAL, *words])
    config.num_labels = labels
    config.initializer_range = 1.0  # numbers large enough for the scores to differ
    BertForSequenceClassification(config).eval().save_pretrained(bert)
    CrossEncoder(str(bert), device="cpu").save_pretrained(str(out))
    return out


def _bert(folder: Path, vocabulary: Sequence[str]) -> BertConfig:
    """A tokenizer of ``vocabulary`` in ``folder``, which is made, and the shape of a BERT for it."""
    from transformers import BertConfig, BertTokenizerFast

    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt"), do_lower_case=True, strip_accents=False).save_pretrained(folder)
    return BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
