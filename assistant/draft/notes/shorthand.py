"""Writes out an officer's shorthand: "fr. jan" becomes "från och med januari", "8 fören." "8 föreningar". Facts are not touched.

A closed list of abbreviations, rules for cut words, and the item's own vocabulary. What is not known stays as it is and is named. Knows
nothing of sentences: word order and verbs are for ``notes/sentences.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft.language.facts import MONTHS, NUMBER_WORDS
from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.language.wording import stem
from assistant.draft.notes.dates import written_dates
from assistant.draft.notes.marks import without_marks
from assistant.draft.notes.short_forms import TIME_WORD, Place, Rule, rule_of, table
from assistant.draft.notes.words import with_auxiliary
from corpus.verbs import readings
from corpus.word_lists import word_set
from index.analysis import is_word, lexicon, words_that_begin_with

LONGEST = 1500
"""Characters of a note that is written out; a longer one is no shorthand."""
_CHUNK = re.compile(r"^(?P<open>[(\[”\"'»]*)(?P<core>.*?)(?P<close>(?:[)\]”\"'»,;:!?]+\.?)?)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expanded:
    """A note written out: ``text``, and the abbreviations that nothing is known of (``unknown``)."""

    text: str
    unknown: tuple[str, ...] = ()


_NEVER_ENDS = word_set("m e f o u ev fr p t ca kl nr enl ang inkl exkl resp")
_NO_STOP_OF_ITS_OWN = word_set("tkr mnkr mkr mdkr kr st ht vt leg lå ej info jan feb apr jun jul aug okt nov dec snitt")
_LONG_REST = 5  # letters that a cut word lacks
_SHORT_WORDS = word_set("än nu år ut in ja upp ner ned av om på till från med för kvar bort här där")
_INFLECTED = re.compile(r"(?:en|et|ar|er|or|an|na|ade|ad|at|het|ing)$")
_CUT_NING = re.compile(r"[bcdfghjklmnpqrstvx]n$")
_INDEFINITE = word_set("ny nytt nya en ett första någon något några ingen inget inga varje per samma annan annat")
_SEVERAL_END = re.compile(r"(?:ar|er|or|are|(?:möt|områd|[aeio]nd)en|na)$")
_INNER = re.compile(r"([^\W\d_]{2,})\.([^\W\d_]{2,})\.?")
_UNFINISHED = re.compile(r"(?:[bcdfgkptv]r|[bfgkpst]l|[jdtpk]n|förb|mtrl|sgr|pgr|grp|pkt|lgh|utb)$")


@lru_cache(maxsize=1024)  # the composer, the outcomes and the check all ask
def expand(note: str, vocabulary: Vocabulary) -> Expanded:
    """``note`` with its shorthand written out, dates in full ("den 1 februari") and the first letter as it was. Empty gives empty."""
    if len(note) > LONGEST:
        return Expanded(" ".join(note.split()))
    unknown: list[str] = []
    chunks = without_marks(note).split()
    written: list[str] = []
    for at, chunk in enumerate(chunks):
        written.append(_chunk(chunks, at, chunk, vocabulary, unknown))
    text = re.sub(r" ([,.;:)])", r"\1", " ".join(part for part in written if part))
    text = text.replace("jämfört med med ", "jämfört med ")
    text = re.sub(r"(?<=[a-zåäö)]) \+ (?=[a-zåäö])|(?<=\)) \+ (?=\d)", " och ", text)  # where a full stop stood before it
    text = re.sub(r"\b(procent|hälften|flera|många|några|majoriteten) av ([a-zåäö]+(?:ar|er|or))\b", r"\1 av \2na", text)
    text = re.sub(r"; varav\b", ", varav", text)
    text = re.sub(r"(?<=[^\s,(]) varav\b", ", varav", text)
    return Expanded(written_dates(with_auxiliary(text)), tuple(unknown))


def _chunk(chunks: list[str], at: int, chunk: str, vocabulary: Vocabulary, unknown: list[str]) -> str:
    match = _CHUNK.match(chunk)
    assert match is not None
    opening, core, closing = match.group("open"), match.group("core"), match.group("close")
    low = core.lower().rstrip(".")
    dotted = core.endswith(".") and not core.endswith("..")
    if not low or not any(ch.isalpha() for ch in low):
        return chunk
    if low in vocabulary.names and core.islower() and len(low) > 3 and rule_of(low) is None:
        return opening + vocabulary.written[low] + core[len(low) :] + closing  # "lyktan", which the reports only write "Lyktan"
    apart = at > 0 and chunks[at - 1].endswith((",", ";", ":", ")"))
    before, before_that = ("", "") if apart else (_bare(chunks, at - 1), _bare(chunks, at - 2))
    heads = _heads_count(chunks, at, closing)
    place = Place(before, _bare(chunks, at + 1), before_that, bool(closing) or at + 1 == len(chunks), heads)
    ends = dotted and not closing and _ends_sentence(chunks, at, low)
    following = chunks[at + 1] if at + 1 < len(chunks) else ""
    if dotted and rule_of(low) is None and low not in table()["dotted"] and _is_whole_word(low, following):
        return chunk
    found = _written(core, low, dotted, place, vocabulary)
    if found and len(found) > len(low) + _LONG_REST and _stands(found, chunks, at):
        found = None  # what is written out elsewhere in the note was not cut here: something else was meant
    if found is None:
        if (dotted and not ends and following and len(low) > 1) or _INNER.fullmatch(core):
            unknown.append(core)
        return chunk
    if not found:
        return opening + closing
    found = _cased(core, found, vocabulary)
    stop = "." if ends and not found.endswith(".") else ""
    return opening + found + stop + closing


_CASES = ("anm", "utr", "ans", "rapp", "plac")  # that a number after them counts, and does not name


def _heads_count(chunks: list[str], at: int, closing: str) -> bool:
    """Whether a number of the things follows: "tr.vandringar: 7", "felanm. 530 st", "plac. 31 → 22"."""
    number, after = _bare(chunks, at + 1), _bare(chunks, at + 2)
    if not number[:1].isdigit() or number == "1" or _bare(chunks, at) == "åk":
        return False
    if chunks[at + 2 : at + 3] == ["→"]:
        return any(last[-1] in ",;" or at + 4 == len(chunks) for last in chunks[at + 3 : at + 4])
    alone = after in ("", "st", "stycken") or chunks[at + 1][-1] in ",;"
    return alone and (closing == ":" or after in ("st", "stycken") or _bare(chunks, at).endswith(_CASES))


def _is_whole_word(low: str, following: str) -> bool:
    """Whether the full stop after ``low`` ends a sentence and cuts no word: a verb, or a word of the language before a capital or the end."""
    if readings(low):
        return True
    if re.split("[–-]", low)[-1] in MONTHS or low in NUMBER_WORDS:
        return True
    if (
        len(low) > (4 if following[:1].isupper() else 7)
        and following
        and not following[0].islower()
        and _INFLECTED.search(low)
        and not low.endswith(tuple(table()["endings"]))
    ):
        return True  # "vårmarknaden. 34 anmälda": an ending, and so a whole word
    capital = not following or following[0].isupper()
    if capital and (low in _SHORT_WORDS or (low in lexicon().frequency and len(low) > 2)):
        return True
    if len(low) < 4 or not capital or _UNFINISHED.search(low) or low.endswith(tuple(table()["endings"])):
        return False
    return is_word(low.rpartition("/")[2])


def _stands(word: str, chunks: list[str], at: int) -> bool:
    """Whether ``word`` stands in another place of the note, in any form."""
    return any(stem(_bare(chunks, other)) == stem(word) for other in range(len(chunks)) if other != at)


def _bare(chunks: list[str], at: int) -> str:
    return chunks[at].lower().strip("()[]”\"'»,;:!?.") if 0 <= at < len(chunks) else ""


def _ends_sentence(chunks: list[str], at: int, low: str) -> bool:
    """Whether the full stop after an abbreviation also ends a sentence."""
    if at + 1 >= len(chunks):
        return low in _NO_STOP_OF_ITS_OWN
    following = chunks[at + 1].lstrip('(”"')
    if low in _NEVER_ENDS:
        return False
    if chunks[at + 1].startswith("("):
        return False
    if low == "pers" and _bare(chunks, at - 1) == "all":
        return False
    if at < 2 and low not in _NO_STOP_OF_ITS_OWN:
        return False  # "nya enh. Verkstadsgatan öppnad": two words are no sentence
    return low in _NO_STOP_OF_ITS_OWN or (following[:1].isupper() and rule_of(low) is not None)


def _written(core: str, low: str, dotted: bool, place: Place, vocabulary: Vocabulary) -> str | None:
    """How ``core`` is written out; "" where it falls away, None where it stays as it is."""
    rule: Rule | None = table()["dotted"].get(low) if dotted else None
    if rule is None and rule_of(low) is not None and (dotted or low not in _ALSO_WORDS or _is_short(low, place)):
        rule = rule_of(low)
    counts = place.before[:1].isdigit() and not (low == "m" and place.before_that in ("varav", "därav") and len(place.after) > 3)
    if rule is None and low in _ONE_LETTER and core.islower() and place.after and not counts:
        rule = _ONE_LETTER[low]
    if rule is not None and not core.isupper():
        return rule if isinstance(rule, str) else rule(place)
    many = place.counted and not place.one
    if handled := _handled(low, many, vocabulary):
        return handled
    if low.startswith("ftgs") and len(low) > 6:
        return f"företags{low.removeprefix('ftgs')}"
    front, _, last = core.rpartition("-")
    if len(front) > 0 and last.islower() and isinstance(ending := table()["counted"].get(low.rpartition("-")[2]), list):
        return f"{front}-{ending[0 if place.one else 1 if place.counted else 2]}"  # "IT-avd"
    inner = _INNER.fullmatch(core)
    if inner:
        start, end = inner.groups()
        whole = vocabulary.complete(start, end=end, many=many)
        front = table()["parts"].get(start.lower()) or (f"{start[:-1].lower()}nings" if _CUT_NING.search(start) else "")
        if whole is None and front:
            tail = _finished(end.lower(), many) if dotted or end.lower() in table()["endings"] else end.lower()
            whole = front + tail if tail else None
        return whole
    if not dotted and (low in vocabulary or len(low) < 5):
        return None
    if not dotted and not _UNFINISHED.search(low):
        ending = max((one for one in table()["endings"] if low.endswith(one)), key=len, default="")
        counts = (place.heads_count or place.counted) and low.endswith(_CASES)
        cut = core.islower() and (counts or (len(low) > 6 and len(ending) != 3 and not low.endswith("eln"))) and not is_word(low)
        return _finished(low, many) if cut else None
    if len(low) < 3:
        return None
    if low in vocabulary and place.ends_clause:
        return None
    definite = place.before not in _INDEFINITE and not place.counted
    whole, regular = vocabulary.complete(low, many=many, definite=definite), _finished(low, many)
    if whole and not definite and not many:
        whole = re.sub(
            r"(?<=ing)en$|(?<=het)en$|(?<=ion)en$", "", whole
        )  # "ingen undersökning", where the texts only have the known one
    if whole and regular and whole.lower().startswith(regular) and whole.endswith("s"):
        return regular  # a genitive is no answer
    if whole and many and not whole.endswith(("ande", "ende")) and not _SEVERAL_END.search(whole.lower()):
        return regular  # the item's texts only have one: "12 polisanm." is not "12 polisanmälan"
    if whole and regular and len(whole) > len(regular) + 3 and not whole.lower().startswith(regular):
        return whole if stem(whole) == stem(regular) else regular
    if whole and regular and not definite and not many and whole.lower().startswith(regular):
        return regular  # "ny föreningssamordn." is new: what the texts call the old one has the wrong form
    if whole and regular and len(whole) > len(regular) + 4:
        return regular  # the item's texts only have a longer compound: "avvänjn." is not "avvänjningsgrupperna"
    only = _only_word(low, many) if dotted and not (whole or regular) else None
    if only and only.endswith(("lig", "isk", "iv", "ell")) and place.after.endswith(("er", "or", "ar", "na")):
        only += "a"  # "slutl. siffror"
    return whole or regular or only


_SHORTEST_CUT = 4  # letters of a cut word that the language may have one word for


def _only_word(low: str, many: bool) -> str | None:
    """The one word of the language that ``low`` can be cut from ("medfin." "medfinansiering"); None where there are several or none."""
    if len(low) < _SHORTEST_CUT:
        return None
    found = words_that_begin_with(low)
    if not found or any(readings(word) for word in found):
        return None
    whole = min(found, key=len)
    if len(whole) == len(low) or not all(word.startswith(whole) for word in found):
        return None
    if many and not whole.endswith(("ande", "ende", "a", "are", "stånd", "bidrag", "besök")):
        return f"{whole}ar" if whole.endswith("ing") else None
    return whole


_ONE_LETTER = {"m": "med", "t": "till", "f": "för"}
_ALSO_WORDS = word_set("d m e f g h ha ex vik min max el o v from tom sen")


def _is_short(low: str, place: Place) -> bool:
    """Whether a word that is also a common word or letter is meant as an abbreviation here."""
    if low in ("from", "sen"):
        return True
    if low == "tom":
        return bool(TIME_WORD.match(place.after))
    if low == "o":
        return bool(place.before and place.after)
    if low in ("min", "v", "g", "h", "ha", "ex", "d"):
        return (
            (place.before in ("varje", "varannan", "per") and low == "v")
            or place.counted
            or (low == "v" and place.after[:1].isdigit())
        )
    return False


def _handled(low: str, many: bool, vocabulary: Vocabulary) -> str | None:
    """ "handl.", also as the end of a compound: the one of the words it may be cut from that the item's texts have, else people who handle cases."""
    if low.endswith(("behandl", "förhandl", "upphandl")) or not low.endswith("handl"):
        return None
    fits = [forms for forms in _HANDLED if any(form in vocabulary for form in forms)]
    return low.removesuffix("handl") + (fits or _HANDLED)[0][many]


_HANDLED = (("handläggare", "handläggare"), ("handling", "handlingar"), ("handledning", "handledningar"))


def _finished(low: str, many: bool) -> str | None:
    for ending, (one, more) in sorted(table()["endings"].items(), key=lambda entry: -len(entry[0])):
        if low.endswith(ending):
            return str(low[: -len(ending)] + (more if many else one))
    if _CUT_NING.search(low):
        return low[:-1] + ("ningar" if many else "ning")
    return None


def _cased(core: str, found: str, vocabulary: Vocabulary) -> str:
    """``found`` with the capitals of what it stands for; a word that only ever opened sentences is no name."""
    capitals = re.match(r"[A-ZÅÄÖ]{2,}", core)
    if capitals and found.lower().startswith(capitals.group().lower()):
        return capitals.group() + found[capitals.end() :]
    if core[0].isupper() and not found.endswith("kronor"):
        return found[0].upper() + found[1:]
    return found if found.lower() in vocabulary.names else found[0].lower() + found[1:]
