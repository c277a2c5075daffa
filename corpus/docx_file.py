"""Reads a Word file (.docx): paragraphs and tables in the order of the body, tables as the two sides of a form.

Knows the parts of the file and how they make a document. Paragraphs are ``docx_text``'s matter, tables ``docx_table``'s, list
numbers ``docx_numbers``'s. The body is walked here and not by the library's own iterator, which passes over content controls and
tracked insertions.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from corpus.column_roles import Role, is_two_sided, roles_of, slots
from corpus.document import Document
from corpus.docx_numbers import Numbers, W
from corpus.docx_table import children, rows_of
from corpus.docx_text import Paragraph, TextReader, styles_of
from corpus.errors import CorpusError, TooLarge, UnreadableFile
from corpus.line_writer import LineWriter
from corpus.office_archive import check

MAIN_PART: Final = "word/document.xml"
_BLOCKS: Final = (f"{W}p", f"{W}tbl")
_PART_NAMES: Final = ("numbering", "styles", "footnotes", "endnotes", "comments", "header", "footer")


def read(data: bytes, name: str) -> Document:
    """The document in the Word file ``data``; ``name`` is the file's name, for messages. There are no page numbers.

    Raises UnknownFormat (no Word file), UnreadableFile (password-protected, cut off, damaged) or TooLarge.
    """
    check(data, name, "Word", MAIN_PART)
    try:
        return _Reader(data, name).document()
    except CorpusError:
        raise
    except RecursionError as error:
        raise _too_deep(name) from error
    except Exception as error:
        # Whatever a damaged file makes the libraries below raise means the same to a person.
        if "depth" in str(error).lower():
            raise _too_deep(name) from error
        raise UnreadableFile(
            f"Filen {name} är skadad och går inte att läsa som Word-fil. Öppna den i Word och spara den på nytt."
        ) from error


def _too_deep(name: str) -> TooLarge:
    return TooLarge(
        f"Filen {name} har orimligt många nivåer inuti varandra och läses inte. Öppna den i Word och spara den på nytt."
    )


class _Reader:
    """One Word file on its way to a document."""

    def __init__(self, data: bytes, name: str) -> None:
        import docx

        self._data, self._name = data, name
        self._file = docx.Document(io.BytesIO(data))
        parts = _parts(self._file.part)
        notes = {
            (kind, str(note.get(f"{W}id"))): note
            for kind in ("footnote", "endnote")
            for root in parts[f"{kind}s"]
            for note in root.findall(f"{W}{kind}")
            if note.get(f"{W}type") in (None, "normal")
        }
        self._edges: list[tuple[str, Any]] = [(kind, root) for kind in ("header", "footer") for root in parts[kind]]
        self._comments = parts["comments"]
        self._text = TextReader(
            styles_of(next(iter(parts["styles"]), None)), Numbers.from_part(next(iter(parts["numbering"]), None)), notes
        )
        self._writer = LineWriter()
        self._tables = 0

    def document(self) -> Document:
        """The whole document: running headers, body, running footers, and what there is to tell about them."""
        for kind in ("header", "footer"):
            if kind == "footer":
                self._blocks(self._file.element.body)
            seen = set()
            for paragraph in [p for k, root in self._edges if k == kind for p in self._flat(root)]:
                if paragraph.text not in seen:
                    seen.add(paragraph.text)
                    self._writer.add(paragraph.text, furniture=True)
        if not any(True for _ in self._file.element.body.iter(f"{W}t")):
            raise UnreadableFile(
                f"Filen {self._name} har ingen text. Kontrollera att det är rätt fil; är sidorna bilder behövs originalet."
            )
        self._tell()
        return self._writer.finish(self._name, "docx", self._data, self._properties())

    def _blocks(self, container: Any) -> None:
        for block in children(container, *_BLOCKS):
            if block.tag == f"{W}p":
                for paragraph in self._text.paragraphs(block):
                    self._free(paragraph)
            else:
                self._table(block)

    def _table(self, table: Any) -> None:
        number = self._tables
        self._tables += 1
        roles: tuple[Role | None, ...] | None = None
        header: list[str] | None = None
        for place, row in enumerate(rows_of(table)):
            if row.whole is not None:
                self._blocks(row.whole)
                continue
            cells = [[p for element in column for p in self._flat(element)] for column in row.columns]
            texts = [" ".join(p.text for p in cell) for cell in cells]
            found = roles_of(texts)
            if found is not None or (row.header and place == 0) or texts == header:
                roles, header = found or roles, texts
                for column, cell in enumerate(cells):
                    for paragraph in cell:
                        self._writer.add(paragraph.text, cell=(number, place, column), bold=paragraph.bold, furniture=True)
            else:
                self._row(number, place, cells, roles)

    def _row(self, table: int, row: int, cells: Sequence[Sequence[Paragraph]], roles: Sequence[Role | None] | None) -> None:
        if roles is None or is_two_sided(roles) or len(roles) != len(cells):
            for column, cell in enumerate(cells):
                for paragraph in cell:
                    self._cell(paragraph, (table, row, column))
            return
        for slot in slots(roles):
            for number, paragraph in enumerate(cells[slot.index]):
                if slot.role in ("plan", "area"):
                    self._free(Paragraph(paragraph.text, paragraph.bold, 1 if slot.role == "plan" else 2))
                    continue
                labelled = number > 0 or paragraph.text.casefold().startswith(slot.prefix.casefold().strip())
                text = paragraph.text if labelled else slot.prefix + paragraph.text
                last = number + 1 == len(cells[slot.index])
                column = slot.index if slot.side is None else slot.side
                self._writer.add(
                    text, cell=(table, row, column), wraps=slot.joins and last, bold=paragraph.bold, furniture=slot.side is None
                )

    def _cell(self, paragraph: Paragraph, cell: tuple[int, int, int]) -> None:
        self._writer.add(paragraph.text, cell=cell, bold=paragraph.bold, heading=paragraph.heading)

    def _free(self, paragraph: Paragraph) -> None:
        self._writer.add(paragraph.text, bold=paragraph.bold, heading=paragraph.heading, furniture=paragraph.contents)

    def _flat(self, container: Any) -> Iterator[Paragraph]:
        """Every paragraph in a cell, those of tables in it row by row."""
        for block in children(container, *_BLOCKS):
            if block.tag == f"{W}p":
                yield from self._text.paragraphs(block)
                continue
            for row in rows_of(block):
                for element in [row.whole] if row.whole is not None else [e for column in row.columns for e in column]:
                    yield from self._flat(element)

    def _tell(self) -> None:
        """What the reader left out or moved, as diagnostics with the words."""
        sentences = {
            "deleted": ("tracked_changes", "Struken text med spårade ändringar är inte med; infogad text är med."),
            "hidden": ("hidden_text", "Dold text är inte med."),
            "prompt": ("empty_field", "Ledtexter i tomma fält är inte med."),
        }
        for why, words in self._text.dropped.items():
            if words:
                code, sentence = sentences[why]
                self._writer.report(code, "info", f"{sentence} Det gäller {len(words)} ställen.", " ".join(words))
        remarks = [
            " ".join("".join(t.text or "" for t in p.iter(f"{W}t")).split()) for root in self._comments for p in root.iter(f"{W}p")
        ]
        if any(remarks):
            self._writer.report(
                "margin_comments", "info", "Kommentarer i marginalen är inte med.", " ".join(r for r in remarks if r)
            )
        if self._text.used_notes:
            self._writer.report("notes_moved", "info", f"{self._text.used_notes} fotnoter står efter det stycke som de hör till.")
        if self._text.boxes:
            self._writer.report(
                "text_boxes", "info", f"Text ur {self._text.boxes} textrutor står efter det stycke som de är fästa vid."
            )

    def _properties(self) -> dict[str, str]:
        core = self._file.core_properties
        found = {key: str(getattr(core, key) or "").strip() for key in ("title", "author", "subject", "keywords")}
        for key in ("created", "modified"):
            moment = getattr(core, key)
            found[key] = moment.date().isoformat() if moment is not None else ""
        return {key: value for key, value in found.items() if value}


def _parts(main: Any) -> dict[str, list[Any]]:
    """The XML roots of the parts that the main part refers to, by the end of their relationship's kind, in the order of their

    ids.
    """
    from docx.oxml import parse_xml

    found: dict[str, list[Any]] = {name: [] for name in _PART_NAMES}
    for _, relation in sorted(main.rels.items(), key=lambda pair: pair[0]):
        kind = str(relation.reltype).rsplit("/", 1)[-1]
        if kind in found and not relation.is_external:
            found[kind].append(parse_xml(relation.target_part.blob))
    return found
