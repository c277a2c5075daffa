"""Swedish sentence splitting: worked-out examples, the hand-marked set, and what must hold for any text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.sentences import split
from eval import marked


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n ", []),
        ("Klart", ["Klart"]),
        ("Det används i årskurs 7 och 8. Under våren kom fler.", ["Det används i årskurs 7 och 8.", "Under våren kom fler."]),
        ("Vi startade. Sedan kom fler.", ["Vi startade.", "Sedan kom fler."]),
        (
            "Det gäller t.ex. Norr. Även bl.a. skolor m.m. Arbetet går bra.",
            ["Det gäller t.ex. Norr.", "Även bl.a. skolor m.m.", "Arbetet går bra."],
        ),
        ("Mötet var den 3. mars. Kl. 18.30 slutade det.", ["Mötet var den 3. mars.", "Kl. 18.30 slutade det."]),
        (
            "Vi gör tre saker dvs 1. råd (två), 2. stöd och 3. vård. Bra.",
            ["Vi gör tre saker dvs 1. råd (två), 2. stöd och 3. vård.", "Bra."],
        ),
        ("Antalet blev 12. Målet var 10. 2024 blir det fler.", ["Antalet blev 12.", "Målet var 10.", "2024 blir det fler."]),
        ("Social prevention:\n\nInsatser har getts.", ["Social prevention:", "Insatser har getts."]),
        ("Social prevention:\nInsatser har getts.", ["Social prevention:", "Insatser har getts."]),
        ("- ett\n- två", ["- ett", "- två"]),
        ("Samverkan med\nPolismyndigheten sker.", ["Samverkan med\nPolismyndigheten sker."]),
        ('Skriften "Ett. Två." finns. Läs den!', ['Skriften "Ett. Två." finns.', "Läs den!"]),
        ("Strategi 5:2 är klar. Även 5.2 är det.", ["Strategi 5:2 är klar.", "Även 5.2 är det."]),
        ("A. Berg deltog. Se www.ekhamn.example.", ["A. Berg deltog.", "Se www.ekhamn.example."]),
        ("Det är klart.Nu börjar vi.", ["Det är klart.", "Nu börjar vi."]),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_offsets_are_those_of_the_text() -> None:
    first, second = split("  Ja. Nej ")
    assert (first.start, first.end, second.start, second.end) == (2, 5, 6, 9)


def test_marked_set_is_large_enough_and_found() -> None:
    everything = marked.load()
    assert sum(len(text.ends) + 1 for text in everything) >= 200
    for part in ("dev", "test"):
        result = marked.score(marked.load(part), lambda text: [sentence.end for sentence in split(text)])
        assert result.f1 >= 0.99, (part, result)


def test_score_counts_by_hand() -> None:
    text = marked.unmark("x", "dev", "Ett. ‖Två. ‖Tre.")
    assert text.text == "Ett. Två. Tre." and text.ends == {4, 9}
    assert marked.score([text], lambda _: [4, 7, 14]) == marked.BoundaryScore(right=1, wrong=1, missed=1)
    assert marked.BoundaryScore(1, 1, 1).f1 == 0.5


WORDS = st.sampled_from(
    """Vi vi arbetar t.ex. bl.a. m.m. dvs. kl. 18.30 den 3. mars 1. 2. a. B. A.B. (se bilaga 2.) (Se "Ett. Två" ”Tre” » « 5:2 2024.
    … ? ! osv. www.a.se x@y.se • - – Rubrik: slut. Det Förvaltningen klart.Nu st. v. 34 [ ] ) . .. ... ca. nr. Barn och unga (BoU).
    det.""".split()
)
PROSE = st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", " ", "\n", "\n\n", "  ", " \n ", ""])), max_size=40).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@given(st.one_of(PROSE, st.text(max_size=200)))
@example("(a. B (c. D) e. F. G")
@example("\u2028a. B\r c")
def test_any_text(text: str) -> None:
    found = split(text)
    position = 0
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        assert text[position : sentence.start].strip() == ""
        position = sentence.end
    assert text[position:].strip() == ""
    for sentence in found:
        assert texts(sentence.text) == [sentence.text]


@pytest.mark.parametrize("piece", ["(", '"', "a. ", "1. ", ")A", "aaa.Abc", ". ", "a\n", "…", "\u200b", " ", "\t•", '?"', "a  "])
def test_long_noise_is_linear(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert sum(len("".join(s.text.split())) for s in split(text)) == len("".join(text.split()))


def test_imports_nothing_heavy() -> None:
    code = "import sys, corpus.sentences; print([m for m in ('numpy', 'torch', 'nltk', 'pysbd') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
