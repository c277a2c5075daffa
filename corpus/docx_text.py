"""Paragraphs of a Word file as a reader of the accepted text sees them.

Inserted text is kept and deleted text dropped, text boxes and notes come after the paragraph that they hang on, list numbers and
bullets are written out, fields show their result. Knows WordprocessingML inside a paragraph; nothing of tables or of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from corpus.docx_numbers import Numbers, W

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HEADING: Final = re.compile(r"(?:heading|rubrik)\s*([1-9])\b", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"(?:toc|innehåll)\s*\d|toc heading|innehållsförteckning", re.IGNORECASE)
_TEXT: Final = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_SYMBOLS: Final = {0xB7: "•", 0xA7: "•", 0xFE: "☒", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xFC: "✓", 0xE0: "→"}
_DROPPED: Final = frozenset(f"{W}{tag}" for tag in ("del", "moveFrom", "delText"))
_SILENT: Final = frozenset(f"{W}{tag}" for tag in ("pPr", "rPr", "sdtPr", "instrText", "delInstrText", "rt", "sectPr"))
_FALSE: Final = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text that ends a paragraph. ``heading`` is its style's level; ``contents`` marks a line of a table of contents."""

    text: str
    bold: bool = False
    heading: int | None = None
    contents: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, those it is based on included."""

    name: str = ""
    bold: bool = False
    outline: int | None = None
    list: tuple[str, int] | None = None


@dataclass(slots=True)
class TextReader:
    """Reads paragraphs in document order. ``dropped`` collects words left out: deleted, hidden, prompts of empty fields."""

    styles: Mapping[str, Style]
    numbers: Numbers
    notes: Mapping[tuple[str, str], Any]
    dropped: dict[str, list[str]] = field(default_factory=lambda: {"deleted": [], "hidden": [], "prompt": []})
    used_notes: int = 0
    boxes: int = 0
    _carried: list[tuple[str, bool]] = field(default_factory=list)
    _inside_note: bool = False

    def paragraphs(self, element: Any) -> list[Paragraph]:
        """The lines of the paragraph ``element`` (w:p), then those of its text boxes, then its notes. Empty for an empty one."""
        runs: list[tuple[str, bool]] = []
        boxes: list[Any] = []
        notes: list[tuple[str, str]] = []
        properties = element.find(f"{W}pPr")
        style = self._style(properties)
        self._walk(element, style.bold, runs, boxes, notes)
        if _removed(properties):
            # The end of the paragraph is deleted: its text goes on in the next one.
            self._carried += runs
            return self._hanging(boxes, notes)
        runs = self._carried + runs
        self._carried = []
        if prefix := self._prefix(properties, style):
            runs = [(f"{prefix} ", runs[0][1] if runs else False), *runs]
        heading = _heading(properties, style)
        contents = bool(_CONTENTS.match(style.name))
        found = []
        for line in _lines(runs):
            text = " ".join("".join(part for part, _ in line).split())
            bold = all(strong for part, strong in line if part.strip())
            if text and text != prefix:
                found.append(Paragraph(text, bold, heading, contents))
        return found + self._hanging(boxes, notes)

    def _hanging(self, boxes: list[Any], notes: list[tuple[str, str]]) -> list[Paragraph]:
        found = []
        for box in boxes:
            self.boxes += 1
            for inner in _own_paragraphs(box):
                found += self.paragraphs(inner)
        if not self._inside_note:
            self._inside_note = True
            for key in notes:
                note = self.notes.get(key)
                if note is not None:
                    self.used_notes += 1
                    for inner in _own_paragraphs(note):
                        found += self.paragraphs(inner)
            self._inside_note = False
        return found

    def _walk(
        self, element: Any, strong: bool, runs: list[tuple[str, bool]], boxes: list[Any], notes: list[tuple[str, str]]
    ) -> None:
        for child in element:
            tag = child.tag
            if tag in _SILENT or not isinstance(tag, str):
                continue
            if tag in _DROPPED:
                self._drop("deleted", child)
            elif tag == f"{W}r":
                look = child.find(f"{W}rPr")
                if _is_on(look, "vanish"):
                    self._drop("hidden", child)
                else:
                    own = None if look is None else look.find(f"{W}b")
                    self._walk(child, strong if own is None else _is_on(look, "b"), runs, boxes, notes)
            elif tag in (f"{W}t", f"{_M}t"):
                runs.append((child.text or "", strong))
            elif tag in _TEXT:
                runs.append((_TEXT[tag], strong))
            elif tag == f"{W}br":
                runs.append((" " if child.get(f"{W}type") in ("page", "column") else "\n", strong))
            elif tag == f"{W}sym":
                runs.append((_symbol(child.get(f"{W}char", "")), strong))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                notes.append((tag.removeprefix(W).removesuffix("Reference"), str(child.get(f"{W}id"))))
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag == f"{_MC}AlternateContent":
                found = [form for form in (child.find(f"{_MC}Choice"), child.find(f"{_MC}Fallback")) if form is not None]
                if found:
                    self._walk(found[0], strong, runs, boxes, notes)
            elif tag == f"{W}sdt" and _is_prompt(child):
                self._drop("prompt", child)
            else:
                self._walk(child, strong, runs, boxes, notes)

    def _drop(self, why: str, element: Any) -> None:
        text = " ".join("".join(e.text or "" for e in element.iter(f"{W}t", f"{W}delText")).split())
        if text:
            self.dropped[why].append(text)

    def _style(self, properties: Any | None) -> Style:
        named = None if properties is None else properties.find(f"{W}pStyle")
        return self.styles.get("" if named is None else str(named.get(f"{W}val")), Style())

    def _prefix(self, properties: Any | None, style: Style) -> str:
        """The paragraph's list number or bullet; direct settings win over the style's, list "0" is none."""
        own = None if properties is None else properties.find(f"{W}numPr")
        number, index = style.list or ("0", 0)
        if own is not None:
            named, level = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            number = number if named is None else str(named.get(f"{W}val"))
            index = index if level is None else _whole(level.get(f"{W}val"))
        return self.numbers.prefix(number, index)


def styles_of(root: Any | None) -> dict[str, Style]:
    """The paragraph styles of ``word/styles.xml`` by their id; under "" the default one."""
    if root is None:
        return {}
    elements = {str(e.get(f"{W}styleId")): e for e in root.findall(f"{W}style") if e.get(f"{W}type", "paragraph") == "paragraph"}
    found: dict[str, Style] = {}
    for key, element in elements.items():
        found[key] = _resolve(element, elements)
        if element.get(f"{W}default") in ("1", "true"):
            found[""] = found[key]
    return found


def _resolve(element: Any, elements: Mapping[str, Any]) -> Style:
    """A style with what it inherits; a circle of styles ends where it began."""
    chain = [element]
    while (base := chain[-1].find(f"{W}basedOn")) is not None:
        following = elements.get(str(base.get(f"{W}val")))
        if following is None or any(following is link for link in chain):
            break
        chain.append(following)
    name, bold, outline, number, index = "", None, None, None, None
    for link in chain:
        own = link.find(f"{W}name")
        title = "" if own is None else str(own.get(f"{W}val", ""))
        if not name or (_HEADING.match(title) and not _HEADING.match(name)):
            name = title
        look, properties = link.find(f"{W}rPr"), link.find(f"{W}pPr")
        if bold is None and look is not None and look.find(f"{W}b") is not None:
            bold = _is_on(look, "b")
        if properties is None:
            continue
        level, listed = properties.find(f"{W}outlineLvl"), properties.find(f"{W}numPr")
        if outline is None and level is not None:
            outline = _whole(level.get(f"{W}val"))
        if listed is not None:
            named, depth = listed.find(f"{W}numId"), listed.find(f"{W}ilvl")
            number = number if number is not None or named is None else str(named.get(f"{W}val"))
            index = index if index is not None or depth is None else _whole(depth.get(f"{W}val"))
    return Style(name, bool(bold), outline, None if number is None else (number, index or 0))


def _heading(properties: Any | None, style: Style) -> int | None:
    match = _HEADING.match(style.name)
    if match:
        return int(match[1])
    own = None if properties is None else properties.find(f"{W}outlineLvl")
    level = style.outline if own is None else _whole(own.get(f"{W}val"))
    return level + 1 if level is not None and 0 <= level < 9 else None


def _own_paragraphs(element: Any) -> Iterator[Any]:
    """The paragraphs in ``element``, those of tables too, but not those of text boxes, which come with their own paragraph."""
    for child in element:
        if child.tag == f"{W}p":
            yield child
        else:
            yield from _own_paragraphs(child)


def _lines(runs: list[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """Runs cut at line breaks."""
    line: list[tuple[str, bool]] = []
    for text, strong in runs:
        first, *others = text.split("\n")
        line.append((first, strong))
        for part in others:
            yield line
            line = [(part, strong)]
    yield line


def _is_on(look: Any | None, name: str) -> bool:
    element = None if look is None else look.find(f"{W}{name}")
    return element is not None and str(element.get(f"{W}val", "1")).lower() not in _FALSE


def _removed(properties: Any | None) -> bool:
    """Whether the paragraph's end is deleted by a tracked change."""
    look = None if properties is None else properties.find(f"{W}rPr")
    return look is not None and (look.find(f"{W}del") is not None or look.find(f"{W}moveFrom") is not None)


def _is_prompt(element: Any) -> bool:
    """Whether a content control shows only its prompt ("Klicka här för att skriva")."""
    properties = element.find(f"{W}sdtPr")
    return properties is not None and _is_on(properties, "showingPlcHdr")


def _symbol(code: str) -> str:
    try:
        point = int(code, 16) & 0xFF if code.upper().startswith("F0") else int(code, 16)
    except ValueError:
        return ""
    return _SYMBOLS.get(point, "•" if point < 0x100 else chr(min(point, 0x10FFFF)))


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.lstrip("-").isdecimal() else 0
