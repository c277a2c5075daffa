"""The page in a real browser, used as a person uses it: asking, opening the source, drafting, reading reports in, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import chromium, visiting

from assistant import Assistant
from assistant.samples import load_samples
from assistant.ui.serving import serving
from corpus import samples
from index.filters import Filter

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Assistant]]:
    """The sample library's page, and its assistant. Tests that change it leave reports as they were."""
    with Assistant.open(tmp_path_factory.mktemp("sida") / "bibliotek") as assistant:
        load_samples(assistant)
        with serving(assistant) as address:
            yield address, assistant


def test_the_page_loads_in_swedish_without_errors_or_other_hosts(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0]) as visit:
        assert visit.page.title() == "Uppföljningsassistenten"
        assert visit.page.evaluate("document.documentElement.lang") == "sv"
        for name in ("Utkast", "Översikt", "Rapporter", "Kvalitet", "Inställningar", "Fråga"):
            visit.tab(name)
            visit.page.wait_for_timeout(300)
        assert visit.page.locator("footer a").count() == 0  # none of Gradio's own links
        assert visit.outside == [] and visit.errors == []


def test_the_example_questions_answer_with_the_right_source(browser: Browser, site: tuple[str, Assistant]) -> None:
    address, assistant = site
    with visiting(browser, address) as visit:
        examples = visit.page.locator(".welcome .examples button").all_inner_texts()
        assert len(examples) == 5
        visit.page.locator(".welcome .examples button").first.click()
        visit.answered(1)
        for turn, question in enumerate(examples[1:], 2):
            visit.ask(question, turn=turn)
        history: list[str] = []
        for turn, question in enumerate(examples, 1):
            expected = assistant.ask(question, history=history).sources[0].item
            shown = visit.answered(turn).locator(".card, table.list tbody tr").first
            assert f"{expected.kind.capitalize()} {expected.code}" in shown.inner_text()
            assert str(expected.year) in shown.inner_text()
            history.append(question)
        assert visit.outside == [] and visit.errors == []


def test_the_answer_holds_the_comment_its_place_and_its_badge(browser: Browser, site: tuple[str, Assistant]) -> None:
    address, assistant = site
    (item,) = assistant.library.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="5:2"))
    with visiting(browser, address) as visit:
        card = visit.ask("vad gjorde vi för strategi 5:2 förra året?", turn=1).locator(".card")
        text = " ".join(card.inner_text().split())
        assert " ".join(item.comment.split()) in text
        for part in (item.organisation, "rapport 2025", item.plan_title, item.area, f"s. {item.page}", "✓ Svar: Ja"):
            assert part in text, part


def test_the_source_opens_at_its_place_and_closes_with_escape(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0]) as visit:
        turn = visit.ask("hur många familjer fick stöd?", turn=1)
        quoted = turn.locator(".card mark").first.inner_text()
        turn.get_by_role("button", name="Visa i rapporten").first.click()
        mark = visit.page.locator("dialog[open] mark")
        mark.wait_for()
        visit.page.wait_for_timeout(300)
        assert mark.inner_text() == quoted
        inside = visit.page.locator("dialog[open] .dialog-inside").bounding_box()
        placed = mark.bounding_box()
        assert inside and placed and inside["y"] <= placed["y"] <= inside["y"] + inside["height"]
        visit.page.keyboard.press("Escape")
        assert visit.page.locator("dialog[open]").count() == 0
        assert visit.page.evaluate("document.activeElement.textContent").startswith("Visa i rapporten")


def test_a_follow_up_a_chip_taken_away_and_a_reload(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0]) as visit:
        visit.ask("vad gjorde vi för strategi 5:2 förra året?", turn=1)
        visit.page.get_by_role("button", name="Året innan då?").click()
        second = visit.answered(2)
        assert "rapport 2024" in second.inner_text()
        first = visit.answered(1)
        first.get_by_role("button", name="Ta bort Strategi 5:2 och fråga igen").click()
        first.get_by_role("button", name="Återställ").wait_for()
        assert first.locator(".chip").first.inner_text().startswith("2025")
        visit.page.reload()
        visit.answered(2)
        assert visit.page.locator("article.turn").count() == 2
        assert first.get_by_role("button", name="Återställ").is_visible()
        visit.page.get_by_role("button", name="Nytt samtal").click()
        visit.page.locator(".welcome").wait_for()
        assert visit.page.locator("article.turn").count() == 0


