"""The conversation: answers become cards and tables, the browser's memory is trusted with nothing, examples find what they were made from."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from model_server import ENDLESS, model_server

from assistant import Assistant
from assistant.ui.ask import Conversation, clean
from assistant.ui.ask_view import ask_for, pieces, turn
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError
from assistant.ui.events import Event


@pytest.fixture(scope="module")
def assistant(sample_library: Path) -> Iterator[Assistant]:
    with Assistant.open(sample_library) as opened:
        yield opened


@pytest.fixture
def talk(assistant: Assistant) -> Conversation:
    return Conversation(Desk(assistant))


def test_a_code_becomes_one_card_with_the_whole_comment(assistant: Assistant) -> None:
    answer = assistant.ask("vad gjorde vi för strategi 5:2 förra året?")
    (card,) = [piece for piece in pieces(answer) if piece.kind == "card"]
    assert card.source is answer.sources[0] and card.whole and not card.spans
    shown = turn(1, "vad gjorde vi?", answer)
    assert "Strategi 5:2" in shown and 'class="badge badge-ja' in shown
    assert f"s. {answer.sources[0].item.page}" in shown
    assert answer.sources[0].item.comment.split("\n\n")[-1][:60] in shown


def test_a_sentence_that_answers_is_marked_in_its_comment(assistant: Assistant) -> None:
    answer = assistant.ask("hur många familjer fick stöd?")
    card = next(piece for piece in pieces(answer) if piece.kind == "card")
    assert card.quotes == [answer.sources[0].quote]
    assert f"<mark>{answer.sources[0].quote}</mark>" in turn(1, "x", answer)


def test_a_list_becomes_a_table_with_every_item(assistant: Assistant) -> None:
    answer = assistant.ask("vilka svarade vi nej på?")
    rows = [row for piece in pieces(answer) if piece.kind == "table" for row in piece.rows]
    assert [row.item for row in rows] == [source.item for source in answer.sources]
    assert all(row.item.comment[row.start : row.end] == row.text for row in rows)


def test_years_beside_each_other_show_what_changed(assistant: Assistant) -> None:
    answer = assistant.ask("hur har strategi 4:3 i plan 1 utvecklats?")
    cards = [
        piece
        for piece in pieces(answer)
        if piece.kind == "card" and piece.source and piece.source.item.organisation == "Socialförvaltningen Norrälven"
    ]
    assert [card.source.item.year for card in cards if card.source] == [2022, 2023, 2024, 2025]
    assert cards[0].changes is None and all(card.changes is not None for card in cards[1:])
    assert any("Ändrat svar" in remark for card in cards for remark in card.remarks)


def test_what_changed_stands_in_the_row_it_is_about(assistant: Assistant) -> None:
    answer = assistant.ask("vilka svar har ändrats sedan förra året?")
    rows = [row for piece in pieces(answer) if piece.kind == "table" for row in piece.rows]
    assert rows and all("→" in row.note for row in rows)


def test_candidates_are_buttons_that_ask_for_just_that_item(assistant: Assistant) -> None:
    answer = assistant.ask("strategi 9:9")
    assert answer.status == "not_found" and not [piece for piece in pieces(answer) if piece.kind == "card"]
    shown = turn(1, "strategi 9:9", answer)
    assert shown.count('data-do="ask"') == len(answer.candidates) > 0
    for item in answer.candidates:
        found = assistant.ask(ask_for(item))
        assert found.sources[0].item.id == item.id and len(found.sources) == 1


def test_a_question_with_markup_is_shown_as_text(assistant: Assistant) -> None:
    shown = turn(1, "<script>alert(1)</script>", assistant.ask("<script>alert(1)</script>"))
    assert "<script" not in shown


def test_a_conversation_goes_on(talk: Conversation) -> None:
    first, turns, box = talk.ask(Event({}), "vad gjorde vi för strategi 5:2 förra året?", [])
    assert box == "" and turns == [["vad gjorde vi för strategi 5:2 förra året?", []]]
    second, turns, _ = talk.ask(Event({}), "året innan då?", turns)
    assert len(turns) == 2 and isinstance(second, dict) and isinstance(first, dict)
    assert "rapport 2024" in second["html"] and "rapport 2025" in first["html"]
    assert second["step"] > first["step"]


def test_a_chip_taken_away_asks_again_and_can_be_put_back(talk: Conversation) -> None:
    _, turns, _ = talk.ask(Event({}), "vad gjorde vi för strategi 5:2 i rapporten 2024?", [])
    without, changed = talk.without(Event({"turn": "1", "key": "years"}), turns)
    assert changed == [[turns[0][0], ["years"]]] and isinstance(without, dict)
    assert without["op"] == "update" and "rapport 2025" in without["html"] and "Återställ" in without["html"]
    again, back = talk.without(Event({"turn": "1", "key": ""}), changed)
    assert back == turns and isinstance(again, dict) and "rapport 2024" in again["html"]


def test_a_turn_that_is_gone_is_said_to_be(talk: Conversation) -> None:
    for number in ("0", "2", "x", ""):
        with pytest.raises(PageError, match="Ställ den igen"):
            talk.without(Event({"turn": number, "key": "years"}), [["5:2", []]])


def test_an_empty_question_is_no_turn(talk: Conversation) -> None:
    with pytest.raises(PageError, match="Skriv en fråga"):
        talk.ask(Event({}), "  \n ", [])


def test_what_the_browser_kept_is_not_trusted() -> None:
    assert clean(None) == clean("x") == clean({}) == []
    assert clean([["a", []], ["b", ["years", 3]], ["c"], [4, []], "d", ["e", "years"]]) == [["a", []], ["b", ["years"]]]
    assert len(clean([["a", []]] * 100)) == 40


def test_a_kept_conversation_is_shown_again(talk: Conversation) -> None:
    shown = talk.restore(Event({}), [["strategi 5:2", []], ["och 5:3?", []]])
    assert isinstance(shown, dict) and shown["op"] == "restore"
    assert re.findall(r'data-turn="(\d)" aria-label', shown["html"]) == ["1", "2"]
    assert "Strategi 5:3" in shown["html"]


def test_examples_find_what_they_were_made_from(assistant: Assistant) -> None:
    made = Desk(assistant).examples()
    assert len(made) == 5 and made[0] == "Vad gjorde vi för strategi 5:2 förra året?" and "Vilka svarade vi nej på?" in made
    assert all(assistant.ask(question).status == "answered" for question in made)


def test_the_page_is_there_before_the_examples_are(assistant: Assistant) -> None:
    desk = Desk(assistant)
    bare, whole = Conversation(desk).welcome(Event({}))
    assert "214 uppföljningspunkter" in bare and 'data-do="ask"' not in bare
    assert whole.count('data-do="ask"') == 5 and list(Conversation(desk).welcome(Event({}))) == [whole]


def test_an_empty_library_offers_to_read_reports(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "ingen") as nothing:
        talk = Conversation(Desk(nothing))
        (*_, shown), kept = talk.welcome(Event({})), talk.restore(Event({}), [["5:2", []]])
    assert "Läs in rapporter" in shown and isinstance(kept, dict) and kept["html"] == ""
    assert not (tmp_path / "ingen").exists()


def test_what_is_wrong_is_kept_in_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.samples import load_samples

    gradio = pytest.importorskip("gradio")
    monkeypatch.setattr(gradio, "Info", lambda *args, **options: None)  # outside a page there is nowhere to show it
    with Assistant.open(tmp_path / "bibliotek") as own:
        load_samples(own)
        Conversation(Desk(own)).feedback(Event({"turn": "1", "reason": " fel år "}, "Åsa"), [["strategi 5:2", []]])
        (kept,) = own.library.feedback()
    assert (kept.question, kept.verdict, kept.reason, kept.author) == ("strategi 5:2", "down", "fel år", "Åsa")
    assert kept.item_ids and kept.answer


@pytest.fixture
def own(sample_library: Path, tmp_path: Path) -> Iterator[Assistant]:
    shutil.copytree(sample_library, tmp_path / "bibliotek")
    with Assistant.open(tmp_path / "bibliotek") as opened:
        yield opened


def test_a_summary_comes_above_the_quotes_with_what_has_no_support_marked(own: Assistant) -> None:
    talk, turns = Conversation(Desk(own)), [["hur många familjer fick stöd?", []]]
    before = talk.restore(Event({}), turns)
    assert isinstance(before, dict) and "summary-place" not in before["html"]  # no model, no place for one
    quote = own.ask("hur många familjer fick stöd?").sources[0].quote
    with model_server([f"{quote[:-1]} [1]. ", "Dessutom fick 9 999 <b>hundar</b> stöd [1]. ", "Allt är bra."]) as address:
        own.library.settings["model"] = address
        after = talk.restore(Event({}), turns)
        *steps, last = talk.summarise(Event({"turn": "1"}, "", "sida"), turns)
    assert isinstance(after, dict) and after["html"].index("summary-place") < after["html"].index(quote)
    assert all(isinstance(one, dict) and "sammanfattar" in one["html"] and 'data-do="stop"' in one["html"] for one in steps)
    assert isinstance(last, dict) and (last["op"], last["turn"]) == ("summary", "1")
    html = last["html"]
    assert html.count("unsupported") == 2 and html.count("⚠</span> Saknar stöd") == 2
    assert "9 999" in html and "Meningen anger ingen källa." in html and "<b>" not in html
    assert "[1] Strategi 3:5, rapport 2025" in html


def test_a_summary_can_be_stopped_and_a_new_one_stops_the_one_before(own: Assistant) -> None:
    talk, turns, event = Conversation(Desk(own)), [["strategi 5:2 i plan 1", []]], Event({"turn": "1"}, "", "sida")
    with model_server(["Antalet ", "sjönk ", *ENDLESS], pause=0.01) as address:
        own.library.settings["model"] = address
        writing = talk.summarise(event, turns)
        assert "Stoppa" in str(next(writing))
        other = talk.summarise(event, turns)
        next(other)
        *_, first = writing  # ends, because the other one has begun
        talk.stop(event)
        *_, second = other
    assert "Stoppad innan den var klar" in str(first) and "Stoppad innan den var klar" in str(second)


def test_a_model_that_cannot_be_had_leaves_the_answer_as_it_is(own: Assistant) -> None:
    own.library.settings["model"] = "http://127.0.0.1:9/v1"
    *_, last = Conversation(Desk(own)).summarise(Event({"turn": "1"}, "", "sida"), [["strategi 5:2 i plan 1", []]])
    assert "Ingen sammanfattning" in str(last) and "127.0.0.1:9" in str(last)


def test_asking_where_nothing_was_read_in_says_where_to_begin(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "ingen") as nothing, pytest.raises(PageError, match="fliken Rapporter"):
        Conversation(Desk(nothing)).ask(Event({}), "5:2", [])
