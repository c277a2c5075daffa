"""The second space: texts that belong together are drawn close, all others of the batch pushed apart (InfoNCE, both ways).

Starts from the first space and keeps a share of it at the end, which costs nothing on text like the training text and helps on
other text. A piece's row is its own plus what it shares with its relatives. Knows nothing of where pairs come from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.train.pairs import Batch, Ids, PairSampler
from index.train.relatives import Relatives

if TYPE_CHECKING:
    import torch

Rows = NDArray[np.float32]

BATCH = 1536
STEPS = 800
_TEMPERATURE = 0.07
_RATE = 3e-3
_WARM_UP = 100
_LAST_RATE = 0.02
_KEPT = 0.3


def contrast(
    first: Rows,
    pairs: PairSampler,
    relatives: Relatives,
    *,
    seed: int,
    steps: int = STEPS,
    batch: int = BATCH,
    device: str = "cpu",
    progress: Callable[[int, int, float], None] | None = None,
) -> Rows:
    """Rows as in ``first``, trained. ``progress`` is called after each step with (steps done, steps in all, loss).

    The same seed, machine and number of torch threads give the same rows.
    """
    import torch
    from torch.nn import functional

    torch.manual_seed(seed)
    own = torch.nn.Parameter(torch.from_numpy(first.copy()).to(device))
    scale = torch.from_numpy(np.linalg.norm(first, axis=1, keepdims=True).astype(np.float32)).to(device)
    cells = relatives.shared.tocoo()
    places = torch.from_numpy(np.vstack([cells.row, cells.col]).astype(np.int64))
    links = torch.sparse_coo_tensor(places, torch.from_numpy(cells.data), cells.shape, check_invariants=False).coalesce().to(device)
    shared = torch.nn.Parameter(torch.zeros(cells.shape[1], first.shape[1], device=device))
    optimiser = torch.optim.Adam([own, shared], lr=_RATE, betas=(0.9, 0.99), fused=True)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / _WARM_UP) * max(_LAST_RATE, 1.0 - step / steps)
        drawn = pairs.draw(batch)
        rows = own + scale * torch.sparse.mm(links, shared)
        left, right = (functional.normalize(_means(rows, side, device), dim=1) for side in (drawn.left, drawn.right))
        scores = (left @ right.T / _TEMPERATURE).masked_fill(_same_group(drawn, device), -1e4)
        target = torch.arange(len(scores), device=device)
        loss = (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if progress is not None:
            progress(step + 1, steps, loss.item())
    with torch.no_grad():
        trained = (own + scale * torch.sparse.mm(links, shared)).cpu().numpy()
    return joined(trained, first)


def joined(trained: Rows, first: Rows) -> Rows:
    """``trained`` plus 0.3 of ``first``, each brought to mean square length 1 before; they share a basis, so rows may be added."""
    rows = _levelled(trained) + _KEPT * _levelled(first)
    rows[0] = 0.0
    return rows


def _levelled(rows: Rows) -> Rows:
    length = float(np.sqrt(np.square(rows, dtype=np.float64).sum(axis=1).mean()))
    return rows / np.float32(length if length > 0 else 1.0)


def _means(rows: torch.Tensor, texts: list[Ids], device: str) -> torch.Tensor:
    import torch

    flat = torch.from_numpy(np.concatenate(texts)).to(device)
    starts = torch.from_numpy(np.cumsum([0, *(len(text) for text in texts[:-1])])).to(device)
    return torch.nn.functional.embedding_bag(flat, rows, starts, mode="mean")


def _same_group(batch: Batch, device: str) -> torch.Tensor:
    import torch

    same = batch.groups[:, None] == batch.groups[None, :]
    np.fill_diagonal(same, False)
    return torch.from_numpy(same).to(device)
