"""A real headless Chromium for tests of the page: found, or the test is skipped with the reason; what it asks and complains of is counted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
PATIENCE = 30_000
"""Milliseconds that a test waits for what it expects: far more than is needed, for slow machines."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; the test is skipped where playwright or Chromium is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no chromium found: the page is not tested in a browser")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A page opened at an address, with what it asked of other hosts and what it complained of."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    bytes: int = 0

    def ask(self, question: str, *, turn: int) -> Any:
        """Ask as a person does; gives the answered turn."""
        box = self.page.get_by_label("Din fråga om rapporterna")
        box.fill(question)
        box.press("Enter")
        return self.answered(turn)

    def answered(self, turn: int) -> Any:
        """The turn with this number, once it is answered."""
        shown = self.page.locator(f'article.turn[data-turn="{turn}"]')
        shown.locator(".answer").wait_for()
        return shown

    def tab(self, name: str) -> None:
        """Go to a tab by its name; on a narrow screen some are under "Fler flikar"."""
        shown = self.page.get_by_role("tab", name=name, exact=True)
        if shown.count() == 0:
            self.page.get_by_role("button", name="Fler flikar").click()
            shown = self.page.locator(".overflow-dropdown").get_by_role("button", name=name, exact=True)
        shown.click()


@contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """A page of a browser of its own (no memory of others) at ``address``, once it is painted; ``options`` as for a browser context."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    visit = Visit(page, address)
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else visit.outside.append(request.url),
    )
    page.on("console", lambda message: visit.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    try:
        page.goto(address)
        page.locator(".welcome, article.turn").first.wait_for()
        yield visit
    finally:
        context.close()


def broken_rules(visit: Visit) -> list[str]:
    """What axe-core finds broken on the page as it stands, of WCAG 2.1 A and AA and its best practices; the test is skipped without axe."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate((Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations']}"
    found = visit.page.evaluate(f"async () => (await axe.run(document, {rules})).violations")
    return [f"{rule['impact']} {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