def test_an_unknown_code_offers_the_nearest_and_a_click_finds_it(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0]) as visit:
        turn = visit.ask("strategi 9:9", turn=1)
        assert "Det finns ingen strategi 9:9" in turn.inner_text() and turn.locator(".card").count() == 0
        turn.locator(".candidates button").first.click()
        assert visit.answered(2).locator(".card").count() == 1


def test_two_browsers_do_not_share_a_conversation(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0]) as one, visiting(browser, site[0]) as other:
        one.ask("strategi 5:2 i plan 1", turn=1)
        assert "5:3" not in other.ask("året innan då?", turn=1).inner_text()
        assert other.page.locator(".card").count() == 0  # there was no earlier turn to lean on


def test_from_question_to_document(browser: Browser, site: tuple[str, Assistant]) -> None:
    """Ask, start a draft from the answer, write notes, edit, save, fetch the document; the file holds what was on the screen."""
    from docx import Document

    address, assistant = site
    (item,) = assistant.library.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="3:5"))
    with visiting(browser, address, accept_downloads=True) as visit:
        page = visit.page
        visit.ask("strategi 3:5 i plan 1", turn=1).get_by_role("button", name="Skapa utkast").click()
        page.locator("#utkast-tidslinje li").first.wait_for()
        assert "Strategi 3:5 · utkast till rapporten 2026" in page.locator("#utkast-plats").inner_text()
        page.get_by_label("Anteckningar").fill("71 familjer fick stöd\njourtelefonen öppen även lördagar sedan mars")
        page.get_by_role("button", name="Skapa utkast", exact=True).click()
        page.locator(".sentences li").first.wait_for()
        assert "Från anteckning" in page.locator(".sentences").inner_text()
        box = page.get_by_label("Texten att lämna in")
        assert "71 familjer" in box.input_value()
        box.fill(box.input_value() + "\n\nTeamet leds av två samordnare.")
        page.get_by_role("button", name="Granska min ändring").click()
        last = page.locator(".sentences li").last
        last.get_by_text("Saknar källa").wait_for()
        assert "Teamet leds av två samordnare." in last.inner_text()
        page.locator("#utkast-svar").get_by_text("Delvis", exact=True).click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Spara och ladda ner Word").click()
        document = Document(download.value.path())
        words = " ".join(
            [p.text for p in document.paragraphs]
            + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        )
        for sentence in ("71 familjer", "Teamet leds av två samordnare.", "3:5"):
            assert sentence in words, sentence
        page.get_by_text("Version 1").first.wait_for()
        (version,) = assistant.library.drafts(item.key.id, 2026)
        assert version.draft.answer == "Delvis" and version.draft.text == box.input_value()
        assert visit.outside == [] and visit.errors == []
        # What is typed and never saved is there after the page was closed.
        box.fill("Det här sparade jag aldrig.")
        page.reload()
        visit.answered(1).get_by_role("button", name="Skapa utkast").click()
        page.get_by_text("är tillbaka").wait_for()
        assert box.input_value() == "Det här sparade jag aldrig."
        page.locator("#utkast-versioner").get_by_role("button", name="Öppna").click()
        page.wait_for_function("() => document.querySelector('#utkast-text textarea').value.includes('71 familjer')")
        visit.tab("Översikt")
        assert "Utkast" in page.locator("table.matrix tbody tr", has_text="Strategi 3:5").first.inner_text()


def test_by_keyboard_alone(browser: Browser, site: tuple[str, Assistant]) -> None:
    """Ask, open the source, close it, start a draft, write a note, make it, save it: no mouse."""
    address, assistant = site
    (item,) = assistant.library.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="5:3"))
    with visiting(browser, address) as visit:
        page = visit.page

        def to(name: str, most: int = 60) -> None:
            """Tab until what has the focus is called ``name``; it must be seen to have it."""
            for _ in range(most):
                page.keyboard.press("Tab")
                focus = page.evaluate(
                    "() => { const e = document.activeElement; return [e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || '',"
                    " getComputedStyle(e).outlineStyle, e.closest('.input-container') !== null]; }"
                )
                if focus[0].strip().startswith(name):
                    assert focus[1] != "none" or focus[2], f"{name} does not show its focus"
                    return
            raise AssertionError(f"{name} was not reached with Tab")

        page.wait_for_function("() => document.activeElement?.closest('#fraga')")  # the box has the focus from the start
        page.keyboard.type("strategi 5:3 i plan 1")
        page.keyboard.press("Enter")
        visit.answered(1)
        page.keyboard.press("Home")
        page.evaluate("document.activeElement.blur()")
        to("Visa i rapporten")
        page.keyboard.press("Enter")
        page.locator("dialog[open] [data-here]").wait_for()
        page.keyboard.press("Escape")
        to("Skapa utkast")
        page.keyboard.press("Enter")
        page.locator("#utkast-tidslinje li").first.wait_for()
        to("Anteckningar")
        page.keyboard.type("ny rutin beslutad i mars")
        to("Skapa utkast")
        page.keyboard.press("Enter")
        page.locator(".sentences li").first.wait_for()
        to("Spara")
        page.keyboard.press("Enter")
        page.get_by_text("Version 1").first.wait_for()
        assert len(assistant.library.drafts(item.key.id, 2026)) == 1


