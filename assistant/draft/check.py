"""Checks any text against notes and earlier comments: where each sentence comes from, and what in it has no source.

Independent of who wrote the text: the rules, a language model or the officer. Knows nothing of the composer; a text that it made is
judged like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property

from assistant.draft.checks.actors import other_actor
from assistant.draft.checks.alignment import misplaced, replaced
from assistant.draft.checks.candidates import SUPPORTED, Candidate, Candidates
from assistant.draft.checks.claims import claim_flags
from assistant.draft.checks.foreign_words import foreign_words
from assistant.draft.checks.near_copies import near_copy_flags
from assistant.draft.checks.one_change import Wording, one_change
from assistant.draft.checks.other_names import other_name, other_short
from assistant.draft.checks.retold import mended, of_its_year, retold
from assistant.draft.checks.sources import Source, source_of
from assistant.draft.checks.stages import past_practice
from assistant.draft.checks.subjects import crossed_subject, exchanged_front, two_halves
from assistant.draft.checks.superseded import superseded
from assistant.draft.checks.tracing import trace
from assistant.draft.evidence import Past, from_items, past_sentences
from assistant.draft.language.abbreviated import spelled_with
from assistant.draft.language.facts import NEGATIONS, NUMBER_WORDS, facts, figures, name_value
from assistant.draft.language.meaning import telling_stems
from assistant.draft.language.personal import personal_flags, sift
from assistant.draft.language.synonyms import with_synonyms
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.language.wording import content_stems, is_content, plain, stem, tokens
from assistant.draft.outcomes import settle
from assistant.draft.overruled import overruled_by_notes
from assistant.draft.pieces import pieces
from assistant.draft.staleness import is_norm, stale_reason
from corpus.model import DraftSentence, Flag, Item, Note, SentenceStatus, SourceRef, renumber
from corpus.sentences import split
from corpus.tense import main_verb
from corpus.word_lists import word_set

SUPPORTED_WITH_FIGURE = 0.34
"""The same where a note has a figure of the sentence."""

SUPPORTED_BY_ONE = 0.26
"""The least share that a single source must hold."""

LONGEST = 1500
"""Characters of a sentence that is checked; a longer one is no sentence."""

SEVERE = word_set("""no_source untraced_figure untraced_date untraced_name untraced_abbreviation stale wrong_unit negation_lost negation_added contradiction
    unsupported_claim changed_word untraced_word personal_data program carried_stale commitment""")
"""Flags that keep a model's sentence out of the text."""

_LABEL = re.compile(r"^[A-ZÅÄÖ][^.:;!?\n]{2,60}: (?=[A-ZÅÄÖ\d])")
_LEANS = re.compile(
    rf"(?:Den|Det|De|Dem|Dessa|Detta|Hon|Han|Där|Då|Dit|Därefter|Därutöver|Dessutom|Ytterligare|Samtliga|Alla|Båda|Av dem|Av dessa|Av de|Varav"
    rf"|\d+|{'|'.join(NUMBER_WORDS)}|Under 20\d\d|Året innan|Föregående år|Tidigare|Resten|Övriga|Målet|Tjänsten|Verksamheten|Gruppen)\b",
    re.IGNORECASE,
)
"""How a sentence begins that may say of whom it is in the one before."""
_PRONOUN = re.compile(r"(?:De|Den|Det|Där|Dessa|Hon|Han|Gruppen|Teamet|Verksamheten) ")
_NEARLY_WHOLE = 0.95
_COPY = 0.7
_MOST_WORDS = 120  # of a sentence that is compared word by word


class Checker:
    """The notes and earlier comments of one item made ready once, for checking many texts."""

    def __init__(self, *, notes: Sequence[Note | str], history: Sequence[Item], year: int) -> None:
        self.year = year
        numbered = tuple(n if isinstance(n, Note) else Note(0, n) for n in notes)
        if any(note.number == 0 for note in numbered):
            numbered = renumber([note.text for note in numbered])
        told = sorted((item for item in history if item.comment.strip() and item.year < year), key=lambda item: -item.year)
        earlier = sorted((item for item in history if item.year < year), key=lambda item: item.year)
        self._evidence = from_items(earlier[-1], earlier, year=year, notes=numbered) if earlier else None
        vocabulary = self._evidence.vocabulary if self._evidence else Vocabulary(())
        self._names = frozenset(name_value(name) for name in vocabulary.names)
        rows: list[Candidate] = []
        for sifted in sift(numbered):
            source = source_of(sifted, vocabulary, year)
            if source is not None:
                rows.append(Candidate(source, SourceRef("note", sifted.note.text, note=sifted.note.number)))
        seen: set[str] = set()
        for item in told:
            before = ""
            for past in past_sentences(item):
                about = content_stems(before[: max(main_verb(before).start, 0)]) if _PRONOUN.match(past.text) else ()
                before = past.text
                if plain(past.text) in seen:
                    continue
                seen.add(plain(past.text))
                ref = SourceRef("comment", past.text, item_id=past.item_id, year=past.year, start=past.start, end=past.end)
                stale = _stale_facts(past, newest=item is told[0])
                rows.append(Candidate(Source(past.text, False, past.year, stale, names=self._names, about=about), ref, past))
        self._candidates = Candidates(rows, self._names, year)
        self._everything = [row.source for row in rows]
        self._notes = [c.source for c in rows if c.source.is_note]
        self._labels = {plain(c.past.label) for c in rows if c.past is not None and c.past.label}
        self._exact = {plain(c.source.text): c for c in reversed(rows) if c.past is not None}
        self._stands = {plain(c.past.stands): c for c in reversed(rows) if c.past is not None and c.past.stands}
        asked = dict.fromkeys(
            text for item in history for text in (item.question, item.statement, item.expected_result, item.comment)
        )
        self._asked = frozenset(one for item in history for text in (item.question, item.statement) for one in content_stems(text))
        self._texts = (*asked, *(f"{c.source.text} {c.source.raw}" for c in rows))

    @cached_property
    def _variants(self) -> dict[SourceRef, list[str]]:
        """For each source its own text and every way that the rules would write it: what a sentence may be a copy of."""
        variants: dict[SourceRef, list[str]] = {}
        for candidate in self._candidates.rows:
            own = [candidate.source.text]
            if candidate.past is not None:
                own += [text for text in (candidate.past.stands, candidate.past.text.removeprefix(candidate.past.label)) if text]
            variants[candidate.ref] = list(dict.fromkeys(own))
        for sifted in self._evidence.notes if self._evidence else ():
            ref = SourceRef("note", sifted.note.text, note=sifted.note.number)
            if ref in variants and self._evidence:
                written = [piece.sentence.text for piece in pieces(sifted, self._evidence)]
                variants[ref] += [*written, *(text.partition(", varav ")[0] for text in written if ", varav " in text)]
        return variants

    @cached_property
    def _texts_of_sources(self) -> tuple[str, ...]:
        """Every way to write any of the sources."""
        return tuple(dict.fromkeys(text for texts in self._variants.values() for text in texts))

    @cached_property
    def _wordings(self) -> tuple[Wording, ...]:
        """The same with the source of each."""
        rows = {row.ref: row.source for row in self._candidates.rows}
        return tuple(Wording(text, rows[ref]) for ref, texts in self._variants.items() for text in texts)

    @cached_property
    def _overruled(self) -> dict[Past, int]:
        """The earlier sentences that a note takes back as a whole, with its number."""
        if self._evidence is None:
            return {}
        found = overruled_by_notes(self._evidence, settle(self._evidence))
        return {past: one.note for past, one in found.items() if not one.rest}

    @cached_property
    def _anywhere(self) -> frozenset[str]:
        """The stems of all that was asked, told or noted, and of what they may also be called."""
        return frozenset(one for text in self._texts for one in with_synonyms(content_stems(text), text))

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word of the notes and of earlier comments, in small letters, and each part of one with hyphens."""
        words = {word for source in self._everything for word in source.words}
        return frozenset(part for word in words for part in (word, *word.split("-")) if part)

    def check(self, text: str) -> tuple[DraftSentence, ...]:
        """The sentences of ``text`` in order with status, sources and flags; () for blank text. Paragraphs are kept."""
        found: list[DraftSentence] = []
        paragraph = -1
        for block in re.split(r"\n\s*\n", text):
            sentences = split(block)
            if not sentences:
                continue
            paragraph += 1
            before = ""
            for one in sentences:
                checked = self.sentence(one.text, paragraph)
                if _LEANS.match(one.text) and before and any(flag.code in SEVERE for flag in checked.flags):
                    # "De var 38 året innan": whom it is about stands in the sentence before
                    checked = self._leaning(checked, before)
                found.append(checked)
                before = one.text
        return tuple(found)

    def _leaning(self, checked: DraftSentence, before: str) -> DraftSentence:
        """The same sentence judged with the one before it, where nothing is wrong with the two together."""
        both = self.sentence(f"{before.rstrip('. ')}, och {checked.text[0].lower()}{checked.text[1:]}", checked.paragraph)
        if any(flag.code in SEVERE for flag in both.flags):
            return checked
        return replace(both, text=checked.text)

    def sentence(self, text: str, paragraph: int = 0) -> DraftSentence:
        """One sentence with its status, sources and flags."""
        return self._read_with(text)._sentence(text, paragraph)

    def _read_with(self, sentence: str) -> Checker:
        """This checker with the shortened words of the notes read as the words of ``sentence`` that they may stand for."""
        words = [token.low for token in tokens(sentence) if token.is_word]
        rows, more = [], set()
        for row in self._candidates.rows:
            longs = spelled_with(row.source.raw, words) if row.source.is_note else {}
            standing = {token.text for token in tokens(row.source.text)} if longs else set()
            longs = {
                short: long
                for short, long in longs.items()
                if short.rstrip(".") in standing and not set(content_stems(long)) <= set(row.source.own_stems)
            }
            rows.append(replace(row, source=row.source.spelled(longs)) if longs else row)
            more |= {one for long in longs.values() for one in content_stems(long)}
        if not more:
            return self
        other = copy(self)
        other._candidates = Candidates(rows, self._names, self.year)
        other._everything = [row.source for row in rows]
        other._notes = [row.source for row in rows if row.source.is_note]
        other.__dict__.pop("_words", None)
        other.__dict__.update(_variants=self._variants, _wordings=self._wordings, _anywhere=self._anywhere | more)
        return other

    def _sentence(self, text: str, paragraph: int) -> DraftSentence:
        label = _LABEL.match(text)
        bare = text[label.end() :] if label and plain(label.group()) in self._labels else text
        always = personal_flags(text)
        exact = self._exact.get(plain(text)) or self._exact.get(plain(bare))
        if exact is not None and exact.past is not None:
            flags = [*_carried_flags(exact.past), *self._taken_back(exact.past)]
            return DraftSentence(text, "carried_forward", (exact.ref,), (*flags, *always), paragraph)
        shortened = self._stands.get(plain(text)) or self._stands.get(plain(bare))
        if shortened is not None:
            assert shortened.past is not None
            return DraftSentence(text, "rewritten", (shortened.ref,), (*self._taken_back(shortened.past, bare), *always), paragraph)
        if len(bare) > LONGEST:
            flag = Flag("no_source", "Meningen är för lång för att granskas: dela den.", text[:80])
            return DraftSentence(text, "unsupported", (), (flag, *always), paragraph)
        if _is_heading(bare):
            return self._heading(text, paragraph, always)
        chosen, share = self._candidates.of(bare)
        if not self._candidates.firm(bare, chosen) and (
            share < (SUPPORTED_WITH_FIGURE if self._candidates.anchored(bare, chosen) else SUPPORTED)
            or not chosen
            or not (telling_stems(bare) or figures(bare) or self._in_a_note(bare))
            or self._candidates.best_share(bare, chosen) < SUPPORTED_BY_ONE
        ):
            flag = Flag("no_source", "Meningen har ingen källa i anteckningarna eller i tidigare kommentarer.", text)
            flags = trace(bare, [c.source for c in chosen], year=self.year, known_names=self._names, everything=self._everything)
            flags += claim_flags(bare, [c.source for c in chosen], year=self.year)
            return DraftSentence(text, "unsupported", tuple(c.ref for c in chosen), (flag, *flags, *always), paragraph)
        wide = [c.source for c in self._candidates.with_the_rest(bare, chosen)]
        flags = trace(bare, wide, year=self.year, known_names=self._names, everything=self._everything)
        flags += [
            *claim_flags(bare, [c.source for c in chosen], year=self.year),
            *two_halves(bare, self._candidates.about(bare, chosen), self._asked),
            *crossed_subject(bare, [c.source for c in self._candidates.rows]),
            *exchanged_front(bare, self._texts_of_sources),
            *other_actor(bare, self._notes),
            *other_name(bare, self._everything, self._names),
            *other_short(bare, self._everything),
            *past_practice(bare, self._everything),
            *foreign_words(bare, self._anywhere, self._words, self._everything),
            *misplaced(bare, [c.source for c in chosen], self._notes, self.year, self._everything),
        ]
        flags += one_change(bare, self._wordings, self._everything)
        flags += replaced(bare, self._notes, self.year)
        flags += superseded(bare, self._notes, self.year)
        if not any(c.source.is_note for c in chosen):
            flags += retold(bare, self._notes, self.year) or of_its_year(bare, [c.source for c in chosen], self.year)
        flags += [flag for flag in self._near_copy(bare, chosen) if flag.quote not in {f.quote for f in flags}]
        if not any(c.source.is_note for c in chosen) and chosen[0].past is not None and chosen[0].past.commitment is not None:
            flags.append(Flag("commitment", f"Meningen vilar bara på ett åtagande från {chosen[0].past.year}: hur gick det?", text))
        status = self._status(bare, chosen)
        if status == "carried_forward" and chosen[0].past is not None:
            flags += [flag for flag in _carried_flags(chosen[0].past) if flag.code not in {f.code for f in flags}]
        return DraftSentence(text, status, tuple(c.ref for c in chosen), (*flags, *always), paragraph)

    def _taken_back(self, past: Past, said: str = "") -> list[Flag]:
        """What a note says against an earlier sentence that is said again."""
        note = self._overruled.get(past)
        if note is not None:
            return [Flag("contradiction", f"Anteckning {note} säger något annat än förra årets mening.", past.text)]
        again = said or past.text
        turned = [
            *(mended(again, self._notes) if past.commitment is None else ()),
            *replaced(again, self._notes, self.year),
            *superseded(again, self._notes, self.year),
        ]
        return turned or retold(again, self._notes, self.year)

    def _heading(self, text: str, paragraph: int, always: tuple[Flag, ...]) -> DraftSentence:
        stems = content_stems(text)
        known = self._candidates.holding(stems)
        if known is not None:
            source = known.source
            changed = [
                *near_copy_flags(text, source.text, source, [], self._names, updated=False),
                *claim_flags(text, [source], year=self.year),
            ]
            status: SentenceStatus = "carried_forward" if known.past else "from_notes"
            return DraftSentence(text, status, (known.ref,), (*changed, *always), paragraph)
        flag = Flag("no_source", "Rubriken finns inte i anteckningarna eller i tidigare kommentarer.", text)
        return DraftSentence(text, "unsupported", (), (flag, *always), paragraph)

    def _in_a_note(self, sentence: str) -> bool:
        """Whether one note has every longer word of a sentence that says little: "Inget är klart.\""""
        words = {stem(token.low) for token in tokens(sentence) if is_content(token) and token.low not in NEGATIONS}
        return any(words <= {stem(word) for word in note.words} for note in self._notes)

    def _near_copy(self, sentence: str, chosen: Sequence[Candidate]) -> list[Flag]:
        """Where ``sentence`` is a source's text but for a few words: a name, a negation or the order of figures that changed."""
        ours = [token.low for token in tokens(sentence)]
        best: tuple[float, str, Candidate] | None = None
        if len(ours) > _MOST_WORDS:
            return []
        for candidate in chosen:
            for variant in self._variants.get(candidate.ref, ()):
                if not 0.5 <= len(variant) / max(len(sentence), 1) <= 2.0:
                    continue  # too long or too short to be nearly the same
                if ", varav " in variant and " varav " not in sentence:
                    continue  # a copy of what is told without the parts of it
                ratio = SequenceMatcher(None, ours, [token.low for token in tokens(variant)], autojunk=False).ratio()
                if ratio >= _COPY and (best is None or ratio > best[0]):
                    best = ratio, variant, candidate
        if best is None:
            return []
        rest = [c.source for c in chosen if c is not best[2]]
        return near_copy_flags(
            sentence,
            best[1],
            best[2].source,
            rest,
            self._names,
            updated=not best[2].source.is_note and any(c.is_note for c in rest),
        )

    def _status(self, sentence: str, chosen: Sequence[Candidate]) -> SentenceStatus:
        notes = [c for c in chosen if c.source.is_note]
        pasts = [c for c in chosen if not c.source.is_note]
        if not notes:
            one, two = plain(sentence), plain(pasts[0].source.text)
            alike = (
                SequenceMatcher(None, one, two, autojunk=False).ratio()
                if len(one) + len(two) < _MOST_WORDS * 20
                else float(one == two)
            )
            return "carried_forward" if alike >= _NEARLY_WHOLE else "rewritten"
        return "rewritten" if pasts else "from_notes"


