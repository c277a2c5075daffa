"""A draft written by a chat model and checked like any other text: what has no source stays out of the text and is shown beside it.

What the model leaves out of the notes is added as the rules write it, and says so. Knows nothing of which model it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

from assistant.draft.chat import ChatModel, Message
from assistant.draft.check import Checker, is_sound
from assistant.draft.compose import compose, text_of
from assistant.draft.evidence import Evidence
from assistant.draft.language.facts import facts
from assistant.draft.language.wording import content_stems, coverage, plain
from assistant.draft.notes.shorthand import expand
from assistant.draft.overall import overall_flags
from corpus.model import Draft, DraftSentence, Flag
from prompts import render

MAX_TOKENS = 900
"""The longest answer: a comment of a page and a half."""
_COVERED = 0.6


def compose_with_model(
    evidence: Evidence, model: ChatModel, *, on_text: Callable[[str], None] | None = None, stop: Event | None = None
) -> Draft:
    """The draft of ``evidence.item`` in the model's words where they are borne out.

    Raises:
        ChatModelError: the model failed; there is no draft then.
    """
    ruled = compose(evidence)
    pieces: list[str] = []
    for piece in model.stream(messages(evidence), max_tokens=MAX_TOKENS, stop=stop):
        pieces.append(piece)
        if on_text is not None:
            on_text(piece)
    return checked(evidence, ruled, "".join(pieces), backend=model.name, stopped=stop is not None and stop.is_set())


def messages(evidence: Evidence) -> list[Message]:
    """What the model is asked: its task, then what still stands, then the notes, each apart from the other."""
    fields = {
        "year": evidence.year,
        "organisation": evidence.item.organisation,
        "question": evidence.item.question,
        "statement": evidence.item.statement,
        "standing": [past.stands for past in evidence.latest if past.stands],
        "notes": [expand(s.usable, evidence.vocabulary).text for s in evidence.notes if s.usable],
        "words": _usual_length(evidence),
    }
    return [Message("system", render("draft_system", year=evidence.year)), Message("user", render("draft", **fields))]


def checked(evidence: Evidence, ruled: Draft, text: str, *, backend: str, stopped: bool = False) -> Draft:
    """The model's ``text`` as a draft: sound sentences in the text, the others beside it, missing notes added as the rules wrote them."""
    checker = Checker(notes=[sifted.note for sifted in evidence.notes], history=evidence.history, year=evidence.year)
    sentences: list[DraftSentence] = []
    seen: set[str] = set()
    for sentence in checker.check(_cleaned(text)):
        if plain(sentence.text) in seen:
            continue
        seen.add(plain(sentence.text))
        sentences.append(sentence if is_sound(sentence) else _set_aside(sentence))
    last = max((sentence.paragraph for sentence in sentences), default=-1)
    sentences += [replace(sentence, paragraph=last + 1) for sentence in _missing(ruled, sentences)]
    draft = replace(ruled, text=text_of(sentences), sentences=tuple(sentences), backend=backend)
    flags = list(overall_flags(draft, evidence))
    aside = sum(sentence.status == "unsupported" for sentence in sentences)
    if aside:
        what = "en mening utan källa. Den" if aside == 1 else f"{aside} meningar utan källa. De"
        flags.append(Flag("model_unsupported", f"Modellen skrev {what} står inte i texten."))
    if stopped:
        flags.append(Flag("stopped", "Modellen avbröts innan den var klar."))
    return replace(draft, flags=tuple(flags))


def _set_aside(sentence: DraftSentence) -> DraftSentence:
    return replace(sentence, status="unsupported")


def _missing(ruled: Draft, written: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Sentences of the rules' draft from notes that the model's sound sentences do not hold."""
    sound = " ".join(sentence.text for sentence in written if sentence.status != "unsupported")
    there, stems = {fact.key for fact in facts(sound)}, content_stems(sound)
    left = []
    for sentence in ruled.sentences:
        numbers = [source.note for source in sentence.sources if source.kind == "note"]
        if not numbers:
            continue
        figures = {fact.key for fact in facts(sentence.text) if fact.kind not in ("name", "negation")}
        if figures <= there and coverage(content_stems(sentence.text), stems) >= _COVERED:
            continue
        flag = Flag(
            "added_by_rules",
            f"Modellen utelämnade detta ur anteckning {numbers[0]}; meningen är skriven av reglerna.",
            sentence.text,
        )
        left.append(replace(sentence, flags=(*sentence.flags, flag)))
    return left


def _cleaned(text: str) -> str:
    """The model's text without what models put around it: headings in Markdown, bullets, bold, a title line, code fences."""
    lines = []
    for line in text.replace("\r", "").split("\n"):
        bare = re.sub(r"^\s*(?:#{1,6}\s+|[-*•]\s+|>\s+)", "", line).replace("**", "").replace("__", "").strip()
        if bare.startswith("```") or re.fullmatch(r"(?:utkast|kommentar|svar)\s*:?", bare, re.IGNORECASE):
            continue
        lines.append(bare)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _usual_length(evidence: Evidence) -> int:
    """About how many words the organisation's comments on the item have; 80 where there are none."""
    lengths = [len(item.comment.split()) for item in evidence.history[-2:]]
    return max(40, round(sum(lengths) / len(lengths) / 10) * 10) if lengths else 80
