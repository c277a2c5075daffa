"""Bytes to text: every encoding an archive may hold, and what is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.decoding import MAX_BYTES, decode
from corpus.errors import TooLarge, UnknownFormat, UnreadableFile

TEXT = "Målområde 1: Öka tryggheten\nFörvaltningen når åtta områden på våren.\nÄr det så? Ja, i år.\n"


def codes(data: bytes) -> list[str]:
    return [d.code for d in decode(data, "x.txt").diagnostics]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"]
)
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), "x.txt")
    assert decoded.text == TEXT
    assert "\ufeff" not in decoded.text


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", []), ("utf-8-sig", []), ("cp1252", ["encoding"]), ("utf-16-be", ["encoding"])]
)
def test_a_guess_is_said(encoding: str, said: list[str]) -> None:
    assert codes(TEXT.encode(encoding)) == said


def test_decomposed_letters_are_composed_and_said() -> None:
    decoded = decode(unicodedata.normalize("NFD", "Åtgärd på ön").encode(), "x.txt")
    assert decoded.text == "Åtgärd på ön"
    assert [d.code for d in decoded.diagnostics] == ["composed"]
    assert decoded.diagnostics[0].message.startswith("4 bokstäver")


def test_damaged_utf8_is_read_with_the_loss_said() -> None:
    data = TEXT.encode() * 3
    at = data.index("å".encode())
    decoded = decode(data[:at] + b"\xff" + data[at:], "x.txt")
    assert decoded.text.count("\ufffd") == 1
    assert [(d.code, d.severity) for d in decoded.diagnostics] == [("replacement_characters", "error")]
    assert decoded.text[decoded.diagnostics[0].place.start] == "\ufffd"  # type: ignore[union-attr]


def test_text_encoded_twice_is_turned_back() -> None:
    decoded = decode(TEXT.encode().decode("latin-1").encode(), "x.txt")
    assert decoded.text == TEXT
    assert [d.code for d in decoded.diagnostics] == ["mojibake"]


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", UnreadableFile, "tom"),
        (b" \n\t\n", UnreadableFile, "tom"),
        ("\u00a0\n\u2003".encode(), UnreadableFile, "blanktecken"),
        (b"abc\0def" * 5, UnknownFormat, "nollbyte på plats 3"),
        (bytes(range(1, 32)) * 9, UnknownFormat, "styrtecken"),
        (b"a" * (MAX_BYTES + 1), TooLarge, "5.0 MB"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        decode(data, "rapport.txt")


def test_long_runs_of_marks_take_linear_time() -> None:
    text = "a" + "\u0301\u0316" * 200_000 + " o\u0308"
    assert decode(text.encode(), "x.txt").text.endswith(" ö")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Mn", "Mc", "Me"]), min_size=1))
def test_utf8_comes_back_as_it_was_written(text: str) -> None:
    if text.strip().strip("\ufeff").strip() and "Ã" not in text and "â" not in text:
        assert decode(text.encode(), "x.txt").text == unicodedata.normalize("NFC", text).removeprefix("\ufeff")
