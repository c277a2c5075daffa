"""Writing with a chat model on this machine: how long a step takes, with and without ten looked-up tokens, and whether looking up pays.

The models have the shapes of Qwen3-0.6B and Qwen3-1.7B (their published ``config.json``) and random weights: time and memory hang on the
shape alone. What looking up would find is counted on the samples' own drafts, given token by token as if a model had written them, with
the project's own tokenizer in the place of Qwen's. Each shape runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from assistant.draft.chat_local import LOOKED_UP, dtype_here
from eval.bench.figures import Figure, Measured

NAME: Final = "generation"
TITLE: Final = "Att skriva med en språkmodell på den här datorn"

SHAPES: Final[dict[str, dict[str, int]]] = {
    "liten": {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
              "vocab_size": 1000},
    "Qwen3-0.6B": {"hidden_size": 1024, "intermediate_size": 3072, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8,
                   "head_dim": 128, "vocab_size": 151936},
    "Qwen3-1.7B": {"hidden_size": 2048, "intermediate_size": 6144, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8,
                   "head_dim": 128, "vocab_size": 151936},
}  # fmt: skip
_THREADS = 2
_PROMPT = 1500  # tokens: an item with its notes and last year's comment
_TIMEOUT = 1500.0


@dataclass(frozen=True, slots=True)
class Replayed:
    """Texts given token by token with prompt lookup: how many tokens, steps that had something to propose, steps that had not."""

    tokens: int
    proposing: int
    bare: int
    accepted: int

    @property
    def accepted_a_step(self) -> float:
        """Proposed tokens that were right, a step that proposed; 0 where none did."""
        return self.accepted / self.proposing if self.proposing else 0.0

    def gain(self, cost: float) -> float:
        """How many times faster the texts are written where a step that proposes costs ``cost`` steps that do not."""
        return self.tokens / (self.proposing * cost + self.bare) if self.tokens else 1.0


def measure(folder: Path, *, quick: bool = False, progress: Callable[[int, int], None] | None = None) -> Measured:
    """The figures of each shape; quick: a shape of two small layers and four samples. ``folder`` is not needed.

    Raises:
        RuntimeError: a shape could not be run here, for want of memory or time.
    """
    drafts, written = replayed(limit=4 if quick else None)
    shapes = ["liten"] if quick else [name for name in SHAPES if name != "liten"]
    figures = [
        Figure("godtagna ordbitar av tio per uppslag, reglernas utkast", drafts.accepted_a_step, "", n=drafts.proposing),
        Figure("godtagna ordbitar av tio per uppslag, det som sedan skrevs", written.accepted_a_step, "", n=written.proposing),
    ]
    for at, name in enumerate(shapes):
        figures += _of_shape(name, _run(name, quick=quick), drafts, written)
        if progress is not None:
            progress(at + 1, len(shapes))
    return Measured(NAME, TITLE, tuple(figures), _remarks(quick))


def replayed(limit: int | None = None) -> tuple[Replayed, Replayed]:
    """Prompt lookup over the samples' real prompts: for the drafts of the rules, and for what was then really written."""
    from tokenizers import Tokenizer

    from assistant.draft.model_draft import messages
    from eval.draft import cases, evidence_of

    tokenizer = Tokenizer.from_file(str(files("index") / "model" / "tokenizer.json"))
    found = cases("all")[:limit]
    prompts = ["\n".join(message.content for message in messages(evidence_of(case))) for case in found]

    def ids(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    return (
        _sum(replay(ids(prompt), ids(case.draft.text)) for prompt, case in zip(prompts, found, strict=True)),
        _sum(replay(ids(prompt), ids(case.written)) for prompt, case in zip(prompts, found, strict=True)),
    )


def replay(prompt: Sequence[int], output: Sequence[int], *, proposed: int = LOOKED_UP, longest: int = 3) -> Replayed:
    """``output`` after ``prompt``, as transformers' prompt lookup would go through it: the leftmost earlier place of the last three tokens (else
    two, else one) gives up to ``proposed`` tokens; those that are right, and one more, come out of the step."""
    text, end = list(prompt), len(prompt) + len(output)
    wanted = [*prompt, *output]
    proposing = bare = accepted = 0
    while len(text) < end:
        guess = _looked_up(text, proposed, longest)
        right = 0
        while right < len(guess) and len(text) + right < end - 1 and guess[right] == wanted[len(text) + right]:
            right += 1
        proposing, bare, accepted = proposing + bool(guess), bare + (not guess), accepted + right
        text = wanted[: len(text) + right + 1]
    return Replayed(len(output), proposing, bare, accepted)


def _looked_up(text: list[int], proposed: int, longest: int) -> list[int]:
    for size in range(min(longest, len(text) - 1), 0, -1):
        last = text[-size:]
        for at in range(len(text) - size):
            if text[at : at + size] == last:
                return text[at + size : at + size + proposed]
    return []


def _sum(rows: Iterator[Replayed]) -> Replayed:
    every = list(rows)
    return Replayed(*(sum(getattr(row, name) for row in every) for name in ("tokens", "proposing", "bare", "accepted")))


def _of_shape(name: str, run: dict[str, Any], drafts: Replayed, written: Replayed) -> list[Figure]:
    one, ten = ([wall for wall, _ in run[kind]] for kind in ("one", "ten"))
    cost = statistics.median(ours / theirs for (_, ours), (_, theirs) in zip(run["ten"], run["one"], strict=True))
    return [
        _spread(f"{name}: ett steg", [1000 * t for t in one], "ms"),
        _spread(f"{name}: ett steg med {LOOKED_UP} uppslagna ordbitar", [1000 * t for t in ten], "ms"),
        _spread(f"{name}: ett steg, processortid", [1000 * t for _, t in run["one"]], "ms"),
        _spread(f"{name}: ett steg med {LOOKED_UP} uppslagna ordbitar, processortid", [1000 * t for _, t in run["ten"]], "ms"),
        Figure(f"{name}: det uppslagna steget mot det vanliga, processortid", cost, "×", n=len(ten)),
        Figure(f"{name}: godtagna ordbitar per uppslag då det lönar sig", cost - 1, ""),
        Figure(f"{name}: vinst med uppslag, reglernas utkast", drafts.gain(cost), "×", n=drafts.tokens),
        Figure(f"{name}: vinst med uppslag, det som sedan skrevs", written.gain(cost), "×", n=written.tokens),
        Figure(
            f"{name}: läsa en fråga på {run['prompt']} ordbitar, ordbitar per sekund",
            run["prompt"] / min(wall for wall, _ in run["prefill"]),
            "",
            n=len(run["prefill"]),
        ),
        Figure(
            f"{name}: samma, per processorsekund",
            run["prompt"] / min(used for _, used in run["prefill"]),
            "",
            n=len(run["prefill"]),
        ),
        Figure(f"{name}: vikterna i minnet", run["weights"] / 1e6, "MB"),
        Figure(f"{name}: största minne", run["peak"] / 1e6, "MB"),
    ]


def _spread(name: str, values: Sequence[float], unit: str) -> Figure:
    low, middle, high = statistics.quantiles(values, n=4)
    return Figure(name, middle, unit, n=len(values), low=low, high=high)


def _remarks(quick: bool) -> tuple[str, ...]:
    shape = "En liten modell" if quick else "Modeller med formen hos Qwen3-0.6B och Qwen3-1.7B"
    return (
        f"{shape} och slumpade vikter, {_THREADS} trådar; klocktid, och processortid där det står. Steg med och utan uppslag görs om vartannat"
        f" efter {100 if quick else _PROMPT} ordbitar.",
        f"Uppslagen är räknade på exempelrapporternas {'fyra första' if quick else '36'} utkast med projektets egna ordbitar i stället för Qwens.",
    )


def _run(name: str, *, quick: bool) -> dict[str, Any]:
    """One shape in a process of its own."""
    # Threads that wait must not count as work: the comparison is in processor seconds, which a busy neighbour hardly changes.
    environment = {**os.environ, "OMP_NUM_THREADS": str(_THREADS), "OMP_WAIT_POLICY": "PASSIVE", "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "eval.bench.generation", name, "quick" if quick else "full"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=_TIMEOUT, check=False,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{name} blev inte klar på {_TIMEOUT:.0f} sekunder: mät på en ledig dator.") from None
    if done.returncode:
        raise RuntimeError(f"{name} kunde inte köras (status {done.returncode}): {done.stderr.strip()[-300:] or 'minnet tog slut'}")
    value: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return value


def timed(name: str, *, prompt: int, steps: int, prefills: int) -> dict[str, Any]:
    """Seconds on the clock and of the processor for each prefill and step of the shape ``name`` with random weights, in this process; its
    weights and peak memory in bytes."""
    import torch
    from transformers import AutoModelForCausalLM, DynamicCache, Qwen3Config

    torch.set_num_threads(_THREADS)
    torch.manual_seed(1)
    shape: dict[str, Any] = {**SHAPES[name], "tie_word_embeddings": True, "max_position_embeddings": 4096}
    config = Qwen3Config(**shape)
    loader: Any = AutoModelForCausalLM
    model = loader.from_config(config, dtype=dtype_here(torch)).eval()
    words = torch.randint(0, SHAPES[name]["vocab_size"], (1, prompt + LOOKED_UP + 1))
    taken: dict[str, list[tuple[float, float]]] = {"prefill": [], "one": [], "ten": []}

    def measured(kind: str, count: int, begin: int, kept: int) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        model(words[:, begin : begin + count], past_key_values=cache, use_cache=True, logits_to_keep=kept)
        taken[kind].append((time.perf_counter() - wall, time.process_time() - processor))

    with torch.inference_mode():
        for _ in range(prefills):
            cache: Any = DynamicCache(config=config)
            measured("prefill", prompt, 0, 1)
        for _ in range(steps + 1):
            for kind, count in (("one", 1), ("ten", LOOKED_UP + 1)):
                measured(kind, count, prompt, count)
                cache.crop(-count)
    weights = sum({weight.data_ptr(): weight.nbytes for weight in model.parameters()}.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "prompt": prompt,
        "weights": weights,
        "peak": peak,
        "prefill": taken["prefill"],
        "one": taken["one"][1:],
        "ten": taken["ten"][1:],
    }


if __name__ == "__main__":
    small = sys.argv[2] == "quick"
    print(json.dumps(timed(sys.argv[1], prompt=100 if small else _PROMPT, steps=4 if small else 12, prefills=1 if small else 2)))
