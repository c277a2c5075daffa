"""Chat models: a tiny real one with random weights, a real server on this machine, and what becomes of what they write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from draft_items import evidence
from tiny_chat_model import chat_model

from assistant.draft.chat import (
    ChatModelError,
    Message,
    ModelMissing,
    ModelUnusable,
    ServerRefused,
    ServerUnreachable,
    load_chat_model,
    without_thinking,
)
from assistant.draft.chat_local import LOOKED_UP, LocalModel, dtype_here
from assistant.draft.compose import compose
from assistant.draft.model_draft import checked, compose_with_model, messages
from assistant.model_needs import needs

COMMENT = "Ung Väg arbetar i Hammarliden. Teamet har haft kontakt med 74 ungdomar. En handbok ska tas fram till hösten 2025."
NOTES = ["teamet 88 ungd.", "nytt avtal m. Älvsundahem 22 april", "ring Eva Lind 070-123 45 67"]


class Scripted:
    """A chat model that says what it was told to, piece by piece, and remembers what it was asked."""

    name = "skriptad"

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces
        self.asked: list[Message] = []

    def stream(self, asked: Sequence[Message], *, max_tokens: int, stop: Event | None = None) -> Iterator[str]:
        self.asked = list(asked)
        for piece in self.pieces:
            if stop is not None and stop.is_set():
                return
            yield piece


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["Hej", " där."], "Hej där."),
        (["<think>", "hm", "</think>", "\n\nSvar."], "Svar."),
        (["<th", "ink>x</th", "ink>Svar", "."], "Svar."),
        (["<think>tar aldrig slut"], ""),
        ([" \n", "Svar."], "Svar."),
        (["<b>fet"], "<b>fet"),
        ([], ""),
    ],
)
def test_thinking_is_taken_away(pieces: list[str], text: str) -> None:
    assert "".join(without_thinking(pieces)) == text


def test_the_model_is_given_notes_and_what_stands_and_nothing_stale() -> None:
    system, user = messages(evidence(COMMENT, NOTES))
    assert (system.role, user.role) == ("system", "user")
    assert "Ung Väg arbetar i Hammarliden." in user.content
    assert "teamet 88 ungdomar" in user.content
    for absent in ("74", "hösten 2025", "070", "Eva Lind"):
        assert absent not in user.content


def test_sound_sentences_are_the_text() -> None:
    pieces: list[str] = []
    model = Scripted(
        "Ung Väg arbetar i Hammarliden. ",
        "Teamet har haft kontakt med 88 ungdomar.\n\n",
        "Ett nytt avtal med Älvsundahem tecknades den 22 april.",
    )
    made = compose_with_model(evidence(COMMENT, NOTES), model, on_text=pieces.append)
    assert (
        made.text
        == "Ung Väg arbetar i Hammarliden. Teamet har haft kontakt med 88 ungdomar.\n\nEtt nytt avtal med Älvsundahem tecknades den 22 april."
    )
    assert [s.status for s in made.sentences] == ["carried_forward", "rewritten", "from_notes"]
    assert (made.backend, "".join(pieces)) == ("skriptad", "".join(model.pieces))
    assert made.left_out and made.commitments


def test_what_the_model_makes_up_stays_out_and_is_shown() -> None:
    model = Scripted(
        "Teamet har haft kontakt med 120 ungdomar. En konferens lockade gästföreläsare från hela länet. Teamet har haft kontakt med 74 ungdomar."
    )
    made = compose_with_model(evidence(COMMENT, NOTES), model)
    assert "120" not in made.text and "konferens" not in made.text and "74" not in made.text
    assert [s.text for s in made.sentences if s.status == "unsupported"] == [
        "Teamet har haft kontakt med 120 ungdomar.",
        "En konferens lockade gästföreläsare från hela länet.",
        "Teamet har haft kontakt med 74 ungdomar.",
    ]
    assert "model_unsupported" in [flag.code for flag in made.flags]


def test_notes_that_the_model_left_out_are_added_by_the_rules_and_say_so() -> None:
    made = compose_with_model(evidence(COMMENT, NOTES), Scripted("Ung Väg arbetar i Hammarliden."))
    ruled = compose(evidence(COMMENT, NOTES))
    assert "88" in made.text and "22 april" in made.text
    added = [s for s in made.sentences if "added_by_rules" in [flag.code for flag in s.flags]]
    assert {s.text for s in added} == {s.text for s in ruled.sentences if any(source.kind == "note" for source in s.sources)}


def test_markdown_and_repeats_are_cleaned_away() -> None:
    made = checked(
        evidence(COMMENT, []),
        compose(evidence(COMMENT, [])),
        "## Utkast\n\n- **Ung Väg arbetar i Hammarliden.**\n- Ung Väg arbetar i Hammarliden.",
        backend="x",
    )
    assert made.text == "Ung Väg arbetar i Hammarliden."


def test_stopping_keeps_what_came() -> None:
    stop = Event()
    model = Scripted("Ung Väg arbetar i Hammarliden.", " Teamet har")
    made = compose_with_model(evidence(COMMENT, []), model, on_text=lambda _: stop.set(), stop=stop)
    assert made.text == "Ung Väg arbetar i Hammarliden."
    assert "stopped" in [flag.code for flag in made.flags]


# A local model


@pytest.fixture(scope="session")
def tiny_chat_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real Qwen3 with random weights in a folder."""
    return chat_model(tmp_path_factory.mktemp("chat"), [COMMENT, *NOTES])


