"""``assistant ask`` and ``assistant search``, one question or a file of them; with a chat model a summary above the quotes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from assistant.app import Assistant
from assistant.command_embedder import embed, embedder_option, full_name
from assistant.command_help import command, finish, json_option, library_option
from assistant.terminal import show, tell

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.summary import Summary
    from index.values import Hit

_batch = click.option(
    "--batch",
    metavar="FIL.jsonl",
    type=click.Path(path_type=Path),
    default=None,
    help="Svara på varje rad i filen; ett JSON-svar per rad.",
)


@command()
@click.argument("text", required=False, metavar="TEXT")
@library_option
@embedder_option
@click.option("--current-year", type=int, default=None, metavar="ÅR", help="Det år som ”i år” betyder.")
@click.option("--organisation", default=None, metavar="NAMN", help="Vems rapporter frågan gäller.")
@click.option(
    "--model",
    metavar="MODELL",
    default=None,
    help="Chattmodell som sammanfattar ovanför citaten: mapp, namn på Hugging Face eller serverns adress. ”ingen” för bara citat.",
)
@json_option
@_batch
def ask(
    text: str | None,
    folder: Path | None,
    embedder: str | None,
    current_year: int | None,
    organisation: str | None,
    model: str | None,
    as_json: bool,
    batch: Path | None,
) -> None:
    """Svara på en fråga om rapporterna, med citat och källa.

    Med en modell (--model, eller assistant settings model) skrivs först en kort sammanfattning, granskad mening för mening. Ctrl+C
    avbryter den; citaten visas ändå.

    Exempel: assistant ask "vad gjorde vi för strategi 5:2 förra året?"
    """
    _one_of(text, batch)
    with Assistant.open(folder, embedder=embedder and full_name(embedder)) as assistant:
        assistant.library  # noqa: B018 - no library is said before a batch file is read
        if not (model or assistant.library.settings.get("model")):
            _one_thread()
        embed(assistant, embedder)
        if batch is not None:
            from assistant.batch import read_batch

            for question in read_batch(batch, assistant):
                answer = assistant.ask(
                    question.turns[-1],
                    history=question.turns[:-1],
                    current_year=question.current_year or current_year,
                    organisation=question.organisation or organisation,
                )
                summary = _summarised(assistant, answer, model, quiet=True) if model else None
                print(_line({"id": question.id, **_as_json(answer, summary)}))
            return
        answer = assistant.ask(text or "", current_year=current_year, organisation=organisation)
        if as_json:
            print(json.dumps(_as_json(answer, _summarised(assistant, answer, model, quiet=True)), ensure_ascii=False, indent=2))
        else:
            if sys.stdout.isatty() and answer.chips:
                tell("Frågan lästes som: " + " · ".join(chip.label for chip in answer.chips) + "\n")
            _summarised(assistant, answer, model, quiet=False)
            show(answer.text)
    finish(1 if answer.status == "not_found" else 0)


def _one_thread() -> None:
    """Keep OpenBLAS from starting a thread for each core when numpy is imported: 50 ms of CPU on two cores, more on many.

    What a question multiplies is far too small for a second thread. A number of threads that the user has chosen stays. Not for a
    process that writes with a chat model, which may use the same library for much greater products.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _summarised(assistant: Assistant, answer: Answer, model: str | None, *, quiet: bool) -> Summary | None:
    """The summary of an answer where a model is chosen, streamed to stdout unless ``quiet``; what goes wrong is said and costs no quote."""
    if not (model or assistant.library.settings.get("model")):
        return None
    from concurrent.futures import ThreadPoolExecutor, wait

    from assistant.draft.chat import ChatModelError
    from assistant.phrases import short_place
    from assistant.summary import shown_sources

    stopped = Event()

    def write() -> Summary | None:
        said = None if quiet else lambda text: click.echo(text, nl=False)
        return assistant.summarise(answer, model=model, on_text=said, stop=stopped.is_set)

    with ThreadPoolExecutor(1) as pool:  # a thread, so that Ctrl+C is heard while the model is silent
        writing = pool.submit(write)
        while not writing.done():
            try:
                wait([writing])
            except KeyboardInterrupt:
                stopped.set()
    try:
        summary = writing.result()
    except ChatModelError as error:
        tell(f"Ingen sammanfattning: {error}")
        return None
    if summary is not None and not quiet:
        numbered = "\n".join(f"[{n}] {short_place(source.item)}" for n, source in enumerate(shown_sources(answer), 1))
        ended = "\n(Avbruten.)" if summary.stopped else ""
        show(f"{ended}\n\n— Sammanfattat av {summary.model}, granskat mot:\n{numbered}\n")
    return summary


