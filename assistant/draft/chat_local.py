"""A chat model on this machine, through transformers: from a folder, or from the local cache by its hub id. Nothing is downloaded.

torch and transformers are imported when a model is loaded. Knows nothing of prompts or drafts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import Any

from assistant.draft.chat import Message, ModelFailed, ModelMissing, ModelUnusable, without_thinking
from assistant.model_needs import recommended

LOOKED_UP = 10
"""Tokens proposed at a time by prompt lookup: drafts copy, and a copied token costs a fraction of a written one."""
_HUB_ID = re.compile(r"(?:[\w.-]+/)?[\w.-]+")
_PATIENCE = 600.0  # seconds without a token: a model of several billion weights on a busy laptop needs minutes for a long prompt


class LocalModel:
    """A transformers model with its tokenizer. ``LocalModel.load`` gives one."""

    def __init__(self, name: str, tokenizer: Any, model: Any) -> None:
        self.name = name
        self._tokenizer = tokenizer
        self._model = model

    @classmethod
    def load(cls, name: str) -> LocalModel:
        """The model in folder ``name``, or of hub id ``name`` where it has been fetched.

        In bfloat16 where the processor computes in it (AVX512-BF16, AMX) or a GPU is there, else in float32.

        Raises:
            ModelMissing: it is not on this machine; the message says how to get it.
            ModelUnusable: the files are no chat model, or the library that reads them is not installed.
        """
        folder = Path(name).expanduser()
        if name.startswith((".", "/", "~")) and not folder.is_dir():
            raise missing(name)
        try:
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer
        except ImportError as error:
            raise ModelUnusable(f"Biblioteket {error.name} saknas. Installera det med: pip install transformers torch") from error
        from index.model_folder import load_quietly

        load_quietly()
        where = str(folder) if folder.is_dir() else name
        try:
            tokenizer: Any = AutoTokenizer.from_pretrained(where, local_files_only=True)
            model: Any = AutoModelForCausalLM.from_pretrained(where, local_files_only=True, dtype=dtype_here(torch))
        except (OSError, ValueError, KeyError) as error:
            raise _not_loaded(name, folder, error) from error
        if not tokenizer.chat_template:
            raise ModelUnusable(
                f"Modellen {name} har ingen chattmall och kan inte följa instruktioner. Välj en chattmodell: assistant models"
            )
        model.eval()
        if torch.cuda.is_available():
            model.to("cuda")
        return cls(name, tokenizer, model)

    def stream(self, messages: Sequence[Message], *, max_tokens: int, stop: Event | None = None) -> Iterator[str]:
        """As ``ChatModel.stream``."""
        yield from without_thinking(self._pieces(messages, max_tokens, stop or Event(), Event()))

    def _pieces(self, messages: Sequence[Message], max_tokens: int, stop: Event, ended: Event) -> Iterator[str]:
        """``stop`` is the caller's and only looked at; ``ended`` is set when nobody reads any longer."""
        from queue import Empty

        from transformers import StoppingCriteriaList, TextIteratorStreamer

        encoded = self._encoded(messages)
        streamer: Any = TextIteratorStreamer(self._tokenizer, skip_prompt=True, timeout=_PATIENCE, skip_special_tokens=True)
        failures: list[BaseException] = []
        options: dict[str, Any] = {
            **encoded,
            "streamer": streamer,
            "max_new_tokens": max_tokens,
            "do_sample": False,
            "temperature": None,
            "top_p": None,
            "top_k": None,
            "stopping_criteria": StoppingCriteriaList([_until(stop, ended)]),
        }
        if not getattr(self._model, "_is_stateful", False):  # models with a state of their own cannot take a token back
            options |= {"prompt_lookup_num_tokens": LOOKED_UP, "max_matching_ngram_size": 3}
        if self._tokenizer.pad_token_id is None:
            options["pad_token_id"] = self._tokenizer.eos_token_id

        def work() -> None:
            try:
                self._model.generate(**options)
            except BaseException as error:  # handed to the reader, who would wait for ever otherwise
                failures.append(error)
            finally:
                streamer.end()

        thread = Thread(target=work, daemon=True)
        thread.start()
        try:
            for piece in streamer:
                if stop.is_set():
                    break
                yield piece
        except Empty:
            raise ModelFailed(
                f"Modellen {self.name} har inte skrivit något på {_PATIENCE:.0f} sekunder. Välj en mindre modell."
            ) from None
        finally:
            ended.set()
            thread.join(timeout=30)
        if failures:
            raise ModelFailed(f"Modellen {self.name} kunde inte skriva: {failures[0]}") from failures[0]

    def _encoded(self, messages: Sequence[Message]) -> dict[str, Any]:
        turns = [{"role": message.role, "content": message.content} for message in messages]
        options: dict[str, Any] = {"add_generation_prompt": True, "return_tensors": "pt", "return_dict": True}
        try:
            encoded = self._tokenizer.apply_chat_template(turns, enable_thinking=False, **options)
        except Exception as error:
            if "system" not in str(error).lower():
                raise ModelUnusable(f"Modellens chattmall kan inte användas: {error}") from error
            merged = [
                {"role": "user", "content": "\n\n".join(turn["content"] for turn in turns)}
            ]  # templates without a system turn
            encoded = self._tokenizer.apply_chat_template(merged, enable_thinking=False, **options)
        return {key: value.to(self._model.device) for key, value in encoded.items()}


