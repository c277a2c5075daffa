"""Writes answers and comments into the paragraphs of an open Word file, in the look of what stood there.

Knows WordprocessingML inside a cell or a run of paragraphs. Which paragraphs an item has is told by ``docx_places``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, Final

from assistant.draft.exports.docx_places import ItemPlace, NoPlace, Places
from assistant.draft.exports.paragraphs import paragraphs_of
from assistant.draft.exports.word import comment_on, without_controls
from corpus.column_roles import ticked
from corpus.docx_numbers import W
from corpus.model import Draft, DraftSentence

Pieces = list[tuple[str, DraftSentence | None]]
_KEPT: Final = tuple(f"{W}{tag}" for tag in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr"))
_PICTURES: Final = tuple(f"{W}{tag}" for tag in ("drawing", "pict", "object"))
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_CHECKBOX: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"
_BOX: Final = re.compile(
    r"([☐□▢⬜☒☑✓✔■⊠🗹])(\s*(Ja|Nej|Delvis|Pågår)\b)|(\b(Ja|Nej|Delvis|Pågår)\s*)([☐□▢⬜☒☑✓✔■⊠🗹])", re.IGNORECASE
)
_TICKS: Final = {"☐": "☒", "□": "■", "▢": "☒", "⬜": "☒"}
_BULLET: Final = re.compile(r"^[•\-–▪◦]\s+")


class Filler:
    """Writes answers and comments into the paragraphs of one open file."""

    def __init__(self, file: Any, places: Places, *, sources: bool) -> None:
        self._file, self._places, self._sources = file, places, sources
        self.pictures = 0

    def item(self, place: ItemPlace, draft: Draft | None) -> None:
        """An item's answer and comment, or neither where there is no draft."""
        answer = (draft.answer or "") if draft else ""
        comment: list[Pieces] = [_clean(pieces) for pieces in paragraphs_of(draft)] if draft and draft.text.strip() else []
        if place.together:
            self._together(place, answer, comment)
            return
        self._answer(place, answer)
        self._comment(place, comment)

    def _together(self, place: ItemPlace, answer: str, comment: list[Pieces]) -> None:
        """Answer and comment in one paragraph, apart by a line break or on one line."""
        breaks = place.between == "\n"
        mark = "" if breaks or not answer or not comment else "." if (place.between or "") in ("", ",", ";") else str(place.between)
        head: Pieces = [(answer + mark, None)] if answer else []
        if breaks:
            self._replace(place.comment, [_joined([head, *comment] if head else comment)], place)
        elif comment:
            first = [*head, (" ", None), *comment[0]] if head else comment[0]
            self._replace(place.comment, [first, *comment[1:]], place)
        else:
            self._replace(place.comment, [head], place)

    def _answer(self, place: ItemPlace, answer: str) -> None:
        if place.box:
            for element in place.answer:
                _tick(element, answer)
        elif place.answer:
            self._replace(place.answer, [[(answer, None)]], place)
        elif answer:
            boxes = [p for p in _paragraphs(place.answer_cell) if ticked(_text(p)) is not None]
            if boxes:
                _tick(boxes[0], answer)
            elif place.answer_cell is not None and place.answer_cell is not place.comment_cell:
                self._write(_paragraphs(place.answer_cell)[0], [(answer, None)], None)
            else:
                anchor = place.comment[0] if place.comment else None
                if anchor is not None:
                    new = _like(anchor)
                    anchor.addprevious(new)
                else:
                    new = self._free(place, place.last if place.answer_cell is None else None)
                self._write(new, [(answer, None)], _look(anchor if anchor is not None else new))
                place.answer.append(new)

    def _comment(self, place: ItemPlace, comment: list[Pieces]) -> None:
        if place.comment:
            self._replace(place.comment, [_joined(comment)] if place.breaks and len(place.comment) == 1 else comment, place)
        elif comment:
            after = place.answer[-1] if place.answer and (place.comment_cell in (None, place.answer_cell)) else None
            first = self._free(place, after)
            self._replace([first], comment, place, _look(after))

    def _free(self, place: ItemPlace, after: Any) -> Any:
        """An empty paragraph for an item that had none: the one that waits there, else a new one."""
        if after is None and place.comment_cell is not None:
            waiting = [p for p in _paragraphs(place.comment_cell) if self._is_blank(p)]
            if waiting:
                return waiting[0]
            after = _paragraphs(place.comment_cell)[-1]
        if after is None:
            after = place.last
        following = after.getnext()
        if place.comment_cell is not None and self._is_blank(following):
            return following
        new = _like(after)
        after.addnext(new)
        return new

    def _replace(self, elements: Sequence[Any], paragraphs: list[Pieces], place: ItemPlace, look: Any = None) -> None:
        """The text of paragraph elements replaced; the first keeps its place, those not needed go, and a table within the comment too.

        Raises:
            NoPlace: all of the text stands in a table of its own.
        """
        inner = {id(e): table for e in elements if (table := _inner_table(e, place)) is not None}
        elements = [*(e for e in elements if id(e) not in inner), *(e for e in elements if id(e) in inner)]
        if id(elements[0]) in inner:
            raise NoPlace(f"texten under {place.item.code} står i en egen tabell")
        plain = next((e for e in elements if not any(e is one for one in place.listed)), None)
        listed = next(iter(place.listed), None) if any(e is one for e in elements for one in place.listed) else None
        spaced = self._blanks(elements)
        anchor = elements[0]
        for number, pieces in enumerate(paragraphs or [[]]):
            as_list = listed is not None and bool(pieces) and bool(_BULLET.match(pieces[0][0]))
            if as_list:
                pieces = [(_BULLET.sub("", pieces[0][0]), pieces[0][1]), *pieces[1:]]
            model = listed if as_list else plain
            new = _like(anchor if model is None else model, plain=model is None)
            own_look = _look(model)
            if number == 0:
                _reshape(anchor, new)
            else:
                if spaced is not None:
                    anchor.addnext(deepcopy(spaced))
                    anchor = anchor.getnext()
                anchor.addnext(new)
                anchor = new
            self._write(anchor, pieces, look if own_look is None else own_look)
        for element in elements[1:]:
            self._remove(element)
        for table in inner.values():
            if table.getparent() is not None and not _text(table).strip() and not _has_picture(table):
                table.getparent().remove(table)

    def _blanks(self, elements: Sequence[Any]) -> Any:
        """Takes away the empty paragraphs between ``elements``; gives one of them, None where there are none."""
        found = None
        for element in elements[:-1]:
            following = element.getnext()
            while self._is_blank(following):
                found, following = following, following.getnext()
                found.getparent().remove(found)
        return found

    def _is_blank(self, element: Any) -> bool:
        """Whether ``element`` is a paragraph that holds nothing."""
        if element is None or element.tag != f"{W}p" or element.find(f"{W}pPr/{W}sectPr") is not None:
            return False
        return not self._places.holds_text(element) and not _has_picture(element)

    def _write(self, element: Any, pieces: Pieces, look: Any) -> None:
        """The text of one paragraph, its own look kept, else ``look`` (w:rPr)."""
        from docx.oxml import OxmlElement
        from docx.text.run import Run

        own = _look(element)
        holder = self._emptied(element)
        for text, sentence in pieces:
            run = OxmlElement("w:r")
            style = own if own is not None else look
            if style is not None:
                run.append(deepcopy(style))
            for number, line in enumerate(text.split("\n")):
                if number:
                    run.append(OxmlElement("w:br"))
                t = OxmlElement("w:t")
                t.text = line
                t.set(_XML_SPACE, "preserve")
                run.append(t)
            holder.append(run)
            if self._sources and sentence is not None:
                comment_on(self._file, Run(run, self._file._body), sentence)

    def _emptied(self, element: Any) -> Any:
        """Takes the text out of a paragraph; gives what new runs go into: the field in it where it is one field, else itself."""
        fields = [child for child in element if child.tag == f"{W}sdt"]
        texts = [child for child in element if child.tag not in _KEPT and child.tag != f"{W}sdt" and _text(child).strip()]
        if len(fields) == 1 and not texts:
            prompt = fields[0].find(f"{W}sdtPr/{W}showingPlcHdr")
            if prompt is not None:
                prompt.getparent().remove(prompt)
            content = fields[0].find(f"{W}sdtContent")
            if content is not None:
                for child in list(content):
                    content.remove(child)
                return content
        for child in list(element):
            if child.tag in _KEPT:
                continue
            if _has_picture(child):
                self.pictures += 1
                for text in list(child.iter(f"{W}t")):
                    text.text = ""
                continue
            element.remove(child)
        return element

    def _remove(self, element: Any) -> None:
        """A paragraph that is no longer needed; its text alone where a picture, a section's end or its cell needs it."""
        parent = element.getparent()
        if parent is None:
            return
        ends = element.find(f"{W}pPr/{W}sectPr") is not None
        alone = parent.tag == f"{W}tc" and sum(child.tag == f"{W}p" for child in parent) == 1
        last = (
            parent.tag == f"{W}tc"
            and element.getnext() is None
            and (before := element.getprevious()) is not None
            and before.tag == f"{W}tbl"
        )
        if ends or alone or last or _has_picture(element):
            self._emptied(element)
        else:
            parent.remove(element)


