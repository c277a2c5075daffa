"""What tests share: the sample library, built once; the real report, where it is at hand; and no way out to a network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_skipped_pages: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember the browser tests that were skipped, and why."""
    if report.skipped and "browser" in report.keywords and isinstance(report.longrepr, tuple):
        _skipped_pages.append(report.longrepr[2].removeprefix("Skipped: "))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the very last line that the page was not tested in a browser: among a thousand dots it would not be seen."""
    if _skipped_pages and not hasattr(config, "workerinput"):
        print(f"OBS: {len(_skipped_pages)} webbläsartest hoppades över ({_skipped_pages[0]}).")


REAL_REPORTS = Path(__file__).parents[2] / "shared" / "reports"


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with every sample report and the samples' settings, made once. For reading: a test that writes makes its own."""
    from assistant import Assistant
    from assistant.samples import load_samples

    folder = tmp_path_factory.mktemp("sample") / "library"
    with Assistant.open(folder) as assistant:
        load_samples(assistant)
    return folder


@pytest.fixture(scope="session")
def real_report() -> Path:
    """The real report as text; a test that needs it is skipped, with the reason, where the file is not at hand."""
    found = sorted(REAL_REPORTS.glob("*.txt"))
    if not found:
        pytest.skip(f"no real report in {REAL_REPORTS}")
    return found[0]


@pytest.fixture(scope="session")
def real_library(real_report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with the real report alone, made once."""
    from assistant import Assistant

    folder = tmp_path_factory.mktemp("real") / "library"
    with Assistant.open(folder) as assistant:
        assistant.ingest(real_report, year=2024, organisation="Socialförvaltningen Sydväst")
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every connection to another machine fails; this machine's own addresses are allowed."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield
