"""Figures that a text tells as an earlier year's; the report is of 2026."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.language.earlier import figures_between, is_earlier, may_be_earlier, told_before
from assistant.draft.language.facts import Fact, figures

YEAR = 2026


def counts(text: str) -> list[Fact]:
    return [fact for fact in figures(text) if fact.kind in ("number", "percent", "amount")]


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        # from one to another
        ("Kön har minskat från 9 till 5 veckor.", ["9"]),
        ("Gruppen växte från sex till nio.", ["sex"]),
        ("Antalet steg från cirka 40 platser till drygt 55.", ["40"]),
        ("Lagen minskade från tre till en.", ["tre"]),
        ("Kön gick från 9 veckor i fjol till 5 veckor.", ["9"]),
        ("Gränsen är 18 → 16 år.", ["18"]),
        ("Gränsen: 18 år --> 16 år.", ["18"]),
        ("Andelen: 40 % -> 45 %.", ["40 %"]),
        ("Lagen minskade från tre till ett.", ["tre"]),
        ("Antalet gick från 30 barn per grupp i våras till 41.", ["30"]),
        ("Antalet gick från 30 barn per grupp i höstas till 41.", ["30"]),
        ("Varje grupp har 12 till 14 barn.", []),
        # the year in brackets behind it
        ("Det kom 452 besök (2025), 480 besök (2026).", ["452"]),
        ("Andelen är 38 % (i fjol) och 43 %.", ["38 %"]),
        ("Andelen är 38 % (förra året) och 43 %.", ["38 %"]),
        ("I fjol kom 452 besök (2026).", []),
        # a clause of an earlier time
        ("Antalet besök är 452 (410 i fjol).", ["410"]),
        ("Under 2025 var de 410.", ["410"]),
        ("2025: 30 besök.", ["30"]),
        ("Hösten 2025 kom 30 barn.", ["30"]),
        ("Fjolåret gav 30 anmälningar.", ["30"]),
        ("Föregående läsår hölls 30 lektioner.", ["30"]),
        ("Föregående år hölls 30 lektioner.", ["30"]),
        ("Det var 30 året före.", ["30"]),
        ("Det var 30 året dessförinnan.", ["30"]),
        ("Det var 30 förut.", ["30"]),
        ("Tidigare var de 30.", ["30"]),
        ("De blev klara tidigare än 30 andra.", []),
        ("Under 2026 kom 30 barn.", []),
        ("Under 2027 väntas 30 barn.", []),
        ("Planen 2024–2027 har 12 mål.", []),
        ("Läsåret 2025/26 går 12 barn i gruppen.", []),
        ("Enligt lag 2024:312 krävs 12 rum.", []),
        ("De 12 målen i förra årets rapport gäller.", []),
        # since then
        ("Sedan 2024 har 12 lokaler byggts om.", []),
        ("Från och med 2025 finns 12 lokaler.", []),
        ("Sedan den 1 mars 2025 finns 12 lokaler.", []),
        # as before
        ("Det är 30 platser som i fjol.", []),
        ("De är 30 lika många som förra året.", []),
        ("Det är 30 platser liksom i fjol.", []),
        # where a clause ends
        ("43 % har plan, 39 % hade det i fjol.", ["39 %"]),
        ("Vi har 12 platser medan de hade 9 i fjol.", ["9"]),
        ("Det var 9 i fjol men 12 är planerade.", ["9"]),
        ("I fjol kom 30 barn. Vi väntar 41.", ["30"]),
        ("I fjol var de 30 – nu 41.", ["30"]),
        ("Det var 30 året innan och 41 planeras.", ["30"]),
        ("Det var 30 förra året och 41 planeras.", ["30"]),
        ("Det var 30 i fjol och 41 planeras.", ["30"]),
        ("Det var 30 år 2025 och 41 planeras.", ["30"]),
        ("I fjol kom 30 barn och har 41 anmält sig.", ["30"]),
        ("I fjol kom 30 barn och är 41 anmälda.", ["30"]),
        ("I fjol kom 30 barn och nu 41.", ["30"]),
        ("I fjol kom 30 barn och 41 vuxna.", ["30", "41"]),
        ("I fjol kl. 9–12 kom 30 barn.", ["30"]),  # the dash of a time ends no clause
        # this year's
        ("I år har 41 av dem som kom i fjol fått plats.", []),
        ("Numera har 41 av dem som kom i fjol plats.", []),
        ("Under året har 41 av dem som kom i fjol fått plats.", []),
        ("Av årets 41 var många med i fjol.", []),
        # against another
        ("Det kom 452, jämfört med 410 året innan.", ["410"]),
        ("Det kom 452 besök jfr 410.", ["410"]),
        ("Det kom 41 besök mot 30.", ["30"]),
        ("Det kom 41 besök mot 30 i fjol.", ["30"]),
        ("Förra årets 30 besök blev 41.", ["30"]),
        ("Det kom fler än 410.", []),
        ("Det är fler än de 410 i fjol.", ["410"]),
        ("I år är det fler än de 410 i fjol.", ["410"]),
        ("Det är fler än under 2025, då antalet var 430.", ["430"]),
        ("Det är öppet i maj, då 430 kommer.", []),
        ("Jämfört med 39 besök är det 43.", ["39"]),
        ("Det var många jämfört med 30 kvinnor och 12 män.", ["30", "12"]),
        ("Andelen är 82 % mot målet 90 %.", []),
        ("Andelen är 82 % mot ett mål på 90 %.", []),
        ("Andelen är 82 % mot vårt mål 90 %.", []),
        ("Andelen är 82 % mot nämndens mål 90 %.", []),
        ("", []),
    ],
)
def test_the_figures_of_an_earlier_time(text: str, earlier: list[str]) -> None:
    assert [fact.text for fact in counts(text) if is_earlier(text, fact, YEAR)] == earlier


@pytest.mark.parametrize(
    "phrase",
    [
        "jämfört med", "att jämföras med", "att jämföra med", "jämförelsevis med", "jmf", "jfr", "mot", "i stället för", "istället för",
        "istf", "i st f", "fjolårets", "efter ökning från", "efter minskning från",
    ],
)  # fmt: skip
def test_what_a_figure_is_compared_with_is_earlier(phrase: str) -> None:
    text = f"Det blev 41 besök {phrase} 30 besök."
    assert [is_earlier(text, fact, YEAR) for fact in counts(text)] == [False, True]


@pytest.mark.parametrize("about", ["cirka", "drygt", "knappt", "omkring"])
def test_a_rounded_figure_goes_from_one_to_another_too(about: str) -> None:
    for text in (
        f"Antalet gick från {about} 30 till {about} 41 platser.",
        f"Antalet gick från {about} 30 i fjol till {about} 41 platser.",
    ):
        assert [is_earlier(text, fact, YEAR) for fact in counts(text)] == [True, False]


def test_the_same_year_is_earlier_for_a_later_report_only() -> None:
    text = "Under 2025 var de 410."
    (fact,) = counts(text)
    assert [is_earlier(text, fact, year) for year in (2024, 2025, 2026)] == [False, False, True]


@pytest.mark.parametrize(
    ("note", "maybe"),
    [
        ("43 % (39)", ["39"]),
        ("43 % (39 %)", ["39 %"]),
        ("besök 43 (39)", ["39"]),
        ("29 flickor (35)", ["35"]),
        ("145 tkr (120)", ["120"]),
        ("120/58 (110/51)", ["110", "51"]),
        ("43 besök (39 nya)", []),
        ("möte (39)", []),
        ("12 mars (39)", []),  # a day is no count
        ("43 besök (39 %)", []),  # a share of them
        ("43 besök, 39", []),
    ],
)
def test_a_figure_alone_in_brackets_may_be_last_years(note: str, maybe: list[str]) -> None:
    assert [fact.text for fact in counts(note) if may_be_earlier(note, fact)] == maybe


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("Resan som ställdes in 2025 blir av.", "Resan", True),
        ("Badet har tidigare haft stängt.", "stängt", True),
        ("Badet hade stängt i fjol, men har öppet.", "stängt", True),
        ("Badet hade stängt i fjol, men har öppet.", "öppet", False),
        ("Badet är stängt.", "stängt", False),
        ("Badet är stängt som i fjol.", "stängt", False),
    ],
)
def test_what_a_clause_tells_of_an_earlier_time(text: str, word: str, told: bool) -> None:
    assert told_before(text, text.index(word), YEAR) is told


@pytest.mark.parametrize(
    ("text", "between"),
    [(" 30 barn är ", True), (" 30 % ", True), (" 30 barn och ", False), (" kl. 9 ", False), (" barnen ", False), ("", False)],
)
def test_a_count_between(text: str, between: bool) -> None:
    assert figures_between(text) is between


_PIECES = st.sampled_from(
    [
        "9 ",
        "12 % ",
        "från ",
        "till ",
        "→ ",
        "i fjol ",
        "(",
        ") ",
        ", ",
        "2025 ",
        "2026 ",
        "jämfört med ",
        "än ",
        "mål ",
        "– ",
        ": ",
        "och ",
    ]
)


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=12).map("".join)), st.integers(1, 2100))
def test_any_text_can_be_asked(text: str, year: int) -> None:
    for fact in figures(text):
        assert is_earlier(text, fact, year) in (True, False)
        assert may_be_earlier(text, fact) in (True, False)
        assert told_before(text, fact.start, year) in (True, False)


@settings(deadline=None)
@given(st.integers(1, 999), st.integers(1, 999))
def test_of_two_figures_the_one_it_came_from_is_earlier(old: int, new: int) -> None:
    text = f"Antalet gick från {old} till {new} platser."
    assert [is_earlier(text, fact, YEAR) for fact in counts(text)] == [True, False]
