"""Sentences that say in other words what notes and earlier comments say, and the same sentences with one thing wrong.

Each pair shows one way of wording: a figure worked out, a thing called by another name, what is lacking told without a "not".
"""

from __future__ import annotations

import pytest
from draft_items import item

from assistant.draft.check import SEVERE, Checker
from assistant.draft.checks.causes import cause_flags
from assistant.draft.checks.claims import claim_flags
from assistant.draft.checks.sources import Source
from assistant.draft.language.earlier import is_earlier
from assistant.draft.language.facts import figures
from assistant.draft.language.meaning import rhythms, short_weekdays

EARLIER = (
    "Elva lägenheter renoverades under 2025. Trappstädningen sköts av företaget Blankt. Enheten har två inspektörer och en samordnare. "
    "En skyfallskartering påbörjades i november 2025. Alla deltagare får en plan som följs upp var sjätte vecka. "
    "Personalomsättningen var 13 procent under 2025."
)
NOTES = [
    "78 evenemang (63), 12 riskbedömda",
    "könsuppdelad statistik: 74 % (58)",
    "e-tjänst: 71 % av ansökn. den vägen",
    "renoverat 14 lägenheter",
    "trappstädning i egen regi fr 1 juli",
    "en rådgivare slutade i juni, tjänsten vakant",
    "pump Slussen ur funktion 3 v i feb, reservdel saknades",
    "bilinbrott 59 jan–okt",
    "hyresskulder 640 -> 415 tkr",
    "kampanj: 41 anmälningar -> 13 uppdrag",
    "skyfallskartering klar i april",
    "planen följs upp var 4:e v sen 1 feb",
    "styrgruppsmöten 3 st, decembermöte återstår",
    "konsulentstöd: 4 hem, 3,6 mnkr (2 hem, 1,9 förra året)",
    "svinn: 9 par skridskor, 2 av dem polisanmälda",
    "läsning: 24 elever åk 5, vt",
    "fältare fre- o lörkväll sen sept",
    "personalomsättning mäts i dec, ingen siffra än",
    "andel inställda uppdrag 5 % (9 % förra året)",
    "fritidspeng höjd 2000 -> 2500 kr",
    "damm klar 30 sept, 4 200 m3",
    "vall höjd 40 cm på 310 m",
    "klimatsamordnaren: 58 rådgivn.besök hos ägare",
]
CHECKER = Checker(notes=NOTES, history=[item(2025, EARLIER)], year=2026)


