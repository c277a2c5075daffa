"""What the web page costs: from the command to the first page and to an answered question, its weight, and twenty asking at once.

Starts are measured in turn with those of a bare page of the library that the page is made with, each in a process of its own. Knows nothing
of what the page shows beyond where a question is written and where its answer stands.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from eval.bench.figures import Figure, Measured

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME: Final = "page"
TITLE: Final = "Webbsidan"
SESSIONS: Final = 20
"""How many ask at once."""
LIMIT: Final = 1.3
"""Our start against that of a bare page."""

ROOT = Path(__file__).parents[2]
BARE = """
import sys
import gradio as gr
with gr.Blocks() as page:
    asked, shown = gr.Textbox(label="Din fråga om rapporterna"), gr.HTML(elem_classes="answer")
    asked.submit(lambda text: f"<article class='turn' data-turn='1'><p class='answer'>{text}</p></article>", asked, shown)
page.launch(server_port=int(sys.argv[1]), quiet=True)
"""
"""As little of a page as a question can be asked on."""
_PATIENCE = 180.0
_BROWSER = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()


@dataclass(frozen=True, slots=True)
class Start:
    """One start: wall seconds to the first page and to an answered question, CPU seconds to the first page, bytes and requests of it.

    What needs a browser is None where there is none; CPU seconds are None where the system does not say.
    """

    first: float
    cpu: float | None
    answered: float | None = None
    weight: int | None = None
    requests: int | None = None


def measure(folder: Path, *, quick: bool = False, progress: Callable[[int, int], None] | None = None) -> Measured:
    """The figures; without playwright and Chromium those of the browser are left out, and the remarks say so."""
    starts, rounds, warm = (1, 1, 5) if quick else (5, 5, 40)
    done, total = 0, 2 * starts + rounds + 1

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    library = _library(folder)
    ours: list[Start] = []
    bare: list[Start] = []
    with _chromium() as browser:
        for _ in range(starts):
            for command, found in ((_ours(library), ours), (_bare(), bare)):
                found.append(_start(command, browser))
                step()
        with _running(_ours(library)) as (address, _):
            _page(address)
            single = _warm(browser, address, warm) if browser else []
            step()
            waits: list[float] = []
            wrong = 0
            for number in range(rounds):
                times, others = together(address, SESSIONS, number)
                waits += times
                wrong += others
                step()
    remarks = [
        "Start: från att processen startas till hela första sidan, varannan gång vår och varannan en tom Gradio-sida, på samma dator.",
        f"{SESSIONS} sessioner: lika många förbindelser ställer varsin fråga samtidigt, med sidans eget protokoll, och får hela svaret.",
    ]
    if browser is None:
        remarks.append("Webbläsare saknades (playwright och Chromium): tid till svar i webbläsaren och sidans vikt är inte mätta.")
    return Measured(NAME, TITLE, tuple(_figures(ours, bare, single, waits, wrong)), tuple(remarks))


def _figures(
    ours: Sequence[Start], bare: Sequence[Start], single: Sequence[float], waits: Sequence[float], wrong: int
) -> Iterator[Figure]:
    for who, starts in (("vår sida", ours), ("tom Gradio-sida", bare)):
        yield _median(f"till första sidan, {who}", [start.first for start in starts], "s")
        if cpu := [start.cpu for start in starts if start.cpu is not None]:
            yield _median(f"processortid till första sidan, {who}", cpu, "s")
        if answered := [start.answered for start in starts if start.answered is not None]:
            yield _median(f"till besvarad fråga i webbläsaren, {who}", answered, "s")
        weights = [(start.weight, start.requests) for start in starts if start.weight is not None and start.requests is not None]
        if weights:
            yield Figure(f"sidans vikt, {who}", weights[0][0] / 1000, "kB")
            yield Figure(f"förfrågningar, {who}", weights[0][1], "")
    yield Figure("start, vår mot tom", _ratio([s.first for s in ours], [s.first for s in bare]), "×", len(ours), limit=LIMIT)
    own, other = [s.cpu for s in ours if s.cpu is not None], [s.cpu for s in bare if s.cpu is not None]
    if own and other:
        yield Figure("processortid vid start, vår mot tom", _ratio(own, other), "×", len(own), limit=LIMIT, fails=True)
    if single:
        yield _median("varm fråga till svar på skärmen, p50", [1000 * one for one in single], "ms")
        yield Figure("varm fråga till svar på skärmen, p95", 1000 * _p95(single), "ms", len(single))
    yield _median(f"{SESSIONS} frågar samtidigt, p50", [1000 * one for one in waits], "ms")
    yield Figure(f"{SESSIONS} frågar samtidigt, p95", 1000 * _p95(waits), "ms", len(waits))
    yield Figure("svar i fel session", wrong, "", len(waits), limit=0, fails=True)


# Starting


def _ours(library: Path) -> list[str]:
    return [sys.executable, "-m", "assistant", "ui", "--library", str(library), "--port"]


def _bare() -> list[str]:
    return [sys.executable, "-c", BARE]


def _library(folder: Path) -> Path:
    from assistant.app import Assistant
    from assistant.samples import load_samples

    library = folder / "page"
    if not (library / "library.sqlite").exists():
        with Assistant.open(library) as assistant:
            load_samples(assistant)
            assistant.search("trygghet")  # the derived files too
    return library


@contextmanager
def _running(command: Sequence[str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "NO_PROXY": "127.0.0.1,localhost"}
    process = subprocess.Popen(
        [*command, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


def _start(command: Sequence[str], browser: Browser | None) -> Start:
    began = time.perf_counter()
    with _running(command) as (address, process):
        _page(address)
        first, cpu = time.perf_counter() - began, _cpu_seconds(process.pid)
        if browser is None:
            return Start(first, cpu)
        context = browser.new_context()
        page = context.new_page()
        loaded: list[Any] = []
        page.on("requestfinished", lambda request: loaded.append(request))
        page.goto(address)
        box = page.get_by_label("Din fråga om rapporterna")
        box.wait_for()
        page.wait_for_timeout(1000)  # what comes after the first paint; the page never falls quite silent
        sizes = [request.sizes() for request in loaded]
        box.fill("strategi 5:2 i plan 1")
        asked = time.perf_counter()
        box.press("Enter")
        page.locator('article.turn[data-turn="1"] .answer').wait_for()
        answer = time.perf_counter() - asked
        context.close()
        ready = _painted(browser, address)
        weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
        return Start(first, cpu, first + ready + answer, weight, len(sizes))


def _painted(browser: Browser, address: str) -> float:
    """Seconds from opening the page, new to the browser, until a question can be written in it."""
    context = browser.new_context()
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.get_by_label("Din fråga om rapporterna").wait_for()
    took = time.perf_counter() - began
    context.close()
    return took


def _page(address: str) -> None:
    """Waits for the first page."""
    import httpx

    until = time.monotonic() + _PATIENCE
    while True:
        with suppress(httpx.TransportError):
            if httpx.get(address, timeout=_PATIENCE, trust_env=False).status_code == 200:
                return
        if time.monotonic() > until:
            raise TimeoutError(f"no page at {address} in {_PATIENCE:.0f} s")
        time.sleep(0.02)


def _cpu_seconds(pid: int) -> float | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _chromium() -> Iterator[Browser | None]:
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        path = None
    if path is None:
        yield None
        return
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=_BROWSER)
        try:
            yield browser
        finally:
            browser.close()


# Asking


def _questions(count: int, turn: int) -> list[tuple[str, str, str]]:
    """Questions on one item and year each, no two alike within a ``turn``: (question, the item as its card calls it, its report)."""
    codes = [f"{area}:{number}" for area in range(1, 6) for number in (1, 2)]
    pairs = [(code, year) for code in codes for year in (2025, 2024, 2023, 2022)]
    chosen = [pairs[(turn * 7 + place) % len(pairs)] for place in range(count)]
    return [
        (f"strategi {code} i plan 1 i rapporten {year} från Socialförvaltningen Norrälven", f"Strategi {code}", f"rapport {year}")
        for code, year in chosen
    ]


def _warm(browser: Browser, address: str, count: int) -> list[float]:
    """Seconds from Enter to the answer on the screen, one question after another in one conversation."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    box = page.get_by_label("Din fråga om rapporterna")
    times = []
    for turn, (question, *_) in enumerate(_questions(count + 1, 0), 1):
        if turn % 15 == 1:
            page.get_by_role("button", name="Nytt samtal").click()
            page.locator("article.turn").first.wait_for(state="detached")
        shown = page.locator(f'article.turn[data-turn="{(turn - 1) % 15 + 1}"] .answer')
        box.fill(question)
        began = time.perf_counter()
        box.press("Enter")
        shown.wait_for()
        times.append(time.perf_counter() - began)
    context.close()
    return times[1:]  # the first warms what is only loaded by asking


