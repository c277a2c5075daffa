"""Composes a draft by rules: last year's order, what still stands carried forward, each note at its place, everything with its source.

Nothing is written that is not in a note or an earlier comment. What went stale or was promised is set beside the draft and not in it.
Knows nothing of language models, storage or screens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft.evidence import Evidence, Past, points_back
from assistant.draft.outcomes import settle
from assistant.draft.overall import overall_flags
from assistant.draft.overruled import Overruled, overruled_by_notes
from assistant.draft.pieces import Piece, past_ref, pieces
from assistant.draft.placement import home_of
from assistant.draft.proposal import propose_answer, stated_answer
from corpus.model import Background, Draft, DraftSentence, LeftOut

_MOST_OWN_PARAGRAPH = 4


def compose(evidence: Evidence) -> Draft:
    """The draft of ``evidence.item`` for ``evidence.year`` by rules alone."""
    written = [piece for sifted in evidence.notes if not stated_answer(sifted.usable) for piece in pieces(sifted, evidence)]
    homes = _homes(written, evidence)
    settled = settle(evidence)
    overruled = overruled_by_notes(evidence, settled)
    sentences = _walk(evidence, written, homes, overruled)
    answer, reason = propose_answer(evidence)
    text = text_of(sentences)
    draft = Draft(
        item=evidence.item,
        year=evidence.year,
        answer=answer,
        answer_reason=reason,
        text=text,
        sentences=tuple(sentences),
        commitments=tuple(one.commitment for one in settled),
        background=tuple(_background(evidence, sentences, overruled)),
        left_out=tuple(left_out(evidence)),
        notes=tuple(sifted.note for sifted in evidence.notes),
    )
    return replace(draft, flags=overall_flags(draft, evidence))


def text_of(sentences: Sequence[DraftSentence]) -> str:
    """What may be pasted: the sentences in order, paragraphs apart by an empty line, unsupported ones left out."""
    rows: dict[int, list[str]] = defaultdict(list)
    for sentence in sentences:
        if sentence.status != "unsupported":
            rows[sentence.paragraph].append(sentence.text)
    return "\n\n".join(" ".join(row) for _, row in sorted(rows.items()))


def left_out(evidence: Evidence) -> list[LeftOut]:
    """Every piece of a note that does not stand in the draft, with its reason."""
    return [entry for sifted in evidence.notes for entry in sifted.left_out]


def _homes(written: Sequence[Piece], evidence: Evidence) -> list[Past | None]:
    """Where each piece goes: where it updates a sentence, else beside its note's first placed piece, else where its words are nearest."""
    latest = set(evidence.latest)
    by_note: dict[int, Past] = {}
    texts: dict[int, str] = {}
    for piece in written:
        if piece.home is not None and piece.home in latest:
            by_note.setdefault(piece.note.number, piece.home)
        texts[piece.note.number] = texts.get(piece.note.number, "") + " " + piece.sentence.text
    homes: list[Past | None] = []
    for piece in written:
        if piece.home is not None and piece.home in latest:
            homes.append(piece.home)
            continue
        number = piece.note.number
        if number not in by_note:
            near = home_of(evidence.vocabulary.spelled_out(texts[number]), evidence.latest)
            if near is not None:
                by_note[number] = near
        homes.append(by_note.get(number))
    return homes


def _walk(
    evidence: Evidence, written: Sequence[Piece], homes: Sequence[Past | None], overruled: dict[Past, Overruled]
) -> list[DraftSentence]:
    at_home: dict[Past, list[Piece]] = defaultdict(list)
    free: list[Piece] = []
    for piece, home in zip(written, homes, strict=True):
        (at_home[home] if home is not None else free).append(piece)
    updated = {piece.home for piece in written if piece.home is not None}
    blocks = _blocks(evidence.latest)
    out: list[list[DraftSentence]] = []
    if free and any(past.role == "heading" for past in evidence.latest):
        out += _own_paragraphs(free)
        free = []
    pending: list[DraftSentence] = []
    for block in blocks:
        if block[0].role == "heading":
            pending = [_carried(block[0])]
            continue
        rows = _block_rows(block, at_home, updated, overruled)
        if rows and pending:
            out.append(pending)
            pending = []
        out += rows
    out += _own_paragraphs(free)
    return [replace(sentence, paragraph=number) for number, row in enumerate(out) for sentence in row]


