"""Drafts as files: Word in the form of the report with sources as comments, Excel, CSV and Markdown; and the commands that make them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from draft_items import evidence, item

from assistant import Assistant
from assistant.cli import run
from assistant.draft.compose import compose
from assistant.draft.contract import draft_to_json, draft_to_text, source_line
from assistant.draft.export import NothingToExport, NotWritten, UnknownFormat, export_drafts
from assistant.draft.exports.paragraphs import paragraphs_of
from assistant.samples import load_samples
from corpus.model import Draft

COMMENT = "Ung Väg arbetar i Hammarliden. Teamet har haft kontakt med 74 ungdomar.\n\nEn handbok ska tas fram till hösten 2025."


def made(*notes: str) -> Draft:
    return compose(evidence(COMMENT, notes or ("teamet 88 ungd.", "nytt avtal m. Älvsundahem 22 april")))


def test_word_in_the_form_of_the_report(tmp_path: Path) -> None:
    other = replace(made(), item=item(2025, "", code="5:1", position=1))
    path = export_drafts(None, [other, made()], tmp_path / "utkast.docx")
    document = docx.Document(str(path))
    assert [p.text for p in document.paragraphs if p.style.name.startswith("Heading")] == [
        "1 Trygghetsprogram 2022–2026",
        "Målområde 4: Färre börjar",
    ]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Uppföljningsfrågor", "Svarsalternativ med kommentar"]
    left, right = table.rows[1].cells
    assert left.text == "Arbetar ni med ungdomar i riskzon?\nStrategi 4:2 Ungdomar i riskzon ska få stöd i tid."
    assert left.paragraphs[0].runs[0].bold and not left.paragraphs[1].runs[0].bold
    assert right.text == "Ja\n" + made().text.replace("\n\n", "\n")
    assert "Strategi 5:1" in table.rows[2].cells[0].text
    assert len(document.comments) == 0
    assert "Åtaganden" not in "\n".join(p.text for p in document.paragraphs)


def test_sources_as_word_comments_and_open_commitments_last(tmp_path: Path) -> None:
    document = docx.Document(str(export_drafts(None, [made()], tmp_path / "utkast.docx", sources=True)))
    said = [comment.text for comment in document.comments]
    assert len(said) == len(made().sentences)
    assert said[0].startswith("Överförd: kommentaren 2025")
    assert any("Anteckning 1: ”teamet 88 ungd.”" in text for text in said)
    assert document.paragraphs[-1].text == "4:2: Togs en handbok fram, som planerades till hösten 2025?"


def test_open_commitments_of_several_plans_name_their_plan(tmp_path: Path) -> None:
    other = replace(made(), item=item(2025, "", code="4:2", plan=2))
    document = docx.Document(str(export_drafts(None, [made(), other], tmp_path / "utkast.docx", sources=True)))
    assert [p.text.partition(": ")[0] for p in document.paragraphs[-2:]] == ["Strategi 4:2, plan 1", "Strategi 4:2, plan 2"]


def test_an_exported_report_can_be_read_again(tmp_path: Path) -> None:
    """The reader of Word reports finds the same item in it."""
    from corpus.parser import parse_report
    from corpus.reading import read_document

    path = export_drafts(None, [made()], tmp_path / "uppfoljning-2026.docx")
    report = parse_report(read_document(path), organisation="Provförvaltningen", year=2026)
    (found,) = report.items
    assert (found.code, found.answer, found.comment) == ("4:2", "Ja", made().text)


def test_excel_types_text_as_text(tmp_path: Path) -> None:
    draft = replace(made(), text="=1+1\nrad två", sentences=())
    sheet = openpyxl.load_workbook(export_drafts(None, [draft], tmp_path / "utkast.xlsx")).active
    header, row = list(sheet.iter_rows(values_only=True))
    assert header[:9] == ("År", "Organisation", "Plan", "Plantitel", "Område", "Kod", "Fråga", "Svar", "Kommentar")
    assert row[8] == "=1+1\nrad två" and sheet.cell(2, 9).data_type == "s"
    assert sheet.cell(2, 6).value == "4:2"


def test_csv_for_swedish_excel(tmp_path: Path) -> None:
    draft = replace(made(), text="=SUMMA(A1)", sentences=())
    data = export_drafts(None, [draft, made()], tmp_path / "utkast.csv", sources=True).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][-2:] == ["Källor", "Att svara på"]
    assert rows[1][8] == "'=SUMMA(A1)"
    assert rows[2][8] == made().text
    assert "[omskriven: anteckning 1, kommentaren 2025]" in rows[2][10]


@pytest.mark.parametrize("text", ["=1+1", "+46 8", "-1+2", "@SUMMA(A1)", "\t=1"])
def test_no_text_is_a_formula_in_csv(tmp_path: Path, text: str) -> None:
    data = export_drafts(None, [replace(made(), text=text, sentences=())], tmp_path / "utkast.csv").read_bytes()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][8] == f"'{text}"
    assert rows[1][5] == "4:2", "a code is no formula"


def test_line_ends_and_decimals_come_through_a_table(tmp_path: Path) -> None:
    draft = replace(made(), text='Andelen är 12,5 procent.\n\nNytt stycke; med semikolon och ”citat".', sentences=())
    data = export_drafts(None, [draft], tmp_path / "utkast.csv").read_bytes()
    assert (
        next(row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";") if row[5] == "4:2")[8]
        == draft.text
    )
    cell = openpyxl.load_workbook(export_drafts(None, [draft], tmp_path / "utkast.xlsx")).active.cell(2, 9)
    assert cell.value == draft.text and cell.alignment.wrap_text and cell.number_format == "@"


def test_markdown_shows_text_as_it_is(tmp_path: Path) -> None:
    draft = replace(made(), text="# inte en rubrik *", sentences=())
    text = export_drafts(None, [draft], tmp_path / "utkast.md").read_text(encoding="utf-8")
    assert "\\# inte en rubrik \\*" in text
    marked = replace(draft, text="- inte en lista\n\n1. inte heller & ~så~\n\n12,5 procent")
    text = export_drafts(None, [marked], tmp_path / "utkast.md").read_text(encoding="utf-8")
    assert "\n\\- inte en lista\n\n1\\. inte heller \\& \\~så\\~\n\n12,5 procent\n" in text
    with_sources = export_drafts(None, [made()], tmp_path / "utkast.md", sources=True).read_text(encoding="utf-8")
    assert "[^1]: överförd: kommentaren 2025" in with_sources
    assert "- Togs en handbok fram" in with_sources


def test_what_cannot_be_exported(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"\.docx"):
        export_drafts(None, [made()], tmp_path / "utkast.pdf")
    with pytest.raises(NothingToExport):
        export_drafts(None, [], tmp_path / "utkast.docx")
    (tmp_path / "upptagen.docx").mkdir()
    with pytest.raises(NotWritten, match="kunde inte skrivas"):
        export_drafts(None, [made()], tmp_path / "upptagen.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["upptagen.docx"]


def test_pieces_of_an_edited_text_give_it_back() -> None:
    draft = made()
    edited = replace(draft, text="Nytt först. " + draft.text + " Sist.")
    assert "\n\n".join("".join(text for text, _ in pieces) for pieces in paragraphs_of(edited)) == edited.text
    assert sum(sentence is not None for pieces in paragraphs_of(edited) for _, sentence in pieces) == len(draft.sentences)


def test_the_contract_of_json() -> None:
    plain = draft_to_json(made())
    assert list(plain)[:9] == ["item", "year", "answer", "text", "sentences", "commitments", "background", "left_out", "backend"]
    assert json.loads(json.dumps(plain, ensure_ascii=False)) == plain
    sentence = plain["sentences"][1]  # type: ignore[index]
    assert sentence["status"] == "rewritten"
    assert [source["kind"] for source in sentence["sources"]] == ["note", "comment"]
    assert plain["commitments"] == [
        {
            "text": "En handbok ska tas fram till hösten 2025.",
            "year": 2025,
            "due": "hösten 2025",
            "state": "open",
            "question": "Togs en handbok fram, som planerades till hösten 2025?",
        }
    ]


def test_what_a_terminal_shows() -> None:
    text = draft_to_text(made())
    assert made().text in text
    assert "• Teamet har haft kontakt med 88 ungdomar. [omskriven: anteckning 1, kommentaren 2025]" in text
    assert source_line(made().sentences[0]) == "överförd: kommentaren 2025"


# Commands


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample library that these tests write drafts into."""
    folder = tmp_path_factory.mktemp("utkast") / "library"
    with Assistant.open(folder) as assistant:
        load_samples(assistant)
    return folder