@pytest.mark.slow
def test_a_tiny_real_model_writes_and_is_checked(tiny_chat_model: Path) -> None:
    """Random weights write nonsense: none of it may stand in the text, and the notes still do."""
    import torch

    torch.set_num_threads(1)
    model = load_chat_model(str(tiny_chat_model))
    asked = [Message("system", "Skriv."), Message("user", COMMENT)]
    first, second = ("".join(model.stream(asked, max_tokens=12)) for _ in range(2))
    assert first == second != ""
    pieces: list[str] = []
    made = compose_with_model(evidence(COMMENT, NOTES), model, on_text=pieces.append)
    assert pieces
    assert made.backend == str(tiny_chat_model)
    assert "88" in made.text and "74" not in made.text
    sound = [s for s in made.sentences if s.status != "unsupported"]
    assert all(s.sources for s in sound)
    assert made.text.replace("\n\n", " ") == " ".join(s.text for s in sound)


@pytest.mark.slow
def test_the_memory_a_model_needs_is_that_of_its_weights_as_loaded(tiny_chat_model: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(str(tiny_chat_model), dtype=dtype_here(torch))
    stored = {weight.data_ptr(): weight.nbytes for weight in model.parameters()}
    assert needs(str(tiny_chat_model)).memory == sum(stored.values())
    assert needs(str(tmp_path)).memory == 0
    (tmp_path / "model.safetensors").write_bytes(b"")
    assert needs(str(tmp_path)).memory == 0


@pytest.mark.slow
def test_thinking_is_off_and_the_prompt_is_copied_from(tiny_chat_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template is asked for no thinking; prompt lookup is left out for a model that cannot take a token back, with the same text."""
    model = LocalModel.load(str(tiny_chat_model))
    asked: list[dict[str, Any]] = []
    generate = model._model.generate

    def noted(**options: Any) -> Any:
        asked.append(options)
        return generate(**options)

    monkeypatch.setattr(model._model, "generate", noted)
    turns = [Message("user", COMMENT)]
    copied = "".join(model.stream(turns, max_tokens=16))
    prompt = model._tokenizer.decode(asked[0]["input_ids"][0])
    assert prompt.endswith("<|im_start|>assistant\n<think>\n\n</think>\n\n")
    assert asked[0]["prompt_lookup_num_tokens"] == LOOKED_UP
    monkeypatch.setattr(type(model._model), "_is_stateful", True)
    assert "".join(model.stream(turns, max_tokens=16)) == copied
    assert "prompt_lookup_num_tokens" not in asked[1]


@pytest.mark.slow
def test_a_local_model_can_be_stopped(tiny_chat_model: Path) -> None:
    model = load_chat_model(str(tiny_chat_model))
    stop = Event()
    written = []
    for piece in model.stream([Message("user", COMMENT)], max_tokens=4000, stop=stop):
        written.append(piece)
        stop.set()
    assert len(written) == 1


@pytest.mark.slow
def test_a_local_model_that_was_not_stopped_does_not_say_so(tiny_chat_model: Path) -> None:
    stop = Event()
    made = compose_with_model(evidence(COMMENT, []), load_chat_model(str(tiny_chat_model)), stop=stop)
    assert not stop.is_set() and "stopped" not in [flag.code for flag in made.flags]


@pytest.mark.slow
def test_what_is_no_chat_model_says_why(tiny_chat_model: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"ingen finns inte\. .* hf download \S+/\S+ --local-dir "):
        load_chat_model(str(tmp_path / "ingen"))
    (tmp_path / "tom").mkdir()
    with pytest.raises(ModelUnusable, match=r"config\.json saknas"):
        load_chat_model(str(tmp_path / "tom"))
    (tmp_path / "tom" / "config.json").write_text("{trasig", encoding="utf-8")
    with pytest.raises(ModelUnusable, match="skadad"):
        load_chat_model(str(tmp_path / "tom"))
    with pytest.raises(ModelMissing, match="hf download ingen/sadan-modell"):
        load_chat_model("ingen/sadan-modell")
    mute = tmp_path / "stum"
    mute.mkdir()
    for path in tiny_chat_model.iterdir():
        if path.name != "chat_template.jinja":
            text = path.read_bytes()
            if path.name == "tokenizer_config.json":
                config = json.loads(text)
                config.pop("chat_template", None)
                text = json.dumps(config).encode()
            (mute / path.name).write_bytes(text)
    with pytest.raises(ModelUnusable, match="chattmall"):
        load_chat_model(str(mute))


# A server


class Server(BaseHTTPRequestHandler):
    """An OpenAI-compatible server: streams its words, refuses unknown options where told to, remembers what it was asked."""

    words = ("<think>hm</think>", "Ung Väg arbetar", " i Hammarliden.")
    refuse_extra = False
    streams = True
    status = 200
    raw: bytes | None = None
    models: tuple[str, ...] = ("qwen3-provmodell",)
    bodies: list[dict[str, Any]] = []  # noqa: RUF012 - shared by the requests of one test, emptied by the fixture

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing."""

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status == 302:
            self.send_header("Location", "http://192.0.2.1/v1/models")
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        data = json.dumps({"data": [{"id": name} for name in self.models]}).encode()
        self._send(type(self).status, "application/json", data)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).bodies.append(body)
        if self.raw is not None:
            self._send(200, "text/event-stream", self.raw)
        elif self.refuse_extra and "chat_template_kwargs" in body:
            self._send(400, "application/json", b'{"error": {"message": "unknown field"}}')
        elif self.streams:
            lines = [json.dumps({"choices": [{"delta": {"content": word}}]}) for word in self.words]
            self._send(200, "text/event-stream", "".join(f"data: {line}\n\n" for line in [*lines, "[DONE]"]).encode())
        else:
            answer = {"choices": [{"message": {"content": "".join(self.words)}}]}
            self._send(200, "application/json", json.dumps(answer).encode())


@pytest.fixture
def server() -> Iterator[tuple[str, type[Server]]]:
    """A server on a free port of this machine, and its class to set what it does."""
    kind = type("OneServer", (Server,), {"bodies": []})
    running = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", kind
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.mark.parametrize(("streams", "refuses"), [(True, False), (True, True), (False, False)])
def test_a_server_writes(server: tuple[str, type[Server]], streams: bool, refuses: bool) -> None:
    address, kind = server
    kind.streams, kind.refuse_extra = streams, refuses
    model = load_chat_model(address)
    made = compose_with_model(evidence(COMMENT, []), model)
    assert made.text == "Ung Väg arbetar i Hammarliden."
    assert made.backend == f"{address}/v1"
    asked = kind.bodies[-1]
    assert (asked["model"], asked["temperature"], asked["stream"]) == ("qwen3-provmodell", 0, True)
    assert [turn["role"] for turn in asked["messages"]] == ["system", "user"]
    assert len(kind.bodies) == (2 if refuses else 1)


def test_a_model_can_be_chosen_by_name(server: tuple[str, type[Server]]) -> None:
    address, kind = server
    list(load_chat_model(f"{address}/v1#annan").stream([Message("user", "hej")], max_tokens=5))
    assert kind.bodies[-1]["model"] == "annan"


def test_a_server_can_be_stopped(server: tuple[str, type[Server]]) -> None:
    stop = Event()
    stop.set()
    assert list(load_chat_model(server[0]).stream([Message("user", "hej")], max_tokens=5, stop=stop)) == []


@pytest.mark.parametrize(
    ("status", "said"), [(401, "ASSISTANT_MODEL_KEY"), (500, "fel 500"), (302, "hänvisar till en annan adress")]
)
def test_a_server_that_refuses(server: tuple[str, type[Server]], status: int, said: str) -> None:
    server[1].status = status
    with pytest.raises(ServerRefused, match=said):
        list(load_chat_model(server[0]).stream([Message("user", "hej")], max_tokens=5))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"data: <html>\n\n", "inte är JSON"),
        (b"data: [1, 2]\n\n", "okänt format"),
        (b'data: {"error": {"message": "minnet tog slut"}}\n\n', "minnet tog slut"),
    ],
)
def test_a_server_that_answers_something_else(server: tuple[str, type[Server]], raw: bytes, said: str) -> None:
    server[1].raw = raw
    with pytest.raises(ServerRefused, match=said):
        list(load_chat_model(server[0]).stream([Message("user", "hej")], max_tokens=5))


