"""Drafting from the page: lists, an item opened with its years, a draft made, changed, saved and fetched; nothing of hers is lost."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.ui.desk import Desk
from assistant.ui.draft_model import ModelWork
from assistant.ui.draft_view import draft, place_key, timeline, versions
from assistant.ui.draft_work import ALL_PLANS, DraftWork, short, take_out
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from corpus import samples
from corpus.model import Background, Commitment, Draft, DraftSentence, Flag, Item, LeftOut, SourceRef
from index.filters import Filter

NOTES = "fältgruppen: 2 nya fr. mars, nu 5 pers\nmöten varje månad med polisen"


@pytest.fixture
def desk(sample_library: Path, tmp_path: Path) -> Iterator[Desk]:
    """The sample library, copied, for a test that writes."""
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as assistant:
        yield Desk(assistant)


@pytest.fixture
def item(desk: Desk) -> Item:
    return desk.items(Filter(organisation=samples.ORGANISATION, year=2025, plan=1, code="5:2"))[0]


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a page there is nowhere to show a message."""
    import gradio

    monkeypatch.setattr(gradio, "Info", lambda *args, **options: None)


def made_up(item: Item, **fields: Any) -> Draft:
    return Draft(item=item, year=2026, answer="Ja", answer_reason="Som förra året.", **{"text": "", "sentences": (), **fields})


def test_the_lists_hold_each_item_once_and_the_year_to_write(desk: Desk) -> None:
    organisation, plan, item, year = DraftWork(desk).choices()
    assert organisation.value == samples.ORGANISATION and [name for name, _ in organisation.choices] == sorted(
        [samples.ORGANISATION, "Socialförvaltningen Söderälven"]
    )
    assert plan.value == ALL_PLANS and len(plan.choices) == 4
    assert len(item.choices) == len({key for _, key in item.choices}) and item.value is None
    assert year.value == 2026 and [value for _, value in year.choices] == [
        2026,
        2025,
        2024,
        2023,
    ]  # not the first, which has no earlier year


def test_narrowing_to_a_plan_keeps_the_item_where_it_belongs(desk: Desk, item: Item) -> None:
    work = DraftWork(desk)
    names = [name for name, _ in work.choices()[1].choices]
    inside = work.narrow(Event({}), item.organisation, names[1], item.key.id, 2026)
    outside = work.narrow(Event({}), item.organisation, names[2], item.key.id, 2026)
    assert inside[2].value == item.key.id and outside[2].value is None
    assert len(inside[2].choices) + len(outside[2].choices) < len(work.choices()[2].choices)


def test_an_answer_leads_to_its_item_and_the_current_year(desk: Desk, item: Item) -> None:
    tabs, organisation, _, chosen, year = DraftWork(desk).pick(Event({"item": item.id}))
    assert (tabs.selected, organisation.value, chosen.value, year.value) == ("utkast", item.organisation, item.key.id, 2026)
    with pytest.raises(PageError, match="finns inte"):
        DraftWork(desk).pick(Event({"item": "ingen/sådan/5:2/2025"}))


def test_an_item_opens_with_its_earlier_years_and_what_was_promised(desk: Desk, item: Item) -> None:
    place, years, notes, text, current, shown, answer, state, saved, questions, _ = DraftWork(desk).open(
        Event({}), item.key.id, 2026
    )
    assert f'data-place="{place_key(item, 2026)}"' in place
    assert [year for year in ("2025", "2024", "2023", "2022") if f"<strong>{year}" in years or f"<h3>{year}" in years] == [
        "2025",
        "2024",
        "2023",
        "2022",
    ]
    assert (notes, text, current, shown, answer, state) == ("", "", None, "", None, "utkast")
    assert "Inget sparat ännu" in saved and "Att svara på i anteckningarna" in questions


def test_the_years_before_a_past_year_are_those_before_it(desk: Desk, item: Item) -> None:
    _, years, *_ = DraftWork(desk).open(Event({}), item.key.id, 2024)
    assert "2023" in years and "<h3>2024" not in years and "2025" not in years


def test_a_draft_is_made_saved_and_opened_again(desk: Desk, item: Item) -> None:
    work, at = DraftWork(desk), (item.key.id, 2026)
    made, shown, text, answer, _, _ = work.make(Event({}, "Åsa"), *at, None, "", None, "utkast", NOTES)
    assert (text == made.text and "fem" in text.lower()) or "5" in text
    assert "Från anteckning" in shown and "Anteckning 1" in shown
    _, _, saved = work.save(Event({}, "Åsa"), *at, made, text, "Delvis", "granskad", NOTES)
    (version,) = desk.assistant.library.drafts(*at)
    assert (version.author, version.state, version.draft.answer, version.draft.text) == ("Åsa", "granskad", "Delvis", text)
    assert "Version 1" in saved and "Granskad" in saved and "Åsa" in saved and "data-fetch" not in saved
    _, _, notes, again, current, _, answer, state, *_ = work.open(Event({}), *at)
    assert (notes, again, answer, state) == (NOTES, text, "Delvis", "granskad") and current == version.draft


def test_her_own_text_is_kept_as_a_version_before_a_new_draft_takes_its_place(desk: Desk, item: Item) -> None:
    work, at = DraftWork(desk), (item.key.id, 2026)
    first = work.make(Event({}), *at, None, "", None, "utkast", NOTES)
    work.make(Event({}), *at, first[0], first[2], "Ja", "utkast", NOTES)  # nothing of hers in it: nothing saved
    assert desk.assistant.library.drafts(*at) == []
    work.make(Event({}), *at, first[0], "Helt egen text om året.", "Ja", "utkast", NOTES)
    assert [version.draft.text for version in desk.assistant.library.drafts(*at)] == ["Helt egen text om året."]


def test_what_she_adds_without_a_source_is_shown_as_such(desk: Desk, item: Item) -> None:
    work, at = DraftWork(desk), (item.key.id, 2026)
    made, _, text, answer, *_ = work.make(Event({}), *at, None, "", None, "utkast", NOTES)
    changed, shown = work.review(Event({}), *at, made, f"{text}\n\nHela 99 procent är nöjda.", answer, "utkast", NOTES)
    assert changed.sentences[-1].status == "unsupported" and "Saknar källa" in shown and "99 procent" in changed.text


def test_a_sentence_is_taken_out_and_others_stay(desk: Desk, item: Item) -> None:
    work, at = DraftWork(desk), (item.key.id, 2026)
    made, _, text, answer, *_ = work.make(Event({}), *at, None, "", None, "utkast", NOTES)
    number = next(n for n, sentence in enumerate(made.sentences) if sentence.status == "from_notes")
    gone = made.sentences[number].text
    after, _, shorter = work.remove(Event({"number": str(number)}), *at, made, text, answer, "utkast", NOTES)
    assert gone not in shorter and after.text == shorter
    assert {s.text for s in made.sentences} - {gone} <= {s.text for s in after.sentences}
    back, _, longer = work.include(Event({"number": str(number)}), *at, made, shorter, answer, "utkast", NOTES)
    assert longer.endswith(gone) and back.text == longer
    with pytest.raises(PageError, match="Meningen finns inte"):
        work.remove(Event({"number": "99"}), *at, made, text, answer, "utkast", NOTES)


def test_taking_out_keeps_paragraphs_and_lists() -> None:
    assert take_out("Ett. Två.\n\nTre.\nFyra.", "Två.") == "Ett.\n\nTre.\nFyra."
    assert take_out("Ett.\n\nTvå.\n\nTre.", "Två.") == "Ett.\n\nTre."
    assert take_out("Ett.", "Finns inte.") == "Ett."


def test_saving_and_fetching_a_document(desk: Desk, item: Item) -> None:
    work, at = DraftWork(desk), (item.key.id, 2026)
    made, _, text, answer, *_ = work.make(Event({}), *at, None, "", None, "utkast", NOTES)
    _, _, saved = work.save_and_export(Event({}), *at, made, text, answer, "klar", NOTES)
    assert "data-fetch" in saved and "version=1" in saved and "format=docx" in saved
    with pytest.raises(PageError, match="ingen text att spara"):
        work.save(Event({}), *at, made, "  ", answer, "klar", NOTES)
    with pytest.raises(PageError, match="Välj en punkt"):
        work.save(Event({}), None, 2026, made, text, answer, "klar", NOTES)
    assert work.version(Event({"number": "1"}), *at)[2] == text
    with pytest.raises(PageError, match="Den versionen"):
        work.version(Event({"number": "7"}), *at)


def test_notes_are_kept_as_she_leaves_the_box(desk: Desk, item: Item) -> None:
    work = DraftWork(desk)
    work.keep_notes(Event({}, "Åsa"), item.key.id, 2026, "- ett\n\n• två")
    assert [note.text for note in desk.assistant.library.notes(item.key.id, 2026)] == ["ett", "två"]
    work.keep_notes(Event({}), None, None, "ingenstans")


