"""An answer as markup: the blocks of an ``Answer`` gathered into cards and tables, one card a source.

Knows nothing of Gradio or of how an answer is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.answer import Answer, Block, Source
from assistant.phrases import item_label
from assistant.ui.draft_view import changes
from assistant.ui.markup import render
from corpus.model import Item

if TYPE_CHECKING:
    from markupsafe import Markup

_OPENING = '”"“'
_LONGER = "visa hela"
"""What the terminal's reader is told to write for the whole comment; here it is a click away."""


@dataclass(slots=True)
class Row:
    """One line of a table: an item, and the slice of its comment that is shown."""

    item: Item
    text: str
    start: int
    end: int
    note: str = ""


@dataclass(slots=True)
class Piece:
    """A part of the answer as shown. A card has a source; ``spans`` are what it marks in the comment, ``quotes`` the same as text.

    ``whole`` cards show the whole comment, others their quotes, with the comment a click away.
    """

    kind: Literal["say", "heading", "note", "card", "table"]
    text: str = ""
    source: Source | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    whole: bool = False
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    changes: Markup | None = None

    @property
    def quotes(self) -> list[str]:
        """The marked slices of the comment."""
        assert self.source is not None
        return [self.source.item.comment[start:end] for start, end in self.spans]

    @property
    def words(self) -> int:
        """How long the whole comment is."""
        assert self.source is not None
        return len(self.source.item.comment.split())


def pieces(answer: Answer) -> list[Piece]:
    """The answer's blocks as pieces, in order: what stands together about one source becomes one card, rows become a table."""
    made: list[Piece] = []
    blocks = list(answer.blocks)
    if answer.candidates and blocks[-1:] and blocks[-1].kind == "note":
        blocks.pop()  # the candidates as text; on the page they are buttons
    for at, block in enumerate(blocks):
        last = made[-1] if made else None
        if block.kind in ("header", "quote", "cite") and block.source is not None:
            _into_card(made, block, answer.sources[block.source])
        elif block.kind == "row" and block.item is not None:
            _into_table(made, block)
        elif block.kind == "say" and _goes_on(last, blocks[at + 1 :], answer):
            assert (
                last is not None
            )  # what is said between an item's heading and its comment; "Hela kommentaren:" the card says itself
            last.remarks += [block.text] if not block.text.endswith(":") else []
        elif block.kind == "note" and last is not None and last.kind == "table" and block.text.startswith("  "):
            last.rows[-1].note = block.text.strip()
        elif block.kind == "note" and _LONGER in block.text:
            continue
        elif block.kind == "heading":
            made.append(Piece("heading", block.text))
        else:
            made.append(Piece("note" if block.kind == "note" else "say", block.text.strip()))
    return _with_changes(made) if answer.intent in ("timeline", "compare") else made


def _goes_on(last: Piece | None, rest: Sequence[Block], answer: Answer) -> bool:
    """Whether the block after is about the same source as the card before."""
    after = rest[0] if rest else None
    return bool(
        last
        and last.source
        and after
        and after.kind == "quote"
        and after.source is not None
        and answer.sources[after.source] is last.source
    )


def _with_changes(made: list[Piece]) -> list[Piece]:
    """Cards of one item in following years, each with its words compared with the year before; what a note said of them goes."""
    shown: list[Piece] = []
    before: Piece | None = None
    for piece in made:
        if piece.kind == "note" and shown and shown[-1].changes is not None:
            if not piece.text.startswith(("Tillkommit", "Borttaget")):
                shown[-1].remarks.append(piece.text)
            continue
        if piece.kind == "card" and piece.source:
            old = before.source.item if before and before.source else None
            new = piece.source.item
            if (
                old
                and old.organisation == new.organisation
                and old.year < new.year
                and old.comment
                and old.comment.split() != new.comment.split()
            ):
                piece.changes = changes(old.comment, new.comment)
            before = piece
        elif piece.kind == "heading":
            before = None
        shown.append(piece)
    return shown


def _into_card(made: list[Piece], block: Block, source: Source) -> None:
    last = made[-1] if made else None
    if last is not None and last.kind == "card" and last.source is source and block.kind != "header":
        card = last
    else:
        card = Piece("card", source=source)
        made.append(card)
    comment = source.item.comment
    if block.kind != "quote" or not comment:
        return
    if block.text == comment:  # the whole comment, with the part that answers marked in it
        card.whole = True
        if not card.spans and source.quote and source.quote != comment:
            card.spans.append((source.start, source.end))
        return
    quoted = block.text.strip(_OPENING)
    start = comment.find(quoted)
    span = (start, start + len(quoted)) if start >= 0 else (source.start, source.end)
    if span not in card.spans:
        card.spans.append(span)


def _into_table(made: list[Piece], block: Block) -> None:
    assert block.item is not None
    if not made or made[-1].kind != "table":
        made.append(Piece("table"))
    start = max(block.item.comment.find(block.text), 0)
    made[-1].rows.append(Row(block.item, block.text, start, start + len(block.text)))


def ask_for(item: Item) -> str:
    """The question that gives this item and no other: what a click on a candidate asks."""
    return f"{item_label(item)} i plan {item.plan} i rapporten {item.year} från {item.organisation}"


def turn(number: int, asked: str, answer: Answer, *, dropped: Collection[str] = (), model: str = "") -> str:
    """One question with its answer. ``dropped`` are the chips taken away; ``model`` is what may summarise the answer, "" for nothing."""
    shown = pieces(answer)
    items = [piece.source.item for piece in shown if piece.source] + [row.item for piece in shown for row in piece.rows]
    intro = answer.blocks[-1].text.split("\n", 1)[0] if answer.candidates and answer.blocks else ""
    return render(
        "turn.html",
        turn=number,
        asked=asked,
        chips=answer.chips,
        dropped=bool(dropped),
        status=answer.status,
        pieces=shown,
        candidates=answer.candidates,
        candidates_intro=intro,
        suggestions=answer.suggestions,
        many_organisations=len({item.organisation for item in items}) > 1,
        plain=answer.text,
        ask_for=ask_for,
        summarised=bool(model and answer.status == "answered" and answer.sources),
    )


def welcome(*, reports: int, items: int, years: Iterable[int], examples: Sequence[str]) -> str:
    """What an empty conversation shows: what there is to ask about, and examples as buttons."""
    known = sorted(set(years))
    span = f"{known[0]}–{known[-1]}" if len(known) > 1 else str(known[0]) if known else ""
    return render("welcome.html", reports=reports, items=items, years=span, examples=examples)