def _inner_table(element: Any, place: ItemPlace) -> Any:
    """The table inside the item's cell that a paragraph stands in; None where it stands in the cell itself."""
    tables = list(element.iterancestors(f"{W}tbl"))
    outer = [] if place.comment_cell is None else list(place.comment_cell.iterancestors(f"{W}tbl"))
    return tables[0] if len(tables) > len(outer) and place.comment_cell is not None else None


def _clean(pieces: Pieces) -> Pieces:
    return [(without_controls(text), sentence) for text, sentence in pieces]


def _joined(paragraphs: list[Pieces]) -> Pieces:
    """Paragraphs as one, with line breaks between."""
    return [piece for number, pieces in enumerate(paragraphs) for piece in ([("\n", None)] if number else []) + pieces]


def _paragraphs(cell: Any) -> list[Any]:
    return [] if cell is None else list(cell.iter(f"{W}p"))


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def _has_picture(element: Any) -> bool:
    return any(True for _ in element.iter(*_PICTURES))


def _look(element: Any) -> Any:
    """The look (w:rPr) of most of a paragraph's text; None where it has no text or no look of its own."""
    if element is None:
        return None
    runs = [run for run in element.iter(f"{W}r") if _text(run)]
    longest = max(runs, key=lambda run: len(_text(run)), default=None)
    return None if longest is None else longest.find(f"{W}rPr")