def test_every_status_has_its_sign_and_word_and_markup_is_text(item: Item) -> None:
    sentences = tuple(
        DraftSentence(f"Mening {n} <b>.", status, (SourceRef("note", "<i>", note=1),), (Flag("x", "Se <u>över", "99"),))
        for n, status in enumerate(("from_notes", "carried_forward", "rewritten", "unsupported"))
    )
    made = made_up(item, sentences=sentences, text=" ".join(s.text for s in sentences[:3]), left_out=(LeftOut("<s>", "skäl"),))
    shown = draft(made)
    for word in ("✎", "Från anteckning", "↻", "Överförd", "≈", "Omskriven", "⚠", "Saknar källa", "inte med i texten"):
        assert word in shown, word
    assert shown.count('data-do="remove"') == 3 and shown.count('data-do="include"') == 1
    assert not [tag for tag in ("<b>", "<i>", "<u>", "<s>") if tag in shown]


def test_questions_and_background_stand_beside_the_draft(item: Item) -> None:
    from assistant.ui.draft_view import questions

    promised = Commitment("Vi ska starta en grupp.", 2025, "hösten 2025", "open", "Startade gruppen?")
    shown = questions(made_up(item, commitments=(promised,), background=(Background("12 personer.", 2024, "En siffra."),)))
    assert "Startade gruppen?" in shown and "hösten 2025" in shown and "12 personer." in shown and "En siffra." in shown
    assert questions(made_up(item)).strip() == ""


def test_the_timeline_says_what_is_the_same_and_what_flipped(item: Item) -> None:
    from dataclasses import replace

    older = replace(item, year=2024, answer="Nej")
    assert "samma text som året innan" in timeline([item, older]) and "tidigare Nej" in timeline([item, older])
    assert "finns inte i någon tidigare rapport" in timeline([])


def test_long_questions_are_cut_at_a_word() -> None:
    assert short("ett två tre", 20) == "ett två tre" and short("ett två tre fyra", 10) == "ett två …"


def test_no_versions_say_so() -> None:
    assert "Inget sparat" in versions([], links=[])


class _Model(BaseHTTPRequestHandler):
    """A server of the OpenAI kind that streams a short text word by word; where ``slow`` is set it goes on until it is cut off."""

    slow = False
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._send(json.dumps({"object": "list", "data": [{"id": "liten", "object": "model"}]}).encode(), "application/json")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        words = ["Fältgruppen ", "har ", "fått ", "två ", "nya ", "medarbetare."] + (["Mer. "] * 2000 if self.slow else [])
        try:
            for word in words:
                self.wfile.write(b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": word}}]}).encode() + b"\n\n")
                self.wfile.flush()
                if self.slow:
                    threading.Event().wait(0.01)
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            pass
        self.close_connection = True

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(params=[False, True], ids=["short", "endless"])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[str, bool]]:
    handler = type("Handler", (_Model,), {"slow": request.param})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/v1", request.param
        running.shutdown()
        thread.join()


def test_a_model_writes_beside_the_rules_and_can_be_stopped(desk: Desk, item: Item, server: tuple[str, bool]) -> None:
    address, endless = server
    desk.assistant.library.settings["model"] = address
    work = ModelWork(desk)
    event = Event({}, "", "sida-1")
    steps: list[list[Any]] = []
    for step in work.write(event, item.key.id, 2026, NOTES):
        steps.append(step)
        if endless and "medarbetare" in step[0]:
            work.stop(event)
    shown, proposed = steps[-1]
    assert "Fältgruppen har fått" in proposed.text and "Använd förslaget" in shown
    assert steps[0][1] is None and "skriver …" in steps[0][0]
    used = work.use(Event({}), proposed, None)
    assert used[0] is proposed and used[2] == proposed.text


def test_a_model_that_cannot_be_reached_is_said_beside_the_draft(desk: Desk, item: Item) -> None:
    desk.assistant.library.settings["model"] = "http://127.0.0.1:9/v1"
    *_, (shown, proposed) = ModelWork(desk).write(Event({}, "", "sida-1"), item.key.id, 2026, NOTES)
    assert proposed is None and "127.0.0.1:9" in shown and "flag" in shown


def test_the_rules_draft_asks_no_model_even_where_one_is_set(desk: Desk, item: Item) -> None:
    by_rules = desk.assistant.draft(item, year=2026, notes=NOTES.splitlines())
    desk.assistant.library.settings["model"] = "http://127.0.0.1:9/v1"  # nobody answers there: asking would be an error
    made = DraftWork(desk).make(Event({}), item.key.id, 2026, None, "", None, "utkast", NOTES)[0]
    assert made.backend == "regler" and made.text == by_rules.text


def test_without_a_model_nothing_is_written(desk: Desk, item: Item) -> None:
    assert list(ModelWork(desk).write(Event({}), item.key.id, 2026, NOTES)) == [["", None]]