def _until(*events: Event) -> Any:
    from transformers import StoppingCriteria

    class Stopped(StoppingCriteria):  # type: ignore[misc, unused-ignore]
        """Ends the generation when one of the events is set."""

        def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
            import torch

            return torch.full(
                (input_ids.shape[0],), any(event.is_set() for event in events), dtype=torch.bool, device=input_ids.device
            )

    return Stopped()


def dtype_here(torch: Any) -> Any:
    """The number type that a model is loaded in: bfloat16 halves memory and time where the processor has it, and doubles the time where it does not."""
    if torch.cuda.is_available():
        return torch.bfloat16
    probes = (getattr(torch.cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return torch.bfloat16 if any(probe is not None and probe() for probe in probes) else torch.float32


def missing(name: str) -> ModelMissing:
    """That no model ``name`` is on this machine, and how to get it."""
    if name.startswith((".", "/", "~")):
        fetch = f"hf download {recommended('chat')[1]['id']} --local-dir {name}"
        return ModelMissing(
            f"Mappen {name} finns inte. Ange mappen där modellen ligger, eller hämta en dit: {fetch} (fler modeller: assistant models)."
        )
    if not _HUB_ID.fullmatch(name):
        return ModelMissing(
            f"{name} är varken en mapp, ett namn på Hugging Face (som Qwen/Qwen3-1.7B) eller en adress som börjar med http://."
        )
    return ModelMissing(
        f"Modellen {name} finns inte på den här datorn, och ingen mapp här heter så. Hämta den med: hf download {name} "
        "(namnet som på Hugging Face), eller ange en mapp. Se assistant models."
    )


def _not_loaded(name: str, folder: Path, error: Exception) -> ModelMissing | ModelUnusable:
    if not folder.is_dir():
        return missing(name)
    config = folder / "config.json"
    if not config.is_file():
        return ModelUnusable(f"Mappen {name} innehåller ingen modell: filen config.json saknas.")
    try:
        kind = json.loads(config.read_text(encoding="utf-8")).get("model_type", "okänd")
    except (ValueError, AttributeError):
        return ModelUnusable(f"Modellen i {name} kan inte läsas: config.json är skadad. Hämta modellen igen.")
    return ModelUnusable(f"Modellen i {name} (typ {kind}) kan inte läsas: {str(error).splitlines()[0]}")
