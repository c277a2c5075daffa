"""A short summary of an answer's sources in a chat model's words, every sentence checked against the source that it names.

What is not borne out is marked in the text and stays there; the quotes of the answer are never touched. Knows nothing of which model it
is, of terminals or of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

from assistant.answer import Answer, Source
from assistant.draft.chat import ChatModel, Message
from assistant.draft.checks.sources import Source as Ground
from assistant.draft.checks.tracing import trace
from assistant.draft.language.personal import addresses_program
from assistant.draft.language.wording import content_stems, coverage, plain
from assistant.phrases import badge, item_label
from corpus.sentences import split
from prompts import render

UNSUPPORTED: Final = "[saknar stöd i källorna]"
"""What stands after a sentence that its source does not bear out."""

NOTHING: Final = "Det framgår inte av rapporterna."
"""What a model is asked to write where the sources hold no answer."""

MOST_SOURCES = 5
"""Comments that a model is shown; of a longer list, the quotes of the first MOST_ROWS."""
MOST_ROWS = 20
SENTENCES = 4
MAX_TOKENS = 400
LONGEST = 2_500
"""Characters of a comment that a model is shown, those around the quote."""

HELD = 0.6
"""Share of a sentence's telling words that the source it names must hold."""

_CITED = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")
_CITATIONS = re.compile(r"(?:\[\d+(?:\s*,\s*\d+)*\]\s*)+")
_FENCE = re.compile(r"<{3,}|>{3,}")
_LOOK_EVERY = 0.05  # seconds between two looks at whether to stop while the model is silent

_REASONS = {
    "untraced_figure": "Siffran {quote} står inte i källan.",
    "untraced_date": "Tidpunkten {quote} står inte i källan.",
    "untraced_name": "Namnet {quote} står inte i källan.",
    "untraced_abbreviation": "Förkortningen {quote} står inte i källan.",
    "wrong_unit": "Siffran {quote} gäller något annat i källan.",
    "negation_lost": "Källan nekar det som meningen påstår.",
    "negation_added": "Meningen nekar det som källan påstår.",
    "unsupported_claim": "Omdömet {quote} står inte i källan.",
}


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence as the model wrote it; ``sources`` are the numbers it names, from 1, that exist; ``reason`` says why it is unsupported."""

    text: str
    sources: tuple[int, ...]
    supported: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of the sources of an answer, of which source n is ``Answer.sources[n - 1]``. ``stopped`` where it was ended early."""

    sentences: tuple[SummarySentence, ...]
    stopped: bool
    model: str

    @property
    def text(self) -> str:
        """The sentences in a row, those without support marked."""
        return " ".join(s.text if s.supported else f"{s.text} {UNSUPPORTED}" for s in self.sentences)

    def to_json(self) -> dict[str, object]:
        """The summary as scripts see it."""
        sentences = [
            {"text": s.text, "sources": list(s.sources), "supported": s.supported, "reason": s.reason} for s in self.sentences
        ]
        return {"text": self.text, "sentences": sentences, "stopped": self.stopped, "model": self.model}


def summarise(
    answer: Answer, model: ChatModel, *, on_text: Callable[[str], None] | None = None, stop: Callable[[], bool] | None = None
) -> Summary | None:
    """A summary of what the sources of ``answer`` say to its question; None where the answer has no sources or is no answer.

    ``on_text`` is called with each piece of the text as it comes, marks included: the pieces together are the summary's text but for
    blanks. ``stop`` is asked again and again; once it says True the writing ends, and what came so far is kept.

    Raises:
        assistant.draft.chat.ChatModelError: the model failed.
    """
    shown = shown_sources(answer)
    if answer.status != "answered" or not shown:
        return None
    writing = _Writing([_ground(source) for source in shown], on_text or (lambda _: None))
    with _watched(stop) as event:
        for piece in model.stream(messages(answer), max_tokens=MAX_TOKENS, stop=event):
            writing.add(piece)
            if event.is_set():
                break
        stopped = event.is_set()
    return Summary(tuple(writing.close()), stopped, model.name)


def shown_sources(answer: Answer) -> tuple[Source, ...]:
    """The sources that a model is shown, in the order of their numbers."""
    return answer.sources[: MOST_ROWS if len(answer.sources) > MOST_SOURCES else MOST_SOURCES]


def messages(answer: Answer) -> list[Message]:
    """What a model is asked: its task, then the numbered sources and the question, each behind a fence that no text of theirs can close."""
    shown = shown_sources(answer)
    whole = len(shown) <= MOST_SOURCES
    sources = [{"label": label(source), "text": _fenced(told(_extract(source) if whole else source.quote))} for source in shown]
    fields = {"question": _fenced(answer.question.text), "sources": sources, "sentences": SENTENCES}
    return [Message("system", render("summary_system", nothing=NOTHING)), Message("user", render("summary", **fields))]


def label(source: Source) -> str:
    """Which item a source is, for the model and for the reader: no page or plan number, which could be taken for a figure."""
    item = source.item
    return f"{item_label(item)}, {item.organisation}, rapport {item.year}. Svar: {badge(item)}. {item.question}".strip()


