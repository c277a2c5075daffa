"""A chat model behind an OpenAI-compatible server (vLLM, llama.cpp, Ollama, ``transformers serve``), over HTTP.

The address the user gives is the only host that is talked to: no proxy, no redirect is followed. Knows nothing of prompts or drafts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.draft.chat import Message, ServerRefused, ServerUnreachable, without_thinking

if TYPE_CHECKING:
    import httpx

KEY = "ASSISTANT_MODEL_KEY"
"""The environment variable with the server's key, where it asks for one."""
_PATIENCE = 600.0  # seconds for the first word of a long prompt on a slow machine
_CONNECT = 5.0
_REASONS = {
    "refused": "ingen svarar på porten",
    "name or service not known": "namnet är okänt",
    "name resolution": "namnet är okänt",
    "getaddrinfo": "namnet är okänt",
    "unreachable": "nätet når den inte",
    "disconnected": "den stängde förbindelsen utan att svara",
    "peer closed": "den stängde förbindelsen mitt i svaret",
    "incomplete": "den stängde förbindelsen mitt i svaret",
    "reset by peer": "den bröt förbindelsen",
    "certificate": "dess certifikat godkänns inte",
    "ssl": "en säker förbindelse gick inte att upprätta",
    "protocol": "adressen är ofullständig",
    "invalid": "adressen är felskriven",
    "idna": "adressen är felskriven",
    "label": "adressen är felskriven",
}
"""What the libraries below say in English, as the Swedish reason."""


class ServerModel:
    """The model that the server at ``address`` serves; of several the first, or the one named after "#" ("http://…/v1#qwen3")."""

    def __init__(self, address: str) -> None:
        base, _, chosen = address.partition("#")
        self.address = base.rstrip("/").removesuffix("/chat/completions")
        if not self.address.endswith("/v1"):
            self.address += "/v1"
        self._chosen = chosen

    @property
    def name(self) -> str:
        """The address, with the model's name where one was chosen."""
        return f"{self.address}#{self._chosen}" if self._chosen else self.address

    def stream(self, messages: Sequence[Message], *, max_tokens: int, stop: Event | None = None) -> Iterator[str]:
        """As ``ChatModel.stream``."""
        yield from without_thinking(self._pieces(messages, max_tokens, stop))

    def _pieces(self, messages: Sequence[Message], max_tokens: int, stop: Event | None) -> Iterator[str]:
        import httpx

        with self._client() as client:
            try:
                chosen = self._chosen or self._first_model(client)
                body: dict[str, Any] = {
                    **({"model": chosen} if chosen else {}),
                    "messages": [{"role": message.role, "content": message.content} for message in messages],
                    "max_tokens": max_tokens,
                    "temperature": 0,
                    "stream": True,
                }
                # Not every server knows the switch for thinking; one that refuses it is asked again without.
                for extra in ({"chat_template_kwargs": {"enable_thinking": False}}, {}):
                    with client.stream("POST", f"{self.address}/chat/completions", json=body | extra) as response:
                        if response.status_code in (400, 422) and extra:
                            continue
                        self._accept(response)
                        yield from _read(response, stop)
                        return
            except httpx.TimeoutException as error:
                raise ServerUnreachable(
                    f"Servern {self.address} svarade inte i tid. Försök igen, eller välj en mindre modell."
                ) from error
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                raise ServerUnreachable(
                    f"Servern {self.address} går inte att nå ({_why(error)}). Kontrollera adressen och att den är startad."
                ) from error

    def _client(self) -> httpx.Client:
        import httpx

        key = os.environ.get(KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        timeout = httpx.Timeout(_PATIENCE, connect=_CONNECT)
        return httpx.Client(timeout=timeout, headers=headers, trust_env=False, follow_redirects=False)

    def _first_model(self, client: httpx.Client) -> str | None:
        """The first model that the server lists; None where it lists none, as one that was started with a model in a folder."""
        response = client.get(f"{self.address}/models")
        self._accept(response)
        try:
            models = response.json()["data"]
            return str(models[0]["id"]) if models else None
        except (ValueError, LookupError, TypeError):
            raise ServerRefused(
                f"Servern {self.address} säger inte vilken modell den har. Ange den efter #: {self.address}#modell"
            ) from None

    def _accept(self, response: httpx.Response) -> None:
        if response.status_code == 200:
            return
        response.read()
        if response.status_code in (401, 403):
            raise ServerRefused(f"Servern {self.address} kräver en nyckel. Ange den i miljövariabeln {KEY}.")
        if response.status_code in (301, 302, 307, 308):
            raise ServerRefused(
                f"Servern {self.address} hänvisar till en annan adress. Ange den adressen själv om du litar på den."
            )
        said = " ".join(response.text.split())[:200]
        raise ServerRefused(f"Servern {self.address} svarade med fel {response.status_code}: {said or 'utan förklaring'}")


def _why(error: Exception) -> str:
    """Why a server cannot be reached, in Swedish where it is one of the usual reasons."""
    said = str(error)
    for words, why in _REASONS.items():
        if words in said.lower():
            return why
    return said or type(error).__name__


def _read(response: httpx.Response, stop: Event | None) -> Iterator[str]:
    """The text of server-sent events, or of one plain JSON answer where the server does not stream."""
    if "text/event-stream" not in response.headers.get("content-type", ""):
        response.read()
        yield _content(_parsed(response.text), "message")
        return
    for line in response.iter_lines():
        if stop is not None and stop.is_set():
            return
        if not line.startswith("data:"):
            continue
        data = line[5:].strip()
        if data == "[DONE]":
            return
        piece = _content(_parsed(data), "delta")
        if piece:
            yield piece


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        raise ServerRefused(f"Servern svarade med något som inte är JSON: {text[:80]!r}") from None
    if not isinstance(value, dict):
        raise ServerRefused("Servern svarade i ett okänt format.")
    if "error" in value:
        said = value["error"]
        raise ServerRefused(f"Servern avbröt: {said.get('message', said) if isinstance(said, dict) else said}")
    return value


def _content(value: Mapping[str, Any], part: str) -> str:
    choices = value.get("choices") or []
    return str((choices[0].get(part) or {}).get("content") or "") if choices else ""
