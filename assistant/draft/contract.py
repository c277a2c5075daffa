"""A draft as scripts see it (``draft --json``) and as a terminal shows it. Knows nothing of how a draft is made."""

from __future__ import annotations

from corpus.model import Draft, DraftSentence, SourceRef

STATUS = {
    "from_notes": "från anteckning",
    "carried_forward": "överförd",
    "rewritten": "omskriven",
    "unsupported": "saknar källa",
}
COMMITMENT = {"open": "öppet", "kept": "infriat", "delayed": "försenat", "dropped": "blir inte av", "unknown": "oklart"}


def draft_to_json(draft: Draft) -> dict[str, object]:
    """The draft in the form of the command-line contract; what it adds (reason, flags, state) stands after the contract's fields."""
    return {
        "item": draft.item.to_json(),
        "year": draft.year,
        "answer": draft.answer,
        "text": draft.text,
        "sentences": [_sentence(sentence) for sentence in draft.sentences],
        "commitments": [
            {"text": c.text, "year": c.year, "due": c.due, "state": c.state, "question": c.question} for c in draft.commitments
        ],
        "background": [{"text": b.text, "year": b.year, "reason": b.reason} for b in draft.background],
        "left_out": [{"note": entry.note, "reason": entry.reason} for entry in draft.left_out],
        "backend": draft.backend,
        "answer_reason": draft.answer_reason,
        "flags": [{"code": flag.code, "message": flag.message, "quote": flag.quote} for flag in draft.flags],
        "state": draft.state,
    }


def _sentence(sentence: DraftSentence) -> dict[str, object]:
    return {
        "text": sentence.text,
        "status": sentence.status,
        "sources": [_source(source) for source in sentence.sources],
        "flags": [{"code": flag.code, "message": flag.message, "quote": flag.quote} for flag in sentence.flags],
        "paragraph": sentence.paragraph,
    }


def _source(source: SourceRef) -> dict[str, object]:
    """A note is named by its number, an earlier comment by item, year and offsets; "edit" is the officer's own word for the sentence."""
    if source.kind == "note":
        return {"kind": "note", "note": source.note, "quote": source.quote}
    if source.kind == "edit":
        return {"kind": "edit", "quote": source.quote}
    return {
        "kind": source.kind,
        "item_id": source.item_id,
        "year": source.year,
        "start": source.start,
        "end": source.end,
        "quote": source.quote,
    }


def source_line(sentence: DraftSentence) -> str:
    """Where a sentence comes from, in a few Swedish words: "omskriven: anteckning 2, kommentaren 2025, godkänd"."""
    parts = [
        f"anteckning {s.note}" if s.kind == "note" else f"kommentaren {s.year}" if s.kind == "comment" else "godkänd"
        for s in sentence.sources
    ]
    return STATUS[sentence.status] + (f": {', '.join(dict.fromkeys(parts))}" if parts else "")


def draft_to_text(draft: Draft) -> str:
    """The draft for a terminal: the answer, the text, where each sentence comes from, and what the officer is asked."""
    lines = [f"Utkast {draft.year} · {draft.item.kind} {draft.item.code} · {draft.item.organisation}", draft.item.question, ""]
    lines += [f"Svar: {draft.answer or 'inget förslag'} ({draft.answer_reason.rstrip('.')})", "", draft.text or "(tomt)", ""]
    if draft.sentences:
        lines.append("Varifrån meningarna kommer:")
        for sentence in draft.sentences:
            mark = "?" if sentence.status == "unsupported" else "•"
            lines.append(f"{mark} {_short(sentence.text)} [{source_line(sentence)}]")
            lines += [f"  Obs: {flag.message}" for flag in sentence.flags]
        lines.append("")
    if draft.commitments:
        lines.append("Att svara på:")
        lines += [f"- {c.question} ({COMMITMENT[c.state]}, {c.year})" for c in draft.commitments]
        lines.append("")
    if draft.left_out:
        lines.append("Utelämnat ur anteckningarna:")
        lines += [f"- ”{entry.note}” {entry.reason}" for entry in draft.left_out]
        lines.append("")
    if draft.background:
        lines.append("Står inte i utkastet (bakgrund):")
        lines += [f"- {b.year}: {_short(b.text)} ({b.reason})" for b in draft.background]
        lines.append("")
    lines += [f"Obs: {flag.message}" for flag in draft.flags]
    return "\n".join(lines).rstrip()


def _short(text: str, limit: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 2].rsplit(" ", 1)[0] + " …"
