"""What goes wrong is one Swedish sentence on the page; a mistake of the program keeps its traceback for the terminal."""

from __future__ import annotations

import gradio as gr
import pytest

from assistant.errors import BadOption
from assistant.ui.events import Event, _shown, sentence
from index.errors import LibraryLocked


def test_errors_for_people_are_said_as_they_are() -> None:
    assert sentence(LibraryLocked("Biblioteket används.")) == "Biblioteket används."


def test_a_mistake_of_the_program_is_said_without_its_inside(capsys: pytest.CaptureFixture[str]) -> None:
    shown = _shown(KeyError("hemlig nyckel"))
    assert isinstance(shown, gr.Error) and "hemlig" not in shown.message and "KeyError" in shown.message
    assert "hemlig nyckel" in capsys.readouterr().err  # the traceback, for the one who started the program


def test_what_a_person_can_mend_leaves_no_traceback_and_markup_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    shown = _shown(BadOption("Filen <img src=x> finns inte."))
    assert isinstance(shown, gr.Error) and "&lt;img" in shown.message and "<img" not in shown.message
    assert capsys.readouterr().err == ""


def test_an_event_gives_its_fields_as_text() -> None:
    event = Event({"a": "x", "b": 3, "c": None})
    assert (event.text("a"), event.text("b"), event.text("c"), event.text("d")) == ("x", "3", "", "")
