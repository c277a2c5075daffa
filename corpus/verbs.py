"""Swedish verbs of municipal reports with their forms: which tense a word is in, and another tense of the same verb.

A closed list for telling what is going on from what has happened, and for putting a verb into another form. Knows nothing of sentences:
a word that is a verb in one place and a noun in another ("led", "plan") is for the caller to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Tense = Literal["infinitive", "present", "preterite", "supine", "participle"]


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word: the verb's infinitive, its tense, whether it is a passive on -s; ``particle`` of a particle participle."""

    infinitive: str
    tense: Tense
    passive: bool = False
    particle: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb's five basic forms; ``participle`` is "" where there is none."""

    infinitive: str
    present: str
    preterite: str
    supine: str
    participle: str


def participle_forms(participle: str) -> tuple[str, str, str]:
    """Common, neuter and plural form: ("antagen", "antaget", "antagna"), ("byggd", "byggt", "byggda"), ("startad", "startat", "startade")."""
    if participle.endswith("en"):
        return participle, participle[:-1] + "t", participle[:-2] + "na"
    if participle.endswith("ad"):
        return participle, participle[:-1] + "t", participle + "e"
    if participle.endswith("dd"):
        return participle, participle[:-2] + "tt", participle + "a"
    if participle.endswith("d"):
        return participle, participle[:-1] + "t", participle + "a"
    return participle, participle, participle + "a"


@cache
def verbs() -> dict[str, Verb]:
    """All verbs by infinitive."""
    found = {infinitive: regular(infinitive) for row in _section("regular") for infinitive in row.split()}
    for row in _section("other"):
        infinitive, present, preterite, supine, participle = row.split()
        found[infinitive] = Verb(infinitive, present, preterite, supine, "" if participle == "-" else participle)
    return found


@cache
def _data() -> tuple[str, ...]:
    text = (files("corpus") / "data" / "verbs.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def _section(name: str) -> list[str]:
    rows = _data()
    start = rows.index(f"[{name}]") + 1
    end = next((at for at in range(start, len(rows)) if rows[at].startswith("[")), len(rows))
    return list(rows[start:end])


def regular(infinitive: str) -> Verb:
    """The forms of a regular verb on -a: every new Swedish verb is one."""
    return Verb(infinitive, infinitive + "r", infinitive + "de", infinitive + "t", infinitive + "d")


def verb_of(form: Form) -> Verb:
    """The verb that ``form`` is a reading of; one outside the list is regular."""
    return verbs().get(form.infinitive) or regular(form.infinitive)


@cache
def _forms() -> dict[str, tuple[Form, ...]]:
    table: dict[str, list[Form]] = {}

    def put(word: str, form: Form) -> None:
        known = table.setdefault(word, [])
        if form not in known:
            known.append(form)

    for verb in verbs().values():
        name = verb.infinitive
        active: tuple[tuple[str, Tense], ...] = (
            (name, "infinitive"),
            (verb.present, "present"),
            (verb.preterite, "preterite"),
            (verb.supine, "supine"),
        )
        for word, tense in active:
            put(word, Form(name, tense))
        if name.endswith("s") or not verb.participle:
            continue
        put(name + "s", Form(name, "infinitive", True))
        put(passive_present(verb), Form(name, "present", True))
        put(verb.preterite + "s", Form(name, "preterite", True))
        put(verb.supine + "s", Form(name, "supine", True))
        for word in participle_forms(verb.participle):
            put(word, Form(name, "participle"))
    for entry in _section("particle"):
        participle, infinitive, particle = entry.split(maxsplit=2)
        for word in participle_forms(participle):
            put(word, Form(infinitive, "participle", False, particle))
    return {word: tuple(forms) for word, forms in table.items()}


def passive_present(verb: Verb) -> str:
    """The present on -s: "startas", "byggs", "löses", "genomförs", "nås"."""
    if verb.present.endswith("ar") or not verb.infinitive.endswith("a"):
        return verb.infinitive + "s"
    stem = verb.infinitive[:-1]
    return stem + ("es" if stem.endswith("s") else "s")


def readings(word: str) -> tuple[Form, ...]:
    """Every reading of ``word`` (any case) as a form of a known verb; () where there is none."""
    return _forms().get(word.lower(), ())


def has_tense(word: str, *tenses: Tense) -> bool:
    """Whether ``word`` can be a known verb in one of ``tenses``."""
    return any(form.tense in tenses for form in readings(word))


def is_past_by_ending(word: str) -> bool:
    """Whether an unknown word ends as a regular verb in the preterite ("kartlades" is known, "digitaliserades" is read off its end)."""
    low = word.lower()
    return len(low) > 5 and low.endswith(("ade", "ades")) and not low.endswith(("skade",))
