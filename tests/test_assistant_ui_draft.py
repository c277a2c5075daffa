"""Drafting from the page: lists, an item opened with its years, a draft made, changed, saved and fetched; nothing of hers is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio
import pytest
from model_server import ENDLESS, model_server

from assistant import Assistant
from assistant.draft.provenance import accepted
from assistant.draft.whole_report import add_notes
from assistant.ui.desk import Desk
from assistant.ui.draft_boxes import Boxes
from assistant.ui.draft_lists import ALL_PLANS, DraftLists, short
from assistant.ui.draft_model import ModelWork
from assistant.ui.draft_view import draft, place_key, timeline, versions
from assistant.ui.draft_work import DraftWork, take_out
from assistant.ui.errors import PageError
from assistant.ui.events import Event
from assistant.ui.notes_box import NotesBox
from corpus import samples
from corpus.model import Background, Commitment, Draft, DraftSentence, Flag, Item, LeftOut, SourceRef, renumber
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
    monkeypatch.setattr(gradio, "Info", lambda *args, **options: None)


def made_up(item: Item, **fields: Any) -> Draft:
    return Draft(item=item, year=2026, answer="Ja", answer_reason="Som förra året.", **{"text": "", "sentences": (), **fields})


def test_the_lists_hold_each_item_once_and_the_year_to_write(desk: Desk) -> None:
    organisation, plan, item, year = DraftLists(desk).choices()
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
    work = DraftLists(desk)
    names = [name for name, _ in work.choices()[1].choices]
    inside = work.narrow(Event({}), item.organisation, names[1], item.key.id, 2026)
    outside = work.narrow(Event({}), item.organisation, names[2], item.key.id, 2026)
    assert inside[2].value == item.key.id and outside[2].value is None
    assert len(inside[2].choices) + len(outside[2].choices) < len(work.choices()[2].choices)


def test_an_answer_leads_to_its_item_and_the_current_year(desk: Desk, item: Item) -> None:
    tabs, organisation, _, chosen, year = DraftLists(desk).pick(Event({"item": item.id}))
    assert (tabs.selected, organisation.value, chosen.value, year.value) == ("utkast", item.organisation, item.key.id, 2026)
    with pytest.raises(PageError, match="finns inte"):
        DraftLists(desk).pick(Event({"item": "ingen/sådan/5:2/2025"}))


def test_an_item_opens_with_its_earlier_years_and_what_was_promised(desk: Desk, item: Item) -> None:
    place, years, notes, text, current, shown, answer, state, saved, questions, *_ = DraftWork(desk).open(
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
    work, here = DraftWork(desk), Boxes(item.key.id, 2026, notes=NOTES)
    made, shown, text, *_ = work.make(Event({}, "Åsa"), here)
    assert text == made.text and "2 nya från och med mars" in text
    assert "Från anteckning" in shown and "Anteckning 1" in shown
    edited = replace(here, made=made, text=text, answer="Delvis", state="granskad")
    _, _, _, saved, *_ = work.save(Event({}, "Åsa"), edited)
    (version,) = desk.assistant.library.drafts(item.key.id, 2026)
    assert (version.author, version.state, version.draft.answer, version.draft.text) == ("Åsa", "granskad", "Delvis", text)
    assert "Version 1" in saved and "Granskad" in saved and "Åsa" in saved and "data-fetch" not in saved
    _, _, notes, again, current, _, answer, state, *_ = work.open(Event({}), item.key.id, 2026)
    assert (notes, again, answer, state) == (NOTES, text, "Delvis", "granskad") and current == version.draft


def test_her_own_text_is_kept_as_a_version_before_a_new_draft_takes_its_place(desk: Desk, item: Item) -> None:
    work, here = DraftWork(desk), Boxes(item.key.id, 2026, answer="Ja", notes=NOTES)
    first = work.make(Event({}), here)
    here = replace(here, made=first[0], text=first[2])
    work.make(Event({}), here)  # nothing of hers in it: nothing saved
    assert desk.assistant.library.drafts(item.key.id, 2026) == []
    work.make(Event({}), replace(here, text="Helt egen text om året."))
    work.version(Event({"number": "1"}), replace(here, text="Ännu en egen text."))
    texts = [version.draft.text for version in desk.assistant.library.drafts(item.key.id, 2026)]
    assert texts == ["Helt egen text om året.", "Ännu en egen text."]


def made_here(desk: Desk, item: Item) -> Boxes:
    """The boxes after a draft was made."""
    here = Boxes(item.key.id, 2026, notes=NOTES)
    made, _, text, answer, *_ = DraftWork(desk).make(Event({}), here)
    return replace(here, made=made, text=text, answer=answer)


def test_what_she_adds_without_a_source_is_shown_as_such(desk: Desk, item: Item) -> None:
    here = made_here(desk, item)
    changed, shown, *_ = DraftWork(desk).review(Event({}), replace(here, text=f"{here.text}\n\nHela 99 procent är nöjda."))
    assert changed.sentences[-1].status == "unsupported" and "Saknar källa" in shown and "99 procent" in changed.text


def test_a_sentence_is_taken_out_and_others_stay(desk: Desk, item: Item) -> None:
    work, here = DraftWork(desk), made_here(desk, item)
    assert here.made
    number = next(n for n, sentence in enumerate(here.made.sentences) if sentence.status == "from_notes")
    gone = here.made.sentences[number].text
    after, _, _, shorter = work.remove(Event({"number": str(number)}), here)
    assert gone not in shorter and after.text == shorter
    assert {s.text for s in here.made.sentences} - {gone} <= {s.text for s in after.sentences}
    back, _, _, longer = work.include(Event({"number": str(number)}), replace(here, text=shorter))
    assert longer.endswith(gone) and back.text == longer
    with pytest.raises(PageError, match="Meningen finns inte"):
        work.remove(Event({"number": "99"}), here)
    with pytest.raises(PageError, match="står inte längre"):
        work.remove(Event({"number": str(number)}), replace(here, text="Något helt annat."))


def test_a_sentence_is_put_in_other_words_or_accepted_as_it_stands(desk: Desk, item: Item) -> None:
    work, here = DraftWork(desk), made_here(desk, item)
    assert here.made
    first = here.made.sentences[0]
    after, shown, _, text = work.put(Event({"number": "0", "words": " Vi har  1 000 robotar. "}), here)
    assert text == here.text.replace(first.text, "Vi har 1 000 robotar.") and after.sentences[0].status == "unsupported"
    assert [s.sources for s in after.sentences[1:]] == [s.sources for s in here.made.sentences[1:]]
    marked, shown, *_ = work.accept(Event({"number": "0"}), replace(here, made=after, text=text))
    assert accepted(marked.sentences[0]) and "Godkänd" in shown and "som du har godkänt" in shown and "Saknar källa" in shown
    saved = replace(here, made=marked, text=text, state="granskad")
    work.save(Event({}), saved)
    (version,) = desk.assistant.library.drafts(item.key.id, 2026)
    assert version.draft.sentences == marked.sentences  # through the library as well
    back, *_ = work.accept(Event({"number": "0", "yes": "0"}), saved)
    assert not accepted(back.sentences[0])
    assert work.put(Event({"number": "0", "words": " "}), saved)[3] == take_out(text, "Vi har 1 000 robotar.")


def test_personal_data_is_warned_of_before_it_is_saved(desk: Desk, item: Item) -> None:
    work, notes_box, library = DraftWork(desk), NotesBox(desk), desk.assistant.library
    phone = "Klienten Bertil Holm, 070-123 45 67, fick hjälp"
    noted = Boxes(item.key.id, 2026, notes=f"{NOTES}\n{phone}")
    said, *_ = notes_box.keep(Event({}), noted)
    assert phone in said and "ett telefonnummer och en enskild persons namn" in said and library.notes(item.key.id, 2026) == ()
    made, *_, again, _, _ = work.make(Event({}), noted)
    assert "inte sparade" in again and "070" not in made.text and library.notes(item.key.id, 2026) == ()
    notes_box.keep(Event({"sure": "1"}), noted)
    assert library.notes(item.key.id, 2026)[-1].text == phone
    assert notes_box.keep(Event({}), noted)[0] == ""  # what is there has been warned of

    typed = replace(noted, made=made, text=f"{made.text}\n\n{phone}.")
    *_, warned = work.save_and_export(Event({}), typed)
    assert "Inget är sparat" in warned and phone in warned and NOTES.splitlines()[0] not in warned
    assert library.drafts(item.key.id, 2026) == []
    *_, saved, _, _, _, warned = work.save_anyway(Event({"download": "1"}), typed)
    assert "data-fetch" in saved and warned == "" and len(library.drafts(item.key.id, 2026)) == 1
    assert work.save(Event({}), typed)[-1] == ""


def test_versions_are_compared_with_each_other_and_with_last_year(desk: Desk, item: Item) -> None:
    work, here = DraftWork(desk), made_here(desk, item)
    _, _, _, saved, *_ = work.save(Event({}), replace(here, text="Gruppen har fem personer. Möten hålls varje månad."))
    assert 'value="version-1"' in saved and '<option value="rapport-2025" selected' in saved
    work.save(Event({}), replace(here, text="Gruppen har sex personer. Arbetet fortsätter.", answer="Nej", state="klar"))
    shown = work.compare(Event({"before": "version-1", "after": "version-2"}), here)
    assert "<summary>Version 1 → Version 2</summary>" in shown and "<del>fem</del><ins>sex</ins>" in shown
    assert "<del>Möten hålls varje månad.</del>" in shown and "<ins>Arbetet fortsätter.</ins>" in shown
    assert "Svar: Ja → Nej." in shown and "Läge: Utkast → Klar." in shown
    same = work.compare(Event({"before": "rapport-2025", "after": "nu"}), replace(here, text=item.comment, answer=item.answer))
    assert "Kommentaren i rapporten 2025 → Texten i rutan" in same and "Texten är densamma" in same
    with pytest.raises(PageError, match="Den versionen"):
        work.compare(Event({"before": "version-9", "after": "nu"}), here)


def test_what_she_has_typed_is_traced_and_her_text_left_alone(desk: Desk, item: Item) -> None:
    work, here = DraftWork(desk), made_here(desk, item)
    typed = replace(here, text=f"{here.text}\n\nHela 99 procent är nöjda.")
    made, shown, questions = work.follow(Event({"place": place_key(item, 2026)}), typed)
    assert made.sentences[-1].status == "unsupported" and "99 procent" in shown and "Att svara på" in questions
    restored, *_ = work.follow(Event({}), replace(typed, made=None))  # put back by the browser, and never saved
    assert restored.text == typed.text
    for nothing in (here, replace(here, text=" "), Boxes(text="x")):
        assert work.follow(Event({}), nothing) == [gradio.skip()] * 3
    assert work.follow(Event({"place": "en/annan/punkt"}), typed) == [gradio.skip()] * 3


def test_a_new_draft_is_a_draft_and_a_changed_text_that_is_called_done_is_said(
    desk: Desk, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(gradio, "Info", lambda text, **options: told.append(text))
    work, here = DraftWork(desk), made_here(desk, item)
    done = replace(here, text="Möten hålls varje månad med polisen.", state="klar")
    work.save(Event({}), done)
    work.save(Event({}), done)
    assert not any("ändrad" in text for text in told)
    work.save(Event({}), replace(done, text="Möten hålls varje vecka med polisen."))
    assert "Texten är ändrad sedan version 2, men läget är kvar: Klar." in told[-1]
    work.save(Event({}), replace(done, text="Möten hålls.", state="utkast"))
    assert "ändrad" not in told[-1]
    assert work.make(Event({}), done)[4] == "utkast"


def test_the_items_are_gone_through_one_by_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(gradio, "Info", lambda text, **options: told.append(text))
    lists = DraftLists(desk)
    organisation, _, items, year = lists.choices()
    keys = [key for _, key in items.choices]

    def step(by: str, key: str | None, plan: str = ALL_PLANS) -> Any:
        return lists.step(Event({"by": by}), organisation.value, plan, key, year.value)[2].value

    assert (step("1", keys[0]), step("-1", keys[1]), step("", None)) == (keys[1], keys[0], keys[0])
    assert told == []
    assert (step("-1", keys[0]), step("1", keys[-1])) == (keys[0], keys[-1])
    assert [text.split()[4] for text in told] == ["första", "sista"]


def test_what_others_wrote_is_shown_where_she_asks(desk: Desk, item: Item, tmp_path: Path) -> None:
    work, here = DraftWork(desk), Boxes(item.key.id, 2026)
    assert "Visa vad andra skrev" in work.open(Event({}), item.key.id, 2026)[10]
    (theirs,) = desk.items(Filter(organisation="Socialförvaltningen Söderälven", year=2025, plan=1, code="5:2"))
    shown = work.elsewhere(Event({}), here)
    assert "Socialförvaltningen Söderälven 2025" in shown and theirs.comment.split("\n")[0] in shown
    assert f'data-report="{theirs.report_id}"' in shown
    for row in desk.rows():
        if row.organisation != item.organisation:
            desk.assistant.remove(row.id)
    assert work.open(Event({}), item.key.id, 2026)[10] == ""
    assert "Ingen annan har kommenterat" in work.elsewhere(Event({}), here)


def test_taking_out_keeps_paragraphs_and_lists() -> None:
    assert take_out("Ett. Två.\n\nTre.\nFyra.", "Två.") == "Ett.\n\nTre.\nFyra."
    assert take_out("Ett.\n\nTvå.\n\nTre.", "Två.") == "Ett.\n\nTre."
    assert take_out("Ett två\ntre. Fyra.", "Ett två tre.") == "Fyra."
    with pytest.raises(PageError, match="står inte längre"):
        take_out("Ett.", "Finns inte.")


def test_saving_and_fetching_a_document(desk: Desk, item: Item) -> None:
    work, here = DraftWork(desk), made_here(desk, item)
    _, _, _, saved, *_ = work.save_and_export(Event({}), replace(here, state="klar"))
    assert "data-fetch" in saved and "version=1" in saved and "format=docx" in saved
    with pytest.raises(PageError, match="ingen text att spara"):
        work.save(Event({}), replace(here, text="  "))
    with pytest.raises(PageError, match="Välj en punkt"):
        work.save(Event({}), replace(here, item_key=None))
    assert work.version(Event({"number": "1"}), here)[2] == here.text
    with pytest.raises(PageError, match="Den versionen"):
        work.version(Event({"number": "7"}), here)


def test_notes_are_kept_as_she_leaves_the_box(desk: Desk, item: Item) -> None:
    notes_box, library = NotesBox(desk), desk.assistant.library
    said, box, held = notes_box.keep(Event({}, "Åsa"), Boxes(item.key.id, 2026, notes="- ett\n\n• två"))
    assert [note.text for note in library.notes(item.key.id, 2026)] == held == ["ett", "två"]
    assert "sparade i biblioteket." in said and box == gradio.skip()
    assert notes_box.keep(Event({}), Boxes(notes="ingenstans"))[0] == ""
    said, *_ = notes_box.keep(Event({}), Boxes(item.key.id, 2026, held=("ett", "två")))
    assert "borttagna" in said and library.notes(item.key.id, 2026) == ()


def test_notes_that_come_from_elsewhere_are_put_to_those_in_the_box(desk: Desk, item: Item) -> None:
    """Two windows and a file: what she has not seen she takes nothing away from, what she takes away is gone."""
    work, notes_box, library = DraftWork(desk), NotesBox(desk), desk.assistant.library
    library.save_notes(item.key.id, 2026, renumber(["ett", "två"]))
    *_, held = work.open(Event({}), item.key.id, 2026)
    add_notes(library, {item.key: ["tre ur en fil"]}, 2026)
    typed = Boxes(item.key.id, 2026, notes="- två\nfyra", held=tuple(held))
    said, box, held = notes_box.keep(Event({}), typed)
    assert [note.text for note in library.notes(item.key.id, 2026)] == held == ["två", "fyra", "tre ur en fil"]
    assert box == "- två\nfyra\ntre ur en fil" and "1 anteckning som har kommit till på annat håll" in said
    add_notes(library, {item.key: ["5 möten hölls"]}, 2026)
    made, *_, box, held = work.make(Event({}), replace(typed, notes=box, held=tuple(held)))
    assert box.endswith("\n5 möten hölls") and "5 möten" in made.text and held[-1] == "5 möten hölls"


def test_what_the_browser_sends_is_one_value() -> None:
    assert Boxes.sent("nyckel", 2026, None, None, "Kanske", "slängd", None) == Boxes("nyckel", 2026)
    assert Boxes.sent("", "", None, "text", "Nej", "klar", "a\nb").lines == ["a", "b"]


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
    older = replace(item, year=2024, answer="Nej")
    assert "samma text som året innan" in timeline([item, older]) and "tidigare Nej" in timeline([item, older])
    assert "finns inte i någon tidigare rapport" in timeline([])


def test_long_questions_are_cut_at_a_word() -> None:
    assert short("ett två tre", 20) == "ett två tre" and short("ett två tre fyra", 10) == "ett två …"


def test_no_versions_say_so() -> None:
    assert "Inget sparat" in versions([], links=[])


@pytest.fixture(params=[False, True], ids=["short", "endless"])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[str, bool]]:
    words = ("Fältgruppen ", "har ", "fått ", "två ", "nya ", "medarbetare.")
    with model_server((*words, *ENDLESS) if request.param else words, pause=0.01 if request.param else 0) as address:
        yield address, request.param


def test_a_model_writes_beside_the_rules_and_can_be_stopped(desk: Desk, item: Item, server: tuple[str, bool]) -> None:
    address, endless = server
    desk.assistant.library.settings["model"] = address
    work = ModelWork(desk)
    event = Event({}, "", "sida-1")
    steps: list[list[Any]] = []
    for step in work.write(event, Boxes(item.key.id, 2026, notes=NOTES)):
        steps.append(step)
        if endless and "medarbetare" in step[0]:
            work.stop(event)
    shown, proposed = steps[-1]
    assert "Fältgruppen har fått" in proposed.text and "Använd förslaget" in shown
    assert steps[0][1] is None and "skriver …" in steps[0][0]  # a server's model is not read in here
    used = work.use(Event({}), proposed, None)
    assert used[0] is proposed and used[2] == proposed.text


def test_a_model_that_cannot_be_reached_is_said_beside_the_draft(desk: Desk, item: Item) -> None:
    desk.assistant.library.settings["model"] = "http://127.0.0.1:9/v1"
    *_, (shown, proposed) = ModelWork(desk).write(Event({}, "", "sida-1"), Boxes(item.key.id, 2026, notes=NOTES))
    assert proposed is None and "127.0.0.1:9" in shown and "flag" in shown


def test_the_rules_draft_asks_no_model_even_where_one_is_set(desk: Desk, item: Item) -> None:
    by_rules = desk.assistant.draft(item, year=2026, notes=NOTES.splitlines())
    desk.assistant.library.settings["model"] = "http://127.0.0.1:9/v1"  # nobody answers there: asking would be an error
    made = DraftWork(desk).make(Event({}), Boxes(item.key.id, 2026, notes=NOTES))[0]
    assert made.backend == "regler" and made.text == by_rules.text


def test_without_a_model_nothing_is_written(desk: Desk, item: Item) -> None:
    assert list(ModelWork(desk).write(Event({}), Boxes(item.key.id, 2026, notes=NOTES))) == [["", None]]
