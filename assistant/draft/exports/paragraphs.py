"""A draft's text cut into paragraphs and sentences, as every file format writes it: each sentence with what is known of it."""

from __future__ import annotations

from corpus.model import Draft, DraftSentence


def paragraphs_of(draft: Draft) -> list[list[tuple[str, DraftSentence | None]]]:
    """The draft's text as paragraphs of pieces in order, each with its sentence; blanks between sentences are pieces without one.

    The pieces of a paragraph joined give it back, whatever was edited.
    """
    waiting = list(draft.sentences)
    result = []
    for paragraph in draft.text.split("\n\n"):
        pieces: list[tuple[str, DraftSentence | None]] = []
        at = 0
        while waiting and at < len(paragraph):
            start = paragraph.find(waiting[0].text, at)
            if start < 0:
                if all(paragraph.find(other.text, at) < 0 for other in waiting):
                    break
                waiting.pop(0)
                continue
            if start > at:
                pieces.append((paragraph[at:start], None))
            pieces.append((waiting[0].text, waiting[0]))
            at = start + len(waiting[0].text)
            waiting.pop(0)
        if at < len(paragraph):
            pieces.append((paragraph[at:], None))
        result.append(pieces)
    return result
