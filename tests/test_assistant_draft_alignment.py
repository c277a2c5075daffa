"""Figures that have a source each and yet stand wrong: another's words, another year, another part of the month, another order."""

from __future__ import annotations

import pytest
from draft_items import evidence, item

from assistant.draft.check import SEVERE, Checker
from assistant.draft.checks.alignment import is_earlier
from assistant.draft.compose import compose
from assistant.draft.language.facts import figures

OLD = (
    "Under 2025 hade familjecentralen 410 besök. Öppna förskolan har öppet tre dagar i veckan. Jourhem saknas. "
    "Östra teamet finns på Storgatan."
)
NOTES = [
    "512 besök på familjecentralen (410 i fjol)",
    "öppna förskolan nu 4 dgr/v sedan 12/3",
    "orosanmälningar: 702, varav skolan 311 och polisen 188",
    "kostnad 11,4 mnkr mot budget 10,9",
    "jourhem finns nu (2)",
    "östra teamet flyttade till Kvarngatan i juni, västra kvar",
    "klotter -22 %, chatten öppen tis-tors 18-21",
    "kameror ej uppsatta, tillstånd saknas",
    "analys nr 2 klar i maj, nyhetsbrev nr 4, 5, 6",
]
CHECKER = Checker(notes=NOTES, history=[item(2025, OLD)], year=2026)


def severe(text: str) -> list[str]:
    return [flag.code for sentence in CHECKER.check(text) for flag in sentence.flags if flag.code in SEVERE]


@pytest.mark.parametrize(
    "text",
    [
        "Familjecentralen har haft 512 besök, jämfört med 410 året innan.",
        "Öppna förskolan har sedan mitten av mars öppet fyra dagar i veckan.",
        "Av 702 orosanmälningar kom 311 från skolan.",
        "Polisen stod för 188 av anmälningarna.",
        "Kostnaden var 11,4 miljoner kronor, mot budgeterade 10,9 miljoner kronor.",
        "I juni flyttade östra teamet till Kvarngatan, medan västra teamet är kvar.",
        "Klottret har minskat med 22 procent.",
        "Chatten har öppet tisdag till torsdag kl. 18–21.",
        "Kameror har inte satts upp, eftersom tillstånd saknas.",
    ],
)
def test_paraphrases_pass(text: str) -> None:
    assert severe(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Antalet besök på familjecentralen var 410.",
        "Familjecentralen har haft 410 besök, jämfört med 512 året innan.",
        "Öppna förskolan har sedan slutet av mars öppet fyra dagar i veckan.",
        "Öppna förskolan har öppet tre dagar i veckan.",
        "Av 702 orosanmälningar kom 188 från skolan.",
        "Polisen stod för 311 av anmälningarna.",
        "Kostnaden var 10,9 miljoner kronor, mot budgeterade 11,4 miljoner kronor.",
        "Jourhem saknas.",
        "I juni flyttade västra teamet till Kvarngatan, medan östra teamet är kvar.",
        "Klottret har ökat med 22 procent.",
        "Chatten har öppet tisdag till torsdag kl. 18–20.",
        "Kameror har satts upp.",
        "Den första analysen blev klar i maj.",
        "Nyhetsbrevet har kommit ut med nummer 5, 4 och 6.",
    ],
)
def test_misplaced_figures_are_flagged(text: str) -> None:
    assert severe(text)


def test_a_figure_of_last_year_is_told_by_what_stands_beside_it() -> None:
    text = "512 besök (410 i fjol), jämfört med 97 under våren"
    assert [is_earlier(text, fact, 2026) for fact in figures(text) if fact.kind == "number"] == [False, True, True]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("väntetid 5 v", "Väntetiden är 5 veckor."),
        ("andel nöjda 74 %", "Andelen nöjda är 74 procent."),
        ("fältarna ute v. 25–32", "Fältarna är ute vecka 25–32."),
        ("teamet 88 ungd., varav 30 flickor", "Teamet har haft 88 ungdomar, varav 30 flickor."),
    ],
)
def test_counts_are_natural_sentences(note: str, said: str) -> None:
    assert said in compose(evidence("Verksamheten finns.", [note])).text


def test_a_lead_in_has_last_years_comment_as_its_source() -> None:
    draft = compose(evidence("Hatbrott: Under 2025 kom 7 tips in om klotter. Ingen har dömts.", ["klotter: 9 tips"]))
    (sentence,) = draft.sentences
    assert sentence.text.startswith("Hatbrott: ")
    assert [source.kind for source in sentence.sources] == ["note", "comment"]