def test_reports_are_read_in_shown_and_taken_out_and_markup_is_text(browser: Browser, tmp_path: Path) -> None:
    text = samples.paths("txt")[2].read_text(encoding="utf-8")
    attack = "<img src=x onerror=\"document.title='tagen'\"> ${1+1} {{7*7}} <script>document.title='tagen'</script>"
    (tmp_path / "rapport å.txt").write_text(
        text.replace("Ekonomiskt bistånd:", f"Ekonomiskt bistånd {attack}:", 1), encoding="utf-8"
    )
    (tmp_path / "tom.pdf").write_bytes(b"")
    with Assistant.open(tmp_path / "bibliotek") as assistant, serving(assistant) as address, visiting(browser, address) as visit:
        page = visit.page
        page.get_by_role("button", name="Läs in rapporter").click()
        page.locator("#rapport-filer input[type=file]").set_input_files([tmp_path / "rapport å.txt", tmp_path / "tom.pdf"])
        form = page.locator("form.waiting")
        form.wait_for()
        assert form.get_by_label("Rapportår").input_value() == "2024"
        assert form.get_by_label("Organisation").input_value() == samples.ORGANISATION
        assert "tom.pdf är tom" in form.inner_text()
        form.get_by_role("button", name="Läs in", exact=True).click()
        page.get_by_text("Inläst: Socialförvaltningen Norrälven, rapport 2024").wait_for()
        row = page.locator("#rapport-lista tbody tr")
        row.wait_for()
        with page.expect_download() as download:
            row.get_by_role("link", name="Hämta original").click()
        assert Path(download.value.path()).read_bytes() == (tmp_path / "rapport å.txt").read_bytes()
        visit.tab("Fråga")
        card = visit.ask("strategi 5:2 i plan 1", turn=1).locator(".card")
        assert attack in card.inner_text() and card.locator("img").count() == 0
        assert page.title() == "Uppföljningsassistenten"
        visit.tab("Rapporter")
        page.locator("#rapport-lista").get_by_role("button", name="Ta bort").click()
        page.locator("dialog.sure").get_by_role("button", name="Avbryt").click()
        assert len(assistant.reports()) == 1
        page.locator("#rapport-lista").get_by_role("button", name="Ta bort").click()
        page.locator("dialog.sure").get_by_role("button", name="Ta bort rapporten").click()
        page.get_by_text("Inga rapporter ännu").wait_for()
        assert assistant.reports() == [] and visit.outside == [] and visit.errors == []


def test_the_matrix_leads_to_the_report_and_to_the_question(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0]) as visit:
        visit.tab("Översikt")
        row = visit.page.locator("table.matrix tbody tr", has_text="Strategi 4:3")
        row.wait_for()
        assert row.locator(".badge").all_inner_texts()[-1].split()[-1] == "Nej"
        row.locator("button.cell").nth(3).click()
        visit.page.locator("dialog[open] [data-here]").wait_for()
        assert "Strategi 4:3" in visit.page.locator("dialog[open] [data-here]").inner_text()
        visit.page.keyboard.press("Escape")
        row.get_by_role("button", name="Strategi 4:3", exact=True).click()
        assert visit.answered(1).locator(".card").count() >= 4


