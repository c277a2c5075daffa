"""What drafting asks of a chat model, and how one is had by its name. One method; each kind of model is a file of its own.

Knows nothing of prompts or drafts. Loading a model imports its library; this module does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from threading import Event


class ChatModelError(AssistantError):
    """Base of what goes wrong with a chat model; the message says what, and what to do."""


class ModelMissing(ChatModelError):
    """The model is not on this machine."""


class ModelUnusable(ChatModelError):
    """The files are there but make no chat model."""


class ModelFailed(ChatModelError):
    """The model stopped with an error in the middle of its work."""


class ServerUnreachable(ChatModelError):
    """No answer from the address given."""


class ServerRefused(ChatModelError):
    """The server answered, but with an error."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatModel(Protocol):
    """A language model that continues a conversation."""

    @property
    def name(self) -> str:
        """What the draft says it was written by."""

    def stream(self, messages: Sequence[Message], *, max_tokens: int, stop: Event | None = None) -> Iterator[str]:
        """The model's answer in pieces as they come, without its thinking; greedy, so that the same messages give the same text.

        Setting ``stop`` ends it early. Raises ChatModelError.
        """


def load_chat_model(name: str) -> ChatModel:
    """The chat model ``name``: the address of an OpenAI-compatible server, else a folder or hub id for transformers.

    Nothing is downloaded. Raises ChatModelError.
    """
    if re.match(r"https?://", name, re.IGNORECASE):
        from assistant.draft.chat_server import ServerModel

        return ServerModel(name)
    from assistant.draft.chat_local import LocalModel

    return LocalModel.load(name)


def without_thinking(pieces: Iterable[str]) -> Iterator[str]:
    """``pieces`` without a leading ``<think>…</think>`` and the blanks around it; one that never closes gives nothing."""
    held = ""
    passing = False
    for piece in pieces:
        if passing:
            yield piece
            continue
        held += piece
        bare = held.lstrip()
        if "<think>".startswith(bare[:7]) and len(bare) < 7:
            continue
        if bare.startswith("<think>"):
            _, closed, rest = bare.partition("</think>")
            if not closed or not rest.lstrip():
                continue
            bare = rest.lstrip()
        passing = True
        yield bare
    if not passing and held.strip() and not held.lstrip().startswith("<think>"):
        yield held.lstrip()