def _like(element: Any, *, plain: bool = False) -> Any:
    """A new empty paragraph that looks like ``element``; ``plain`` without its list."""
    from docx.oxml import OxmlElement

    new = OxmlElement("w:p")
    properties = element.find(f"{W}pPr")
    if properties is not None:
        new.append(deepcopy(properties))
        for tag in ("sectPr", "pPrChange", *(("numPr", "pStyle", "ind") if plain else ())):
            for child in list(new[0].findall(f"{W}{tag}")):
                new[0].remove(child)
    return new


def _reshape(element: Any, model: Any) -> None:
    """The paragraph's own properties made those of ``model``, but for the end of a section."""
    old, new = element.find(f"{W}pPr"), model.find(f"{W}pPr")
    section = None if old is None else old.find(f"{W}sectPr")
    if old is not None:
        element.remove(old)
    if new is not None:
        own = deepcopy(new)
        if section is not None:
            own.append(section)
        element.insert(0, own)
    elif section is not None:
        from docx.oxml import OxmlElement

        own = OxmlElement("w:pPr")
        own.append(section)
        element.insert(0, own)


def _tick(element: Any, answer: str) -> None:
    """Ticks the box of ``answer`` in a row of boxes, and no other; the signs are those the row has.

    Raises:
        NoPlace: the row has no such box, or its boxes are no letters.
    """
    texts = list(element.iter(f"{W}t"))
    letters = [(t, at) for t in texts for at in range(len(t.text or ""))]
    whole = _text(element)
    found = {}
    for match in _BOX.finditer(whole):
        at = match.start(1) if match[1] else match.start(6)
        found[(match[3] or match[5]).casefold()] = at
    if (answer and answer.casefold() not in found) or not found:
        raise NoPlace(f"rutan för {answer or 'svaret'} inte gick att kryssa")
    signs = {whole[at] for at in found.values()}
    empty = next((sign for sign in signs if sign in _TICKS), "☐")
    full = next((sign for sign in signs if sign not in _TICKS), _TICKS[empty])
    for word, at in found.items():
        t, place = letters[at]
        t.text = t.text[:place] + (full if word == answer.casefold() else empty) + t.text[place + 1 :]
        box = next((parent.find(f"{W}sdtPr/{_CHECKBOX}") for parent in t.iterancestors(f"{W}sdt")), None)
        if box is not None:
            for child in box:
                if str(child.tag).endswith("}checked"):
                    for key in list(child.attrib):
                        child.set(key, "1" if word == answer.casefold() else "0")
