"""Models are chosen on the page: what one needs is said before it is loaded, a missing one changes nothing, a change can be stopped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import model_server
from tiny_models import sentence_model

from assistant import Assistant
from assistant.draft.chat_local import dtype_here
from assistant.model_needs import needs, recommended
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.model_settings import ModelSettings, in_use
from assistant.ui.settings import SettingsWork

gradio = pytest.importorskip("gradio")


@pytest.fixture
def desk(sample_library: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        yield Desk(assistant)


def weights(folder: Path, size: int, **config: str) -> Path:
    """A folder with as many bytes of weights, which nothing loads."""
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(bytes(size))
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def test_what_a_model_needs_is_its_weights_as_they_are_loaded(tmp_path: Path) -> None:
    import torch

    a_number = dtype_here(torch).itemsize
    full, half = weights(tmp_path / "hel", 1000, dtype="float32"), weights(tmp_path / "halv", 1000, torch_dtype="bfloat16")
    assert (needs(str(full)).disk, needs(str(full)).memory) == (1000, 250 * a_number)
    assert (needs(str(half)).disk, needs(str(half)).memory) == (1000, 500 * a_number)
    assert needs(str(half), "embedder").memory == 1000  # loaded as it is stored
    header = json.dumps({"__metadata__": {}, "a": {"shape": [3, 4]}, "b": {"shape": [5]}}).encode()
    (half / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(100))
    (half / "part.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    assert needs(str(half)).memory == 2 * 17 * a_number
    for nowhere in (str(tmp_path / "ingen"), "agare/finns-inte", "http://127.0.0.1:9/v1", "../..\\x"):
        assert needs(nowhere).memory == 0, nowhere


def test_both_settings_are_shown_with_what_is_in_use_and_what_may_be_chosen(desk: Desk) -> None:
    shown = ModelSettings(desk).forms(Event({}))
    assert shown.count('value="built-in" checked') == 2
    assert all(row["id"] in shown and row["memory"] in shown for kind in ("embedder", "chat") for row in recommended(kind))
    desk.assistant.library.settings["model"] = '<b>/modell"'
    shown = ModelSettings(desk).forms(Event({}))
    assert shown.count('value="own" checked') == 1 and 'value="&lt;b&gt;/modell&#34;"' in shown


def test_the_memory_is_said_before_anything_is_loaded(desk: Desk, tmp_path: Path) -> None:
    folder = weights(tmp_path / "modell", 3_000_000, dtype="float16")
    said = ModelSettings(desk).look(Event({"kind": "embedder", "choice": "own", "name": str(folder)}))
    assert "3 MB på disk" in said and "0,0 GB minne" in said and 'data-do="use"' in said
    missing = ModelSettings(desk).look(Event({"kind": "model", "choice": "own", "name": "agare/finns-inte"}))
    assert "hittas inte på den här datorn" in missing
    server = ModelSettings(desk).look(Event({"kind": "model", "choice": "own", "name": "http://192.0.2.1/v1"}))
    assert "skickas dit" in server
    assert "används redan" in ModelSettings(desk).look(Event({"kind": "model", "choice": "built-in", "name": ""}))
    for wrong in ({"kind": "annat", "choice": "own", "name": "x"}, {"kind": "model", "choice": "own", "name": " "}):
        with pytest.raises(PageError):
            ModelSettings(desk).look(Event(wrong))


def test_a_model_that_is_missing_says_so_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    work = ModelSettings(desk)
    for kind, name in (("embedder", str(tmp_path / "ingen")), ("model", "http://127.0.0.1:9/v1")):
        *_, last = work.use(Event({"kind": kind, "name": name}, "", "sida"))
        assert name in last and "Den tidigare modellen används." in last
        assert desk.setting(kind) == "" and in_use(desk, kind) in ("builtin", "regler")


@pytest.mark.slow
def test_another_embedder_is_taken_into_use_with_progress_and_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    words = ["trygghet", "familjer", "rutin", "polisen", "skolan"]
    name = str(sentence_model(tmp_path / "liten", words))
    work, event = ModelSettings(desk), Event({"kind": "embedder", "name": name}, "", "sida")
    changing = work.use(event)
    assert "Läser in" in next(changing)
    work.stop(event)
    *_, last = changing
    assert "Bytet är stoppat" in last and desk.setting("embedder") == ""
    assert desk.assistant.ask("strategi 5:2 i plan 1").status == "answered"
    *_, last = work.use(event)
    assert "används nu" in last and desk.setting("embedder") == name
    *_, back = work.use(Event({"kind": "embedder", "name": "builtin"}, "", "sida"))
    assert "Inbyggd svensk modell" in back and in_use(desk, "embedder") == "builtin"


def test_what_leaves_the_machine_is_said_as_it_is(desk: Desk) -> None:
    *_, alone = SettingsWork(desk).show(Event({}))
    desk.assistant.library.settings["model"] = "http://127.0.0.1:11434/v1"
    *_, own_server = SettingsWork(desk).show(Event({}))
    desk.assistant.library.settings["model"] = "https://modell.example/v1"
    *_, other = SettingsWork(desk).show(Event({}))
    assert "<strong>Ingenting.</strong>" in alone and "<strong>Ingenting.</strong>" in own_server
    assert "Ingenting.</strong>" not in other and "skickas till språkmodellen på https://modell.example/v1" in other


def test_words_alone_can_be_chosen_and_left_again_at_once(desk: Desk) -> None:
    work, alone = ModelSettings(desk), Event({"kind": "embedder", "choice": "none", "name": "ingen"}, "", "sida")
    assert "gås igenom" not in work.look(alone) and "Modellen hittas inte" not in work.look(alone)
    *_, said = work.use(alone)
    assert "Ingen: sökning med enbart ord används nu" in said
    assert 'value="none" checked' in work.forms(Event({}))
    assert desk.assistant.search("felaktiga utbetalningar", year=2025)[0].item.code == "5:2"
    assert desk.assistant.search("xyzzy") == []  # a word that no report has is near nothing
    *_, back = work.use(Event({"kind": "embedder", "choice": "built-in", "name": ""}, "", "sida"))
    assert "Inbyggd svensk modell" in back and 'value="none" checked' not in work.forms(Event({}))
    assert desk.assistant.search("xyzzy") != []


def test_a_chat_model_that_was_tried_is_the_one_that_writes(desk: Desk) -> None:
    work = ModelSettings(desk)
    with model_server(["Hej."]) as address:
        *_, said = work.use(Event({"kind": "model", "choice": "own", "name": address}, "", "sida"))
        assert "används nu" in said and desk.model == address
        kept = desk.assistant.chat_model()
        assert kept is desk.assistant.chat_model(address)
    *_, said = work.use(Event({"kind": "model", "choice": "built-in", "name": ""}, "", "sida"))
    assert "Inbyggda regler" in said and desk.model == "" and desk.assistant.chat_model() is None
