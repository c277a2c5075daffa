"""The assistant as one object: a library folder with everything that can be done to it. The command line and the page are thin faces of it.

Knows nothing of terminals or pages. What a package further down is needed for is imported when it is needed, so that opening is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.draft import AS_BEFORE
from assistant.errors import AmbiguousItem, BadOption, UnknownItem, UnknownOrganisation
from corpus.model import ItemKey, slug
from index.filters import Filter
from index.library import Library

if TYPE_CHECKING:
    from threading import Event

    from assistant.answer import Answer
    from assistant.catalogue import Catalogue
    from assistant.draft.chat import ChatModel
    from assistant.ingest import IngestResult, Reading
    from assistant.summary import Summary
    from corpus.model import AnswerValue, Draft, DraftState, Item
    from index.embedding import Embedder
    from index.values import Finding, Hit, Holding, ReportRow

DEFAULT_FOLDER = Path("data") / "library"
"""The library's folder below the working directory, where neither an argument nor ``$ASSISTANT_LIBRARY`` names one."""


class Assistant:
    """A library and what can be asked of it. ``Assistant.open`` gives one; it is a context manager and may be used by many threads."""

    def __init__(self, folder: Path, *, embedder: Embedder | str | None = None, current_year: int | None = None) -> None:
        self.folder = folder
        self._embedder = embedder
        self._current_year = current_year
        self._library: Library | None = None
        self._chat: tuple[str, ChatModel] | None = None
        self._loading = Lock()
        self._catalogue: tuple[tuple[tuple[Holding, ...], str | None, int], Catalogue] | None = None

    @classmethod
    def open(
        cls, path: Path | str | None = None, *, embedder: Embedder | str | None = None, current_year: int | None = None
    ) -> Assistant:
        """The assistant over the library in ``path`` (else ``$ASSISTANT_LIBRARY``, else ``data/library``).

        A library that is there is opened at once; one that is not is made by the first ``ingest``, and everything else raises NoLibrary.
        ``embedder`` and ``current_year`` are used instead of the library's settings.

        Raises:
            index.errors.LibraryError: a library is there and cannot be opened.
        """
        assistant = cls(Path(path) if path is not None else default_folder(), embedder=embedder, current_year=current_year)
        if (assistant.folder.exists() and not assistant.folder.is_dir()) or (assistant.folder / "library.sqlite").exists():
            assistant.library  # noqa: B018 - opened now, so that what is wrong with it is said now
        return assistant

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the library and of a chat model. Closing twice is allowed."""
        self.release_chat_model()
        if self._library is not None:
            self._library.close()
            self._library = None

    @property
    def library(self) -> Library:
        """The library, opened at the first use.

        Raises:
            index.errors.LibraryError: there is none, or it cannot be opened.
        """
        return self._opened(create=False)

    def _opened(self, *, create: bool) -> Library:
        if self._library is None:
            self._library = Library.open(self.folder, create=create, embedder=self._embedder)
        return self._library

    # Reports

    def read(self, path: Path | str) -> Reading:
        """A file read, with the organisation and year that it proposes, to be shown before ``ingest``.

        Raises:
            corpus.errors.CorpusError: the file cannot be read, and why.
        """
        from assistant.ingest import read

        return read(path)

    def ingest(self, path: Path | str | Reading, *, year: int | None = None, organisation: str | None = None) -> IngestResult:
        """A report file (or what ``read`` gave) put into the library, which is made where there is none; all of it or nothing.

        ``year`` and ``organisation`` that are not given must be proven by the document.

        Raises:
            corpus.errors.CorpusError: the file cannot be read, or its year or organisation is not proven.
            index.errors.LibraryError: why it could not be stored.
        """
        from assistant.ingest import read, store

        reading = read(path) if isinstance(path, str | Path) else path
        return store(reading, self._opened(create=True), year=year, organisation=organisation)

    def reports(self, *, all_versions: bool = False) -> list[ReportRow]:
        """The reports by organisation and year; with ``all_versions`` also those that a newer version has replaced."""
        return self.library.reports(all_versions=all_versions)

    def remove(self, report_id: str) -> None:
        """Take a report out of the library, everywhere. Drafts, notes and feedback stay.

        Raises:
            index.errors.UnknownReport: no such report.
        """
        self.library.remove(report_id)

    def items(
        self, *, year: int | None = None, organisation: str | None = None, plan: int | str | None = None, answer: str | None = None
    ) -> list[Item]:
        """The items of the reports, in their order. ``answer`` in any case ("nej"), "" for items without one.

        Raises:
            BadOption: no such answer. UnknownOrganisation: no report from it.
        """
        return self.library.items(self._filter(year=year, organisation=organisation, plan=plan, answer=answer))

    # Questions

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        year: int | None = None,
        organisation: str | None = None,
        plan: int | str | None = None,
        answer: str | None = None,
        code: str | None = None,
        kind: str | None = None,
    ) -> list[Hit]:
        """The items nearest to ``text``, best first, one hit an item and report; nothing is held back for being far off.

        Raises:
            BadOption, UnknownOrganisation: a filter that cannot be. index.errors.BadQuestion: a limit below one.
        """
        where = self._filter(year=year, organisation=organisation, plan=plan, answer=answer, code=code, kind=kind)
        return self.library.search(text, limit=limit, filter=where)

    def ask(
        self,
        text: str,
        *,
        history: Sequence[str] = (),
        current_year: int | None = None,
        organisation: str | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """The answer to ``text``, after the user's earlier turns in ``history`` (oldest first).

        ``current_year`` is what "i år" means and ``organisation`` whose reports are meant, instead of the settings; ``without`` are keys of
        chips (``Answer.chips``) that the user has taken away. The same arguments always give the same answer.

        Raises:
            UnknownOrganisation: no report from it.
        """
        from assistant.dialogue import converse

        catalogue = self.catalogue(current_year=current_year)
        whose = self._organisation(organisation, catalogue.organisations)
        return converse([*history, text], self.library, catalogue, organisation=whose, without=without)

    def summarise(
        self,
        answer: Answer,
        *,
        model: str | None = None,
        on_text: Callable[[str], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Summary | None:
        """What the sources of ``answer`` say, shortly and in a chat model's words, each sentence checked; the answer is as it was.

        ``model`` as for ``draft``. None where no model is set, and for an answer without sources. ``on_text`` is called with each piece
        of the text as it comes; once ``stop`` says True the writing ends, and what came so far is kept.

        Raises:
            assistant.draft.chat.ChatModelError: the model cannot be had or fails.
        """
        chosen = self.chat_model(model) if answer.status == "answered" and answer.sources else None
        if chosen is None:
            return None
        from assistant.summary import summarise

        return summarise(answer, chosen, on_text=on_text, stop=stop)

    def chat_model(self, name: str | None = None) -> ChatModel | None:
        """The chat model ``name``, else that of the settings; None where the built-in rules are to write.

        Loaded once and kept until another is asked for or the assistant is closed: loading one can take minutes.

        Raises:
            assistant.draft.chat.ChatModelError: it cannot be had.
        """
        from assistant.draft import RULES

        chosen = name or str(self.library.settings.get("model") or "")
        if not chosen or chosen.lower() in RULES:
            return None
        from assistant.draft.chat import load_chat_model

        with self._loading:
            kept = self._chat
            if kept is None or kept[0] != chosen:
                self._chat = kept = None  # before the next is loaded: there may be memory for one only
                self._chat = kept = chosen, load_chat_model(chosen)
            return kept[1]

    def release_chat_model(self) -> None:
        """Let go of the chat model and its memory; the next that needs it loads it anew. Whoever is using it keeps it until done."""
        self._chat = None

    def catalogue(self, *, current_year: int | None = None) -> Catalogue:
        """What the library holds, as questions are understood against it."""
        from assistant.catalogue import Catalogue

        setting = self.library.settings.get("organisation")
        made_of = self.library.holdings(), str(setting) if setting else None, self.current_year(current_year)
        if self._catalogue is None or self._catalogue[0] != made_of:
            holdings, own, year = made_of
            self._catalogue = made_of, Catalogue.of(holdings, own=own, current_year=year)
        return self._catalogue[1]

    def current_year(self, given: int | None = None) -> int:
        """The year that "i år" means: the one given, else that of the settings, else the clock's."""
        setting = self.library.settings.get("current_year")
        return given or self._current_year or (int(setting) if setting else datetime.now(UTC).astimezone().year)

    # Drafts

    def item(
        self, item_key: str | Item, *, year: int | None = None, plan: int | str | None = None, organisation: str | None = None
    ) -> Item:
        """The one item that ``item_key`` means: a code ("5:2", "strategi 5:2") or ``ItemKey.id``; its newest report before ``year``.

        Raises:
            UnknownItem: no such item; the nearest are named. AmbiguousItem: several; they are named.
        """
        from assistant.items import find_item

        if not isinstance(item_key, str):
            return item_key
        catalogue = self.catalogue()
        whose = self._organisation(organisation, catalogue.organisations)
        return find_item(self.library, catalogue, item_key, year=year, plan=plan, organisation=whose)

    def draft(
        self,
        item_key: str | Item | ItemKey,
        *,
        year: int,
        notes: Sequence[str] = (),
        model: str | None = None,
        plan: int | str | None = None,
        organisation: str | None = None,
        others: bool = False,
        on_text: Callable[[str], None] | None = None,
        stop: Event | None = None,
    ) -> Draft:
        """A draft of the comment of an item for ``year``, from the comments of earlier years and the officer's ``notes``.

        ``model`` is a chat model to write it with (a folder, a hub id, an address), else that of the settings, else the
        built-in rules; "regler" is the rules whatever the settings say. ``others`` adds what other organisations wrote, to look at.
        ``on_text`` is called with each piece of a model's text as it comes; setting ``stop`` ends the writing.

        Raises:
            UnknownItem, AmbiguousItem: the item is not one. Errors of ``assistant.draft``: a model that cannot be had.
        """
        from assistant.draft import compose_draft

        if isinstance(notes, str):
            raise TypeError(f"notes is a sequence of texts, not one text: {notes!r}")
        key = (
            item_key if isinstance(item_key, ItemKey) else self.item(item_key, year=year, plan=plan, organisation=organisation).key
        )
        chosen = self.chat_model(model)
        return compose_draft(
            self.library, key, year=year, notes=tuple(notes), model=chosen, others=others, on_text=on_text, stop=stop
        )

    def revise(
        self, draft: Draft, text: str, *, answer: AnswerValue | str | None = AS_BEFORE, state: DraftState | None = None
    ) -> Draft:
        """``draft`` with the officer's ``text``, every sentence checked anew; ``answer`` and ``state`` as before where they are not given."""
        from assistant.draft import revise_draft

        return revise_draft(self.library, draft, text, answer=answer, state=state)

    def save_draft(self, draft: Draft, *, author: str = "") -> int:
        """Store a version of a draft; gives its number, from 1. Earlier versions stay."""
        return self.library.save_draft(draft, author=author)

    def export(self, drafts: Sequence[Draft] | Draft, path: Path | str, *, sources: bool = False) -> Path:
        """Drafts written to a file whose ending says the format; gives its path. With ``sources`` each sentence says where it comes from.

        Several drafts are a report: in Word they are filled into last year's own file where that was Word, and items without a draft are
        left empty there. ``assistant.draft.export.export_report`` also says what was left and why a file could not be filled. A file that
        stood there is kept under another name.

        Raises: errors of ``assistant.draft.export``: an unknown format, nothing to write, a file that cannot be written.
        """
        from assistant.draft.export import export_drafts, export_report

        chosen = list(drafts) if isinstance(drafts, Sequence) else [drafts]
        if len(chosen) > 1:
            return export_report(self.library, chosen, Path(path), sources=sources).path
        return export_drafts(self.library, chosen, Path(path), sources=sources)

    # Care

    def check(self, *, repair: bool = False) -> list[Finding]:
        """What is wrong with the library, worst first; with ``repair`` mended where that loses nothing."""
        return self.library.check(repair=repair)

    def backup(self, path: Path | str) -> None:
        """The library in one file, taken while it is in use."""
        self.library.backup(Path(path))

    def _filter(
        self,
        *,
        year: int | None,
        organisation: str | None,
        plan: int | str | None,
        answer: str | None,
        code: str | None = None,
        kind: str | None = None,
    ) -> Filter:
        number = plan if isinstance(plan, int) else int(plan) if plan and plan.isdigit() else None
        name = plan if plan is not None and number is None else None
        whose = self._organisation(organisation, None) if organisation else None
        return Filter(
            year=year,
            organisation=whose,
            plan=number,
            plan_name=str(name) if name is not None else None,
            answer=canonical_answer(answer),
            code=code.replace(".", ":") if code else None,
            kind=kind,
        )

    def _organisation(self, given: str | None, there: Sequence[str] | None) -> str | None:
        """The organisation that was given, as the library writes it; also by the words that tell it from the others ("Sydväst")."""
        if not given:
            return None
        names = list(there) if there is not None else sorted({row.organisation for row in self.library.reports()})
        exact = [name for name in names if slug(name) == slug(given)]
        parts = [name for name in names if set(slug(given).split("-")) <= set(slug(name).split("-"))]
        chosen = exact or parts
        if len(chosen) != 1:
            said = ", ".join(names) or "inga"
            raise UnknownOrganisation(f"Det finns ingen rapport från organisationen {given}. Organisationer i biblioteket: {said}.")
        return chosen[0]


def default_folder() -> Path:
    """The library's folder where none is named: ``$ASSISTANT_LIBRARY``, else ``data/library`` below the working directory."""
    import os

    return Path(os.environ.get("ASSISTANT_LIBRARY") or DEFAULT_FOLDER)


def canonical_answer(answer: str | None) -> str | None:
    """An answer as the reports have it: "nej" is "Nej", "pagar" is "Pågår"; None and "" as they are.

    Raises:
        BadOption: no such answer.
    """
    known = {"ja": "Ja", "nej": "Nej", "delvis": "Delvis", "pågår": "Pågår", "pagar": "Pågår", "": ""}
    if answer is None:
        return None
    try:
        return known[answer.strip().lower()]
    except KeyError:
        raise BadOption(f"Svaret ”{answer}” finns inte. Välj mellan ja, nej, delvis och pågår.") from None


__all__ = ["AmbiguousItem", "Assistant", "UnknownItem", "canonical_answer", "default_folder"]