def check(text: str, *, notes: Sequence[Note | str], history: Sequence[Item], year: int) -> tuple[DraftSentence, ...]:
    """The sentences of ``text`` with status, sources and flags, worked out from ``notes`` and the item's earlier years alone.

    ``history`` are the item's earlier reports in any order; those of ``year`` and later are not looked at. Blank text gives ().
    """
    return Checker(notes=notes, history=history, year=year).check(text)


def is_sound(sentence: DraftSentence) -> bool:
    """Whether a sentence may stand in a draft that nobody has looked at: it has a source and nothing in it is untraced or stale."""
    return sentence.status != "unsupported" and not any(flag.code in SEVERE for flag in sentence.flags)


def _carried_flags(past: Past) -> tuple[Flag, ...]:
    if past.commitment is not None:
        return (Flag("commitment", f"Åtagande från {past.year}: berätta hur det gick i stället.", past.text),)
    reason = stale_reason(past.text, past.year) if past.role != "heading" else None
    return (Flag("carried_stale", f"Inaktuell uppgift från {past.year}: {reason}.", past.text),) if reason else ()


def _stale_facts(past: Past, *, newest: bool) -> frozenset[tuple[str, str]]:
    """The figures of an earlier sentence that belong to its year; those of a practice that goes on only do where a newer comment exists."""
    figures = [fact for fact in facts(past.text) if fact.kind not in ("name", "abbreviation", "negation", "code")]
    return frozenset(fact.key for fact in figures if not newest or len(past.text) > LONGEST or not is_norm(past.text, fact))


def _is_heading(text: str) -> bool:
    return len(text.split()) <= 8 and not re.search(r"[.!?]$", text.strip()) and not re.search(r"\d", text)
