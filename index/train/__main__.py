"""``python -m index.train``: from text to a folder that the program and sentence-transformers can load.

Says on stderr what it does and on stdout what the model then finds, in works that it has not seen.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.static_model import StaticEmbedder
from index.train import contrast as second
from index.train.folder import write_folder
from index.train.measure import held_out_pairs, measure, question_pairs
from index.train.pairs import PairSampler
from index.train.pieces import UNKNOWN, count_words, learn_pieces, make_tokenizer
from index.train.relatives import find_relatives
from index.train.space import first_space
from index.train.texts import Texts, TrainingTextError, read_texts

PIECES = 34_000
DIMENSION = 256


@click.command(help="Träna en svensk inbäddningsmodell av egen text (.jsonl eller .jsonl.xz: verk, avsnitt, ordpar).")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Mapp för modellen.")
@click.option(
    "--texts", "texts", required=True, multiple=True, type=click.Path(path_type=Path), help="Fil med träningstext; kan upprepas."
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path))
@click.option("--questions", type=click.Path(path_type=Path), help="Fil med frågor och svar att mäta på; används inte i träningen.")
@click.option("--seed", default=0, show_default=True, help="Frö: samma frö, text och dator ger samma modell.")
@click.option("--pieces", default=PIECES, show_default=True, help="Ordbitar.")
@click.option("--dimension", default=DIMENSION, show_default=True, help="Dimensioner.")
@click.option("--steps", default=second.STEPS, show_default=True, help="Steg i den kontrastiva träningen.")
@click.option("--batch", default=second.BATCH, show_default=True, help="Textpar per steg.")
@click.option("--threads", default=1, show_default=True, help="Trådar för torch.")
@click.option("--device", default="cpu", show_default=True, help="cpu eller cuda.")
def main(
    out: Path,
    texts: Sequence[Path],
    more: Sequence[Path],
    questions: Path | None,
    seed: int,
    pieces: int,
    dimension: int,
    steps: int,
    batch: int,
    threads: int,
    device: str,
) -> None:
    """Read, train, write, measure."""
    try:
        asked = question_pairs(questions) if questions else None
        read = read_texts([*texts, *more])
    except TrainingTextError as error:
        raise click.ClickException(str(error)) from error
    parts = sum(len(work.parts) for work in read.works)
    _say(f"{len(read.works)} verk med {parts} stycken att träna på, {len(read.held_out)} verk undan, {len(read.alike)} ordpar.")
    began = time.monotonic()
    embedder = train(
        read, out, seed=seed, pieces=pieces, dimension=dimension, steps=steps, batch=batch, threads=threads, device=device
    )
    _say(f"Modellen är skriven till {out} efter {(time.monotonic() - began) / 60:.1f} minuter.")

    def encode(some: Sequence[str]) -> NDArray[np.float32]:
        return embedder.encode(some, kind="document")

    sets = held_out_pairs(read.held_out)
    for name, pairs in [*sets.items(), *([("questions", asked)] if asked else [])]:
        click.echo(f"nDCG@10 {name:<12} {measure(encode, pairs):.3f}  n={len(pairs)}")


def train(
    texts: Texts,
    out: Path,
    *,
    seed: int = 0,
    pieces: int = PIECES,
    dimension: int = DIMENSION,
    steps: int = second.STEPS,
    batch: int = second.BATCH,
    threads: int = 1,
    device: str = "cpu",
) -> StaticEmbedder:
    """The model of ``texts``, written to ``out`` and loaded from there. A model card in ``out`` is left alone."""
    import torch

    torch.set_num_threads(threads)
    vocabulary = learn_pieces(count_words(texts), pieces)
    tokenizer = make_tokenizer(vocabulary)
    _say(f"{len(vocabulary)} ordbitar.")
    relatives = find_relatives([UNKNOWN, *vocabulary], [(one.lower(), other.lower()) for one, other in texts.alike])
    pairs = PairSampler(texts, tokenizer, relatives.stems, seed)
    first = first_space(pairs.passages, len(vocabulary) + 1, dimension, relatives, seed)
    _say("Första rummet (samförekomst) är klart.")
    rows = second.contrast(first, pairs, relatives, seed=seed, steps=steps, batch=batch, device=device, progress=_show)
    write_folder(
        out,
        tokenizer,
        rows,
        facts={"language": "sv", "date": date.today().isoformat(), "seed": seed, "steps": steps, "batch": batch},
    )
    return StaticEmbedder.load(out)


def _show(done: int, total: int, loss: float) -> None:
    if done % 50 == 0 or done == total:
        _say(f"Steg {done} av {total}, förlust {loss:.3f}.")


def _say(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