def together(address: str, sessions: int, turn: int) -> tuple[list[float], int]:
    """``sessions`` ask a question of their own at the same moment: seconds to each answer, and how many got one that was not theirs."""
    import httpx

    config = httpx.get(f"{address}/config", timeout=_PATIENCE, trust_env=False).json()
    box = next(part["id"] for part in config["components"] if part["props"].get("elem_id") == "fraga")
    function = next(one["id"] for one in config["dependencies"] if [box, "submit"] in [list(target) for target in one["targets"]])
    ready = threading.Barrier(sessions)
    times = [0.0] * sessions
    right = [False] * sessions

    def ask(place: int, question: str, item: str, report: str) -> None:
        session = uuid4().hex
        join = {"data": [question, []], "event_data": None, "fn_index": function, "trigger_id": box, "session_hash": session}
        with httpx.Client(base_url=f"{address}{config['api_prefix']}", timeout=_PATIENCE, trust_env=False) as client:
            ready.wait()
            began = time.perf_counter()
            client.post("/queue/join", json=join).raise_for_status()
            with client.stream("GET", "/queue/data", params={"session_hash": session}) as answer:
                line = next((line for line in answer.iter_lines() if '"process_completed"' in line), "")
            times[place] = time.perf_counter() - began
        right[place] = _is_own(line, question, item, report)

    threads = [threading.Thread(target=ask, args=(place, *question)) for place, question in enumerate(_questions(sessions, turn))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, right.count(False)


def _is_own(line: str, question: str, item: str, report: str) -> bool:
    """Whether the event holds the answer to ``question``: the question itself, and a card of its item and report, and of no other."""
    import json
    import re

    data = json.loads(line.removeprefix("data:"))["output"]["data"] if line else []
    html = data[0].get("html", "") if data and isinstance(data[0], dict) else ""
    cards = re.findall(r'aria-label="Källa: ([^"]*)"', html)
    return f"</span>{question}</h2>" in html and cards == [f"{item}, {report}"]


# Figures


def _median(name: str, values: Sequence[float], unit: str) -> Figure:
    low, _, high = statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
    return Figure(name, statistics.median(values), unit, len(values), low, high)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def _ratio(ours: Sequence[float], bare: Sequence[float]) -> float:
    return statistics.median(ours) / statistics.median(bare)
