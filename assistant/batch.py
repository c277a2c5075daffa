"""A file of questions, one JSON object a line, read and checked whole before anything is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, BadBatch

if TYPE_CHECKING:
    from assistant.app import Assistant


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line: ``turns`` holds the earlier turns and last the one to answer; ``id`` is given back as it stands."""

    id: object
    turns: tuple[str, ...]
    current_year: int | None = None
    organisation: str | None = None


def read_batch(path: Path, assistant: Assistant) -> list[BatchQuestion]:
    """Every question of a batch file, in order; blank lines are passed over.

    Raises:
        BadBatch: the file cannot be read or holds no question, or a line cannot be used; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadBatch(f"Filen {path} finns inte. Kontrollera sökvägen.") from None
    except IsADirectoryError:
        raise BadBatch(f"{path} är en mapp, inte en fil. Ange en fil med en fråga per rad.") from None
    except UnicodeDecodeError as error:
        raise BadBatch(f"Filen {path} är inte UTF-8 (byte {error.start}). Spara om den som UTF-8.") from None
    except OSError as error:
        raise BadBatch(f"Filen {path} kunde inte läsas ({error.strerror}).") from None
    questions = [_question(path, number, line, assistant) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not questions:
        raise BadBatch(f'Filen {path} är tom. Den ska ha en rad som {{"id": 1, "text": "…"}} för varje fråga.')
    return questions


def _question(path: Path, number: int, line: str, assistant: Assistant) -> BatchQuestion:
    def bad(reason: str) -> BadBatch:
        return BadBatch(f"Rad {number} i {path} går inte att använda: {reason}. Inget har besvarats.")

    try:
        value = json.loads(line)
    except ValueError:
        raise bad("den är inte JSON") from None
    if not isinstance(value, dict):
        raise bad("den är inget JSON-objekt")
    if "id" not in value:
        raise bad("”id” saknas")
    if isinstance(value["id"], dict | list):
        raise bad("”id” ska vara en text eller ett tal")
    if ("text" in value) == ("turns" in value):
        raise bad("den ska ha antingen ”text” eller ”turns”")
    turns = value["turns"] if "turns" in value else [value["text"]]
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise bad("”text” ska vara en text, och ”turns” en lista av texter som inte är tom")
    year = value.get("current_year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        raise bad("”current_year” ska vara ett heltal")
    organisation = value.get("organisation")
    if organisation is not None and not isinstance(organisation, str):
        raise bad("”organisation” ska vara en text")
    if organisation:
        try:
            assistant.items(organisation=organisation, year=-1)
        except AssistantError as error:
            raise bad(str(error).rstrip(".")) from None
    return BatchQuestion(value["id"], tuple(turns), year, organisation or None)