def _as_json(answer: Answer, summary: Summary | None) -> dict[str, object]:
    return {**answer.to_json(), **({"summary": summary.to_json()} if summary is not None else {})}


@command()
@click.argument("text", required=False, metavar="TEXT")
@library_option
@embedder_option
@click.option("--limit", type=click.IntRange(min=1), default=10, metavar="ANTAL", help="Högst så många träffar (10).")
@click.option("--year", type=int, default=None, metavar="ÅR", help="Bara rapporter från det året.")
@click.option("--organisation", default=None, metavar="NAMN", help="Bara rapporter från den organisationen.")
@click.option("--plan", default=None, metavar="NR", help="Bara den planen: dess nummer eller titel.")
@click.option("--answer", default=None, metavar="SVAR", help="Bara punkter med det svaret: ja, nej, delvis eller pågår.")
@json_option
@_batch
def search(
    text: str | None,
    folder: Path | None,
    embedder: str | None,
    limit: int,
    year: int | None,
    organisation: str | None,
    plan: str | None,
    answer: str | None,
    as_json: bool,
    batch: Path | None,
) -> None:
    """Sök bland kommentarerna; de närmaste först, utan att något sorteras bort."""
    _one_of(text, batch)
    filters: dict[str, Any] = {"year": year, "organisation": organisation, "plan": plan, "answer": answer}
    with Assistant.open(folder, embedder=embedder and full_name(embedder)) as assistant:
        assistant.library  # noqa: B018 - no library is said before a batch file is read
        _one_thread()
        embed(assistant, embedder)
        if batch is not None:
            from assistant.batch import read_batch

            for question in read_batch(batch, assistant):
                whose = {"organisation": question.organisation or organisation}
                hits = assistant.search(question.turns[-1], limit=limit, **{**filters, **whose})
                print(_line({"id": question.id, "hits": [hit_json(hit) for hit in hits]}))
            return
        hits = assistant.search(text or "", limit=limit, **filters)
    if as_json:
        print(json.dumps({"hits": [hit_json(hit) for hit in hits]}, ensure_ascii=False, indent=2))
    elif hits:
        show("\n\n".join(_shown(hit, at) for at, hit in enumerate(hits, 1)))
    else:
        show("Inga träffar.")
    finish(0 if hits else 1)


def hit_json(hit: Hit) -> dict[str, object]:
    """A hit as scripts see it: the item's fields, then quote, start, end and score."""
    return {**hit.item.to_json(), "quote": hit.quote, "start": hit.start, "end": hit.end, "score": round(hit.score, 4)}


def _shown(hit: Hit, number: int) -> str:
    from assistant.phrases import badge, item_label, place

    quoted = f"\n”{hit.quote}”" if hit.quote else ""
    return f"{number}. {item_label(hit.item)} · {badge(hit.item)} · {hit.item.question}{quoted}\n{place(hit.item)}"


def _one_of(text: str | None, batch: Path | None) -> None:
    if (text is None) == (batch is None):
        raise click.UsageError(
            "Ange antingen en text eller --batch FIL, inte båda." if batch else "Ange en text, eller en fil med --batch."
        )


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