def _blocks(latest: Sequence[Past]) -> list[list[Past]]:
    """Headings alone, a first line with its list together, every other paragraph by itself."""
    blocks: list[list[Past]] = []
    for past in latest:
        joins = bool(blocks) and past.role != "heading" and blocks[-1][0].role != "heading"
        if joins and (blocks[-1][-1].paragraph == past.paragraph or past.role == "list"):
            blocks[-1].append(past)
        else:
            blocks.append([past])
    return blocks


def _block_rows(
    block: Sequence[Past], at_home: dict[Past, list[Piece]], updated: set[Past], overruled: dict[Past, Overruled]
) -> list[list[DraftSentence]]:
    """A block's paragraphs in the draft: its standing sentences, and each note after the sentence it belongs to."""
    rows: list[list[DraftSentence]] = [[]]
    listed = any(past.role == "list" and past.stands and past not in overruled for past in block)
    after_list: list[DraftSentence] = []
    dropped = False  # whether the sentence before is missing, so that one pointing back to it must go too
    label, labelled = "", block[0]
    for past in block:
        if past.label:
            label, labelled = past.label, past
        keeps = bool(past.stands) and past not in updated and past not in overruled and not (past.role == "intro" and not listed)
        if keeps and past.role == "sentence" and dropped and points_back(past.stands.removeprefix(past.label)):
            keeps = False
        here = [piece.sentence for piece in at_home.get(past, ())]
        if keeps and past.role == "list":
            rows.append([_carried(past)])
        elif keeps:
            rows[-1].append(_carried(past))
        elif past in overruled and overruled[past].rest and past not in updated:
            rows[-1].append(DraftSentence(overruled[past].rest, "rewritten", (past_ref(past),)))
        dropped = not keeps
        if past.role == "list":
            after_list += here
        else:
            rows[-1] += here
    if after_list:
        rows.append(after_list)
    rows = [row for row in rows if row]
    if rows and label and not rows[0][0].text.startswith(label):
        rows[0][0] = _labelled(rows[0][0], label, labelled)
    return rows


def _labelled(sentence: DraftSentence, label: str, past: Past) -> DraftSentence:
    """A sentence under the lead-in of an earlier one ("Hatbrott: …"), which has the earlier one as a source for it."""
    ref = past_ref(past)
    sources = sentence.sources if ref in sentence.sources else (*sentence.sources, ref)
    return replace(sentence, text=label + sentence.text, sources=sources, status="rewritten")


def _own_paragraphs(free: Sequence[Piece]) -> list[list[DraftSentence]]:
    """Notes that belong nowhere: together where they are few, else a paragraph a note."""
    if len(free) <= _MOST_OWN_PARAGRAPH:
        return [[piece.sentence for piece in free]] if free else []
    by_note: dict[int, list[DraftSentence]] = defaultdict(list)
    for piece in free:
        by_note[piece.note.number].append(piece.sentence)
    return list(by_note.values())


def _carried(past: Past) -> DraftSentence:
    if past.stands == past.text:
        return DraftSentence(past.text, "carried_forward", (past_ref(past),))
    return DraftSentence(past.stands, "rewritten", (past_ref(past),))


def _background(evidence: Evidence, sentences: Sequence[DraftSentence], overruled: dict[Past, Overruled]) -> list[Background]:
    """Every sentence of the newest earlier comment that does not stand whole in the draft, in its order, but for promises."""
    whole = {
        (source.start, source.year) for sentence in sentences if sentence.status == "carried_forward" for source in sentence.sources
    }
    used = {
        (source.start, source.year): sentence
        for sentence in sentences
        if sentence.status == "rewritten"
        for source in sentence.sources
        if source.kind == "comment"
    }
    found = []
    for past in evidence.latest:
        if (past.start, past.year) in whole or past.commitment is not None or past.role == "heading":
            continue
        if past in overruled:
            reason = f"anteckning {overruled[past].note} säger något annat"
        elif (past.start, past.year) in used:
            updated = any(source.kind == "note" for source in used[past.start, past.year].sources)
            reason = "uppdaterad med årets anteckning" if updated else f"förkortad: {past.reason}"
        else:
            reason = past.reason or "hänger ihop med en mening som inte förts över"
        found.append(Background(past.text, past.year, reason))
    return found + [Background(other.comment, other.year, f"{other.organisation} om samma punkt") for other in evidence.others]
