"""Contradictions between the items of one report: pairs of sentences that do not agree, pairs that do, and the sample reports."""

from __future__ import annotations

import pytest
from draft_items import evidence, item

from assistant.draft import check_report
from assistant.draft.compose import compose
from corpus.model import Draft, Item
from corpus.samples import SampleReport, load_source


def kinds(left: str, right: str) -> list[str]:
    return [found.kind for found in check_report([item(2026, left, code="1:1"), item(2026, right, code="1:2", position=1)])]


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        (
            "Förvaltningen planerar ett Kvinnofridsteam för våldsutsatta.",
            "Ett familjefridsteam ger stöd till våldsutsatta.",
            "name",
        ),
        ("Ung Väg har haft kontakt med 88 ungdomar.", "Teamet Ung Väg har under året haft kontakt med 91 ungdomar.", "figure"),
        ("Fältgruppen består av fem personer.", "Fältgruppen har nu 6 personer.", "figure"),
        ("98 procent av eleverna har svarat på enkäten.", "Enkäten besvarades av 89 procent av eleverna.", "figure"),
        ("Team Hemfrid tog emot de första besöken den 13 januari.", "Team Hemfrid tog emot sina första besök i mars.", "date"),
        ("Antalet orosanmälningar har ökat.", "Antalet orosanmälningar har minskat under året.", "opposite"),
        ("Handboken för fältgruppen är inte färdig.", "Handboken för fältgruppen är färdig.", "opposite"),
        (
            "Ingen utbildning i våldsprevention har hållits.",
            "Utbildning i våldsprevention har hållits för 40 medarbetare.",
            "opposite",
        ),
        ("Mottagningen på Storgatan är stängd.", "Mottagningen på Storgatan är åter öppen.", "opposite"),
        ("Träffpunkten Navet är stängd sedan mars.", "Träffpunkten Navet är öppen varje dag.", "opposite"),
        ("Deltagande i Ledstången är frivilligt.", "Deltagande i Ledstången är obligatoriskt.", "opposite"),
        ("Fältgruppen är tre.", "Fältgruppen är nu fyra.", "figure"),
        ("Medarbetarna i fältgruppen är tre.", "Medarbetarna i fältgruppen är fyra till antalet.", "figure"),
        ("Antalet platser på Solgården är 12.", "Antalet platser på Solgården uppgår till 14.", "figure"),
        ("Väntetiden till samtalsstödet är 4 veckor.", "Väntetiden till samtalsstödet är 6 veckor.", "figure"),
    ],
)
def test_two_items_that_do_not_agree(left: str, right: str, kind: str) -> None:
    assert kinds(left, right) == [kind]
    assert kinds(right, left) == [kind]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Fältgruppen består av fem personer.", "Fältgruppen består av 5 personer."),
        ("Under våren hölls 4 träffar för äldre.", "Under hösten hölls 6 träffar för äldre."),
        ("Ung Väg har haft kontakt med 88 ungdomar.", "Verktygslådan har haft kontakt med 91 skolor."),
        ("Barnavårdsenheten har flyttat.", "Missbruksvårdsenheten har fått ny chef."),
        ("Väntetiden är 4 veckor.", "Väntetiden hos BUP är 6 veckor."),
        ("Väntetiden till samtal är 4 veckor.", "Väntetiden till samtal hos BUP är 6 veckor."),
        ("Väntetiden har ökat.", "Väntetiden hos BUP har minskat."),
        ("Teamet är tre.", "Teamet är fyra."),
        ("Antalet ärenden är tre.", "Antalet ärenden är fyra."),
        ("Mottagningen är öppen.", "Mottagningen i Kolnäset är stängd."),
        ("Under våren var fältarna tre.", "Under hösten var fältarna fyra."),
        ("Öppna förskolan är stängd i juli.", "Öppna förskolan har 40 besökare."),
        ("Familjer i Hammarliden fick stöd.", "Tolv medarbetare har gått en kurs om hot."),
    ],
)
def test_two_items_that_agree_or_have_nothing_to_do_with_each_other(left: str, right: str) -> None:
    assert kinds(left, right) == []


def test_both_places_and_a_sentence_to_show() -> None:
    drafts: list[Draft | Item] = [
        compose(evidence("Fältgruppen har 4 medarbetare.", ["fältgruppen 5 medarbetare"])),
        item(2026, "Fältgruppen har 6 medarbetare.", code="5:1"),
    ]
    (found,) = check_report(drafts)
    assert [place.quote for place in found.places] == ["5", "6"]
    assert [place.item.code for place in found.places] == ["4:2", "5:1"]
    assert found.places[1].sentence == "Fältgruppen har 6 medarbetare."
    assert found.message.startswith("Siffrorna går isär: strategi 4:2 (plan 1) skriver ")


def test_one_question_answered_in_two_ways_and_a_ja_that_leans_on_a_nej() -> None:
    asked = [item(2026, "Grupper hålls.", "Ja", code="1:1"), item(2026, "Medel saknas.", "Nej", code="1:1", plan=2, position=1)]
    assert [found.message for found in check_report(asked)] == [
        "Strategi 1:1 (plan 1) svarar Ja och strategi 1:1 (plan 2) Nej på samma fråga."
    ]
    leaning = [item(2026, "Se svaret på strategi 3:5.", "Ja", code="4:4"), item(2026, "", "Nej", code="3:5", position=1)]
    assert "answer" in [found.kind for found in check_report(leaning)]


def test_nothing_to_compare() -> None:
    assert check_report([]) == []
    assert check_report([item(2026, "Fältgruppen har 4 medarbetare. Fältgruppen har 6 medarbetare.")]) == []


@pytest.mark.parametrize("report", load_source(), ids=lambda report: f"{report.organisation} {report.year}")
def test_the_sample_reports_do_not_contradict_themselves(report: SampleReport) -> None:
    assert check_report(report.items) == []
