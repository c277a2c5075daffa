"""The assistant as an object: opening, reading in, listing, filtering, removing, settings, and the one item a draft is about."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from model_server import model_server

from assistant import Assistant
from assistant.app import canonical_answer, default_folder
from assistant.draft.chat import ModelMissing
from assistant.errors import AmbiguousItem, BadOption, UnknownItem, UnknownOrganisation
from corpus import samples
from corpus.errors import MetadataUnproven, UnreadableFile
from index.errors import NoLibrary, NotALibrary

BARE = """ 1 Kommunens program för trygga kvällar

1.1 Målområde 1: Fler ute på kvällen
Uppföljningsfrågor Svarsalternativ med kommentar

Är fler ute?

Strategi 1:1 Kommunen ska se till att
fler vågar gå ut.

Ja

Två nya mötesplatser har öppnat.
"""
NORTH = "Socialförvaltningen Norrälven"


def test_nothing_is_made_before_something_is_read_in(tmp_path: Path) -> None:
    with Assistant.open(tmp_path / "library") as assistant:
        with pytest.raises(NoLibrary):
            assistant.reports()
        assert not (tmp_path / "library").exists()
        assistant.ingest(samples.paths()[0])
        assert len(assistant.reports()) == 1


def test_a_file_in_the_place_of_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    file = tmp_path / "library"
    file.write_text("text", encoding="utf-8")
    with pytest.raises((NotALibrary, NoLibrary)):
        Assistant.open(file)


def test_the_folder_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ASSISTANT_LIBRARY", raising=False)
    assert default_folder() == Path("data/library")
    monkeypatch.setenv("ASSISTANT_LIBRARY", str(tmp_path))
    assert Assistant.open().folder == tmp_path


def test_reading_in_twice_changes_nothing_and_removing_takes_all_away(tmp_path: Path) -> None:
    path = samples.paths()[0]
    with Assistant.open(tmp_path / "library") as assistant:
        first = assistant.ingest(path)
        assert first.status == "added"
        assert (first.organisation, first.year) == (NORTH, 2022)
        assert sum(first.answers.values()) == first.items == len(assistant.items())
        assert "35 uppföljningspunkter" in first.summary
        assert any("Uppföljningsrapport 2022" in line for line in first.evidence)
        assert assistant.ingest(path).status == "unchanged"
        assistant.remove(first.report_id)
        assert assistant.reports() == []
        assert assistant.items() == []
        assert assistant.ask("5:2").status == "not_found"


def test_what_the_file_does_not_prove_must_be_given(tmp_path: Path) -> None:
    bare = tmp_path / "rapport.txt"
    bare.write_text(BARE, encoding="utf-8")
    with Assistant.open(tmp_path / "library") as assistant:
        with pytest.raises(MetadataUnproven):
            assistant.ingest(bare)
        with pytest.raises(MetadataUnproven):
            assistant.ingest(bare, year=2022)
        with pytest.raises(MetadataUnproven, match="inget rimligt"):
            assistant.ingest(bare, year=22, organisation="Nämnden")
        assert not (tmp_path / "library" / "library.sqlite").exists() or assistant.reports() == []
        assert assistant.ingest(bare, year=2022, organisation=" Nämnden  för prov ").organisation == "Nämnden för prov"


@pytest.mark.parametrize("make", ["missing", "empty", "folder"])
def test_files_that_cannot_be_read(tmp_path: Path, make: str) -> None:
    path = tmp_path / "rapport.txt"
    if make == "empty":
        path.write_bytes(b"")
    elif make == "folder":
        path.mkdir()
    with Assistant.open(tmp_path / "library") as assistant, pytest.raises(UnreadableFile):
        assistant.ingest(path, year=2024, organisation="Nämnden")


def test_items_are_filtered(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        chosen = assistant.items(year=2025, organisation="norrälven", plan=2, answer="nej")
        assert [item.code for item in chosen] == ["2:4", "4:5"]
        assert assistant.items(year=2025, organisation=NORTH, answer="pagar")[0].answer == "Pågår"
        assert {item.plan for item in assistant.items(plan="3")} == {3}
        with pytest.raises(UnknownOrganisation, match="Norrälven"):
            assistant.items(organisation="Västälven")
        with pytest.raises(BadOption, match="kanske"):
            assistant.items(answer="kanske")


def test_answers_in_any_case() -> None:
    assert [canonical_answer(text) for text in ("NEJ", "ja", "Delvis", "pågår", "", None)] == [
        "Nej",
        "Ja",
        "Delvis",
        "Pågår",
        "",
        None,
    ]


def test_search_gives_one_hit_an_item_and_never_abstains(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        hits = assistant.search("väder och pannkakor", limit=5, year=2025, organisation=NORTH)
        assert len({hit.item.id for hit in hits}) == len(hits) == 5
        assert assistant.search("felaktiga utbetalningar", year=2025, organisation=NORTH)[0].item.code == "5:2"
        assert all(hit.item.comment[hit.start : hit.end] == hit.quote for hit in hits)


def test_the_one_item_that_a_draft_is_about(sample_library: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        assert assistant.item("5:2", year=2026).year == 2025
        assert assistant.item("strategi 5:2", year=2024).year == 2023
        assert assistant.item("1:2", plan=2).plan == 2
        assert assistant.item("1:2", plan="tystnadskulturplanen").plan == 3
        item = assistant.item("4:1", plan=2, organisation="Söderälven")
        assert item.organisation.endswith("Söderälven")
        assert assistant.item(item.key.id) == item
        with pytest.raises(AmbiguousItem, match="plan 3"):
            assistant.item("1:2")
        with pytest.raises(UnknownItem, match=r"5:9.*5:4"):
            assistant.item("5:9")
        with pytest.raises(UnknownItem):
            assistant.item("trygghet")


def test_two_answers_from_two_processes_worth_of_libraries_are_one(sample_library: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_library, tmp_path / "copy")
    with Assistant.open(sample_library) as one, Assistant.open(tmp_path / "copy") as other:
        for text in ("bidragsfusk", "1:2", "hur ligger vi till?"):
            assert one.ask(text).to_json() == other.ask(text).to_json()


def test_one_chat_model_is_loaded_for_drafts_and_summaries_and_let_go_when_closed(sample_library: Path) -> None:
    with model_server(["14 möten hölls [1]."]) as address, Assistant.open(sample_library) as assistant:
        assert assistant.chat_model() is None and assistant.chat_model("regler") is None
        model = assistant.chat_model(address)
        assert model is not None and assistant.chat_model(address) is model
        answer = assistant.ask("strategi 5:2 i plan 1")
        assert assistant.summarise(answer, model=address) is not None
        made = assistant.draft("5:2", year=2026, plan=1, notes=["14 möten hölls"], model=address)
        assert made.backend == model.name and assistant.chat_model(address) is model
        assert assistant.draft("5:2", year=2026, plan=1, model="regler").backend == "regler"
        assert assistant.chat_model(address) is model, "the rules put nothing in its place"
        assistant.release_chat_model()
        assert assistant.chat_model(address) is not model
    assert assistant._chat is None


def test_a_chat_model_that_cannot_be_had_is_said_and_does_not_stay(sample_library: Path, tmp_path: Path) -> None:
    with Assistant.open(sample_library) as assistant:
        with pytest.raises(ModelMissing):
            assistant.draft("5:2", year=2026, plan=1, model=str(tmp_path / "ingen"))
        assert assistant.chat_model() is None