def test_the_page_of_a_pdf_is_shown_with_the_passage_marked(browser: Browser, tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        assistant.ingest(samples.paths("pdf")[3])
        with serving(assistant) as address, visiting(browser, address) as visit:
            page = visit.page
            visit.ask("strategi 5:2 i plan 1", turn=1).get_by_role("button", name="Visa i rapporten").first.click()
            dialog = page.locator("dialog[open]")
            dialog.get_by_role("button", name="Visa sidan i PDF-filen").click()
            sheet = dialog.locator(".pdf-sheet").first
            page.wait_for_function("() => document.querySelector('.pdf-sheet img')?.naturalWidth > 500")
            box, mark = sheet.bounding_box(), sheet.locator(".pdf-box").first.bounding_box()
            assert box and mark and box["x"] < mark["x"] and mark["x"] + mark["width"] < box["x"] + box["width"]
            assert visit.outside == [] and visit.errors == []


def test_drafting_for_all_and_the_evaluation_run_from_the_page(browser: Browser, tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        load_samples(assistant)
        with serving(assistant) as address, visiting(browser, address) as visit:
            page = visit.page
            visit.tab("Översikt")
            page.locator("table.matrix").wait_for()
            page.get_by_role("button", name="Skapa utkast för alla punkter som saknar ett").click()
            page.get_by_text("Utkast sparade för").wait_for()
            page.get_by_text("utkast finns för 0 av 36").wait_for(state="detached")
            with page.expect_download() as download:
                page.locator(".overview").get_by_role("link", name="Excel").click()
            assert download.value.suggested_filename.endswith(".xlsx")
            visit.tab("Kvalitet")
            page.get_by_role("button", name="Utvärdera").click()
            page.locator("progress").wait_for()
            visit.tab("Fråga")  # a question is answered while the evaluation goes on
            assert visit.ask("strategi 5:2 i plan 1", turn=1).locator(".card").count() == 1
            visit.tab("Kvalitet")
            page.locator("table.bars").first.wait_for(timeout=240_000)
            assert visit.outside == [] and visit.errors == []


def test_settings_are_kept_and_say_that_nothing_leaves_the_machine(browser: Browser, site: tuple[str, Assistant]) -> None:
    address, assistant = site
    with visiting(browser, address) as visit:
        visit.tab("Inställningar")
        visit.page.get_by_text("Vad som lämnar datorn").wait_for()
        assert "Ingenting." in visit.page.locator(".facts").inner_text()
        year = visit.page.get_by_label("Aktuellt år")
        year.fill("2027")
        visit.page.get_by_role("button", name="Spara inställningarna").click()
        visit.page.get_by_text("arbetsår 2027").wait_for()
        assert assistant.library.settings["current_year"] == 2027
        assistant.library.settings["current_year"] = samples.CURRENT_YEAR


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen_in_light_and_dark(
    browser: Browser, site: tuple[str, Assistant], tmp_path: Path, width: int, scheme: str
) -> None:
    with visiting(browser, site[0], viewport={"width": width, "height": 800}, color_scheme=scheme) as visit:
        visit.ask("hur har strategi 4:3 i plan 1 utvecklats?", turn=1)
        visit.ask("vilka svarade vi nej på?", turn=2)
        for name in ("Fråga", "Utkast", "Översikt", "Rapporter", "Kvalitet", "Inställningar"):
            visit.tab(name)
            visit.page.wait_for_timeout(500)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, name
            visit.page.screenshot(path=tmp_path / f"{name}.png")
        assert visit.page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")


def test_light_and_dark_can_be_chosen_and_are_remembered(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0], color_scheme="light") as visit:
        visit.page.get_by_role("button", name="Byt mellan ljust och mörkt läge").click()
        assert visit.page.evaluate("document.body.classList.contains('dark')")
        visit.page.reload()
        visit.page.locator(".welcome").wait_for()
        assert visit.page.evaluate("document.body.classList.contains('dark')")


def test_accessibility_rules_hold_on_every_tab(browser: Browser, site: tuple[str, Assistant]) -> None:
    """axe-core's rules for WCAG 2.1 A and AA: none broken, with content and with a dialog open."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    rules = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"

    def broken(page: object) -> list[str]:
        page.wait_for_timeout(400)  # type: ignore[attr-defined]
        found = page.evaluate(f"async () => (await {rules}).violations")  # type: ignore[attr-defined]
        return [f"{rule['impact']} {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]

    for scheme in ("light", "dark"):
        with visiting(browser, site[0], color_scheme=scheme) as visit:
            visit.page.evaluate(source)
            assert broken(visit.page) == []
            visit.ask("hur har strategi 4:3 i plan 1 utvecklats?", turn=1)
            visit.ask("vilka svarade vi nej på?", turn=2)
            visit.ask("strategi 9:9", turn=3)
            assert broken(visit.page) == []
            visit.answered(1).get_by_role("button", name="Visa i rapporten").first.click()
            visit.page.locator("dialog[open] [data-here]").wait_for()
            assert broken(visit.page) == []
            visit.page.keyboard.press("Escape")
            visit.answered(1).get_by_role("button", name="Skapa utkast").first.click()
            visit.page.locator("#utkast-tidslinje li").first.wait_for()
            assert broken(visit.page) == []
            for name in ("Översikt", "Rapporter", "Kvalitet", "Inställningar"):
                visit.tab(name)
                visit.page.wait_for_timeout(600)
                assert broken(visit.page) == [], name