def command(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_draft_as_a_process(library: Path, tmp_path: Path) -> None:
    notes = tmp_path / "anteckningar.txt"
    notes.write_text("\ufeff- alla 26 lokaler klara\n\n* larm på 4 träffpunkter fr. maj\n", encoding="utf-8")
    word = tmp_path / "ut" / "utkast.docx"
    status, out, err = command(
        "draft",
        "5:1",
        "--plan",
        "1",
        "--year",
        "2026",
        "--notes",
        str(notes),
        "--docx",
        str(word),
        "--json",
        "--library",
        str(library),
    )
    assert (status, err.strip()) == (0, f"Utkastet är skrivet till {word}.")
    made = json.loads(out)
    assert made["item"]["code"] == "5:1" and made["year"] == 2026 and made["backend"] == "regler"
    assert "Skyddsronder har nu gjorts i alla 26 lokaler." in made["text"]
    assert docx.Document(str(word)).tables[0].rows[1].cells[1].text.startswith("Ja\n")


def test_draft_for_a_person(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["draft", "strategi 5:1", "--year", "2026", "--library", str(library)]) == 0
    out = capsys.readouterr().out
    assert "Utkast 2026 · strategi 5:1 · Socialförvaltningen Norrälven" in out
    assert "Obs: Det finns inga anteckningar för 2026" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1:2", "--year", "2026"], "flera ställen"),
        (["19:9", "--year", "2026"], "närmast"),
        (["5:1", "--plan", "1"], "--year"),
        (["5:1", "--plan", "1", "--year", "2026", "--notes", "saknas.txt"], "finns inte"),
        (["5:1", "--plan", "1", "--year", "2026", "--model", "./ingen-modell"], "finns inte"),
        (["5:1", "--plan", "1", "--year", "2026", "--docx", "utkast.pdf"], "ändelse"),
    ],
)
def test_mistakes_end_with_status_2(library: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    assert run(["draft", *arguments, "--library", str(library)]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert said in streams.err.lower() and len(streams.err.strip().splitlines()) == 1


def test_notes_that_are_no_utf8(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "gammal.txt"
    notes.write_bytes("möte i mars".encode("cp1252"))
    assert run(["draft", "5:1", "--plan", "1", "--year", "2026", "--notes", str(notes), "--library", str(library)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_saved_drafts_are_exported(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "anteckningar.txt"
    notes.write_text("alla 26 lokaler klara\n", encoding="utf-8")
    target = tmp_path / "rapport.csv"
    assert run(["export", str(target), "--year", "2027", "--library", str(library)]) == 1
    assert "inga sparade utkast" in capsys.readouterr().err
    arguments = ["draft", "5:1", "--plan", "1", "--year", "2026", "--notes", str(notes), "--save", "--library", str(library)]
    assert run(arguments) == 0
    assert run(["export", str(target), "--year", "2026", "--library", str(library)]) == 0
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len(rows) == 2 and rows[1][5] == "5:1"
    with Assistant.open(library) as assistant:
        (saved,) = assistant.library.draft_summaries(2026)
        assert [note.text for note in assistant.library.notes(saved.item_key, 2026)] == ["alla 26 lokaler klara"]


@pytest.mark.slow
def test_drafting_by_rules_imports_nothing_heavy(library: Path) -> None:
    code = (
        "import sys; from assistant.cli import run; run(['draft','5:1','--plan','1','--year','2026','--library',sys.argv[1]]);"
        "print([m for m in ('torch','transformers','sentence_transformers','gradio','docx','openpyxl','faiss','numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(library)], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
