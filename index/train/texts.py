"""Training text as works of parts: what the files hold, cleaned, and which of it is set aside for measuring.

A line of a file (``.jsonl`` or ``.jsonl.xz``) is one of
``{"title", "paragraphs": [...]}``: a work with its paragraphs as parts;
``{"title", "section": "…", "paragraphs": [...]}``: one section of a longer work; sections in a row with one title are its parts,
and a heading left at the end of a section belongs to the next;
``{"a", "b"}``: two words or phrases that mean nearly the same;
``{"question", "answer"}``: for measuring only, and refused among training text.
Knows nothing of pieces and vectors.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HELD_OUT_OF = 20
"""Every work whose title hashes to 0 modulo this is set aside: a twentieth."""

_SHORTEST = 40
_LETTERS = 0.8
_HYPHEN = re.compile(r"(\w)- (?!och\b|eller\b|samt\b|respektive\b)(?=[a-zåäö])")
_OLD_SPELLING = re.compile(r"\b(?:hvar\w*|hvilk\w*|äfven|hafva|af|öfver|icke|huru)\b", re.IGNORECASE)
_AMENDMENT = re.compile(r"(?:Lag|Förordning) \(\d{4}:\d+\)\.?")
_TRANSITIONAL = re.compile(r"\bÖvergångsbestämmelser\b")
_NUMBER = re.compile(r"\s*\(\d{4}:\d+\)")
_KIND = re.compile(r"^(?:Lag|Förordning|Kungörelse)\b\s*(?:om|med|angående)\b\s*")
_NEXT_HEADING = re.compile(r"(?<=[.:;)]) ([A-ZÅÄÖ][^.;:\d]{3,80})$")
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-ZÅÄÖ–])")


class TrainingTextError(Exception):
    """A file of training text cannot be used; the message is Swedish and names file and line."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph or section: ``heading`` is empty where it has none, ``sentences`` hold all its text in order."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What has one title: an interpellation, a statute. Has at least one part."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """All training text. ``held_out`` are works that training never sees; ``alike`` are pairs of words of one meaning."""

    works: tuple[Work, ...]
    held_out: tuple[Work, ...]
    alike: tuple[tuple[str, str], ...]


def read_texts(paths: Sequence[Path]) -> Texts:
    """The files in the order given.

    Raises:
        TrainingTextError: a file is not there, a line is no JSON or of no known form, or no work is left after cleaning.
    """
    works: list[Work] = []
    alike: list[tuple[str, str]] = []
    sections: list[str] = []
    title = ""
    for path in paths:
        for number, record in read_lines(path):
            match record:
                case {"title": str(name), "section": str(), "paragraphs": list(paragraphs)}:
                    if name != title:
                        works += _longer_work(title, sections)
                        title, sections = name, []
                    sections.append(clean(" ".join(map(str, paragraphs))))
                case {"title": str(name), "paragraphs": list(paragraphs)}:
                    works += _work(clean(name), [("", clean(str(text))) for text in paragraphs])
                case {"a": str(a), "b": str(b)}:
                    alike.append((clean(a), clean(b)))
                case _:
                    raise TrainingTextError(
                        f"{path}, rad {number}: raden är varken ett verk, ett avsnitt eller ett ordpar. Se index/train/texts.py."
                    )
        works += _longer_work(title, sections)
        title, sections = "", []
    if not works:
        raise TrainingTextError("Filerna innehåller ingen löpande text att träna på. Ange minst en fil med titel och stycken.")
    return Texts(
        tuple(work for work in works if not is_held_out(work.title)),
        tuple(work for work in works if is_held_out(work.title)),
        tuple(alike),
    )


def read_lines(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The objects of a ``.jsonl`` or ``.jsonl.xz`` file with their line numbers, from 1; blank lines are passed over.

    Raises:
        TrainingTextError: the file cannot be read, or a line is no JSON object.
    """
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise TrainingTextError(f"{path}, rad {number}: raden är inget JSON-objekt.")
                    yield number, record
    except json.JSONDecodeError as error:
        raise TrainingTextError(f"{path}, rad {number}: raden är inte JSON ({error.msg}).") from error
    except (OSError, UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise TrainingTextError(f"{path} går inte att läsa ({error}). Kontrollera sökvägen och filen.") from error


def clean(text: str) -> str:
    """``text`` composed (NFC), on one line, words joined again that a line end had cut; "hälso- och sjukvård" stays."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("\N{SOFT HYPHEN}", "")).strip()
    return _HYPHEN.sub(r"\1", text)


def is_held_out(title: str) -> bool:
    """Whether a work of this title is set aside, by a hash of the title alone, so that it is so in every run."""
    return int(hashlib.sha256(title.strip().casefold().encode("utf-8")).hexdigest()[:8], 16) % HELD_OUT_OF == 0


def _work(title: str, parts: Sequence[tuple[str, str]]) -> list[Work]:
    kept = [Part(heading, tuple(_SENTENCE_END.split(text))) for heading, text in parts if _is_prose(text)]
    return [Work(title, tuple(kept))] if kept else []


def _longer_work(title: str, sections: Sequence[str]) -> list[Work]:
    heading, parts = "", []
    for text in sections:
        found = _NEXT_HEADING.search(text)
        body = _AMENDMENT.sub("", _TRANSITIONAL.split(text[: found.start()] if found else text)[0]).strip()
        parts.append((heading, body))
        heading = found.group(1) if found else heading
    plain = clean(_NUMBER.sub("", title))
    return _work(_KIND.sub("", plain) or plain, parts)


def _is_prose(text: str) -> bool:
    letters = sum(character.isalpha() or character == " " for character in text)
    return len(text) >= _SHORTEST and letters >= _LETTERS * len(text) and not _OLD_SPELLING.search(text)