def test_an_answer_without_words_gives_the_rules_draft(server: tuple[str, type[Server]]) -> None:
    server[1].raw = b'data: {"choices": []}\n\ndata: {"choices": [{"delta": {}}]}\n\ndata: [DONE]\n\n'
    made = compose_with_model(evidence(COMMENT, NOTES), load_chat_model(server[0]))
    assert "88" in made.text and "22 april" in made.text


def test_a_server_that_lists_no_model_is_asked_for_the_one_it_has(server: tuple[str, type[Server]]) -> None:
    server[1].models = ()
    assert list(load_chat_model(server[0]).stream([Message("user", "hej")], max_tokens=5))
    assert "model" not in server[1].bodies[-1]


def test_no_server_at_the_address() -> None:
    with pytest.raises(ServerUnreachable, match="går inte att nå"):
        list(load_chat_model("http://127.0.0.1:9").stream([Message("user", "hej")], max_tokens=5))
    assert issubclass(ServerUnreachable, ChatModelError)


@pytest.mark.parametrize("address", ["http://[::1", "http://", "https://exempel..se/v1"])
def test_an_address_that_is_none_is_said_to_be(address: str) -> None:
    with pytest.raises(ServerUnreachable, match=r"adressen är (?:felskriven|ofullständig)"):
        list(load_chat_model(address).stream([Message("user", "hej")], max_tokens=5))