def severe(text: str) -> list[str]:
    return [flag.code for sentence in CHECKER.check(text) for flag in sentence.flags if flag.code in SEVERE]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Evenemangen blev 78, femton fler än 2025.", "Evenemangen blev 78, tolv fler än 2025."),
        (
            "Statistiken är könsuppdelad till 74 procent, 16 procentenheter mer än under 2025.",
            "Statistiken är könsuppdelad till 74 procent, 26 procentenheter mer än under 2025.",
        ),
        ("Sju av tio ansökningar kom genom e-tjänsten.", "Nio av tio ansökningar kom genom e-tjänsten."),
        (
            "Fjorton lägenheter har renoverats, tre fler än året innan.",
            "Fjorton lägenheter har renoverats, fem fler än året innan.",
        ),
        ("En rådgivare slutade i juni och har inte ersatts.", "En rådgivare slutade inte i juni."),
        (
            "Pumpen vid Slussen var ur funktion i februari i brist på en reservdel.",
            "Pumpen vid Slussen var ur funktion i februari och hade en reservdel.",
        ),
        ("Bilinbrotten var 59 till och med oktober.", "Bilinbrotten var 69 till och med oktober."),
        ("Hyresskulderna har sjunkit till 415 000 kronor.", "Hyresskulderna har ökat till 415 000 kronor."),
        ("Kampanjen gav 41 anmälningar, som ledde till 13 uppdrag.", "Kampanjen gav 31 anmälningar, som ledde till 13 uppdrag."),
        (
            "Den skyfallskartering som inleddes i november 2025 blev klar i april.",
            "Skyfallskarteringen blev klar i november 2025.",
        ),
        ("Planen följs upp var fjärde vecka.", "Planen följs upp varannan vecka."),
        (
            "Styrgruppen har haft tre möten, och mötet i december återstår.",
            "Styrgruppen har haft tre möten, och mötet i november återstår.",
        ),
        (
            "Fyra hem kostade 3,6 miljoner kronor; under 2025 var de två och kostade 1,9 miljoner kronor.",
            "Fyra hem kostade 1,9 miljoner kronor.",
        ),
        (
            "Svinnet var nio par skridskor, varav två par har polisanmälts.",
            "Svinnet var sju par skridskor, varav två par har polisanmälts.",
        ),
        ("Under våren läste 24 femteklassare.", "Under våren läste 24 sjätteklassare."),
        ("Fältarna är ute på fredags- och lördagskvällar.", "Fältarna är ute på onsdagskvällar."),
        (
            "Andelen inställda uppdrag gick ned från nio till fem procent.",
            "Andelen inställda uppdrag gick ned från åtta till fem procent.",
        ),
        ("Fritidspengen har höjts till 2 500 kronor.", "Fritidspengen har sänkts till 2 500 kronor."),
        ("Dammen på 4 200 kubikmeter blev klar den 30 september.", "Dammen på 4 300 kubikmeter blev klar den 30 september."),
        ("Vallen höjdes 40 centimeter på 310 meter.", "Vallen höjdes 40 meter på 310 meter."),
        (
            "Klimatsamordnaren har besökt ägare 58 gånger för att ge råd.",
            "Klimatsamordnaren har besökt ägare 48 gånger för att ge råd.",
        ),
    ],
)
def test_other_words_for_the_same_and_one_thing_wrong(right: str, wrong: str) -> None:
    assert severe(right) == []
    assert severe(wrong) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bilinbrott 59 jan–okt", ["59", "jan", "okt"]),  # no month has 59 days
        ("45 dec 2025", ["45", "dec 2025"]),
        ("oktobers enkät", ["oktober"]),
        ("decembermötet", ["december"]),
        ("en stor majoritet", []),  # not of May
        ("höjd 2000 -> 2500 kr", ["2000", "2500 kr"]),
    ],
)
def test_figures_in_haste(text: str, found: list[str]) -> None:
    assert [fact.text.strip(" –") for fact in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "figure", "earlier"),
    [
        ("hyresskulder 640 -> 415 tkr", "640", True),
        ("41 anmälningar -> 13 uppdrag", "41", False),  # what came of them is no later count of the same
        ("8 pl → 24 tot", "8", False),
        ("4 hem (2 hem, 1,9 förra året)", "2", True),  # all of the bracket
        ("De 62 redaktörerna har blivit 24.", "62", True),
    ],
)
def test_which_figure_is_an_earlier_one(text: str, figure: str, earlier: bool) -> None:
    (fact,) = [fact for fact in figures(text) if fact.text.strip() == figure]
    assert is_earlier(text, fact, 2026) is earlier


def test_a_great_number_is_no_rhythm() -> None:
    assert list(rhythms("Webbplatsen besöks 51 000 gånger i månaden.")) == [("varje", "månad")]
    assert list(rhythms("Gruppen möts 2 gånger i månaden.")) == [("2 gånger", "månad")]
    assert list(rhythms("Mottagningen har 60 besök om dagen.")) == [("varje", "dag")]
    assert rhythms("Dagen är sex timmar om dagen.") == {}  # how long, not how often


def test_a_day_of_two_letters_that_are_no_word() -> None:
    assert short_weekdays("öppet lö också") == {"lördag"}
    assert short_weekdays("fre- o lörkväll") == {"fredag", "lördag"}
    assert short_weekdays("öppet to") == frozenset()


@pytest.mark.parametrize(
    ("sentence", "notes", "found"),
    [
        ("Arbetet fortsätter enligt plan.", ["planen följs upp"], True),
        ("Arbetet fortsätter enligt plan.", ["arbetet forts. enl plan"], False),
        ("Planen följs i år upp av alla.", [], True),  # an earlier comment alone cannot tell of this year
        ("Under året följs planen upp.", ["planen följs upp"], False),
        ("Lärlingsutbildningen kom i gång under året.", ["lärlingsutbildning startad, 12 sökande"], False),
        ("Lärlingsutbildningen kom i gång under året.", ["åldersgräns sänkt"], True),
    ],
)
def test_what_goes_on_and_what_began_must_be_told(sentence: str, notes: list[str], found: bool) -> None:
    sources = [Source(note, is_note=True) for note in notes] or [Source("Planen följs upp av alla.", is_note=False, year=2025)]
    assert bool(claim_flags(sentence, sources, year=2026)) is found


def test_a_cause_ahead_of_a_whole_sentence() -> None:
    note = Source("7 av 7 skolor med, inga medel kvar", is_note=True)
    assert [flag.code for flag in cause_flags("Tack vare riktade medel: 7 av 7 skolor är med.", [note])] == ["unsupported_claim"]
    told = Source("7 av 7 skolor med tack vare riktade medel", is_note=True)
    assert cause_flags("Tack vare riktade medel: 7 av 7 skolor är med.", [told]) == []
