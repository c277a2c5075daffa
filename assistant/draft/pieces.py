"""Turns each note into sentences with their sources: an earlier sentence with the note's figures where one fits, else the note written out.

Knows nothing of where in the draft a sentence goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.draft.evidence import Evidence, Past
from assistant.draft.language.facts import figures
from assistant.draft.language.personal import Sifted
from assistant.draft.notes.clauses import Clause
from assistant.draft.notes.cutting import NoteSentence, take_apart
from assistant.draft.notes.joining import appended
from assistant.draft.notes.sentences import Written, finished, write_sentence
from assistant.draft.notes.shares import grouped
from assistant.draft.notes.shorthand import expand
from assistant.draft.rewriting import rewrite
from corpus.model import DraftSentence, Flag, Note, SourceRef
from corpus.sentences import split

LONGEST_NOTE = 800
"""Characters of a note that is taken apart; a longer one is prose, and its sentences stand as they are written."""
_MAY_BE_REWRITTEN = ("subject_count", "count", "fragment", "adjective", "participle", "verbal")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence made of a note. ``home`` is the earlier sentence that it updates; None where it stands by itself."""

    sentence: DraftSentence
    note: Note
    home: Past | None = None


def note_ref(note: Note) -> SourceRef:
    """A reference to the whole note."""
    return SourceRef("note", note.text, note=note.number)


def past_ref(past: Past) -> SourceRef:
    """A reference to an earlier sentence in its comment."""
    return SourceRef("comment", past.text, item_id=past.item_id, year=past.year, start=past.start, end=past.end)


def pieces(sifted: Sifted, evidence: Evidence) -> list[Piece]:
    """The sentences of one note in order; [] where nothing of it may be used."""
    if not sifted.usable:
        return []
    note = sifted.note
    if len(sifted.usable) > LONGEST_NOTE:
        return [Piece(_sentence(Written(finished(s.text)), note), note) for s in split(sifted.usable)]
    expanded = expand(_with_year_before(sifted.usable, evidence), evidence.vocabulary)
    found: list[Piece] = []
    for sentence in take_apart(expanded.text, abbreviations=expanded.unknown):
        found += _of_sentence(sentence, note, evidence)
    flags = tuple(Flag("abbreviation", f"Förkortningen ”{short}” är okänd: skriv ut den.", short) for short in expanded.unknown)
    found = [_flagged(piece, flags) for piece in found]
    return [_uncertain(piece) for piece in found] if "?" in sifted.usable else found


_BARE_BRACKET = re.compile(r"\((?P<figure>\d{1,3}(?: \d{3})+|\d+(?:,\d+)?)(?P<percent> ?%)?\)")


def _with_year_before(note: str, evidence: Evidence) -> str:
    """A bare figure in brackets that the newest earlier comment has is last year's: "64 inskrivna (71)" is "(71 året innan)"."""
    before = {fact.value for past in evidence.latest for fact in figures(past.text)}

    def told(match: re.Match[str]) -> str:
        value = match.group("figure").replace(" ", "").replace(",", ".")
        return f"({match.group('figure')}{match.group('percent') or ''} året innan)" if value in before else match.group()

    return _BARE_BRACKET.sub(told, note)


def _of_sentence(sentence: NoteSentence, note: Note, evidence: Evidence) -> list[Piece]:
    pasts = (*evidence.latest, *evidence.older)
    whole = rewrite(sentence.text, pasts)
    if whole is not None:
        return [_rewritten(whole.text, whole.past, note)]
    found: list[Piece] = []
    waiting: list[Clause] = []
    topic = sentence.topic
    for group in grouped(sentence.clauses):
        clause = group.head
        unit = f"{topic}: {clause.text}" if topic and not waiting else clause.text
        listed = clause.kind == "count" and bool(sentence.topic)
        other = rewrite(unit, pasts) if len(sentence.clauses) > 1 and not listed and clause.kind in _MAY_BE_REWRITTEN else None
        if other is None:
            waiting += group.clauses
            continue
        found += _written(topic, waiting, note, evidence)
        topic, waiting = "", []
        found.append(_rewritten(f"{other.text.removesuffix('.')}{group.tail}.", other.past, note))
    rest = _written(topic, waiting, note, evidence)
    if found and rest and not waiting[0].text[0].isupper():
        return _with_aside(found, rest)
    return found + rest


def _with_aside(found: list[Piece], rest: list[Piece]) -> list[Piece]:
    """``found`` and ``rest``; words without a verb after an updated sentence go on with it, as they do in the note."""
    last, aside = found[-1], rest[0].sentence
    if last.home is None or not any(flag.code == "telegraphic" for flag in aside.flags):
        return found + rest
    text = appended(last.sentence.text, aside.text[0].lower() + aside.text[1:])
    return [*found[:-1], replace(last, sentence=replace(last.sentence, text=text)), *rest[1:]]


def _written(topic: str, clauses: Sequence[Clause], note: Note, evidence: Evidence) -> list[Piece]:
    if not clauses:
        return []
    text = ", ".join(clause.text for clause in clauses)
    sentence = NoteSentence(f"{topic}: {text}" if topic else text, topic, tuple(clauses))
    return [Piece(_sentence(written, note), note) for written in write_sentence(sentence, evidence.vocabulary, evidence.year)]


def _sentence(written: Written, note: Note) -> DraftSentence:
    flags = (Flag("telegraphic", "Meningen saknar verb: skriv ut den.", written.text),) if written.telegraphic else ()
    return DraftSentence(written.text, "from_notes", (note_ref(note),), flags)


def _rewritten(text: str, past: Past, note: Note) -> Piece:
    return Piece(DraftSentence(text, "rewritten", (note_ref(note), past_ref(past))), note, past)


def _uncertain(piece: Piece) -> Piece:
    """A question mark in a note is no part of the text, and no certainty either."""
    flag = Flag("uncertain", "Anteckningen har ett frågetecken: är uppgiften säker?", piece.sentence.text)
    return replace(piece, sentence=replace(piece.sentence, flags=(*piece.sentence.flags, flag)))


def _flagged(piece: Piece, flags: Sequence[Flag]) -> Piece:
    own = tuple(flag for flag in flags if flag.quote.lower() in piece.sentence.text.lower())
    return replace(piece, sentence=replace(piece.sentence, flags=piece.sentence.flags + own)) if own else piece
