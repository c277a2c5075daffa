"""An answer as a value: its status, the items it rests on, and its text as blocks that the terminal and the page show each in their way.

Knows nothing of how an answer is found. ``Answer.text`` is all that a reader in a terminal needs, quotes included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.phrases import badge, item_label, place, short_place
from assistant.question import Chip, Question
from assistant.question_intent import Intent
from corpus.model import Item

Status = Literal["answered", "clarify", "not_found"]
BlockKind = Literal["say", "heading", "header", "quote", "cite", "row", "note"]


@dataclass(frozen=True, slots=True)
class Source:
    """An item that an answer rests on, with the place that matters: ``item.comment[start:end] == quote``. ``score`` 0..1."""

    item: Item
    quote: str
    start: int
    end: int
    score: float = 1.0

    def to_json(self) -> dict[str, object]:
        """The item's fields, then quote, start, end and score."""
        return {**self.item.to_json(), "quote": self.quote, "start": self.start, "end": self.end, "score": round(self.score, 4)}


def whole(item: Item, score: float = 1.0) -> Source:
    """An item with its whole comment as the quote."""
    return Source(item, item.comment, 0, len(item.comment), score)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an answer's text. ``source`` is the place in ``Answer.sources`` of the item that it is about, None for none.

    ``say`` the program's own sentence, ``heading`` a group's title, ``header`` an item with where it stands, ``quote`` words of a comment,
    (``text`` a shorter line instead), ``cite`` the source line under a quote, ``row`` one line of a list (``text`` its quote), ``note`` a
    remark or an offer (beginning with two blanks where it belongs to the row before).
    """

    kind: BlockKind
    text: str
    item: Item | None = None
    source: int | None = None

    def render(self) -> str:
        """The block as text for a terminal."""
        if self.kind == "header" and self.text:
            return self.text
        if self.kind == "header" and self.item:
            lines = [f"{item_label(self.item)} · Svar: {badge(self.item)}", place(self.item)]
            return "\n".join([*lines, f"Fråga: {self.item.question}"] if self.item.question else lines)
        if self.kind == "cite" and self.item:
            return f"— {short_place(self.item)}. Svar: {badge(self.item)}."
        if self.kind == "row" and self.item:
            head = f"• {item_label(self.item)} · {badge(self.item)} · {self.item.question or self.item.statement}"
            quoted = [f"  ”{self.text}”"] if self.text else []
            return "\n".join([head, *quoted, f"  {self.text_place()}"])
        if self.kind == "heading":
            return f"{self.text}\n{'-' * min(len(self.text), 72)}"
        return self.text

    def text_place(self) -> str:
        """The place line of a row."""
        assert self.item is not None
        page = f" · s. {self.item.page}" if self.item.page is not None else ""
        return f"{self.item.organisation} · rapport {self.item.year} · plan {self.item.plan}{page}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question is answered with. ``candidates`` only where nothing could be answered, or a question goes back."""

    status: Status
    blocks: tuple[Block, ...]
    sources: tuple[Source, ...] = ()
    candidates: tuple[Item, ...] = ()
    question: Question = field(default_factory=lambda: Question(""))
    suggestions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of the answer as text, blocks set apart by an empty line; a comment that has been quoted whole is not repeated."""
        parts: list[str] = []
        quoted: set[tuple[str, str]] = set()
        for block in self.blocks:
            rendered = block.render()
            said = (block.item.key.id, block.item.comment) if block.item else ("", "")
            whole_again = block.kind == "quote" and rendered == said[1]
            if not rendered or (whole_again and said in quoted):
                continue
            if whole_again:
                quoted.add(said)
            closely = block.kind == "note" and block.text.startswith("  ") and parts
            parts.append(f"\n{rendered}" if closely else f"\n\n{rendered}")
        return "".join(parts).strip("\n")

    @property
    def intent(self) -> Intent | None:
        """What the question was understood to ask for."""
        return self.question.intent

    @property
    def chips(self) -> tuple[Chip, ...]:
        """What was understood, as chips."""
        return self.question.chips()

    def to_json(self) -> dict[str, object]:
        """The answer as scripts see it."""
        return {
            "status": self.status,
            "text": self.text,
            "sources": [source.to_json() for source in self.sources],
            "candidates": [item.to_json() for item in self.candidates],
        }


class Page:
    """An answer in the making: blocks in order, each source once, best first as they are added."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.blocks: list[Block] = []
        self.sources: list[Source] = []

    def say(self, text: str) -> None:
        """A sentence of the program's own; nothing where it is empty."""
        if text:
            self.blocks.append(Block("say", text))

    def note(self, text: str) -> None:
        """A remark or an offer after the answer."""
        if text:
            self.blocks.append(Block("note", text))

    def remarks(self, texts: Iterable[str]) -> None:
        """Remarks, as one paragraph."""
        self.note(" ".join(texts))

    def heading(self, text: str) -> None:
        """The title of a group."""
        self.blocks.append(Block("heading", text))

    def cite(self, source: Source) -> int:
        """The place of a source among the sources, added where it is new."""
        for at, known in enumerate(self.sources):
            if known.item.id == source.item.id and known.item.report_id == source.item.report_id:
                return at
        self.sources.append(source)
        return len(self.sources) - 1

    def header(self, source: Source, text: str = "") -> None:
        """An item with its answer, place and question; ``text`` is a shorter line for a terminal that has said the rest."""
        self.blocks.append(Block("header", text, source.item, self.cite(source)))

    def comment(self, source: Source) -> None:
        """The whole comment of an item, or that there is none."""
        text = source.item.comment or "(Ingen kommentar i rapporten.)"
        self.blocks.append(Block("quote", text, source.item, self.cite(source)))

    def quote(self, source: Source, text: str | None = None) -> None:
        """The words of a source, in quotation marks, and where they stand."""
        at = self.cite(source)
        self.blocks.append(Block("quote", f"”{text or source.quote}”", source.item, at))
        self.blocks.append(Block("cite", "", source.item, at))

    def row(self, source: Source, text: str | None = None) -> None:
        """One line of a list: code, answer, question, and a quote."""
        self.blocks.append(Block("row", source.quote if text is None else text, source.item, self.cite(source)))

    def answered(self, suggestions: Sequence[str] = ()) -> Answer:
        """The page as an answer."""
        return Answer("answered", tuple(self.blocks), tuple(self.sources), (), self.question, tuple(suggestions))


