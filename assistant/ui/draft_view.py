"""A draft, and the years before it, as markup: where each sentence comes from in sign, word and colour, and what the officer is asked.

Knows nothing of Gradio or of how a draft is made.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.draft.contract import COMMITMENT
from assistant.draft.provenance import accepted
from assistant.ui.markup import render
from corpus.model import Draft, DraftSentence, DraftState, Item
from index.values import DraftVersion

if TYPE_CHECKING:
    from markupsafe import Markup

    from assistant.draft.language.privacy import PrivateLine
    from assistant.draft.versions import VersionChanges

STATUS = {
    "from_notes": ("not", "✎", "Från anteckning"),
    "carried_forward": ("over", "↻", "Överförd"),
    "rewritten": ("om", "≈", "Omskriven"),
    "unsupported": ("utan-kalla", "⚠", "Saknar källa"),
}
"""Each status as its class, sign and word."""
STATES: dict[DraftState, str] = {"utkast": "Utkast", "granskad": "Granskad", "klar": "Klar"}
CHANGE = {"same": ("=", "Oförändrad"), "changed": ("≈", "Ändrad"), "added": ("+", "Tillagd"), "removed": ("−", "Borttagen")}
"""What became of a sentence between two versions, as its sign and word."""


@dataclass(frozen=True, slots=True)
class Year:
    """One earlier year on the timeline: the item as reported, and what changed since the year before it (None for the first)."""

    item: Item
    changes: Markup | None
    same: bool
    flipped_from: str | None
    code_before: str | None


def place(item: Item, year: int) -> str:
    """What the draft is about: the item's question and statement, and for which year."""
    return render("place.html", item=item, year=year, place=place_key(item, year))


def place_key(item: Item, year: int) -> str:
    """The name under which what is typed is kept: the item over the years, and the year."""
    return f"{item.key.id}/{year}"


def nothing_chosen(text: str) -> str:
    """The place where no item is chosen."""
    return render("hint.html", text=text, place="")


def timeline(history: Sequence[Item]) -> str:
    """The item in earlier years, newest first as given, each with its changes since the year before."""
    years: list[Year] = []
    for at, item in enumerate(history):
        before = history[at + 1] if at + 1 < len(history) else None
        if before is None:
            years.append(Year(item, None, False, None, None))
            continue
        same = before.comment.split() == item.comment.split()
        years.append(
            Year(
                item,
                None if same or not before.comment else changes(before.comment, item.comment),
                same and bool(item.comment),
                (before.answer or "Inget svar") if before.answer != item.answer else None,
                before.code if before.code != item.code else None,
            )
        )
    return render("timeline.html", years=years)


def changes(before: str, after: str) -> Markup:
    """``after`` with the words that are new since ``before`` in <ins> and those taken away in <del>; paragraphs kept."""
    from markupsafe import Markup, escape

    old, new = (re.findall(r"\n\s*\n|\S+", text) for text in (before, after))
    out: list[Markup] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for name, words in (("del", old[i1:i2]), ("ins", new[j1:j2])) if tag != "equal" else ((None, new[j1:j2]),):
            for run, gap in _runs(words):
                if run:
                    text = escape(" ".join(run))
                    out.append(Markup("<{0}>{1}</{0}>").format(Markup(name), text) if name else text)
                if gap and name != "del":
                    out.append(Markup("</p><p>"))
    return Markup("<p>") + Markup(" ").join(out) + Markup("</p>")


def _runs(words: Sequence[str]) -> list[tuple[list[str], bool]]:
    """Words between paragraph ends, each run with whether an end follows it."""
    runs: list[tuple[list[str], bool]] = []
    run: list[str] = []
    for word in words:
        if word.strip():
            run.append(word)
        else:
            runs.append((run, True))
            run = []
    return [*runs, (run, False)]


def draft(made: Draft, *, edited: bool = False) -> str:
    """The draft sentence by sentence, with sources, flags, questions, background and what was left out."""
    counts = [(STATUS[status], sum(s.status == status for s in made.sentences)) for status in STATUS]
    return render(
        "draft.html",
        draft=made,
        sentences=list(enumerate(made.sentences)),
        status=STATUS,
        counts=[(look, count) for look, count in counts if count],
        edited=edited,
        backend="inbyggda regler" if made.backend == "regler" else made.backend,
        in_text=in_text,
        accepted=accepted,
    )


def said(text: str) -> str:
    """A word on what was done, for a screen reader too."""
    return render("said.html", text=text)


def warning(found: Sequence[PrivateLine], *, what: Literal["notes", "draft"], fetch: bool = False) -> str:
    """That what is about to be saved holds personal data, and the choice; ``fetch``: its document is wanted as well."""
    return render("personal_warning.html", found=found, what=what, fetch=fetch)


def questions(made: Draft) -> str:
    """What earlier reports promised and said, beside the draft: questions to answer in the notes, and background that is not in the text."""
    return render("questions.html", draft=made, place=place_key(made.item, made.year), commitment_words=COMMITMENT)


def elsewhere_offered() -> str:
    """The offer to show what other organisations wrote."""
    return render("elsewhere.html", items=None)


def elsewhere(items: Sequence[Item]) -> str:
    """The same item as other organisations reported it last, to look at; that there is none where none is given."""
    return render("elsewhere.html", items=items)


def written(text: str, model: str, *, memory: int | None = None) -> str:
    """What a model has written so far, while it writes; ``memory`` in bytes where it is still being read in (0: no one knows), else None."""
    return render("written.html", text=text, model=model, problem="", draft=None, memory=memory)


def proposed(made: Draft | None, model: str, problem: str = "") -> str:
    """What a model wrote, checked; or why it wrote nothing."""
    return render("written.html", text="", model=model, problem=problem, draft=made, memory=None)


def in_text(made: Draft, sentence: DraftSentence) -> bool:
    """Whether the sentence stands in the text that may be pasted."""
    return " ".join(sentence.text.split()) in " ".join(made.text.split())


def versions(saved: Sequence[DraftVersion], *, links: Sequence[str], years: Sequence[int] = (), fetch: str = "") -> str:
    """The saved versions, newest first, each with its downloads; ``fetch`` is a download to start at once.

    ``years`` are those whose comments a version can be compared with, newest first.
    """
    pairs = list(zip(reversed(saved), reversed(links), strict=True))
    return render("versions.html", versions=pairs, states=STATES, years=years, fetch=fetch)


def comparison(older: str, newer: str, changes: VersionChanges) -> str:
    """What differs between two texts of one item, called ``older`` and ``newer``: each sentence with its words marked, and its status now."""
    return render("comparison.html", older=older, newer=newer, changes=changes, kinds=CHANGE, status=STATUS, states=STATES)
