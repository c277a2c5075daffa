"""The tab Fråga: a conversation about the reports. Each turn is asked of the assistant with the turns before it; nothing is kept between them here.

The turns live in the person's own browser, so that they are there after a reload and never in anyone else's page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.ui.ask_summary import SummaryWork
from assistant.ui.ask_view import turn, welcome
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, connect
from assistant.ui.panel import above, panel, step, thread

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer import Answer

MOST_TURNS = 40
"""Turns kept; the oldest fall away."""
LONGEST = 2000
"""Characters of a question that are read."""

Turns = list[list[Any]]
"""What the browser keeps: for each turn its text and the keys of the chips taken away."""


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts of the tab that others connect to."""

    thread: gr.HTML
    welcome: gr.HTML
    turns: gr.BrowserState
    work: Conversation


def build(desk: Desk) -> AskTab:
    """The tab's parts, connected."""
    import gradio as gr

    talk = Conversation(desk)
    turns = gr.BrowserState([], storage_key="uppfoljning:samtal", secret="samtal")
    welcome = panel("", ["ask"], elem_id="valkommen")
    shown = thread(["ask", "without", "feedback", "open", "draft", "summarise", "stop"], elem_id="samtal", elem_classes="thread")
    summary = above(elem_id="samtal-sammanfattning")
    with gr.Row(elem_classes="composer"):
        box = gr.Textbox(
            label="Din fråga om rapporterna",
            placeholder="Skriv en kod (5:2), ett ämne eller en fråga …",
            lines=1,
            max_lines=5,
            max_length=LONGEST,
            submit_btn="Fråga",
            autofocus=True,
            elem_id="fraga",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
        )
    with gr.Row(elem_classes="under-composer"):
        fresh = gr.Button("Nytt samtal", size="sm", elem_classes="quiet", elem_id="nytt-samtal")
        save = gr.Button("Spara samtalet som text", size="sm", elem_classes="quiet", elem_id="spara-samtal")
    asking = "(text, turns) => { window.sida.waiting(text); return [text, turns]; }"
    asked = connect(box.submit, talk.ask, [box, turns], [shown, turns, box], js=asking)
    asked.failure(None, js="() => window.sida.settle()", show_progress="hidden", api_visibility="private")
    for part in (shown, welcome):
        connect(part.ask, talk.ask_example, [turns], [shown, turns])
    connect(shown.without, talk.without, [turns], [shown, turns])
    connect(shown.feedback, talk.feedback, [turns], [])
    connect(shown.summarise, talk.summarise, [turns], [summary], mode="multiple", group="modell", limit=2)
    connect(shown.stop, talk.stop, [], [])
    connect(fresh.click, talk.fresh, [], [shown, turns])
    save.click(None, js="() => window.sida.saveTalk()")
    return AskTab(shown, welcome, turns, talk)


class Conversation:
    """What the tab does, apart from how it looks. Holds nothing of any conversation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._summary = SummaryWork(desk)

    def ask(self, event: Event, text: str, turns: Turns) -> tuple[object, Turns, str]:
        """A new turn: its markup, the turns with it, and an empty box. An empty question changes nothing."""
        known = clean(turns)
        text = (text or "").strip()[:LONGEST]
        if not text:
            raise PageError("Skriv en fråga först, till exempel en kod som 5:2.")
        if not self._desk.rows():
            raise PageError("Det finns inga rapporter att fråga om än. Läs in dem under fliken Rapporter.")
        html, known = self._answered(text, known)
        return step("add", html, len(known)), known, ""

    def ask_example(self, event: Event, turns: Turns) -> tuple[object, Turns]:
        """A new turn from a button that carries its question."""
        made, known, _ = self.ask(event, event.text("text"), turns)
        return made, known

    def without(self, event: Event, turns: Turns) -> tuple[object, Turns]:
        """A turn asked again without one more of its chips, or with all of them ("" as key)."""
        known = clean(turns)
        number = _number(event, known)
        text, dropped = known[number - 1]
        key = event.text("key")
        known[number - 1] = [text, [*dropped, key] if key and key not in dropped else [] if not key else dropped]
        return step("update", self._turn(number, known), number), known

    def feedback(self, event: Event, turns: Turns) -> None:
        """What is wrong with an answer, kept in the library."""
        import gradio as gr

        known = clean(turns)
        number = _number(event, known)
        text, answer = known[number - 1][0], self._answer(number, known)
        self._desk.assistant.library.save_feedback(
            text,
            "down",
            reason=event.text("reason").strip(),
            answer=answer.text,
            item_ids=[source.item.id for source in answer.sources],
            author=event.user,
        )
        gr.Info("Sparat i biblioteket. Det används bara i utvärderingen.", title="Tack")

    def summarise(self, event: Event, turns: Turns) -> Iterator[object]:
        """What the model says of a turn's answer, as it is written."""
        known = clean(turns)
        number = _number(event, known)
        yield from self._summary.write(event, self._answer(number, known), number)

    def stop(self, event: Event) -> None:
        """Let the model stop writing."""
        self._summary.stop(event)

    def fresh(self, event: Event) -> tuple[object, Turns]:
        """An empty conversation."""
        return step("set", ""), []

    def restore(self, event: Event, turns: Turns) -> object:
        """The conversation that the browser has kept, asked again; nothing where it has none."""
        known = clean(turns) if self._desk.rows() else []
        return step("restore", "".join(self._turn(number, known) for number in range(1, len(known) + 1)))

    def welcome(self, event: Event) -> Iterator[str]:
        """What is shown as long as nothing was asked: at once, and again with the examples once they are made."""
        rows = self._desk.rows()
        items, years = sum(row.items for row in rows), [row.year for row in rows]
        if not self._desk.examples.ready:
            yield welcome(reports=len(rows), items=items, years=years, examples=[])
        yield welcome(reports=len(rows), items=items, years=years, examples=self._desk.examples())

    def _answered(self, text: str, known: Turns) -> tuple[str, Turns]:
        known = [*known, [text, []]][-MOST_TURNS:]
        return self._turn(len(known), known), known

    def _turn(self, number: int, known: Turns) -> str:
        text, dropped = known[number - 1]
        return turn(number, text, self._answer(number, known), dropped=dropped, model=self._desk.model)

    def _answer(self, number: int, known: Turns) -> Answer:
        text, dropped = known[number - 1]
        history = _texts(known[: number - 1])
        return self._desk.assistant.ask(text, history=history, current_year=self._desk.given_year, without=dropped)


def clean(turns: object) -> Turns:
    """The turns as the browser sent them, with anything that is no turn left out: what a browser keeps may be old or changed."""
    made: Turns = []
    for entry in turns if isinstance(turns, list) else []:
        if isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) and isinstance(entry[1], list):
            made.append([entry[0][:LONGEST], [key for key in entry[1] if isinstance(key, str)]])
    return made[-MOST_TURNS:]


def _texts(turns: Turns) -> Sequence[str]:
    return [str(text) for text, _ in turns]


def _number(event: Event, turns: Turns) -> int:
    number = int(event.text("turn")) if event.text("turn").isdigit() else 0
    if not 1 <= number <= len(turns):
        raise PageError("Den frågan finns inte kvar i samtalet. Ställ den igen.")
    return number
