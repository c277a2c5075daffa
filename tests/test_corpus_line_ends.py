"""Line ends: what is joined, by what, and what stays apart."""

from __future__ import annotations

import pytest

from corpus import furniture, joining
from corpus.line_ends import Joint, Layout, joint
from corpus.text_file import read

BODY = "Det här är en rad som är full och går \nvidare på nästa rad i samma stycke som \n" * 4


def paragraphs(text: str) -> list[str]:
    """The paragraphs of ``text`` after a body whose trailing blanks show what blanks mean in it."""
    document = read((BODY + "slut.\n\n" + text).encode(), "x.txt")
    return [p.text for p in joining.join(document, furniture.find(document)).paragraphs][1:]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("otillåten \npåverkan", ["otillåten påverkan"]),
        ("stycket slutar här\nNästa börjar", ["stycket slutar här", "Nästa börjar"]),
        ("trygghetsfrämjande-\noch brottsförebyggande", ["trygghetsfrämjande- och brottsförebyggande"]),
        ("ny- \noch ombyggnad", ["ny- och ombyggnad"]),
        ("in-\neller utflyttning", ["in- eller utflyttning"]),
        ("ANDTS-\nsamordnare", ["ANDTS-samordnare"]),
        ("EST Ekdalen-\nTorp", ["EST Ekdalen-Torp"]),
        ("åren 2022-\n2026", ["åren 2022-2026"]),
        ("åren 2023–\n2026", ["åren 2023–2026"]),
        ("barn/\nunga", ["barn/unga"]),
        ("ett tal – \nsedan mer", ["ett tal – sedan mer"]),
        ("brotts\u00ad\nförebyggande", ["brottsförebyggande"]),
        ("rader som går-\nvidare", ["rader som går-vidare"]),
        ("många  blanka   tecken", ["många blanka tecken"]),
        ("hårt\u00a0blank och\u2009smalt", ["hårt blank och smalt"]),
        ("osyn\u200bligt", ["osynligt"]),
    ],
)
def test_joined(text: str, joined: list[str]) -> None:
    assert paragraphs(text) == joined


@pytest.mark.parametrize(
    "text",
    [
        "den långa raden som handlar om otillåten\npåverkan fick",
        "förvaltningen (kommunpoliser och\nutvecklingsledare)",
        "inkomster från\nolika håll",
    ],
)
def test_a_missing_blank_in_mid_sentence_is_mended_and_said(text: str) -> None:
    document = read((BODY + "slut.\n\n" + text).encode(), "x.txt")
    result = joining.join(document, furniture.find(document))
    assert result.paragraphs[-1].text == text.replace("\n", " ")
    assert result.guessed == 1
    assert [d.code for d in result.diagnostics] == ["joined_line", "joined_lines"]


@pytest.mark.parametrize(
    "lines",
    [
        ["föräldraträffar", "satsningar", "kurser"],
        ["• kurser", "• träffar"],
        ["1. kurser", "2. träffar"],
        ["Social närvaro:", "Det sker varje dag."],
        ["Har ni stöd?", "Strategi 1:1 Kommunen ska ha det."],
        ["med insats 1:1.", "Förväntat resultat: Bättre."],
    ],
)
def test_what_stays_apart(lines: list[str]) -> None:
    assert paragraphs("\n".join(lines)) == lines


def test_a_hyphen_that_the_document_does_without_elsewhere_is_dropped_and_listed() -> None:
    document = read((BODY + "slut.\n\nEtt skolsocialt team och ett skol-\nsocialt team").encode(), "x.txt")
    result = joining.join(document, furniture.find(document))
    assert result.paragraphs[-1].text == "Ett skolsocialt team och ett skolsocialt team"
    (found,) = [d for d in result.diagnostics if d.code == "hyphen"]
    assert (found.text, document.text[found.place.start : found.place.end]) == ("-", "-")  # type: ignore[union-attr]


def test_a_sentence_goes_on_over_a_page_break_and_its_header() -> None:
    document = read(
        (BODY + "i samverkan med andra \n Uppföljningsfrågor Svarsalternativ med kommentar\nberörda.\n").encode(), "x.txt"
    )
    result = joining.join(document, furniture.find(document))
    assert result.paragraphs[-1].text.endswith("i samverkan med andra berörda.")
    assert [d.code for d in result.diagnostics] == ["page_stitched", "joined_lines"]


def test_a_reader_that_knows_is_believed() -> None:
    from corpus.document import Line
    from corpus.model import Place

    layout = Layout(True, 40, frozenset())
    soft = Line("slut.", Place(0, 5), wraps=True)
    hard = Line("utan slut ", Place(0, 10), wraps=False)
    after = Line("Nästa", Place(11, 16))
    assert joint(soft, after, layout, empties=0, cut=False, heading=False) == (Joint.BLANK, False)
    assert joint(hard, after, layout, empties=0, cut=False, heading=False) == (Joint.PARAGRAPH, False)
    other = Line("Nästa", Place(11, 16, cell=(0, 0, 1)))
    assert joint(soft, other, layout, empties=0, cut=False, heading=False) == (Joint.PARAGRAPH, False)


def test_without_any_trailing_blank_room_and_case_decide() -> None:
    text = (
        "Förvaltningen har gjort en kartläggning av\ntorgen och parkerna. Den bygger på samtal\nmed 140 boende.\n"
        "Kunskapen behöver spridas till fler enheter\noch till skolan.\n"
    )
    document = read(text.encode(), "x.txt")
    assert [p.text for p in joining.join(document, furniture.find(document)).paragraphs] == [
        "Förvaltningen har gjort en kartläggning av torgen och parkerna. Den bygger på samtal med 140 boende.",
        "Kunskapen behöver spridas till fler enheter och till skolan.",
    ]
