"""The page in a real browser, used as a person uses it: asking, opening the source, drafting, reading reports in, on a phone, in the dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browsing import Visit, broken_rules, chromium, visiting
from model_server import ENDLESS, model_server

from assistant import Assistant
from assistant.draft.whole_report import add_notes
from assistant.samples import load_samples
from assistant.ui.serving import serving
from corpus import samples
from eval import looks
from index.filters import Filter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.browser, pytest.mark.slow]


LONG_FORM = """ 1 Kommunens program för trygga kvällar

1.1 Målområde 1: Fler ute på kvällen
Uppföljningsfrågor Svarsalternativ med kommentar

Är fler ute?

Strategi 1:1 Kommunen ska se till att
fler vågar gå ut.

Ja

{comment}
"""


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
        visit.page.locator(".welcome .examples button").first.wait_for()
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
        page.get_by_role("button", name="Godkänn mening 1", exact=True).click()
        page.get_by_role("button", name="Ångra godkännandet av mening 1", exact=True).wait_for()
        page.get_by_role("button", name="Byt ut mening 2", exact=True).click()
        page.get_by_label("Mening 2 med egna ord").fill("Den här meningen är min.")
        page.get_by_role("button", name="Byt ut meningen").locator("visible=true").click()
        page.locator(".sentences li").nth(1).get_by_text("Saknar källa").wait_for()
        page.get_by_role("button", name="Ta bort mening 2", exact=True).click()
        page.locator(".sentences").get_by_text("Den här meningen är min.").first.wait_for(state="detached")
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
        page.locator("#utkast-svar").get_by_text("Nej", exact=True).click()
        page.reload()
        page.get_by_text("är tillbaka").wait_for()
        assert box.input_value() == "Det här sparade jag aldrig."
        assert page.locator("#utkast-svar input:checked").get_attribute("value") == "Nej"
        assert "Strategi 3:5" in page.get_by_label("Punkt (skriv för att söka)").input_value()
        page.get_by_role("button", name="Visa skillnaderna").click()
        page.locator(".comparison").get_by_text("Tillagd").first.wait_for()
        assert "Det här sparade jag aldrig." in page.locator(".comparison li ins").first.inner_text()
        page.locator("#utkast-versioner").get_by_role("button", name="Öppna").click()
        page.wait_for_function("() => document.querySelector('#utkast-text textarea').value.includes('71 familjer')")
        visit.tab("Översikt")
        assert "Utkast" in page.locator("table.matrix tbody tr", has_text="Strategi 3:5").first.inner_text()


def test_personal_data_is_asked_about_and_what_fails_beside_the_queue_is_said(
    browser: Browser, sample_library: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        (item,) = assistant.items(year=2025, organisation=samples.ORGANISATION, plan=3)[:1]
        with serving(assistant) as address, visiting(browser, address) as visit:
            page, library = visit.page, assistant.library
            visit.tab("Översikt")
            page.locator(f'[data-do="draft"][data-item="{item.id}"]').click()
            page.locator("#utkast-tidslinje li").first.wait_for()
            notes = page.get_by_label("Anteckningar: vad")
            notes.fill("Klienten Bertil Holm, 070-123 45 67, fick hjälp")
            notes.blur()
            page.get_by_text("Anteckningarna är inte sparade").wait_for()
            assert broken_rules(visit) == [] and library.notes(item.key.id, 2026) == ()
            notes.fill("5 möten hölls")
            notes.blur()
            page.get_by_text("Anteckningarna är sparade i biblioteket").wait_for()
            page.get_by_label("Texten att lämna in").fill("Bertil Holm nås på 070-123 45 67.")
            page.get_by_role("button", name="Spara", exact=True).click()
            page.get_by_text("Inget är sparat än").wait_for()
            assert library.drafts(item.key.id, 2026) == []
            assert page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('uppfoljning:text:'))")
            page.get_by_role("button", name="Spara ändå").click()
            page.get_by_text("Version 1").first.wait_for()
            page.route(
                "**/gradio_api/run/**", lambda route: route.fulfill(status=500, json={"error": "Biblioteket &lt;x&gt; är låst."})
            )
            notes.fill("6 möten hölls")
            notes.blur()
            page.locator("#fel").get_by_text("Biblioteket <x> är låst.").wait_for()


def test_from_item_to_item_nothing_typed_is_lost_and_all_of_it_is_traced(
    browser: Browser, sample_library: Path, tmp_path: Path
) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with (
        Assistant.open(tmp_path / "bibliotek") as assistant,
        serving(assistant) as address,
        visiting(browser, address) as visit,
    ):
        page = visit.page
        (item,) = assistant.items(year=2025, organisation=samples.ORGANISATION, plan=1)[:1]
        visit.tab("Översikt")
        page.locator(f'[data-do="draft"][data-item="{item.id}"]').click()
        page.locator("#utkast-tidslinje li").first.wait_for()
        page.get_by_role("button", name="Skapa utkast", exact=True).click()
        sentences = page.locator("#utkast-meningar")
        sentences.locator("li").first.wait_for()
        text = page.get_by_label("Texten att lämna in")
        text.press("Control+End")
        text.type(" Vi har 99 robotar.")
        sentences.locator(".sentence-text", has_text="Vi har 99 robotar.").wait_for()  # without any button
        sentences.locator("button[aria-controls]").first.click()
        sentences.locator("form.put:visible textarea").fill("Mina ord.")
        sentences.locator('[data-do="accept"]').last.click()
        sentences.locator("li.accepted").wait_for()
        assert sentences.locator("form.put:visible textarea").input_value() == "Mina ord."
        heading = page.locator("#utkast-plats h2")
        before = heading.inner_text()
        visit.tab("Översikt")
        page.get_by_text("En punkt har text som bara finns i den här webbläsaren").wait_for()
        visit.tab("Utkast")
        page.locator("#nasta-punkt").click()
        page.wait_for_function("(before) => document.querySelector('#utkast-plats h2').innerText !== before", arg=before)
        page.locator("#utkast-plats").get_by_role("button", name="Föregående").click()
        sentences.locator(".sentence-text", has_text="Vi har 99 robotar.").wait_for()  # put back and traced
        assert heading.inner_text() == before and text.input_value().endswith("Vi har 99 robotar.")
        notes = page.get_by_label("Anteckningar: vad")
        notes.fill("- 5 möten hölls")
        add_notes(assistant.library, {item.key: ["9 lokaler ur en fil"]}, 2026)
        notes.blur()
        page.get_by_text("som har kommit till på annat håll").wait_for()
        assert notes.input_value() == "- 5 möten hölls\n9 lokaler ur en fil"
        notes.type("\nSkrivet sist")  # and never left: the browser has it
        add_notes(assistant.library, {item.key: ["Från en kollega"]}, 2026)
        page.reload()
        page.wait_for_function("() => document.querySelector('#utkast-anteckningar textarea')?.value.includes('kollega')")
        assert notes.input_value().split("\n") == ["- 5 möten hölls", "9 lokaler ur en fil", "Skrivet sist", "Från en kollega"]
        assert broken_rules(visit) == [] and visit.errors == []


def test_by_keyboard_alone(browser: Browser, site: tuple[str, Assistant]) -> None:
    """Ask, open the source, close it, start a draft, write a note, make it, edit it, export it: no mouse, and the focus is always seen."""
    address, assistant = site
    (item,) = assistant.library.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="5:3"))
    with visiting(browser, address, accept_downloads=True) as visit:
        page = visit.page

        def to(name: str, most: int = 60) -> None:
            """Tab until what has the focus is called ``name``; it must be seen to have it."""
            for _ in range(most):
                page.keyboard.press("Tab")
                focus = page.evaluate(
                    "() => { const e = document.activeElement; return [e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText || '',"
                    " [e, e.closest('.input-container')].some((part) => part && getComputedStyle(part).outlineStyle === 'solid'"
                    " && parseFloat(getComputedStyle(part).outlineWidth) >= 2)]; }"
                )
                if focus[0].strip().startswith(name):
                    assert focus[1], f"{name} does not show its focus"
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
        page.locator("dialog[open]").wait_for(state="hidden")  # closing gives the focus back to what opened it
        to("Skapa utkast")
        page.keyboard.press("Enter")
        page.locator("#utkast-tidslinje li").first.wait_for()
        to("Anteckningar")
        page.keyboard.type("ny rutin beslutad i mars")
        to("Skapa utkast")
        page.keyboard.press("Enter")
        page.locator(".sentences li").first.wait_for()
        to("Texten att lämna in")
        page.keyboard.press("Control+End")
        page.keyboard.type(" Rutinen följs upp i höst.")
        to("Spara och ladda ner Word")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename.endswith(".docx")
        (version,) = assistant.library.drafts(item.key.id, 2026)
        assert version.draft.text.endswith("Rutinen följs upp i höst.")


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


def test_drafting_for_all_and_the_evaluation_run_from_the_page(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "OURS", tmp_path / "looks.jsonl")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        load_samples(assistant)
        with serving(assistant) as address, visiting(browser, address) as visit:
            page = visit.page
            visit.tab("Översikt")
            page.locator("table.matrix").wait_for()
            page.get_by_role("button", name="Skapa utkast för alla punkter som saknar ett").click()
            page.get_by_text("Utkast sparade för").wait_for()
            page.get_by_text("0 har utkast").wait_for(state="detached")
            for form, ending in (
                ("Excel", ".xlsx"),
                ("Åtaganden att svara på, Word", ".docx"),
                ("Word: programmets form", ".docx"),
            ):
                page.get_by_label("Årets senaste versioner som").select_option(form)
                with page.expect_download() as download:
                    page.get_by_role("button", name="Hämta filen").click()
                assert download.value.suggested_filename.endswith(ending)
            page.get_by_text("skriven i programmets egen form").wait_for()
            visit.tab("Kvalitet")
            page.get_by_role("button", name="Utvärdera").click()
            page.locator("progress").wait_for()
            visit.tab("Fråga")  # a question is answered while the evaluation goes on
            assert visit.ask("strategi 5:2 i plan 1", turn=1).locator(".card").count() == 1
            visit.tab("Kvalitet")
            page.locator("table.bars").first.wait_for(timeout=240_000)
            assert broken_rules(visit) == []
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


def test_light_and_dark_can_be_chosen_and_are_remembered(browser: Browser, site: tuple[str, Assistant]) -> None:
    with visiting(browser, site[0], color_scheme="light") as visit:
        visit.page.get_by_role("button", name="Byt mellan ljust och mörkt läge").click()
        assert visit.page.evaluate("document.body.classList.contains('dark')")
        visit.page.reload()
        visit.page.locator(".welcome").wait_for()
        assert visit.page.evaluate("document.body.classList.contains('dark')")


def test_each_tab_has_an_address_and_the_back_button_goes_to_the_tab_before(browser: Browser, site: tuple[str, Assistant]) -> None:
    shown = "() => [...document.querySelectorAll('#flikar > [role=tabpanel]')].find((part) => part.offsetParent)?.id"
    with visiting(browser, site[0], viewport={"width": 360, "height": 800}) as visit:  # some tabs are in a menu of their own here
        page = visit.page
        for name in ("Översikt", "Inställningar"):
            visit.tab(name)
            page.wait_for_function(f"() => ({shown})() === 'flik-{'oversikt' if name == 'Översikt' else 'installningar'}'")
        assert page.url.endswith("#installningar")
        for expected in ("oversikt", "fraga"):
            page.go_back()
            page.wait_for_function(f"() => ({shown})() === 'flik-{expected}'")
        page.goto(f"{site[0]}/#rapporter")
        page.wait_for_function(f"() => ({shown})() === 'flik-rapporter'")
        assert visit.outside == [] and visit.errors == []


def test_a_model_summarises_above_the_quotes_and_is_stopped(browser: Browser, sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant, model_server(["Hittills ", "klart. ", *ENDLESS], pause=0.01) as model:
        assistant.library.settings["model"] = model
        with serving(assistant) as address, visiting(browser, address) as visit:
            turn = visit.ask("hur många familjer fick stöd?", turn=1)
            turn.locator(".summary-text", has_text="Hittills klart.").wait_for()
            above, quote = turn.locator(".summary").bounding_box(), turn.locator(".card").first.bounding_box()
            assert above and quote and above["y"] < quote["y"]
            stop = turn.get_by_role("button", name="Stoppa")
            stop.focus()
            visit.page.wait_for_timeout(600)  # drawn anew some times meanwhile
            visit.page.keyboard.press("Enter")
            turn.get_by_text("Stoppad innan den var klar").wait_for()
            assert turn.locator(".claim.unsupported").first.inner_text().endswith("Saknar stöd")
            assert broken_rules(visit) == []
            visit.ask("strategi 5:2 i plan 1", turn=2).get_by_role("button", name="Skapa utkast").click()
            visit.page.get_by_role("button", name="Skapa utkast", exact=True).click()
            visit.page.locator("#utkast-modell").get_by_role("button", name="Stoppa").click()
            visit.page.get_by_role("button", name="Använd förslaget").wait_for()
            visit.tab("Översikt")
            visit.page.get_by_label("Utkast skrivs av").click()
            visit.page.get_by_role("option", name=model).click()
            visit.page.get_by_role("button", name="Skapa utkast för alla").click()
            visit.page.get_by_text(f"{model} skriver").wait_for()
            assert broken_rules(visit) == []
            visit.page.locator("#oversikt-forlopp").get_by_role("button", name="Stoppa").click()
            visit.page.get_by_text("är kvar; klicka igen").wait_for()
            assert visit.outside == [] and visit.errors == []


def test_an_error_on_a_narrow_screen_hides_no_tab_and_a_long_comment_scrolls_by_itself(browser: Browser, tmp_path: Path) -> None:
    narrow = {"width": 360, "height": 800}
    with (
        Assistant.open(tmp_path / "bibliotek") as assistant,
        serving(assistant) as address,
        visiting(browser, address, viewport=narrow) as visit,
    ):
        box = visit.page.get_by_label("Din fråga om rapporterna")
        box.fill("strategi 1:1")
        box.press("Enter")
        visit.page.locator(".toast-body").wait_for()
        visit.page.wait_for_timeout(500)  # it fades in
        assert broken_rules(visit) == []
        visit.tab("Inställningar")  # in the menu, where the message would lie over it
        visit.page.locator(".toast-body").wait_for(state="detached")
        long = " ".join(f"Under vecka {week} hölls ett öppet möte med grannarna i Älvsunda." for week in range(1, 301))
        (tmp_path / "rapport.txt").write_text(LONG_FORM.format(comment=long), encoding="utf-8")
        assistant.ingest(tmp_path / "rapport.txt", year=2025, organisation="Nämnden för prov")
        visit.tab("Fråga")
        comment = visit.ask("strategi 1:1", turn=1).locator("blockquote.comment")
        assert comment.evaluate("box => box.scrollHeight > 3 * box.clientHeight && box.clientHeight < innerHeight")
        assert broken_rules(visit) == []
        assert visit.outside == [] and visit.errors == []


def send(button: Locator, file: Path) -> None:
    """A file chosen as a person does it."""
    with button.page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files(file)


def tour(visit: Visit, files: Path) -> Iterator[str]:
    """Through every tab with something in it, with each dialog open once; a stop where the page is to be looked at."""
    page = visit.page
    yield "nothing asked"
    visit.ask("hur har strategi 4:3 i plan 1 utvecklats?", turn=1)
    visit.ask("vilka svarade vi nej på?", turn=2)
    visit.ask("strategi 9:9", turn=3)
    visit.answered(1).get_by_role("button", name="Svaret är fel").click()
    yield "answers"
    visit.answered(1).get_by_role("button", name="Visa i rapporten").first.click()
    page.locator("dialog[open] [data-here]").wait_for()
    yield "the report"
    page.keyboard.press("Escape")
    visit.answered(1).get_by_role("button", name="Skapa utkast").first.click()
    page.locator("#utkast-tidslinje li").first.wait_for()
    send(page.locator("#utkast-anteckningsfil"), files / "anteckningar.txt")
    page.locator(".notes-left").wait_for()
    page.get_by_role("button", name="Skapa utkast", exact=True).click()
    page.locator(".sentences li").first.wait_for()
    box = page.get_by_label("Texten att lämna in")
    box.fill(box.input_value() + " Hela 99 procent är nöjda.")
    page.get_by_role("button", name="Granska min ändring").click()
    page.get_by_text("Saknar källa").first.wait_for()
    page.get_by_role("button", name="Visa skillnaderna").click()
    page.locator(".comparison li").first.wait_for()
    yield "a draft"
    visit.tab("Översikt")
    page.locator(".promises summary").click()
    send(page.locator("#oversikt-anteckningsfil"), files / "anteckningar.txt")
    page.locator(".notes-file").wait_for()
    page.get_by_role("button", name="Sök motsägelser i årets utkast").click()
    page.locator(".contradictions, .toast-body").first.wait_for()
    yield "the overview"
    visit.tab("Rapporter")
    page.locator("#rapport-filer input[type=file]").set_input_files([files / "rapport.txt", files / "tom.pdf"])
    page.locator("form.waiting").wait_for()
    yield "files waiting"
    page.locator("#rapport-lista").get_by_role("button", name="Ta bort").first.click()
    page.locator("dialog.sure").wait_for()
    yield "are you sure"
    page.keyboard.press("Escape")
    visit.tab("Kvalitet")
    page.locator("#kvalitet-ingress").wait_for()
    yield "quality"
    visit.tab("Inställningar")
    form = page.locator(".models form").first
    form.get_by_label("En annan modell").check()
    form.get_by_label("Mapp eller namn").fill(str(files))
    form.locator("summary").click()
    form.get_by_role("button", name="Byt").click()
    page.locator(".model-choice").wait_for()
    yield "settings"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_every_tab_keeps_to_the_rules_of_accessibility_and_to_the_screen(
    browser: Browser, site: tuple[str, Assistant], tmp_path: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    """axe-core's rules for WCAG 2.1 A and AA and its best practices, none left out and no element excluded; no part wider than the screen."""
    (tmp_path / "anteckningar.txt").write_text(
        "Plan 1\n\nStrategi 4:3\n- ny rutin beslutad i mars\n\nStrategi 9:9\n- okänd\n", encoding="utf-8"
    )
    shutil.copy(samples.paths("txt")[1], tmp_path / "rapport.txt")
    (tmp_path / "tom.pdf").write_bytes(b"")
    with visiting(browser, site[0], viewport={"width": width, "height": 900}, color_scheme=scheme) as visit:
        for place in tour(visit, tmp_path):
            visit.page.wait_for_timeout(300)
            assert broken_rules(visit) == [], place
            for narrow in (width, 640) if width > 640 else (width,):  # 640 is half of 1280, as at 200 % zoom
                visit.page.set_viewport_size({"width": narrow, "height": 900})
                assert visit.page.evaluate("document.documentElement.scrollWidth") <= narrow, place
            visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate("document.body.classList.contains('dark')") == (scheme == "dark")
        assert visit.outside == [] and visit.errors == []
