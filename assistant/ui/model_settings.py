"""The models of the tab Inställningar: which are in use, what another one needs before it is loaded, and the change with progress and a way to stop.

A model is tried before it becomes the setting: one that is missing or does not work changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.command_embedder import full_name
from assistant.model_needs import Needs, free_memory, is_address, needs, recommended, sources
from assistant.ui.background import Background, Stopped
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event, connect, sentence
from assistant.ui.markup import render
from assistant.ui.panel import panel
from index.errors import NoLibrary
from index.library import NO_EMBEDDER

if TYPE_CHECKING:
    import gradio as gr

    from index.library import Library

BUILT_IN = {"embedder": "builtin", "model": "regler"}
"""What each setting is called where nothing is to be fetched."""
KINDS = {
    "embedder": ("Sökningens modell", "Inbyggd svensk modell (följer med)"),
    "model": ("Utkast och sammanfattningar", "Inbyggda regler, utan språkmodell (följer med)"),
}
"""Each setting's title, and what its built-in choice is called."""
WORDS_ALONE = "Ingen: sökning med enbart ord"
"""What the search without a model is called."""


@dataclass(slots=True)
class _Progress:
    done: int = 0
    total: int = 0


def build(desk: Desk) -> tuple[gr.HTML, ModelSettings, Any]:
    """The forms, what they do, and the event after which a model is another."""
    work = ModelSettings(desk)
    forms = panel("", ["look"], elem_id="installning-modeller")
    shown = panel("", ["use", "stop", "leave"], elem_id="installning-modellbyte")
    connect(forms.look, work.look, [], [shown])
    used = connect(shown.use, work.use, [], [shown], group="modellbyte", limit=1)
    connect(shown.stop, work.stop, [], [])
    connect(shown.leave, lambda event: "", [], [shown])
    connect(used.then, work.forms, [], [forms])
    return forms, work, used


class ModelSettings:
    """What the forms do, apart from how they look."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._work = Background()

    def forms(self, event: Event) -> str:
        """Both settings with what is in use chosen, and the models that are recommended."""
        names = {kind: in_use(self._desk, kind) for kind in KINDS}
        return render(
            "models.html",
            kinds=KINDS,
            built_in=BUILT_IN,
            in_use=names,
            own={kind: name if called(kind, name) == name else "" for kind, name in names.items()},
            others={"embedder": (NO_EMBEDDER, WORDS_ALONE)},
            sources=sources(),
            recommended={"embedder": recommended("embedder"), "model": recommended("chat")},
        )

    def look(self, event: Event) -> str:
        """What the chosen model needs, before anything is loaded; the change itself is a click further on."""
        kind, name = self._chosen(event)
        if name == in_use(self._desk, kind):
            return render("hint.html", text=f"{KINDS[kind][0]}: {called(kind, name)} används redan.")
        ours = called(kind, name) != name
        found = Needs() if ours else needs(name, "chat" if kind == "model" else "embedder")
        return render(
            "model_choice.html",
            kind=kind,
            name=name,
            title=KINDS[kind][0],
            called=called(kind, name),
            needs=found,
            free=free_memory(),
            here=ours or found.folder is not None or is_address(name),
            address=is_address(name),
            to_embed=kind == "embedder" and name != NO_EMBEDDER,
        )

    def use(self, event: Event) -> Iterator[str]:
        """The change: the model tried, all texts embedded where it is the search's, then the setting; how far it has come as it goes."""
        kind, name = self._chosen(event)
        library = self._library()
        progress = _Progress()
        change = self._embed(library, name, progress) if kind == "embedder" else self._try_out(library, name)
        for outcome in self._work.watch(event.session, change):
            if outcome is None:
                yield render("model_change.html", called=called(kind, name), kind=kind, done=progress.done, total=progress.total)
            elif outcome.error is None:
                yield render("hint.html", text=f"{KINDS[kind][0]}: {called(kind, name)} används nu.")
            elif isinstance(outcome.error, Stopped):
                yield render(
                    "hint.html", text="Bytet är stoppat, och den tidigare modellen används. Det som hann göras finns kvar."
                )
            else:
                yield render("hint.html", text=f"{sentence(outcome.error)} Den tidigare modellen används.")

    def stop(self, event: Event) -> None:
        """Let the change of this page stop."""
        self._work.stop(event.session)

    def _embed(self, library: Library, name: str, progress: _Progress) -> Callable[[threading.Event], None]:
        def work(stop: threading.Event) -> None:
            def tell(done: int, total: int) -> None:
                if stop.is_set():
                    raise Stopped
                progress.done, progress.total = done, total

            library.reembed(name, progress=tell)

        return work

    def _try_out(self, library: Library, name: str) -> Callable[[threading.Event], None]:
        def work(stop: threading.Event) -> None:
            assistant = self._desk.assistant
            tried = assistant.chat_model(name)
            if tried is None:
                library.settings.pop("model", None)
                assistant.release_chat_model()
                return
            from assistant.draft.chat import Message

            for _ in tried.stream([Message("user", "Svara med ett ord: hej.")], max_tokens=8, stop=stop):
                pass
            if stop.is_set():
                assistant.release_chat_model()
                raise Stopped
            library.settings["model"] = name

        return work

    def _library(self) -> Library:
        try:
            return self._desk.assistant.library
        except NoLibrary:
            raise PageError("Det finns inget bibliotek än. Läs in en rapport först.") from None

    def _chosen(self, event: Event) -> tuple[str, str]:
        kind = event.text("kind")
        if kind not in KINDS:
            raise PageError("Valet gick inte att läsa. Ladda om sidan och försök igen.")
        fixed = {"built-in": BUILT_IN[kind], "none": NO_EMBEDDER if kind == "embedder" else ""}
        typed = event.text("name").strip()
        name = fixed.get(event.text("choice")) or (full_name(typed) if typed else "")
        if not name:
            raise PageError("Ange en mapp med modellen, eller modellens namn.")
        return kind, name


def in_use(desk: Desk, kind: str) -> str:
    """The name of the model in use; that of the built-in choice where nothing else is set."""
    return (desk.model if kind == "model" else desk.setting(kind)) or BUILT_IN[kind]


def called(kind: str, name: str) -> str:
    """How the screen names a choice: our own in words, others by their names."""
    if name == BUILT_IN[kind]:
        return KINDS[kind][1]
    return WORDS_ALONE if (kind, name) == ("embedder", NO_EMBEDDER) else name
