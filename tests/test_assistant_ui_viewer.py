"""The report as it can be read, and its PDF pages as pictures with the passage where it stands."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.ui.page_image import marked_pages, png
from assistant.ui.viewer import places, report_html
from corpus import samples
from corpus.model import Item, Place, Report


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, bytes, Item]:
    """The newest sample report read from PDF, its bytes, and strategi 5:2."""
    with Assistant.open(tmp_path_factory.mktemp("pdf") / "bibliotek") as assistant:
        done = assistant.ingest(samples.paths("pdf")[3])
        report = assistant.library.report(done.report_id)
        return report, assistant.library.original(done.report_id), next(i for i in report.items if i.plan == 1 and i.code == "5:2")


def test_every_item_is_there_and_the_one_asked_for_is_marked(pdf: tuple[Report, bytes, Item]) -> None:
    report, _, item = pdf
    shown = report_html(report, position=item.position, start=0, end=10)
    assert shown.count('class="report-item') == len(report.items) == 36
    assert shown.count("data-here") == 1 and f"<mark>{item.comment[:10]}" in shown
    assert shown.index("Strategi 5:1") < shown.index("data-here") < shown.index("Strategi 5:3")
    assert report_html(report).count("<mark>") == 0


def test_what_is_marked_on_the_page_holds_the_words(pdf: tuple[Report, bytes, Item]) -> None:
    """The boxes, cut out of the PDF by another library, hold the slice's words."""
    import pdfplumber

    report, data, item = pdf
    start = item.comment.index("Antalet utredningar")
    end = item.comment.index(".", start) + 1
    found = places(report, item.position, start, end)
    (marked,) = marked_pages(data, found)
    with pdfplumber.open(io.BytesIO(data)) as document:
        page = document.pages[marked.page - 1]
        width, height = float(page.width), float(page.height)
        boxes = [(x * width / 100, y * height / 100, (x + w) * width / 100, (y + h) * height / 100) for x, y, w, h in marked.boxes]
        words = " ".join((page.crop((x0 - 1, top - 1, x1 + 1, bottom + 1)).extract_text() or "") for x0, top, x1, bottom in boxes)
    assert " ".join(item.comment[start:end].split()) in " ".join(words.split())


def test_a_whole_comment_is_marked_on_every_page_it_stands_on(pdf: tuple[Report, bytes, Item]) -> None:
    report, data, _ = pdf
    long = max(report.items, key=lambda item: len(item.comment))
    pages = {place.page for place in places(report, long.position, 0, 0)}
    assert [marked.page for marked in marked_pages(data, places(report, long.position, 0, 0))] == sorted(
        p for p in pages if p is not None
    )
    assert places(report, 999, 0, 0) == []


def test_a_page_is_a_picture_and_a_missing_one_is_none(pdf: tuple[Report, bytes, Item]) -> None:
    _, data, _ = pdf
    assert png(data, 1).startswith(b"\x89PNG")
    for number in (0, 999):
        with pytest.raises(IndexError):
            png(data, number)


def test_what_cannot_be_drawn_is_left_out() -> None:
    assert marked_pages(b"not a pdf", [Place(0, 1, 1, (0.0, 0.0, 1.0, 1.0))]) == []
    with pytest.raises(IndexError):
        png(b"not a pdf", 1)


def test_text_reports_have_no_pictures(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        report = assistant.library.report(assistant.reports()[0].id)
    assert all(place.box is None for place in places(report, 0, 0, 0))
    assert "pdf-sidor" not in report_html(report, position=0)