def told(text: str) -> str:
    """``text`` without sentences that speak to the program: nothing to follow, and no ground for what a model says."""
    for sentence in reversed(split(text)):
        if addresses_program(sentence.text):
            text = text[: sentence.start] + text[sentence.end :]
    return text


def check(sentence: str, grounds: Sequence[Ground]) -> SummarySentence:
    """A sentence held against the sources that it names: numbers that exist, shared words, every figure, date and name, no "not" dropped."""
    numbers = list(dict.fromkeys(int(n) for match in _CITED.finditer(sentence) for n in match.group(1).split(",")))
    known = tuple(n for n in numbers if 1 <= n <= len(grounds))
    bare = " ".join(_CITED.sub(" ", sentence).split()).replace(" .", ".")
    if not numbers and plain(bare) == plain(NOTHING):
        return SummarySentence(sentence, (), True)
    if len(known) < len(numbers):
        missing = next(n for n in numbers if n not in known)
        return SummarySentence(sentence, known, False, f"Källan [{missing}] finns inte.")
    if not known:
        return SummarySentence(sentence, (), False, "Meningen anger ingen källa.")
    cited = [grounds[n - 1] for n in known]
    if coverage(content_stems(bare), [stem for ground in cited for stem in ground.stems]) < HELD:
        return SummarySentence(sentence, known, False, "Källan säger något annat: för få av meningens ord står där.")
    year = max((ground.year or 0 for ground in cited), default=0)
    for flag in trace(bare, cited, year=year):
        reason = _REASONS.get(flag.code, "Källan bär inte upp {quote}.").format(quote=f"”{flag.quote}”")
        return SummarySentence(sentence, known, False, reason)
    return SummarySentence(sentence, known, True)


class _Writing:
    """A text as it is being written: passed on at once, and each sentence checked, and marked where it fails, as soon as it has ended."""

    def __init__(self, grounds: Sequence[Ground], on_text: Callable[[str], None]) -> None:
        self._grounds = grounds
        self._on_text = on_text
        self._open = ""
        self._passed_on = 0
        self._done: list[SummarySentence] = []

    def add(self, piece: str) -> None:
        """The next piece of the text."""
        self._open += piece
        while (cut := _first_end(self._open)) is not None:
            rest = self._open[cut:].lstrip()
            ahead = self._passed_on - (len(self._open) - len(rest))  # passed on before the end could be told
            self._finish(self._open[:cut])
            self._open, self._passed_on = rest, max(0, ahead)
            if ahead <= 0:
                self._on_text(" ")
        self._pass_on(self._open)

    def close(self) -> list[SummarySentence]:
        """The sentences; what was begun counts as one."""
        if self._open.strip():
            self._finish(self._open)
            self._open = ""
        return self._done

    def _finish(self, text: str) -> None:
        self._pass_on(text)
        sentence = check(_tidy(text), self._grounds)
        if sentence.text:
            self._done.append(sentence)
            if not sentence.supported:
                self._on_text(f" {UNSUPPORTED}")

    def _pass_on(self, text: str) -> None:
        ready = text.rstrip()  # the blank after a sentence waits: a mark may come first
        if len(ready) > self._passed_on:
            self._on_text(ready[self._passed_on :])
            self._passed_on = len(ready)


def _first_end(text: str) -> int | None:
    """Where the first sentence of ``text`` ends, source numbers after its full stop included; None while that cannot be told."""
    sentences = split(text)
    if len(sentences) < 2:
        return None
    end = sentences[0].end
    after = _CITATIONS.match(text, end + len(text[end:]) - len(text[end:].lstrip()))
    end = after.end() if after else end
    return end if text[end:].strip() and not text[end:].lstrip().startswith("[") else None


def _tidy(text: str) -> str:
    """A sentence without what models put around it: bullets, bold, headings' marks."""
    return " ".join(re.sub(r"^\s*(?:#{1,6}\s+|[-*•]\s+)", "", text).replace("**", "").split())


def _ground(source: Source) -> Ground:
    item = source.item
    text = "\n".join((label(source), item.statement, item.expected_result, told(item.comment)))
    return Ground(text, True, item.year)


def _extract(source: Source) -> str:
    """The comment, or the part of a very long one around the quote."""
    comment = source.item.comment
    if len(comment) <= LONGEST:
        return comment
    start = max(0, min(source.start - LONGEST // 3, len(comment) - LONGEST))
    return comment[start : start + LONGEST]


def _fenced(text: str) -> str:
    """``text`` without the marks that end a source or the question in the prompt."""
    return _FENCE.sub("", text)


@contextmanager
def _watched(stop: Callable[[], bool] | None) -> Iterator[Event]:
    """An event that is set once ``stop`` says True, also while the model has not written a word yet."""
    event, done = Event(), Event()

    def watch() -> None:
        while stop is not None and not done.wait(_LOOK_EVERY):
            if stop():
                event.set()
                return

    watcher = Thread(target=watch, daemon=True)
    if stop is not None:
        watcher.start()
    try:
        yield event
    finally:
        done.set()
        if stop is not None:
            watcher.join()