def joined(text: str, answers: Sequence[Answer]) -> Answer:
    """The answers to several questions of one ``text`` as one, in order; answered where one of them is. Each item is a source once.

    Candidates are kept only where nothing was answered. The chips are those of the first question.

    Raises:
        ValueError: no answers.
    """
    if not answers:
        raise ValueError("inga svar att foga ihop")
    statuses = [answer.status for answer in answers]
    page = Page(replace(answers[0].question, text=text))
    for answer in answers:
        places = [page.cite(source) for source in answer.sources]
        placed = [replace(block, source=None if block.source is None else places[block.source]) for block in answer.blocks]
        page.blocks += [block for block in placed if block.kind != "say" or block.item or block not in page.blocks]
    status: Status = next((each for each in ("answered", "clarify") if each in statuses), "not_found")
    offered = {item.id: item for answer in answers for item in answer.candidates} if status != "answered" else {}
    suggestions = dict.fromkeys(text for answer in answers for text in answer.suggestions)
    return replace(page.answered(tuple(suggestions)), status=status, candidates=tuple(offered.values()))


def not_found(question: Question, text: str, candidates: Iterable[Item] = (), *, intro: str = "Finns i rapporterna:") -> Answer:
    """An answer that says what was not found, with the nearest items as candidates and nothing as a source."""
    nearest = tuple(candidates)
    blocks = [Block("say", text)]
    if nearest:
        lines = "\n".join(f"• {short_place(item)}: {item.question or item.statement}" for item in nearest)
        blocks.append(Block("note", f"{intro}\n{lines}"))
    return Answer("not_found", tuple(blocks), (), nearest, question)


def clarify(question: Question, text: str, candidates: Iterable[Item]) -> Answer:
    """A question back, with what could be meant."""
    answer = not_found(question, text, candidates, intro="Välj mellan:")
    return replace(answer, status="clarify")
