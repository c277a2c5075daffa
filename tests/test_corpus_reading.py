"""The way in: which reader gets what, and one clear sentence for what none can read."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus import read_bytes, read_document
from corpus.errors import CorpusError, UnknownFormat, UnreadableFile


def archive(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def test_a_text_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text("Är ert arbete klart?\n", encoding="utf-8")
    document = read_document(path)
    assert (document.name, document.format, [line.text for line in document.lines]) == (
        "rapport.txt",
        "txt",
        ["Är ert arbete klart?"],
    )
    assert len(document.sha256) == 64


def test_a_name_without_a_known_ending_is_read_by_its_bytes() -> None:
    assert read_bytes("Hej på er\n".encode(), "rapport").format == "txt"


def test_missing_folder_empty_and_unusual_files(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="finns inte"):
        read_document(tmp_path / "saknas.txt")
    with pytest.raises(UnreadableFile, match="är en mapp"):
        read_document(tmp_path)
    (tmp_path / "tom.txt").write_bytes(b"")
    with pytest.raises(UnreadableFile, match="är tom"):
        read_document(tmp_path / "tom.txt")
    with pytest.raises(UnreadableFile, match="ingen mapp"):
        read_document(tmp_path / "tom.txt" / "rapport.txt")
    with pytest.raises(UnreadableFile):
        read_document(Path("a\0b.txt"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are not known on this system")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör.txt")
    with pytest.raises(UnreadableFile, match="ingen vanlig fil"):
        read_document(tmp_path / "rör.txt")


@pytest.mark.parametrize(
    ("name", "data", "error", "said"),
    [
        ("bild.pdf", b"\x89PNG\r\n\x1a\n" + b"x" * 50, UnknownFormat, "en bild"),
        ("rapport.pdf", b"vanlig text", UnknownFormat, "heter .pdf men innehåller text"),
        ("rapport.txt", b"%PDF-1.7\n" + b"x" * 50, UnknownFormat, "heter .txt men innehåller PDF"),
        ("rapport.docx", archive(xl__workbook_xml="<a/>"), UnknownFormat, "heter .docx men innehåller XLSX"),
        ("rapport.docx", archive(annat="x"), UnknownFormat, "packat arkiv"),
        ("rapport.docx", archive(word__document_xml="<a/>")[:60], UnreadableFile, "skadad"),
        ("rapport.odt", archive(content_xml="<a/>", mimetype="x"), UnknownFormat, "OpenDocument"),
        ("rapport.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, UnreadableFile, "lösenordsskyddad eller i ett äldre"),
        ("rapport.rtf", b"{\\rtf1 x}", UnknownFormat, "RTF"),
        ("sida.txt", b"<!DOCTYPE html><html></html>", UnknownFormat, "webbsida"),
        ("bild.png", b"hej", UnknownFormat, "heter .png men inneh\u00e5ller text"),
        ("data.txt", b"abc\0\0def", UnknownFormat, "nollbyte"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, data: bytes, error: type[CorpusError], said: str) -> None:
    with pytest.raises(error, match=said) as caught:
        read_bytes(data, name)
    assert name in str(caught.value)


def test_importing_the_package_is_cheap() -> None:
    heavy = "pdfplumber, docx, openpyxl, numpy, torch, lxml, pdfminer"
    code = f"import corpus, sys; print([m for m in {heavy!r}.split(', ') if m in sys.modules])"
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
